"""Recognising headings, lead-ins and page noise, in whatever words a council writes them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from .phrases import (
    COLUMN_NAMES,
    EXACT_HEADINGS,
    GUIDANCE,
    JOINING,
    NAVIGATION,
    NOISE,
    NOISE_STARTS,
    ONLY_BEFORE_COLON,
    QUOTED_WORDS,
    TELLING_HEADS,
)
from .phrases import HEADINGS as _HEADINGS

LONGEST_HEADING = 160
_CLOSING = " \t:.-–—*_#|•"
_WORDS = re.compile(r"[^\W\d_][\w’'-]*")
_TELLING_HEAD = re.compile(TELLING_HEADS)
HEADINGS = [(kind, needs, words | JOINING) for kind, needs, words in _HEADINGS]
_BOARD = (
    r"(?:board|committee|panel|commission|group|forum|scrutiny|sub[-\s?]committee|cabinet|council|executive|members"
    r"|authority"
    r"|chair(?:man)?|it)"
)
_ASKS = (
    r"(?:recommend(?:s|ed)?|request(?:s|ed)?|asks?|asked|agree[sd]?|resolve[sd]?|decide[sd]?|urge[sd]?|suggest(?:s"
    r"|ed)?|tasked|tasks|instruct(?:s|ed)?|direct(?:s|ed)?|would\slike|encourage[sd]?"
    r"|invite[sd]?|propose[sd]?|called\s(?:for|on|upon)|calls\s(?:for|on|upon))"
)
# "RESOLVED", "Resolved that", "RECOMMENDED – T H A T", "Resolved to RECOMMEND: (to Council)", "AGREED:" at a line's beginning.
_OUTCOME_WORD = re.compile(
    r"(?P<said>(?:(?:accordingly|whereupon|thereupon|therefore|consequently),?\s)?"
    r"(?:it\swas\s(?:therefore\s|accordingly\s)?|and\s(?:it\swas\s)?)?(?:unanimously\s)?"
    r"(?P<verb>resolved|recommended|agreed|requested|ordered|recommend|concluded|decided|determined|noted)"
    r"(?:\s\(?(?:unanimously|nem\.?\scon\.?|accordingly|as\sfollows)\)?)?"
    r"(?:\sto\s(?P<second>recommend))?)"
    r"(?P<stop>\s*[:–—-]+|\s*$|(?=\sthat\b)|(?=\s*,\s*that\b)|(?=\st\sh\sa\st\b)|(?=\sto\b)|(?=\s\())",
    re.IGNORECASE,
)
_TO_WHOM = re.compile(r"\s*[:–-]*\s*\((?:to\s(?:the\s)?)?([A-Z][^()]{2,60})\)\s*[:–-]*")
_TO_A_BODY = re.compile(r"to\s((?:the\s)?[A-Z][\w’'&,\s-]{2,80}?)\s*(?=\sthat\b|:|$)")
_ADDRESSED = re.compile(r"\bto\s((?:the\s)?[A-Z][\w’'&,\s-]{2,80}?)(?:\s+that)?\s*[:–-]+$")
_THAT = re.compile(r"\s*[:–—-]*\s*(?:that|to|t\sh\sa\st)\s*[:–—-]*\s*$", re.IGNORECASE)
# "RESOLVED that (a) the plan be noted; (b) Cabinet be asked …": each letter is an outcome of its own.
_THAT_THEN_LIST = re.compile(
    r"(?:that|to)[\s:,–—-]{1,4}(?:the\s(?:[\w&-]+\s){0,5}?(?:board|committee|panel|commission)[\s:,–—-]{1,4})?(?=\((?:a|i|1)\)\s|(?:a|i|1)[.)]\s)",
    re.IGNORECASE,
)
_SPACED_THAT = re.compile(r"\bt\sh\sa\st\b", re.IGNORECASE)
# "Members asked the following questions:" leads in what was asked about, not what was asked for.
_QUESTIONS = re.compile(r"\b(?:asked|put)\s(?:[\w’'-]+\s){0,5}questions?\b", re.IGNORECASE)
_ASKING = re.compile(rf"\b{_ASKS}\b", re.IGNORECASE)
_ONLY_BOARD = re.compile(
    r"(?:that\s)?the\s(?:[\w&-]+\s){0,6}(?:board|committee|panel|commission|sub[-\s?]committee|forum)\s?:[-–]?$",
    re.IGNORECASE,
)
_RECOMMENDING = re.compile(
    r"\b(?:recommend|request|ask|urge|invite|suggest|propose|call)(?:s|ed)?\b(?!\sby)", re.IGNORECASE
)
_BOARD_ASKS = re.compile(
    rf"the\s(?:[\w&’'-]+\s){{0,5}}?(?:board|committee|panel|commission)\s(?:therefore\s|then\s)?{_ASKS}(?:\sthat)?\s?:[-–]?\s+"
    r"(?=\(?(?:1|a|i)[.)])",
    re.IGNORECASE,
)
# "The following actions were agreed:", "Members asked for the following information:"
_FOLLOWING = re.compile(
    r"\b(?:following|these)\s(?:\w+\s){0,2}(?P<what>actions?|information|follow-up|data|figures|decisions?|resolutions?|recommendations?)\b"
    r"|\bfollowing\s(?:was|were)\s(?P<done>agreed|resolved|decided|recommended|requested)\b"
    r"|\b(?P<own>recommendations)\s(?:were|are)\sas\sfollows",
    re.IGNORECASE,
)
_BY_THE_BOARD = re.compile(rf"\b{_BOARD}\b", re.IGNORECASE)
_FOREIGN = re.compile(
    r"\b(?:report|paper|review|task\sgroup|task\sand\sfinish|working\sgroup|motion|petition|petitioner|auditors?"
    r"|ofsted|inspect\w+"
    r"|inquiry|peer|government|appendix)\b",
    re.IGNORECASE,
)
_PAST_PERFECT = re.compile(r"\b(?:had|have|has|were|previously|moved|amendment)\b", re.IGNORECASE)
_SHORTEST_GUIDANCE = min(map(len, GUIDANCE))
_PDF_ICON = re.compile(r"\s*\bpdf\s(?:icon\s)?(?:pdf\s)?\d+(?:\.\d+)?\s?[km]b\b.*$", re.IGNORECASE)
_ATTACHED = re.compile(
    r".{0,160}\bpdf\s(?:icon\s)?(?:pdf\s)?\d+(?:\.\d+)?\s?[km]b\b.{0,40}$|.{0,140}\.(?:pdf|docx?|xlsx?)$", re.IGNORECASE
)
_MEETING_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\b.{0,4}\d{1,2}|\d{1,2}(?:st|nd|rd|th)?\s(?:january|february"
    r"|march|april|may|june|july|august"
    r"|september|october|november|december),?\s\d{4})",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"(?:page\s)?[-–]?\s?\d{1,4}\s?[-–]?(?:\s?(?:of|/)\s?\d{1,4})?$|page\s\d{1,4}\b.{0,40}$|[\W_]+$"
    r"|\d{1,2}[.:]\d{2}\s?[ap]\.?m\.?$",
    re.IGNORECASE,
)
# Sitting, pausing and rising: nothing was said, asked or decided.
_BREAK = re.compile(
    r"[\[(]?(?:(?:at|after|following|during|before)\s[^,.]{2,40}(?:[.:]\d\d[^,]{0,12})?[,)]?\s)?(?:the\s|this\s)?(?:"
    r"(?:meeting|item|session|sitting|webcast|livestream|recording|proceedings|public\ssession|private\ssession)\s"
    r"(?:(?:was|were|then|had|having|formally|subsequently|briefly|therefore|itself)\s){0,3}"
    r"(?:adjourned|reconvened|recommenced|resumed|suspended|paused|stopped|rose|closed|ended|concluded|finished|terminated|began"
    r"|commenced|started|opened|broke|went\sinto|moved\sinto|returned\sto|re-opened|declared\sclosed)\b(?!\sthat\b)"
    r"|(?:board|committee|panel|commission|sub-committee|members|group)\s(?:then\s|briefly\s)?"
    r"(?:adjourned|reconvened|recommenced|rose|broke\s(?:for|up|off)|took\sa\s(?:[\w-]+\s){0,3}(?:break|recess|adjournment)"
    r"|(?:went|moved)\sinto\s(?:private|closed|public)|resumed\s(?:at|in)\b)"
    r"|chair(?:man|woman|person)?\s(?:then\s|formally\s)?(?:(?:adjourned|suspended|closed|paused)\sthe\s(?:meeting|sitting|session)"
    r"|declared\sthe\s(?:meeting|session)|called\sa\s(?:[\w-]+\s){0,3}(?:recess|break|adjournment))"
    r"|there\swas\sa\s(?:[\w-]+\s){0,4}(?:break|adjournment|recess)\b"
    r"|(?:an?\s)?(?:[\w-]+\s){0,3}(?:break|adjournment|recess)\s(?:was\staken|took\splace|followed)"
    r"|(?:comfort\s|lunch\s|tea\s|short\s)?(?:break|adjournment|recess)\b(?!\sof)[\W\d]*(?:[ap]\.?m\.?[\W\d]*){0,2}$|lunch$)"
    r"|(?:signed\s?:?\s?)?(?:chair(?:man|woman|person)?|dated?|signed)\b[\s.…_:-]*(?:dated?|chair(?:man)?)?[\s.…_:-]*$"
    r"|start(?:ed)?:?\s\d|(?:meeting\s)?duration\b"
    r"|(?:the\s)?(?:date\s(?:and\s(?:time|venue)\s)?of\s(?:the\s)?)?next\s(?:\w+\s)?(?:meeting|session)\b.{0,40}?\b(?:will\sbe|is|was|would\sbe"
    r"|to\sbe|takes\splace)\b"
    r"|there\s(?:was|being|were)\sno\s(?:other|further|urgent|any\sother|additional)\s(?:\w+\s)?(?:business|items)\b",
    re.IGNORECASE,
)
# Headings that a flattened page runs together: only after a full stop, a bar, another heading, or at the beginning.
_INLINE = re.compile(
    r"(?:^|(?<=[.!?|:;)\]”’]\s)|(?<=[.!?|:;)\]”’]))"
    r"(?:purpose(?:\sof\s(?:the\s)?(?:report|item))?|minutes|decision|(?:additional|supporting)\sdocuments"
    r"|witnesses|attendees"
    r"|declarations?\sof\sinterests?|(?:key\s)?points\s(?:raised|made|of|discussed)[a-z\s]{0,40}|key\spoints"
    r"|(?:formal\s|further\s)?recommendations?|actions?(?:\spoints?)?"
    r"|actions\s?/\s?further\sinformation(?:\sto\sbe\sprovided)?"
    r"|(?:it\swas\s)?resolved|(?:board\s|committee\s)?next\ssteps"
    r"|the\s(?:[a-z]+\s){0,4}(?:board|committee|panel|commission)\s(?:recommends|recommended|resolved|requested"
    r"|agreed)(?:\sthat)?)"
    r"\s?:[-–]?(?=\s|$|[A-Z])",
    re.IGNORECASE,
)


# And anywhere, where they can be nothing else: a flattened table leaves no stop before them.
_UNMISTAKABLE = re.compile(
    r"(?<=\s)(?:Purpose\sof\s(?:the\s)?[Rr]eport|Witnesses|Declarations?\sof\s[Ii]nterests?"
    r"|Key\s[Pp]oints(?:\s[A-Za-z]+){0,6}|Recommendations"
    r"|Supporting\s[Dd]ocuments|The\s(?:[A-Z][a-z]+\s){0,4}(?:Board|Committee|Panel)\s(?:[Rr]ecommends"
    r"|RECOMMENDS)(?:\sthat)?|RESOLVED|Minutes)\s?:"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: what it opens, what stands after it on its line, and to whom it recommends if it says so."""

    kind: str
    rest: str = ""
    addressee: str = ""
    recommends: bool = False
    notes: bool = False


def plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").replace("(s)", "s").strip(_CLOSING).split())


@lru_cache(maxsize=32)
def heading_of(text: str) -> Heading | None:
    """The heading that `text` is, or begins with before a colon."""
    head = text[:LONGEST_HEADING]
    if len(text) <= LONGEST_HEADING and (kind := _whole(head)):
        return Heading(kind)
    if outcome := _outcome_heading(text) or _asks_in_line(text):
        return outcome
    before, colon, _ = head.partition(":")
    if colon and (kind := _whole(before + ":")):
        return Heading(_one_or_many(kind, before), text[len(before) + 1 :].lstrip(" -–—|"))
    return _dashed(text, head)


def _one_or_many(kind: str, words: str) -> str:
    """ "Action:" within a line marks one action; "Actions:" opens a section of them."""
    return (
        "action" if kind == "actions" and plain(words).removesuffix(" point").rsplit(" ", 1)[-1] == "action" else kind
    )


def _dashed(text: str, head: str) -> Heading | None:
    """ "Declarations of interest – None", "ACTION – the clerk to write": a dash in the colon's place."""
    for dash in (" – ", " - ", " — "):
        before, found, _ = head.partition(dash)
        if found and len(before) < 60 and (kind := _whole(before)) and kind not in ("points", "present", "minutes"):
            return Heading(_one_or_many(kind, before), text[len(before) + len(dash) :].strip())
    return None


def _whole(text: str) -> str:
    key = plain(text)
    if not key or len(key) > 110:
        return ""
    if key in EXACT_HEADINGS:
        return EXACT_HEADINGS[key]
    if "recommendation" in key and any(word in key for word in QUOTED_WORDS) and not text.endswith("."):
        return "quoted" if len(key.split()) <= 10 else ""
    return _by_words(key, text.rstrip().endswith((":", ":-", ":–", "–", "-")))


def _by_words(key: str, closed: bool) -> str:
    if key in ONLY_BEFORE_COLON:
        return ONLY_BEFORE_COLON[key] if closed else ""
    words = _WORDS.findall(key)
    if not words or len(words) > 14 or any(character.isdigit() for character in key):
        return ""
    if words[0] == "that" or ("be" in words and "to" not in words):
        return ""  # "That the recommendation in the report be approved."
    for kind, needs, allowed in HEADINGS:
        if all(not needed.isdisjoint(words) for needed in needs) and allowed.issuperset(words):
            # One common word ("Discussion", "Interest", "Present") is a heading only with its colon.
            stands = closed or (len(words) > 1 and _BEING.isdisjoint(words)) or words[0] in _ALONE
            return kind if stands and not _TELLING_HEAD.search(key) else ""
    return ""


_BEING = frozenset(("is", "are", "was", "were"))
_ALONE = {"witnesses", "witness", "attendees", "recommendations", "recommendation", "declarations", "actions", "action"}


def _outcome_heading(text: str) -> Heading | None:
    head = text[:LONGEST_HEADING]
    match = _OUTCOME_WORD.match(head)
    if not match or not (match["stop"].strip() or len(head) == match.end() or _stands_out(match)):
        return None
    recommends = (match["second"] or match["verb"]).casefold().startswith(("recommend", "request"))
    rest, addressee = text[match.end() :].strip(), ""
    if to_whom := _TO_WHOM.match(rest[:80]):
        addressee, rest = to_whom[1], rest[to_whom.end() :].strip()
    elif to_whom := _TO_A_BODY.match(rest[:120]):
        addressee, rest = to_whom[1], rest[to_whom.end() :].lstrip(" :–—") or "that"
    if len(rest) < 60 and _THAT.match(rest):
        rest = ""
    elif before_list := _THAT_THEN_LIST.match(rest):
        rest = rest[before_list.end() :]
    return Heading("resolved", rest, addressee, recommends, notes=match["verb"].casefold() == "noted")


def _asks_in_line(text: str) -> Heading | None:
    """ "The Board Recommends: 1. That …": the lead-in and its list on one line."""
    match = _BOARD_ASKS.match(text[:LONGEST_HEADING])
    rest = text[match.end() :].strip() if match else ""
    return Heading("resolved", rest, recommends=bool(_RECOMMENDING.search(match[0]))) if match and rest else None


def _stands_out(match: re.Match[str]) -> bool:
    """Running into its sentence, only "RESOLVED that", "RESOLVED to" or "It was resolved that" is a heading."""
    return match["verb"].isupper() or (
        match["verb"].casefold() == "resolved" and not match.string[match.end() :].startswith(" to")
    )


_OUTCOME_ENDS = ("RESOLVED", "AGREED", "RECOMMENDED")


def lead_in_of(text: str) -> Heading | None:
    """What a sentence that ends with a colon or dash leads in: outcomes of the board, of somebody else, or points."""
    stripped = _SPACED_THAT.sub("that", text.rstrip()) if len(text) <= 600 else ""
    if not stripped.endswith((":", ":-", ":–", "–", "—", " -", "that", "to", *_OUTCOME_ENDS)):
        return None
    if stripped.endswith(("that", "to")) and not re.search(rf"{_ASKS}[\s–—:-]+(?:that|to)$", stripped, re.IGNORECASE):
        return None
    if _ONLY_BOARD.match(stripped):
        return Heading("resolved")
    if announced := _announced(stripped):
        return announced
    asking = _ASKING.search(stripped, max(0, len(stripped) - 90))
    if not asking or _QUESTIONS.search(stripped[-140:]):
        return Heading("points")
    before = stripped[: asking.start()]
    if _is_quoted(before):
        return Heading("quoted")
    if not _BY_THE_BOARD.search(before) and before.casefold().strip() not in ("", "it was", "and"):
        return Heading("points")
    to_whom = _ADDRESSED.search(stripped[-140:])
    addressee = to_whom[1] if to_whom else ""
    return Heading("resolved", addressee=addressee, recommends=bool(_RECOMMENDING.search(stripped, asking.start())))


def _is_quoted(before: str) -> bool:
    """Whether the words before the asking make it somebody else's or yesterday's."""
    foreign = _FOREIGN.search(before) and not _BY_THE_BOARD.search(before)
    return bool(foreign or _PAST_PERFECT.search(before[-40:]))


def _announced(text: str) -> Heading | None:
    """What "the following …" are: actions, decisions or recommendations; others' recommendations are quoted."""
    match = _FOLLOWING.search(text[-200:])
    if not match:
        return None
    word = (match["what"] or match["done"] or match["own"]).casefold()
    if word.startswith(("action", "information", "follow", "data", "figures")):
        asked = match["what"] and re.search(r"action|follow|request|provide|circulate|supplie|ask", text, re.IGNORECASE)
        return Heading("actions") if asked else None
    if _is_quoted(text[: len(text) - len(text[-200:]) + match.start()]):
        return Heading("quoted")
    return Heading("resolved", recommends=word.startswith(("recommend", "request")))


# A line is asked as it comes, when it is joined to others, and when it is read.
@lru_cache(maxsize=32)
def is_noise(text: str) -> bool:
    """Whether a line is furniture of a page: navigation, attachments, page numbers, venue and contact."""
    if len(text) > 300:
        return False
    key = plain(text)
    return (
        not key
        or key in NOISE
        or text.casefold().startswith(NOISE_STARTS)
        or COLUMN_NAMES.issuperset(key.replace("|", " ").replace(".", " ").split())
        or bool(_PAGE.match(text))
        or (len(text) < 200 and bool(_BREAK.match(text)))
        or bool(_ATTACHED.match(text) and not title_before_icon(text))
    )


def is_navigation(text: str) -> bool:
    """A link of a council's page, which even a list mark makes no entry."""
    return plain(text) in NAVIGATION


def title_before_icon(text: str) -> str:
    """The words before "pdf icon PDF 82 KB": on the councils' pages, the title of an agenda item."""
    match = _PDF_ICON.search(text[:300])
    title = text[: match.start()].strip() if match else ""
    return (
        title
        if len(title) > 3 and not title.casefold().startswith(("pdf", "appendix", "annex", "report", "draft "))
        else ""
    )


def dates_meeting(text: str) -> bool:
    """A line of a page's head that names the meeting: "Thursday, 5 September 2019 1.00 pm", "Meeting: 12/07/2023 - Panel"."""
    return len(text) < 200 and (text.casefold().startswith("meeting:") or bool(_MEETING_DAY.search(text)))


def is_guidance(text: str) -> bool:
    lowered = text[:600].casefold().replace("’", "'")
    return len(text) >= _SHORTEST_GUIDANCE and any(phrase in lowered for phrase in GUIDANCE)


def inline_headings(text: str) -> list[str]:
    """A flattened line cut at the headings that stand inside it."""
    if ":" not in text:
        return [text]
    cuts = sorted({match.start() for pattern in (_INLINE, _UNMISTAKABLE) for match in pattern.finditer(text)} - {0})
    if not cuts:
        return [text]
    return [
        part.strip() for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True) if (part := text[start:end])
    ]
