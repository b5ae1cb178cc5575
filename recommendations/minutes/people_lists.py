"""Several people in one line or one sentence: cut apart, each with their own words."""

import re

from . import grammar, people
from .phrases import FIRST_NAMES_TOO, HONOURS, NOT_NAMES, PARTICLES, STRONG_TITLES, SURNAMES_TOO, TITLES

LONGEST_LIST = 20_000
LONGEST_SENTENCE = 900
_AND = re.compile(r",\s*(?:and\s+)?|\s+and\s+|\s*&\s*|;\s*")
_PART = re.compile(
    r"\s*;\s*(?:and\s+)?|,\s*(?:and\s+)?|,?\s+(?:and(?:\salso)?|together\swith|along\swith|alongside|accompanied\sby|as\swell\sas)\s+"
)
_SLASH = re.compile(r"\s+/\s+")
_MORE = re.compile(r";|\b[Tt]he\s|\b(?:two|three|four|five|six|several|representatives)\b")
_NAMES_TOO = FIRST_NAMES_TOO | SURNAMES_TOO
_SEVERAL = re.compile(r"(?:two|three|four|five|six|several|representatives)\b")
_PLURAL = re.compile(r"(?:Councillors|Cllrs\.?|Messrs\.?|Drs\.?)\s(?=[A-Z])")


def split_people(text: str) -> list[str]:
    """The people of one line, each with their words: a flattened list may hold several."""
    if len(text) > LONGEST_LIST:
        return [text]
    text = _PLURAL.sub("", text, count=1)
    if not _may_hold_another(text):
        return [text]
    for part in (_by_semicolon, _by_slash):
        found = part(text)
        if len(found) > 1:
            return [one for stretch in found for one in split_people(stretch)]
    for part in (_by_bracket, _names_alone, _in_turn, _by_next_name):
        found = part(text)
        if len(found) > 1:
            return found
    return [text]


def _may_hold_another(text: str) -> bool:
    """Whether behind the first name and its post two words stand side by side that can be a name, or an office is told.

    Most lines are one person's, and this is found out sooner than how several would be parted.
    """
    if _MORE.search(text):
        return True
    first = people.SEPARATOR.search(text)
    before = False
    for word in text[first.end() if first else 0 :].split()[0 if first else 2 :]:
        plain = word.strip(",.()|?").casefold()
        may = (word[:1] in "(|?" or not word[:1].islower()) and (plain not in NOT_NAMES or plain in _NAMES_TOO)
        if (may or plain in PARTICLES) and before:
            return True
        before = may
    return False


def guests_in(text: str) -> list[str]:
    """The people whom a sentence brings in: "In attendance were Jane Doe (Nurse) and Max Field, Adviser."

    All of its names must have a post, but where it says no more than who was there.
    """
    match = grammar.GUESTS.match(text) if 20 < len(text) < LONGEST_SENTENCE else None
    if not match:
        return []
    found = []
    for kind, words in match.groupdict().items():
        if not words:
            continue
        parts = split_people(words.strip(" .;"))
        if not all(_is_guest(part, kind) for part in parts) or not _has_posts(parts, kind):
            return []
        found += [part.strip(" ,") for part in parts]
    return found


def _is_guest(part: str, kind: str) -> bool:
    """Where people sat, a name will do; those who spoke need a post, and no councillor among them is a guest."""
    if kind in ("sat", "attended") and people.name_and_rest(part)[0]:
        return True
    person = people.read_person(part)
    post = person.role or person.organisation
    known = bool(person.name and post) and not people.tells(post) and _is_post(post) and people.is_name(person.name)
    return known and not (kind == "spoke" and person.name.startswith(("Councillor", "Cllr")))


def _has_posts(parts: list[str], kind: str) -> bool:
    """ "Councillor Ash attended the meeting" is no guest, "Mr Pell (Vale Trust) and Mrs Dow attended" are two."""
    return kind != "attended" or any(_is_guest(part, "others") for part in parts)


def _by_semicolon(text: str) -> list[str]:
    parts = [part.strip(" .").removeprefix("and ") for part in text.split(";") if part.strip(" .")]
    return parts if all(people.begins_person(part) or people.is_unnamed(part) for part in parts) else []


def _by_slash(text: str) -> list[str]:
    """ "Jane Doe, Director / John Smith, Head of Place"; "Jane Doe / Director" is one person."""
    parts = [part.strip(" .") for part in _SLASH.split(text)] if "/" in text else []
    return parts if all(people.is_person_line(part) for part in parts) else []


def _by_bracket(text: str) -> list[str]:
    """ "Jane Doe (Director), John Smith (Head of Place) and Ann Lee (Nurse)"."""
    parts = [part.strip() for part in re.split(r"(?<=\))(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+)(?=[A-Z])", text)]
    return parts if all("(" in part and people.begins_person(part) for part in parts) else []


def _names_alone(text: str) -> list[str]:
    """ "Jane Doe, John Smith and Ann Lee": every part is a name, so no part is a role."""
    parts = [part.strip() for part in _AND.split(text) if part.strip(" .")]
    return (
        parts
        if all(
            people.is_name(part) and len(people.bare_name(part)) > 1 and not people.is_organisation(part)
            for part in parts
        )
        else []
    )


def _in_turn(text: str) -> list[str]:
    """ "Jane Doe, Head of Place, John Smith, Director, and the Head of Roads": a name before a post begins the next person."""
    cuts = [(match.start(), match.end()) for match in _PART.finditer(text)]
    parts = [
        text[end:start].strip()
        for end, start in zip([0, *(c[1] for c in cuts)], [*(c[0] for c in cuts), len(text)], strict=True)
    ]
    if not _begins(parts, 0):
        return []
    starts = [
        index
        for index in range(len(parts))
        if index == 0
        or (_begins(parts, index) and not _is_apposed(parts[index - 1], parts[index], text[slice(*cuts[index - 1])]))
    ]
    if len(starts) == 1:
        return []
    edges = [0, *(cuts[index - 1][1] for index in starts[1:])]
    ends = [*(cuts[index - 1][0] for index in starts[1:]), len(text)]
    found = [text[begin:end].strip(" ,;") for begin, end in zip(edges, ends, strict=True)]
    return [one for chunk in _sharing(found) for one in _by_next_name(chunk) or [chunk]]


def _sharing(found: list[str]) -> list[str]:
    """ "Jane Doe and John Smith, Age UK": both are from there."""
    if len(found) == 2 and people.is_name(found[0]):
        _, body = people.name_and_rest(found[1])
        if people.is_organisation(body.strip("()")):
            return [f"{found[0]}, {body}", found[1]]
    return found


def _begins(parts: list[str], index: int) -> bool:
    """Whether this part begins a person: a name with a post inside or behind it, or "the" and an office."""
    part, after = parts[index], parts[index + 1] if index + 1 < len(parts) else ""
    if part.startswith(("the ", "The ")) or _SEVERAL.match(part):
        return people.is_unnamed(part)
    if not people.SEPARATOR.search(part) and not people.is_name(part):
        return False
    name, rest = people.name_and_rest(part)
    titled = name.split(" ", 1)[0].rstrip(".").casefold() in STRONG_TITLES
    if not name or (index and len(people.bare_name(name)) < 2 and not (rest or titled or _is_post(after))):
        return False
    return bool(rest) or _is_post(after) or index == 0 or part.split()[0].rstrip(".").casefold() in TITLES


def _is_apposed(before: str, part: str, between: str) -> bool:
    """ "the Head of Housing, Ann Lee" is one person, "the Head of Housing and Ann Lee" are two."""
    office = before.startswith(("the ", "The ")) and people.is_unnamed(before)
    return office and "and" not in between and people.is_name(part)


def _by_next_name(text: str) -> list[str]:
    """ "Jane Doe, Head of Finance Lee Hall, Director of Place": a name just before a separator begins the next person."""
    found, start, floor = [], 0, 0
    for index, cut in enumerate(people.SEPARATOR.finditer(text)):
        begin = _name_before(text[floor : cut.start()]) if index else None
        if begin and _is_post(text[cut.end() : cut.end() + 80]):
            found.append(text[start : floor + begin].strip(" ,").removesuffix(" and").strip(" ,"))
            start = floor + begin
        floor = cut.end()
    return [*found, text[start:].strip(" ,")] if found else []


def _name_before(text: str) -> int | None:
    """Where in `text` the name begins with which it ends, if words stand before it."""
    spans = [(match.start(), match.group()) for match in re.finditer(r"\S+", text[-200:])]
    words = [word for _, word in spans]
    size = 2
    while size < len(words) and words[1 - size].rstrip(".,").casefold() in HONOURS:
        size += 1  # "Ludmila Harker OBE" has two names before it
    if len(words) < size + 1 or not people.made_of_names(words[-size:]):
        return None
    while size < len(words) - 2 and words[-size].casefold() in PARTICLES:
        size += 1  # "de Vries" has a first name before it
    while size < len(words) and words[-size - 1].rstrip(".").casefold() in TITLES:
        size += 1
    offset = max(0, len(text) - 200)
    if size >= len(words) or (words[-size - 1] == "and" and size == 2 and len(words) > size + 1):
        return None
    return offset + spans[-size][0]


def _is_post(text: str) -> bool:
    """Whether a role or an organisation begins here."""
    return people.is_role(" ".join(text.split()[:4])) or people.is_organisation(text.split(",")[0])
