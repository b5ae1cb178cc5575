"""The door for gunicorn: `gunicorn cse_board.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cse_board.settings")
application = get_wsgi_application()
