"""An accepted report: its dates, with what would move shown first, and the answer to each recommendation."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tracker.access import Actor, check
from tracker.choices import Basis, EventKind, Response, Status
from tracker.models import Action, Recommendation, Report, Theme, Trailed
from tracker.rules.due_dates import parse_timescale
from tracker.rules.london import day_of
from tracker.rules.movements import Dated, Movement, movement_sentence, movements
from tracker.rules.questions import check_year, question_publication
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import clock, trail
from tracker.services.locking import locked
from tracker.services.scheduling import House, anchor_of, count_overdue, default_of, keep


@dataclass(frozen=True)
class Preview:
    """What a new publication date would do: each action that moves, one sentence over all, and a question if odd."""

    moves: tuple[Movement, ...]
    sentence: str
    question: str | None


def preview_publication_date(report: Report, *, on: date, source: str, by: Actor, at: datetime) -> Preview:
    """What set_publication_date would do, changing nothing."""
    check(by, Ability.KEEP_PLAN, report.authority_id)
    check_year(on, "on")
    moves = _movements(report, on, source, House.of(report.authority), day_of(at))
    question = question_publication(on, inspection_end=report.inspection_end, as_at=day_of(at))
    return Preview(moves, movement_sentence(moves), question)


@transaction.atomic
def set_publication_date(
    report: Report, *, on: date, source: str, by: Actor, at: datetime, version: int | None = None
) -> Report:
    """Enter or correct the publication date; the dates computed from it follow, a person's never do.

    `source` says where the date comes from. Old and new values are in the trail. Raises Refused, Conflict.
    """
    check(by, Ability.KEEP_PLAN, report.authority_id)
    if not source.strip():
        raise Refused("Say where the date comes from, for example the report's page on Ofsted's website.", "source")
    check_year(on, "on")
    kept = locked(report, version)
    before = {"publication_date": str(kept.publication_date or ""), "publication_source": kept.publication_source}
    house = House.of(kept.authority)
    moves = _movements(kept, on, source, house, day_of(at))
    kept.publication_date, kept.publication_source, kept.publication_set_by = on, source, by.user
    kept.version += 1
    kept.save()
    rows: list[Trailed] = [kept, *_moved(kept, moves, house, at), *clock.count_anew(kept)]
    trail.record(
        EventKind.PUBLICATION_DATE_SET, *rows, chain=kept.authority, by=by, at=at, reason=source, details=before
    )
    return kept


def _movements(report: Report, on: date, source: str, house: House, as_at: date) -> tuple[Movement, ...]:
    actions = Action.objects.filter(recommendation__report=report).select_related("recommendation").ranked()
    extended = set(
        Action.objects.filter(recommendation__report=report, extensions__granted=True).values_list("pk", flat=True)
    )
    return movements(
        [_dated(action, action.pk in extended) for action in actions],
        anchor=anchor_of(on, source),
        calendar=house.calendar,
        as_at=as_at,
        default=default_of(report, house),
        anchor_before=report.publication_date,
        period_days=house.settings.first_response_days,
    )


def _dated(action: Action, extended: bool) -> Dated:
    heading = action.recommendation.heading or None
    return Dated(
        key=action,
        original=action.original_due,
        agreed=action.agreed_due,
        basis=Basis(action.original_basis),
        agreed_by_person=action.due_set_by_id is not None,
        extended=extended,
        timescale=parse_timescale(action.recommendation.timescale or None, heading=heading),
        heading=heading,
        status=Status(action.status),
        accepted_on=action.accepted_on,
    )


def _moved(report: Report, moves: tuple[Movement, ...], house: House, at: datetime) -> list[Action]:
    changed = []
    for move in moves:
        action = locked(move.key)
        action.original_due, action.agreed_due = move.original_after, move.agreed_after
        action.original_basis = move.found.basis
        if move.agreed_after != move.agreed_before:
            action.due_basis, action.priority = move.found.basis, move.found.priority
            action.due_explanation = move.explanation
        count_overdue(action, report=report, house=house)
        keep(action, house=house, at=at)
        changed.append(action)
    return changed


@transaction.atomic
def set_received_date(
    report: Report, *, on: date, source: str, by: Actor, at: datetime, version: int | None = None
) -> Report:
    """Enter or correct the day the authority received the report: the statutory clock counts from it."""
    check(by, Ability.KEEP_PLAN, report.authority_id)
    if not source.strip():
        raise Refused("Say where the date comes from.", "source")
    check_year(on, "on")
    kept = locked(report, version)
    before = {"received_on": str(kept.received_on or ""), "received_source": kept.received_source}
    kept.received_on, kept.received_source, kept.version = on, source, kept.version + 1
    kept.save()
    rows: list[Trailed] = [kept, *clock.count_anew(kept)]
    trail.record(EventKind.RECEIVED_DATE_SET, *rows, chain=kept.authority, by=by, at=at, reason=source, details=before)
    return kept


@transaction.atomic
def answer(recommendation: Recommendation, *, response: Response, text: str, by: Actor, at: datetime) -> Recommendation:
    """Give the authority's published response to a recommendation; anything but "accepted" says why."""
    check(by, Ability.KEEP_PLAN, recommendation.report.authority_id)
    if response != Response.ACCEPTED and not text.strip():
        raise Refused("Say why the recommendation is not accepted in full.", "response_text")
    kept = locked(recommendation)
    kept.response, kept.response_text = response, text
    kept.save()
    trail.record(EventKind.RECOMMENDATION_ANSWERED, kept, chain=kept.report.authority, by=by, at=at)
    return kept


@transaction.atomic
def set_themes(recommendation: Recommendation, *, themes: list[Theme], by: Actor, at: datetime) -> Recommendation:
    """Settle what a recommendation is about."""
    check(by, Ability.KEEP_PLAN, recommendation.report.authority_id)
    kept = locked(recommendation)
    kept.themes.set(themes)
    trail.record(EventKind.RECOMMENDATION_THEMED, kept, chain=kept.report.authority, by=by, at=at)
    return kept
