"""The page Progress: where a plan, a council's or one report's, came from and where it stands, in pictures and tables."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse

from tracker.choices import Delivery
from tracker.models import Action, Authority, Report, StatutoryStep
from tracker.rules.rating_words import DELIVERY, SHORT
from tracker.services.progress import progress_of
from tracker.web import counts
from tracker.web.pages import Page, Shown
from tracker.web.pictures import clock, over_time, ratings
from tracker.web.pictures.ratings import Group

MANY = 12  # owners shown at once; the others are behind a fold
HEADS = [(DELIVERY[each][0], SHORT[each]) for each in Delivery]
NOBODY = "nobody"
NO_THEME = "none"


def picture_of(page: Page, actions: Any, *, small: bool = False) -> over_time.Picture | None:
    """The progress of the actions as a picture; None where there are none."""
    found = progress_of(actions, user=page.person, on=page.day)
    return over_time.draw(found, small=small) if found else None


def steps_seen(page: Page) -> Any:
    """The steps of the statutory clocks that the person may see, with what their pictures tell."""
    return page.rows(StatutoryStep).select_related("report__authority")


@dataclass(frozen=True)
class Choice:
    """What the page is about: everything the person may see, one council, or one report."""

    value: str
    words: str
    authority: Authority | None = None
    report: Report | None = None

    @property
    def filter(self) -> dict[str, Any]:
        """The same choice as the list of actions takes it."""
        if self.report:
            return {"report": self.report.pk}
        return {"authority": self.authority.pk} if self.authority else {}

    def among(self, actions: Any) -> Any:
        """The actions it is about."""
        if self.report:
            return actions.filter(recommendation__report=self.report)
        return actions.filter(authority=self.authority) if self.authority else actions

    def steps(self, steps: Any) -> Any:
        """The statutory steps it is about."""
        if self.report:
            return steps.filter(report=self.report)
        return steps.filter(report__authority=self.authority) if self.authority else steps


EVERYTHING = Choice("", "Everything you may see")


class ProgressPage(Shown):
    """Progress over time, ratings by report and owner, statutory clocks; the choice stands in the address."""

    template_name = "tracker/progress.html"
    title = "Progress"
    section = "progress"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        choices = self.choices()
        chosen = self.chosen(choices)
        actions = chosen.among(self.rows(Action))
        authorities = list(self.rows(Authority))
        here = [chosen.authority] if chosen.authority else authorities
        owners = self.by_owner(actions, chosen)
        found = {
            "chosen": chosen,
            "councils": [choice for choice in choices if choice.authority and not choice.report],
            "reports": [choice for choice in choices if choice.report],
            "several": len(choices) > 2,
            "picture": picture_of(self, actions),
            "by_report": [] if chosen.report else self.by_report(actions, choices),
            "by_theme": self.by_theme(actions, chosen),
            "owners": owners[:MANY],
            "more_owners": owners[MANY:],
            "clocks": clock.clocks(chosen.steps(steps_seen(self)), self.day),
            "rating_heads": HEADS,
            "thresholds": counts.thresholds(here),
        }
        return super().get_context_data(**found, **kwargs)

    def choices(self) -> list[Choice]:
        """Everything, then each council where there are several, then each report with actions in the plan."""
        reports = self.rows(Report).filter(recommendations__actions__in=self.rows(Action)).distinct()
        listed = list(reports.select_related("authority").order_by("authority__short_name", "-series"))
        councils = {report.authority_id: report.authority for report in listed}
        several = councils.values() if len(councils) > 1 else ()
        return [
            EVERYTHING,
            *(Choice(f"council-{council.pk}", str(council), council) for council in several),
            *(
                Choice(f"report-{report.pk}", _named(report, bool(several)), report.authority, report)
                for report in listed
            ),
        ]

    def chosen(self, choices: list[Choice]) -> Choice:
        """The choice in the address; what is not among the person's choices does not exist."""
        wanted = self.request.GET.get("of", "")
        found = next((choice for choice in choices if choice.value == wanted), None)
        if found is None:
            raise Http404("There is no such plan for this person.")
        return found

    def by_report(self, actions: Any, choices: list[Choice]) -> list[ratings.Bar]:
        """A bar for each report."""
        tallies = counts.tallies(actions, self.day, "recommendation__report")
        reports = (choice for choice in choices if choice.report and choice.report.pk in tallies)
        return ratings.bars(
            Group(choice.words, choice.filter, tallies[choice.report.pk]) for choice in reports if choice.report
        )

    def by_theme(self, actions: Any, chosen: Choice) -> list[ratings.Bar]:
        """A bar for each theme that is settled, those with most overdue actions first; none before one is.

        An action counts under each theme of its recommendation, so the bars add up to more than all actions.
        """
        names = ("recommendation__themes", "recommendation__themes__title")
        tallies = counts.tallies(actions, self.day, *names)
        groups = [
            Group(name or "No theme yet", {**chosen.filter, "theme": number or NO_THEME}, tally)
            for (number, name), tally in tallies.items()
        ]
        return ratings.bars(sorted(groups, key=_by_need)) if any(number for number, _ in tallies) else []

    def by_owner(self, actions: Any, chosen: Choice) -> list[ratings.Bar]:
        """A bar for each owner, those with most overdue actions first, then those with most actions."""
        tallies = counts.tallies(actions, self.day, "owner", "owner__name")
        groups = [
            Group(name or "Nobody yet", {**chosen.filter, "owner": number or NOBODY}, tally)
            for (number, name), tally in tallies.items()
        ]
        return ratings.bars(sorted(groups, key=_by_need))


def _named(report: Report, with_council: bool) -> str:
    return f"{report}, {report.authority}" if with_council else str(report)


def _by_need(group: Group) -> tuple[int, int, str]:
    overdue = dict(group.tally["ratings"])[Delivery.RED]
    return -overdue, -group.tally["total"], group.name


def progress_address(report: Report) -> str:
    """Where one report's progress is shown in full."""
    return f"{reverse('progress')}?of=report-{report.pk}"
