"""The forms of a council's own settings: each number with its limits and the default that holds without it."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from tracker.models import User
from tracker.rules.authority_settings import LIMITS, AuthoritySettings
from tracker.rules.written_dates import counted
from tracker.web.forms.fields import PageForm, words

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
LABELS = {
    "first_response_days": "Time for a first response",
    "due_soon_days": "Due soon",
    "silent_days": "No news",
    "digest_weekday": "Day of the leads’ weekly digest",
    "digest_hour": "Hour of the digests",
    "pack_days": "Pack before a board meeting",
    "unused_days": "Account not used",
    "access_review_days": "Who has access: look again",
}
HINTS = {
    "first_response_days": "Working days after publication before an action due “Immediately” counts as overdue. "
    "It holds for dates that are set from now on.",
    "due_soon_days": "Days before its due date from which an open action is rated amber.",
    "silent_days": "Days without a note or evidence after which an open action is rated amber.",
    "digest_weekday": "On this day leads are told by mail what needs a decision.",
    "digest_hour": "Digests go out from this hour on, by London’s clock.",
    "pack_days": "Working days before a board meeting on which its pack is made by itself, without confidential evidence. "
    "The leads are told by mail. 0 means that none is made.",
    "unused_days": "Days without a sign-in after which an account counts as not used.",
    "access_review_days": "Days after which leads and administrators are reminded to look through the list of who has "
    "access.",
}


def in_words(name: str, value: int) -> str:
    """A setting's value as it is said: 14 days, Monday, 8am."""
    if name == "digest_weekday":
        return WEEKDAYS[value]
    if name == "digest_hour":
        return f"{value % 12 or 12}{'am' if value < 12 else 'pm'}"
    return counted(value, _unit(name), f"{_unit(name)}s")


def _unit(name: str) -> str:
    return "working day" if name in ("first_response_days", "pack_days") else "day"


class NumbersForm(PageForm):
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
        label=f"{LABELS[name]}, in {_unit(name)}s",
        help_text=f"{HINTS[name]} From {low} to {high}; the default is {default}.",
        min_value=low,
        max_value=high,
        required=False,
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "5"}),
    )


class DirectorForm(PageForm):
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
