"""How fast digests go out, beside a bare smtplib loop that sends the same bytes over as many connections.

Run by tests.benchmarks.notices. The mail server answers each mail after 20 ms, as a real one would. There is a sender
for each processor, as Celery starts them: of more than that the processors are what is measured.
"""

import json
import os
import random
import resource
import smtplib
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from statistics import mean

import django

if __name__ == "__main__":
    django.setup()

from django.conf import settings

from tests.benchmarks.crowd import HOUSE, LATER, NOW, TODAY, owing, people, plans, settled
from tests.benchmarks.figures import ROOT, say, size
from tests.smtp_sink import Running, sink
from tracker import mail
from tracker.choices import NoticeState
from tracker.delivery import deliver
from tracker.models import Notice
from tracker.services import notices
from tracker.web.places import addresses

LEAST = 0.6  # of the bare loop's rate
RECIPIENTS, EACH, SENDERS = size("RECIPIENTS", 20_000), size("EACH", 10), size("SENDERS", os.cpu_count() or 2)
SAMPLE, BARE = min(1000, RECIPIENTS), min(4000, RECIPIENTS)  # mails kept for the bare loop, and how many it sends


def main() -> int:
    """Print the figures; exit status 1 where the rate is below what is aimed at."""
    made = timed(fill)
    planned = timed(lambda: notices.plan(by=HOUSE, at=NOW))
    posted = timed(lambda: notices.post(by=HOUSE, at=NOW))
    say(
        f"{RECIPIENTS} recipients, {RECIPIENTS * EACH} actions: made in {made:.0f} s, planned {planned:.1f} s, posted {posted:.1f} s"
    )
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "sample.json"
        sample.write_text(json.dumps(written()))
        rates = [bare(Path(folder) / "before", sample)]
        rate, milliseconds = ours(Path(folder) / "ours")
        rates.append(bare(Path(folder) / "after", sample))
    unsent = Notice.objects.exclude(state=NoticeState.SENT).count()
    ratio = rate / mean(rates)
    say(
        f"bare loop: {mean(rates):6.0f} mails a second over {SENDERS} connections (before {rates[0]:.0f}, after {rates[1]:.0f})"
    )
    say(f"digests:   {rate:6.0f} mails a second, {milliseconds:.1f} processor milliseconds a digest, {unsent} unsent")
    say(f"ratio:     {ratio:6.2f} (at least {LEAST})")
    return int(ratio < LEAST or unsent > 0)


def fill() -> None:
    """Everybody owns so many actions, of which one falls due today."""
    people(RECIPIENTS)
    plans(RECIPIENTS, RECIPIENTS, series="2025A", due=owing(TODAY, TODAY))
    plans(RECIPIENTS * (EACH - 1), RECIPIENTS, series="2025B", due=owing(LATER, LATER - timedelta(days=14)))
    settled()


def timed(work) -> float:
    """Seconds of the clock that the work took."""
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


def written() -> list[str]:
    """The bytes of some of the mails, as they will go out."""
    chosen = random.Random(1).sample(list(Notice.objects.values_list("pk", flat=True)), SAMPLE)  # noqa: S311
    envelopes = list(Notice.objects.filter(pk__in=chosen).select_related("recipient"))
    filled = [letter for letter in notices.letters(envelopes, at=NOW) if letter.digest]
    made = [mail.digest(each.notice, each.digest, to=addresses()) for each in filled]
    return [message.message().as_bytes(linesep="\r\n").decode("latin-1") for message in made]


def bare(folder: Path, sample: Path) -> float:
    """Mails a second of the bare loop."""
    with started(folder) as running:
        seconds, _ = together(running, "bare", str(sample), str(BARE // SENDERS))
        return len(running.taken()) / seconds


def ours(folder: Path) -> tuple[float, float]:
    """Digests a second, and the processor milliseconds that a sender spends on each."""
    with started(folder) as running:
        seconds, spent = together(running, "ours")
        sent = len(running.taken())
        return sent / seconds, 1000 * spent / sent


def started(folder: Path):
    """A mail server that keeps its notes in the folder."""
    folder.mkdir()
    return sink(folder)


def together(running: Running, *words: str) -> tuple[float, float]:
    """Run the senders, begun at the same moment; the seconds they took, and those of the processor in all of them."""
    environment = {**os.environ, "EMAIL_URL": f"smtp://127.0.0.1:{running.port}"}
    command = [sys.executable, "-m", "tests.benchmarks.sending", *words]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    senders = [subprocess.Popen(command, cwd=ROOT, env=environment, **pipes) for _ in range(SENDERS)]
    for sender in senders:
        sender.stdout.readline()
    begun = time.monotonic()
    for sender in senders:
        sender.stdin.write("go\n")
        sender.stdin.flush()
    spent = sum(float(sender.stdout.readline()) for sender in senders)
    seconds = time.monotonic() - begun
    for sender in senders:
        sender.communicate()
    return seconds, spent


def bare_sender(sample: str, count: str) -> None:
    """One connection's share of the bare loop."""
    mails = [words.encode("latin-1") for words in json.loads(Path(sample).read_text())]
    with when_told(), smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, local_hostname="bare") as server:
        for number in range(int(count)):
            server.sendmail("tracker@example.org", ["owner@example.org"], mails[number % len(mails)])


def our_sender() -> None:
    """One sender, as the task runs it, until nothing is left."""
    begun = time.monotonic()

    def clock() -> datetime:
        return NOW + timedelta(minutes=1, seconds=time.monotonic() - begun)

    with when_told():
        while deliver(by=HOUSE, clock=clock).tried:
            pass


class when_told:
    """Waits for the word, and says at the end how many seconds of the processor it took since then."""

    def __enter__(self) -> None:
        print("ready", flush=True)  # noqa: T201
        sys.stdin.readline()
        self.before = spent()

    def __exit__(self, *error: object) -> None:
        print(spent() - self.before, flush=True)  # noqa: T201


def spent() -> float:
    """Seconds of the processor that this process has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        roles = {"bare": bare_sender, "ours": our_sender}
        sys.exit(roles[sys.argv[1]](*sys.argv[2:]) if sys.argv[1:] else main())
