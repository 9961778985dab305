"""The plan as at a past moment, rebuilt from the trail alone, and the event that a pack was made of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tracker.access import Actor, check_pack
from tracker.choices import Delivery, EventKind, Priority, Status
from tracker.models import Authority, Event
from tracker.rules.authority_settings import read_settings
from tracker.rules.london import day_of
from tracker.rules.standing import RatingSettings, Standing, delivery
from tracker.services import history, trail

State = dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """An authority's plan after an event of its chain; `at` is the moment it was asked for."""

    authority: Authority
    at: datetime
    through: Event

    def rows(self) -> Iterator[dict[str, State]]:
        """Each action in the order of its reference, with its recommendation, report and people of that moment."""
        people = history.states("user", history.resolve(None, self.at))
        reports = history.states("report", self.through)
        recommendations = history.states("recommendation", self.through)
        actions = history.states("action", self.through)
        heard, rating = _last_heard(self.through), _rating_then(self.authority, self.at)
        for key, action in sorted(actions.items(), key=lambda item: item[1]["reference"]):
            recommendation = recommendations[action["recommendation"]]
            yield {
                "authority": {"short_name": self.authority.short_name},
                "action": action,
                "recommendation": recommendation,
                "report": reports[recommendation["report"]],
                "owner": people.get(action["owner"], {}),
                "accountable": people.get(action["accountable"], {}),
                "computed": {"delivery": self._delivery(action, heard.get(key), rating)},
            }

    def _delivery(self, action: State, last_heard_on: date | None, settings: RatingSettings) -> str:
        rating = delivery(_standing(action, last_heard_on), as_at=day_of(self.at), settings=settings)
        return str(rating.label) if rating else ""


def plan_as_at(authority: Authority, *, by: Actor, at: datetime, confidential: bool = True) -> Plan:
    """The plan as at a moment, for a pack that is confidential unless said otherwise.

    Raises Refused where the trail begins later, or the person may not take such a pack.
    """
    check_pack(by, authority, confidential=confidential)
    return Plan(authority, at, history.resolve(authority, at))


@transaction.atomic
def made(plan: Plan, *, name: str, digest: str, by: Actor, at: datetime) -> Event:
    """Tell the trail that a pack was made: of which moment, through which event, under which hash."""
    details = {"name": name, "sha256": digest, "through": plan.through.sequence, "head": plan.through.hash}
    return trail.record(EventKind.PACK_MADE, plan.authority, chain=plan.authority, by=by, at=at, details=details)


def _rating_then(authority: Authority, at: datetime) -> RatingSettings:
    then = history.states("authority", history.resolve(None, at)).get(authority.pk, {})
    return read_settings(dict(then.get("settings", {}))).rating


def _last_heard(through: Event) -> dict[int, date]:
    """The day a person was last heard on each action: a note, a piece of evidence, a move."""
    heard: dict[int, date] = {}
    told = [(row["action"], row["written_at"]) for row in history.states("progressnote", through).values()]
    told += [(row["action"], row["received_at"]) for row in history.states("evidence", through).values()]
    told += list(history.moved(through))
    for action, moment in told:
        day = day_of(datetime.fromisoformat(moment))
        heard[action] = max(day, heard.get(action, day))
    return heard


def _standing(action: State, last_heard_on: date | None) -> Standing:
    def day(name: str) -> date | None:
        return date.fromisoformat(action[name]) if action[name] else None

    return Standing(
        status=Status(action["status"]),
        due=day("agreed_due"),
        original_due=day("original_due"),
        start_on=day("start_on"),
        priority=Priority(action["priority"]),
        chase_from=day("overdue_after"),
        last_heard_on=last_heard_on or day("accepted_on"),
        lowered_to=Delivery(action["lowered_to"]) if action["lowered_to"] else None,
    )
