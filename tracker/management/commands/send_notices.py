"""manage.py send_notices: plan, put out and send what is owed now; or say what would go out on a day, to whom and why."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.access import Actor
from tracker.delivery import Delivered, deliver
from tracker.management.acting import actor
from tracker.management.mail_files import write_mails
from tracker.models import Authority
from tracker.rules.london import LONDON, day_of
from tracker.rules.refusal import Refused
from tracker.rules.written_dates import counted, long_date
from tracker.services import notices, reference
from tracker.services.notices import Rehearsal, Rehearsed

END_OF_DAY = time(23, 59)


def day(words: str) -> date:
    """A day as the command line takes it."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise ArgumentTypeError(f"“{words}” is no day: write it like 2012-11-15.") from None


class Command(BaseCommand):
    """Exit status 0, or 1 where something could not be planned or a mail was not taken."""

    help = "Plan, put out and send what is owed now. With --dry-run, say what would go out and why, and write nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="send nothing and store nothing: only say it")
        parser.add_argument(
            "--on", type=day, metavar="YYYY-MM-DD", help="rehearse another day, its hour taken as come (with --dry-run)"
        )
        parser.add_argument("--out", type=Path, metavar="DIR", help="write each mail as a file (with --dry-run)")
        parser.add_argument(
            "--authority", default="", metavar="NAME", help="only mails about its plan (with --dry-run)"
        )
        parser.add_argument("--to", default="", metavar="EMAIL", help="only the mail to this person (with --dry-run)")

    def handle(self, *args: Any, **options: Any) -> None:
        by, now = actor(), timezone.now()
        _check(options)
        try:
            if options["dry_run"]:
                self._rehearse(by, now, options)
            else:
                self._send(by, now)
        except Refused as refused:
            raise CommandError(refused.sentence) from refused

    def _send(self, by: Actor, now: datetime) -> None:
        planned = notices.plan(by=by, at=now)
        posted = notices.post(by=by, at=now)
        notices.ran(planned, by=by, at=now)
        self.stdout.write(
            f"Planned: {counted(planned.looked_at, 'thing', 'things')} looked at, {planned.newly_owed} newly owed."
        )
        for problem in planned.failed:
            self.stderr.write(f"Cannot be planned: {problem}")
        off = notices.day_off(day_of(now))
        if off:
            self._write_day_off(day_of(now), *off)
        else:
            self.stdout.write(f"Put out: {counted(posted, 'mail', 'mails')} of today.")
        done = self._deliver(by)
        if planned.failed or done.postponed or done.refused:
            sys.exit(1)

    def _deliver(self, by: Actor) -> Delivered:
        """Send until nothing is left that can be sent now; what was put off is not tried again at once."""
        total = Delivered()
        while True:
            done = deliver(by=by, clock=timezone.now)
            total = total + done
            if not done.tried:
                break
        self.stdout.write(
            f"Sent: {total.sent}. Nothing left to say: {total.skipped}. Put off: {total.postponed}. "
            f"Refused for good: {total.refused}."
        )
        return total

    def _write_day_off(self, on: date, name: str, following: date) -> None:
        what = name if name.startswith("a ") else f"a day off, {name}"
        self.stdout.write(
            f"{long_date(on)} is {what}: nothing goes out. The next working day is {long_date(following)}."
        )

    def _rehearse(self, by: Actor, now: datetime, options: dict[str, Any]) -> None:
        on = options["on"] or day_of(now)
        at = datetime.combine(on, END_OF_DAY, LONDON) if options["on"] else now
        past = on < day_of(now)
        found = notices.rehearse(by=by, at=at, whatever_the_hour=bool(options["on"]), hindsight=past)
        if found.day_off:
            self._write_day_off(on, found.day_off, found.next_working_day)
            return
        letters = _narrowed(found.letters, options)
        self.stdout.write(f"{long_date(on)}: {counted(len(letters), 'mail', 'mails')} would go out.")
        if past:
            self.stdout.write(HINDSIGHT)
        for each in letters:
            self._write_letter(each)
        self._write_quiet(found, options)
        if options["out"]:
            self._write_files(letters, options["out"])

    def _write_letter(self, each: Rehearsed) -> None:
        person = each.notice.recipient
        self.stdout.write(f"\n{person.name} <{person.email}>, {each.notice.get_kind_display().lower()}: {each.subject}")
        for reason in each.why:
            self.stdout.write(f"    {reason.about}: {reason.why}" if reason.about else f"    {reason.why}")

    def _write_quiet(self, found: Rehearsal, options: dict[str, Any]) -> None:
        where = _authority(options["authority"]).pk if options["authority"] else None
        quiet = [
            each
            for each in found.quiet
            if options["to"] in ("", each.person.email) and (where is None or where in each.authorities)
        ]
        if quiet:
            self.stdout.write("\nNo mail:")
        for each in quiet:
            self.stdout.write(f"    {each.person.name} <{each.person.email}> {each.why.value}.")
        if found.others and not options["to"] and where is None:
            self.stdout.write(f"\nNothing is newly owed to {counted(found.others, 'other person', 'other people')}.")

    def _write_files(self, letters: Iterable[Rehearsed], folder: Path) -> None:
        try:
            number = write_mails(letters, folder)
        except OSError as error:
            raise CommandError(f"{folder} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"\n{counted(number, 'mail', 'mails')} written to {folder}: each as .eml, .html and .txt.")


HINDSIGHT = (
    "A day gone by is looked at with the plan as it stands now: whatever came into it later is taken as there since its"
    " report was published, and what was told on that day or since counts as not told."
)


def _check(options: dict[str, Any]) -> None:
    """Refuses what has a meaning in a rehearsal alone."""
    given = [f"--{name}" for name in ("on", "out", "authority", "to") if options[name]]
    if given and not options["dry_run"]:
        raise CommandError(
            f"{' and '.join(given)} can only be rehearsed: add --dry-run. Mail goes out today, to everybody it is owed to."
        )
    if options["to"]:
        options["to"] = _person(options["to"])


def _person(email: str) -> str:
    """The address as it is stored; refused where nobody has it."""
    by = actor(email)
    return by.person().email


def _narrowed(letters: Iterable[Rehearsed], options: dict[str, Any]) -> list[Rehearsed]:
    """Those to the one person, and those for which something of the authority's plan is a reason."""
    where = _authority(options["authority"]) if options["authority"] else None
    return [
        each
        for each in letters
        if options["to"] in ("", each.notice.recipient.email)
        and (where is None or any(reason.authority == where.pk for reason in each.why))
    ]


def _authority(name: str) -> Authority:
    found = reference.authority_named(name)
    if found is None:
        raise CommandError(f"“{name}” is no authority known here.")
    return found
