"""The site's own settings without everything that is not needed to know who asks."""

from cse_board.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.floor.urls"
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Its application does not start without it; it costs some microseconds.
    "allauth.account.middleware.AccountMiddleware",
]
