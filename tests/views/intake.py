"""Goes through the steps of a draft as a clerk's browser does."""

from django.urls import reverse
from lxml.html import document_fromstring

from tests.minutes import samples


def page_of(response):
    assert response.status_code == 200
    return response.content.decode()


def fields_of(html):
    """What a browser sends back of the page's last form, nothing changed by the person."""
    sent = {}
    for name, value in document_fromstring(html).forms[-1].form_values():
        # A browser drops the line break after a textarea's tag.
        sent.setdefault(name, []).append(value.removeprefix("\n"))
    return sent


def send(signed_in, draft, name="draft", **changes):
    """Open a step, change something on it, and send it; `act` is the button. Two bars stand for the dash of a name."""
    url = reverse(name, args=[draft.pk])
    fields = fields_of(page_of(signed_in.get(url)))
    return signed_in.post(url, fields | {key.replace("__", "-"): value for key, value in changes.items()})


def prefix(draft, kind, place=0):
    return f"f{samples.found(draft, kind)[place]['id']}"


def errors_in(html):
    """The sentences of the error summary."""
    found = document_fromstring(html).xpath("//ul[contains(@class, 'govuk-error-summary__list')]//a")
    return [link.text_content() for link in found]
