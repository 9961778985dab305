"""Authorities: facts to read, and the authority's own settings."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from tracker.access import Actor, check_people, grantable_authorities
from tracker.admin.base import VerbAdmin
from tracker.admin.pages import Page, refusal_of
from tracker.admin.rights import person_in, rows
from tracker.admin.site import site
from tracker.admin.verb_forms import Values, VersionedForm, text_field
from tracker.choices import DueKind, Family
from tracker.models import Authority
from tracker.rules.authority_settings import HINTS, LABELS, LIMITS, WEEKDAYS, in_words
from tracker.services import reference


class SettingsForm(VersionedForm):
    """What the authority sets for itself; whatever stays empty follows the house."""

    def prepare(self) -> None:
        """One input a setting, with what is stored in it."""
        stored = self.row.settings or {}
        for name in LIMITS:
            self.fields[name] = self._number(name)
            self.initial[name] = stored.get(name)
        for family in Family:
            self._words("default", family, f"Due date where none is printed: {family.label}", "e.g. within 3 months")
            self.initial[f"default-{family.value}"] = stored.get("family_defaults", {}).get(family.value, "")
        for kind in DueKind:
            self._words("reminder", kind, f"Reminders: {kind.label}", "days, e.g. 1, 2, 4, weekly")
            days = stored.get("reminders", {}).get(kind.value, [])
            self.initial[f"reminder-{kind.value}"] = ", ".join(map(str, days))
        self.fields["reason"] = text_field("Reason")

    def _number(self, name: str) -> forms.Field:
        told: Any = {"label": LABELS[name], "help_text": HINTS[name], "required": False}
        if name == "digest_weekday":
            days = [("", "As the house"), *enumerate(WEEKDAYS)]
            return forms.TypedChoiceField(choices=days, coerce=int, empty_value=None, **told)
        low, high = LIMITS[name]
        return forms.IntegerField(min_value=low, max_value=high, **told)

    def _words(self, stem: str, each: Any, label: str, help_text: str) -> None:
        self.fields[f"{stem}-{each.value}"] = forms.CharField(label=label, help_text=help_text, required=False)

    def settings(self) -> Values:
        """The settings in their stored form: only what was filled in."""
        typed = self.cleaned_data
        numbers = {name: typed[name] for name in LIMITS if typed[name] is not None}
        defaults = self._under("default")
        days = {kind: [word.strip() for word in text.split(",")] for kind, text in self._under("reminder").items()}
        groups = {"family_defaults": defaults, "reminders": days}
        return {**numbers, **{name: group for name, group in groups.items() if group}}

    def _under(self, stem: str) -> dict[str, str]:
        inputs = {
            name.removeprefix(f"{stem}-"): text.strip()
            for name, text in self.cleaned_data.items()
            if name.startswith(f"{stem}-")
        }
        return {name: text for name, text in inputs.items() if text}

    def clean(self) -> Values:
        """With the settings beside what was typed."""
        cleaned = super().clean() or {}
        return {**cleaned, "settings": self.settings()} if not self.errors else cleaned


def _change(row: Any, values: Values, by: Actor, at: datetime) -> object:
    return reference.change_settings(
        row, settings=values["settings"], reason=values["reason"], version=values["version"], by=by, at=at
    )


@admin.register(Authority, site=site)
class AuthorityAdmin(VerbAdmin):
    """Councils. Their facts are reference rows; their settings are their own."""

    sight = None
    list_display = ("short_name", "name", "code", "region", "ended_on")
    search_fields = ("short_name", "name", "code")
    fields = (
        "short_name",
        "name",
        "code",
        "names_in_print",
        "region",
        "kind",
        "ons_code",
        "dfe_code",
        "ofsted_urn",
        "domain",
        "ended_on",
        "director",
        "own_settings",
    )
    readonly_fields = ("names_in_print", "own_settings")
    pages = (
        Page(
            "settings",
            "Change the settings",
            SettingsForm,
            _change,
            closed=refusal_of(lambda row, by, on: check_people(by, row)),
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """The person's own authorities, and those whose people they keep."""
        found = rows(Authority, request) | grantable_authorities(person_in(request))
        return found.order_by("short_name")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """By the same rows."""
        return obj is None or self.get_queryset(request).filter(pk=obj.pk).exists()

    def authority_of(self, row: Any) -> Any:
        """An authority belongs to itself."""
        return row

    def facts(self, row: Any, request: HttpRequest) -> list[tuple[str, Any]]:
        """What a small page tells of the council; after a conflict the settings as they are by now."""
        return [("Council", row), ("Settings now", self.own_settings(row))]

    def names_in_print(self, row: Any) -> str:
        """The names by which reports know it."""
        return "; ".join(row.printed_names) or "–"

    def own_settings(self, row: Any) -> str:
        """What it has set for itself."""
        return "; ".join(_said(name, value) for name, value in row.settings.items()) or "As the house"


def _said(name: str, value: Any) -> str:
    """A setting as people read it."""
    return f"{LABELS[name]}: {in_words(name, value)}" if name in LIMITS else f"{name.replace('_', ' ')}: {value}"
