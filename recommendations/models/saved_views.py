"""Views of lists that a person keeps: which filters, in what order, how many rows a page."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from recommendations.models.tracked import Tracked, history_of


class SavedView(Tracked):
    """A list as one person wants to see it again, under a name of their own."""

    user = models.ForeignKey("User", on_delete=models.PROTECT, related_name="saved_views")
    page = models.CharField("list", max_length=40, editable=False, help_text="The name of the list's address.")
    name = models.CharField(max_length=80)
    query = models.TextField(
        blank=True, editable=False, help_text="What stands in the address after the question mark."
    )
    opens_first = models.BooleanField(
        "open the list like this", default=False, help_text="Where its address asks for nothing else."
    )
    removed_on = models.DateField(null=True, blank=True, editable=False)
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
        return f"{reverse(self.page)}?{self.query}"
