"""For calendars and news readers, with a key or, where pages are public, without; and the page that shows the addresses."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import conditional_page, require_safe
from django.views.generic import FormView, TemplateView

from recommendations import clock, feeds
from recommendations.addresses import site_of
from recommendations.forms.feeds import FeedForm, NoQuestions
from recommendations.models import Board, Feed, FollowUpReport, Meeting, Recommendation
from recommendations.models.diary import REPORT, Diary, complete, last_change
from recommendations.views.acts import Act

# Of a list that grows for ever a news reader gets the newest; the page that the feed leads to has them all.
NEWEST = 50
PUBLIC_SECONDS = 15 * 60


# What programs fetch


def sent(content, kind, *, is_public=False):
    """To be asked for again, and answered by "not modified" where nothing has changed since.

    There is an ETag, made from what is sent, and no Last-Modified: what somebody may read, and how long it is kept,
    changes without any record changing.
    """
    response = HttpResponse(content, content_type=kind)
    if is_public and settings.PUBLIC_PAGES:
        patch_cache_control(response, public=True, max_age=PUBLIC_SECONDS)
    else:
        patch_cache_control(response, private=True, no_cache=True)
    return response


def send_calendar(request, diary, name, **options):
    content = feeds.calendar_of(diary, name=name, site=site_of(request))
    response = sent(content, "text/calendar; charset=utf-8", **options)
    response.headers["Content-Disposition"] = 'inline; filename="due-dates.ics"'
    return response


@require_safe
@conditional_page
def private_calendar(request):
    return send_calendar(request, request.feed.diary, str(request.feed))


@require_safe
@conditional_page
def board_calendar(request, code):
    board = get_object_or_404(Board, code=code)
    return send_calendar(
        request, Diary(AnonymousUser(), board), _("Due dates of %(board)s") % {"board": board}, is_public=True
    )


def send_overdue(request, board=None, **options):
    """Never exempt matter, whoever asks: news readers show what they have to anybody, and keep it."""
    reports = FollowUpReport.objects.visible_to(AnonymousUser()).overdue()
    reports = complete(REPORT, reports.filter(recommendation__board=board) if board else reports)
    newest = reports.order_by("-due_on", "-id")[:NEWEST]
    content = feeds.overdue_atom(newest, site=site_of(request), board=board)
    return sent(content, feeds.Atom.content_type, **options)


def send_closures(request, board=None, **options):
    closed = Recommendation.objects.visible_to(AnonymousUser()).closed()
    closed = newest_closed(closed.filter(board=board) if board else closed).select_related("closed_at__board")
    newest = closed.annotate(own_change=last_change(Recommendation, "id"))[:NEWEST]
    content = feeds.closures_atom(newest, site=site_of(request), board=board)
    return sent(content, feeds.Atom.content_type, **options)


def newest_closed(closed):
    """Of the last meetings that closed one at least: a day of closing is a meeting's, and no index has it elsewhere."""
    one = Subquery(closed.filter(closed_at=OuterRef("pk")).order_by().values("pk")[:1])
    meetings = Meeting.objects.filter(held_on__lte=clock.today()).alias(closed_one=one).filter(closed_one__isnull=False)
    days = meetings.order_by("-held_on").values("held_on")[:NEWEST]
    return closed.filter(closed_at__held_on__in=days).order_by("-closed_on", "-id")


@require_safe
@conditional_page
def overdue(request):
    return send_overdue(request, is_public=True)


@require_safe
@conditional_page
def closures(request):
    return send_closures(request, is_public=True)


@require_safe
@conditional_page
def private_overdue(request):
    return send_overdue(request, request.feed.board)


@require_safe
@conditional_page
def private_closures(request):
    return send_closures(request, request.feed.board)


# What people see


@method_decorator(never_cache, name="dispatch")
class Calendars(TemplateView):
    """The addresses of whoever is signed in, and those for everyone where pages are public.

    Nothing keeps the page: whoever goes back to it on a shared computer would read keys that need no account.
    """

    template_name = "recommendations/calendars.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        user = self.request.user
        if user.is_authenticated:
            mine = user.feeds.live().select_related("board", "user")
            context["feeds"] = [self.shown(feed) for feed in sorted(mine, key=lambda feed: str(feed.board or ""))]
            context["may_have_more"] = bool(FeedForm(user=user).fields["what"].choices)
        if settings.PUBLIC_PAGES:
            context["boards"] = [
                (board, self.full("board-calendar", code=board.code)) for board in Board.objects.standing()
            ]
            context |= {"overdue_address": self.full("overdue"), "closures_address": self.full("closures")}
        return context

    def shown(self, feed):
        names = {"overdue": "private-overdue", "closures": "private-closures"}
        if feed.has_calendar:
            names["calendar"] = "private-calendar"
        return {"feed": feed} | {part: self.full(name, key=feed.key) for part, name in names.items()}

    def full(self, name, **keys):
        return site_of(self.request) + reverse(name, kwargs=keys)


class BeginFeed(FormView):
    template_name = "recommendations/form.html"
    form_class = FeedForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form):
        feed = Feed.begin(user=self.request.user, board=form.cleaned_data["board"], by=self.request.user)
        messages.success(self.request, _("%(title)s: the addresses are below.") % {"title": feed.title})
        return HttpResponseRedirect(feed.get_absolute_url())

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "title": _("Make addresses"),
            "submit_label": _("Make the addresses"),
            "back_url": reverse("calendars"),
        }


class FeedAct(Act):
    """On one's own feed; somebody else's is as unknown as one that never was."""

    form_class = NoQuestions
    may = staticmethod(lambda user, feed: True)
    can = staticmethod(lambda user, feed: feed.revoked_on is None)

    def get_thing(self):
        return get_object_or_404(self.request.user.feeds.select_related("board", "user"), pk=self.kwargs["pk"])


class RenewFeed(FeedAct):
    heading = _("Make new addresses")
    intro = _("Those you have now will open nothing any more: give the new ones to every calendar and news reader.")
    submit_label = _("Make new addresses")

    def perform(self, form):
        self.thing.renew(by=self.request.user, version=form.cleaned_data["version"])
        return _("%(title)s: the new addresses are below. The old ones open nothing any more.") % {
            "title": self.thing.title
        }


class StopFeed(FeedAct):
    heading = _("Stop these addresses")
    intro = _("They will open nothing any more. You can make others at any time.")
    submit_label = _("Stop these addresses")

    def perform(self, form):
        self.thing.revoke(by=self.request.user, version=form.cleaned_data["version"])
        return _("%(title)s: stopped.") % {"title": self.thing.title}
