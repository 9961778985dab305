"""Fills what a pack tells from the trail, and refuses where its own counts do not agree."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from tracker.rules.pack import Contents, Cover, Row
from tracker.rules.position import extended
from tracker.services import trail
from tracker.services.packs.lines import lines
from tracker.services.packs.plan import Plan
from tracker.services.packs.rows import Rows
from tracker.services.packs.sections import Sections


def contents(plan: Plan) -> Contents:
    """All that a pack of this plan tells; what is long is read anew each time it is asked for, row by row."""
    rows, present = Rows(plan), plan.present
    return Contents(
        cover=_cover(plan),
        position=present.position,
        extended=extended([times for times in present.shelves.extensions.counted.values() if times]),
        ratings=present.ratings,
        impact=present.impact,
        progress=present.progress,
        steps=tuple(rows.steps()),
        meetings=tuple(_meetings(plan)),
        challenges=tuple(rows.challenges()),
        actions=rows.actions,
        sections=Sections(rows).all,
        updates=rows.updates,
        evidence=rows.evidence,
        extensions=rows.extensions,
        recommendations=rows.recommendations,
        movement=rows.movement,
        events=lambda: lines(plan),
    )


def _cover(plan: Plan) -> Cover:
    council, through, earlier = plan.present.council, plan.through, plan.earlier
    return Cover(
        authority=council["name"],
        short_name=council["short_name"],
        code=council["code"],
        scope=plan.scope,
        chain=through.chain.key,
        sequence=through.sequence,
        head=through.hash,
        recorded_at=through.recorded_at,
        since_sequence=earlier.through.sequence if earlier else None,
        thresholds=plan.present.thresholds,
        next_meeting=_next_meeting(plan, plan.present.day),
        demonstration=trail.is_demonstration(),
        withheld=len(plan.hidden),
    )


def _meetings(plan: Plan) -> Iterator[Row]:
    for state in sorted(plan.meetings.values(), key=lambda state: str(state["held_on"])):
        yield {"meeting": state}


def _next_meeting(plan: Plan, on: date) -> str:
    standing: list[Any] = [state["held_on"] for state in plan.meetings.values() if not state["cancelled_at"]]
    return str(min((day for day in standing if day >= on.isoformat()), default=""))
