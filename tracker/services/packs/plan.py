"""A plan as a pack tells it: at the moment asked for, and at the one since which movement is told."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from tracker.access import Actor, check_pack
from tracker.models import Authority, Event
from tracker.rules.pack import Row, Scope
from tracker.rules.refusal import Refused
from tracker.services import history
from tracker.services.packs import movement
from tracker.services.packs.moment import Moment
from tracker.services.packs.shelves import stands

State = dict[str, Any]
TOGETHER = 500
PERSON = ("name", "job_title", "organisation")


@dataclass(frozen=True)
class Plan:
    """An authority's plan by its trail. `present` is at the moment asked for, `earlier` at the one before."""

    authority: Authority
    scope: Scope
    present: Moment
    earlier: Moment | None = None

    @property
    def through(self) -> Event:
        """The last event at or before the moment asked for."""
        return self.present.through

    @cached_property
    def people(self) -> dict[int, Row]:
        """Who everybody was at that moment: their name, post and organisation, and no address."""
        states = history.states("user", self.present.house)
        return {number: {name: state[name] for name in PERSON} for number, state in states.items()}

    def person(self, number: int | None) -> Row:
        """Who somebody was; empty where nobody is named."""
        return self.people.get(number, {}) if number else {}

    @cached_property
    def reports(self) -> dict[int, State]:
        """The reports by their numbers."""
        return history.states("report", self.through)

    @cached_property
    def themes(self) -> dict[int, str]:
        """The titles of the themes by their numbers."""
        return {number: state["title"] for number, state in history.states("theme", self.present.house).items()}

    @cached_property
    def meetings(self) -> dict[int, State]:
        """The board's meetings by their numbers."""
        return history.states("boardmeeting", self.through)

    @cached_property
    def moved(self) -> dict[int, movement.Ways]:
        """How each action that moved did so, in the order of the references; none without an earlier moment."""
        return movement.moved(self.present, self.earlier) if self.earlier else {}

    @cached_property
    def evidence_today(self) -> dict[int, State]:
        """What the trail says today of the evidence that is confidential or withdrawn by now, whatever it said earlier."""
        newest = Event.objects.filter(chain=self.through.chain_id).latest("sequence")
        told = history.latest("evidence", newest)
        return {
            each.number: each.state
            for each in told
            if each.state and (each.state["confidential"] or each.state["withdrawn_at"])
        }

    @cached_property
    def hidden(self) -> dict[int, int]:
        """The evidence that a public pack does not tell of: confidential at that moment, or marked so since.

        By its number: the action whose evidence is one piece less for it, 0 where it would not have been counted.
        """
        if self.scope.confidential:
            return {}
        marked = {number for number, state in self.evidence_today.items() if state["confidential"]}
        shelf = self.present.shelves.evidence
        told = (
            last for some in history.chunks(shelf.at, TOGETHER) for lasts in shelf.of(some).values() for last in lasts
        )
        return {
            last.number: last.state["action"] if stands(last.state) else 0
            for last in told
            if last.state and (last.state["confidential"] or last.number in marked)
        }


def plan_as_at(authority: Authority, scope: Scope, *, by: Actor, at: datetime, through: int | None = None) -> Plan:
    """The plan as at the moment of the scope; `at` is the present one. `through` names the event where it is settled.

    Raises Refused where the trail begins later, the moment is still to come, the earlier one is not earlier, or the
    person may not take such a pack.
    """
    check_pack(by, authority, confidential=scope.confidential)
    if scope.as_at > at:
        raise Refused("Nobody knows yet how the plan will stand then. Choose today or a day before.", "as_at")
    if scope.since and scope.since >= scope.as_at:
        raise Refused("The pack’s own day is not after that one. Choose an earlier day for movement, or none.", "since")
    present = _moment(authority, scope.as_at, "as_at", through)
    earlier = replace(_moment(authority, scope.since, "since"), pictured=False) if scope.since else None
    return Plan(authority, scope, present, earlier)


def _moment(authority: Authority, at: datetime, field: str, through: int | None = None) -> Moment:
    """The plan at a moment; a refusal stands beside the field that asked for it."""
    try:
        last = history.resolve(authority, at)
        house = history.resolve(None, at)
    except Refused as refused:
        raise Refused(refused.sentence, field) from None
    if through is not None and through != last.sequence:
        last = Event.objects.get(chain__authority=authority, sequence=through)
    return Moment(authority, at, last, house)
