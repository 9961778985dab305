"""Tasks go through a real broker to a worker of their own, and what they come to stands in the database."""

import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from celery import Celery
from celery.schedules import crontab

from config.celery import PLANNER, app, broker_url
from tests.installations import ROOT, environment, manage
from tests.servers import stop, valkey
from tracker.choices import Channel
from tracker.models import Due
from tracker.services import notices
from tracker.tasks import plan_notices, the_house

SECONDS = 90


@contextmanager
def debian_redis():
    """Debian's own Redis on a socket, where it is installed."""
    if not shutil.which("redis-server"):
        pytest.skip("redis-server is not installed (apt install redis-server)")
    with tempfile.TemporaryDirectory(prefix="rd-") as folder:
        arguments = ["--port", "0", "--unixsocket", f"{folder}/s", "--dir", folder, "--save", ""]
        process = subprocess.Popen(["redis-server", *arguments], stdout=subprocess.DEVNULL, start_new_session=True)
        try:
            wait_until(lambda: Path(folder, "s").exists(), "redis-server does not start")
            yield Path(folder) / "s"
        finally:
            stop(process)


def wait_until(so, what):
    deadline = time.monotonic() + SECONDS
    while not so():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """A demonstration in a folder, with a database of its own; its environment."""
    folder = tmp_path_factory.mktemp("celery")
    with environment(folder) as env:
        for words in (["migrate", "-v0"], ["load_reference", "--demonstration"], ["demonstrate"]):
            done = manage(*words, env=env)
            assert done.returncode == 0, done.stderr
        yield env


@pytest.fixture(params=[valkey, debian_redis], ids=["valkey", "redis"])
def broker(request):
    with request.param() as path:
        yield f"unix://{path}"


@contextmanager
def worker(env, broker):
    """A worker in a process of its own."""
    command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "-P", "threads", "-c", "2"]
    log = Path(env["VAR_DIR"]) / "worker.log"
    with log.open("wb") as words:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**env, "REDIS_URL": broker}, stdout=words, stderr=words, start_new_session=True
        )
    try:
        yield process
    finally:
        stop(process)


def ask(env, query):
    """One statement to the installation's database, seen from outside; its first row if it has any."""
    if "DATABASE_URL" in env:
        with psycopg.connect(env["DATABASE_URL"], autocommit=True) as connection:
            answer = connection.execute(query.encode())
            return answer.fetchone() if answer.description else None
    done = subprocess.run(
        [sys.executable, "-c", SQLITE, f"{env['VAR_DIR']}/tracker.sqlite3", query],
        capture_output=True,
        text=True,
        check=True,
    )
    return [int(done.stdout)] if done.stdout.strip().isdigit() else None


SQLITE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=20)
row = connection.execute(sys.argv[2]).fetchone()
connection.commit()
print(row[0] if row else "")
"""


def owed(env):
    return ask(env, "SELECT count(*) FROM tracker_due")[0]


def nothing_is_told_yet(env):
    """As before the first run: by day, from the council's hour on, the worker has gone on to put mails out."""
    for table in ("tracker_told", "tracker_notice", "tracker_due"):
        ask(env, f"DELETE FROM {table}")
    ask(env, "UPDATE tracker_action SET next_notice_on = '2012-01-01' WHERE next_notice_on IS NOT NULL")


def queue(broker):
    """Puts the planner's task into the broker, as the scheduler does."""
    with Celery(broker=broker_url(broker)) as sender:
        sender.send_task(PLANNER)


def test_a_task_goes_through_the_broker_and_its_rows_stand_in_the_database(installation, broker):
    nothing_is_told_yet(installation)
    with worker(installation, broker):
        queue(broker)
        wait_until(lambda: owed(installation) > 0, "No row was written")


def test_a_task_that_waits_is_done_by_the_worker_that_comes_later(installation, broker):
    nothing_is_told_yet(installation)
    queue(broker)
    with worker(installation, broker):
        wait_until(lambda: owed(installation) > 0, "No row was written")


def test_every_task_of_the_timetable_is_known_and_expires_before_its_next_turn():
    app.loader.import_default_modules()
    kept = [
        (entry["task"] in app.tasks, entry["options"]["expires"] <= 900) for entry in app.conf.beat_schedule.values()
    ]
    assert set(kept) == {(True, True)}


def test_the_planner_runs_every_quarter_of_an_hour_by_londons_clock():
    schedule = app.conf.beat_schedule["the planner"]["schedule"]
    assert (schedule, str(app.conf.timezone)) == (crontab(minute="*/15"), "Europe/London")


def test_a_task_is_struck_off_when_it_is_done_and_only_json_is_taken():
    assert (app.conf.task_acks_late, app.conf.worker_prefetch_multiplier, app.conf.accept_content) == (
        True,
        1,
        ["json"],
    )


@pytest.mark.parametrize(
    ("given", "broker"),
    [
        ("unix:///run/a/s", "redis+socket:///run/a/s"),
        ("redis://host:6379", "redis://host:6379"),
        ("", "memory://"),
    ],
)
def test_the_brokers_address_is_written_as_celery_wants_it(given, broker):
    assert broker_url(given) == broker


def test_the_house_acts_in_a_task_with_the_tasks_id():
    actor = the_house("abc")
    assert (actor.channel, actor.is_house, actor.request_id) == (Channel.TASK, True, "abc")


def test_the_planner_run_twice_writes_nothing_twice(report):
    plan_notices.apply().get()
    written = Due.objects.count()
    plan_notices.apply().get()
    assert (written > 0, Due.objects.count()) == (True, written)


def test_the_planner_leaves_word_of_its_last_run(report):
    before = notices.last_run()
    plan_notices.apply().get()
    assert (before, notices.last_run() is not None) == (None, True)
