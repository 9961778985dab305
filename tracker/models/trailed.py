"""The furniture of every record that the trail keeps: which of its fields are its stored state."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar

from django.db import models
from django.db.models.fields.files import FieldFile

from tracker.rules.questions import check_year
from tracker.rules.refusal import Refused

Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]


class Trailed(models.Model):
    """A record whose every change is an event of the trail.

    TRAIL_FIELDS names the stored state that an event keeps; OUTSIDE_TRAIL names the remaining fields, each with the
    reason why the trail does without it. Together they name every field (a test sees to it).
    """

    TRAIL_FIELDS: ClassVar[tuple[str, ...]] = ()
    OUTSIDE_TRAIL: ClassVar[dict[str, str]] = {}

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, or raise Refused where words or dates do not fit."""
        self.check_fit()
        super().save(*args, **kwargs)

    def check_fit(self) -> None:
        """Raises Refused where words or dates do not fit: databases differ in what they do with those."""
        for field in self._meta.concrete_fields:
            value = getattr(self, field.attname)
            _check_words(field, value)
            if isinstance(value, date) and not isinstance(value, datetime):
                check_year(value, field.name)

    @classmethod
    def trail_type(cls) -> str:
        """The word for this kind of record in the trail, e.g. "action"."""
        return str(cls._meta.model_name)

    def trail_state(self) -> dict[str, Plain]:
        """The stored state as plain values: dates in ISO form, moments in UTC, other records by their number."""
        return {name: _plain_column(self, name, column) for name, column in _columns(type(self))}


def _check_words(field: "models.Field[Any, Any]", value: Any) -> None:
    words = value if isinstance(value, str) else json.dumps(value) if isinstance(value, dict | list) else ""
    if "\0" in words or "\\u0000" in words:
        raise Refused("The text holds a character that cannot be kept (NUL). Take it out and try again.", field.name)
    longest = field.max_length
    if isinstance(value, str) and longest is not None and len(value) > longest:
        raise Refused(f"{str(field.verbose_name).capitalize()}: use at most {longest} characters.", field.name)


@cache
def _columns(model: type[Trailed]) -> tuple[tuple[str, str | None], ...]:
    """The fields that the trail keeps, each with the attribute that holds it; None for a list of other records."""
    fields = [(name, model._meta.get_field(name)) for name in model.TRAIL_FIELDS]
    own = {name: field for name, field in fields if isinstance(field, models.Field) and not field.many_to_many}
    return tuple((name, str(own[name].attname) if name in own else None) for name, _ in fields)


def _plain_column(row: Trailed, name: str, column: str | None) -> Plain:
    if column is None:
        others, fetched = getattr(row, name), name in getattr(row, "_prefetched_objects_cache", {})
        return sorted(each.pk for each in others.all()) if fetched else sorted(others.values_list("pk", flat=True))
    return plain(getattr(row, column))


def plain(value: Any) -> Plain:
    """A stored value as JSON can carry it and a stranger can read it; raises TypeError for anything else."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str | FieldFile):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    raise TypeError(f"The trail cannot keep a {type(value).__name__}.")
