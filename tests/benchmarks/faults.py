"""Whether digests survive everything at once: `python -m tests.benchmarks.faults`.

Real Celery workers and two schedulers on a Valkey and a PostgreSQL of their own, by a clock that runs forty times as
fast. Each worker is killed many times at random, the mail server refuses and drops at random, Valkey is emptied twice,
PostgreSQL is restarted once. At the end everybody has their digest. A second copy is allowed only where a sender was
killed between the server's yes and our own commit, and must carry the same Message-ID.

Sizes can be set: BENCH_OWED (1,000 digests), BENCH_WORKERS (4), BENCH_KILLS (25 for each worker), BENCH_SEED.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import redis

from tests.benchmarks.figures import ROOT, installation, run, say, size
from tests.servers import restart, valkey
from tests.smtp_sink import Manners, Running, Yes, sink

FILL = (
    "import django; django.setup(); from tests.benchmarks.crowd import *;"
    "people({0}, leads=0); plans({0}, {0}, series='2025A', due=owing(TODAY, TODAY)); settled()"
)
WORKER = "worker --pool prefork --concurrency 1 --loglevel info --without-gossip --without-mingle -n {}@here"
BEAT = "beat --loglevel info --schedule {} --pidfile="
READY = "ready."
READY_SECONDS, IDLE_SECONDS, END_SECONDS = 60, 8, 900
# What a worker does between its first mail and its death, at most, in seconds.
LIFE = 1.0
AT_ONCE = 50  # envelopes claimed together, as the application does


@dataclass(frozen=True)
class Plan:
    """How much happens."""

    owed: int = 1000
    workers: int = 4
    kills: int = 25
    seed: int = 1
    flushes: int = 2
    restarts: int = 1
    at_once: int = AT_ONCE
    manners: Manners = field(default_factory=lambda: Manners(delay=0.05, busy=3, later=2, drops=3, seed=1))


@dataclass
class Figures:
    """What came of it."""

    recipients: int = 0
    without: int = 0
    unsent: int = 0
    sent: int = 0
    doubles: int = 0
    outside: int = 0
    kills: int = 0
    told: Counter[str] = field(default_factory=Counter)
    seconds: float = 0

    @property
    def well(self) -> bool:
        """Whether everybody has a digest, and nobody two without a reason."""
        return not (self.without or self.unsent or self.outside)


def main() -> int:
    """Print the figures; exit status 1 where a digest was lost or doubled without a reason."""
    # Being told to stop must still stop what was started, so it becomes an ordinary exit.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    plan = Plan(size("OWED", 1000), size("WORKERS", 4), size("KILLS", 25), size("SEED", 1))
    with tempfile.TemporaryDirectory(prefix="faults-") as name, installation(Path(name)) as environment:
        found = go(plan, Path(name), environment)
    tell(plan, found)
    return int(not found.well)


def tell(plan: Plan, found: Figures) -> None:
    """Print the figures."""
    say(
        f"{found.recipients} digests owed, {plan.workers} workers, {found.kills} kills, {plan.flushes} times Valkey emptied, PostgreSQL restarted once"
    )
    say(
        f"the server refused {found.told['421']} times with 421 and {found.told['451']} with 451, and dropped {found.told['dropped']} lines"
    )
    say(
        f"sent:      {found.sent:6} mails in {found.seconds:.0f} s; {found.without} people without a digest, {found.unsent} not written down as sent"
    )
    say(
        f"doubles:   {found.doubles:6} with the same Message-ID, of which outside the crash window: {found.outside} (must be 0)"
    )


def go(plan: Plan, folder: Path, environment: dict[str, str]) -> Figures:
    """Owe everything and let it happen; the figures. `environment` is of an installation with its reference rows."""
    address = environment["DATABASE_URL"]
    run("-c", FILL.format(plan.owed), env=environment)
    with ExitStack() as held:
        server = held.enter_context(sink(folder, plan.manners))
        broker = held.enter_context(valkey())
        ours = {"REDIS_URL": f"unix://{broker}", "EMAIL_URL": f"smtp://127.0.0.1:{server.port}"}
        begun = time.time()
        house = held.enter_context(
            nursery({**environment, **ours, "HURRIED_SINCE": str(begun), "HURRIED_AT_ONCE": str(plan.at_once)}, folder)
        )
        trouble = Trouble(plan, house, server, broker, address)
        trouble.make()
        seconds = time.time() - begun
        return audited(plan, server, house, address, trouble, seconds)


@dataclass(frozen=True)
class Nursery:
    """Starts programs of Celery, and knows when each was killed."""

    process: subprocess.Popen[str]
    folder: Path
    killed: dict[str, float] = field(default_factory=dict)
    living: dict[str, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self, name: str, words: str) -> None:
        """Start a program under that name."""
        with self.lock:
            self.process.stdin.write(f"{name} {words}\n")
            self.process.stdin.flush()
            self.living[name] = int(self.process.stdout.readline())

    def kill(self, name: str) -> None:
        """End a program and all it began, as when the machine loses its power."""
        with suppress(ProcessLookupError):
            os.killpg(self.living.pop(name), signal.SIGKILL)
        self.killed[name] = time.time()

    def is_ready(self, name: str) -> bool:
        """Whether a worker takes tasks."""
        log = self.folder / f"{name}.log"
        return log.exists() and READY in log.read_text(errors="replace")


@contextmanager
def nursery(environment: dict[str, str], folder: Path) -> Iterator[Nursery]:
    """Where programs are started from as long as the block lasts; what is left of them is ended."""
    command = [sys.executable, "-m", "tests.benchmarks.hurried"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env=environment, **pipes) as process:
        process.stdout.readline()
        found = Nursery(process, folder)
        try:
            yield found
        finally:
            for name in list(found.living):
                found.kill(name)
            process.stdin.close()


class Trouble:
    """Everything that goes wrong: each worker's deaths in a thread of its own, the servers' in between."""

    def __init__(self, plan: Plan, house: Nursery, server: Running, broker: Path, address: str) -> None:
        self.plan, self.house, self.server, self.broker, self.address = plan, house, server, broker, address
        self.kills, self.away, self.problems = 0, (0.0, 0.0), list[BaseException]()

    def make(self) -> None:
        """Let it all happen, and return when nothing is owed any more."""
        for number in range(2):
            self.house.start(f"beat-{number}", BEAT.format(self.house.folder / f"beat-{number}"))
        slots = [threading.Thread(target=self._slot, args=(number,)) for number in range(self.plan.workers)]
        for slot in slots:
            slot.start()
        self._servers(self.plan.workers * self.plan.kills)
        for slot in slots:
            slot.join()
        if self.problems:
            raise self.problems[0]
        until(lambda: not self._unsent(), END_SECONDS, "Not everything was sent")

    def _slot(self, number: int) -> None:
        """One worker's lives, each but the last ended at a random moment of its work."""
        chance = random.Random(f"{self.plan.seed}-{number}")  # noqa: S311
        try:
            for life in range(self.plan.kills + 1):
                name = f"worker-{number}-{life}"
                self.house.start(name, WORKER.format(name))
                until(lambda name=name: self.house.is_ready(name), READY_SECONDS, f"{name} does not start")
                if life < self.plan.kills:
                    self._works(name)
                    time.sleep(chance.uniform(0, LIFE))
                    self.house.kill(name)
                    self.kills += 1
        except BaseException as error:  # noqa: BLE001  raised again by whoever waits for this thread
            self.problems.append(error)
            self.kills = self.plan.workers * self.plan.kills

    def _works(self, name: str) -> None:
        """Returns when the worker has sent a mail, or after a while in which there was nothing to send."""
        deadline = time.monotonic() + IDLE_SECONDS
        while time.monotonic() < deadline and not any(yes.sender == name for yes in self.server.taken()):
            time.sleep(0.1)

    def _servers(self, kills: int) -> None:
        """Empty Valkey and restart PostgreSQL when their share of the kills is reached."""
        for number in range(1, self.plan.flushes + 1):
            until(
                lambda number=number: self.kills >= kills * number // (self.plan.flushes + 1), END_SECONDS, "No kills"
            )
            with redis.Redis(unix_socket_path=str(self.broker)) as client:
                client.flushall()
            if number == 1 and self.plan.restarts:
                until(lambda: self.kills >= kills // 2, END_SECONDS, "No kills")
                begun = time.time()
                restart(self.address)
                self.away = (begun, time.time())

    def _unsent(self) -> int:
        return count(self.address, "SELECT count(*) FROM tracker_notice WHERE state IN ('owed', 'claimed')")


def until(so: Callable[[], bool], seconds: float, otherwise: str) -> None:
    """Returns when it is so; TimeoutError after so many seconds."""
    deadline = time.monotonic() + seconds
    while not so():
        if time.monotonic() > deadline:
            raise TimeoutError(otherwise)
        time.sleep(0.1)


def count(address: str, query: str) -> int:
    """A number that the database tells."""
    with psycopg.connect(address, autocommit=True) as connection:
        return connection.execute(query.encode()).fetchone()[0]


def audited(plan: Plan, server: Running, house: Nursery, address: str, trouble: Trouble, seconds: float) -> Figures:
    """Count what arrived, and judge every second copy."""
    taken = server.taken()
    wanted = {f"owner{number}@example.org" for number in range(1, plan.owed + 1)}
    unsent = count(
        address,
        "SELECT count(*) FROM tracker_user u WHERE email LIKE 'owner%' AND email <> 'owner0@example.org' AND NOT EXISTS"
        " (SELECT 1 FROM tracker_notice n WHERE n.recipient_id = u.id AND n.state = 'sent')",
    )
    doubled = list(doubles(taken))
    outside = [pair for pair in doubled if not in_window(*pair, taken, house.killed, trouble.away)]
    return Figures(
        recipients=len(wanted),
        without=len(wanted - {yes.recipient for yes in taken}),
        unsent=unsent,
        sent=len(taken),
        doubles=len(doubled),
        outside=len(outside) + named_twice(taken),
        kills=trouble.kills,
        told=server.told(),
        seconds=seconds,
    )


def doubles(taken: list[Yes]) -> Iterator[tuple[Yes, Yes]]:
    """Each copy after a first one, with the one before it."""
    found: dict[str, Yes] = {}
    for yes in taken:
        if yes.message_id in found:
            yield found[yes.message_id], yes
        found[yes.message_id] = yes


def named_twice(taken: list[Yes]) -> int:
    """How many people got two mails of one morning under different names."""
    names: dict[str, set[str]] = defaultdict(set)
    for yes in taken:
        names[yes.recipient].add(yes.message_id)
    return sum(len(found) - 1 for found in names.values())


def in_window(first: Yes, second: Yes, taken: list[Yes], killed: dict[str, float], away: tuple[float, float]) -> bool:
    """Whether the first copy's sender died with the server's yes and before its own commit.

    A sender writes down one yes before it asks for the next: so that copy was its last, and it was dead before the
    second went out. The other way is a commit that was lost because the database was being restarted just then.
    """
    last = [yes for yes in taken if yes.sender == first.sender][-1]
    died = last is first and killed.get(first.sender, float("inf")) <= second.moment
    return died or away[0] - 1 <= first.moment <= away[1]


if __name__ == "__main__":
    sys.exit(main())
