"""What the benchmarks share: sizes from the environment, a line of the figures, and a PostgreSQL with its databases."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.servers import postgres

ROOT = Path(__file__).parents[2]


def size(name: str, usual: int) -> int:
    """A number of the benchmark, from the environment where it is set there: BENCH_ and the name."""
    return int(os.environ.get(f"BENCH_{name}", usual))


def sizes(name: str, usual: str) -> list[int]:
    """Several numbers, separated by commas."""
    return [int(word) for word in os.environ.get(f"BENCH_{name}", usual).split(",")]


def say(line: str) -> None:
    """One line of the figures, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@contextmanager
def installation(folder: Path, name: str = "bench") -> Iterator[dict[str, str]]:
    """The environment of an installation on a PostgreSQL of its own, migrated, with its reference rows."""
    with postgres() as server:
        environment = environment_on(server, folder)
        run("-c", "import django; django.setup(); from tests.benchmarks import crowd; crowd.begin()", env=environment)
        yield environment


def environment_on(address: str, folder: Path) -> dict[str, str]:
    """The environment of an installation whose database stands at the address and whose files in the folder."""
    ours = {"DATABASE_URL": address, "VAR_DIR": str(folder), "SECRET_KEY": secrets.token_urlsafe(50), "HTTPS": "no"}
    more = {"DJANGO_SETTINGS_MODULE": "config.settings", "SITE_ADDRESS": "https://tracker.example.org"}
    quiet = {"PYTHONWARNINGS": "ignore", "PYTHONUNBUFFERED": "1"}
    return {**os.environ, **ours, **more, **quiet}


def copied(environment: Mapping[str, str], name: str) -> dict[str, str]:
    """The same installation with a copy of its database under another name."""
    parts = urlsplit(environment["DATABASE_URL"])
    server = parts._replace(path="/template1").geturl()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{parts.path[1:]}"'.encode())
    return {**environment, "DATABASE_URL": parts._replace(path=f"/{name}").geturl()}


def run(*words: str, env: Mapping[str, str]) -> int:
    """Run Python on these words to its end; its exit status where that is 0 or 1, else CalledProcessError."""
    done = subprocess.run([sys.executable, *words], cwd=ROOT, env=dict(env), check=False)
    if done.returncode > 1 or (done.returncode and words[0] == "-c"):
        raise subprocess.CalledProcessError(done.returncode, words)
    return done.returncode
