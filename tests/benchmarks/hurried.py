"""The application's own Celery by a clock that runs forty times as fast, for the fault run: nothing else is changed.

A lease of ten minutes runs out in fifteen seconds, and the timetable turns as fast. `python -m tests.benchmarks.hurried`
loads everything once and then starts programs from its input, a line each: a name and the arguments of Celery; it
answers with the number of the process. Each is a process group of its own and greets the mail server by its name.
"""

import os
import signal
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import django
from django.core.mail.utils import DNS_NAME

django.setup()

from config.celery import PLANNER, QUARTER, SENDER, SENDER_EVERY, app  # noqa: E402
from tests.benchmarks.crowd import NOW  # noqa: E402
from tracker import delivery, tasks  # noqa: E402

SPEED = 40
BEGAN = float(os.environ.get("HURRIED_SINCE", time.time()))


def now() -> datetime:
    """The fast clock: it stood at the benchmark's moment when the run began."""
    return NOW + timedelta(seconds=(time.time() - BEGAN) * SPEED)


tasks.timezone = SimpleNamespace(now=now)
delivery.AT_ONCE = int(os.environ.get("HURRIED_AT_ONCE", delivery.AT_ONCE))
app.conf.broker_transport_options = {"visibility_timeout": QUARTER / SPEED}
app.conf.beat_schedule = {
    "the planner": {
        "task": PLANNER,
        "schedule": timedelta(seconds=QUARTER / SPEED),
        "options": {"expires": QUARTER / SPEED},
    },
    # More often than in life, so that workers who have just come back find something to do.
    "the sender": {
        "task": SENDER,
        "schedule": timedelta(seconds=1),
        "options": {"expires": SENDER_EVERY / SPEED},
    },
}


def start(name: str, arguments: list[str]) -> int:
    """Fork a program of Celery; the number of its process."""
    child = os.fork()
    if child:
        return child
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    DNS_NAME._fqdn = name
    words = os.open(Path(os.environ["VAR_DIR"]) / f"{name}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, place in enumerate((nothing, words, words)):
        os.dup2(place, number)
    try:
        app.start(arguments)
    finally:
        os._exit(1)


def main() -> None:
    """Start what the input names until it ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    app.loader.import_default_modules()
    print("ready", flush=True)  # noqa: T201
    for line in sys.stdin:
        name, *arguments = line.split()
        print(start(name, arguments), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
