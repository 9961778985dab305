"""Forms about reports: bringing one in, accepting it, and its dates."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat

from tracker.choices import AcceptedAs
from tracker.models import Authority
from tracker.services.intake import READABLE
from tracker.web.forms.fields import AskingForm, PageForm, VersionedForm, day, line, tick

SOURCE_HINT = "For example, the report’s page on Ofsted’s website."


class UploadForm(PageForm):
    """A report's file, and whose it is where the person leads in several councils."""

    careful = False  # an inspectorate's published report

    authority: "forms.ModelChoiceField[Authority]" = forms.ModelChoiceField(
        label="Council",
        queryset=None,
        empty_label="Choose the council",
        error_messages={"required": "Choose the council"},
    )
    file = forms.FileField(
        label="The report’s file",
        help_text=READABLE,
        error_messages={"required": "Choose the report’s file", "empty": "The file is empty."},
    )

    def __init__(self, *args: Any, authorities: QuerySet[Authority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["authority"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  declared so above
        field.queryset = authorities
        only = list(authorities[:2])
        if len(only) == 1:
            field.initial, field.widget = only[0].pk, forms.HiddenInput()

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.REPORT_MAX_BYTES:
            largest = filesizeformat(settings.REPORT_MAX_BYTES)
            raise forms.ValidationError(f"The file is larger than {largest}: no report is read beyond that size.")
        return file


class _DatedForm(VersionedForm):
    """A date with where it comes from; the one is not taken without the other."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("on") and not (given.get("source") or "").strip():
            self.add_error(
                "source", "Say where the date comes from, for example the report’s page on Ofsted’s website."
            )
        return given


class PublicationForm(_DatedForm):
    """The publication date of a report; an odd one is asked about on the preview."""

    careful = False  # it says where a date comes from, and its own questions take two pages already

    on = day("When was the report published?", required="Enter the publication date")
    source = line("Where does the date come from?", hint=SOURCE_HINT, max_length=300)
    sure = tick("Yes, the date is right")
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)


class ReceivedForm(_DatedForm):
    """The day the authority received the report."""

    on = day("When did the council receive the report?", required="Enter the date of receipt")
    source = line("Where does the date come from?", hint="For example, the covering letter.", max_length=300)


class AcceptForm(AskingForm, _DatedForm):
    """What the report is for and when it was published; anything odd is asked about on the preview."""

    accepted_as = forms.ChoiceField(
        label="What is this report for?",
        choices=[
            (AcceptedAs.PLAN, "A plan: each recommendation becomes an action"),
            (AcceptedAs.REFERENCE, "Reference: keep the words for history and search, chase nobody"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the report is for"},
    )
    on = day("Publication date (optional)", hint="If it is not known yet, leave it empty and enter it later.")
    source = line("Where does the date come from?", hint=SOURCE_HINT, max_length=300)
    sure = tick("Accept it all the same")
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    otherwise = "Tick the box to accept it all the same, or change what is wrong."
    field_order = ["accepted_as", "on", "source", "sure"]


class MetForm(PageForm):
    """The day on which a statutory step was done."""

    on = day("When was it done?", required="Enter the day it was done")
    note = line("Note (optional)", hint="For example, the reference of the letter.", max_length=300)
