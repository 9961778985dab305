"""Evidence erased after a breach: by two people, whole, and told by the trail for ever."""

import pytest
from django.core.files.storage import default_storage

from tests import factories
from tests.factories import acting, at
from tests.worlds import world
from tracker.choices import Role
from tracker.models import Erasure, EventBody, Evidence
from tracker.rules.refusal import Refused
from tracker.services import erasures, evidence, history, verification

pytestmark = pytest.mark.django_db

NOW = at(2012, 10, 1)


@world
def second(rotherham):
    return factories.member("Greta Field", rotherham, Role.LEAD)


@world
def file(owned, owner):
    return evidence.add_file(owned, data=b"Minutes", name="Minutes.TXT", by=acting(owner), at=NOW)


def add_note(action, by):
    return evidence.add_note(action, text="Twenty files were read.", title="", by=acting(by), at=NOW)


def withdraw(piece, by, reason="wrong files"):
    return evidence.withdraw(piece, reason=reason, by=acting(by), at=NOW)


@world
def asked(file, lead):
    return erasures.ask_erasure(file, reason="a child is named", by=acting(lead), at=NOW)


def decide(asked, by, granted=True, **more):
    return erasures.decide_erasure(asked, granted=granted, by=acting(by), at=at(2012, 10, 2), **more)


@pytest.fixture
def erased(asked, second, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        decide(asked, second)
    return Evidence.objects.get(pk=asked.evidence_id)


def test_asking_erases_nothing(asked):
    assert (asked.evidence.erased_at, default_storage.exists(asked.evidence.file.name)) == (None, True)


def test_an_erasure_is_not_decided_by_who_asked(asked, lead):
    before = factories.events()
    with pytest.raises(Refused, match="second person"):
        decide(asked, lead)
    assert (Erasure.objects.get().granted, factories.events()) == (None, before)


def test_an_erased_file_is_gone_and_so_are_its_name_and_words(erased, asked):
    assert (erased.file.name, erased.title, erased.text, erased.url) == ("", erasures.TITLE, "", "")
    assert not default_storage.exists(asked.evidence.file.name)


def test_the_bodies_that_told_of_it_are_emptied(erased):
    told = EventBody.objects.filter(subject_type="evidence", subject_id=erased.pk).order_by("event_id")
    assert [body.body is None for body in told] == [True, False]


def test_what_was_erased_stands_nowhere_in_the_trail(erased):
    assert not EventBody.objects.filter(body__contains="Minutes.TXT").exists()


def test_verification_tells_a_lawful_erasure_apart(erased):
    found = list(verification.verify())
    assert [finding.lawful for finding in found] == [True]
    assert "erased by Amina Lark and Greta Field on 2 October 2012" in found[0].sentence


def test_a_body_emptied_beside_the_erasure_is_no_lawful_one(erased, owned):
    body = EventBody.objects.filter(subject_type="action").first()
    factories.triggers.remove(factories.connection)
    EventBody.objects.filter(pk=body.pk).update(body=None, salt=None)
    factories.triggers.install(factories.connection)
    assert [finding for finding in verification.verify() if not finding.lawful]


def test_the_reason_of_a_withdrawal_goes_with_what_is_erased(
    file, owner, lead, second, django_capture_on_commit_callbacks
):
    withdraw(file, owner, reason="it is about Jayden")
    asked = erasures.ask_erasure(file, reason="a child is named", by=acting(lead), at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        decide(asked, second)
    assert Evidence.objects.get().withdrawn_reason == erasures.TITLE
    assert not EventBody.objects.filter(body__contains="Jayden").exists()


def test_nothing_of_an_erased_file_stays_on_the_disk(erased, settings):
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_an_erasure_is_refused_with_a_reason(asked, second):
    with pytest.raises(Refused, match="reason"):
        decide(asked, second, granted=False)


def test_an_erased_piece_is_left_out_of_the_past(erased):
    through = history.resolve(erased.action.authority, NOW)
    assert erased.pk not in history.states("evidence", through)


def test_erased_evidence_is_neither_withdrawn_nor_downloaded_nor_erased_again(erased, owner, lead):
    with pytest.raises(Refused, match="already"):
        withdraw(erased, owner)
    with pytest.raises(Refused, match="no file"):
        evidence.downloaded(erased, by=acting(owner), at=NOW)
    with pytest.raises(Refused, match="already"):
        erasures.ask_erasure(erased, reason="again", by=acting(lead), at=NOW)


def test_an_erasure_is_asked_for_once_and_with_a_reason(asked, second, lead, owned, owner):
    with pytest.raises(Refused, match="already"):
        erasures.ask_erasure(asked.evidence, reason="again", by=acting(second), at=NOW)
    with pytest.raises(Refused, match="reason"):
        erasures.ask_erasure(add_note(owned, owner), reason=" ", by=acting(lead), at=NOW)


def test_a_refused_erasure_erases_nothing_and_is_decided(asked, second):
    decide(asked, second, granted=False, reason="nobody is named")
    assert (factories.events()[-1], default_storage.exists(asked.evidence.file.name)) == ("erasure_refused", True)
    with pytest.raises(Refused, match="decided already"):
        decide(asked, second)
