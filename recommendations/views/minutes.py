"""For clerks: one draft of minutes, from its review to the records of a meeting."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import escape, format_html
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from recommendations import clock
from recommendations.forms.asking import Asking
from recommendations.forms.fields import sent_number
from recommendations.forms.minutes import DiscardForm
from recommendations.forms.sheets import HEADINGS, Review
from recommendations.history import what_changed_since
from recommendations.minutes import adopt, aftermath, drafts, readiness, splitting
from recommendations.minutes.known_organisations import KnownOrganisations
from recommendations.minutes.meeting_days import the_printed_day
from recommendations.minutes.reconcile import reconcile
from recommendations.models import MinutesDraft, Recommendation, Refused, Repeats, Stale, User
from recommendations.models.exempt import PARAGRAPHS
from recommendations.permissions import is_clerk
from recommendations.search.likeness import asked_before
from recommendations.views.acts import Act
from recommendations.words import count_of

DRAFTS = MinutesDraft.objects.select_related("board", "meeting", "claimed_by")
# What becomes records beside the recommendations, in the order of the check page.
RECORDED = ("witness", "point", "resolution", "attendance")


class DraftStep(View):
    """One step on the way of a draft; a draft that is finished leads on to what became of it."""

    def dispatch(self, request, *args, **kwargs):
        self.draft = get_object_or_404(DRAFTS, pk=kwargs["pk"])
        if not self.draft.is_unfinished:
            return self.show_finished()
        return super().dispatch(request, *args, **kwargs)

    def show_finished(self):
        is_now = self.draft.get_state_display().lower()
        messages.info(self.request, f"This draft is {is_now}: nothing in it changes any more.")
        meeting = self.draft.meeting
        return HttpResponseRedirect(meeting.get_absolute_url() if meeting else self.address("draft"))

    def show(self, **context):
        self.draft.is_mine = self.draft.claimant == self.request.user
        return render(self.request, self.template_name, {"draft": self.draft} | context)

    def take_over_if_asked(self):
        """Before anything else that the same button does, so that it is done by who has the draft."""
        if self.request.POST.get("act") == "take-over":
            # Where it was finished in this very moment, what follows is refused in the same words.
            with suppress(Refused):
                self.draft.take_over(by=self.request.user)

    def address(self, name, anchor=""):
        return reverse(name, args=[self.draft.pk]) + (f"#{anchor}" if anchor else "")


class SheetStep(DraftStep):
    """A step that is one sheet of forms: one POST saves all of it and does what the pressed button says.

    Looking claims nothing; the first save does.
    """

    here = ""
    following = ""

    def get(self, request, *args, **kwargs):
        return self.show(sheet=self.make_sheet())

    def make_sheet(self, content=None, data=None):
        return self.sheet_class(self.draft, content, data)

    def post(self, request, *args, **kwargs):
        """The forms are read against the draft as this person saw it, which may be older than what is stored."""
        self.take_over_if_asked()
        seen = self.seen()
        sheet = self.make_sheet(seen.content if seen else None, request.POST)
        if not sheet.is_valid():
            return self.show(sheet=sheet)
        if seen is not None:
            return self.show_both(seen, sheet)
        try:
            return self.save(sheet, *self.pressed)
        except Stale:
            # Somebody saved in this very moment: the draft has been read anew, and counts as seen too early.
            return self.post(request, *args, **kwargs)

    def seen(self):
        """The draft at the version that the form was opened with; None where that is the present one."""
        version = sent_number(self.request.POST.get("version", ""))
        if version is None or version >= self.draft.version:
            return None
        return self.draft.history.filter(version=version).first()

    def show_both(self, seen, mine):
        """What was typed here, put onto what somebody else saved meanwhile, to be looked at and saved again."""
        both, told = reconcile(seen.content, self.draft.content, mine.corrected())
        sheet = self.make_sheet(both)
        sheet.told = what_changed_since(self.draft, int(self.request.POST["version"])) + told
        for name, given in self.asked_in(mine).items():
            if given != getattr(seen, name):
                sheet.form.initial[name] = given
        return self.show(sheet=sheet)

    @property
    def pressed(self):
        """The name of the button pressed, and the number of what it stands at."""
        act, _colon, target = self.request.POST.get("act", "save").partition(":")
        return act, sent_number(target) or 0

    def save(self, sheet, act, target):
        content = sheet.corrected()
        try:
            anchor = self.perform(sheet, content, act, target)
        except Refused as refusal:
            sheet.refuse(refusal, act, target)
            return self.show(sheet=sheet)
        try:
            self.keep(content, self.asked_in(sheet), leaves=act == "leave")
        except Stale:
            raise
        except Refused as refusal:
            # Somebody else works on it, or has finished it: nothing typed is lost by that.
            sheet.form.add_error(None, str(refusal))
            return self.show(sheet=sheet)
        return HttpResponseRedirect(self.next_address(act, anchor))

    def asked_in(self, sheet):
        """What a sheet asks of the draft itself, as far as it was answered."""
        said = sheet.form.cleaned_data
        return {name: said[name] for name in ("board", "held_on") if said.get(name)}

    def keep(self, content, asked, *, leaves):
        """Save what changed. A save that changes nothing is at work as well; leaving it is not."""
        by = self.request.user
        if content != self.draft.content or any(asked[name] != getattr(self.draft, name) for name in asked):
            self.draft.correct(content, by=by, version=self.draft.version, leaves=leaves, **asked)
        elif leaves:
            self.draft.release(by=by)
        else:
            self.draft.claim(by=by)

    def perform(self, sheet, content, act, target):
        """Do what the button says to `content`; returns the anchor to go on at."""
        return ""

    def next_address(self, act, anchor):
        if act == "leave":
            messages.success(self.request, _("The draft is saved. You can go on with it at any time."))
            return reverse("drafts")
        return self.address(self.following if act == "next" else self.here, anchor)


class ReviewDraft(SheetStep):
    """The source on one side, what was found in it on the other; every line accounted for."""

    template_name = "recommendations/minutes/review.html"
    sheet_class = Review
    here = "draft"
    # What the buttons of a card do to the content; each returns the finding to go on at.
    acts = {
        "merge": drafts.merge,
        "restore": drafts.restore,
        "begin": drafts.begin_item,
        "split": splitting.split,
        "drop": drafts.must_be_dropped,
    }

    def show_finished(self):
        """The text stays to be looked at, with what each line became; what is sent comes too late."""
        if self.request.method == "POST":
            return super().show_finished()
        end = self.draft.history.filter(state=self.draft.state).select_related("history_user").earliest()
        told = aftermath.fates(self.draft)
        found = {"lines": aftermath.by_line(self.draft, told), "added": aftermath.added_by_hand(told)}
        return render(self.request, "recommendations/minutes/finished.html", {"draft": self.draft, "end": end} | found)

    def make_sheet(self, content=None, data=None):
        sheet = super().make_sheet(content, data)
        printed = None if self.draft.held_on else the_printed_day(self.draft.lines)
        if printed and printed[0] <= clock.today():
            sheet.form.offer_day(*printed)
        return sheet

    @property
    def following(self):
        asked = any(readiness.is_asked(finding) for finding in drafts.all_findings(self.draft.content))
        return "draft-recommendations" if asked else "draft-check"

    def perform(self, sheet, content, act, target):
        if act == "add" and sheet.added is None:
            raise Refused(_("Write the words to add."))
        if act == "join":
            drafts.join_item(content, target)
            return f"item-{target - 1}"
        more = [self.draft.lines] if act == "split" else []
        pk = self.acts[act](content, target, *more) if act in self.acts else sheet.added
        return f"f{pk}" if pk else ""


class DraftRecommendations(SheetStep):
    """For each recommendation and action: kind, title, addressees, owner, date, and what led to it."""

    template_name = "recommendations/minutes/recommendations.html"
    sheet_class = Asking
    here, following = "draft-recommendations", "draft-check"

    def show(self, sheet, **context):
        known = KnownOrganisations()
        asked = {key: f"{form.finding['title']} {form.finding['text']}" for key, form in sheet.by_id.items()}
        likes = asked_before(asked, self.request.user)
        for key, form in sheet.by_id.items():
            form.likes = likes[key]
            form.matches = [(name, known.find(name)) for name in form.finding["addressees"]]
        return super().show(sheet=sheet, **context)


class CheckDraft(DraftStep):
    """Everything once more before it is adopted, which cannot be undone."""

    template_name = "recommendations/minutes/check.html"

    def get(self, request, *args, **kwargs):
        return self.show(
            problems=self.with_addresses(readiness.problems(self.draft)),
            cautions=self.with_addresses(readiness.cautions(self.draft)),
            items=[self.summary_of(place, item) for place, item in drafts.adoptable(self.draft.content)],
        )

    def post(self, request, *args, **kwargs):
        if request.POST.get("act") == "take-over":
            self.take_over_if_asked()
            return HttpResponseRedirect(self.address("draft-check"))
        version = sent_number(request.POST.get("version", ""))
        try:
            meeting = adopt.adopt(self.draft, by=request.user, version=version)
        except Refused as refusal:
            # What stands in the way is told, each with its link, by the page itself.
            stale = isinstance(refusal, Stale)
            changed = " ".join(what_changed_since(self.draft, refusal.version)) if stale else ""
            messages.warning(request, f"Nothing was adopted. {refusal} {changed}".strip())
            return HttpResponseRedirect(self.address("draft-check"))
        messages.success(request, adopted_in_words(self.draft) + way_on(request.user))
        return HttpResponseRedirect(meeting.get_absolute_url())

    def with_addresses(self, remarks):
        return [(remark.sentence, self.address_of(remark)) for remark in remarks]

    def address_of(self, remark):
        if remark.finding:
            return self.address("draft-recommendations" if remark.is_about_asking else "draft", f"f{remark.finding}")
        return self.address("draft", "" if remark.item is None else f"item-{remark.item}")

    def summary_of(self, place, item):
        """An item as its records will read."""
        return {
            "anchor": str(place),
            "number": item["number"],
            "exempt": paragraph_in_words(item["exempt_paragraph"]),
            **{kind: drafts.text_of(item, kind) for kind in ("title", "purpose", "declarations")},
            "records": [(HEADINGS[kind], drafts.live(item, kind)) for kind in RECORDED],
            "asked": [self.asked_of(item, finding) for finding in drafts.live(item, *drafts.ASKED)],
            "left_out": [finding for finding in item["findings"] if finding["dropped"]],
        }

    def asked_of(self, item, finding):
        kind = finding["kind"] if finding["kind"] == "action" else finding["ask"] or "do"
        is_report = kind == Recommendation.Kind.REPORT_BACK
        return {
            "finding": finding,
            "kind": Recommendation.Kind(kind),
            "addressees": ", ".join(finding["addressees"]),
            "date_label": _("Report due") if is_report else _("Due date"),
            "often": Repeats(finding["repeats"]).label if finding.get("repeats") and is_report else "",
            "exempt": paragraph_in_words(finding["exempt_paragraph"]),
            "owner": self.owners.get(finding["owner"], ""),
            "due_on": drafts.date_of(finding["due_on"]),
            "evidence": [f for f in drafts.live(item, *drafts.EVIDENCE) if f["id"] in finding["evidence"]],
        }

    @cached_property
    def owners(self):
        return {user.pk: str(user) for user in User.objects.possible_owners()}


def paragraph_in_words(number):
    return _("Paragraph %(n)s: %(words)s") % {"n": number, "words": PARAGRAPHS[number]} if number else ""


def adopted_in_words(draft):
    """What became of the recommendations, by reference."""
    asked = Recommendation.objects.filter(item__draft=draft).order_by("id").values_list("kind", "reference")
    actions = sum(kind == Recommendation.Kind.ACTION for kind, _reference in asked)
    counts = [(len(asked) - actions, _("recommendation,recommendations")), (actions, _("action,actions"))]
    parts = [count_of(number, nouns) for number, nouns in counts if number]
    if not parts:
        return escape(_("The minutes are adopted. They hold no recommendation and no action."))
    references = ", ".join(reference for _kind, reference in asked)
    return escape(
        _("The minutes are adopted, with %(counts)s to follow up: %(references)s.")
        % {"counts": _(" and ").join(parts), "references": references}
    )


def way_on(user):
    """The draft that has waited longest and that nobody else has: with two hundred of them, the next is what one wants."""
    waiting = MinutesDraft.objects.unfinished().free_for(user).select_related("board").order_by("id").first()
    if waiting is None:
        return ""
    file = f", {waiting.file_name}" if waiting.file_name else ""
    return format_html(
        ' <a class="govuk-notification-banner__link" href="{}">{}</a>',
        waiting.get_absolute_url(), _("Go on with the next draft: %(draft)s") % {"draft": f"{waiting}{file}"},
    )  # fmt: skip


class DiscardDraft(Act):
    heading = _("Discard this draft")
    intro = _(
        "Nothing is recorded from it. The draft and its text are kept, and the same minutes can be entered again."
    )
    submit_label = _("Discard the draft")
    form_class = DiscardForm
    may = staticmethod(lambda user, draft: is_clerk(user))

    def can(self, user, draft):
        return draft.is_unfinished

    def get_thing(self):
        return get_object_or_404(DRAFTS, pk=self.kwargs["pk"])

    def perform(self, form):
        said = form.cleaned_data
        self.thing.discard(by=self.request.user, reason=said["reason"], version=said["version"])
        return _("The draft is discarded.")

    def get_success_url(self):
        return self.thing.get_absolute_url() if self.thing.is_unfinished else reverse("drafts")
