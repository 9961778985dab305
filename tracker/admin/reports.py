"""Accepted reports and their statutory clock."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from tracker.access import Actor
from tracker.admin.base import VerbAdmin
from tracker.admin.citations import citation
from tracker.admin.inlines import ReadOnlyStack, ReadOnlyTable
from tracker.admin.pages import Page, Preview, for_keepers
from tracker.admin.site import site
from tracker.admin.verb_forms import RowForm, Values, VersionedForm, day_field, text_field
from tracker.models import Recommendation, Report, StatutoryStep
from tracker.rules.roles import Ability
from tracker.services import clock, reports


class PublishedForm(VersionedForm):
    """The publication date, and where it comes from."""

    on = day_field("Publication date")
    source = forms.CharField(label="Where it comes from", help_text="e.g. the report's page on Ofsted's website")

    def prepare(self) -> None:
        """As it stands."""
        self.initial = {"on": self.row.publication_date, "source": self.row.publication_source}


class ReceivedForm(VersionedForm):
    """The day the authority received the report, and where that comes from."""

    on = day_field("Received on", help_text="The statutory clock counts from this day.")
    source = forms.CharField(label="Where it comes from", help_text="e.g. the covering e-mail")

    def prepare(self) -> None:
        """As it stands."""
        self.initial = {"on": self.row.received_on, "source": self.row.received_source}


def _preview(row: Any, values: Values, by: Actor, at: datetime) -> Preview:
    found = reports.preview_publication_date(row, on=values["on"], source=values["source"], by=by, at=at)
    return Preview(
        sentences=[found.sentence, *([found.question] if found.question else [])],
        heads=("Action", "Due until now", "Due from now", "Why"),
        rows=[(move.key, _day(move.agreed_before), _day(move.agreed_after), move.explanation) for move in found.moves],
    )


def _day(day: Any) -> str:
    return f"{day:%-d %B %Y}" if day else "No date"


class Recommendations(ReadOnlyStack):
    """What the report recommends, word for word."""

    model = Recommendation
    fields = ("words", "timescale", "addressee", "response")
    readonly_fields = fields
    ordering = ("number",)

    @admin.display(description="word for word")
    def words(self, row: Any) -> Any:
        """Accepted words and quote."""
        return citation(row)


class Clock(ReadOnlyTable):
    """What the authority owes by law."""

    model = StatutoryStep
    fields = ("step", "printed", "computed", "chosen", "met_on", "explanation")
    readonly_fields = fields
    ordering = ("computed",)


@admin.register(Report, site=site)
class ReportAdmin(VerbAdmin):
    """Reports as they were accepted."""

    list_display = ("title", "authority", "family", "publication_date", "received_on", "accepted_as")
    list_filter = ("accepted_as", "family", "authority")
    list_select_related = ("authority",)
    search_fields = ("title", "provider", "series")
    fields = (
        "title",
        "authority",
        "family",
        "provider",
        "series",
        "inspection_start",
        "inspection_end",
        "publication_date",
        "publication_source",
        "publication_set_by",
        "received_on",
        "received_source",
        "overall_judgement",
        "lead_inspector",
        "accepted_as",
        "accepted_at",
        "accepted_by",
    )
    inlines = (Clock, Recommendations)
    pages = (
        Page(
            "publication-date",
            "Set the publication date",
            PublishedForm,
            lambda row, values, by, at: reports.set_publication_date(row, by=by, at=at, **values),
            closed=for_keepers(Ability.KEEP_PLAN),
            preview=_preview,
        ),
        Page(
            "received-date",
            "Set the date of receipt",
            ReceivedForm,
            lambda row, values, by, at: reports.set_received_date(row, by=by, at=at, **values),
            closed=for_keepers(Ability.KEEP_PLAN),
        ),
    )


class ChooseForm(RowForm):
    """A person's own date for a step."""

    on = day_field("Date", required=False, help_text="Leave empty to go back to the printed or computed date.")
    reason = text_field("Reason")

    def prepare(self) -> None:
        """As it stands."""
        self.initial = {"on": self.row.chosen}


class MetForm(RowForm):
    """When a step was met."""

    on = day_field("Met on", required=False, help_text="Leave empty to say that it was not met after all.")
    note = text_field("Note")

    def prepare(self) -> None:
        """As it stands."""
        self.initial = {"on": self.row.met_on, "note": self.row.met_note}


def _authority(row: Any) -> Any:
    return row.report.authority


@admin.register(StatutoryStep, site=site)
class StatutoryStepAdmin(VerbAdmin):
    """The clock's steps over all reports."""

    ordering = ("computed",)
    list_display = ("step", "report", "counts", "printed", "computed", "chosen", "met_on")
    list_filter = ("step", ("met_on", admin.EmptyFieldListFilter), "report__authority")
    list_select_related = ("report",)
    search_fields = ("report__title", "body")
    fields = (
        "step",
        "report",
        "body",
        "counts",
        "printed",
        "computed",
        "chosen",
        "chosen_reason",
        "explanation",
        "source",
        "met_on",
        "met_note",
    )
    readonly_fields = ("counts",)
    pages = (
        Page(
            "choose-date",
            "Set a date",
            ChooseForm,
            lambda row, values, by, at: clock.choose_date(row, by=by, at=at, **values),
            closed=for_keepers(Ability.KEEP_PLAN, _authority),
        ),
        Page(
            "met",
            "Mark as met",
            MetForm,
            lambda row, values, by, at: clock.mark_met(row, by=by, at=at, **values),
            closed=for_keepers(Ability.KEEP_PLAN, _authority),
        ),
    )

    @admin.display(description="due")
    def counts(self, row: Any) -> Any:
        """The date that counts."""
        return row.due

    def authority_of(self, row: Any) -> Any:
        """Its report's."""
        return row.report.authority

    def facts(self, row: Any, request: HttpRequest) -> list[tuple[str, Any]]:
        """What a small page tells of the step."""
        return [("Step", row), ("Report", row.report), ("Due", _day(row.due)), ("Why", row.explanation or "–")]
