"""Every page of the site by the name of its URL: what stands in its address, and who may open it."""

from urllib.parse import urlencode

from django.urls import URLPattern, get_resolver, reverse

from recommendations import clock
from recommendations.models import DateChange, FollowUpReport, Meeting, MinutesDraft, Person, Recommendation
from tests.browser.conftest import user_of

# Whose guards let a person through. "nobody" is signed out, and sees anything only where pages are public.
OPEN_TO = {
    "clerk": {"clerks", "officers", "members", "public"},
    "officer": {"officers", "members", "public"},
    "member": {"members", "public"},
    "administrator": {"members", "public"},
    "nobody": {"public"},
}
# Names that answer with something other than a page: a way on to one, a file, lines for a script.
NOT_PAGES = {"draft-lines", "home", "recommendation-follow", "report-file", "sign-out", "update-file"}
# Clerks move a date without asking for it.
REFUSED = {("clerk", "recommendation-later-date"), ("clerk", "follow-up-later-date")}
# The pages around signing in stand outside the guards.
UNGUARDED = {"sign-in": ["nobody"], "password-change": ["member"], "password-change-done": ["member"]}


def one():
    """An open recommendation of the officer with an owner, a date, answers, evidence and updates."""
    return Recommendation.objects.open().filter(owner=user_of("officer"), responses__answer="accepted").get()


def closed():
    return Recommendation.objects.closed().first()


def outstanding():
    return FollowUpReport.objects.outstanding().filter(recommendation__owner=user_of("officer")).earliest("due_on")


def submitted():
    return FollowUpReport.objects.awaiting_board().first()


def meeting():
    return Meeting.objects.get(items__recommendations=one())


def draft():
    return MinutesDraft.objects.unfinished().get()


def speaker():
    """Who spoke to an item that everyone may read."""
    return Person.objects.filter(witnesses__item=one().item).first()


def merged_speaker():
    other = Person.objects.filter(witnesses__item=one().item).last()
    return other.merge(into=speaker(), by=user_of("clerk"), reason="The same post at both meetings.")


# What stands in the address of each page; pages that are not named need nothing.
KEYS = {
    "recommendation": lambda: one().slug,
    "recommendation-update": lambda: one().slug,
    "recommendation-owner": lambda: one().slug,
    "recommendation-due-date": lambda: one().slug,
    "recommendation-later-date": lambda: one().slug,
    "recommendation-close": lambda: one().slug,
    "recommendation-reopen": lambda: closed().slug,
    "recommendation-title": lambda: one().slug,
    "recommendation-words": lambda: one().slug,
    "recommendation-exempt": lambda: one().slug,
    "recommendation-evidence": lambda: one().slug,
    "addressee-new": lambda: one().slug,
    "follow-up-new": lambda: one().slug,
    "follow-up-submit": lambda: outstanding().pk,
    "follow-up-receive": lambda: submitted().pk,
    "follow-up-waive": lambda: outstanding().pk,
    "follow-up-due-date": lambda: outstanding().pk,
    "follow-up-later-date": lambda: outstanding().pk,
    "answer-clock": lambda: one().responses.first().pk,
    "answer-record": lambda: one().responses.first().pk,
    "date-change": lambda: DateChange.objects.waiting().first().pk,
    "meeting": lambda: meeting().pk,
    "meeting-correct": lambda: meeting().pk,
    "witness": lambda: speaker().pk,
    "witness-merge": lambda: speaker().pk,
    "witness-unmerge": lambda: merged_speaker().pk,
    "draft": lambda: draft().pk,
    "draft-recommendations": lambda: draft().pk,
    "draft-check": lambda: draft().pk,
    "draft-discard": lambda: draft().pk,
}


def address(name, **query):
    key = KEYS.get(name)
    return reverse(name, args=[key()] if key else []) + (f"?{urlencode(query)}" if query else "")


def guards():
    """{name of the URL: whose guard stands before it, or None} for every URL but the administration's."""
    found = {}
    for pattern in get_resolver().url_patterns:
        inner = [pattern] if isinstance(pattern, URLPattern) else pattern.url_patterns
        if getattr(pattern, "app_name", None) != "admin":
            found |= {each.name: getattr(each.callback, "who", None) for each in inner}
    return found


def walk():
    """(person, name of a page) for every page and everyone who may open it."""
    guarded = {name: who for name, who in guards().items() if who and name not in NOT_PAGES}
    pairs = [(who, name) for name, guard in guarded.items() for who, opens in OPEN_TO.items() if guard in opens]
    pairs += [(who, name) for name, people in UNGUARDED.items() for who in people]
    return [pair for pair in pairs if pair not in REFUSED]


# Pages in another state than their plainest: who looks, and at what.
OTHER_STATES = {
    "a closed recommendation": ("member", lambda: closed().get_absolute_url()),
    "a closed recommendation, for the clerk": ("clerk", lambda: closed().get_absolute_url()),
    "an exempt recommendation": ("officer", lambda: exempt().get_absolute_url()),
    "a recommendation with a report": ("clerk", lambda: submitted().recommendation.get_absolute_url()),
    "a later date is asked for": (
        "clerk",
        lambda: DateChange.objects.waiting().get().recommendation.get_absolute_url(),
    ),
    "nobody owns it": ("clerk", lambda: Recommendation.objects.without_owner().first().get_absolute_url()),
    "a recommendation of nobody’s, signed out": ("nobody", lambda: closed().get_absolute_url()),
    "a meeting that lies ahead": ("clerk", lambda: Meeting.objects.latest("held_on").get_absolute_url()),
    "a meeting with an exempt item": ("officer", lambda: exempt().item.meeting.get_absolute_url()),
    "a first due date": ("clerk", lambda: address_of("recommendation-due-date", undated())),
    "the dashboard, filtered and of an earlier day": ("member", lambda: earlier("dashboard")),
    "the list, filtered and of an earlier day": ("member", lambda: earlier("recommendations")),
    "the list, by owner downwards": ("member", lambda: address("recommendations", sort="-owner")),
    "nothing fits the filters": ("member", lambda: address("recommendations", only="overdue", progress="paused")),
    "filters that make no sense": ("member", lambda: address("dashboard", on="2026-13-45")),
    "every page of reports": ("member", lambda: address("follow-ups", only="received")),
    "answers without a clock": ("member", lambda: address("answers", only="clock_not_started")),
    "a witness who was two people": ("clerk", lambda: merged_speaker().now.get_absolute_url()),
    "drafts that were adopted": ("clerk", lambda: address("drafts", state="adopted")),
    "no draft was discarded": ("clerk", lambda: address("drafts", state="discarded")),
}


def exempt():
    return Recommendation.objects.get(item__exempt_paragraph__isnull=False)


def undated():
    return Recommendation.objects.without_date().filter(kind="do").first()


def address_of(name, thing):
    return reverse(name, args=[thing.slug])


def earlier(name):
    day = clock.today().replace(day=1)
    return address(name, on=day.isoformat(), owner=user_of("officer").pk, board=one().board_id)
