"""Which actions have had an update since they were called for."""

import pytest

from tests.factories import acting, at, submitted
from tracker.choices import Move, NoteKind
from tracker.models import Action
from tracker.services import actions, evidence, moves
from tracker.services.calls import updated_since

pytestmark = pytest.mark.django_db

CALLED, AFTER = at(2012, 11, 5), at(2012, 11, 6)


def updated():
    return updated_since(Action.objects.all(), CALLED)


def test_an_action_nobody_spoke_of_has_none(owned):
    assert updated() == frozenset()


def test_a_note_is_an_update(owned, owner):
    actions.note(owned, text="", kind=NoteKind.NO_CHANGE, by=acting(owner), at=AFTER)
    assert updated() == {owned.pk}


def test_a_note_of_a_lead_for_the_owner_is_one(owned, owner, lead):
    actions.note(owned, text="He rang.", on_behalf_of=owner, by=acting(lead), at=AFTER)
    assert updated() == {owned.pk}


def test_what_was_said_before_the_call_is_none(owned, owner):
    actions.note(owned, text="Begun.", by=acting(owner), at=at(2012, 11, 4))
    assert updated() == frozenset()


def test_a_note_at_the_very_moment_of_the_call_counts(owned, owner):
    actions.note(owned, text="Begun.", by=acting(owner), at=CALLED)
    assert updated() == {owned.pk}


def test_evidence_is_an_update_until_it_is_withdrawn(owned, owner):
    piece = evidence.add_note(owned, title="Audit", text="Ten files.", by=acting(owner), at=AFTER)
    assert updated() == {owned.pk}
    evidence.withdraw(piece, reason="wrong file", by=acting(owner), at=at(2012, 11, 7))
    assert updated() == frozenset()


def test_a_start_is_an_update(owned, owner):
    moves.move(owned, Move.START, by=acting(owner), at=AFTER)
    assert updated() == {owned.pk}


def test_a_lead_who_returns_an_action_brings_no_update(owned, owner, lead):
    kept = submitted(owned, by=owner)
    moves.move(kept, Move.RETURN, reason="Too few.", by=acting(lead), at=AFTER)
    assert updated() == frozenset()


def test_another_owner_or_other_words_are_none(owned, lead):
    kept = actions.assign(owned, owner=lead, by=acting(lead), at=AFTER)
    actions.edit(kept, what="See them", outcome="", start_on=None, by=acting(lead), at=AFTER)
    assert updated() == frozenset()
