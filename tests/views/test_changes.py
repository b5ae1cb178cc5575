"""The page of what changed since the last meeting: its days, its four parts, its Word document."""

import datetime
import io

import pytest
from django.urls import reverse
from docx import Document

from recommendations import clock
from recommendations.models import Progress
from tests import factories
from tests.views.pages import Page, read, words_of

NOVEMBER = "since=2026-09-19&on=2026-11-17"


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day, 18 November."""


@pytest.fixture
def last_meeting(board):
    """On 19 September."""
    return factories.make_meeting(board)


@pytest.fixture
def meeting(board, last_meeting, today):
    return factories.make_meeting(board, today)


@pytest.fixture
def recommendation(last_meeting, owner):
    with clock.set_to_day(datetime.date(2026, 9, 21)):
        return factories.make_recommendation(factories.make_item(last_meeting), owner=owner, due_on=factories.ago(10))


def address(meeting, name="meeting-changes", query=""):
    return reverse(name, args=[meeting.pk]) + (f"?{query}" if query else "")


@pytest.mark.parametrize("name", ["meeting-changes", "meeting-changes-word"])
def test_the_address_carries_the_day_of_the_last_meeting_and_the_eve_of_this_one(sign_in, member, meeting, name):
    assert sign_in(member).get(address(meeting, name)).url == address(meeting, name, NOVEMBER)


@pytest.mark.parametrize(
    ("days_ahead", "query"),
    [(30, "since=2026-11-18&on=2026-11-18"), (0, NOVEMBER), (-60, "since=2025-09-18&on=2026-09-18")],
    ids=["ahead, after one today", "today", "the first one"],
)
def test_the_days_are_those_that_fit_the_meeting(sign_in, member, board, meeting, days_ahead, query):
    asked = factories.make_meeting(board, factories.ago(-days_ahead))
    assert sign_in(member).get(address(asked)).url == address(asked, query=query)


def test_the_page_says_what_it_compares_and_counts_its_parts(sign_in, member, meeting, recommendation):
    page = read(sign_in(member), address(meeting, query=NOVEMBER))
    assert "As it stood at the end of 17 November 2026, compared with the end of 19 September 2026." in page.text
    counts = [words_of(line) for line in page.main.xpath(".//ul[@class='govuk-list']/li")]
    assert counts == ["Live: 0", "Completed since the last meeting: 0", "Extension requested: 0", "Overdue: 1"]
    assert "Live (0) Nothing else is open." in page.text


def test_a_row_leads_to_its_recommendation(sign_in, member, meeting, recommendation):
    page = read(sign_in(member), address(meeting, query=NOVEMBER))
    assert page.links()[recommendation.reference] == recommendation.get_absolute_url()
    assert page.rows == [[
        f"{recommendation.reference} New", "Review the guidance Asked 19 September 2026", "Olu Shah",
        "11 September 2026 67 days overdue", "Not started", "Never", "None expected",
    ]]  # fmt: skip


def test_of_today_it_says_that_the_day_is_not_over(sign_in, member, meeting):
    page = read(sign_in(member), address(meeting, query="since=2026-09-19&on=2026-11-18"))
    assert "Today is not over: what still happens is not in it yet." in page.text


def test_days_typed_into_the_form_end_in_the_same_address(sign_in, member, meeting):
    typed = "since_day=19&since_month=9&since_year=2026&on_day=17&on_month=11&on_year=2026"
    assert sign_in(member).get(address(meeting, query=typed)).url == address(meeting, query=NOVEMBER)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("since=2026-09-19&on=2026-11-19", "As it stood at the end of: give today or an earlier day"),
        ("since=2026-11-17&on=2026-11-16", "Changed since the end of: give a day before the other one"),
        ("on=2026-11-16", "Enter the day to compare with"),
    ],
)
@pytest.mark.parametrize("name", ["meeting-changes", "meeting-changes-word"])
def test_days_that_make_no_sense_are_refused_in_words(sign_in, member, meeting, name, query, sentence):
    page = Page(sign_in(member).get(address(meeting, name, query), follow=True))
    assert page.errors == [sentence]
    assert page.rows == []


def test_the_word_document_says_the_same(sign_in, member, meeting, recommendation):
    client = sign_in(member)
    page = read(client, address(meeting, query=NOVEMBER))
    sent = client.get(page.links()["Word document for the agenda"])
    assert sent["Content-Disposition"] == 'attachment; filename="SCSB-2026-11-18-changes.docx"'
    [table] = Document(io.BytesIO(sent.content)).tables
    assert table.rows[1].cells[0].text.startswith(recommendation.reference)


def test_exempt_matter_is_not_shown_to_others_and_they_are_told(sign_in, member, other_member, meeting, last_meeting):
    with clock.set_to_day(datetime.date(2026, 9, 21)):
        factories.make_recommendation(factories.make_item(last_meeting, exempt_paragraph=3), title="A contract")
    seen, hidden = (read(sign_in(user), address(meeting, query=NOVEMBER)) for user in (member, other_member))
    assert "Holds exempt matter: not for publication." in seen.text
    assert "A contract" in seen.text
    assert "A contract" not in hidden.text
    assert "1 recommendation left out" in hidden.text


def test_a_closed_one_says_what_changed(sign_in, member, meeting, recommendation, board):
    with clock.set_to_day(datetime.date(2026, 10, 7)):
        at = factories.make_meeting(board, clock.today())
        recommendation.close(Progress.IMPLEMENTED, at=at, by=None, reason=factories.WHY, note="They\nknow.")
    text = read(sign_in(member), address(meeting, query=NOVEMBER)).text
    assert "Closed: implemented Closed at the meeting of 7 October 2026. They know." in text


def test_a_meeting_that_is_none_is_not_found(sign_in, member):
    assert sign_in(member).get("/meetings/0/changes.docx").status_code == 404
