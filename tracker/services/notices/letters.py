"""What an envelope says, decided at the moment it is sent: today's owner, membership and status, never yesterday's."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import InterfaceError, OperationalError

from tracker.choices import DueKind, NoticeKind, Occasion
from tracker.models import Action, Erasure, Notice, StatutoryStep
from tracker.rules.digest import Digest, Figures, Line, Section, envelope
from tracker.rules.london import day_of
from tracker.rules.notices import owed
from tracker.services.notices import leading, months, plates
from tracker.services.notices.addressing import Owing, address_to
from tracker.services.notices.auditors import heads_for
from tracker.services.notices.desk import Desk
from tracker.services.notices.planning import asked_on, step_watched
from tracker.services.scheduling import Houses

Key = tuple[int, str, str]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """An envelope with its content, or none; the rows of the ledger it tells, and those whose reason has gone.

    Without content, what it tells is what this person need not be told of; others may.
    `problem` says why it could not be filled; nothing is known of its content then.
    """

    notice: Notice
    digest: Digest | None
    tells: tuple[int, ...] = ()
    moot: tuple[int, ...] = ()
    why: tuple[Owing, ...] = ()
    problem: str = ""


def letters(notices: Iterable[Notice], *, at: datetime) -> list[Letter]:
    """Fill these envelopes as at the moment. One with nothing left to say has no digest.

    One that cannot be filled has a problem and holds up no other: the rest are filled without it. Errors of a database
    that is away go through.
    """
    envelopes = list(notices)
    try:
        return _filled(envelopes, at)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # whose it is shows when they are filled in smaller lots
        if len(envelopes) > 1:
            middle = len(envelopes) // 2
            return [*letters(envelopes[:middle], at=at), *letters(envelopes[middle:], at=at)]
        log.exception("The envelope %s cannot be filled", envelopes[0].pk)
        return [Letter(envelopes[0], None, problem=f"{type(error).__name__}: {error}")]


def _filled(envelopes: list[Notice], at: datetime) -> list[Letter]:
    people = [notice.recipient_id for notice in envelopes]
    on, houses = day_of(at), Houses()
    found = address_to(people, on=on)
    houses.read(owing.authority for owed_to in found.to.values() for owing in owed_to)
    standing = still_standing({owing for owed_to in found.to.values() for owing in owed_to}, on, houses)
    desk = Desk.of(people, on=on, houses=houses)
    heads = heads_for(envelopes, at=at)
    return [
        Letter(notice, heads[notice.pk])
        if notice.pk in heads
        else letter(notice, found.to.get(notice.recipient_id, []), standing, desk)
        for notice in envelopes
    ]


def letter(notice: Notice, owings: list[Owing], standing: set[int], desk: Desk) -> Letter:
    """Fill one envelope with what is owed to its recipient; `standing` are the rows whose reason still holds."""
    news = [owing for owing in owings if owing.due in standing]
    moot = tuple(owing.due for owing in owings if owing.due not in standing)
    kind = envelope(frozenset(owing.kind for owing in news))
    carried = [owing for owing in news if _carried(owing, kind)]
    if not any(_alone(owing) for owing in carried):
        return Letter(notice, None, moot=moot)
    digest = _digest(notice.recipient_id, kind, carried, desk)
    return Letter(notice, digest, tuple(owing.due for owing in carried), moot, tuple(carried))


def _alone(owing: Owing) -> bool:
    return owing.kind not in plates.RIDING


def _carried(owing: Owing, kind: str) -> bool:
    """What rides along goes with the week's digest alone."""
    return _alone(owing) or kind == plates.WEEKLY


def _digest(person: int, kind: NoticeKind, news: list[Owing], desk: Desk) -> Digest | None:
    fresh = {(owing.number, owing.kind) for owing in news if owing.about_action}
    called = [owing for owing in news if owing.kind == Occasion.UPDATE_CALLED]
    weeks = [owing.authority for owing in news if owing.kind == Occasion.WEEK_FOR_LEADS]
    boards = [owing.authority for owing in news if owing.kind == Occasion.MONTH_FOR_BOARD]
    asked = plates.called(person, [owing.number for owing in called], fresh, desk)
    own = plates.own(person, fresh, desk, asked)
    waiting = leading.waiting(person, fresh, news, weeks, desk)
    sections = (*asked.sections, *own.first, *waiting.sections, *own.last)
    told = {line.reference for section in sections for line in section.lines}
    led = leading.weeks(weeks, told, desk)
    figures = (*led, *months.figures(boards, desk))
    if not sections and not figures:
        return None
    in_plan = sum(each.overdue_number for each in led)
    counts = replace(own.counts, waiting=waiting.decisions, late=waiting.late, in_plan=in_plan)
    return Digest(kind, desk.on, _places(sections, figures), counts, sections, figures, asked.by)


def _places(sections: Iterable[Section], figures: Iterable[Figures]) -> tuple[str, ...]:
    lines: Iterable[Line] = (line for section in sections for line in section.lines)
    named = [*(line.authority for line in lines), *(each.authority for each in figures)]
    return tuple(sorted(set(named)))


def still_standing(owings: set[Owing], on: date, houses: Houses) -> set[int]:
    """Those whose reason still holds by today's rows."""
    present = _present(owings, on, houses)
    still = {kind: _still(kind, owings, rows) for kind, rows in ASKED.items()}
    return {owing.due for owing in owings if _holds(owing, present, still)}


# What somebody asked for, as long as nobody has answered.
ASKED: dict[str, Callable[[], Any]] = {
    Occasion.HELP_ASKED: lambda: Action.objects.asking_for_help(),
    Occasion.ERASURE_ASKED: lambda: Erasure.objects.filter(granted=None),
}


def _still(kind: str, owings: set[Owing], rows: Callable[[], Any]) -> set[int]:
    numbers = {owing.number for owing in owings if owing.kind == kind}
    return set(rows().filter(pk__in=numbers).values_list("pk", flat=True)) if numbers else set()


def _holds(owing: Owing, present: set[Key], still: dict[str, set[int]]) -> bool:
    if owing.kind in still:
        return owing.number in still[owing.kind]
    if owing.kind in Occasion.values:
        return True
    return (owing.number, owing.kind, owing.threshold) in present


def _present(owings: set[Owing], on: date, houses: Houses) -> set[Key]:
    """What the rules say today of the actions and steps these are about."""
    by_days = [owing for owing in owings if owing.kind in DueKind.values]
    about = {owing.number for owing in by_days if owing.about_action}
    asked = asked_on(about)
    found: set[Key] = set()
    for action in Action.objects.filter(pk__among=about):
        house, facts = houses[action.authority_id], action.watched(extension_asked_on=asked.get(action.pk))
        rungs = owed(facts, as_at=on, settings=house.settings.reminders, calendar=house.calendar)
        found |= {(action.pk, rung.kind, rung.key) for rung in rungs}
    steps = {owing.number for owing in by_days if owing.subject == StatutoryStep.trail_type()}
    for step in StatutoryStep.objects.filter(pk__in=steps).select_related("report"):
        house = houses[step.report.authority_id]
        rungs = owed(step_watched(step), as_at=on, settings=house.settings.reminders, calendar=house.calendar)
        found |= {(step.pk, rung.kind, rung.key) for rung in rungs}
    return found
