"""Pages of lists that may be a million rows long: rows are counted no further than a reader goes, and long ways go by keys.

The page after a given row is found where an index has that row, however deep it lies. `page=…` without a row counts up to it:
only as far as rows are counted at all, where keys lead on from there.
"""

import datetime

from django.core import signing
from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.functional import cached_property
from simple_history.manager import HistoricalQuerySet

from recommendations.memory import Memory
from recommendations.questions import Question, filled, givens, places_for
from recommendations.trends.kept import is_large

# Beyond, a list of a large site says "more than"; of others, where counting costs little, far beyond.
MOST_COUNTED, MOST_OF_A_SMALL_SITE = 1_000, 10_000
SALT = "after"
# How first pages of known lists are asked for, some 10 kB each.
first_pages = Memory(most=100)


class LongPaginator(Paginator):
    """Counts `most` rows and one more; `after` is what the address says of the row before the page.

    `shape` tells a list from all that are asked for otherwise, None where nobody knows; `ready` makes of a queryset one with
    all that is read of the rows of a page.
    """

    def __init__(self, object_list, per_page, after="", order=(), leads=None, shape=None, ready=None, **options):
        super().__init__(object_list, per_page, **options)
        self.shape, self.ready = shape, ready or (lambda rows: rows)
        # What gives a filter that is true of the first rows behind a key, of so many at most.
        self.after, self.order, self.leads = after, order, leads

    @cached_property
    def found(self):
        """How many rows there are, as far as they are counted."""
        if not isinstance(self.object_list, QuerySet):
            return len(self.object_list)
        found = len(self.first_keys) if self.is_counted_by_keys else self.found_of(MOST_COUNTED)
        return self.found_of(self.most) if found > MOST_COUNTED != self.most else found

    @property
    def is_counted_by_keys(self):
        """Not known lists, whose questions are written: other keys would be another question each time."""
        return self.is_led_by_keys and self.shape is None

    @cached_property
    def first_keys(self):
        """Of the first rows in any order, one more than are counted anyhow: all there are, if that is not so many."""
        return list(self.object_list.order_by().values_list("pk", flat=True)[: MOST_COUNTED + 1])

    @cached_property
    def rows(self):
        """Those of a page are looked for among few keys, where there are no others: to put few in order takes no index."""
        if not self.is_counted_by_keys or len(self.first_keys) > MOST_COUNTED:
            return self.object_list
        return self.object_list.filter(pk__in=self.first_keys)

    @property
    def is_few(self):
        return self.rows is not self.object_list

    def found_of(self, most):
        # Of the keys alone, so that nothing is worked out which only the rows of a page show.
        return self.object_list.order_by().values("pk")[: most + 1].count()

    @cached_property
    def most(self):
        return MOST_COUNTED if is_large() else MOST_OF_A_SMALL_SITE

    @cached_property
    def count(self):
        return min(self.found, self.most) if self.found > MOST_COUNTED else self.found

    @property
    def is_more(self):
        """Whether there are more than the `count`."""
        return self.found > self.count

    def validate_number(self, number):
        """Of a list that is not counted to its end any page may be there."""
        try:
            return super().validate_number(number)
        except EmptyPage:
            if not self.is_more or int(number) < 1:
                raise
            return int(number)

    def get_page(self, number):
        """One that turns out to have no rows is answered with the last that is counted."""
        try:
            return super().get_page(number)
        except EmptyPage:
            return self.page(self.num_pages)

    def page(self, number):
        number = self.validate_number(number)
        key = read_key(self.after, self.order) if self.after and number > 1 else None
        first = 0 if key else (number - 1) * self.per_page
        if first >= MOST_COUNTED and self.is_read_on_by_keys and first >= self.most:
            raise EmptyPage
        # One more tells whether there is another page.
        found = self.rows_of(key, slice(first, first + self.per_page + 1))
        if not found and number > 1:
            raise EmptyPage
        return LongPage(found, number, self)

    def rows_of(self, key, part):
        """That part of the rows behind the `key`; of those that are led by keys the keys, with what they are ordered by."""
        if self.is_led(key) and self.found >= part.stop:
            found = self.keys_of(self.led, key, part)
            if len(found) == part.stop - part.start:
                return found
        return self.keys_of(self.whole, key, part) if self.is_led_by_keys else list(self.whole(key, part)[part])

    def keys_of(self, rows, key, part):
        """[(key, what it is ordered by …)]; of a known list by the question that was asked for its page before."""

        def make():
            return rows(key, part)[part].values_list("pk", *self.names)

        if self.is_few:
            # Cut here: asked for the first of few, PostgreSQL may go through everything in that order instead.
            return list(self.whole(key, part).values_list("pk", *self.names))[part]
        if self.shape is None or key:
            return list(make())
        shape = (self.shape, rows.__name__, part.start, part.stop)
        # Which index serves depends on the values: planned each time.
        return first_pages.remember(shape, lambda: Question(make(), asked=str)).ask()

    def whole(self, key, part):
        return self.rows.filter(behind(self.order, key, self.rows.model)) if key else self.rows

    def is_led(self, key):
        """Whether an index may lead to the first of many rows."""
        if not self.is_read_on_by_keys or self.is_few:
            return False
        return not (key and key[0] is None) if self.sure else self.found > MOST_COUNTED

    @property
    def sure(self):
        """Rows without a value come last, where no index has them: what has one is asked for by itself, first."""
        return self.names[:1] if is_nullable(self.object_list.model, self.names[0]) else []

    def led(self, key, part):
        """The same of the rows that have a value, which an index may have in order, or that something else leads to."""
        model, sure = self.object_list.model, self.sure
        lead = self.leads(self.object_list, key, part.stop) if self.leads and not (sure and part.start) else Q()
        if not (sure or lead):
            return self.whole(key, part)
        rows = self.object_list.filter(lead, **{f"{name}__isnull": False for name in sure})
        rows = rows.order_by(*ordering(self.order, model, sure))
        return rows.filter(behind(self.order, key, model, sure)) if key else rows

    @property
    def names(self):
        return [name for name, _ in self.order]

    @cached_property
    def is_led_by_keys(self):
        """Rows of a past day are read from a history, which has them under other keys."""
        rows = self.object_list
        return isinstance(rows, QuerySet) and bool(self.order) and not isinstance(rows, HistoricalQuerySet)

    @property
    def is_read_on_by_keys(self):
        return self.is_led_by_keys and not is_worked_out(self.object_list.model, self.order)

    def those(self, keys):
        """The rows of these keys in order."""

        def rows(keys):
            return self.ready(self.object_list.filter(pk__in=keys))

        if self.shape is None or not keys:
            return rows(keys)
        shape = (self.shape, "those", how_many := places_for(keys))
        return first_pages.remember(shape, lambda: Question(rows(givens(how_many)), asked=str)).ask(*filled(keys))


class LongPage(Page):
    """Its keys are found first, where an index may have them all; what else the rows hold is read of these alone."""

    def __init__(self, found, number, paginator):
        shown = found[: paginator.per_page]
        self.is_followed = len(found) > paginator.per_page
        self.key = None
        if paginator.is_led_by_keys:
            self.key = shown[-1][1:] if shown else None
            shown = paginator.those([pk for pk, *_ in shown])
        super().__init__(shown, number, paginator)

    def has_next(self):
        return self.is_followed

    def next_page_number(self):
        return self.number + 1

    def end_index(self):
        return (self.number - 1) * self.paginator.per_page + len(self.object_list)

    @cached_property
    def after(self):
        """What the address of the next page says of the last row of this one; "" where the order is worked out."""
        if not self.is_followed or not self.paginator.is_read_on_by_keys:
            return ""
        return words_for_key(self.paginator.order, self.key)


def words_for_key(order, key):
    """What an address says of the row with these values."""
    return signing.dumps([order, [told(value) for value in key]], salt=SALT)


def told(value):
    return value.isoformat() if isinstance(value, datetime.date) else value


def read_key(after, order):
    """The values that `after` tells of; None of what was not made here, or for a list in another order."""
    try:
        names, values = signing.loads(after, salt=SALT)
    except signing.BadSignature:
        return None
    return values if names == [list(each) for each in order] else None


def ordering(order, model, sure=()):
    """Rows without a value come last, whichever way round: left alone, each database has its own way.

    Where there is always a value, or it is `sure` that these rows have one, nothing is said of it: no index has such a
    clause.
    """
    return [
        OrderBy(F(name), descending=down, nulls_last=True if may_be_empty(model, name, sure) else None)
        for name, down in order
    ]


def behind(order, key, model, sure=()):
    """A filter for the rows that come after the one with these values."""
    rule, same = Q(pk__in=[]), Q()
    for (name, is_down), value in zip(order, key, strict=True):
        rule |= same & beyond(name, "lt" if is_down else "gt", value, may_be_empty(model, name, sure))
        same &= Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
    (first, is_down), value = order[0], key[0]
    if value is None:
        return rule
    # Said once more of the first value alone, since an index begins with that.
    return rule & beyond(first, "lte" if is_down else "gte", value, may_be_empty(model, first, sure))


def beyond(name, than, value, is_loose):
    """What comes after that value: what has none comes last, where there may be such, and nothing comes after it."""
    if value is None:
        return Q(pk__in=[])
    rule = Q(**{f"{name}__{than}": value})
    return rule | Q(**{f"{name}__isnull": True}) if is_loose else rule


def may_be_empty(model, name, sure):
    return name not in sure and is_nullable(model, name)


def columns(model, path):
    """The fields on the way to a column; None at the end of what no column has."""
    for name in path.split("__"):
        field = next((each for each in model._meta.get_fields() if each.name == name), None)
        yield field
        if field is None:
            return
        model = field.related_model or model


def is_nullable(model, path):
    """Whether a row may have no value there; what is worked out may always have none."""
    return any(field is None or field.null for field in columns(model, path))


def is_worked_out(model, order):
    """Whether rows are sorted by what no column has: no key leads into them."""
    return any(None in columns(model, path) for path, _ in order)
