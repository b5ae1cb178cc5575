"""Who spoke to a board: a witness is a name and a role at one meeting, a person all that one human being said at any."""

from contextlib import contextmanager
from itertools import product

from django.db import models, transaction
from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recommendations.models.exempt import readable
from recommendations.models.meetings import AgendaItem, FromMinutes
from recommendations.models.progress import Progress
from recommendations.models.tracked import Refused, Tracked, history_of, must_be_clerk, must_say
from recommendations.models.updates import Evidence


def holding(word, *fields):
    """A filter for rows that hold the word in one of these fields, whichever apostrophe it is written with."""
    spellings = {word, word.replace("’", "'"), word.replace("'", "’")}
    found = Q()
    for field, spelling in product(fields, spellings):
        found |= Q(**{f"{field}__icontains": spelling})
    return found


class WitnessQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(readable(user, flags=["item__exempt_paragraph"], board="item__meeting__board"))

    def latest_first(self):
        return self.order_by("-item__meeting__held_on", "-id")

    def of_outer_person(self):
        """For subqueries: those of the person in the outer query."""
        return self.filter(person=OuterRef("pk"))


class PersonQuerySet(models.QuerySet):
    def unmerged(self):
        return self.filter(merged_into=None)

    def visible_to(self, user):
        """Those who spoke to an item that `user` may read; who was merged into another has spoken as the other."""
        return self.filter(Exists(Witness.objects.visible_to(user).of_outer_person()))

    def called(self, words, user):
        """Those with each of `words` in their name, in whichever spelling of it `user` may read."""
        for word in words:
            spelt = Witness.objects.visible_to(user).filter(holding(word, "name")).of_outer_person()
            self = self.filter(holding(word, "name") | Q(Exists(spelt)))
        return self

    def speaking_as(self, words, user):
        """Those with each of `words` in their roles or organisations, as far as `user` may read them."""
        for word in words:
            spoken = Witness.objects.visible_to(user).filter(holding(word, "role", "organisation"))
            self = self.filter(Exists(spoken.of_outer_person()))
        return self

    def with_meetings(self, user):
        """Annotates at how many meetings each has spoken, as far as `user` may read, and on which day last."""
        spoken = Witness.objects.visible_to(user).of_outer_person().order_by().values("person")
        return self.annotate(
            meetings_count=Subquery(spoken.annotate(n=Count("item__meeting", distinct=True)).values("n")),
            last_spoke_on=Subquery(spoken.annotate(day=Max("item__meeting__held_on")).values("day")),
        )

    def speaking_at(self, user, **where):
        """Those who spoke to an item that `user` may read at one and the same meeting of that kind."""
        return self.filter(Exists(Witness.objects.visible_to(user).filter(**where).of_outer_person()))

    def with_outcomes(self, user):
        """Annotates how many recommendations rest on what each said, and how many of those were implemented."""
        led = Evidence.objects.of_witnesses(user).filter(witness__person=OuterRef("pk")).order_by()
        done = led.filter(recommendation__progress=Progress.IMPLEMENTED)
        return self.annotate(led_count=different_recommendations(led), done_count=different_recommendations(done))

    def with_last_role(self):
        """Annotates in which role and on which day each spoke last, to whatever item: for clerks, who read everything."""
        latest = Witness.objects.of_outer_person().latest_first()
        return self.annotate(
            last_role=Subquery(latest.values("role")[:1]),
            last_spoke_on=Subquery(latest.values("item__meeting__held_on")[:1]),
        )


def different_recommendations(evidence):
    """Of one person's evidence; what rests on two of their appearances counts once."""
    counted = evidence.values("witness__person").annotate(n=Count("recommendation", distinct=True)).values("n")
    return Coalesce(Subquery(counted), 0)


class Person(Tracked):
    """Somebody who has spoken to a board, under one or more spellings of the name."""

    name = models.CharField(max_length=200, help_text=_("Without titles and honours."))
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="merged",
        help_text=_("Who this turned out to be."),
    )  # fmt: skip
    objects = PersonQuerySet.as_manager()
    history = history_of()

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                name="nobody_is_merged_into_themselves",
                condition=~Q(merged_into=models.F("id")),
                violation_error_message=_("Choose another person."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("witness", args=[self.pk])

    @property
    def now(self):
        """Who this is by now: the end of the chain of mergers."""
        person = self
        while person.merged_into is not None:
            person = person.merged_into
        return person

    def merge(self, *, into, by, reason, version=None):
        """This is `into`: what this person spoke to becomes theirs, each row of it with one in the history."""
        with self._locked_with(into), self.changing(by=by, reason=reason, version=version):
            must_be_clerk(by, _("Only a clerk says that two people are one."))
            must_say(reason, _("Say how you know that they are one person."))
            if into.pk == self.pk:
                raise Refused(_("Choose another person: nobody is merged into themselves."))
            for person in (self, into):
                if person.merged_into is not None:
                    raise Refused(
                        _("%(person)s is merged into %(merged_into)s already.")
                        % {"person": person, "merged_into": person.merged_into}
                    )
            self._hand_over(self.witnesses.all(), into, by=by, reason=reason)
            self.merged_into = into
        return self

    def unmerge(self, *, by, reason, version=None):
        """They were two after all: what this person spoke to is theirs again; what came since the merger stays put."""
        with self.changing(by=by, reason=reason, version=version):
            must_be_clerk(by, _("Only a clerk says that one person is two."))
            must_say(reason, _("Say how you know that they are two people."))
            if self.merged_into is None:
                raise Refused(_("%(report)s is not merged into anybody.") % {"report": self})
            if self.merged_into.merged_into is not None:
                raise Refused(
                    _("%(merged_into)s is merged into somebody else: take those two apart first.")
                    % {"merged_into": self.merged_into}
                )
            once = Witness.history.filter(person=self.pk).values("id")
            self._hand_over(self.merged_into.witnesses.filter(pk__in=once), self, by=by, reason=reason)
            self.merged_into = None
        return self

    @contextmanager
    def _locked_with(self, other):
        """Both rows in one order: two clerks who merge them crosswise would else wait for each other for ever."""
        with transaction.atomic():
            list(type(self).objects.select_for_update().filter(pk__in=[self.pk, other.pk]).order_by("pk"))
            other.refresh_from_db()
            yield

    def _hand_over(self, witnesses, to, *, by, reason):
        for witness in witnesses:
            with witness.changing(by=by, reason=reason):
                witness.person = to


class Witness(FromMinutes):
    """A person who attended an item to speak or answer: a name and a role at that meeting."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="witnesses")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=300, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    as_printed = models.TextField(blank=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="witnesses")
    objects = WitnessQuerySet.as_manager()
    history = history_of()

    class Meta(FromMinutes.Meta):
        verbose_name_plural = _("witnesses")
        indexes = [models.Index(name="spellings_of_a_person", fields=["person", "name"])]

    def __str__(self):
        return ", ".join(filter(None, [self.name, self.role, self.organisation]))
