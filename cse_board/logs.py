"""Log lines without keys: whoever reads a log must not be able to open what a key opens."""

import logging
import re

# A part of an address as long as this is random, and so a key; and what a letter lets choose a password with.
KEY = re.compile(r"(?<=/)(?:[\w.:=~-]{40,}|[0-9a-z]+-[0-9a-f]{32,})")


class WithoutKeys(logging.Filter):
    """Blots out the keys in what a line says. It never holds a line back."""

    def filter(self, record):
        record.msg = without_keys(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(map(without_keys, record.args))
        return True


def without_keys(said):
    return KEY.sub("…", said) if isinstance(said, str) else said
