"""The roles by what they may hold and read, and in words."""

from tracker.choices import Role
from tracker.rules.roles import IN_WORDS, READING, WORKING


def test_leads_owners_and_partners_may_hold_actions():
    assert set(WORKING) == {Role.LEAD, Role.OWNER, Role.PARTNER}


def test_leads_owners_board_members_and_auditors_see_the_whole_plan():
    assert set(READING) == {Role.LEAD, Role.OWNER, Role.BOARD, Role.AUDITOR}


def test_every_role_is_told_in_words_of_its_own():
    assert set(IN_WORDS) == set(Role) and len(set(IN_WORDS.values())) == len(Role)
