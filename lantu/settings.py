"""Settings, read once from the environment. env.sample lists every variable."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent


def _text(name: str, default: str) -> str:
    return os.environ.get(f"LANTU_{name}", default)


def _truth(name: str) -> bool:
    value = _text(name, "0").lower()
    if value not in ("0", "1", "true", "false", "yes", "no", ""):
        raise ImproperlyConfigured(f"LANTU_{name} is {value!r}. Write 1 or 0; see env.sample.")
    return value in ("1", "true", "yes")


def _home() -> Path:
    home = Path(_text("HOME", str(ROOT / "var"))).expanduser().resolve()
    home.mkdir(parents=True, exist_ok=True)
    return home


def _secret() -> str:
    """The signing key: from the environment, or made once and kept beside the database."""
    if key := _text("SECRET_KEY", ""):
        return key
    kept = HOME / "secret.key"
    try:
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(60))
    return kept.read_text(encoding="ascii").strip()


def _database(url: str) -> dict[str, object]:
    if not url:
        # Measured: with Django's defaults 430 of 480 concurrent writes were lost, so none of the
        # three may go: write-ahead log, IMMEDIATE transactions, and waiting for the lock.
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "lantu.sqlite3",
            # To open one costs two milliseconds, and to close the last one clears the log away.
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                "PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured(
            f"LANTU_DATABASE_URL begins with {parts.scheme!r}. "
            "Write postgresql://user:password@host:port/name, or leave it empty for SQLite."
        )
    options = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(options.pop("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        # An answer that streams may be given up half-way. Its server-side cursor would be closed by
        # the collector of rubbish while another of the same connection waits, and both for ever.
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {name: unquote(value) for name, value in options.items()},
    }


def _mail_lock(way: str) -> tuple[bool, bool]:
    """Whether the connection to the mail server is encrypted after its start, or from it."""
    ways = {"starttls": (True, False), "tls": (False, True), "none": (False, False)}
    if way not in ways:
        raise ImproperlyConfigured(f"LANTU_MAIL_LOCK is {way!r}. Write starttls, tls or none.")
    return ways[way]


HOME = _home()
SECRET_KEY = _secret()
DEBUG = _truth("DEBUG")
ALLOWED_HOSTS = _text("HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
HTTPS = _truth("HTTPS")

SERVICES = [
    "plan", "projects", "enterprises", "environment", "split", "returns", "reports", "reading",
    "opendata", "supervision", "finding", "comparing", "departments", "handbook", "notices",
    "assessment", "scenarios", "appraisal", "totals",
]  # fmt: skip
BLOCKS = ["access", "registry", "places", "documents", "facts", "methods", "commitments", "cases"]

ROOT_URLCONF = "lantu.urls"
WSGI_APPLICATION = "lantu.wsgi.application"
DATABASES = {"default": _database(_text("DATABASE_URL", ""))}

INSTALLED_APPS = [
    # Ours first, so that our templates stand before those of the libraries.
    "lantu.ui",
    *(f"lantu.kernel.{name}" for name in BLOCKS),
    *(f"lantu.services.{name}" for name in SERVICES),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "rules.apps.AutodiscoverRulesConfig",
]
# Forms are drawn by our templates where there is one (ui/templates/django/forms).
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
MIDDLEWARE = [
    "lantu.kernel.access.middleware.asked_from",
    "lantu.kernel.access.middleware.of_a_zone",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lantu.services.opendata.sharing.shared",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lantu.ui.again.signed_out",
    "lantu.ui.refusals.by_the_server",
    "lantu.ui.refusals.not_allowed",
    "axes.middleware.AxesMiddleware",
    "lantu.kernel.access.middleware.one_state",
]
CSRF_FAILURE_VIEW = "lantu.ui.refusals.expired"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ]
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS: list[str] = []

# People
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "lantu.kernel.access.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # that letter would invite strangers to sign up
ACCOUNT_FORMS = {
    "login": "lantu.kernel.access.forms.SignIn",
    "change_password": "lantu.kernel.access.forms.ChangePassword",
    "reset_password": "lantu.kernel.access.forms.AskForLink",
    "reset_password_from_key": "lantu.kernel.access.forms.ChoosePassword",
    "reauthenticate": "lantu.kernel.access.forms.PasswordAgain",
}
MFA_ADAPTER = "lantu.kernel.access.adapter.SecondFactors"
MFA_FORMS = {
    "authenticate": "lantu.kernel.access.forms.SecondFactor",
    "reauthenticate": "lantu.kernel.access.forms.SecondFactorAgain",
    "activate_totp": "lantu.kernel.access.forms.FirstCode",
}
MFA_TOTP_ISSUER = "Lantu"
# WebAuthn needs inline scripts in its pages, which the content security policy forbids.
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 1  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "lantu.ui.refusals.locked"

# Languages: Chinese first
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [HOME / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = _text("TIME_ZONE", "Asia/Shanghai")

# The address of the licence under which the zone's data are published; empty: none was stated
DATA_LICENCE = _text("DATA_LICENCE", "")
OC4IDS_PREFIX = _text("OC4IDS_PREFIX", "")

# Letters and posts. Without a host no letter is written or sent.
ADDRESS = _text("ADDRESS", "http://localhost:8000").rstrip("/")  # where links in letters begin
EMAIL_HOST = _text("MAIL_HOST", "")
EMAIL_PORT = int(_text("MAIL_PORT", "587"))
EMAIL_HOST_USER = _text("MAIL_USER", "")
EMAIL_HOST_PASSWORD = _text("MAIL_PASSWORD", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail_lock(_text("MAIL_LOCK", "starttls"))
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _text("MAIL_FROM", "lantu@localhost")
HOOK_HOSTS = [host.lower() for host in _text("HOOK_HOSTS", "").split(",") if host]

# Files that browsers fetch
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
BUILT = HOME / "built"
BUILT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BUILT]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
CSRF_TRUSTED_ORIGINS = [origin for origin in _text("ORIGINS", "").split(",") if origin]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a return of a department with a thousand lines
LARGEST_UPLOAD = 50_000_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # A page that is not there, or not for whom asks, is an answer and no fault of the server:
    # each would be told with the whole way through the code.
    "loggers": {"django.request": {"level": "ERROR"}},
}
