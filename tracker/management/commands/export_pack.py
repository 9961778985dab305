"""manage.py export_pack: the plan of an authority as at a moment, rebuilt from the trail, into a folder."""

import hashlib
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.exports import columns, csv
from tracker.management.acting import actor
from tracker.rules.london import LONDON, end_of
from tracker.rules.refusal import Refused
from tracker.services import identities, packs, reference


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
    """The first form of the pack: actions.csv."""

    help = "Write an authority's plan as at a moment (now, unless --as-at says otherwise) into a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--authority", required=True, help="name or short code")
        parser.add_argument("--as-at", type=moment, metavar="WHEN", help="2013-03-01 (its end) or 2013-03-01T17:00")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")
        parser.add_argument("--public", action="store_true", help="for the public: say first what may identify a child")
        parser.add_argument("--by", default="", metavar="EMAIL", help="who acts; else the installation itself")

    def handle(self, *args: Any, **options: Any) -> None:
        authority = reference.authority_named(options["authority"])
        if authority is None:
            raise CommandError(f"“{options['authority']}” is no authority known here.")
        by, now = actor(options["by"]), timezone.now()
        try:
            plan = packs.plan_as_at(
                authority, by=by, at=min(options["as_at"] or now, now), confidential=not options["public"]
            )
            path = options["out"] / "actions.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("w", newline="", encoding="utf-8-sig") as file:
                count = csv.write(file, columns.ACTIONS, plan.rows())
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            packs.made(plan, name=path.name, digest=digest, by=by, at=now)
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        except OSError as error:
            raise CommandError(f"{options['out']} cannot be written: {error.strerror}.") from error
        if options["public"]:
            self._warn(identities.identities_then(plan, confidential=False))
        self.stdout.write(f"{path}: {count} actions as at {plan.at:%-d %B %Y %H:%M}, head {plan.through.hash}")

    def _warn(self, carried: list[identities.Carried]) -> None:
        """What seems to identify a child in the plan's words, for a person to look at before anything is published."""
        if carried:
            self.stderr.write("Before you publish this: these words of the plan seem to identify a child.")
        for each in carried:
            self.stderr.write(f"  {each}")
