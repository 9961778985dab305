"""Several actions at once: what is wanted, what would become of each, and then the one act. It can be undone."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.generic import FormView

from tracker.access import Seat, assignable_people
from tracker.models import Action, Authority, BulkChange
from tracker.rules.bulk import MOST, check_rows
from tracker.rules.refusal import Refused
from tracker.rules.roles import REFUSALS, Ability
from tracker.rules.written_dates import counted
from tracker.services import bulk
from tracker.services.bulk import Foreseen
from tracker.web.chosen import DO, SHOW, Chosen, chosen, passed_on
from tracker.web.forms.bulk import BulkDatesForm, BulkOwnerForm
from tracker.web.pages import Page

NAMED = 5  # of the actions that were left, in the message; the rest are counted


class BulkPage(Page, FormView):
    """A page about the actions chosen in the list: a form, then what would change, then the act."""

    section = "actions"
    shown_by = "tracker/bulk_preview.html"
    address = ""
    doing = ""
    chosen: Chosen

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        leading = Seat.of(self.person, self.day).whole(Ability.KEEP_PLAN)
        self.chosen = chosen(request, self.rows(Action).filter(authority__in=leading), MOST)
        councils = Counter(action.authority for action in self.chosen.actions)
        try:
            if not leading:
                raise Refused(REFUSALS[Ability.KEEP_PLAN])
            check_rows(len(self.chosen.actions), list(councils)[:1])
        except Refused as refusal:
            messages.error(request, refusal.sentence)
            return redirect(self.back())
        if len(councils) > 1:
            return self.parted(councils)
        return super().dispatch(request, *args, **kwargs)

    @property
    def authority(self) -> Authority:
        """The one authority of the chosen actions."""
        return self.chosen.actions[0].authority

    def parted(self, councils: Counter[Authority]) -> HttpResponse:
        """The actions of several councils are changed one council at a time: each has a trail of its own."""
        context = self.get_context_data(form=None, councils=_by_name(councils), packed=self.chosen.packed)
        return render(self.request, "tracker/bulk_councils.html", context)

    def back(self) -> str:
        """The list as it was."""
        return f"{reverse('actions')}?{self.chosen.query}" if self.chosen.query else reverse("actions")

    def get_form_kwargs(self) -> dict[str, Any]:
        given = {**super().get_form_kwargs(), "chosen": self.chosen.actions}
        return given if "step" in self.request.POST else {**given, "data": None, "files": None}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("step") in (SHOW, DO):
            return super().post(request, *args, **kwargs)
        form = self.get_form()  # chosen by POST, or back from the preview: no word yet about what is missing
        form.errors.clear()
        return self.render_to_response(self.get_context_data(form=form))

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            found = self.foresee(form)
            if self.request.POST.get("step") == DO and self.sure(form, found):
                change = self.act(form)
                self.say(change, found)
                return redirect(self.back())
        except Refused as refusal:
            form.refuse(refusal)
            return self.form_invalid(form)
        return self.preview(form, found)

    def preview(self, form: Any, found: list[Foreseen]) -> HttpResponse:
        """What would become of each action, and the button that does it."""
        changing = [each for each in found if each.changes]
        context = self.get_context_data(
            form=form,
            changing=changing,
            left=[each for each in found if not each.changes],
            asked=[each for each in changing if each.question],
            hidden=passed_on(self.request.POST, without=("csrfmiddlewaretoken", "step", "sure", "rows", "filter")),
            many=counted(len(changing), "action", "actions"),
            button=f"{self.doing} {counted(len(changing), 'action', 'actions')}",
        )
        context["title"] = "Check before anything changes"
        return render(self.request, self.shown_by, context)

    def sure(self, form: Any, found: list[Foreseen]) -> bool:
        """Whether every question about an odd date has been answered; the answer is asked for where not."""
        asked = any(each.question and each.changes for each in found)
        if asked and not form.cleaned_data.get("sure"):
            form.add_error("sure", "Tick the box if the odd dates are right, or change them.")
        return not form.errors

    def say(self, change: BulkChange, found: list[Foreseen]) -> None:
        """Tell what was done, with the way back, and what was left."""
        undo = reverse("bulk-undo", args=[change.pk])
        link = '{}. <a class="govuk-notification-banner__link" href="{}">Undo this</a> within the hour.'
        messages.success(self.request, format_html(link, change.told, undo))
        left = [each for each in found if str(each.action.pk) not in change.before]
        if left:
            named = "; ".join(
                f"{each.action.reference}: {each.refusal or 'changed meanwhile.'}" for each in left[:NAMED]
            )
            more = f" And {len(left) - NAMED} more." if len(left) > NAMED else ""
            messages.warning(
                self.request, f"{counted(len(left), 'action was', 'actions were')} left as before. {named}{more}"
            )

    def foresee(self, form: Any) -> list[Foreseen]:
        """What the verb would do."""
        raise NotImplementedError

    def act(self, form: Any) -> BulkChange:
        """Call the verb; may raise Refused."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = {"back": self.back(), "chosen": self.chosen, "address": self.address, "step": SHOW}
        return super().get_context_data(**{**here, **kwargs})


class BulkOwnerPage(BulkPage):
    """Give several actions to an owner."""

    template_name = "tracker/bulk_owner.html"
    form_class = BulkOwnerForm
    title = "Give these actions to an owner"
    address = "bulk-owner"
    doing = "Give"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "people": assignable_people(self.authority)}

    def _wanted(self, form: BulkOwnerForm) -> dict[str, Any]:
        given = form.cleaned_data
        return {"owner": given["owner"], "replace": given.get("replace", False), "by": self.actor, "at": self.moment}

    def foresee(self, form: BulkOwnerForm) -> list[Foreseen]:
        self.doing = f"Give {form.cleaned_data['owner'].name}"
        return bulk.foresee_owners(self.chosen.actions, **self._wanted(form))

    def act(self, form: BulkOwnerForm) -> BulkChange:
        return bulk.assign_many(self.chosen.actions, versions=self.chosen.versions, **self._wanted(form))


class BulkDatesPage(BulkPage):
    """Set the first due dates of several actions. Odd dates are asked about before anything is saved."""

    template_name = "tracker/bulk_dates.html"
    form_class = BulkDatesForm
    title = "Set first due dates"
    address = "bulk-dates"
    doing = "Set the dates of"

    def _wanted(self, form: BulkDatesForm) -> dict[str, Any]:
        return {
            "dates": form.dates(),
            "reason": form.cleaned_data["reason"],
            "by": self.actor,
            "at": self.moment,
        }

    def foresee(self, form: BulkDatesForm) -> list[Foreseen]:
        return bulk.foresee_dates(self.chosen.actions, **self._wanted(form))

    def act(self, form: BulkDatesForm) -> BulkChange:
        return bulk.date_many(self.chosen.actions, versions=self.chosen.versions, **self._wanted(form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.chosen.actions
        undated = [action for action in rows if not bulk.why_undated(action)]
        dated = sum(action.agreed_due is not None for action in rows)
        waiting = Counter(action.recommendation.report for action in rows if _waits(action))
        return super().get_context_data(undated=undated, dated=dated, waiting=_by_name(waiting), **kwargs)


def _waits(action: Action) -> bool:
    """Whether its printed timescale gives it a date as soon as the publication date is known."""
    recommendation = action.recommendation
    printed = bool(recommendation.timescale) and recommendation.report.publication_date is None
    return action.agreed_due is None and printed


def _by_name(found: Counter[Any]) -> list[tuple[Any, int]]:
    """Each thing with how often it was counted, by its name."""
    return sorted(found.items(), key=lambda pair: str(pair[0]))
