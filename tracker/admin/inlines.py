"""Records beside a record: what is there is read-only, and a new one is added by its verb."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from tracker.access import Actor
from tracker.admin.scope import Scoped
from tracker.admin.verb_forms import Values, VerbForm


class AddOnlyFormSet(BaseInlineFormSet):
    """Rows of which each new one is added by a verb; Django's own saving is never reached."""

    def add_row(self, parent: Any, values: Values, by: Actor, at: datetime) -> object:
        """Add by a verb what was typed in one row."""
        raise PermissionDenied

    def clean(self) -> None:
        """What makes a row impossible is the verb's to say."""


class ReadOnlyRows(Scoped):
    """Rows that are only shown."""

    extra = 0
    can_delete = False
    show_change_link = True
    formset = AddOnlyFormSet
    form = VerbForm

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The rows themselves are scoped."""
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is there stays as it is."""
        return False

    def has_add_permission(self, request: HttpRequest, obj: Any) -> bool:
        """Nothing is added here."""
        return False

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The rows' form knows the request, so that a refusal comes back to the row it is about."""
        formset = super().get_formset(request, obj, **kwargs)  # type: ignore[misc]
        formset.form.request = request
        return formset


class ReadOnlyTable(ReadOnlyRows, admin.TabularInline):  # type: ignore[misc]
    """Rows shown in a table."""


class ReadOnlyStack(ReadOnlyRows, admin.StackedInline):  # type: ignore[misc]
    """Rows shown one below the other."""


class AddOnlyStack(ReadOnlyStack):
    """Rows shown one below the other, with a blank one to add."""

    extra = 1
