"""How this site is reached from outside."""

from django.conf import settings


def site_of(request):
    """The address of this site, without a slash at its end; a demonstration's is whatever port it was started with."""
    if settings.DEBUG or not settings.SITE_URL:
        return request.build_absolute_uri("/").rstrip("/")
    return settings.SITE_URL
