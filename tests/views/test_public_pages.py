"""What somebody reads who is not signed in, where pages are public: every page that can be reached, and its head."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from lxml import html

from recommendations.models import Progress
from tests import factories
from tests.views.pages import Page, content_of, read

pytestmark = pytest.mark.django_db
SITE = "https://tracker.example.org"
# Whoever owns it or has owned it answers for that in public, and witnesses stand in public minutes.
SIGN_IN_ONLY = ("Ruth Bailey", "Asha Nair", "Ines Moreau")


@pytest.fixture(autouse=True)
def public(settings, today):
    settings.PUBLIC_PAGES = True


@pytest.fixture
def lived(board, owner, other_officer, clerk, member, administrator, local):
    """One that has been through everything, by many hands; and contacts that people typed into it."""
    item = factories.make_item(factories.make_meeting(board))
    one = factories.make_recommendation(item, owner=other_officer, by=clerk, due_on=factories.ago(5))
    one.assign(owner, by=clerk)
    factories.make_report(one, submitted_by=clerk, file=a_file(), verdict="further_report")
    factories.make_asked_date(one, by=owner, reason="Ring me on 01483 517898.")
    factories.make_update(one, "Write to olu.shah@example.org.", by=owner, file=a_file())
    factories.make_evidence(one)
    factories.make_evidence(one, witness=factories.make_speaker(item=item).witnesses.get())
    answer = factories.make_response(one, regime=local, organisation=factories.make_organisation())
    answer.answer_with("accepted", by=clerk, reasons="See contact@example.org.", file=a_file())
    done = factories.make_recommendation(item, by=clerk, text="That contact@example.org be answered.")
    done.close(Progress.IMPLEMENTED, at=item.meeting, by=clerk, reason="It is so.", note="All ring 01483 517898.")
    factories.make_following(done, by=member)
    return one


def a_file():
    return SimpleUploadedFile("letter.txt", b"Dear Board")


class Found:
    """What one address answered: `source` is all of its text, that of a file's parts too."""

    def __init__(self, answer):
        self.status, content = answer.status_code, content_of(answer)
        archive = zipfile.ZipFile(io.BytesIO(content)) if content.startswith(b"PK") else None
        parts = [archive.read(name) for name in archive.namelist()] if archive else [content]
        self.source = "\n".join(part.decode(errors="ignore") for part in parts)
        self.html = (
            html.document_fromstring(content) if answer.headers["Content-Type"].startswith("text/html") else None
        )

    @property
    def links(self):
        found = [] if self.html is None else self.html.xpath("//a/@href | //link[@rel='alternate']/@href")
        return [link.partition("#")[0].partition("?")[0] for link in found if link.startswith("/")]


@pytest.fixture
def site(client):
    """{address: what was found} of all that can be reached from the first page by links, without their filters."""

    def walk():
        waiting, found, ways_on = ["/"], {}, set()
        while waiting:
            address = waiting.pop()
            if address in found or address in ways_on:
                continue
            answer = client.get(address)
            if answer.status_code == 302:
                ways_on.add(address)
                waiting.append(answer.url)
            else:
                found[address] = Found(answer)
                waiting += found[address].links
        return found

    return walk


# Whom it names, and what leads nowhere


def test_every_link_leads_to_a_page_that_the_public_may_open(lived, site):
    pages = site()
    assert len(pages) > 10
    assert {address: page.status for address, page in pages.items() if page.status != 200} == {}


def test_no_page_names_who_only_signs_in(lived, site):
    assert [(address, name) for address, page in site().items() for name in SIGN_IN_ONLY if name in page.source] == []


def test_no_page_has_anybodys_contact(lived, site):
    contacts = ("olu.shah@", "contact@", "517898")
    assert [(address, one) for address, page in site().items() for one in contacts if one in page.source] == []


def test_a_contact_is_left_out_in_words_and_members_read_it(lived, client, sign_in, member):
    address = lived.get_absolute_url()
    assert "Write to [e-mail address left out]." in read(client, address).text
    assert "Write to olu.shah@example.org." in read(sign_in(member), address).text


def test_a_contact_is_left_out_of_the_word_document_of_a_year_and_members_read_it(lived, client, sign_in, member):
    address = reverse("impact-word", args=[2026])
    assert "All ring [telephone number left out]." in Found(client.get(address)).source
    assert "All ring 01483 517898." in Found(sign_in(member).get(address)).source


def test_the_timeline_names_the_owner_and_partners_alone(lived, client):
    entries = read(client, lived.get_absolute_url()).timeline
    by = {entry.partition(", by ")[2].partition(" ")[0] for entry in entries}
    assert by == {"the", "Olu", "The"}


def test_who_was_reminded_is_the_councils_affair(lived, client, sign_in, member, owner):
    factories.make_mail(owner, recommendation=lived, words="Reminder sent to Olu Shah")
    address = lived.get_absolute_url()
    assert "Reminder sent" not in read(client, address).text
    assert "Reminder sent" in read(sign_in(member), address).text


def test_the_owners_of_exempt_matter_are_offered_to_nobody_else(board, other_officer, client):
    item = factories.make_item(factories.make_meeting(board))
    factories.make_recommendation(item, owner=other_officer, exempt_paragraph=3)
    assert "Megan Price" not in client.get(reverse("recommendations")).content.decode()


# A meeting in public


def test_the_minutes_of_a_meeting_are_read_in_public(client, lived):
    page = read(client, lived.item.meeting.get_absolute_url())
    assert "Dana Whitlock, Head of Early Help" in page.text
    assert lived.reference in page.links()


def test_how_much_of_a_meeting_is_exempt_is_not_told(client, sign_in, other_member, board):
    meeting = factories.make_meeting(board)
    factories.make_item(meeting, title="Contract", exempt_paragraph=3)
    page = read(client, meeting.get_absolute_url())
    assert "There are no minutes of this meeting to read here yet." in page.text
    assert "exempt" not in page.text
    assert "1 item is exempt" in read(sign_in(other_member), meeting.get_absolute_url()).text


def test_a_meeting_with_exempt_items_reads_as_one_without_minutes(client, board):
    without, closed = (factories.make_meeting(board, factories.ago(days)) for days in (7, 14))
    factories.make_item(closed, exempt_paragraph=3)
    first, second = (read(client, meeting.get_absolute_url()).text for meeting in (without, closed))
    assert first == second.replace("4 November 2026", "11 November 2026")


# What the head says


def head(page, path):
    return page.html.xpath(f"//head/{path}")


def canonical(page):
    return head(page, "link[@rel='canonical']/@href")


def robots(page):
    return head(page, "meta[@name='robots']/@content")


def test_every_public_page_has_its_own_title_a_description_and_an_address(lived, site):
    pages = {address: page for address, page in site().items() if page.html is not None}
    described = {a: p for a, p in pages.items() if a not in NOT_FOR_SEARCH}
    assert {address: canonical(page) for address, page in described.items()} == {a: [SITE + a] for a in described}
    assert len({page.html.findtext(".//title") for page in pages.values()}) == len(pages)
    descriptions = [head(page, "meta[@name='description']/@content") for page in described.values()]
    assert all(len(found) == 1 and 20 <= len(found[0]) <= 160 for found in descriptions)


NOT_FOR_SEARCH = {"/sign-in/", "/password/forgotten/"}


def test_a_description_is_the_pages_own_words(client, lived):
    [said] = head(read(client, lived.get_absolute_url()), "meta[@name='description']/@content")
    assert said == (
        "Social Care Services Board, 19 September 2026: “That officers review the guidance given to schools.”"
    )


def test_a_long_description_ends_with_a_whole_word(client, board):
    words = "That officers & others “review” <all> the guidance; write to a@example.org. " * 4
    one = factories.make_recommendation(factories.make_item(factories.make_meeting(board)), text=words)
    [said] = head(read(client, one.get_absolute_url()), "meta[@name='description']/@content")
    assert said.endswith("That officers & others…")
    assert "& others “review” <all> the guidance; write to [e-mail address left out]" in said
    assert len(said) <= 160


def test_a_word_without_end_is_cut(client, board):
    one = factories.make_recommendation(factories.make_item(factories.make_meeting(board)), text="x" * 400)
    [said] = head(read(client, one.get_absolute_url()), "meta[@name='description']/@content")
    assert len(said) <= 160


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("", ""),
        ("?sort=due", ""),
        ("?page=1", ""),
        ("?page=2&sort=-due", "?page=2"),
        ("?size=50", ""),
        ("?all=yes", ""),
        ("?page=9", "?page=3"),
    ],
)
def test_the_order_of_a_list_is_no_other_page(client, board, query, address):
    item = factories.make_item(factories.make_meeting(board))
    for _ in range(60):
        factories.make_recommendation(item)
    page = read(client, reverse("recommendations") + query)
    assert (canonical(page), robots(page)) == ([f"{SITE}/recommendations/{address}"], [])


@pytest.mark.parametrize("query", ["?on=2026-11-10", "?only=open", "?board=1", "?utm_source=letter", "?owner=none"])
def test_what_narrows_a_list_is_not_for_search_engines(client, lived, query):
    page = read(client, reverse("recommendations") + query)
    assert (canonical(page), robots(page)) == ([], ["noindex"])
    assert head(page, "meta[@name='description']") != []


def test_the_title_of_a_long_list_says_which_page_it_is(client, board):
    item = factories.make_item(factories.make_meeting(board))
    for _ in range(30):
        factories.make_recommendation(item)
    title = read(client, reverse("recommendations") + "?page=2").html.findtext(".//title")
    assert title == "Recommendations (page 2 of 2) – CSE Board – Example Council"


@pytest.mark.parametrize("name", ["sign-in", "accessibility", "dashboard"])
def test_where_nothing_is_public_nothing_is_for_search_engines(client, settings, name):
    settings.PUBLIC_PAGES = False
    page = Page(client.get(reverse(name), follow=True))
    assert (canonical(page), robots(page), head(page, "meta[@name='description']")) == ([], ["noindex"], [])


def test_what_somebody_signed_in_reads_is_not_for_search_engines(sign_in, clerk, lived):
    page = read(sign_in(clerk), lived.get_absolute_url())
    assert (canonical(page), robots(page), head(page, "meta[@name='description']")) == ([], ["noindex"], [])


@pytest.mark.parametrize("address", ["/no-such-page/", "/recommendations/SCSB-R99-26/", "/sign-in/"])
def test_what_is_not_there_is_not_for_search_engines(client, address):
    page = read(client, address)
    assert (canonical(page), robots(page)) == ([], ["noindex"])
