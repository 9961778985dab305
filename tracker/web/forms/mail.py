"""The forms in which a person says how often mail comes, and makes a calendar address."""

from datetime import datetime
from typing import Any

from django import forms

from tracker.choices import DigestChoice
from tracker.web.forms.fields import PageForm

# What will come, exactly, beside each choice.
COMES: dict[str, str] = {
    DigestChoice.EACH_DAY: "One mail in the morning, when something is new: given to you, due soon, overdue, or waiting"
    " for you. It lists everything on your plate. No mail comes on a day without anything new.",
    DigestChoice.WEEKLY: "One mail on the first working day of the week with what is new since the last: given to you,"
    " due soon, or waiting for you. What is overdue does not wait: it is told on its own day.",
    DigestChoice.OVERDUE_ONLY: "No mail when an action is given to you, when its due date comes near, when it has had no"
    " news, or when something waits for your decision. You find all of that on your home page only.",
}


class DescribedRadios(forms.RadioSelect):
    """Choices with a sentence below each."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().create_option(name, value, *args, **kwargs), "hint": COMES[str(value)]}


class MailChoiceForm(PageForm):
    """How often the digest comes; nothing that is overdue can be switched off."""

    choice = forms.ChoiceField(
        label="When do you want to hear by mail?",
        choices=DigestChoice.choices,
        widget=DescribedRadios,
        error_messages={"required": "Choose when you want to hear by mail"},
    )


class CalendarForm(PageForm):
    """Nothing to enter: it carries which address stood when the page was opened."""

    NONE = "none"
    ANEW = "Press the button once more: the page had lost what it needs."
    seen = forms.CharField(widget=forms.HiddenInput, error_messages={"required": ANEW})

    def clean_seen(self) -> datetime | None:
        """The moment at which that address was made; None where none stood."""
        given = self.cleaned_data["seen"]
        try:
            return None if given == self.NONE else datetime.fromisoformat(given)
        except ValueError:
            raise forms.ValidationError(self.ANEW) from None
