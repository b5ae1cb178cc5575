"""Headings, lead-ins, marks and page noise, in whatever words a council writes them."""

import pytest

from recommendations.minutes import headings, marks, sentences


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Witnesses:", "witnesses"),
        ("Attendees", "witnesses"),
        ("Also in attendance:", "witnesses"),
        ("Members present:", "present"),
        ("Key points raised during the discussions:", "points"),
        ("Key points made in the discussion", "points"),
        ("KEY POINTS OF DISCUSSION:", "points"),
        ("Purpose of the report:", "purpose"),
        ("Declarations of Interest", "declarations"),
        ("Recommendations:", "recommendations"),
        ("Progress on previous recommendations", "quoted"),
        ("Actions/ further information to be provided:", "actions"),
        ("Board Next Steps:", "actions"),
        ("RESOLVED", "resolved"),
        ("RESOLVED that", "resolved"),
        ("RECOMMENDED – T H A T", "resolved"),
        ("Supporting documents:", "documents"),
        ("Reasons for decision:", "reasons"),
        ("Apologies for absence", "apologies"),
        ("Questions and comments", "points"),
        ("Key themes arising from the discussion:", "points"),
        ("Invited guests", "witnesses"),
        ("Members of the Committee present", "present"),
        ("Declarations of interest (if any)", "declarations"),
        ("Information to be circulated", "actions"),
        ("Conclusions and recommendations", "recommendations"),
        ("Decisions of the Board", "resolved"),
        ("Accordingly it was RESOLVED", "resolved"),
        ("ORDERED that", "resolved"),
        ("RESOLVED (unanimously)", "resolved"),
    ],
)
def test_a_heading_is_known_in_many_words(line, kind):
    assert headings.heading_of(line).kind == kind


@pytest.mark.parametrize(
    ("line", "kind", "rest"),
    [
        ("Purpose:To understand the plan.", "purpose", "To understand the plan."),
        ("Declarations of interest – None", "declarations", "None"),
        ("Action: Ann to write", "action", "Ann to write"),
        ("RESOLVED – That the report be noted.", "resolved", "That the report be noted."),
        ("RESOLVED to thank the officers.", "resolved", "to thank the officers."),
        ("Resolved that the report be noted.", "resolved", "that the report be noted."),
    ],
)
def test_a_heading_may_have_its_words_behind_it(line, kind, rest):
    heading = headings.heading_of(line)
    assert (heading.kind, heading.rest) == (kind, rest)


@pytest.mark.parametrize(
    ("line", "addressee"),
    [("Resolved to RECOMMEND: (to Council)", "Council"), ("RECOMMENDED to Cabinet that trees be planted", "Cabinet")],
)
def test_a_heading_may_say_to_whom(line, addressee):
    heading = headings.heading_of(line)
    assert (heading.addressee, heading.recommends) == (addressee, True)


@pytest.mark.parametrize(
    "line",
    [
        "It was agreed that the Head of Roads would write.",
        "Agreed to differ.",
        "Present",
        "Discussion of 2019:",
        "",
        "12:30 lunch",
    ],
)
def test_other_lines_are_no_heading(line):
    heading = headings.heading_of(line)
    assert heading is None or heading.kind == "present"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("The Board Recommends:", "resolved"),
        ("The Panel:-", "resolved"),
        ("The Panel RECOMMENDED – T H A T", "resolved"),
        ("The Committee made the following recommendations:", "resolved"),
        ("The report recommended that:", "quoted"),
        ("The Committee had recommended in 2015 that:", "quoted"),
        ("During the ensuing discussion –", "points"),
        ("Residents asked:", "points"),
        ("The following actions were agreed:", "actions"),
        ("The following was agreed:", "resolved"),
        ("The Panel called on the Cabinet to:", "resolved"),
        ("The report of 2018 had made these recommendations:", "quoted"),
    ],
)
def test_a_sentence_may_lead_in_a_list(line, kind):
    assert headings.lead_in_of(line).kind == kind


@pytest.mark.parametrize("line", ["The Board noted the report.", "He said that", "x" * 700 + ":"])
def test_other_sentences_lead_in_nothing(line):
    assert headings.lead_in_of(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "Agenda item",
        "Share this item",
        "Page 3 of 7",
        "- 4 -",
        "Venue: Room 1",
        "Appendix A.pdf",
        "Annex pdf icon PDF 12 KB",
        "11.30 a.m.",
        "The meeting adjourned at 11.05.",
        "The Committee took a comfort break at 3.05pm.",
        "The Chair declared the meeting closed.",
        "There being no further business, the meeting ended.",
        "Ref | Action | Owner",
    ],
)
def test_page_noise_is_known(line):
    assert headings.is_noise(line)


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("1.   Officers", "1", "Officers"),
        ("1.Officers", "1", "Officers"),
        ("10) Members", "10", "Members"),
        ("(iv) the plan", "iv", "the plan"),
        ("a) the plan", "a", "the plan"),
        ("1.1 The plan", "1.1", "The plan"),
        ("• The plan", "", "The plan"),
        ("?The plan", "", "The plan"),
        ("II. The plan", "II", "The plan"),
        ("A. the plan", "A", "the plan"),
        ("(i)", "i", ""),
        ("Recommendation 2: That", "2", "That"),
        ("R1 That Cabinet", "R1", "That Cabinet"),
        ("AP1: Officers", "AP1", "Officers"),
        ("[3] Members", "3", "Members"),
        ("Q: Why so?", "", "Why so?"),
    ],
)
def test_a_list_mark_is_split_off(text, number, rest):
    mark, words = marks.split_mark(text)
    assert (mark.number, words) == (number, rest)


@pytest.mark.parametrize(
    "text",
    ["12.40 p.m. The meeting ended", "2.5 million pounds", "H. Orme spoke", "2019. The year", "Why?", "31 March"],
)
def test_other_beginnings_are_no_mark(text):
    assert marks.split_mark(text) == (None, text)


def test_the_letter_i_goes_on_after_h_and_begins_roman_numbers_elsewhere():
    mark, _ = marks.split_mark("(i) the plan")
    assert mark.follows("(letter)", "h")
    assert not mark.follows("(letter)", "b")
    assert not mark.follows("decimal", "1")


@pytest.mark.parametrize(
    "text",
    [
        "Keith Witham left the meeting at 12.00pm.",
        "Martin Bray-Walton arrived at 10:09.",
        "At 11.30am Councillor Jones left the room.",
        "(Cllr Webb withdrew from the meeting.)",
        "Councillor Roy Pell took the Chair.",
        "The Cabinet Member left at 3.15pm",
        "Note: Councillor Lamb left the meeting at noon.",
        "(Councillor Sir Hector Bligh arrived during the discussion of point 4.)",
        "The Vice-Chair presided from 11.40am.",
    ],
)
def test_comings_and_goings_are_known(text):
    assert sentences.is_attendance(text)


@pytest.mark.parametrize(
    "text",
    [
        "The train left at 10.15.",
        "Young people left the meeting rooms clean and " + "tidy " * 60,
        "Members spoke.",
        "The Chair asked how many were left.",
    ],
)
def test_other_sentences_tell_of_nobody_coming_or_going(text):
    assert not sentences.is_attendance(text)
