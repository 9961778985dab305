"""manage.py import_report FILE…: receive and read reports, and accept them where asked to."""

import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.access import Actor
from tracker.choices import AcceptedAs, IntakeState
from tracker.management.acting import actor
from tracker.models import Authority, Intake, Report
from tracker.rules.refusal import Refused
from tracker.services import acceptance, reference
from tracker.services import intake as verbs


def day(text: str) -> date:
    """A day as YYYY-MM-DD; argparse turns the ValueError into its own message."""
    return date.fromisoformat(text)


class Command(BaseCommand):
    """Reads each file for itself: one that cannot be read stops no other, and the exit status says so."""

    help = "Receive and read inspection reports; with --accept, confirm them as a plan or for reference."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--authority", help="name or short code, where the report itself does not say it clearly")
        parser.add_argument("--published", type=day, metavar="YYYY-MM-DD", help="publication date, if none is printed")
        parser.add_argument("--published-source", metavar="TEXT", help="where that date comes from")
        parser.add_argument("--accept", choices=AcceptedAs.values, help="confirm what was read")
        parser.add_argument("--by", default="", metavar="EMAIL", help="who acts; else the installation itself")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["published"]) != bool(options["published_source"]):
            raise CommandError("Give --published and --published-source together: a date needs its source.")
        by, failed = actor(options["by"]), 0
        for path in options["files"]:
            try:
                self.stdout.write(f"{path.name}: {self._import(path, options, by)}")
            except (Refused, OSError) as error:
                failed += 1
                self.stderr.write(f"{path.name}: {_sentence(error)}")
        if failed:
            self.stderr.write(f"{failed} of {len(options['files'])} could not be imported.")
            sys.exit(1)

    def _import(self, path: Path, options: dict[str, Any], by: Actor) -> str:
        data = path.read_bytes()
        reading = verbs.read_bytes(data, name=path.name)
        authority = _authority(options["authority"], reading.authority)
        intake = verbs.receive(data, name=path.name, authority=authority, by=by, at=timezone.now(), reading=reading)
        if intake.state == IntakeState.UNREADABLE:
            raise Refused(f"Kept, but it cannot be read: {intake.problem}")
        if intake.state != IntakeState.READ or not options["accept"]:
            return _told(intake)
        publication = None
        if options["published"]:
            publication = acceptance.Publication(options["published"], options["published_source"])
        report = acceptance.accept(
            intake, accepted_as=AcceptedAs(options["accept"]), by=by, at=timezone.now(), publication=publication
        )
        return _accepted(report)


def _sentence(error: Refused | OSError) -> str:
    if isinstance(error, Refused):
        return error.sentence
    return f"The file cannot be opened: {error.strerror}."


def _authority(given: str | None, read: str | None) -> Authority:
    found = reference.authority_named(given or read or "")
    if found is None:
        told = f"“{given or read}” is no authority known here" if given or read else "The report names no authority"
        raise Refused(f"{told}. Say which it is with --authority.")
    return found


def _told(intake: Intake) -> str:
    count = len((intake.draft or {}).get("recommendations", []))
    return f"{intake.authority}, {intake.get_state_display().lower()}, {count} recommendations."


def _accepted(report: Report) -> str:
    count, how = report.recommendations.count(), report.get_accepted_as_display().lower()
    return (
        f"{report.authority}, accepted {how}, {count} recommendations, series {report.authority.code}-{report.series}."
    )
