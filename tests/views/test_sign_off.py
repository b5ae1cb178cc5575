"""The sign-off of a meeting: every decision, many at once, a summary first, and nothing lost where something is refused."""

import datetime

import pytest
from django.urls import reverse

from recommendations.models import DateChange, FollowUpReport, Progress, Recommendation, Verdict
from tests import factories
from tests.views.pages import Page, read, spelled_out, words_of

MARCH = datetime.date(2027, 3, 1)


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def meeting(board, today):
    """Held today."""
    return factories.make_meeting(board, today)


@pytest.fixture
def item(board):
    return factories.make_item(factories.make_meeting(board))


@pytest.fixture
def make(item, owner, clerk):
    """Makes a thing of one kind that waits for the Board: the record that its row is about."""

    def of_kind(kind, **fields):
        subject = factories.make_recommendation(item, owner=owner, **fields)
        if kind == "closing":
            return subject.change_progress(Progress.REPORTED_COMPLETE, by=owner)
        if kind == "report":
            return factories.make_report(subject, due_on=factories.ago(-5), submitted_by=owner)
        dated = factories.make_report(subject) if kind == "late-report" else subject
        dated.set_due_date(factories.ago(3), by=clerk)
        return factories.make_asked_date(dated, MARCH, by=owner) if kind == "later" else dated

    return of_kind


class Sheet:
    """Somebody at work on the sign-off of a meeting: fills in rows, goes on to the summary, saves."""

    def __init__(self, client, meeting):
        self.client, self.address = client, reverse("meeting-sign-off", args=[meeting.pk])

    def open(self):
        return read(self.client, self.address)

    def check(self, decisions, page=None, **whole):
        """The summary, or the page with what is wrong. `decisions`: {(kind, thing): {question: answer}}."""
        filled = {
            f"{kind}-{thing.pk}-{name}": answer
            for (kind, thing), answers in decisions.items() for name, answer in answers.items()
        }  # fmt: skip
        page = page or self.open()
        return Page(self.client.post(self.address, page.fields | whole | spelled_out(filled)))

    def save(self, summary):
        return Page(self.client.post(self.address, summary.fields | {"act": "save"}, follow=True))

    def sign_off(self, decisions, **whole):
        return self.save(self.check(decisions, **whole))


@pytest.fixture
def sheet(sign_in, clerk, meeting):
    return Sheet(sign_in(clerk), meeting)


# What waits there


def titles(page, section):
    rows = page.main.xpath(f".//section[@aria-labelledby='section-{section}']//legend[.//a]")
    return [words_of(row).split(" ", 2)[2] for row in rows]


def test_what_waits_stands_in_its_section(sheet, make):
    for kind in ("closing", "later", "report", "late-report", "late-action"):
        make(kind, title=kind)
    page = sheet.open()
    assert {name: titles(page, name) for name in ("closing", "later", "report", "late")} == {
        "closing": ["closing"], "later": ["later"], "report": ["report"], "late": ["late-report", "late-action"]
    }  # fmt: skip


def test_a_row_says_whose_it_is_when_it_was_due_and_what_was_last_said(sheet, make, owner, clerk):
    late = make("late-action")
    late.set_due_date(factories.ago(2), by=clerk, reason="Agreed.")
    late.say("Half of it is done.", by=owner)
    text = sheet.open().text
    assert "Olu Shah Due 16 November 2026 2 days overdue" in text
    assert "moved" in text
    assert "Last said, 18 November 2026: Half of it is done." in text


def test_a_row_that_waits_longer_says_so(sheet, make, board, item, owner):
    factories.make_meeting(board, factories.ago(20))
    make("closing")
    assert "Reported complete since the meeting of 29 October 2026." in sheet.open().text


@pytest.mark.parametrize("kind", ["closing", "later", "report", "late-action"])
def test_what_came_after_the_meeting_waits_for_the_next(sign_in, clerk, board, make, kind):
    make(kind, title="too late")
    before = Sheet(sign_in(clerk), factories.make_meeting(board, factories.ago(3)))
    page = before.open()
    assert "Nothing waits for a decision of this meeting." in page.text
    assert ("1 thing came in after this meeting and waits for the next one." in page.text) == (kind != "late-action")


def test_what_another_board_follows_up_does_not_stand_there(sheet, other_board):
    other = factories.make_item(factories.make_meeting(other_board))
    factories.make_recommendation(other, progress=Progress.REPORTED_COMPLETE)
    assert titles(sheet.open(), "closing") == []


def test_what_the_board_took_over_stands_there(sheet, board, other_board, clerk):
    factories.make_recommendation(
        factories.make_item(factories.make_meeting(other_board)), progress=Progress.REPORTED_COMPLETE, title="inherited"
    )
    other_board.ended_on, other_board.successor = factories.ago(0), board
    other_board.record(by=clerk)
    assert titles(sheet.open(), "closing") == ["inherited"]


def test_a_meeting_still_to_come_is_not_signed_off(sign_in, clerk, board, make):
    make("closing")
    ahead = Sheet(sign_in(clerk), factories.make_meeting(board, factories.ago(-7)))
    sentence = "This meeting can be signed off from 25 November 2026 on, the day it is held."
    assert sentence in ahead.open().text
    assert sentence in Page(ahead.client.post(ahead.address, {"act": "save"})).text


# Every decision of every row

TOMORROW = datetime.date(2026, 11, 19)
# name: (kind, answers, what the summary says, what then stands)
DECISIONS = {
    "closed": (
        "closing", {"choice": "close", "note": "They know."}, "Closed: implemented They know.",
        lambda r: (r.progress, r.outcome_note, r.closing_minute) == ("closed_implemented", "They know.", "34/26"),
    ),
    "closed otherwise": (
        "closing", {"choice": "otherwise", "outcome": Progress.SUPERSEDED, "reason": "A new law."},
        "Closed: superseded A new law.", lambda r: r.progress == Progress.SUPERSEDED,
    ),
    "sent back": (
        "closing", {"choice": "send_back", "reason": "No figures.", "due_on": MARCH},
        "Back to in progress; a new report is due 1 March 2027 No figures.",
        lambda r: (r.progress, r.follow_ups.get().due_on) == (Progress.IN_PROGRESS, MARCH),
    ),
    "granted": (
        "later", {"choice": "grant"}, "Later date granted: 1 March 2027",
        lambda c: (c.decision, c.decided_minute, c.recommendation.due_on) == ("granted", "34/26", MARCH),
    ),
    "refused": (
        "later", {"choice": "refuse", "reason": "Long enough."}, "Later date refused: it stays 15 November 2026 Long enough.",
        lambda c: (c.decision, c.decision_reason, c.decided_minute) == ("refused", "Long enough.", "34/26"),
    ),
    "accepted": (
        "report", {"choice": Verdict.ACCEPTED}, "Report 1 accepted",
        lambda r: (r.verdict, r.received_minute, r.recommendation.follow_ups.count()) == ("accepted", "34/26", 1),
    ),
    "further": (
        "report", {"choice": Verdict.FURTHER_WANTED, "due_on": MARCH},
        "Report 1 received, a further report wanted, due 1 March 2027",
        lambda r: r.recommendation.follow_ups.outstanding().get().due_on == MARCH,
    ),
    "not satisfied": (
        "report", {"choice": Verdict.NOT_SATISFIED, "reason": "No figures."},
        "Report 1: the Board is not satisfied No figures.",
        lambda r: (r.verdict, r.recommendation.follow_ups.outstanding().get().due_on) == ("not_satisfied", None),
    ),
    "report moved": (
        "late-report", {"choice": "move", "due_on": MARCH, "reason": "Ill."}, "New date: 1 March 2027 Ill.",
        lambda r: (r.due_on, r.date_changes.get().decided_minute) == (MARCH, "34/26"),
    ),
    "action moved": (
        "late-action", {"choice": "move", "due_on": TOMORROW, "reason": "Ill."}, "New date: 19 November 2026 Ill.",
        lambda r: (r.due_on, r.times_moved) == (TOMORROW, 1),
    ),
    "report asked for": (
        "late-action", {"choice": "ask", "due_on": MARCH}, "A follow-up report is asked for by 1 March 2027",
        lambda r: r.follow_ups.outstanding().get().due_on == MARCH,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_is_summed_up_before_it_is_saved(sheet, make, name):
    kind, answers, in_words, _ = DECISIONS[name]
    thing = make(kind)
    before = thing.version
    summary = sheet.check({(kind, thing): answers})
    assert [row[2] for row in summary.rows] == [in_words]
    thing.refresh_from_db()
    assert thing.version == before


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_is_saved_with_the_meeting_and_the_minute(sheet, make, meeting, name):
    kind, answers, _, stands = DECISIONS[name]
    thing = make(kind)
    page = sheet.sign_off({(kind, thing): answers}, minute="34/26")
    assert page.redirects == [meeting.get_absolute_url()]
    assert stands(type(thing).objects.get(pk=thing.pk))


# name: (kind, answers, what is wrong)
NOT_ENOUGH = {
    "another way, no reason": ("closing", {"choice": "otherwise"}, ["say why it is closed this way"]),
    "back, nothing said": (
        "closing", {"choice": "send_back"},
        ["say why the Board is not satisfied", "enter the day on which the new report is due"],
    ),
    "refused, no reason": ("later", {"choice": "refuse"}, ["say why the later date is refused"]),
    "further, no day": (
        "report", {"choice": Verdict.FURTHER_WANTED}, ["enter the day on which the further report is due"],
    ),
    "moved, no reason": ("late-action", {"choice": "move", "due_on": MARCH}, ["say why the date moves"]),
    "moved into the past": (
        "late-report", {"choice": "move", "reason": "Ill.", "due_on": datetime.date(2026, 11, 17)},
        ["give today or a later day"],
    ),
    "no real date": (
        "late-action", {"choice": "ask", "due_on_day": "31", "due_on_month": "2", "due_on_year": "2027"},
        ["By when? must be a real date, like 14 1 2027 or 14 January 2027"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NOT_ENOUGH)
def test_what_is_missing_is_said_with_the_reference_and_what_was_typed_stays(sheet, make, name):
    kind, answers, wrong = NOT_ENOUGH[name]
    thing = make(kind)
    page = sheet.check({(kind, thing): answers}, note="Agreed.")
    reference = (thing if isinstance(thing, Recommendation) else thing.recommendation).reference
    assert [error.replace("The answer to “By when?”", "By when?") for error in page.errors] == [
        f"{reference}: {sentence}" for sentence in wrong
    ]
    assert (page.fields["note"], page.fields[f"{kind}-{thing.pk}-choice"]) == ("Agreed.", answers["choice"])
    assert page.title.startswith("Error: ")


def test_something_half_typed_for_another_decision_does_not_stop_this_one(sheet, make):
    thing = make("closing")
    page = sheet.sign_off({("closing", thing): {"choice": "close", "due_on_day": "31"}})
    assert page.banner == "Saved: 1 closed as implemented."


def test_nothing_decided_is_nothing_to_save(sheet, make):
    make("closing")
    assert sheet.check({}).errors == [
        "Nothing is decided yet: choose at least one decision, or agree to all in a section."
    ]


# Many at once


def test_all_that_is_left_is_agreed_to_with_one_tick(sheet, make):
    first, second, third = (make("closing") for _ in range(3))
    decided = {("closing", second): {"choice": "send_back", "reason": "No figures.", "due_on": MARCH}}
    page = sheet.sign_off(decided, all_closing="on", minute="34/26")
    assert page.banner == "Saved: 2 closed as implemented, 1 back in progress."
    closed = Recommendation.objects.closed()
    assert {(row.pk, row.closing_minute) for row in closed} == {(first.pk, "34/26"), (third.pk, "34/26")}


def test_one_minute_and_one_note_serve_all(sheet, make):
    closing, later, report = make("closing"), make("later"), make("report")
    agreed = dict.fromkeys(("all_closing", "all_later", "all_report"), "on")
    page = sheet.sign_off({}, minute="34/26", note="On the officer’s advice.", **agreed)
    assert page.banner == "Saved: 1 closed as implemented, 1 later date granted, 1 report accepted."
    for thing in (closing, later, report):
        assert thing.history.latest().history_change_reason == "On the officer’s advice."


def test_the_summary_says_what_is_left(sheet, make):
    closing, later = make("closing", title="Visit the schools"), make("later", title="Train the staff")
    summary = sheet.check({("closing", closing): {"choice": "close"}})
    assert summary.heading == "Check before you save"
    assert "1 closed as implemented. 1 row is left as it is." in summary.text
    assert f"{later.recommendation.reference} Train the staff – a later date is asked for" in summary.text


def test_one_goes_back_from_the_summary_with_everything_typed(sheet, make):
    thing = make("closing")
    summary = sheet.check({("closing", thing): {"choice": "close", "note": "They\nknow."}}, minute="34/26")
    page = Page(sheet.client.post(sheet.address, summary.fields | {"act": "change"}))
    assert page.heading == "Sign off the meeting"
    assert (page.fields["minute"], page.errors) == ("34/26", [])
    assert page.fields[f"closing-{thing.pk}-note"].split() == ["They", "know."]


def test_what_comes_back_says_where_it_was_decided(sheet, make):
    thing = make("closing")
    sheet.sign_off(
        {("closing", thing): {"choice": "send_back", "reason": "No figures.", "due_on": MARCH}}, minute="34/26"
    )
    why = "No figures. (Meeting of Social Care Services Board on 18 November 2026, minute 34/26.)"
    assert thing.history.latest().history_change_reason == why


def test_a_report_that_is_awaited_already_gets_the_new_day(sheet, make):
    thing = make("closing")
    awaited = factories.make_report(thing, due_on=factories.ago(-30))
    sheet.sign_off({("closing", thing): {"choice": "send_back", "reason": "No figures.", "due_on": MARCH}})
    awaited.refresh_from_db()
    assert (awaited.due_on, FollowUpReport.objects.count()) == (MARCH, 1)


# Refused, stale, sent twice


def test_a_refusal_stands_on_its_row_and_nothing_is_saved(sheet, make, clerk):
    closing, later = make("closing"), make("later")
    summary = sheet.check({("closing", closing): {"choice": "close", "note": "They know."}}, all_later="on")
    later.recommendation.set_due_date(MARCH + datetime.timedelta(1), by=clerk, reason="Moved.")
    page = sheet.save(summary)
    assert page.errors == [
        f"{later.recommendation.reference}: The due date has changed since this was asked. Refuse it, or set the date itself."
    ]
    assert page.fields[f"closing-{closing.pk}-note"] == "They know."
    closing.refresh_from_db()
    assert closing.is_open


def test_a_row_that_changed_meanwhile_says_who_did_what(sheet, make, clerk):
    thing = make("closing")
    summary = sheet.check({("closing", thing): {"choice": "close", "note": "They know."}})
    thing.retitle("Visit the schools", by=clerk)
    page = sheet.save(summary)
    [error] = page.errors
    assert error.startswith(f"{thing.reference}: this has changed since you opened it. Ruth Bailey, 18 November 2026")
    assert "Short title changed from Review the guidance to Visit the schools." in error
    assert sheet.sign_off({}, page=page).banner == "Saved: 1 closed as implemented."


def test_the_same_summary_sent_twice_changes_nothing_the_second_time(sheet, make):
    things = {kind: make(kind) for kind in ("closing", "later", "report", "late-report", "late-action")}
    answers = {
        "closing": {"choice": "send_back", "reason": "No figures.", "due_on": MARCH},
        "later": {"choice": "grant"}, "report": {"choice": Verdict.ACCEPTED},
        "late-report": {"choice": "move", "due_on": MARCH, "reason": "Ill."},
        "late-action": {"choice": "ask", "due_on": MARCH},
    }  # fmt: skip
    summary = sheet.check({(kind, things[kind]): said for kind, said in answers.items()})
    sheet.save(summary)
    before = sum(model.history.count() for model in (Recommendation, FollowUpReport, DateChange))
    assert sheet.save(summary).banner == "This was saved already, so nothing was changed again."
    assert sum(model.history.count() for model in (Recommendation, FollowUpReport, DateChange)) == before
