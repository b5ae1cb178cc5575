"""Minutes of any length in the layouts that councils use, and in some that nobody would: for counts and for times."""

import sys

HEAD = ["SAFEGUARDING REPORT", "", "Purpose of the report:", "To review the year.", "", "Minutes:", "", "Witnesses:"]
PEOPLE = ["Jane Doe, Head of Roads", "Dr Ian Marlowe, Clinical Lead, Northvale CCG"]
SAID = "Members asked how families were told, and officers responded that a leaflet had gone to every school."
ASKED = "That officers report back to the Board in six months on what was done."
POINTS, OUTCOMES = "Key points raised during the discussion:", "The Board Recommends:"


def marked(mark):
    """Points and recommendations behind the same kind of mark; `{n}` is the running number, which a mark shows up to 999."""

    def lines(entries):
        half = entries // 2
        said = [f"{mark.format(n=n % 999 + 1)}{SAID}" for n in range(half)]
        asked = [f"{mark.format(n=n % 999 + 1)}{ASKED}" for n in range(half)]
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


def over_and_over(*lines):
    return lambda entries: [lines[number % len(lines)] for number in range(entries)]


def on_one_line(words):
    return lambda entries: [words * entries]


LAYOUTS = {
    "numbered": marked("{n}.    "),
    "hyphens": marked("- "),
    "bullets": marked("•\u00a0"),
    "every point numbered one": marked("1. "),
    "letters in brackets": marked("(a) "),
    "roman numbers": marked("iv) "),
    "numbers with a stop between": marked("1.{n} "),
    "no marks": marked(""),
    "wrapped lines": wrapped,
    "a whole meeting": whole_meeting,
    "people without end": lambda entries: [*HEAD, *PEOPLE * (entries // 2)],
    "all on one line": lambda entries: [" ".join([*HEAD, POINTS, *(f"{n}. {SAID}" for n in range(1, entries + 1))])],
    "bullets on one line": lambda entries: [" ".join([*HEAD, POINTS, *[f"• {SAID}"] * entries])],
}
# Nobody's minutes, but somebody's attack.
ATTACKS = {
    "list marks alone": over_and_over("1."),
    "hyphens alone": over_and_over("-"),
    "bullets alone": over_and_over("•"),
    "letters alone": over_and_over("a)"),
    "roman numbers alone": over_and_over("(iv)"),
    "numbers with a stop alone": over_and_over("1.1"),
    "numbers that go on": lambda entries: [f"{number % 1000}." for number in range(entries)],
    "every kind of mark in turn": over_and_over("1.", "-", "(a)", "•", "iv.", "1.1", "?A"),
    "list marks on one line": on_one_line("1. "),
    "bullets alone on one line": on_one_line("• "),
    "bullets and letters on one line": on_one_line("• x "),
    "letters in brackets on one line": on_one_line("(a) that; "),
    "brackets without end": over_and_over("(" * 8),
    "brackets on one line": on_one_line("(" * 8),
    "brackets within brackets": lambda entries: ["(" * 8 * entries + ")" * 8 * entries],
    "square brackets on one line": on_one_line("[[]]"),
    "question marks for everything": over_and_over("?A?b ?"),
    "question marks on one line": on_one_line("?A"),
    "headings alone": over_and_over("Witnesses:", "Recommendations:"),
    "headings on one line": on_one_line("Witnesses: "),
    "names alone": over_and_over("Jane Doe"),
    "names below their heading": lambda entries: ["Witnesses:", *["Jane Doe"] * entries],
    "names on one line": on_one_line("Jane Doe, "),
    "names and roles on one line": on_one_line("Jane Doe, Head of Roads and "),
    "the word resolved": over_and_over("RESOLVED"),
    "resolved on one line": on_one_line("RESOLVED that "),
    "decisions without marks": over_and_over(ASKED),
    "dashes": over_and_over("–"),
    "dashes on one line": on_one_line("-"),
    "lines that look blank": over_and_over("\u00a0", " . ", "\u200b", "\u00ad"),
    "cells on one line": on_one_line("a\t"),
    "spaces on one line": on_one_line("a" + " " * 30),
    "capitals on one line": on_one_line("A"),
    "words on one line": on_one_line("of the "),
    "times on one line": on_one_line("in six months by the end of June "),
    "owners on one line": on_one_line("(Owner: "),
    "one sentence without end": lambda entries: ["RESOLVED – That " + "the officers and " * entries],
    "everything in turn": over_and_over("1.", "Jane Doe", "RESOLVED", "–", "?", "", "Witnesses:", "a)", SAID, ASKED),
}


def calls_of(action):
    """How much work `action` is: the number of functions called, Python's own included, but not what measures coverage."""
    count, looks_on = 0, False

    def tick(frame, event, argument):
        nonlocal count, looks_on
        if event.startswith("c_") and (argument.__module__, argument.__name__) == ("slipcover.probe", "signal"):
            looks_on = event == "c_call"
        else:
            count += not looks_on and event in ("call", "c_call")

    sys.setprofile(tick)
    try:
        action()
    finally:
        sys.setprofile(None)
    return count
