"""Two clerks sign off the same meeting at the same moment, over two real connections to PostgreSQL."""

from functools import partial

import pytest
from django.http import QueryDict

from recommendations.forms.sign_off import SignOff, Unsaved
from recommendations.models import Meeting, Progress, Recommendation
from tests import factories
from tests.models.test_two_clerks import at_once, clerks, only_postgres, parted

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
__all__ = ["clerks", "only_postgres"]


@pytest.fixture
def meeting(board):
    return factories.make_meeting(board, factories.ago(0))


@pytest.fixture
def complete(board, owner, only_postgres):
    """Two that are reported complete."""
    item = factories.make_item(factories.make_meeting(board))
    made = [factories.make_recommendation(item, owner=owner) for _ in range(2)]
    return [each.change_progress(Progress.REPORTED_COMPLETE, by=owner) for each in made]


def saved_by(clerk, meeting, rows, **answers):
    """Saves the sheet with this answer to each of `rows`, in their order."""
    data = QueryDict(mutable=True)
    for row in rows:
        names = {"version": row.version, "choice": "close"} | answers
        data.update({f"closing-{row.pk}-{name}": str(value) for name, value in names.items()})
    sheet = SignOff(Meeting.objects.get(pk=meeting.pk), clerk, data)
    assert sheet.is_valid()
    return sheet.save(by=clerk)


def test_the_same_decisions_are_saved_once(complete, meeting, clerks):
    rows = [complete, complete[::-1]]
    acts = [partial(saved_by, clerk, meeting, each) for clerk, each in zip(clerks, rows, strict=True)]
    assert sorted(at_once(*acts)) == [False, True]
    assert [row.history.count() for row in Recommendation.objects.closed()] == [3, 3]


def test_of_two_different_decisions_one_is_told_what_the_other_did(complete, meeting, clerks):
    closing = partial(saved_by, clerks[0], meeting, complete)
    otherwise = {"choice": "otherwise", "outcome": Progress.SUPERSEDED, "reason": "A new law."}
    superseding = partial(saved_by, clerks[1], meeting, complete[::-1], **otherwise)
    winners, [refusal] = parted(at_once(closing, superseding))
    assert winners == [True]
    assert isinstance(refusal, Unsaved)
    told = [sentence.startswith("this has changed since you opened it. ") for sentence in refusal.refusals.values()]
    assert told == [True, True]
    assert len({*Recommendation.objects.values_list("progress", flat=True)}) == 1
