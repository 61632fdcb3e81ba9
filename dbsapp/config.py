"""Settings: the environment in, one validated `Settings` out. `docs/deploy.md` explains each."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

import msgspec
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parent.parent
REMEMBER_DAYS = 90


class ConfigError(Exception):
    """A setting that cannot work; its text is one sentence that says what to do."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What an operator may set, each by an environment variable of the same name in capitals."""

    port: int = 8000
    host: str = "127.0.0.1"
    database_url: str
    secret_key: str
    redis_url: str = ""
    site_name: str = "DBS Four-Step"
    site_url: str = ""
    proxy_count: int = 0
    sync_limit: int = 3000

    def flask(self) -> dict[str, object]:
        """Return the settings as Flask and its extensions name them."""
        secure = self.site_url.startswith("https://")
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": {
                # What riders wrote has no place in a log, not even in that of an error.
                "hide_parameters": True,
                # Compact, since pulls send the text of a body as it is stored.
                "json_serializer": _compact_json,
                "json_deserializer": msgspec.json.decode,
            },
            "SITE_NAME": self.site_name,
            "SITE_URL": self.site_url,
            "PROXY_COUNT": self.proxy_count,
            "SYNC_LIMIT": self.sync_limit,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": secure,
            "REMEMBER_COOKIE_DURATION": REMEMBER_DAYS * 86_400,
            "REMEMBER_COOKIE_HTTPONLY": True,
            "REMEMBER_COOKIE_SAMESITE": "Lax",
            "REMEMBER_COOKIE_SECURE": secure,
            "REMEMBER_COOKIE_REFRESH_EACH_REQUEST": False,
            "MAX_CONTENT_LENGTH": 1_048_576,
            "WTF_CSRF_TIME_LIMIT": None,
            "RATELIMIT_STORAGE_URI": self.redis_url or "memory://",
            # Without Redis, each process counts for itself rather than letting nobody in.
            "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": bool(self.redis_url),
            "RATELIMIT_HEADERS_ENABLED": True,
        }


def load_settings(
    env: Mapping[str, str] = os.environ, instance: Path = ROOT / "instance"
) -> Settings:
    """Read the settings from `env`; keep a made `SECRET_KEY` in `instance`.

    Raises:
        ConfigError: a value is not what its setting needs.
    """
    return Settings(
        port=_whole_number(env, "PORT", 8000, 1, 65_535),
        host=env.get("HOST") or "127.0.0.1",
        database_url=_database_url(env.get("DATABASE_URL", ""), instance),
        secret_key=env.get("SECRET_KEY") or _kept_secret(instance),
        redis_url=env.get("REDIS_URL", ""),
        site_name=env.get("SITE_NAME") or "DBS Four-Step",
        site_url=env.get("SITE_URL", "").rstrip("/"),
        proxy_count=_whole_number(env, "PROXY_COUNT", 0, 0, 10),
        sync_limit=_whole_number(env, "SYNC_LIMIT", 3000, 100, 1_000_000_000),
    )


def _compact_json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _whole_number(env: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = env.get(name) or str(default)
    if text.isdecimal() and least <= int(text) <= most:
        return int(text)
    raise ConfigError(f"{name} is {text!r}; set it to a whole number from {least} to {most}.")


def _database_url(text: str, instance: Path) -> str:
    if not text:
        instance.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{instance / 'dbs.sqlite3'}"
    try:
        url = make_url(text)
    except ArgumentError:
        raise ConfigError(_URL_HELP) from None
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "postgresql+psycopg"):
        raise ConfigError(_URL_HELP)
    return url.render_as_string(hide_password=False)


_URL_HELP = (
    "DATABASE_URL is not one this app can use; set it to sqlite:////full/path/to/file.sqlite3 or "
    "postgresql://user:password@host/database, or leave it unset for a file in instance/."
)


def _kept_secret(instance: Path) -> str:
    """Return the key in `instance/secret_key`, made at the first start and readable by us only."""
    path = instance / "secret_key"
    instance.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return path.read_text().strip()
