"""List marks: `1.`, `1.1`, `a)`, `(iv)`, `-`, `•`, and the `?` that stands where a bullet was lost."""

import re
from dataclasses import dataclass
from functools import lru_cache

from .phrases import NOT_NAMES

# The last are how Word's symbol fonts come out of a PDF.
BULLETS = "-–—•·*▪●◦○■□➢➤►‣⁃∙\uf0b7\uf0a7\uf0d8\uf0fc\uf02d"
_MARK = re.compile(
    rf"(?P<bullet>[{BULLETS}](?=\s|$|[A-Z])|o(?=\s+[A-Z]))"
    r"|(?P<lost>\?(?=\s{0,8}[^\W\d_]))"
    r"|(?P<named>(?:Recommendation|RECOMMENDATION|Rec|Action|ACTION|Resolution|RESOLUTION)(?:\s(?:No\.?|Point))?(?:\s?\d{1,2}|\s[A-Z]))"
    r"(?:\s?[.:)–—-]+(?=\s|$)|$)"
    r"|(?P<reference>[A-Z]{1,2}\d{1,2})(?:[.:)]+(?=\s)|\s[–—-](?=\s)|(?<=R\d)(?=\s[A-Z])|(?<=A\d)(?=\s[A-Z][^.]{2,60}\sto\s))"
    r"|(?P<question>Q(?:uestion)?[.:]|A(?:nswer)?:)(?=\s)"
    r"|\[(?P<square>\d{1,3}|[a-z])\](?=\s|$)"
    r"|\((?P<bracketed>\d{1,3}|[a-z]{1,2}|[A-Z]|[ivxl]{1,6}|[IVXL]{2,6})\)(?=\W|[A-Z]|$)"
    r"|(?P<depth>\d{1,3}(?:\.\d{1,3}){1,3})[.):]?(?=\s+(?![ap]\.?m\b)\S|$)"
    r"|(?P<decimal>\d{1,3})(?:[.)](?=\s|$|[A-Z“‘\"'])|\.\)|:(?=\s)|\s?\](?=\s)|\s[–—-](?=\s[A-Z“][a-z]+\s))"
    r"|(?P<letter>[a-z]|[ivxl]{1,6})[.)](?=\s|$)"
    r"|(?P<capital>[A-Z]|[IVXL]{2,6})\)(?=\s|$)"
    r"|(?P<stopped>[A-Z]|[IVXL]{2,6})\.(?=\s+\S)"
)
# "• I. That …": a file that draws the number and its list's bullet gives both.
_DOUBLED = re.compile(r"\(?(?:\d{1,2}|[ivx]{1,5}|[IVX]{1,5}|[a-hA-H])[.)]\s+[A-Z]")
_NOUN_OR_NUMBER = re.compile(r"[A-Za-z]{2,}|\d+|[A-Z]$")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
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

    def comes_after(self, other: "Mark") -> bool:
        """Whether this is the very next mark of the same list: (4) after (3), d) after c)."""
        if self.style != other.style or not self.number:
            return False
        if self.number.isdigit() and other.number.isdigit():
            return int(self.number) == int(other.number) + 1
        return len(self.number) == len(other.number) == 1 and ord(self.number) == ord(other.number) + 1


# A row is asked as it comes, as a heading and as an entry.
@lru_cache(maxsize=16)
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
    if found == "bullet" and _DOUBLED.match(rest):
        return split_mark(rest)
    if found in ("bullet", "lost"):
        return Mark("", "?" if found == "lost" else number, lost=found == "lost"), rest
    if found == "question":
        return Mark("", number[0]), rest
    if found == "named":
        words = _NOUN_OR_NUMBER.findall(number)
        return Mark(words[-1], words[0].casefold()), rest
    return Mark(number, _style(found, number)), rest


def _is_no_initial(rest: str) -> bool:
    """Whether "A." is a mark and not an initial, judged by the word behind it: "A. the crossing", not "H. Orme"."""
    word = rest.split(None, 1)[0].strip(".,")
    return word.islower() or word.casefold() in NOT_NAMES


def _style(found: str, number: str) -> str:
    if found in ("reference", "square"):
        return found
    brackets = "({})" if found == "bracketed" else "{}"
    if found == "depth":
        return f"depth{number.count('.')}"
    if number.isdigit():
        return brackets.format("decimal")
    if found in ("capital", "stopped") or number.isupper():
        return brackets.format("capital")
    return brackets.format("roman" if _ROMAN.match(number) else "letter")


def roman_number(text: str) -> int:
    """The value of a small roman numeral: "iv" is 4."""
    values = [_ROMAN_VALUES[letter] for letter in text]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
