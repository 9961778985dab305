"""Reports coming in: receiving the bytes, reading them, correcting what was read, setting a file aside."""

import hashlib
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Q

from tracker.access import Actor, check
from tracker.choices import EventKind, IntakeState
from tracker.extraction import ExtractedReport, Limits, read_report
from tracker.models import Authority, Intake, Report
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import trail, virus
from tracker.services.locking import locked

Draft = dict[str, Any]
# What a page says beside the field for the file: true of the readers there are.
READABLE = "PDF (as Ofsted publishes it), Word, a saved web page, or plain text. Scanned pages cannot be read."


def day_of_draft(text: str | None) -> date | None:
    """A day as a draft keeps it, YYYY-MM-DD or None."""
    return date.fromisoformat(text) if text else None


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

    `reading` is what read_bytes has made of it already, where that was needed to know the authority. Raises Refused
    where the virus check finds something or does not answer.
    """
    check(by, Ability.KEEP_PLAN, authority)
    digest = hashlib.sha256(data).hexdigest()
    known = Intake.objects.filter(authority=authority, sha256=digest).first()
    if known:
        return known
    virus.check_harmless(data, by=by)
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
    same = {name: day_of_draft(draft.get(name)) for name in ("inspection_end", "publication_date")}
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
