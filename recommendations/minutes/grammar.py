"""The turns of phrase by which a paragraph is known, one to a line. Data: who asks what of them stands in sentences and outcomes.

In a pattern a space stands for any space, and <board> for one of the words listed under that name.
"""

import re

_LISTS = {
    "board": "board|committee|panel|commission|sub[- ?]committee|forum|scrutiny",
    "body": "board|committee|panel|commission|sub[- ?]committee|forum|members|group|council|chair|chairman|scrutiny",
    "hearers": "board|committee|panel|commission|sub[- ?]committee|forum|scrutiny|members|group|meeting",
    "meeting": "meeting|room|chamber|table|proceedings|call|committee|board|council chamber",
    "report": "report|reports|update|updates|briefing|briefings|paper|presentation|findings|outcome|outcomes",
    "bring": "provides?|provided|submits?|submitted|brings?|brought|presents?|presented|receives?|received|prepares?|gives?|given"
    "|produces?|makes?|schedules?|scheduled|adds?|considers?|have",
    "brought": "provided|brought|submitted|presented|received|given|made|prepared|considered|scheduled|circulated|added",
    "asks": "recommends?|recommended|requests?|requested|asks?|asked|urges?|urged|invites?|invited|calls? (?:on|upon|for)",
    "likewise": "also|again|then|warmly|formally|further|therefore|unanimously|subsequently|has|have",
    "outsiders": "cabinet|council|full|government|department|minister|school|resident|public|parent|police",
    "who": r"councillors?|cllrs?\.?|members?|mr\.?|mrs\.?|ms\.?|miss|dr\.?|the (?:chair|chairman|vice|deputy|mayor|leader)",
    "time": r"\d{1,2}[.:]?\d{0,2} ?(?:[ap]\.?m|hours|hrs|$|\.|,| )",
}


def any_of(*turns: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """One pattern of several turns of phrase. None repeats what may itself repeat without end: the time stays linear."""
    return re.compile("(?:" + "|".join(map(_spelt, turns)) + ")", flags)


def _spelt(turn: str) -> str:
    for name, words in _LISTS.items():
        turn = turn.replace(f"<{name}>", f"(?:{words})")
    return turn.replace(" ", r"\s")


# --- Comings and goings ---------------------------------------------------------------------------------------
WENT = any_of(
    r"\b(?:left|entered|joined|rejoined|re-joined|re-entered) (?:the |this |their )?<meeting>\b",
    r"\b(?:withdrew from|departed(?: from)?|returned to|retired from|arrived (?:at|during|in)) (?:the |this )?<meeting>\b",
    r"\b(?:left|arrived|joined|rejoined|re-joined|returned|departed|withdrew|entered) (?:the meeting )?(?:at|around|by)? ?"
    r"(?:approximately )?<time>",
    r"\b(?:left|arrived|withdrew|returned) (?:the meeting )?(?:at this (?:point|stage|juncture)|late)",
    r"\b(?:left|arrived|withdrew|returned) (?:the meeting )?(?:during|before) this item",
    r"\b(?:took|resumed|vacated|assumed|left|relinquished|occupied|returned to) the chair\b",
    r"\b(?:resumed|chaired|took over) (?:the meeting|as chair\w*)\b",
    r"\bin the chair\b",
)
WHO_WENT = any_of(r"(?:at .{3,30}[, ]|having .{3,60}, )?<who>\b")
AT_THIS_HOUR = any_of(r"^at [^,]{2,25},? ")
ONE_OF_THEM = any_of(r"(?!members)<who> ")
APOLOGIES = any_of(
    r"\bapolog(?:y|ies)\b.{0,60}\b(?:received|given|submitted|sent|tendered|noted|offered)\b",
    r"\bapologies (?:for \w+ )?(?:from|were)\b",
    r"\b(?:sent|gave|submitted|tendered) (?:his|her|their)? ?apologies\b",
    r"\b(?:substitut(?:ed|ing)|deputis(?:ed|ing)) for\b",
    r"\battended as (?:a )?substitute\b",
)
NO_APOLOGIES = any_of(r"(?:there were )?no (?:apologies|substitut)")

# --- Declarations of interest ---------------------------------------------------------------------------------
NONE = any_of(
    r"(?:none|nil|no|n/a|not applicable)(?: (?:were|was|received|declared|made|reported|recorded|raised|identified|given))*$",
    r"there were (?:none|nil)(?: \w+){0,3}$",
    r"(?:there were )?no (?:(?:further|other|new|personal|pecuniary|disclosable|prejudicial|such|or) ){0,4}"
    r"(?:declarations?|interests?|disclosures?)\b.*$",
    r"no (?:members?|councillors?|one|interests?)\b.{0,60}\b(?:declar|interest)\w*.*$",
)
DECLARED = any_of(
    r"\b(?:declared|declares|disclosed|registered|recorded|mentioned|expressed|has|had)\b.{0,120}\binterests?\b",
    r"\b(?:reported|stated|noted) that \w+ (?:\w+ )?had\b.{0,120}\binterests?\b",
    r"\b(?:made a declaration|declaration was made|advised of|gave notice of)\b.{0,120}\binterests?\b",
    r"\binterests? (?:was|were) (?:declared|disclosed)\b",
    r"\bdeclared that\b",
    r"\b(?:non-)?(?:pecuniary|prejudicial) interest\b",
)

# --- What an item is for, and what was told --------------------------------------------------------------------
PURPOSE = any_of(
    r"to (?!that|this\b)[a-z]+\b",
    r"this (?:report|paper|item|briefing|presentation)\b",
    r"the (?:purpose|report (?:of|provides|sets|seeks|asks|outlines))",
    r"(?:the )?(?:[\w&]+ ){0,5}(?:<board>|cabinet|members) (?:is|are|will)\b",
    r"(?:a |the )?(?:joint )?(?:report|briefing note|presentation|paper) (?:of|by|from)\b",
    r"for (?:the|members)\b",
)
TELLING = any_of(
    r"\b(?:was|were|had|did|[a-z]{2,}ed|said|told|felt|gave|drew|sought|heard|spoke|put|led|made|took)\b", flags=0
)
# How a telling sentence begins, with or without a full stop at its end.
SUBJECTS = any_of(
    r"(?:the|a|an|members?|officers?|councillors?|cllrs?|it|in|during|following|with|there|mr|mrs|ms|dr|questions?|concerns?)\b",
    r"(?:some|several|one|another|responding|discussion|arising|at|on)\b",
    r"[A-Z][\w’'-]+ [A-Z][\w’'-]+\b",
    flags=0,
)
MINUTES_AGREED = any_of(
    r"\bminutes\b.{0,160}\b(?:agreed|approved|signed|confirmed|accepted|received)\b",
    r"\b(?:true|correct|accurate) (?:and \w+ )?record\b",
)
BOARD_SAID = any_of(
    r"(?:that )?(?:the )?(?:[\w&’'-]+ ){0,5}?(?:<board>|group|members)(?: <likewise>| agreed to){0,3} (?P<verb>recommend(?:ed|s)?"
    r"|request(?:ed|s)?|resolve[sd]|agree[sd]|note[sd]|approve[sd]|endorse[sd]|thank(?:ed|s)?|expresse[sd]|ask(?:ed|s)? that"
    r"|urge[sd]?|supported|excluded)\b",
)
AGREED_THAT = any_of(
    r"it (?:was|is) (?:(?:also|further|therefore|then|unanimously|subsequently) )?(?:agreed|resolved)\b"
)
LOST = any_of(
    r"\b(?:was|were|been|be) (?:then |therefore |declared |subsequently |put to the vote and )?"
    r"(?:lost|defeated|not carried|rejected|fell)\b",
    r"\bvote and (?:lost|defeated|not carried|rejected|fell)\b",
    r"\bput and lost\b",
    r"\bput to the vote (?:and )?(?:was )?lost\b",
    r"\b(?:motion|amendment|proposal) (?:therefore )?(?:fell|failed)\b",
    r"\bdeclared lost\b",
)

# --- The form of a decision ------------------------------------------------------------------------------------
SUBJUNCTIVE = any_of(
    r"\b(?:not )?be (?:\w+ly )?(?:\w+ed|drawn|given|sent|put|made|set|begun|held|brought|taken|kept|written|bought|built|met)\b",
)
MODAL_BE = any_of(r"\b(?:would|will|to|should|could|can|may|might|must|cannot|shall|n['’]t) (?:\w+ )?be ")
DECIDING = any_of(
    r"(?:and )?that\b",
    r"(?:and )?to (?:note|recommend|request|ask|agree|approve|thank|endorse|receive|support)\b",
    r"(?:and )?(?:notes?|requests?|recommends?|asks?|agrees?|approves?|thanks?|endorses?|welcomes?|supports?)\b",
)

# --- The board about itself ------------------------------------------------------------------------------------
ABOUT_ITSELF = any_of(
    r"(?:and )?(?:that )?(?:(?:it|(?:the |this )?(?:[\w&’'-]+ ){0,6}?<body>) (?:also |should |to )?)?"
    r"(?:to )?(?:<likewise> ){0,3}(?:"
    r"thank(?:s|ed)?|note[sd]?|express(?:es|ed)?|welcome[sd]?|commend(?:s|ed)?|congratulate[sd]?|acknowledge[sd]?|recogni[sz]e[sd]?"
    r"|approve[sd]?|endorse[sd]?|accept(?:s|ed)?|support(?:s|ed)?|adopt(?:s|ed)?|regret(?:s|ted)?|appreciate[sd]?|appoint(?:s|ed)?"
    r"|receive[sd]?|defer(?:s|red)?|elect(?:s|ed)?|adjourn(?:s|ed)?|exclude[sd]?|record(?:s|ed)?|confirm(?:s|ed)?|monitor(?:s|ed)?"
    r"|establish(?:es|ed)?|sets? up|keeps?|takes? note|place[sd]? on record|remains? concerned|agree[sd]? the"
    r"|(?:is|was) (?:concerned|pleased|satisfied|grateful|disappointed|assured)"
    r"|agree[sd]? to (?:note|receive|approve|thank|defer|appoint|establish|endorse|support|exclude|continue|set up)"
    r")\b",
)
DONE_BY_ITSELF = any_of(
    r"\bbe (?:\w+ly )?(?:noted|received|thanked|approved|agreed|signed|confirmed|accepted|excluded|appointed)\b",
    r"\bbe (?:\w+ly )?(?:nominated|deferred|adjourned|endorsed|adopted|welcomed|commended|congratulated|acknowledged|recorded)\b",
    r"\bbe (?:\w+ly )?(?:elected|re-elected|extended|supported)\b",
    r"\bno (?:further )?action be taken\b",
    r"\bwith its (?:thanks|appreciation)\b",
    r"\bthanks be\b",
    r"\b(?:press|public) (?:and \w+ )?be excluded\b",
    r"\bcorrect record\b",
)
# Even where the board recommends: these it can only do itself.
ONLY_BY_ITSELF = any_of(
    r"\bbe (?:noted|thanked|received|signed|excluded)\b",
    r"\brecord\b",
    r"\bthanks\b",
    r"\bno (?:further )?action\b",
)
BOARD_RECEIVES = any_of(
    r"(?:that )?(?:the |this )?(?:[\w&’'-]+ ){0,6}?<body> (?:to |should )?receives?,? "
    r"(?:(?:at|in|by|within|before) (?:[\w’'-]+,? ){1,7}?)?(?:an?|further|regular|its)\b"
)
ONLY_THE_BOARD = any_of(r"(?:that )?(?:the |this )?(?:[\w&’'-]+ ){0,6}?<body>$")
ONLY_THANKS = any_of(r".{0,80}\b(?:thank|note|approve|agree|accept|support|endorse)\w*\b.{0,80}\brecommend")

# --- What is asked of others -----------------------------------------------------------------------------------
FOR_OTHERS = any_of(
    r"\b(?:cabinet|council|executive) (?:is |be |are )?"
    r"(?:asked|requested|recommended|invited|urged|approve|agree|adopt|note)\w*\b",
)
REQUESTS = any_of(
    r"\b<asks>\b(?! (?:by|in)\b)",
    r"\bbe (?:requested|asked|invited|urged)\b(?! (?:by|in)\b)",
    r"\b(?:would like|wishes to see|suggests?)\b",
)
REPORT_BACK = any_of(
    r"\b(?:report(?:s|ing|ed)?|feed(?:s|ing)?|comes?|br(?:ing|ought|ings)) back\b",
    r"\breturn(?:s|ed)? to th(?:e|is) [\w &]{0,60}<hearers>\b",
    # "bring the findings to the Board"
    r"\b<bring>\b(?: [\w’'-]+){0,6}? <report>\b.{0,120}\b<hearers>\b",
    # "the Board be given an update", "Members be kept informed"
    r"\b<hearers> (?:\w+ )?(?:be )?(?:to |should )?"
    r"(?:receives?|given|provided with|have|has|consider)\b.{0,60}\b(?:<report>|progress)\b",
    r"\b<hearers> (?:\w+ )?be (?:kept )?(?:updated|informed|briefed|notified|up to date)\b",
    r"\bupdate (?:the|this) [\w &]{0,60}<hearers>\b",
    r"\breports? (?:\w+ ){0,3}?to (?:the|this|a future|its|their) [\w &]{0,60}<hearers>\b",
    # "a further report be submitted"
    r"\b(?:a|an) (?:\w+ ){0,4}(?:report|update|briefing|paper)\b.{0,120}\bbe (?:\w+ )?<brought>\b",
    # "provide a report on rural routes", unless it is for others
    r"\b<bring> (?:back )?(?:an?|the|regular|further|its|their) (?:[\w’'-]+ ){0,4}?(?:reports?|updates?|briefing)\b"
    r"(?! to (?:the )?<outsiders>)",
    r"\b(?:further|progress|follow-up|update|annual|six-monthly|quarterly|regular) (?:\w+ ){0,2}(?:reports?|updates?)\b"
    r".{0,80}\b(?:to|at|in|for)\b.{0,60}\b<hearers>",
)
CONSIDER = any_of(
    r"\b(?:re)?consider(?:s|ed|ation)?\b",
    r"\bexplor(?:e|es|ed|ation)\b",
    r"\blook(?:s|ed)? (?:at|into|again)\b",
    r"\binvestigat(?:e|es|ed|ion)\b",
    r"\bexamin(?:e|es|ed)\b",
    r"\bgives? (?:\w+ )?thought\b",
    r"\bfeasibility\b",
)
# The words before the one who is asked: "The Board recommends that", "requests", "it be recommended to Cabinet that".
BEFORE_THE_ASKED = any_of(
    r"(?:(?:and|also|further|that it be|it be|it was|to) ){0,6}(?:(?:resolved|recommended|agreed|requested)[:, –-]{1,4})?"
    r"(?:(?:it|(?:the |this )?(?:[\w&’'-]+ ){0,6}?<body>) (?:<likewise> ){0,2}(?:<asks>|agreed|suggests?|suggested) )?"
    r"(?:<asks> )?(?:(?:to (?:the )?[\w ]{3,60}? )?that |for )?",
)
RECOMMENDED_TO = re.compile(r"\brecommend(?:s|ed)?\sto\s((?:the\s)?[A-Z][\w’'&\s-]{2,80}?)\sthat\b")
DONE_BY = re.compile(r"\bby\s(the\s(?:[A-Z][\w’'&-]+\s?|for\s|of\s|and\s(?=[A-Z])|,\s(?=[A-Z])){1,12})")
# A verb that the list of asked verbs does not hold: then the capitalised words at the beginning are the one asked.
CAPITALISED = re.compile(r"(?:the\s)?[A-Z][\w’'&-]*(?:,?\s(?:and\s|for\s|of\s|&\s)?[A-Z][\w’'&-]*){0,10}")
ALONGSIDE = any_of(r" (?:and|(?:together|jointly|in (?:conjunction|partnership|consultation|liaison)) with|with|&) ")
# "It was agreed that somebody would …"
RECOMMENDED_OR_REQUESTED = any_of(r"\b(?:recommend(?:s|ed)?|request(?:s|ed)?)\b")
WILL_DO = any_of(r"\b(?:would|will|to) (?:be )?(?!note|receive|approve|support|endorse|thank)[a-z]+")
BEFORE_THE_ACTOR = any_of(r"^(?:it was agreed that|that) ")
BEHIND_THE_ACTOR = any_of(r" (?:would|will|should|are|is|agreed|undertook)\b")
OWNER = any_of(
    r"\( ?(?:owner|lead|lead officer|action by|responsible|responsible officer|by|action) ?[:–-] ?(?P<bracketed>[^()]{2,80})\)",
    r"\b(?:owner|lead officer|action by|responsible officer|action for) ?: ?(?P<named>[^.;()]{2,80})",
)
# Bodies that can be asked for something.
BODY = any_of(
    r"(?:the |all )?(?:\w+ ){0,12}?(?:police|ccgs?|nhs|council|trust|groups?|officers|services?|care|partners|cabinet|executive"
    r"|authority|healthwatch|schools|board|committee|constabulary|team|department|directorate|leader|directors?|managers?|heads?"
    r"|association|icb|hospital)\b",
)
# An office with its field: "Strategic Director for Children, Schools and Families".
OFFICE = any_of(
    r"(?:[Tt]he )?(?P<office>"
    r"(?:(?:Strategic|Deputy|Assistant|Executive|Interim|Acting|Associate|Corporate|Chief|Principal|Senior|Service|Divisional"
    r"|Managing) ){0,4}"
    r"(?:Cabinet (?:Member|Associate|Lead)|Head|Director|Manager|Leader|Officer|Executive|Lead|Chairman|Chair|Portfolio Holder"
    r"|Commissioner)\b"
    r"(?: (?:for|of) (?:the )?[A-Z][\w’'&-]*(?:,? (?:and |& |of |for )?[A-Z][\w’'&-]*){0,10})?)",
    flags=0,
)
