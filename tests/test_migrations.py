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
# An event with its body, as a release before 0016 left them.
BEFORE_CHAINS = """
INSERT INTO tracker_chain (id, key, length, head) VALUES (1, 'installation', 0, ''), (2, 'authority-RTH', 1, 'a');
INSERT INTO tracker_event (id, format, chain_id, sequence, recorded_at, kind, subject_type, subject_id, channel,
  request_id, body_hash, previous_hash, hash)
VALUES (7, 1, 2, 1, '2013-03-01 12:00:00', 'action_edited', 'action', 5, 'web', '', 'b', '', 'a');
INSERT INTO tracker_eventbody (id, event_id, position, subject_type, subject_id, hash, salt, body)
VALUES (70, 7, 0, 'action', 5, 'c', 'salt', '{}');
"""


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """An installation's database after all migrations, the last of them over rows of the trail."""
    folder = tmp_path_factory.mktemp("var")
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment = {**kept, "VAR_DIR": str(folder)}

    def manage(*words):
        subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=environment, check=True, timeout=300)

    manage("migrate", "tracker", "0015", "--verbosity", "0")
    path = next(folder.glob("*.sqlite3"))
    with sqlite3.connect(path) as database:
        database.executescript(BEFORE_CHAINS)
    manage("migrate", "--verbosity", "0")
    manage("check", "--database", "default")
    return path


def rows(path, query):
    with sqlite3.connect(path) as database:
        return database.execute(query).fetchall()


def test_the_guards_of_the_trail_stand_after_all_migrations(migrated):
    names = rows(migrated, "SELECT name FROM sqlite_master WHERE type = 'trigger'")
    assert {name for (name,) in names} >= set(triggers._sqlite(()))


def test_the_migrations_make_every_table_of_the_models(migrated):
    names = rows(migrated, "SELECT name FROM sqlite_master WHERE type = 'table'")
    assert {name for (name,) in names} >= set(connections["default"].introspection.django_table_names())


def test_a_body_is_given_the_chain_of_its_event_and_keeps_its_words(migrated):
    told = rows(
        migrated,
        "SELECT chain_id, event_id, position, subject_id, hash, salt, body FROM tracker_eventbody WHERE id = 70",
    )
    assert told == [(2, 7, 0, 5, "c", "salt", "{}")]


def test_the_guards_keep_a_body_in_its_chain(migrated):
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        rows(migrated, "UPDATE tracker_eventbody SET chain_id = 1 WHERE id = 70")
