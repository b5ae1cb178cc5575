"""The site in another language: whatever is looked up stands in ⟦brackets⟧, and nothing else but what people typed."""

import re

import pytest
from django.apps import apps
from django.db.models import CharField, TextField
from django.urls import reverse

from recommendations.models import Mail
from recommendations.reminders.digests import digests_of
from tests import catalogues, factories
from tests.unmarked_templates import READ
from tests.views.pages import Page

LETTERS = re.compile(r"[^\W\d_]{2,}")
# What belongs to the machine: a council's name is a setting; the languages have one name for these each.
NAMES = ("Example Council", "CSE Board", "Paragraph")
PAGES = ("dashboard", "recommendations", "follow-ups", "answers", "meetings", "boards", "desk", "draft-new", "late")


@pytest.fixture(autouse=True)
def brackets(monkeypatch):
    catalogues.bracket(monkeypatch)


def typed():
    """Everything in the database, the longest first: it stays as it was written."""
    found = set(NAMES)
    for model in apps.get_app_config("recommendations").get_models():
        names = [field.attname for field in model._meta.fields if isinstance(field, CharField | TextField)]
        found.update(str(value) for row in model.objects.values_list(*names) for value in row if value)
    return sorted(found, key=len, reverse=True)


def english_in(said):
    """The words outside all brackets, once what people typed is taken out."""
    depth, outside = 0, []
    for letter in said:
        depth += {"⟦": 1, "⟧": -1}.get(letter, 0)
        outside.append(" " if depth or letter == "⟧" else letter)
    left = " ".join("".join(outside).split())
    for words in typed():
        left = left.replace(" ".join(words.split()), " ")
    return LETTERS.findall(left)


def said_by(page):
    """All that a page says, in its order: a text in brackets may go through several elements; then its attributes."""
    said = page.html.xpath("//text()[not(parent::script)][not(ancestor::*[@translate='no'])]")
    read = [element.get(name) for element in page.html.iter() for name in READ if element.get(name)]
    return " ".join([*said, *read])


@pytest.fixture
def busy(board, clerk, owner, nhs):
    """A recommendation with something of everything: an overdue report, an answer, an update, a later date asked for."""
    recommendation = factories.make_recommendation(owner=owner, due_on=factories.ago(3))
    factories.make_report(recommendation, due_on=factories.ago(12))
    factories.make_response(recommendation)
    factories.make_update(recommendation, by=owner)
    return recommendation


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_nothing_in_english_alone(sign_in, clerk, busy, name):
    assert english_in(said_by(Page(sign_in(clerk).get(reverse(name))))) == []


def test_a_recommendation_says_nothing_in_english_alone(sign_in, clerk, busy):
    assert english_in(said_by(Page(sign_in(clerk).get(busy.get_absolute_url())))) == []


def test_nor_does_the_page_on_which_people_sign_in(client, db):
    assert english_in(said_by(Page(client.get(reverse("sign-in"))))) == []


@pytest.mark.parametrize("name", ["sign-in", "meeting-new"])
def test_a_form_in_error_says_nothing_in_english_alone(sign_in, clerk, client, name):
    asked = client if name == "sign-in" else sign_in(clerk)
    assert english_in(said_by(Page(asked.post(reverse(name), {})))) == []


@pytest.mark.parametrize("name", ["recommendation-due-date", "recommendation-close", "recommendation-owner"])
def test_a_question_that_was_not_answered_is_asked_again_in_the_same_language(sign_in, clerk, busy, name):
    page = Page(sign_in(clerk).post(reverse(name, args=[busy.slug]), {}))
    assert english_in(said_by(page)) == []


def test_a_mail_says_nothing_in_english_alone(busy, today):
    [digest] = [digest for digest in digests_of(today) if digest.user == busy.owner]
    message = digest.message(factories.make_mail(busy.owner))
    lines = [line for line in message.body.splitlines() if "://" not in line]
    assert english_in("\n".join([*lines, digest.subject])) == []
    assert Mail.objects.count() == 1


def test_the_paper_for_the_agenda_says_nothing_in_english_alone(sign_in, clerk, busy):
    meeting = factories.make_meeting(busy.board)
    assert english_in(said_by(Page(sign_in(clerk).get(reverse("meeting-changes", args=[meeting.pk]))))) == []
