"""Which status an action may move to, who may move it, and what must be there. MOVES is the whole of it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import Enum

from tracker.choices import Move, Status
from tracker.rules.refusal import Refused


class Capacity(Enum):
    """What a person is to one action: a lead of its authority, or its owner (or the owner's deputy).

    A partner moves only what they own: to share in an action is to see it.
    """

    LEAD = "an improvement lead"
    OWNER = "the action's owner or their deputy"


class Need(Enum):
    """What must be there for a move, in the words of a refusal."""

    EVIDENCE = "Attach evidence first: an action is submitted and signed off on evidence."
    REASON = "Give a reason."
    NEW_DUE = "Give a new due date."


@dataclass(frozen=True)
class Rule:
    """One move: from which statuses, to which, by whom, and what it needs.

    `by_another`: neither the owner nor whoever submitted may make it. `to_unstarted`: where it leads instead if work
    on the action had never been started.
    """

    before: tuple[Status, ...]
    to: Status
    who: frozenset[Capacity]
    needs: tuple[Need, ...] = ()
    by_another: bool = False
    to_unstarted: Status | None = None


ANYBODY_ON_IT = frozenset({Capacity.LEAD, Capacity.OWNER})
LEADS = frozenset({Capacity.LEAD})
OPEN = (Status.NOT_STARTED, Status.IN_PROGRESS)
UNCLOSED = (*OPEN, Status.SUBMITTED)
ASIDE = (Status.SUPERSEDED, Status.NOT_APPLICABLE)

MOVES: dict[Move, Rule] = {
    Move.START: Rule((Status.NOT_STARTED,), Status.IN_PROGRESS, ANYBODY_ON_IT),
    Move.SUBMIT: Rule(OPEN, Status.SUBMITTED, ANYBODY_ON_IT, (Need.EVIDENCE,)),
    Move.RECALL: Rule((Status.SUBMITTED,), Status.IN_PROGRESS, ANYBODY_ON_IT),
    Move.RETURN: Rule((Status.SUBMITTED,), Status.IN_PROGRESS, LEADS, (Need.REASON,), by_another=True),
    Move.SIGN_OFF: Rule((Status.SUBMITTED,), Status.CLOSED, LEADS, (Need.EVIDENCE,), by_another=True),
    Move.REOPEN: Rule((Status.CLOSED,), Status.IN_PROGRESS, LEADS, (Need.REASON, Need.NEW_DUE), by_another=True),
    Move.SUPERSEDE: Rule(UNCLOSED, Status.SUPERSEDED, LEADS, (Need.REASON,)),
    Move.SET_ASIDE: Rule(UNCLOSED, Status.NOT_APPLICABLE, LEADS, (Need.REASON,)),
    Move.RESTORE: Rule(ASIDE, Status.IN_PROGRESS, LEADS, (Need.REASON,), to_unstarted=Status.NOT_STARTED),
}

FIELDS = {Need.EVIDENCE: None, Need.REASON: "reason", Need.NEW_DUE: "new_due"}


@dataclass(frozen=True)
class _Given:
    """What came with a move."""

    has_evidence: bool
    reason: str
    new_due: date | None


MET: dict[Need, Callable[[_Given], bool]] = {
    Need.EVIDENCE: lambda given: given.has_evidence,
    Need.REASON: lambda given: bool(given.reason.strip()),
    Need.NEW_DUE: lambda given: given.new_due is not None,
}


def check_move(
    move: Move,
    *,
    status: Status,
    capacities: Collection[Capacity],
    is_owner: bool = False,
    is_submitter: bool = False,
    has_evidence: bool = False,
    reason: str = "",
    new_due: date | None = None,
    started: bool = True,
) -> Status:
    """The status the move leads to; Refused with a sentence where it is not open to this person, or lacks something.

    `capacities` is what the person is to this action. `is_owner` and `is_submitter` are facts about the person,
    whatever else they are (a deputy who acts for the owner is no owner, but is a submitter once they submit).
    `started`: work on the action had begun before it was superseded or set aside.
    """
    _check_who(move, capacities, is_owner, is_submitter)
    _check_status(move, status)
    _check_needs(move, _Given(has_evidence, reason, new_due))
    rule = MOVES[move]
    return rule.to_unstarted if rule.to_unstarted and not started else rule.to


def open_moves(
    *, status: Status, capacities: Collection[Capacity], is_owner: bool = False, is_submitter: bool = False
) -> tuple[Move, ...]:
    """The moves this person may make from this status, in the order of MOVES; what they need is asked for then."""

    def is_open(move: Move) -> bool:
        try:
            _check_who(move, capacities, is_owner, is_submitter)
            _check_status(move, status)
        except Refused:
            return False
        return True

    return tuple(move for move in MOVES if is_open(move))


def needs(move: Move) -> tuple[Need, ...]:
    """What a move must come with, so that a form can ask for it."""
    return MOVES[move].needs


def _check_who(move: Move, capacities: Collection[Capacity], is_owner: bool, is_submitter: bool) -> None:
    rule = MOVES[move]
    if not rule.who & set(capacities):
        raise Refused(f"“{move.label}” is open to {_who(rule)} only.")
    if rule.by_another and is_submitter:
        raise Refused(f"“{move.label}” is for somebody else: you submitted this action.")
    if rule.by_another and is_owner:
        raise Refused(f"“{move.label}” is for somebody else: you own this action.")


def _check_status(move: Move, status: Status) -> None:
    if status not in MOVES[move].before:
        wanted = _or([f"“{before.label}”" for before in MOVES[move].before])
        raise Refused(f"“{move.label}” is open only while the status is {wanted}; it is “{status.label}”.")


def _check_needs(move: Move, given: _Given) -> None:
    for need in MOVES[move].needs:
        if not MET[need](given):
            raise Refused(need.value, FIELDS[need])


def _who(rule: Rule) -> str:
    return _or([capacity.value for capacity in Capacity if capacity in rule.who])


def _or(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def diagram() -> str:
    """MOVES as a Mermaid state diagram, without the fence around it."""
    names = [f'    state "{status.label}" as {status.value}' for status in Status]
    arrows = [f"    {before} --> {to}: {label}" for move in MOVES for before, to, label in _arrows(move)]
    return "\n".join(["stateDiagram-v2", *names, f"    [*] --> {Status.NOT_STARTED.value}", *arrows])


def _arrows(move: Move) -> list[tuple[str, str, str]]:
    rule = MOVES[move]
    ends = [(rule.to, move.label)]
    if rule.to_unstarted:
        ends = [(rule.to, f"{move.label}, work had begun"), (rule.to_unstarted, f"{move.label}, work had not begun")]
    return [(before.value, to.value, label) for before in rule.before for to, label in ends]


def moves_table() -> str:
    """MOVES as a Markdown table: the move, who may make it, and what it needs."""
    words = {Need.EVIDENCE: "evidence", Need.REASON: "a reason", Need.NEW_DUE: "a new agreed date"}
    rows = [
        f"| {move.label} | {_who(rule)}{', who neither owns nor submitted it' if rule.by_another else ''} "
        f"| {' and '.join(words[need] for need in rule.needs) or '–'} |"
        for move, rule in MOVES.items()
    ]
    return "\n".join(["| Move | Who | Needs |", "|---|---|---|", *rows])
