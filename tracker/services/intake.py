"""Reports coming in: receiving the bytes, reading them, correcting and confirming what was read."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Q

from tracker.access import Actor, check
from tracker.choices import AcceptedAs, EventKind, Family, IntakeState
from tracker.extraction import ExtractedReport, Limits, read_report
from tracker.models import Authority, Intake, Recommendation, Report, Trailed
from tracker.rules.london import day_of
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.rules.timescales import is_priority_heading
from tracker.services import clock, plan, trail
from tracker.services.locking import locked

Draft = dict[str, Any]
# What a page says beside the field for the file: true of the readers there are.
READABLE = "PDF (as Ofsted publishes it), Word, a saved web page, or plain text. Scanned pages cannot be read."


@dataclass(frozen=True)
class Publication:
    """A publication date with where it comes from, as a person gives it."""

    on: date
    source: str


def read_bytes(data: bytes, *, name: str) -> ExtractedReport:
    """What the machine reads in a file, in its own process with limits; a failure is told in the result."""
    limits = Limits(
        seconds=settings.REPORT_READ_SECONDS,
        memory=settings.REPORT_READ_MEGABYTES * 1024 * 1024,
        size=settings.REPORT_MAX_BYTES,
    )
    return read_report(data, name=name, limits=limits)


def receive(
    data: bytes,
    *,
    name: str,
    authority: Authority,
    by: Actor,
    at: datetime,
    reading: ExtractedReport | None = None,
) -> Intake:
    """Keep a file. The same bytes twice in one authority are the same intake, which comes back as it stands.

    `reading` is what read_bytes has made of it already, where that was needed to know the authority.
    """
    check(by, Ability.KEEP_PLAN, authority)
    digest = hashlib.sha256(data).hexdigest()
    known = Intake.objects.filter(authority=authority, sha256=digest).first()
    if known:
        return known
    intake = Intake(authority=authority, name=name[-255:], sha256=digest, size=len(data), received_at=at)
    intake.received_by = by.user
    if reading:
        _take(intake, reading)
    # The bytes go to disk before the transaction: their name is their hash, so a second try writes the same again.
    path = f"intakes/{authority.code}/{digest}"
    storage = intake.file.storage
    intake.file.name = path if storage.exists(path) else storage.save(path, ContentFile(data))
    try:
        with transaction.atomic():
            intake.save()
            trail.record(EventKind.INTAKE_RECEIVED, intake, chain=authority, by=by, at=at)
    except IntegrityError:  # somebody else brought the same bytes a moment ago
        return Intake.objects.get(authority=authority, sha256=digest)
    return intake


def twin_of(intake: Intake) -> Report | None:
    """The report of the same inspection that the authority has accepted already, as far as the dates tell."""
    draft = intake.corrected or intake.draft or {}
    same = {name: _date(draft.get(name)) for name in ("inspection_end", "publication_date")}
    day = next((Q(**{name: on}) for name, on in same.items() if on), None)
    if day is None:
        return None
    known = Report.objects.filter(day, authority=intake.authority, family=draft.get("framework"))
    return known.exclude(intake=intake.pk).order_by("pk").first()


def read(intake: Intake, *, by: Actor, at: datetime) -> Intake:
    """Read an intake's file and keep the draft, or the reason why there is none. Nothing accepted is read again."""
    check(by, Ability.KEEP_PLAN, intake.authority)
    with intake.file.open("rb") as file:
        reading = read_bytes(file.read(), name=intake.name)
    with transaction.atomic():
        kept = locked(intake)
        if kept.state in (IntakeState.ACCEPTED, IntakeState.SET_ASIDE):
            raise Refused("This report has been dealt with already.")
        _take(kept, reading)
        kept.version += 1
        kept.save()
        trail.record(EventKind.INTAKE_READ, kept, chain=kept.authority, by=by, at=at)
    return kept


def _take(intake: Intake, reading: ExtractedReport) -> None:
    intake.state = IntakeState.UNREADABLE if reading.error else IntakeState.READ
    intake.draft, intake.problem = reading.to_json(), reading.error or ""


@transaction.atomic
def correct(intake: Intake, *, draft: Draft, by: Actor, at: datetime, version: int | None = None) -> Intake:
    """Keep what a person made of the draft; the machine's own stays beside it."""
    check(by, Ability.KEEP_PLAN, intake.authority)
    kept = locked(intake, version)
    if kept.state != IntakeState.READ:
        raise Refused("Only a report that has been read and is not yet accepted can be corrected.")
    kept.corrected, kept.version = draft, kept.version + 1
    kept.save()
    trail.record(EventKind.INTAKE_CORRECTED, kept, chain=kept.authority, by=by, at=at)
    return kept


@transaction.atomic
def set_aside(intake: Intake, *, reason: str, by: Actor, at: datetime) -> Intake:
    """Put an intake aside with a reason: it is no report, or another copy is used. The bytes stay."""
    check(by, Ability.KEEP_PLAN, intake.authority)
    kept = locked(intake)
    if kept.state in (IntakeState.ACCEPTED, IntakeState.SET_ASIDE):
        raise Refused("This report has been dealt with already.")
    if not reason.strip():
        raise Refused("Give a reason.", "reason")
    kept.state, kept.version = IntakeState.SET_ASIDE, kept.version + 1
    kept.save()
    trail.record(EventKind.INTAKE_SET_ASIDE, kept, chain=kept.authority, by=by, at=at, reason=reason)
    return kept


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
    Raises Refused where there is nothing to accept.
    """
    check(by, Ability.KEEP_PLAN, intake.authority)
    kept = locked(intake, version)
    if kept.state != IntakeState.READ:
        raise Refused(kept.problem or "This report has been dealt with already, or has not been read yet.")
    machine = kept.draft or {}
    draft = kept.corrected or machine
    report = _report(kept, draft, accepted_as, publication, by, at)
    rows: list[Trailed] = [report, kept, *_recommendations(report, draft, machine)]
    if accepted_as == AcceptedAs.PLAN:
        rows += plan.actions_for(report, by=by, at=at)
        rows += clock.steps_of(report, **_clock_facts(draft))
    kept.state, kept.version = IntakeState.ACCEPTED, kept.version + 1
    kept.save()
    trail.record(EventKind.REPORT_ACCEPTED, *rows, chain=kept.authority, by=by, at=at)
    return report


def _report(
    intake: Intake, draft: Draft, accepted_as: AcceptedAs, publication: Publication | None, by: Actor, at: datetime
) -> Report:
    printed = _date(draft.get("publication_date"))
    source = f"as printed in the report (“{draft.get('publication_date_quote')}”)" if printed else ""
    if publication:
        if not publication.source.strip():
            raise Refused("Say where the publication date comes from.", "source")
        printed, source = publication.on, publication.source
    dates = {name: _date(draft.get(name)) for name in ("inspection_start", "inspection_end")}
    if dates["inspection_start"] and dates["inspection_end"] and dates["inspection_end"] < dates["inspection_start"]:
        raise Refused("The inspection cannot end before it began: correct its dates first.", "inspection_end")
    year = (dates["inspection_end"] or printed or day_of(at)).year
    return Report.objects.create(
        authority=intake.authority,
        intake=intake,
        family=draft.get("framework") or Family.OTHER,
        title=draft.get("title") or intake.name,
        provider=draft.get("provider") or "",
        series=plan.next_series(intake.authority, year),
        publication_date=printed,
        publication_source=source,
        publication_set_by=by.user if publication else None,
        overall_judgement=draft.get("overall_judgement") or "",
        judgements=draft.get("judgements") or [],
        lead_inspector=draft.get("lead_inspector") or "",
        accepted_as=accepted_as,
        accepted_at=at,
        accepted_by=by.user,
        **dates,
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _recommendations(report: Report, draft: Draft, machine: Draft) -> Sequence[Recommendation]:
    items = draft.get("recommendations") or []
    if not items:
        raise Refused("There is no recommendation to accept. Set the file aside, and bring in another.")
    if not all((item.get("text") or "").strip() for item in items):
        raise Refused("A recommendation has no words: write them, or drop it.")
    read = {item.get("key", number): item for number, item in enumerate(machine.get("recommendations") or [], 1)}
    return [
        Recommendation.objects.create(
            report=report,
            number=number,
            printed_ref=item.get("ref") or "",
            heading=item.get("heading") or "",
            addressee=item.get("addressee") or "",
            timescale=item.get("timescale") or "",
            text=item["text"],
            citation=item.get("source") or {"page": item.get("page")},
            read_as=read.get(item.get("key", number)),
        )
        for number, item in enumerate(items, 1)
    ]


def _clock_facts(draft: Draft) -> dict[str, Any]:
    """What the letter says that starts a step of the statutory clock."""
    headings = [item.get("heading") for item in draft.get("recommendations") or []]
    printed = _date(draft.get("plan_due_printed"))
    return {
        "priority_action": any(is_priority_heading(heading) for heading in headings),
        "statement_asked": printed is not None,
        "printed": printed,
        "sent_to": draft.get("plan_due_to") or "",
    }
