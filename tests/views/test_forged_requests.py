"""What others would have somebody's browser send, or lead it to: forms without their token, addresses elsewhere, old sessions."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from gunicorn.config import Config
from gunicorn.http import RequestParser
from gunicorn.http.errors import InvalidHeader

from tests import factories
from tests.conftest import CAST
from tests.views import matrix
from tests.views.pages import content_of, read

pytestmark = pytest.mark.django_db
# A mail program presses this button for its reader, by RFC 8058: the address holds a signature instead.
WITHOUT_TOKEN = {"reminders-stop"}
ELSEWHERE = ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "https:evil.example"]


@pytest.fixture
def browser(administrator):
    """Of an administrator who is a clerk as well, and who sends no token."""
    factories.make_person("Both Parts", "Clerks")
    administrator.groups.add(*matrix.Group.objects.all())
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator)
    return client


def test_no_form_is_taken_without_its_token(browser, board, owner, clerk, person):
    for who in CAST:
        person(who)
    things = matrix.things_of(board, owner, clerk, exempt_paragraph=None)
    taken = {}
    for line in matrix.lines():
        response = browser.post(line.address(things), headers={"Origin": "https://evil.example"})
        content_of(response)
        if response.status_code not in (403, 404, 405):
            taken[line.name] = response.status_code
    assert taken.keys() == WITHOUT_TOKEN


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nobody_is_led_to_another_site(client, clerk, address):
    sent = {"username": clerk.email, "password": factories.PASSWORD, "next": address}
    assert client.post(f"{reverse('sign-in')}?next={address}", sent).url == reverse("home")
    # Somebody who is signed in already is led on at once.
    assert client.get(reverse("sign-in"), {"next": address}).url.startswith("/")
    assert "evil" not in client.get(reverse("sign-in"), {"next": address}).url


def test_a_session_begins_anew_when_somebody_signs_in(client, clerk):
    """Whoever planted a session in the browser, or kept one, has nothing of it."""
    read(client, reverse("sign-in"))
    client.session["planted"] = "yes"
    planted = client.session
    planted["planted"] = "yes"
    planted.save()
    client.cookies["sessionid"] = planted.session_key
    client.post(reverse("sign-in"), {"username": clerk.email, "password": factories.PASSWORD})
    key = client.session.session_key
    assert (key != planted.session_key, len(key), SESSION_KEY in client.session) == (True, 32, True)
    client.post(reverse("sign-out"))
    assert not Session.objects.filter(session_key__in=[key, planted.session_key]).exists()


@pytest.mark.parametrize("host", ["evil.example", "tracker.example.gov.uk@evil.example", "127.0.0.1:80evil", "a b", ""])
def test_a_host_that_is_not_ours_is_refused_before_anything_is_read(client, host, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(reverse("sign-in"), headers={"Host": host}, SERVER_NAME="evil.example").status_code == 400


@pytest.mark.parametrize(
    "lengths", ["Content-Length: 5\r\nTransfer-Encoding: chunked", "Content-Length: 5\r\nContent-Length: 6"]
)
def test_a_request_of_two_lengths_is_refused(lengths):
    """By the server that requirements.txt names, before it reaches us."""
    request = f"POST / HTTP/1.1\r\nHost: a\r\n{lengths}\r\n\r\n0\r\n\r\n".encode()
    with pytest.raises(InvalidHeader):
        next(RequestParser(Config(), iter([request]), ("127.0.0.1", 1)))


@pytest.mark.parametrize(
    "address",
    ["/.git/config", "/.env", "/static/", "/static/../manage.py", "/static/%2e%2e/manage.py", "/media/", "/var/db.sqlite3",
     "/static/recommendations/", "/manage.py"],
)  # fmt: skip
def test_nothing_but_collected_files_is_served(client, settings, address):
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    assert client.get(address).status_code == 404
