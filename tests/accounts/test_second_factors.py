"""Second factors: an authenticator app and recovery codes, set up after a fresh proof and asked for at the sign-in."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse

from recommendations.models import AccountEvent
from tests import factories
from tests.accounts.factors import code_for, make_passkey, prove, set_up_app
from tests.views.pages import Page, go_on, read, send

Kind = AccountEvent.Kind
pytestmark = pytest.mark.django_db


def sign_in_by_password(client, person, follow=True):
    sent = {"username": person.email, "password": factories.PASSWORD}
    return Page(client.post(reverse("sign-in"), sent, follow=follow))


def kinds():
    return list(AccountEvent.objects.order_by("id").exclude(kind=Kind.RIGHTS_CHANGED).values_list("kind", flat=True))


@pytest.fixture
def signed(client, member):
    """A member’s browser, signed in by password."""
    sign_in_by_password(client, member)
    return client


def test_nobody_sets_one_up_at_somebody_elses_open_browser(signed):
    page = Page(signed.get(reverse("mfa_activate_totp"), follow=True))
    assert page.heading == "Is it you?"
    assert go_on(signed, page, password="a guess").errors == ["That is not your password"]


def test_an_app_is_set_up_with_its_codes(signed, member, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(signed)
    kept = dict(Authenticator.objects.filter(user=member).values_list("type", "data"))
    assert set(kept) == {"totp", "recovery_codes"}
    assert [event.words for event in AccountEvent.objects.filter(kind=Kind.FACTOR_ADDED).order_by("id")] == [
        "authenticator app",
        "recovery codes",
    ]


def test_a_copy_of_the_database_makes_no_codes(signed, member):
    secret = set_up_app(signed)
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_with_another_secret_key_no_code_fits_and_none_can_be_foretold(signed, member, settings):
    set_up_app(signed)
    settings.SECRET_KEY = "another key of fifty characters, more or less, and long"
    app = Authenticator.objects.get(user=member, type="totp").wrap()
    assert not app.validate_code(code_for("A" * 32))
    assert not app.validate_code(format_hotp_value(hotp_value("", int(time.time()) // 30)))


def test_then_a_password_alone_opens_nothing(signed, member, client):
    set_up_app(signed)
    client.post(reverse("sign-out"))
    assert sign_in_by_password(client, member).heading == "Your second factor"
    assert client.get(reverse("my-work")).status_code == 302


def test_the_code_opens_and_each_code_only_once(signed, member):
    secret = set_up_app(signed)
    signed.post(reverse("sign-out"))
    page, code = sign_in_by_password(signed, member), code_for(secret)
    assert go_on(signed, page, code=code).status == 200
    assert AccountEvent.objects.filter(kind=Kind.SIGNED_IN).latest("id").words == "password, authenticator app"
    signed.post(reverse("sign-out"))
    again = go_on(signed, sign_in_by_password(signed, member), code=code)
    assert again.errors == ["That is not the code: wait for the next one, and type it before it changes"]


def test_a_wrong_code_is_on_record_and_soon_tried_too_often(signed, member):
    set_up_app(signed)
    signed.post(reverse("sign-out"))
    page = sign_in_by_password(signed, member)
    for _ in range(6):
        page = go_on(signed, page, code="000000")
    assert page.errors == ["That was tried too often. Wait five minutes, then try again"]
    assert kinds().count(Kind.FAILED) == 5


def test_a_recovery_code_opens_once_and_is_on_record(signed, member):
    set_up_app(signed)
    codes = read(signed, reverse("mfa_view_recovery_codes")).main.xpath(".//code/text()")
    assert len(codes) == 10
    for expected in (200, "error"):
        signed.post(reverse("sign-out"))
        page = go_on(signed, sign_in_by_password(signed, member), code=codes[0])
        assert (page.errors == []) == (expected == 200)
    assert kinds().count(Kind.RECOVERY_CODE_USED) == 1


def test_codes_are_downloaded_as_text_and_made_anew(signed):
    set_up_app(signed)
    file = signed.get(reverse("mfa_download_recovery_codes"))
    assert (file["Content-Type"], file["Content-Disposition"]) == (
        "text/plain",
        'attachment; filename="recovery-codes.txt"',
    )
    send(signed, reverse("mfa_generate_recovery_codes"))
    assert signed.get(reverse("mfa_download_recovery_codes")).content != file.content


def test_an_app_is_removed_with_its_codes_and_on_record(signed, member):
    set_up_app(signed)
    send(signed, reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=member).exists()
    assert kinds().count(Kind.FACTOR_REMOVED) == 2
    assert read(signed, reverse("account")).status == 200


def test_a_letter_is_only_one_factor(signed, member, client, mailoutbox, settings):
    settings.EMAIL_URL, settings.DEFAULT_FROM_EMAIL = "smtp://", "board@example.org"
    set_up_app(signed)
    signed.post(reverse("sign-out"))
    send(signed, reverse("password-forgotten"), email=member.email)
    [address] = re.findall(r"/password/choose/\S+", mailoutbox[0].body)
    page = Page(signed.get(address, follow=True))
    page = go_on(signed, page, new_password1="an orange zeppelin", new_password2="an orange zeppelin")
    assert page.heading == "Your second factor"


def test_the_administration_shows_none_of_the_secrets():
    from django.contrib import admin

    assert not [model for model in admin.site._registry if model.__module__.startswith("allauth.")]


def test_a_passkey_is_shown_renamed_and_removed(signed, member):
    passkey = make_passkey(member)
    prove(signed)
    send(signed, reverse("mfa_edit_webauthn", args=[passkey.pk]), name="Old laptop")
    assert "Old laptop" in read(signed, reverse("account")).text
    page = send(signed, reverse("mfa_remove_webauthn", args=[passkey.pk]))
    assert (page.heading, page.banner) == ("Your account", "Your passkey is removed.")
    assert kinds()[-1] == Kind.FACTOR_REMOVED


def test_nobody_removes_a_passkey_of_somebody_else(signed, clerk):
    prove(signed)
    assert signed.get(reverse("mfa_remove_webauthn", args=[make_passkey(clerk).pk])).status_code == 404


def test_whoever_has_a_passkey_is_asked_for_it(signed, member):
    make_passkey(member)
    signed.post(reverse("sign-out"))
    page = sign_in_by_password(signed, member)
    assert page.main.xpath(".//form[@data-passkey='get']")
    assert signed.post(page.address, {"credential": "{}"}).status_code == 200
    assert signed.get(reverse("home")).status_code == 302


@pytest.mark.parametrize(
    "credential", ["", "[]", "{}", '{"response": {"userHandle": "MQ"}}', '{"id": 7, "response": 8}']
)
def test_nonsense_for_a_passkey_signs_nobody_in(client, member, credential):
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    client.post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert client.get(reverse("account")).status_code == 302


@pytest.mark.parametrize("credential", ["[]", "{}", '{"id": "x", "rawId": "x", "response": {}, "type": "x"}'])
def test_nonsense_makes_no_passkey_either(signed, member, credential):
    prove(signed)
    signed.get(reverse("mfa_add_webauthn"))
    assert signed.post(reverse("mfa_add_webauthn"), {"name": "x", "credential": credential}).status_code == 200
    assert not Authenticator.objects.exists()
