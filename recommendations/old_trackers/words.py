"""What the words of a tracker mean: how far something is, what was answered, what kind it is. Plain Python."""

import re

NOT_STARTED, IN_PROGRESS, PAUSED, REPORTED = "not_started", "in_progress", "paused", "reported_complete"
IMPLEMENTED, NOT_IMPLEMENTED = "closed_implemented", "closed_not_implemented"
SUPERSEDED, WORK_PROGRAMME = "closed_superseded", "closed_work_programme"

# What stands for the looks of a row, or its sheet, where it has no words of its own.
GREYED, STRUCK, ON_SHEET = "(row greyed out)", "(row struck through)", "(on the sheet “{}”)"
HAS_ITS_DAY = "(has a day of completion)"

# As people have been seen to write them; the names of our own statuses among them, for our own export.
_PROGRESS = {
    NOT_STARTED: """not started; not yet started; to be started; yet to start; no progress; outstanding; open; new; pending;
        awaiting start; not due; not yet due; white; to do; proposed; no; n""",
    IN_PROGRESS: """in progress; ongoing; on going; on-going; underway; under way; started; progressing; on track; on target;
        on schedule; active; live; green; amber; yellow; red; behind schedule; delayed; overdue; off track; slipped;
        partially complete; partially completed; partly complete; partially implemented; part complete; partial; partially met;
        work in progress; wip; continuing; monitoring; accepted; agreed""",
    PAUSED: "paused; on hold; deferred; suspended; stalled; postponed",
    REPORTED: """reported complete; complete subject to sign off; complete awaiting sign off; awaiting sign off; for sign off;
        awaiting closure; recommended for closure; to be closed; proposed for closure; complete to be signed off""",
    IMPLEMENTED: """closed: implemented; complete; completed; done; closed; implemented; fully implemented; achieved; delivered;
        discharged; finished; met; fulfilled; actioned; signed off; resolved; complete and closed; closed and complete;
        implemented and closed; yes; y; blue; action complete; action completed""",
    NOT_IMPLEMENTED: """closed: not implemented; not implemented; rejected; not accepted; declined; refused; not agreed;
        will not be implemented; not to be implemented; no further action; nfa; withdrawn; abandoned; cancelled; canceled;
        no longer required; no longer needed; no longer relevant; not being progressed; not pursued; lapsed""",
    SUPERSEDED: "closed: superseded; superseded; replaced; duplicate; merged; overtaken by events; overtaken",
    WORK_PROGRAMME: """closed: moved to the work programme; moved to the work programme; moved to work programme;
        work programme; added to work programme; added to the work programme; on the work programme""",
}
_ANSWERS = {
    "accepted": """accepted; agreed; approved; yes; accept; agree; supported; endorsed; accepted in full; fully accepted;
        fully agreed; cabinet agreed; agreed by cabinet; accepted by cabinet""",
    "partially_accepted": """partially accepted; partly accepted; accepted in part; partially agreed; agreed in part;
        partly agreed; accepted with amendment; agreed with amendment; partial; accepted in principle; agreed in principle""",
    "not_accepted": """not accepted; rejected; declined; refused; not agreed; no; reject; disagree; disagreed;
        not approved; not supported""",
    "noted": "noted only; noted; note; considered",
    "not_required": "not required; not applicable",
    "awaiting": "awaiting an answer; awaiting; awaiting response; awaited; pending; none yet; tbc",
}
_KINDS = {
    "do": "do something; do; recommendation; rec; r",
    "consider": "consider something; consider",
    "report_back": "report back; report; information item; update to committee; further report",
    "action": "action; a; request; information request; action point",
}
# Sheets on which all is done.
_DONE_SHEET = re.compile(r"\b(?:completed?|closed|archived?|discharged|implemented)\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\b(?:para(?:graph)?s?\.?\s*)?([1-7])\b", re.IGNORECASE)


def plain(words: str) -> str:
    """Words without what differs from row to row: case, spaces, stops, dashes."""
    return " ".join(re.findall(r"[^\W_]+", words.casefold()))


def _phrases(table: dict[str, str]) -> dict[str, str]:
    return {plain(phrase): meaning for meaning, phrases in table.items() for phrase in phrases.split(";")}


_KNOWN_PROGRESS, _KNOWN_ANSWERS, _KNOWN_KINDS = map(_phrases, (_PROGRESS, _ANSWERS, _KINDS))


def _read(known: dict[str, str], words: str) -> tuple[str, bool]:
    """(meaning or "", whether the words say exactly that): else the longest known phrase with which they begin, or end."""
    text = plain(words)
    if text in known:
        return known[text], True
    parts = text.split()
    counts = range(min(8, len(parts) - 1), 0, -1)
    phrases = [*(" ".join(parts[:count]) for count in counts), *(" ".join(parts[-count:]) for count in counts)]
    return next((known[phrase] for phrase in phrases if phrase in known), ""), False


def progress_of(words: str) -> tuple[str, bool]:
    if words.startswith("("):
        return {STRUCK: (SUPERSEDED, False)}.get(words, (IMPLEMENTED, False))
    # "1 - Complete" and "G: on track" carry a key before the words.
    without_key = re.sub(r"^\s*(?:\d{1,2}|[RAGB])\s*[-–:.)]\s*", "", words)
    if plain(words) in ("r", "a", "g", "b"):
        return (IMPLEMENTED if plain(words) == "b" else IN_PROGRESS), False
    if re.fullmatch(r"\s*100\s*%?\s*(?:complete)?\s*", words) or plain(words) == "1 0":
        return IMPLEMENTED, True
    if re.match(r"\s*\d{1,2}\s*%", words):
        return (NOT_STARTED if plain(words).startswith("0") else IN_PROGRESS), True
    return _read(_KNOWN_PROGRESS, without_key)


def answer_of(words: str) -> tuple[str, bool]:
    return _read(_KNOWN_ANSWERS, words)


def kind_of(words: str) -> str:
    return _KNOWN_KINDS.get(plain(words), "")


def done_sheet(name: str) -> str:
    """The words that stand for a status on a sheet of what is done; "" for any other."""
    return ON_SHEET.format(name) if _DONE_SHEET.search(name) and "not " not in name.lower() else ""


def exempt_paragraph(words: str) -> int | None:
    """The paragraph of Schedule 12A; None for what is open to all; 0 for what is exempt and does not say under which."""
    text = plain(words)
    if text in ("", "no", "n", "none", "open", "public", "not exempt", "part 1", "part i", "n a", "false"):
        return None
    match = _PARAGRAPH.search(re.sub(r"(?i)\bpart\s+(?:2|ii)\b|\bschedule\s+12a\b", "", words))
    return int(match[1]) if match else 0
