"""The settings for every machine; environment variables set what differs.

`DEMONSTRATION=1` allows plain HTTP, shows letters on a page and does not ask staff for
a second factor. There are no other modes: without it the settings are for production.
"""

from pathlib import Path

import django_stubs_ext
from celery.schedules import crontab

from innovation.core import limits
from innovation.settings import env, storage
from innovation.settings.headers import (
    CONTENT_SECURITY_POLICY as CONTENT_SECURITY_POLICY,
)
from innovation.settings.headers import SECURITY_HEADERS as SECURITY_HEADERS
from innovation.settings.logs import LOGGING as LOGGING
from innovation.settings.templates import TEMPLATES as TEMPLATES

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parents[2]

DEMONSTRATION = env.read_flag("DEMONSTRATION")
DEBUG = False
MAINTENANCE = env.read_flag("MAINTENANCE")
SECRET_KEY = env.read_secret("DJANGO_SECRET_KEY")
ALLOWED_HOSTS = env.read_list("DJANGO_ALLOWED_HOSTS")
BASE_URL = env.read_base_url("DJANGO_BASE_URL", plain_http=DEMONSTRATION)
SERVICE_NAME = "Children’s Social Care Innovation Programme"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "django_filters",
    "innovation.core",
    "innovation.web",
    "innovation.api",
    "innovation.audit",
    "innovation.organisations",
    "innovation.accounts",
    "innovation.notifications",
    "innovation.documents",
    "innovation.registers",
    "innovation.contact",
    "bids",
    "funding",
    "innovation.reporting",
    "innovation.dashboard",
]

MIDDLEWARE = [
    "innovation.web.middleware.RequestContext",
    "innovation.web.headers.Headers",
    "innovation.api.middleware.ProblemDocuments",
    "django.middleware.security.SecurityMiddleware",
    "innovation.web.assets.Assets",
    "innovation.web.caching.Caching",
    "innovation.web.headers.PagePolicy",
    "innovation.web.maintenance.Maintenance",
    "innovation.accounts.middleware.AnswerTimes",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "innovation.accounts.middleware.RefusalLogging",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "innovation.accounts.middleware.SecondFactorRequired",
    "innovation.web.middleware.DomainErrors",
]

ROOT_URLCONF = "innovation.urls"
WSGI_APPLICATION = "innovation.wsgi.application"

# Not behind a pooler that gives each transaction another connection.
PREPARED_STATEMENTS = env.read_flag("PREPARED_STATEMENTS", default=True)
DATABASES = {
    "default": {
        **env.read_database("DATABASE_URL"),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        # Such a cursor belongs to a connection too.
        "DISABLE_SERVER_SIDE_CURSORS": not PREPARED_STATEMENTS,
    }
}
# In the database, because sign-in must not depend on the broker being up.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The embedded PostgreSQL has no ICU, so lists order text by `Lower()`.
FORM_RENDERER = "innovation.web.forms.GovukRenderer"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

# --- sign-in ---------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["innovation.accounts.backends.ByAddress"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_DJANGO_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_DJANGO_VALIDATORS}.UserAttributeSimilarityValidator"},
    {
        "NAME": f"{_DJANGO_VALIDATORS}.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": f"{_DJANGO_VALIDATORS}.CommonPasswordValidator"},
    {"NAME": "innovation.accounts.validators.ServiceWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/home"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "innovation.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "innovation.accounts.forms.signup.NameForm"
_SIGN_IN_FORMS = "innovation.accounts.forms.sign_in"
ACCOUNT_FORMS = {
    "login": f"{_SIGN_IN_FORMS}.SignIn",
    "signup": f"{_SIGN_IN_FORMS}.SignUp",
    "add_email": f"{_SIGN_IN_FORMS}.AddEmail",
    "change_email": f"{_SIGN_IN_FORMS}.ChangeEmail",
    "reset_password": f"{_SIGN_IN_FORMS}.ResetPassword",
    "reset_password_from_key": f"{_SIGN_IN_FORMS}.ResetPasswordKey",
    "set_password": f"{_SIGN_IN_FORMS}.ChoosePassword",
    "change_password": f"{_SIGN_IN_FORMS}.ChangePassword",
    "confirm_email_verification_code": f"{_SIGN_IN_FORMS}.ConfirmEmail",
    "reauthenticate": f"{_SIGN_IN_FORMS}.Reauthenticate",
}
MFA_FORMS = {
    "authenticate": f"{_SIGN_IN_FORMS}.SecondFactor",
    "reauthenticate": f"{_SIGN_IN_FORMS}.ReauthenticateSecondFactor",
    "activate_totp": f"{_SIGN_IN_FORMS}.SetUpApp",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Send a letter when a password, address or second factor changes.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_MAX_EMAIL_ADDRESSES = limits.EMAIL_ADDRESSES_A_PERSON
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "innovation.accounts.passwords.ResetTokens"
PASSWORD_RESET_TIMEOUT = 2 * 60 * 60
# Counted in the shared cache, so that all workers share one limit. The limit on
# passwords is in `accounts/domain/attempts.py`; here “login_failed” counts only wrong
# codes of the second factor.
ACCOUNT_RATE_LIMITS = {
    "login": "",
    "login_failed": "10/m/ip,5/5m/key,30/d/key",
    "signup": "10/m/ip",
    "confirm_email": "3/3m/key",
    "reset_password": "10/m/ip,3/m/key",
    "manage_email": "10/m/user",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
# The number of proxies in front, whose X-Forwarded-For is trusted.
ALLAUTH_TRUSTED_PROXY_COUNT = env.read_whole_number(
    "TRUSTED_PROXIES", 0 if DEMONSTRATION else 1
)
MFA_ADAPTER = "innovation.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = SERVICE_NAME
# Whether a proxy sets X-Request-Start to the time when it had the whole request.
TRUST_REQUEST_START = env.read_flag("TRUST_REQUEST_START")
if TRUST_REQUEST_START and not ALLAUTH_TRUSTED_PROXY_COUNT:
    raise env.WrongSetting(
        "TRUST_REQUEST_START",
        "TRUSTED_PROXIES is 0, so anybody could claim to be in time.",
    )

SESSION_ENGINE = "innovation.web.sessions"
# Seconds without a request, and seconds since signing in.
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_LONGEST_AGE = 24 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "innovation.web.notices.NoticeStorage"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMONSTRATION
# Browsers accept a name with this prefix only from this host, over TLS.
_HOST_ONLY = "" if DEMONSTRATION else "__Host-"
SESSION_COOKIE_NAME = f"{_HOST_ONLY}sessionid"
CSRF_COOKIE_NAME = f"{_HOST_ONLY}csrftoken"
MESSAGES_COOKIE_NAME = f"{_HOST_ONLY}messages"
DEVICE_COOKIE_NAME = f"{_HOST_ONLY}known_device"
SECURE_SSL_REDIRECT = not DEMONSTRATION
SECURE_HSTS_SECONDS = 0 if DEMONSTRATION else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEMONSTRATION
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https")
    if env.read_flag("BEHIND_TLS_PROXY", default=not DEMONSTRATION)
    else None
)
# The API is refused over plain HTTP instead (`innovation.api.middleware`): a program
# that is redirected goes on sending its token in the clear.
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^api/v1/"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "innovation.web.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"

# --- files -----------------------------------------------------------------
STATIC_URL = "/assets/"
# Our pages are the only ones that use them.
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATIC_ROOT = Path(env.read_text("STATIC_ROOT", str(BASE_DIR / ".local/static")))
NODE_MODULES = Path(env.read_text("NODE_MODULES", str(BASE_DIR / "node_modules")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "innovation.web.assets.PackageFinder",
]
# What people upload and workers build: a folder that no web server shows, or S3.
STORAGES = {
    "default": storage.storage(),
    "staticfiles": {"BACKEND": "innovation.web.assets.ManifestStorage"},
}
MEDIA_ROOT = Path(env.read_text("MEDIA_ROOT", str(BASE_DIR / ".local/media")))
FILE_UPLOAD_HANDLERS = [
    "innovation.web.uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = limits.BODY_BYTES
DATA_UPLOAD_MAX_NUMBER_FIELDS = limits.BODY_FIELDS
DATA_UPLOAD_MAX_NUMBER_FILES = limits.BODY_FILES
DOCUMENT_MOST_MEGABYTES = env.read_whole_number(
    "DOCUMENT_MOST_MEGABYTES", 10, at_least=1
)
if DOCUMENT_MOST_MEGABYTES * 1_000_000 >= limits.FILE_BYTES:
    raise env.WrongSetting("DOCUMENT_MOST_MEGABYTES", "it must be less than 25.")
# Only the demonstration may have no scanner: its files are shown as unscanned.
CLAMD = env.read_scanner("CLAMD", "" if DEMONSTRATION else None)

# --- jobs ------------------------------------------------------------------
CELERY_BROKER_URL = env.read_broker("CELERY_BROKER_URL")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_TIME_LIMIT = 30 * 60
CELERY_BROKER_TRANSPORT_OPTIONS = (
    # Longer than the longest task, or the broker gives it to a second worker.
    {"visibility_timeout": CELERY_TASK_TIME_LIMIT + 5 * 60, "socket_timeout": 5}
    if CELERY_BROKER_URL.startswith("redis")
    else {}
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE = {
    "deliver due letters": {
        "task": "innovation.notifications.tasks.sweep",
        "schedule": 15.0,
    },
    "queue reminders": {
        "task": "innovation.notifications.tasks.remind",
        "schedule": 600.0,
    },
    "build due reports": {
        "task": "innovation.reporting.tasks.sweep",
        "schedule": 15.0,
    },
    "scan waiting documents": {
        "task": "innovation.documents.tasks.sweep",
        "schedule": 15.0,
    },
    "follow roles": {
        "task": "innovation.accounts.tasks.follow_roles",
        "schedule": 60.0,
    },
    "fold the figures": {
        "task": "innovation.audit.tasks.fold",
        "schedule": crontab(hour=3, minute=20),
    },
    "count the chains": {
        "task": "innovation.audit.tasks.count",
        "schedule": crontab(minute=7),
    },
    "collect search words": {
        "task": "bids.tasks.collect_search_words",
        "schedule": crontab(minute=37),
    },
    "collect texts": {"task": "bids.tasks.collect_search_texts", "schedule": 60.0},
    "carry out batches": {"task": "bids.tasks.carry_out_batches", "schedule": 15.0},
    "worker heartbeat": {"task": "innovation.core.tasks.heartbeat", "schedule": 10.0},
}

# --- letters ---------------------------------------------------------------
LETTER_GATEWAY = env.read_text(
    "LETTER_GATEWAY",
    "innovation.notifications.gateways.Postbox" if DEMONSTRATION else None,
)
if LETTER_GATEWAY.endswith(".Postbox") and not DEMONSTRATION:
    raise env.WrongSetting(
        "LETTER_GATEWAY",
        "the postbox is only for the demonstration: it sends no letters.",
    )
# Longer than a gateway takes to answer: then another worker may take the letter.
LETTER_LEASE_SECONDS = env.read_whole_number("LETTER_LEASE_SECONDS", 60, at_least=1)
BATCH_PAUSE_MINUTES = env.read_whole_number("BATCH_PAUSE_MINUTES", 10, at_least=1)
DEFAULT_FROM_EMAIL = env.read_text(
    "DEFAULT_FROM_EMAIL", "no-reply@localhost" if DEMONSTRATION else None
)
# How everybody can reach the team: on the page about help; the address on others too.
CONTACT_EMAIL = env.read_text(
    "CONTACT_EMAIL", "innovation.programme@example.org" if DEMONSTRATION else ""
)
CONTACT_PHONE = env.read_text("CONTACT_PHONE", "")
CONTACT_HOURS = env.read_text(
    "CONTACT_HOURS", "Monday to Friday, 9am to 5pm (except bank holidays)"
)
# An e-mail address or an address that begins with https: named in security.txt.
SECURITY_CONTACT = env.read_text(
    "SECURITY_CONTACT",
    CONTACT_EMAIL or ("security@example.org" if DEMONSTRATION else ""),
)
EMAIL_HOST = env.read_text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.read_whole_number("EMAIL_PORT", 25, at_least=1)
EMAIL_HOST_USER = env.read_text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.read_text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.read_flag("EMAIL_USE_TLS")
EMAIL_BACKEND = "innovation.notifications.email.OutboxBackend"

# --- the API ---------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "innovation.accounts.authentication.TokenAuthentication"
    ],
    "DEFAULT_PERMISSION_CLASSES": ["innovation.api.permissions.HasScope"],
    "DEFAULT_THROTTLE_CLASSES": ["innovation.accounts.throttling.TokenThrottle"],
    "DEFAULT_RENDERER_CLASSES": ["innovation.api.renderers.ApiRenderer"],
    # The renderer writes moments.
    "DATETIME_FORMAT": None,
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "innovation.api.openapi.ResourceSchema",
    "DEFAULT_PAGINATION_CLASS": "innovation.api.pagination.KeyPagination",
    "EXCEPTION_HANDLER": "innovation.api.problems.handle",
}
API_REQUESTS_A_MINUTE = env.read_whole_number("API_REQUESTS_A_MINUTE", 600, at_least=1)
SPECTACULAR_SETTINGS = {
    "TITLE": SERVICE_NAME,
    "DESCRIPTION": (
        "Read the programme’s rounds, cases and awards as JSON. Send "
        "`Authorization: Bearer` and a token made on `/tokens/` with each request. "
        "A token reads what its holder sees on the pages, within the token’s scopes. "
        "Moments are in UTC with microseconds: `2015-03-03T17:00:00.000000Z`. Days are "
        "those in London: `2015-03-03`. A list is in the order of the date it names, "
        "newest first, and then of the key, downwards."
    ),
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "COMPONENT_SPLIT_REQUEST": False,
    # Otherwise each description repeats its values as Markdown.
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    # Several resources have a field of the same name with different choices.
    "ENUM_NAME_OVERRIDES": {
        "ExpressionState": "bids.api.expression.STATES",
        "BidState": "bids.states.BidState",
        "AwardState": "funding.states.AwardState",
        "SupportKind": "bids.models.expression.SupportKind",
        "QuestionKind": "bids.models.question_type.QuestionType",
    },
    "PREPROCESSING_HOOKS": ["innovation.api.schema.select_resources"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "innovation.api.schema.add_problem_responses",
    ],
}
