"""Styles and scripts, served as a council's site serves them: few, small on the way, asked for once."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.views.pages import content_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(settings, tmp_path, sign_in, member, today):
    """Of the site after `collectstatic`: our own files alone, the administrators' pages have others."""
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    compressed = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": compressed}
    call_command("collectstatic", verbosity=0, interactive=False)
    return sign_in(member)


def files_of(client, address="/"):
    return sorted(set(re.findall(r'"(/static/[^"]+)"', client.get(address).content.decode())))


def received(client, address, **headers):
    return client.get(address, headers={"accept-encoding": "gzip", **headers})


def size_of(answer):
    return len(content_of(answer))


@pytest.mark.parametrize(("name", "how_many", "most_bytes"), [("recommendations", 3, 30_000), ("dashboard", 4, 90_000)])
def test_a_page_asks_for_few_files_and_they_are_small(name, how_many, most_bytes, client):
    """On the way, for whoever opens the site for the first time; what draws the pictures is two thirds of it."""
    files = files_of(client, reverse(name))
    assert len(files) == how_many
    assert sum(size_of(received(client, file)) for file in files) <= most_bytes


def test_they_come_compressed_and_are_never_asked_for_again(client):
    for file in files_of(client):
        answer = received(client, file)
        assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable", file
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.headers["Content-Encoding"] == "gzip"
        assert size_of(answer) > 0


def test_whoever_has_one_already_is_sent_no_byte_of_it(client):
    for file in files_of(client):
        answer = received(client, file)
        again = received(client, file, if_none_match=answer.headers["ETag"])
        assert size_of(answer) > 0
        assert (again.status_code, size_of(again)) == (304, 0)


def test_other_words_have_another_name(client):
    """So that nobody keeps the old ones: the name tells what is in it."""
    [styles] = [file for file in files_of(client) if file.endswith(".css")]
    assert re.fullmatch(r"/static/app\.[0-9a-f]{12}\.css", styles)
