"""Both ratings of an action, its measures of impact, and the second look at what was closed."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.urls import reverse

from tracker.access import Rights
from tracker.choices import CheckOutcome, Impact
from tracker.models import Action, ImpactMeasure
from tracker.rules.refusal import Refused
from tracker.services import looking, measures, ratings
from tracker.web.forms.ratings import (
    ChangeMeasureForm,
    FigureForm,
    ImpactForm,
    LookForm,
    MeasureForm,
    RatingReasonForm,
)
from tracker.web.moves import OnAction

Check = Callable[[Action, Rights], None]
FOUND: dict[CheckOutcome, str] = {
    CheckOutcome.HELD: "What you found about {0} is saved. It stays closed.",
    CheckOutcome.SLIPPED: "{0} is open again, with its new due date.",
}


class Checked(OnAction):
    """A page that is open to whom the verb's own check lets through."""

    check: ClassVar[Check]
    section_id = "ratings"

    def allow(self) -> None:
        try:
            type(self).check(self.action, Rights(self.actor, self.action, on=self.day))
        except Refused:
            # A form that was open while somebody else changed the action is answered with both versions.
            if self.request.method != "POST" or self.record() is None:
                raise

    def back(self) -> str:
        return f"{reverse('action', args=[self.action.pk])}#{self.section_id}"


class Versioned(Checked):
    """A page whose form carries the version of the action it was opened on."""

    def record(self) -> Action:
        return self.action


class LowerPage(Versioned):
    """Lower the delivery rating to amber with a reason."""

    check = ratings.check_lower
    form_class = RatingReasonForm
    title = "Lower the delivery rating to “At risk”"
    intro = (
        "The rating is computed from dates and news. Where you know better, lower it: it stays at risk until somebody"
        " lifts it. A rating is never raised by hand."
    )
    button = "Lower the rating"
    done = "The rating is lowered."

    def act(self, form: RatingReasonForm) -> None:
        given = form.cleaned_data
        ratings.lower_rating(
            self.action, reason=given["reason"], version=given["version"], by=self.actor, at=self.moment
        )


class LiftPage(Versioned):
    """Let the computed rating speak again."""

    check = ratings.check_lift
    form_class = RatingReasonForm
    title = "Lift the lowered rating"
    intro = "The computed rating speaks again. The reason is kept in the history and may stay empty."
    button = "Lift it"
    done = "The computed rating speaks again."

    def act(self, form: RatingReasonForm) -> None:
        given = form.cleaned_data
        ratings.lift_rating(
            self.action, reason=given["reason"], version=given["version"], by=self.actor, at=self.moment
        )


class ImpactPage(Versioned):
    """Rate the impact, with what the rating rests on; the measures stand above the form."""

    check = ratings.check_impact
    form_class = ImpactForm
    template_name = "tracker/rate_impact.html"
    title = "Rate the impact"
    button = "Save the rating"
    done = "The impact rating is saved."

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "impact": self.action.impact, "reason": self.action.impact_reason}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        measured = self.rows(ImpactMeasure).filter(action=self.action).prefetch_related("earlier")
        return super().get_context_data(measures=measured, **kwargs)

    def act(self, form: ImpactForm) -> None:
        given = form.cleaned_data
        ratings.rate_impact(
            self.action,
            impact=Impact(given["impact"]),
            reason=given["reason"],
            version=given["version"],
            by=self.actor,
            at=self.moment,
        )


class AddMeasurePage(Checked):
    """Add a measure of impact."""

    check = measures.check_measures
    form_class = MeasureForm
    section_id = "measures"
    title = "Add a measure of impact"
    intro = "A figure that shows whether children gain: where it began, where it should go, where it is."
    button = "Add the measure"
    done = "The measure is added."

    def act(self, form: MeasureForm) -> None:
        measures.add_measure(self.action, by=self.actor, at=self.moment, **form.cleaned_data)


class OnMeasure(Checked):
    """A page about one measure."""

    check = measures.check_measures
    section_id = "measures"
    measure: ImpactMeasure

    def find(self, **kwargs: Any) -> None:
        self.measure = self.row(self.rows(ImpactMeasure).select_related("action__authority"), kwargs["number"])
        self.action = self.measure.action


class ChangeMeasurePage(OnMeasure):
    """What a measure is called, where it began and where it should go."""

    form_class = ChangeMeasureForm
    title = "Change this measure"
    done = "The measure is saved."

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.measure, name) for name in ("name", "baseline", "target")}

    def act(self, form: ChangeMeasureForm) -> None:
        measures.change_measure(self.measure, by=self.actor, at=self.moment, **form.cleaned_data)


class FigurePage(OnMeasure):
    """Enter a measure's latest figure; the earlier ones stay to be seen."""

    form_class = FigureForm
    template_name = "tracker/record_figure.html"
    title = "Enter a new figure"
    button = "Save the figure"
    done = "The figure is saved. The earlier one stays to be seen."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(measure=self.measure, **kwargs)

    def act(self, form: FigureForm) -> None:
        measures.record_figure(self.measure, by=self.actor, at=self.moment, **form.cleaned_data)


class LookPage(Versioned):
    """Look again at a closed action: what has held stays closed, what has slipped is reopened with a new date."""

    check = looking.check_look
    form_class = LookForm
    template_name = "tracker/look_again.html"
    section_id = "checks"
    title = "Has the change held?"
    button = "Save what was found"

    def act(self, form: LookForm) -> None:
        given = form.cleaned_data
        self.done = FOUND[CheckOutcome(given["outcome"])].format(self.action)
        looking.look_again(
            self.action,
            outcome=CheckOutcome(given["outcome"]),
            note=given["note"],
            new_due=given["new_due"],
            version=given["version"],
            by=self.actor,
            at=self.moment,
        )
