"""What moved between two moments: by the states at both, and by what was done in between."""

import pytest

from tracker.choices import Delivery, EventKind, Status
from tracker.rules.since import APPLIES, Between, Movement, Stood, Told, movements

M, K, D = Movement, EventKind, Delivery
BEFORE = {"status": Status.IN_PROGRESS, "agreed_due": "2026-12-01", "owner": 7, "lowered_to": ""}


def moved(before=None, after=None, *kinds, new=False):
    then = None if new else {**BEFORE, **(before or {})}
    now = {**BEFORE, **(before or {}), **(after or {})}
    return movements(Told(then, now, frozenset(kinds)))


def stood(before, after, *, silent=False):
    """An action of which nothing was told, by how it stood at both moments: its rating, and whether it was overdue."""
    between = Between(Stood(*before) if before else None, Stood(*after, silent))
    return movements(Told(BEFORE, BEFORE, frozenset(), between))


CASES = {
    "nothing": (moved(), ()),
    "an edit alone is no movement": (moved({}, {"what": "other words"}, K.ACTION_EDITED), ()),
    "new": (moved(new=True), (M.NEW,)),
    "new and given to an owner is new, not a change of owner": (moved(new=True, after={"owner": 9}), (M.NEW,)),
    "new and closed is both": (moved(new=True, after={"status": Status.CLOSED}), (M.NEW, M.CLOSED)),
    "closed": (moved({}, {"status": Status.CLOSED}, K.ACTION_SIGNED_OFF), (M.CLOSED,)),
    "closed before and still closed": (moved({"status": Status.CLOSED}), ()),
    "reopened": (
        moved({"status": Status.CLOSED}, {"status": Status.IN_PROGRESS}, K.ACTION_REOPENED),
        (M.REOPENED,),
    ),
    "reopened and closed again is both": (
        moved({"status": Status.CLOSED}, {}, K.ACTION_REOPENED, K.ACTION_SIGNED_OFF),
        (M.CLOSED, M.REOPENED),
    ),
    "returned and submitted again": (moved({}, {"status": Status.SUBMITTED}, K.ACTION_RETURNED), (M.RETURNED,)),
    "a first date": (moved({"agreed_due": None}, {"agreed_due": "2026-12-01"}), (M.DATED,)),
    "a date moved": (moved({}, {"agreed_due": "2027-01-01"}), (M.DATE_MOVED,)),
    "a date taken away has moved": (moved({}, {"agreed_due": None}), (M.DATE_MOVED,)),
    "another owner": (moved({}, {"owner": 9}), (M.OWNER_CHANGED,)),
    "a first owner": (moved({"owner": None}, {"owner": 9}), (M.OWNER_CHANGED,)),
    "lowered": (moved({}, {"lowered_to": "amber"}), (M.LOWERED,)),
    "lowered before and still lowered": (moved({"lowered_to": "amber"}), ()),
    "lifted": (moved({"lowered_to": "amber"}, {"lowered_to": ""}), (M.LIFTED,)),
    "superseded": (moved({}, {"status": Status.SUPERSEDED}), (M.LEFT,)),
    "superseded, then no longer applicable, has not left twice": (
        moved({"status": Status.SUPERSEDED}, {"status": Status.NOT_APPLICABLE}),
        (),
    ),
    "brought back": (
        moved({"status": Status.SUPERSEDED}, {"status": Status.IN_PROGRESS}, K.ACTION_RESTORED),
        (M.RESTORED,),
    ),
    "impact up": (moved({"impact": "emerging"}, {"impact": "embedded"}), (M.IMPACT_UP,)),
    "impact down": (moved({"impact": "emerging"}, {"impact": "not_evidenced"}), (M.IMPACT_DOWN,)),
    "late at both moments": (stood((D.RED, True), (D.RED, True)), ()),
    "become late": (stood((D.GREEN, False), (D.RED, True)), (M.RATING_DOWN, M.FALLEN)),
    "late no longer": (stood((D.RED, True), (D.GREEN, False)), (M.RATING_UP,)),
    "at risk": (stood((D.GREY, False), (D.AMBER, False)), (M.RATING_DOWN,)),
    "a start is no better rating": (stood((D.GREY, False), (D.GREEN, False)), ()),
    "a closing is told as closed, and no rating rose": (stood((D.AMBER, False), (D.BLUE, False)), ()),
    "new and late": (stood(None, (D.RED, True)), (M.FALLEN,)),
    "silent": (stood((D.AMBER, False), (D.AMBER, False), silent=True), (M.SILENT,)),
    "without both moments time is not told": (moved(), ()),
}


@pytest.mark.parametrize("name", CASES)
def test_movement(name):
    found, told = CASES[name]
    assert found == told


def test_every_movement_has_its_rule_in_the_order_of_the_list():
    assert list(APPLIES) == list(Movement)


def test_every_movement_has_a_case():
    assert {each for _, told in CASES.values() for each in told} == set(Movement)
