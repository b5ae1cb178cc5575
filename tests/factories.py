"""Records for tests, each with its history: they are made by `record` and the verbs, never behind their backs.

All people and matters are invented. What is not given is made up, and made by the system.
"""

import datetime
from itertools import count
from types import SimpleNamespace

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from recommendations import clock, permissions
from recommendations.models import (
    AgendaItem,
    Answer,
    Board,
    DiscussionPoint,
    Evidence,
    Feed,
    Following,
    FollowUpReport,
    HandOver,
    Mail,
    Meeting,
    Membership,
    MinutesDraft,
    OldTracker,
    Organisation,
    PartnerLink,
    Person,
    Progress,
    Recommendation,
    Resolution,
    Response,
    ResponseRegime,
    SavedView,
    Statement,
    User,
    Verdict,
    Witness,
    digest_of,
)
from recommendations.models.progress import CLOSED
from recommendations.old_trackers import sheets

WHY = "Made for a test."
PASSWORD = "tests-only-password"
numbers = count(1)


def ago(days):
    """The day that many days before today; a negative number is in the future."""
    return clock.today() - datetime.timedelta(days=days)


# People, boards, organisations


def make_person(full_name="Sam Green", *roles, boards=(), email=None, **fields):
    """Somebody who signs in, with a part in the work for each of `roles`."""
    email = email or f"{full_name.lower().replace(' ', '.')}.{next(numbers)}@example.org"
    user = User.objects.create_user(email, PASSWORD, full_name=full_name, **fields)
    user.groups.set([Group.objects.get_or_create(name=role)[0] for role in roles])
    for board in boards:
        make_membership(user, board)
    return user


def make_officer(full_name="Olu Shah", **fields):
    return make_person(full_name, permissions.OFFICERS, **fields)


def make_clerk(full_name="Ruth Bailey", **fields):
    return make_person(full_name, permissions.CLERKS, **fields)


def make_membership(user, board, *, since=None, until=None):
    since = since or datetime.date(2020, 5, 1)
    return Membership(user=user, board=board, since=since, until=until).record(by=None, reason=WHY)


def make_board(code="SCSB", name="Social Care Services Board", **fields):
    """The board with that code; the same one however often it is asked for."""
    return Board.objects.filter(code=code).first() or Board(code=code, name=name, **fields).record(by=None, reason=WHY)


def make_regime(code="executive", name="Executive", *, months=None, days=None):
    regime = ResponseRegime.objects.filter(code=code).first()
    return regime or ResponseRegime(code=code, name=name, months=months, days=days).record(by=None, reason=WHY)


def make_organisation(name="Example Police", *, regime=None, also_known_as=""):
    regime = regime or make_regime(months=2)
    return Organisation(name=name, regime=regime, also_known_as=also_known_as).record(by=None, reason=WHY)


def make_link(organisation=None, *, by=None, expires_on=None, **fields):
    """(a link with which that organisation answers, its key), for four weeks unless given."""
    return PartnerLink.make(
        organisation or make_organisation(), by=by or make_clerk(), expires_on=expires_on or ago(-28), **fields
    )


def make_hand_over():
    """A board that ended long ago, and handed over what it left open to another."""
    ended, successor = make_board("LHSB", "Libraries Board"), make_board("CSSB", "Culture and Sport Board")
    return HandOver.make(ended, successor, by=make_clerk(), ended_on=ago(400))


def make_statement(kind="accessibility", text="# Contact\n\nWrite to scrutiny@example.org.", *, reviewed_on=None):
    return Statement.of(kind).rewrite(text, reviewed_on=reviewed_on, by=None, reason=WHY)


# Meetings and minutes


def make_meeting(board=None, held_on=None, *, by=None):
    """The board's meeting on that day (60 days ago unless given); the same one however often it is asked for."""
    board, held_on = board or make_board(), held_on or ago(60)
    meeting = Meeting.objects.filter(board=board, held_on=held_on).first()
    return meeting or Meeting(board=board, held_on=held_on).record(by=by, reason=WHY)


def make_item(meeting=None, *, number=None, title="Children missing from home", by=None, **fields):
    item = AgendaItem(meeting=meeting or make_meeting(), number=number or str(next(numbers)), title=title, **fields)
    return item.record(by=by, reason=WHY)


def make_witness(item=None, name="Dana Whitlock", role="Head of Early Help", organisation="Example Council", **fields):
    witness = Witness(item=item or make_item(), name=name, role=role, organisation=organisation, **fields)
    return witness.record(by=None, reason=WHY)


def make_speaker(name="Dana Whitlock", item=None, **fields):
    """Somebody who has spoken to that item, known by name."""
    person = Person(name=name).record(by=None, reason=WHY)
    make_witness(item, name, person=person, **fields)
    return person


def make_point(item=None, text="Referrals had risen by a third since the spring.", number="1", **fields):
    return DiscussionPoint(item=item or make_item(), text=text, number=number, **fields).record(by=None, reason=WHY)


def make_resolution(item=None, text="The Board thanks the witnesses for their attendance.", **fields):
    return Resolution(item=item or make_item(), text=text, **fields).record(by=None, reason=WHY)


def make_draft(text=None, *, board=None, held_on=None, by=None, without_date=False, **fields):
    text = text or f"Item {next(numbers)}\nRecommendations:\n1. That officers review the guidance."
    draft = MinutesDraft(
        board=board or make_board(), held_on=None if without_date else held_on or ago(60), text=text,
        digest=digest_of(text.split("\n")), created_by=by, **fields,
    )  # fmt: skip
    return draft.record(by=by, reason=WHY)


TRACKER = b"""Reference,Date of meeting,Topic,Recommendation,Lead officer,Due date,Status,Action taken
OSC001/16,12/03/2016,Parking,That signs be renewed.,Olu Shah,March 2017,Green,Half are new.
OSC002/16,12/03/2016,Parking,That the charge be reviewed.,J Smith,TBC,Complete,
OSC003/16,,Markets,That traders be asked.,,,,
"""


def make_tracker(data=TRACKER, *, board=None, by=None, name="tracker.csv"):
    """An old tracker, uploaded and read. It is read here and not in a process of its own, which takes its time."""
    file = SimpleUploadedFile(name, data)
    return OldTracker.begin(file, data, sheets.tables_of(data), board=board or make_board(), by=by or make_clerk())


# Recommendations and what becomes of them


@transaction.atomic
def make_recommendation(item=None, *, due_on=None, progress=Progress.NOT_STARTED, closed_at=None, by=None, **fields):
    """A recommendation of `item`, taken to `progress` by the verbs; a closed one is closed at `closed_at`."""
    item = item or make_item()
    defaults = {
        "board": item.meeting.board,
        "reference": item.meeting.board.next_reference("R", item.meeting.held_on),
        "kind": Recommendation.Kind.DO,
        "title": "Review the guidance",
        "text": "That officers review the guidance given to schools.",
    }
    recommendation = Recommendation(item=item, due_on=due_on, original_due_on=due_on, **defaults | fields)
    recommendation.record(by=by, reason=WHY)
    if progress in CLOSED:
        return recommendation.close(progress, at=closed_at or make_meeting(held_on=ago(1)), by=by, reason=WHY)
    if progress != Progress.NOT_STARTED:
        recommendation.change_progress(progress, by=by, reason=WHY)
    return recommendation


def make_report(recommendation=None, *, due_on=None, submitted_by=None, verdict=None, at=None, by=None, **submitted):
    """A follow-up report: awaited, or submitted by `submitted_by`, or received with `verdict` at the meeting `at`."""
    report = FollowUpReport.order(recommendation or make_recommendation(), by=by, due_on=due_on, reason=WHY)
    if submitted_by or verdict:
        submitted = {"text": "The guidance was reviewed with the schools."} | submitted
        report.submit(by=submitted_by or make_clerk(), **submitted)
    if verdict:
        report.receive(verdict, at=at or make_meeting(held_on=ago(0)), by=by, reason=WHY)
    return report


def make_received_report(recommendation=None, **fields):
    return make_report(recommendation, verdict=Verdict.ACCEPTED, **fields)


def make_response(
    recommendation=None, addressee="Cabinet Member for Children", *, regime=None, notified_on=None,
    answer=Answer.AWAITING, by=None, **fields,
):  # fmt: skip
    """What one addressee owes: its clock started by `notified_on`, its `answer` given today."""
    recommendation, regime = recommendation or make_recommendation(), regime or make_regime(months=2)
    response = Response(recommendation=recommendation, addressee=addressee, regime=regime, **fields)
    response.record(by=by, reason=WHY)
    if notified_on:
        response.start_clock(notified_on=notified_on, by=by, reason=WHY)
    if answer != Answer.AWAITING:
        response.answer_with(answer, by=by, reasons=WHY)
    return response


def make_update(recommendation=None, text="Two schools have been visited.", *, by=None, **fields):
    return (recommendation or make_recommendation()).say(text, by=by or make_clerk(), **fields)


def make_evidence(recommendation=None, *, point=None, witness=None):
    """A discussion point of the recommendation's item that led to it, unless a point or a witness is given."""
    recommendation = recommendation or make_recommendation()
    point = point if point or witness else make_point(recommendation.item)
    return Evidence(recommendation=recommendation, point=point, witness=witness).record(by=None, reason=WHY)


def make_following(recommendation=None, *, by=None):
    return Following.turn(recommendation or make_recommendation(), by=by or make_person(), is_active=True)


def make_mail(user=None, *, on=None, became="sent", problem="", recommendation=None, words="", key=None, address=""):
    """A reminder to `user`, or to an `address` without an account, and what `became` of it."""
    user = user or (None if address else make_officer())
    told = SimpleNamespace(key=key or f"test:{next(numbers)}", words=words, recommendation=recommendation)
    mail = Mail.claim(
        address or user.email, on=on or ago(0), user=user, subject="CSE Board: 1 overdue", occasions=[told]
    )
    if became not in ("claimed", "put_off"):
        mail.hand_over()
    fates = {
        "sent": mail.arrive,
        "refused": lambda: mail.be_refused(problem),
        "unknown": lambda: mail.lose_sight(problem),
        "put_off": lambda: mail.put_off(problem),
    }
    fates.get(became, lambda: None)()
    return mail


def make_feed(user=None, board=None):
    """Their address of that board's due dates, or of their own."""
    user = user or make_officer()
    return Feed.begin(user=user, board=board, by=user)


def make_saved_view(user=None, *, page="recommendations", name="What is late", query="only=overdue", opens_first=False):
    user = user or make_officer()
    return SavedView(user=user, page=page, name=name, query=query, opens_first=opens_first).record(by=user)


def make_asked_date(recommendation=None, to=None, *, by=None, reason="The review takes longer than planned."):
    """A later date that the owner asks for, of a recommendation or a follow-up report."""
    by = by or make_officer()
    dated = recommendation or make_recommendation(owner=by, due_on=ago(0))
    return dated.ask_for_later_date(to or dated.due_on + datetime.timedelta(days=28), by=by, reason=reason)
