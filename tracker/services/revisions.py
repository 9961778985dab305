"""Reading a report again, or a corrected version of it: what differs from what was accepted, and applying it.

Only what a person ticks is applied. An action somebody has worked on is never rewritten, and nothing is taken out: a
recommendation that is no longer printed says so, and its actions are left for a lead to decide about.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from tracker.access import Actor, check
from tracker.choices import AcceptedAs, Basis, EventKind, IntakeState, Status
from tracker.models import Action, Intake, Recommendation, Report, Trailed
from tracker.rules import differences as rules
from tracker.rules.differences import Change, Difference, Known
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import plan, trail
from tracker.services.acceptance import printed_words
from tracker.services.intake import twin_of
from tracker.services.locking import locked
from tracker.services.scheduling import House, keep, reckon, set_due


def report_of(intake: Intake) -> Report | None:
    """The accepted report that a reading is compared with: its own, the one it corrects, or else its twin."""
    own = Report.objects.filter(intake=intake.pk).first()
    return own or intake.corrects or twin_of(intake)


def differences_of(intake: Intake, report: Report, *, by: Actor) -> list[Difference]:
    """What a reading holds beside what was accepted. Raises Refused for a reading of another authority's report."""
    check(by, Ability.KEEP_PLAN, intake.authority_id)
    if report.authority_id != intake.authority_id:
        raise Refused("The file and the report belong to different councils.")
    own = report.intake_id == intake.pk
    draft = (None if own else intake.corrected) or intake.draft or {}
    dropped = ((intake.corrected or {}).get("dropped") or []) if own else []
    rows = report.recommendations.filter(gone_from=None).order_by("number")
    return rules.differences(
        [_known(row) for row in rows],
        draft.get("recommendations") or [],
        left_out=[item["text"] for item in dropped],
    )


def _known(row: Recommendation) -> Known:
    return Known(row.pk, row.text, _readings(row), row.heading, row.timescale, row.addressee)


def _readings(row: Recommendation) -> tuple[dict[str, Any], ...]:
    read = row.read_as or {}
    return tuple(read["joined"]) if "joined" in read else (read,) if read.get("text") else ()


def names_of(found: Sequence[Difference]) -> dict[str, Difference]:
    """The differences a person can apply, by names that stay the same while neither side changes."""
    named: dict[str, Difference] = {}
    for place, each in enumerate(found):
        if each.change == Change.NEW:
            named[f"new-{place}"] = each
        elif each.change != Change.SAME and each.known:
            named[f"{each.change}-{each.known.key}"] = each
    return named


def untouched(action: Action) -> bool:
    """Whether nobody has begun to work on the action: not started, no owner, and nothing written or attached."""
    worked = (action.notes, action.evidence, action.extensions, action.steps, action.measures)
    begun = action.status != Status.NOT_STARTED or action.owner_id is not None or action.last_move != ""
    return not begun and not any(rows.exists() for rows in worked)


@transaction.atomic
def apply(
    intake: Intake,
    report: Report,
    *,
    names: Collection[str],
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Report:
    """Apply the differences a person has chosen, by their names (names_of), to an accepted report.

    New ones become recommendations, with an action each in a plan; changed ones take the later words, and so does an
    action nobody has worked on; what is gone is marked so. A corrected version counts as dealt with from then on.
    Raises Refused where nothing was chosen or a name stands for nothing any more; Conflict.
    """
    check(by, Ability.KEEP_PLAN, intake.authority_id)
    kept, told = locked(intake, version), locked(report)
    if kept.state not in (IntakeState.READ, IntakeState.ACCEPTED):
        raise Refused("Only a file that has been read can be compared.")
    named = names_of(differences_of(kept, told, by=by))
    if not names:
        raise Refused("Tick what to apply.", "names")
    if set(names) - set(named):
        raise Refused("The report has changed since you opened the page. Look at the differences again.")
    rows: list[Trailed] = [told]
    for name, each in named.items():
        if name in names:
            rows += _applied(each, told, kept, at)
    if told.intake_id != kept.pk:
        kept.state, kept.corrects = IntakeState.ACCEPTED, told
    kept.version, told.version = kept.version + 1, told.version + 1
    kept.save()
    told.save()
    trail.record(EventKind.REPORT_REVISED, *rows, kept, chain=told.authority, by=by, at=at)
    return told


def _applied(each: Difference, report: Report, intake: Intake, at: datetime) -> list[Trailed]:
    if each.change == Change.NEW and each.later:
        return _new(each.later, report, intake, at)
    assert each.known  # noqa: S101  only what is new was not known
    row = locked(Recommendation.objects.get(pk=each.known.key))
    if each.change == Change.GONE:
        row.gone_from = intake
        row.save()
        return [row]
    return _changed(row, each, report, intake, at)


def _words(item: dict[str, Any], intake: Intake) -> dict[str, Any]:
    words = printed_words(item)
    return {**words, "citation": {**words["citation"], "intake": intake.pk}}


def _new(item: dict[str, Any], report: Report, intake: Intake, at: datetime) -> list[Trailed]:
    last = report.recommendations.order_by("-number").first()
    number = last.number + 1 if last else 1
    row = Recommendation.objects.create(report=report, number=number, read_as=item, **_words(item, intake))
    if report.accepted_as != AcceptedAs.PLAN:
        return [row]
    return [row, plan.new_action(row, report, house=House.of(report.authority), at=at)]


def _changed(row: Recommendation, each: Difference, report: Report, intake: Intake, at: datetime) -> list[Trailed]:
    before = row.text
    for name, value in _words(each.later or {}, intake).items():
        setattr(row, name, value)
    row.read_as = each.later
    row.save()
    house = House.of(report.authority)
    moved = [action for action in row.actions.select_for_update() if untouched(action)]
    for action in moved:
        _follow(action, before, row, report, house)
        keep(action, house=house, at=at)
    return [row, *moved]


def _follow(action: Action, before: str, row: Recommendation, report: Report, house: House) -> None:
    """An action nobody has worked on takes the later words, and the date that follows from them."""
    if action.what == before:
        action.what = row.text
    if action.due_set_by_id is None and action.original_basis != Basis.CHOSEN:
        found = reckon(row, report, house)
        action.original_due, action.original_basis = found.on, found.basis
        set_due(action, found, report=report, house=house)
