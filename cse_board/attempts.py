"""Where attempts are counted: in files, which all processes share; where these cannot be written, in memory."""

import logging
from contextlib import suppress

from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.locmem import LocMemCache

log = logging.getLogger(__name__)
MISSING = object()


class InFilesOrMemory(FileBasedCache):
    """A full disk neither keeps people out nor lets them try as often as they like: each process then counts by itself."""

    def __init__(self, folder, params):
        super().__init__(folder, params)
        self._memory = LocMemCache(str(folder), params)

    def _createdir(self):
        """Django's own does it when the cache is first looked at, which must not fail."""
        with suppress(OSError):
            super()._createdir()

    def get(self, key, default=None, version=None):
        kept = self._memory.get(key, MISSING, version)
        if kept is not MISSING:
            return kept
        with suppress(OSError):
            return super().get(key, default, version)
        return default

    def set(self, key, value, *args, **kwargs):
        try:
            super().set(key, value, *args, **kwargs)
        except OSError as error:
            log.warning("Attempts are counted in memory, by each process alone: %s", error.strerror)
            self._memory.set(key, value, *args, **kwargs)
        else:
            self._memory.delete(key, kwargs.get("version"))

    def has_key(self, key, version=None):
        return self.get(key, MISSING, version) is not MISSING

    def delete(self, key, version=None):
        was_there = self._memory.delete(key, version)
        with suppress(OSError):
            return super().delete(key, version) or was_there
        return was_there
