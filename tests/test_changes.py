"""What changed since the last meeting: the four parts as they stood, and the same paper whenever it is made again."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser, Group

from recommendations import clock, permissions
from recommendations.changes import changes
from recommendations.exports import word_of_changes
from recommendations.models import Answer, Progress, User, Verdict
from tests import factories
from tests.models.tables import REASON

pytestmark = pytest.mark.django_db


def day(month, number, year=2026):
    return datetime.date(year, month, number)


# The last meeting, the day before the next one, and the next one.
SINCE, ON, NEXT = day(11, 4), day(12, 8), day(12, 9)


@pytest.fixture
def item(board, clerk):
    """Asked in September, long before the last meeting."""
    with clock.set_to_day(day(9, 2)):
        return factories.make_item(factories.make_meeting(board, day(9, 2)))


# Known under these names since spring, whenever the tests are run.


@pytest.fixture
def board(db):
    with clock.set_to_day(day(4, 1)):
        return factories.make_board("SCSB", "Social Care Services Board")


@pytest.fixture
def owner(db):
    officer = renamed(User(email="olu.shah@example.org"), "Olu Shah", on=day(4, 1))
    officer.groups.add(Group.objects.get_or_create(name=permissions.OFFICERS)[0])
    return officer


def renamed(user, name, *, on):
    with clock.set_to_day(on):
        user._history_date, user.full_name = clock.now(), name
        user.save()
    del user._history_date
    return user


@pytest.fixture
def asked(item, owner):
    """Makes a recommendation as it was asked in September; more may happen on the days given with it."""

    def ask(title="Review the guidance", then=(), **fields):
        with clock.set_to_day(day(9, 2)):
            recommendation = factories.make_recommendation(item, title=title, **{"owner": owner} | fields)
        for on, happen in then:
            with clock.set_to_day(on):
                happen(recommendation)
        return recommendation

    return ask


@pytest.fixture
def meeting(board, clerk):
    with clock.set_to_day(day(10, 1)):
        factories.make_meeting(board, SINCE)
        return factories.make_meeting(board, NEXT)


@pytest.fixture
def paper(meeting, clerk):
    """The paper as somebody reads it on a day; the clerk on the eve of the meeting, unless given."""

    def read(user=None, read_on=NEXT, since=SINCE, on=ON):
        with clock.set_to_day(read_on):
            return changes(meeting, user or clerk, since=since, on=on)

    return read


def titles(paper):
    return {part.name: [line.title for line in part.lines] for part in paper.parts}


def only_line(paper):
    [line] = [line for part in paper.parts for line in part.lines]
    return line


def done(by):
    return lambda recommendation: recommendation.change_progress(Progress.REPORTED_COMPLETE, by=by)


# In which part


@pytest.mark.parametrize(
    ("due_on", "reported_on", "asked_on", "part"),
    [
        (None, None, None, "live"),
        (day(12, 8), None, None, "live"),
        (day(12, 7), None, None, "overdue"),
        (day(12, 7), day(11, 5), None, "completed"),
        (day(12, 7), SINCE, None, "live"),
        (day(12, 7), day(12, 9), None, "overdue"),
        (day(12, 7), None, day(12, 1), "extension"),
        (day(12, 7), None, day(12, 9), "overdue"),
        (day(12, 7), day(12, 2), day(12, 1), "completed"),
    ],
)
def test_each_stands_in_one_part(asked, paper, owner, due_on, reported_on, asked_on, part):
    then = [(asked_on, lambda r: r.ask_for_later_date(day(1, 31, 2027), by=owner, reason="Late."))] if asked_on else []
    then += [(reported_on, done(owner))] if reported_on else []
    asked(due_on=due_on, then=sorted(then, key=lambda each: each[0]))
    assert {name: len(lines) for name, lines in titles(paper()).items() if lines} == {part: 1}


@pytest.mark.parametrize(("closed_on", "part"), [(day(11, 18), "completed"), (SINCE, None), (day(12, 9), "live")])
def test_what_was_closed_stands_as_completed_unless_it_was_at_the_last_meeting(
    asked, board, paper, clerk, closed_on, part
):
    with clock.set_to_day(day(10, 1)):
        at = factories.make_meeting(board, closed_on)
    recorded_on = closed_on + datetime.timedelta(days=0 if closed_on > SINCE else 2)
    asked(
        then=[(recorded_on, lambda r: r.close(Progress.IMPLEMENTED, at=at, by=clerk, minute="3/26", note="They know."))]
    )
    assert [name for name, lines in titles(paper()).items() if lines] == ([part] if part else [])


def test_a_closing_of_which_nothing_was_noted_says_where(asked, board, paper, clerk):
    with clock.set_to_day(day(10, 1)):
        at = factories.make_meeting(board, day(11, 18))
    asked(then=[(day(11, 18), lambda r: r.close(Progress.IMPLEMENTED, at=at, by=clerk))])
    assert only_line(paper()).remarks == ("Closed at the meeting of 18 November 2026.",)


def test_a_closing_says_where_and_what_changed(asked, board, paper, clerk):
    with clock.set_to_day(day(10, 1)):
        at = factories.make_meeting(board, day(11, 18))
    asked(
        then=[(day(11, 18), lambda r: r.close(Progress.IMPLEMENTED, at=at, by=clerk, minute="3/26", note="They know."))]
    )
    line = only_line(paper())
    assert line.progress == "Closed: implemented"
    assert line.remarks == ("Closed at the meeting of 18 November 2026, minute 3/26.", "They know.")


def test_what_is_overdue_the_longest_comes_first(asked, paper):
    for title, due_on in (("newer", day(12, 1)), ("older", day(10, 1))):
        asked(title, due_on=due_on)
    assert titles(paper())["overdue"] == ["older", "newer"]


def test_a_late_answer_makes_it_overdue(asked, paper, local):
    asked(then=[(day(9, 3), lambda r: factories.make_response(r, "the Police", regime=local, notified_on=day(9, 3)))])
    read = paper()
    assert len(titles(read)["overdue"]) == 1
    assert only_line(read).answers == ("The Police: awaiting an answer, last day 29 October 2026 (40 days overdue)",)


# What a line says


def test_a_line_counts_how_its_date_slipped(asked, paper, clerk):
    asked(due_on=day(11, 1), then=[(day(10, 20), lambda r: r.set_due_date(day(12, 1), by=clerk, reason=REASON))])
    [due] = only_line(paper()).dues
    assert (due.on, due.slip, due.lateness) == (
        day(12, 1), "First 1 November 2026; moved 1 time, 30 days in all", "7 days overdue"
    )  # fmt: skip


def test_a_line_says_what_is_asked_and_what_was_handed_in(asked, paper, owner):
    def hand_in(recommendation):
        factories.make_report(recommendation, due_on=day(11, 20), submitted_by=owner)

    def ask_later(recommendation):
        report = factories.make_report(recommendation, due_on=day(12, 20))
        report.ask_for_later_date(day(1, 31, 2027), by=owner, reason="Ill.")

    asked(then=[(day(11, 22), hand_in), (day(11, 23), ask_later)])
    line = only_line(paper())
    assert line.remarks == (
        "Report 2: 31 January 2027 asked for instead of 20 December 2026: Ill.",
        "Report 1 submitted 22 November 2026, 2 days late: waits for the Board.",
    )
    assert [(due.what, due.on) for due in line.dues] == [("Report 2: ", day(12, 20))]


UNDATED = {
    "Waits for the Board": lambda r, by, at: factories.make_report(r, submitted_by=by),
    "No date set": lambda r, by, at: factories.make_report(r),
    "Closed": lambda r, by, at: r.close(Progress.IMPLEMENTED, at=at, by=None, reason=REASON),
}


@pytest.mark.parametrize("words", UNDATED)
def test_a_line_without_a_date_says_why(asked, board, paper, owner, words):
    with clock.set_to_day(day(10, 1)):
        at = factories.make_meeting(board, day(11, 18))
    asked(then=[(day(11, 18), lambda r: UNDATED[words](r, owner, at))])
    line = only_line(paper())
    assert (line.dues, line.undated) == ((), words)


@pytest.mark.parametrize(("received_at", "is_told"), [(day(11, 18), True), (SINCE, False)])
def test_a_report_received_at_the_last_meeting_is_no_news(asked, board, paper, owner, received_at, is_told):
    with clock.set_to_day(day(9, 2)):
        at = factories.make_meeting(board, received_at)
    then = [(day(10, 1), lambda r: factories.make_report(r, submitted_by=owner))]
    then += [(received_at, lambda r: r.follow_ups.get().receive(Verdict.ACCEPTED, at=at, by=None, reason=REASON))]
    asked(then=then)
    told = ("Report 1 submitted 1 October 2026, no date was set: accepted.",)
    assert only_line(paper()).remarks == (told if is_told else ())


def test_a_line_has_the_last_update_by_then_and_the_answers(asked, paper, owner, local):
    answered = {"regime": local, "notified_on": day(9, 3), "answer": Answer.ACCEPTED}
    asked(
        then=[
            (day(9, 3), lambda r: factories.make_response(r, "Police", **answered)),
            (day(10, 1), lambda r: r.say("Begun.", by=owner)),
            (ON, lambda r: r.say("Half done.", by=owner)),
            (NEXT, lambda r: r.say("Done.", by=owner)),
        ]
    )
    line = only_line(paper())
    assert (line.last_said_on, line.last_said) == (ON, "Half done.")
    assert line.answers == ("Police: accepted, 3 September 2026",)


@pytest.mark.parametrize(("made_on", "asked_at", "marks"), [
    (day(11, 3), day(9, 2), ()), (day(11, 5), day(9, 2), ("New",)), (SINCE, SINCE, ("New",)),
])  # fmt: skip
def test_what_came_since_the_last_meeting_is_marked_as_new(board, meeting, paper, made_on, asked_at, marks):
    with clock.set_to_day(made_on):
        factories.make_recommendation(factories.make_item(factories.make_meeting(board, asked_at)))
    line = only_line(paper())
    assert (line.marks, line.asked_on) == (marks, asked_at)


def test_what_was_taken_over_since_is_marked(asked, paper, board, other_board, clerk, meeting):
    with clock.set_to_day(day(9, 1)):
        elsewhere = factories.make_item(factories.make_meeting(other_board, day(9, 1)))
        recommendation = factories.make_recommendation(elsewhere)
    with clock.set_to_day(day(11, 20)), recommendation.changing(by=clerk):
        recommendation.board = board
    line = only_line(paper())
    assert (line.marks, line.owner) == (("Taken over",), "No owner")


# Made again


def test_the_paper_of_december_made_again_in_march_is_the_same_byte_for_byte(
    asked, paper, board, owner, clerk, member, meeting, local
):
    late = asked("late", due_on=day(12, 1), then=[(day(10, 1), lambda r: r.say("Begun.", by=owner))])
    complete = asked("complete", then=[(day(11, 20), done(owner))])
    reported = asked("reported", then=[(day(11, 6), lambda r: factories.make_report(r, due_on=day(11, 30)))])
    live = asked("live", then=[(day(11, 6), lambda r: factories.make_response(r, "Police", regime=local))])
    slipping = asked(
        "slipping", due_on=day(12, 20), then=[(day(12, 1), lambda r: factories.make_asked_date(r, by=owner))]
    )
    before = paper(member)
    with clock.set_to_day(day(12, 9)):
        live_through_the_winter(late, complete, reported, live, slipping, meeting=meeting, clerk=clerk, owner=owner)
    again = paper(User.objects.get(pk=member.pk), read_on=day(3, 9, 2027))
    assert again == before
    assert word_of_changes(again) == word_of_changes(before)


def live_through_the_winter(late, complete, reported, live, slipping, *, meeting, clerk, owner):
    """Something of every kind happens after the paper was made."""
    complete.close(Progress.IMPLEMENTED, at=meeting, by=clerk, minute="40/26", note="They know.")
    complete.reopen(by=clerk, reason="It had only been planned.")
    late.set_due_date(day(2, 1, 2027), by=clerk, reason="The Board agreed.", at=meeting)
    late.say("Nearly there.", by=owner)
    late.retitle("Another title", by=clerk)
    late.correct_words("That officers review all guidance.", by=clerk, reason="A slip.")
    reported.follow_ups.get().submit("Done.", by=owner)
    reported.assign(factories.make_officer("Megan Price"), by=clerk)
    live.responses.get().answer_with(Answer.NOTED, by=clerk)
    live.change_progress(Progress.PAUSED, by=owner, reason="No money.")
    slipping.all_date_changes.waiting().get().grant(by=clerk, at=meeting)
    renamed(owner, "Olu Shah-Bright", on=clock.today())
    board = meeting.board
    board.name = "Children’s Board"
    board.record(by=clerk)
    factories.make_recommendation(factories.make_item(meeting), title="Asked in December")


@pytest.mark.parametrize(("renamed_on", "name"), [(day(12, 8), "Olu Shah-Bright"), (day(12, 9), "Olu Shah")])
def test_names_are_those_of_the_day(asked, paper, owner, renamed_on, name):
    asked()
    renamed(owner, "Olu Shah-Bright", on=renamed_on)
    assert only_line(paper()).owner == name


def test_a_name_that_came_without_a_history_is_the_present_one(asked, paper):
    newcomer = User(email="sam.green@example.org", full_name="Sam Green")
    newcomer.skip_history_when_saving = True
    newcomer.save()
    asked(owner=newcomer)
    assert only_line(paper()).owner == "Sam Green"


# Who may read what


@pytest.mark.parametrize(
    ("who", "reads"), [("clerk", True), ("member", True), ("owner", True), ("other_member", False)]
)
def test_exempt_matter_is_for_those_entitled_and_said_to_be_left_out(asked, paper, person, who, reads):
    asked(exempt_paragraph=3)
    read = paper(person(who))
    assert sum(len(part.lines) for part in read.parts) == (1 if reads else 0)
    assert read.holds_exempt is reads
    assert read.left_out_in_words.startswith("1 recommendation left out") is not reads


def test_what_became_exempt_since_is_left_out(asked, paper, clerk, other_member):
    recommendation = asked()
    with clock.set_to_day(day(1, 9, 2027)):
        recommendation.mark_exempt(3, by=clerk, reason="It names a family.")
    assert paper(other_member, read_on=day(3, 9, 2027)).left_out == 1


def test_what_was_opened_since_stays_out(asked, paper, clerk, other_member):
    recommendation = asked(exempt_paragraph=3)
    with clock.set_to_day(day(1, 9, 2027)):
        recommendation.mark_exempt(None, by=clerk, reason="Published.")
    assert paper(other_member, read_on=day(3, 9, 2027)).left_out == 1


def test_an_exempt_update_is_not_told_to_others(asked, paper, owner, other_member):
    asked(then=[(day(11, 6), lambda r: r.say("The firm is bankrupt.", by=owner, exempt_paragraph=3))])
    assert (only_line(paper()).last_said, only_line(paper(other_member)).last_said) == ("The firm is bankrupt.", "")


def test_nobody_signed_out_reads_what_is_exempt(asked, paper):
    asked(exempt_paragraph=3)
    assert paper(AnonymousUser()).left_out == 1
