"""One installation runs once: a locked file in VAR_DIR says so, and names what a run that was killed has left behind."""

import fcntl
import json
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from config import processes

MARK = "TRACKER_RUN"
# A socket's path may have 103 characters on macOS and 107 on Linux; the folder's own name takes about twenty.
SOCKET_ROOM = 80


class Stopped(Exception):
    """Why the application does not run (on), in a sentence for whoever started it."""


@dataclass
class Claim:
    """The right to run this installation, held as long as the file is open; and what is noted in it."""

    file: IO[str]
    address: str
    sockets: Path
    mark: str = field(default_factory=lambda: secrets.token_hex(8))

    def note(self, children: Iterable[processes.Known]) -> None:
        """Writes down what runs, for a later run that finds this one killed."""
        told = {"address": self.address, "sockets": str(self.sockets), "mark": self.mark}
        _write(self.file, {**told, "children": [[child.pid, child.identity] for child in children]})


@contextmanager
def claimed(folder: Path, address: str) -> Iterator[Claim]:
    """Holds the installation in the folder while the block lasts, after ending what a killed run has left.

    Raises Stopped where it runs already.
    """
    with (folder / "serve.json").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            at = _read(file).get("address", "")
            raise Stopped(f"The tracker is running already at {at}. Stop that one first (Ctrl-C).") from None
        clear_up(_read(file))
        claim = Claim(file, address, _socket_folder())
        try:
            claim.note([])
            yield claim
        finally:
            shutil.rmtree(claim.sockets, ignore_errors=True)
            _write(file, {})


def clear_up(left: dict[str, Any]) -> None:
    """Ends the programs of a run that was killed, and removes its socket."""
    for pid, identity in reversed(left.get("children", [])):
        processes.end(processes.Known(pid, identity))
    if left.get("mark"):
        processes.end_marked(f"{MARK}={left['mark']}")
    if left.get("sockets"):
        shutil.rmtree(left["sockets"], ignore_errors=True)


def _socket_folder() -> Path:
    """A new folder that only its owner may enter, with a path short enough for a socket."""
    usual = tempfile.gettempdir()
    return Path(tempfile.mkdtemp(prefix="tracker-", dir=usual if len(usual) < SOCKET_ROOM else "/tmp"))  # noqa: S108


def _read(file: IO[str]) -> dict[str, Any]:
    file.seek(0)
    try:
        told = json.load(file)
    except ValueError:  # new, or cut off while it was written
        return {}
    return told if isinstance(told, dict) else {}


def _write(file: IO[str], told: dict[str, Any]) -> None:
    file.seek(0)
    file.truncate()
    json.dump(told, file)
    file.flush()
