"""The forms of a council's own settings: each number with its limits and the default that holds without it."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from tracker.models import User
from tracker.rules.authority_settings import HINTS, LABELS, LIMITS, AuthoritySettings, in_words, unit
from tracker.web.forms.fields import VersionedForm, words


class NumbersForm(VersionedForm):
    """The council's own periods and times; empty means the default."""

    reason = words("Reason (optional)", hint="It is kept in the trail.", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in LIMITS:
            self.fields[name] = _number(name)
        self.order_fields([*LIMITS, "reason"])

    def settings(self) -> dict[str, int]:
        """What was filled in, as the verb takes it."""
        typed = self.cleaned_data
        return {name: int(typed[name]) for name in LIMITS if typed[name] not in (None, "")}


def _number(name: str) -> forms.Field:
    default = in_words(name, getattr(AuthoritySettings(), name))
    low, high = LIMITS[name]
    if name in ("digest_weekday", "digest_hour"):
        choices = [("", f"The default: {default}"), *((each, in_words(name, each)) for each in range(low, high + 1))]
        return forms.TypedChoiceField(
            label=LABELS[name], help_text=HINTS[name], choices=choices, coerce=int, empty_value=None, required=False
        )
    wrong = f"{LABELS[name]}: give a whole number from {low} to {high}, or leave it empty"
    return forms.IntegerField(
        label=f"{LABELS[name]}, in {unit(name)}s",
        help_text=f"{HINTS[name]} From {low} to {high}; the default is {default}.",
        min_value=low,
        max_value=high,
        required=False,
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "5"}),
    )


class DirectorForm(VersionedForm):
    """Who is told of what is long overdue."""

    director: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        label="Director",
        queryset=None,
        required=False,
        empty_label="Nobody",
        help_text="Somebody who sees the whole plan: a lead, an owner, a board member or an auditor.",
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["director"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  declared so above
        field.queryset = people
