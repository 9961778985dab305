"""What all forms of the site share: the date in three parts, and a form that can set a refusal beside its field."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracker.rules.refusal import Refused
from tracker.rules.typed_dates import NOT_A_DAY, day_of_parts
from tracker.web.forms.care import CarefulForm

LONGEST_MONTH = len("September")


class DayInput(forms.MultiWidget):
    """Day, month and year, each in a box of its own: nobody needs a calendar for a date they know."""

    template_name = "tracker/parts/day_input.html"
    use_fieldset = True
    LABELS = ("Day", "Month", "Year")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        parts = [forms.TextInput(attrs={"maxlength": size}) for size in (2, LONGEST_MONTH, 4)]
        super().__init__(parts, attrs)

    def decompress(self, value: date | str | None) -> list[Any]:
        day = date.fromisoformat(value) if isinstance(value, str) else value
        return [day.day, day.month, day.year] if day else [None, None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], self.LABELS, strict=True):
            part["label"] = label
        return context


class DayField(forms.MultiValueField):
    """A day in Europe/London, or None where it may be left empty."""

    widget = DayInput

    def __init__(self, **kwargs: Any) -> None:
        fields = [forms.CharField() for _ in DayInput.LABELS]
        kwargs.setdefault("error_messages", {}).setdefault("incomplete", NOT_A_DAY)
        super().__init__(fields, **kwargs)

    def compress(self, data_list: list[str]) -> date | None:
        if not data_list:
            return None
        try:
            return day_of_parts(*data_list)
        except Refused as refusal:
            raise ValidationError(refusal.sentence) from None


class PageForm(CarefulForm):
    """A form of one page. Errors are the server's, so that they read the same with and without scripts."""

    use_required_attribute = False

    def refuse(self, refusal: Refused) -> None:
        """Set a refusal beside the field it names, or above the form."""
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, refusal.sentence)


class VersionedForm(PageForm):
    """A form about a record that others may change meanwhile: it carries the version it was opened on."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


def words(label: str, *, hint: str = "", required: str = "", rows: int = 5, **more: Any) -> forms.CharField:
    """A box for several lines; `required` is the sentence for an empty one, none where it may stay empty."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(required),
        error_messages={"required": required},
        widget=forms.Textarea(attrs={"rows": rows}),
        **more,
    )


def line(label: str, *, hint: str = "", required: str = "", **more: Any) -> forms.CharField:
    """A box for one line."""
    return forms.CharField(
        label=label, help_text=hint, required=bool(required), error_messages={"required": required}, **more
    )


def day(label: str, *, hint: str = "For example, 27 3 2027 or 27 March 2027", required: str = "") -> DayField:
    """A date in three boxes."""
    return DayField(
        label=label, help_text=hint, required=bool(required), error_messages={"required": required or NOT_A_DAY}
    )


def tick(label: str, *, hint: str = "", required: str = "", initial: bool = False) -> forms.BooleanField:
    """One box to tick."""
    return forms.BooleanField(
        label=label, help_text=hint, required=bool(required), initial=initial, error_messages={"required": required}
    )


class AskingForm(PageForm):
    """A form that asks about something odd once, before it is saved: the tick stands beside the question."""

    sure = tick("Yes, the date is right")
    otherwise = "Tick the box if it is, or change the date."
    question = ""

    def ask(self, question: str) -> None:
        """Ask before saving."""
        self.question = question
        self.add_error("sure", f"{question} {self.otherwise}")
