"""A daemon that speaks clamd's INSTREAM as far as the tests need it, on a Unix socket or on this machine's network."""

import socket
import struct
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

Answer = Callable[["Call"], None]


class Call:
    """One connection: what was asked, and how it is answered."""

    def __init__(self, connection: socket.socket, heard: list[bytes]) -> None:
        self.connection, self.heard = connection, heard
        self.stream = connection.makefile("rb")

    def command(self) -> bytes:
        """The command before its NUL."""
        read = b""
        while not read.endswith(b"\0"):
            part = self.stream.read(1)
            if not part:
                break
            read += part
        return read[:-1]

    def body(self) -> bytes:
        """The chunks up to the empty one, joined."""
        read = b""
        while True:
            size = struct.unpack("!I", self.stream.read(4))[0]
            if not size:
                self.heard.append(read)  # before the answer, so that whoever has it can look
                return read
            read += self.stream.read(size)

    def say(self, words: bytes) -> None:
        self.connection.sendall(words)


class Daemon:
    """What the daemon was sent, and how it answers."""

    def __init__(self, answer: Answer) -> None:
        self.answer, self.address = answer, ""
        self.heard: list[bytes] = []

    def serve(self, listening: socket.socket) -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                call = Call(connection, self.heard)
                with suppress(OSError, struct.error):
                    self.answer(call)
                call.stream.close()


def saying(words: bytes) -> Answer:
    """Reads everything, then says these words."""

    def answer(call: Call) -> None:
        if call.command() == b"zINSTREAM":
            call.body()
        call.say(words)

    return answer


def ponging(call: Call) -> None:
    call.say(b"PONG\0" if call.command() == b"zPING" else b"UNKNOWN COMMAND\0")


def hanging(call: Call) -> None:
    """Says nothing for longer than anybody waits in a test."""
    call.command()
    time.sleep(1.5)


def closing_early(call: Call) -> None:
    """Goes away in the middle of the stream."""
    call.command()
    call.stream.read(8)


def trickling(call: Call) -> None:
    """Says a letter now and then, and never comes to an end."""
    call.command()
    call.body()
    for _ in range(30):
        call.say(b"s")
        time.sleep(0.05)


def too_small(call: Call) -> None:
    """Takes the first kilobytes, says that it is too much, and closes."""
    call.command()
    call.stream.read(1024)
    call.say(b"INSTREAM size limit exceeded. ERROR\0")
    call.connection.shutdown(socket.SHUT_WR)
    call.stream.read()


@contextmanager
def clamd(answer: Answer, *, network: bool = False) -> Iterator[Daemon]:
    """A daemon for as long as the block lasts; `address` is what CLAMD_ADDRESS is set to."""
    with tempfile.TemporaryDirectory(prefix="cl-") as folder:
        daemon = Daemon(answer)
        listening = socket.socket(socket.AF_INET if network else socket.AF_UNIX)
        path = Path(folder) / "s"
        listening.bind(("127.0.0.1", 0) if network else str(path))
        daemon.address = f"tcp://127.0.0.1:{listening.getsockname()[1]}" if network else f"unix://{path}"
        listening.listen()
        thread = threading.Thread(target=daemon.serve, args=(listening,), daemon=True)
        thread.start()
        try:
            yield daemon
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            listening.close()
            thread.join(5)
