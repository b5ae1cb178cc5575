"""What surrounds every page: title, menu, messages, footer; and the pages that belong to no noun."""

from types import SimpleNamespace

import pytest
from django import forms
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import RequestFactory
from lxml import html

from cse_board.faults import AWAY
from recommendations.forms.accounts import PasswordForm, SignInForm
from recommendations.forms.fields import GovukFormMixin


def person(**roles):
    nobody = {"is_officer": False, "is_clerk": False, "is_authenticated": True, "email": "a@example.org"}
    return SimpleNamespace(full_name="Asha Rao", **nobody | roles)


SIGNED_OUT = SimpleNamespace(is_authenticated=False)


def page(template="base.html", user=SIGNED_OUT, here="dashboard", told=(), **context):
    request = RequestFactory().get("/")
    request.user, request._messages = user, told
    request.resolver_match = SimpleNamespace(url_name=here) if here else None
    return html.document_fromstring(render_to_string(template, context, request=request))


def menu(shown):
    return [" ".join(link.text_content().split()) for link in shown.xpath("//ul[@id='navigation']//a")]


def account(shown):
    return shown.xpath("//ul[contains(@class, 'app-account')]")[0].text_content().split("\n")


READERS = ["Dashboard", "Recommendations", "Follow-up reports", "Answers", "Meetings"]


@pytest.mark.parametrize(
    ("roles", "extra"),
    [({}, []), ({"is_officer": True}, ["My work"]), ({"is_clerk": True}, ["Clerk’s desk", "New minutes"])],
)
def test_the_menu_holds_what_one_may_open(roles, extra):
    assert menu(page(user=person(**roles))) == READERS + extra


@pytest.mark.parametrize(("public", "items"), [(False, []), (True, READERS)])
def test_a_signed_out_visitor_sees_only_what_is_public(public, items):
    assert menu(page(public_pages=public)) == items


@pytest.mark.parametrize(
    ("here", "marked"),
    [
        ("recommendations", ("Recommendations", "page")),
        ("recommendation-close", ("Recommendations", "true")),
        ("meeting", ("Meetings", "true")),
        ("drafts", ("New minutes", "true")),
    ],
)
def test_the_menu_marks_where_one_is(here, marked):
    links = page(user=person(is_clerk=True), here=here).xpath("//nav//a[@aria-current]")
    assert [(link.text_content(), link.get("aria-current")) for link in links] == [marked]


def test_the_header_says_who_is_signed_in_and_offers_the_way_out_by_post():
    shown = page(user=person())
    assert "Asha Rao" in shown.xpath("//header")[0].text_content()
    assert shown.xpath("//form[@method='post']//button/text()") == ["Sign out"]
    assert page().xpath("//header//form") == []


def test_a_title_names_page_service_and_council():
    title = page("404.html", council_name="Bexshire").findtext(".//title")
    assert title == "Page not found – CSE Board – Bexshire"


class Reason(GovukFormMixin, forms.Form):
    reason = forms.CharField()


def test_a_title_begins_with_the_word_error_when_there_is_one():
    assert (
        page("recommendations/form.html", form=Reason({}), title="Why?").findtext(".//title").startswith("Error: Why?")
    )


def test_the_form_page_shows_all_it_is_given():
    shown = page(
        "recommendations/form.html", form=Reason(), title="Move the date", caption="SCSB R3/26", intro="Now:\n\n1 May",
        warning_text="This cannot be undone", submit_label="Move", back_url="/back",
    )  # fmt: skip
    body = shown.get_element_by_id("main-content").text_content()
    assert all(words in body for words in ("Move the date", "SCSB R3/26", "1 May", "This cannot be undone", "Cancel"))
    assert shown.xpath("//a[@href='/back']/text()") == ["Back", "Cancel"]
    assert shown.xpath("//main//form/@enctype") == []


class Paper(forms.Form):
    paper = forms.FileField()


def test_a_form_with_a_file_is_sent_whole():
    shown = page("recommendations/form.html", form=Paper(), title="Send", back_url="/")
    assert shown.xpath("//main//form/@enctype") == ["multipart/form-data"]


@pytest.mark.parametrize(
    ("level", "title", "role"),
    [
        (messages.SUCCESS, "Success", "alert"),
        (messages.INFO, "Important", "region"),
        (messages.ERROR, "There is a problem", "region"),
    ],
)
def test_what_just_happened_stands_on_top(level, title, role):
    [banner] = page(told=[Message(level, "Saved.")]).xpath("//main/*[@data-module='govuk-notification-banner']")
    assert banner.text_content().split() == [*title.split(), "Saved."]
    assert banner.get("role") == role


def test_the_demo_says_that_it_is_one():
    assert "invented" in page(demo=True).text_content()
    assert "invented" not in page(demo=False).text_content()


@pytest.mark.parametrize(("demo", "rows"), [(True, 3), (False, 0)])
def test_accounts_are_shown_only_in_the_demo(demo, rows):
    shown = page("registration/login.html", form=SignInForm(), demo=demo)
    assert len(shown.xpath("//main//li/strong")) == rows
    assert ("demo-only-password" in shown.text_content()) is demo


def test_signing_in_remembers_where_one_was_going():
    shown = page("registration/login.html", form=SignInForm(), redirect_field_value="/meetings/")
    assert shown.xpath("//main//input[@name='next']/@value") == ["/meetings/"] * 2


TEMPLATES = {
    "400.html": {},
    "403.html": {},
    "403_csrf.html": {},
    "404.html": {},
    "413.html": {},
    "500.html": {},
    "503.html": {"fault": AWAY, "address": "/"},
    "registration/login.html": {"form": SignInForm(), "demo": True},
    "registration/password_change_form.html": {"form": PasswordForm(None)},
    "registration/password_change_done.html": {},
    "recommendations/form.html": {"form": Reason({}), "title": "Why?", "back_url": "/"},
}


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_page_has_one_heading_a_language_and_nothing_inline(template):
    shown = page(template, here=None, **TEMPLATES[template])
    assert shown.get("lang") == "en-GB"
    assert len(shown.xpath("//h1")) == 1
    assert shown.xpath("//style | //script[not(@src)] | //@style | //@*[starts-with(name(), 'on')]") == []
    assert len(shown.xpath("//@id")) == len(set(shown.xpath("//@id")))


@pytest.mark.parametrize("template", ["400.html", "413.html", "500.html"])
def test_an_accident_is_told_without_a_request(template):
    shown = html.document_fromstring(render_to_string(template))
    assert shown.xpath("//header//nav | //header//ul") == []
    assert shown.xpath("//main//a/@href") == ["/"]


def test_a_refusal_says_why():
    assert "Only the owner may." in page("403.html", exception="Only the owner may.").text_content()
