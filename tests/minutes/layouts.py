"""Minutes of any length in the layouts that councils use, and in some that nobody would: for counts and for times."""

import sys

HEAD = ["SAFEGUARDING REPORT", "", "Purpose of the report:", "To review the year.", "", "Minutes:", "", "Witnesses:"]
PEOPLE = ["Jane Doe, Head of Roads", "Dr Ian Marlowe, Clinical Lead, Northvale CCG"]
SAID = "Members asked how families were told, and officers responded that a leaflet had gone to every school."
ASKED = "That officers report back to the Board in six months on what was done."
POINTS, OUTCOMES = "Key points raised during the discussion:", "The Board Recommends:"


def marked(mark):
    """Points and recommendations behind the same kind of mark; `{n}` is the running number."""

    def lines(entries):
        half = entries // 2
        said = [f"{mark.format(n=n)}{SAID}" for n in range(1, half + 1)]
        asked = [f"{mark.format(n=n)}{ASKED}" for n in range(1, half + 1)]
        return [*HEAD, *PEOPLE, "", POINTS, "", *said, "", OUTCOMES, "", *asked]

    return lines


def wrapped(entries):
    """Every point over three lines, as a narrow column prints it."""
    words = SAID.split()
    said = [
        line
        for _ in range(entries)
        for line in ("- " + " ".join(words[:6]), " ".join(words[6:12]), " ".join(words[12:]))
    ]
    return [*HEAD, *PEOPLE, POINTS, *said]


def whole_meeting(entries):
    items = [
        [f"{n}. ITEM OF BUSINESS", "", *HEAD[2:], *PEOPLE, "", POINTS, "", f"1. {SAID}", ""]
        for n in range(1, entries // 9 + 2)
    ]
    return [line for item in items for line in item]


LAYOUTS = {
    "numbered": marked("{n}.    "),
    "hyphens": marked("- "),
    "bullets": marked("•\u00a0"),
    "every point numbered one": marked("1. "),
    "letters in brackets": marked("(a) "),
    "no marks": marked(""),
    "wrapped lines": wrapped,
    "a whole meeting": whole_meeting,
    "people without end": lambda entries: [*HEAD, *PEOPLE * (entries // 2)],
    "all on one line": lambda entries: [" ".join([*HEAD, POINTS, *(f"{n}. {SAID}" for n in range(1, entries + 1))])],
    # Nobody's minutes, but somebody's attack.
    "list marks alone": lambda entries: ["1."] * entries,
    "brackets without end": lambda entries: ["(" * 8] * entries,
    "brackets on one line": lambda entries: ["(" * 8 * entries],
    "questions marks for everything": lambda entries: ["?A?b ?"] * entries,
    "headings alone": lambda entries: ["Witnesses:", "Recommendations:"] * (entries // 2),
}


def calls_of(action):
    """How much work `action` is: the number of functions called, Python's own included."""
    count = 0

    def tick(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tick)
    try:
        action()
    finally:
        sys.setprofile(None)
    return count
