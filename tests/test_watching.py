"""What is known of every request afterwards: one line, an id, and nothing about anybody."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from cse_board import watching
from tests import factories
from tests.views.pages import read

PROXYS = "2b7f6c-proxy"


@pytest.fixture
def lines(monkeypatch):
    """The lines of the requests so far."""
    told = []
    monkeypatch.setattr(watching._log, "info", lambda *arguments, extra: told.append(extra["served"]))
    return told


@pytest.fixture
def recommendation(board):
    return factories.make_recommendation(board=board)


def test_a_request_is_told_in_one_line(sign_in, member, recommendation, lines):
    sign_in(member).get(recommendation.get_absolute_url() + "?from=olu.shah@example.org")
    [line] = lines
    assert (line["method"], line["route"], line["status"]) == ("GET", "recommendation", 200)
    assert line["path"] == recommendation.get_absolute_url()
    assert line["queries"] > 3


def test_a_person_is_a_pseudonym_the_same_one_each_time(sign_in, member, clerk, lines):
    for user in (member, member, clerk):
        sign_in(user).get(reverse("boards"))
    first, again, other = [line["user"] for line in lines]
    assert first == again != other
    assert re.fullmatch("[0-9a-f]{12}", first)


def test_nobody_is_nobody(client, db, lines):
    client.get(reverse("sign-in"))
    assert lines[0]["user"] == ""


def test_a_key_stands_in_no_line(client, db, lines):
    client.get(reverse("password-choose", args=["MTI", "olu"]), follow=True)
    assert [line["path"] for line in lines] == ["/password/choose/…/…/"]


def test_an_address_that_leads_nowhere_is_not_repeated(client, db, lines):
    client.get("/people/olu.shah/")
    assert (lines[0]["route"], lines[0]["path"], lines[0]["status"]) == ("", "", 404)


def test_a_file_is_told_when_its_last_byte_has_gone(sign_in, member, recommendation, lines):
    answer = sign_in(member).get(reverse("recommendations-file", args=["csv"]))
    assert lines == []
    assert len(b"".join(answer.streaming_content).splitlines()) == 2
    answer.close()
    assert lines[0]["route"] == "recommendations-file"


def test_a_method_that_nobody_knows_is_other(db, lines):
    Client().generic("OLU", reverse("sign-in"))
    assert lines[0]["method"] == "other"


# The id


@pytest.mark.parametrize(
    ("told", "behind_proxy", "is_taken"),
    [(PROXYS, True, True), (PROXYS, False, False), ("short", True, False), ("olu shah was here", True, False)],
)
def test_a_proxys_id_is_taken_over_where_it_is_well_formed(client, db, settings, told, behind_proxy, is_taken):
    settings.BEHIND_PROXY = behind_proxy
    given = client.get(reverse("sign-in"), headers={"X-Request-ID": told}).headers["X-Request-ID"]
    assert (given == told) == is_taken
    assert re.fullmatch("[0-9a-f]{32}", given) or is_taken


def test_an_error_page_says_what_to_quote(client, db):
    page = read(client, "/no-such-page/")
    assert re.search(r"quote: [0-9a-f]{32}", page.text)
