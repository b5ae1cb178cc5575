"""Names and roles: telling a person's line from other words, and splitting it into name, role and organisation."""

import re
from dataclasses import dataclass
from functools import lru_cache

from .phrases import (
    DANGLING,
    HONOURS,
    NOT_NAMES,
    ORGANISATION_PHRASES,
    ORGANISATION_WORDS,
    PARTICLES,
    ROLE_WORDS,
    SAID,
    STRONG_TITLES,
    TITLES,
)

# Longer than any line of one person: reading on would only cost time.
LONGEST_LINE = 400
LONGEST_LIST = 20_000
_NAME_WORD = re.compile(r"(?:[A-Z]\.)+|[A-ZÀ-ÞŁŚŻ][\w’'.-]*$")
# What parts a name from a role. A hyphen needs its spaces: Gordon-Walker is one name.
_SEPARATOR = re.compile(r"\s*[,;|\t]\s*|\s+[-–—]+\s*|[–—]\s+|\s*:\s+|\s+(?=\()")
_CUT = re.compile(r"\s*[,;|\t]\s*|\s+[-–—]+\s+")
_STRAY = re.compile(r"(^|[\s(–—-])\?(?=\w)")
_LOST_CHARACTER = re.compile(r"\w\?\w[\w?]*")
_NO_NAME = frozenset('0123456789:?!/&“”"')
# "Dr Osei, local GP, attended the meeting for this item": words about the coming, not about the post.
_CAME = re.compile(r",?\s(?:(?:was|were)\s(?:also\s)?(?:in\sattendance|present|invited)|(?:also\s)?attended)\b.*$")
_WORD = re.compile(r"[^\W\d_][\w’'&-]*")
_AND = re.compile(r",\s*(?:and\s+)?|\s+and\s+|\s*&\s*|;\s*")


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    role: str = ""
    organisation: str = ""
    flags: tuple[str, ...] = ()


def words_of(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def bare_name(text: str) -> list[str]:
    """The words of a name without titles before and honours after it."""
    parts = text.replace("(", " ").replace(")", " ").split()
    first, last = 0, len(parts)
    while first < last and parts[first].rstrip(".,").casefold() in TITLES:
        first += 1
    while first < last and parts[last - 1].rstrip(".,").casefold() in HONOURS:
        last -= 1
    return parts[first:last]


def is_name(text: str) -> bool:
    """Whether `text` can be a person's name and nothing else, judged by its form and by the words no name is made of."""
    text = text.strip(" .,;")
    if not text or len(text) > 60 or not _NO_NAME.isdisjoint(text):
        return False
    parts = bare_name(text)
    titled = text.split()[0].rstrip(".").casefold() in STRONG_TITLES
    if not (1 if titled else 2) <= len(parts) <= 5 or (text.isupper() and not titled and len(parts) > 3):
        return False
    return _made_of_names(parts)


def _made_of_names(parts: list[str]) -> bool:
    capitalised = 0
    for part in parts:
        if part.casefold() in PARTICLES and part != parts[-1]:
            continue
        if not _NAME_WORD.match(part) or part.strip(".,").casefold() in NOT_NAMES:
            return False
        capitalised += 1
    return capitalised > 0


def is_role(text: str) -> bool:
    """Whether `text` begins like a role: one of its first words names an office."""
    return any(word in ROLE_WORDS for word in words_of(text[:120])[:8])


def is_office(text: str) -> bool:
    """Whether `text` names one office ("the Contract Manager"), and so one person at a time; "officers" and a team do not."""
    words = words_of(text)
    return bool(words) and len(words) < 12 and words[-1] in ROLE_WORDS - {"team", "partner", "resident", "parent"}


def is_organisation(text: str) -> bool:
    """Whether `text` is an organisation beyond doubt; "Director of Police Liaison" and "of Elmhurst Council" are not."""
    text = text.strip(" .")
    words = words_of(text)
    if not words or len(words) > 12 or not (text[0].isupper() or words[0] == "the"):
        return False
    if any(word in ROLE_WORDS and word not in ("associate", "partner", "guardian") for word in words):
        return False
    lowered = text.casefold()
    return any(word in ORGANISATION_WORDS for word in words) or any(p in lowered for p in ORGANISATION_PHRASES)


def is_person_line(text: str) -> bool:
    """Whether `text` reads "Name, Role" (or "Name – Organisation") outside any witness heading."""
    if len(text) > LONGEST_LINE or text.endswith((":", "?")):
        return False
    name, rest = _name_and_rest(text) if _SEPARATOR.search(text[:80]) else ("", "")
    return (
        bool(name and rest)
        and not tells(rest)
        and (is_role(rest) or any(is_organisation(part) for part in rest.split(",")[:4]))
    )


def begins_person(text: str) -> bool:
    """Whether a line under a witness heading begins a new person (rather than goes on with a role)."""
    return len(text) <= LONGEST_LINE and bool(_name_and_rest(text)[0])


def tells(text: str) -> bool:
    """Whether `text` holds a verb of reported speech: then it is a sentence, not a role."""
    return any(word in SAID for word in words_of(text[:LONGEST_LINE]))


# The same line is asked about several times in a row.
@lru_cache(maxsize=32)
def _name_and_rest(text: str) -> tuple[str, str]:
    text = text.strip()
    for match in _SEPARATOR.finditer(text[:80]):
        name, rest = text[: match.start()].strip(), text[match.end() :].strip()
        if is_name(name):
            return name, rest
        if not all(part.rstrip(".").casefold() in TITLES for part in name.split()):
            break
    return (text.rstrip(" .,"), "") if is_name(text) else _without_separator(text)


def _without_separator(text: str) -> tuple[str, str]:
    """ "Jane Doe Director of Place": a flattened table leaves nothing between name and role."""
    parts = text.split()
    for count in (2, 3, 4):
        name, rest = " ".join(parts[:count]), parts[count:]
        if (
            len(rest) > 1
            and rest[0].casefold().strip(",") in NOT_NAMES
            and is_role(" ".join(rest[:6]))
            and is_name(name)
        ):
            return name, " ".join(rest)
    return "", ""


def dangles(text: str) -> bool:
    """Whether `text` stops where more must follow: "Director of", "Assistant", "Children,"."""
    last = text.rsplit(None, 1)[-1] if text.strip() else ""
    return text.rstrip().endswith((",", "&", "–", "—", "/")) or last.casefold().strip("(") in DANGLING


def read_person(raw: str) -> Person:
    """Split one person's words. What cannot be split stays in the name, flagged."""
    text, flags = _without_stray_marks(" ".join(raw.replace("\t", " | ").split()).strip(" |;"))
    name, rest = _name_and_rest(text)
    if not name and (reversed_ := _reversed(text)):
        name, rest = reversed_
        flags.append("The role stood before the name.")
    elif not name:
        name, _, rest = text.partition(",")
        flags.append("This does not read like a name: check it.")
    name, rest = _honours_to_name(name, _unwrapped(rest))
    if came := how_they_came(rest):
        rest = rest[: rest.index(came)].rstrip(" ,")
    rest, doubled = _without_doubling(rest)
    if doubled:
        flags.append(f"“{doubled}” is printed twice.")
    role, organisation = _split_organisation(rest)
    if role and not _SEPARATOR.search(text):
        flags.append("Nothing stood between the name and the role.")
    return Person(name.strip(" ,;.") if not name.endswith("Jr.") else name, role, organisation, tuple(flags))


def how_they_came(text: str) -> str:
    """ "attended the meeting for this item", behind a person's post; it is no part of the post."""
    came = _CAME.search(text) if len(text) <= LONGEST_LINE else None
    return came[0].strip(" ,") if came else ""


def _without_stray_marks(text: str) -> tuple[str, list[str]]:
    flags = [
        f"A “?” stands inside “{found}”: a character may be lost."
        for found in _LOST_CHARACTER.findall(text[:LONGEST_LINE])
    ]
    cleaned = _STRAY.sub(r"\1", text)
    if cleaned != text:
        flags.insert(0, "A stray “?” stood before the role.")
    return cleaned, flags


def read_reversed(text: str) -> bool:
    """Whether a line reads "Role – Name"."""
    return len(text) <= LONGEST_LINE and _reversed(text) is not None


def _reversed(text: str) -> tuple[str, str] | None:
    cuts = list(_CUT.finditer(text[:LONGEST_LINE]))
    if cuts and is_role(text[: cuts[-1].start()]) and is_name(text[cuts[-1].end() :]):
        return text[cuts[-1].end() :].strip(), text[: cuts[-1].start()].strip()
    head, colon, tail = text.partition(":")
    return (tail.strip(), head.strip()) if colon and is_role(head) and is_name(tail) else None


def _unwrapped(rest: str) -> str:
    """A role in brackets loses them: "Jane Doe (Director of Place)"; a bracket at its end stays."""
    rest = rest.strip(" |;,")
    if rest.startswith("("):
        inside, closed, after = rest[1:].partition(")")
        if closed and "(" not in inside:
            after = after.strip(" ,;–-")
            return f"{inside}, {after}" if after else inside
    return rest.removesuffix(".") if rest.endswith(".") and not rest.endswith(("Ltd.", "Co.")) else rest


def _honours_to_name(name: str, rest: str) -> tuple[str, str]:
    first, comma, others = rest.partition(",")
    if first and all(word.strip(".").casefold() in HONOURS for word in first.split()):
        return f"{name}, {first}", others.strip() if comma else ""
    return name, rest


def _without_doubling(text: str) -> tuple[str, str]:
    """`text` with words printed twice in a row printed once, and those words ("Cabinet Member for")."""
    parts = text.split()
    if len(parts) > 60:
        return text, ""
    for size in range(min(8, len(parts) // 2), 0, -1):
        for start in range(len(parts) - 2 * size + 1):
            twin = parts[start : start + size]
            if twin == parts[start + size : start + 2 * size] and len(" ".join(twin)) > 3:
                return " ".join(parts[:start] + parts[start + size :]), " ".join(twin)
    return text, ""


def _split_organisation(rest: str) -> tuple[str, str]:
    """Role and organisation; split only at a comma or dash, and only where the organisation is sure."""
    if is_organisation(rest) and not re.search(r"\s[-–—|]\s", rest):
        return "", rest
    cuts = list(_CUT.finditer(rest[:LONGEST_LINE]))
    if cuts and is_organisation(last := rest[cuts[-1].end() :].strip()):
        return rest[: cuts[-1].start()].strip(), last
    if cuts and is_organisation(first := rest[: cuts[0].start()].strip()):
        return rest[cuts[0].end() :].strip(), first
    return rest.replace(" | ", ", "), ""


def split_people(text: str) -> list[str]:
    """The people of one line, each with their words: a flattened list may hold several."""
    if len(text) > LONGEST_LIST:
        return [text]
    for part in (_by_semicolon, _by_bracket, _names_alone, _by_next_name):
        people = part(text)
        if len(people) > 1:
            return people
    return [text]


def _by_semicolon(text: str) -> list[str]:
    parts = [part.strip(" .").removeprefix("and ") for part in text.split(";") if part.strip(" .")]
    return parts if all(begins_person(part) for part in parts) else []


def _by_bracket(text: str) -> list[str]:
    """ "Jane Doe (Director), John Smith (Head of Place) and Ann Lee (Nurse)"."""
    parts = [part.strip() for part in re.split(r"(?<=\))(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+)(?=[A-Z])", text)]
    return parts if all("(" in part and begins_person(part) for part in parts) else []


def _names_alone(text: str) -> list[str]:
    """ "Jane Doe, John Smith and Ann Lee": every part is a name, so no part is a role."""
    parts = [part.strip() for part in _AND.split(text) if part.strip(" .")]
    return parts if all(is_name(part) and len(bare_name(part)) > 1 for part in parts) else []


def _by_next_name(text: str) -> list[str]:
    """ "Jane Doe, Head of Finance Lee Hall, Director of Place": a name just before a separator begins the next person."""
    people, start, floor = [], 0, 0
    for index, cut in enumerate(_SEPARATOR.finditer(text)):
        begin = _name_before(text[floor : cut.start()]) if index else None
        if begin and _is_post(text[cut.end() : cut.end() + 80]):
            people.append(text[start : floor + begin].strip(" ,").removesuffix(" and").strip(" ,"))
            start = floor + begin
        floor = cut.end()
    return [*people, text[start:].strip()] if people else []


def _name_before(text: str) -> int | None:
    """Where in `text` the name begins with which it ends, if words stand before it."""
    spans = [(match.start(), match.group()) for match in re.finditer(r"\S+", text[-200:])]
    words = [word for _, word in spans]
    size = 2
    if len(words) < size + 1 or not _made_of_names(words[-size:]):
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
    return is_role(" ".join(text.split()[:4])) or is_organisation(text.split(",")[0])
