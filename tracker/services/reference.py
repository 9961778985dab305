"""Reference rows: loading them, and reading what the rules need of them."""

import csv
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import transaction

from tracker.access import Actor, check_people, check_site, plan_readers
from tracker.choices import EventKind
from tracker.models import Authority, BankHoliday, Event, ReminderDefault, ReportFamily, Theme, Trailed, User
from tracker.rules.authority_settings import AuthoritySettings, read_settings
from tracker.rules.refusal import Refused
from tracker.rules.working_days import Calendar, Holiday
from tracker.services import trail
from tracker.services.locking import locked

Row = dict[str, str]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _year(text: str) -> int | None:
    return int(text) if text else None


def _authority(row: Row) -> dict[str, Any]:
    plain = ("code", "short_name", "name", "region", "kind", "ons_code", "dfe_code", "ofsted_urn", "domain")
    return {
        **{name: row[name] for name in plain},
        "printed_names": row["printed_names"].split("|"),
        "ended_on": _day(row["ended_on"]),
    }


def _family(row: Row) -> dict[str, Any]:
    plain = ("code", "title", "statutory_basis", "prints_publication_date", "how_listed")
    return {
        **{name: row[name] for name in plain},
        "first_year": _year(row["first_year"]),
        "last_year": _year(row["last_year"]),
        "prints_timescale": row["prints_timescale"] == "yes",
        "by_hand": row["by_hand"] == "yes",
    }


def _holiday(row: Row) -> dict[str, Any]:
    return {
        "on": _day(row["date"]),
        "name": row["name"],
        "announced": _day(row["announced"]),
        "provisional": row["provisional"] == "yes",
    }


def _theme(row: Row) -> dict[str, Any]:
    return {"code": row["code"], "title": row["title"], "words": row["words"].split("|")}


def _reminder(row: Row) -> dict[str, Any]:
    plain = ("kind", "to_whom", "explanation")
    return {**{name: row[name] for name in plain}, "days": row["days"].split("|")}


# Each file with the model its rows become, the field that tells them apart, and how a row is read.
FILES: dict[str, tuple[type[Trailed], str, Callable[[Row], dict[str, Any]]]] = {
    "authorities.csv": (Authority, "code", _authority),
    "families.csv": (ReportFamily, "code", _family),
    "bank_holidays.csv": (BankHoliday, "on", _holiday),
    "themes.csv": (Theme, "code", _theme),
    "reminders.csv": (ReminderDefault, "kind", _reminder),
}


@transaction.atomic
def load(folder: Path, *, by: Actor, at: datetime) -> Event | None:
    """Make the reference rows of the folder's files so; rows that are so already are left alone.

    One event tells of every row that was made or changed; None where nothing was. An authority's own settings and
    director are never touched. Raises Refused where a file is missing or a row cannot be read.
    """
    check_site(by)
    changed: list[Trailed] = []
    for name, (model, key, read) in FILES.items():
        changed += _load_file(folder / name, model, key, read)
    changed += [row for row in _link_successors(folder / "authorities.csv") if row not in changed]
    if not changed:
        return None
    fresh = [type(row)._default_manager.get(pk=row.pk) for row in changed]
    return trail.record(EventKind.REFERENCE_LOADED, *fresh, chain=None, by=by, at=at)


def _rows(path: Path) -> list[Row]:
    try:
        with path.open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))
    except OSError as error:
        raise Refused(f"The reference file {path.name} cannot be read: {error.strerror}.") from error


def _load_file(path: Path, model: type[Trailed], key: str, read: Callable[[Row], dict[str, Any]]) -> Iterable[Trailed]:
    known = {str(getattr(row, key)): row for row in model._default_manager.all()}
    for row in _rows(path):
        try:
            values = read(row)
        except (KeyError, ValueError, TypeError) as error:
            raise Refused(f"{path.name}: the row {row} cannot be read ({error}).") from error
        kept = known.get(str(values[key])) or model()
        if kept.pk is None or any(getattr(kept, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(kept, name, value)
            kept.save()
            yield kept


def _link_successors(path: Path) -> Iterable[Authority]:
    by_code = {authority.code: authority for authority in Authority.objects.all()}
    for row in _rows(path):
        wanted = {by_code[code] for code in row["successors"].split("|") if code}
        authority = by_code[row["code"]]
        if wanted != set(authority.successors.all()):
            authority.successors.set(wanted)
            yield authority


def calendar() -> Calendar:
    """The working days of England and Wales, from the bank holidays that are loaded."""
    rows = BankHoliday.objects.values_list("on", "name", "announced", "provisional")
    return _calendar(tuple(Holiday(*row) for row in rows))


@lru_cache(maxsize=4)
def _calendar(holidays: tuple[Holiday, ...]) -> Calendar:
    """One calendar for the same holidays, so that what was reckoned with it is known again."""
    return Calendar(holidays)


def settings_of(authority: Authority) -> AuthoritySettings:
    """The authority's settings; what it has not set follows the installation's reminder defaults and the house's."""
    return read_settings(authority.settings, house=reminder_defaults())


def reminder_defaults() -> dict[str, list[int | str]]:
    """The installation's own reminder days, by kind, as they are stored."""
    return {row.kind: row.days for row in ReminderDefault.objects.all()}


@transaction.atomic
def change_settings(
    authority: Authority,
    *,
    settings: dict[str, Any],
    by: Actor,
    at: datetime,
    reason: str = "",
    version: int | None = None,
) -> Authority:
    """Replace the authority's own settings. Raises Refused for a setting that makes no sense, and Conflict."""
    check_people(by, authority)
    read_settings(settings)
    kept = locked(authority, version)
    kept.settings, kept.version = settings, kept.version + 1
    kept.save()
    trail.record(EventKind.AUTHORITY_SETTINGS_CHANGED, kept, chain=None, by=by, at=at, reason=reason)
    return kept


@transaction.atomic
def set_director(
    authority: Authority,
    *,
    director: User | None,
    by: Actor,
    at: datetime,
    reason: str = "",
    version: int | None = None,
) -> Authority:
    """Say to whom long overdue actions are escalated, or (None) to nobody.

    They must see the whole plan. Raises Refused, and Conflict.
    """
    check_people(by, authority)
    kept = locked(authority, version)
    if director is not None and not plan_readers(kept).filter(pk=director.pk).exists():
        raise Refused(f"{director.name} has no role that sees the whole plan of {kept}.", "director")
    if kept.director_id == (director.pk if director else None):
        return kept
    kept.director, kept.version = director, kept.version + 1
    kept.save()
    trail.record(EventKind.AUTHORITY_SETTINGS_CHANGED, kept, chain=None, by=by, at=at, reason=reason)
    return kept


def folded(name: str) -> str:
    """A name as names are compared: case, punctuation and "&" for "and" make no difference."""
    return " ".join(re.findall(r"[a-z0-9]+", name.lower().replace("&", " and ")))


def authority_named(name: str) -> Authority | None:
    """The authority of that short code, name or printed name; None where there is none."""
    wanted = folded(name)
    for authority in Authority.objects.all():
        names = (authority.code, authority.short_name, authority.name, *authority.printed_names)
        if wanted and wanted in {folded(each) for each in names}:
            return authority
    return None
