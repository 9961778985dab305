"""A recommendation's answer and its further actions; an action split into several or moved to another recommendation."""

from typing import Any

from django.urls import reverse
from django.utils.text import Truncator

from tracker.access import Rights, check
from tracker.choices import Response
from tracker.models import Action, Recommendation
from tracker.rules.roles import Ability
from tracker.services import plan, rearranging, reports
from tracker.web.forms.recommendations import AnswerForm, FurtherActionForm, MoveToForm, SplitForm
from tracker.web.moves import OnAction
from tracker.web.pages import VerbPage

SHOWN_CHARACTERS = 90


class OnRecommendation(VerbPage):
    """A page about one recommendation, for those who keep its plan; it leads back to where it was opened from."""

    section = "reports"
    template_name = "tracker/recommendation_form.html"
    recommendation: Recommendation

    def find(self, **kwargs: Any) -> None:
        rows = self.rows(Recommendation).select_related("report__authority")
        self.recommendation = self.row(rows, kwargs["number"])

    def allow(self) -> None:
        check(self.actor, Ability.KEEP_PLAN, self.recommendation.report.authority_id)

    def back(self) -> str:
        came_from = self.request.GET.get("action", "")
        if came_from.isdecimal() and self.actions().filter(pk=came_from).exists():
            return reverse("action", args=[came_from]) + "#recommendation"
        return reverse("report", args=[self.recommendation.report_id]) + f"#recommendation-{self.recommendation.number}"

    def actions(self) -> Any:
        """The actions under it that the person may see."""
        return self.rows(Action).filter(recommendation=self.recommendation)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = f"{self.recommendation.report}, recommendation {self.recommendation.number}"
        return super().get_context_data(about=about, recommendation=self.recommendation, **kwargs)


class AnswerPage(OnRecommendation):
    """The authority's published response."""

    form_class = AnswerForm
    title = "The council’s response"
    intro = "A recommendation counts as accepted unless something else is said here."
    button = "Save the response"
    done = "The response is saved."

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.recommendation, name) for name in ("response", "response_text")}

    def act(self, form: AnswerForm) -> None:
        given = form.cleaned_data
        response = Response(given["response"])
        reports.answer(
            self.recommendation, response=response, text=given["response_text"], by=self.actor, at=self.moment
        )


class FurtherActionPage(OnRecommendation):
    """A further action for a recommendation; then its own page, where it gets an owner and a date."""

    form_class = FurtherActionForm
    title = "Add an action"
    intro = "It gets the next reference and the date that the report gives. An owner can be named next."
    button = "Add the action"
    made: Action

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(there=self.actions().order_by("reference"), **kwargs)

    def act(self, form: FurtherActionForm) -> None:
        what = form.cleaned_data["what"]
        self.made = plan.add_action(self.recommendation, what=what, by=self.actor, at=self.moment)
        self.done = f"{self.made.reference} is added to the plan."

    def get_success_url(self) -> str:
        return reverse("action", args=[self.made.pk])


class OnOpenAction(OnAction):
    """A page that rearranges an open action."""

    def allow(self) -> None:
        if self.request.method != "POST":  # a form that was overtaken is answered with both versions
            rearranging.check_rearrange(self.action, Rights(self.actor, self.action, on=self.day))

    def record(self) -> Action:
        return self.action


class SplitPage(OnOpenAction):
    """Make two or more actions of one: it keeps its reference, its history and its evidence."""

    form_class = SplitForm
    template_name = "tracker/split.html"
    title = "Split this action"
    button = "Split it"

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "remains": self.action.what}

    def act(self, form: SplitForm) -> None:
        given = form.cleaned_data
        made = rearranging.split(
            self.action,
            remains=given["remains"],
            parts=form.parts(),
            with_people=given["with_people"],
            with_dates=given["with_dates"],
            version=given["version"],
            by=self.actor,
            at=self.moment,
        )
        self.done = f"Split: {' and '.join(new.reference for new in made)} came of {self.action.reference}."


class MoveToPage(OnOpenAction):
    """Put an action under another recommendation of its council."""

    form_class = MoveToForm
    template_name = "tracker/move_to.html"
    title = "Move it to another recommendation"
    button = "Move it"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "groups": self.groups()}

    def groups(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """The council's other recommendations, by report."""
        rows = self.rows(Recommendation).filter(report__authority=self.action.authority_id)
        others = rows.exclude(pk=self.action.recommendation_id).select_related("report__authority")
        found: dict[str, list[tuple[int, str]]] = {}
        for row in others.order_by("-report__series", "number"):
            words = f"{row.number}. {Truncator(row.text).chars(SHOWN_CHARACTERS)}"
            found.setdefault(str(row.report), []).append((row.pk, words))
        return list(found.items())

    def act(self, form: MoveToForm) -> None:
        given = form.cleaned_data
        to = self.row(self.rows(Recommendation).select_related("report__authority"), given["recommendation"])
        rearranging.move_to(
            self.action, to, reason=given["reason"], version=given["version"], by=self.actor, at=self.moment
        )
        self.done = f"{self.action.reference} now stands under recommendation {to.number} of {to.report}."
