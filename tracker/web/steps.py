"""The steps within an action: each a small page; an owner ticks one by its own button on the action's page."""

from typing import Any

from django.urls import reverse

from tracker.access import Rights
from tracker.models import ActionStep
from tracker.rules.refusal import Refused
from tracker.services import steps
from tracker.web.forms.steps import ChangeStepForm, StepForm, TickForm, WithdrawStepForm
from tracker.web.moves import OnOwnWork


class OnSteps(OnOwnWork):
    """A page about the steps of an action; it leads back to them."""

    def allow(self) -> None:
        steps.check_steps(self.action, Rights(self.actor, self.action, on=self.day))

    def back(self) -> str:
        return reverse("action", args=[self.action.pk]) + "#steps"


class AddStepPage(OnSteps):
    """Add a step; from here the next one is a click away."""

    form_class = StepForm
    title = "Add a step"
    button = "Add the step"
    done = "The step is added."

    def act(self, form: StepForm) -> None:
        given = form.cleaned_data
        steps.add_step(
            self.action,
            text=given["text"],
            due_on=given["due_on"],
            on_behalf_of=form.behalf(),
            by=self.actor,
            at=self.moment,
        )


class OnStep(OnSteps):
    """A page about one step."""

    step: ActionStep

    def find(self, **kwargs: Any) -> None:
        rows = self.rows(ActionStep).select_related("action__authority", "action__owner")
        self.step = self.row(rows, kwargs["number"])
        self.action = self.step.action

    def allow(self) -> None:
        super().allow()
        if self.step.withdrawn_on is not None:
            raise Refused("This step has been withdrawn.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(step=self.step, **kwargs)


class ChangeStepPage(OnStep):
    """Change a step's words, its date or its place; from here it is withdrawn too."""

    form_class = ChangeStepForm
    template_name = "tracker/change_step.html"
    title = "Change this step"
    done = "The step is saved."

    def get_initial(self) -> dict[str, Any]:
        kept = {"text": self.step.text, "due_on": self.step.due_on, "place": self.step.position}
        return {**super().get_initial(), **kept}

    def get_form_kwargs(self) -> dict[str, Any]:
        places = self.rows(ActionStep).filter(action=self.action, withdrawn_on=None).count()
        return {**super().get_form_kwargs(), "places": places}

    def act(self, form: ChangeStepForm) -> None:
        given = form.cleaned_data
        steps.change_step(
            self.step,
            text=given["text"],
            due_on=given["due_on"],
            place=given.get("place"),
            on_behalf_of=form.behalf(),
            by=self.actor,
            at=self.moment,
        )


class TickPage(OnStep):
    """Tick a step, or take the tick back. Its row shows it, so no message stands between one tick and the next."""

    form_class = TickForm
    template_name = "tracker/tick_step.html"
    ticks = True

    def find(self, **kwargs: Any) -> None:
        super().find(**kwargs)
        self.title = "Is this step done?" if self.ticks else "Is this step not done after all?"
        self.button = "It is done" if self.ticks else "Take the tick back"

    def say(self) -> None:
        """The row itself tells."""

    def act(self, form: TickForm) -> None:
        steps.tick_step(self.step, done=self.ticks, on_behalf_of=form.behalf(), by=self.actor, at=self.moment)


class WithdrawStepPage(OnStep):
    """Withdraw a step with a reason: it counts no longer, and stays to be seen."""

    form_class = WithdrawStepForm
    template_name = "tracker/tick_step.html"
    title = "Withdraw this step"
    intro = "It counts no longer, and stays to be seen with your reason."
    button = "Withdraw it"
    done = "The step is withdrawn."
    warns = True

    def act(self, form: WithdrawStepForm) -> None:
        reason = form.cleaned_data["reason"]
        steps.withdraw_step(self.step, reason=reason, on_behalf_of=form.behalf(), by=self.actor, at=self.moment)
