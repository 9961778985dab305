"""manage.py verify_trail: recompute every chain and compare the live rows with what the trail last said of them."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tracker.management.acting import actor
from tracker.services import history, verification


class Command(BaseCommand):
    """Exit status 0 where all is as recorded, 1 where anything is not."""

    help = "Verify the trail. With --head HASH, also ask whether a head that left the house is still in a chain."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head", default="", metavar="HASH", help="a head printed in a pack or mailed to an auditor"
        )

        parser.add_argument("--restore-guards", action="store_true", help="put back missing guards of the database")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for finding in verification.verify(head=options["head"].strip().lower()):
            wrong += not finding.lawful
            self.stdout.write(("" if finding.lawful else "WRONG: ") + finding.sentence)
        if options["restore_guards"]:
            for name in verification.restore_guards(by=actor(), at=timezone.now()):
                self.stdout.write(f"The guard {name} has been put back.")
        if wrong:
            self.stderr.write(f"{wrong} thing(s) are not as recorded.")
            sys.exit(1)
        for chain, length, head in history.heads():
            self.stdout.write(f"{chain}: {length} events, head {head}")
        self.stdout.write("All is as recorded.")
