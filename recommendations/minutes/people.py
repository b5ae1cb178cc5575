"""Names and roles: telling a person's line from other words, and splitting it into name, role and organisation."""

import re
from dataclasses import dataclass
from functools import lru_cache

from .phrases import (
    DANGLING,
    FIRST_NAMES_TOO,
    HONOURS,
    NOT_NAMES,
    ORGANISATION_PHRASES,
    ORGANISATION_WORDS,
    PARTICLES,
    ROLE_WORDS,
    SAID,
    STRONG_TITLES,
    SURNAMES_TOO,
    TITLES,
)

# Longer than any line of one person: reading on would only cost time.
LONGEST_LINE = 400
_NAME_WORD = re.compile(r"(?:[A-Z]\.)+|(?:al-|el-|ul-)?[^\W\d_a-zà-öø-ÿ][\w’'.-]*$")
# What parts a name from a role. A hyphen needs its spaces: Gordon-Walker is one name.
SEPARATOR = re.compile(
    r"\s*[,;|\t]\s*|\s+[-–—]+\s*|[–—]\s+|\s*:\s+|\s+/\s+|\s+(?=\()|\s+(?:representing|from|on\sbehalf\sof)\s+"
)
_CUT = re.compile(r"\s*[,;|\t]\s*|\s+[-–—]+\s+")
_STRAY = re.compile(r"(^|[\s(–—-])\?(?=\w)")
_LOST_CHARACTER = re.compile(r"\w\?\w[\w?]*")
# "T/Inspector", "A/Chief Superintendent": for the time being.
_ACTING = re.compile(r"^[AT]/(?=[A-Z])")
_NO_OFFICE = frozenset("team partner resident parent carer tenant patient volunteer student pupil campaigner".split())
_NO_NAME = frozenset('0123456789:?!/&“”"')
# "Dr Osei, local GP, attended the meeting for this item": words about the coming, not about the post.
_CAME = re.compile(
    r",?\s(?:(?:was|were)\s(?:also\s)?(?:in\sattendance|present|invited)|(?:also\s)?attended)\b.*$"
    r"|\s\((?:via|virtual|virtually|remote|remotely|online|by\s(?:video|telephone|phone|teams|zoom|invitation)|(?:for\s)?(?:items?"
    r"|minutes?|agenda|part)\b|joined|left|from\s\d|until|for\sthis|in\sperson|attended|present)[^()]{0,60}\)$",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"([^()]*[^()\s])\s\(([^()]+)\)$")
_PRONOUNS = re.compile(
    r"\s*\((?:she|he|they)/\w+\)"
    r"|\s\((?:virtual|virtually|remote|remotely|online|in\sperson|via\s(?:video|teams|zoom)|attend(?:ed|ing)\s\w+)\)(?=\s?[,–-])",
    re.IGNORECASE,
)
# Ranks that are made of words of other offices: "Area Manager Sadie Thirlby", as "Inspector Thirlby".
_RANK = re.compile(
    r"(?:(?:Assistant|Deputy|Acting|Temporary)\s)*(?:(?:Area|Group|Station|Watch|Crew|Brigade|Borough|District|Divisional)\s"
    r"(?:Manager|Commander)|Chief\sFire\sOfficer|Police\s(?:Sergeant|Inspector|Constable|Superintendent))\s(?=[A-Z])"
)
# Who came without being named: "The Head of Housing", "Representatives from Age UK", "Two parents".
_OFFICE = re.compile(
    r"(?:the\s)?(?:(?:assistant|deputy|chief|strategic|executive|interim|service|corporate|managing)\s)*"
    r"(?:head|director|cabinet\smember|portfolio\sholder|leader|chief\sexecutive|chair(?:man)?)\s(?:of|for)\b",
    re.IGNORECASE,
)
_UNNAMED = re.compile(
    r"(?:one|an?)\s(?:[\w-]+\s)?(?:representative|member|resident|tenant|pupil|student|parent|carer|volunteer|patient)\s(?:of|from|at|who)\b"
    r"|(?:(?:the|two|three|four|five|six|several)\s)?(?:representatives|representative\s(?:of|from)|members|residents|tenants|pupils|students|young\speople|staff"
    r"|officers|colleagues|parents|carers|volunteers|witnesses)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w’'&-]*")


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
    if rank := _RANK.match(text):
        text = text[rank.end() :]
    parts = text.replace("(", " ").replace(")", " ").split()
    first, last = 0, len(parts)
    while first < last and parts[first].rstrip(".,").casefold() in TITLES:
        first += 1
    while first < last and parts[last - 1].rstrip(".,").casefold() in HONOURS:
        last -= 1
    return parts[first:last]


# One line is asked by those who join it, those who part its people and those who read them.
@lru_cache(maxsize=64)
def is_name(text: str) -> bool:
    """Whether `text` can be a person's name and nothing else, judged by its form and by the words no name is made of."""
    text = _ACTING.sub("", text.strip(" .,;"))
    if not text.strip() or len(text) > 60 or not _NO_NAME.isdisjoint(text):
        return False
    parts = bare_name(text)
    titled = bool(_RANK.match(text)) or text.split()[0].rstrip(".").casefold() in STRONG_TITLES
    if titled and parts[:1] == ["A"]:
        parts = parts[1:]  # an initial: "Cllr A Bell"
    if not (1 if titled else 2) <= len(parts) <= 5 or (text.isupper() and not titled and len(parts) > 3):
        return False
    return made_of_names(parts)


def made_of_names(parts: list[str]) -> bool:
    capitalised = 0
    for part in parts:
        if part.casefold() in PARTICLES and part != parts[-1]:
            continue
        word = part.strip(".,").casefold()
        if not _NAME_WORD.match(part) or (word in NOT_NAMES and not _is_name_too(word, part, parts)):
            return False
        capitalised += 1
    return capitalised > 0


def _is_name_too(word: str, part: str, parts: list[str]) -> bool:
    """ "June Carter" and "Della Street": words that are names where a month or a place cannot stand."""
    if part.isupper() or len(parts) < 2:
        return False
    return (word in FIRST_NAMES_TOO and part is parts[0]) or (word in SURNAMES_TOO and part is parts[-1])


def is_role(text: str) -> bool:
    """Whether `text` begins like a role: one of its first words names an office."""
    return any(word in ROLE_WORDS for word in words_of(text[:120])[:8])


def begins_office(text: str) -> bool:
    """Whether a line begins with a whole office, so that it cannot go on with somebody's role."""
    return bool(_OFFICE.match(text))


def is_group(text: str) -> bool:
    return bool(_UNNAMED.match(text))


def is_unnamed(text: str) -> bool:
    """Whether a line under a witness heading tells of somebody by post or number alone: "The Head of Housing", "Two parents"."""
    words = words_of(text[:LONGEST_LINE])
    if not words or len(text) > 120 or (text.endswith((".", ":", "?")) and len(words) > 9) or tells(text):
        return False
    if _UNNAMED.match(text):
        return len(words) > 1
    begins = text[:1].isupper() or text.startswith("the ")
    return begins and words[0] not in ("a", "an") and is_role(text) and not begins_person(text)


def is_office(text: str) -> bool:
    """Whether `text` names one office ("the Contract Manager"), and so one person at a time; "officers" and a team do not."""
    words = words_of(text)
    return bool(words) and len(words) < 12 and words[-1] in ROLE_WORDS - _NO_OFFICE


@lru_cache(maxsize=64)
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
    name, rest = name_and_rest(text) if SEPARATOR.search(text[:80]) else ("", "")
    return (
        bool(name and rest)
        and not tells(rest)
        and (is_role(rest) or any(is_organisation(part) for part in rest.split(",")[:4]))
    )


def begins_person(text: str) -> bool:
    """Whether a line under a witness heading begins a new person (rather than goes on with a role)."""
    return len(text) <= LONGEST_LINE and bool(name_and_rest(text)[0])


def tells(text: str) -> bool:
    """Whether `text` holds a verb of reported speech: then it is a sentence, not a role."""
    return any(word in SAID for word in words_of(text[:LONGEST_LINE]))


# The same line is asked about several times in a row.
@lru_cache(maxsize=32)
@lru_cache(maxsize=64)
def name_and_rest(text: str) -> tuple[str, str]:
    text = text.strip()
    for match in SEPARATOR.finditer(text[:80]):
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
            and rest[0][:1].isupper()  # "Coastal Erosion at Warden Bay" is no warden
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
    text = _PRONOUNS.sub("", text)
    name, rest = name_and_rest(text)
    if not name and (reversed_ := _reversed(text)):
        name, rest = reversed_
        flags.append("The role stood before the name.")
    elif not name and _UNNAMED.match(text) and is_unnamed(text):
        return Person("", text, "", (*flags, "Only the post is told: enter the name."))
    elif not name and is_unnamed(text):
        rest = text.removeprefix("The ").removeprefix("the ")
        flags.append("Only the post is told: enter the name.")
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
    if role and name and not SEPARATOR.search(text):
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
    if cuts and is_organisation(text[: cuts[-1].start()]) and is_name(text[cuts[-1].end() :]) and len(cuts) == 1:
        return text[cuts[-1].end() :].strip(), text[: cuts[-1].start()].strip()
    head, colon, tail = text.partition(":")
    named = is_role(head) or is_organisation(head)
    return (tail.strip(), head.strip()) if colon and named and is_name(tail) else None


def _unwrapped(rest: str) -> str:
    """A role in brackets loses them: "Jane Doe (Director of Place)"; a bracket at its end stays."""
    rest = rest.strip(" |;,")
    if rest.startswith("("):
        inside, closed, after = rest[1:].partition(")")
        if closed and "(" not in inside:
            after = after.strip(" ,;–-.")
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
    cuts = list(_CUT.finditer(rest[:LONGEST_LINE]))
    if is_organisation(rest) and not re.search(r"\s[-–—|]\s", rest):
        # "Rural Crime Unit, Eastmarch Police" is a unit of a police force, and "Marling Council, Vale District" is one council.
        last = rest[cuts[-1].end() :].strip() if cuts else ""
        unit = rest[: cuts[-1].start()].strip() if cuts else ""
        return (unit, last) if is_organisation(last) and not is_organisation(unit) else ("", rest)
    if (bracket := _IN_BRACKETS.match(rest)) and len(bracket[2].split()) > 1 and is_organisation(bracket[2]):
        return bracket[1], bracket[2]
    post, bar, body = rest.rpartition(" | ")
    if bar and is_role(post) and not is_role(body) and any(word not in NOT_NAMES for word in words_of(body)):
        return post.replace(
            " | ", ", "
        ), body  # the table's last cell is neither a post nor a field of the council's work
    if cuts and is_organisation(last := rest[cuts[-1].end() :].strip()):
        return rest[: cuts[-1].start()].strip(), last
    if cuts and is_organisation(first := rest[: cuts[0].start()].strip()):
        return rest[cuts[0].end() :].strip(), first
    return rest.replace(" | ", ", "), ""
