"""Every template is drawn on some page of the site."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.test.signals import template_rendered
from django.urls import Resolver404, resolve, reverse

from recommendations import permissions
from recommendations.management.demo import PASSWORD, PEOPLE
from recommendations.models import Board, User
from tests import factories
from tests.views.pages import Page

FOLDER = settings.BASE_DIR / "templates"
# What no form of the site asks with yet: tests/views/test_form_rendering.py draws them.
NOT_ASKED_YET = {f"django/forms/widgets/{name}.html" for name in ("date", "number", "search", "tel", "url")}
NOT_ASKED_YET |= {"django/forms/formsets/div.html"}
# Of the pages of one kind, so many are opened: enough for every state that the demonstration holds.
SO_MANY = 5


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


def walk(client):
    """Open what can be reached from the first page by its links; then send every form that was met, empty."""
    waiting, opened, forms = [reverse(name) for name in ("sign-in", "dashboard", "desk", "my-work")], {}, []
    while waiting:
        address = waiting.pop(0).partition("#")[0]
        seen = opened.setdefault(kind_of(address), set())
        if address in seen or len(seen) == SO_MANY:
            continue
        seen.add(address)
        page = Page(client.get(address, follow=True))
        waiting += [link for link in page.html.xpath("//a/@href") if link.startswith("/")]
        forms += [address] if page.html.xpath("//main//form[@method='post'][not(@action)]") else []
    for address in forms:
        client.post(address, {})


def kind_of(address):
    try:
        return resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return None


def open_the_administration():
    client = Client()
    client.force_login(factories.make_person("Ines Moreau", permissions.ADMINISTRATORS, is_staff=True))
    client.get(reverse("admin:index"))


def change_the_password(client):
    passwords = {"old_password": PASSWORD, "new_password1": factories.PASSWORD, "new_password2": factories.PASSWORD}
    client.post(reverse("password-change"), passwords, follow=True)


def enter_several_files(client):
    files = [SimpleUploadedFile(f"{number}.txt", b"Minutes of item %d" % number) for number in (1, 2)]
    client.post(reverse("draft-new"), {"board": Board.objects.first().pk, "file": files})


def meet_with_accidents(client, monkeypatch, settings):
    client.raise_request_exception = False
    client.get("/no-such-page/")
    Client(enforce_csrf_checks=True).post(reverse("sign-in"), {})
    with monkeypatch.context() as patch:
        patch.setattr("recommendations.views.dashboard.Dashboard.get_rows", lambda self: 1 / 0)
        client.get("/")
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    client.post(reverse("sign-in"), {"username": "x" * 100})


def test_every_template_is_drawn(people, drawn, monkeypatch, settings):
    for client in people.values():
        walk(client)
    enter_several_files(people["clerk"])
    change_the_password(people["member"])
    open_the_administration()
    meet_with_accidents(people["nobody"], monkeypatch, settings)
    templates = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html")}
    assert sorted(templates - drawn - NOT_ASKED_YET) == []
    assert sorted(NOT_ASKED_YET - templates | NOT_ASKED_YET & drawn) == []
