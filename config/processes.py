"""Processes that outlive mistakes: each is started in a session of its own, known again later, and ended with all it began."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PR_SET_PDEATHSIG = 1  # prctl(2): the signal a process gets when its parent dies
LOG_BYTES = 5 * 1024 * 1024
STOP_SECONDS = 15


@dataclass(frozen=True)
class Known:
    """A process as a later run knows it again: its id alone may have passed to another."""

    pid: int
    identity: str


def identity(pid: int) -> str:
    """What tells this process from every other that ever had its id: when it began. Empty where there is none."""
    try:
        if sys.platform == "linux":
            state, *fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
            return "" if state == "Z" else f"{boot} {fields[18]}"
        asked = subprocess.run(["/bin/ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True)  # noqa: S603
        return asked.stdout.strip()
    except OSError:
        return ""


def known(pid: int) -> Known:
    """The process as a later run knows it again."""
    return Known(pid, identity(pid))


def _end_with_parent() -> Callable[[], None] | None:
    """On Linux the kernel itself asks a child to end when its parent is killed."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(PR_SET_PDEATHSIG, signal.SIGTERM) and None


def start(
    command: Sequence[str], *, log: Path, environment: Mapping[str, str], folder: Path
) -> subprocess.Popen[bytes]:
    """Starts a program whose words go to the log file. Ctrl-C in the terminal does not reach it: we end it in order."""
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    with log.open("ab") as words:
        return subprocess.Popen(  # noqa: S603
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_end_with_parent(),
        )


def is_running(process: Known) -> bool:
    """Whether it is still the same process, and not another that has its id now."""
    return bool(process.identity) and identity(process.pid) == process.identity


def end(process: Known) -> None:
    """Asks a process to end; where it does not within STOP_SECONDS, ends it and what it began."""
    if not is_running(process):
        return
    os.kill(process.pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while is_running(process) and time.monotonic() < deadline:
        time.sleep(0.05)
    if is_running(process):
        end_group(process.pid)


def end_group(pid: int) -> None:
    """Ends what is left in the group of a process that we started and have not collected, so that its id is still its own."""
    # macOS says "not permitted" of a group in which only the dead are left.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def end_marked(mark: str) -> None:
    """On Linux, ends every process of ours that carries the mark (NAME=value) in its environment."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if mark.encode() in (folder / "environ").read_bytes().split(b"\0"):
                os.kill(int(folder.name), signal.SIGKILL)
