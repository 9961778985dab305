"""Files as they came in: read again, accepted or set aside by small pages; everything else is read-only."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.utils.html import format_html_join

from tracker.access import Actor, check
from tracker.admin.base import VerbAdmin
from tracker.admin.pages import Page, refusal_of
from tracker.admin.site import site
from tracker.admin.verb_forms import RowForm, Values, VersionedForm, day_field, text_field
from tracker.choices import AcceptedAs, IntakeState
from tracker.models import Intake
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import acceptance, intake

DEALT_WITH = (IntakeState.ACCEPTED, IntakeState.SET_ASIDE)


class AcceptForm(VersionedForm):
    """What the report is for, and its publication date where it prints none."""

    accepted_as = forms.ChoiceField(label="Accept", choices=AcceptedAs.choices, widget=forms.RadioSelect)
    published_on = day_field("Publication date", required=False, help_text="Only where the report prints none.")
    source = forms.CharField(label="Where that date comes from", required=False)

    def clean(self) -> Values:
        """A date comes with its source, and a source with its date."""
        cleaned = super().clean() or {}
        if cleaned.get("published_on") and not cleaned.get("source", "").strip():
            self.add_error("source", "Say where the date comes from.")
        if cleaned.get("source", "").strip() and not cleaned.get("published_on"):
            self.add_error("published_on", "Give the date that comes from there.")
        return cleaned


class AsideForm(RowForm):
    """Why the file is no report of ours."""

    reason = text_field("Reason")


def _accept(row: Any, values: Values, by: Actor, at: datetime) -> object:
    published = acceptance.Publication(values["published_on"], values["source"]) if values["published_on"] else None
    wanted = AcceptedAs(values["accepted_as"])
    return acceptance.accept(row, accepted_as=wanted, publication=published, version=values["version"], by=by, at=at)


def _closed(*states: IntakeState, sentence: str) -> Any:
    def check_open(row: Any, by: Actor, on: Any) -> None:
        check(by, Ability.KEEP_PLAN, row.authority)
        if row.state in states:
            raise Refused(sentence)

    return refusal_of(check_open)


READ_ALREADY = "This report has been dealt with already."


@admin.register(Intake, site=site)
class IntakeAdmin(VerbAdmin):
    """What was received, and what the machine read in it."""

    sight = Ability.KEEP_PLAN
    list_display = ("name", "authority", "state", "found", "received_at", "received_by")
    list_filter = ("state", "authority")
    list_select_related = ("authority", "received_by")
    search_fields = ("name", "sha256")
    fields = (
        "name",
        "authority",
        "state",
        "problem",
        "found",
        "what_was_read",
        "doubts",
        "size",
        "sha256",
        "received_at",
        "received_by",
    )
    readonly_fields = ("found", "what_was_read", "doubts")
    pages = (
        Page(
            "accept",
            "Accept",
            AcceptForm,
            _accept,
            closed=_closed(
                *DEALT_WITH,
                IntakeState.WAITING,
                IntakeState.UNREADABLE,
                sentence="Only a report that has been read and not yet dealt with can be accepted.",
            ),
        ),
        Page(
            "read-again",
            "Read it again",
            RowForm,
            lambda row, values, by, at: intake.read(row, by=by, at=at),
            closed=_closed(*DEALT_WITH, sentence=READ_ALREADY),
        ),
        Page(
            "set-aside",
            "Set aside",
            AsideForm,
            lambda row, values, by, at: intake.set_aside(row, by=by, at=at, **values),
            closed=_closed(*DEALT_WITH, sentence=READ_ALREADY),
        ),
    )

    @admin.display(description="recommendations found")
    def found(self, row: Any) -> int | str:
        """How many, in what a person made of the draft or in the draft."""
        draft = row.corrected or row.draft
        return len(draft.get("recommendations") or []) if draft else "–"

    @admin.display(description="as it was read")
    def what_was_read(self, row: Any) -> Any:
        """The recommendations in their order."""
        items = ((row.corrected or row.draft or {}).get("recommendations")) or []
        return (
            format_html_join(
                "", "<p><strong>{}</strong> {}</p>", ((item.get("heading") or "–", item["text"]) for item in items)
            )
            or "–"
        )

    @admin.display(description="doubts")
    def doubts(self, row: Any) -> Any:
        """What the machine was not sure of."""
        told = (row.draft or {}).get("warnings") or []
        return format_html_join("", "<p>{}</p>", ((sentence,) for sentence in told)) or "None"
