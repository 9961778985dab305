"""manage.py take_off_factor E-MAIL --reason …: for an administrator whom nobody else can help in again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tracker.management.acting import actor
from tracker.rules.refusal import Refused
from tracker.services import people, second_factors


class Command(BaseCommand):
    """Takes a lost second factor off somebody, told in the trail as done on the command line."""

    help = "Take a lost second factor off somebody; the reason stands in the trail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--reason", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        person = people.person_of(options["email"])
        if person is None:
            raise CommandError(f"Nobody here has the e-mail address {options['email']}.")
        try:
            second_factors.take_off(person, reason=options["reason"], by=actor(), at=timezone.now())
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"{person.name} has no second factor any more.")
