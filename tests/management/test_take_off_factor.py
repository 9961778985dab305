"""The way in for an administrator who has lost telephone and codes."""

import pytest
from django.core.management import CommandError, call_command

from tests import factories, signing_in
from tracker.services import second_factors

pytestmark = pytest.mark.django_db


def test_a_lost_factor_is_taken_off_on_the_command_line_with_its_reason(lead):
    signing_in.with_factor(lead, second_factors)
    call_command("take_off_factor", lead.email, "--reason", "new telephone")
    assert not second_factors.has_factor(lead) and factories.events()[-1] == "factor_taken_off"


def test_somebody_who_has_none_is_told_so(lead):
    with pytest.raises(CommandError, match="has no second factor"):
        call_command("take_off_factor", lead.email, "--reason", "new telephone")
