"""A report that the authority has accepted already is known by its inspection, though its bytes differ."""

import pytest

from tests import factories
from tracker.extraction import read_here
from tracker.services import intake

MOMENT = factories.at(2012, 9, 10)


def received(authority, data):
    by = factories.house()
    return intake.receive(
        data, name="x.txt", authority=authority, by=by, at=MOMENT, reading=read_here(data, name="x.txt")
    )


@pytest.fixture
def seed():
    return next(factories.SEEDS.glob("*rotherham*.txt")).read_bytes()


@pytest.mark.django_db
def test_another_copy_of_an_accepted_report_has_a_twin(rotherham, seed):
    report = factories.accepted_seed("rotherham", rotherham, by=factories.house(), moment=MOMENT)
    assert intake.twin_of(received(rotherham, seed + b"\n")) == report


@pytest.mark.django_db
def test_the_first_copy_has_none(rotherham, seed):
    assert intake.twin_of(received(rotherham, seed)) is None


@pytest.mark.django_db
def test_another_authoritys_report_is_no_twin(rotherham, staffordshire, seed):
    factories.accepted_seed("rotherham", staffordshire, by=factories.house(), moment=MOMENT)
    assert intake.twin_of(received(rotherham, seed)) is None
