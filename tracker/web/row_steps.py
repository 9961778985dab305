"""The next step of every action in a list: the same table as on the action's own page, with no query for each row."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from tracker.access import Seat
from tracker.choices import Status
from tracker.models import Action, Extension, User
from tracker.rules.refusal import Refused
from tracker.rules.roles import ALL, Ability
from tracker.rules.workflow import MOVES, Capacity, check_move
from tracker.web.moves import Choice
from tracker.web.next_step import Facts, NextStep, step_for


def steps_for(
    actions: Sequence[Action],
    *,
    person: User,
    seat: Seat,
    evidenced: Collection[int],
    asked: Mapping[int, Extension],
    on: date,
) -> dict[int, NextStep | None]:
    """The next step for the person by each action's number.

    `evidenced` are the numbers of the actions with standing evidence, `asked` the extensions that await a decision.
    """
    return {
        action.pk: step_for(_facts(action, person, seat, action.pk in evidenced, asked.get(action.pk), on))
        for action in actions
    }


def _facts(action: Action, person: User, seat: Seat, has_evidence: bool, asked: Extension | None, on: date) -> Facts:
    works = seat.works_on(action)
    leads = seat.reach(action.authority_id, Ability.KEEP_PLAN) is ALL
    moves = _moves(action, person, seat, has_evidence) if works else ()
    look = _look(action, person, seat, on)
    return Facts(action, person, leads, works, has_evidence, asked, moves, look=look)


def _look(action: Action, person: User, seat: Seat, on: date) -> bool:
    """Whether the person may look again at a closed action, and the day for it has come (services.looking)."""
    if action.status != Status.CLOSED or action.next_check_on is None or action.next_check_on > on:
        return False
    took_part = person.pk in (action.owner_id, action.owner_then_id, action.submitted_by_id)
    return seat.reach(action.authority_id, Ability.SIGN_OFF) is ALL and not took_part


def _moves(action: Action, person: User, seat: Seat, has_evidence: bool) -> tuple[Choice, ...]:
    """The moves that the steps ask about: those that need no words are open or closed by the table alone."""
    capacities = set()
    if seat.reach(action.authority_id, Ability.SIGN_OFF) is ALL:
        capacities.add(Capacity.LEAD)
    if seat.stands_as_owner(action):
        capacities.add(Capacity.OWNER)
    choices = []
    for move in (move for move, rule in MOVES.items() if action.status in rule.before):
        try:
            check_move(
                move,
                status=Status(action.status),
                capacities=capacities,
                is_owner=person.pk in (action.owner_id, action.owner_then_id),
                is_submitter=action.submitted_by_id == person.pk,
                has_evidence=has_evidence,
            )
        except Refused as refusal:
            choices.append(Choice(move, refusal.sentence))
        else:
            choices.append(Choice(move, ""))
    return tuple(choices)
