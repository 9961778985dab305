"""Forms about the steps within an action."""

from typing import Any

from django import forms

from tracker.web.forms.actions import BehalfForm
from tracker.web.forms.fields import day, line, words


class StepForm(BehalfForm):
    """A step: what, and by when."""

    text = line("What is to be done?", required="Say what the step is.", max_length=500)
    due_on = day("By when? (optional)")


class ChangeStepForm(StepForm):
    """A step's words, its date, and its place among the others."""

    place = forms.TypedChoiceField(label="Its place among the steps", coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, places: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  declared so above
        field.choices = [(place, f"{place} of {places}") for place in range(1, places + 1)]
        if places < 2:
            del self.fields["place"]


class TickForm(BehalfForm):
    """The button is the answer; a lead may say for whom."""


class WithdrawStepForm(BehalfForm):
    """Why a step counts no longer."""

    reason = words("Reason", hint="The step stays to be seen with it.", required="Give a reason.", rows=3)
