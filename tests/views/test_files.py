"""Attached files: a download under the name they came with, for those who may read what they hang on."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from recommendations.models import Answer
from tests import factories
from tests.views.pages import content_of

NAME, CONTENT = "Figures & <graphs> für März.csv", b"a,b\n1,2\n"


@pytest.fixture
def recommendation(board, owner):
    return factories.make_recommendation(factories.make_item(factories.make_meeting(board)), owner=owner)


@pytest.fixture
def answered(recommendation, clerk):
    """Makes an answer with a file, or without one."""

    def make(file=None, exempt_paragraph=None):
        if exempt_paragraph:
            recommendation.mark_exempt(exempt_paragraph, by=clerk, reason="An investigation.")
        return factories.make_response(recommendation).answer_with(Answer.ACCEPTED, by=clerk, file=file)

    return make


@pytest.fixture(params=["update", "report", "answer"])
def attached(request, recommendation, owner, answered):
    """Makes an update, then a submitted report, then an answer, with a file."""

    def make(**fields):
        fields |= {"file": SimpleUploadedFile(NAME, CONTENT)}
        if request.param == "answer":
            return answered(**fields)
        if request.param == "update":
            return factories.make_update(recommendation, by=owner, **fields)
        return factories.make_report(recommendation, submitted_by=owner, **fields)

    return make


def test_a_file_is_downloaded_under_the_name_it_came_with(sign_in, member, attached):
    response = sign_in(member).get(attached().file_url)
    assert content_of(response) == CONTENT
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert "Figures%20%26%20%3Cgraphs%3E%20f%C3%BCr%20M%C3%A4rz.csv" in disposition


def etag_of(response):
    content_of(response)
    return response.headers["ETag"]


def test_who_has_the_file_already_gets_nothing_again(sign_in, member, attached):
    address, client = attached().file_url, sign_in(member)
    etag = etag_of(client.get(address))
    again = client.get(address, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert "no-store" in again.headers["Cache-Control"]


def test_who_has_the_file_but_may_not_read_it_any_more_gets_no_answer(
    recommendation, sign_in, clerk, other_member, attached
):
    address, client = attached().file_url, sign_in(other_member)
    etag = etag_of(client.get(address))
    recommendation.mark_exempt(7, by=clerk, reason="An investigation.")
    assert client.get(address, headers={"if-none-match": etag}).status_code == 404


def test_a_file_is_kept_under_a_name_nobody_can_guess(attached):
    name = attached().file.name
    assert name.startswith("attachments/")
    assert name.endswith(".csv")
    assert "Figures" not in name


@pytest.mark.parametrize(
    ("who", "status"),
    [("clerk", 200), ("owner", 200), ("member", 200), ("other_member", 404), ("other_officer", 404), ("stranger", 302)],
)
def test_an_exempt_file_is_sent_to_those_entitled_and_is_unknown_to_others(sign_in, person, attached, who, status):
    response = sign_in(person(who)).get(attached(exempt_paragraph=3).file_url)
    content_of(response)
    assert response.status_code == status


@pytest.mark.parametrize(
    ("name", "make"), [("update-file", factories.make_update), ("report-file", factories.make_report)]
)
def test_where_no_file_is_attached_none_is_found(sign_in, member, recommendation, owner, name, make):
    thing = make(recommendation, **{"by" if name == "update-file" else "submitted_by": owner})
    assert sign_in(member).get(reverse(name, args=[thing.pk])).status_code == 404


def test_where_an_answer_came_without_a_file_none_is_found(sign_in, member, answered):
    assert sign_in(member).get(answered().file_url).status_code == 404


def test_the_file_of_an_earlier_answer_is_found_where_the_timeline_leads(sign_in, member, clerk, answered):
    response = answered(SimpleUploadedFile(NAME, CONTENT))
    address = response.file_url
    response.answer_with(Answer.NOT_ACCEPTED, by=clerk, reasons="They wrote again.")
    assert content_of(sign_in(member).get(address)) == CONTENT
    assert sign_in(member).get(response.file_url).status_code == 404


def test_a_file_that_is_gone_from_the_disk_is_not_found(sign_in, member, attached):
    thing = attached()
    thing.file.storage.delete(thing.file.name)
    assert sign_in(member).get(thing.file_url).status_code == 404


def test_the_public_gets_no_files(client, settings, attached):
    settings.PUBLIC_PAGES = True
    assert client.get(attached().file_url).url.startswith(reverse("sign-in"))
