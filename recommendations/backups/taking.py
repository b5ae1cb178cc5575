"""Takes a backup: the database first, the attached files after. Files are only ever added, so none of its rows lacks one."""

import datetime
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from recommendations.backups import archive, postgresql, sqlite
from recommendations.models import Refused
from recommendations.stored import is_mark, sync

# Files on their way into the site; see restoring.py.
ON_THEIR_WAY = ".restoring-"


def database():
    """The module that copies and restores this kind of database."""
    return {"postgresql": postgresql, "sqlite": sqlite}[connection.vendor]


def take(path, watch):
    """Write the backup; it stands under its name once it is whole and on the disk, and nothing is left if it fails."""
    path = Path(path).absolute()
    _must_be_free(path)
    try:
        # Beside it, so that the last step is a renaming; a folder that nobody else may enter.
        with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
            part, manifest = _write(Path(folder), watch)
            os.replace(part, path)
        sync(path.parent)
    except OSError as error:
        raise Refused(
            _("The backup could not be written: %(why)s. Nothing was left behind.") % {"why": error.strerror or error}
        ) from None
    return manifest


def _must_be_free(path):
    if path.exists():
        raise Refused(_("%(path)s is there already. Give the backup another name.") % {"path": path})
    if path.is_relative_to(settings.MEDIA_ROOT):
        raise Refused(_("Keep the backup outside the folder of attached files."))


def _write(folder, watch):
    part, dump = folder / "archive", folder / "database"
    archive.new_file(dump).close()
    watch(_("Copying the database"))
    about = database().dump(dump)
    files = list(attached_files())
    advance = watch(
        _("Writing the archive"), sum(path.stat().st_size for path in (dump, *(path for _name, path in files)))
    )
    made_at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    about |= {"database": connection.vendor, "made_at": made_at}
    return part, archive.write(part, database=dump, files=files, about=about, advance=advance)


def attached_files():
    """(name, path) of every attached file, in the order of their names; the name is that below their folder."""
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and not path.is_symlink() and not name.startswith(ON_THEIR_WAY) and not is_mark(name):
            yield name, path
