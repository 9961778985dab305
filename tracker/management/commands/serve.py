"""manage.py serve: the whole application on this machine, from an empty folder to a page one can sign in to."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from django.utils import timezone

from config import preflight
from config.frontend import build
from config.instance import Stopped, claimed
from config.supervisor import Supervisor
from tracker.management.acting import actor
from tracker.management.welcoming import tell_passwords
from tracker.services import demonstration, trail


class Command(BaseCommand):
    """Prepares what is missing, then runs all programs until Ctrl-C. A second run keeps what is there."""

    help = "Run the whole application on 127.0.0.1 (PORT=8000). EMPTY=1 begins without the demonstration, HISTORY=1 with a past."
    # The database is checked once its migrations have run.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        # What is written from here on (the database, the broker's files, the logs) is for its owner alone.
        os.umask(0o077)
        try:
            preflight.check_writable(settings.VAR_DIR)
            with claimed(settings.VAR_DIR, f"http://127.0.0.1:{settings.PORT}") as claim:
                preflight.check_room(settings.VAR_DIR)
                preflight.check_port(settings.PORT)
                self.prepare()
                Supervisor(
                    claim=claim,
                    folder=settings.VAR_DIR,
                    base=settings.BASE_DIR,
                    port=settings.PORT,
                    redis_url=settings.REDIS_URL,
                    tell=self.tell,
                ).run()
        except (Stopped, build.CannotBuild) as problem:
            self.stderr.write(str(problem))
            sys.exit(1)
        except KeyboardInterrupt:
            self.tell("Stopped.")
            sys.exit(130)

    def tell(self, text: str) -> None:
        """Says something at once, also where the output goes to a file."""
        self.stdout.write(text)
        self.stdout.flush()

    def prepare(self) -> None:
        """Brings files, tables, reference rows and people to where this version wants them."""
        build.ensure(self.tell)
        self.tell("Preparing the database…")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        self.fill()
        # Connections are not to be shared with the programs that are started next.
        connections.close_all()

    def fill(self) -> None:
        """Loads the reference rows, and the demonstration where this database is one; its kind never changes."""
        if settings.HISTORY and not settings.EMPTY and not trail.has_begun():
            call_command("demonstrate", "--history", stdout=self.stdout)
        flags = [] if settings.EMPTY or trail.has_begun() else ["--demonstration"]
        call_command("load_reference", *flags, stdout=self.stdout)
        if trail.is_demonstration() == settings.EMPTY:
            self.tell(
                f"This database was begun {'as' if settings.EMPTY else 'without'} the demonstration and stays so."
            )
        if trail.is_demonstration():
            call_command("demonstrate", stdout=self.stdout)
            self.tell("This is a demonstration. New passwords: .venv/bin/python manage.py demonstrate --new-passwords")
            return
        tell_passwords(demonstration.begin_administrator(by=actor(), at=timezone.now()), self.stdout.write)
        self.tell("A new password for somebody: .venv/bin/python manage.py changepassword E-MAIL")
