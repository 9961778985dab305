"""Forms about several actions at once: whom to give them to, their first dates, and the name of a saved filter."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from tracker.models import Action, User
from tracker.rules.bulk import Period
from tracker.rules.due_dates import Unit
from tracker.rules.refusal import Refused
from tracker.rules.typed_dates import read_day
from tracker.services.bulk import Dates, why_undated
from tracker.web.forms.fields import PageForm, day, line, tick, words

ALL, PERIOD, OWN = "all", "period", "own"
HOW = [
    (ALL, "One date for all of them"),
    (PERIOD, "A period counted from the publication of each report"),
    (OWN, "A date of its own for each action"),
]
UNITS = [(Unit.MONTHS.name, "months"), (Unit.WEEKS.name, "weeks"), (Unit.WORKING_DAYS.name, "working days")]


class TypedDay(forms.CharField):
    """A date typed into one box; None where it is left empty."""

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return read_day(typed)
        except Refused as refusal:
            raise ValidationError(refusal.sentence) from None


class BulkOwnerForm(PageForm):
    """Who is to own them."""

    owner: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        label="Owner",
        queryset=None,
        empty_label="Choose the owner",
        error_messages={"required": "Choose who is to own them", "invalid_choice": "Choose somebody from the list"},
    )
    replace = tick("Also those that have an owner already", hint="They change hands.")

    def __init__(self, *args: Any, chosen: Sequence[Action], people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  declared so above
        field.queryset = people
        owned = sum(action.owner_id is not None for action in chosen)
        self.fields["replace"].initial = owned == len(chosen)
        self.fields["replace"].label = f"Also the {owned} of them that {'has' if owned == 1 else 'have'} an owner now"
        if not owned:
            del self.fields["replace"]


class BulkDatesForm(PageForm):
    """The first due dates of actions that have none."""

    how = forms.ChoiceField(
        label="Which date?",
        choices=HOW,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the dates are set"},
    )
    due = day("Due date")
    count = forms.IntegerField(
        label="How many?", required=False, error_messages={"invalid": "Enter a whole number, for example 6"}
    )
    unit = forms.ChoiceField(label="Days, weeks or months?", choices=UNITS, required=False)
    reason = words(
        "Why these dates?", hint="It is shown on the page of each action.", required="Say why these dates.", rows=3
    )
    sure = tick("Yes, the dates are right")

    def __init__(self, *args: Any, chosen: Sequence[Action], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for action in chosen:
            if not why_undated(action):
                label = f"Due date of {action.reference}"
                self.fields[f"own_{action.pk}"] = TypedDay(label=label, required=False, max_length=40)
        self.fields["count"].widget.attrs.update({"inputmode": "numeric"})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        how = given.get("how")
        self._forget_all_but(how)
        if how == ALL and not given.get("due") and "due" not in self.errors:
            self.add_error("due", "Enter the due date")
        if how == PERIOD and "count" not in self.errors:
            self._check_period(given)
        if how == OWN and not self.own() and not self.errors:
            first = next((name for name in self.fields if name.startswith("own_")), None)
            self.add_error(first, "Enter a date for at least one action")
        return given

    def _forget_all_but(self, how: str | None) -> None:
        """What stands in the boxes of another answer is neither wrong nor right: they are not shown."""
        boxes = {ALL: ("due",), PERIOD: ("count", "unit"), OWN: tuple(n for n in self.fields if n.startswith("own_"))}
        for other, names in boxes.items():
            for name in names if how in boxes and other != how else ():
                self.errors.pop(name, None)
                self.cleaned_data.setdefault(name, None)

    def _check_period(self, given: dict[str, Any]) -> None:
        if given.get("count") is None:
            self.add_error("count", "Enter how many months, weeks or working days")
            return
        try:
            self.period()
        except Refused as refusal:
            self.refuse(refusal)

    def period(self) -> Period:
        """The period that was chosen. Raises Refused for a number out of all reason."""
        given = self.cleaned_data
        return Period(given["count"], Unit[given.get("unit") or Unit.MONTHS.name])

    def own(self) -> dict[int, date]:
        """The dates that were entered for single actions, by their numbers."""
        entered = {name: value for name, value in self.cleaned_data.items() if name.startswith("own_") and value}
        return {int(name.removeprefix("own_")): value for name, value in entered.items()}

    def dates(self) -> Dates:
        """What was chosen, as the verb takes it."""
        how = self.cleaned_data["how"]
        if how == PERIOD:
            return Dates(period=self.period())
        return Dates(own=self.own()) if how == OWN else Dates(on=self.cleaned_data["due"])


class NameForm(PageForm):
    """The name of a saved filter."""

    name = line(
        "What is it called?",
        hint="Only you see it. For example, “Early help, overdue”.",
        required="Give the filter a name",
        max_length=60,
    )
