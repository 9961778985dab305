"""manage.py pseudonymise_leavers: replace the names of those who left long ago; or say who is due."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from tracker.management.acting import actor
from tracker.rules.london import day_of
from tracker.rules.written_dates import counted, long_date
from tracker.services import leavers


class Command(BaseCommand):
    """What the nightly task does, at once. It cannot be undone: look with --dry-run first."""

    help = "Replace the names of those whose last role ended, and who last signed in, more than LEAVER_MONTHS ago."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="say who is due now or within a month, change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at, months, house = timezone.now(), settings.LEAVER_MONTHS, actor()
        if months <= 0:
            self.stdout.write("LEAVER_MONTHS is 0: names are kept.")
            return
        if options["dry_run"]:
            for each in leavers.soon_due(None, months=months, on=day_of(at)):
                self.stdout.write(f"{each.person.name} <{each.person.email}>: from {long_date(each.due_on)}")
            return
        due = leavers.due(by=house, months=months, on=day_of(at))
        for each in due:
            leavers.pseudonymise(each.person, months=months, by=house, at=at)
        self.stdout.write(f"{counted(len(due), 'name was', 'names were')} replaced.")
