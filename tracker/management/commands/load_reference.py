"""manage.py load_reference: begin the installation if need be, and make its reference rows as fixtures/ say."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.management.acting import actor
from tracker.rules.refusal import Refused
from tracker.services import reference, trail


class Command(BaseCommand):
    """Safe to repeat: what is so already is left alone."""

    help = "Load authorities, families of report, bank holidays, themes and reminder defaults."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--demonstration", action="store_true", help="begin a database that says it is a demonstration"
        )
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "fixtures")

    def handle(self, *args: Any, **options: Any) -> None:
        by, now = actor(), timezone.now()
        try:
            if options["demonstration"] and not trail.is_demonstration():
                trail.begin(demonstration=True, by=by, at=now)
            event = reference.load(options["folder"], by=by, at=now)
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        self.stdout.write(
            f"{event.bodies.count()} reference rows loaded." if event else "The reference rows are up to date."
        )
