"""Every setting, read from the environment; `.env.example` lists the variables and says what each does."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping

from recommendations.prepared import Connection, Cursor

BASE_DIR = Path(__file__).resolve().parent.parent
# The site's own data, where no variable names another place.
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)


class Lines(FileAwareMapping):
    """A variable may also stand in a file: SECRET_KEY_FILE names that of SECRET_KEY, as vaults and systemd hand it on."""

    def __getitem__(self, key):
        """Without the end of the line that an editor leaves."""
        return super().__getitem__(key).rstrip("\n")


env = environ.FileAwareEnv()
env.ENVIRON = Lines()
env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", False)
# The demo shows its accounts on the sign-in page: never switch it on where real minutes are kept.
DEMO = env.bool("DEMO", False)
# Signed-out visitors may read the dashboard and public recommendations; exempt matter and personal contact never.
PUBLIC_PAGES = env.bool("PUBLIC_PAGES", False)
# For so many seconds a proxy and a browser may show a public page without asking whether it has changed.
PUBLIC_PAGES_MAX_AGE = env.int("PUBLIC_PAGES_MAX_AGE", 300)
COUNCIL_NAME = env.str("COUNCIL_NAME", "Example Council")

SECRET_KEY = env.str("SECRET_KEY", "")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Put SECRET_KEY=… (50 or more random characters) into the environment or into .env."
        )
    SECRET_KEY = "for-development-only-never-used-when-DEBUG-is-off"  # noqa: S105 (guarded above)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# Applications

INSTALLED_APPS = [
    "recommendations",
    "cse_board.administration.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "simple_history",
    "django_filters",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    # First, so that whatever happens further in has an id in the log.
    "cse_board.watching.Watching",
    # These four outside of all that answers by itself: static files and refused hosts have their headers too.
    "cse_board.headers.EveryAnswer",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cse_board.headers.ContentPolicy",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "cse_board.measure.WithinMeasure",
    # Before hosts are refused and people are led to https: monitors reach the process itself.
    "cse_board.probes.Probes",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Outside of all that may still give the answer a cookie.
    "recommendations.public_pages.PublicPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "recommendations.accounts.sessions.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "recommendations.accounts.sessions.SessionLimits",
    "allauth.account.middleware.AccountMiddleware",
    # Names who changed reference data in the admin; the domain's own verbs name it themselves.
    "simple_history.middleware.HistoryRequestMiddleware",
    "recommendations.stored.Settled",
]
ROOT_URLCONF = "cse_board.urls"
WSGI_APPLICATION = "cse_board.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
SIMPLE_HISTORY_REVERT_DISABLED = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cse_board.context.site",
            ],
            "libraries": {"site": "cse_board.tags"},
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Database: SQLite until DATABASE_URL says otherwise

# Quoted, because the checkout may lie in a folder with any name.
DATABASES = {"default": env.db("DATABASE_URL", f"sqlite:///{quote(str(VAR_DIR / 'db.sqlite3'))}")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Several writers wait for each other instead of failing, and readers are never blocked.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # So many seconds until a server that says nothing counts as away: at the beginning, and once it was there.
    silent = env.int("DATABASE_SILENT", 3)
    limits = {"connect_timeout": silent, "tcp_user_timeout": silent * 1000}
    # What is asked over and over is planned once.
    limits |= {"connection_factory": Connection, "cursor_factory": Cursor}
    DATABASES["default"]["OPTIONS"] = limits | DATABASES["default"].get("OPTIONS", {})
# Of the pages alone, on PostgreSQL (wsgi.py): so many seconds for one statement, for a lock, and between two statements
# of a transaction. Commands take as long as they need; a long file is many statements.
PAGES_WAIT = {
    "statement_timeout": env.int("STATEMENT_TIMEOUT", 30),
    "lock_timeout": env.int("LOCK_TIMEOUT", 10),
    "idle_in_transaction_session_timeout": 60,
}

# The folder of pg_dump, pg_restore and psql, where they are not on the PATH: `backup` and `restore` call them.
POSTGRESQL_PROGRAMS = env.str("POSTGRESQL_PROGRAMS", "")

# People

AUTH_USER_MODEL = "recommendations.User"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
AUTHENTICATION_BACKENDS = ["recommendations.accounts.backends.ByAddress"]
# How long a letter lets choose a password.
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "recommendations.accounts.passwords.WordsOfThisPlace"},
]
# A file of passwords that were stolen anywhere. Without one, only the commonest are known.
if BREACHED_PASSWORDS := env.str("BREACHED_PASSWORDS", ""):
    if not Path(BREACHED_PASSWORDS).is_file():
        raise ImproperlyConfigured(f"BREACHED_PASSWORDS is set, and there is no such file: {BREACHED_PASSWORDS}")
    AUTH_PASSWORD_VALIDATORS.append(
        {"NAME": "recommendations.accounts.breached.NotBreached", "OPTIONS": {"path": BREACHED_PASSWORDS}}
    )

# Signing in: by e-mail address and password or by passkey, with a second factor where there is one. Nobody signs up.

ACCOUNT_ADAPTER = "recommendations.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Whoever enters people vouches for their addresses, and the letter goes there.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "login": "recommendations.forms.accounts.SignInForm",
    "reauthenticate": "recommendations.forms.second_factors.PasswordAgainForm",
}
# From one address, and for one account; one town hall has one address.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/5m/key", "reauthenticate": "10/m/user"}
MFA_ADAPTER = "recommendations.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = COUNCIL_NAME
MFA_FORMS = {
    "authenticate": "recommendations.forms.second_factors.CodeForm",
    "reauthenticate": "recommendations.forms.second_factors.CodeAgainForm",
    "activate_totp": "recommendations.forms.second_factors.AppForm",
    "login_webauthn": "recommendations.forms.second_factors.PasskeySignInForm",
    "authenticate_webauthn": "recommendations.forms.second_factors.PasskeyFactorForm",
    "reauthenticate_webauthn": "recommendations.forms.second_factors.PasskeyAgainForm",
    "add_webauthn": "recommendations.forms.second_factors.PasskeyForm",
    "edit_webauthn": "recommendations.forms.second_factors.RenameForm",
}

# The council's own OpenID provider: docs/operations.md says what each variable does

OIDC_ISSUER = env.str("OIDC_ISSUER", "").rstrip("/")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", "")
OIDC_NAME = env.str("OIDC_NAME", "")
OIDC_SCOPES = env.list("OIDC_SCOPES", default=["openid", "profile", "email"])
OIDC_GROUPS_CLAIM = env.str("OIDC_GROUPS_CLAIM", "groups")
OIDC_GROUPS = env.dict("OIDC_GROUPS", default={})
OIDC_MAKE_PEOPLE = env.bool("OIDC_MAKE_PEOPLE", False)
OIDC_TRUST_EMAIL = env.bool("OIDC_TRUST_EMAIL", False)
OIDC_SECOND_FACTOR = env.bool("OIDC_SECOND_FACTOR", False)
OIDC_ONLY = env.bool("OIDC_ONLY", False)
if OIDC_ISSUER and not (OIDC_CLIENT_ID and OIDC_CLIENT_SECRET):
    raise ImproperlyConfigured("OIDC_ISSUER is set: set OIDC_CLIENT_ID and OIDC_CLIENT_SECRET as well.")
if OIDC_ONLY and not OIDC_ISSUER:
    raise ImproperlyConfigured("OIDC_ONLY is set, but no OIDC_ISSUER: nobody could sign in.")
SOCIALACCOUNT_ADAPTER = "recommendations.accounts.adapters.ProviderAdapter"
# A link leads there: the Content-Security-Policy lets no form lead elsewhere.
SOCIALACCOUNT_LOGIN_ON_GET = True

# Sessions

SESSION_ENGINE = "recommendations.accounts.session_store"
# A session ends so long after the sign-in, whatever is done in it; and so long after the last page.
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", 12) * 60 * 60
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", 60)
# Signed in so often at once; one more ends the oldest.
MAX_SESSIONS = env.int("MAX_SESSIONS", 5)

# Words and times: the council's day is London's

# One site, one language: where a council needs Welsh too, a second site serves it from the same database.
LANGUAGE_CODE = env.str("LANGUAGE_CODE", "en-gb")
LOCALE_PATHS = [BASE_DIR / "recommendations" / "locale"]
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# Files

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "frontend" / "dist"]
# Of WhiteNoise; nobody else's pages load them.
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Attachments are never served as they lie: recommendations/views/files.py checks who may read each one.
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "recommendations.stored.AttachedFiles"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# The council's virus scanner: the path of clamd's socket, or host:port. Without one, files are not scanned.
CLAMD = env.str("CLAMD", "")
# A pasted page of minutes is at most 5 MB of text, and somewhat more once encoded; a review page has many small fields.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_NUMBER_FILES = 100
# Of all files together, and what stands around them: 50 files of minutes are at most 40 MB.
MOST_BYTES_OF_A_REQUEST = 45 * 1024 * 1024

# What limits how often a partner's link is tried: in files, because all processes of the site count together

CACHES = {
    "default": env.cache("CACHE_URL")
    if env.str("CACHE_URL", "")
    else {
        "BACKEND": "cse_board.attempts.InFilesOrMemory",
        "LOCATION": VAR_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 3000},
    }
}

# E-mail: in development into files that nobody is sent. The reminders say in a sentence what they miss.

EMAIL_URL = env.str("EMAIL_URL", f"filemail:///{quote(str(VAR_DIR / 'mail'))}" if DEBUG else "")
if EMAIL_URL:
    globals().update(env.email_url_config(EMAIL_URL))
# A mail server that says nothing must not hold a run for ever.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", 20)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "cse-board@localhost" if DEBUG else "")
# What the links in a mail begin with: no request says it there.
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000" if DEBUG else "").rstrip("/")

# Reminders: days before a due date, the days between those after it, and when clerks are told what is stuck

REMIND_DAYS_BEFORE = env.list("REMIND_DAYS_BEFORE", cast=int, default=[28, 7, 0])
REMIND_EVERY_DAYS_AFTER = env.int("REMIND_EVERY_DAYS_AFTER", 7)
# 0 is Monday, 6 is Sunday.
REMIND_CLERKS_ON = env.int("REMIND_CLERKS_ON", 0)
# So many days overdue, the owner's manager and the board's chair are told. 0: never.
ESCALATE_AFTER_DAYS = env.int("ESCALATE_AFTER_DAYS", 0)
# How often one run tries when the mail server says "not now", and how long it waits before the second time.
REMIND_ATTEMPTS = env.int("REMIND_ATTEMPTS", 3)
REMIND_PAUSE_SECONDS = env.float("REMIND_PAUSE_SECONDS", 5)

# Security

SECURE = env.bool("SECURE", not DEBUG)
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
# A proxy says which protocol and which client it speaks for; without one, these headers are anybody's word.
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# No other site learns where its visitor came from. Not "no-referrer": docs/decisions/0021 says what that breaks.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Nothing is loaded from elsewhere, nothing runs but our own files, and no script makes markup out of words.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "require-trusted-types-for": ["'script'"],
    }
}
# What no page of ours asks a browser for.
UNUSED = [
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "fullscreen", "geolocation", "gyroscope", "magnetometer", "microphone", "midi",
    "payment", "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
]  # fmt: skip
PERMISSIONS_POLICY: dict[str, list[str]] = {feature: [] for feature in UNUSED}

# Cookies: sent over https alone, kept from scripts, and of this very host, so that no neighbour under the same domain
# can set one in its place.

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
OF_THIS_HOST = "__Host-" if SECURE else ""
SESSION_COOKIE_NAME = f"{OF_THIS_HOST}sessionid"
CSRF_COOKIE_NAME = f"{OF_THIS_HOST}csrftoken"
MESSAGE_COOKIE_NAME = f"{OF_THIS_HOST}messages"
MESSAGE_STORAGE = "cse_board.headers.Messages"

# Watching: what a monitor proves itself with, and how much room there must be for attached files
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
LEAST_FREE_BYTES = env.int("LEAST_FREE_MB", 500) * 1024 * 1024

# A line of JSON for every event; plain text where somebody develops.
LOG_JSON = env.bool("LOG_JSON", not DEBUG)
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_keys": {"()": "cse_board.logs.WithoutKeys"}},
    "formatters": {"line": {"()": "cse_board.logs.Line"}, "text": {}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["without_keys"],
            "formatter": "line" if LOG_JSON else "text",
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Neither twice nor by e-mail, as Django would have it.
        "django": {"handlers": [], "level": "INFO"},
        # What was refused stands in the line of the request already.
        "django.request": {"level": "ERROR"},
        "gunicorn.error": {"propagate": True},
        # The site writes a line for every request itself, without addresses of people and queries.
        "gunicorn.access": {"level": "WARNING", "propagate": True},
    },
}
if not LOG_JSON:
    # Django's own server says the same.
    LOGGING["loggers"]["cse_board.watching"] = {"level": "WARNING"}
