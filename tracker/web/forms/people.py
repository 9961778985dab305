"""Forms about people: inviting, roles, handing over, standing in, one's own details."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from tracker.choices import Role
from tracker.models import User
from tracker.rules.roles import IN_WORDS
from tracker.web.forms.fields import PageForm, day, line, tick, words

NAME, DETAIL = 150, 150  # how long a name and a detail may be, as they are stored


class RoleRadios(forms.RadioSelect):
    """The roles, each with what it is for."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().create_option(name, value, *args, **kwargs), "hint": IN_WORDS[Role(value)]}


def _role(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=Role.choices, widget=RoleRadios, error_messages={"required": "Choose a role"}
    )


def _confidential() -> forms.BooleanField:
    return tick(
        "May take the board’s confidential packs",
        hint="For board members only. Leads and auditors may take them anyway, the other roles never.",
    )


def _somebody(label: str, missing: str, hint: str = "") -> "forms.ModelChoiceField[User]":
    return forms.ModelChoiceField(
        label=label,
        queryset=None,
        required=bool(missing),
        empty_label="Choose somebody",
        help_text=hint,
        error_messages={"required": missing},
    )


def _offer(form: PageForm, name: str, people: QuerySet[User]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  declared so by _somebody
    field.queryset = people


class RoleForm(PageForm):
    """A role, and for a board member the confidential packs."""

    role = _role("Role")
    sees_confidential = _confidential()

    def chosen(self) -> Role:
        """The role that was chosen."""
        return Role(self.cleaned_data["role"])


class InviteForm(RoleForm):
    """Who is to have access, and as what."""

    email = forms.EmailField(
        label="E-mail address",
        help_text="They sign in with it, and the invitation goes there. Use their own address at work, not a shared one.",
        max_length=254,
        error_messages={
            "required": "Enter their e-mail address",
            "invalid": "Enter an e-mail address like name@example.gov.uk",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    name = line("Name", required="Enter their name", max_length=NAME)
    job_title = line("Job title (optional)", max_length=DETAIL)
    organisation = line(
        "Organisation (optional)", hint="For a partner: the health trust, the police, a school.", max_length=DETAIL
    )
    field_order = ["email", "name", "job_title", "organisation", "role", "sees_confidential"]


class _HandOverForm(PageForm):
    """Who takes over what somebody leaves; asked only where there is something."""

    hand_over_to = _somebody("Who takes over?", "", "Somebody who is a lead, an owner or a partner here.")

    def __init__(self, *args: Any, people: QuerySet[User], asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "hand_over_to", people)
        if not asks:
            del self.fields["hand_over_to"]


class EndForm(_HandOverForm):
    """The end of a membership."""

    reason = words("Reason (optional)", hint="It is kept in the trail. For example: has left the council.", rows=3)


class ChangeRoleForm(_HandOverForm, RoleForm):
    """Another role: first what would follow, then the saving."""

    reason = words("Reason (optional)", hint="It is kept in the trail.", rows=2)
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    field_order = ["role", "sees_confidential", "hand_over_to", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "hand_over_to" in self.fields:
            self.fields["hand_over_to"].label = "Who takes over their open actions?"
            self.fields[
                "hand_over_to"
            ].help_text = "Needed for a role that holds none: board member, auditor, administrator."


class DeputyForm(PageForm):
    """Who stands in, from which day to which."""

    deputy = _somebody("Who stands in?", "Choose who stands in")
    first_day = day("First day", required="Enter the first day")
    deputy_to = day("Last day", required="Enter the last day")

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "deputy", people)


class DetailsForm(PageForm):
    """One's own name and post."""

    name = line("Name", required="Enter your name", max_length=NAME)
    job_title = line("Job title (optional)", max_length=DETAIL)
    organisation = line("Organisation (optional)", max_length=DETAIL)


class LookedForm(PageForm):
    """A confirmation that carries which list it is about, so that nothing is confirmed that was not shown."""

    list = forms.CharField(max_length=64, widget=forms.HiddenInput)
