"""Boards and what they still follow up, for everyone who reads; clerks hand over what a board that ends leaves open."""

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import ListView

from recommendations.forms import boards as forms
from recommendations.models import Board, HandOver, Recommendation
from recommendations.permissions import is_clerk
from recommendations.views.acts import Act

COUNTED = ("board", "open", "all")


class Boards(ListView):
    """Those that meet first, then those that have ended, each with who follows up what it left open."""

    template_name = "recommendations/board_list.html"

    def get_queryset(self):
        return Board.objects.select_related("successor").order_by("-ended_on", "name")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        visible = Recommendation.objects.visible_to(self.request.user).order_by().values("board")
        counted = visible.annotate(open=Count("pk", filter=Q(closed_on=None)), all=Count("pk"))
        counts = {board: {"open": opened, "all": every} for board, opened, every in counted.values_list(*COUNTED)}
        standing = {hand_over.from_board_id: hand_over for hand_over in HandOver.objects.standing()}
        boards = [
            {"board": board, "hand_over": standing.get(board.pk)} | counts.get(board.pk, {"open": 0, "all": 0})
            for board in context["object_list"]
        ]
        return context | {
            "meeting": [row for row in boards if row["board"].ended_on is None],
            "ended": [row for row in boards if row["board"].ended_on],
        }


class HandOverBoard(Act):
    heading = "Hand over what the board leaves open"
    submit_label = "Hand over"
    form_class = forms.HandOverForm
    may = staticmethod(lambda user, board: is_clerk(user))
    can = staticmethod(lambda user, board: is_clerk(user) and board.ended_on is None)

    def get_thing(self):
        return get_object_or_404(Board, pk=self.kwargs["pk"])

    @property
    def intro(self):
        number = self.thing.recommendations.open().count()
        what = "1 open recommendation passes" if number == 1 else f"{number} open recommendations pass"
        return f"{what} to the other board, with references, owners, dates and histories. What is closed stays."

    warning_text = "It can be undone only until one of them changes."

    def perform(self, form):
        said = form.cleaned_data
        hand_over = HandOver.make(self.thing, said["to"], by=self.request.user, ended_on=said["ended_on"])
        number = hand_over.rows.count()
        return f"{number} recommendation{'' if number == 1 else 's'} handed over to {hand_over.to_board}."

    def get_success_url(self):
        return reverse("boards")


class UndoHandOver(Act):
    heading = "Undo the hand-over"
    submit_label = "Undo the hand-over"
    form_class = forms.UndoHandOverForm
    may = staticmethod(lambda user, hand_over: is_clerk(user))
    can = staticmethod(lambda user, hand_over: is_clerk(user) and hand_over.undone_on is None)

    def get_thing(self):
        return get_object_or_404(HandOver.objects.select_related("from_board", "to_board"), pk=self.kwargs["pk"])

    def perform(self, form):
        self.thing.undo(by=self.request.user, reason=form.cleaned_data["reason"])
        return f"Undone: {self.thing.from_board} follows up its recommendations again."

    def get_success_url(self):
        return reverse("boards")
