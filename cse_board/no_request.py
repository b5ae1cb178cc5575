"""What is no request (malformed, or too long a line) is refused by gunicorn before any page: with the headers of all answers."""

from django.conf import settings
from gunicorn import util

HEADERS = {
    "Connection": "close",
    "Content-Type": "text/plain; charset=utf-8",
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in sorted(settings.PERMISSIONS_POLICY)),
}
if settings.SECURE_HSTS_SECONDS:
    # Who asked by http heeds it as little as they may.
    HEADERS["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"


def refuse(sock, status, reason, words):
    """In the place of `gunicorn.util.write_error`, and as it is called. `words` repeat what was sent, and are left out."""
    body = f"{reason}\n".encode()
    lines = [f"{name}: {value}" for name, value in (HEADERS | {"Content-Length": str(len(body))}).items()]
    util.write_nonblock(sock, "\r\n".join([f"HTTP/1.1 {status} {reason}", *lines, "", ""]).encode("latin-1") + body)
