"""What a spreadsheet would do to a plan, row by row: read, matched with the people and the plan as it stands, not written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.access import Actor, assignable_people, check
from tracker.choices import Status
from tracker.models import Action, Report, Spreadsheet
from tracker.rules.identities import Finding, identities_in
from tracker.rules.people_named import Named, whose
from tracker.rules.plan_columns import Holds
from tracker.rules.plan_matching import Asked, Fate, Foreseen, Plan, Standing, foresee
from tracker.rules.plan_rows import Settled, read_rows, same
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services.spreadsheets import check_whole, table_of

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Outlook:
    """What a spreadsheet would do to a plan. `care` is what seems to identify a child, by the number of its row."""

    rows: Sequence[Foreseen]
    care: Mapping[int, Sequence[Finding]]

    def of(self, *fates: Fate) -> list[Foreseen]:
        """The rows with these fates."""
        return [each for each in self.rows if each.fate in fates]

    @property
    def bringing(self) -> list[Foreseen]:
        """The rows that add something."""
        return [each for each in self.rows if each.brings]

    @property
    def asked(self) -> list[Foreseen]:
        """The rows that are asked about: an odd date."""
        return [each for each in self.bringing if each.question]

    @property
    def careful(self) -> list[Foreseen]:
        """The rows that would be brought in with words that seem to identify a child."""
        return [each for each in self.bringing if each.row.number in self.care]

    @property
    def unknown_people(self) -> list[str]:
        """The names that nobody was found for, each once."""
        return list({same(name): name for each in self.rows for name in each.row.unknown_people}.values())

    @property
    def unknown_statuses(self) -> list[str]:
        """The words for a status that are not known, each once."""
        words = [each.row.unknown_status for each in self.rows if each.row.unknown_status]
        return list({same(word): word for word in words}.values())


def outlook(sheet: Spreadsheet, *, by: Actor, on: date) -> Outlook:
    """What bring would do on that day, row by row; nothing is written. Raises Refused where the file cannot be read."""
    return look(sheet, rows_of(sheet, by), on)


def rows_of(sheet: Spreadsheet, by: Actor) -> Rows:
    """The rows of the sheet that was chosen. Raises Refused where they cannot be read, or no plan is chosen yet."""
    check(by, Ability.KEEP_PLAN, sheet.authority_id)
    check_whole(sheet)
    if not sheet.choices.get("into"):
        raise Refused("Say first which plan the spreadsheet goes into.")
    table = table_of(sheet, sheet.choices["sheet"], by=by)
    if table.error:
        raise Refused(table.error)
    return table.rows


def look(sheet: Spreadsheet, rows: Rows, on: date) -> Outlook:
    """What these rows would do to the plan as it stands."""
    mapped = {int(column): Holds(held) for column, held in sheet.choices["columns"].items()}
    people = [Named(*row) for row in assignable_people(sheet.authority_id).values_list("pk", "name", "email")]
    settled = Settled(
        _people(sheet, rows, mapped, people),
        {word: Status(status) for word, status in sheet.choices.get("statuses", {}).items()},
    )
    read = read_rows(rows, sheet.choices["heading"], mapped, settled=settled, as_at=on)
    found = foresee(read, _plan(sheet), names={person.pk: person.name for person in people})
    return Outlook(found, dict(_careful(found)))


def _careful(found: Sequence[Foreseen]) -> Iterator[tuple[int, Sequence[Finding]]]:
    for row in (each.row for each in found):
        if identities := identities_in("\n".join((row.asked, row.what, row.outcome, row.told))):
            yield row.number, identities


def _people(
    sheet: Spreadsheet, rows: Rows, mapped: Mapping[int, Holds], people: Sequence[Named]
) -> dict[str, int | None]:
    """Whom each name means: as a person settled it, else as it is found among those who may own actions."""
    columns = [column for column, holds in mapped.items() if holds in (Holds.OWNER, Holds.ACCOUNTABLE)]
    names = {row[column] for row in rows for column in columns if column < len(row) and row[column]}
    found = {same(name): pk for name in names if (pk := whose(name, people))}
    may = {person.pk for person in people}
    chosen = sheet.choices.get("people", {}).items()
    return {**found, **{name: pk for name, pk in chosen if pk is None or pk in may}}


def _plan(sheet: Spreadsheet) -> Plan:
    number = int(sheet.choices["into"].get("report") or 0)  # 0 is a new plan's, and no report's
    report = Report.objects.filter(pk=number, authority=sheet.authority_id).first()
    if report is None:
        return Plan()
    asked = [Asked(*row) for row in report.recommendations.values_list("pk", "number", "printed_ref", "text")]
    rows = Action.objects.filter(recommendation__report=report).select_related("owner").prefetch_related("brought")
    return Plan(asked, [_standing(action) for action in rows.order_by("pk")], grows=report.intake_id is None)


def _standing(action: Action) -> Standing:
    brought = list(action.brought.all())
    last = brought[-1] if brought else None
    return Standing(
        pk=action.pk,
        reference=action.reference,
        recommendation=action.recommendation_id,
        what=action.what,
        due=action.agreed_due,
        owner=action.owner_id,
        owner_name=action.owner.name if action.owner else "",
        status=Status(action.status),
        keys=[key for row in brought for key in row.keys],
        brought_as=last.reference if last else "",
        told=last.told if last and last.cells else None,  # without cells it was erased: there is nothing to compare
    )
