"""What making an address for a calendar asks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from recommendations.forms.acts import ActForm
from recommendations.forms.fields import GovukFormMixin
from recommendations.models import Board


class FeedForm(GovukFormMixin, forms.Form):
    """Boards that the person sits on or serves first; what they have an address for already is not offered again."""

    what = forms.ChoiceField(label=_("What to show"))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        taken = {feed.board_id for feed in user.feeds.live()}
        boards = [board for board in Board.objects.standing() if board.pk not in taken]
        boards.sort(key=lambda board: board.pk not in user.board_ids)
        self.boards = {str(board.pk): board for board in boards}
        own = _("My due dates, and the news of all boards") if user.is_officer else _("The news of all boards")
        mine = [] if None in taken else [("mine", own)]
        self.fields["what"].choices = [*mine, *((key, str(board)) for key, board in self.boards.items())]

    def clean(self):
        said = super().clean()
        return said | {"board": self.boards.get(said.get("what"))}


class NoQuestions(ActForm):
    """Only the button."""
