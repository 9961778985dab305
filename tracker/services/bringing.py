"""Bringing a plan in from a spreadsheet: first what each row would do, then all of it as one event, or nothing."""

from collections.abc import Sequence
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
from tracker.services.saving import save_new
from tracker.services.scheduling import House, count_overdue, schedule
from tracker.services.sheet_outlook import Outlook, Rows, look, rows_of
from tracker.services.spreadsheets import check_wanted

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
        check_wanted(kept)
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
    """Every record that the rows make: recommendations, actions, notes of progress, and the rows as they came."""
    house, (asked, fresh) = House.of(sheet.authority), _recommendations(report, found)
    stem, _, number = next_reference(report).rpartition("-")
    people = assignable_people(sheet.authority_id).in_bulk({each.row.owner for each in found if each.row.owner})
    actions = []
    for place, each in enumerate(found):
        reference = f"{stem}-{int(number) + place:02}"
        action = drafted(asked[each.group], report, reference=reference, house=house, at=at, what=each.row.what)
        give(action, people[each.row.owner] if each.row.owner else None, on=day_of(at))
        _fill(action, sheet, each, report=report, house=house, by=by)
        schedule(action, house=house, on=day_of(at))
        actions.append(action)
    save_new(actions)
    pairs = list(zip(actions, found, strict=True))
    notes = save_new([_note(sheet, *pair, by=by, at=at) for pair in pairs if pair[1].row.told])
    return [*fresh, *actions, *notes, *save_new([_row(sheet, *pair, rows) for pair in pairs])]


def _recommendations(
    report: Report, found: Sequence[Foreseen]
) -> tuple[dict[int | str, Recommendation], Sequence[Recommendation]]:
    """The recommendations to which the rows belong, by their group; and those of them that are new."""
    known: dict[int | str, Recommendation] = {each.pk: each for each in report.recommendations.all()}
    last = max((each.number for each in known.values()), default=0)
    firsts = {each.group: each.row for each in reversed(found) if each.group not in known}
    new = [(each.group, firsts.pop(each.group)) for each in found if each.group in firsts]
    fresh = [
        Recommendation(report=report, number=number, printed_ref=row.asked_ref, text=row.asked or row.what)
        for number, (_, row) in enumerate(new, last + 1)
    ]
    save_new(fresh)
    return {**known, **{group: made for (group, _), made in zip(new, fresh, strict=True)}}, fresh


def _fill(action: Action, sheet: Spreadsheet, each: Foreseen, *, report: Report, house: House, by: Actor) -> None:
    """What the row says of the action beside its words."""
    row = each.row
    action.outcome, action.start_on, action.accountable_id = row.outcome, row.start, row.accountable
    action.status = row.status or Status.NOT_STARTED
    action.closed_elsewhere = action.status == Status.CLOSED
    _date(action, sheet, each, report=report, house=house, by=by)


def _note(sheet: Spreadsheet, action: Action, each: Foreseen, *, by: Actor, at: datetime) -> ProgressNote:
    """The first note, with what the row says of progress."""
    text = f"From the spreadsheet “{sheet.name}”, row {each.row.number}, as it stood there.\n\n{each.row.told}"
    return ProgressNote(action=action, text=text, written_at=at, written_by=by.person())


def _row(sheet: Spreadsheet, action: Action, each: Foreseen, rows: Rows) -> BroughtRow:
    """The row as it came, with what recognises it in a later file."""
    row = each.row
    keys = [words_key(action.recommendation.text, row.what)]
    keys += [reference_key(row.reference)] if row.reference else []
    headings, cells = rows[sheet.choices["heading"] - 1], rows[row.number - 1]
    return BroughtRow(
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
