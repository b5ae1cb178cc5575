"""Boards and what they still follow up, for everyone who reads; clerks enter boards and organisations, and hand over."""

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from recommendations.forms import boards as forms
from recommendations.models import Board, HandOver, Organisation, Recommendation
from recommendations.models.kept_figures import newest_of_each
from recommendations.permissions import is_clerk, is_organiser
from recommendations.views import by_group, getting_started
from recommendations.views.acts import Act, Adding
from recommendations.words import count_of

COUNTED = ("board", "open", "all")
NOTHING = {"open": 0, "all": 0}


class Boards(ListView):
    """Those that meet first, then those that have ended, each with who follows up what it left open."""

    template_name = "recommendations/board_list.html"

    def get_queryset(self):
        return Board.objects.select_related("successor").order_by("-ended_on", "name")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        counts = self.counts([board.pk for board in context["object_list"]])
        standing = {hand_over.from_board_id: hand_over for hand_over in HandOver.objects.standing()}
        boards = [
            {"board": board, "hand_over": standing.get(board.pk)} | counts[board.pk] for board in context["object_list"]
        ]
        return context | {
            "meeting": [row for row in boards if row["board"].ended_on is None],
            "is_organiser": is_organiser(self.request.user),
            "ended": [row for row in boards if row["board"].ended_on],
        }

    def counts(self, keys):
        """{board: how many are open, and of how many}: those there ever were, so each board is counted when that changes."""
        user, newest = self.request.user, newest_of_each()
        key = ("boards", newest["redaction"], by_group.restriction(user, newest))
        return by_group.counted(key, Recommendation, "board", keys, self.counted)

    def counted(self, keys):
        visible = Recommendation.objects.visible_to(self.request.user).filter(board__in=keys).order_by().values("board")
        counted = visible.annotate(open=Count("pk", filter=Q(closed_on=None)), all=Count("pk"))
        found = {board: {"open": opened, "all": every} for board, opened, every in counted.values_list(*COUNTED)}
        return dict.fromkeys(keys, NOTHING) | found


class OrganisersAct(Act):
    """On boards and organisations: what every clerk and administrator may do."""

    may = staticmethod(lambda user, thing: is_organiser(user))

    def get_success_url(self):
        return reverse("boards")


class AddBoard(Adding, OrganisersAct):
    heading = _("Add a board")
    intro = _("A board or committee that makes recommendations. Its chair is entered later, when its members are.")
    submit_label = _("Add the board")
    form_class = forms.BoardForm

    def get_thing(self):
        return Board()

    def perform(self, form):
        said = form.cleaned_data
        board = Board(name=said["name"], code=said["code"], reference_scheme=said["reference_scheme"])
        board.add(by=self.request.user)
        return _("%(board)s is added.") % {"board": board}

    def get_success_url(self):
        """The first board is a step of the guide."""
        return reverse("boards" if getting_started.is_begun() else "getting-started")


class CorrectBoard(OrganisersAct):
    heading = _("Correct the board")
    form_class = forms.CorrectBoardForm

    def get_thing(self):
        return get_object_or_404(Board, pk=self.kwargs["pk"])

    @property
    def intro(self):
        made = _("References hold its code, %(code)s, so that can no longer change.") % {"code": self.thing.code}
        return made if self.thing.has_references else ""

    def perform(self, form):
        said, kept = form.cleaned_data, self.thing
        kept.correct(
            name=said["name"], chair=said["chair"], code=said.get("code", kept.code),
            reference_scheme=said.get("reference_scheme", kept.reference_scheme),
            by=self.request.user, version=said["version"],
        )  # fmt: skip
        return _("%(board)s is corrected.") % {"board": kept}


class AddOrganisation(Adding, OrganisersAct):
    heading = _("Add an organisation")
    intro = _("Somebody a board may address: the executive, a partner, a service of the council.")
    submit_label = _("Add the organisation")
    form_class = forms.OrganisationDetailsForm

    def get_thing(self):
        return Organisation()

    def perform(self, form):
        said = form.cleaned_data
        made = Organisation(name=said["name"], also_known_as=said["also_known_as"], regime=said["regime"])
        made.add(by=self.request.user)
        return _("%(organisation)s is added.") % {"organisation": made}


class CorrectOrganisation(OrganisersAct):
    heading = _("Correct the organisation")
    intro = _("Answers that are awaited keep the time they were given.")
    form_class = forms.OrganisationDetailsForm

    def get_thing(self):
        return get_object_or_404(Organisation, pk=self.kwargs["pk"])

    def perform(self, form):
        said = form.cleaned_data
        self.thing.correct(
            name=said["name"], also_known_as=said["also_known_as"], regime=said["regime"],
            by=self.request.user, version=said["version"],
        )  # fmt: skip
        return _("%(organisation)s is corrected.") % {"organisation": self.thing}


class HandOverBoard(Act):
    heading = _("Hand over what the board leaves open")
    submit_label = _("Hand over")
    form_class = forms.HandOverForm
    may = staticmethod(lambda user, board: is_clerk(user))
    can = staticmethod(lambda user, board: is_clerk(user) and board.ended_on is None)

    def get_thing(self):
        return get_object_or_404(Board, pk=self.kwargs["pk"])

    @property
    def intro(self):
        number = self.thing.recommendations.open().count()
        told = {"what": count_of(number, _("open recommendation passes,open recommendations pass"))}
        return (
            _("%(what)s to the other board, with references, owners, dates and histories. What is closed stays.") % told
        )

    warning_text = _("It can be undone only until one of them changes.")

    def perform(self, form):
        said = form.cleaned_data
        hand_over = HandOver.make(self.thing, said["to"], by=self.request.user, ended_on=said["ended_on"])
        rows = count_of(hand_over.rows.count(), _("recommendation,recommendations"))
        return _("%(rows)s handed over to %(board)s.") % {"rows": rows, "board": hand_over.to_board}

    def get_success_url(self):
        return reverse("boards")


class UndoHandOver(Act):
    heading = _("Undo the hand-over")
    submit_label = _("Undo the hand-over")
    form_class = forms.UndoHandOverForm
    may = staticmethod(lambda user, hand_over: is_clerk(user))
    can = staticmethod(lambda user, hand_over: is_clerk(user) and hand_over.undone_on is None)

    def get_thing(self):
        return get_object_or_404(HandOver.objects.select_related("from_board", "to_board"), pk=self.kwargs["pk"])

    def perform(self, form):
        self.thing.undo(by=self.request.user, reason=form.cleaned_data["reason"])
        return _("Undone: %(from_board)s follows up its recommendations again.") % {"from_board": self.thing.from_board}

    def get_success_url(self):
        return reverse("boards")
