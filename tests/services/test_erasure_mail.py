"""An erasure after a breach is told to the leads who may decide on it, on the next working day, without what it is about."""

import pytest

from tests import factories
from tests.factories import acting, at
from tests.mornings import kinds, lines, morning
from tests.worlds import world
from tracker.choices import DigestChoice, NoteKind, Occasion, Role
from tracker.models import Action, Membership
from tracker.rules.digest import Place
from tracker.services import actions, erasures, mail_choices, notices, reference

pytestmark = pytest.mark.django_db

WORDS = "Jordan Quixotrel of Elm Street was not seen."
ASKED = at(2012, 10, 2, 15)  # a Tuesday


@world
def second(rotherham):
    return factories.member("Greta Field", rotherham, Role.LEAD)


@world
def note(owned, owner, lead, rotherham):
    """A note that names a child, and nothing else that anybody would be told of on these days."""
    reference.change_settings(rotherham, settings={"digest_weekday": 4}, by=acting(lead), at=at(2012, 9, 1))
    Action.objects.update(next_notice_on=None)
    return actions.note(owned, text=WORDS, by=acting(owner), at=at(2012, 10, 2))


def asked(note, lead):
    return erasures.ask_erasure(note, reason="a child is named", by=acting(lead), at=ASKED)


def test_the_other_leads_are_told_on_the_next_morning_and_who_asked_is_not(note, lead, second):
    asked(note, lead)
    found = morning(2012, 10, 3)
    assert (kinds(found[second.name]), lead.name in found) == ({Occasion.ERASURE_ASKED}, False)


def test_the_line_leads_to_the_decision_and_names_nothing_of_what_it_is_about(note, lead, second):
    erasure = asked(note, lead)
    letter = morning(2012, 10, 3)[second.name]
    line = next(line for section in letter.digest.sections for line in section.lines if line.place is Place.ERASURE)
    assert (line.number, line.says, line.new) == (erasure.pk, "asked for by Amina Lark, 1 day ago", True)
    assert not {"Quixotrel", "child", note.action.reference} & set(f"{line.reference} {line.what} {line.says}".split())


def test_it_comes_before_all_else_that_waits(note, lead, second, owner):
    actions.note(note.action, text="Stuck.", kind=NoteKind.HELP, by=acting(owner), at=ASKED)
    asked(note, lead)
    assert lines(morning(2012, 10, 3)[second.name], "Waiting for you") == ["Erasure", note.action.reference]


def test_it_is_told_once(note, lead, second):
    asked(note, lead)
    morning(2012, 10, 3)
    assert second.name not in morning(2012, 10, 4)


def test_it_stands_in_every_digest_until_somebody_has_decided(note, lead, second):
    asked(note, lead)
    morning(2012, 10, 3)
    assert "Erasure" in lines(morning(2012, 10, 5)[second.name], "Waiting for you")  # the week's, on Friday


def test_what_was_decided_meanwhile_is_not_told(note, lead, second):
    erasures.decide_erasure(asked(note, lead), granted=True, by=acting(second), at=at(2012, 10, 2, 16))
    assert second.name not in morning(2012, 10, 3)


@pytest.mark.parametrize("choice", DigestChoice)
def test_a_breach_waits_for_no_choice_of_days(note, lead, second, choice):
    mail_choices.choose(second, choice=choice, by=acting(second), at=at(2012, 9, 3))
    asked(note, lead)
    assert second.name in morning(2012, 10, 3)


def test_where_nobody_else_leads_it_stays_owed_until_somebody_does(note, lead, rotherham):
    asked(note, lead)
    morning(2012, 10, 3)
    later = factories.member("Hana Brook", rotherham, Role.LEAD)
    assert kinds(morning(2012, 10, 4)[later.name]) == {Occasion.ERASURE_ASKED}


@pytest.fixture
def standing_in(note, second, owner):
    """The owner stands in for the second lead: an owner may decide on no erasure."""
    days = {"deputy_from": at(2012, 10, 1).date(), "deputy_to": at(2012, 10, 9).date()}
    Membership.objects.filter(user=second).update(deputy=owner, **days)
    return owner


def test_who_only_stands_in_for_a_lead_is_not_told_and_the_lead_is(note, lead, second, standing_in):
    asked(note, lead)
    found = morning(2012, 10, 3)
    assert (second.name in found, standing_in.name in found) == (True, False)


def test_it_stands_in_no_digest_of_who_only_stands_in_for_a_lead(note, lead, second, standing_in):
    asked(note, lead)
    actions.note(note.action, text="Stuck.", kind=NoteKind.HELP, by=acting(standing_in), at=ASKED)
    assert lines(morning(2012, 10, 3)[standing_in.name], "Waiting for you") == [note.action.reference]


def test_the_council_s_list_of_mail_names_an_erasure_and_nothing_of_what_it_is_about(note, lead, second, rotherham):
    asked(note, lead)
    owed = [each for each in notices.owed_in(rotherham, on=at(2012, 10, 3).date()) if each.person == second.pk]
    assert ("Erasure", None) in [(each.about, each.action) for each in owed]
