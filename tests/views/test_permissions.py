"""Who may open what: every address of urls.py for every person of the cast, for an open thing and for an exempt one."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from recommendations import urls
from recommendations.models import Answer, Progress
from recommendations.reminders.digests import token_of
from tests import factories
from tests.conftest import CAST
from tests.models.tables import read_table
from tests.views.pages import Page, content_of

# The answer to a GET. "in": asked to sign in. The public is the stranger where PUBLIC_PAGES is on. An exempt thing is read by
# its owner and by the member, who sits on its board.
ANSWERS = read_table("""
                 clerk owner other_officer member other_member administrator stranger public
public             200   200           200    200          200           200       in    200
public-exempt      200   200           404    200          404           404       in    404
anyone             200   200           200    200          200           200      200    200
members            200   200           200    200          200           200       in     in
members-exempt     200   200           404    200          404           404       in     in
members-by-post    405   405           405    405          405           405       in     in
home               302   302           302    302          302           302       in     in
public-home        302   302           302    302          302           302       in    302
officers           200   200           200    403          403           403       in     in
update             200   200           403    403          403           403       in     in
update-exempt      200   200           404    403          403           403       in     in
ask                403   200           403    403          403           403       in     in
ask-exempt         403   200           404    403          403           403       in     in
board-exempt       200   404           404    200          404           404       in     in
clerks-by-post     405   403           403    403          403           403       in     in
own-feed           404   200           404    404          404           404       in     in
organisers         200   403           403    403          403           200       in     in
organisers-by-post 405   403           403    403          403           405       in     in
administrators     403   403           403    403          403           200       in     in
clerks             200   403           403    403          403           403       in     in
partners           200   200           200    200          200           200      200    200
partners-exempt    404   404           404    404          404           404      404    404
""")
# Each address: the rule above for an open thing, that for an exempt one (the same where nothing is exempt), the thing.
ADDRESSES = {
    "dashboard": ("public", "public", None),
    "late": ("public", "public", None),
    # They lead to the latest year.
    "impact": ("public-home", "public-home", None),
    "impact-year": ("public", "public", "year"),
    "impact-word": ("public", "public", "year"),
    "board-impact": ("public-home", "public-home", "board"),
    "board-impact-year": ("public", "public", "board_year"),
    "board-impact-word": ("public", "public", "board_year"),
    "home": ("home", "home", None),
    "my-work": ("officers", "officers", None),
    "desk": ("clerks", "clerks", None),
    "assign-many": ("clerks", "clerks", None),
    "getting-started": ("organisers", "organisers", None),
    "getting-started-skip": ("organisers-by-post", "organisers-by-post", None),
    "people": ("organisers", "organisers", None),
    "person-new": ("organisers", "organisers", None),
    "person": ("organisers", "organisers", "newcomer"),
    "person-correct": ("organisers", "organisers", "newcomer"),
    "person-invite": ("organisers", "organisers", "newcomer"),
    "person-switch": ("administrators", "administrators", "newcomer"),
    "person-factors": ("administrators", "administrators", "newcomer"),
    "account-events": ("administrators", "administrators", None),
    "account-events-file": ("administrators", "administrators", "file"),
    "sign-in-rules": ("administrators", "administrators", None),
    "person-board": ("organisers", "organisers", "newcomer"),
    "membership-end": ("organisers", "organisers", "membership"),
    "search": ("public", "public", None),
    "asked-before": ("public", "public", None),
    "recommendations": ("public", "public", None),
    "recommendations-file": ("public", "public", "file"),
    "recommendations-history": ("members", "members", "file"),
    "recommendation-history": ("members", "members-exempt", "open_history"),
    "recommendation": ("public", "public-exempt", "open"),
    "recommendation-follow": ("members-by-post", "members-by-post", "open"),
    "recommendation-update": ("update", "update-exempt", "open"),
    "recommendation-owner": ("clerks", "clerks", "open"),
    "recommendation-due-date": ("clerks", "clerks", "open"),
    "recommendation-later-date": ("ask", "ask-exempt", "open"),
    "recommendation-close": ("clerks", "clerks", "open"),
    "recommendation-reopen": ("clerks", "clerks", "closed"),
    "recommendation-outcome": ("clerks", "clerks", "closed"),
    "recommendation-title": ("clerks", "clerks", "open"),
    "recommendation-words": ("clerks", "clerks", "open"),
    "recommendation-exempt": ("clerks", "clerks", "open"),
    "recommendation-evidence": ("clerks", "clerks", "open"),
    "addressee-new": ("clerks", "clerks", "open"),
    "follow-up-new": ("clerks", "clerks", "reportless"),
    "follow-ups": ("public", "public", None),
    "follow-ups-file": ("public", "public", "file"),
    "follow-up-submit": ("update", "update-exempt", "awaited_report"),
    "follow-up-receive": ("clerks", "clerks", "submitted_report"),
    "follow-up-repeats": ("clerks", "clerks", "awaited_report"),
    "follow-up-waive": ("clerks", "clerks", "awaited_report"),
    "follow-up-due-date": ("clerks", "clerks", "awaited_report"),
    "follow-up-later-date": ("ask", "ask-exempt", "awaited_report"),
    "answers": ("public", "public", None),
    "answers-file": ("public", "public", "file"),
    "answer-clock": ("clerks", "clerks", "answer"),
    "answer-record": ("clerks", "clerks", "answer"),
    "answer-organisation": ("clerks", "clerks", "answer"),
    "answer-link": ("clerks", "clerks", "partners_answer"),
    "links": ("clerks", "clerks", None),
    "link-withdraw": ("clerks", "clerks", "link"),
    # With the key: the page is there for whoever has it, but an exempt row is not.
    "partner-questions": ("partners", "partners", "partners_row"),
    "partner-answer": ("partners", "partners-exempt", "partners_row"),
    "partner-update": ("partners", "partners-exempt", "partners_row"),
    "date-change": ("clerks", "clerks", "change"),
    "meetings-file": ("public", "public", "file"),
    "meetings": ("public", "public", None),
    "meeting-new": ("clerks", "clerks", None),
    "meeting": ("public", "public", "meeting"),
    "meeting-sign-off": ("clerks", "clerks", "meeting"),
    # They lead to the address with both days in it.
    "meeting-changes": ("home", "home", "meeting"),
    "meeting-changes-word": ("home", "home", "meeting"),
    "meeting-correct": ("clerks", "clerks", "meeting"),
    "boards": ("public", "public", None),
    "board-new": ("organisers", "organisers", None),
    "board-correct": ("organisers", "organisers", "board"),
    "organisations": ("public", "public", None),
    "organisations-file": ("public", "public", "file"),
    "organisation": ("public", "public", "organisation"),
    "organisation-new": ("organisers", "organisers", None),
    "organisation-correct": ("organisers", "organisers", "organisation"),
    "board-tracker": ("public", "public", "board"),
    "board-tracker-file": ("public", "public", "board_file"),
    "board-columns": ("clerks", "clerks", "board"),
    "all-trackers": ("public", "public", None),
    "all-trackers-file": ("public", "public", "file"),
    "board-hand-over": ("clerks", "clerks", "board"),
    "hand-over-undo": ("clerks", "clerks", "hand_over"),
    "witnesses-file": ("members", "members", "file"),
    "witnesses": ("members", "members", None),
    "witness": ("members", "board-exempt", "person"),
    "witness-merge": ("clerks", "clerks", "person"),
    "witness-unmerge": ("clerks", "clerks", "merged_person"),
    "saved-view-new": ("members", "members", "listed"),
    "saved-view": ("own-feed", "own-feed", "saved_view"),
    "saved-view-remove": ("own-feed", "own-feed", "saved_view"),
    "drafts": ("clerks", "clerks", None),
    "draft-new": ("clerks", "clerks", None),
    "draft-lines": ("clerks-by-post", "clerks-by-post", None),
    "draft": ("clerks", "clerks", "draft"),
    "draft-recommendations": ("clerks", "clerks", "draft"),
    "draft-check": ("clerks", "clerks", "draft"),
    "draft-discard": ("clerks", "clerks", "draft"),
    "trackers": ("clerks", "clerks", None),
    "tracker-new": ("clerks", "clerks", None),
    "tracker": ("clerks", "clerks", "tracker"),
    "tracker-words": ("clerks", "clerks", "tracker"),
    "tracker-check": ("clerks", "clerks", "tracker"),
    "tracker-discard": ("clerks", "clerks", "tracker"),
    "tracker-file": ("clerks", "clerks", "tracker"),
    "your-mails": ("members", "members", None),
    "mails": ("clerks", "clerks", None),
    "reminders-stop": ("anyone", "anyone", "mail"),
    "calendars": ("public", "public", None),
    "feed-new": ("members", "members", None),
    "feed-renew": ("own-feed", "own-feed", "feed"),
    "feed-stop": ("own-feed", "own-feed", "feed"),
    "private-calendar": ("anyone", "anyone", "feed"),
    "private-overdue": ("anyone", "anyone", "feed"),
    "private-closures": ("anyone", "anyone", "feed"),
    "board-calendar": ("public", "public", "board"),
    "overdue": ("public", "public", None),
    "closures": ("public", "public", None),
    "accessibility": ("anyone", "anyone", None),
    "privacy": ("anyone", "anyone", None),
    "statement-edit": ("administrators", "administrators", "statement"),
    "robots": ("anyone", "anyone", None),
    "sitemap": ("public", "public", None),
    "sitemap-part": ("public", "public", "section"),
    "update-file": ("members", "members-exempt", "update"),
    "report-file": ("members", "members-exempt", "submitted_report"),
    "answer-file": ("members", "members-exempt", "answer_with_file"),
}
PEOPLE = (*CAST, "public")


def a_file(name="letter.txt"):
    return SimpleUploadedFile(name, b"Dear Board")


def things_of(board, owner, clerk, exempt_paragraph):
    """One of everything that has an address, all of it `owner`'s and exempt under the paragraph, if there is one."""
    item = factories.make_item(factories.make_meeting(board))
    fields = {"owner": owner, "exempt_paragraph": exempt_paragraph}
    opened = factories.make_recommendation(item, due_on=factories.ago(-9), **fields)
    reported = factories.make_recommendation(item, due_on=factories.ago(-9), **fields)
    draft = factories.make_draft(
        content={"items": [{"number": "1", "exempt_paragraph": exempt_paragraph, "findings": []}], "last_id": 0}
    )
    heard = factories.make_item(item.meeting, exempt_paragraph=exempt_paragraph)
    person, misspelt = factories.make_speaker("Claire Curran", heard), factories.make_speaker("Clare Curran", heard)
    police = factories.make_organisation("Surrey Police")
    partners_answer = factories.make_response(opened, "Surrey Police", organisation=police)
    link, key = factories.make_link(police, by=clerk)
    return SimpleNamespace(
        partners_answer=partners_answer,
        partners_row=SimpleNamespace(key=key, pk=partners_answer.pk),
        link=link,
        answer_with_file=factories.make_response(opened, "the Cabinet").answer_with(
            Answer.ACCEPTED, by=clerk, file=a_file()
        ),
        person=person,
        merged_person=misspelt.merge(into=person, by=clerk, reason="The same post."),
        open=opened,
        reportless=reported,
        closed=factories.make_recommendation(item, progress=Progress.IMPLEMENTED, **fields),
        awaited_report=factories.make_report(opened, due_on=factories.ago(-9)),
        submitted_report=factories.make_report(reported, submitted_by=owner, file=a_file()),
        answer=factories.make_response(opened),
        change=factories.make_asked_date(reported, by=owner),
        update=factories.make_update(opened, by=owner, file=a_file()),
        meeting=item.meeting,
        year=SimpleNamespace(year=item.meeting.held_on.year),
        board_year=SimpleNamespace(pk=board.pk, year=item.meeting.held_on.year),
        feed=factories.make_feed(owner),
        listed=SimpleNamespace(page="recommendations"),
        saved_view=factories.make_saved_view(owner),
        board=board,
        organisation=police,
        newcomer=factories.make_officer("Lena Cross"),
        membership=factories.make_membership(factories.make_officer("Dev Patel"), board),
        hand_over=factories.make_hand_over(),
        file=SimpleNamespace(ending="csv"),
        board_file=SimpleNamespace(pk=board.pk, ending="csv"),
        open_history=SimpleNamespace(slug=opened.slug, ending="csv"),
        draft=draft,
        tracker=factories.make_tracker(board=board, by=clerk),
        statement=SimpleNamespace(kind="privacy"),
        section=SimpleNamespace(section="meetings"),
        mail=SimpleNamespace(token=token_of(factories.make_mail(owner))),
    )


def addresses(things):
    """{name: address} of every line of urls.py."""
    found = {}
    for pattern in urls.urlpatterns:
        thing = getattr(things, ADDRESSES[pattern.name][2] or "", None)
        keys = {name: getattr(thing, name) for name in pattern.pattern.converters}
        found[pattern.name] = reverse(pattern.name, kwargs=keys)
    return found


@pytest.fixture
def answers_to(board, owner, clerk, member, person, sign_in, settings):
    """{name: the answer} of every address, or of those in `names`, for somebody whose things are "open" or "exempt"."""

    def walk(who, kind, method="get", names=ADDRESSES):
        settings.PUBLIC_PAGES = who == "public"
        client = sign_in(person("stranger" if who == "public" else who))
        found = addresses(things_of(board, owner, clerk, exempt_paragraph=3 if kind == "exempt" else None))
        return {name: answer(getattr(client, method)(found[name])) for name in names}

    return walk


def answer(response):
    content_of(response)
    leads_in = response.status_code == 302 and response.url.startswith(reverse("sign-in"))
    return "in" if leads_in else str(response.status_code)


def expected(who, kind):
    place = 0 if kind == "open" else 1
    return {name: ANSWERS[line[place]][who] for name, line in ADDRESSES.items()}


def test_every_address_has_its_line_in_the_table():
    assert {pattern.name for pattern in urls.urlpatterns} == set(ADDRESSES)


def test_every_address_has_a_guard():
    assert [pattern.name for pattern in urls.urlpatterns if not getattr(pattern.callback, "who", "")] == []


@pytest.mark.parametrize("kind", ["open", "exempt"])
@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_opens_exactly_what_the_table_says(answers_to, who, kind):
    assert answers_to(who, kind) == expected(who, kind)


@pytest.mark.parametrize("kind", ["open", "exempt"])
@pytest.mark.parametrize("who", PEOPLE)
def test_what_one_may_not_open_one_may_not_send_either(answers_to, who, kind):
    refused = {name: word for name, word in expected(who, kind).items() if word in ("in", "403", "404")}
    sent = answers_to(who, kind, method="post", names=refused)
    # A page that only shows takes nothing from anybody.
    assert {name: word for name, word in sent.items() if word != "405"}.items() <= refused.items()


@pytest.fixture
def exempt(board, owner):
    return factories.make_recommendation(
        factories.make_item(factories.make_meeting(board)), owner=owner, exempt_paragraph=3
    )


@pytest.mark.parametrize("address", ["", "update/", "later-date/"])
def test_an_exempt_thing_and_an_unknown_one_are_answered_alike(exempt, sign_in, other_officer, address):
    client = sign_in(other_officer)
    hidden, unknown = (Page(client.get(f"/recommendations/{slug}/{address}")) for slug in (exempt.slug, "SCSB-R99-26"))
    assert (hidden.status, hidden.text) == (unknown.status, unknown.text) == (404, unknown.text)


def test_nobody_follows_what_they_may_not_read(exempt, sign_in, other_member):
    assert sign_in(other_member).post(reverse("recommendation-follow", args=[exempt.slug])).status_code == 404


def test_what_one_sees_but_may_not_do_is_refused_in_words(sign_in, other_officer, owner):
    recommendation = factories.make_recommendation(owner=owner)
    page = Page(sign_in(other_officer).get(reverse("recommendation-update", args=[recommendation.slug])))
    assert (page.status, page.heading) == (403, "You may not do this")


def test_signing_in_leads_on_to_where_one_was_going(client, clerk):
    asked = client.get(reverse("desk"), follow=True)
    sent = client.post(
        asked.redirect_chain[-1][0], {"username": clerk.email, "password": factories.PASSWORD, "next": "/desk/"}
    )
    assert sent.url == reverse("desk")


@pytest.mark.parametrize(
    ("who", "name"),
    [("clerk", "desk"), ("owner", "my-work"), ("member", "dashboard"), ("administrator", "dashboard")],
)
def test_everybody_begins_where_their_work_is(person, sign_in, board, who, name):
    factories.make_recommendation()
    assert sign_in(person(who)).get(reverse("home")).url == reverse(name)


def test_somebody_without_a_part_in_the_work_is_refused(sign_in, db):
    assert sign_in(factories.make_person("Kim Doe")).get(reverse("dashboard")).status_code == 403


def test_somebody_who_left_is_signed_out(sign_in, member):
    client = sign_in(member)
    member.is_active = False
    member.save()
    assert answer(client.get(reverse("dashboard"))) == "in"
