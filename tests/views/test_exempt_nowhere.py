"""Exempt matter, hidden in one place after another, stands on no page and in no file, feed or mail of those not entitled."""

import io
import zipfile

import pytest
from django.urls import reverse

from recommendations.reminders.digests import digests_of
from tests import factories

pytestmark = pytest.mark.django_db
SECRET = "Quokka"
PAGES = (
    "dashboard", "late", "impact", "home", "recommendations", "follow-ups", "answers", "meetings", "boards", "witnesses",
    "calendars", "overdue", "closures", "your-mails",
)  # fmt: skip
FILES = (
    "meetings-file", "witnesses-file", "organisations-file", "recommendations-file", "follow-ups-file", "answers-file",
)  # fmt: skip
FEEDS = ("private-calendar", "private-overdue", "private-closures")
# Those who may not read it.
OTHERS = ("other_member", "other_officer", "administrator", "stranger")


# Each hides a secret in one place of a recommendation, and gives the recommendation


def in_itself(secret, item, owner):
    told = dict.fromkeys(("title", "text"), secret)
    return factories.make_recommendation(item, owner=owner, due_on=factories.ago(10), exempt_paragraph=3, **told)


def in_its_item(secret, item, owner):
    closed_door = factories.make_item(item.meeting, title=secret, exempt_paragraph=3)
    return factories.make_recommendation(closed_door, owner=owner, due_on=factories.ago(10), title=secret)


def in_what_was_asked(secret, item, owner):
    recommendation = factories.make_recommendation(item, owner=owner, due_on=factories.ago(10), exempt_paragraph=3)
    factories.make_asked_date(recommendation, by=owner, reason=secret)
    return recommendation


def in_an_update(secret, item, owner):
    recommendation = factories.make_recommendation(item, owner=owner, due_on=factories.ago(10))
    factories.make_update(recommendation, secret, by=owner, exempt_paragraph=2)
    return recommendation


def in_a_report_for_several(secret, item, owner):
    first, second = (
        factories.make_report(factories.make_recommendation(item, owner=owner), due_on=factories.ago(9))
        for _ in range(2)
    )
    first.submit(secret, by=owner, exempt_paragraph=2, also=[second])
    return second.recommendation


def in_what_the_board_made_of_a_report(secret, item, owner):
    recommendation = factories.make_recommendation(item, owner=owner)
    report = factories.make_report(recommendation, due_on=factories.ago(9))
    report.submit("All is done.", by=owner, exempt_paragraph=2)
    report.receive(
        "not_satisfied", at=factories.make_meeting(item.meeting.board, factories.ago(0)), by=None, reason=secret
    )
    return recommendation


def in_what_was_open_before(secret, item, owner):
    recommendation = factories.make_recommendation(item, owner=owner, due_on=factories.ago(10), title=secret)
    factories.make_update(recommendation, secret, by=owner)
    return recommendation.mark_exempt(3, by=None, reason=secret)


# What is hidden, and how
HIDING = {
    f"{SECRET} Alder": in_itself,
    f"{SECRET} Birch": in_its_item,
    f"{SECRET} Cedar": in_what_was_asked,
    f"{SECRET} Damson": in_an_update,
    f"{SECRET} Elm": in_a_report_for_several,
    f"{SECRET} Fir": in_what_was_open_before,
    f"{SECRET} Gorse": in_what_the_board_made_of_a_report,
}


@pytest.fixture
def hide(board, owner, today, settings):
    """Gives the recommendation, of which somebody outside is asked too; the site is as open as a council can make it."""
    settings.PUBLIC_PAGES, settings.ESCALATE_AFTER_DAYS = True, 5
    police = factories.make_organisation()

    def make(secret):
        recommendation = HIDING[secret](secret, factories.make_item(factories.make_meeting(board)), owner)
        factories.make_response(recommendation, organisation=police)
        return recommendation

    return make


@pytest.fixture
def hidden(hide):
    """All of them in one site: to open every page anew for each takes as long as a hundred other tests."""
    return [hide(secret) for secret in HIDING]


def addresses(recommendations, person, board):
    """Where anything of them could stand: pages, papers, files, and feeds of the person's own."""
    meeting = factories.make_meeting(board, factories.ago(0))
    key = factories.make_link(recommendations[0].responses.get().organisation)[1]
    found = [reverse(name) for name in PAGES]
    found.append(f"{reverse('search')}?q=quokkas")
    found.append(f"{reverse('asked-before')}?words=quokka+guidance+given+to+schools")
    found += [reverse(name, args=[meeting.pk]) for name in ("meeting", "meeting-changes", "meeting-changes-word")]
    found += [reverse(name, args=[ending]) for name in FILES for ending in ("csv", "xlsx")]
    year = recommendations[0].item.meeting.held_on.year
    found += [reverse(f"board-impact-{name}", args=[board.pk, year]) for name in ("year", "word")]
    found += [reverse("board-tracker-file", args=[board.pk, ending]) for ending in ("csv", "xlsx", "docx")]
    found += [reverse("board-tracker", args=[board.pk]), reverse("all-trackers")]
    found += [reverse("recommendations-file", args=["docx"]), reverse("recommendations-history", args=["csv"])]
    found += [reverse("board-calendar", args=[board.code]), reverse("partner-questions", args=[key])]
    found += [reverse("sitemap"), *(reverse("sitemap-part", args=[part]) for part in ("recommendations", "meetings"))]
    found.append(reverse("organisations"))
    if person.is_authenticated:
        feeds = [factories.make_feed(person, of) for of in (board, None)]
        found += [reverse(name, args=[feed.key]) for feed in feeds for name in FEEDS]
    return found + [address for recommendation in recommendations for address in addresses_of(recommendation)]


def addresses_of(recommendation):
    found = [recommendation.get_absolute_url(), recommendation.item.meeting.get_absolute_url()]
    found.append(f"{reverse('search')}?q={recommendation.slug}")
    found.append(reverse("recommendation-similar", args=[recommendation.slug]))
    found.append(reverse("recommendation-history", args=[recommendation.slug, "csv"]))
    for told in (recommendation.follow_ups, recommendation.updates, recommendation.responses):
        found += [each.file_url for each in told.all()]
    return found


def read(browser, address):
    """What is sent, an archive unpacked."""
    sent = browser.get(address, follow=True)
    content = b"".join(sent.streaming_content) if sent.streaming else sent.content
    heads = "".join(sent.headers.values())
    if content.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(content))
        content = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".xml"))
    return content.decode() + heads


def found_in(browser, places):
    """{address: the secrets that stand there}."""
    told = {address: read(browser, address) for address in places}
    return {address: [secret for secret in (SECRET, *HIDING) if secret in text] for address, text in told.items()}


@pytest.mark.parametrize("who", OTHERS)
def test_who_is_not_entitled_finds_it_nowhere(hidden, who, person, board, sign_in):
    reader = person(who)
    found = found_in(sign_in(reader), addresses(hidden, reader, board))
    assert {address: secrets for address, secrets in found.items() if secrets} == {}


def test_the_clerk_finds_all_of_it(hidden, clerk, board, sign_in):
    found = found_in(sign_in(clerk), addresses(hidden, clerk, board))
    assert {secret for secrets in found.values() for secret in secrets} == {SECRET, *HIDING}


@pytest.mark.parametrize("secret", HIDING)
def test_no_mail_has_it_whoever_gets_it(hide, secret, today, clerk, member):
    recommendation = hide(secret)
    factories.make_following(recommendation, by=member)
    recommendation.change_progress("in_progress", by=clerk, reason=SECRET)
    mails = [each.message(factories.make_mail(address=f"for.{each.address}")) for each in digests_of(today)]
    assert mails
    assert not any(SECRET in mail.subject + mail.body + mail.alternatives[0].content for mail in mails)
