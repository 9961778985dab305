"""manage.py import_report FILE…: receive and read reports, and accept them where asked to."""

import os
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.access import Actor
from tracker.choices import AcceptedAs, IntakeState
from tracker.management.acting import actor
from tracker.management.importing import Interrupts, NotRead, Outcome, Tally, bytes_of, gathered, printable
from tracker.management.progress import Progress
from tracker.models import Authority, Intake, Report
from tracker.rules.refusal import Refused
from tracker.services import acceptance, reference
from tracker.services import intake as verbs

INTERRUPTED = 130  # the exit status that shells give a program that Ctrl-C has ended
LONGEST_REASON = 200  # characters of an unexpected error's own words


def day(text: str) -> date:
    """A day as YYYY-MM-DD; argparse turns the ValueError into its own message."""
    return date.fromisoformat(text)


class Command(BaseCommand):
    """Reads each file for itself: one that cannot be read stops no other, and the exit status says so."""

    help = "Receive and read inspection reports; with --accept, confirm them as a plan or for reference."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a file, or a folder: all files in it")
        parser.add_argument("--authority", help="name or short code, where the report itself does not say it clearly")
        parser.add_argument("--published", type=day, metavar="YYYY-MM-DD", help="publication date, if none is printed")
        parser.add_argument("--published-source", metavar="TEXT", help="where that date comes from")
        parser.add_argument("--accept", choices=AcceptedAs.values, help="confirm what was read")
        parser.add_argument("--by", default="", metavar="EMAIL", help="who acts; else the installation itself")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["published"]) != bool(options["published_source"]):
            raise CommandError("Give --published and --published-source together: a date needs its source.")
        by = actor(options["by"])
        files, problems = gathered(options["files"])
        tally = Tally(len(files) + len(problems))
        with Progress(tally.total, out=self.stdout, err=self.stderr) as progress, Interrupts() as interrupts:
            run = _Run(options, by, tally, progress, interrupts)
            try:
                for path, error in problems:
                    run.count(path, *_failure(error))
                for path in files:
                    if not interrupts.asked:
                        run.take(path)
            except KeyboardInterrupt:
                interrupts.asked = True
            except BrokenPipeError:  # nobody reads what is told any more
                _let_go_of_output()
        for line in tally.summary():
            progress.say(line)
        sys.exit(INTERRUPTED if interrupts.asked else int(bool(tally.failures) or tally.counts.total() < tally.total))


class _Run:
    """One run over many files."""

    def __init__(
        self, options: dict[str, Any], by: Actor, tally: Tally, progress: Progress, interrupts: Interrupts
    ) -> None:
        self.options, self.by = options, by
        self.tally, self.progress, self.interrupts = tally, progress, interrupts

    def count(self, path: Path, outcome: Outcome, words: str) -> None:
        """Count what became of a file, and tell it."""
        line = f"{printable(path)}: {words}"
        self.progress.step(line, failed=self.tally.add(outcome, line))

    def take(self, path: Path) -> None:
        """Read a file, and keep it. Whatever goes wrong with it is told and counted."""
        try:
            data = bytes_of(path, most=settings.REPORT_MAX_BYTES)
        except (OSError, Refused) as error:
            self.count(path, *_failure(error))
            return
        try:
            reading = verbs.read_bytes(data, name=printable(path.name))
            if reading.error and not self.options["authority"]:
                raise NotRead(f"It cannot be read: {reading.error} To keep it all the same, name its --authority.")
            with self.interrupts.held():
                outcome, words = self._keep(path, data, reading)
        except Exception as error:  # noqa: BLE001 - one file that breaks stops no other
            if self.options["traceback"]:
                raise
            outcome, words = _failure(error) if isinstance(error, Refused) else _surprise(error)
        self.count(path, outcome, words)

    def _keep(self, path: Path, data: bytes, reading: Any) -> tuple[Outcome, str]:
        authority, at = _authority(self.options["authority"], reading.authority), timezone.now()
        intake = verbs.receive(data, name=printable(path.name), authority=authority, by=self.by, at=at, reading=reading)
        if intake.state == IntakeState.UNREADABLE:
            return Outcome.UNREADABLE, f"Kept, but it cannot be read: {intake.problem}"
        if intake.state == IntakeState.READ and self.options["accept"]:
            outcome, words = self._accept(intake)
            return outcome, f"{words} The reader was in doubt: check it." if reading.needs_review else words
        if intake.received_at < at:
            return Outcome.SEEN, f"{_told(intake)} Seen before."
        return (Outcome.UNSURE if reading.needs_review else Outcome.READ), _told(intake)

    def _accept(self, intake: Intake) -> tuple[Outcome, str]:
        publication = None
        if self.options["published"]:
            publication = acceptance.Publication(self.options["published"], self.options["published_source"])
        as_what = AcceptedAs(self.options["accept"])
        try:
            report = acceptance.accept(
                intake, accepted_as=as_what, by=self.by, at=timezone.now(), publication=publication
            )
        except Refused as error:
            return Outcome.REFUSED, f"Read and kept, but not accepted: {error.sentence}"
        return Outcome.ACCEPTED, _accepted(report)


def _failure(error: OSError | Refused) -> tuple[Outcome, str]:
    if isinstance(error, OSError):
        return Outcome.UNOPENED, f"The file cannot be opened: {error.strerror or error}."
    return (Outcome.UNREADABLE if isinstance(error, NotRead) else Outcome.REFUSED), error.sentence


def _surprise(error: Exception) -> tuple[Outcome, str]:
    words = printable(" ".join(str(error).split())[:LONGEST_REASON])
    return Outcome.BROKEN, f"Something went wrong that was not foreseen ({type(error).__name__}: {words})."


def _authority(given: str | None, read: str | None) -> Authority:
    found = reference.authority_named(given or read or "")
    if found is None:
        told = f"“{given or read}” is no authority known here" if given or read else "The report names no authority"
        raise Refused(f"{told}. Say which it is with --authority.")
    return found


def _told(intake: Intake) -> str:
    count = len((intake.draft or {}).get("recommendations", []))
    return f"{intake.authority}, {intake.get_state_display().lower()}, {_counted(count)}."


def _counted(count: int) -> str:
    return f"{count} recommendation{'' if count == 1 else 's'}"


def _accepted(report: Report) -> str:
    count, how = _counted(report.recommendations.count()), report.get_accepted_as_display().lower()
    return f"{report.authority}, accepted {how}, {count}, series {report.authority.code}-{report.series}."


def _let_go_of_output() -> None:
    """So that the end of the program does not complain once more about output that nobody reads."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
