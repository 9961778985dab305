"""The past that a demonstration can be begun with: told in order through the verbs, and leaving a trail without a gap."""

import pytest

from tests import factories
from tests.factories import ROOT, SEEDS, house
from tracker.choices import EventKind, NoteKind
from tracker.models import Event, ProgressNote
from tracker.rules.refusal import Refused
from tracker.services import intake, stories, verification
from tracker.services.stories import telling

K = EventKind
UNTIL = factories.at(2013, 3, 1)


def begin(until):
    return stories.begin(fixtures=ROOT / "fixtures", seeds=SEEDS, by=house(), until=until)


@pytest.fixture
def read_here(monkeypatch):
    """The reports are read in this process."""
    monkeypatch.setattr(intake, "read_bytes", factories.read_here)


def test_the_history_holds_what_an_auditor_looks_for_and_its_trail_is_whole(unbegun, read_here):
    begin(UNTIL)
    told = factories.events()
    wanted = (K.EXTENSION_GRANTED, K.EXTENSION_REFUSED, K.ACTION_RETURNED, K.ACTION_REOPENED, K.MEMBERSHIP_ENDED)
    assert [told.count(kind) for kind in wanted] == [1] * len(wanted)
    assert min(told.count(kind) for kind in (K.ACTION_SIGNED_OFF, K.CHALLENGE_RAISED, K.MEASURE_RECORDED)) >= 4
    assert told.count(K.CHALLENGE_ANSWERED) < told.count(K.CHALLENGE_RAISED)
    assert ProgressNote.objects.filter(kind=NoteKind.HELP).count() == 1
    assert [finding.sentence for finding in verification.verify()] == []


def test_the_scenes_happen_one_after_the_other_and_none_after_the_moment(unbegun, read_here):
    stop, further = factories.at(2012, 8, 14, 8, 45), factories.at(2012, 8, 14, 14)
    begin(stop)
    before = Event.objects.latest("id").recorded_at
    more = stories.go_on(seeds=SEEDS, after=stop, until=further)
    assert (before <= stop, more, Event.objects.latest("id").recorded_at <= further) == (True, 21, True)


def test_no_two_scenes_share_a_moment():
    moments = [scene.when for scene in telling.SCENES]
    assert len(moments) == len(set(moments))


def test_a_history_is_not_told_to_a_database_that_has_begun(db):
    with pytest.raises(Refused, match="has not begun"):
        begin(UNTIL)
