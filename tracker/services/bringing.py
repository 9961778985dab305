"""Bringing a plan in from a spreadsheet: first what each row would do, then all of it as one event, or nothing."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db import transaction

from tracker.access import Actor, assignable_people
from tracker.choices import Basis, EventKind, Family, Status
from tracker.models import Action, BroughtRow, ProgressNote, Recommendation, Report, Spreadsheet, Trailed
from tracker.rules.london import day_of
from tracker.rules.plan_matching import Fate, Foreseen
from tracker.rules.plan_rows import reference_key, words_key
from tracker.rules.refusal import Refused
from tracker.rules.written_dates import counted, long_date
from tracker.services import trail
from tracker.services.actions import give
from tracker.services.locking import locked
from tracker.services.plan import begun_by_hand, drafted, next_reference
from tracker.services.scheduling import House, count_overdue, keep
from tracker.services.sheet_outlook import Outlook, Rows, look, rows_of
from tracker.services.spreadsheets import check_whole

NAMED = 12  # rows that a refusal names


def bring(
    sheet: Spreadsheet,
    *,
    leave_out: bool,
    sure: bool,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Report:
    """Bring the rows in, in one transaction and as one event.

    What is in the plan already stays as it is. Rows that cannot be brought in are left out only where `leave_out` says
    so, odd dates are taken only where somebody is `sure`. Raises Refused where anything stands against it, or where
    nothing would change.
    """
    rows = rows_of(sheet, by)
    with transaction.atomic():
        kept = locked(sheet, version)
        check_whole(kept)
        if number := kept.choices["into"].get("report"):
            locked(Report.objects.get(pk=number))  # two at once would both take the next reference
        found = look(kept, rows, day_of(at))
        _check(found, leave_out=leave_out, sure=sure)
        return _brought(kept, found, rows, by=by, at=at)


def _check(found: Outlook, *, leave_out: bool, sure: bool) -> None:
    refused = found.of(Fate.REFUSED)
    if refused and not leave_out:
        named = ", ".join(str(each.row.number) for each in refused[:NAMED])
        raise Refused(
            f"Rows that cannot be brought in: {named}. Put them right, or tick to leave them out.", "leave_out"
        )
    if not found.bringing:
        raise Refused("There is nothing in this spreadsheet that is not in the plan already.")
    if found.asked and not sure:
        raise Refused("Tick the box if the odd dates are right, or put them right in the spreadsheet.", "sure")


def _brought(sheet: Spreadsheet, found: Outlook, rows: Rows, *, by: Actor, at: datetime) -> Report:
    report, made = _report(sheet, by=by, at=at)
    made += _actions(sheet, report, found.bringing, rows, by=by, at=at)
    sheet.report, sheet.brought_at, sheet.version = report, at, sheet.version + 1
    sheet.choices = {**sheet.choices, "into": {"report": report.pk}}
    sheet.save()
    details = {
        "file": sheet.name,
        "sha256": sheet.sha256,
        "brought": len(found.bringing),
        "there_already": len(found.of(Fate.SAME, Fate.DIFFERS)),
        "left_out": [each.row.number for each in found.of(Fate.REFUSED)],
    }
    trail.record(EventKind.PLAN_BROUGHT, sheet, *made, chain=sheet.authority, by=by, at=at, details=details)
    return report


def _report(sheet: Spreadsheet, *, by: Actor, at: datetime) -> tuple[Report, list[Trailed]]:
    into = sheet.choices["into"]
    if "report" in into:
        return Report.objects.select_related("authority").get(pk=into["report"]), []
    report = begun_by_hand(
        authority=sheet.authority,
        family=Family(into["family"]),
        title=into["title"],
        issued_on=date.fromisoformat(into["issued_on"]),
        source=into["source"],
        by=by,
        at=at,
    )
    return report, [report]


def _actions(
    sheet: Spreadsheet, report: Report, found: Sequence[Foreseen], rows: Rows, *, by: Actor, at: datetime
) -> list[Trailed]:
    """Every record that the rows make."""
    house, made = House.of(sheet.authority), list[Trailed]()
    stem, _, number = next_reference(report).rpartition("-")
    groups: dict[int | str, Recommendation] = {each.pk: each for each in report.recommendations.all()}
    last = max((each.number for each in groups.values()), default=0)
    for place, each in enumerate(found):
        if each.group not in groups:
            last += 1
            groups[each.group] = _recommendation(report, last, each)
            made.append(groups[each.group])
        reference = f"{stem}-{int(number) + place:02}"
        made += _action(sheet, report, groups[each.group], each, reference, rows, house, by=by, at=at)
    return made


def _recommendation(report: Report, number: int, each: Foreseen) -> Recommendation:
    row = each.row
    return Recommendation.objects.create(
        report=report, number=number, printed_ref=row.asked_ref, text=row.asked or row.what
    )


def _action(
    sheet: Spreadsheet,
    report: Report,
    recommendation: Recommendation,
    each: Foreseen,
    reference: str,
    rows: Rows,
    house: House,
    *,
    by: Actor,
    at: datetime,
) -> Iterator[Trailed]:
    """The action of a row, the note with what the row says of progress, and the row itself."""
    row = each.row
    action = drafted(recommendation, report, reference=reference, house=house, at=at, what=row.what)
    action.outcome, action.start_on, action.accountable_id = row.outcome, row.start, row.accountable
    give(action, assignable_people(sheet.authority_id).get(pk=row.owner) if row.owner else None, on=day_of(at))
    action.status = row.status or Status.NOT_STARTED
    action.closed_elsewhere = action.status == Status.CLOSED
    _date(action, sheet, each, report=report, house=house, by=by)
    keep(action, house=house, at=at)
    yield action
    if row.told:
        text = f"From the spreadsheet “{sheet.name}”, row {row.number}, as it stood there.\n\n{row.told}"
        yield ProgressNote.objects.create(action=action, text=text, written_at=at, written_by=by.person())
    keys = [words_key(recommendation.text, row.what)]
    keys += [reference_key(row.reference)] if row.reference else []
    headings, cells = rows[sheet.choices["heading"] - 1], rows[row.number - 1]
    yield BroughtRow.objects.create(
        spreadsheet=sheet,
        action=action,
        sheet=sheet.choices["sheet"],
        row=row.number,
        reference=row.reference,
        keys=keys,
        told=row.told,
        cells=[list(pair) for pair in zip(headings, cells, strict=False) if pair[1]],
    )


def _date(action: Action, sheet: Spreadsheet, each: Foreseen, *, report: Report, house: House, by: Actor) -> None:
    """Put the row's dates on the action as a person's own. A revised date counts, and no extension is invented."""
    row = each.row
    if row.agreed is None:
        return
    action.original_due, action.agreed_due = row.due, row.agreed
    action.original_basis = action.due_basis = Basis.CHOSEN
    action.due_set_by = by.user
    told = f"{long_date(row.agreed)}, from the spreadsheet “{sheet.name}”, row {row.number}"
    if row.revised and row.due != row.revised:
        told += f"; first due {long_date(row.due)}" if row.due else ""
        told += ", moved before this tracker: it holds no extension for that"
    action.due_explanation = told
    count_overdue(action, report=report, house=house)


def told(found: Outlook) -> str:
    """What has been done, in a sentence."""
    added = counted(len(found.bringing), "action is", "actions are")
    there = len(found.of(Fate.SAME, Fate.DIFFERS))
    more = f" {counted(there, 'row was', 'rows were')} in it already and changed nothing." if there else ""
    return f"{added} in the plan now.{more}"
