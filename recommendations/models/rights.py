"""What somebody may do at all (roles, signing in, the administration), and the record of every change of it."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.models import HistoricalRecords

from recommendations.limits import address_of
from recommendations.models.account_events import AccountEvent

# People whose change is noted as a whole by a block around it.
_watched = ContextVar("watched", default=())


@dataclass(frozen=True)
class Rights:
    """As they are stored. Somebody new has none but that they can sign in."""

    roles: tuple = ()
    is_active: bool = True
    is_staff: bool = False
    is_superuser: bool = False

    @classmethod
    def of(cls, pk):
        flags = _people().filter(pk=pk).values_list("is_active", "is_staff", "is_superuser").first()
        if flags is None:
            return cls()
        return cls(tuple(Group.objects.filter(user=pk).order_by("name").values_list("name", flat=True)), *flags)


@contextmanager
def on_record(person, *, by=None, words=""):
    """What the block changes of this person's rights becomes one event.

    `by=None`: whoever asked for the page, in the administration as well; nobody where a command does it. `words` say
    how it came about.
    """
    with transaction.atomic():
        before = Rights.of(person.pk)
        token = _watched.set((*_watched.get(), person))
        try:
            yield
        finally:
            _watched.reset(token)
        note_change(person.pk, before, by=by, words=words)


def note_change(pk, before, *, by=None, words=""):
    """One event, where the rights are not what they were; within a block that watches this person, none."""
    if any(person.pk == pk for person in _watched.get()):
        return
    after = Rights.of(pk)
    if after == before:
        return
    AccountEvent.note(
        AccountEvent.Kind.RIGHTS_CHANGED, person=_people().get(pk=pk), by=by or _asking(), address=_place(),
        words=" ".join(map(str, [words, *changes(before, after)])).strip(), before=list(before.roles), after=list(after.roles),
    )  # fmt: skip


def note_password(person):
    AccountEvent.note(AccountEvent.Kind.PASSWORD_CHANGED, person=person, by=_asking(), address=_place())


def changes(before, after):
    """What became different, a sentence each."""
    if after.roles != before.roles:
        yield _("Roles: %(now)s. Before: %(before)s.") % {"now": named(after.roles), "before": named(before.roles)}
    if after.is_active != before.is_active:
        yield _("Can sign in again.") if after.is_active else _("Cannot sign in any more.")
    if after.is_staff != before.is_staff:
        yield _("May open the administration.") if after.is_staff else _("May not open the administration any more.")
    if after.is_superuser != before.is_superuser:
        yield _("Is a superuser.") if after.is_superuser else _("Is not a superuser any more.")


def named(roles):
    return ", ".join(roles) or _("none")


# Receivers: they hear of changes that come past the verbs, in the administration or a shell. See docs/decisions/0020.


def groups_change(sender, instance, action, reverse, pk_set, **kwargs):
    """Remembers the rights before, and notes the change after. `instance`: the person, or the group if it came from there."""
    if getattr(instance, "is_from_fixture", False):
        return
    if action.startswith("pre_"):
        whom = _whom(instance, pk_set) if reverse else [instance.pk]
        instance.rights_before = {pk: Rights.of(pk) for pk in whom}
    else:
        for pk, before in instance.__dict__.pop("rights_before", {}).items():
            note_change(pk, before)


def _whom(group, pk_set):
    return pk_set if pk_set is not None else group.user_set.values_list("pk", flat=True)


def person_loaded(sender, instance, raw, **kwargs):
    """A fixture brings its people's events with it."""
    instance.is_from_fixture = raw


def group_goes(sender, instance, **kwargs):
    """Its people lose the role before it goes, so that they are told apart."""
    instance.user_set.clear()


# Who


def _people():
    return apps.get_model("recommendations", "User")._base_manager


def _request():
    return getattr(HistoricalRecords.context, "request", None)


def _asking():
    user = getattr(_request(), "user", None)
    return user if user is not None and user.is_authenticated else None


def _place():
    return address_of(_request()) if _request() else ""
