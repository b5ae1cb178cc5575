"""What a single paragraph says: who came and went, what was declared, what was decided, what was merely told."""

import re

from . import people

_WHO = r"(?:councillors?|cllrs?\.?|members?|mr\.?|mrs\.?|ms\.?|miss|dr\.?|the\s(?:chair|chairman|vice|deputy|mayor|leader))"
_WENT = re.compile(
    r"\b(?:left|entered|joined|rejoined|re-joined|re-entered|withdrew\sfrom|departed(?:\sfrom)?|returned\sto|retired\sfrom|arrived\sat"
    r"|arrived\sduring|arrived\sin)\s(?:the\s|this\s|their\s)?(?:meeting|room|chamber|table|proceedings|call|committee|board|council\schamber)\b"
    r"|\b(?:left|arrived|joined|rejoined|returned|departed|withdrew|re-joined|entered)\s(?:the\smeeting\s)?(?:at|around|by)?\s?(?:approximately\s)?"
    r"\d{1,2}[.:]?\d{0,2}\s?(?:[ap]\.?m|hours|hrs|$|\.|,|\s)"
    r"|\b(?:left|arrived|withdrew|returned)\s(?:the\smeeting\s)?(?:at\sthis\s(?:point|stage|juncture)|late|during\sthis\sitem|before\sthis\sitem)"
    r"|\b(?:took|resumed|vacated|assumed|left|relinquished|occupied|returned\sto)\sthe\schair\b"
    r"|\b(?:resumed|chaired|took\sover)\s(?:the\smeeting|as\schair\w*)\b|\bin\sthe\schair\b",
    re.IGNORECASE,
)
_APOLOGIES = re.compile(
    r"\b(?:apolog(?:y|ies)\b.{0,60}\b(?:received|given|submitted|sent|tendered|noted|offered)\b|apologies\s(?:for\s\w+\s)?(?:from|were)\b"
    r"|(?:sent|gave|gave\stheir|submitted|tendered)\s(?:his|her|their)?\s?apologies\b|(?:substitut(?:ed|ing)|deputis(?:ed|ing))\sfor\b"
    r"|attended\sas\s(?:a\s)?substitute)",
    re.IGNORECASE,
)
_NO_APOLOGIES = re.compile(r"(?:there\swere\s)?no\s(?:apologies|substitut)", re.IGNORECASE)
_NONE = re.compile(
    r"(?:none|nil|no|n/a|not\sapplicable)(?:\s(?:were|was|received|declared|made|reported|recorded|raised|identified|given|at\sthis\smeeting))*$"
    r"|there\swere\s(?:none|nil)(?:\s\w+){0,3}$"
    r"|(?:there\swere\s)?no\s(?:(?:further|other|new|personal|pecuniary|disclosable|prejudicial|such|or)\s){0,4}(?:declarations?|interests?|disclosures?)\b.*$"
    r"|no\s(?:members?|councillors?|one|interests?)\b.{0,60}\b(?:declar|interest)\w*.*$",
    re.IGNORECASE,
)
_DECLARED = re.compile(
    r"\b(?:declared|disclosed|reported\sthat\s\w+\s(?:\w+\s)?had|registered|stated\sthat\s\w+\shad|made\sa\sdeclaration|declaration\swas\smade|declares"
    r"|noted\sthat\s\w+\shad|expressed|has|had|recorded|mentioned|advised\sof|gave\snotice\sof)\b.{0,120}\binterests?\b"
    r"|\binterests?\s(?:was|were)\s(?:declared|disclosed)\b|\bdeclared\sthat\b|\b(?:non-)?(?:pecuniary|prejudicial)\sinterest\b",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"(?:to\s(?!that|this\b)[a-z]+\b|this\s(?:report|paper|item|briefing|presentation)\b|the\s(?:purpose|report\s(?:of|provides|sets|seeks|asks|outlines))"
    r"|(?:the\s)?(?:[\w&]+\s){0,5}(?:board|committee|panel|commission|cabinet|members)\s(?:is|are|will)\b|report\s(?:of|by|from)\b"
    r"|(?:a\s|the\s)?(?:joint\s)?(?:report|briefing\snote|presentation|paper)\s(?:of|by|from)\b|for\s(?:the|members)\b|(?:to\s)?board\sis\sasked)",
    re.IGNORECASE,
)
_TELLING = re.compile(r"\b(?:was|were|had|did|[a-z]{2,}ed|said|told|felt|gave|drew|sought|heard|spoke|put|led|made|took)\b")
_SUBJECTS = re.compile(
    r"(?:the|a|an|members?|officers?|councillors?|cllrs?|it|in|during|following|with|there|mr|mrs|ms|dr|questions?|concerns?|some|several"
    r"|one|another|responding|discussion|arising|at|on|[A-Z][\w’'-]+\s[A-Z][\w’'-]+)\b"
)
_MINUTES_AGREED = re.compile(
    r"\bminutes\b.{0,160}\b(?:agreed|approved|signed|confirmed|accepted|received)\b|\b(?:true|correct|accurate)\s(?:and\s\w+\s)?record\b", re.IGNORECASE
)
_BOARD = r"(?:the\s)?(?:[\w&’'-]+\s){0,5}?(?:board|committee|panel|commission|sub-committee|group|forum|members|scrutiny)"
_BOARD_SAID = re.compile(
    rf"(?:that\s)?{_BOARD}(?:\s(?:also|then|further|therefore|unanimously|subsequently|formally|agreed\sto|has|have))*\s"
    r"(?P<verb>recommend(?:ed|s)?|request(?:ed|s)?|resolve[sd]|agree[sd]|note[sd]|approve[sd]|endorse[sd]|thank(?:ed|s)?|expresse[sd]"
    r"|ask(?:ed|s)?\sthat|urge[sd]?|supported|excluded)\b",
    re.IGNORECASE,
)
_AGREED_THAT = re.compile(r"it\s(?:was|is)\s(?:also\s|further\s|therefore\s|then\s|unanimously\s|subsequently\s)?(?:agreed|resolved)\b", re.IGNORECASE)
_LOST = re.compile(
    r"\b(?:was|were|been|be|vote\sand)\s(?:then\s|therefore\s|declared\s|subsequently\s|put\sto\sthe\svote\sand\s)?(?:lost|defeated|not\scarried|rejected|fell)\b"
    r"|\b(?:motion|amendment|proposal)\s(?:therefore\s)?(?:fell|failed)\b|\bdeclared\slost\b",
    re.IGNORECASE,
)
_SUBJUNCTIVE = re.compile(r"\b(?:not\s)?be\s(?:\w+ly\s)?(?:\w+ed|drawn|given|sent|put|made|set|begun|held|brought|taken|kept|written)\b", re.IGNORECASE)
_MODAL_BE = re.compile(r"\b(?:would|will|to|should|could|can|may|might|must|cannot|shall|n['’]t)\s(?:\w+\s)?be\s", re.IGNORECASE)
_ASKED_FIRST = re.compile(
    r"(?:and\s)?(?:that\b|to\s(?:note|recommend|request|ask|agree|approve|thank|endorse|receive|support)\b|notes?\b|requests?\b|recommends?\b"
    r"|asks?\b|agrees?\b|approves?\b|thanks?\b|endorses?\b|welcomes?\b|supports?\b"
    r")",
    re.IGNORECASE,
)
_STOPPED = re.compile(r"[.!?:;–…][”’\"')\]]*$")
# How much of a paragraph is looked at: what it is shows in its first sentences.
HEAD = 600


def is_attendance(text: str) -> bool:
    """Somebody comes, goes or takes the chair, in a sentence of its own."""
    if len(text) > 260:
        return False
    return bool(_WENT.search(text)) and _about_a_person(text)


def _about_a_person(text: str) -> bool:
    stripped = text.lstrip("([*_ ")
    if re.match(rf"(?:at\s.{{3,30}}[,\s]|having\s.{{3,60}},\s)?{_WHO}\b", stripped, re.IGNORECASE):
        return True
    words = re.sub(r"^(?:[Aa]t\s[^,]{2,25},?\s)", "", stripped).split()
    return any(people.is_name(" ".join(words[:size])) for size in (2, 3, 4) if len(words) > size)


def is_apology(text: str) -> bool:
    return len(text) < 1000 and bool(_APOLOGIES.search(text[:HEAD])) and not says_no_apologies(text)


def says_no_apologies(text: str) -> bool:
    return bool(_NO_APOLOGIES.match(text))


def says_none(text: str) -> bool:
    """"None.", "None received", "There were no declarations of interest"."""
    stripped = text.strip(" .,;:()[]–-|").casefold()
    return len(stripped) < 160 and bool(_NONE.match(stripped))


def says_none_declared(text: str) -> bool:
    """The same outside a heading, where "none" alone could mean anything."""
    return says_none(text) and any(word in text.casefold() for word in ("declar", "interest", "disclos"))


def is_declaration(text: str) -> bool:
    return len(text) < 1200 and bool(_DECLARED.search(text[:HEAD]))


def is_purpose(text: str) -> bool:
    """Words that say what an item is for: "To consider …", "This paper gives …", "Report of …"."""
    return bool(_PURPOSE.match(text[:HEAD])) and not _BOARD_SAID.match(text[:200])


def is_narrative(text: str) -> bool:
    """A sentence that tells what happened or was said, rather than a title, a name or a role."""
    head = text[:HEAD].strip()
    if len(head.split()) < 4 or not _TELLING.search(head):
        return False
    return len(head) > 90 or bool(_STOPPED.search(head[-4:])) or bool(_SUBJECTS.match(head.lstrip("“‘\"'(")))


def agrees_minutes(text: str) -> bool:
    """In its first sentence: further on it is one of many things told."""
    first = re.split(r"(?<=[a-z]{3}[.;])\s", text[:HEAD], maxsplit=1)[0]
    return bool(_MINUTES_AGREED.search(first))


def is_lost(text: str) -> bool:
    """A motion was put and lost: what it asked for is no outcome."""
    return bool(_LOST.search(text[-HEAD:]))


def board_said(text: str) -> str:
    """The verb of "The Board recommended that …", in lower case, or nothing."""
    match = _BOARD_SAID.match(text[:300])
    if not match or (text.startswith("Members noted that") or text.startswith("The Members noted that")):
        return ""
    return match["verb"].casefold()


def was_agreed(text: str) -> bool:
    return bool(_AGREED_THAT.match(text[:120]))


def is_one_members(text: str) -> bool:
    """What one councillor asked or moved is told, not decided: "Councillor Lyle asked that his vote be recorded"."""
    return bool(re.match(rf"{_WHO}\s", text, re.IGNORECASE)) and not text.casefold().startswith("members") and bool(_TELLING.search(text[:200]))


def is_decided(text: str) -> bool:
    """Whether an entry of a list has the form of a decision: "That …", "the report be approved", "to note …"."""
    head = text[:HEAD]
    if _ASKED_FIRST.match(head):
        return True
    without_modal = _MODAL_BE.sub(" ", head)
    return bool(_SUBJUNCTIVE.search(without_modal))
