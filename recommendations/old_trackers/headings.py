"""The headings that trackers have been seen to carry, and what each means. Plain Python: one table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Meaning:
    """What a column can hold: its name on a page, the headings that mean it (the surest first), words to look for in others."""

    label: str
    headings: str
    within: str = ""
    # Several columns of one table may mean it.
    is_repeatable: bool = False


# The headings of our own export are among them.
MEANINGS = {
    "text": Meaning(
        "What was recommended",
        """recommendation; recommendations; recommendation made; recommendation wording; full recommendation; the
        boards words; recommendation action; recommendation or action; recommendation agreed; recommendations
        agreed; scrutiny recommendation; resolution; decision; resolution recommendation; request; action;
        actions; action required; action agreed; agreed action; actions agreed; action point; issue; details;
        description; what was asked; what was agreed; outcome of discussion""",
        within="recommendation; recommendations",
    ),
    "reference": Meaning(
        "Reference",
        """reference; ref; ref no; reference no; reference number; ref number; recommendation ref; recommendation
        reference; rec ref; unique reference; unique ref; tracker ref; tracker reference; id; rec id; action ref;
        urn""",
        within="reference; ref",
    ),
    "old_reference": Meaning("Old reference", "old reference; former reference; previous reference"),
    "number": Meaning(
        "Number in the minutes",
        """number in the minutes; no; number; s n; serial no; serial number; rec no; rec number; recommendation no;
        recommendation number; item no in report""",
    ),
    "board": Meaning(
        "Board",
        """board; committee; panel; commission; scrutiny committee; scrutiny board; overview and scrutiny committee;
        select committee""",
    ),
    "meeting": Meaning(
        "Date of the meeting",
        """meeting; date of meeting; meeting date; date; committee date; date of committee; date agreed; date made;
        date raised; date of recommendation; date recommendation made; recommendation date; board date; panel
        date; date added; date set; scrutiny date; meeting and date; date of scrutiny; origin date; date
        recommended; date of board meeting""",
        within="meeting date; date of meeting",
    ),
    "item": Meaning(
        "Item or subject",
        """item; agenda item; item title; subject; topic; area; service area; report title; title of report; report;
        theme; origin; source; review; title of review; scrutiny review; name of review; review title; task
        group; task and finish group; agenda item title; minute title; work programme item; item and minute""",
        within="agenda item; review; topic",
    ),
    "minute": Meaning(
        "Minute number",
        "minute number; minute; minute no; min no; min ref; minute ref; minute reference; item number; item no",
    ),
    "title": Meaning("Short title", "short title; title; summary; heading"),
    "kind": Meaning("Kind", "kind; type; type of recommendation; category; recommendation type"),
    "owner": Meaning(
        "Owner",
        """owner; lead officer; to; responsible officer; officer; lead officer executive member; lead; lead
        officers; officer responsible; responsible; responsibility; action owner; owner of action; action by; by
        whom; who; assigned to; accountable officer; contact officer; link officer; lead director; director; head
        of service; lead officer and member; person responsible; officer lead; responsible person; lead service;
        lead officer cabinet member""",
        within="officer; owner; by whom; responsible",
    ),
    "addressee": Meaning(
        "Addressee",
        """addressee; addressees; addressed to; to whom; recommended to; made to; directed to; cabinet member;
        portfolio holder; executive member; lead member; cabinet portfolio; portfolio; decision maker; responding
        body; partner; organisation; lead cabinet member; relevant cabinet member; recommendation to""",
        within="portfolio holder; cabinet member; executive member",
    ),
    "due": Meaning(
        "Due date",
        """due date; due; progress check on; progress check; date due; deadline; deadline date; target date; target;
        by when; due by; timescale; timescales; when; implementation date; target completion date; expected
        completion date; expected completion; completion due; target for completion; completion target; date for
        completion; planned completion date; implementation target; timeframe; date required; proposed
        implementation date; review date; anticipated completion date; expected date; due for completion""",
        within="deadline; due; target date; timescale; by when",
    ),
    "first_due": Meaning(
        "First due date",
        """first due date; original due date; original target date; original deadline; original target; initial
        target date; original date; original completion date; original implementation date""",
    ),
    "revised_due": Meaning(
        "Revised due date",
        """revised due date; revised target date; revised deadline; revised date; revised target; new due date; new
        target date; extended to; revised completion date; revised implementation date; current due date;
        extension date""",
        within="revised",
    ),
    "times_moved": Meaning("Times moved", "times moved; number of extensions; times deferred"),
    "status": Meaning(
        "How far it is",
        """status; current status; rag; rag status; rag rating; brag; brag status; state; complete; completed;
        complete y n; completed y n; implemented; implementation status; action status; status rag; progress
        status; open closed; status of recommendation; recommendation status; stage; progress""",
        within="status; rag",
    ),
    "update": Meaning(
        "What was done (an update)",
        """last update; action taken; update; updates; progress update; latest update; latest position; current
        position; position; progress to date; progress made; officer update; comments; comment; notes; note;
        progress comments; update comments; commentary; progress outcome; action taken to date; response update;
        latest progress; evidence; evidence of completion; actions taken; action progress; what has been done;
        progress since last meeting; current progress; update on progress""",
        within="update; action taken; comments; progress",
        is_repeatable=True,
    ),
    "updated": Meaning("Day of the last update", "last update on; date of last update; day of the last update"),
    "answer": Meaning(
        "What was answered",
        """answers; answer; response; cabinet response; executive response; response of cabinet; decision of
        cabinet; cabinet decision; executive decision; accepted; accepted rejected; accepted y n; agreed y n;
        response received; formal response; response from cabinet; accepted or rejected; partner response;
        service response; response to recommendation""",
        within="response; accepted",
    ),
    "answered": Meaning(
        "Day of the answer",
        """answered on; date of answer; date of response; response date; executive date; cabinet date; date of
        executive; date of cabinet; date to cabinet; date considered by cabinet; date considered by executive;
        date of cabinet decision; cabinet meeting""",
    ),
    "closed": Meaning(
        "Closed on (a meeting of the Board)",
        """closed on; date closed; closed at; date closed by committee; date signed off; signed off on; date signed
        off by committee; closed at meeting; date discharged""",
    ),
    "completed": Meaning(
        "Completed on",
        """completed on; date completed; completion date; date of completion; date implemented; actual completion
        date; date achieved; date actioned; completed date; actual completion; date complete""",
    ),
    "outcome": Meaning(
        "What changed because of it",
        """outcome; outcome impact; what changed; what changed because of it; impact; outcomes; result;
        outcome and impact; benefits""",
    ),
    "exempt": Meaning(
        "Exempt",
        """exempt; exempt paragraph; exempt under; part 2; part ii; confidential; restricted; open or exempt;
        exemption""",
    ),
}
# Kept with the record in words; not brought in at all.
NOTE, LEFT_OUT = "note", "none"
# The other sheets of our own export, which list no recommendations.
SHEETS_BESIDE = frozenset({"follow up reports", "answers", "about"})
# What our own export works out from the rest, as of its day.
WORKED_OUT = "followed up by; days slipped; next follow-up report; timeliness; days overdue"
CHOICES = {
    **{name: meaning.label for name, meaning in MEANINGS.items()},
    NOTE: "Keep as a note",
    LEFT_OUT: "Leave out",
}
