"""Every role and every move: who may make it on an action that is theirs, and on one that is not."""

from datetime import date

import pytest

from tests import factories
from tracker.choices import EvidenceKind, Move, Role
from tracker.models import Evidence
from tracker.rules.refusal import Refused
from tracker.rules.workflow import MOVES
from tracker.services import moves

pytestmark = pytest.mark.django_db

ON = date(2012, 10, 1)
OWN, ANY, OTHERS, NEVER = "their own", "any", "what others own", "never"
ROLES = (Role.LEAD, Role.OWNER, Role.PARTNER, Role.BOARD, Role.AUDITOR, Role.ADMINISTRATOR)
TABLE = {
    #               lead    owner  partner board  auditor administrator
    Move.START: (ANY, OWN, OWN, NEVER, NEVER, NEVER),
    Move.SUBMIT: (ANY, OWN, OWN, NEVER, NEVER, NEVER),
    Move.RECALL: (ANY, OWN, OWN, NEVER, NEVER, NEVER),
    Move.RETURN: (OTHERS, NEVER, NEVER, NEVER, NEVER, NEVER),
    Move.SIGN_OFF: (OTHERS, NEVER, NEVER, NEVER, NEVER, NEVER),
    Move.REOPEN: (OTHERS, NEVER, NEVER, NEVER, NEVER, NEVER),
    Move.SUPERSEDE: (ANY, NEVER, NEVER, NEVER, NEVER, NEVER),
    Move.SET_ASIDE: (ANY, NEVER, NEVER, NEVER, NEVER, NEVER),
    Move.RESTORE: (ANY, NEVER, NEVER, NEVER, NEVER, NEVER),
}
REACHED = {
    OWN: {"owns it"},
    ANY: {"owns it", "shares in it", "neither"},
    OTHERS: {"shares in it", "neither"},
    NEVER: set(),
}
CELLS = [(move, role, where) for move, row in TABLE.items() for role, where in zip(ROLES, row, strict=True)]


def standing_before(action, move, owner):
    """The action as it stands before the move, with evidence; behind the verbs, as only its status matters here."""
    Evidence.objects.create(
        action=action,
        kind=EvidenceKind.NOTE,
        title="Audit",
        text="x",
        received_at=factories.at(2012, 9, 2),
        added_by=owner,
    )
    action.status = MOVES[move].before[0]
    return action


def test_the_table_names_every_move_and_every_role():
    assert (set(TABLE), set(ROLES)) == (set(Move), set(Role))


@pytest.mark.parametrize("relation", ["owns it", "shares in it", "neither"])
@pytest.mark.parametrize(("move", "role", "where"), CELLS)
def test_a_role_makes_a_move_where_the_table_says(action, rotherham, owner, move, role, where, relation):
    person = factories.member("Ivo Hale", rotherham, role)
    if relation == "shares in it":
        action.partners.add(person)
    action.owner = person if relation == "owns it" else owner
    ready = standing_before(action, move, owner)
    try:
        moves.check_may_move(ready, move, by=factories.acting(person), on=ON, reason="r", new_due=ON)
        allowed = True
    except Refused:
        allowed = False
    assert allowed is (relation in REACHED[where])
