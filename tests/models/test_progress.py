"""Is it done? Every change of progress, by every person, with and without a reason."""

import pytest

from recommendations.models import Progress, Recommendation, Refused
from recommendations.models.progress import CHANGES, CLOSED, OPEN
from tests import factories
from tests.models.tables import REASON, outcome, read_table

pytestmark = pytest.mark.django_db

# yes: may become · why: may become if somebody says why · -: refused
BY_A_CLERK = read_table("""
                       not_started in_progress paused reported_complete closed_implemented closed_not_implemented closed_superseded closed_work_programme
not_started            -           yes         why    yes               yes                why                    why               why
in_progress            -           -           why    yes               yes                why                    why               why
paused                 -           yes         -      yes               yes                why                    why               why
reported_complete      -           why         -      -                 yes                why                    why               why
closed_implemented     -           why         -      -                 -                  -                      -                 -
closed_not_implemented -           why         -      -                 -                  -                      -                 -
closed_superseded      -           why         -      -                 -                  -                      -                 -
closed_work_programme  -           why         -      -                 -                  -                      -                 -
""")  # noqa: E501 (a table)


def row_for(who, start):
    """The officer who owns it may do all but close and reopen; the system may do all, but must say why."""
    row = BY_A_CLERK[start]
    if who == "clerk":
        return row
    if who == "system":
        return {to: cell.replace("yes", "why") for to, cell in row.items()}
    if who == "owner" and start in OPEN:
        return {to: "-" if to in CLOSED else cell for to, cell in row.items()}
    return dict.fromkeys(row, "-")


def take(recommendation, to, *, by, reason, meeting):
    """By the verb that leads there."""
    if to in CLOSED:
        return recommendation.close(to, at=meeting, by=by, reason=reason)
    if recommendation.progress in CLOSED and to == Progress.IN_PROGRESS:
        return recommendation.reopen(by=by, reason=reason)
    return recommendation.change_progress(to, by=by, reason=reason)


@pytest.mark.parametrize("who", ["clerk", "owner", "other_officer", "member", "administrator", "system"])
@pytest.mark.parametrize("start", Progress)
def test_each_progress_becomes_what_the_table_says(start, who, owner, person, today):
    recommendation = factories.make_recommendation(progress=start, owner=owner)
    by, meeting = person(who), factories.make_meeting(held_on=today)

    def attempt(to):
        fresh = Recommendation.objects.get(pk=recommendation.pk)
        return lambda reason: take(fresh, to, by=by, reason=reason, meeting=meeting)

    assert {to: outcome(attempt(to)) for to in Progress.values} == row_for(who, start)


def test_the_table_of_changes_names_every_progress():
    assert set(CHANGES) == set(Progress)


def test_every_progress_is_either_open_or_closed():
    assert [*OPEN, *CLOSED] == list(Progress)


def test_a_change_is_kept_in_the_database(owner):
    recommendation = factories.make_recommendation(owner=owner)
    recommendation.change_progress(Progress.IN_PROGRESS, by=owner)
    assert Recommendation.objects.get().progress == Progress.IN_PROGRESS


@pytest.mark.parametrize("closed", CLOSED)
def test_nobody_closes_by_changing_progress(closed, clerk):
    with pytest.raises(Refused, match="Only the Board closes or reopens"):
        factories.make_recommendation().change_progress(closed, by=clerk, reason=REASON)


def test_nobody_reopens_by_changing_progress(clerk):
    recommendation = factories.make_recommendation(progress=Progress.SUPERSEDED)
    with pytest.raises(Refused, match="Only the Board closes or reopens"):
        recommendation.change_progress(Progress.IN_PROGRESS, by=clerk, reason=REASON)


def test_a_refusal_names_both_statuses_in_words(clerk):
    recommendation = factories.make_recommendation(progress=Progress.IN_PROGRESS)
    with pytest.raises(Refused, match="This is “in progress” now, so it cannot become “not started”"):
        recommendation.change_progress(Progress.NOT_STARTED, by=clerk)


def test_a_reason_of_spaces_is_no_reason(clerk):
    with pytest.raises(Refused, match="Say why this becomes “paused”"):
        factories.make_recommendation().change_progress(Progress.PAUSED, by=clerk, reason="  ")


def test_a_change_starts_from_the_stored_row(clerk, owner):
    """The page was opened while it was not started; meanwhile it was closed."""
    opened = factories.make_recommendation(owner=owner)
    Recommendation.objects.get().close(Progress.IMPLEMENTED, at=factories.make_meeting(), by=clerk)
    with pytest.raises(Refused):
        opened.change_progress(Progress.IN_PROGRESS, by=owner)


def test_an_unsaved_edit_does_not_slip_in_with_a_change(owner):
    recommendation = factories.make_recommendation(owner=owner, title="Review the guidance")
    recommendation.title = "Something else"
    recommendation.change_progress(Progress.IN_PROGRESS, by=owner)
    assert Recommendation.objects.get().title == "Review the guidance"


@pytest.mark.parametrize("progress", Progress)
def test_it_is_awaited_as_long_as_it_is_open(progress, today):
    recommendation = factories.make_recommendation(progress=progress)
    assert (recommendation.is_open, recommendation.is_awaited) == (progress in OPEN, progress in OPEN)
