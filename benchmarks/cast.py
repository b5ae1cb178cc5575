"""Who visits which pages of a portfolio: signed-in sessions, and the same records on the site and on the floor."""

from django.db.models import Count, Q
from django.test import Client
from django.urls import reverse

from recommendations import permissions
from recommendations.models import Recommendation, User
from recommendations.views import paging

QUESTIONS = (
    "school buses", "therapeutic support", "delayed discharge", "damp mould", "potholes", "foster carers", "knife crime",
    "dementia", "waste collections", "apprenticeships care leavers", "winter gritting", "autism assessments", "rough sleeping",
    "library opening hours", "joint protocol police", "budget review", "flooding roads rain", "voluntary sector",
    "waiting time education health plan", "domestic abuse refuges",
)  # fmt: skip
DEEP = 0.5
ROWS = 25


def session(user):
    """The cookies of somebody who has signed in."""
    client = Client(headers={"x-forwarded-proto": "https", "host": "127.0.0.1"})
    client.force_login(user)
    return {name: cookie.value for name, cookie in client.cookies.items()}


class Cast:
    """One member, one clerk, five officers; twenty recommendations with a history."""

    def __init__(self):
        self.member = User.objects.in_role(permissions.MEMBERS).earliest("pk")
        self.clerk = User.objects.in_role(permissions.CLERKS).earliest("pk")
        their_open = Count("recommendations", filter=Q(recommendations__closed_on=None))
        busy = User.objects.in_role(permissions.OFFICERS).annotate(n=their_open).filter(n__gte=10).order_by("pk")
        self.officers = list(busy[:5]) or [User.objects.in_role(permissions.OFFICERS).earliest("pk")]
        public = Recommendation.objects.filter(exempt_paragraph=None, item__exempt_paragraph=None)
        keys = public.filter(version__gte=3).order_by("pk").values_list("pk", flat=True)
        found = list(keys[:: max(1, len(keys) // 20)][:20])
        self.slugs = list(Recommendation.objects.filter(pk__in=found).values_list("slug", flat=True))
        self.size = Recommendation.objects.count()

    def changing(self):
        """The one that is changed before each round."""
        return Recommendation.objects.filter(progress__in=("in_progress", "paused")).latest("pk")

    def change(self):
        """One status, by the verb: paused or taken up again."""
        one = self.changing()
        one.change_progress(
            "paused" if one.progress == "in_progress" else "in_progress", by=self.clerk, reason="For the bench."
        )

    def changeable(self, how_many):
        """Slugs of what is in progress: a clerk pauses it and takes it up again."""
        rows = Recommendation.objects.filter(progress__in=("in_progress", "paused")).order_by("pk")
        return list(rows.values_list("slug", flat=True)[:how_many])


def of_site(cast, open_as):
    """{page: [(visitor, path), …]} on the site; `open_as` gives a visitor for a person."""
    member, clerk = open_as(cast.member), open_as(cast.clerk)
    deep = f"{reverse('recommendations')}?all=1&page={max(1, int(cast.size / ROWS * DEEP))}"
    return {
        "dashboard, member": [(member, reverse("dashboard"))],
        "dashboard, clerk": [(clerk, reverse("dashboard"))],
        "overdue by owner": [(member, f"{reverse('follow-ups')}?only=overdue&sort=owner")],
        "list, first page": [(member, f"{reverse('recommendations')}?all=1")],
        "list, deep page": [(member, f"{deep}&after={after_the_middle(cast)}")],
        "list, deep page by number": [(member, deep)],
        "one recommendation": [(member, reverse("recommendation", args=[slug])) for slug in cast.slugs],
        "one recommendation, itself changed": [(clerk, reverse("recommendation", args=[cast.changing().slug]))],
        # Its page fetches them once it stands.
        "similar recommendations": [(member, reverse("recommendation-similar", args=[slug])) for slug in cast.slugs],
        "search": [(member, f"{reverse('search')}?q={words.replace(' ', '+')}") for words in QUESTIONS],
        "my work": [(open_as(officer), reverse("my-work")) for officer in cast.officers],
    }


def after_the_middle(cast):
    """What "next" says of the row before a page: of the one in the middle of everything, to which nobody need read on."""
    order = [("item__meeting__held_on", True), ("position", False), ("id", False)]
    rows = Recommendation.objects.visible_to(cast.member).order_by(*paging.ordering(order, Recommendation))
    return paging.words_for_key(order, rows.values_list(*(name for name, _ in order))[int(cast.size * DEEP)])


def of_floor(cast, open_as):
    member = open_as(cast.member)
    return {
        "bare": [(member, "/bare/")],
        "dashboard": [(member, "/dashboard/")],
        "list": [(member, "/list/")],
        "item": [(member, f"/item/{slug}/") for slug in cast.slugs],
        "search": [(member, f"/search/?q={words.replace(' ', '+')}") for words in QUESTIONS],
        "work": [(open_as(officer), "/my-work/") for officer in cast.officers],
    }


# Each page of the site, and the page of the floor that fetches the same facts.
FLOOR_OF = {
    "dashboard, member": "dashboard",
    "dashboard, clerk": "dashboard",
    "overdue by owner": "list",
    "list, first page": "list",
    "list, deep page": "list",
    "list, deep page by number": "list",
    "one recommendation": "item",
    "one recommendation, itself changed": "item",
    "similar recommendations": "search",
    "search": "search",
    "my work": "work",
}
