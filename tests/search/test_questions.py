"""What a person types is read as words, phrases and words to leave out, whatever signs stand between them."""

import pytest

from recommendations.search.questions import MOST_TERMS, read


def told(typed):
    """(the first way to say each thing wanted, the same of each unwanted), in words."""
    question = read(typed)
    return [" ".join(term.ways[0]) for term in question.wanted], [" ".join(term.ways[0]) for term in question.unwanted]


def ways(typed):
    [term] = read(typed).wanted
    return {" ".join(words) for words in term.ways}


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("taxis", ["taxis"], []),
        ("Taxi Licensing", ["taxi", "licensing"], []),
        ("what happened about taxis?", ["taxis"], []),
        ("what did people say", ["people", "say"], []),
        ('"county lines" gangs', ["county lines", "gangs"], []),
        ("“county lines”", ["county lines"], []),
        ('"county lines', ["county lines"], []),
        ("school -bus", ["school"], ["bus"]),
        ('school -"bus pass"', ["school"], ["bus pass"]),
        ("school –bus", ["school"], ["bus"]),
        ("anti-social", ["anti social"], []),
        ("SCSB R3/26", ["scsb", "r3 26"], []),
        ("children’s homes", ["children", "homes"], []),
        ("children's homes'", ["children", "homes"], []),
        ("O’Brien", ["o brien"], []),
        ("café", ["cafe"], []),
        ("taxis taxis", ["taxis"], []),
        ("the of and", [], []),
        ('"the who"', [], []),
        ("-bus", [], ["bus"]),
        ("🚕 %_*\"():^ -- ' “”", [], []),
        ("buses\0trains", ["buses", "trains"], []),
        ("", [], []),
    ],
)
def test_a_question_is_read(typed, wanted, unwanted):
    assert told(typed) == (wanted, unwanted)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("bus", {"bus", "buses"}),
        ("children", {"children", "child"}),
        ("cse", {"cse", "child sexual exploitation"}),
        ("antisocial", {"antisocial", "anti social"}),
        ("well-being", {"well being", "wellbeing"}),
        ("20mph", {"20mph", "20 mph"}),
        ("R3/26", {"r3 26"}),
    ],
)
def test_a_word_is_looked_for_in_every_way_it_is_written(typed, said):
    assert ways(typed) == said


@pytest.mark.parametrize(
    "typed",
    ["child sexual exploitation", '"child sexual exploitation"', "police Child Sexual Exploitation -bus"],
)
def test_words_may_be_met_by_their_short_form(typed):
    met = [term.ways[0] for term in read(typed).wanted if ("cse",) in term.ways]
    assert [word for words in met for word in words] == ["child", "sexual", "exploitation"]


@pytest.mark.parametrize(
    "typed", ["child exploitation", "sexual child exploitation", "special educational needs", "disabled"]
)
def test_other_words_are_met_by_no_short_form(typed):
    assert not {("cse",), ("send",), ("dfg",)} & {words for term in read(typed).wanted for words in term.ways}


def test_a_short_form_meets_words_with_a_hyphen_and_words_that_say_nothing():
    assert all(("asb",) in term.ways for term in read("anti-social behaviour").wanted)
    assert all(("ehcp",) in term.ways for term in read("education, health and care plan").wanted)


def test_of_ten_thousand_letters_the_first_words_are_asked():
    assert len(read(" ".join(f"word{number}" for number in range(2_000))).wanted) == MOST_TERMS


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("R3/26", "r3-26"),
        ("scsb r3/26", "scsb-r3-26"),
        ("SCSB-R3-26", "scsb-r3-26"),
        ("SR (25/26) 01", "sr-25-26-01"),
        ("OSC001/16", "osc001-16"),
        ("taxis", ""),
        ("20 mph zones outside schools", ""),
        ("", ""),
        ("1" * 10_000, ""),
    ],
)
def test_a_reference_is_known_as_one(typed, slug):
    assert read(typed).slug == slug
