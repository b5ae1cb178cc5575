"""Who has spoken to the boards, for everyone who reads; clerks say which of them are one person."""

from collections import Counter, defaultdict

from django.db.models import Max, Prefetch, Q
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from recommendations.forms.witnesses import MergeForm, UnmergeForm, WitnessFilter
from recommendations.models import Evidence, Person, Progress, Witness
from recommendations.models.progress import OPEN
from recommendations.permissions import is_clerk
from recommendations.views.acts import Act
from recommendations.views.lists import SortedList

# For each that is shown so many are looked at.
SPARE = 4


class Witnesses(SortedList):
    template_name = "recommendations/witness_list.html"
    filter_class = WitnessFilter
    file = "witnesses-file"
    sorts = {
        "name": ["name"],
        "meetings": ["meetings_count"],
        "last": ["last_spoke_on"],
        "led": ["led_count"],
        "done": ["done_count"],
    }
    ties = ("name", "id")

    def get_rows(self):
        user = self.request.user
        return Person.objects.visible_to(user).with_meetings(user).with_outcomes(user)

    def leads(self, rows, key, most):
        """The first by name, whoever may know of them: mostly everybody may of most, and only of these it is looked up."""
        if self.sort.removeprefix("-") != "name":
            return Q()
        order, beyond = ("-name", "lte") if self.sort.startswith("-") else ("name", "gte")
        people = Person.objects.filter(**{f"name__{beyond}": key[0]} if key else {}).order_by(order, "id")
        return Q(pk__in=people.values("pk")[: SPARE * most])

    def complete(self, rows):
        people = list(rows)
        roles = roles_of(people, self.request.user)
        for person in people:
            person.roles = roles[person.pk]
        return people


def roles_of(people, user):
    """{the person: in which roles they spoke, the latest first}, as far as `user` may read. One query."""
    spoken = Witness.objects.visible_to(user).filter(person__in=[person.pk for person in people]).order_by()
    rows = spoken.values_list("person", "role", "organisation").annotate(last=Max("item__meeting__held_on"))
    roles = defaultdict(list)
    for person, role, organisation, _last in rows.order_by("-last", "role"):
        if words := ", ".join(filter(None, [role, organisation])):
            roles[person].append(words)
    return roles


class WitnessPage(ListView):
    """What one person spoke to, the latest first, and the recommendations that rest on it."""

    template_name = "recommendations/witness.html"
    paginate_by = 25

    def get(self, request, *args, **kwargs):
        asked_for = get_object_or_404(Person, pk=kwargs["pk"])
        self.person = asked_for.now
        if not Person.objects.visible_to(request.user).filter(pk=self.person.pk).exists():
            raise Http404
        if self.person != asked_for:
            return HttpResponseRedirect(self.person.get_absolute_url())
        return super().get(request, *args, **kwargs)

    @property
    def spoken(self):
        return Witness.objects.visible_to(self.request.user).filter(person=self.person)

    def get_queryset(self):
        links = Evidence.objects.of_witnesses(self.request.user).select_related("recommendation__closed_at")
        rows = self.spoken.latest_first().select_related("item__meeting__board")
        return rows.prefetch_related(Prefetch("evidence", links.order_by("recommendation"), to_attr="led_to"))

    def get_context_data(self, **kwargs):
        clerk = is_clerk(self.request.user)
        names = self.spoken.order_by("name").values_list("name", flat=True).distinct()
        return super().get_context_data(**kwargs) | {
            "person": self.person,
            "came_of_it": self.came_of_it(),
            "spellings": [name for name in names if name != self.person.name],
            "is_clerk": clerk,
            "mergers": mergers_into(self.person) if clerk else [],
        }

    def came_of_it(self):
        """How many recommendations rest on what they said, by what became of them."""
        rows = Evidence.objects.of_witnesses(self.request.user).filter(witness__person=self.person)
        progress = dict(rows.values_list("recommendation", "recommendation__progress").order_by())
        told = Counter(progress.values())
        return {"all": len(progress), "done": told[Progress.IMPLEMENTED], "open": sum(told[each] for each in OPEN)}


def mergers_into(person):
    """For each person who was merged into this one, the row of the history that says when, by whom and why."""
    rows = Person.history.filter(id__in=person.merged.values("pk"), merged_into=person)
    return list({row.id: row for row in rows.select_related("history_user").order_by("history_id")}.values())


class PersonAct(Act):
    may = staticmethod(lambda user, person: is_clerk(user))

    def get_thing(self):
        return get_object_or_404(Person.objects.select_related("merged_into"), pk=self.kwargs["pk"])


class MergeWitness(PersonAct):
    heading = gettext_lazy("Merge two people")
    intro = gettext_lazy(
        "What this person spoke to becomes the other person’s, under the spelling that the minutes have. "
        "The history keeps it, and you can take the two apart again."
    )
    submit_label = gettext_lazy("Merge them")
    form_class = MergeForm

    def can(self, user, person):
        return person.merged_into is None

    def perform(self, form):
        said = form.cleaned_data
        self.thing.merge(into=said["into"], by=self.request.user, reason=said["reason"], version=said["version"])
        return _("%(person)s is merged into %(other)s.") % {"person": self.thing, "other": said["into"]}


class UnmergeWitness(PersonAct):
    heading = gettext_lazy("Take two people apart")
    intro = gettext_lazy("What this person spoke to before they were merged is theirs again.")
    submit_label = gettext_lazy("Take them apart")
    form_class = UnmergeForm

    def can(self, user, person):
        return person.merged_into is not None

    def perform(self, form):
        said, other = form.cleaned_data, self.thing.merged_into
        self.thing.unmerge(by=self.request.user, reason=said["reason"], version=said["version"])
        return _("%(person)s and %(other)s are two people again.") % {"person": self.thing, "other": other}
