"""How a name or a passage is recognised, whoever typed it."""

import pytest

from recommendations.models import Refused
from recommendations.redaction.wording import Wording

NAME = [
    ("Pat Doe spoke.", "[redacted] spoke."),
    ("PAT DOE spoke.", "[redacted] spoke."),
    ("Dr Pat Doe’s son", "Dr [redacted]’s son"),
    ("Pat\n  Doe and Pat\u00a0Doe", "[redacted] and [redacted]"),
    ("Doe, Pat (parent)", "[redacted] (parent)"),
    ("pat.doe@example.org", "[redacted]@example.org"),
    ("Letter_Pat_Doe.txt", "Letter_[redacted].txt"),
    ("q=Pat+Doe&r=pat%20doe", "q=[redacted]&r=[redacted]"),
    ("Pat Doherty", "Pat Doherty"),
    ("Spat Doe", "Spat Doe"),
    ("Pat. Doe is at home.", "[redacted] is at home."),
]
OTHERS = [
    ("Anne-Marie O'Neill", "Anne‑Marie O’Neill", "[redacted]"),
    ("Anne-Marie O'Neill", "anne?marie o`neill", "[redacted]"),
    ("Zoë Núñez", "Zoe\u0308 Nu\u0301n\u0303ez", "[redacted]"),
    ("Zoë Núñez", r'{"name": "Zo\u00eb N\u00fa\u00f1ez"}', '{"name": "[redacted]"}'),
    ("Zoë Núñez", "ZOE NUNEZ", "[redacted]"),
    ("Zoë O'Neill", "q=Zo%C3%AB+O%27Neill&r=Zoë%20O%E2%80%99Neill", "q=[redacted]&r=[redacted]"),
    ("Zoë O'Neill", "<b>Zo&euml;</b> O&#x27;Neill, **Zoë** O&rsquo;Neill", "<b>[redacted], **[redacted]"),
    ("Doe, Pat", "Pat Doe", "[redacted]"),
    ("Doe", "Pat Doe, Doe", "Pat [redacted], [redacted]"),
]


@pytest.mark.parametrize(("text", "without"), NAME)
def test_a_name_goes_however_it_is_written(text, without):
    assert Wording(names=["Pat Doe"]).without(text)[0] == without


@pytest.mark.parametrize(("name", "text", "without"), OTHERS)
def test_apostrophes_hyphens_and_accents_are_many(name, text, without):
    assert Wording(names=[name]).without(text)[0] == without


def test_a_passage_goes_over_line_ends():
    wording = Wording(passages=["the child's school"], instead="a school")
    assert wording.without("It is The  Child’s\nschool.") == ("It is a school.", 1)


def test_lists_and_dictionaries_are_gone_through_to_the_last_key():
    found = {"Pat Doe": ["Pat Doe", 3, None], "pat doe": {"by": "Pat Doe"}}
    made = {"[redacted]": ["[redacted]", 3, None], "[redacted] ": {"by": "[redacted]"}}
    assert Wording(names=["Pat Doe"]).without(found) == (made, 4)


@pytest.mark.parametrize("given", [{}, {"names": ["P."]}, {"names": ["Pat Doe", " "]}])
def test_too_little_to_look_for_is_refused(given):
    with pytest.raises(Refused, match="two letters"):
        Wording(**given)


def test_words_that_bring_it_back_are_refused():
    with pytest.raises(Refused, match="hold it again"):
        Wording(names=["Pat Doe"], instead="once Pat Doe")


def test_what_has_no_plain_letters_is_looked_for_in_every_row():
    assert Wording(names=["Łó"]).probes is None
    assert Wording(names=["Pat O’Doe-Smith"]).probes == ["Smith"]
