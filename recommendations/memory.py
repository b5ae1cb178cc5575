"""What a process remembers for a while, by a key that changes with whatever it was made from: losing it costs time alone."""

import time
import zlib
from collections import OrderedDict
from threading import Lock

# So many things, for so many seconds: a key tells what changed, and this bounds what no key can tell.
MOST, AGE = 300, 300


class Memory:
    """What was used longest ago goes first."""

    everything: list["Memory"] = []

    def __init__(self, most=MOST):
        self.kept, self.lock, self.most = OrderedDict(), Lock(), most
        self.everything.append(self)

    def remember(self, key, make):
        """What `make` gives, or gave for this key a while ago."""
        return self.remember_all([key], lambda _: {key: make()})[key]

    def remember_all(self, keys, make):
        """{key: value} of all these; `make` gives it of those of which nothing is remembered, if there are such."""
        found = self.of(keys)
        if missing := [key for key in keys if key not in found]:
            made = make(missing)
            self.put(made)
            found |= made
        return found

    def of(self, keys):
        """{key: value} of those that are remembered."""
        found, now = {}, time.monotonic()
        with self.lock:
            for key in keys:
                until, value = self.kept.get(key, (0.0, None))
                if until > now:
                    self.kept.move_to_end(key)
                    found[key] = value
        return found

    def put(self, made):
        """In place of what was remembered for these keys."""
        with self.lock:
            for key, value in made.items():
                self.kept[key] = (time.monotonic() + AGE, value)
                self.kept.move_to_end(key)
            while len(self.kept) > self.most:
                self.kept.popitem(last=False)

    def get(self, key):
        """What is remembered; None of what is not."""
        with self.lock:
            until, value = self.kept.get(key, (0.0, None))
            return value if until > time.monotonic() else None

    def keep(self, key, value):
        self.remember(key, lambda: value)

    @classmethod
    def forget(cls):
        for each in cls.everything:
            with each.lock:
                each.kept.clear()


class Packed(Memory):
    """What was written for pages, as bytes: it repeats itself, and takes a tenth of the room so."""

    def written(self, key, make):
        """What `make` gives, or gave for this key a while ago."""
        if kept := self.get(key):
            return zlib.decompress(kept)
        made = make()
        self.keep(key, zlib.compress(made, level=1))
        return made


memory = Memory()
