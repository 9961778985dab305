"""The home page: for a lead what needs a decision, for an owner what is on their plate, for everybody the counts."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static

from tracker.access import workable_actions
from tracker.choices import AcceptedAs, IntakeState, Role
from tracker.filters import NEXT_DAYS
from tracker.models import Action, Authority, Erasure, Extension, Intake, Report
from tracker.services import access_reviews
from tracker.web import counts
from tracker.web.board_home import seats
from tracker.web.calls import calls_to
from tracker.web.council_mail import to_mend
from tracker.web.pages import Shown
from tracker.web.pictures.clock import clocks
from tracker.web.progress import picture_of, steps_seen
from tracker.web.reminders import Reminders, reminders

SHOWN = 8
CLOCKS = 3


def favicon(request: HttpRequest) -> HttpResponse:
    """The old address that browsers ask for unbidden leads to the mark."""
    return redirect(static("tracker/mark.svg"))


class Home(Shown):
    """Sections appear for what a person is: several for somebody who is lead and owner."""

    template_name = "tracker/home.html"
    title = "Home"
    section = "home"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        authorities = list(self.rows(Authority))
        seen = self.rows(Action).select_related("authority", "owner", "recommendation__report")
        led = self.led()
        plate = self.plate(seen, led)
        found = {
            "authorities": authorities,
            "led": led,
            "thresholds": counts.thresholds(authorities),
            "decisions": self.decisions(led) if led else None,
            "plate": plate,
            "tally": counts.tally(seen, self.day),
            "coming": seen.due_within(self.day, NEXT_DAYS).order_by("overdue_after", "reference")[:SHOWN],
            "coming_count": seen.due_within(self.day, NEXT_DAYS).count(),
            "clock": self.clock(),
            "calls": calls_to(self.person, self.day),
            "seats": seats(self, authorities),
            "reminders": self.reminders(authorities),
            "access_to_review": self.access_to_review(authorities),
            "picture": picture_of(self, seen, small=True) if led or plate is None else None,
        }
        return super().get_context_data(**found, **kwargs)

    def reminders(self, authorities: list[Authority]) -> Reminders | None:
        """How reminders are, for the site's administrators; for a council's own, of the mail of its people."""
        if self.person.is_superuser:
            return reminders(self.moment)
        held = self.person.memberships.current().filter(role=Role.ADMINISTRATOR).values_list("authority", flat=True)
        kept = set(held)
        whose = tuple(each for each in authorities if each.pk in kept)
        return reminders(self.moment, whose) if whose else None

    def access_to_review(self, authorities: list[Authority]) -> dict[Authority, datetime | None]:
        """The councils whose list of who has access is to be looked through again, for who keeps their people."""
        roles = [Role.LEAD, Role.ADMINISTRATOR]
        held = self.person.memberships.current().filter(role__in=roles).values_list("authority", flat=True)
        kept = set(held)
        whose = [each for each in authorities if each.pk in kept]
        return access_reviews.due(whose, self.moment) if whose else {}

    def decisions(self, led: list[Authority]) -> dict[str, Any]:
        """What only a lead can settle, in the order in which it holds other things up."""
        mine = self.rows(Action).filter(authority__in=led)
        waiting = self.rows(Report).filter(authority__in=led, accepted_as=AcceptedAs.PLAN, publication_date=None)
        return {
            "unpublished": waiting.select_related("authority").order_by("-accepted_at"),
            "waiting": mine.waiting_for_publication().count(),
            "untimed": mine.without_timescale().count(),
            "unowned": mine.unowned().count(),
            "submitted": mine.awaiting_sign_off().count(),
            "submitted_late": mine.awaiting_sign_off_late(self.day).count(),
            "asked": self.asked(led),
            "erasures": self.rows(Erasure)
            .filter(authority__in=led, granted=None)
            .select_related("evidence", "note__action", "spreadsheet", "action", "asked_by"),
            "help": mine.asking_for_help().count(),
            "looks": mine.to_be_looked_at(self.day).order_by("next_check_on", "reference"),
            "unread": self.rows(Intake).filter(authority__in=led, state=IntakeState.READ).order_by("received_at"),
            "mail": to_mend(led),
            "overdue": mine.overdue(self.day).count(),
            "oldest": mine.overdue(self.day).order_by("agreed_due").first(),
        }

    def asked(self, led: list[Authority]) -> Any:
        """Extensions that await a decision."""
        waiting = self.rows(Extension).filter(granted=None, withdrawn=False, action__authority__in=led)
        return waiting.select_related("action", "asked_by").order_by("asked_at")

    def plate(self, seen: Any, led: list[Authority]) -> dict[str, Any] | None:
        """What the person owns, or stands in for: overdue first, then due soon, then the rest, then what waits."""
        mine = seen.filter(
            Q(owner=self.person) | Q(pk__in=workable_actions(self.person, self.day).exclude(authority__in=led))
        )
        if not mine.exists():
            return None
        soon = mine.due_within(self.day, NEXT_DAYS)
        rest = mine.open().exclude(pk__in=mine.overdue(self.day)).exclude(pk__in=soon)
        return {
            "overdue": mine.overdue(self.day).ranked(),
            "soon": soon.ranked(),
            "rest": rest.ranked(),
            "returned": mine.open().filter(last_move="return").ranked(),
            "submitted": mine.awaiting_sign_off().count(),
        }

    def clock(self) -> dict[str, Any]:
        """The clocks with a step to come, soonest first, and how many steps lie behind or have no date elsewhere."""
        every = list(steps_seen(self))
        steps = [step for step in every if step.met_on is None]
        ahead = [step for step in steps if step.due and step.due >= self.day]
        reports = {step.report_id for step in ahead}
        drawn = clocks([step for step in every if step.report_id in reports], self.day)
        return {
            "drawn": drawn[:CLOCKS],
            "more": len(drawn[CLOCKS:]),
            "behind": sum(1 for step in steps if step.due and step.due < self.day and step.report_id not in reports),
            "unknown": sum(1 for step in steps if step.due is None and step.report_id not in reports),
        }
