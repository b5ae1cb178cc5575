"""Organisations for everyone who reads: what the boards asked of each, what it answered, and how long it took."""

from collections import defaultdict
from statistics import mean, median
from urllib.parse import urlencode

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.views.generic import DetailView

from recommendations import clock
from recommendations.forms.organisations import OrganisationFilter
from recommendations.models import Answer, Board, Organisation, Response
from recommendations.permissions import is_organiser
from recommendations.views import by_group
from recommendations.views.lists import WrittenSortedList
from recommendations.views.written import Written

# Of what an organisation owes its page shows so many; the list of answers has them all.
MOST_OWED = 10
NOTHING = dict.fromkeys(("asked", "unanswered", "overdue", *Answer.values), 0) | {"last": None}


class Organisations(WrittenSortedList):
    template_name = "recommendations/organisation_list.html"
    filter_class = OrganisationFilter
    file = "organisations-file"
    sorts = {
        "name": ["name"],
        "asked": ["asked"],
        "accepted": ["accepted"],
        "partially_accepted": ["partially_accepted"],
        "not_accepted": ["not_accepted"],
        "unanswered": ["unanswered"],
        "overdue": ["overdue"],
        "days": ["days"],
        "last": ["last"],
    }
    ties = ("name", "id")

    def get_rows(self):
        return Organisation.objects.select_related("regime")

    def in_order(self, rows):
        """What the list is sorted by is the only number that must be known of every organisation."""
        field = self.sort.removeprefix("-")
        if field != "name":
            responses = self.filter.responses.filter(organisation=OuterRef("pk"))
            tally = responses.mean_days("organisation") if field == "days" else responses.tally("organisation")
            number = Subquery(tally.values(field))
            rows = rows.annotate(**{field: number if field in ("days", "last") else Coalesce(number, 0)})
        return super().in_order(rows)

    def complete(self, rows):
        """Each with `numbers`, `days_to_answer` and, for the links, the `query` that leads to its rows."""
        organisations = list(rows)
        counted = self.counted(organisations)
        board = {"board": self.filter.board_id} if self.filter.board_id else {}
        for organisation in organisations:
            organisation.numbers, organisation.days_to_answer = counted[organisation.pk]
            organisation.query = urlencode({"organisation": organisation.pk} | board)
        return organisations

    def counted(self, organisations):
        """{organisation: (what it was asked and answered, how long it took)}.

        Every answer that it ever gave is read for it, so it is remembered until one changes, or who may read one.
        """
        keys = [one.pk for one in organisations]
        newest = getattr(self.request, "newest", None)
        if newest is None or self.filter.board_id:
            return self.tallied(keys)
        key = ("organisations", *what_numbers_depend_on(self.request.user, newest))
        return by_group.counted(key, Response, "organisation", keys, self.tallied)

    def tallied(self, keys):
        responses = self.filter.responses.filter(organisation__in=keys)
        numbers = {row["organisation"]: row for row in responses.tally("organisation")}
        days = days_to_answer(responses)
        return {key: (numbers.get(key, NOTHING), days.get(key)) for key in keys}


def what_numbers_depend_on(user, newest):
    """Beside the answers themselves: the day, who may read which of them, and what is gone from them."""
    return clock.today(), newest["redaction"], by_group.restriction(user, newest)


def days_to_answer(responses):
    """{organisation: (mean, median)} of the days that its answers took, in whole days. One row for each number of days."""
    found = defaultdict(list)
    grouped = responses.took().order_by().values("organisation", "took").annotate(n=Count("pk"))
    for organisation, took, n in grouped.values_list("organisation", "took", "n"):
        found[organisation] += [took.days] * n
    return {organisation: (round(mean(days)), round(median(days))) for organisation, days in found.items()}


class OrganisationPage(Written, DetailView):
    """The numbers first, each leading to its rows; then board by board, and what it owes now."""

    template_name = "recommendations/organisation.html"
    queryset = Organisation.objects.select_related("regime")

    def get(self, request, pk):
        return self.show()

    def write(self):
        self.object = self.get_object()
        return self.get_context_data()

    def get_context_data(self, **kwargs):
        owed = self.visible.unanswered().select_related("recommendation", "regime")
        numbers, days, boards = self.counted()
        return super().get_context_data(**kwargs) | {
            "numbers": numbers,
            "kinds": [(kind.value, kind.label, numbers[kind.value]) for kind in Answer],
            "days_to_answer": days,
            "boards": self.by_board(boards),
            "query": self.query(),
            "owed": owed.order_by(F("due_on").asc(nulls_last=True), "pk")[:MOST_OWED],
            "on": clock.today(),
            "can_correct": is_organiser(self.request.user),
        }

    @property
    def visible(self):
        return Response.objects.visible_to(self.request.user).filter(organisation=self.object)

    def counted(self):
        """What it was asked and answered, how long that took, and the numbers of each board."""
        newest, own = self.request.newest, self.object.pk
        key = ("organisation", own, newest["handover"], *what_numbers_depend_on(self.request.user, newest))
        return by_group.counted(key, Response, "organisation", [own], lambda _: {own: self.tallied()})[own]

    def tallied(self):
        numbers = next(iter(self.visible.tally("organisation")), NOTHING)
        boards = list(self.visible.tally("recommendation__board"))
        return numbers, days_to_answer(self.visible).get(self.object.pk), boards

    def by_board(self, tallied):
        boards = Board.objects.in_bulk()
        rows = [(boards[row["recommendation__board"]], row) for row in tallied]
        named = sorted(rows, key=lambda row: row[0].name)
        return [(board, numbers, self.query(board=board.pk)) for board, numbers in named]

    def query(self, **more):
        """What narrows a list to the rows of this organisation."""
        return urlencode({"organisation": self.object.pk} | more)
