"""Asking a clamd whether bytes are harmful, before anything of them is kept.

Its INSTREAM command: the bytes in chunks, each after its length in four bytes, the last one empty; then one line back.
Where CLAMD_ADDRESS is not set nothing is asked; where it is set, whatever is not a clear "OK" refuses the file.
"""

import hashlib
import logging
import re
import socket
import struct
import time
from collections.abc import Iterable, Iterator
from itertools import chain
from urllib.parse import urlsplit

from django.conf import settings

from tracker.access import Actor
from tracker.rules.refusal import Refused

CHUNK, LONGEST_REPLY = 64 * 1024, 4096
PING_SECONDS = 2.0
PORT = 3310
SILENT = "The virus check is not answering, so the file was not kept. Try again in some minutes."
TOO_LARGE = "The virus check does not take a file of this size, so it was not kept. Attach a smaller one."
FOUND = re.compile(r"stream: (.+) FOUND")

logger = logging.getLogger(__name__)
Place = str | tuple[str, int]


def place_of(address: str) -> Place:
    """A socket's path or a host with its port, out of tcp://host:3310 or unix:///path. ValueError, in words, else."""
    wanted = "Set CLAMD_ADDRESS to tcp://host:3310 or unix:///path/of/the/socket"
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValueError(f"{wanted}; its port or host cannot be read.") from None
    if parts.scheme == "unix" and len(parts.path) > 1 and not parts.netloc:
        return parts.path
    if parts.scheme == "tcp" and host and not parts.path.strip("/"):
        return host, port or PORT
    raise ValueError(f"{wanted}; it now says {address!r}.")


def check_harmless(data: bytes, *, by: Actor) -> None:
    """Raises Refused, with field "file", where a virus is found or the check cannot say that there is none."""
    if not settings.CLAMD_ADDRESS:
        return
    try:
        reply = _ask(b"zINSTREAM\0", _chunks(data), seconds=settings.CLAMD_SECONDS)
    except (OSError, ValueError) as error:
        logger.error("The virus check does not answer: %s", error)
        raise Refused(SILENT, "file") from error
    if reply == "stream: OK":
        return
    raise Refused(_sentence(reply, data, by), "file")


def answers() -> bool:
    """Whether the daemon answers a ping within two seconds."""
    try:
        return _ask(b"zPING\0", (), seconds=PING_SECONDS) == "PONG"
    except (OSError, ValueError):
        return False


def _sentence(reply: str, data: bytes, by: Actor) -> str:
    """What the person is told; the log has what an investigation needs, and neither name nor content of the file."""
    found = FOUND.fullmatch(reply)
    digest, who = hashlib.sha256(data).hexdigest(), by.user.pk if by.user else "the installation itself"
    told = "The virus check says %r of %d bytes with SHA-256 %s, brought by %s: not kept."
    logger.warning(told, reply[:200], len(data), digest, who)
    if found:
        return (
            f"The virus check found something harmful in this file ({found[1][:100]}), so it was not kept."
            " Do not open it, and tell your IT service desk."
        )
    return TOO_LARGE if "size limit exceeded" in reply else SILENT


def _chunks(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), CHUNK):
        chunk = data[start : start + CHUNK]
        yield struct.pack("!I", len(chunk)) + chunk
    yield struct.pack("!I", 0)


def _ask(command: bytes, body: Iterable[bytes], *, seconds: float) -> str:
    """One command and the daemon's line. The time is for all of it together. Raises OSError, or ValueError."""
    deadline = time.monotonic() + seconds
    place = place_of(settings.CLAMD_ADDRESS)
    with _connected(place, deadline) as daemon:
        try:
            for part in chain([command], body):
                daemon.settimeout(_left(deadline))
                daemon.sendall(part)
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has heard enough, such as more than it takes: what it says stands in its reply
        return _line(daemon, deadline)


def _connected(place: Place, deadline: float) -> socket.socket:
    if not isinstance(place, str):
        return socket.create_connection(place, timeout=_left(deadline))
    daemon = socket.socket(socket.AF_UNIX)
    daemon.settimeout(_left(deadline))
    try:
        daemon.connect(place)
    except OSError:
        daemon.close()
        raise
    return daemon


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("it took too long")
    return left


def _line(daemon: socket.socket, deadline: float) -> str:
    """The reply up to its NUL, or to the end of the connection."""
    reply = b""
    while b"\0" not in reply and len(reply) < LONGEST_REPLY:
        daemon.settimeout(_left(deadline))
        part = daemon.recv(LONGEST_REPLY)
        if not part:
            break
        reply += part
    return reply.partition(b"\0")[0].decode("ascii", errors="replace").strip()
