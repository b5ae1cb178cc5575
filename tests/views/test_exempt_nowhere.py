"""Exempt matter, hidden in one place after another, stands on no page and in no file, feed or mail of those not entitled."""

import io
import zipfile

import pytest
from django.urls import reverse

from recommendations.reminders.digests import digests_of
from tests import factories

# Opens every page, slowly; what it opens is not thereby tested.
pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]
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


# Each hides it in one place of a recommendation, and gives the recommendation


def in_itself(item, owner):
    told = dict.fromkeys(("title", "text"), SECRET)
    return factories.make_recommendation(item, owner=owner, due_on=factories.ago(10), exempt_paragraph=3, **told)


def in_its_item(item, owner):
    closed_door = factories.make_item(item.meeting, title=SECRET, exempt_paragraph=3)
    return factories.make_recommendation(closed_door, owner=owner, due_on=factories.ago(10), title=SECRET)


def in_what_was_asked(item, owner):
    recommendation = factories.make_recommendation(item, owner=owner, due_on=factories.ago(10), exempt_paragraph=3)
    factories.make_asked_date(recommendation, by=owner, reason=SECRET)
    return recommendation


def in_an_update(item, owner):
    recommendation = factories.make_recommendation(item, owner=owner, due_on=factories.ago(10))
    factories.make_update(recommendation, SECRET, by=owner, exempt_paragraph=2)
    return recommendation


def in_a_report_for_several(item, owner):
    first, second = (
        factories.make_report(factories.make_recommendation(item, owner=owner), due_on=factories.ago(9))
        for _ in range(2)
    )
    first.submit(SECRET, by=owner, exempt_paragraph=2, also=[second])
    return second.recommendation


def in_what_was_open_before(item, owner):
    recommendation = factories.make_recommendation(item, owner=owner, due_on=factories.ago(10), title=SECRET)
    factories.make_update(recommendation, SECRET, by=owner)
    return recommendation.mark_exempt(3, by=None, reason=SECRET)


HIDING = [in_itself, in_its_item, in_what_was_asked, in_an_update, in_a_report_for_several, in_what_was_open_before]


@pytest.fixture
def hidden(request, board, owner, today, settings):
    """The recommendation, of which somebody outside is asked too; the site is as open as a council can make it."""
    settings.PUBLIC_PAGES, settings.ESCALATE_AFTER_DAYS = True, 5
    recommendation = request.param(factories.make_item(factories.make_meeting(board)), owner)
    factories.make_response(recommendation, organisation=factories.make_organisation())
    return recommendation


def addresses(recommendation, person, board):
    """Where anything of it could stand: pages, papers, files, and feeds of the person's own."""
    meeting = factories.make_meeting(board, factories.ago(0))
    key = factories.make_link(recommendation.responses.get().organisation)[1]
    found = [reverse(name) for name in PAGES]
    found += [f"{reverse('search')}?q={words}" for words in ("quokkas", recommendation.slug)]
    found.append(f"{reverse('asked-before')}?words=quokka+guidance+given+to+schools")
    found += [reverse(name, args=[meeting.pk]) for name in ("meeting", "meeting-changes", "meeting-changes-word")]
    found += [reverse(name, args=[ending]) for name in FILES for ending in ("csv", "xlsx")]
    year = recommendation.item.meeting.held_on.year
    found += [reverse(f"board-impact-{name}", args=[board.pk, year]) for name in ("year", "word")]
    found += [reverse("board-tracker-file", args=[board.pk, ending]) for ending in ("csv", "xlsx", "docx")]
    found += [reverse("board-tracker", args=[board.pk]), reverse("all-trackers")]
    found += [reverse("recommendations-file", args=["docx"]), reverse("recommendations-history", args=["csv"])]
    found += [reverse("board-calendar", args=[board.code]), reverse("partner-questions", args=[key])]
    found += [recommendation.get_absolute_url(), recommendation.item.meeting.get_absolute_url()]
    found += [report.file_url for report in recommendation.follow_ups.all()]
    found += [update.file_url for update in recommendation.updates.all()]
    found += [response.file_url for response in recommendation.responses.all()]
    found += [reverse("sitemap"), *(reverse("sitemap-part", args=[part]) for part in ("recommendations", "meetings"))]
    found += [reverse("recommendation-history", args=[recommendation.slug, "csv"]), reverse("organisations")]
    if person.is_authenticated:
        feeds = [factories.make_feed(person, of) for of in (board, None)]
        found += [reverse(name, args=[feed.key]) for feed in feeds for name in FEEDS]
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


def holding(browser, places):
    return [address for address in places if SECRET in read(browser, address)]


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("hidden", HIDING, indirect=True)
def test_who_is_not_entitled_finds_it_nowhere(hidden, who, person, board, sign_in):
    reader = person(who)
    assert holding(sign_in(reader), addresses(hidden, reader, board)) == []


@pytest.mark.parametrize("hidden", HIDING, indirect=True)
def test_the_clerk_finds_it(hidden, clerk, board, sign_in):
    assert holding(sign_in(clerk), addresses(hidden, clerk, board))


@pytest.mark.parametrize("hidden", HIDING, indirect=True)
def test_no_mail_has_it_whoever_gets_it(hidden, today, clerk, member):
    factories.make_following(hidden, by=member)
    hidden.change_progress("in_progress", by=clerk, reason=SECRET)
    mails = [each.message(factories.make_mail(address=f"for.{each.address}")) for each in digests_of(today)]
    assert mails
    assert not any(SECRET in mail.subject + mail.body + mail.alternatives[0].content for mail in mails)
