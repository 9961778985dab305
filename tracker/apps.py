"""Django's entry for the tracker."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.db import connections


class TrackerConfig(AppConfig):
    """The one application of the project."""

    name = "tracker"
    verbose_name = "Improvement actions"

    def ready(self) -> None:
        checks.register(guards_are_on, checks.Tags.database)
        checks.register(virus_check_can_be_asked)
        checks.register(files_are_checked, checks.Tags.security, deploy=True)
        checks.register(failures_are_counted_together, checks.Tags.security, deploy=True)


def guards_are_on(databases: Sequence[str] | None = None, **options: Any) -> list[checks.CheckMessage]:
    """`check --database default`: the triggers that keep the trail append-only are in the database."""
    from tracker.models import triggers  # models can be imported only once Django has its applications

    begun = [connections[alias] for alias in databases or () if triggers.has_tables(connections[alias])]
    missing = [name for connection in begun for name in triggers.missing(connection)]
    if not missing:
        return []
    told = f"The database's own guards of the trail are missing: {', '.join(missing)}."
    return [
        checks.Error(
            told,
            hint="manage.py verify_trail says what happened meanwhile, and with --restore-guards puts them back.",
            id="tracker.E001",
        )
    ]


def failures_are_counted_together(**options: Any) -> list[checks.CheckMessage]:
    """`check --deploy`: several web processes count failed sign-ins in one place."""
    if settings.REDIS_URL:
        return []
    told = "REDIS_URL is not set: each web process counts failed sign-ins for itself, and nothing plans the notices."
    return [checks.Warning(told, id="tracker.W001")]


def virus_check_can_be_asked(**options: Any) -> list[checks.CheckMessage]:
    """`check`: an address that cannot be one refuses every file, so it is told before anybody brings one."""
    from tracker.services import virus  # services import models, which wait for Django's applications

    if not settings.CLAMD_ADDRESS:
        return []
    try:
        virus.place_of(settings.CLAMD_ADDRESS)
    except ValueError as error:
        return [checks.Error(str(error), hint="Until then no file can be attached.", id="tracker.E002")]
    return []


def files_are_checked(**options: Any) -> list[checks.CheckMessage]:
    """`check --deploy`: files come from many hands."""
    if settings.CLAMD_ADDRESS:
        return []
    return [checks.Warning("CLAMD_ADDRESS is not set: files are kept without a virus check.", id="tracker.W002")]
