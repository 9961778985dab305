"""The application as one command: it starts, can be signed in to, mends itself, and ends with nothing left behind."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tests.installations import ROOT, environment, free_port, living_in, manage, take_frontend

SECONDS = 120


class Served:
    """A running `manage.py serve` and what it says."""

    def __init__(self, folder, env):
        self.folder, self.env, self.words = folder, env, folder / "words"
        self.address = f"http://127.0.0.1:{env['PORT']}"
        with self.words.open("wb") as words:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"], cwd=ROOT, env=env, stdout=words, stderr=words
            )

    def said(self):
        return self.words.read_text()

    def status(self, path):
        try:
            with urllib.request.build_opener().open(self.address + path, timeout=5) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except (OSError, http.client.HTTPException):
            return None

    def wait_until(self, so, what):
        deadline = time.monotonic() + SECONDS
        while not so():
            assert self.process.poll() is None, f"It ended with {self.process.returncode}: {self.said()}"
            assert time.monotonic() < deadline, f"{what} after {SECONDS} seconds: {self.said()}"
            time.sleep(0.1)

    def wait(self):
        self.wait_until(lambda: "The tracker is ready" in self.said(), "Not ready")
        return self

    def program(self, name):
        """The process of a program, by the module it runs."""
        for pid in living_in(self.folder):
            words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
            parent = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
            if name in words and parent == self.process.pid:
                return pid
        return None

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(SECONDS)


@contextmanager
def serving(folder, env):
    """A run that is ended whatever happens."""
    served = Served(folder, env)
    try:
        yield served.wait()
    finally:
        if served.process.poll() is None:
            served.end()
        for pid in living_in(folder):
            os.kill(pid, signal.SIGKILL)


def shown_password(words, email):
    return re.search(rf"{re.escape(email)}\s+(\S+)", words).group(1)


def sign_in(served, email, password):
    """The address that a sign-in leads to."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with opener.open(f"{served.address}/accounts/login/") as page:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode()).group(1)
    form = {"login": email, "password": password, "csrfmiddlewaretoken": token}
    with opener.open(f"{served.address}/accounts/login/", urllib.parse.urlencode(form).encode()) as page:
        return urllib.parse.urlsplit(page.geturl()).path


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """A folder and an environment for an installation without the demonstration."""
    folder = tmp_path_factory.mktemp("installation")
    take_frontend(folder)
    with environment(folder, PORT=str(free_port()), EMPTY="1") as env:
        yield folder, env


@pytest.fixture(scope="module")
def killed(installation):
    """The first run of the installation, killed before it could end anything; its words and its processes."""
    with serving(*installation) as served:
        served.processes = set(living_in(served.folder))
        served.first_words = served.said()
        served.end(signal.SIGKILL)
        yield served


@pytest.fixture(scope="module")
def running(installation, killed):
    """The same installation, started again on the same port."""
    with serving(*installation) as served:
        yield served


def test_the_first_administrator_signs_in_with_the_password_that_was_shown(killed, running):
    email = "administrator@example.org"
    assert sign_in(running, email, shown_password(killed.first_words, email)) != "/accounts/login/"


def test_health_is_told_to_anybody(running):
    assert running.status("/health") == 200


def test_the_front_end_files_are_served(running):
    assert running.status("/static/govuk/govuk-frontend.min.css") == 200


def test_a_second_run_is_refused_with_a_sentence(running):
    second = manage("serve", env=running.env)
    assert (second.returncode, f"running already at {running.address}" in second.stderr) == (1, True), second.stderr


@pytest.mark.parametrize("name", ["celery", "granian"])
def test_a_program_that_is_killed_is_started_again(running, name):
    killed = running.program(name)
    os.kill(killed, signal.SIGKILL)
    running.wait_until(lambda: running.program(name) not in (None, killed), f"{name} is not started again")
    running.wait_until(lambda: running.status("/health") == 200, "Not well again")


def test_nothing_of_a_killed_run_is_left_when_the_next_is_ready(killed, running):
    assert not killed.processes & set(living_in(running.folder))


def test_logs_and_database_are_for_their_owner_alone(running):
    written = [*running.folder.glob("log/*"), *running.folder.glob("*.sqlite3")]
    assert [path.name for path in written if path.stat().st_mode & 0o077] == []


def test_a_password_is_shown_by_the_first_run_alone(running):
    assert "administrator@example.org" not in running.said()


def test_the_demonstration_begins_with_five_plans_and_a_lead_who_can_sign_in(tmp_path):
    take_frontend(tmp_path)
    with environment(tmp_path, PORT=str(free_port())) as env, serving(tmp_path, env) as served:
        landed = sign_in(served, "lead@example.org", shown_password(served.said(), "lead@example.org"))
        assert (served.said().count("Accepted as a plan"), landed) == (5, "/")


def test_a_port_that_is_taken_is_told_with_what_to_do(tmp_path, running):
    port = running.env["PORT"]
    with environment(tmp_path, PORT=port, EMPTY="1") as env:
        told = manage("serve", env=env)
    assert (told.returncode, f"Port {port} is in use" in told.stderr, "Traceback" in told.stderr) == (1, True, False), (
        told.stderr
    )


def test_a_folder_that_cannot_be_written_is_told_with_what_to_do(tmp_path):
    (tmp_path / "file").touch()
    with environment(tmp_path / "file" / "var", PORT=str(free_port())) as env:
        told = manage("serve", env=env)
    assert (told.returncode, "VAR_DIR to a folder that may be written" in told.stderr, "Traceback" in told.stderr) == (
        1,
        True,
        False,
    ), told.stderr


def test_being_told_to_stop_ends_everything(running):
    sockets = Path(json.loads((running.folder / "serve.json").read_text())["sockets"])
    was_there = sockets.exists()
    assert (running.end(), living_in(running.folder), was_there, sockets.exists()) == (0, [], True, False)
