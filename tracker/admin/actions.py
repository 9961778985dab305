"""Actions: the list from which a lead works, and the page of one action."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator

from tracker.access import Actor, assignable_people, can, can_action
from tracker.admin.action_inlines import inlines_for
from tracker.admin.action_pages import PAGES
from tracker.admin.base import VerbAdmin
from tracker.admin.bulk import assign_owner, set_first_due_dates
from tracker.admin.citations import citation
from tracker.admin.list_filters import FamilyFilter, NeedsFilter, RatingFilter
from tracker.admin.ratings import rating_of, tag_of
from tracker.admin.rights import kept, person_in, rows
from tracker.admin.site import site
from tracker.admin.trail_page import Words
from tracker.admin.verb_forms import Values, VerbForm, demand_version
from tracker.models import Action, User
from tracker.rules.roles import Ability
from tracker.services import actions, plan
from tracker.services.locking import Conflict
from tracker.web.acting import day_in

EDITABLE = ("what", "outcome", "start_on", "accountable", "partners")
HOW_IT_STANDS = (
    "reference",
    "authority",
    "state",
    "rating",
    "owner",
    "agreed_due",
    "original_due",
    "due_explanation",
    "priority",
    "impact",
    "next_check_on",
)


class ActionForm(VerbForm):
    """An action's words, its start and its people, with the version the person is looking at."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Action
        fields = (*EDITABLE, "version")

    def clean(self) -> Values:
        """What was typed; on an action that is there, only with the version it was typed on."""
        cleaned = super().clean()
        if self.instance.pk:
            demand_version(self)
        return cleaned


@admin.register(Action, site=site)
class ActionAdmin(VerbAdmin):
    """The heart of the tracker."""

    form = ActionForm
    keeping = adding = Ability.KEEP_PLAN
    pages = PAGES
    actions = (assign_owner, set_first_due_dates)
    list_display = ("reference", "what_in_short", "held_by", "due", "state")
    list_display_links = ("reference", "what_in_short")
    list_filter = (
        NeedsFilter,
        "status",
        RatingFilter,
        "owner",
        "recommendation__report",
        FamilyFilter,
        "authority",
    )
    list_select_related = ("authority", "owner")
    search_fields = ("reference", "what", "outcome", "owner__name", "recommendation__text")
    ordering = ("authority", "reference")
    filter_horizontal = ("partners",)
    autocomplete_fields = ("recommendation",)

    @admin.display(description="what we will do")
    def what_in_short(self, row: Any) -> str:
        """The beginning of its words."""
        return Truncator(row.what).chars(90)

    @admin.display(description="owner", ordering="owner__name", empty_value="No owner")
    def held_by(self, row: Any) -> Any:
        """The owner's name."""
        return row.owner.name if row.owner else None

    @admin.display(description="due", ordering="agreed_due", empty_value="No date")
    def due(self, row: Any) -> Any:
        """The agreed date."""
        return row.agreed_due

    @admin.display(description="status", ordering="status")
    def state(self, row: Any) -> str:
        """The status in words."""
        return row.get_status_display()

    @admin.display(description="delivery rating")
    def rating(self, row: Any) -> Any:
        """Letter, word and colour, as get_object has rated it."""
        return tag_of(row.rated_today)

    @admin.display(description="the recommendation")
    def words_in_print(self, row: Any) -> Any:
        """The recommendation word for word, where it stands, and the way to it."""
        said = row.recommendation
        address = reverse("admin:tracker_recommendation_change", args=[said.pk])
        parts = (citation(said), address, said.report)
        return format_html('{}<p><a href="{}">The recommendation in “{}”</a></p>', *parts)

    def get_list_display(self, request: HttpRequest) -> Any:
        """The columns; the rating needs to know the day, so its column is made for the request."""

        @admin.display(description="delivery rating")
        def rating(row: Any) -> Any:
            return tag_of(rating_of(row, request))

        return (*self.list_display, rating)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The action with its rating of today."""
        row = super().get_object(request, object_id, from_field)
        if row is not None:
            row.rated_today = rating_of(row, request)
        return row

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """To add one: its recommendation and its words. Afterwards all of it."""
        if obj is None:
            return [(None, {"fields": ("recommendation", "what")})]
        return [
            ("What the report says", {"fields": ("words_in_print",)}),
            ("How it stands", {"fields": HOW_IT_STANDS}),
            ("What we do about it", {"fields": (*EDITABLE, "version")}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """All but the words and people of an action, which a lead edits."""
        shown = ("words_in_print", *HOW_IT_STANDS)
        if obj is None:
            return ()
        return shown if can(person_in(request), Ability.KEEP_PLAN, obj.authority_id) else (*shown, *EDITABLE)

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> Any:
        """People are those who may hold actions where the person is a lead."""
        if db_field.related_model is not User:
            return super().get_field_queryset(db, db_field, request)
        found = rows(User, request).none()
        for authority in kept(request, Ability.KEEP_PLAN):
            found |= assignable_people(authority)
        return found

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form's class; its people are those of this action's authority, and whoever stands there already."""
        form = super().get_form(request, obj, change, **kwargs)
        for name in {"accountable", "partners"} & set(form.base_fields):
            there = {obj.accountable_id, *obj.partners.values_list("pk", flat=True)} if obj else set()
            form.base_fields[name].queryset = assignable_people(obj.authority_id) | rows(User, request).filter(
                pk__in=there
            )
        return form

    def get_inlines(self, request: HttpRequest, obj: Any) -> list:
        """Notes and evidence to read and to add, and what else there is."""
        return inlines_for(obj, request) if obj is not None else []

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A lead edits an action; whoever works on it may add notes and evidence to it."""
        if super().has_change_permission(request, obj):
            return True
        return obj is not None and can_action(person_in(request), Ability.WORK, obj, on=day_in(request))

    def has_keep_permission(self, request: HttpRequest) -> bool:
        """Whether the person may change several actions at once."""
        return bool(kept(request, Ability.KEEP_PLAN))

    def add_row(self, request: HttpRequest, values: Values, by: Actor, at: Any) -> Any:
        """A further action for a recommendation."""
        return plan.add_action(values["recommendation"], what=values["what"], by=by, at=at)

    def change_row(self, row: Any, form: VerbForm, by: Actor, at: Any) -> None:
        """The words, the start and the people, if nobody else has changed the action meanwhile."""
        values = form.cleaned_data
        actions.edit(row, by=by, at=at, version=values["version"], **{name: values[name] for name in EDITABLE})

    def facts(self, row: Any, request: HttpRequest) -> list[tuple[str, Any]]:
        """What a small page tells of the action."""
        return [
            ("Action", f"{row.reference}: {row.what}"),
            ("Status", row.get_status_display()),
            ("Delivery rating", tag_of(row.rated_today)),
            ("Owner", row.owner or "Nobody yet"),
            ("Due", f"{row.agreed_due:%-d %B %Y}" if row.agreed_due else "No date"),
        ]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """After a conflict both versions stand side by side above the form."""
        returned = getattr(request, "returned", None)
        if returned and isinstance(returned.refusal, Conflict):
            context["versions"] = both_versions(context["adminform"].form, returned.refusal.current, request)
        return super().render_change_form(request, context, *args, **kwargs)


def both_versions(form: Any, current: Any, request: HttpRequest) -> list[tuple[str, str, str, bool]]:
    """Each field as it is stored now and as it was typed, in words, and whether the two differ."""
    stored, words = current.trail_state(), Words(Action, request)
    typed = {name: _plain(form.cleaned_data.get(name)) for name in EDITABLE}
    return [
        (
            words.label(name),
            words.shown(name, stored[name]),
            words.shown(name, typed[name]),
            stored[name] != typed[name],
        )
        for name in EDITABLE
    ]


def _plain(value: Any) -> Any:
    """A typed value in the form in which the trail keeps it."""
    if isinstance(value, QuerySet):
        return sorted(row.pk for row in value)
    if isinstance(value, User):
        return value.pk
    return value.isoformat() if hasattr(value, "isoformat") else value
