"""The whole history as a file: a line for every change, in order, and nothing that its reader may not read."""

from array import array

import pytest
from django.urls import reverse

from recommendations import clock
from recommendations.exports import whole_history
from tests import factories
from tests.exports.files import lines_of, received
from tests.test_formulas import DANGEROUS
from tests.views.pages import read

pytestmark = pytest.mark.usefixtures("today")
WHOLE = "/recommendations/history.csv"


@pytest.fixture
def lived(board, clerk, owner):
    """Recorded by the system, given an owner and a date, updated, its date moved; a day apart each."""
    with clock.set_to_day(factories.ago(4)):
        one = factories.make_recommendation(factories.make_item(factories.make_meeting(board)))
    for days, live in enumerate((
        lambda: one.assign(owner, by=clerk, reason="It is hers."),
        lambda: one.set_due_date(factories.ago(-9), by=clerk),
        lambda: one.say("Two schools.", by=owner),
        lambda: one.set_due_date(factories.ago(-30), by=clerk, reason="More time."),
    )):  # fmt: skip
        with clock.set_to_day(factories.ago(3 - days)):
            live()
    return one


def told(client, address=WHOLE):
    return [" | ".join(line.values()) for line in lines_of(received(client, address))]


def test_every_change_is_a_line(lived, sign_in, member):
    board = "SCSB R1/26 | Social Care Services Board"
    assert told(sign_in(member)) == [
        f"{board} | 2026-11-14 10:00:00 | The system | Recommendation | Recorded from the minutes |  |  |  | Made for a test. | ",
        f"{board} | 2026-11-15 10:00:00 | Ruth Bailey | Recommendation | Owner changed | Owner |  | Olu Shah | It is hers. | ",
        f"{board} | 2026-11-16 10:00:00 | Ruth Bailey | Recommendation | Due date set | Due date |  | 25 November 2026 |  | ",
        f"{board} | 2026-11-17 10:00:00 | Olu Shah | Progress update | Progress update |  |  |  |  | Two schools.",
        f"{board} | 2026-11-18 10:00:00 | Ruth Bailey | Recommendation | Due date moved | Due date | 25 November 2026"
        " | 18 December 2026 | More time. | ",
    ]  # fmt: skip


def test_it_may_end_with_an_earlier_day(lived, sign_in, member):
    assert len(told(sign_in(member), f"{WHOLE}?on=2026-11-16")) == 3


def test_it_is_of_the_recommendations_that_the_list_is_narrowed_to(lived, sign_in, member, owner):
    factories.make_recommendation(lived.item)
    assert len(told(sign_in(member), f"{WHOLE}?owner={owner.pk}")) == 5


def test_many_are_told_in_the_order_of_the_list(lived, sign_in, member, monkeypatch):
    monkeypatch.setattr(whole_history, "ROWS", 2)
    for _ in range(4):
        factories.make_recommendation(lived.item)
    lines = told(sign_in(member), f"{WHOLE}?sort=-reference")
    assert [line.partition(" |")[0] for line in lines[:5]] == [f"SCSB R{number}/26" for number in (5, 4, 3, 2, 1)]


def test_portions_are_bounded_by_the_rows_of_their_histories(lived, monkeypatch):
    """Six rows of the one that lived, one of each of the others."""
    ids = array("q", [lived.pk, *(factories.make_recommendation(lived.item).pk for _ in range(4))])
    monkeypatch.setattr(whole_history, "ROWS", 3)
    assert list(whole_history.portions(ids)) == [ids[:1], ids[1:4], ids[4:]]
    monkeypatch.setattr(whole_history, "ROWS", 8)
    assert list(whole_history.portions(ids)) == [ids[:3], ids[3:]]


def test_people_are_forgotten_where_they_are_too_many_to_remember(lived, sign_in, member, monkeypatch):
    before = told(sign_in(member))
    monkeypatch.setattr(whole_history, "MOST_KNOWN", 0)
    assert told(sign_in(member)) == before


def test_that_of_one_recommendation_downloads_too(lived, sign_in, member):
    factories.make_recommendation(lived.item)
    address = reverse("recommendation-history", args=[lived.slug, "csv"])
    assert len(told(sign_in(member), address)) == 5
    named = sign_in(member).get(address)["Content-Disposition"]
    assert 'filename="SCSB-R1-26-history-2026-11-18.csv"' in named


def test_everything_else_that_happens_is_told_by_its_record(lived, sign_in, member, executive, owner):
    factories.make_response(lived, regime=executive, answer="accepted")
    factories.make_report(lived, due_on=factories.ago(-9))
    factories.make_asked_date(lived, by=owner)
    factories.make_evidence(lived)
    records = {line.split(" | ")[4] for line in told(sign_in(member))}
    assert records == set(map(str, whole_history.RECORDS.values()))


@pytest.mark.parametrize(
    ("who", "reads"), [("clerk", True), ("owner", True), ("member", True), ("other_officer", False)]
)
def test_exempt_words_are_for_those_entitled_alone(who, reads, lived, person, sign_in, clerk):
    factories.make_update(lived, "A child’s name.", by=clerk, exempt_paragraph=2)
    assert ("A child’s name." in "".join(told(sign_in(person(who))))) == reads


@pytest.mark.parametrize(("who", "named"), [("clerk", True), ("other_officer", False)])
def test_a_history_with_exempt_words_says_so_in_its_name(who, named, lived, person, sign_in, clerk):
    factories.make_update(lived, "A child’s name.", by=clerk, exempt_paragraph=2)
    assert ("not-for-publication" in sign_in(person(who)).get(WHOLE)["Content-Disposition"]) == named


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_begins_as_a_formula(text, lived, sign_in, clerk):
    lived.retitle(text, by=clerk)
    lived.correct_words(f"{text} and so on", by=clerk, reason=text + "because")
    lived.say(f"{text} was said", by=clerk)
    cells = [cell for line in lines_of(received(sign_in(clerk), WHOLE)) for cell in line.values()]
    assert [cell for cell in cells if cell.strip()[:1] in list("=+-@＝＋－＠")] == []


def test_the_list_and_the_page_of_one_offer_it(lived, sign_in, member):
    assert read(sign_in(member), "/recommendations/?sort=due").links()["their history (CSV)"] == f"{WHOLE}?sort=due"
    links = read(sign_in(member), lived.get_absolute_url()).links()
    assert links["Download this history (CSV)"] == f"/recommendations/{lived.slug}/history.csv"


def test_the_public_is_not_offered_it(lived, client, settings):
    """Each timeline is public; who of the staff did what in all of them, in one file, is more than the public needs."""
    settings.PUBLIC_PAGES = True
    assert "their history (CSV)" not in read(client, "/recommendations/").links()
