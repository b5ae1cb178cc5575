"""The environment of every test run, set before Django reads it, so that no .env of the machine changes a result."""

import os

os.environ |= {
    # DEBUG only chooses plain static files and no https here; pytest-django switches the setting off again.
    "DEBUG": "true",
    "DEMO": "false",
    "PUBLIC_PAGES": "false",
    "SECURE": "false",
    "BEHIND_PROXY": "false",
    "SECRET_KEY": "tests-only-tests-only-tests-only-tests-only-tests-only",
    "ALLOWED_HOSTS": "127.0.0.1,localhost",
    "CSRF_TRUSTED_ORIGINS": "",
    "COUNCIL_NAME": "Example Council",
}
# Only the shell's own DATABASE_URL counts (`make test-postgres`), never the one of a .env.
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
