"""A date as the admin takes it: 27 March 2027, 27/3/2027 or 2027-03-27, day before month whatever the machine's habit."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from tracker.rules.refusal import Refused
from tracker.rules.typed_dates import read_day

LIKE = "For example 27 March 2027 or 27/3/2027."


class TypedDayField(forms.DateField):
    """A day typed into one box. Django's own field would take 3/4/2027 for the fourth of March."""

    def to_python(self, value):
        """The day, or None for an empty box; refused with the sentence that says what is wrong."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return super().to_python(value)
        try:
            return read_day(str(value))
        except Refused as refusal:
            raise ValidationError(refusal.sentence) from None
