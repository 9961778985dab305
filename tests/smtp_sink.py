"""A mail server for tests and benchmarks, in a process of its own: counts, remembers, refuses and drops as it is told.

`python -m tests.smtp_sink CONVERSATION` prints its port, then answers until its input ends. The conversation is a file
in which every mail that it has said yes to stands as a line: moment, sender's name of itself, recipient, Message-ID.
The line is written before the yes, so that whoever saw a yes finds the mail there.
"""

import argparse
import asyncio
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from aiosmtpd.smtp import SMTP, Envelope, Session

ROOT = Path(__file__).parents[1]
NAMED = re.compile(rb"^message-id:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
BUSY, BOX_FULL, UNKNOWN = "421 4.3.2 Busy, come back later", "451 4.3.0 Try again later", "550 5.1.1 No such mailbox"


@dataclass(frozen=True)
class Manners:
    """How the server behaves: the seconds before its yes, and how often of a hundred it says no or drops the line.

    `nobody` are recipients that it does not know, whatever chance says.
    """

    delay: float = 0.02
    busy: float = 0
    later: float = 0
    drops: float = 0
    seed: int = 0
    nobody: tuple[str, ...] = ()


class Yes(NamedTuple):
    """A mail that was taken."""

    moment: float
    sender: str
    recipient: str
    message_id: str


class Sink:
    """The handler: chance decides for each recipient and each mail."""

    def __init__(self, manners: Manners, conversation: Path) -> None:
        self.manners, self.chance = manners, random.Random(manners.seed)  # noqa: S311
        self.conversation = conversation.open("a", buffering=1)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.manners.nobody:
            return self._refused(UNKNOWN)
        drawn = self.chance.uniform(0, 100)
        if drawn < self.manners.busy:
            return self._refused(BUSY)
        if drawn < self.manners.busy + self.manners.later:
            return self._refused(BOX_FULL)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.manners.delay)
        if self.chance.uniform(0, 100) < self.manners.drops:
            self._count("dropped")
            server.transport.abort()
            return BUSY
        named = NAMED.search(envelope.content)
        words = (time.time(), session.host_name, envelope.rcpt_tos[0], named[1].decode() if named else "")
        self.conversation.write("yes\t" + "\t".join(map(str, words)) + "\n")
        return "250 OK"

    def _refused(self, answer: str) -> str:
        self._count(answer[:3])
        return answer

    def _count(self, what: str) -> None:
        self.conversation.write(f"{what}\n")


@dataclass(frozen=True)
class Running:
    """A sink that runs: its port, and what it has written down."""

    port: int
    conversation: Path

    def taken(self) -> list[Yes]:
        """The mails that were taken, in their order."""
        rows = (line.split("\t") for line in self._lines() if line.startswith("yes\t"))
        return [Yes(float(moment), sender, recipient, name) for _, moment, sender, recipient, name in rows]

    def told(self) -> Counter[str]:
        """How often it has said what: "yes", a code, or "dropped"."""
        return Counter(line.split("\t")[0] for line in self._lines())

    def _lines(self) -> list[str]:
        whole, _, _ = self.conversation.read_text().rpartition("\n")
        return whole.splitlines()


@contextmanager
def sink(folder: Path, manners: Manners | None = None) -> Iterator[Running]:
    """A mail server of its own for as long as the block lasts; what it takes is written down in the folder."""
    manners, conversation = manners or Manners(), folder / "conversation"
    conversation.touch()
    words = [f"--{name}={value}" for name, value in vars(manners).items() if name != "nobody"]
    command = [sys.executable, "-m", "tests.smtp_sink", str(conversation), *words, "--nobody", *manners.nobody]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Running(int(process.stdout.readline()), conversation)
        finally:
            process.stdin.close()


async def serve(manners: Manners, conversation: Path) -> None:
    """Answers on a port of this machine until the input ends."""
    loop, handler = asyncio.get_running_loop(), Sink(manners, conversation)
    server = await loop.create_server(lambda: SMTP(handler, hostname="sink", enable_SMTPUTF8=False), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("conversation", type=Path)
    for name in ("delay", "busy", "later", "drops"):
        parser.add_argument(f"--{name}", type=float, default=getattr(Manners, name))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--nobody", nargs="*", default=[])
    given = vars(parser.parse_args())
    conversation = given.pop("conversation")
    asyncio.run(serve(Manners(**{**given, "nobody": tuple(given["nobody"])}), conversation))


if __name__ == "__main__":
    main()
