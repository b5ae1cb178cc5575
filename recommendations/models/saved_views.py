"""Views of lists that a person keeps: which filters, in what order, how many rows a page."""

from contextlib import contextmanager

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from recommendations import clock, permissions
from recommendations.models.people import User
from recommendations.models.tracked import Refused, Tracked, history_of, must_say

# The lists of which views are kept, by the names of their addresses.
LISTS = ("recommendations", "follow-ups", "answers", "meetings", "witnesses", "organisations")
# What asks for a whole list: an address that asks for nothing may open a view.
WHOLE = "all=yes"
# Of one list, so that its page does not begin with a page of links.
MOST = 20


class SavedViewQuerySet(models.QuerySet):
    def live(self):
        return self.filter(removed_on=None)


class SavedView(Tracked):
    """A list as one person wants to see it again, under a name of their own."""

    user = models.ForeignKey("User", on_delete=models.PROTECT, related_name="saved_views")
    page = models.CharField(
        gettext_lazy("list"), max_length=40, editable=False, help_text=gettext_lazy("The name of the list's address.")
    )
    name = models.CharField(max_length=80)
    query = models.TextField(
        blank=True, editable=False, help_text=gettext_lazy("What stands in the address after the question mark.")
    )
    opens_first = models.BooleanField(
        gettext_lazy("open the list like this"),
        default=False,
        help_text=gettext_lazy("Where its address asks for nothing else."),
    )
    removed_on = models.DateField(null=True, blank=True, editable=False)
    objects = SavedViewQuerySet.as_manager()
    history = history_of()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                name="a_person_has_one_view_of_a_name", fields=["user", "page", "name"], condition=Q(removed_on=None)
            ),
            models.UniqueConstraint(
                name="one_view_of_a_list_opens_first",
                fields=["user", "page"],
                condition=Q(removed_on=None, opens_first=True),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{reverse(self.page)}?{self.query or WHOLE}"

    def keep(self, *, by):
        """Keep this new view; the person is its user, and the list one of those that can be kept."""
        self._must_be_theirs(by)
        if self.page not in LISTS:
            raise Refused(_("Views of this page cannot be kept."))
        with self._one_at_a_time():
            others = self._others()
            if len(others) >= MOST:
                told = ngettext(
                    "You have kept %(n)d view of this list already. Remove one first.",
                    "You have kept %(n)d views of this list already. Remove one first.",
                    MOST,
                )
                raise Refused(told % {"n": MOST})
            self._be_named(self.name, among=others)
            self._be_the_only_first(among=others, by=by)
            return self.record(by=by)

    def change(self, *, name, opens_first, by, version=None):
        """Rename it, and say whether the list opens like this."""
        with self._one_at_a_time(), self.changing(by=by, version=version):
            self._must_be_theirs(by)
            others = self._others()
            self._be_named(name, among=others)
            self.opens_first = opens_first
            self._be_the_only_first(among=others, by=by)
        return self

    def remove(self, *, by, version=None):
        """It stays in the history, and its name is free again."""
        with self.changing(by=by, version=version):
            self._must_be_theirs(by)
            self.removed_on, self.opens_first = clock.today(), False
        return self

    def _must_be_theirs(self, by):
        if by != self.user or not permissions.is_reader(by):
            raise Refused(_("Only the person whose view this is can keep, change or remove it."))
        if self.removed_on:
            raise Refused(_("This view has been removed already. Keep a new one."))

    @contextmanager
    def _one_at_a_time(self):
        """Of two clicks at once the second waits here, and meets what the first has made."""
        with transaction.atomic():
            User.objects.select_for_update().get(pk=self.user_id)
            yield

    def _others(self):
        return list(type(self).objects.live().filter(user=self.user, page=self.page).exclude(pk=self.pk))

    def _be_named(self, name, among):
        name = must_say(name, _("Give the view a name."))
        if any(name.lower() == other.name.lower() for other in among):
            raise Refused(_("You have a view of this list with that name already. Choose another name."))
        self.name = name

    def _be_the_only_first(self, among, *, by):
        """Where this opens the list, what opened it before does so no more."""
        for other in among if self.opens_first else ():
            if other.opens_first:
                with other.changing(by=by):
                    other.opens_first = False
