"""The environment of every test run, set before Django reads it, so that no .env of the machine changes a result."""

import os

os.environ |= {
    # DEBUG only chooses plain static files and no https here; pytest-django switches the setting off again.
    "DEBUG": "true",
    "DEMO": "false",
    "PUBLIC_PAGES": "false",
    "PUBLIC_PAGES_MAX_AGE": "300",
    "SECURE": "false",
    "BEHIND_PROXY": "false",
    "SECRET_KEY": "tests-only-tests-only-tests-only-tests-only-tests-only",
    "ALLOWED_HOSTS": "127.0.0.1,localhost",
    "CSRF_TRUSTED_ORIGINS": "",
    "LANGUAGE_CODE": "en-gb",
    "COUNCIL_NAME": "Example Council",
    "SITE_URL": "https://tracker.example.org",
    "EMAIL_URL": "memorymail://",
    "DEFAULT_FROM_EMAIL": "scrutiny@example.org",
    "REMIND_DAYS_BEFORE": "28,7,0",
    "REMIND_EVERY_DAYS_AFTER": "7",
    "REMIND_CLERKS_ON": "0",
    "ESCALATE_AFTER_DAYS": "0",
    "REMIND_ATTEMPTS": "3",
    # A test that wants a second attempt does not wait for it.
    "REMIND_PAUSE_SECONDS": "0",
    "CACHE_URL": "locmemcache://",
    "METRICS_TOKEN": "",
    # Whatever is left on the disk of the machine that tests.
    "LEAST_FREE_MB": "0",
}
# Only the shell's own DATABASE_URL counts (`make test-postgres`), never the one of a .env.
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
