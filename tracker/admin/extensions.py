"""Extensions: asked for by owners, decided here by somebody else."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from tracker.access import Actor, check
from tracker.admin.base import VerbAdmin
from tracker.admin.pages import Page, refusal_of
from tracker.admin.site import site
from tracker.admin.verb_forms import RowForm, Values, text_field
from tracker.models import Extension
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import extensions

DEALT_WITH = "This extension has been dealt with already."


class DecideForm(RowForm):
    """Granted or refused; a refusal with its reason."""

    answer = forms.ChoiceField(choices=[("grant", "Grant"), ("refuse", "Refuse")], widget=forms.RadioSelect)
    reason = text_field("Reason", help_text="Demanded where the extension is refused.")


def _decide(row: Any, values: Values, by: Actor, at: datetime) -> object:
    return extensions.decide(row, granted=values["answer"] == "grant", reason=values["reason"], by=by, at=at)


def _check_open(row: Any, by: Actor, on: Any) -> None:
    if row.granted is not None or row.withdrawn:
        raise Refused(DEALT_WITH)


def _check_decidable(row: Any, by: Actor, on: Any) -> None:
    check(by, Ability.DECIDE_EXTENSION, row.action.authority_id)
    _check_open(row, by, on)
    if by.person().pk in (row.asked_by_id, row.action.owner_id):
        raise Refused("Somebody else has to decide on an extension of your own.")


def _check_own(row: Any, by: Actor, on: Any) -> None:
    _check_open(row, by, on)
    if row.asked_by_id != by.person().pk:
        raise Refused("Only the person who asked may take the request back.")


@admin.register(Extension, site=site)
class ExtensionAdmin(VerbAdmin):
    """Later dates, asked for and decided."""

    list_display = ("action", "from_due", "to_due", "asked_by", "asked_at", "decision", "decided_by")
    list_filter = (("granted", admin.EmptyFieldListFilter), "withdrawn", "action__authority")
    list_select_related = ("action", "asked_by", "decided_by")
    search_fields = ("action__reference", "reason", "asked_by__name")
    fields = (
        "action",
        "from_due",
        "to_due",
        "reason",
        "asked_at",
        "asked_by",
        "decision",
        "decided_at",
        "decided_by",
        "decision_reason",
    )
    readonly_fields = ("decision",)
    pages = (
        Page("decide", "Decide", DecideForm, _decide, closed=refusal_of(_check_decidable)),
        Page(
            "take-back",
            "Take the request back",
            RowForm,
            lambda row, values, by, at: extensions.withdraw(row, by=by, at=at),
            closed=refusal_of(_check_own),
        ),
    )

    @admin.display(description="decision")
    def decision(self, row: Any) -> str:
        """Where the request stands."""
        if row.withdrawn:
            return "Taken back"
        return {None: "Awaits a decision", True: "Granted", False: "Refused"}[row.granted]

    def authority_of(self, row: Any) -> Any:
        """Its action's."""
        return row.action.authority

    def facts(self, row: Any, request: HttpRequest) -> list[tuple[str, Any]]:
        """What a small page tells of the request."""
        return [
            ("Action", f"{row.action}: {row.action.what}"),
            ("Due now", f"{row.from_due:%-d %B %Y}"),
            ("Asked for", f"{row.to_due:%-d %B %Y}, by {row.asked_by}"),
            ("Because", row.reason),
        ]
