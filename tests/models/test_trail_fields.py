"""Every field of every record is in the trail, or stands outside it for a reason."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.apps import apps

from tracker.models import Action, Trailed
from tracker.models.trailed import plain

KINDS = sorted(Trailed.__subclasses__(), key=lambda model: model.__name__)
# What is no part of the trail: the trail itself, the ledgers of notices and packs, which are their own, and personal settings.
OUTSIDE = {"Chain", "Event", "EventBody", "Due", "Notice", "Pack", "PlannerRun", "SavedFilter", "Told"}


def fields_of(model):
    return [field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)]


@pytest.mark.parametrize("model", KINDS)
def test_every_field_is_in_the_trail_or_outside_it_for_a_reason(model):
    assert sorted([*model.TRAIL_FIELDS, *model.OUTSIDE_TRAIL]) == sorted(fields_of(model))


@pytest.mark.parametrize("model", KINDS)
def test_a_field_outside_the_trail_says_why(model):
    assert all(len(reason.split()) > 1 for reason in model.OUTSIDE_TRAIL.values())


def test_every_kind_of_record_but_the_trail_and_the_ledger_is_kept_in_the_trail():
    every = apps.get_app_config("tracker").get_models()
    assert {model.__name__ for model in every if not issubclass(model, Trailed)} == OUTSIDE


def test_no_two_kinds_of_record_share_a_word_in_the_trail():
    words = [model.trail_type() for model in KINDS]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (None, None),
        (True, True),
        (7, 7),
        ("words", "words"),
        (date(2012, 8, 10), "2012-08-10"),
        (datetime(2012, 8, 10, 9, 30, tzinfo=UTC), "2012-08-10T09:30:00.000000Z"),
        (Decimal("1.50"), "1.5"),
        ((date(2012, 8, 10), "x"), ["2012-08-10", "x"]),
        ({"on": date(2012, 8, 10)}, {"on": "2012-08-10"}),
    ],
)
def test_a_stored_value_is_kept_as_plain_words_and_numbers(value, kept):
    assert plain(value) == kept


def test_what_the_trail_cannot_keep_is_an_error_and_never_a_guess():
    with pytest.raises(TypeError, match="object"):
        plain(object())


def test_related_records_that_were_fetched_beforehand_are_not_asked_for_again(action, owner, django_assert_num_queries):
    action.partners.add(owner)
    row = Action.objects.prefetch_related("partners").get(pk=action.pk)
    with django_assert_num_queries(0):
        state = row.trail_state()
    assert state == action.trail_state() and state["partners"] == [owner.pk]
