"""What is done on an action, beside it: notes and evidence to read and to add, and what else belongs to it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat

from tracker.access import Actor, can_action
from tracker.admin.evidence import download_link
from tracker.admin.inlines import AddOnlyFormSet, AddOnlyStack, ReadOnlyTable
from tracker.admin.rights import person_in, rows
from tracker.admin.verb_forms import Values
from tracker.choices import EvidenceKind
from tracker.models import ActionCheck, ActionStep, Evidence, Extension, ImpactMeasure, ProgressNote
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import actions, evidence, uploads
from tracker.web.acting import day_in


class NoteRows(AddOnlyFormSet):
    """New progress notes."""

    def add_row(self, parent: Any, values: Values, by: Actor, at: datetime) -> object:
        """Note progress."""
        wanted = ("kind", "text", "on_behalf_of")
        return actions.note(parent, by=by, at=at, **{name: values[name] for name in wanted})


def _file(values: Values) -> tuple[Any, Values]:
    if not values["file"]:
        raise Refused("Choose a file.", "file")
    uploads.check_size(values["file"].size or 0)  # before it is read into memory
    return evidence.add_file, {"data": values["file"].read(), "name": values["file"].name}


def _link(values: Values) -> tuple[Any, Values]:
    return evidence.add_link, {"url": values["url"]}


def _note(values: Values) -> tuple[Any, Values]:
    return evidence.add_note, {"text": values["text"]}


VERBS = {EvidenceKind.FILE: _file, EvidenceKind.LINK: _link, EvidenceKind.NOTE: _note}


class EvidenceRows(AddOnlyFormSet):
    """New evidence: a file, a link or a written observation."""

    def add_row(self, parent: Any, values: Values, by: Actor, at: datetime) -> object:
        """Add the evidence by the verb of its kind."""
        verb, given = VERBS[EvidenceKind(values["kind"])](values)
        shared = {name: values[name] for name in ("title", "about_on", "confidential", "on_behalf_of")}
        return verb(parent, by=by, at=at, **given, **shared)


class AddOnly(AddOnlyStack):
    """A blank row for whoever may work on the action; what is there already stands in a table of its own."""

    def get_queryset(self, request: HttpRequest) -> Any:
        """Nothing that is there already."""
        return super().get_queryset(request).none()

    def has_add_permission(self, request: HttpRequest, obj: Any) -> bool:  # type: ignore[override]
        """Whether the person may work on the action."""
        return obj is not None and can_action(person_in(request), Ability.WORK, obj, on=day_in(request))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A blank row is there to be filled in, not to be looked at."""
        return obj is not None and self.has_add_permission(request, obj)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """On behalf of the action's owner, or of nobody."""
        formset = super().get_formset(request, obj, **kwargs)
        behalf = formset.form.base_fields.get("on_behalf_of")
        if behalf:
            behalf.queryset = behalf.queryset.filter(pk=obj.owner_id if obj else None)
        return formset


class NewNote(AddOnly):
    """A note to add."""

    model = ProgressNote
    formset = NoteRows
    fk_name = "action"
    fields = ("kind", "text", "on_behalf_of")
    verbose_name = "progress note"
    verbose_name_plural = "Add a progress note"


class NewEvidence(AddOnly):
    """Evidence to add."""

    model = Evidence
    formset = EvidenceRows
    fk_name = "action"
    fields = ("kind", "title", "file", "url", "text", "about_on", "confidential", "on_behalf_of")
    verbose_name = "evidence"
    verbose_name_plural = "Add evidence"

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """A title that stays empty is taken from the file, the address or the words; a file has its largest size."""
        formset = super().get_formset(request, obj, **kwargs)
        if "title" in formset.form.base_fields:
            formset.form.base_fields["title"].required = False
            formset.form.base_fields["file"].help_text = f"Up to {filesizeformat(settings.EVIDENCE_MAX_BYTES)}."
        return formset


class Notes(ReadOnlyTable):
    """The notes there are."""

    model = ProgressNote
    fields = ("written_at", "kind", "text", "written_by", "on_behalf_of")
    readonly_fields = fields
    show_change_link = False
    verbose_name_plural = "Progress notes"


class EvidenceThere(ReadOnlyTable):
    """The evidence there is, as far as the person may see it."""

    model = Evidence
    fields = ("kind", "about_on", "received_at", "added_by", "confidential", "withdrawn_reason", "download")
    readonly_fields = fields
    verbose_name_plural = "Evidence"

    def download(self, row: Any) -> Any:
        """The way to the file."""
        return download_link(row)


class Extensions(ReadOnlyTable):
    """Every extension that was asked for."""

    model = Extension
    fields = ("from_due", "to_due", "reason", "asked_by", "granted", "withdrawn", "decided_by", "decision_reason")
    readonly_fields = fields


class Steps(ReadOnlyTable):
    """The steps within the action."""

    model = ActionStep
    fields = ("position", "text", "due_on", "done_on", "done_by", "withdrawn_reason")
    readonly_fields = fields
    show_change_link = False
    verbose_name_plural = "Steps"


class Measures(ReadOnlyTable):
    """The measures of impact."""

    model = ImpactMeasure
    fields = ("name", "baseline", "target", "current", "as_at")
    readonly_fields = fields
    show_change_link = False


class Checks(ReadOnlyTable):
    """The second looks after closure."""

    model = ActionCheck
    fields = ("due_on", "done_on", "done_by", "outcome", "note")
    readonly_fields = fields
    show_change_link = False
    verbose_name_plural = "Looked at again"


ADDING = (NewNote, NewEvidence)
SHOWN_WHERE_THERE = (Notes, EvidenceThere, Extensions, Steps, Measures, Checks)


def inlines_for(row: Any, request: HttpRequest) -> list[type]:
    """The inlines of an action; those that would be empty tables are left out."""
    there = [inline for inline in SHOWN_WHERE_THERE if _any(inline.model, row, request)]
    return [*there, *ADDING]


def _any(model: Any, row: Any, request: HttpRequest) -> bool:
    return bool(rows(model, request).filter(action=row.pk).exists())
