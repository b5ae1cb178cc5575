"""List marks: `1.`, `1.1`, `a)`, `(iv)`, `-`, `•`, and the `?` that stands where a bullet was lost."""

import re
from dataclasses import dataclass

from .phrases import NOT_NAMES

# The last are how Word's symbol fonts come out of a PDF.
BULLETS = "-–—•·*▪●◦○■□➢➤►‣⁃∙\uf0b7\uf0a7\uf0d8\uf0fc\uf02d"
_MARK = re.compile(
    rf"(?P<bullet>[{BULLETS}](?=\s|$|[A-Z])|o(?=\s+[A-Z]))"
    r"|(?P<lost>\?(?=\s{0,8}[^\W\d_]))"
    r"|\((?P<bracketed>\d{1,3}|[a-z]{1,2}|[A-Z]|[ivxl]{1,6}|[IVXL]{2,6})\)(?=\W|[A-Z]|$)"
    r"|(?P<depth>\d{1,3}(?:\.\d{1,3}){1,3})[.):]?(?=\s+(?![ap]\.?m\b)\S|$)"
    r"|(?P<decimal>\d{1,3})(?:[.)](?=\s|$|[A-Z“‘\"'])|\.\)|:(?=\s))"
    r"|(?P<letter>[a-z]|[ivxl]{1,6})[.)](?=\s|$)"
    r"|(?P<capital>[A-Z]|[IVXL]{2,6})\)(?=\s|$)"
    r"|(?P<stopped>[A-Z]|[IVXL]{2,6})\.(?=\s+\S)"
)
_ROMAN = re.compile(r"x{0,3}(?:ix|iv|v?i{0,3})$")


@dataclass(frozen=True, slots=True)
class Mark:
    """A list mark: the number it prints ("" for a bullet), and its style, by which a nested list is told from its parent."""

    number: str
    style: str
    lost: bool = False

    def follows(self, style: str, number: str) -> bool:
        """Whether this mark goes on in a list of `style`; the letter i after h is a letter, after ii it is roman."""
        if self.style == style:
            return True
        if {self.style, style} == {"(roman)", "(letter)"} or {self.style, style} == {"roman", "letter"}:
            return len(self.number) == len(number) == 1 and ord(self.number) == ord(number) + 1
        return False


def split_mark(text: str) -> tuple[Mark | None, str]:
    """The mark at the beginning of `text`, and the rest; the mark is None where there is none."""
    match = _MARK.match(text)
    if not match:
        return None, text
    found = match.lastgroup or ""
    number, rest = match[found], text[match.end() :].strip()
    if found == "depth" and not (rest[:1].isupper() or rest[:1] in "“‘\"'(" or not rest):
        return None, text  # "2.5 million" at the beginning of a wrapped line
    if found == "stopped" and len(number) == 1 and not _is_no_initial(rest):
        return None, text
    if found in ("bullet", "lost"):
        return Mark("", "?" if found == "lost" else number, lost=found == "lost"), rest
    return Mark(number, _style(found, number)), rest


def _is_no_initial(rest: str) -> bool:
    """Whether "A." is a mark and not an initial, judged by the word behind it: "A. the crossing", not "H. Orme"."""
    word = rest.split(None, 1)[0].strip(".,")
    return word.islower() or word.casefold() in NOT_NAMES


def _style(found: str, number: str) -> str:
    brackets = "({})" if found == "bracketed" else "{}"
    if found == "depth":
        return f"depth{number.count('.')}"
    if number.isdigit():
        return brackets.format("decimal")
    if found in ("capital", "stopped") or number.isupper():
        return brackets.format("capital")
    return brackets.format("roman" if _ROMAN.match(number) else "letter")
