"""What somebody finds: how many of each kind, and of a page everything that is shown, in as many queries for 25 as for one."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db.models import Max, Q

from recommendations import clock
from recommendations.memory import memory
from recommendations.models import AgendaItem, FollowUpReport, Recommendation, Searchable, Snapshot
from recommendations.models.searchable import Kind
from recommendations.search.matching import best_first, matching, scored
from recommendations.search.snippets import Marker

# A reference may name one of each board.
MOST_NAMED = 10
# More places are not weighed against each other: it would take longer than anybody reads on.
MOST_RANKED = 1_000
# Of so many of the latest recommendations it is looked first, on a site that has more; so many places there are enough.
RECENT, FEWEST_RANKED = 20_000, 100
# Of so many words every choice is tried: four of eight can be chosen in 70 ways.
MOST_LOOSE = 8


@dataclass(frozen=True)
class Result:
    """One thing found, as a page shows it."""

    kind: Kind
    address: str
    title: str
    board: object
    held_on: date
    snippet: str
    recommendation: object
    is_exempt: bool


def some_of(rows, most):
    """[(key, kind)] of as many as that, and of one more where there are more."""
    return list(rows.order_by().values_list("pk", "kind")[: most + 1])


def latest():
    """The numbers of the newest recommendation and of the newest item."""
    return tuple(model.objects.aggregate(n=Max("pk"))["n"] or 0 for model in (Recommendation, AgendaItem))


class Finding:
    """The answer to one question, for one person. `rows`: what may be found, as far as filters leave it."""

    def __init__(self, user, question, rows, kind=None):
        self.user, self.question, self.kind = user, question, kind
        self.rows = rows.visible_to(user)

    # Whether there is more than was looked through.
    is_more = False

    @cached_property
    def _counted(self):
        """(rows that fit, {kind: how many}, whether they have everything that was asked for)."""
        named = [Searchable.pk_of(Kind.RECOMMENDATION, one.pk) for one in self.named]
        for question, having in self._attempts():
            unnamed = self.rows.exclude(pk__in=named)
            rows = matching(unnamed, question, having)
            if found := self._lately(unnamed, question, having) or self._looked_through(rows):
                if self.is_more:
                    # Just found to be readable: asked of hundreds again it took longer than to weigh them.
                    rows = scored(Searchable.objects.filter(pk__in=[pk for pk, _ in found]), question, having)
                return rows, Counter(kind for _, kind in found), having == len(self.question.wanted)
        return self.rows.none(), {}, True

    def _looked_through(self, rows):
        """[(key, kind)] of all that fit or, where they are very many, of the newest; then there `is_more`.

        Of words that stand everywhere no place fits better than another.
        """
        found = some_of(rows, MOST_RANKED)
        self.is_more = len(found) > MOST_RANKED
        return self._newest(rows) if self.is_more else found

    def _lately(self, rows, question, having):
        """The same of the latest alone, where these are enough and there are others; of a site that is not large: []."""
        recommendation, item = memory.remember("latest", latest)
        if recommendation <= RECENT:
            return []
        recommendation, item = recommendation - RECENT, item - item * RECENT // recommendation
        late = self._of_kind(rows).filter(Q(recommendation__gt=recommendation) | Q(item__gt=item))
        found = some_of(matching(late, question, having, among_few=True), MOST_RANKED)
        if not FEWEST_RANKED <= len(found) <= MOST_RANKED:
            return []
        early = self._of_kind(rows).filter(Q(recommendation__lte=recommendation) | Q(item__lte=item))
        self.is_more = bool(matching(early, question, having).order_by().values_list("pk")[:1])
        return found if self.is_more else []

    def _of_kind(self, rows):
        return rows.filter(kind=self.kind) if self.kind else rows

    def _newest(self, rows):
        """What was asked last."""
        wanted = self._of_kind(rows)
        of_what = "item" if self.kind in WITHIN_ITEM else "recommendation"
        known = wanted.filter(**{f"{of_what}__isnull": False}).order_by(f"-{of_what}_id")
        return list(known.values_list("pk", "kind")[:MOST_RANKED])

    def _attempts(self):
        """(question, how many of the things wanted a row must have): all, then one less, and so on down to one.

        Where a reference was typed, nothing but it is meant.
        """
        wanted = self.question.wanted
        if wanted:
            yield self.question, len(wanted)
        if not self.named:
            loose = replace(self.question, wanted=wanted[:MOST_LOOSE])
            for having in range(min(len(wanted) - 1, MOST_LOOSE), 0, -1):
                yield loose, having

    @property
    def counts(self):
        """{kind: how many} of all kinds that there are some of, in their order."""
        counts = self._counted[1]
        return {kind: counts[kind] for kind in Kind if kind in counts}

    @property
    def has_all(self):
        return self._counted[2]

    @cached_property
    def named(self):
        """The recommendations whose reference was typed."""
        slug = self.question.slug
        if not slug:
            return []
        told = Q(slug__iexact=slug) | Q(slug__iendswith=f"-{slug}") | Q(old_reference__iexact=self.question.typed)
        rows = Recommendation.objects.visible_to(self.user).filter(told).order_by("-item__meeting__held_on")
        return Snapshot(self.user, clock.today()).complete(rows[:MOST_NAMED])

    # A sequence of results, of which the paginator wants a slice

    def count(self):
        return sum(n for kind, n in self._counted[1].items() if self.kind in (None, kind))

    __len__ = count

    def __getitem__(self, wanted):
        if not self.count():
            return []
        rows = self._counted[0].filter(kind=self.kind) if self.kind else self._counted[0]
        return Shown(self.user, self.question).results(list(best_first(rows)[wanted]))


class Shown:
    """Rows of the index with the records that they stand for."""

    def __init__(self, user, question):
        self.user, self.marker = user, Marker(question)

    def results(self, rows):
        self.recommendations = {each.pk: each for each in self._recommendations(rows)}
        items = AgendaItem.objects.visible_to(self.user).select_related("meeting__board")
        self.items = items.in_bulk({row.item_id for row in rows if row.item_id})
        self.reports = dict(FollowUpReport.objects.filter(pk__in=keys(rows, Kind.REPORT)).values_list("pk", "number"))
        return [self.result(row) for row in rows]

    def _recommendations(self, rows):
        wanted = {row.recommendation_id for row in rows if row.recommendation_id}
        visible = Recommendation.objects.visible_to(self.user)
        return Snapshot(self.user, clock.today()).complete(visible.filter(pk__in=wanted))

    def result(self, row):
        recommendation = self.recommendations.get(row.recommendation_id)
        item = recommendation.item if recommendation else self.items[row.item_id]
        owner = recommendation or item
        return Result(
            kind=Kind(row.kind), address=self.address(row, owner), title=self.title(row, owner),
            board=recommendation.board if recommendation else item.meeting.board, held_on=item.meeting.held_on,
            snippet=self.snippet(row), recommendation=recommendation,
            is_exempt=row.exempt_paragraph is not None or owner.is_exempt or item.is_exempt,
        )  # fmt: skip

    def address(self, row, owner):
        """Of the very place where it stands."""
        if row.kind in WITHIN_ITEM:
            return owner.meeting.get_absolute_url() + WITHIN_ITEM[row.kind].format(row.key)
        if row.kind == Kind.REPORT:
            return f"{owner.get_absolute_url()}#report-{self.reports[row.key]}"
        return owner.get_absolute_url() + ANCHORS.get(row.kind, "").format(row.key)

    def title(self, row, owner):
        return self.marker.mark(row.heading if row.kind == Kind.WITNESS else owner.title)

    def snippet(self, row):
        """The words themselves or, where only the note has what was looked for, the note."""
        texts = [text for text in (row.body, row.note) if text.strip()]
        return self.marker.snippet(max(texts, key=lambda text: bool(self.marker.hits(text)), default=""))


# Of an item the address leads to the item as a whole; its points, resolutions and witnesses have their own places.
ANCHORS = {Kind.UPDATE: "?all=1#update-{}", Kind.ANSWER: "#answers"}
WITHIN_ITEM = {Kind.POINT: "#point-{}", Kind.RESOLUTION: "#resolution-{}", Kind.WITNESS: "#witness-{}"}


def keys(rows, kind):
    return {row.key for row in rows if row.kind == kind}
