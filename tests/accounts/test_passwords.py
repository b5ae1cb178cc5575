"""What may be a password: long, not guessed first, taken as it was typed."""

import hashlib

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from recommendations.accounts.breached import NotBreached, is_in
from tests import factories
from tests.views.pages import Page, read, send

pytestmark = pytest.mark.django_db
WORDY = "this site"


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short-one", "at least 12"),
        ("qwertyuiop123", "too common"),
        ("ruth.bailey@example.org", "too similar"),
        ("ExampleCouncil2026!", WORDY),
        ("scrutinyboard123456", WORDY),
        ("Committee-Tracker-1", WORDY),
    ],
)
def test_a_password_is_refused_by_rules_that_are_told(clerk, password, why):
    clerk.email = "ruth.bailey@example.org"
    with pytest.raises(ValidationError, match=why):
        validate_password(password, clerk)


@pytest.mark.parametrize(
    "password", ["correct horse battery", "aaaa bbbb cccc dddd", "öäüßéèêçñøåæ", "the board met under a lime tree"]
)
def test_any_letters_will_do(clerk, password):
    validate_password(password, clerk)


@pytest.mark.parametrize("password", [" blanks at both ends ", "ẞtraße Ünïcödé-words", "X7-" * 40])
def test_a_password_is_taken_exactly_as_it_was_typed(sign_in, client, clerk, password):
    typed = {"new_password1": password, "new_password2": password}
    send(sign_in(clerk), reverse("password-change"), old_password=factories.PASSWORD, **typed)
    assert client.login(email=clerk.email, password=password)
    assert not client.login(email=clerk.email, password=password.strip().lower())


def test_a_password_may_be_pasted_and_kept(sign_in, client, clerk):
    boxes = [
        box
        for browser, name in ((client, "sign-in"), (sign_in(clerk), "password-change"))
        for box in read(browser, reverse(name)).main.xpath(".//input[@type='password']")
    ]
    assert {box.get("autocomplete") for box in boxes} == {"current-password", "new-password"}
    assert not any(box.get("onpaste") or box.get("readonly") for box in boxes)


def test_the_rules_are_told_beforehand(sign_in, clerk):
    assert "words that stand on this site" in Page(sign_in(clerk).get(reverse("password-change"))).text


@pytest.fixture(params=["\n", "\r\n"], ids=["unix", "windows"])
def stolen(request, tmp_path):
    """A file of 300 stolen passwords, in the order of their digests, and these in the same order."""
    digests = {
        hashlib.sha1(f"stolen {n}".encode(), usedforsecurity=False).hexdigest().upper(): f"stolen {n}"
        for n in range(300)
    }
    path = tmp_path / "stolen.txt"
    path.write_bytes(request.param.join(f"{digest}:{len(digest) ** 3}" for digest in sorted(digests)).encode())
    return path, [digests[digest] for digest in sorted(digests)]


def test_a_password_that_was_stolen_elsewhere_is_refused(stolen):
    path, passwords = stolen
    for password in (passwords[0], passwords[150], passwords[-1]):
        with pytest.raises(ValidationError, match="stolen elsewhere"):
            NotBreached(path).validate(password)
    NotBreached(path).validate("never stolen")
    assert "stolen elsewhere" in NotBreached(path).get_help_text()


def test_each_is_found_and_no_other(stolen):
    path, passwords = stolen
    assert all(is_in(path, password) for password in passwords)
    assert not any(is_in(path, f"never stolen {n}") for n in range(300))


def test_an_empty_list_knows_none(tmp_path):
    (tmp_path / "empty.txt").touch()
    assert not is_in(tmp_path / "empty.txt", "anything")
