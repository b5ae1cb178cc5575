"""The accessibility statement and the privacy notice: what everybody reads, and how an administrator fills them in."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from recommendations.models import Statement
from tests import factories
from tests.views.pages import Page, read, send, words_of

pytestmark = pytest.mark.django_db
KINDS = Statement.Kind.values
GAPS = "# Contact\n\n- email [address]\n- see https://example.org/a\n\n# Next\n\n[to do]"
HOSTILE = '# <script>alert(1)</script>\n\n- <img src=x onerror=y>\n\n"&amp; javascript:x https://x.org/"><b>'


@pytest.fixture
def edit(sign_in, administrator):
    """Fills in and sends the form of a statement."""
    return lambda kind="privacy", **answers: send(
        sign_in(administrator), reverse("statement-edit", args=[kind]), **answers
    )


@pytest.fixture
def form(sign_in, administrator):
    return lambda kind="privacy": read(sign_in(administrator), reverse("statement-edit", args=[kind]))


# What everybody reads


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("public", [True, False])
def test_everybody_reads_it_signed_in_or_not(client, settings, kind, public):
    settings.PUBLIC_PAGES = public
    factories.make_statement(kind, reviewed_on=datetime.date(2026, 11, 4))
    page = read(client, reverse(kind))
    assert page.heading == Statement.Kind(kind).label
    assert page.links()["scrutiny@example.org"] == "mailto:scrutiny@example.org"
    assert "Last reviewed on 4 November 2026." in page.text


@pytest.mark.parametrize("address", ["/sign-in/", "/no-such-page/", "/privacy/"])
def test_every_page_leads_there(client, address):
    links = read(client, address).html.xpath("//footer//a/@href")
    assert links == [reverse("accessibility"), reverse("privacy")]


@pytest.mark.parametrize("kind", KINDS)
def test_before_it_is_written_the_page_claims_nothing(client, kind):
    page = read(client, reverse(kind))
    assert "Example Council is preparing this text." in page.text
    assert page.main.xpath(".//h2") == []


def test_what_has_a_gap_is_left_out_and_the_page_says_so(client):
    factories.make_statement(text=GAPS)
    page = read(client, reverse("accessibility"))
    assert "Example Council is still completing this text. What is not settled yet is left out." in page.text
    assert [words_of(item) for item in page.main.xpath(".//li | .//h2")] == [
        "Contact",
        "see https://example.org/a",
    ]


def test_an_administrator_sees_how_many_gaps_there_are(sign_in, administrator):
    factories.make_statement(text=GAPS)
    page = read(sign_in(administrator), reverse("accessibility"))
    assert "2 gaps to fill." in page.text
    assert page.main.xpath(".//mark/text()") == ["[address]", "[to do]"]
    assert page.links()["Edit"] == reverse("statement-edit", args=["accessibility"])
    assert "by the system. Made for a test." in page.text


def test_a_clerk_is_not_offered_to_edit_it(sign_in, clerk):
    factories.make_statement(text=GAPS)
    page = read(sign_in(clerk), reverse("accessibility"))
    assert "Edit" not in page.links()
    assert "gaps" not in page.text


def test_nothing_that_was_typed_becomes_markup(client):
    factories.make_statement(text=HOSTILE)
    page = read(client, reverse("accessibility"))
    assert page.main.xpath(".//script | .//img | .//b | .//@onerror") == []
    assert "<script>alert(1)</script>" in page.text
    assert page.main.xpath(".//a/@href") == ["https://x.org/"]


# Filling it in


@pytest.mark.parametrize("kind", KINDS)
def test_one_begins_with_a_model_text_that_says_whose_site_it_is(form, kind):
    text = form(kind).fields["text"]
    assert "Example Council" in text
    assert "https://tracker.example.org" in text
    assert len(Statement(text=text).gaps) >= 7
    assert not set("{}%").intersection(text.replace("400%", ""))


@pytest.mark.parametrize(("public", "words"), [(True, "are public on this site"), (False, "who have an account.")])
def test_the_model_of_the_privacy_notice_says_who_reads_the_site(form, settings, public, words):
    settings.PUBLIC_PAGES = public
    assert words in form().fields["text"]


def test_the_demonstration_leaves_no_gap(settings):
    settings.DEMO = True
    call_command("seed_demo", verbosity=0, stdout=StringIO())
    assert {statement.kind: statement.gaps for statement in Statement.objects.all()} == {kind: [] for kind in KINDS}


def test_the_model_names_the_cookies_that_are_set(form, settings):
    text = form().fields["text"]
    assert settings.SESSION_COOKIE_NAME in text
    assert settings.CSRF_COOKIE_NAME in text
    assert settings.SESSION_COOKIE_AGE == 12 * 60 * 60
    assert settings.CSRF_COOKIE_AGE <= 366 * 24 * 60 * 60


def test_what_was_filled_in_is_read_at_once(edit, client, today):
    page = edit(text="# Cookies\n\nTwo.", reviewed_on=today, reason="First version.")
    assert page.banner == "Saved. Everybody reads it from now on."
    assert "Cookies" in read(client, reverse("privacy")).text
    assert Statement.of("privacy").history.latest().history_change_reason == "First version."


def test_it_can_be_looked_at_before_it_is_saved(edit):
    page = edit(text="# Cookies\n\n[How many?]", preview="yes")
    assert "Preview: nothing is saved yet" in page.text
    assert [words_of(heading) for heading in page.main.xpath(".//section//h2")] == ["Cookies"]
    assert page.fields["text"] == "# Cookies\n\n[How many?]"
    assert not Statement.objects.exists()


def test_what_is_filled_in_already_is_changed_from_there(form, edit):
    factories.make_statement("privacy", "One.", reviewed_on=datetime.date(2026, 11, 4))
    assert form().fields["text"] == "One."
    edit(text="Two.")
    assert (Statement.of("privacy").text, Statement.of("privacy").reviewed_on.day) == ("Two.", 4)


def test_a_day_that_has_not_come_is_refused_and_nothing_typed_is_lost(edit, today):
    page = edit(text="Typed with care.", reviewed_on=factories.ago(-1))
    assert page.errors == ["Give a day of review that has come."]
    assert page.fields["text"] == "Typed with care."


def test_so_it_is_when_it_was_written_before(edit, today):
    factories.make_statement("privacy", "One.")
    assert edit(reviewed_on=factories.ago(-1)).errors == ["Give a day of review that has come."]


def test_an_empty_text_is_refused_with_the_preview_too(edit):
    assert edit(text="", preview="yes").errors == ["Enter the text"]


def test_who_opened_it_before_somebody_else_wrote_it_is_told(form, sign_in, administrator):
    sent = form().fields | {"text": "Mine."}
    factories.make_statement("privacy", "Theirs.")
    page = Page(sign_in(administrator).post(reverse("statement-edit", args=["privacy"]), sent))
    assert page.errors[0].startswith("This has changed since you opened it.")
    assert (page.fields["text"], Statement.of("privacy").text) == ("Mine.", "Theirs.")


def test_a_kind_that_is_none_is_an_unknown_page(sign_in, administrator):
    assert sign_in(administrator).get("/statements/cookies/edit/").status_code == 404
