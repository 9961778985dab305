"""Installations of their own for tests that start programs: a folder, a database that two processes see, an environment."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings

ROOT = Path(__file__).parent.parent
OURS = {"REDIS_URL", "VAR_DIR", "PORT", "EMPTY", "HISTORY", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"}


@contextmanager
def environment(folder: Path, **more: str) -> Iterator[dict[str, str]]:
    """The environment of an installation in the folder, on SQLite or on the PostgreSQL that the suite runs on."""
    bare = {name: value for name, value in os.environ.items() if name not in OURS}
    with database() as address:
        # Passwords alone, on PostgreSQL too, where a test does not ask for more.
        yield {**bare, **address, "VAR_DIR": str(folder), "SECOND_FACTOR": "off", **more}


@contextmanager
def database() -> Iterator[dict[str, str]]:
    """DATABASE_URL of a new PostgreSQL database for as long as the block lasts; nothing where the suite runs on SQLite."""
    server = os.environ.get("DATABASE_URL", "sqlite:")
    if server.startswith("sqlite:"):
        yield {}
        return
    name = f"own_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        yield {"DATABASE_URL": urlsplit(server)._replace(path=f"/{name}").geturl()}
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def take_frontend(folder: Path) -> None:
    """Puts the front-end files that are built already into the folder, so that nothing is fetched for it."""
    folder.mkdir(parents=True, exist_ok=True)
    if (settings.VAR_DIR / "frontend.stamp").exists():
        shutil.copytree(settings.FRONTEND_DIR, folder / "frontend", dirs_exist_ok=True)
        shutil.copy(settings.VAR_DIR / "frontend.stamp", folder)


def manage(*words: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Runs a command of manage.py to its end."""
    return subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=env, capture_output=True, text=True, timeout=300
    )


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def living_in(folder: Path) -> list[int]:
    """The processes whose installation is the folder (Linux)."""
    mark, found = f"VAR_DIR={folder}".encode(), []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (each / "environ").read_bytes().split(b"\0"):
                found.append(int(each.name))
        except OSError:
            continue
    return found
