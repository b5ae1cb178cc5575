"""Every page of the site by the name of its URL: what stands in its address, and who may open it."""

from urllib.parse import urlencode

from django.contrib.auth.tokens import default_token_generator
from django.urls import URLPattern, get_resolver, reverse
from django.utils.http import urlsafe_base64_encode

from recommendations import clock
from recommendations.impact import year_of
from recommendations.models import (
    Board,
    DateChange,
    FollowUpReport,
    Mail,
    MailPreference,
    Meeting,
    MinutesDraft,
    Person,
    Recommendation,
    Response,
    User,
)
from recommendations.models.saved_views import LISTS
from recommendations.old_trackers.bring import bring_in
from recommendations.reminders.digests import token_of
from tests import factories
from tests.browser.conftest import user_of

# Whose guards let a person through. "nobody" is signed out, and sees anything only where pages are public.
OPEN_TO = {
    "clerk": {"clerks", "organisers", "officers", "members", "public", "holders"},
    "officer": {"officers", "members", "public", "holders"},
    "member": {"members", "public", "holders"},
    "administrator": {"administrators", "organisers", "members", "public", "holders"},
    "nobody": {"public", "anyone", "partners"},
}
# Names that answer with something other than a page: a way on to one, a file, a feed, lines for a script.
NOT_PAGES = {
    "answer-file",
    "draft-lines",
    "home",
    "recommendation-follow",
    "report-file",
    "sign-out",
    "tracker-file",
    "update-file",
}
NOT_PAGES |= {"getting-started-skip"}
NOT_PAGES |= {"board-calendar", "closures", "meeting-changes-word", "overdue"}
NOT_PAGES |= {"answers-file", "follow-ups-file", "recommendations-file", "recommendations-history"}
NOT_PAGES |= {"meetings-file", "witnesses-file", "organisations-file", "account-events-file"}
NOT_PAGES |= {"recommendation-history", "board-tracker-file", "all-trackers-file"}
NOT_PAGES |= {"robots", "sitemap", "sitemap-part", "seals-feed", "seals-text"}
NOT_PAGES |= {"board-impact", "board-impact-word", "impact", "impact-word"}
NOT_PAGES |= {"private-calendar", "private-closures", "private-overdue"}
NOT_PAGES |= {"healthz", "readyz", "metrics"}
# Clerks move a date without asking for it.
REFUSED = {("clerk", "recommendation-later-date"), ("clerk", "follow-up-later-date")}
# The feed that stands in the address is the officer's own.
# Who can sign in at all is the administrators' to say.
REFUSED |= {("clerk", "person-switch")}
REFUSED |= {(who, name) for who in ("clerk", "member", "administrator") for name in ("feed-renew", "feed-stop")}
# So are the views that the officer keeps.
REFUSED |= {(who, name) for who in ("clerk", "member", "administrator") for name in ("saved-view", "saved-view-remove")}
# The same pages by another name; those that need a second factor have a journey of their own (test_second_factors).
NOT_PAGES |= {"account_login", "account_logout", "second-factor-needed", "council", "council-back", "still-here"}


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


def held(code):
    """The board's last meeting."""
    return Meeting.objects.filter(board__code=code, held_on__lte=clock.today()).latest("held_on")


def draft():
    return MinutesDraft.objects.unfinished().get()


def speaker():
    """Who spoke to an item that everyone may read."""
    return Person.objects.filter(witnesses__item=one().item).first()


def merged_speaker():
    other = Person.objects.filter(witnesses__item=one().item).last()
    return other.merge(into=speaker(), by=user_of("clerk"), reason="The same post at both meetings.")


def police():
    """What is asked of them: they have not answered, and are late."""
    return Response.objects.get(organisation__name="Police")


def newcomer():
    """Invited, and not here yet."""
    return User.objects.get(full_name="Lena Cross")


def leaver():
    return factories.make_officer("Left Already", is_active=False)


def key():
    return factories.make_link(police().organisation, by=user_of("clerk"))[1]


# What stands in the address of each page; pages that are not named need nothing.
OF_ONE = """
recommendation recommendation-similar recommendation-update recommendation-owner recommendation-due-date addressee-new
recommendation-later-date recommendation-close recommendation-title recommendation-words recommendation-exempt
recommendation-evidence follow-up-new
"""
KEYS = dict.fromkeys(OF_ONE.split(), lambda: one().slug) | {
    "recommendation-reopen": lambda: closed().slug,
    "recommendation-outcome": lambda: closed().slug,
    "follow-up-submit": lambda: outstanding().pk,
    "follow-up-receive": lambda: submitted().pk,
    "follow-up-repeats": lambda: outstanding().pk,
    "follow-up-waive": lambda: outstanding().pk,
    "follow-up-due-date": lambda: outstanding().pk,
    "follow-up-later-date": lambda: outstanding().pk,
    "answer-clock": lambda: one().responses.first().pk,
    "answer-record": lambda: one().responses.first().pk,
    "answer-organisation": lambda: one().responses.first().pk,
    "answer-link": lambda: police().pk,
    "link-withdraw": lambda: factories.make_link(police().organisation)[0].pk,
    "partner-questions": lambda: (key(),),
    "partner-answer": lambda: (key(), police().pk),
    "partner-update": lambda: (key(), police().pk),
    "date-change": lambda: DateChange.objects.waiting().first().pk,
    "meeting": lambda: meeting().pk,
    "meeting-sign-off": lambda: held("HWSB").pk,
    "meeting-changes": lambda: meeting().pk,
    "meeting-correct": lambda: meeting().pk,
    "person": lambda: user_of("member").pk,
    "person-correct": lambda: user_of("member").pk,
    "person-invite": lambda: newcomer().pk,
    "person-factors": lambda: user_of("member").pk,
    "person-switch": lambda: user_of("member").pk,
    "person-board": lambda: user_of("member").pk,
    "membership-end": lambda: user_of("member").memberships.first().pk,
    "password-choose": lambda: (
        urlsafe_base64_encode(b"%d" % newcomer().pk),
        default_token_generator.make_token(newcomer()),
    ),
    "board-correct": lambda: factories.make_board("PESB", "Planning and Environment Scrutiny Board").pk,
    "organisation": lambda: police().organisation.pk,
    "organisation-correct": lambda: police().organisation.pk,
    "impact-year": lambda: this_year(),
    "board-impact-year": lambda: (meeting().board_id, this_year()),
    "board-hand-over": lambda: meeting().board_id,
    "board-tracker": lambda: meeting().board_id,
    "board-columns": lambda: meeting().board_id,
    "hand-over-undo": lambda: factories.make_hand_over().pk,
    "feed-renew": lambda: factories.make_feed(user_of("officer")).pk,
    "feed-stop": lambda: factories.make_feed(user_of("officer")).pk,
    "saved-view-new": lambda: "recommendations",
    "saved-view": lambda: factories.make_saved_view(user_of("officer")).pk,
    "saved-view-remove": lambda: factories.make_saved_view(user_of("officer")).pk,
    "reminders-stop": lambda: token_of(Mail.objects.first()),
    "witness": lambda: speaker().pk,
    "witness-merge": lambda: speaker().pk,
    "witness-unmerge": lambda: merged_speaker().pk,
    "tracker": lambda: factories.make_tracker().pk,
    "tracker-words": lambda: factories.make_tracker().pk,
    "tracker-check": lambda: factories.make_tracker().pk,
    "tracker-discard": lambda: factories.make_tracker().pk,
    "statement-edit": lambda: "accessibility",
    "draft": lambda: draft().pk,
    "draft-recommendations": lambda: draft().pk,
    "draft-check": lambda: draft().pk,
    "draft-discard": lambda: draft().pk,
}


def address(name, **query):
    found = KEYS[name]() if name in KEYS else ()
    return reverse(name, args=found if isinstance(found, tuple) else [found]) + (
        f"?{urlencode(query)}" if query else ""
    )


def guards():
    """{name of the URL: whose guard stands before it, or None} for every URL but the administration's and the second factors'."""
    found = {}
    for pattern in get_resolver().url_patterns:
        inner = [pattern] if isinstance(pattern, URLPattern) else pattern.url_patterns
        if getattr(pattern, "app_name", None) != "admin":
            ours = [each for each in inner if not each.name.startswith("mfa_")]
            found |= {each.name: getattr(each.callback, "who", None) for each in ours}
    return found


def walk():
    """(person, name of a page) for every page and everyone who may open it."""
    guarded = {name: who for name, who in guards().items() if who and name not in NOT_PAGES}
    pairs = [(who, name) for name, guard in guarded.items() for who, opens in OPEN_TO.items() if guard in opens]
    return [pair for pair in pairs if pair not in REFUSED]


# Pages in another state than their plainest: who looks, and at what.
OTHER_STATES = {
    "a closed recommendation": ("member", lambda: closed().get_absolute_url()),
    "a closed recommendation, for the clerk": ("clerk", lambda: closed().get_absolute_url()),
    "a sign-off of closings and of what is overdue": (
        "clerk",
        lambda: reverse("meeting-sign-off", args=[held("HTSB").pk]),
    ),
    "a sign-off with nothing to decide": (
        "clerk",
        lambda: reverse("meeting-sign-off", args=[Meeting.objects.earliest("held_on").pk]),
    ),
    "a meeting that cannot be signed off yet": (
        "clerk",
        lambda: reverse("meeting-sign-off", args=[Meeting.objects.latest("held_on").pk]),
    ),
    "what changed by the next meeting": ("clerk", lambda: reverse("meeting-changes", args=[ahead().pk])),
    "what changed between days that make no sense": (
        "member",
        lambda: reverse("meeting-changes", args=[ahead().pk]) + "?since=2026-02-31",
    ),
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
    "a statement with gaps, for the administrator": ("administrator", lambda: statement_with_gaps()),
    "a statement with gaps": ("nobody", lambda: statement_with_gaps()),
    "nothing fits the filters": ("member", lambda: address("recommendations", only="overdue", progress="paused")),
    "what is late, filtered and of an earlier day": ("member", lambda: earlier("late")),
    "the year, of an earlier day": ("nobody", lambda: earlier_year()),
    "what was closed in the year": ("clerk", lambda: address("impact-year", show="closed")),
    "a year of which nothing is known": ("clerk", lambda: reverse("impact-year", args=[2001])),
    "a year as of no day": ("member", lambda: address("impact-year", on="2026-13-45")),
    "nothing is late": ("nobody", lambda: address("late", on="2020-01-01")),
    "filters that make no sense": ("member", lambda: address("dashboard", on="2026-13-45")),
    "what was asked before": (
        "member",
        lambda: address("asked-before", words="That officers engage with faith networks about child exploitation."),
    ),
    "nothing is like it": (
        "clerk",
        lambda: reverse("recommendation-similar", args=[factories.make_recommendation(text="Zeppelins.").slug]),
    ),
    "nothing was asked before": ("member", lambda: address("asked-before", words="That zeppelins fly at noon.")),
    "a search": ("member", lambda: address("search", q="exploited children")),
    "a search, narrowed, of a reference": ("clerk", lambda: address("search", q=one().reference, state="open")),
    "a search, signed out": ("nobody", lambda: address("search", q="taxis or schools", kind="recommendation")),
    "nothing was found": ("member", lambda: address("search", q="zeppelin")),
    "nothing was found with these filters": ("member", lambda: address("search", q="children", year="2015")),
    "every page of reports": ("member", lambda: address("follow-ups", only="received")),
    "answers without a clock": ("member", lambda: address("answers", only="clock_not_started")),
    "a partner who has answered": ("nobody", lambda: answered_through_link("accepted")),
    "a partner who has only noted": ("nobody", lambda: answered_through_link("noted")),
    "an answer through a link": ("clerk", lambda: answered_through_link("accepted", name="recommendation")),
    "links used, expired and withdrawn": ("clerk", lambda: ended_links()),
    "a second link": ("clerk", lambda: key() and address("answer-link")),
    "a witness who was two people": ("clerk", lambda: merged_speaker().now.get_absolute_url()),
    "a view that is kept": ("officer", lambda: factories.make_saved_view(user_of("officer")).get_absolute_url()),
    "a list that opens a view": ("officer", lambda: views_of_all(user_of("officer"))),
    "a page of a list that is not there": ("member", lambda: address("recommendations", page=99)),
    "meetings to come of a year": ("clerk", lambda: address("meetings", only="to_come", sort="-open")),
    "organisations that owe an answer": ("nobody", lambda: address("organisations", only="overdue", sort="-days")),
    "an organisation that was never asked": ("member", lambda: factories.make_organisation().get_absolute_url()),
    "witnesses, searched and sorted": ("member", lambda: address("witnesses", organisation="head", sort="-last")),
    "minutes as they were entered": ("clerk", lambda: reverse("draft", args=[adopted().pk])),
    "drafts that were adopted": ("clerk", lambda: address("drafts", state="adopted")),
    "an address for every board": ("clerk", lambda: addresses_for_all(user_of("clerk"))),
    "old trackers, one of each kind": ("clerk", lambda: some_trackers()),
    "a tracker of which rows are refused": ("clerk", lambda: address("tracker-check", show="refused")),
    "what came of a tracker": ("clerk", lambda: brought_in().get_absolute_url()),
    "e-mails are stopped": ("nobody", lambda: stopped()),
    "no reminders for me": ("officer", lambda: stopped("your-mails")),
    "no e-mail was given up": ("clerk", lambda: address("mails", only="given_up")),
    "a person who has not signed in yet": ("clerk", lambda: reverse("person", args=[newcomer().pk])),
    "a person whom a clerk may not change": ("clerk", lambda: reverse("person", args=[user_of("clerk").pk])),
    "a person who left": ("administrator", lambda: reverse("person", args=[leaver().pk])),
    "a letter that has ended": ("nobody", lambda: reverse("password-choose", args=["MQ", "x-y"])),
    "no draft was discarded": ("clerk", lambda: address("drafts", state="discarded")),
}


def this_year():
    """The municipal year in which most of the demonstration was asked."""
    return year_of(one().item.meeting.held_on)


def views_of_all(user):
    """One view for each list, which its address opens."""
    for page in LISTS:
        factories.make_saved_view(user, page=page, query="", opens_first=True)
    return reverse("meetings")


def statement_with_gaps():
    return factories.make_statement(text="# Contact\n\n- email [address]\n- see https://example.org").get_absolute_url()


def addresses_for_all(user):
    for board in [None, *Board.objects.standing()]:
        factories.make_feed(user, board)
    return address("calendars")


def brought_in():
    tracker = factories.make_tracker(by=user_of("clerk"))
    bring_in(tracker, by=user_of("clerk"))
    return tracker


def some_trackers():
    brought_in()
    factories.make_tracker(name="newer.csv")
    factories.make_tracker(name="wrong.csv").discard(by=user_of("clerk"), reason="The wrong file.")
    return reverse("trackers")


def stopped(name="reminders-stop"):
    MailPreference.turn(Mail.objects.first().address, is_stopped=True, by=None, reason="Through the link.")
    MailPreference.turn(user_of("officer").email, is_stopped=True, by=user_of("officer"))
    return address(name)


def adopted():
    return MinutesDraft.objects.exclude(meeting=None).first()


def answered_through_link(answer, name="partner-questions"):
    """The page that a partner comes back to, or that of the recommendation."""
    link, its_key = factories.make_link(police().organisation, by=user_of("clerk"))
    response = police()
    response.recommendation.say("Two checks were made.", by=None, through=link)
    response.answer_with(answer, by=None, through=link, reasons="Gladly, from the spring.")
    return reverse(name, args=[its_key]) if name.startswith("partner") else response.get_absolute_url()


def ended_links():
    answered_through_link("accepted")
    factories.make_link(police().organisation)[0].revoke(by=user_of("clerk"), reason="It got lost.")
    with clock.set_to_day(factories.ago(40)):
        factories.make_link(police().organisation)
    return address("links")


def ahead():
    return Meeting.objects.filter(board__code="SCSB").latest("held_on")


def earlier_year():
    return address("board-impact-year", on=factories.ago(20).isoformat(), show="late")


def exempt():
    return Recommendation.objects.get(item__exempt_paragraph__isnull=False)


def undated():
    return Recommendation.objects.without_date().filter(kind="do").first()


def address_of(name, thing):
    return reverse(name, args=[thing.slug])


def earlier(name):
    day = clock.today().replace(day=1)
    return address(name, on=day.isoformat(), owner=user_of("officer").pk, board=one().board_id)
