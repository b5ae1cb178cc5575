"""The vocabulary of council minutes: headings, titles, role words, verbs. Data, with why each list exists."""

# --- Headings -----------------------------------------------------------------------------------------------
# Words that any heading may hold beside its own: whose it is, and what happened to it.
JOINING = set(
    "the of and or & to for from by in on at as with this that these its our a an any all other further additional main key"
    " item items agenda report meeting were was are be been is made agreed raised arising following follows summary list notes"
    " board board's committee committee's panel panel's commission commission's scrutiny select sub-committee member member's"
    " members members' below above during".split()
)
_SAID = "raised discussed considered made heard explored identified highlighted arising noted"
# A line is a heading of a section when it holds a word of each set in `needs` and all its words stand in `words` or join
# ("Key points raised during the discussions" in any wording). Order matters: the first that fits wins.
HEADINGS = (
    ("apologies", (set("apologies absent absence substitutes substitutions".split()),), set(
        "apologies apology absent absence substitutes substitute substitutions received given submitted not present no named".split()
    )),
    ("present", (
        set("members councillors membership".split()),
        set("present attending attendance voting co-opted members membership".split()),
        set("present attending attendance voting co-opted committee board panel commission".split()),
    ), set("councillors membership those present attending attendance voting non-voting co-opted elected people".split())),
    ("witnesses", (set(
        "witness witnesses attendees attendance present attending attended invited invitees guests visitors presenters speakers"
        " contributors participants representatives advisers participating presenting presented".split()
    ),), set(
        "witness witnesses attendees officer officers attendance also present attending attended invited invitees guests guest"
        " visitors presenters presenting presented speakers speaker contributors participants participating representatives"
        " advisers external internal expert partners partner lead called those others who persons people organisations evidence"
        " answer questions attend giving cabinet council".split()
    )),
    ("declarations", (set("declarations declaration interest interests conflict conflicts disclosures disclosure whip".split()),), set(
        "declarations declaration interest interests conflict conflicts disclosable pecuniary personal prejudicial disclosure"
        " disclosures non-pecuniary party whip whipping relation if declare declared declarable register registrable received"
        " dispensations arrangements members'".split()
    )),
    ("recommendations", (set("recommendation recommendations".split()),), set(
        "recommendation recommendations formal final draft agreed conclusions conclusion outcomes outcome resolutions executive"
        " leader full council emerging interim provisional action actions partners partner officers cabinet nhs trust police health suggested proposed resolution"
        " suggestions put forward approved".split()
    )),
    ("points", (set("discussion debate".split()), set("followed ensued ensuing".split())), set(
        "discussion debate followed ensued ensuing general full lengthy comments points".split()
    )),
    ("actions", (
        set("action actions steps follow-up followed undertakings commitments tasks follow".split()),
    ), set(
        "action actions point steps next follow-up follow followed up undertakings undertaken commitments tasks required requested provided"
        " information taken forward away points officer officers post-meeting log given outstanding discussion matters responsible"
        " who clarification requests response responses".split()
    )),
    ("actions", (
        set("information responses response data figures documents items".split()),
        set("requested requests provided circulated required supplied promised".split()),
    ), set(
        "information requested requests provided circulated required supplied promised written response responses data figures"
        " documents more after".split()
    )),
    ("resolved", (set(
        "decision decisions outcome outcomes conclusion conclusions resolution resolutions determination determinations".split()
    ),), set(
        "decision decisions outcome outcomes conclusion conclusions resolution resolutions determination determinations taken"
        " reached discussion formal final".split()
    )),
    ("points", (set("points discussion discussions debate deliberations".split()),), set(
        "points point discussion discussions debate deliberations issues matters discussed detailed comments questions answers record"
        f" between highlights {_SAID}".split()
    )),
    ("points", (
        set("issues matters questions comments observations themes topics areas messages findings concerns lines evidence".split()),
        set(f"key main answers enquiry inquiry discussion queries summary {_SAID} comments".split()),
    ), set(
        "issues matters questions answers comments observations themes topics areas messages findings concerns lines enquiry discussion"
        f" inquiry evidence queries {_SAID}".split()
    )),
)  # fmt: skip
# "Members made the following recommendations" tells; without a colon it is no heading.
TELLING_HEADS = (
    r"\b(?:board|committee|panel|commission|members|group|council|cabinet|officers|chair) "
    r"(?:\w+ly |also |then |therefore |had |has |have )?(?:agreed|made|raised|discussed|considered|noted|heard|requested|is|are|was"
    r"|were|identified|highlighted|attended|presented|followed|took|invited|asked|tasked)\b"
)
# A plain word, or words that begin many a sentence, are a heading only before a colon.
ONLY_BEFORE_COLON = {
    "questions from members": "points",
    "members' questions": "points",
    "comments": "points",
    "themes": "points",
    "observations": "points",
    "questions": "points",
    "officers": "witnesses",
    "officer": "witnesses",
    "lead officer": "witnesses",
    "partners": "witnesses",
    "invited": "witnesses",
    "representing": "witnesses",
    "aim": "purpose",
    "aims": "purpose",
    "objective": "purpose",
}

# Whole lines (without case and closing stops) that are headings by themselves.
EXACT_HEADINGS = dict.fromkeys(
    ("minutes", "minute", "background", "introduction", "presentation", "officer presentation", "context", "overview",
     "summary of the report", "report summary", "item summary", "presentation of the report"),
    "minutes",
) | dict.fromkeys(
    ("discussion", "debate", "summary of discussion", "summary of the discussion", "issues raised", "key issues",
     "key issues raised", "comments made", "questions and answers", "questions & answers", "q&a", "q & a", "what was said",
     "what we heard", "key themes", "main themes", "key messages", "key findings", "members' comments", "comments from members",
     "lines of enquiry", "evidence heard", "evidence", "evidence from witnesses", "witness evidence", "findings", "summary of evidence", "members' questions and comments"),
    "points",
) | dict.fromkeys(
    ("purpose", "purpose of report", "purpose of the report", "purpose of the item", "purpose of item", "purpose of this report",
     "purpose of this item", "purpose of the agenda item", "purpose of agenda item", "purpose of the paper", "purpose of paper",
     "purpose of the briefing", "purpose of the session", "reason for the report", "reason for report", "reason for the item",
     "reason for item", "reason for consideration", "reason for this item", "reason for bringing the report",
     "aim of the item", "aim of the report", "what the item is for", "why this item is here", "objective of the item"),
    "purpose",
) | dict.fromkeys(
    ("speakers", "contributors", "representatives", "attendees", "invitees", "presented by", "who attended", "attended by",
     "evidence from", "giving evidence", "also present", "in attendance", "those attending", "attending", "invited to attend",
     "presenters", "guests", "visitors", "advisers", "participants", "lead officers", "external witnesses"),
    "witnesses",
) | dict.fromkeys(("interests", "party whip"), "declarations") | dict.fromkeys(
    ("decision", "decisions", "outcome", "outcomes", "conclusion", "conclusions", "resolution", "resolutions"), "resolved"
) | dict.fromkeys(
    ("next steps", "further information", "follow-up", "follow up", "to follow up", "undertakings", "commitments", "written responses",
     "information requested", "items to follow up"),
    "actions",
) | dict.fromkeys(
    ("apologies", "apologies for absence", "substitutes", "substitutions", "not present", "absent", "substitute members"), "apologies"
) | dict.fromkeys(
    ("present", "members", "membership", "in the chair", "councillors", "members present", "those present", "councillors present",
     "members in attendance", "board members", "committee members", "panel members", "commission members", "members of the board",
     "members of the committee", "members of the panel", "voting members", "co-opted members", "elected members"),
    "present",
) | dict.fromkeys(
    ("supporting documents", "additional documents", "background papers", "background documents", "attachments", "appendices",
     "attached documents", "related documents", "papers attached"),
    "documents",
) | dict.fromkeys(
    ("reason for decision", "reasons for decision", "reason for the decision", "reasons for the decision", "reasons",
     "reasons for recommendations", "reasons for the recommendations", "reason for recommendation", "other options considered",
     "alternative options considered", "options considered", "any alternative options considered and rejected"),
    "reasons",
)  # fmt: skip

# Headings that make the recommendations below them somebody else's, or yesterday's.
QUOTED_WORDS = (
    "previous", "past", "earlier", "outstanding", "progress", "tracker", "tracking", "response to", "responses to",
    "report recommend", "officer recommend", "officers' recommend", "officer's recommend", "task group", "from the report",
    "in the report", "of the report", "last meeting", "update on", "implementation of",
)  # fmt: skip

# Page noise of the councils' web pages: whole lines ...
NOISE = {
    "agenda item", "agenda items", "share this item", "share this page", "councillors and committees", "skip to content",
    "skip to main content", "skip to navigation", "agenda and minutes", "agenda", "issue - meetings", "issue - decisions",
    "issue - items", "no. item", "no item", "item", "items", "no.", "print this page", "back to top", "home", "search", "menu", "main menu",
    "issue details", "meeting details", "attendance details", "agenda frontsheet", "printed minutes", "draft minutes", "documents",
    "related meetings", "bookmark this page", "show all", "hide", "contents", "end of document", "committee", "you are here",
    "accessibility", "accessibility statement", "cookies", "cookie policy", "privacy", "privacy and cookies", "privacy notice",
    "privacy policy", "terms and conditions", "terms of use", "site map", "sitemap", "a to z", "disclaimer", "sign in", "log in", "contact us", "view directions", "get directions", "print version", "listen",
    "breadcrumb", "calendar", "committees", "meetings", "browse meetings", "part 1", "part i", "part one - public", "public document pack",
}  # fmt: skip
# Of these, the links that no list of points can hold.
NAVIGATION = {
    "share this item", "share this page", "skip to content", "skip to main content", "skip to navigation", "print this page",
    "back to top", "bookmark this page", "councillors and committees", "privacy and cookies", "cookie policy", "browse meetings",
}  # fmt: skip
# The head of a table of people.
COLUMN_NAMES = set(
    "name names role roles title job position organisation organisations designation representing post ref no action actions owner"
    " by when who what deadline due date target timescale responsible lead status update".split()
)
# ... and beginnings of lines.
NOISE_STARTS = (
    "venue:", "contact:", "contact officer:", "items no.", "media webcast", "webcast", "view the background to item",
    "link to ", "click here", "download ", "agenda item ", "pdf ", "pdf icon", "printer-friendly", "share this", "copyright ",
    "© ", "telephone:", "tel:", "email:", "e-mail:", "further information about", "additional documents pdf", "restricted enclosure",
    "the meeting concluded", "the meeting ended", "the meeting closed", "the meeting finished", "meeting ended", "meeting closed",
    "meeting concluded", "meeting finished", "the meeting commenced", "the meeting started", "the meeting began", "the meeting opened",
    "the meeting was adjourned", "the meeting adjourned", "the meeting reconvened", "the meeting resumed at", "the meeting terminated",
    "chairman's signature", "signed by the chair", "signed:", "duration of meeting", "start time:", "end time:", "date:", "time:",
    "date of next meeting", "next meeting:", "date of the next meeting", "published:", "last updated", "http://", "https://", "www.", "[the meeting", "(the meeting",
    "issue history", "meeting status", "agenda published", "minutes published",
)  # fmt: skip

# Standing guidance on interests, printed in every agenda: not what anybody declared.
GUIDANCE = (
    "disclosable pecuniary interests and", "interests arising under the code", "members present are required to declare",
    "members with a significant personal interest", "members are reminded", "as well as an interest of the member",
    "members are required to consider their interests", "member must not participate", "to receive any declarations",
    "are asked to declare", "are invited to declare", "are requested to declare", "are required to declare",
    "any interests of the member", "to declare any interests", "living as spouse or civil partner",
    "reasonably regarded as prejudicial", "declare at this point", "members of the committee are asked to declare",
    "to receive declarations", "to declare any disclosable",
)  # fmt: skip

# --- People -------------------------------------------------------------------------------------------------
TITLES = set(
    "councillor cllr clr dr mr mrs ms miss mx prof professor sir dame lord lady baroness rev revd reverend canon hon"
    " chief superintendent detective inspector sergeant constable supt det insp sgt pc dc dci di ds dcs acting"
    " temporary assistant deputy commander ch rt the major captain colonel lt alderman ald".split()
)
# Titles that make a person of one following word ("Councillor Rowan").
STRONG_TITLES = set(
    "councillor cllr clr dr mr mrs ms miss mx prof professor sir dame lord lady rev revd reverend superintendent inspector"
    " sergeant alderman".split()
)
HONOURS = set(
    "obe mbe cbe qpm jp dl kc qc phd msc ma ba bsc frcp frcgp kbe dbe cpfa mp mep bem rn cqsw mrcgp frcpch fca esq".split()
)
PARTICLES = set("'t ’t dos das do di ter de du da van von der den la le el al bin ibn ap ab y st".split())

# A word of a role. "Director" begins one, "Member" needs company; any of them after a name makes a person line.
ROLE_WORDS = set(
    "director head manager officer member chair chairman chairwoman chairperson lead leader executive nurse commissioner"
    " constable superintendent inspector sergeant commander secretary coordinator co-ordinator consultant adviser advisor"
    " governor headteacher principal representative trustee clerk solicitor accountant auditor treasurer engineer planner"
    " analyst specialist practitioner gp clinician associate deputy assistant president ambassador spokesperson architect"
    " surveyor administrator supervisor worker ceo cfo coo dcs owner founder resident parent teacher lecturer professor"
    " researcher strategist partner convenor convener vice-chair vice-chairman director-general organiser registrar"
    " paediatrician psychologist psychiatrist therapist physician midwife pharmacist technician inspectors counsel barrister"
    " ombudsman guardian rapporteur facilitator champion caseworker ranger warden curator librarian monitor team"
    " superintendent portfolio-holder holder chaplain carer tenant patient volunteer student pupil campaigner".split()
)
# Words with which no person's name is made: they tell "Ross Achterberg" from "Adult Services".
NOT_NAMES = ROLE_WORDS | set(
    "council councils board boards committee committees panel cabinet service services children children’s children's"
    " childrens adult adults adults’ social care family families health wellbeing well-being public corporate finance"
    " financial resources resource housing homes community communities safety safeguarding education learning lifelong skills"
    " school schools transport travel highways highway environment environmental planning policy performance strategy strategic"
    " partnership partnerships business support development commissioning quality delivery transformation improvement"
    " regeneration culture cultural leisure waste police policing nhs ccg ccgs trust hospital hospitals group groups authority"
    " authorities county borough district city town parish agenda item items minutes minute report reports update updates budget"
    " monitoring forward plan plans work working programme programmes review reviews question questions members apologies absence"
    " declarations interest interests points discussion recommendations recommendation actions action next steps supporting"
    " documents the and of for to in at with on by from a an democratic governance risk scrutiny overview select sub-committee"
    " commission clinical medical mental primary secondary acute integrated early help prevention protection youth justice"
    " probation fire rescue ambulance university college academy foundation association society charity federation union"
    " tenant tenants volunteer volunteers user patient patients operations operational operation executive interim acting senior deputy joint shared local national regional central"
    " government department office administration general human people workforce assets asset property estates audit investment"
    " insurance procurement contracts contract legal customer customers digital technology information data communications"
    " engagement research intelligence projects project capital revenue economy economic growth enterprise tourism sport sports"
    " parks countryside libraries library registration museums arts heritage climate change energy carbon flood water drainage"
    " roads traffic parking streets street cleansing recycling licensing regulatory trading standards consumer emergency"
    " resilience security crime disorder domestic abuse violence drugs alcohol substance misuse inclusion equality equalities"
    " diversity access disability disabilities special educational needs send autism carers carer fostering adoption looked after"
    " corporate parenting placement placements residential nursing homelessness tenants benefits welfare poverty employment"
    " apprenticeships adult’s private venue contact meeting purpose witnesses attendees present none resolved recommended agreed"
    " decision notes noted chapter section appendix part issue issues pdf icon kb mb share skip content issue status"
    " outcome outcomes response responses presentation introduction conclusion background summary proposals proposal options"
    " quarter annual quarterly monthly monday tuesday wednesday thursday friday saturday sunday january february march april"
    " june july august september october november december healthwatch ofsted csf sendcop ics icb icp stp commissioners"
    " child sexual exploitation exclusion chief senior vulnerable older feedback tracker tracking programme further"
    " additional any other welcome matters arising petitions petition motions motion call-in order announcements site visit"
    " visits task finish all new this that these his her their its our your unit unitary shire place places area areas"
    " neighbourhood neighbourhoods division region royal centre center room suite house assessment stakeholder liaison"
    " briefing note paper papers letter letters draft memo summary reports leaflet guidance"
    " voice voices maternity midwifery neonatal network networks alliance refuge hospice aid collective consortium hub forum"
    " fellowship champion champions survivors siblings advocacy helpline outreach cooperative co-operative initiative"
    " standard standards effectiveness efficiency modernisation relations affairs innovation systems complex directorate"
    " branch function functions care-leavers leavers provision provider providers market management".split()
)
# ... but for these, which are first names and surnames too.
FIRST_NAMES_TOO = set("april may june august summer autumn".split())
SURNAMES_TOO = set(
    "street park town parish constable head clerk major page young law hall price field fielding shields justice waters rivers bishop"
    " marshall chambers parks bridge lane".split()
)
# A comma part with one of these, and without a role word, is an organisation beyond doubt.
ORGANISATION_WORDS = set(
    "police constabulary ccg ccgs nhs trust hospital hospitals healthwatch ofsted university ltd limited plc llp cic council"
    " association charity refuge hospice samaritans ambulance icb ics federation mencap unison barnardo’s barnardos nspcc diocese chamber college academy"
    " kpmg capita network alliance consortium society institute union".split()
)
ORGANISATION_PHRASES = (
    "commissioning group", "fire and rescue", "fire & rescue", "probation service", "citizens advice", "age uk", "health board",
    "care board", "borough council", "primary school", "high school", "environment agency", "homes england", "national highways",
    "commissioning groups", "housing group", "police and crime panel",
)  # fmt: skip
# A line of a role that ends with one of these goes on in the next line.
DANGLING = set(
    "of and & for to the a an in on at with by from or – — - assistant deputy senior interim acting strategic cabinet chief"
    " vice executive joint associate principal that which regarding including into between than as their its his her"
    " detective".split()
)

# --- Verbs --------------------------------------------------------------------------------------------------
# Who speaks when "the Board recommends" something of its own.
BOARD_WORDS = (
    "board|committee|panel|commission|sub-committee|sub committee|group|forum|members|cabinet|council|executive|council"
)
# What people do in reported speech; a paragraph with one of them tells what was said.
SAID = set(
    "said noted asked queried highlighted explained responded raised updated presented introduced submitted received commented"
    " stated informed advised outlined reported questioned discussed considered welcomed referred suggested confirmed felt"
    " acknowledged agreed told expressed enquired inquired replied answered drew emphasised stressed reiterated clarified"
    " sought expressed thanked requested observed added concluded described heard proposed moved seconded voiced shared gave"
    " tabled recognised pointed accepted spoke praised challenged detailed argued warned summarised recommended resolved"
    " commended supported invited opened invited circulated recalled mentioned remarked believed hoped undertook"
    " declared wished were was had been addressed delivered took led went demonstrated showed walked joined appeared".split()
)
# The bare verbs with which a request begins after its addressees ("That officers *develop* ...").
ASKED_VERBS = set(
    "give develop provide receive consider report agree publish continue ensure work bring review explore be carry undertake"
    " prepare produce share circulate write ask investigate examine look make take set put monitor submit present return update"
    " improve increase reduce establish create identify develop promote encourage engage consult contact arrange organise"
    " commission implement introduce include strengthen support send inform invite clarify confirm add adopt address analyse"
    " assess appoint approve build campaign change clarify collect come communicate complete conduct consolidate convene"
    " coordinate co-ordinate create deliver demonstrate design discuss draw embed endorse evaluate expand expedite explain extend"
    " facilitate find follow fund hold have help highlight investigate join keep launch lead learn liaise lobby maintain map meet"
    " negotiate note obtain offer outline pilot plan prioritise progress provide pursue reconsider record redesign refer release"
    " remove request require research respond retain revise roll run schedule secure seek simplify speak start step suggest"
    " supply tell test track train treat urge use visit allow attend accelerate allocate advise alter apply amend begin check"
    " email e-mail ring phone act move raise recruit recognise restore reinstate reply pay open stop end install close set"
    " give complete feed clean call".split()
)
