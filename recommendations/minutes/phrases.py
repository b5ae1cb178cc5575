"""The vocabulary of council minutes: headings, titles, role words, verbs. Data, with why each list exists."""

# --- Headings -----------------------------------------------------------------------------------------------
# A line is a heading of a section when every one of its words stands in `words` and one of `needs` is among them
# ("Key points raised during the discussions" in any wording). Order matters: the first that fits wins.
HEADINGS = (
    (
        "points",
        {"points", "discussion", "discussions", "debate"},
        set(
            "key main points point raised made noted arising of from in during the discussion discussions debate meeting"
            " by members and issues were as follows discussed summary following also this item for committee board panel"
            " detailed below".split()
        ),
    ),
    (
        "witnesses",
        {"witness", "witnesses", "attendees", "attendance", "present", "attending", "invited", "guests", "presenters"},
        set(
            "witness witnesses attendees officers officer in attendance also present attending invited guests guest"
            " presenters other external for this item the and cabinet by meeting from partners invitees council list of"
            " were following persons people".split()
        ),
    ),
    (
        "declarations",
        {"declarations", "declaration", "interest", "interests"},
        set(
            "declarations declaration of interest interests disclosable pecuniary and other members members' personal"
            " prejudicial disclosure disclosures non-pecuniary party whip whipping the in relation to any items on"
            " agenda".split()
        ),
    ),
    (
        "actions",
        {"action", "actions", "steps", "requested", "requests"},
        set(
            "action actions further information to be provided requested requests required agreed arising next steps the"
            " board committee panel board's committee's select for follow up follow-up points taken summary of and"
            " following meeting from key items".split()
        ),
    ),
    (
        "recommendations",
        {"recommendation", "recommendations"},
        set(
            "recommendation recommendations the board committee panel board's committee's select agreed made of to by"
            " cabinet council executive formal and following our its final scrutiny commission were these are key agreed"
            " leader".split()
        ),
    ),
)

# Whole lines (without case and closing stops) that are headings by themselves.
EXACT_HEADINGS = {
    "minutes": "minutes",
    "minute": "minutes",
    "discussion": "points",
    "debate": "points",
    "summary of discussion": "points",
    "summary of the discussion": "points",
    "issues raised": "points",
    "key issues": "points",
    "key issues raised": "points",
    "comments made": "points",
    "purpose": "purpose",
    "purpose of report": "purpose",
    "purpose of the report": "purpose",
    "purpose of the item": "purpose",
    "purpose of item": "purpose",
    "purpose of this report": "purpose",
    "reason for the report": "purpose",
    "decision": "resolved",
    "decisions": "resolved",
    "outcome": "resolved",
    "outcomes": "resolved",
    "conclusion": "resolved",
    "conclusions": "resolved",
    "resolution": "resolved",
    "resolutions": "resolved",
    "next steps": "actions",
    "further information": "actions",
    "apologies": "apologies",
    "apologies for absence": "apologies",
    "apologies for absence and substitutions": "apologies",
    "apologies and substitutions": "apologies",
    "substitutes": "apologies",
    "substitutions": "apologies",
    "present": "present",
    "members present": "present",
    "members in attendance": "present",
    "members": "present",
    "membership": "present",
    "committee members present": "present",
    "board members present": "present",
    "councillors present": "present",
    "in the chair": "present",
    "supporting documents": "documents",
    "additional documents": "documents",
    "background papers": "documents",
    "background documents": "documents",
    "reason for decision": "reasons",
    "reasons for decision": "reasons",
    "reason for the decision": "reasons",
    "reasons for the decision": "reasons",
    "reasons": "reasons",
    "other options considered": "reasons",
    "alternative options considered": "reasons",
    "options considered": "reasons",
}

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
    "issue - items", "no. item", "no item", "item", "no.", "print this page", "back to top", "home", "search", "menu", "main menu",
    "issue details", "meeting details", "attendance details", "agenda frontsheet", "printed minutes", "draft minutes", "documents",
    "related meetings", "bookmark this page", "show all", "hide", "contents", "end of document", "committee", "you are here",
    "accessibility", "cookies", "privacy", "contact us", "view directions", "get directions", "print version", "listen",
    "breadcrumb", "calendar", "committees", "meetings", "browse meetings", "part 1", "part i", "part one - public", "public document pack",
}  # fmt: skip
# The head of a table of people.
COLUMN_NAMES = set(
    "name names role roles title job position organisation organisations designation representing post".split()
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
PARTICLES = set("de du da van von der den la le el al bin ibn ap ab y st".split())

# A word of a role. "Director" begins one, "Member" needs company; any of them after a name makes a person line.
ROLE_WORDS = set(
    "director head manager officer member chair chairman chairwoman chairperson lead leader executive nurse commissioner"
    " constable superintendent inspector sergeant commander secretary coordinator co-ordinator consultant adviser advisor"
    " governor headteacher principal representative trustee clerk solicitor accountant auditor treasurer engineer planner"
    " analyst specialist practitioner gp clinician associate deputy assistant president ambassador spokesperson architect"
    " surveyor administrator supervisor worker ceo cfo coo dcs dass owner founder resident parent teacher lecturer professor"
    " researcher strategist partner convenor convener vice-chair vice-chairman director-general organiser registrar"
    " paediatrician psychologist psychiatrist therapist physician midwife pharmacist technician inspectors counsel barrister"
    " ombudsman guardian rapporteur facilitator champion caseworker ranger warden curator librarian monitor team"
    " superintendent portfolio-holder holder chaplain".split()
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
    " standard standards effectiveness efficiency modernisation relations affairs innovation systems complex directorate"
    " branch function functions care-leavers leavers provision provider providers market management".split()
)
# A comma part with one of these, and without a role word, is an organisation beyond doubt.
ORGANISATION_WORDS = set(
    "police constabulary ccg ccgs nhs trust hospital hospitals healthwatch ofsted university ltd limited plc llp cic council"
    " association charity ambulance icb ics federation mencap unison barnardo’s barnardos nspcc diocese chamber college academy"
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
    " declared wished were was had been".split()
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
