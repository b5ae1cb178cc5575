"""The door for gunicorn: `gunicorn cse_board.wsgi`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cse_board.settings")
if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # Before the first connection. Said as it is made, so that no question more is needed and no part forgets it.
    waits = " ".join(f"-c {name}={seconds}s" for name, seconds in settings.PAGES_WAIT.items())
    options = settings.DATABASES["default"]["OPTIONS"]
    options["options"] = f"{waits} {options.get('options', '')}".strip()
application = get_wsgi_application()
# All pages and migrations now and not with the first request: what is loaded before the workers part, they share.
get_resolver().url_patterns  # noqa: B018
from recommendations.condition import known  # noqa: E402 (once there are models)

known()
