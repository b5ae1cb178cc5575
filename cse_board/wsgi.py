"""The door for gunicorn: `gunicorn cse_board.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cse_board.settings")
application = get_wsgi_application()
# All pages now and not with the first request: what is loaded before the workers part, they share.
get_resolver().url_patterns  # noqa: B018
