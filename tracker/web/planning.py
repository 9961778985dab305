"""What a lead settles about an action: its owner, its words and people, its first due date."""

from typing import Any

from tracker.access import assignable_people, check
from tracker.models import Action
from tracker.rules.questions import question_due
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.rules.written_dates import long_date
from tracker.services import actions
from tracker.web.forms.actions import FirstDueForm, OwnerForm, WordsForm
from tracker.web.moves import OnAction


class OnPlan(OnAction):
    """A page about one action, for those who keep its plan."""

    def allow(self) -> None:
        check(self.actor, Ability.KEEP_PLAN, self.action.authority_id)

    def record(self) -> Action:
        return self.action


class OwnerPage(OnPlan):
    """Give an action to an owner, or take it from the one it has."""

    form_class = OwnerForm
    template_name = "tracker/assign.html"
    title = "Who is to own this action?"
    done = "The owner is saved."

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "owner": self.action.owner_id}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "people": assignable_people(self.action.authority_id)}

    def act(self, form: OwnerForm) -> None:
        given = form.cleaned_data
        actions.assign(self.action, owner=given["owner"], version=given["version"], by=self.actor, at=self.moment)


class WordsPage(OnPlan):
    """Write what will be done, what it is to achieve, who answers for it and who shares in it."""

    form_class = WordsForm
    title = "What we will do, and with whom"
    done = "The changes are saved."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "people": assignable_people(self.action.authority_id)}

    def get_initial(self) -> dict[str, Any]:
        kept = {name: getattr(self.action, name) for name in ("what", "outcome", "start_on", "accountable")}
        return {**super().get_initial(), **kept, "partners": self.action.partners.all()}

    def facts(self, record: Action) -> dict[str, str]:
        return {
            **super().facts(record),
            "Desired outcome": record.outcome,
            "Start": long_date(record.start_on) if record.start_on else "No start",
            "Accountable lead": record.accountable.name if record.accountable else "Nobody",
            "Partners": ", ".join(partner.name for partner in record.partners.all()) or "None",
        }

    def act(self, form: WordsForm) -> None:
        given = form.cleaned_data
        actions.edit(
            self.action,
            what=given["what"],
            outcome=given["outcome"],
            start_on=given["start_on"],
            accountable=given["accountable"],
            partners=list(given["partners"]),
            version=given["version"],
            by=self.actor,
            at=self.moment,
        )


class FirstDuePage(OnPlan):
    """Set the first due date of an action that has none. An odd date is asked about once, before it is saved."""

    form_class = FirstDueForm
    template_name = "tracker/first_due.html"
    title = "Set the first due date"
    intro = "Later it moves by an extension only, so that everybody can see what was first agreed."
    done = "The due date is set."

    def allow(self) -> None:
        super().allow()
        if self.action.agreed_due and self.request.method != "POST":
            raise Refused(f"{self.action} has a due date already; it moves by an extension only.")

    def question(self, form: FirstDueForm) -> str | None:
        published = self.action.recommendation.report.publication_date
        return question_due(form.cleaned_data["due"], as_at=self.day, publication=published)

    def act(self, form: FirstDueForm) -> None:
        given = form.cleaned_data
        actions.set_first_due(
            self.action,
            due=given["due"],
            reason=given["reason"],
            version=given["version"],
            by=self.actor,
            at=self.moment,
        )
