"""manage.py demonstrate: what a demonstration shows, and new passwords for its people."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.access import Actor
from tracker.management.acting import actor
from tracker.management.welcoming import tell_passwords
from tracker.rules.refusal import Refused
from tracker.services import demonstration, stories


class Command(BaseCommand):
    """Safe to repeat: people and reports that are there already are left as they are."""

    help = "Fill a demonstration: an administrator, a lead, an owner, and the seed reports accepted as plans."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--new-passwords", action="store_true", help="only give these people new passwords")
        parser.add_argument(
            "--history",
            action="store_true",
            help="begin a new database with Rotherham's plan at work since August 2012",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        by, now = actor(), timezone.now()
        try:
            if options["new_passwords"]:
                tell_passwords(demonstration.new_passwords(by=by, at=now), self.stdout.write)
                return
            if options["history"]:
                self._history(by, now)
                return
            welcomes = demonstration.begin_administrator(by=by, at=now) + demonstration.begin_people(by=by, at=now)
            tell_passwords(welcomes, self.stdout.write)
            for report in demonstration.begin_plan(self._seeds(), by=by, at=now):
                self.stdout.write(f"Accepted as a plan: {report.authority}, {report}")
        except Refused as refused:
            raise CommandError(refused.sentence) from refused

    def _seeds(self) -> list[Any]:
        return sorted((settings.BASE_DIR / "seeds").glob("*.txt"))

    def _history(self, by: Actor, now: datetime) -> None:
        self.stdout.write("Telling the history of a plan, from August 2012…")
        base = settings.BASE_DIR
        welcomes = stories.begin(fixtures=base / "fixtures", seeds=base / "seeds", by=by, until=now)
        tell_passwords(welcomes, self.stdout.write)
