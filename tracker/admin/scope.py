"""What admins and their inlines share: rows and options by tracker.access alone, and nothing to delete."""

from typing import Any

from django.db import models
from django.http import HttpRequest

from tracker.admin.asking import RecordSelect
from tracker.admin.days import TypedDayField
from tracker.admin.rights import rows


class Scoped:
    """Goes before Django's own class, which would show every row."""

    model: type[models.Model]

    def get_queryset(self, request: HttpRequest) -> Any:
        """The rows the person may see today, in the admin's order."""
        ordering = self.get_ordering(request)  # type: ignore[attr-defined]
        found = rows(self.model, request)
        return found.order_by(*ordering) if ordering else found

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> Any:
        """The options of a related field: the rows of its kind that the person may see."""
        return rows(db_field.remote_field.model, request)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A choice among many records does not break at what is no record."""
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs["widget"] = RecordSelect(db_field, self.admin_site)  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A related field is chosen from, without the shortcuts to what it leads to; a date is typed."""
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        if isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
            kwargs["form_class"] = TypedDayField
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        for shortcut in ("can_add_related", "can_change_related", "can_delete_related", "can_view_related"):
            if hasattr(field and field.widget, shortcut):
                setattr(field.widget, shortcut, False)
        return field

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is ever deleted."""
        return False
