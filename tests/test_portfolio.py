"""The invented portfolio: as the verbs would have left it, the same for the same seed, of the shape it says it has."""

import datetime
import hashlib
import json
from io import StringIO
from operator import itemgetter

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from recommendations import clock, permissions
from recommendations.models import AccountEvent, FollowUpReport, Meeting, Recommendation, Response, Searchable, User
from recommendations.models.progress import CLOSED, is_allowed, needs_reason
from recommendations.models.responses import ANSWER_CHANGES, Answer, answer_needs_reason
from recommendations.models.tracked import Tracked
from recommendations.portfolio.sowing import MODELS, pieces

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 18)


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """What is told of two hundred, {model: (columns, rows)}, and loaded once for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", "reference", verbosity=0)
        told = {}
        for _, tables in pieces(200, 1, TODAY):
            for model, columns, rows in tables:
                told.setdefault(model, (columns, []))[1].extend(rows)
        with clock.set_to_day(TODAY):
            call_command("seed_portfolio", "--recommendations", 200, "--invented", stdout=StringIO())
        yield told
        transaction.set_rollback(True)


@pytest.fixture
def portfolio(told, db):
    """It is there, and it is the Wednesday on which it was made."""
    with clock.set_to_day(TODAY):
        yield


def tracked():
    return [model for model in MODELS if issubclass(model, Tracked)]


def steps(model, *fields):
    """(record, values before, history row) for every row of the history but the first of each record."""
    before = {}
    for row in model.history.order_by("history_date", "history_id"):
        values = [row.serializable_value(field) for field in fields]
        if row.id in before:
            yield before[row.id], values, row
        before[row.id] = values


def plain(value):
    """As the portfolio tells it."""
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ", "microseconds")[:26]
    return json.dumps(value) if isinstance(value, list) else str(value)


# As the verbs would have left it


@pytest.mark.usefixtures("portfolio")
def test_every_record_passes_its_own_rules():
    for model in tracked():
        for record in model._base_manager.all():
            record.full_clean()


@pytest.mark.usefixtures("portfolio")
def test_every_record_equals_the_last_row_of_its_history():
    for model in tracked():
        for record in model._base_manager.all():
            last = record.history.order_by("history_id").last()
            fields = [field.attname for field in last.tracked_fields]
            assert [getattr(last, name) for name in fields] == [getattr(record, name) for name in fields]


@pytest.mark.usefixtures("portfolio")
def test_versions_count_the_rows_of_the_history():
    for model in tracked():
        for record in model._base_manager.all():
            rows = record.history.order_by("history_id").values_list("version", "history_type")
            assert list(rows) == [(n, "~" if n > 1 else "+") for n in range(1, record.version + 1)]


@pytest.mark.usefixtures("portfolio")
def test_the_moments_of_a_record_go_on_and_lie_in_the_past():
    for model in tracked():
        last = {}
        for row in model.history.order_by("history_id"):
            assert last.get(row.id, row.history_date) <= row.history_date < clock.now()
            last[row.id] = row.history_date


@pytest.mark.usefixtures("portfolio")
def test_progress_changes_as_the_rules_let_it_with_reasons_where_they_ask():
    for (before,), (after,), row in steps(Recommendation, "progress"):
        assert before == after or is_allowed(before, after)
        assert before == after or row.history_change_reason or not needs_reason(before, after)


@pytest.mark.usefixtures("portfolio")
def test_answers_change_as_the_rules_let_them_with_reasons_where_they_ask():
    for (before,), (after,), row in steps(Response, "answer"):
        assert before == after or after in ANSWER_CHANGES[Answer(before)]
        assert before == after or row.history_change_reason or not answer_needs_reason(before, after)


@pytest.mark.usefixtures("portfolio")
def test_only_clerks_close_and_only_clerks_and_owners_change_progress():
    clerks = {*User.objects.in_role(permissions.CLERKS).values_list("pk", flat=True)}
    for (before, owner), (after, _), row in steps(Recommendation, "progress", "owner_id"):
        if before != after:
            may = clerks if after in CLOSED or before in CLOSED else clerks | {owner}
            assert row.history_user_id in may


@pytest.mark.usefixtures("portfolio")
def test_everybody_had_their_rights_before_they_did_anything():
    first = Recommendation.history.order_by("history_date").first().history_date
    events = AccountEvent.objects.of_rights().filter(at__lt=first)
    roles = {event.person_id: event.roles_after for event in events}
    assert roles == {user.pk: [*user.role_names] for user in User.objects.filter(groups__isnull=False)}


@pytest.mark.usefixtures("portfolio")
def test_its_history_is_verified_as_that_of_people_would_be():
    call_command("verify_history", stdout=(out := StringIO()))
    assert "Every record is as its last history row has it." in out.getvalue()
    assert "changes was allowed, and made by somebody entitled to it." in out.getvalue()


@pytest.mark.usefixtures("portfolio")
def test_a_recommendation_is_closed_at_a_meeting_of_its_board_held_since():
    closed = Recommendation.objects.closed().select_related("closed_at", "item__meeting")
    assert closed.count() > 100
    for each in closed:
        assert each.closed_at.board_id == each.board_id
        assert each.item.meeting.held_on <= each.closed_at.held_on == each.closed_on <= TODAY


@pytest.mark.usefixtures("portfolio")
def test_a_report_is_received_after_it_was_handed_in_and_nothing_is_awaited_once_closed():
    reports = FollowUpReport.objects.select_related("recommendation", "received_at")
    assert not [report for report in reports if report.is_outstanding and not report.recommendation.is_open]
    assert not [r for r in reports if r.verdict and not r.submitted_on <= r.received_at.held_on == r.received_on]


@pytest.mark.usefixtures("portfolio")
def test_each_board_goes_on_with_numbers_that_nobody_has():
    meeting = Meeting.objects.filter(held_on__lte=TODAY).latest_first().first()
    reference = meeting.board.next_reference("R", meeting.held_on)
    assert not Recommendation.objects.filter(reference=reference).exists()


@pytest.mark.usefixtures("portfolio")
def test_a_new_record_gets_a_key_of_its_own():
    board = Recommendation.objects.first().board
    meeting = Meeting(board=board, held_on=TODAY + datetime.timedelta(days=900)).record(by=None, reason="The next one")
    assert meeting.history.get().history_id


@pytest.mark.usefixtures("portfolio")
def test_every_recommendation_can_be_found():
    assert Searchable.objects.filter(kind="recommendation").count() == 200
    assert not Searchable.objects.filter(body="", heading="").exists()


# The same for the same seed


def test_a_seed_and_a_day_make_one_portfolio_whatever_the_machine(told):
    """The digest is of what no other change can touch; one here is right when the portfolio itself was meant to change."""
    columns, rows = told[Recommendation]
    places = [columns.index(name) for name in ("reference", "text", "due_on", "progress", "closed_on", "owner_id")]
    lives = "\n".join(str([row[place] for place in places]) for row in rows)
    assert hashlib.sha256(lives.encode()).hexdigest()[:16] == "38af03f14a6f76fe"


@pytest.mark.usefixtures("portfolio")
def test_every_table_holds_what_was_told_on_either_database(told):
    for model, (columns, rows) in told.items():
        fields = [field.attname for name in columns for field in model._meta.concrete_fields if field.column == name]
        as_told = sorted(rows, key=itemgetter(columns.index(model._meta.pk.column)))
        first = as_told[0][columns.index(model._meta.pk.column)]
        stored = model._base_manager.filter(pk__gte=first).order_by("pk").values_list(*fields)
        assert [[*map(plain, row)] for row in stored] == [[*map(plain, row)] for row in as_told]


@pytest.mark.usefixtures("portfolio")
def test_another_seed_makes_another_portfolio():
    one, two = (
        [rows for _, tables in pieces(50, seed, TODAY) for model, _, rows in tables if model is Recommendation]
        for seed in (1, 2)
    )
    assert one != two


@pytest.mark.usefixtures("portfolio")
@pytest.mark.parametrize("role", [permissions.CLERKS, permissions.OFFICERS, permissions.MEMBERS])
def test_its_pages_open(client, role):
    client.force_login(User.objects.in_role(role).first())
    for name in ("dashboard", "recommendations", "follow-ups", "meetings", "boards"):
        assert client.get(reverse(name)).status_code == 200
