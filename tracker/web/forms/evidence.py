"""Forms about evidence: adding a file, a link or an observation, marking it, erasing it; and erasing words of an action."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html

from tracker.rules.file_kinds import KEPT
from tracker.rules.london import day_of
from tracker.rules.refusal import Refused
from tracker.rules.written_dates import long_date
from tracker.services import uploads
from tracker.services.erasures import Place, Words
from tracker.web.forms.actions import BehalfForm
from tracker.web.forms.fields import AskingForm, PageForm, day, line, tick, words

NOT_NAMED = "It is kept in the history for ever: do not write the child’s details here."


class _EvidenceForm(BehalfForm):
    title = line("Title", hint="A few words that somebody else will recognise it by.", max_length=255)
    about_on = day("The date it is about (optional)", hint="For an audit of last March, a day in last March.")
    confidential = tick(
        "It is confidential",
        hint="Board members do not see confidential evidence. Leave this ticked if you are not sure.",
        initial=True,
    )


class FileForm(_EvidenceForm, AskingForm):
    """A file as evidence; one that is there already is asked about."""

    file = forms.FileField(label="File", error_messages={"required": "Choose a file", "empty": "The file is empty."})
    sure = tick("Add it a second time", hint="For example, because it shows something else as well.")
    otherwise = "Tick the box to add it a second time, or go back."
    field_order = ["file", "title", "about_on", "confidential", "on_behalf_of", "sure"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        largest = filesizeformat(settings.EVIDENCE_MAX_BYTES)
        self.fields["file"].help_text = f"{KEPT}, up to {largest}. Documents with macros or a password are not kept."
        self.fields["title"].label = "Title (optional)"
        self.fields["title"].help_text = "Without a title, the file's own name is shown."

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        try:
            uploads.check_size(file.size or 0)  # before it is read into memory
            uploads.told(file.read(), file.name or "")
        except Refused as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal
        finally:
            file.seek(0)
        return file


class LinkForm(_EvidenceForm):
    """The address of something as evidence."""

    url = line(
        "Address", hint="It begins with https://", required="Enter the address", widget=forms.URLInput, max_length=1000
    )
    field_order = ["url", "title", "about_on", "confidential"]


class ObservationForm(_EvidenceForm):
    """A written observation as evidence."""

    text = words("What was seen, by whom and when?", required="Write what was seen.", rows=6)
    field_order = ["title", "text", "about_on", "confidential"]


class MarkForm(PageForm):
    """Why evidence becomes confidential, or open to the board."""

    reason = words("Reason", hint="It is kept in the history.", required="Give a reason.", rows=3)


class EraseForm(PageForm):
    """Why a piece of evidence has to be erased."""

    reason = words(
        "Why does it have to be erased?",
        hint=f"For example, “a family can be recognised in it”. {NOT_NAMED}",
        required="Say why it has to be erased.",
        rows=3,
    )


class EraseWordsForm(PageForm):
    """Which words of an action have to be erased, and why."""

    # It stands first because the field below takes the name of the function that makes it.
    reason = words(
        "Why do they have to be erased?",
        hint=f"For example, “a family can be recognised in them”. {NOT_NAMED}",
        required="Say why they have to be erased.",
        rows=3,
    )
    words = forms.MultipleChoiceField(
        label="Which words are to be erased?",
        help_text="All that it says now or has said before, the newest first.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose the words that are to be erased.",
            "invalid_choice": "Some of these words are gone already. Choose again.",
        },
    )
    field_order = ["words", "reason"]

    def __init__(self, *args: Any, known: Sequence[Words], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {each.key: each for each in known}
        field = self.fields["words"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  declared so above
        field.choices = [(key, _choice(each)) for key, each in self.known.items()]

    def places(self) -> list[Place]:
        """The places of the words chosen."""
        return [self.known[key].place for key in self.cleaned_data["words"]]


def _choice(words: Words) -> str:
    """The words, and below them what they are, when and by whom they were given."""
    about = f"{words.name}, {long_date(day_of(words.at))}{f', {words.by}' if words.by else ''}"
    return format_html(
        '<span class="app-words">{}</span><br><span class="app-caption">{}{}</span>',
        words.text,
        about,
        ". The action says so now." if words.stands else "",
    )


class DecideErasureForm(PageForm):
    """A second person's decision on an erasure."""

    decision = forms.ChoiceField(
        label="Your decision",
        choices=[("grant", "Erase it: it cannot be brought back"), ("refuse", "Do not erase it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is erased or not"},
    )
    reason = words("Reason", hint=f"Needed if you do not erase it. {NOT_NAMED}", rows=3)
