"""How what is to go is recognised: in any case, over line ends, with any apostrophe or hyphen, whole words only."""

import re
import unicodedata
from dataclasses import dataclass, field
from html.entities import codepoint2name
from urllib.parse import quote

from django.utils.translation import gettext as _

from recommendations.models import Refused

APOSTROPHES, HYPHENS = "'’‘ʼ´`′", "-‐‑‒–—−"
QUOTES = '"“”„«»'
# What may stand between the words of a name: in file names, addresses, queries and marked-up texts not only spaces.
BETWEEN = r"(?:\s|[*_.+‐-―-]|%20|%C2%A0|&nbsp;|</?\w+>)+"
LETTER = r"[^\W\d_]"
# So much of its surroundings is shown at the terminal.
AROUND = 30


@dataclass
class Wording:
    """Names and passages that are to go, and what stands in their place."""

    names: list[str] = field(default_factory=list)
    passages: list[str] = field(default_factory=list)
    # Of an account that goes: an address column that has one of them is emptied of it whole.
    addresses: list[str] = field(default_factory=list)
    instead: str = "[redacted]"

    def __post_init__(self):
        said = [each.strip() for each in (*self.names, *self.passages, *self.addresses)]
        if not said or not all(len(re.findall(LETTER, each)) >= 2 for each in said):
            raise Refused(_("A name or passage needs two letters at least."))
        patterns = [each for name in self.names for each in _of_name(name)]
        patterns += [_flexible(each) for each in (*self.passages, *self.addresses)]
        # The longest first: of "Pat Doe" and "Pat", both are to go.
        self.pattern = re.compile("|".join(map(_whole, sorted(patterns, key=len, reverse=True))), re.IGNORECASE)
        if self.pattern.search(self.instead):
            raise Refused(_("What stands in its place would hold it again. Choose other words."))

    @property
    def probes(self):
        """Of each what every row that has it must hold, for the database to look for; None: it cannot tell."""
        runs = [max(re.findall("[A-Za-z0-9]+", each), key=len, default="") for each in self._all()]
        return runs if all(len(run) > 1 for run in runs) else None

    def _all(self):
        return [*self.names, *self.passages, *self.addresses]

    def surnames(self):
        """The last word of each name of several: people are called by it further down the page."""
        several = [name.replace(",", " ").split() for name in self.names if "," not in name and len(name.split()) > 1]
        return sorted({words[-1] for words in several if len(re.findall(LETTER, words[-1])) > 1})

    def is_in(self, text):
        return bool(self.pattern.search(text))

    def excerpt(self, text):
        """Where it stands first, on one line."""
        found = self.pattern.search(text)
        around = text[max(found.start() - AROUND, 0) : found.end() + AROUND]
        return " ".join(around.split())

    def without(self, value):
        """The same text, list or dict without it, and how often it stood there."""
        if isinstance(value, str):
            return self.pattern.subn(lambda found: self.instead, value)
        if isinstance(value, list):
            parts = [self.without(each) for each in value]
            return [part for part, _times in parts], sum(times for _part, times in parts)
        if isinstance(value, dict):
            return self._without_in_dict(value)
        return value, 0

    def _without_in_dict(self, value):
        made, all_times = {}, 0
        for key, each in value.items():
            (name, in_name), (part, in_part) = self.without(key), self.without(each)
            free = name
            while free in made:
                free += " "
            made[free] = part
            all_times += in_name + in_part
        return made, all_times


def _of_name(name):
    """As it is spoken, and as an index has it: surname first."""
    words = [word for word in re.split(r"[\s,]+", name.strip()) if word]
    if "," in name:
        words = words[1:] + words[:1]
    spoken = BETWEEN.join(map(_flexible, words))
    if len(words) == 1:
        return [spoken]
    return [spoken, rf"{_flexible(words[-1])}\s*,\s*{BETWEEN.join(map(_flexible, words[:-1]))}"]


def _flexible(text):
    return r"\s+".join("".join(map(_sign, word)) for word in unicodedata.normalize("NFC", text).split())


def _sign(sign):
    for alike in (APOSTROPHES, QUOTES):
        if sign in alike:
            return _any_of(alike)
    if sign in HYPHENS:
        # Some programs lose the one that does not break, and leave a question mark.
        return rf"\s*(?:{_any_of(HYPHENS)}|[?\u00ad\s])\s*"
    if sign.isascii():
        return re.escape(sign)
    # Also taken apart into letter and accent, and without the accent.
    apart = unicodedata.normalize("NFD", sign)
    return f"(?:{re.escape(apart)}|{_any_of(sign)}|{re.escape(apart[0])})"


def _any_of(signs):
    """One of the signs, as it is, and as JSON within a text, an address and HTML have it."""
    ways = [re.escape(way) for sign in signs for way in (f"\\u{ord(sign):04x}", quote(sign), *_in_html(sign))]
    return f"(?:[{re.escape(signs)}]|{'|'.join(ways)})"


def _in_html(sign):
    code = ord(sign)
    names = [codepoint2name[code]] if code in codepoint2name else []
    return [f"&{name};" for name in (*names, f"#{code}", f"#x{code:x}")]


def _whole(pattern):
    return rf"(?<!{LETTER}){pattern}(?!{LETTER})"
