"""What can be erased after a breach: where each kind of thing stands, what of it goes and what of it stays."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Q, QuerySet

from tracker.models import Action, Authority, BroughtRow, EventBody, Evidence, ProgressNote, Spreadsheet, Trailed
from tracker.rules.plan_rows import reference_key, says_no_more_than_a_place

TITLE = "Erased after a breach"
CHUNK = 500
Record = Evidence | ProgressNote | Spreadsheet  # erased as a whole
Thing = Record | Action  # of an action words alone
# By the name under which an erasure has it.
KINDS: dict[str, type[Thing]] = {
    "evidence": Evidence,
    "note": ProgressNote,
    "spreadsheet": Spreadsheet,
    "action": Action,
}
HELD: dict[type[Thing], str] = {
    Evidence: "evidence that was",
    ProgressNote: "a note that was",
    Spreadsheet: "a spreadsheet that was",
    Action: "words of an action that were",
}


def council_of(thing: Thing) -> Authority:
    """The authority whose leads decide on its erasure."""
    return thing.authority if isinstance(thing, Spreadsheet | Action) else thing.action.authority


def called(thing: Thing) -> str:
    """The word for it in a sentence: "this note"."""
    return next(name for name, kind in KINDS.items() if isinstance(thing, kind))


def bodies_about(thing: Record) -> QuerySet[EventBody]:
    """The trail's bodies that tell of it, erased ones included; of a spreadsheet those of its rows too."""
    told = Q(subject_type=thing.trail_type(), subject_id=thing.pk)
    if isinstance(thing, Spreadsheet):
        rows = BroughtRow.objects.filter(spreadsheet=thing).values("pk")
        told |= Q(subject_type=BroughtRow.trail_type(), subject_id__in=rows)
    return EventBody.objects.filter(told)


def empty(thing: Record, at: datetime) -> tuple[list[Trailed], Callable[[], None] | None]:
    """Empty it of all that a person wrote or named; the records that changed, and how its file goes for good, if it has one.

    A file's hash and size stay: they say which it was, to who has it.
    """
    thing.erased_at = at
    if isinstance(thing, ProgressNote):
        thing.text = TITLE
        thing.save()
        return [thing], None
    gone = _file_of(thing)
    if isinstance(thing, Evidence):
        thing.title, thing.text, thing.url = TITLE, "", ""
        thing.withdrawn_reason = TITLE if thing.withdrawn_at else ""
    else:
        thing.name, thing.choices, thing.version = TITLE, {}, thing.version + 1
    thing.save()
    return [thing, *(_rows(thing) if isinstance(thing, Spreadsheet) else ())], gone


def _file_of(thing: Evidence | Spreadsheet) -> Callable[[], None] | None:
    """What takes the file away; the record names it no longer."""
    name, storage = thing.file.name, thing.file.storage
    thing.file.name = ""
    return (lambda: storage.delete(name)) if name else None


def _rows(sheet: Spreadsheet) -> list[BroughtRow]:
    """The rows that came in, each with no more than its place and what a later file is recognised by without words."""
    rows = list(sheet.rows.order_by("pk"))
    for row in rows:
        row.reference = row.reference if says_no_more_than_a_place(row.reference) else ""
        row.keys = [reference_key(row.reference)] if row.reference else []
        row.told, row.cells = "", []
    BroughtRow.objects.bulk_update(rows, ["reference", "keys", "told", "cells"], batch_size=CHUNK)
    return rows
