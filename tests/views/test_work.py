"""My work, the clerk's desk, and giving owners and dates down a list."""

import datetime

import pytest
from django.urls import reverse

from recommendations.models import HandOver, Progress, Snapshot
from tests import factories
from tests.views.pages import Page, read, spelled_out, words_of

ASSIGN = reverse("assign-many")


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def item(board):
    return factories.make_item(factories.make_meeting(board))


# My work


@pytest.fixture
def my_work(sign_in, owner):
    """{heading: what is asked, in words, of each row under it} of the owner's page."""

    def groups():
        page = read(sign_in(owner), reverse("my-work"))
        headings = [words_of(heading) for heading in page.main.xpath(".//h2")]
        lists = page.main.xpath(".//ul[@class='app-tasks']")
        return {head: [words_of(row) for row in rows] for head, rows in zip(headings, lists, strict=True)}

    return groups


@pytest.fixture
def mine(item, owner):
    """Makes a recommendation of the owner's, by its title."""
    return lambda title, **fields: factories.make_recommendation(item, owner=owner, title=title, **fields)


def test_what_is_most_urgent_comes_first(my_work, mine):
    mine("later", due_on=factories.ago(-29))
    mine("dateless")
    mine("soon", due_on=factories.ago(-28))
    mine("done", progress=Progress.REPORTED_COMPLETE)
    mine("late", due_on=factories.ago(1))
    assert list(my_work()) == [
        "Overdue (1)", "Due in the next 28 days (1)", "Later (1)", "No date set (1)", "Waiting for the Board (1)"
    ]  # fmt: skip


def test_what_is_handed_over_while_the_page_is_read_stands_there_the_next_time(my_work, mine, monkeypatch):
    def somebody_hands_one_over(snapshot, among, follow_ups=Snapshot.follow_ups):
        factories.make_report(mine("handed over"), due_on=factories.ago(1))
        return follow_ups(snapshot, among)

    mine("late", due_on=factories.ago(1))
    monkeypatch.setattr(Snapshot, "follow_ups", somebody_hands_one_over)
    assert list(my_work()) == ["Overdue (1)"]


def test_within_a_group_the_oldest_comes_first(my_work, mine):
    mine("younger", due_on=factories.ago(2))
    mine("older", due_on=factories.ago(9))
    older, younger = my_work()["Overdue (2)"]
    assert "older" in older
    assert "younger" in younger


def test_a_row_says_what_it_is_where_it_stands_and_by_when(my_work, mine):
    recommendation = mine("Visit the schools", due_on=factories.ago(12), progress=Progress.IN_PROGRESS)
    assert my_work()["Overdue (1)"] == [
        f"{recommendation.reference} Visit the schools Social Care Services Board In progress "
        f"6 November 2026 12 days overdue Update progress of {recommendation.reference}"
    ]


def test_a_report_is_asked_for_by_its_own_date(sign_in, my_work, mine, owner):
    report = factories.make_report(mine("reporting"), due_on=factories.ago(-3))
    assert list(my_work()) == ["Due in the next 28 days (1)"]
    links = read(sign_in(owner), reverse("my-work")).links()
    assert links[f"Submit follow-up report 1 on {report.recommendation.reference}"] == reverse(
        "follow-up-submit", args=[report.pk]
    )


def test_a_report_and_an_action_of_one_recommendation_are_two_things_to_do(my_work, mine):
    factories.make_report(mine("both", due_on=factories.ago(-40)), due_on=factories.ago(3))
    assert list(my_work()) == ["Overdue (1)", "Later (1)"]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (
            lambda mine, owner: mine("x", progress=Progress.REPORTED_COMPLETE),
            "Nothing for you: the Board decides on closing",
        ),
        (
            lambda mine, owner: factories.make_report(mine("x"), submitted_by=owner),
            "Nothing for you: the report goes before the Board",
        ),
    ],
    ids=["reported complete", "report submitted"],
)
def test_what_waits_for_the_board_asks_nothing(my_work, mine, owner, make, words):
    make(mine, owner)
    [row] = my_work()["Waiting for the Board (1)"]
    assert row.endswith(words)


def test_an_answer_that_somebody_else_owes_does_not_make_it_wait_for_the_board(my_work, mine, local):
    factories.make_response(mine("answered by the police"), regime=local, notified_on=factories.ago(60))
    assert list(my_work()) == ["No date set (1)"]


def test_what_is_closed_or_somebody_elses_is_not_my_work(sign_in, item, mine, owner, other_officer):
    mine("closed", progress=Progress.IMPLEMENTED)
    factories.make_recommendation(item, owner=other_officer)
    page = read(sign_in(owner), reverse("my-work"))
    assert page.text == (
        "My work Nothing is asked of you at the moment. A clerk gives each recommendation its owner. See the dashboard"
    )


def test_what_is_exempt_and_mine_is_my_work(my_work, mine):
    mine("exempt", due_on=factories.ago(2), exempt_paragraph=3)
    assert len(my_work()["Overdue (1)"]) == 1


# The clerk's desk


@pytest.fixture
def desk(sign_in, clerk):
    return lambda: read(sign_in(clerk), reverse("desk"))


@pytest.fixture
def busy(item, mine, owner, local):
    """One of everything that needs the clerk."""
    factories.make_draft()
    factories.make_mail(became="refused")
    factories.make_recommendation(item, due_on=factories.ago(-2))
    mine("dateless")
    mine("done", progress=Progress.REPORTED_COMPLETE)
    factories.make_report(mine("late"), due_on=factories.ago(2))
    factories.make_report(mine("handed in"), submitted_by=owner)
    for days in (60, 50, None):
        notified_on = days and factories.ago(days)
        factories.make_response(mine("asked", due_on=factories.ago(-2)), regime=local, notified_on=notified_on)


@pytest.mark.usefixtures("busy")
def test_every_number_on_the_desk_opens_exactly_its_list(sign_in, clerk, desk):
    links = desk().main.xpath(".//*[contains(@class, 'app-counts')]//a")
    assert [words_of(link)[:2] for link in links] == ["1 "] * len(links)
    client = sign_in(clerk)
    assert {words_of(link): len(read(client, link.get("href")).rows) for link in links[1:]} == {
        words_of(link): 1 for link in links[1:]
    }


@pytest.mark.usefixtures("busy")
def test_the_desk_leads_on_to_its_work(desk):
    links = desk().links()
    assert links["Enter minutes"] == reverse("draft-new")
    assert links["Give owners and dates down one list"] == ASSIGN
    assert links["1 Drafts to finish"].startswith(reverse("drafts"))


def test_requests_for_later_dates_stand_on_the_desk(desk, mine, owner):
    recommendation = mine("asked", due_on=factories.ago(0))
    on_report = factories.make_asked_date(factories.make_report(recommendation, due_on=factories.ago(-5)), by=owner)
    change = factories.make_asked_date(recommendation, by=owner)
    page = desk()
    assert "Later dates asked for (2)" in page.text
    assert (
        f"{recommendation.reference} (follow-up report 1): Olu Shah asks for 21 December 2026 instead of 23 November 2026. "
        "The review takes longer than planned."
    ) in page.text
    assert {reverse("date-change", args=[one.pk]) for one in (on_report, change)} <= set(page.main.xpath(".//a/@href"))


def test_the_next_meetings_stand_on_the_desk(desk, board):
    factories.make_meeting(board, factories.ago(1))
    meeting = factories.make_meeting(board, factories.ago(-8))
    page = desk()
    assert "26 November 2026, Social Care Services Board (in 8 days)" in page.text
    assert [address for address in page.links().values() if "/meetings/" in address] == [meeting.get_absolute_url()]


def test_a_board_that_has_ended_has_no_next_meeting(desk, board, other_board, clerk):
    factories.make_meeting(board, factories.ago(-8))
    HandOver.make(board, other_board, by=clerk, ended_on=factories.ago(0))
    assert "None is entered. Add a meeting" in desk().text


def test_what_could_be_signed_off_stands_on_the_desk(desk, mine, board):
    mine("done", progress=Progress.REPORTED_COMPLETE)
    meeting = factories.make_meeting(board, factories.ago(0))
    page = desk()
    assert page.links()["Sign off the meeting of 18 November 2026"] == reverse("meeting-sign-off", args=[meeting.pk])


def test_an_empty_desk_says_so(desk):
    page = desk()
    assert "Later dates asked for (0) None." in page.text
    assert page.links()["Add a meeting"] == reverse("meeting-new")
    assert ASSIGN not in page.links().values()


# Owners and dates down a list


@pytest.fixture
def assign(sign_in, clerk):
    """Sends the list, filled in with `answers` to what each recommendation lacks: {recommendation: {name: answer}}."""
    client = sign_in(clerk)

    def send(page, answers):
        filled = {f"{row.slug}-{name}": value for row, given in answers.items() for name, value in given.items()}
        return Page(client.post(ASSIGN, page.fields | spelled_out(filled), follow=True))

    send.page = lambda: read(client, ASSIGN)
    return send


@pytest.fixture
def lacking(item):
    return factories.make_recommendation(item, title="Lacks both")


MARCH = datetime.date(2027, 3, 1)


def test_owners_and_dates_are_given_down_a_list(assign, lacking, item, owner):
    other = factories.make_recommendation(item, due_on=MARCH)
    page = assign(assign.page(), {lacking: {"owner": owner, "due_on": MARCH}, other: {"owner": owner}})
    lacking.refresh_from_db()
    other.refresh_from_db()
    assert page.banner == "2 recommendations changed."
    assert (lacking.owner, lacking.due_on, other.owner) == (owner, MARCH, owner)
    assert "Every open recommendation has an owner and a date." in page.text


def test_only_what_is_lacking_is_asked(assign, item, owner):
    dated, owned = factories.make_recommendation(item, due_on=MARCH), factories.make_recommendation(item, owner=owner)
    factories.make_recommendation(item, due_on=MARCH, owner=owner)
    page = assign.page()
    assert set(page.fields) == {
        "csrfmiddlewaretoken", f"{dated.slug}-owner", *(f"{owned.slug}-due_on_{part}" for part in ("day", "month", "year"))
    }  # fmt: skip
    assert "2 recommendations lack an owner or a date." in page.text


def test_an_empty_answer_leaves_it_as_it_is(assign, lacking):
    assert assign(assign.page(), {}).banner == "0 recommendations changed."
    assert lacking.history.count() == 1


def test_the_date_of_something_to_report_back_is_that_of_its_report(assign, lacking):
    report = factories.make_report(lacking)
    assert "The date is that of its follow-up report." in assign.page().text
    assign(assign.page(), {lacking: {"due_on": MARCH}})
    report.refresh_from_db()
    lacking.refresh_from_db()
    assert (report.due_on, lacking.due_on) == (MARCH, None)


def test_a_date_that_is_none_is_refused_and_everything_typed_is_kept(assign, lacking, owner):
    page = assign(
        assign.page(), {lacking: {"owner": owner, "due_on_day": "31", "due_on_month": "2", "due_on_year": "2027"}}
    )
    assert page.errors == ["Due date must be a real date, like 14 1 2027 or 14 January 2027"]
    assert page.title.startswith("Error: ")
    assert page.fields[f"{lacking.slug}-owner"] == str(owner.pk)
    assert page.fields[f"{lacking.slug}-due_on_day"] == "31"


def test_what_somebody_else_gave_meanwhile_is_told_and_not_overwritten(assign, lacking, owner, other_officer, clerk):
    page = assign.page()
    lacking.assign(other_officer, by=clerk)
    lacking.set_due_date(MARCH, by=clerk)
    page = assign(page, {lacking: {"owner": owner, "due_on": MARCH}})
    assert page.errors == [
        "Megan Price owns it by now. Choose “No owner yet” here to leave it so.",
        "It is due on 1 March 2027 by now. Empty the date here to leave it so.",
    ]
    lacking.refresh_from_db()
    assert lacking.owner == other_officer


def test_a_row_that_came_meanwhile_is_not_asked_about(assign, lacking, item, owner):
    page = assign.page()
    factories.make_recommendation(item)
    assert assign(page, {lacking: {"owner": owner}}).banner == "1 recommendation changed."


def test_a_refusal_names_its_row_and_nothing_is_saved(assign, lacking, item, owner, board):
    other = factories.make_recommendation(item)
    page = assign.page()
    other.close(Progress.IMPLEMENTED, at=factories.make_meeting(board, factories.ago(1)), by=None, reason=factories.WHY)
    page = assign(page, {lacking: {"owner": owner}, other: {"owner": owner}})
    assert page.errors == [
        f"{other.reference}: You may not do this, or the recommendation has been closed or reopened meanwhile."
    ]
    lacking.refresh_from_db()
    assert lacking.owner is None


def test_only_officers_who_can_sign_in_may_be_chosen(assign, lacking, owner, member):
    factories.make_officer("Gone Away", is_active=False)
    [choice] = assign.page().main.xpath(".//select")
    assert [words_of(option) for option in choice] == ["No owner yet", "Olu Shah – Head of Safeguarding"]


def test_of_a_long_queue_those_that_wait_longest_are_shown(desk, mine, owner, monkeypatch):
    monkeypatch.setattr("recommendations.views.work.Desk.MOST", 1)
    for title in ("first", "second"):
        factories.make_asked_date(mine(title, due_on=factories.ago(-5)), by=owner)
    page = desk()
    assert "Later dates asked for (2) The 1 that were asked for first are shown." in page.text
    assert page.text.count("asks for") == 1


def test_of_many_meetings_to_sign_off_the_latest_are_shown(desk, other_board, board, owner, monkeypatch):
    monkeypatch.setattr("recommendations.views.work.Desk.MOST", 1)
    for each in (board, other_board):
        item = factories.make_item(factories.make_meeting(each, factories.ago(3)))
        recommendation = factories.make_recommendation(item, owner=owner, due_on=factories.ago(-5))
        factories.make_asked_date(recommendation, by=owner)
        factories.make_meeting(each, factories.ago(0))
    page = desk()
    assert page.text.count("Sign off the meeting of") == 1
    assert page.links()["1 other meeting"] == reverse("meetings")
