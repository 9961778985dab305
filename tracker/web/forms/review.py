"""Forms of the review: one recommendation, its division, one of a person's own, and the facts of the report."""

from typing import Any

from django import forms

from tracker.choices import Family
from tracker.rules.drafts import LONGEST
from tracker.web.forms.fields import PageForm, day, line, words

PRINTED = ("immediately", "within 3 months", "within 6 months")
OTHER = "other"


class _Versioned(PageForm):
    """Carries the version of the draft it was opened on."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ItemForm(_Versioned):
    """The words of a recommendation, with what stands around them in the report."""

    text = words("Words of the recommendation", rows=7)
    timescale = forms.ChoiceField(
        label="Timescale",
        required=False,
        choices=[("", "None printed"), *((each, each.capitalize()) for each in PRINTED), (OTHER, "Other words")],
        widget=forms.RadioSelect,
    )
    other_timescale = line(
        "Other words, as printed", hint="For example, by the end of September 2013.", max_length=LONGEST["timescale"]
    )
    heading = line("Heading it stands under (optional)", max_length=LONGEST["heading"])
    addressee = line(
        "Who must act (optional)",
        hint="Only where the report says so, for example the local authority or its partners.",
        max_length=LONGEST["addressee"],
    )
    ref = line("Number as printed (optional)", max_length=LONGEST["ref"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("heading", "addressee"):
            self.fields[name].widget.attrs["list"] = f"known-{name}"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("timescale") == OTHER and not given.get("other_timescale"):
            self.add_error("other_timescale", "Enter the timescale as the report prints it, or choose another answer")
        return given

    def words_given(self) -> dict[str, str | None]:
        """What was entered, as rules.drafts takes it."""
        given = self.cleaned_data
        timescale = given["other_timescale"] if given["timescale"] == OTHER else given["timescale"]
        return {**{name: given[name] for name in ("text", "heading", "addressee", "ref")}, "timescale": timescale}


def item_initial(item: dict[str, Any]) -> dict[str, Any]:
    """What the form of an item begins with."""
    timescale = item.get("timescale") or ""
    usual = timescale in ("", *PRINTED)
    first = {name: item.get(name) or "" for name in ("text", "heading", "addressee", "ref")}
    return {**first, "timescale": timescale if usual else OTHER, "other_timescale": "" if usual else timescale}


class AddForm(ItemForm):
    """A recommendation of a person's own: typed, or made of lines chosen on a page."""

    after = forms.TypedChoiceField(label="Where does it stand?", coerce=int)
    field_order = ["text", "timescale", "other_timescale", "heading", "addressee", "ref", "after"]

    def __init__(self, *args: Any, places: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["after"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  declared so above
        field.choices = [*places]


class SplitForm(_Versioned):
    """The words with an empty line wherever a new recommendation begins."""

    text = words(
        "Words, divided",
        hint="Put the cursor where the next recommendation begins and press Enter twice, so that an empty line stands between.",
        required="Divide the words",
        rows=10,
    )

    def parts(self) -> list[str]:
        """What stands between the empty lines, each on one line."""
        blocks = self.cleaned_data["text"].replace("\r\n", "\n").split("\n\n")
        return [" ".join(block.split()) for block in blocks if block.strip()]


class FactsForm(_Versioned):
    """What the report is, and when the inspection was."""

    title = line("Title", required="Say what the report is called", max_length=300)
    framework = forms.ChoiceField(label="Kind of report", choices=Family.choices)
    inspection_start = day("Inspection began (optional)")
    inspection_end = day("Inspection ended (optional)")
    overall_judgement = line("Overall judgement (optional)", max_length=100)
    lead_inspector = line("Lead inspector (optional)", max_length=150)
    plan_due_printed = day("Printed date by which a plan or statement is due (optional)")
    plan_due_to = line("To whom it goes (optional)", max_length=300)


class DifferencesForm(_Versioned):
    """Which differences are applied; each has a name that the page gives it."""

    names = forms.MultipleChoiceField(
        label="Differences",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick what to apply",
            "invalid_choice": "The report has changed since you opened the page. Look at the differences again.",
        },
    )

    def __init__(self, *args: Any, names: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["names"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  declared so above
        field.choices = [(name, name) for name in names]
