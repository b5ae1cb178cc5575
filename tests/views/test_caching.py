"""What a proxy may keep of the public pages, and that it never gives anybody what is somebody else's."""

import pytest
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import reverse

from recommendations.models import Meeting
from tests import factories
from tests.views.pages import Page

pytestmark = pytest.mark.django_db
PUBLIC, PRIVATE = {"public", "max-age=300"}, {"private", "no-store"}
PAGES = ("dashboard", "recommendations", "follow-ups", "answers", "meetings", "boards")


def directives(response):
    return set(response.headers["Cache-Control"].split(", "))


@pytest.fixture(autouse=True)
def public(settings, today):
    settings.PUBLIC_PAGES = True


@pytest.fixture
def late(board, owner):
    """What shows in public, on the dashboard first."""
    item = factories.make_item(factories.make_meeting(board))
    recommendation = factories.make_recommendation(item, owner=owner, title="Review the guidance")
    return factories.make_report(recommendation, due_on=factories.ago(3)).recommendation


@pytest.fixture
def addresses(late):
    of_one = [late.get_absolute_url(), late.item.meeting.get_absolute_url(), "/sitemap.xml"]
    return [*map(reverse, PAGES), *of_one]


# What is said about keeping


def test_a_proxy_may_keep_public_pages_for_five_minutes(client, addresses):
    kept = {address: directives(client.get(address)) for address in addresses}
    assert kept == dict.fromkeys(addresses, PUBLIC)


def test_how_long_is_a_setting(client, settings):
    settings.PUBLIC_PAGES_MAX_AGE = 0
    assert directives(client.get("/")) == {"max-age=0", "public"}


def test_it_is_kept_apart_from_what_those_get_who_have_a_cookie(client):
    assert "Cookie" in client.get("/").headers["Vary"]


def test_a_kept_page_comes_without_a_cookie_and_without_a_form_of_ones_own(client, addresses):
    for address in addresses:
        answer = client.get(address)
        assert not answer.cookies
        assert b"csrfmiddlewaretoken" not in answer.content


def test_the_same_page_is_the_same_bytes(addresses):
    assert [Client().get(each).content for each in addresses] == [Client().get(each).content for each in addresses]


def test_what_somebody_signed_in_reads_is_theirs_alone(sign_in, member, addresses):
    client = sign_in(member)
    assert [address for address in addresses if directives(client.get(address)) != PRIVATE] == []


def test_where_pages_are_not_public_nothing_is_kept(client, settings):
    settings.PUBLIC_PAGES = False
    assert directives(client.get("/")) == PRIVATE


@pytest.mark.parametrize("address", ["/no-such-page/", "/recommendations/SCSB-R99-26/", "/my-work/"])
def test_what_is_not_there_or_not_public_is_not_kept(client, address):
    assert directives(client.get(address)) == PRIVATE


def test_a_page_with_a_key_in_its_address_stays_out_of_every_store(client):
    key = factories.make_link()[1]
    assert directives(client.get(reverse("partner-questions", args=[key]))) == {"no-store"}


@pytest.mark.parametrize("cookie", ["sessionid", "messages"])
def test_whose_session_is_over_gets_a_page_that_nobody_else_gets(client, cookie):
    client.cookies[cookie] = "left-over"
    assert directives(client.get("/")) == PRIVATE


# Asked whether it has changed


def test_what_has_not_changed_is_not_sent_again(client, addresses):
    for address in addresses:
        tag = client.get(address).headers["ETag"]
        again = client.get(address, headers={"If-None-Match": tag})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
        assert directives(again) == PUBLIC


def test_what_has_changed_is(client, late, clerk):
    tag = client.get("/").headers["ETag"]
    late.retitle("Review all guidance", by=clerk)
    again = client.get("/", headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert again.headers["ETag"] != tag


def test_what_was_made_exempt_changes_the_tag_as_if_it_had_never_been(client, late, clerk):
    address = reverse("recommendations")
    late.mark_exempt(3, by=clerk, reason="It names a contractor.")
    tag = client.get(address).headers["ETag"]
    late.retitle("Something else", by=clerk)
    assert client.get(address).headers["ETag"] == tag


def test_a_head_is_answered_as_the_page_would_be(client, addresses):
    for address in addresses:
        whole, head = client.get(address), client.head(address)
        assert (head.status_code, head.content) == (200, b"")
        # Each request has an id of its own.
        assert whole.headers.pop("X-Request-ID") != head.headers.pop("X-Request-ID")
        assert head.headers == whole.headers


# A proxy between


class Proxy:
    """Keeps what it may, by address and by the request's headers that `Vary` names; never asks for that again."""

    def __init__(self):
        self.kept = {}

    def get(self, client, address):
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in sorted(client.cookies.items()))
        # Before it has an answer it cannot know what that varies by, so it looks at what it was told last time.
        varies, answers = self.kept.get(address, ("", {}))
        key = cookies if "Cookie" in varies else ""
        if key not in answers:
            answer = client.get(address)
            if "public" not in directives(answer):
                return answer
            varies = answer.headers.get("Vary", "")
            answers[cookies if "Cookie" in varies else ""] = answer
            self.kept[address] = (varies, answers)
            return answer
        return answers[key]


def is_signed_in(answer):
    return "Sign out" in Page(answer).html.text_content()


def test_two_visitors_share_one_answer(late):
    proxy = Proxy()
    assert proxy.get(Client(), "/") is proxy.get(Client(), "/")


@pytest.mark.parametrize("order", [(True, False, True), (False, True, False)])
def test_through_a_proxy_everybody_gets_their_own(sign_in, member, late, addresses, order):
    proxy, browsers = Proxy(), {True: sign_in(member), False: Client()}
    for address in addresses[:-1]:
        answers = [is_signed_in(proxy.get(browsers[who], address)) for who in order]
        assert tuple(answers) == order


def test_after_signing_out_one_gets_the_public_page(sign_in, member, late):
    proxy, browser = Proxy(), sign_in(member)
    assert is_signed_in(proxy.get(browser, "/"))
    browser.post(reverse("sign-out"))
    assert not is_signed_in(proxy.get(browser, "/"))


def test_a_message_reaches_the_one_it_is_for(sign_in, member, late):
    proxy, browser = Proxy(), sign_in(member)
    address = late.get_absolute_url()
    proxy.get(Client(), address)
    browser.post(f"{address}follow/")
    assert "You follow" in Page(proxy.get(browser, address)).banner
    assert Page(proxy.get(Client(), address)).banner == ""


def test_an_answer_with_a_cookie_is_not_kept(client, monkeypatch):
    """What makes an answer somebody's own is looked for in the answer, not in a list of pages."""

    def take_a_token(self):
        get_token(self.request)
        return Meeting.objects.none()

    monkeypatch.setattr("recommendations.views.meetings.Meetings.get_rows", take_a_token)
    answer = client.get(reverse("meetings"))
    assert answer.cookies
    assert directives(answer) == PRIVATE
