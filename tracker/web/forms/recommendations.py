"""Forms about a recommendation and the actions under it: the answer, a further action, splitting, moving."""

from typing import Any

from django import forms

from tracker.choices import Response
from tracker.web.forms.fields import PageForm, VersionedForm, tick, words


class AnswerForm(PageForm):
    """The authority's published response."""

    response = forms.ChoiceField(
        label="How does the council answer?",
        choices=[
            (Response.ACCEPTED, "Accepted"),
            (Response.IN_PART, "Accepted in part"),
            (Response.NOTED, "Noted: not accepted as an action for the council"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the council answers"},
    )
    response_text = words(
        "The published response",
        hint="The words as the council publishes them. Needed unless the recommendation is accepted.",
        rows=6,
    )


class FurtherActionForm(PageForm):
    """A further action for a recommendation."""

    what = words("What will be done?", required="Say what will be done.", rows=5)


class SplitForm(VersionedForm):
    """What remains in an action, and what becomes an action of its own."""

    remains = words("What remains in it", rows=4)
    part_1 = words("What the new action will do", rows=4)
    part_2 = words("What a second new action will do (optional)", rows=4)
    part_3 = words("What a third new action will do (optional)", rows=4)
    with_people = tick("The same owner, accountable lead and partners", initial=True)
    with_dates = tick(
        "The same due dates",
        hint="The original and the agreed date come along, and count as no extension. Without this the dates are"
        " those that the report gives.",
        initial=True,
    )

    def parts(self) -> list[str]:
        """The words of the new actions, in their order."""
        return [self.cleaned_data[name] for name in ("part_1", "part_2", "part_3")]


class MoveToForm(VersionedForm):
    """Another recommendation of the same council, and why."""

    recommendation = forms.TypedChoiceField(
        label="To which recommendation?",
        coerce=int,
        error_messages={"required": "Choose the recommendation", "invalid_choice": "Choose one from the list"},
    )
    reason = words("Reason", hint="It is shown on the action’s page and kept in the history.", rows=3)

    def __init__(self, *args: Any, groups: list[tuple[str, list[tuple[int, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["recommendation"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  declared so above
        field.choices = [("", "Choose a recommendation"), *groups]
