"""The first-run guide, for the clerks and administrators of a new council: five steps, each worked out from what is there."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from recommendations import letters, permissions
from recommendations.models import (
    Board,
    FollowUpReport,
    Mail,
    MinutesDraft,
    ProgressUpdate,
    Recommendation,
    ResponseRegime,
    Statement,
    User,
)

SKIPPED = "skipped-steps"
A_YEAR = 365 * 24 * 60 * 60


@dataclass
class Step:
    """One thing to do: why, how long it takes, what is done of it so far, and the pages that do it."""

    name: str
    title: str
    why: str
    takes: str
    is_done: bool
    so_far: list[str]
    # [(what the button says, where it leads)]; whoever may not open that is told in `so_far` who can.
    ways: list[tuple[str, str]] = field(default_factory=list)
    is_skipped: bool = False

    @property
    def is_over(self):
        return self.is_done or self.is_skipped


class GettingStarted(TemplateView):
    template_name = "recommendations/getting_started.html"

    def get_context_data(self, **kwargs):
        steps = steps_for(self.request)
        return super().get_context_data(**kwargs) | {
            "steps": steps,
            "next": next((step for step in steps if not step.is_over), None),
            "done": sum(step.is_done for step in steps),
            "skipped": sum(step.is_skipped for step in steps),
            "lacks_reference_data": lacks_reference_data(),
        }


@require_POST
def skip(request):
    """The one thing that is ticked by hand, and the browser keeps it: what was left out can be taken up again."""
    asked, kept = request.POST.get("step", ""), skipped_in(request)
    if asked in ("people", "public"):
        kept ^= {asked}
    response = redirect("getting-started")
    response.set_cookie(
        SKIPPED,
        ".".join(sorted(kept)),
        max_age=A_YEAR,
        httponly=True,
        samesite=settings.SESSION_COOKIE_SAMESITE,
        secure=settings.SECURE,
    )
    return response


def skipped_in(request):
    return set(filter(None, request.COOKIES.get(SKIPPED, "").split(".")))


def is_begun():
    """Whether there is anything to follow up: until then, clerks and administrators begin with the guide."""
    return Recommendation.objects.exists()


def progress(request):
    """(how many steps are over, how many there are), or None once the site is in use or every step is over."""
    reported = FollowUpReport.objects.exclude(submitted_on=None)
    if ProgressUpdate.objects.exists() or reported.exists() or Recommendation.objects.closed().exists():
        return None
    steps = steps_for(request)
    over = sum(step.is_over for step in steps)
    return (over, len(steps)) if over < len(steps) else None


def lacks_reference_data():
    roles = {permissions.CLERKS, permissions.OFFICERS, permissions.MEMBERS, permissions.ADMINISTRATORS}
    known = set(Group.objects.filter(name__in=roles).values_list("name", flat=True))
    return known != roles or not ResponseRegime.objects.exists()


def steps_for(request):
    skipped, user = skipped_in(request), request.user
    steps = [board_step(), people_step(user), minutes_step(user), owners_step(user), public_step()]
    for step in steps:
        step.is_skipped = step.name in skipped and not step.is_done
    return steps


def board_step():
    boards = list(Board.objects.standing())
    return Step(
        name="board",
        title=_("Your board"),
        why=_("Every recommendation belongs to the board or committee that made it. Its code begins every reference, "
              "for example SCSB R1/26, and you choose what references look like."),
        takes=_("2 minutes for each board"),
        is_done=bool(boards),
        so_far=[f"{board} ({board.code})" for board in boards] or [_("No board is entered.")],
        ways=[(_("Add another board") if boards else _("Add a board"), reverse("board-new"))],
    )  # fmt: skip


def people_step(user):
    officers, members, clerks = (
        User.objects.in_role(role).count()
        for role in (permissions.OFFICERS, permissions.MEMBERS, permissions.CLERKS)
    )  # fmt: skip
    said = [
        ngettext("%(n)d officer who can own recommendations", "%(n)d officers who can own recommendations", officers),
        ngettext("%(n)d member who looks", "%(n)d members who look", members),
        ngettext("%(n)d clerk", "%(n)d clerks", clerks),
    ]
    counts = [words % {"n": n} for words, n in zip(said, (officers, members, clerks), strict=True)]
    if not permissions.has_role(user, permissions.ADMINISTRATORS):
        counts.append(_("Another clerk is entered by an administrator."))
    return Step(
        name="people",
        title=_("The people"),
        why=_("An officer owns each recommendation and reports on it; members see what is late, and whose it is. "
              "Partners outside the council need no account: they answer through a link."),
        takes=_("1 minute for each person; one officer and one member are enough to begin"),
        is_done=bool(officers and members and clerks),
        so_far=counts,
        ways=[(_("Add a person"), reverse("person-new")), (_("See everybody"), reverse("people"))],
    )  # fmt: skip


def minutes_step(user):
    asked = Recommendation.objects.visible_to(user).count()
    drafts = MinutesDraft.objects.unfinished().count()
    so_far = [
        ngettext("%(n)d recommendation or action", "%(n)d recommendations and actions", asked) % {"n": asked},
        ngettext("%(n)d draft to finish", "%(n)d drafts to finish", drafts) % {"n": drafts},
    ]
    ways = [(_("Enter minutes"), reverse("draft-new")), (_("Bring in an old tracker"), reverse("tracker-new"))]
    if drafts:
        ways.insert(0, (_("Finish the draft"), reverse("drafts")))
    clerks_alone(user, so_far, ways)
    return Step(
        name="minutes",
        title=_("Your first minutes"),
        why=_("Paste the published minutes of an item, or upload the file. They are read into witnesses, points and "
              "recommendations, and nothing is kept before you have looked at every line. Did you keep a spreadsheet "
              "or a Word table until now? Bring it in instead, or as well."),
        takes=_("10 minutes for one item; a quarter of an hour for an old tracker"),
        is_done=is_begun(),
        so_far=so_far,
        ways=ways,
    )  # fmt: skip


def clerks_alone(user, so_far, ways):
    """Takes the buttons away from whoever may not press them, and says who can."""
    if not permissions.is_clerk(user):
        so_far.append(_("A clerk does this."))
        ways.clear()


def owners_step(user):
    rows = Recommendation.objects.visible_to(user).open()
    no_owner, no_date = rows.without_owner().count(), rows.without_date().count()
    so_far = [_("There is nothing to give an owner yet: the minutes come first.")]
    if is_begun():
        so_far = [
            ngettext("%(n)d without an owner", "%(n)d without an owner", no_owner) % {"n": no_owner},
            ngettext("%(n)d without a date", "%(n)d without a date", no_date) % {"n": no_date},
        ]
    ways = [(_("Give owners and dates down one list"), reverse("assign-many"))] if no_owner or no_date else []
    clerks_alone(user, so_far, ways)
    return Step(
        name="owners",
        title=_("Owners and dates"),
        why=_("What nobody owns, nobody does; what has no date is never late. The minutes seldom say either, "
              "so ask the service, then enter both."),
        takes=_("5 minutes for a page of them, once you know"),
        is_done=is_begun() and not no_owner and not no_date,
        so_far=so_far,
        ways=ways,
    )  # fmt: skip


def public_step():
    mail, address = letters.can_be_sent(), bool(settings.SITE_URL)
    written = Statement.objects.exclude(text="").count() == len(Statement.Kind)
    last = Mail.objects.order_by("on").last()
    so_far = [
        _("E-mail is set up.") if mail else _("E-mail is not set up: nobody is invited or reminded."),
        _("The site knows its own address, %(site)s.") % {"site": urlsplit(settings.SITE_URL).netloc}
        if address
        else _("The site does not know its own address, with which links in e-mails begin."),
        _("Reminders have been sent.") if last else _("No reminder has been sent yet."),
        _("The public may read what is not exempt.")
        if settings.PUBLIC_PAGES
        else _("Only people who sign in can read."),
    ]
    if settings.PUBLIC_PAGES:
        so_far.append(
            _("The accessibility statement and the privacy notice are written.")
            if written
            else _("The accessibility statement and the privacy notice are not both written yet.")
        )
    return Step(
        name="public",
        title=_("Reminders and the public"),
        why=_("Each morning the site can write to owners before a date and after it, and show the public what was "
              "recommended. Both are switched on by whoever runs the server: EMAIL_URL, DEFAULT_FROM_EMAIL, SITE_URL and "
              "PUBLIC_PAGES in its .env file, and send_reminders each morning. Show them docs/operations.md, "
              "“Reminders by e-mail”, which comes with the program."),
        takes=_("half an hour for whoever runs the server; nothing for you"),
        is_done=bool(mail and address and last and (written or not settings.PUBLIC_PAGES)),
        so_far=so_far,
        ways=[(_("E-mails you get yourself"), reverse("your-mails"))],
    )  # fmt: skip
