"""The actions of a moment: kept small, with their states in a file, and handed out in the order of their references."""

import gc
import os

import pytest

from tracker.choices import Delivery, Impact
from tracker.rules.since import Stood
from tracker.services.packs.entries import Entries, Entry

LATE = Stood(Delivery.RED, is_overdue=True, is_silent=False)
WELL = Stood(Delivery.GREEN)
FIRST = Entry(3, "RTH-2012-02", 7, LATE, Impact.EMERGING, True, 41)
SECOND = Entry(5, "RTH-2012-01", 7, WELL, Impact.EMBEDDED, False, 0)
STATES = {3: {"what": "train – everybody", "partners": [1, 2], "closed": None}, 5: {"what": "", "closed": True}}


@pytest.fixture
def entries():
    found = Entries()
    for entry in (FIRST, SECOND):
        found.put(entry, STATES[entry.number])
    found.settle()
    return found


def test_they_come_in_the_order_of_their_references(entries):
    assert list(entries.in_order()) == [SECOND, FIRST]
    assert list(entries) == [5, 3]


def test_each_is_found_by_its_number(entries):
    assert (entries[3], entries[5], entries.get(4), len(entries)) == (FIRST, SECOND, None, 2)


@pytest.mark.parametrize("number", STATES)
def test_a_state_comes_back_as_it_was_put_in_as_often_as_it_is_asked_for(entries, number):
    assert [entries.state(number), entries.state(number)] == [STATES[number], STATES[number]]


@pytest.mark.parametrize("number", [2, 4, 6])
def test_there_is_no_state_of_what_is_not_there(entries, number):
    with pytest.raises(KeyError):
        entries.state(number)


def test_nobody_finds_the_file_by_a_name(entries):
    assert os.fstat(entries._states.fileno()).st_nlink == 0


def test_the_file_goes_with_them():
    entries = Entries()
    file = entries._states
    del entries
    gc.collect()
    assert file.closed


def test_it_is_known_how_many_stand_alike():
    entries = Entries()
    for entry in (FIRST, SECOND, FIRST._replace(number=6)):
        entries.put(entry, {})
    assert dict(entries.judged()) == {(LATE, Impact.EMERGING, True): 2, (WELL, Impact.EMBEDDED, False): 1}
