"""What `manage.py check --deploy` says where the site would speak to another machine in the clear, or to anybody at all."""

from ipaddress import ip_address

from django.conf import settings
from django.core.checks import Tags, Warning, register

ADVICE = "docs/operations.md says how, under “Set up”."


@register(Tags.security, deploy=True)
def check_transport(app_configs, **kwargs):
    database = settings.DATABASES["default"]
    if leaves_the_machine(database["HOST"]) and database["OPTIONS"].get("sslmode") != "verify-full":
        yield Warning(
            "The database is on another machine, and DATABASE_URL does not end in ?sslmode=verify-full: what is sent there"
            " may be read on the way, or by whoever answers in its place.", hint=ADVICE, id="transport.W001",
        )  # fmt: skip
    is_encrypted = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL
    if settings.EMAIL_URL.startswith("smtp") and leaves_the_machine(settings.EMAIL_HOST) and not is_encrypted:
        yield Warning(
            "E-mails go to another machine in the clear: begin EMAIL_URL with smtp+tls:// or smtp+ssl://.",
            hint=ADVICE, id="transport.W002",
        )  # fmt: skip
    if settings.OIDC_ISSUER.startswith("http:"):
        yield Warning("OIDC_ISSUER is asked in the clear: use its https:// address.", id="transport.W003")
    if settings.CLAMD and not settings.CLAMD.startswith("/") and leaves_the_machine(settings.CLAMD.rpartition(":")[0]):
        yield Warning(
            "clamd encrypts nothing: let it run on this machine, or reach it through a tunnel.", id="transport.W004"
        )


def leaves_the_machine(host):
    """No host and a folder are a socket of this machine."""
    if not host or host.startswith("/") or host == "localhost":
        return False
    try:
        return not ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return True
