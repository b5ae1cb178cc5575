"""What an outcome asks, of whom: recommendation or resolution, do, consider or report back, addressees and owner."""

import re

from . import people, sentences
from .phrases import ASKED_VERBS

_SELF_VERB = (
    r"(?:(?:also|again|warmly|formally|further|therefore|unanimously)\s)*"
    r"(?:thank(?:s|ed)?|note[sd]?|express(?:es|ed)?|welcome[sd]?|commend(?:s|ed)?|congratulate[sd]?|acknowledge[sd]?|recogni[sz]e[sd]?"
    r"|approve[sd]?|endorse[sd]?|accept(?:s|ed)?|support(?:s|ed)?|adopt(?:s|ed)?|regret(?:s|ted)?|appreciate[sd]?|appoint(?:s|ed)?"
    r"|receive[sd]?|defer(?:s|red)?|elect(?:s|ed)?|adjourn(?:s|ed)?|exclude[sd]?|record(?:s|ed)?|is\s(?:concerned|pleased|satisfied|grateful|disappointed"
    r"|assured)|was\s(?:concerned|pleased|satisfied)|remains?\sconcerned|take[s]?\snote|place[sd]?\son\srecord|agree[sd]?\sto\s(?:note|receive"
    r"|approve|thank|defer|appoint|establish|endorse|support|exclude|continue|set\sup)|agree[sd]?\sthe|confirm(?:s|ed)?|monitor(?:s|ed)?"
    r"|establish(?:es|ed)?|set[s]?\sup|set\sup|keep[s]?)\b"
)
_BOARD = r"(?:the\s|this\s)?(?:[\w&’'-]+\s){0,6}?(?:board|committee|panel|commission|sub-committee|forum|members|group|council|chair(?:man)?)"
_ABOUT_ITSELF = re.compile(
    rf"(?:and\s)?(?:that\s)?(?:(?:it|{_BOARD})\s(?:also\s|should\s|to\s)?)?(?:to\s)?{_SELF_VERB}", re.IGNORECASE
)
_PASSIVE_SELF = re.compile(
    r"\bbe\s(?:\w+ly\s)?(?:noted|received|thanked|approved|agreed|signed|confirmed|accepted|excluded|appointed|elected|re-elected|nominated"
    r"|deferred|adjourned|endorsed|adopted|welcomed|commended|congratulated|acknowledged|recorded|extended|supported)\b"
    r"|\bthanks\sbe\b|\b(?:press|public)\s(?:and\s\w+\s)?be\sexcluded\b|\bcorrect\srecord\b",
    re.IGNORECASE,
)
_FOR_OTHERS = re.compile(
    r"\b(?:cabinet|council|executive)\s(?:is\s|be\s|are\s)?(?:asked|requested|recommended|invited|urged|approve|agree|adopt|note)\w*\b", re.IGNORECASE
)
_REQUESTS = re.compile(
    r"\b(?:requests?|requested|asks?|asked|recommends?|recommended|urges?|urged|calls?\s(?:on|upon|for)|invites?|be\srequested|be\sasked|be\sinvited"
    r"|be\surged|would\slike|wishes\sto\ssee|suggests?)\b(?!\s(?:by|in)\b)",
    re.IGNORECASE,
)
_TO_THE_BOARD = r"(?:board|committee|panel|commission|sub-committee|forum|scrutiny|members|group|meeting)"
_REPORT_BACK = re.compile(
    r"\breport(?:s|ing|ed)?\sback\b|\bfeed(?:s|ing)?\sback\b|\bcome(?:s)?\sback\b|\bbr(?:ing|ought|ings)\sback\b|\breturn(?:s|ed)?\sto\sth(?:e|is)\s[\w\s&]{0,60}"
    + _TO_THE_BOARD
    + r"|\b(?:provide|provides|provided|submit|submits|submitted|bring|brings|brought|present|presents|presented|receive|receives|received|prepare|prepares"
    r"|give|gives|given|produce|make|schedule|scheduled|add|considers?|have)\b(?:\s[\w’'-]+){0,6}?\s"
    r"(?:report|reports|update|updates|briefing|paper|presentation|findings|outcome|outcomes)\b"
    r"(?:.{0,120}\b" + _TO_THE_BOARD + r"\b)"
    r"|\b(?:board|committee|panel|commission|members|forum|group)\s(?:\w+\s)?(?:be\s)?(?:to\s|should\s)?(?:receives?|given|provided\swith|updated|kept\s(?:informed|updated|up\sto\sdate)"
    r"|have|has|consider)\b.{0,60}\b(?:report|reports|update|updates|updated|briefing|briefings|paper|findings|informed|progress)\b"
    r"|\b(?:board|committee|panel|commission|members)\s(?:\w+\s)?be\s(?:kept\s)?(?:updated|informed|briefed|notified)\b"
    r"|\bupdate\s(?:the|this)\s[\w\s&]{0,60}" + _TO_THE_BOARD + r"\b"
    r"|\breport(?:s)?\s(?:\w+\s){0,3}?to\s(?:the|this|a\sfuture|its|their)\s[\w\s&]{0,60}" + _TO_THE_BOARD + r"\b"
    r"|\b(?:a|an)\s(?:\w+\s){0,4}(?:report|update|briefing|paper|progress\sreport)\b.{0,120}\bbe\s(?:\w+\s)?(?:provided|brought|submitted|presented|received|given|made|prepared|considered|scheduled|circulated|added)\b"
    r"|\b(?:provide|submit|bring|present|receive|prepare|give|produce)s?\s(?:back\s)?(?:an?|the|regular|further|its|their)\s(?:[\w’'-]+\s){0,4}?"
    r"(?:report|reports|update|updates|briefing)\b(?!\sto\s(?:the\s)?(?:cabinet|council|full|government|department|minister|school|resident|public|parent|police))"
    r"|\b(?:further|progress|follow-up|update|annual|six-monthly|quarterly|regular)\s(?:\w+\s){0,2}(?:report|reports|update|updates)\b.{0,80}\b(?:to|at|in|for)\b.{0,60}\b"
    + _TO_THE_BOARD,
    re.IGNORECASE,
)
_CONSIDER = re.compile(
    r"\bconsider(?:s|ed|ation)?\b|\bexplor(?:e|es|ed|ation)\b|\blook(?:s|ed)?\s(?:at|into|again)\b|\binvestigat(?:e|es|ed|ion)\b|\bexamin(?:e|es|ed)\b"
    r"|\bgive(?:s)?\s(?:\w+\s)?thought\b|\bfeasibility\b|\breconsider(?:s|ed)?\b",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:and\s|also\s|further\s)*(?:(?:resolved|recommended|agreed|requested)[:,\s–-]+)?"
    rf"(?:(?:it|{_BOARD})\s(?:also\s|further\s|therefore\s|then\s)?(?:recommends?|recommended|requests?|requested|asks?|asked|urges?|urged|agreed|suggests?|suggested)\s)?"
    r"(?:(?:requests?|requested|recommends?|recommended|asks?|asked|urges?|urged|calls?\son|invites?|invited)\s)?(?:(?:to\s(?:the\s)?[\w\s]{3,60}?\s)?that\s|for\s)?",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"\(\s*(?:owner|lead|lead\sofficer|action\sby|responsible|responsible\sofficer|by|action)\s*[:–-]\s*([^()]{2,80})\)"
    r"|\b(?:owner|lead\sofficer|action\sby|responsible\sofficer|action\sfor)\s*:\s*([^.;()]{2,80})",
    re.IGNORECASE,
)
_HELPING = set("should will would must can may shall to be is are was were has have had not also jointly together".split())
_BODY = re.compile(
    r"(?:the\s|all\s)?(?:\w+\s)*?(?:police|ccgs?|nhs|council|trust|groups?|officers|services?|care|partners|cabinet|executive|authority|healthwatch|schools"
    r"|board|committee|constabulary|team|department|directorate|leader|directors?|managers?|heads?|association|icb|hospital)\b",
    re.IGNORECASE,
)
_BY_WHOM = re.compile(r"\bby\s(the\s(?:[A-Z][\w’'&-]+\s?|for\s|of\s|and\s(?=[A-Z])|,\s(?=[A-Z])){1,12})")
_NOT_ADDRESSEES = ("board", "committee", "panel", "commission", "members", "forum", "meeting", "chairman", "chair", "it", "there", "group")
_ROLE_TITLE = re.compile(
    r"(?:the\s)?((?:(?:Strategic|Deputy|Assistant|Executive|Interim|Acting|Associate|Corporate|Chief|Principal|Senior|Service|Divisional|Managing)\s)*"
    r"(?:Cabinet\s(?:Member|Associate|Lead)|Head|Director|Manager|Leader|Officer|Executive|Lead|Chairman|Chair|Portfolio\sHolder|Commissioner)"
    r"(?:\s(?:for|of)\s(?:the\s)?[A-Z][\w’'&-]*(?:,?\s(?:and\s|&\s|of\s|for\s)?[A-Z][\w’'&-]*){0,10})?)"
)
_LONGEST = 1200


def is_recommendation(text: str, *, recommends: bool, heading: str) -> bool:
    """Whether an outcome asks somebody else for something, rather than being the board about itself.

    Under "Recommendations" a doubtful one is a recommendation; under "RESOLVED" so is what is neither noted nor approved.
    """
    head = text[:_LONGEST]
    if _ABOUT_ITSELF.match(head) and not _board_receives(head):
        return bool(asks_others(head)) and not _only_thanks(head)
    if _FOR_OTHERS.search(head) or asks_others(head):
        return True
    if _PASSIVE_SELF.search(head[:300]):
        return recommends and not re.search(r"\bbe\s(?:noted|thanked|received|signed|excluded)\b|\brecord\b", head)
    return True


def _board_receives(head: str) -> bool:
    """"That the Board receive an update": a report is asked for, unlike "The Board received the report"."""
    return bool(re.match(rf"(?:that\s)?{_BOARD}\s(?:to\s|should\s)?receives?\s(?:an?|further|regular|its)\b", head, re.IGNORECASE))


def is_about_itself(text: str) -> bool:
    """"The Board thanks …", "It expresses concern …", "notes the report"."""
    return bool(_ABOUT_ITSELF.match(text[:300]))


def names_only_board(text: str) -> bool:
    """"That the Committee:-" and "That:" name nobody to whom the entries below could speak."""
    stripped = text.casefold().strip(" :–—-")
    return stripped in ("", "that", "to") or bool(re.fullmatch(rf"(?:that\s)?{_BOARD}", stripped, re.IGNORECASE))


def asks_others(head: str) -> re.Match[str] | None:
    return _REQUESTS.search(head)


def _only_thanks(head: str) -> bool:
    return bool(re.match(r".{0,80}\b(?:thank|note|approve|agree|accept|support|endorse)\w*\b.{0,80}\brecommend", head, re.IGNORECASE))


def ask_of(text: str) -> str:
    """do, consider or report_back. An update wished for outweighs what is done on the way to it."""
    head = text[:_LONGEST]
    if _REPORT_BACK.search(head):
        return "report_back"
    consider = _CONSIDER.search(head)
    return "consider" if consider and not _consider_is_aside(head, consider.start()) else "do"


def _consider_is_aside(head: str, at: int) -> bool:
    """A request that begins with another verb and considers something only later asks to do."""
    first = _first_verb(head)
    return bool(first) and first[0] + 60 < at


def _first_verb(text: str) -> tuple[int, str] | None:
    """Where the asked-for action begins, and its verb: "That officers *develop* …"."""
    start = _LEADING.match(text)
    begin = start.end() if start else 0
    for match in re.finditer(r"[^\W\d_][\w’'-]*", text[begin : begin + 400]):
        word = match.group().casefold()
        before = text[begin + match.start() - 4 : begin + match.start()].casefold()
        if match.group()[0].islower() and (word in ASKED_VERBS or word.removesuffix("s") in ASKED_VERBS or word in _HELPING) and not before.endswith(("the ", " of ", "for ")):
            return begin + match.start(), word
    return None


def addressees_of(text: str, led_by: str = "") -> tuple[str, ...]:
    """To whom a recommendation speaks, in its own words; the board itself is nobody's addressee."""
    head = text[:_LONGEST].split("\n")[0]
    start = _LEADING.match(head)
    begin = start.end() if start else 0
    verb = _first_verb(head)
    subject = head[begin : verb[0]] if verb else head[begin:] if head.rstrip().endswith(":") else _first_name(head[begin:])
    found = [name for name in _split_addressees(subject) if _is_addressee(name)]
    if not found and (match := _BY_WHOM.search(head)):
        found = [match[1].strip(" ,")]
    if not found and led_by:
        found = [led_by]
    return tuple(dict.fromkeys(found))


def _first_name(text: str) -> str:
    """The capitalised words a request begins with, where its verb is not known: "the Cabinet fits sprinklers"."""
    match = re.match(r"(?:the\s)?[A-Z][\w’'&-]*(?:,?\s(?:and\s|for\s|of\s|&\s)?[A-Z][\w’'&-]*){0,10}", text)
    return match[0] if match else ""


def _split_addressees(subject: str) -> list[str]:
    """Cut "A, B and C" into three, but leave "the Cabinet Member for Children and Families" whole."""
    pieces: list[str] = []
    for piece in re.split(r",\s+|;\s+", subject.strip(" ,:;–-")):
        if pieces and _inside_title(pieces[-1], piece.removeprefix("and ")):
            pieces[-1] = f"{pieces[-1]}, {piece}"
        else:
            pieces.append(piece)
    return [part for piece in pieces for part in _split_and(piece.strip(" ,:;–-").removeprefix("and ")) if part]


def _inside_title(left: str, right: str) -> bool:
    """Whether a comma or "and" stands inside a title: "Cabinet Member for Housing, Planning and Regeneration"."""
    if re.match(r"(?:the|all|officers|partners)\b", right) or right.startswith("Chief "):
        return False
    return bool(re.search(r"\b(?:for|of)\b", left)) and not people.is_organisation(right) and not people.is_role(right.split(" and ")[0])


def _split_and(piece: str) -> list[str]:
    for match in re.finditer(r"\s(?:and|together\swith|in\s(?:conjunction|partnership|consultation|liaison)\swith|with|&)\s", piece):
        left, right = piece[: match.start()], piece[match.end() :]
        if not _inside_title(left, right) and not right.startswith("Crime"):
            return [left.strip(), *_split_and(right.strip())]
    return [piece]


def _is_addressee(name: str) -> bool:
    words = people.words_of(name)
    if not words or len(words) > 16 or words[-1] in _NOT_ADDRESSEES and len(words) < 6:
        return False
    if " that " in name or words[0] in ("a", "an", "this", "it", "there", "any", "consideration", "further", "when", "if", "in", "following", "at"):
        return False
    return bool(_BODY.match(name)) or people.is_role(name) or people.is_organisation(name) or people.is_name(name)


def owner_hint_of(text: str, addressees: tuple[str, ...] = ()) -> str:
    """Who is named as the one to do it: "(Owner: Name)", else a role title. "Officers" is nobody."""
    match = _OWNER.search(text[:_LONGEST]) or _OWNER.search(text[-400:])
    if match:
        return (match[1] or match[2]).strip(" .,;")
    for addressee in addressees:
        if title := _ROLE_TITLE.match(addressee):
            return title[1].strip(" ,")
        if people.is_office(addressee):
            return addressee.removeprefix("the ")
    return ""


def actor_of(text: str) -> str:
    """Who is to do an action: "Head of Housing to circulate …" gives "Head of Housing"."""
    if owner := owner_hint_of(text):
        return owner
    head = text[:300]
    before, found, _ = head.partition(" to ")
    before = re.sub(r"^(?:it\swas\sagreed\sthat|that)\s", "", before, flags=re.IGNORECASE)
    before = re.split(r"\s(?:would|will|should|are|is|agreed|undertook)\b", before)[0].strip(" ,:–-")
    if (found or before != head) and (title := _ROLE_TITLE.match(before)):
        return title[1].strip(" ,") if len(title[0]) > len(before) - 40 else before.removeprefix("the ").removeprefix("The ")
    return before if found and people.is_name(before) else ""


def kind_of_paragraph(text: str) -> str:
    """The kind of an unmarked paragraph that is an outcome by its own words, or "" for one that only tells."""
    if sentences.is_lost(text):
        return ""
    if sentences.was_agreed(text):
        return _kind_of_agreement(text)
    verb = sentences.board_said(text)
    if verb.startswith(("recommend", "request", "urge")) or verb.startswith("ask"):
        return "recommendation"
    if verb.startswith("agreed") or verb.startswith("resolve"):
        return _kind_of_agreement(text)
    if sentences.agrees_minutes(text) or verb.startswith(("note", "approve", "endorse", "thank", "expresse", "exclude", "support")):
        return "resolution"
    return ""


def _kind_of_agreement(text: str) -> str:
    """"It was agreed that …": an action where somebody will do something, else a decision of the board."""
    head = text[:_LONGEST]
    if re.search(r"\brecommend(?:s|ed)?\b|\brequest(?:s|ed)?\b", head):
        return "recommendation"
    if re.search(r"\b(?:would|will|to)\s(?:be\s)?(?!note|receive|approve|support|endorse|thank)[a-z]+", head) and not _PASSIVE_SELF.search(head):
        return "action"
    return "resolution"
