"""Every template is drawn on some page of the site."""

import errno
import re
from io import StringIO
from unittest.mock import Mock

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.test.signals import template_rendered
from django.urls import reverse

from recommendations import clock, letters, permissions
from recommendations.impact import year_of
from recommendations.limits import WRONG_KEYS
from recommendations.management.demo import PASSWORD, PEOPLE
from recommendations.minutes import drafts
from recommendations.models import (
    AccountEvent,
    Board,
    Mail,
    Meeting,
    PartnerLink,
    Recommendation,
    Response,
    SignInRule,
    User,
)
from recommendations.reminders.digests import token_of
from tests import factories
from tests.accounts.factors import make_passkey, set_up_app
from tests.views.pages import Page, send, walk

FOLDER = settings.BASE_DIR / "templates"
# What no form of the site asks with yet: tests/views/test_form_rendering.py draws them.
NOT_ASKED_YET = {f"django/forms/widgets/{name}.html" for name in ("date", "number", "search", "tel", "url")}
NOT_ASKED_YET |= {"django/forms/formsets/div.html"}


@pytest.fixture
def drawn():
    """The names of the templates that have been drawn so far."""
    names = set()

    def note(sender, template, **kwargs):
        names.add(template.name)

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


@pytest.fixture
def people(db, settings):
    """The demonstration's clerk, officer and member, and somebody signed out, each in a browser."""
    settings.DEMO = settings.PUBLIC_PAGES = True
    call_command("seed_demo", verbosity=0, stdout=StringIO())
    clients = {who: Client() for who in ("clerk", "officer", "member", "nobody")}
    for who, client in clients.items():
        if who != "nobody":
            client.force_login(User.objects.get(email=PEOPLE[who][0]))
    return clients


def walk_and_send(client):
    """Open what can be reached by links; then send every form that was met, empty."""
    pages = [*walk(client, ("sign-in", "dashboard", "desk", "my-work"))]
    for address, page in pages:
        if page.html.xpath("//main//form[@method='post'][not(@action)]"):
            client.post(address, {})


def open_the_administration():
    client = Client()
    client.force_login(factories.make_person("Ines Moreau", permissions.ADMINISTRATORS, is_staff=True))
    client.get(reverse("admin:index"))
    client.get(reverse("account-events"))
    client.get(reverse("account-events"), {"kind": "provider_linked"})
    SignInRule.require([permissions.ADMINISTRATORS], by=None, reason=factories.WHY)
    client.get(reverse("home"), follow=True)
    SignInRule.require([], by=None, reason=factories.WHY)
    edit = reverse("statement-edit", args=["accessibility"])
    client.post(edit, Page(client.get(edit)).fields | {"preview": "yes"})


def change_the_password(client):
    passwords = {"old_password": PASSWORD, "new_password1": factories.PASSWORD, "new_password2": factories.PASSWORD}
    client.post(reverse("password-change"), passwords, follow=True)


def guard_the_account(client, settings):
    """With an app and its codes, a passkey that is only begun, and a sign-in by them; and many that fail."""
    settings.MFA_TOTP_TOLERANCE = 1
    client.post(reverse("sign-in"), {"username": PEOPLE["officer"][0], "password": PASSWORD})
    set_up_app(client, PASSWORD)
    for name in ("mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_add_webauthn", "account-places"):
        client.get(reverse(name))
    make_passkey(User.objects.get(email=PEOPLE["officer"][0]))
    client.get(reverse("mfa_reauthenticate_webauthn"))
    client.get(reverse("account"))
    client.get(reverse("account_inactive"))
    settings.OIDC_ISSUER = "http://localhost:9"
    client.get(reverse("council-back"))
    client.post(reverse("sign-out"))
    client.post(reverse("sign-in"), {"username": PEOPLE["officer"][0], "password": PASSWORD}, follow=True)
    for _ in range(61):
        client.post(reverse("sign-in"), {})
    cache.clear()


def forget_the_password(client, settings):
    settings.EMAIL_URL, settings.DEFAULT_FROM_EMAIL = "smtp://", "board@example.org"
    send(client, reverse("password-forgotten"), email=PEOPLE["member"][0])
    client.get(re.search(r"/password/choose/\S+", mail.outbox[-1].body)[0], follow=True)
    letters.send_change(User.objects.get(email=PEOPLE["member"][0]), AccountEvent(kind="password_changed"))


def sum_up_a_sign_off(client):
    meeting = Meeting.objects.filter(board__code="HWSB", held_on__lt=clock.today()).latest("held_on")
    address = reverse("meeting-sign-off", args=[meeting.pk])
    client.post(address, Page(client.get(address)).fields | {"all_later": "on"})


def tell_a_year_in_which_something_was_not_done_and_of_too_much_for_a_page(client, monkeypatch):
    asked = factories.make_recommendation(progress="closed_superseded")
    page = reverse("impact-year", args=[year_of(asked.item.meeting.held_on)])
    client.get(page)
    with monkeypatch.context() as patch:
        patch.setattr("recommendations.impact.reading.MOST", 0)
        client.get(page)


def enter_several_files(client):
    files = [SimpleUploadedFile(f"{number}.txt", b"Minutes of item %d" % number) for number in (1, 2)]
    client.post(reverse("draft-new"), {"board": Board.objects.first().pk, "file": files})


def answer_through_a_link(clerk, partner):
    """The clerk sends one and withdraws it; the partner opens it while it works, and afterwards, and guesses."""
    asked = Response.objects.get(organisation__name="Police")
    made = send(clerk, reverse("answer-link", args=[asked.pk]), sent_to="force@example.org")
    [shown] = made.html.xpath("//input[@readonly]/@value")
    address = "/answer/" + shown.partition("/answer/")[2]
    send(partner, f"{address}{asked.pk}/", answer="accepted")
    send(clerk, reverse("link-withdraw", args=[PartnerLink.objects.live().get().pk]), reason="They have answered.")
    partner.get(address)
    for number in range(WRONG_KEYS.most + 1):
        partner.get(f"/answer/guess-{number}/")


def bring_in_a_tracker(client):
    client.get(reverse("tracker", args=[factories.make_tracker().pk]))
    address = [factories.make_tracker().pk]
    for name in ("tracker", "tracker-words", "tracker-check", "tracker-check"):
        page = Page(client.get(reverse(name, args=address)))
        client.post(reverse(name, args=address), page.fields if page.main.xpath(".//form") else {}, follow=True)


def search_and_compare(client):
    """For a reference, for words, for what is not there; and beside a draft of what was asked before."""
    asked = Recommendation.objects.filter(reference="SCSB R3/26").get()
    for words in (asked.reference, "children", "zeppelin"):
        client.get(reverse("search"), {"q": words})
    lines = ["Recommendations:", f"1. {asked.text}"]
    draft = drafts.start(lines, board=asked.board, held_on=clock.today(), by=None, reason=factories.WHY)
    client.get(reverse("draft-recommendations", args=[draft.pk]))


def be_reminded_and_stop_it(client):
    call_command("send_reminders", stdout=StringIO())
    client.get(reverse("reminders-stop", args=[token_of(Mail.objects.first())]))


def meet_with_accidents(client, monkeypatch, settings):
    client.raise_request_exception = False
    client.get("/no-such-page/")
    Client(enforce_csrf_checks=True).post(reverse("sign-in"), {})
    with monkeypatch.context() as patch:
        patch.setattr("recommendations.views.dashboard.Dashboard.write", lambda self: 1 / 0)
        client.get("/")
        patch.setattr("recommendations.views.dashboard.Dashboard.write", Mock(side_effect=OSError(errno.ENOSPC, "")))
        client.get("/")
    client.get("/", {"q": "\0"})
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    client.post(reverse("sign-in"), {"username": "x" * 100})


def test_every_template_is_drawn(people, drawn, monkeypatch, settings):
    for client in people.values():
        walk_and_send(client)
    sum_up_a_sign_off(people["clerk"])
    tell_a_year_in_which_something_was_not_done_and_of_too_much_for_a_page(people["member"], monkeypatch)
    enter_several_files(people["clerk"])
    bring_in_a_tracker(people["clerk"])
    search_and_compare(people["clerk"])
    change_the_password(people["member"])
    forget_the_password(people["nobody"], settings)
    guard_the_account(Client(), settings)
    answer_through_a_link(people["clerk"], people["nobody"])
    open_the_administration()
    be_reminded_and_stop_it(people["nobody"])
    meet_with_accidents(people["nobody"], monkeypatch, settings)
    templates = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html")}
    assert sorted(templates - drawn - NOT_ASKED_YET) == []
    assert sorted(NOT_ASKED_YET - templates | NOT_ASKED_YET & drawn) == []
