"""What a process remembers for a while, by a key that changes with whatever it was made from: losing it costs time alone."""

import time
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
        with self.lock:
            until, value = self.kept.get(key, (0.0, None))
            if until > time.monotonic():
                self.kept.move_to_end(key)
                return value
        value = make()
        with self.lock:
            self.kept[key] = (time.monotonic() + AGE, value)
            self.kept.move_to_end(key)
            while len(self.kept) > self.most:
                self.kept.popitem(last=False)
        return value

    @classmethod
    def forget(cls):
        for each in cls.everything:
            with each.lock:
                each.kept.clear()


memory = Memory()
