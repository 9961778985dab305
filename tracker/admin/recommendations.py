"""Recommendations: their words stay as they were printed; the answer and the themes are the authority's."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tracker.access import Actor
from tracker.admin.base import VerbAdmin
from tracker.admin.citations import citation
from tracker.admin.inlines import ReadOnlyTable
from tracker.admin.site import site
from tracker.admin.verb_forms import VerbForm
from tracker.choices import Response
from tracker.models import Action, Recommendation
from tracker.rules.roles import Ability
from tracker.services import reports

ANSWER = {"response", "response_text"}


class Actions(ReadOnlyTable):
    """What is done about it."""

    model = Action
    fk_name = "recommendation"
    fields = ("reference", "what", "owner", "agreed_due", "status")
    readonly_fields = fields


@admin.register(Recommendation, site=site)
class RecommendationAdmin(VerbAdmin):
    """What reports recommend."""

    keeping = Ability.KEEP_PLAN
    list_display = ("number", "text", "heading", "report", "response")
    list_display_links = ("number", "text")
    list_filter = ("response", "themes", "report", "report__authority")
    list_select_related = ("report",)
    search_fields = ("text", "heading", "addressee", "report__title")
    filter_horizontal = ("themes",)
    readonly_fields = ("words", "report", "number", "printed_ref", "heading", "timescale", "addressee")
    fieldsets = (
        ("What the report says", {"fields": readonly_fields}),
        ("What the authority answers", {"fields": ("response", "response_text", "themes")}),
    )
    inlines = (Actions,)

    @admin.display(description="word for word")
    def words(self, row: Any) -> Any:
        """Accepted words and quote."""
        return citation(row)

    def authority_of(self, row: Any) -> Any:
        """Its report's."""
        return row.report.authority

    def change_row(self, row: Any, form: VerbForm, by: Actor, at: datetime) -> None:
        """The answer by its verb, the themes by theirs; each only where it was changed."""
        values = form.cleaned_data
        if form.touched() & ANSWER:
            answer = Response(values["response"])
            reports.answer(row, response=answer, text=values["response_text"], by=by, at=at)
        if "themes" in form.touched():
            reports.set_themes(row, themes=list(values["themes"]), by=by, at=at)

    def facts(self, row: Any, request: HttpRequest) -> list[tuple[str, Any]]:
        """What a small page tells of it."""
        return [("Recommendation", row.text), ("Report", row.report)]
