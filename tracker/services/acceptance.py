"""Confirming what was read: a report with its recommendations and, as a plan, an action for each."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tracker.access import Actor, check
from tracker.choices import AcceptedAs, EventKind, Family, IntakeState
from tracker.models import Intake, Recommendation, Report, Trailed
from tracker.rules.due_dates import DueDate
from tracker.rules.london import day_of
from tracker.rules.questions import check_year, question_publication
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.rules.statutory import StatutoryDue
from tracker.rules.timescales import is_priority_heading
from tracker.services import clock, plan, trail
from tracker.services.intake import Draft, day_of_draft
from tracker.services.locking import locked
from tracker.services.scheduling import House, reckon


@dataclass(frozen=True)
class Publication:
    """A publication date with where it comes from, as a person gives it."""

    on: date
    source: str


@dataclass(frozen=True)
class Foreseen:
    """One action that acceptance would make: its number, the words, and its due date with the reason for it."""

    number: int
    recommendation: Recommendation
    due: DueDate


@dataclass(frozen=True)
class Preview:
    """What acceptance would make: the report, its actions, its statutory steps; a question about an odd date."""

    report: Report
    actions: tuple[Foreseen, ...]
    steps: tuple[StatutoryDue, ...]
    question: str | None

    @property
    def dated(self) -> int:
        """How many of the actions would have a due date."""
        return sum(1 for action in self.actions if action.due.on)


def preview(
    intake: Intake, *, accepted_as: AcceptedAs, by: Actor, at: datetime, publication: Publication | None = None
) -> Preview:
    """What accept would make, changing nothing. Raises Refused as accept does."""
    check(by, Ability.KEEP_PLAN, intake.authority_id)
    draft = _acceptable(intake, accepted_as)
    report = _report(intake, draft, publication, series="", by=by, at=at)
    question = None
    if report.publication_date:
        check_year(report.publication_date, "on")
        question = question_publication(report.publication_date, inspection_end=report.inspection_end, as_at=day_of(at))
    if accepted_as != AcceptedAs.PLAN:
        return Preview(report, (), (), question)
    house = House.of(intake.authority)
    rows = [_recommendation(report, n, item, {}) for n, item in enumerate(draft["recommendations"], 1)]
    facts = _clock_facts(draft)
    steps = clock.owed(report, **{name: facts[name] for name in ("priority_action", "statement_asked", "printed")})
    return Preview(
        report, tuple(Foreseen(row.number, row, reckon(row, report, house)) for row in rows), steps, question
    )


@transaction.atomic
def accept(
    intake: Intake,
    *,
    accepted_as: AcceptedAs,
    by: Actor,
    at: datetime,
    publication: Publication | None = None,
    version: int | None = None,
) -> Report:
    """Confirm what was read: a report with its recommendations and, as a plan, an action for each with its date.

    `publication` supplies a date the document does not print; one it prints is kept unless a person gives another.
    For reference a report may be kept that asks for nothing. Raises Refused where there is nothing to accept.
    """
    check(by, Ability.KEEP_PLAN, intake.authority)
    kept = locked(intake, version)
    draft = _acceptable(kept, accepted_as)
    report = _report(kept, draft, publication, series=None, by=by, at=at)
    report.accepted_as, report.accepted_at, report.accepted_by = accepted_as, at, by.user
    report.save()
    rows: list[Trailed] = [report, kept, *_recommendations(report, draft, kept.draft or {})]
    if accepted_as == AcceptedAs.PLAN:
        rows += plan.actions_for(report, by=by, at=at)
        rows += clock.steps_of(report, **_clock_facts(draft))
    kept.state, kept.version = IntakeState.ACCEPTED, kept.version + 1
    kept.save()
    trail.record(EventKind.REPORT_ACCEPTED, *rows, chain=kept.authority, by=by, at=at)
    return report


def _acceptable(intake: Intake, accepted_as: AcceptedAs) -> Draft:
    """The draft as a person left it, where it can be accepted so."""
    if intake.state != IntakeState.READ:
        raise Refused(intake.problem or "This report has been dealt with already, or has not been read yet.")
    draft: Draft = intake.corrected or intake.draft or {}
    items = draft.get("recommendations") or []
    if not items and accepted_as == AcceptedAs.PLAN:
        raise Refused(
            "There is no recommendation to make a plan of. Add one, keep the report for reference, or set it aside."
        )
    if not all((item.get("text") or "").strip() for item in items):
        raise Refused("A recommendation has no words: write them, or leave it out.")
    return {**draft, "recommendations": items}


def _report(
    intake: Intake, draft: Draft, publication: Publication | None, *, series: str | None, by: Actor, at: datetime
) -> Report:
    """The report as it would be kept, not saved; without a `series` it takes the next one of its year."""
    printed = day_of_draft(draft.get("publication_date"))
    source = f"as printed in the report (“{draft.get('publication_date_quote')}”)" if printed else ""
    if publication:
        if not publication.source.strip():
            raise Refused("Say where the publication date comes from.", "source")
        printed, source = publication.on, publication.source
    dates = {name: day_of_draft(draft.get(name)) for name in ("inspection_start", "inspection_end")}
    if dates["inspection_start"] and dates["inspection_end"] and dates["inspection_end"] < dates["inspection_start"]:
        raise Refused("The inspection cannot end before it began: correct its dates first.", "inspection_end")
    year = (dates["inspection_end"] or printed or day_of(at)).year
    return Report(
        authority=intake.authority,
        intake=intake,
        family=draft.get("framework") or Family.OTHER,
        title=draft.get("title") or intake.name,
        provider=draft.get("provider") or "",
        series=plan.next_series(intake.authority, year) if series is None else series,
        publication_date=printed,
        publication_source=source,
        publication_set_by=by.user if publication else None,
        overall_judgement=draft.get("overall_judgement") or "",
        judgements=draft.get("judgements") or [],
        lead_inspector=draft.get("lead_inspector") or "",
        **dates,
    )


def _recommendations(report: Report, draft: Draft, machine: Draft) -> list[Recommendation]:
    readings = dict(enumerate(machine.get("recommendations") or [], 1))
    rows = [_recommendation(report, n, item, readings) for n, item in enumerate(draft["recommendations"], 1)]
    for row in rows:
        row.save()
    return rows


def _recommendation(report: Report, number: int, item: Draft, readings: dict[int, Draft]) -> Recommendation:
    read = [readings[each] for each in item.get("from", [number]) if each in readings]
    return Recommendation(
        report=report,
        number=number,
        read_as=read[0] if len(read) == 1 else {"joined": read} if read else None,
        **printed_words(item),
    )


def printed_words(item: Draft) -> dict[str, Any]:
    """What a recommendation takes from an item of a draft: its words and where they stand."""
    return {
        "printed_ref": item.get("ref") or "",
        "heading": item.get("heading") or "",
        "addressee": item.get("addressee") or "",
        "timescale": item.get("timescale") or "",
        "text": item["text"],
        "citation": item.get("source") or {"page": item.get("page")},
    }


def _clock_facts(draft: Draft) -> dict[str, Any]:
    """What the letter says that starts a step of the statutory clock."""
    headings = [item.get("heading") for item in draft.get("recommendations") or []]
    printed = day_of_draft(draft.get("plan_due_printed"))
    return {
        "priority_action": any(is_priority_heading(heading) for heading in headings),
        "statement_asked": printed is not None,
        "printed": printed,
        "sent_to": draft.get("plan_due_to") or "",
    }
