"""The list of recommendations and the page of one, for everyone who reads; and what owners and clerks do with it."""

import datetime

from django.contrib import messages
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import DetailView

from recommendations import clock, permissions
from recommendations.forms import recommendations as forms
from recommendations.forms.filters import RecommendationFilter
from recommendations.history import timeline
from recommendations.models import Evidence, Following, FollowUpReport, Meeting, Recommendation, Response
from recommendations.models.own_rows import OwnRows
from recommendations.models.own_version import version_of
from recommendations.models.snapshot import DERIVED, SHOWN_OF_RECOMMENDATION
from recommendations.models.timeliness import timeliness_of
from recommendations.views.acts import Act
from recommendations.views.lists import NEXT_DUE, SLIPPED, WrittenList
from recommendations.views.written import Written, joined, part
from recommendations.words import day

# Of what has happened so much is shown, unless all is asked for.
NEWEST_ENTRIES = 50
ENTRY = "recommendations/_entry.html"
# For the first of those that fit, so many meetings are looked through.
MOST_LOOKED_THROUGH = 5_000


class Recommendations(WrittenList):
    is_known = True
    template_name = "recommendations/recommendation_list.html"
    filter_class = RecommendationFilter
    file, file_endings = "recommendations-file", ("docx", "xlsx", "csv")
    sorts = {
        "asked": ["item__meeting__held_on", "-position"],
        "reference": ["board__code", "id"],
        "due": [NEXT_DUE],
        "moved": ["times_moved", "id"],
        "slipped": [SLIPPED],
        "owner": ["owner__full_name"],
    }
    first_sort = "-asked"
    row = "recommendations/_recommendation_row.html"
    shows = (*SHOWN_OF_RECOMMENDATION, *DERIVED)
    joined: tuple[str, ...] = ("owner", "item__meeting")

    def get_rows(self):
        return self.snapshot.recommendations()

    def leads(self, rows, key, most):
        """The days of the first meetings that asked for one of these at least, so that they fill a page.

        Only of what PostgreSQL cannot tell how much there is; and no further than some meetings, which may have none.
        """
        asked = self.filter.query
        is_told = asked.keys() & {"timeliness", "progress"} or asked.get("only") == "reported_complete"
        if self.sort.removeprefix("-") != "asked" or not is_told:
            return Q()
        is_down = self.sort.startswith("-")
        order, beyond, within = ("-held_on", "lte", "gte") if is_down else ("held_on", "gte", "lte")
        behind = Meeting.objects.filter(**{f"held_on__{beyond}": key[0]} if key else {}).order_by(order)
        furthest = Subquery(behind.values("held_on")[MOST_LOOKED_THROUGH : MOST_LOOKED_THROUGH + 1])
        end = datetime.date.min if is_down else datetime.date.max
        # One of each is looked for: `Exists` would be made into a join with all that fits.
        theirs = Subquery(rows.filter(item__meeting=OuterRef("pk")).order_by().values("pk")[:1])
        asking = behind.alias(has=theirs).filter(**{f"held_on__{within}": Coalesce(furthest, end)}, has__isnull=False)
        return Q(item__meeting__held_on__in=asking.values("held_on")[:most])

    def row_context(self, row):
        return {"recommendation": row}

    def ready(self, rows):
        return rows.only(*SHOWN_OF_RECOMMENDATION).select_related(*self.joined) if self.is_written else rows

    def complete(self, rows):
        return self.snapshot.derived(list(rows)) if self.is_written else self.snapshot.complete(rows, self.joined)

    def get_context_data(self, **kwargs):
        history = "recommendations-history" if self.request.user.is_authenticated else ""
        return super().get_context_data(**kwargs) | {"history_file": history}


class RecommendationPage(Written, DetailView):
    """Where it stands first; then the Board's words, what may be done now, answers, reports, evidence, history."""

    template_name = "recommendations/recommendation.html"

    def get(self, request, slug):
        if self.version is None:
            raise Http404
        return self.show()

    @property
    def versions(self):
        return tuple(self.version.values())

    @cached_property
    def version(self):
        return version_of(self.kwargs["slug"], self.request.user.pk)

    def write(self):
        self.own = OwnRows(self.kwargs["slug"], self.request.user, self.version)
        self.object = self.own.recommendation()
        if self.object is None:
            raise Http404
        return self.get_context_data()

    def get_context_data(self, **kwargs):
        thing, user, own = self.object, self.request.user, self.own
        reports, answers = self.reports(), self.answers()
        for child in (*reports, *answers):
            child.recommendation = thing
        thing.timeliness = timeliness_of(thing, reports, answers)
        entries = timeline(thing, user, own)
        told = entries if "all" in self.request.GET else entries[:NEWEST_ENTRIES]
        waiting = own.dates_asked_for()
        asked = {change.follow_up_id for change in waiting}
        return super().get_context_data(**kwargs) | {
            "on": clock.today(),
            "reports": [self.report_row(report, asked) for report in reports],
            "answers": answers,
            "waiting_changes": waiting,
            "next_step": thing.next_step(reports, answers),
            "evidence": self.evidence(),
            "timeline": self.entries(told),
            "entries_shown": len(told),
            "entries_in_all": len(entries),
            "can_update": permissions.can_update(user, thing),
            "can_manage": permissions.can_manage(user, thing),
            "can_reopen": permissions.can_reopen(user, thing),
            "can_note": permissions.can_note_outcome(user, thing),
            "can_ask": permissions.can_ask_for_later_date(user, thing) and None not in asked,
            "can_order": permissions.can_order_report(user, thing, reports),
            "is_clerk": permissions.is_clerk(user),
            # Nobody has looked through what was uploaded for what the public may not read.
            "show_files": user.is_authenticated,
            "is_followed": own.has("following") and user.followings.active().filter(recommendation=thing).exists(),
        }

    def entries(self, told):
        """As written, each once: what is added leaves the others as they are."""
        can_open = self.request.user.is_authenticated
        return joined(part(ENTRY, (can_open, *one.shown), {"entry": one, "link_files": can_open}) for one in told)

    def reports(self):
        return self.own.rows(FollowUpReport, ["submitted_by", "received_at__board"], "number")

    def answers(self):
        return self.own.rows(Response, ["organisation", "regime", "through__organisation"])

    def evidence(self):
        """The points first, then the witnesses, as they stand in the minutes."""
        linked = [one for one in self.own.rows(Evidence, ["point", "witness"]) if not one.is_withdrawn]
        return sorted(linked, key=lambda one: (one.point is None, (one.point or one.witness).position))

    def report_row(self, report, asked):
        """`asked`: the ids of the reports for which a later date is asked already."""
        user = self.request.user
        return {
            "report": report,
            "can_read": permissions.can_read_words(user, report),
            "can_submit": permissions.can_submit(user, report),
            "can_receive": permissions.can_receive(user, report),
            "can_move": permissions.can_set_due_date(user, report),
            "can_ask": permissions.can_ask_for_later_date(user, report) and report.pk not in asked,
            "can_waive": permissions.can_set_due_date(user, report),
        }


class WriteUpdate(Act):
    heading = _("Update progress")
    submit_label = _("Save the update")
    form_class = forms.UpdateForm
    may = staticmethod(permissions.may_update)
    can = staticmethod(permissions.can_update)

    def perform(self, form):
        thing, said, user = self.thing, form.cleaned_data, self.request.user
        is_changed = said["progress"] != thing.progress
        # Asked before the lock, which forgets the item that was read with it.
        is_for_few = said["exempt_paragraph"] or thing.is_restricted
        with thing.locked():
            if is_changed:
                # All who read the recommendation are told the reason of a change: never the words of an exempt update.
                reason = _("Said in an exempt update.") if said["exempt_paragraph"] else said["text"]
                thing.change_progress(said["progress"], by=user, reason=reason, version=said["version"])
            thing.say(said["text"], by=user, file=said["file"], exempt_paragraph=said["exempt_paragraph"])
        readers = _("The board and clerks") if is_for_few else _("Members and clerks")
        return _("Your update is saved. %(readers)s see it from now on.") % {"readers": readers}


@require_POST
def follow(request, slug):
    """Begin or stop to follow: a button on the page, so no form of its own."""
    thing = get_object_or_404(Recommendation.objects.visible_to(request.user), slug=slug)
    following = Following.turn(thing, by=request.user, is_active="stop" not in request.POST)
    messages.success(
        request,
        (_("You follow %(reference)s.") if following.is_active else _("You no longer follow %(reference)s."))
        % {"reference": thing.reference},
    )
    return redirect(thing)


class ManagingAct(Act):
    """For clerks, while the recommendation is open."""

    may = staticmethod(permissions.may_manage)
    can = staticmethod(permissions.can_manage)


class ClerksAct(Act):
    """For clerks, open or closed."""

    may = staticmethod(permissions.may_manage)


class Assign(ManagingAct):
    heading = _("Who owns it?")
    form_class = forms.AssignForm

    def perform(self, form):
        said = form.cleaned_data
        self.thing.assign(said["owner"], by=self.request.user, reason=said["reason"], version=said["version"])
        return _("%(owner)s now owns %(reference)s.") % {
            "owner": said["owner"] or _("Nobody"),
            "reference": self.thing.reference,
        }


class Close(ManagingAct):
    heading = _("Close at a meeting")
    submit_label = _("Close the recommendation")
    warning_text = _(
        "Follow-up reports still awaited are waived. A clerk can reopen the recommendation, with a reason."
    )
    form_class = forms.CloseForm

    def perform(self, form):
        said = form.cleaned_data
        self.thing.close(
            said["outcome"], at=said["at"], by=self.request.user, reason=said["reason"], minute=said["minute"],
            note=said["note"], version=said["version"],
        )  # fmt: skip
        return _("%(reference)s is closed.") % {"reference": self.thing.reference}


class Reopen(ClerksAct):
    heading = _("Reopen")
    submit_label = _("Reopen the recommendation")
    form_class = forms.ReopenForm
    can = staticmethod(permissions.can_reopen)

    def perform(self, form):
        said = form.cleaned_data
        self.thing.reopen(by=self.request.user, reason=said["reason"], version=said["version"])
        return _("%(reference)s is open again, in progress.") % {"reference": self.thing.reference}


class NoteOutcome(ClerksAct):
    heading = _("What changed because of it?")
    intro = _(
        "It stands on the board’s page of the year, in these words, for everyone who may read the recommendation."
    )
    form_class = forms.OutcomeForm
    can = staticmethod(permissions.can_note_outcome)

    def perform(self, form):
        said = form.cleaned_data
        self.thing.note_outcome(
            said["note"], by=self.request.user, reason=said.get("reason", ""), version=said["version"]
        )
        return _("What changed because of it is written down.")


class Retitle(ClerksAct):
    heading = _("Change the short title")
    intro = _("The Board’s own words stay as they are.")
    form_class = forms.RetitleForm

    def perform(self, form):
        self.thing.retitle(form.cleaned_data["title"], by=self.request.user, version=form.cleaned_data["version"])
        return _("The short title is changed.")


class Correct(ClerksAct):
    heading = _("Correct the Board’s words")
    intro = _("Only where they were copied wrongly. The earlier words stay in the history.")
    form_class = forms.CorrectForm

    def perform(self, form):
        said = form.cleaned_data
        self.thing.correct_words(said["text"], by=self.request.user, reason=said["reason"], version=said["version"])
        return _("The Board’s words are corrected.")


class MarkExempt(ClerksAct):
    heading = _("Who may read it?")
    form_class = forms.ExemptForm

    def perform(self, form):
        said = form.cleaned_data
        self.thing.mark_exempt(
            said["exempt_paragraph"], by=self.request.user, reason=said["reason"], version=said["version"]
        )
        told = _("%(reference)s is exempt now.")
        if not self.thing.is_restricted:
            told = _("%(reference)s is open to all who read now.")
        return told % {"reference": self.thing.reference}


class LinkEvidence(ClerksAct):
    heading = _("What led to it?")
    intro = _("Tick the discussion points and the witnesses that led the Board to this recommendation.")
    form_class = forms.EvidenceForm

    def perform(self, form):
        said = form.cleaned_data
        self.thing.link_evidence(points=said["points"], witnesses=said["witnesses"], by=self.request.user)
        return _("The evidence is saved.")


class DatedAct(Act):
    """For a due date: the recommendation's, or with `pk` that of one of its follow-up reports."""

    def get_thing(self):
        return self.get_report() if "pk" in self.kwargs else super().get_thing()


class SetDueDate(DatedAct):
    heading = _("Due date")
    form_class = forms.DueDateForm
    may = staticmethod(lambda user, thing: permissions.is_clerk(user))
    can = staticmethod(permissions.can_set_due_date)

    def perform(self, form):
        said = form.cleaned_data
        self.thing.set_due_date(
            said["due_on"], by=self.request.user, reason=said.get("reason", ""), at=said.get("agreed_at"),
            minute=said.get("minute", ""), version=said["version"],
        )  # fmt: skip
        return _("The due date is now %(due_on)s.") % {"due_on": day(self.thing.due_on)}


class AskForLaterDate(DatedAct):
    heading = _("Ask for a later date")
    intro = _("The clerk decides, if need be with the Board. Until then the present date stands.")
    submit_label = _("Ask")
    form_class = forms.LaterDateForm
    may = staticmethod(permissions.may_ask_for_later_date)
    can = staticmethod(permissions.can_ask_for_later_date)

    def perform(self, form):
        said = form.cleaned_data
        self.thing.ask_for_later_date(said["to"], by=self.request.user, reason=said["reason"])
        return _("You have asked for a later date. The clerk sees it on their desk.")
