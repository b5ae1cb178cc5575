"""Letters to one person, by e-mail and at once: an invitation, a forgotten password, a link for a partner."""

import smtplib

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from recommendations.addresses import site_of
from recommendations.words import language_tag


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
