"""Reports coming in: receiving the bytes, reading them, correcting what was read, setting a file aside."""

import hashlib
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import IntegrityError, transaction
from django.db.models import Q

from tracker.access import Actor, check, check_pages
from tracker.choices import EventKind, IntakeState
from tracker.extraction import (
    ExtractedReport,
    Limits,
    PagePicture,
    PageView,
    draw_page,
    join_lines,
    read_report,
    show_page,
)
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
    return read_report(data, name=name, limits=_limits())


def page_view(intake: Intake, number: int, *, by: Actor, on: date) -> PageView:
    """Page `number` (from 1) of an intake's file, its lines numbered as in the draft's sources; changes nothing.

    What cannot be shown is told in the view's `error`. Raises Refused where the person may not see the report on
    that day.
    """
    check_pages(by, intake, on=on)
    return show_page(_bytes_of(intake), number=number, name=intake.name, limits=_limits())


def page_picture(intake: Intake, number: int, *, by: Actor, on: date) -> PagePicture:
    """Page `number` (from 1) of an intake's PDF as a picture in PNG, 1,000 pixels wide; changes nothing.

    What cannot be drawn is told in the picture's `error`. Raises Refused where the person may not see the report on
    that day.
    """
    check_pages(by, intake, on=on)
    return draw_page(_bytes_of(intake), number=number, name=intake.name, limits=_limits())


def words_of(view: PageView, numbers: Collection[int]) -> str:
    """The words of one recommendation made of a page's lines, as the reader would have joined them."""
    return join_lines([line.text for line in view.lines if line.number in numbers], view.known)


def _limits() -> Limits:
    return Limits(
        seconds=settings.REPORT_READ_SECONDS,
        memory=settings.REPORT_READ_MEGABYTES * 1024 * 1024,
        size=settings.REPORT_MAX_BYTES,
    )


def _bytes_of(intake: Intake) -> bytes:
    with intake.file.open("rb") as file:
        return bytes(file.read())


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
    intake.file.name = _stored(intake.file.storage, f"intakes/{authority.code}/{digest}", data)
    try:
        with transaction.atomic():
            intake.save()
            trail.record(EventKind.INTAKE_RECEIVED, intake, chain=authority, by=by, at=at)
    except IntegrityError:  # somebody else brought the same bytes a moment ago
        return Intake.objects.get(authority=authority, sha256=digest)
    return intake


def _stored(storage: Storage, path: str, data: bytes) -> str:
    """The name under which the bytes are kept. What a killed process has left of them is written anew."""
    if storage.exists(path) and storage.size(path) == len(data):
        return path
    storage.delete(path)
    return storage.save(path, ContentFile(data))


def twin_of(intake: Intake) -> Report | None:
    """The report of the same inspection that the authority has accepted already, as far as the dates tell."""
    draft = intake.corrected or intake.draft or {}
    same = {name: day_of_draft(draft.get(name)) for name in ("inspection_end", "publication_date")}
    day = next((Q(**{name: on}) for name, on in same.items() if on), None)
    if day is None:
        return None
    known = Report.objects.filter(day, authority=intake.authority, family=draft.get("framework"))
    return known.exclude(intake=intake.pk).order_by("pk").first()


def check_readable(intake: Intake, *, by: Actor) -> None:
    """Refuses what read would refuse before it looks at the file."""
    check(by, Ability.KEEP_PLAN, intake.authority_id)
    if intake.state == IntakeState.SET_ASIDE:
        raise Refused("This file has been set aside.")


def read(intake: Intake, *, by: Actor, at: datetime) -> Intake:
    """Read an intake's file, or read it again, and keep the draft or the reason why there is none.

    What a person corrected stays as it is. A report that was accepted keeps its acceptance: the new reading is there
    to be compared with it (services.revisions). Raises Refused for a file that was set aside.
    """
    check_readable(intake, by=by)
    reading = read_bytes(_bytes_of(intake), name=intake.name)
    with transaction.atomic():
        kept = locked(intake)
        check_readable(kept, by=by)
        if kept.state == IntakeState.ACCEPTED and reading.error:
            raise Refused(reading.error)
        accepted = kept.state == IntakeState.ACCEPTED
        _take(kept, reading)
        kept.state = IntakeState.ACCEPTED if accepted else kept.state
        kept.version += 1
        kept.save()
        trail.record(EventKind.INTAKE_READ, kept, chain=kept.authority, by=by, at=at)
    return kept


def _take(intake: Intake, reading: ExtractedReport) -> None:
    intake.state = IntakeState.UNREADABLE if reading.error else IntakeState.READ
    intake.draft, intake.problem = reading.to_json(), reading.error or ""


@transaction.atomic
def correct(
    intake: Intake, *, draft: Draft | None, by: Actor, at: datetime, what: str = "", version: int | None = None
) -> Intake:
    """Keep what a person made of the draft (see rules.drafts), or (None) go back to the machine's own, which stays.

    `what` says in words what was done, for the history.
    """
    check(by, Ability.KEEP_PLAN, intake.authority)
    kept = locked(intake, version)
    if kept.state != IntakeState.READ:
        raise Refused("Only a report that has been read and is not yet accepted can be corrected.")
    kept.corrected, kept.version = draft, kept.version + 1
    kept.save()
    trail.record(EventKind.INTAKE_CORRECTED, kept, chain=kept.authority, by=by, at=at, reason=what)
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
