"""The migrations on SQLite, where every rebuilt table loses its triggers: run from nothing, on a file of their own."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connections

from tracker.models import triggers

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """A new installation's database after all migrations."""
    folder = tmp_path_factory.mktemp("var")
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment = {**kept, "VAR_DIR": str(folder)}
    for words in (["migrate", "--verbosity", "0"], ["check", "--database", "default"]):
        subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=environment, check=True, timeout=300)
    return next(folder.glob("*.sqlite3"))


def test_the_guards_of_the_trail_stand_after_all_migrations(migrated):
    with sqlite3.connect(migrated) as database:
        rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    assert {name for (name,) in rows} >= set(triggers._sqlite())


def test_the_migrations_make_every_table_of_the_models(migrated):
    with sqlite3.connect(migrated) as database:
        rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    assert {name for (name,) in rows} >= set(connections["default"].introspection.django_table_names())
