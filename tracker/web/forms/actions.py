"""Forms about one action: its moves, notes, evidence, extensions, owner and first date."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from tracker.choices import NoteKind
from tracker.models import User
from tracker.rules.workflow import Need
from tracker.web.forms.fields import AskingForm, PageForm, VersionedForm, day, tick, words

NOTE_HINT = "What has changed for children, what is in the way, what comes next."


class MoveForm(VersionedForm):
    """What a move needs, and a note that may come with it."""

    reason = words("Reason", hint="The action's owner sees this, and it is kept in the history.", rows=3)
    new_due = day("New due date", required="Enter the new due date")
    note = words("Progress note (optional)", hint=NOTE_HINT)

    def __init__(self, *args: Any, needed: tuple[Need, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if Need.REASON not in needed:
            del self.fields["reason"]
        if Need.NEW_DUE not in needed:
            del self.fields["new_due"]


class BehalfForm(PageForm):
    """Something an owner does; a lead may enter it for the owner, and both names are kept."""

    on_behalf_of = tick("I am entering this on behalf of the owner")

    def __init__(self, *args: Any, owner: User | None, may_act_for: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner if may_act_for else None
        if self.owner is None:
            del self.fields["on_behalf_of"]
        else:
            self.fields["on_behalf_of"].label = f"I am entering this on behalf of {self.owner.name}"
            self.order_fields([*(name for name in self.fields if name != "on_behalf_of"), "on_behalf_of"])

    def behalf(self) -> User | None:
        """The owner, where the tick is set."""
        return self.owner if self.cleaned_data.get("on_behalf_of") else None


class OwnersMoveForm(BehalfForm, MoveForm):
    """A move that an owner makes; a lead may make it for them."""


class SubmitForm(AskingForm, OwnersMoveForm):
    """Submitting; steps that are not done are asked about once."""

    sure = tick("Yes, submit it as it is")
    otherwise = "Tick the box to submit it as it is, or go back to the steps."
    field_order = ["note", "on_behalf_of", "sure"]


class NoteForm(BehalfForm):
    """A progress note."""

    kind = forms.ChoiceField(label="What kind of note is it?", choices=NoteKind.choices, widget=forms.RadioSelect)
    text = words("What has happened?", hint=NOTE_HINT, rows=6)


class AnswerForm(BehalfForm):
    """One tap is enough; a few words may come with it."""

    text = words("Anything to add? (optional)", rows=2)


class HelpForm(AnswerForm):
    """A call for help."""

    text = words("What do you need? (optional)", hint="A few words get you help sooner.", rows=3)


class ExtensionForm(AskingForm):
    """A later date asked for; an odd date is asked about once."""

    to_due = day("The new date you ask for", required="Enter the new date")
    reason = words("Why is more time needed?", required="Say why more time is needed.")


class DecisionForm(PageForm):
    """A decision on an extension."""

    decision = forms.ChoiceField(
        label="Your decision",
        choices=[("grant", "Grant the extension"), ("refuse", "Refuse the extension")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether to grant or refuse"},
    )
    reason = words("Reason", hint="Needed if you refuse. The person who asked sees it.", rows=3)


class ReasonForm(PageForm):
    """A reason, where nothing else is asked."""

    reason = words("Reason", hint="It is kept in the history.", required="Give a reason.", rows=3)


class ConfirmForm(PageForm):
    """Nothing to enter: the button is the answer."""


class OwnerForm(VersionedForm):
    """Who is to own an action."""

    owner: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        label="Owner", queryset=None, required=False, empty_label="Nobody for now"
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  declared so above
        field.queryset = people
        field.help_text = "Somebody who is a lead, an owner or a partner here. They find it on their home page."


class WordsForm(VersionedForm):
    """What will be done, what it is to achieve, when it starts, who answers for it and who shares in it."""

    what = words("What will be done?", required="Say what will be done.", rows=6)
    outcome = words("What will be different for children? (optional)", rows=4)
    start_on = day("When does it start? (optional)")
    accountable: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        label="Accountable lead (optional)",
        help_text="Who answers for it above its owner.",
        queryset=None,
        required=False,
        empty_label="Nobody for now",
    )
    partners: "forms.ModelMultipleChoiceField[User]" = forms.ModelMultipleChoiceField(
        label="Partners (optional)",
        help_text="Who shares in it. A partner from another organisation sees the actions they are ticked in.",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("accountable", "partners"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  declared so above
            field.queryset = people


class FirstDueForm(AskingForm, VersionedForm):
    """The first due date of an action that has none; an odd date is asked about once."""

    due = day("Due date", required="Enter the due date")
    reason = words("Why this date?", hint="It is shown on the action's page.", required="Say why this date.", rows=3)
