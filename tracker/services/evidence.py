"""Evidence: adding, withdrawing with a reason, and telling of a download."""

import hashlib
import mimetypes
import secrets
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.db import transaction

from tracker.access import Actor, can, check_evidence
from tracker.choices import EventKind, EvidenceKind
from tracker.models import Action, Evidence, User
from tracker.rules.london import day_of
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.rules.standing import OPEN
from tracker.services import trail
from tracker.services.actions import check_behalf, heard
from tracker.services.locking import locked


def add_file(
    action: Action,
    *,
    data: bytes,
    name: str,
    by: Actor,
    at: datetime,
    title: str = "",
    about_on: date | None = None,
    confidential: bool = True,
    on_behalf_of: User | None = None,
) -> Evidence:
    """Keep a file as evidence, private and under a name nobody can guess. Raises Refused for an empty one."""
    check_behalf(action, on_behalf_of, by, on=day_of(at))
    if not data:
        raise Refused("The file is empty.", "file")
    evidence = Evidence(
        kind=EvidenceKind.FILE,
        title=(title.strip() or name)[:255],
        media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
    )
    suffix = name.rsplit(".", 1)[-1].lower() if "." in name else "bin"
    path = f"evidence/{secrets.token_hex(16)}.{''.join(c for c in suffix if c.isalnum())[:8] or 'bin'}"
    # Written before the transaction; a verb that fails leaves an unnamed file, never a name without its file.
    evidence.file.name = evidence.file.storage.save(path, ContentFile(data))
    return _added(evidence, action, about_on, confidential, on_behalf_of, by, at)


def add_link(
    action: Action,
    *,
    url: str,
    by: Actor,
    at: datetime,
    title: str = "",
    about_on: date | None = None,
    confidential: bool = True,
    on_behalf_of: User | None = None,
) -> Evidence:
    """Keep the address of something as evidence; only http and https."""
    if not url.startswith(("https://", "http://")):
        raise Refused("Give an address that begins with https://.", "url")
    evidence = Evidence(kind=EvidenceKind.LINK, url=url, title=(title.strip() or url)[:255])
    return _added(evidence, action, about_on, confidential, on_behalf_of, by, at)


def add_note(
    action: Action,
    *,
    text: str,
    title: str,
    by: Actor,
    at: datetime,
    about_on: date | None = None,
    confidential: bool = True,
    on_behalf_of: User | None = None,
) -> Evidence:
    """Keep a written observation as evidence."""
    if not text.strip():
        raise Refused("Write what was seen.", "text")
    evidence = Evidence(kind=EvidenceKind.NOTE, text=text.strip(), title=title.strip()[:255] or text.strip()[:60])
    return _added(evidence, action, about_on, confidential, on_behalf_of, by, at)


@transaction.atomic
def _added(
    evidence: Evidence,
    action: Action,
    about_on: date | None,
    confidential: bool,
    on_behalf_of: User | None,
    by: Actor,
    at: datetime,
) -> Evidence:
    kept = locked(action)
    check_behalf(kept, on_behalf_of, by, on=day_of(at))
    if about_on and about_on > day_of(at):
        raise Refused("Evidence cannot be about a day still to come.", "about_on")
    evidence.action, evidence.about_on, evidence.confidential = kept, about_on, confidential
    evidence.received_at, evidence.added_by, evidence.on_behalf_of = at, by.person(), on_behalf_of
    evidence.save()
    heard(kept, at)
    trail.record(EventKind.EVIDENCE_ADDED, evidence, chain=kept.authority, by=by, at=at)
    return evidence


def check_withdraw(evidence: Evidence, by: Actor, on: date) -> None:
    """Refuses what withdraw would refuse, with the same sentence, so that a page can say it beforehand."""
    action = evidence.action
    check_behalf(action, None, by, on=on)
    decides = can(by.person(), Ability.SIGN_OFF, action.authority_id) and action.owner_id != by.person().pk
    if action.status not in OPEN and not decides:
        raise Refused(
            "The action rests on this evidence: while it is submitted or closed, only a lead may withdraw it."
        )
    if evidence.withdrawn_at or evidence.erased_at:
        raise Refused("This evidence has been withdrawn or erased already.")


@transaction.atomic
def withdraw(evidence: Evidence, *, reason: str, by: Actor, at: datetime) -> Evidence:
    """Withdraw a piece of evidence with a reason: it counts no longer, and stays to be seen."""
    kept = locked(evidence)
    check_withdraw(kept, by, day_of(at))
    if not reason.strip():
        raise Refused("Give a reason.", "reason")
    kept.withdrawn_at, kept.withdrawn_by, kept.withdrawn_reason = at, by.person(), reason.strip()
    kept.save()
    trail.record(EventKind.EVIDENCE_WITHDRAWN, kept, chain=kept.action.authority, by=by, at=at, reason=reason)
    return kept


@transaction.atomic
def downloaded(evidence: Evidence, *, by: Actor, at: datetime) -> Evidence:
    """Tell the trail that somebody took a file out of the house; refuses who may not see it."""
    check_evidence(by, evidence, on=day_of(at))
    if evidence.erased_at or evidence.kind != EvidenceKind.FILE:
        raise Refused("There is no file to download.")
    trail.record(EventKind.EVIDENCE_DOWNLOADED, evidence, chain=evidence.action.authority, by=by, at=at)
    return evidence
