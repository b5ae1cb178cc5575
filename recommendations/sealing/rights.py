"""Who was entitled to what at a moment: from the record of rights, and from whether somebody could sign in at all."""

from bisect import bisect_right
from collections import defaultdict

from django.db.models import Min
from django.utils.functional import cached_property

from recommendations.models import AccountEvent, LinkUse, Meeting, PartnerLink, Recommendation, User
from recommendations.permissions import ADMINISTRATORS, CLERKS, OFFICERS


class Rights:
    """Read once: there are some hundred people, and a few events for each."""

    @cached_property
    def roles(self):
        """{person: [(since when, the roles from then on)]}, beginning with those of before the first event, since ever."""
        told = defaultdict(list)
        events = AccountEvent.objects.of_rights().order_by("at", "id")
        for person, at, kind, before, after in events.values_list(
            "person", "at", "kind", "roles_before", "roles_after"
        ):
            if person not in told and kind == AccountEvent.Kind.RIGHTS_CHANGED:
                told[person].append((None, frozenset(before)))
            told[person].append((at, frozenset(after)))
        return told

    @cached_property
    def began(self):
        """When this record began, on a site that is older than it; None: with the site."""
        found = AccountEvent.objects.filter(kind=AccountEvent.Kind.RIGHTS_FOUND)
        return found.aggregate(first=Min("at"))["first"]

    @cached_property
    def may_sign_in(self):
        """{person: [(since when, whether they could sign in)]}, from the people's own histories."""
        told = defaultdict(list)
        rows = User.history.order_by("history_date", "history_id")
        for person, at, is_active in rows.values_list("id", "history_date", "is_active"):
            told[person].append((at, is_active))
        return told

    @cached_property
    def superusers(self):
        """{person: [(since when, whether they were a superuser)]}, of those who ever were."""
        told = defaultdict(list)
        rows = User.history.filter(id__in=User.history.filter(is_superuser=True).values("id"))
        rows = rows.order_by("history_date", "history_id").values_list("id", "history_date", "is_superuser")
        for person, at, is_superuser in rows:
            told[person].append((at, is_superuser))
        return told

    @cached_property
    def linked_accounts(self):
        """People whose roles the council's own provider may tell."""
        found = AccountEvent.objects.filter(kind=AccountEvent.Kind.PROVIDER_LINKED)
        return set(found.order_by().values_list("person", flat=True))

    @cached_property
    def people(self):
        return set(User.objects.values_list("pk", flat=True))

    @cached_property
    def links(self):
        return {link.pk: link for link in PartnerLink.objects.all()}

    @cached_property
    def uses(self):
        return set(LinkUse.objects.values_list("link", "response"))

    @cached_property
    def brought_in(self):
        """The recommendations that an old tracker held, with what had been said of them."""
        return set(Recommendation.objects.filter(tracker__isnull=False).order_by().values_list("pk", flat=True))

    @cached_property
    def meeting_days(self):
        """{meeting: every day that it was ever said to be held on}: one that was corrected had another one before."""
        days = defaultdict(set)
        for meeting, held_on in Meeting.history.order_by().values_list("id", "held_on").distinct():
            days[meeting].add(held_on)
        return days

    def why_not(self, person, at, *, owner=None, roles=(CLERKS,)):
        """Why this person could not do what a clerk may (or `roles`), and an officer who is the `owner`; "" if they could.

        None where it is not known: what they did lies before the record of their rights.
        """
        if person not in self.people:
            return "by a person who is not there"
        if then(self.may_sign_in[person], at) is False:
            return "by a person who could not sign in then"
        had = self.roles_then(person, at)
        if had is None:
            return None
        if not had.isdisjoint(roles) or (OFFICERS in had and owner == person):
            return ""
        if ADMINISTRATORS in roles and self.was_superuser(person, at):
            return ""
        return f"by a person without the right to it (roles then: {', '.join(sorted(had)) or 'none'})"

    def roles_then(self, person, at):
        """None where the record begins later. Of whom it says nothing, they have had no role since."""
        if person in self.roles:
            return then(self.roles[person], at)
        return frozenset() if self.began is None or at >= self.began else None

    def was_superuser(self, person, at):
        return bool(then(self.superusers[person], at))

    def why_not_through(self, link, response, organisation, on):
        """Why an answer could not come through this link of a partner; "" if it could."""
        link = self.links.get(link)
        if link is None:
            return "through a link that is not there"
        if not link.made_on <= on <= link.expires_on or (link.revoked_on and on > link.revoked_on):
            return "through a link that did not work then"
        if organisation != link.organisation_id or (link.pk, response) not in self.uses:
            return "through a link that was not used for it"
        return ""


def then(told, at):
    """The last of [(since when, what)] that had begun by then; None since when: since ever. None if none had."""
    since_ever = [what for since, what in told[:1] if since is None]
    dated = [each for each in told if each[0] is not None]
    place = bisect_right(dated, at, key=lambda each: each[0])
    if place:
        return dated[place - 1][1]
    return since_ever[0] if since_ever else None
