"""Every verb: one line of the trail, whole; nothing written where it is refused, or where the version is old."""

import importlib
import inspect
import pkgutil

import pytest
from django.db import connection

from tests import factories
from tests.plenty import plenty
from tests.services import action_cases
from tests.services.verb_case import NOW
from tests.services.verb_cases import CASES, NO_VERBS, STORIES
from tests.worlds import world
from tracker import services
from tracker.choices import EventKind, Move
from tracker.models import Event, triggers
from tracker.rules.refusal import Refused
from tracker.services import actions, moves, verification
from tracker.services.locking import Conflict

pytestmark = pytest.mark.django_db

# Words of the trail that other cases prove (the moves, a refused decision, the beginning), or no verb writes yet.
TOLD_ELSEWHERE = {
    *moves.EVENTS.values(),
    *action_cases.TOLD_ELSEWHERE,
    EventKind.EXTENSION_REFUSED,
    EventKind.ERASURE_REFUSED,
    EventKind.INSTALLATION_BEGUN,
}
NOT_YET: set[str] = set()
# Verbs that trust their caller, who has asked tracker.access before; and a lead of any authority may add a person.
TRUSTING = {"actions.hand_over", "people.add_person"}


def functions():
    """Every public function of tracker.services, by its module and name; of a package what stands in its door."""
    for found in pkgutil.iter_modules(services.__path__):
        module = importlib.import_module(f"tracker.services.{found.name}")
        for name, function in vars(module).items():
            own = inspect.isfunction(function) and f"{function.__module__}.".startswith(f"{module.__name__}.")
            if own and not name.startswith("_") and found.name not in STORIES:
                yield f"{found.name}.{name}", inspect.signature(function).parameters


def keyword_only(parameters):
    return {name for name, each in parameters.items() if each.kind is each.KEYWORD_ONLY}


VERBS = {name for name, parameters in functions() if {"by", "at"} <= keyword_only(parameters)}
VERSIONED = sorted(name for name, parameters in functions() if "version" in keyword_only(parameters))


@world
def there(rotherham):
    return plenty(rotherham, "rotherham")


@pytest.fixture
def guarded(db):
    """Whatever a case does to the guards, they are on again at its end."""
    yield
    triggers.install(connection)


def ready(name, there):
    case = CASES[name]
    case.before(there)
    by = factories.house() if case.who == "house" else factories.acting(getattr(there, case.who))
    return case, by


def test_every_verb_has_a_case():
    assert set(CASES) | set(NO_VERBS) == VERBS


def test_every_word_of_the_trail_is_written_by_some_verb():
    assert {case.kind for case in CASES.values()} | TOLD_ELSEWHERE | NOT_YET == set(EventKind)


def test_every_move_has_a_word_of_its_own():
    assert (set(moves.EVENTS), len(set(moves.EVENTS.values()))) == (set(Move), len(Move))


@pytest.mark.parametrize("name", CASES)
def test_a_verb_writes_exactly_one_event_of_its_kind_about_its_subject(there, guarded, name):
    case, by = ready(name, there)
    last = Event.objects.latest("id").pk
    case.call(there, by=by, at=NOW)
    written = Event.objects.filter(pk__gt=last).values_list("kind", "subject_type", "actor_id")
    assert list(written) == [(case.kind, case.subject, by.user.pk if by.user else None)]


@pytest.mark.parametrize("name", CASES)
def test_a_verb_s_event_tells_of_every_row_it_changed(there, guarded, name):
    case, by = ready(name, there)
    case.call(there, by=by, at=NOW)
    assert [finding.sentence for finding in verification.verify() if not finding.lawful] == []


@pytest.mark.parametrize("name", sorted({*CASES} - TRUSTING))
def test_a_verb_refused_to_a_stranger_writes_nothing(there, stranger, guarded, name):
    case, _ = ready(name, there)
    before = factories.everything()
    with pytest.raises(Refused):
        case.call(there, by=factories.acting(stranger), at=NOW)
    assert factories.everything() == before


@pytest.mark.parametrize("name", VERSIONED)
def test_a_change_made_to_an_old_version_is_a_conflict_and_writes_nothing(there, name):
    case, by = ready(name, there)
    before = factories.everything()
    with pytest.raises(Conflict):
        case.call(there, by=by, at=NOW, version=0)
    assert factories.everything() == before


def test_a_conflict_brings_the_record_as_it_stands(there):
    with pytest.raises(Conflict) as conflict:
        actions.assign(there.action, owner=None, by=factories.acting(there.lead), at=NOW, version=0)
    assert (conflict.value.current, conflict.value.current.version) == (there.action, there.action.version)


def test_the_present_version_is_no_conflict(there):
    kept = actions.assign(
        there.action, owner=None, by=factories.acting(there.lead), at=NOW, version=there.action.version
    )
    assert kept.version == there.action.version + 1


@pytest.mark.parametrize("who", ["owner", "partner", "board", "auditor"])
def test_who_keeps_no_people_adds_none(there, who):
    before = factories.everything()
    with pytest.raises(Refused, match="may add people"):
        CASES["people.add_person"].call(there, by=factories.acting(getattr(there, who)), at=NOW)
    assert factories.everything() == before


def test_a_hand_over_to_somebody_who_may_hold_no_action_writes_nothing(there):
    before = factories.everything()
    with pytest.raises(Refused, match="no role"):
        actions.hand_over(
            [there.action], of=there.owner, to=there.board, reason="left", by=factories.acting(there.lead), at=NOW
        )
    assert factories.everything() == before
