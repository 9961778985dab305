"""Spreadsheets coming in: keeping the bytes, reading a sheet, and what a person settles about it. bringing.py brings it in."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.template.defaultfilters import filesizeformat

from tracker.access import Actor, assignable_people, check
from tracker.choices import AcceptedAs, EventKind, Family
from tracker.extraction import Limits, Table, read_table
from tracker.models import Authority, Report, Spreadsheet
from tracker.rules.london import day_of
from tracker.rules.plan_columns import Holds, guess, heading_row
from tracker.rules.plan_statuses import TAKEN
from tracker.rules.questions import check_year
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.rules.sheet_kinds import sheet_kind_of
from tracker.rules.written_dates import short_date
from tracker.services import trail, virus
from tracker.services.locking import locked
from tracker.services.plan import check_by_hand

Choices = dict[str, Any]
UNTITLED = "spreadsheet"
MISSING = "The file is missing. Tell whoever looks after this site."


def receive(data: bytes, *, name: str, authority: Authority, by: Actor, at: datetime) -> Spreadsheet:
    """Keep a spreadsheet. The same bytes twice in one authority are the same one, which comes back as it stands; one that
    was set aside is taken up again.

    Raises Refused for a file that is no spreadsheet or too large, where the virus check finds something or does not
    answer, and where none of its sheets can be read.
    """
    check(by, Ability.KEEP_PLAN, authority)
    check_size(len(data))
    digest = hashlib.sha256(data).hexdigest()
    known = Spreadsheet.objects.filter(authority=authority, sha256=digest).first()
    if known:
        check_whole(known)
        return take_up(known, by=by, at=at) if known.set_aside_at else known
    sheet_kind_of(data)
    virus.check_harmless(data, by=by)
    sheet = Spreadsheet(authority=authority, name=name[-255:] or UNTITLED, sha256=digest, size=len(data))
    sheet.received_at, sheet.received_by = at, by.person()
    sheet.choices = _first_choices(data, sheet.name)
    sheet.file.name = _stored(sheet, f"spreadsheets/{authority.code}/{digest}", data)
    try:
        with transaction.atomic():
            sheet.save()
            trail.record(EventKind.SPREADSHEET_RECEIVED, sheet, chain=authority, by=by, at=at)
    except IntegrityError:  # somebody else brought the same bytes a moment ago
        return Spreadsheet.objects.get(authority=authority, sha256=digest)
    return sheet


def check_whole(sheet: Spreadsheet) -> None:
    """Raises Refused where the spreadsheet was erased after a breach: nothing is read from it or settled about it."""
    if sheet.erased_at:
        day = short_date(day_of(sheet.erased_at))
        raise Refused(
            f"This very file was erased on {day} after a breach. Take out what names a child, and bring that in.",
            "file",
        )


def check_wanted(sheet: Spreadsheet) -> None:
    """Raises Refused where the spreadsheet was erased, or set aside: nothing is settled about it or brought in."""
    check_whole(sheet)
    if sheet.set_aside_at:
        day = short_date(day_of(sheet.set_aside_at))
        raise Refused(f"This spreadsheet was set aside on {day}. Take it up again first.")


def check_set_aside(sheet: Spreadsheet, by: Actor) -> None:
    """Refuses what set_aside would refuse, with the same sentence, so that a page can say it beforehand."""
    check(by, Ability.KEEP_PLAN, sheet.authority_id)
    check_wanted(sheet)
    if sheet.brought_at:
        raise Refused(f"Rows of this spreadsheet are in “{sheet.report}”: it is kept with the plan.")


@transaction.atomic
def set_aside(sheet: Spreadsheet, *, reason: str, by: Actor, at: datetime) -> Spreadsheet:
    """Set aside a spreadsheet of which nothing came into a plan, with a reason; its file stays. Raises Refused."""
    check(by, Ability.KEEP_PLAN, sheet.authority_id)
    kept = locked(sheet)
    check_set_aside(kept, by)
    if not reason.strip():
        raise Refused("Give a reason.", "reason")
    kept.set_aside_at, kept.version = at, kept.version + 1
    kept.save()
    trail.record(EventKind.SPREADSHEET_SET_ASIDE, kept, chain=kept.authority, by=by, at=at, reason=reason.strip())
    return kept


@transaction.atomic
def take_up(sheet: Spreadsheet, *, by: Actor, at: datetime) -> Spreadsheet:
    """Take up again a spreadsheet that was set aside, as it stood then. Raises Refused."""
    check(by, Ability.KEEP_PLAN, sheet.authority_id)
    kept = locked(sheet)
    check_whole(kept)
    if not kept.set_aside_at:
        raise Refused("This spreadsheet is not set aside.")
    kept.set_aside_at, kept.version = None, kept.version + 1
    kept.save()
    trail.record(EventKind.SPREADSHEET_TAKEN_UP, kept, chain=kept.authority, by=by, at=at)
    return kept


def _stored(sheet: Spreadsheet, path: str, data: bytes) -> str:
    """The name under which the bytes are kept: their hash. What a killed process has left of them is written anew."""
    storage = sheet.file.storage
    if storage.exists(path) and storage.size(path) == len(data):
        return path
    storage.delete(path)
    return str(storage.save(path, ContentFile(data)))


def check_size(size: int) -> None:
    """Raises Refused for a spreadsheet that is too large, of the size that evidence may have."""
    if size > settings.EVIDENCE_MAX_BYTES:
        largest = filesizeformat(settings.EVIDENCE_MAX_BYTES)
        raise Refused(f"The file is larger than {largest}. Save the plan alone in a file of its own.", "file")


def _first_choices(data: bytes, name: str) -> Choices:
    """The first sheet in which columns of a plan are recognised, else the first that can be read, with the guesses."""
    first = _read(data, name, 1)
    names = first.sheets or ("",)
    tables = (first if number == 1 else _read(data, name, number) for number in range(1, min(len(names), 10) + 1))
    readable: Table | None = None
    for table in tables:
        if table.error:
            continue
        readable = readable or table
        if len(guessed(table)["columns"]) > 1:
            return guessed(table)
    if readable is None:
        raise Refused(first.error or "No sheet of this workbook can be read.", "file")
    return guessed(readable)


def guessed(table: Table, heading: int | None = None) -> Choices:
    """The sheet, the row of its headings (found where none is given) and what each column seems to hold."""
    row = heading or heading_row(table.rows)
    columns = guess(table.rows, row) if row <= len(table.rows) else {}
    return {"sheet": table.number, "heading": row, "columns": {str(n): holds.value for n, holds in columns.items()}}


def table_of(sheet: Spreadsheet, number: int, *, by: Actor) -> Table:
    """Sheet `number` (from 1) of the file; what cannot be read is told in its `error`. Changes nothing. Raises Refused."""
    check(by, Ability.KEEP_PLAN, sheet.authority_id)
    check_whole(sheet)
    try:
        with sheet.file.open("rb") as file:
            return _read(bytes(file.read()), sheet.name, number)
    except FileNotFoundError:
        check_whole(Spreadsheet.objects.get(pk=sheet.pk))  # it may have been erased since the row was read
        raise Refused(MISSING) from None


def _read(data: bytes, name: str, number: int) -> Table:
    memory = settings.REPORT_READ_MEGABYTES * 1024 * 1024
    limits = Limits(seconds=settings.REPORT_READ_SECONDS, memory=memory, size=settings.EVIDENCE_MAX_BYTES)
    return read_table(data, number=number, name=name, limits=limits)


@transaction.atomic
def settle(
    sheet: Spreadsheet, *, choices: Mapping[str, Any], by: Actor, at: datetime, version: int | None = None
) -> Spreadsheet:
    """Keep what a person settled: the given parts of Spreadsheet.choices; the others stay. Raises Refused."""
    check(by, Ability.KEEP_PLAN, sheet.authority_id)
    kept = locked(sheet, version)
    check_wanted(kept)
    wanted = {**kept.choices, **choices}
    _check_choices(kept, wanted)
    if wanted == kept.choices:
        return kept
    kept.choices, kept.version = wanted, kept.version + 1
    kept.save()
    trail.record(EventKind.SPREADSHEET_SETTLED, kept, chain=kept.authority, by=by, at=at)
    return kept


@transaction.atomic
def downloaded(sheet: Spreadsheet, *, by: Actor, at: datetime) -> Spreadsheet:
    """Tell the trail that somebody took the file out of the house. Raises Refused where it is not theirs, or is gone."""
    check(by, Ability.KEEP_PLAN, sheet.authority_id)
    kept = locked(sheet)
    if kept.erased_at:
        raise Refused("There is no file to download: it was erased after a breach.")
    trail.record(EventKind.SPREADSHEET_DOWNLOADED, kept, chain=kept.authority, by=by, at=at)
    return kept


def _check_choices(sheet: Spreadsheet, choices: Choices) -> None:
    held = list(choices["columns"].values())
    if len(set(held)) != len(held):
        raise Refused("Two columns cannot hold the same thing.", "columns")
    if not {Holds.ASKED.value, Holds.WHAT.value} & set(held):
        raise Refused("Say which column holds the recommendation, or what will be done.", "columns")
    if not set(held) <= {each.value for each in Holds}:
        raise Refused("Choose what the columns hold from the list.", "columns")
    if choices.get("into"):
        _check_into(sheet, choices["into"])
    people = {pk for pk in choices.get("people", {}).values() if pk is not None}
    if assignable_people(sheet.authority_id).filter(pk__in=people).count() != len(people):
        raise Refused(f"Somebody chosen has no role in {sheet.authority} that may hold actions.", "people")
    if not set(choices.get("statuses", {}).values()) <= set(TAKEN):
        raise Refused("Choose the status from the list.", "statuses")


def _check_into(sheet: Spreadsheet, into: Mapping[str, Any]) -> None:
    if sheet.report_id and into.get("report") != sheet.report_id:
        raise Refused(f"This spreadsheet went into “{sheet.report}” already.", "into")
    if "report" in into:
        if not plans_of(sheet.authority).filter(pk=into["report"]).exists():
            raise Refused("Choose a plan of this council.", "into")
        return
    check_by_hand(family=Family(into["family"]), title=into["title"], source=into["source"])
    check_year(date.fromisoformat(into["issued_on"]), "issued_on")


def plans_of(authority: Authority) -> Any:
    """The reports of the authority into which a spreadsheet may go: those that are plans."""
    return Report.objects.filter(authority=authority, accepted_as=AcceptedAs.PLAN)
