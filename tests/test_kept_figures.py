"""The figures that are kept from one reader to the next: counted once, never older than they say, and safe to lose."""

import datetime
from collections import Counter

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations import clock, memory
from recommendations.models import KeptFigures, Recommendation, Snapshot
from recommendations.models.kept_figures import Tally
from recommendations.trends import catching_up, kept, lots, parts
from recommendations.trends.kept import KeptTrends
from recommendations.trends.parts import ALL, EVER, MONTHS, TODAY, Part
from tests import factories
from tests.views.pages import read, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day, months after the first records."""


@pytest.fixture
def late(board, owner):
    """One action that is overdue since October, asked in September."""
    with clock.set_to_day(datetime.date(2026, 9, 2)):
        item = factories.make_item(factories.make_meeting(board, clock.today()))
        return factories.make_recommendation(item, owner=owner, due_on=datetime.date(2026, 10, 5))


@pytest.fixture
def large(monkeypatch):
    """A site where everything takes so long to count that nobody waits for it; what is counted later is listed here.

    And where so much is changed that the figures are not put right by it.
    """
    later = []
    monkeypatch.setattr(kept, "changes_since", lambda marks: None)
    monkeypatch.setattr(kept, "LARGE", 0)
    monkeypatch.setattr(kept, "QUICK", -1)
    monkeypatch.setattr(kept, "start", later.append)
    return later


def overdue(figures):
    return figures.trends.counts["actions_overdue"]


def months(figures):
    return [(each.on.month, each.actions) for each in figures.trends.by_month()]


def figures_of(user):
    return KeptTrends(Snapshot(user, clock.today()))


def test_what_was_counted_is_not_counted_again(late, clerk):
    first = figures_of(clerk)
    with CaptureQueriesContext(connection) as asked:
        assert overdue(figures_of(clerk)) == overdue(first) == 1
    # The versions, what is kept, whether a month was added to since.
    assert len(asked) <= 9
    assert not [query for query in asked.captured_queries if "GROUP BY" in query["sql"]]


def test_a_change_is_counted_at_once(late, clerk):
    assert overdue(figures_of(clerk)) == 1
    late.set_due_date(datetime.date(2026, 12, 1), by=clerk, reason=factories.WHY)
    assert overdue(figures_of(clerk)) == 0


def test_the_next_day_is_counted_anew(clerk):
    factories.make_recommendation(due_on=clock.today())
    assert overdue(figures_of(clerk)) == 0
    with clock.set_to_day(clock.today() + datetime.timedelta(days=1)):
        assert overdue(figures_of(clerk)) == 1


def test_months_that_are_over_stay_as_they_were_counted(late, clerk):
    figures_of(clerk)
    counted = KeptFigures.objects.get(name="all:months").counted_at
    late.set_due_date(datetime.date(2026, 12, 1), by=clerk, reason=factories.WHY)
    assert months(figures_of(clerk)) == [(9, 0), (10, 1), (11, 0)]
    assert KeptFigures.objects.get(name="all:months").counted_at == counted


def test_rows_dated_in_a_month_that_is_over_are_counted_there(late, clerk):
    figures_of(clerk)
    with clock.set_to_day(datetime.date(2026, 9, 9)):
        factories.make_recommendation(due_on=datetime.date(2026, 9, 1))
    assert months(figures_of(clerk)) == [(9, 1), (10, 2), (11, 2)]


@pytest.mark.parametrize(("hour", "is_settled"), [(0, False), (2, True)])
def test_a_month_is_settled_an_hour_after_its_end(hour, is_settled):
    with clock.set_to(datetime.datetime(2026, 12, 1, hour, 30, tzinfo=datetime.UTC)):
        assert kept.is_settled(clock.today()) == is_settled


def test_until_a_month_is_settled_it_is_counted_with_every_change(late, clerk):
    with clock.set_to(datetime.datetime(2026, 12, 1, 0, 30, tzinfo=datetime.UTC)):
        before = figures_of(clerk).key
        late.retitle("Another title", by=clerk)
        counted = {row[0] for row in {*figures_of(clerk).key[2:]} - {*before[2:]}}
    assert "all:months" in counted


def test_what_becomes_exempt_leaves_every_month_for_those_who_may_not_read_it(late, clerk, member, other_member):
    assert months(figures_of(other_member))
    late.mark_exempt(3, by=clerk, reason=factories.WHY)
    assert months(figures_of(other_member)) == []
    assert months(figures_of(member)) == months(figures_of(clerk)) == [(9, 0), (10, 1), (11, 1)]


def test_a_large_site_says_as_of_when_its_numbers_are(late, clerk, large, sign_in):
    figures_of(clerk)
    KeptFigures.claim("all:months")
    late.set_due_date(datetime.date(2026, 12, 1), by=clerk, reason=factories.WHY)
    page = read(sign_in(clerk), reverse("dashboard"))
    assert "as counted on 18 November 2026 at 10:00am" in words_of(page.main)


def test_a_large_site_counts_again_after_a_while(late, clerk, large):
    figures_of(clerk)
    late.set_due_date(datetime.date(2026, 12, 1), by=clerk, reason=factories.WHY)
    with clock.set_to(clock.now() + datetime.timedelta(minutes=1)):
        figures = figures_of(clerk)
        assert overdue(figures) == 1
        figures.count_later()
        kept.counting_now.acquire()
        kept.count_claimed(large[-1], close=lambda: None)
        assert overdue(figures_of(clerk)) == 0


def test_a_large_site_does_not_make_its_first_reader_wait_for_months(late, clerk, large, sign_in):
    page = read(sign_in(clerk), reverse("dashboard"))
    assert "The months before this one are being counted." in words_of(page.main)
    assert [(part.which, kind) for part, kind, _ in large[0]] == [(ALL, MONTHS)]


def test_one_process_counts_and_the_others_leave_it_to_that_one(late, clerk):
    figures_of(clerk)
    name = KeptTrends.name(Part(None, clock.today(), ALL), TODAY)
    assert [KeptFigures.claim(name), KeptFigures.claim(name)] == [True, False]
    with clock.set_to(clock.now() + datetime.timedelta(hours=1)):
        assert KeptFigures.claim(name)


def test_what_was_never_counted_can_be_claimed_too():
    assert [KeptFigures.claim("all:months"), KeptFigures.claim("all:months")] == [True, False]
    assert str(KeptFigures.objects.get()) == "all:months at "


def test_figures_that_cannot_be_kept_are_shown_all_the_same(late, clerk, monkeypatch):
    def refuse(*args, **kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(KeptFigures, "save", refuse)
    assert overdue(figures_of(clerk)) == 1
    assert not KeptFigures.objects.exists()


def test_figures_that_are_lost_are_counted_again(late, clerk):
    figures_of(clerk)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM recommendations_keptfigures")
    assert overdue(figures_of(clerk)) == 1


def test_a_thread_of_its_own_counts_while_others_read(monkeypatch):
    done = []
    monkeypatch.setattr(kept, "count_claimed", lambda jobs: done.append(jobs) or kept.counting_now.release())
    kept.start([(ALL, EVER)])
    assert done == [[(ALL, EVER)]]


def test_a_large_site_does_not_read_its_whole_history_for_another_day(late, clerk, large, sign_in, owner):
    client = sign_in(clerk)
    on = f"on={factories.ago(9)}"
    whole, narrowed = (read(client, f"{reverse('dashboard')}?{query}") for query in (on, f"{on}&owner={owner.pk}"))
    assert "Month by month is shown as of today" in words_of(whole.main)
    assert [len(page.main.xpath(".//h3[@id='by-month']")) for page in (whole, narrowed)] == [0, 1]


# What a process remembers


def test_a_process_remembers_by_a_key():
    remembered, made = memory.Memory(), iter("abc")
    assert [remembered.remember(key, lambda: next(made)) for key in (1, 2, 1)] == ["a", "b", "a"]


def test_a_process_forgets_what_was_used_longest_ago():
    remembered = memory.Memory(most=2)
    for key in (1, 2, 1, 3):
        remembered.remember(key, object)
    assert list(remembered.kept) == [1, 3]


def test_a_process_forgets_after_a_while(monkeypatch):
    monkeypatch.setattr(memory, "AGE", -1)
    remembered, made = memory.Memory(), iter("ab")
    assert [remembered.remember(1, lambda: next(made)) for _ in range(2)] == ["a", "b"]


# Figures that are put right by what was changed since


@pytest.fixture
def counted(late, clerk, monkeypatch):
    """Everything has been counted for the clerk; what is counted anew from now on is listed here."""
    anew, count = [], kept.count
    figures_of(clerk)

    def count_and_tell(part, kind, version):
        anew.append(kind)
        return count(part, kind, version)

    monkeypatch.setattr(kept, "count", count_and_tell)
    return anew


def test_a_change_is_put_right_and_nothing_counted_again(late, clerk, counted):
    before = KeptFigures.objects.get(name="all:today").version
    late.set_due_date(datetime.date(2026, 12, 1), by=clerk, reason=factories.WHY)
    assert (overdue(figures_of(clerk)), counted) == (0, [])
    assert KeptFigures.objects.get(name="all:today").version == before


def test_what_was_put_right_is_kept_after_a_while(late, clerk, counted):
    late.set_due_date(datetime.date(2026, 12, 1), by=clerk, reason=factories.WHY)
    with clock.set_to(clock.now() + datetime.timedelta(minutes=1)):
        assert (overdue(figures_of(clerk)), counted) == (0, [])
        # What the whole table says, each change is put right from anew.
        late.set_due_date(datetime.date(2026, 10, 2), by=clerk, reason=factories.WHY)
        assert (overdue(figures_of(clerk)), counted) == (1, [])
    assert KeptFigures.objects.get(name="all:today").counted_at > clock.now()


def move_meeting(late, clerk):
    late.item.meeting.held_on = datetime.date(2026, 9, 3)
    late.item.meeting.record(by=clerk, reason=factories.WHY)


def test_what_changes_around_recommendations_is_counted_anew(late, clerk, counted):
    move_meeting(late, clerk)
    figures_of(clerk)
    assert counted == [TODAY, EVER]


def test_a_great_many_changes_are_counted_anew(late, clerk, counted, monkeypatch):
    monkeypatch.setattr(catching_up, "MOST", 0)
    late.set_due_date(datetime.date(2026, 12, 1), by=clerk, reason=factories.WHY)
    assert (overdue(figures_of(clerk)), counted) == (0, [TODAY, EVER])


@pytest.mark.parametrize("few", [-1, 1])
def test_what_of_exempt_matter_one_may_read_is_counted_one_by_one_or_together(few, late, member, clerk, monkeypatch):
    monkeypatch.setattr(parts, "FEW", few)
    late.mark_exempt(3, by=clerk, reason=factories.WHY)
    assert overdue(figures_of(member)) == 1


def test_what_belongs_to_a_recommendation_that_is_not_there_yet_is_left_for_the_next_time(late):
    factories.make_report(late)
    upto = dict.fromkeys(catching_up.TABLES, 10**9)
    histories = lots.Histories([late.pk], upto)
    assert [len(lot.reports) for lot in histories.lots(upto).values()] == [1]
    assert histories.lots(upto | {Recommendation: 0}) == {}


def test_a_row_that_appears_after_one_with_a_later_number_is_noticed(late, counted):
    marks = catching_up.marks()
    assert catching_up.changes_since(marks).after == []
    earlier = marks - Counter({(catching_up.MARK, "recommendation", "near"): 1})
    assert catching_up.changes_since(earlier) is None


def test_figures_that_cannot_have_been_right_are_counted_anew(late, clerk, counted):
    """One that was never counted cannot be taken away."""
    row = KeptFigures.objects.get(name="all:today")
    KeptFigures.keep(row.name, row.version, Counter(catching_up.marks_of(row.tally)), 0)
    late.set_due_date(datetime.date(2026, 12, 1), by=clerk, reason=factories.WHY)
    assert (overdue(figures_of(clerk)), counted) == (0, [TODAY])


def test_figures_during_whose_count_something_was_written_are_not_put_right(late, clerk):
    def count():
        late.retitle("Another title", by=clerk)
        return Counter({("standing", "x", "y"): 1})

    assert catching_up.marked(count) == {("standing", "x", "y"): 1}
    assert catching_up.changes_since(Counter()) is None


def test_the_numbers_know_at_once_what_became_exempt(late, clerk, other_member, counted):
    assert overdue(figures_of(other_member)) == 1
    counted.clear()
    late.mark_exempt(3, by=clerk, reason=factories.WHY)
    assert (overdue(figures_of(other_member)), overdue(figures_of(clerk)), counted.count(TODAY)) == (0, 1, 0)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_a_count_reads_everything_as_it_was_at_one_moment():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL (make test-postgres)")
    with catching_up.steady():
        assert catching_up.asked("SHOW transaction_isolation") == [("repeatable read",)]


# What is gone through once


def test_of_numbers_that_are_changed_the_other_kinds_stay_the_same():
    old = Tally({("owner", 1, "reports"): 2, ("owner", 2, "reports"): 1, ("count", "no_owner"): 1})
    new = old.changed(Counter({("owner", 1, "reports"): -2}))
    assert (new.kinds["owner"], new.kinds["count"] is old.kinds["count"]) == ({(2, "reports"): 1}, True)


def test_numbers_that_are_changed_are_told_from_what_they_were():
    old = Tally({("count", "no_owner"): 1})
    numbers = [old.changed(Counter({("count", "no_owner"): n})).kinds["count"] for n in (0, 1, 1)]
    assert len({old.kinds["count"].digest, *(each.digest for each in numbers)}) == 3
