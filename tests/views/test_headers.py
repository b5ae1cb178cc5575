"""What stands in the head of every answer, whoever made it: pages, files, feeds, refusals, faults, static files."""

import errno
from unittest.mock import Mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from recommendations.models.files import BEGINNINGS, KINDS
from tests import factories
from tests.views.pages import content_of

pytestmark = pytest.mark.django_db
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
}


@pytest.fixture(autouse=True)
def as_in_production(settings):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_SSL_REDIRECT = 31_536_000, True
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    # The compiled files without a collection of them.
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = settings.PUBLIC_PAGES = True


@pytest.fixture
def get(sign_in, clerk):
    """Asks as a signed-in clerk over https; a fault of the site is an answer, too."""
    browser = sign_in(clerk)
    browser.raise_request_exception = False

    def ask(address, method="get", **more):
        return getattr(browser, method)(address, secure=True, **more)

    return ask


def policy_of(response):
    return set(response.headers["Content-Security-Policy"].split("; "))


def fault(monkeypatch, error):
    monkeypatch.setattr("recommendations.views.meetings.Meetings.get_queryset", Mock(side_effect=error))
    return reverse("meetings")


@pytest.fixture
def answers(get, owner, monkeypatch):
    """{what it is: the answer}, of every kind of answer there is."""
    found = {name: get(reverse(name)) for name in ("dashboard", "desk", "overdue", "robots", "sitemap", "home")}
    found["a file"] = get(reverse("recommendations-file", args=["csv"]))
    found["a calendar with a key"] = get(reverse("private-calendar", args=[factories.make_feed(owner).key]))
    found["a partner's page"] = get(reverse("partner-questions", args=[factories.make_link()[1]]))
    found["a static file"] = get("/static/app.css")
    found["no static file"] = get("/static/no-such.css")
    found["a head"] = get(reverse("desk"), "head")
    found["options"] = get(reverse("desk"), "options")
    found["400"] = get("/", headers={"Host": "evil.example"})
    found["400 before the way to https"] = Client().get("/", headers={"Host": "evil.example"})
    found["403"] = get(reverse("statement-edit", args=["privacy"]))
    found["404"] = get("/no-such-page/")
    found["405"] = get(reverse("getting-started-skip"))
    found["413"] = get("/robots.txt", headers={"Content-Length": "99999999999"})
    found["500"] = get(fault(monkeypatch, ZeroDivisionError()))
    found["503"] = get(fault(monkeypatch, OSError(errno.ENOSPC, "No space left on device")))
    found["asked to sign in"] = Client().get(reverse("desk"), secure=True)
    for answer in found.values():
        content_of(answer)
    return found


def test_every_kind_of_answer_is_among_them(answers):
    statuses = {answer.status_code for answer in answers.values()}
    assert statuses == {200, 302, 400, 403, 404, 405, 413, 500, 503}


def test_every_answer_has_the_headers_of_every_answer(answers):
    missing = {
        (what, name)
        for what, answer in answers.items()
        for name, value in EVERYWHERE.items()
        if answer.headers.get(name) != value
    }
    # HSTS is told over https alone. A key stands in the address of a partner's page: docs/decisions/0021.
    assert missing == {
        ("400 before the way to https", "Strict-Transport-Security"),
        ("a partner's page", "Referrer-Policy"),
    }
    assert [what for what, answer in answers.items() if "Cache-Control" not in answer.headers] == []


def test_every_answer_has_the_policy_which_trusts_nothing_but_our_own_files(answers):
    assert {what for what, answer in answers.items() if not policy_of(answer) >= POLICY} == set()
    words = {word for answer in answers.values() for line in policy_of(answer) for word in line.split()[1:]}
    assert words == {"'none'", "'self'", "'script'"}


def test_nothing_that_somebody_signed_in_reads_is_kept(answers):
    pages = ("dashboard", "desk", "home", "a file", "a head", "403", "404", "405", "500", "asked to sign in")
    assert {answers[what].headers["Cache-Control"] for what in pages} == {"private, no-store"}


def test_no_answer_lets_another_site_read_it_or_tells_what_serves_it(answers):
    told = {name for answer in answers.values() for name in answer.headers}
    assert told.isdisjoint({"Access-Control-Allow-Origin", "Server", "X-Powered-By", "Via"})


# Attached files


@pytest.mark.parametrize("name", ["figures.csv", "figures.CSV"])
def test_an_attached_file_is_a_download_in_which_nothing_runs(get, owner, name):
    recommendation = factories.make_recommendation(owner=owner)
    update = factories.make_update(
        recommendation, by=owner, file=SimpleUploadedFile(name, b"<script>alert(1)</script>")
    )
    answer = get(update.file_url)
    content_of(answer)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert policy_of(answer) == {"sandbox", "default-src 'none'", "frame-ancestors 'none'"}
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_of_a_kind_we_do_not_take_is_so_many_bytes(get, clerk):
    tracker = factories.make_tracker(by=clerk)
    tracker.file_name = "tracker.html"
    tracker.save()
    answer = get(tracker.file_url)
    content_of(answer)
    assert answer.headers["Content-Type"] == "application/octet-stream"


def test_every_kind_we_take_has_a_name_that_runs_nowhere():
    assert KINDS.keys() >= BEGINNINGS.keys()
    assert not any(word in kind for kind in KINDS.values() for word in ("html", "xml;", "svg", "script"))


# Cookies


def test_cookies_are_kept_from_scripts_and_from_other_sites(clerk):
    client = Client()
    client.get(reverse("sign-in"), secure=True)
    client.post(reverse("sign-in"), {"username": clerk.email, "password": factories.PASSWORD}, secure=True)
    assert len(client.cookies) == 2
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")


# How much may be sent


@pytest.mark.parametrize(
    ("length", "status"), [("99999999999", 413), ("47185921", 413), ("47185920", 200), ("ten", 200)]
)
def test_a_request_says_no_more_than_is_ever_sent_here(length, status):
    """The client hands on what is there; what is said is what counts."""
    answer = Client().get("/robots.txt", secure=True, headers={"Content-Length": length})
    assert answer.status_code == status


@pytest.mark.parametrize("address", ["/?sort=%00", "/recommendations/?q=a%00b", "/recommendations/%00/"])
def test_a_sign_that_no_text_of_ours_has_is_refused_in_an_address(get, address):
    assert get(address).status_code == 400


@pytest.mark.parametrize(
    ("address", "status"),
    [("/feeds/overdue.atom", 403), ("/calendar/a-key.ics", 403), ("/recommendations/", 301), ("/healthz", 200)],
)
def test_what_programs_fetch_is_not_led_on_to_https(client, address, status):
    """With a key in the address it would go in the clear each time, and nobody would notice."""
    assert client.get(address).status_code == status


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded; charset=utf-16", b"\xff\xfe"),
        ("multipart/form-data; boundary=x", b"--x\r\nhalf a"),
        ("multipart/form-data", b"no boundary"),
    ],
)
def test_a_form_that_nobody_can_read_is_said_to_be_one(clerk, kind, body):
    """To look for its token is to read it once more: the page that says so must not."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(clerk)
    answer = client.generic("POST", reverse("board-new"), body, content_type=kind, secure=True)
    assert answer.status_code in (400, 403)
    assert "<h1" in answer.text
