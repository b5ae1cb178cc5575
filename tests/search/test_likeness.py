"""Have we asked this before? Tried on sentences as boards write them: what is the same is offered, what is not is not."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recommendations.memory import Memory
from recommendations.search import likeness, matching
from recommendations.search.likeness import MOST_SHOWN, asked_before, stems_of
from tests import factories
from tests.search.alike import EARLIER, PAIRS

pytestmark = pytest.mark.django_db
TAXIS = "That taxi drivers be trained in safeguarding."


@pytest.fixture
def earlier():
    """{name: the recommendation} of what boards asked before."""
    item = factories.make_item()
    return {
        name: factories.make_recommendation(item, title=title, text=text) for name, (title, text) in EARLIER.items()
    }


def offered(user, wording, **options):
    return [like.recommendation for like in asked_before({"a": wording}, user, **options)["a"]]


def test_what_was_asked_in_other_words_is_offered_and_something_else_is_not(clerk, earlier):
    """Measured on both databases: of 30 asked before 29 come first, of 20 never asked one gets an offer."""
    likes = asked_before({number: wording for number, (wording, _) in enumerate(PAIRS)}, clerk)
    first = [likes[number][0].recommendation if likes[number] else None for number in range(len(PAIRS))]
    right = [earlier[name] == first[number] for number, (_, name) in enumerate(PAIRS) if name]
    wrong = [first[number] is not None for number, (_, name) in enumerate(PAIRS) if not name]
    assert (len(right), len(wrong), sum(right), sum(wrong)) == (30, 20, 29, 1)


def test_the_same_words_come_first(clerk, earlier):
    assert offered(clerk, EARLIER["taxis"][1])[0] == earlier["taxis"]


def test_no_more_are_offered_than_one_reads(clerk):
    for _ in range(5):
        factories.make_recommendation(title="Taxis", text=TAXIS)
    assert len(offered(clerk, TAXIS)) == MOST_SHOWN


def test_of_five_alike_more_are_offered_where_more_are_wanted(clerk):
    for _ in range(5):
        factories.make_recommendation(title="Taxis", text=TAXIS)
    assert len(offered(clerk, TAXIS, most=10)) == 5


def test_one_is_not_offered_to_itself(clerk):
    recommendation = factories.make_recommendation(text=TAXIS)
    assert offered(clerk, TAXIS, besides=[recommendation.pk]) == []


@pytest.mark.parametrize(
    "wording", ["", "That officers report to the Board.", "1 2 3", "🚕", "%' \" -- *", "\0", "a" * 3_000]
)
def test_what_says_nothing_is_like_nothing(clerk, earlier, wording):
    assert offered(clerk, wording) == []


def test_nothing_asked_is_answered_with_nothing(clerk):
    assert asked_before({}, clerk) == {}


def test_a_wording_of_a_hundred_thousand_letters_is_no_burden(clerk, earlier):
    assert offered(clerk, f"{TAXIS} " * 3_000)[0] == earlier["taxis"]


@pytest.mark.parametrize(
    ("who", "number"), [("clerk", 1), ("member", 1), ("owner", 1), ("other_member", 0), ("stranger", 0)]
)
def test_what_is_exempt_is_offered_to_who_may_read_it_alone(who, number, person, owner, board):
    item = factories.make_item(factories.make_meeting(board))
    factories.make_recommendation(item, text=TAXIS, owner=owner, exempt_paragraph=3)
    assert len(offered(person(who), TAXIS)) == number


def test_many_wordings_cost_as_many_queries_as_one(clerk, earlier):
    assert clerk.is_clerk

    def queries(wordings):
        Memory.forget()
        with CaptureQueriesContext(connection) as asked:
            asked_before(wordings, clerk)
        return len(asked)

    many = {number: wording for number, (wording, _) in enumerate(PAIRS)}
    assert (queries({"a": TAXIS}), queries(many)) == (4, 4)


def test_how_often_a_common_word_is_said_is_asked_once_in_a_while(clerk, earlier, monkeypatch):
    monkeypatch.setattr(likeness, "MIDDLING", 1)
    offered(clerk, TAXIS)
    with CaptureQueriesContext(connection) as asked:
        assert offered(clerk, TAXIS)[0] == earlier["taxis"]
    assert len(asked) == 3


def test_of_words_that_stand_everywhere_all_that_share_most_are_offered_once(clerk, monkeypatch):
    monkeypatch.setattr(matching, "OFTEN", 1)
    monkeypatch.setattr(matching, "MIDDLING", 1)
    texts = [
        "That taxi drivers be trained in safeguarding children at night.",
        "That taxi drivers be trained in safeguarding.",
    ]
    made = [factories.make_recommendation(title="Taxis", text=text) for text in texts]
    assert offered(clerk, texts[0], most=10) == made


def test_of_one_word_nothing_is_looked_for(clerk, earlier, django_assert_num_queries):
    assert clerk.is_clerk
    with django_assert_num_queries(0):
        assert offered(clerk, "Gaps in provision") == []


def test_where_enough_share_all_the_common_words_nothing_less_alike_is_looked_for(clerk, monkeypatch):
    for name in ("OFTEN", "MIDDLING", "ENOUGH"):
        monkeypatch.setattr(matching, name, 1)
    texts = ["That taxi drivers be trained in safeguarding at night.", "That taxi drivers be trained in safeguarding."]
    alike, less = [factories.make_recommendation(title="Taxis", text=text) for text in texts]
    offers = offered(clerk, texts[0], most=10)
    assert offers == ([alike, less] if connection.vendor == "sqlite" else [alike])


def test_short_forms_are_read_as_what_they_stand_for():
    assert stems_of("CSE").keys() == stems_of("child sexual exploitation").keys()


def test_what_stands_in_every_recommendation_tells_nothing():
    assert stems_of("That officers report to the Boards in six months, on 12 May.") == {}
