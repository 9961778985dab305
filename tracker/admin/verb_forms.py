"""Forms whose saving is a verb: what was typed, and the verb's refusal set beside the field it names."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from tracker.admin.care import settle
from tracker.admin.days import LIKE, TypedDayField
from tracker.rules.refusal import Refused
from tracker.services.locking import Conflict

Values = dict[str, Any]

VERSION_LOST = "The page did not say which version of the record you were looking at. Open it again and type it anew."


class Returned(Exception):
    """A verb refused while a page was being saved; `prefix` names the form whose verb it was."""

    def __init__(self, prefix: str | None, refusal: Refused) -> None:
        super().__init__(refusal.sentence)
        self.prefix, self.refusal = prefix, refusal


@contextmanager
def returned_to(form: forms.BaseForm) -> Iterator[None]:
    """Within it, a refusal goes back to the form whose verb was called."""
    try:
        yield
    except Refused as refusal:
        raise Returned(form.prefix, refusal) from refusal


def set_beside(form: forms.BaseForm, refusal: Refused) -> None:
    """Set the sentence beside the field it names, else above the form.

    After a conflict the form goes on from the version that was shown beside what was typed.
    """
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, refusal.sentence)
    if isinstance(refusal, Conflict) and "version" in form.fields:
        typed = cast(QueryDict, form.data).copy()
        typed[form.add_prefix("version")] = str(getattr(refusal.current, "version", ""))
        form.data = typed


class VerbForm(forms.ModelForm):
    """Inputs for a verb. The record itself is neither filled nor validated here: that is the verb's."""

    request: HttpRequest | None = None

    def clean(self) -> Values:
        """What was typed; with the verb's refusal, where it has refused this very form."""
        cleaned = super().clean() or self.cleaned_data
        returned = getattr(self.request, "returned", None)
        if returned and returned.prefix == self.prefix:
            set_beside(self, returned.refusal)
        return cleaned

    def _post_clean(self) -> None:
        """Django would write what was typed into the record here. Asked is what seems to identify a child."""
        settle(self, self.request)

    def touched(self) -> set[str]:
        """The names of the inputs that differ from what is stored."""
        return set(self.changed_data) - {"version"}


class RowForm(forms.Form):
    """The inputs of a small page about one record."""

    required_css_class = "required"

    def __init__(self, *args: Any, row: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.request = row, request
        if "version" in self.fields:
            self.fields["version"].initial = row.version
        self.prepare()

    def _post_clean(self) -> None:
        """When all else is right, what seems to identify a child is asked about."""
        settle(self, self.request)

    def prepare(self) -> None:
        """Where a form fills its options and first values from the record."""


def demand_version(form: forms.BaseForm) -> None:
    """Refuse above the form what does not say which version was looked at: it could overwrite another's change."""
    if form.cleaned_data.get("version") is None:
        form.errors.pop("version", None)
        form.add_error(None, VERSION_LOST)


class VersionedForm(RowForm):
    """A small page that says which version of the record the person was looking at."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> Values:
        """What was typed, on a version that is known."""
        demand_version(self)
        return self.cleaned_data


def offer(form: forms.BaseForm, name: str, options: QuerySet[Any]) -> None:
    """Fill the options of a choice among records."""
    field: Any = form.fields[name]
    field.queryset = options


def choice_field(**more: Any) -> Any:
    """A choice among records, whose options are filled when the form is made."""
    return forms.ModelChoiceField(queryset=None, **more)


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """A day, typed as people write it."""
    widget = forms.DateInput(attrs={"autocomplete": "off"}, format="%-d %B %Y")
    told = f"{help_text} {LIKE}".strip()
    return TypedDayField(label=label, required=required, help_text=told, widget=widget)


def text_field(label: str, *, required: bool = False, help_text: str = "") -> forms.CharField:
    """Several lines of text. Where a verb demands it, the verb says so."""
    widget = forms.Textarea(attrs={"rows": 4, "cols": 60, "class": "vLargeTextField"})
    return forms.CharField(label=label, required=required, help_text=help_text, widget=widget)
