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
    "likewise": "also|again|then|warmly|formally|further|therefore|unanimously|subsequently|strongly|firmly|accordingly|has|have",
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
    r"\b(?:left|arrived|withdrew|returned|departed|joined|rejoined|re-joined) (?:the meeting )?(?:\w+ )?(?:during|before|after|while"
    r"|following|part(?:way| way)|shortly|towards|for|\() (?:the|this|these|it|consideration|discussion|item|through|point|items)\b",
    r"\b(?:left|withdrew|arrived|departed|retired|retires)\.?\)?$",
    r"\b(?:presided|absented (?:him|her|them)sel(?:f|ves)|stood down as chair\w*|logged (?:on|off|in|out)|dropped off the call)\b",
    r"\b(?:(?:was|were) not present (?:for|during)|did not (?:return|rejoin))\b",
    r"\b(?:took no (?:further )?part in\b|(?:took|resumed|vacated|assumed|left|relinquished|occupied|returned to) the chair\b)",
    r"\b(?:handed|passed) (?:over )?the chair\b",
    r"\b(?:resumed|chaired|took over) (?:the (?:meeting|remainder|rest|item)|as chair\w*|this item)\b",
    r"\bin the chair\b",
)
WHO_WENT = any_of(
    r"(?:at .{3,30}[, ]|having .{3,60}, )?<who>\b",
    r"the (?:press and public|public|press|witnesses|officers|remaining officers)\b",
)
BEFORE_WHO_WENT = any_of(r"(?:[([*_ ]+|n\.?b\.?:?|(?:please )?note:?|\d{1,2}[.:]\d{2} ?(?:[ap]\.?m\.?)? ?[–—:-])\s*")
AT_THIS_HOUR = any_of(r"^at [^,]{2,25},? ")
ONE_OF_THEM = any_of(r"(?!members)<who> ")
APOLOGIES = any_of(
    r"\bapolog(?:y|ies)\b.{0,60}\b(?:received|given|submitted|sent|tendered|noted|offered)\b",
    r"\bapologies (?:for \w+ )?(?:from|were)\b",
    r"\b(?:sent|gave|submitted|tendered) (?:his|her|their)? ?apologies\b",
    r"\b(?:substitut(?:ed|ing)|deputis(?:ed|ing)) for\b",
    r"\battended as (?:a )?substitute\b",
)
# What an agenda sets out to do at every meeting, printed above what was minuted.
AGENDA_WORDS = any_of(
    r"(?:the (?:chair\w*|committee|panel|board) )?to (?:receive|note|record|report|agree|approve|confirm|sign|declare|disclose|announce|accept|deal with"
    r"|hear|answer|consider|invite)\b[^.]{0,60}\b(?:apolog(?:y|ies)|minutes|declarations?|disclosures?|interests?|substitut\w+|questions|petitions"
    r"|announcements|urgent (?:business|items))\b"
)
NO_APOLOGIES = any_of(r"(?:there were )?no (?:apologies|substitut)")

# --- Declarations of interest ---------------------------------------------------------------------------------
NONE = any_of(
    r"no (?:party )?whips? (?:was|were|had been) (?:declared|applied|imposed)$",
    r"there (?:was|were) no (?:party )?whips?\b.{0,30}$",
    r"(?:none|nil|no|n/a|not applicable)(?: (?:were|was|received|declared|made|reported|recorded|raised|identified|given))*(?: at (?:this|the present) \w+| at present)?$",
    r"there (?:were|was) (?:none|nil)(?: \w+){0,3}$",
    r"nil (?:declarations?|returns?|disclosures?)\b.{0,40}$",
    r"(?:there were )?no (?:(?:further|other|new|personal|pecuniary|disclosable|prejudicial|such|or) ){0,4}"
    r"(?:declarations?|interests?|disclosures?)\b.*$",
    r"no (?:members?|councillors?|one|interests?)\b.{0,60}\b(?:declar|interest|disclos)\w*.*$",
    r"no-one\b.{0,60}\b(?:declar|interest|disclos)\w*.*$",
    r"(?:it was (?:noted|reported|confirmed) that |the (?:chair\w*|clerk) (?:noted|reported|confirmed) that )"
    r"(?:there (?:were|was) )?(?:no|none)\b.{0,30}\b(?:declar|interest|disclos|conflict)\w*.*$",
    r"(?:there were )?no conflicts?(?: of interests?)?\b.{0,40}$",
    r"(?:there was )?nothing (?:was |to be |to )?(?:declared?|disclosed?)\b.{0,40}$",
    r"none of (?:the|those)\b.{0,40}\b(?:declared|disclosed|had)\b.{0,80}$",
    r"(?:the )?(?:[\w-]+ ){0,2}(?:members?|councillors?|board|committee|panel)(?: present)? (?:had|declared|disclosed|made|reported|registered) "
    r"(?:no|nothing)\b.{0,80}$",
    # "The Chair asked for declarations of interest. None were made."
    r".{0,100}\b(?:declarations?|interests?|disclosures?)\b.{0,50}?(?:[.;,]|\band|\bbut) (?:there (?:were|was) )?(?:none|nothing|no one)"
    r"(?: (?:were|was|did|had|received|declared|made|any|forthcoming|so)){0,3}$",
)
# "No declarations were made, though Councillor Penn asked to record …": something was.
BUT_FOR = any_of(r"\b(?:though|although|however|except|apart from|other than|save (?:for|that))\b")
DECLARED = any_of(
    r"\b(?:declared|declares|disclosed|registered|recorded|mentioned|expressed|has|had)\b.{0,120}\binterests?\b",
    r"\b(?:reported|stated|noted) that \w+ (?:\w+ )?had\b.{0,120}\binterests?\b",
    r"\b(?:made a declaration|declaration was made|advised of|gave notice of)\b.{0,120}\binterests?\b",
    r"\binterests? (?:was|were) (?:declared|disclosed)\b",
    r"\bdeclared that\b",
    r"\b(?:non-)?(?:pecuniary|prejudicial) interest\b",
)

# A councillor who holds one of these offices answers for it; another under this heading declares.
EXECUTIVE = any_of(r"\b(?:cabinet|portfolio|leader|executive|mayor|lead (?:member|councillor)|spokes\w+)\b")

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
    r"(?:that )?(?:the )?(?:[\w&’'-]+ ){0,5}?(?:<board>|group|members)(?: <likewise>| agreed to| wished to){0,3} (?P<verb>recommend(?:ed|s)?"
    r"|request(?:ed|s)?|resolve[sd]|agree[sd]|note[sd]|approve[sd]|endorse[sd]|thank(?:ed|s)?|expresse[sd]|ask(?:ed|s)? that"
    r"|urge[sd]?|supported|excluded|concluded that|placed on record|paid tribute|welcome[sd]? (?:the|this) (?-i:[a-z])[\w -]+"
    r"|(?:was|were|is|are) (?:satisfied|concerned|pleased|grateful|disappointed|reassured|assured)|commend(?:ed|s)|congratulated?|tasked|instructed|call(?:ed|s) (?:on|upon|for)"
    r"|ask(?:ed|s) for (?:the|an?|further) (?:[\w-]+ ){1,8}to be)\b",
)
# "It was recommended that …", "The Board wished to see …", "The Panel encouraged the Trust to …"
# What members felt is told; what the board felt is put on record.
ONLY_TOLD = any_of(
    r"(?:the )?members (?:noted that|expressed|supported|welcomed|congratulated|commended|were|<likewise> (?:noted|expressed))\b"
)
WISHED = any_of(
    r"it was (?:<likewise> )?(?:recommended|requested) that\b",
    r"(?:the )?(?:[\w&’'-]+ ){0,5}?<board> (?:<likewise> ){0,2}(?:wish(?:es|ed) to see|would (?:like|wish) (?:the|officers|to see)"
    r"|encourage[sd]? (?:the |all |officers|partners)[^.]{0,60}? to\b"
    r"|(?:invite[sd]?|press(?:es|ed)) [^.]{3,80}? to (?:re-?consider|consider|return|provide|submit|bring|review|publish|explore|look)"
    r"|sought (?:an?|further|regular) (?:[\w-]+ ){0,3}(?:update|report|briefing)s?\b)",
)
# "The Panel asked the Head of Roads to write": a request of the board, where "Members asked" may be a question.
ASKED_SOMEBODY = any_of(
    r"(?:the )?(?:[\w&’'-]+ ){0,5}?<board> (?:<likewise> ){0,3}(?:asked|asks) (?:the |officers|[A-Z])[^.?]{0,80}? to "
    r"(?!explain|clarify|comment|say|expand)",
)
# "The Chairman thanked all those present for their candour": in a sentence of its own.
CHAIR_THANKED = any_of(
    r"(?:(?:on behalf of|in closing|finally|in conclusion)[^,]{0,60}, )?the (?:vice-)?chair(?:man|woman|person)?(?: of [\w ,]{3,60}?)? "
    r"(?:also |then )?(?:thanked|congratulated|commended|paid tribute to|(?:expressed|recorded|placed on record) "
    r"(?:his|her|their|the [\w’' ]{3,40}?|its) (?:\w+ )?(?:thanks|gratitude|appreciation|condolences))\b[^.]*\.?$"
)
DONE_TO_IT = any_of(
    r"(?:that )?(?:the|this|these|its|all) [\w ,’'()/&:-]{3,120}? (?:was|were|is|are) (?:(?:duly|then|received and|formally|unanimously) )?"
    r"(?:noted|approved|endorsed|adopted|accepted|agreed|received)(?: (?:by (?:the|all) [\w ]{3,40}|and \w+|as (?:read|submitted|presented|amended)"
    r"|unanimously|without (?:comment|discussion|debate)))?\.?$",
    # "A vote of thanks to the Chair was carried with acclamation."
    r"(?:[\w’'.-]+ ){1,8}(?:was|were) (?:\w+ )?thanked\b[^.]*\.?$",
    r"(?:a|the) (?:[\w-]+ ){0,2}vote of thanks\b[^.]{0,160}\b(?:carried|agreed|passed|given|recorded|accorded|moved)\b[^.]*\.?$",
)
# "In March 2015 the Panel recommended …" is yesterday's.
HISTORIC = any_of(
    r"(?:in|on|at|during|since|last) (?:[\w,]+ ){0,8}?(?:\d{4}|(?:last|previous|earlier) (?:\w+ )?(?:year|meeting|review)|year|spring|autumn|summer)\b"
    r"[^.]{0,40}\b(?:board|committee|panel|commission|members|group)\b",
    r"(?:[\w’'&-]+ ){1,8}(?:had|has) (?:previously|earlier|already|in \w+|last)\b",
)
AGREED_THAT = any_of(
    r"(?:(?:after|following) [^,]{3,80}, |accordingly,? |therefore,? )?"
    r"it (?:was|is) (?:(?:also|further|therefore|then|unanimously|subsequently|accordingly) )?(?:agreed|resolved)\b"
)
BEFORE_A_PROMISE = any_of(
    r"^(?:and )?(?:(?:(?:after|following) [^,]{3,80}, |accordingly,? |therefore,? )?"
    r"(?:it (?:was|is) )?(?:(?:also|further|therefore|then|unanimously|subsequently|accordingly) )?(?:agreed|resolved) )?(?:that )?"
)
LOST = any_of(
    r"\b(?:was|were|been|be) (?:then |therefore |declared |subsequently |put to the vote and )?"
    r"(?:lost|defeated|not carried|rejected|fell)\b",
    r"\b(?:put|vote|declared) (?:and )?(?:lost|defeated|not carried|rejected|fell)\b",
    r"\bput to the vote (?:and )?(?:was )?lost\b",
    r"\b(?:motion|amendment|proposal) (?:therefore )?(?:fell|failed)\b",
)

# --- The form of a decision ------------------------------------------------------------------------------------
SUBJUNCTIVE = any_of(
    r"\b(?:not )?be (?:\w+ly )?(?:\w+ed|drawn|given|sent|put|made|set|begun|held|brought|taken|kept|written|bought|built|met)\b",
)
MODAL_BE = any_of(r"\b(?:would|will|to|should|could|can|may|might|must|cannot|shall|n['’]t) (?:\w+ )?be ")
# "In the light of the above the Committee:" leads in outcomes where its entries begin so.
BOARD_AT_END = any_of(r"\bthe (?:[\w&-]+ ){0,4}?<board> ?:[–-]?$")
DECIDED_VERB = any_of(
    r"(?:and )?(?:note|welcome|express|request|recommend|ask|agree|resolve|thank|endorse|approve|support|urge|commend|acknowledge)(?:[sd]|e[sd])?\b"
)
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
    r"|receive[sd]?|defer(?:s|red)?|elect(?:s|ed)?|conclude[sd]?|visit(?:s|ed)?|hold|meet|reconvene|adjourn(?:s|ed)?|exclude[sd]?|record(?:s|ed)?|confirm(?:s|ed)?|monitor(?:s|ed)?"
    r"|establish(?:es|ed)?|sets? up|keeps?|takes? note|place[sd]? on record|remains? concerned|agree[sd]? the"
    r"|(?:is|was) (?:concerned|pleased|satisfied|grateful|disappointed|assured)"
    r"|(?:will|shall) (?:review|monitor|revisit|keep|continue|return to)"
    r"|wish(?:es|ed)? to (?:thank|record|note|express|place|congratulate|commend)"
    r"|resolve[sd]? to (?:hold|note|receive|approve|thank|defer|appoint|establish|endorse|support|exclude|continue|set up|keep|monitor"
    r"|review|express|place|record|welcome|commend|congratulate|acknowledge)"
    r"|agree[sd]? to (?:note|receive|approve|thank|defer|appoint|establish|endorse|support|exclude|continue|set up|express|place|record|welcome)"
    r")\b",
)
DONE_BY_ITSELF = any_of(
    r"\bbe (?:\w+ly )?(?:noted|received|thanked|approved|agreed|signed|confirmed|accepted|excluded|appointed)\b",
    r"\bbe (?:\w+ly )?(?:nominated|deferred|adjourned|endorsed|adopted|welcomed|commended|congratulated|acknowledged|recorded)\b",
    r"\bbe (?:\w+ly )?(?:elected|re-elected|supported|congratulated|taken as read|dismissed|upheld|suspended|satisfied|not called in|placed on record)\b",
    r"\b(?:meeting|time) be extended\b",
    r"\b(?:takes?|took) assurance\b",
    r"\b(?:task (?:and finish |& finish )?|working |sub-?)group be (?:established|set up|formed|convened)\b",
    r"\bauthority be delegated\b",
    r"\bdelegated (?:authority|powers?) be (?:given|granted)\b",
    r"\bno (?:further )?action be taken\b",
    r"\b(?:next|further|special|additional|extraordinary) meeting (?:of the [\w ]{3,40} )?be (?:held|convened|called)\b",
    r"\bwith its (?:thanks|appreciation)\b",
    r"\b(?:thanks|appreciation|gratitude|congratulations|condolences|(?:best|good) wishes) (?:(?:of|to|from) [\w’', ]{3,80}? )?be\b",
    r"\b(?:press|public) (?:and \w+ )?be excluded\b",
    r"\bcorrect record\b",
)
# Even where the board recommends: these it can only do itself.
ONLY_BY_ITSELF = any_of(
    r"\bbe (?:\w+ly )?(?:noted|thanked|received|signed|excluded|welcomed|commended|congratulated|dismissed|upheld|suspended"
    r"|satisfied|not called in|elected|appointed (?:as )?(?:vice-)?chair\w*)\b",
    r"\bitem be deferred\b",
    r"\bwork(?:ing)? programme\b.{0,60}\bbe (?:agreed|approved)\b",
    r"\bbe appointed (?:as )?(?:the )?(?:vice-)?chair",
    r"\b(?:takes?|took) assurance\b",
    r"\brecord\b",
    r"\bthanks\b",
    r"\bno (?:further )?action\b",
)
# "Keep all libraries open", where the board recommends: an order to others, though the board itself could do as much.
ORDER_TO_OTHERS = any_of(r"(?:keep|hold|establish|set up|monitor|appoint|adopt|visit|meet|confirm|record)\b")
BOARD_RECEIVES = any_of(
    r"(?:and )?(?:that )?(?:it |(?:the |this )?(?:[\w&’'-]+ ){0,6}?<body> )?(?:(?:also |further )?(?:agree[sd]?|resolve[sd]?|wish(?:es)?) )?"
    r"(?:to |should |will )?receives?,? "
    r"(?:(?:at|in|by|within|before) (?:[\w’'-]+,? ){1,7}?)?"
    r"(?:an?|another|further|regular|quarterly|annual|monthly|six-monthly|the next|its next|progress|updates?|reports)\b"
)
# "that, subject to the above observations, the Committee –": the entries below carry the verbs.
LEADS_FOR_BOARD = any_of(
    r"(?:and )?that,?(?: (?:subject to|having|in view of|in light of|following|after|with|given|notwithstanding) [^,:]{3,120},){0,2}"
    r"(?: (?:the |this )(?:[\w&’'-]+ ){0,6}?<body>| it)? ?[,:–—-]{0,2}$"
)
ONLY_ADDRESSEE = any_of(r"that (?P<asked>(?:the )?(?:[\w&’',-]+ ){0,12}[\w&’'-]+) ?:[-–]?$")
FOR_WHOM = any_of(r"(?:for|to) (?:the )?[\w&’', -]{3,50} ?:[-–]?$")
ONLY_THE_BOARD = any_of(r"(?:that )?(?:the |this )?(?:[\w&’'-]+ ){0,6}?<body>$")
ONLY_THANKS = any_of(r".{0,80}\b(?:thank|note|approve|agree|accept|support|endorse)\w*\b.{0,80}\brecommend")

# --- What is asked of others -----------------------------------------------------------------------------------
# "That Council approves …" is the board's own doing where the board is the council's, and is asked for where it recommends.
FOR_ANOTHER_BODY = any_of(
    r"(?:and )?that (?:the )?(?:full |county |city |borough |district )?(?:cabinet|council|executive)\b(?! be\b|['’])"
)
FOR_OTHERS = any_of(
    r"\b(?:cabinet|council|executive) (?:is |be |are )?"
    r"(?:asked|requested|recommended|invited|urged|approve|agree|adopt|note)\w*\b",
)
REQUESTS = any_of(
    r"\b<asks>\b(?! (?:by|in)\b)",
    r"\bbe (?:requested|asked|invited|urged|encouraged|instructed|tasked|directed|recommended|advised)\b(?! (?:by|in)\b)",
    r"\b(?:would like|wish(?:es|ed) to see|suggests?|tasks? (?:the|officers)|instructs?|encourages?)\b",
)
REPORT_BACK = any_of(
    r"\b(?:report(?:s|ing|ed)?|feed(?:s|ing)?|comes?|br(?:ing|ings|ought|inging)) back\b(?! (?:into|under|in line|on track|up)\b| to (?:\d|(?:its |their )?(?:previous|former|budget|normal|use|life)))",
    # "be reported monthly to the Executive and to this Committee", "be brought to the Panel", "bring a plan to the Panel"
    r"\bbe (?:\w+ ){0,2}(?:reported|brought|presented|submitted|referred back|circulated back)(?: [\w-]+){0,4}? to "
    r"(?:[\w -]{1,60} )?(?:this|the|a future|its|their|every|each) [\w &-]{0,60}<hearers>\b",
    r"\bbe (?:\w+ ){0,2}(?:reported|brought) (?:[\w-]+ ){0,4}?to <hearers>\b",
    r"\b(?:bring|brings|submit|submits|present|presents) (?:[\w’'-]+ ){1,11}?(?:to|before) "
    r"(?:this|the|a future|its|every|each) [\w &-]{0,40}<hearers>\b",
    # "provides the Board, within eight weeks, with figures"
    r"\b(?:provides?|suppl(?:y|ies)|furnish(?:es)?) (?:the |this )?(?:[\w&-]+ ){0,4}?<hearers>\b.{0,60}\bwith\b",
    r"\b(?:it|<hearers>) (?:\w+ )?be (?:given|shown|sent|provided with)\b.{0,80}\b(?:<report>|forecast|figures|data|progress)\b",
    r"\b(?:<board>) (?:\w+ )?be (?:sent|provided with|supplied with|told|notified of|shown) (?:the|an?|its|their|how|what|whether)\b",
    r"\b(?:invited|asked|requested|required|instructed|tasked) to (?:\w+ )?report\b(?! (?:it|them|any|all|incidents|to (?:the )?<outsiders>)\b)",
    r"\bcomes? to (?:the|this|a future|its|each|every) [\w &-]{0,60}<hearers>\b",
    r"\bbe (?:\w+ )?(?:considered|scrutinised|reviewed|looked at) (?:again )?by (?:the|this) [\w &-]{0,40}<hearers>\b",
    r"\b(?:submitted|brought|presented|reported|returned|referred) (?:back )?to scrutiny\b",
    r"\b(?:requests?|requested|seeks?|sought) (?:an?|another|further|regular|quarterly) (?:[\w-]+ ){0,3}(?:updates?|reports?|briefings?)\b"
    r"(?! to (?:the )?<outsiders>)",
    r"\b(?:asks?|asked|calls?) for (?:an?|further|regular) (?:[\w-]+ ){0,3}(?:updates?|reports?|briefings?)\b",
    r"\battends? (?:an?|the|its|this|their) (?:[\w-]+ ){0,3}meeting\b.{0,60}\b(?:report|update|progress)\b",
    r"\breturns? (?:[\w ]{1,40})?with an? (?:[\w-]+ ){0,4}<report>\b",
    r"\b(?:updates?|reports?) (?:the |this )?(?:[\w&-]+ ){0,4}?<hearers> (?:on|at|in|every|within|by|quarterly|annually|of)\b",
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
    r"\b(?:a|an) (?:\w+ ){0,4}(?:report|update|briefing|paper)\b.{0,120}\b(?:be|is|are) (?:\w+ )?<brought>\b",
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
    r"\b(?:gives?|giving) (?:\w+ )?thought\b",
    r"\bthought (?:be|is) given\b",
    r"\b(?:reviews?|assess(?:es)?|determines?|ascertains?|evaluates?|tests?) (?:whether|if|how|the (?:case|scope|need|options|potential"
    r"|possibility|merits?|practicality))\b",
    r"\boptions? (?:for|to|on) .{3,60} be (?:assessed|appraised|reviewed|costed|drawn up)\b",
    r"\b(?:weighs? up|study (?:be|of)|feasibility)\b",
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
# Who came, told in running text: "In attendance were …", "… attended for this item", "The Chair welcomed … to the meeting".
GUESTS = any_of(
    r"(?:also )?(?:in attendance|present|attending|invited)(?: for (?:this|the) (?:item|meeting)| at the meeting| by invitation)?"
    r"(?: to [^,.:]{3,60}?)? (?:was|were) ?:? (?P<sat>.{8,})$",
    r"(?P<attended>[A-Z].{8,}?),? (?:(?:was|were) (?:also )?(?:in attendance|present)|(?:also )?attended|joined the meeting"
    r"|had been invited)(?: (?:the meeting|for|to|at|by|as|in|and) ?[^.]{0,80}?)?"
    r"(?:,? (?:together with|along with|accompanied by|alongside) (?P<others>.{8,}))?\.?$",
    r"the (?:vice-)?chair(?:man|woman|person)?(?: of the \w+)? (?:then |also |formally )?"
    r"(?:(?:introduced|opened) [^,.]{3,40} and )?(?:welcomed|introduced|invited) (?:to the (?:meeting|committee|panel|board) )?(?P<welcomed>.{8,}?),?"
    r"(?: (?:to (?:the|his|her|their|this|speak|present|give|attend|address|outline|update|introduce|answer)|for (?:this|the)|who"
    r"|and (?:invited|thanked|asked|explained))\b.*)?$",
    r"(?:further to [^,]{3,80}, )?(?P<spoke>(?-i:[A-Z]|the ).{8,}?),? (?:jointly |then )?(?:gave|presented|delivered|introduced|addressed"
    r"|updated|answered|took (?:the )?members|outlined) (?:an?|the|members|their|his|her|questions)\b.*$",
    r"the (?:[\w&’'-]+ ){0,4}?<board> (?:also |then )?(?:heard from|took evidence from|welcomed(?: to the meeting)?|interviewed|questioned"
    r"|received (?:a |an |oral |written )?(?:presentation|update|evidence|briefing|report) (?:by|from)) (?P<heard>.{8,}?)"
    r"(?: (?:on|about|regarding|concerning|who|in relation to|which|as part|together with a|to|in respect of)\b.*)?$",
)
# "Head of Housing to circulate the map.", "Scrutiny Officer will arrange a visit": who, and what they are to do.
ASSIGNED = any_of(
    r"(?:the )?(?P<doer>[A-Z][\w’'&.-]*(?:,? (?:and |& |of |for |the |to |with )?[A-Z(][\w’'&().-]*){0,12}|[Oo]fficers) "
    r"(?P<when>to|will|is to|are to|undertook to|agreed to|would|offered to|promised to) (?:also |then )?(?P<verb>[a-z-]+)\b",
    flags=0,
)
TO_BE_DONE = any_of(r"(?:the|this|an?) (?:[\w’'-]+ ){1,8}?to be \w+(?:ed|n|t)\b")
WILL_DO = any_of(
    r"\b(?:would|will|to) (?:be )?(?!note|receive|approve|support|endorse|thank|exclude|defer|appoint|adjourn|elect|accept|adopt"
    r"|establish|delegate|suspend|nominate|confirm|co-opt|dissolve|remain)[a-z]+"
)
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
