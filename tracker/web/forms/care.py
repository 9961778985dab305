"""Asking once about words that seem to identify a child, before they are kept: on every form of the site and the admin."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.crypto import salted_hmac

from tracker.rules.file_kinds import kind_of
from tracker.rules.file_names import as_table
from tracker.rules.file_words import words_of
from tracker.rules.identities import Finding, identities_in, identities_in_name
from tracker.rules.refusal import Refused

KEEP = "keep"
LABEL = "Keep it as it is"
HINT = "The history will say that you were asked."
ADVICE = "What is kept here stays for years and is read by many. Take it out, or tick the box to keep it."
LET_GO = "Choose the file once more: your browser has let go of it."
SHOWN = 3


@dataclass(frozen=True)
class Found:
    """An identity and the place where it was found, in words."""

    finding: Finding
    where: str

    def __str__(self) -> str:
        return f"{self.finding.kind.value} (“{self.finding.masked}”, {self.where})"


def in_form(form: forms.BaseForm, *, only: Collection[str] | None = None) -> list[Found]:
    """What the words typed into a form, and the files given with it, seem to hold; the form has been checked.

    `only` names the fields to look at, where not all of them are.
    """
    found: list[Found] = []
    for name, value in form.cleaned_data.items():
        field = form.fields.get(name) if only is None or name in only else None
        if field is None:
            continue
        if isinstance(value, UploadedFile):
            found += in_file(value)
        elif type(field) is forms.CharField and not field.widget.is_hidden and isinstance(value, str):
            where = f"in “{str(field.label or name).removesuffix(' (optional)')}”"
            found += [Found(each, where) for each in identities_in(value)]
    return found


def in_file(file: UploadedFile) -> list[Found]:
    """What the name of a file seems to hold, and its words where they can be read."""
    found = [Found(each, "in the file’s name") for each in identities_in_name(file.name or "")]
    file.seek(0)
    data = file.read()
    file.seek(0)
    try:
        words = words_of(as_table(kind_of(data), file.name or ""), data)
    except Refused:
        return found  # the verb refuses it, and says why
    return found + [Found(each, "in the file") for each in identities_in(words or "")]


def kinds(found: Sequence[Found]) -> tuple[str, ...]:
    """The kinds found, each once: what the trail may say of it."""
    return tuple(dict.fromkeys(each.finding.kind.value for each in found))


def question(found: Sequence[Found]) -> str:
    """What a person is asked, with the identities hidden but for their first letters."""
    shown, more = [str(each) for each in found[:SHOWN]], len(found) - SHOWN
    rest = f", and {more} more" if more > 0 else ""
    return f"This seems to hold {'; '.join(shown)}{rest}. {ADVICE}"


def token(found: Sequence[Found]) -> str:
    """What a tick carries: it answers the question that was asked, and no other that came later."""
    told = json.dumps([[each.finding.kind.name, each.finding.masked, each.where] for each in found])
    return salted_hmac("tracker.care", told).hexdigest()


class CarefulForm(forms.Form):
    """A form that asks once about what seems to identify a child; the tick stands beside the question."""

    careful = True
    data: Any

    def settled(self) -> bool:
        """Whether nothing was found, or the person has said to keep it; else the question is set into the form."""
        found = in_form(self) if self.careful else []
        self.kept = kinds(found)
        if not found or self.data.get(self.add_prefix(KEEP)) == token(found):
            return True
        self._ask(found)
        return False

    def _ask(self, found: Sequence[Found]) -> None:
        box = forms.CheckboxInput(attrs={"value": token(found)})
        self.fields[KEEP] = forms.BooleanField(label=LABEL, help_text=HINT, required=False, widget=box)
        self.data = self.data.copy()
        self.data.pop(self.add_prefix(KEEP), None)
        self.add_error(KEEP, question(found))

    def miss_files(self) -> None:
        """Say that a file has to be chosen once more: a browser lets go of it when a form comes back."""
        for name, field in self.fields.items():
            if isinstance(field, forms.FileField) and self.cleaned_data.get(name) and not self.errors.get(name):
                self.add_error(name, LET_GO)

    def asked(self) -> Iterator[forms.BoundField]:
        """The tick, where the question was asked: a template shows it last."""
        if KEEP in self.fields:
            yield self[KEEP]
