"""Forms about a plan that comes in from a spreadsheet: the file, what its columns hold, where it goes, what is settled."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from tracker.choices import Family, Status
from tracker.models import User
from tracker.rules.plan_columns import IN_WORDS, Holds
from tracker.rules.refusal import Refused
from tracker.rules.sheet_kinds import READABLE
from tracker.services.plan import BY_HAND
from tracker.services.spreadsheets import check_size
from tracker.web.forms.fields import PageForm, day, line, tick
from tracker.web.forms.reports import UploadForm

LEFT_OUT = ("", "Not brought in")
NEW = "new"
NOBODY = "nobody"
TAKEN_AS = (
    (Status.NOT_STARTED, "Not started"),
    (Status.IN_PROGRESS, "In progress"),
    (Status.CLOSED, "Complete: closed before this tracker"),
)


class SpreadsheetForm(UploadForm):
    """A spreadsheet, and whose it is where the person leads in several councils."""

    file = forms.FileField(
        label="The spreadsheet",
        help_text=READABLE,
        error_messages={
            "required": "Choose the spreadsheet",
            "empty": "The file is empty. Choose the one that holds the plan.",
        },
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        try:
            check_size(file.size or 0)
        except Refused as refusal:
            raise forms.ValidationError(refusal.sentence) from None
        return file


class ColumnsForm(PageForm):
    """What each column holds."""

    careful = False  # it holds choices alone

    version = forms.IntegerField(widget=forms.HiddenInput)
    sheet = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    heading = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, headings: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headings = headings
        choices = [LEFT_OUT, *((holds.value, words) for holds, words in IN_WORDS.items())]
        for number, heading in enumerate(headings):
            self.fields[f"column_{number}"] = forms.ChoiceField(label=heading, choices=choices, required=False)

    def columns(self) -> dict[str, str]:
        """What each column holds, by its number from 0, for those that are brought in."""
        given = {str(number): self.cleaned_data[f"column_{number}"] for number in range(len(self.headings))}
        return {number: held for number, held in given.items() if held}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first: dict[str, str] = {}
        for number, heading in enumerate(self.headings):
            held = given.get(f"column_{number}")
            if held and first.setdefault(held, heading) != heading:
                words = IN_WORDS[Holds(held)]
                self.add_error(f"column_{number}", f"“{first[held]}” holds “{words}” already. Choose one of the two.")
        return given


class IntoForm(PageForm):
    """Which plan the rows go into: a new one, with what every plan has, or one that is there."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    into = forms.ChoiceField(
        label="Which plan do the rows go into?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the plan"},
    )
    title = line("What is the plan called?", hint="For example, Peer review of early help.", max_length=300)
    family = forms.ChoiceField(
        label="What began it?", choices=[(each, Family(each).label) for each in BY_HAND], required=False
    )
    issued_on = day("What date does it bear?")
    source = line("Where does the date stand?", hint="For example, the letter.", max_length=300)

    def __init__(self, *args: Any, plans: Sequence[tuple[int, str]], only: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["into"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared so above
        field.choices = [*([] if only else [(NEW, "A new plan")]), *((str(pk), words) for pk, words in plans)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        wanted = {
            "title": "Say what the plan is called",
            "family": "Say what began the plan",
            "issued_on": "Enter the date the plan bears",
            "source": "Say where the date stands",
        }
        if given.get("into") == NEW:
            for name, sentence in wanted.items():
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        else:
            for name in wanted:
                self.errors.pop(name, None)
        return given

    def chosen(self) -> dict[str, Any]:
        """The plan, as it is kept with the spreadsheet."""
        given = self.cleaned_data
        if given["into"] != NEW:
            return {"report": int(given["into"])}
        told = {name: given[name] for name in ("family", "title", "source")}
        return {**told, "issued_on": given["issued_on"].isoformat()}


class SettleForm(PageForm):
    """Whom the names mean that nobody was found for, and what the words for a status stand for."""

    careful = False  # it holds choices alone

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, names: Sequence[str], statuses: Sequence[str], people: Sequence[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names, self.statuses = names, statuses
        who = [
            ("", "Choose"),
            (NOBODY, "Nobody: leave it without an owner"),
            *((str(each.pk), each.name) for each in people),
        ]
        for number, name in enumerate(names):
            self.fields[f"name_{number}"] = forms.ChoiceField(label=f"Who is “{name}”?", choices=who, required=False)
        for number, word in enumerate(statuses):
            self.fields[f"status_{number}"] = forms.ChoiceField(
                label=f"What does “{word[:60]}” mean?", choices=[("", "Choose"), *TAKEN_AS], required=False
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        answers = [name for name in self.fields if name != "version"]
        if answers and not self.errors and not any(given.get(name) for name in answers):
            self.add_error(answers[0], "Choose at least one answer")
        return given

    def people(self) -> dict[str, int | None]:
        """Whom each settled name means; None is nobody."""
        given = {name: self.cleaned_data[f"name_{number}"] for number, name in enumerate(self.names)}
        return {name: None if who == NOBODY else int(who) for name, who in given.items() if who}

    def meanings(self) -> dict[str, str]:
        """What each settled word for a status stands for."""
        given = {word: self.cleaned_data[f"status_{number}"] for number, word in enumerate(self.statuses)}
        return {word: status for word, status in given.items() if status}


class BringForm(PageForm):
    """The last word before anything is written."""

    careful = False  # what the rows hold is asked about on the page itself

    version = forms.IntegerField(widget=forms.HiddenInput)
    leave_out = tick("Leave out the rows that cannot be brought in", hint="They can be brought in later, put right.")
    sure = tick("The odd dates are right")
    careful_kept = tick(
        "Bring in the words that seem to identify a child", hint="The history will say that you were asked."
    )
