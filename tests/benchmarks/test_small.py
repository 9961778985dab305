"""The benchmarks of the digests in small: that they work, and that nothing is lost. How fast things are says no test."""

import os
import re
import secrets
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from tests.benchmarks import faults
from tests.benchmarks.figures import ROOT, environment_on
from tests.smtp_sink import Manners


@pytest.fixture
def installation(transactional_db, tmp_path):
    """The environment of an installation whose database is a copy of the tests' own, as every test finds it."""
    connection.close()  # nobody may be in a database that is copied
    name, parts = f"small_{secrets.token_hex(6)}", urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(parts._replace(path="/template1").geturl(), autocommit=True) as server:
        server.execute(f'CREATE DATABASE {name} TEMPLATE "{connection.settings_dict["NAME"]}"'.encode())
        yield environment_on(parts._replace(path=f"/{name}").geturl(), tmp_path)
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def figures_of(part, environment, **sizes):
    named = {f"BENCH_{name}": str(value) for name, value in sizes.items()}
    command = [sys.executable, "-m", f"tests.benchmarks.{part}"]
    done = subprocess.run(command, cwd=ROOT, env={**environment, **named}, capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def test_of_many_senders_everybody_gets_a_digest(installation):
    told = figures_of("sending", installation, RECIPIENTS=12, EACH=2, SENDERS=2)
    assert re.search(r"digests: .* 0 unsent\n", told)


def test_the_planner_owes_the_same_whatever_else_is_in_the_plan(installation):
    told = figures_of("planning", installation, DUE=10, PLANS="20,60")
    found = [tuple(map(int, row)) for row in re.findall(r"(\d+) actions, (\d+) due, (\d+) rows owed", told)]
    assert found == [(20, 10, 10), (60, 10, 10)]


def test_killed_workers_a_broker_that_forgets_and_a_server_that_refuses_lose_and_double_nothing(installation, tmp_path):
    plan = faults.Plan(
        owed=40, workers=2, kills=3, flushes=1, restarts=0, at_once=4, manners=Manners(0.02, 3, 2, 3, seed=7)
    )
    found = faults.go(plan, tmp_path, installation)
    assert (found.well, found.kills, found.recipients) == (True, 6, 40)
