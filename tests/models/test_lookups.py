"""Rows with one of very many numbers."""

import pytest
from django.db import connection

from tests import factories
from tracker.models import Authority, Membership

pytestmark = pytest.mark.django_db


def places(**which):
    return set(Authority.objects.filter(**which).values_list("code", flat=True))


def test_the_rows_with_one_of_the_numbers_are_found():
    numbers = list(Authority.objects.filter(code__in=["RTH", "STF"]).values_list("pk", flat=True))
    assert places(pk__among=numbers) == {"RTH", "STF"}


def test_the_number_may_be_that_of_another_record():
    person = factories.member("Una Bell", Authority.objects.get(code="RTH"), "owner")
    assert [held.user for held in Membership.objects.filter(user__among=[person.pk])] == [person]


@pytest.mark.parametrize("numbers", [[], [None]], ids=["no number", "nothing but an empty one"])
def test_none_of_none_is_found(numbers):
    assert places(pk__among=numbers) == set()


def test_the_numbers_may_come_from_a_question():
    assert places(pk__among=Authority.objects.filter(code="RTH").values("pk")) == {"RTH"}


def test_thousands_are_one_value_on_postgresql():
    found = Authority.objects.filter(pk__among=range(1, 2001)).only("pk").order_by()
    _, values = found.query.get_compiler(connection=connection).as_sql()
    assert len(values) == (1 if connection.vendor == "postgresql" else 2000)


def test_those_that_are_none_of_them_are_found_too():
    others = list(Authority.objects.exclude(code="RTH").values_list("pk", flat=True))
    assert set(Authority.objects.exclude(pk__among=others).values_list("code", flat=True)) == {"RTH"}
