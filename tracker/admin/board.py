"""The board: its meetings, their calls for updates, its challenges and the answers to them."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tracker.access import Actor
from tracker.admin.base import VerbAdmin
from tracker.admin.inlines import ReadOnlyTable
from tracker.admin.rights import kept, rows
from tracker.admin.site import site
from tracker.admin.verb_forms import Values, VerbForm
from tracker.models import Authority, BoardMeeting, Challenge
from tracker.rules.roles import Ability
from tracker.services import board


class Challenges(ReadOnlyTable):
    """What was asked at a meeting."""

    model = Challenge
    fields = ("text", "action", "raised_by", "answer", "answered_at")
    readonly_fields = fields


class BoardAdmin(VerbAdmin):
    """What both have in common: the authority is one in which the person may do it."""

    keeping = Ability.KEEP_PLAN

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> Any:
        """The authorities in which the person may add one."""
        if db_field.name == "authority" and self.adding:
            held = [each.pk for each in kept(request, self.adding)]
            return rows(Authority, request).filter(pk__in=held)
        return super().get_field_queryset(db, db_field, request)


@admin.register(BoardMeeting, site=site)
class BoardMeetingAdmin(BoardAdmin):
    """Meetings, and the days by which updates are called for."""

    adding = Ability.KEEP_PLAN
    list_display = ("held_on", "authority", "updates_by", "called_at", "cancelled_at")
    list_filter = ("authority",)
    list_select_related = ("authority",)
    search_fields = ("notes",)
    date_hierarchy = "held_on"
    inlines = (Challenges,)

    afterwards = ("called_at", "cancelled_at", "cancelled_by", "cancelled_reason")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """When updates were called for, and whether it was cancelled, is known afterwards."""
        return ("authority", "held_on", "updates_by", "notes", *(self.afterwards if obj else ()))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A meeting stays on its day here; the board's own pages move and cancel it."""
        return ("authority", "held_on", *self.afterwards) if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A cancelled meeting stays as it was."""
        return super().has_change_permission(request, obj) and (obj is None or obj.cancelled_at is None)

    def add_row(self, request: HttpRequest, values: Values, by: Actor, at: datetime) -> Any:
        """Plan the meeting."""
        return board.plan_meeting(by=by, at=at, **values)

    def change_row(self, row: Any, form: VerbForm, by: Actor, at: datetime) -> None:
        """Change the call for updates, or the notes."""
        values = form.cleaned_data
        wanted = {"updates_by": values["updates_by"], "notes": values["notes"]}
        board.change_meeting(row, held_on=row.held_on, by=by, at=at, **wanted)


@admin.register(Challenge, site=site)
class ChallengeAdmin(BoardAdmin):
    """Challenges; the answer is given once."""

    adding = Ability.CHALLENGE
    list_display = ("text", "authority", "action", "raised_by", "raised_at", "answered_at")
    list_filter = (("answered_at", admin.EmptyFieldListFilter), "authority")
    list_select_related = ("authority", "action", "raised_by")
    search_fields = ("text", "answer", "action__reference")
    autocomplete_fields = ("action", "meeting")
    shown = ("authority", "meeting", "action", "text", "raised_at", "raised_by", "answered_at", "answered_by")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """To put one: where and what. Afterwards all of it, with its answer."""
        return (*self.shown[:6], "answer", *self.shown[6:]) if obj else ("authority", "meeting", "action", "text")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """All but an answer that has not been given yet."""
        if obj is None:
            return ()
        return (*self.shown, "answer") if obj.answered_at else self.shown

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A lead answers, once."""
        return super().has_change_permission(request, obj) and (obj is None or obj.answered_at is None)

    def add_row(self, request: HttpRequest, values: Values, by: Actor, at: datetime) -> Any:
        """Put the challenge."""
        return board.challenge(by=by, at=at, **values)

    def change_row(self, row: Any, form: VerbForm, by: Actor, at: datetime) -> None:
        """Answer it."""
        board.answer(row, text=form.cleaned_data["answer"], by=by, at=at)
