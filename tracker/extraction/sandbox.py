"""The parent's side: one warm child process reads and draws the files, and is killed at its deadline.

The child gets no environment of ours, so no secret of the application can reach a reader's library. One request
is under way at a time; threads wait for one another. After a fork the new process starts a child of its own.
"""

import atexit
import json
import os
import select
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Sequence
from pathlib import Path

from tracker.extraction.asking import PAGE, PICTURE, REPORT, TABLE, A, Question, Request
from tracker.extraction.pages import check_size
from tracker.extraction.paper import Unreadable
from tracker.extraction.server import LENGTH, MEGABYTE
from tracker.extraction.shapes import ExtractedReport, Limits
from tracker.extraction.tables import Table
from tracker.extraction.views import PagePicture, PageView

ROOT = Path(__file__).parents[2]  # where `python -m tracker.extraction` finds the package
COMMAND = (sys.executable, "-s", "-B", "-m", "tracker.extraction", "--serve")
ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8"}
LONGEST_ANSWER = 64 * MEGABYTE  # bytes; no report is longer, and the parent's memory is not the child's to fill


class _Late(Exception):
    """The deadline has passed."""


class _Gone(Exception):
    """The child has ended, or gives what is no answer."""


class _Child:
    """A running server child and our ends of its two pipes."""

    def __init__(self, command: Sequence[str], memory: int) -> None:
        self.memory = memory
        self.process = subprocess.Popen(  # noqa: S603 - our own command, no shell
            [*command, "--memory", str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd=ROOT,
            env=ENVIRONMENT,
            start_new_session=True,  # an interrupt of the terminal is the parent's to handle
        )
        if self.process.stdin is None or self.process.stdout is None:
            raise OSError("the child has no pipes")
        self.requests, self.answers = self.process.stdin, self.process.stdout
        os.set_blocking(self.requests.fileno(), False)
        os.set_blocking(self.answers.fileno(), False)

    def ask(self, head: bytes, data: bytes, deadline: float) -> bytes:
        """Send both frames and wait for the answer until `deadline` (monotonic seconds). Raises _Late or _Gone."""
        for body in (LENGTH.pack(len(head)) + head + LENGTH.pack(len(data)), data):
            self._send(body, deadline)
        (length,) = LENGTH.unpack(self._receive(LENGTH.size, deadline))
        if length > LONGEST_ANSWER:
            raise _Gone
        return self._receive(length, deadline)

    def close_pipes(self) -> None:
        """Let go of our ends; the child then ends by itself when it is idle."""
        self.requests.close()
        self.answers.close()

    def kill(self) -> None:
        """End the child now and collect it."""
        self.process.kill()
        self.process.wait()
        self.close_pipes()

    def _send(self, body: bytes, deadline: float) -> None:
        rest = memoryview(body)
        pipe = self.requests.fileno()
        while rest:
            _wait(pipe, select.POLLOUT, deadline)
            try:
                rest = rest[os.write(pipe, rest) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise _Gone from error

    def _receive(self, count: int, deadline: float) -> bytes:
        body = bytearray()
        while len(body) < count:
            _wait(self.answers.fileno(), select.POLLIN, deadline)
            part = os.read(self.answers.fileno(), min(count - len(body), MEGABYTE))
            if not part:
                raise _Gone
            body += part
        return bytes(body)


class Sandbox:
    """A keeper of one child. `command` starts it; "--memory BYTES" is added to it."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self._command = tuple(command)
        self._lock = threading.Lock()
        self._child: _Child | None = None
        _SANDBOXES.add(self)

    def read(self, data: bytes, *, name: str, limits: Limits) -> ExtractedReport:
        """Read a file in the child. Whatever happens there, a report comes back: at worst one with `error`."""
        return self.ask(REPORT, data, Request(name, limits))

    def ask(self, question: Question[A], data: bytes, request: Request) -> A:
        """The child's answer about a file. Whatever happens there, an answer comes back: at worst one with `error`."""
        limits = request.limits
        try:
            check_size(data, limits.size)  # refused before any byte is looked at
            with self._lock:
                return self._answer(question, data, request)
        except Unreadable as refusal:
            error = str(refusal)
        except _Late:
            error = f"{question.doing} took longer than {limits.seconds:g} seconds and was stopped."
        except _Gone:
            error = (
                "The reader broke down over this file: it may be damaged, or need more memory than the "
                f"{limits.memory // MEGABYTE:,} MB the reader may use."
            )
        except OSError:
            error = "The reader could not be started. Try again later."
        return question.refuse(request, error)

    def close(self) -> None:
        """End the child, if one is running; the next reading starts another."""
        with self._lock:
            self._stop()

    def forget(self) -> None:
        """In a forked process: the child belongs to the parent, and the lock may be held by a thread that is gone."""
        self._lock = threading.Lock()
        if self._child:
            self._child.close_pipes()
            self._child.process.returncode = 0  # not ours to wait for
            self._child = None

    def _answer(self, question: Question[A], data: bytes, request: Request) -> A:
        deadline = time.monotonic() + request.limits.seconds
        head = json.dumps({"asked": question.asked, **request.to_json()}).encode()
        child = self._running(request.limits.memory)
        whole = False
        try:
            answer = _understood(question, child.ask(head, data, deadline))
            whole = True
            return answer
        finally:
            if not whole:  # also when an interrupt breaks in: half an answer would be taken for the next one's
                self._stop()

    def _running(self, memory: int) -> _Child:
        child = self._child
        if child is None or child.memory != memory or child.process.poll() is not None:
            self._stop()
            child = self._child = _Child(self._command, memory)
        return child

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child:
            child.kill()


def read_report(data: bytes, *, name: str, limits: Limits = Limits()) -> ExtractedReport:  # noqa: B008 - a frozen value
    """Read one file in the child process, within the limits (seconds, bytes of memory, bytes of the file).

    `name` is repeated as the report's `file` and may hint at a day; the format is told by the content. Never raises for what the
    file holds or does to the reader: then the report carries `error`, a sentence for a council officer.
    """
    return _DEFAULT.read(data, name=name, limits=limits)


def show_page(data: bytes, *, number: int, name: str, limits: Limits = Limits()) -> PageView:  # noqa: B008 - as above
    """The lines of page `number` (from 1) of a file, read in the child process within the limits.

    Lines are numbered as in the sources of read_report. A Word file has a page for each page break, a text file for
    each form feed, a web page is one. Never raises, as read_report; then the view carries `error`.
    """
    return _DEFAULT.ask(PAGE, data, Request(name, limits, number))


def draw_page(
    data: bytes,
    *,
    number: int,
    name: str,
    limits: Limits = Limits(),  # noqa: B008 - as above
    width: int = 1000,
) -> PagePicture:
    """Page `number` (from 1) of a PDF as a picture, `width` pixels wide, drawn in the child process within the limits.

    Boxes of findings lie on it in proportion. Never raises, as read_report; then the picture carries `error`, as it
    does for every file that is no PDF.
    """
    return _DEFAULT.ask(PICTURE, data, Request(name, limits, number, width))


def read_table(data: bytes, *, number: int, name: str, limits: Limits = Limits()) -> Table:  # noqa: B008 - as above
    """Sheet `number` (from 1) of a workbook or CSV, read in the child process within the limits.

    Never raises, as read_report; then the table carries `error`.
    """
    return _DEFAULT.ask(TABLE, data, Request(name, limits, number))


def _wait(pipe: int, event: int, deadline: float) -> None:
    left = deadline - time.monotonic()
    poller = select.poll()
    poller.register(pipe, event)
    if left <= 0 or not poller.poll(left * 1000):
        raise _Late


def _understood(question: Question[A], answer: bytes) -> A:
    try:
        return question.from_json(json.loads(answer))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _Gone from error


def _forget_all() -> None:
    for sandbox in list(_SANDBOXES):
        sandbox.forget()


_SANDBOXES: weakref.WeakSet[Sandbox] = weakref.WeakSet()
_DEFAULT = Sandbox()
os.register_at_fork(after_in_child=_forget_all)
atexit.register(_DEFAULT.close)
