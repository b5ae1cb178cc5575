"""Second factors for tests: an authenticator app, as a telephone would be one."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.cache import cache
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from tests import factories
from tests.views.pages import go_on, read, send, words_of


def code_for(secret):
    cache.clear()
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def prove(client, password=factories.PASSWORD):
    return send(client, reverse("account_reauthenticate"), password=password)


def set_up_app(client, password=factories.PASSWORD):
    """The secret of an app that is set up from now on."""
    prove(client, password)
    page = read(client, reverse("mfa_activate_totp"))
    [secret] = [words_of(code) for code in page.main.xpath(".//code")]
    go_on(client, page, code=code_for(secret))
    return secret


def make_passkey(user, name="Work laptop"):
    """A passkey as a browser would have made it; nothing here can sign with it."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    known = AttestedCredentialData.create(bytes(16), name.encode(), key)
    data = AuthenticatorData.create(
        sha256(b"testserver"), AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT, 0, known
    )
    made = AttestationObject.create("none", data, {})
    client = CollectedClientData.create(CollectedClientData.TYPE.CREATE, bytes(16), "https://testserver")
    response = {"clientDataJSON": websafe_encode(client), "attestationObject": websafe_encode(made)}
    credential = {"id": websafe_encode(known.credential_id), "type": "public-key", "response": response}
    credential |= {"rawId": credential["id"], "clientExtensionResults": {"credProps": {"rk": True}}}
    passkey = Authenticator(user=user, type="webauthn", data={"name": name, "credential": credential})
    passkey.save()
    return passkey
