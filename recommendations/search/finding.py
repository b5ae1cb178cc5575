"""What somebody finds: how many of each kind, and of a page everything that is shown, in as many queries for 25 as for one."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from hashlib import blake2b

from django.db.models import Max, Q

from recommendations import clock
from recommendations.memory import memory
from recommendations.models import AgendaItem, FollowUpReport, Recommendation, Searchable, Snapshot, known_shapes
from recommendations.models.searchable import Kind
from recommendations.permissions import reader
from recommendations.questions import by_keys
from recommendations.search.matching import WEIGHED, best_first, matching
from recommendations.search.snippets import Marker

# A reference may name one of each board.
MOST_NAMED = 10
# More places are not weighed against each other: it would take longer than anybody reads on.
MOST_RANKED = 1_000
# Of so many of the latest recommendations it is looked first, on a site that has more; so many places there are enough.
RECENT, FEWEST_RANKED = 10_000, 50
# Of so many before these, whether there is more: what so many of the latest say, mostly some of these say as well.
BEFORE = 2_000
# Of so many words every choice is tried: four of eight can be chosen in 70 ways.
MOST_LOOSE = 8


# What a result shows of the recommendation that it belongs to, and what that is worked out from.
OF_RECOMMENDATION = (
    "slug", "reference", "title", "progress", "due_on", "original_due_on", "closed_on", "exempt_paragraph", "board__name",
    "item__exempt_paragraph", "item__meeting__held_on",
)  # fmt: skip


@dataclass(frozen=True)
class Result:
    """One thing found, as a page shows it. `heading` and `texts` are as they were written."""

    kind: Kind
    address: str
    heading: str
    texts: tuple[str, ...]
    board: object
    held_on: date
    recommendation: object
    is_exempt: bool
    marker: Marker

    @property
    def title(self):
        return self.marker.mark(self.heading)

    @property
    def snippet(self):
        """The words themselves or, where only the note has what was looked for, the note."""
        said = [text for text in self.texts if text.strip()]
        return self.marker.snippet(max(said, key=lambda text: bool(self.marker.hits(text)), default=""))

    @property
    def shown(self):
        """Everything that tells two results apart, long texts by their digests."""
        texts = blake2b(repr((self.heading, self.texts)).encode(), digest_size=32).digest()
        said = (self.kind, self.address, texts, self.marker.wanted, str(self.board), self.held_on, self.is_exempt)
        of = self.recommendation
        return (*said, of.reference, of.progress, of.is_open, of.timeliness) if of else said


def some_of(rows, *more):
    """[(key, kind, score, day of the meeting, …)] of all that can be weighed, and of one more where there are more."""
    return list(rows.order_by().values_list(*WEIGHED, *more)[: MOST_RANKED + 1])


def latest():
    """The numbers of the newest recommendation and of the newest item."""
    return tuple(model.objects.aggregate(n=Max("pk"))["n"] or 0 for model in (Recommendation, AgendaItem))


def before(numbers, how_many):
    """The number of the recommendation before so many of the latest, and that of the item before as large a share."""
    recommendation, item = numbers
    return {"recommendation": recommendation - how_many, "item": item - item * how_many // recommendation}


def among(numbers, how_many):
    """What belongs to so many of the latest recommendations, or to as large a share of the items."""
    first = before(numbers, how_many)
    return Q(recommendation__gt=first["recommendation"]) | Q(item__gt=first["item"])


def is_after(found, numbers):
    *_, recommendation, item = found
    return recommendation > numbers["recommendation"] if recommendation else item > numbers["item"]


class Finding:
    """The answer to one question, for one person. `rows`: what may be found, as far as filters leave it."""

    def __init__(self, user, question, rows, kind=None):
        self.user, self.question, self.kind = user, question, kind
        self.rows = rows.visible_to(user)

    # Whether there is more than was looked through.
    is_more = False

    @cached_property
    def _found(self):
        """([(key, kind)] of what fits, the best first; whether it has everything that was asked for)."""
        named = [Searchable.pk_of(Kind.RECOMMENDATION, one.pk) for one in self.named]
        unnamed = self.rows.exclude(pk__in=named) if named else self.rows
        for question, having in self._attempts():
            if found := self._lately(unnamed, question, having) or self._looked_through(unnamed, question, having):
                return best_first(found), having == len(self.question.wanted)
        return [], True

    def _looked_through(self, rows, question, having):
        """All that fit or, where they are very many, the newest; then there `is_more`.

        Of words that stand everywhere no place fits better than another.
        """
        found = some_of(matching(rows, question, having))
        self.is_more = len(found) > MOST_RANKED
        return self._newest(rows, question, having) if self.is_more else found

    def _lately(self, rows, question, having):
        """The same of the latest alone, where these are enough and there are others; of a site that is not large: []."""
        numbers = memory.remember("latest", latest)
        if numbers[0] <= RECENT:
            return []
        rows = self._of_kind(rows)
        late = matching(rows.filter(among(numbers, RECENT + BEFORE)), question, having, among_few=True)
        found = some_of(late, "recommendation", "item")
        if len(found) > MOST_RANKED:
            newest = self._newest(rows, question, having, after=before(numbers, 5 * RECENT))
            self.is_more = len(newest) >= FEWEST_RANKED
            return newest if self.is_more else []
        late = [one for one in found if is_after(one, before(numbers, RECENT))]
        if len(late) >= FEWEST_RANKED:
            early = rows.filter(among(numbers, 2 * RECENT), ~among(numbers, RECENT + BEFORE))
            self.is_more = len(late) < len(found) or matching(early, question, having, among_few=True).exists()
        return late if self.is_more else []

    def _of_kind(self, rows):
        return rows.filter(kind=self.kind) if self.kind else rows

    def _newest(self, rows, question, having, after=None):
        """What was asked last. `after`: numbers of a recommendation and an item, since when there is more than enough."""
        of_what = "item" if self.kind in WITHIN_ITEM else "recommendation"
        known = {f"{of_what}__gt": after[of_what]} if after else {f"{of_what}__isnull": False}
        rows = self._of_kind(rows).filter(**known)
        found = matching(rows, question, having, in_order=bool(after)).order_by(f"-{of_what}_id")
        return list(found.values_list(*WEIGHED)[:MOST_RANKED])

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

    @cached_property
    def counts(self):
        """{kind: how many} of all kinds that there are some of, in their order."""
        counts = Counter(kind for _, kind in self._found[0])
        return {kind: counts[kind] for kind in Kind if kind in counts}

    @property
    def has_all(self):
        return self._found[1]

    @cached_property
    def named(self):
        """The recommendations whose reference was typed. Its words stand among theirs, and those an index has."""
        slug, question = self.question.slug, replace(self.question, unwanted=())
        if not (slug and question):
            return []
        told = Q(recommendation__slug__iexact=slug) | Q(recommendation__slug__iendswith=f"-{slug}")
        told |= Q(recommendation__old_reference__iexact=question.typed)
        rows = Searchable.objects.visible_to(self.user).filter(told, kind=Kind.RECOMMENDATION)
        said = matching(rows, question, len(question.wanted)).order_by("-held_on")
        keys = list(said.values_list("recommendation", flat=True)[:MOST_NAMED])
        return Shown(self.user, question).complete(keys)

    # A sequence of results, of which the paginator wants a slice

    def count(self):
        return sum(n for kind, n in self.counts.items() if self.kind in (None, kind))

    __len__ = count

    def __getitem__(self, wanted):
        keys = [key for key, kind in self._found[0] if self.kind in (None, kind)][wanted]
        rows = by_keys(Searchable, keys) if keys else {}
        return Shown(self.user, self.question).results([rows[key] for key in keys if key in rows]) if rows else []


class Shown:
    """Rows of the index with the records that they stand for."""

    def __init__(self, user, question):
        self.user, self.marker = user, Marker(question)

    def results(self, rows):
        of = {row.recommendation_id for row in rows if row.recommendation_id}
        self.recommendations = {each.pk: each for each in self.complete(of)}
        items = AgendaItem.objects.visible_to(self.user).select_related("meeting__board")
        self.items = items.in_bulk({row.item_id for row in rows if row.item_id})
        self.reports = dict(FollowUpReport.objects.filter(pk__in=keys(rows, Kind.REPORT)).values_list("pk", "number"))
        return [self.result(row) for row in rows]

    def complete(self, keys):
        """The latest first."""

        def make(keys):
            rows = Recommendation.objects.visible_to(self.user).filter(pk__in=keys).only(*OF_RECOMMENDATION)
            return rows.select_related("board", "item__meeting").order_by("-item__meeting__held_on")

        found = known_shapes.rows_of(("found", reader(self.user)), make, keys)
        return Snapshot(self.user, clock.today()).derived(found)

    def result(self, row):
        recommendation = self.recommendations.get(row.recommendation_id)
        item = recommendation.item if recommendation else self.items[row.item_id]
        owner = recommendation or item
        return Result(
            kind=Kind(row.kind), address=self.address(row, owner),
            heading=row.heading if row.kind == Kind.WITNESS else owner.title, texts=(row.body, row.note),
            board=recommendation.board if recommendation else item.meeting.board, held_on=item.meeting.held_on,
            recommendation=recommendation, marker=self.marker,
            is_exempt=row.exempt_paragraph is not None or owner.is_exempt or item.is_exempt,
        )  # fmt: skip

    def address(self, row, owner):
        """Of the very place where it stands."""
        if row.kind in WITHIN_ITEM:
            return owner.meeting.get_absolute_url() + WITHIN_ITEM[row.kind].format(row.key)
        if row.kind == Kind.REPORT:
            return f"{owner.get_absolute_url()}#report-{self.reports[row.key]}"
        return owner.get_absolute_url() + ANCHORS.get(row.kind, "").format(row.key)


# Of an item the address leads to the item as a whole; its points, resolutions and witnesses have their own places.
ANCHORS = {Kind.UPDATE: "?all=1#update-{}", Kind.ANSWER: "#answers"}
WITHIN_ITEM = {Kind.POINT: "#point-{}", Kind.RESOLUTION: "#resolution-{}", Kind.WITNESS: "#witness-{}"}


def keys(rows, kind):
    return {row.key for row in rows if row.kind == kind}
