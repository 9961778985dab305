"""What a run over many files needs: the files gathered, each one's outcome counted, an interrupt held back."""

import os
import signal
import stat
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import Any

from django.template.defaultfilters import filesizeformat

from tracker.rules.refusal import Refused


class NotRead(Refused):
    """A file that is not kept, because it cannot be read."""


class Outcome(StrEnum):
    """What became of one file, in the words of the summary."""

    READ = "read"
    UNSURE = "read, needs review"
    ACCEPTED = "accepted"
    SEEN = "seen before"
    UNREADABLE = "unreadable"
    REFUSED = "refused"
    UNOPENED = "could not be opened"
    BROKEN = "broke off unexpectedly"


FAILURES = (Outcome.UNREADABLE, Outcome.REFUSED, Outcome.UNOPENED, Outcome.BROKEN)
ALWAYS_TOLD = tuple(Outcome)[:6]  # the others only where there are any


@dataclass
class Tally:
    """The outcomes so far, and why files failed; `total` files are to be looked at."""

    total: int
    counts: Counter[Outcome] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, outcome: Outcome, line: str) -> bool:
        """Count a file; returns whether it failed. `line` is its name and what there is to say."""
        self.counts[outcome] += 1
        failed = outcome in FAILURES
        if failed:
            self.failures.append(line)
        return failed

    def summary(self) -> Iterator[str]:
        """The counts, the files that failed with the reason, and what was not looked at; a line each. For a single
        file all has been said already."""
        done = self.counts.total()
        for outcome in Outcome if self.total > 1 else ():
            if outcome in ALWAYS_TOLD or self.counts[outcome]:
                yield f"{self.counts[outcome]:7,}  {outcome}"
        if self.failures and self.total > 1:
            yield f"{len(self.failures):,} of {done:,} could not be imported:"
            yield from (f"  {line}" for line in self.failures)
        if done < self.total:
            rest = self.total - done
            yield f"Interrupted: {done:,} of {self.total:,} files were dealt with, {rest:,} were not looked at."


def gathered(given: Sequence[Path]) -> tuple[list[Path], list[tuple[Path, OSError | Refused]]]:
    """The files to look at: those given and, sorted, those that stand in a folder that is given, without hidden ones
    and folders within it. And the folders that cannot be looked into, each with its reason."""
    files: list[Path] = []
    problems: list[tuple[Path, OSError | Refused]] = []
    for path in given:
        try:
            files += _inside(path) if path.is_dir() else [path]
        except (OSError, Refused) as error:
            problems.append((path, error))
    return files, problems


def _inside(folder: Path) -> list[Path]:
    with os.scandir(folder) as entries:
        found = sorted(entry.path for entry in entries if not entry.name.startswith(".") and not entry.is_dir())
    if not found:
        raise Refused("There is no file in this folder; folders within it are not looked into.")
    return [Path(each) for each in found]


def bytes_of(path: Path, *, most: int) -> bytes:
    """A file's bytes, at most so many. Raises OSError, and NotRead for what is larger or would be read for ever."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise NotRead("This is neither a file nor a folder.")
    with path.open("rb") as file:
        data = b"" if found.st_size > most else file.read(most + 1)
    if max(found.st_size, len(data)) > most:
        size, limit = filesizeformat(max(found.st_size, len(data))), filesizeformat(most)
        raise NotRead(f"This file is too large: {size}, and at most {limit} can be read.")
    return data


def printable(name: str | Path) -> str:
    """A name that can be shown and stored: what is no letter of any alphabet in it becomes �."""
    text = os.fsencode(name).decode("utf-8", "replace")
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


class Interrupts:
    """Ctrl-C while the block runs: it breaks in at once, but never while `held`, and is remembered as `asked`."""

    def __init__(self) -> None:
        self.asked = False
        self._held = False
        self._before: Any = None

    def __enter__(self) -> "Interrupts":
        if threading.current_thread() is threading.main_thread():  # others are never interrupted
            self._before = signal.signal(signal.SIGINT, self._on_interrupt)
        return self

    def __exit__(self, *error: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    @contextmanager
    def held(self) -> Iterator[None]:
        """A block that is done whole: what is being written down is never left half-written."""
        self._held = True
        try:
            yield
        finally:
            self._held = False

    def _on_interrupt(self, number: int, frame: FrameType | None) -> None:
        self.asked = True
        if not self._held:
            raise KeyboardInterrupt
