"""For clerks: minutes coming in. The queue of drafts, and new ones: one pasted or uploaded, or many files at once."""

import time
from functools import partial

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from recommendations.forms.minutes import DraftFilter, NewDraftForm, data_of
from recommendations.minutes import drafts
from recommendations.minutes.intake import Outcome, enter
from recommendations.models import MinutesDraft, Refused
from recommendations.views.lists import SortedList

State = MinutesDraft.State
# Servers give up on a request after half a minute; what is not begun by then is told, not lost without a word.
SECONDS = 20
LATE = _("Not read yet: the others took long. Upload it again.")


class Drafts(SortedList):
    """Drafts in one state, those to finish unless another is asked for: the queue of all clerks."""

    template_name = "recommendations/minutes/drafts.html"
    filter_class = DraftFilter
    sorts = {"entered": ["id"], "doubts": ["doubt_count", "id"], "date": ["held_on", "id"]}
    # What came in last stands first.
    first_sort = "-entered"

    @property
    def state(self):
        asked = self.request.GET.get("state")
        return State(asked) if asked in State.values else State.UNFINISHED

    def get_rows(self):
        rows = MinutesDraft.objects.filter(state=self.state).defer("text", "found", "content")
        return rows.select_related("board", "created_by", "claimed_by", "meeting")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"state": self.state, "states": State}


class NewDraft(FormView):
    """Paste or upload; the board, the date and the item are asked for, never guessed."""

    form_class = NewDraftForm
    template_name = "recommendations/minutes/new.html"
    extra_context = {"title": _("New minutes"), "submit_label": _("Read the minutes")}

    def form_valid(self, form):
        said = form.cleaned_data
        asked = {name: said[name] for name in ("board", "held_on", "exempt_paragraph")}
        asked |= {"by": self.request.user, "numbers": [said["number"]]}
        if len(said["file"]) > 1:
            return self.tell(enter_each(said["file"], asked))
        file_name = said["file"][0].name[-255:] if said["file"] else ""
        try:
            draft = drafts.start(said["lines"], file_name=file_name, **asked)
        except Refused as refusal:
            form.add_error("file" if said["file"] else "text", str(refusal))
            first = getattr(refusal, "draft", None)
            return self.render_to_response(self.get_context_data(form=form, first=first))
        return HttpResponseRedirect(reverse("draft", args=[draft.pk]))

    def tell(self, outcomes):
        """What became of each of several files. Sent again by a reload, all of them are known."""
        self.template_name = "recommendations/minutes/entered.html"
        counts = {
            "made": sum(outcome.is_new for outcome in outcomes),
            "known": sum(bool(outcome.draft) and not outcome.is_new for outcome in outcomes),
            "refused": sum(bool(outcome.refusal) for outcome in outcomes),
        }
        return self.render_to_response({"outcomes": outcomes, "counts": counts})

    def get_context_data(self, **kwargs):
        return {"back_url": reverse("drafts")} | super().get_context_data(**kwargs)


def enter_each(files, asked):
    """The outcome of each file. Whatever stops this in between, the drafts made so far are kept."""
    begun, outcomes = time.monotonic(), []
    for file in files:
        is_late = time.monotonic() - begun > SECONDS
        outcomes.append(
            Outcome(file.name, refusal=LATE) if is_late else enter(file.name, partial(data_of, file), **asked)
        )
    return outcomes
