"""The words of the portfolio: what boards ask for, in the field's phrases, so that a search has something to rank."""

# Codes of three letters begin the boards' own.
PLACES = {
    "NOR": "Northvale", "ASH": "Ashcombe", "BRI": "Brindle", "CAL": "Calderford", "DUN": "Dunmere", "ELM": "Elmstead",
    "FAR": "Farrowdale", "GRE": "Greystone", "HAR": "Harwell Bay", "ING": "Inglethorpe", "KES": "Kestrel Moor",
    "LAN": "Langmere", "MER": "Merrivale", "NEW": "Newbridge Vale", "OAK": "Oakhampton Dale", "PEN": "Penwick",
    "QUA": "Quarrington", "RAV": "Ravensholme", "SEL": "Selbrook", "THO": "Thornley Edge", "ULL": "Ullesford",
    "VAL": "Vale of Corran", "WES": "Westmarch", "YAR": "Yarrowby", "ALD": "Aldermoor", "BEC": "Beckhurst",
    "COL": "Coldwater", "DEV": "Deverill", "EAS": "Easterby", "FEN": "Fenwater",
}  # fmt: skip

# The letters of a board, its name, and the matters that come before it.
THEMES = (
    ("CS", "Children’s Services Scrutiny Board", (
        "child sexual exploitation", "therapeutic support for victims", "school exclusions", "homes for care leavers",
        "the waiting time for an education, health and care plan", "short breaks for carers",
        "the recruitment of foster carers", "mental health support in schools", "children missing from care",
        "the early help offer", "return home interviews", "residential placements out of the county",
    )),
    ("AH", "Adults and Health Scrutiny Board", (
        "delayed discharge from hospital", "the home care contract", "safeguarding of adults at risk",
        "access to dentists", "support for people with dementia", "the direct payments scheme",
        "day centres for adults with learning disabilities", "the stroke pathway", "winter pressures",
        "the quality of care homes", "loneliness among older people", "unpaid carers’ assessments",
    )),
    ("HT", "Highways and Transport Scrutiny Board", (
        "school buses that run late", "winter gritting", "the repair of potholes", "speed checks outside schools",
        "crossings on roads to schools", "bus routes in villages", "the parking permits scheme", "street lighting",
        "cycle lanes", "the condition of footways", "flooding of roads after heavy rain", "road works permits",
    )),
    ("EN", "Environment and Climate Scrutiny Board", (
        "missed waste collections", "fly-tipping", "the food waste service", "air quality near schools",
        "tree planting", "the household recycling centres", "flood defences", "the carbon budget of the council",
        "grass verges and wild flowers", "the retrofit of council buildings", "litter on trunk roads", "ash dieback",
    )),
    ("HO", "Housing Scrutiny Board", (
        "damp and mould in council homes", "the repairs service", "temporary accommodation", "rough sleeping",
        "empty homes", "the allocations policy", "fire safety in tower blocks", "adaptations for disabled tenants",
        "complaints of tenants", "the licensing of private landlords", "affordable homes", "rent arrears",
    )),
    ("CR", "Corporate Resources Scrutiny Board", (
        "the medium-term financial plan", "the use of agency staff", "sickness absence", "debt recovery",
        "the council tax support scheme", "cyber security", "the procurement pipeline", "the customer contact centre",
        "the property disposals programme", "the apprenticeship levy", "the capital programme", "freedom of information",
    )),
    ("SC", "Safer Communities Scrutiny Board", (
        "domestic abuse refuges", "knife crime", "hate crime reporting", "anti-social behaviour in parks",
        "the use of CCTV", "modern slavery", "county lines", "the night-time economy", "rural crime",
        "the fire service’s home safety visits", "victims’ experience of the courts", "online fraud against older people",
    )),
    ("EC", "Economy and Skills Scrutiny Board", (
        "the high street recovery plan", "broadband in rural areas", "adult learning", "apprenticeships for care leavers",
        "the tourism strategy", "business rates relief", "the local plan", "young people not in work or training",
        "the visitor economy", "grants for small firms", "the markets", "the skills bootcamps",
    )),
    ("CL", "Culture and Leisure Scrutiny Board", (
        "library opening hours", "the leisure centres contract", "swimming lessons in schools", "museums",
        "playgrounds", "the arts grants", "youth clubs", "access to the coast path", "archives", "parks and open spaces",
        "holiday activities and food", "community halls",
    )),
    ("HW", "Health and Wellbeing Scrutiny Board", (
        "childhood obesity", "the uptake of vaccination", "drug and alcohol treatment", "sexual health services",
        "perinatal mental health", "suicide prevention", "health visitors", "waiting times for autism assessments",
        "ambulance response times", "the closure of a community hospital", "school nurses", "health inequalities",
    )),
)  # fmt: skip
ACTORS = (
    "officers", "the Cabinet", "the Executive", "the Director of Children’s Services", "the Cabinet Member",
    "the Assistant Director", "the service", "the Head of Service", "the Integrated Care Board", "the partnership",
)  # fmt: skip
DOING = (
    "publish every quarter how the council performs on", "bring forward a plan for", "write to every parish council about",
    "agree a joint protocol on", "review the budget for", "set measurable targets for", "appoint a lead officer for",
    "tell residents in plain words about", "train all front-line staff in", "share data with partners on",
    "run a pilot in two wards on", "map the gaps in", "give members a dashboard of", "work with the voluntary sector on",
)  # fmt: skip
CONSIDERING = (
    "give consideration to further investment in", "consider a joint commissioning approach to",
    "explore with partners the options for", "consider how young people can be heard on",
    "consider whether a single point of contact would help with", "look at what other councils do about",
)  # fmt: skip
REPORTING = (
    "provide a further report to the Board on", "report back to the Board on the outcome of the review of",
    "return with an update on progress with", "bring an annual report to the Board on",
)  # fmt: skip
ASKING = (
    "circulate to members a briefing note on",
    "send the Board the figures on",
    "arrange a visit for members about",
)
WHERE = (
    "across the county", "in the most deprived wards", "in rural areas", "for families in need", "in every secondary school",
    "with the health partners", "in the town centres", "for young people aged 16 to 25", "in all districts", "with the police",
)  # fmt: skip
WHEN = (
    "within six months", "before the next budget is set", "by the end of the municipal year", "as soon as practicable",
    "in time for the autumn term", "within twelve weeks",
)  # fmt: skip
SAYING = (
    "Members asked how the service knew that its work on {matter} was making a difference.",
    "It was noted that {matter} had been raised by residents {where}, and that the figures had not improved.",
    "The witness explained that demand had risen by {number} per cent in a year, and that {matter} took up most of it.",
    "A member said that too little was known about {matter} {where}.",
    "Officers said that a review of {matter} had begun, and that partners were taking part.",
    "The Board heard that {number} families had waited longer than they should because of {matter}.",
)
PROGRESS = (
    "A working group on {matter} has met {number} times, and a plan is with the management team.",
    "Partners have agreed to share what they know about {matter}.", "A post for {matter} has been advertised.",
    "The first results on {matter} are expected after the summer; {number} people have been asked so far.",
    "Costs of the work on {matter} are with finance.", "The pilot on {matter} runs {where}.",
)  # fmt: skip
REPORTS = (
    "The Board asked to hear about {matter}. Since then {number} cases have been looked at {where}; waiting times fell, and "
    "the remaining work is set out in the appendix.",
    "This report says what was done about {matter}: a new protocol, training for {number} staff, and a first look at whether "
    "it helps.",
    "Progress with {matter} {where} is slower than was planned. {number} of the steps are done; the others wait for a budget.",
)
OUTCOMES = (
    "Waiting times for {matter} fell by {number} days.", "{number} more residents were helped with {matter}.",
    "A lead officer answers for {matter} now.", "Members see the figures on {matter} every quarter.",
)  # fmt: skip
REFUSALS = (
    "It would cost more than the service has.", "The law leaves no room for it.",
    "The contract runs for two more years and cannot be changed.", "Partners do not agree that it is needed.",
)  # fmt: skip
ACCEPTANCES = (
    "The recommendation is accepted and will be part of the service plan.", "Work on this has begun.",
    "Agreed, subject to the budget.", "",
)  # fmt: skip
PAUSES = ("The post is vacant.", "Waiting for the national guidance.", "Held until the budget is agreed.")
DELAYS = (
    "Partners could only meet after the holidays.", "The figures came later than was promised.",
    "The consultation was extended.", "The lead officer has left; a successor starts next month.",
)  # fmt: skip
RETURNS = ("The Board wants to see the figures first.", "Two of the four steps are still to be done.")
DROPS = ("The Cabinet did not accept it.", "A new contract makes it needless.", "It is part of a wider review now.")
FORENAMES = (
    "Ruth Olu Asha Dev Tess Megan Tom Ines Lena Paul Una Linda Claire Ravi Joan Sam Nadia Peter Grace Omar Helen Yusuf Fiona "
    "Liam Priya Colin Zara Hugh Maya Alan Bronwen Idris Kofi Marta Neil Rosa Sunil Vera Wendy Ewan"
).split()
SURNAMES = (
    "Bailey Shah Nair Patel Boyle Price Reed Moreau Cross Furnell Brody Cunningham Curran Green Adeyemi Hughes Walker Okafor "
    "Hall Turner Singh Lewis Khan Wright Begum Morgan Ali Evans Cooper Ahmed Ward Kelly Rahman Foster Chowdhury Gray Hussain "
    "Mason Osei Palmer"
).split()
POSTS = ("Head of", "Assistant Director for", "Manager for", "Commissioner for", "Lead officer for")
BODIES = ("County Council", "Police", "NHS Trust", "Citizens Advice", "Schools Forum", "Youth Council")
