"""manage.py export_pack: the board pack of an authority as at a moment, rebuilt from the trail, into a folder."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker import packing
from tracker.access import Actor
from tracker.management.acting import actor
from tracker.models import Authority
from tracker.rules.london import LONDON, day_of, end_of
from tracker.rules.pack import Scope
from tracker.rules.refusal import Refused
from tracker.services import identities, packs, reference
from tracker.services.packs import Plan


def moment(text: str) -> datetime:
    """A day (its end in London) or a moment in ISO form; one without a zone is London's."""
    try:
        if len(text) == len("2013-03-01"):
            return end_of(date.fromisoformat(text))
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no day or moment; write 2013-03-01 or 2013-03-01T17:00") from None
    return at if at.tzinfo else at.replace(tzinfo=LONDON)


class Command(BaseCommand):
    """Writes one ZIP, with confidential evidence unless it is for the public."""

    help = "Write the board pack of an authority as at a moment (now, unless --as-at says otherwise) into a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--authority", required=True, help="name or short code")
        parser.add_argument("--as-at", type=moment, metavar="WHEN", help="2013-03-01 (its end) or 2013-03-01T17:00")
        parser.add_argument("--since", type=moment, metavar="WHEN", help="tell what moved since then")
        parser.add_argument("--public", action="store_true", help="without confidential evidence")
        parser.add_argument("--files", action="store_true", help="with the files of evidence")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")
        parser.add_argument("--by", default="", metavar="EMAIL", help="who acts; else the installation itself")

    def handle(self, *args: Any, **options: Any) -> None:
        authority = reference.authority_named(options["authority"])
        if authority is None:
            raise CommandError(f"“{options['authority']}” is no authority known here.")
        by, now = actor(options["by"]), timezone.now()
        at = options["as_at"] or now
        if day_of(at) == day_of(now):
            at = min(at, now)  # today has no end yet: as it stands now
        scope = Scope(at, options["since"], confidential=not options["public"], files=options["files"])
        try:
            self._write(authority, scope, options["out"], by, now)
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        except OSError as error:
            raise CommandError(f"{options['out']} cannot be written: {error.strerror or error}.") from error

    def _write(self, authority: Authority, scope: Scope, out: Path, by: Actor, now: datetime) -> None:
        plan = packs.plan_as_at(authority, scope, by=by, at=now)
        out.mkdir(parents=True, exist_ok=True)
        done = packing.write(plan, out, at=now, tell=self._tell)
        try:
            packs.taken(plan, name=done.path.name, digest=done.sha256, by=by, at=timezone.now())
        except BaseException:
            done.path.unlink()
            raise
        self._warn(plan, done.missing)
        total, head = plan.present.position.total, plan.through.hash
        when = f"{scope.as_at.astimezone(LONDON):%-d %B %Y %H:%M}"
        self.stdout.write(f"{done.path}: {total} actions as at {when}, head {head}, SHA-256 {done.sha256}")

    def _tell(self, words: str, done: int, steps: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"{words} ({done + 1} of {steps})")

    def _warn(self, plan: Plan, missing: list[str]) -> None:
        """What is not in the pack; in one for the public also the words that a person has to look at first."""
        for sentence in missing:
            self.stderr.write(sentence)
        carried = [] if plan.scope.confidential else identities.identities_then(plan, confidential=False)
        if carried:
            self.stderr.write("Before you publish this: these words of the plan seem to identify a child.")
        for each in carried:
            self.stderr.write(f"  {each}")
