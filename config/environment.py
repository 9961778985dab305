"""The environment, read with sentences that say what to set: the helpers of settings.py."""

import os
import secrets
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def env(name: str, default: str | None = None) -> str:
    """The text of an environment variable; without a default it has to be set."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}: this installation cannot start without it.")
    return value


def env_bool(name: str, default: bool) -> bool:
    """Yes or no: 1/0, true/false, yes/no, on/off."""
    value = env(name, str(default)).strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise ImproperlyConfigured(f"Set {name} to yes or no; it now says {value!r}.")


def env_int(name: str, default: int) -> int:
    """A whole number."""
    value = env(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"Set {name} to a whole number; it now says {value!r}.") from None


def env_one_of(name: str, default: str, words: tuple[str, ...]) -> str:
    """One of a few words."""
    value = env(name, default).strip().lower()
    if value not in words:
        raise ImproperlyConfigured(f"Set {name} to one of: {', '.join(words)}; it now says {value!r}.")
    return value


def env_list(name: str, default: str) -> list[str]:
    """Names separated by commas."""
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


def env_url(name: str, default: str, schemes: set[str]) -> SplitResult:
    """An address of one of the schemes."""
    url = urlsplit(env(name, default))
    if url.scheme not in schemes:
        raise ImproperlyConfigured(f"Set {name} to an address that begins with one of: {', '.join(sorted(schemes))}.")
    return url


def kept_secret(path: Path) -> str:
    """The embedded installation's own secret: made once, readable by its owner alone."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    except OSError as error:
        raise ImproperlyConfigured(
            f"Cannot write {path} ({error.strerror}). Set SECRET_KEY, or VAR_DIR to a folder that may be written."
        ) from None
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text()


def kept_folder(path: Path) -> Path:
    """A folder that has to be there."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"Cannot make the folder {path} ({error.strerror}). Set VAR_DIR to a folder that may be written."
        ) from None
    return path


def database(url: SplitResult) -> dict[str, object]:
    """Django's description of the database behind an address such as postgresql://user@/name?host=/folder."""
    if url.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(url.path[1:]) or ":memory:",
            # The write lock is taken at the start, so that two writers wait for each other and neither fails half-way.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path[1:]),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": dict(parse_qsl(url.query)).get("host", url.hostname or ""),
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
