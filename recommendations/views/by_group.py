"""Figures by organisation or board, remembered by this process: only those are counted anew that rows were added to since."""

from django.db.models import Q

from recommendations.memory import Memory
from recommendations.models import Recommendation
from recommendations.permissions import is_clerk, reader

# Rows that are written side by side may appear in another order than their numbers: so many of the newest are compared.
NEWEST = 1000
groups = Memory(most=100)


def counted(key, model, group, wanted, count):
    """{group: what `count(groups)` gives of it} of those `wanted`; rows of `model` have their group in the field `group`.

    `key` changes with all that the numbers depend on beside these rows.
    """
    newest = newest_of(model)
    seen, found = groups.get(key) or (None, {})
    touched = groups_of(model, group, seen, newest)
    kept = {} if touched is None else {each: figures for each, figures in found.items() if each not in touched}
    missing = [each for each in wanted if each not in kept]
    if missing or len(kept) < len(found):
        kept |= count(missing) if missing else {}
        groups.put({key: (newest, kept)})
    return kept


def newest_of(model):
    """{number of the row: record} of the newest rows of its history."""
    return dict(model.history.order_by("-history_id").values_list("history_id", "id")[:NEWEST])


def added(seen, newest):
    """The records that rows were added about since; None where there may be more than these."""
    if seen is None or (len(newest) == NEWEST and max(seen, default=0) < min(newest)):
        return None
    return {record for number, record in newest.items() if number not in seen}


def groups_of(model, group, seen, newest):
    """Those in which a record is or was that rows were added about; None where all may be."""
    records = added(seen, newest)
    return records and {*model.history.filter(id__in=records).order_by().values_list(group, flat=True)}


def restriction(user, versions):
    """A word that changes with whatever becomes exempt, is opened, or comes to be read by `user`; clerks read everything.

    It is made anew only where what was changed since is exempt, or was; `versions` are those of the tables.
    """
    if is_clerk(user):
        return ""
    newest = newest_of(Recommendation)
    key = ("restriction", reader(user), versions["agendaitem"], versions["redaction"])
    seen, word = groups.get(key) or (None, "")
    records = added(seen, newest)
    if records is None or concerns_exempt(records):
        word = Recommendation.objects.restriction(user)
        groups.put({key: (newest, word)})
    return word


def concerns_exempt(records):
    if not records:
        return False
    now = Q(exempt_paragraph__isnull=False) | Q(item__exempt_paragraph__isnull=False)
    if Recommendation.objects.filter(now, id__in=records).exists():
        return True
    return Recommendation.history.filter(id__in=records, exempt_paragraph__isnull=False).exists()
