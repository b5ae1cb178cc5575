"""People who sign in, for clerks and administrators: who is here, entering and correcting them, the boards they sit on."""

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import DetailView, ListView

from recommendations import letters, permissions
from recommendations.forms import people as forms
from recommendations.models import Board, Membership, Refused, User
from recommendations.views.acts import Act, Adding


class People(ListView):
    template_name = "recommendations/people/list.html"
    paginate_by = 50

    def get_queryset(self):
        return User.objects.for_list()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for person in context["page_obj"]:
            person.roles = [forms.ROLES.get(group.name, group.name) for group in person.groups.all()]
        return context


class PersonPage(DetailView):
    """One of them: what they may do, where they sit, and what can be changed."""

    template_name = "recommendations/people/person.html"
    queryset = User.objects.all()
    # Not "user": that is who looks at the page.
    context_object_name = "person"

    def get_context_data(self, **kwargs):
        user, person = self.request.user, self.object
        return super().get_context_data(**kwargs) | {
            "roles": [forms.ROLES.get(name, name) for name in sorted(person.role_names)],
            "memberships": person.memberships.select_related("board").order_by("-since", "board__name"),
            "owned": person.recommendations.visible_to(user).open().count(),
            "may_change": permissions.may_change_person(user, person),
            "may_switch": permissions.may_switch_person(user, person),
            "has_factors": person.authenticator_set.exists(),
            "can_invite": permissions.can_invite(user, person),
            "letters_go": letters.can_be_sent() and not settings.OIDC_ONLY,
            "boards_meet": Board.objects.standing().exists(),
        }


class PeopleAct(Act):
    """On one person. A second writer is told that somebody was there before, not what: the history has no version."""

    may = staticmethod(permissions.may_change_person)

    def get_thing(self):
        return get_object_or_404(User, pk=self.kwargs["pk"])

    def take_back(self):
        self.thing.refresh_from_db()

    def changed_since(self, version):
        return []

    def get_success_url(self):
        return reverse("person", args=[self.thing.pk])


class AddPerson(Adding, PeopleAct):
    heading = _("Add a person")
    submit_label = _("Add the person")
    form_class = forms.NewPersonForm
    may = staticmethod(lambda user, person: permissions.is_organiser(user))

    @property
    def intro(self):
        if letters.can_be_sent():
            return _("They get an e-mail with a link, with which they choose a password and sign in.")
        return NO_LETTERS

    def get_thing(self):
        return User()

    def perform(self, form):
        said, by = form.cleaned_data, self.request.user
        self.thing = User(full_name=said["full_name"], job_title=said["job_title"], email=said["email"])
        self.thing.enter(roles=said["roles"], boards=said.get("boards", ()), by=by)
        return _("%(person)s is added. %(invited)s") % {
            "person": self.thing,
            "invited": invite(self.thing, self.request),
        }

    def get_success_url(self):
        return reverse("person", args=[self.thing.pk]) if self.thing.pk else reverse("people")


NO_LETTERS = _(
    "This site sends no e-mail yet, so nobody is invited: an administrator gives the first password in the administration."
)


def invite(person, request):
    """What became of the invitation, in a sentence; sent, it is in the history."""
    if settings.OIDC_ONLY:
        return _("They sign in with their council account.")
    if not letters.can_be_sent():
        return NO_LETTERS
    if not letters.send_password(person, request, invited_by=request.user):
        return _("The mail server did not take the invitation. Send it again later.")
    person.note_invitation(by=request.user)
    return _("An invitation is on its way to %(address)s.") % {"address": person.email}


class CorrectPerson(PeopleAct):
    heading = _("Correct the person")
    form_class = forms.CorrectPersonForm

    def perform(self, form):
        said = form.cleaned_data
        self.thing.correct(
            full_name=said["full_name"], job_title=said["job_title"], email=said.get("email", self.thing.email),
            roles=said["roles"], by=self.request.user, version=said["version"],
        )  # fmt: skip
        return _("%(person)s is corrected.") % {"person": self.thing}


class InvitePerson(PeopleAct):
    heading = _("Send the invitation again")
    intro = _("A new letter with a new link. Links that were sent before keep working until they end.")
    submit_label = _("Send it")
    form_class = forms.ActForm
    can = staticmethod(permissions.can_invite)

    def perform(self, form):
        if not permissions.can_invite(self.request.user, self.thing):
            raise Refused(_("%(person)s needs no invitation.") % {"person": self.thing})
        return invite(self.thing, self.request)


class SwitchPerson(PeopleAct):
    """Whichever way it is not now."""

    form_class = forms.SwitchForm
    may = staticmethod(permissions.may_switch_person)

    @property
    def heading(self):
        return _("Stop the person signing in") if self.thing.is_active else _("Let the person sign in again")

    @property
    def intro(self):
        if not self.thing.is_active:
            return _("They sign in with the password they had.")
        return _("They are signed out at once. Nothing they did is lost, and nobody is deleted.")

    @property
    def submit_label(self):
        return self.heading

    def perform(self, form):
        said, person = form.cleaned_data, self.thing
        person.switch(not person.is_active, by=self.request.user, reason=said["reason"], version=said["version"])
        if person.is_active:
            return _("%(person)s can sign in again.") % {"person": person}
        owned = person.recommendations.open().count()
        left = ngettext(
            "They still own %(n)d open recommendation: give it to somebody else.",
            "They still own %(n)d open recommendations: give them to somebody else.", owned,
        ) % {"n": owned}  # fmt: skip
        done = _("%(person)s cannot sign in any more.") % {"person": person}
        return f"{done} {left}" if owned else done


class SitOnBoard(PeopleAct):
    heading = _("Put on a board")
    submit_label = _("Save")
    form_class = forms.SitForm

    def perform(self, form):
        said = form.cleaned_data
        sits = Membership(user=self.thing, board=said["board"], since=said["since"]).begin(by=self.request.user)
        return _("%(person)s sits on %(board)s.") % {"person": self.thing, "board": sits.board}


class EndMembership(Act):
    heading = _("Take off the board")
    form_class = forms.EndForm
    may = staticmethod(lambda user, sits: permissions.may_change_person(user, sits.user))

    def get_thing(self):
        return get_object_or_404(Membership.objects.select_related("user", "board"), pk=self.kwargs["pk"])

    def perform(self, form):
        said = form.cleaned_data
        self.thing.end(until=said["until"], by=self.request.user, version=said["version"])
        return _("%(person)s leaves %(board)s.") % {"person": self.thing.user, "board": self.thing.board}

    def get_success_url(self):
        return reverse("person", args=[self.thing.user_id])
