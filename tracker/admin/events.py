"""The trail, to read: for the leads and auditors of an authority."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.text import capfirst

from tracker.admin.base import VerbAdmin
from tracker.admin.site import site
from tracker.admin.trail_page import Words, read, told_events, who
from tracker.choices import EventKind
from tracker.models import Event, Trailed
from tracker.rules.roles import Ability

KINDS: dict[str, type[Model]] = {model.trail_type(): model for model in Trailed.__subclasses__()}


class SubjectFilter(admin.SimpleListFilter):
    """What kind of record an event is about."""

    title = "kind of record"
    parameter_name = "about"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The kinds that the visible trail tells of."""
        found = set(model_admin.get_queryset(request).order_by().values_list("subject_type", flat=True).distinct())
        return sorted((kind, _words_of(kind)) for kind in found)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """The events about that kind."""
        return queryset.filter(subject_type=self.value()) if self.value() else queryset


class KindFilter(admin.SimpleListFilter):
    """What happened."""

    title = "what happened"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The kinds of event that the visible trail holds."""
        found = set(model_admin.get_queryset(request).order_by().values_list("kind", flat=True).distinct())
        return [(kind.value, kind.label) for kind in EventKind if kind in found]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """The events of that kind."""
        return queryset.filter(kind=self.value()) if self.value() else queryset


def _words_of(kind: str) -> str:
    return capfirst(str(KINDS[kind]._meta.verbose_name)) if kind in KINDS else capfirst(kind)


@admin.register(Event, site=site)
class EventAdmin(VerbAdmin):
    """The lines of the trail, the latest first."""

    sight = Ability.SEE_TRAIL
    ordering = ("-pk",)
    list_display = ("recorded_at", "kind", "about", "actor", "channel", "reason")
    list_filter = (KindFilter, SubjectFilter, "channel", "chain__authority")
    search_fields = ("hash", "request_id")
    date_hierarchy = "recorded_at"
    fields = (
        "recorded_at",
        "kind",
        "about",
        "actor",
        "channel",
        "reason",
        "state",
        "chain_name",
        "sequence",
        "request_id",
        "body_hash",
        "previous_hash",
        "hash",
    )
    readonly_fields = ("about", "actor", "reason", "state", "chain_name")

    def get_queryset(self, request: HttpRequest) -> Any:
        """The events the person may read, with the bodies that say who and why."""
        return told_events(request).order_by(*self.ordering)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The event with its first record in words."""
        event = super().get_object(request, object_id, from_field)
        if event is not None:
            event.in_words = _in_words(event, request)
        return event

    @admin.display(description="about")
    def about(self, row: Any) -> str:
        """The record, by its reference or name at that time."""
        state = read(row.told).get("state", {})
        name = next((state[key] for key in ("reference", "title", "name", "text") if state.get(key)), "")
        return f"{_words_of(row.subject_type)} {name or row.subject_id}"[:120]

    @admin.display(description="who")
    def actor(self, row: Any) -> str:
        """Name and roles as on that day."""
        return who(read(row.told))

    @admin.display(description="reason")
    def reason(self, row: Any) -> str:
        """Why, where a reason was given."""
        return str(read(row.told).get("reason") or "–")

    @admin.display(description="the record after it")
    def state(self, row: Any) -> Any:
        """Every field of the record in words."""
        return format_html_join("", "<p><strong>{}</strong>: {}</p>", row.in_words) or "–"

    @admin.display(description="chain")
    def chain_name(self, row: Any) -> str:
        """Whose trail it stands in."""
        return str(row.chain)


def _in_words(event: Any, request: HttpRequest) -> list[tuple[str, str]]:
    model, state = KINDS.get(event.subject_type), read(event.told).get("state", {})
    if model is None:
        return []
    words = Words(model, request)
    return [(words.label(name), words.shown(name, value)) for name, value in state.items()]
