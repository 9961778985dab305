"""Filters of the lists. Each offers only what the person may see."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.filters import RelatedFieldListFilter
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from tracker.admin.ratings import words_of
from tracker.admin.rights import rows
from tracker.choices import Delivery, Family
from tracker.models import Report
from tracker.web.acting import day_in


class VisibleRelatedFilter(RelatedFieldListFilter):
    """A filter on a related record: its options are those that the person may see."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        """Number and name of each option."""
        ordering = self.field_admin_ordering(field, request, model_admin)
        found = rows(field.remote_field.model, request)
        return [(row.pk, str(row)) for row in (found.order_by(*ordering) if ordering else found)]


class NeedsFilter(admin.SimpleListFilter):
    """What an action lacks, or waits for: the same sets that digests and packs count."""

    title = "what it needs"
    parameter_name = "needs"
    SETS = {
        "overdue": ("Overdue", lambda found, on: found.overdue(on)),
        "soon": ("Due within 14 days", lambda found, on: found.due_within(on, 14)),
        "no_owner": ("No owner", lambda found, on: found.unowned()),
        "no_date": ("No due date", lambda found, on: found.undated()),
        "sign_off": ("Awaiting sign-off", lambda found, on: found.awaiting_sign_off()),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The sets by name."""
        return [(name, label) for name, (label, _) in self.SETS.items()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """The rows of the chosen set."""
        chosen = self.SETS.get(self.value() or "")
        return chosen[1](queryset, day_in(request)) if chosen else queryset


class RatingFilter(admin.SimpleListFilter):
    """The delivery rating, which is computed and stands in no column."""

    title = "delivery rating"
    parameter_name = "rating"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The ratings by letter and word."""
        return [(rating.value, words_of(rating)) for rating in Delivery]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """The rows that are rated so today."""
        if self.value() not in Delivery.values:
            return queryset
        return queryset.rated(day_in(request)).filter(rating=self.value())


class FamilyFilter(admin.SimpleListFilter):
    """The families of report of which the person sees any."""

    title = "family of report"
    parameter_name = "family"
    path = "recommendation__report__family"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The families by name."""
        found = set(rows(Report, request).values_list("family", flat=True))
        return [(family.value, family.label) for family in Family if family in found]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        """The rows of reports of that family."""
        return queryset.filter(**{self.path: self.value()}) if self.value() else queryset
