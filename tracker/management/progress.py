"""How far a long command is: a bar on a terminal, elsewhere a line now and then. Results go to the output, the rest beside it."""

import sys
import time
from types import TracebackType
from typing import Any

import click
from django.core.management.base import OutputWrapper

EVERY = 30.0  # seconds from one line to the next where there is no terminal
CLEAR_LINE = "\r\x1b[2K"


class Progress:
    """Counts to `total`. Results are lines of `out`; everything else is written to `err`."""

    def __init__(self, total: int, *, out: OutputWrapper, err: OutputWrapper) -> None:
        self.total, self.done = total, 0
        self._out, self._err = out, err
        self._told_at = time.monotonic()
        self._bar: Any = None
        if err.isatty() and total > 1:
            self._bar = click.progressbar(length=total, label="Reading", show_pos=True, file=sys.stderr)

    def __enter__(self) -> "Progress":
        if self._bar:
            self._bar.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.__exit__(kind, error, trace)

    def step(self, line: str, *, failed: bool) -> None:
        """One more is done, and this is what there is to say about it."""
        if self._bar:
            self.say(CLEAR_LINE, ending="")
        if failed:
            self._err.write(line)
        else:
            self._out.write(line)
            self._out.flush()
        self.done += 1
        if self._bar:
            self._bar.update(1)
        elif time.monotonic() - self._told_at >= EVERY:
            self._told_at = time.monotonic()
            self.say(f"{self.done:,} of {self.total:,} …")

    def say(self, line: str, *, ending: str = "\n") -> None:
        """A line beside the results that is no complaint, and so has no colour."""
        self._err.write(line, style_func=str, ending=ending)
        self._err.flush()
