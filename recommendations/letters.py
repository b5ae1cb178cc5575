"""Letters to one person, by e-mail and at once: an invitation, a forgotten password, a partner's link, a changed account."""

import logging
import smtplib
from functools import partial

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models.signals import post_save
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recommendations.addresses import site_of
from recommendations.models import AccountEvent
from recommendations.words import language_tag

log = logging.getLogger(__name__)


def can_be_sent():
    return bool(settings.EMAIL_URL and settings.DEFAULT_FROM_EMAIL)


def send(name, subject, to, /, **told):
    """Whether the mail server took it. `name`: of the templates in emails/."""
    if not can_be_sent():
        return False
    told |= {"council_name": settings.COUNCIL_NAME, "lang": language_tag()}
    text, html = (render_to_string(f"recommendations/emails/{name}.{kind}", told) for kind in ("txt", "html"))
    # In one line: a name may come from a cell or a list that had it in two, and a header must not.
    mail = EmailMultiAlternatives(" ".join(subject.split()), text, to=[to])
    mail.attach_alternative(html, "text/html")
    try:
        return mail.send() == 1
    except (OSError, smtplib.SMTPException):
        return False


def send_password(user, request, *, invited_by=None):
    """The letter with which this person chooses a password: once, and for three days."""
    key = urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)
    subject = _("Choose your password for the scrutiny tracker of %(council)s") % {"council": settings.COUNCIL_NAME}
    told = {
        "address": site_of(request) + reverse("password-choose", args=key),
        "again_url": site_of(request) + reverse("password-forgotten"),
        "invited_by": invited_by,
        "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
    }
    return send("password", subject, user.email, user=user, **told)


# What happened to an account: whose it is shall hear of it where it was somebody else, too.

Kind = AccountEvent.Kind
# No more than that it was, and when: letters are read by others, and what to do is the same whoever did it.
CHANGES = {
    Kind.PASSWORD_CHANGED: gettext_lazy("Your password was changed"),
    Kind.FACTOR_ADDED: gettext_lazy("A second factor was added to your account"),
    Kind.FACTOR_REMOVED: gettext_lazy("A second factor was removed from your account"),
    Kind.PROVIDER_LINKED: gettext_lazy("A council account was linked with your account"),
    Kind.PROVIDER_UNLINKED: gettext_lazy("A council account was unlinked from your account"),
}


def account_changed(sender, instance, created, raw, **kwargs):
    """After the change, and only then. Nobody who has yet to sign in for the first time: they act on a letter of ours."""
    person = instance.person
    if created and not raw and instance.kind in CHANGES and person and person.last_login:
        transaction.on_commit(partial(send_change, person, instance))


def send_change(person, event):
    what = CHANGES[event.kind]
    if can_be_sent() and not send("change", str(what), person.email, user=person, what=what, at=event.at):
        log.warning("The letter of account event %s was not taken by the mail server.", event.pk)


def listen():
    """Called once, when the site starts."""
    post_save.connect(account_changed, sender=AccountEvent)
