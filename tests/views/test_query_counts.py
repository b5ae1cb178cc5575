"""A page asks the database as often for fifty rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations import clock
from recommendations.exports import chunks, whole_history
from recommendations.memory import memory
from recommendations.models import Answer, KeptFigures, Recommendation
from recommendations.trends.kept import count_everything
from tests import factories
from tests.exports.files import lines_of, received
from tests.views.pages import content_of, read

PAST = "?on=2026-11-14"
LISTS = ("dashboard", "recommendations", "follow-ups", "answers")
FILES = ("recommendations-file", "follow-ups-file", "answers-file")
ADDRESSES = [reverse(name) + query for name in LISTS for query in ("", PAST)]
ADDRESSES += [reverse(name, args=["csv"]) + query for name in FILES for query in ("", PAST)]
ADDRESSES += [reverse("all-trackers") + query for query in ("", PAST)]
ADDRESSES += [reverse(name, args=["csv"]) for name in ("meetings-file", "witnesses-file", "organisations-file")]
ADDRESSES += [reverse("recommendations-file", args=[ending]) for ending in ("docx", "xlsx")]
ADDRESSES += [f"{reverse(name)}?sort=-{sort}&size=100" for name, sort in (
    ("recommendations", "due"), ("follow-ups", "slipped"), ("meetings", "open"), ("organisations", "days"),
)]  # fmt: skip
ADDRESSES += [reverse(name) for name in ("my-work", "desk", "assign-many", "meetings", "drafts", "organisations")]


@pytest.fixture
def client(sign_in, clerk, owner):
    """Of somebody for whom every page has rows: a clerk who owns things too."""
    clerk.groups.add(*owner.groups.all())
    return sign_in(clerk)


@pytest.fixture
def lived(board, clerk, local, no_regime, today):
    """Makes recommendations a week ago, each with one of everything that a row of some page shows."""
    item = factories.make_item(factories.make_meeting(board))

    def live(how_many):
        with clock.set_to_day(factories.ago(7)):
            for _ in range(how_many):
                live_once(item, clerk, regimes=(local, no_regime))
        look_again()

    return live


def look_again():
    """PostgreSQL else takes the tables for what they were when it last looked, empty mostly: what is quickest of no rows
    takes minutes of hundreds."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def a_body():
    return factories.make_organisation(f"Body {next(factories.numbers)}")


def live_once(item, owner, regimes):
    late = factories.make_recommendation(item, owner=owner, due_on=factories.ago(2))
    factories.make_report(late, due_on=factories.ago(1))
    factories.make_asked_date(late.follow_ups.get(), by=owner)
    factories.make_update(late, by=owner)
    factories.make_response(late, notified_on=factories.ago(90), regime=regimes[0])
    factories.make_response(late, "The Cabinet", organisation=a_body(), regime=regimes[1])
    paused = factories.make_recommendation(item, owner=owner, due_on=factories.ago(2), progress="paused")
    factories.make_report(paused, due_on=factories.ago(-9))
    closed = factories.make_recommendation(item)
    closed.close("closed_superseded", at=item.meeting, by=owner, reason="A new law.", note="It is so.")
    factories.make_evidence(closed, witness=factories.make_witness(item))
    # Without a date, and in the second case without an owner either.
    factories.make_report(factories.make_recommendation(item, owner=owner))
    factories.make_recommendation(item)
    factories.make_meeting(item.meeting.board, factories.ago(-next(factories.numbers)))
    factories.make_draft()


def count_figures():
    """As every night, so that nothing needs to be put right."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {KeptFigures._meta.db_table}")
    count_everything(clock.today())


def queries_for(client, address):
    memory.forget()
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
        # A file asks as it is sent.
        content_of(response)
    assert response.status_code == 200
    return len(asked)


def test_every_list_asks_as_often_for_fifty_rows_as_for_half_as_many(client, lived):
    asked = []
    # More than a page, so that there is a next one to lead to.
    for how_many in (26, 24):
        lived(how_many)
        count_figures()
        asked.append({address: queries_for(client, address) for address in ADDRESSES})
    assert asked[0] == asked[1]


@pytest.mark.parametrize("who", ["clerk", "owner", "member", "other_member"])
@pytest.mark.usefixtures("client")
def test_the_dashboard_asks_as_often_after_a_change_however_much_there_is(who, lived, person, sign_in):
    """Right after it, and whatever its reader may read: few questions, none of which counts what there is."""
    client, asked = sign_in(person(who)), []
    # The names of people are remembered from the first time on.
    for how_many in (1, 26, 24):
        lived(how_many)
        client.get(reverse("dashboard"))
        Recommendation.objects.earliest("pk").retitle(f"After {how_many}", by=person("clerk"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("dashboard"))
        asked.append(len(queries))
    assert asked[1] == asked[2] <= 15


@pytest.mark.parametrize("who", ["clerk", "owner"])
@pytest.mark.usefixtures("client")
def test_the_history_asks_as_often_for_fifty_recommendations_as_for_one(who, lived, person, sign_in):
    """Several thousand rows are told at a time. An owner may read everything of some, and of the others not all."""
    client, address = sign_in(person(who)), reverse("recommendations-history", args=["csv"])
    factories.make_recommendation(owner=person(who))
    lived(1)
    for_one = queries_for(client, address)
    lived(10)
    assert queries_for(client, address) == for_one


def test_the_history_asks_seven_times_for_every_portion(client, lived, monkeypatch):
    """Once more for the second of the two organisations, which only a later portion names."""
    address = reverse("recommendations-history", args=["csv"])
    lived(2)
    at_once = queries_for(client, address)
    monkeypatch.setattr(whole_history, "ROWS", 1)
    references = {line["Reference"] for line in lines_of(received(client, address))}
    assert queries_for(client, address) == at_once + 7 * (len(references) - 1) + 1


def test_the_list_as_a_file_asks_four_times_for_every_thousand_rows(client, lived, monkeypatch):
    address = reverse("recommendations-file", args=["csv"])
    lived(2)
    at_once = queries_for(client, address)
    monkeypatch.setattr(chunks, "CHUNK", 1)
    rows = lines_of(received(client, address))
    assert queries_for(client, address) == at_once + 4 * (len(rows) - 1)


@pytest.mark.parametrize("name", ["impact-year", "impact-word"])
@pytest.mark.parametrize("query", ["", PAST])
def test_a_year_asks_as_often_for_fifty_recommendations_as_for_one(name, query, client, lived):
    lived(1)
    address = reverse(name, args=[2026]) + query
    for_one = queries_for(client, address)
    lived(12)
    assert queries_for(client, address) == for_one


@pytest.mark.parametrize("query", ["", PAST])
def test_what_is_late_asks_as_often_for_fifty_rows_as_for_one_of_each_kind(query, client, lived):
    """Fewer would not do: of a kind that a page shows nothing of, nothing is asked."""
    lived(1)
    for_one = queries_for(client, reverse("late") + query)
    lived(12)
    assert queries_for(client, reverse("late") + query) == for_one


@pytest.fixture
def busy(board, clerk, owner, local):
    """Makes so many of everything that the page of one recommendation shows."""
    recommendation = factories.make_recommendation(factories.make_item(factories.make_meeting(board)), owner=owner)

    def live(how_many):
        for number in range(how_many):
            factories.make_received_report(recommendation, due_on=factories.ago(number), submitted_by=owner)
            factories.make_update(recommendation, by=owner)
            body = a_body()
            response = factories.make_response(recommendation, body.name, regime=local, organisation=body)
            link, _ = factories.make_link(body, by=clerk)
            response.answer_with(Answer.ACCEPTED, by=None, through=link)
            recommendation.say("Two checks.", by=None, through=link)
            factories.make_evidence(recommendation)
            factories.make_evidence(recommendation, witness=factories.make_witness(recommendation.item))
        return recommendation

    return live


@pytest.mark.parametrize("who", ["clerk", "owner", "member"])
def test_the_page_of_a_recommendation_asks_as_often_after_a_long_life_as_after_a_short_one(who, busy, person, sign_in):
    client = sign_in(person(who))
    address = busy(1).get_absolute_url()
    for_one = queries_for(client, address)
    busy(24)
    assert queries_for(client, address) == for_one


@pytest.fixture
def before_the_board(board, owner, clerk, local):
    """Makes so many of everything that a sign-off and an agenda paper show, and gives the meeting of the day."""
    meeting, item = factories.make_meeting(board, factories.ago(0)), factories.make_item(factories.make_meeting(board))

    def wait(how_many):
        for _ in range(how_many):
            wait_once(item, owner, clerk, local)
        return meeting

    return wait


def wait_once(item, owner, clerk, regime):
    done, asked, handed_in, late = (factories.make_recommendation(item, owner=owner) for _ in range(4))
    done.change_progress("reported_complete", by=owner)
    factories.make_asked_date(factories.make_report(asked, due_on=factories.ago(1)), by=owner)
    factories.make_report(handed_in, due_on=factories.ago(18)).repeat(3, by=clerk).submit("Half of it.", by=owner)
    factories.make_report(factories.make_recommendation(item), due_on=factories.ago(3))
    late.set_due_date(factories.ago(2), by=clerk)
    for thing in (done, asked, handed_in, late):
        factories.make_update(thing, by=owner)
        factories.make_response(thing, regime=regime, notified_on=factories.ago(90))


@pytest.mark.parametrize("name", ["meeting-sign-off", "meeting-changes", "meeting-changes-word"])
def test_the_papers_of_a_meeting_ask_as_often_for_fifty_rows_as_for_one(name, before_the_board, sign_in, clerk, today):
    client = sign_in(clerk)
    address = reverse(name, args=[before_the_board(1).pk])
    address += "" if name == "meeting-sign-off" else f"?since={factories.ago(30)}&on={factories.ago(0)}"
    for_one = queries_for(client, address)
    before_the_board(12)
    assert queries_for(client, address) == for_one


@pytest.mark.usefixtures("today")
def test_the_summary_of_a_sign_off_asks_as_often_for_fifty_rows_as_for_one(before_the_board, sign_in, clerk):
    client = sign_in(clerk)
    address = reverse("meeting-sign-off", args=[before_the_board(1).pk])
    agreed = dict.fromkeys(("all_closing", "all_later", "all_report"), "on")
    for_one = queries_for_form(client, address, agreed)
    before_the_board(12)
    assert queries_for_form(client, address, agreed) == for_one


def queries_for_form(client, address, answers):
    sent = read(client, address).fields | answers
    with CaptureQueriesContext(connection) as asked:
        assert "Check before you save" in client.post(address, sent).content.decode()
    return len(asked)


def decide_on_a_date(meeting, clerk, owner):
    """At that meeting, of a follow-up report."""
    asked = factories.make_recommendation(factories.make_item(meeting), owner=owner)
    report = factories.make_report(asked, due_on=factories.ago(1))
    factories.make_asked_date(report, by=owner).grant(by=clerk, at=meeting)


def test_a_meeting_asks_as_often_for_fifty_decisions_on_dates_as_for_one(sign_in, clerk, owner, today):
    client, meeting = sign_in(clerk), factories.make_meeting()
    decide_on_a_date(meeting, clerk, owner)
    for_one = queries_for(client, meeting.get_absolute_url())
    for _ in range(12):
        decide_on_a_date(meeting, clerk, owner)
    assert queries_for(client, meeting.get_absolute_url()) == for_one


def test_a_meeting_asks_as_often_for_fifty_outcomes_as_for_one(sign_in, member, busy, board):
    client, meeting = sign_in(member), busy(1).item.meeting
    factories.make_recommendation(factories.make_item(meeting), owner=member)
    for_one = queries_for(client, meeting.get_absolute_url())
    for _ in range(5):
        item = factories.make_item(meeting)
        factories.make_witness(item)
        factories.make_resolution(item)
        for _ in range(10):
            factories.make_recommendation(item, owner=member)
    assert queries_for(client, meeting.get_absolute_url()) == for_one


def test_a_change_of_status_with_its_words_asks_for_nothing_twice(sign_in, clerk, board):
    """Session, person with their rights, recommendation; its lock; then it and the words, each with its history."""
    recommendation = factories.make_recommendation(factories.make_item(factories.make_meeting(board)))
    client, address = sign_in(clerk), reverse("recommendation-update", args=[recommendation.slug])
    answers = {"text": "Begun.", "progress": "in_progress", "version": recommendation.version}
    with CaptureQueriesContext(connection) as asked:
        assert client.post(address, answers).status_code == 302
    questions = [query["sql"] for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(questions) == 8, questions
