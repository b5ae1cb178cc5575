"""Whatever somebody types stays words: markup, addresses of scripts and templates, planted wherever one can type."""

import pytest
from django.urls import reverse

from recommendations.models import Answer
from tests import factories
from tests.views.pages import walk

pytestmark = pytest.mark.django_db
PLANT = (
    """<img src=x onerror=alert(1)>"onmouseover="alert(2)" '><script>alert(3)</script>{{7*7}}{% now "Y" %}</title>"""
)
SHORT = """"><script>alert(4)</script>{{7*7}}"""
LINK = 'javascript:alert(5) data:text/html,x https://evil.example/"onclick=alert(6)'


@pytest.fixture
def planted(today, clerk, owner, settings):
    """A recommendation and all that hangs on it, told by somebody who means harm; the site is public."""
    settings.PUBLIC_PAGES = True
    board = factories.make_board("EVIL", f"Board {SHORT}")
    clerk.full_name = owner.full_name = f"Name {SHORT}"
    for person in (clerk, owner):
        person.job_title = SHORT
        person.save()
    item = factories.make_item(factories.make_meeting(board), title=SHORT)
    factories.make_speaker(SHORT, item)
    factories.make_point(item, PLANT)
    factories.make_resolution(item, PLANT)
    recommendation = factories.make_recommendation(item, title=SHORT, text=PLANT, owner=owner, due_on=factories.ago(9))
    factories.make_update(recommendation, PLANT + LINK, by=owner)
    factories.make_report(recommendation, due_on=factories.ago(5))
    organisation = factories.make_organisation(SHORT, also_known_as=SHORT)
    asked = factories.make_response(recommendation, SHORT, organisation=organisation)
    asked.answer_with(Answer.NOT_ACCEPTED, by=clerk, reasons=PLANT + LINK)
    factories.make_asked_date(recommendation, by=owner, reason=PLANT)
    factories.make_saved_view(clerk, name=SHORT[:40])
    factories.make_statement("privacy", f"# {SHORT}\n\n- {LINK}\n\n{PLANT}")
    factories.make_draft(f"Recommendations:\n1. {PLANT}\nWitnesses:\n{SHORT}, {SHORT}", board=board)
    return recommendation


def runs(page):
    """All that a browser would run, or be led to run, on a page: nothing of ours is written into one."""
    html = page.html
    handlers = html.xpath("//@*[starts-with(name(), 'on')]")
    addresses = [each for each in html.xpath("//@href | //@src | //@action | //@formaction") if not is_ours(each)]
    return [*handlers, *addresses, *html.xpath("//script[not(@src)] | //img[@src='x'] | //iframe | //style")]


def is_ours(address):
    return address.startswith(("/", "#", "?", "https://", "mailto:")) or not address.partition("/")[0].count(":")


@pytest.mark.parametrize("who", ["clerk", "owner", "member", "stranger"])
def test_nothing_that_was_typed_runs_or_becomes_markup(planted, person, sign_in, who):
    browser, seen = sign_in(person(who)), 0
    starts = ["dashboard", "recommendations", "meetings", "boards", "organisations", "privacy", "answers", "late"]
    starts += {"clerk": ["desk", "drafts", "witnesses", "links"], "owner": ["my-work"]}.get(who, [])
    for address, page in walk(browser, starts):
        assert runs(page) == [], address
        seen += page.html.text_content().count("{{7*7}}")
    assert seen > 5


def test_a_file_or_feed_of_it_is_well_formed(planted, client):
    for name in ("overdue", "sitemap"):
        answer = client.get(reverse(name))
        assert b"<script>" not in answer.content
        assert answer.status_code == 200
