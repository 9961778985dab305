"""manage.py verify_trail: recompute every chain and compare the live rows with the trail; or verify a board pack."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.exports.verifying import verify_pack
from tracker.management.acting import actor
from tracker.services import history, verification
from tracker.services.verification import Finding


class Command(BaseCommand):
    """Exit status 0 where all is as recorded, 1 where anything is not, 2 where a pack cannot be read."""

    help = (
        "Verify the trail; or a board pack, and whether its head stands in this database's trail. "
        "With --head HASH, also ask whether a head that left the house is still in a chain, or in the pack's."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("pack", nargs="?", type=Path, metavar="PACK.zip", help="a pack, or the folder it lies in")
        parser.add_argument(
            "--head", default="", metavar="HASH", help="a head printed in a pack or mailed to an auditor"
        )
        parser.add_argument("--restore-guards", action="store_true", help="put back missing guards of the database")

    def handle(self, *args: Any, **options: Any) -> None:
        head = options["head"].strip().lower()
        if options["pack"]:
            self._say(self._of_pack(options["pack"], head))
            self.stdout.write("The pack is as it was made, and this database agrees with it.")
            return
        wrong = self._count(verification.verify(head=head))
        if options["restore_guards"]:
            for name in verification.restore_guards(by=actor(), at=timezone.now()):
                self.stdout.write(f"The guard {name} has been put back.")
        self._end(wrong)
        for chain, length, last in history.heads():
            self.stdout.write(f"{chain}: {length} events, head {last}")
        self.stdout.write("All is as recorded.")

    def _of_pack(self, pack: Path, head: str) -> Iterator[Finding]:
        """What the pack's own script finds, and then whether the live chain agrees."""
        try:
            found, walked = verify_pack.verify(str(pack), head)
        except verify_pack.Unreadable as error:
            raise CommandError(str(error), returncode=2) from error
        yield from (Finding(sentence, lawful=True) for sentence in found.notes)
        yield from (Finding(sentence) for sentence in found.wrong)
        if found.left_out:
            yield Finding(f"{found.left_out} more are not listed.")
        yield verification.compare(walked.manifest["chain"], walked.hashes())
        yield from verification.compare_left(walked.manifest["chain"], walked.gone, walked.left)

    def _say(self, findings: Iterator[Finding]) -> None:
        self._end(self._count(findings))

    def _count(self, findings: Iterator[Finding]) -> int:
        """Write each finding; how many are wrong."""
        wrong = 0
        for finding in findings:
            wrong += not finding.lawful
            self.stdout.write(("" if finding.lawful else "WRONG: ") + finding.sentence)
        return wrong

    def _end(self, wrong: int) -> None:
        if wrong:
            self.stderr.write(f"{wrong} thing(s) are not as recorded.")
            sys.exit(1)
