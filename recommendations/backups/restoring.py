"""Brings a backup back. What is there stays until every byte of the archive was read and found to be as it was written.

The order is one that may be cut anywhere: files that are missing are put in place first, then the database is
exchanged in one transaction, then files that the backup does not have, or has otherwise, go.
"""

import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from recommendations.backups import archive, contents
from recommendations.backups.taking import ON_THEIR_WAY, attached_files, database
from recommendations.models import Refused
from recommendations.stored import sync


def restore(path, watch, *, replace=False):
    """Put the backup in the place of what is there; returns its manifest."""
    try:
        manifest = archive.check(path, watch(_("Checking the archive"), os.path.getsize(path)))
        _must_fit(manifest, replace)
        root = Path(settings.MEDIA_ROOT)
        root.mkdir(parents=True, exist_ok=True)
        # Within it, so that each file gets its place by a renaming.
        with tempfile.TemporaryDirectory(prefix=ON_THEIR_WAY, dir=root) as folder:
            _exchange(path, manifest, root, Path(folder), watch)
    except OSError as error:
        why = {"why": error.strerror or error}
        raise Refused(_("The backup could not be restored: %(why)s. The database was not changed.") % why) from None
    return manifest


def _must_fit(manifest, replace):
    if manifest["database"] != connection.vendor:
        raise Refused(
            _(
                "This is a backup of %(theirs)s, and DATABASE_URL names %(ours)s. A backup goes back to its own kind of database."
            )
            % {"theirs": manifest["database"], "ours": connection.vendor}
        )
    if newer := sorted(set(manifest["migrations"]) - contents.known_migrations()):
        raise Refused(
            _("This backup is of a newer version of the site (%(migration)s). Restore it with that version.")
            % {"migration": newer[0]}
        )
    if contents.holds_records() and not replace:
        raise Refused(
            _(
                "The database holds records. Name an empty one in DATABASE_URL, or say --replace to give up what is there."
            )
        )
    database().must_be_usable(manifest)


def _exchange(path, manifest, root, folder, watch):
    total = sum(proof["bytes"] for proof in manifest["members"].values())
    if archive.unpack(path, folder, watch(_("Unpacking the archive"), total)) != manifest["members"]:
        raise Refused(_("The archive changed while it was being read. Nothing was changed."))
    unpacked = folder / archive.FILES
    theirs = [name.removeprefix(archive.FILES) for name in manifest["members"] if name != archive.DATABASE]
    missing = [name for name in theirs if not (root / name).exists()]
    _put(missing, unpacked, root)
    watch(_("Exchanging the database"))
    try:
        database().restore(folder / archive.DATABASE, manifest["counts"])
    except BaseException:
        for name in missing:
            (root / name).unlink()
        raise
    try:
        _put(set(theirs) - set(missing), unpacked, root)
        _remove_others(set(theirs))
    except OSError as error:
        raise Refused(
            _("The database is restored, but not every attached file: %(why)s. Restore again, with --replace.")
            % {"why": error.strerror or error}
        ) from None


def _remove_others(kept):
    for name, path in list(attached_files()):
        if name not in kept:
            path.unlink()


def _put(names, unpacked, root):
    for name in sorted(names):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(unpacked / name, root / name)
    for folder in {(root / name).parent for name in names}:
        sync(folder)
