"""Attached files: a download under the name they came with, for those who may read what they hang on."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import factories
from tests.views.pages import content_of

NAME, CONTENT = "Figures & <graphs> für März.csv", b"a,b\n1,2\n"


@pytest.fixture
def recommendation(board, owner):
    return factories.make_recommendation(factories.make_item(factories.make_meeting(board)), owner=owner)


@pytest.fixture(params=["update", "report"])
def attached(request, recommendation, owner):
    """Makes an update, and then a submitted report, with a file."""

    def make(**fields):
        fields |= {"file": SimpleUploadedFile(NAME, CONTENT)}
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


def test_a_file_that_is_gone_from_the_disk_is_not_found(sign_in, member, attached):
    thing = attached()
    thing.file.storage.delete(thing.file.name)
    assert sign_in(member).get(thing.file_url).status_code == 404


def test_the_public_gets_no_files(client, settings, attached):
    settings.PUBLIC_PAGES = True
    assert client.get(attached().file_url).url.startswith(reverse("sign-in"))
