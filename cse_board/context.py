"""What every template may know about the site itself."""

from django.conf import settings


def site(request):
    return {
        "council_name": settings.COUNCIL_NAME,
        "demo": settings.DEMO,
        "public_pages": settings.PUBLIC_PAGES,
    }
