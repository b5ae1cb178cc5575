"""The archive: a compressed tar of the database, the attached files and, last, a manifest with the digest of each.

It is written and read from its beginning to its end, in constant memory. What is read is trusted in nothing but what
the manifest says of it: names lead nowhere but below the folder of files, and nothing but plain files is unpacked.
"""

import gzip
import hashlib
import io
import json
import os
import shutil
import tarfile
import zlib
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from recommendations.models import Refused

WHAT, FORMAT = "cse-board-backup", 1
DATABASE, FILES, MANIFEST = "database", "files/", "manifest.json"
# What a manifest says, besides.
KEYS = {"database": str, "server": str, "made_at": str, "migrations": list, "counts": dict, "members": dict}
# Much of it is compressed already: more effort would cost minutes and win little.
EFFORT = 1
# Far more than a million files need; a manifest is read whole.
LONGEST_MANIFEST = 512 * 1024 * 1024


class Counted:
    """A file that is read once from its beginning: how many bytes there were, and their SHA-256."""

    def __init__(self, file, advance):
        self.file, self.advance = file, advance
        self.size, self.digest = 0, hashlib.sha256()

    def read(self, size=-1):
        data = self.file.read(size)
        self.size += len(data)
        self.digest.update(data)
        self.advance(len(data))
        return data

    @property
    def proof(self):
        return {"bytes": self.size, "sha256": self.digest.hexdigest()}


# Writing


def new_file(path):
    """Opens a file that is not there yet and that nobody else may read: it holds personal data."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def write(path, *, database, files, about, advance):
    """Write the archive: `files` are (name, path) below the folder of attached files, `about` goes into the manifest."""
    members = {}
    with new_file(path) as raw:
        with (
            gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=EFFORT) as packed,
            tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
        ):
            for name, source in [(DATABASE, database), *((FILES + name, source) for name, source in files)]:
                members[name] = _add(tar, name, source, advance)
            manifest = {"what": WHAT, "format": FORMAT, **about, "members": members}
            _add_text(tar, MANIFEST, json.dumps(manifest, indent=1, sort_keys=True))
        raw.flush()
        os.fsync(raw.fileno())
    return manifest


def _add(tar, name, source, advance):
    with open(source, "rb") as file:
        info = tarfile.TarInfo(name)
        info.size, info.mode = os.fstat(file.fileno()).st_size, 0o600
        counted = Counted(file, advance)
        tar.addfile(info, counted)
    return counted.proof


def _add_text(tar, name, text):
    data = text.encode()
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(data), 0o600
    tar.addfile(info, io.BytesIO(data))


# Reading


@contextmanager
def _whole():
    try:
        yield
    except (tarfile.TarError, zlib.error, gzip.BadGzipFile, EOFError) as error:
        raise _damaged(error) from None


@_whole()
def check(path, advance):
    """The manifest, once every byte of the archive was read and is as the manifest says."""
    proofs, manifest = {}, None
    for name, file in _members(path):
        if manifest is not None or name in proofs:
            raise _damaged(_("%(name)s stands in it twice, or after its end") % {"name": name})
        if name == MANIFEST:
            manifest = _manifest(file.read(LONGEST_MANIFEST))
        else:
            proofs[name] = _proof(file, advance)
    if manifest is None:
        raise _damaged(_("its end is missing"))
    for name in sorted(proofs.keys() | manifest["members"].keys()):
        if proofs.get(name) != manifest["members"].get(name):
            raise _damaged(_("%(name)s is not what was put into it") % {"name": name})
    return manifest


@_whole()
def unpack(path, folder, advance):
    """Write the members of an archive that was checked below `folder`; returns their proofs, to be compared again."""
    proofs = {}
    for name, file in _members(path):
        if name != MANIFEST:
            target = Path(folder, *PurePosixPath(name).parts)
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            counted = Counted(file, advance)
            with new_file(target) as written:
                shutil.copyfileobj(counted, written, 1024 * 1024)
                written.flush()
                os.fsync(written.fileno())
            proofs[name] = counted.proof
    return proofs


def _proof(file, advance):
    counted = Counted(file, advance)
    while counted.read(1024 * 1024):
        pass
    return counted.proof


def _members(path):
    """(name, file) of each member, in order; refused at the first one that no backup has."""
    with open(path, "rb") as raw, gzip.GzipFile(fileobj=raw) as packed:
        with tarfile.open(fileobj=packed, mode="r|") as tar:
            for info in tar:
                if not info.isreg() or not _has_place(info.name):
                    raise _damaged(_("%(name)s has no place in a backup") % {"name": info.name})
                yield info.name, tar.extractfile(info)
        # To its last byte: there the compression proves the manifest too.
        while packed.read(1024 * 1024):
            pass


def _has_place(name):
    """Attached files lie below their folder, each under a name that leads nowhere else."""
    if name in (DATABASE, MANIFEST):
        return True
    plain = name.startswith(FILES) and name == str(PurePosixPath(name)) and "\\" not in name and "\0" not in name
    return plain and len(PurePosixPath(name).parts) > 1 and ".." not in PurePosixPath(name).parts


def _manifest(data):
    try:
        manifest = json.loads(data)
        is_ours = manifest["what"] == WHAT and all(isinstance(manifest[key], kind) for key, kind in KEYS.items())
        # These go into statements.
        is_ours = is_ours and all(name.isidentifier() for name in manifest["counts"])
    except (ValueError, KeyError, TypeError):
        is_ours = False
    if not is_ours:
        raise _damaged(_("its manifest cannot be read"))
    if manifest["format"] != FORMAT:
        raise Refused(_("This backup was made by a newer version of the site. Restore it with that version."))
    return manifest


def _damaged(why):
    return Refused(_("This is no backup of this site, or it is damaged: %(why)s. Nothing was changed.") % {"why": why})
