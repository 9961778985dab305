"""Which rows of every kind a person sees: those of their own authority's plan, and never another's."""

from datetime import date

import pytest

from tests import factories
from tests.plenty import people_of, plenty
from tests.worlds import world
from tracker import access
from tracker.access import VISIBLE, visible
from tracker.choices import Role
from tracker.models import (
    Action,
    ActionCheck,
    ActionStep,
    Authority,
    BankHoliday,
    BoardMeeting,
    BroughtRow,
    BulkChange,
    CalendarFeed,
    Chain,
    Challenge,
    Due,
    EarlierFigure,
    Erasure,
    Event,
    EventBody,
    Evidence,
    Extension,
    ImpactMeasure,
    Intake,
    Membership,
    Notice,
    Pack,
    ProgressNote,
    Recommendation,
    Recurrence,
    ReminderDefault,
    Report,
    ReportFamily,
    SavedFilter,
    Spreadsheet,
    StatutoryStep,
    Theme,
    User,
)
from tracker.rules.refusal import Refused

pytestmark = pytest.mark.django_db

TODAY = date(2013, 6, 3)
PLAN = {"lead", "owner", "board", "auditor"}
WORKING = {*PLAN, "partner in it"}
# For each kind of record the way to its authority, and who in that authority sees its rows.
OF_AUTHORITY = {
    Action: ("authority", WORKING),
    ActionCheck: ("action__authority", PLAN),
    ActionStep: ("action__authority", WORKING),
    Authority: ("pk", {*WORKING, "administrator"}),
    BoardMeeting: ("authority", PLAN),
    BulkChange: ("authority", {"lead"}),
    Challenge: ("authority", PLAN),
    Pack: ("authority", {"lead", "board", "auditor"}),
    Due: ("authority", {"lead"}),
    Erasure: ("authority", {"lead"}),
    Event: ("chain__authority", {"lead", "auditor"}),
    EarlierFigure: ("measure__action__authority", WORKING),
    Evidence: ("action__authority", PLAN),
    Extension: ("action__authority", WORKING),
    ImpactMeasure: ("action__authority", WORKING),
    Intake: ("authority", {"lead"}),
    Membership: ("authority", {*WORKING, "administrator"}),
    ProgressNote: ("action__authority", WORKING),
    Recommendation: ("report__authority", WORKING),
    Report: ("authority", WORKING),
    Spreadsheet: ("authority", {"lead"}),
    StatutoryStep: ("report__authority", PLAN),
    User: ("memberships__authority", {*WORKING, "administrator"}),
}
REFERENCE = [BankHoliday, ReminderDefault, ReportFamily, Theme]
OWN = [CalendarFeed, SavedFilter]
NOT_FOR_ANYBODY = [BroughtRow, Chain, EventBody, Notice, Recurrence]
PEOPLE = {Membership, User}
ROLES = ["lead", "owner", "partner in it", "board", "auditor", "administrator"]


@world
def council(rotherham):
    made = plenty(rotherham, "rotherham")
    made.action.partners.add(made.partner)
    return made


def of(model, authority):
    return set(model.objects.filter(**{OF_AUTHORITY[model][0]: authority.pk}))


def of_role(council, role):
    return getattr(council, "partner" if role == "partner in it" else role)


def test_every_kind_of_record_with_rows_to_see_is_in_the_table():
    assert set(VISIBLE) == {*OF_AUTHORITY, *REFERENCE, *OWN}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sees_the_kinds_of_record_that_are_theirs(council, role):
    person = of_role(council, role)
    seen = {model for model in OF_AUTHORITY if visible(model, person, TODAY).exists()}
    assert seen == {model for model, (_, who) in OF_AUTHORITY.items() if role in who}


def test_a_lead_sees_every_row_of_their_authority(council):
    short = [m for m in OF_AUTHORITY if not of(m, council.authority) <= set(visible(m, council.lead, TODAY))]
    assert not short


@pytest.mark.parametrize("role", ROLES)
def test_a_stranger_of_whatever_role_sees_none_of_the_rows(council, staffordshire, role):
    stranger = people_of(staffordshire)["partner" if role == "partner in it" else role]
    leaked = [m for m in OF_AUTHORITY if of(m, council.authority) & set(visible(m, stranger, TODAY))]
    assert not leaked


def test_a_site_administrator_sees_people_and_none_of_the_authority_s_rows(council):
    root = factories.person("Rosa Quill", is_staff=True, is_superuser=True)
    assert {model for model in OF_AUTHORITY if visible(model, root, TODAY).exists()} == PEOPLE


def test_staff_of_the_site_see_themselves_and_nothing_else(council):
    clerk = factories.person("Tom Finch", is_staff=True)
    seen = {model: list(visible(model, clerk, TODAY)) for model in OF_AUTHORITY}
    assert {model: rows for model, rows in seen.items() if rows} == {User: [clerk]}


@pytest.mark.parametrize("model", VISIBLE)
def test_an_inactive_person_sees_no_row_at_all(council, model):
    council.lead.is_active = False
    council.lead.save()
    assert not visible(model, council.lead, TODAY).exists()


@pytest.mark.parametrize("role", ROLES)
def test_an_ended_membership_leaves_the_sight_of_itself_alone(council, role):
    person = of_role(council, role)
    Membership.objects.filter(user=person).update(ended_at=factories.at(2013, 6, 1))
    assert {model for model in OF_AUTHORITY if visible(model, person, TODAY).exists()} == PEOPLE


def test_who_left_sees_nobody_but_themselves(council):
    Membership.objects.filter(user=council.lead).update(ended_at=factories.at(2013, 6, 1))
    assert list(visible(User, council.lead, TODAY)) == [council.lead]


@pytest.mark.parametrize("model", REFERENCE)
def test_reference_rows_are_open_to_everybody_who_is_signed_in(db, model):
    assert visible(model, factories.person("Tom Finch"), TODAY).count() == model.objects.count() > 0


@pytest.mark.parametrize("model", NOT_FOR_ANYBODY)
def test_a_kind_of_record_that_is_not_listed_shows_nothing(council, model):
    root = factories.person("Rosa Quill", is_staff=True, is_superuser=True)
    factories.memberships.grant_membership(
        user=root, authority=council.authority, role=Role.LEAD, by=factories.house(), at=factories.at(2013, 6, 1)
    )
    assert not visible(model, root, TODAY).exists()


def test_a_partner_sees_the_report_and_recommendation_of_their_own_actions_alone(council):
    seen = [list(visible(model, council.partner, TODAY)) for model in (Action, Recommendation, Report)]
    assert seen == [[council.action], [council.action.recommendation], [council.report]]


def test_a_partner_sees_themselves_and_who_answers_for_the_actions_they_share(council):
    council.action.accountable = council.second
    council.action.save()
    seen = set(visible(User, council.partner, TODAY))
    assert seen == {council.partner, council.owner, council.second}


def test_a_partner_of_no_action_sees_themselves_alone(rotherham):
    people = people_of(rotherham)
    assert list(visible(User, people["partner"], TODAY)) == [people["partner"]]


def test_a_partner_who_has_another_role_sees_their_colleagues(council):
    factories.memberships.grant_membership(
        user=council.partner,
        authority=council.authority,
        role=Role.BOARD,
        by=factories.house(),
        at=factories.at(2013, 6, 1),
    )
    assert of(User, council.authority) <= set(visible(User, council.partner, TODAY))


def test_a_board_member_sees_no_confidential_evidence(council):
    assert set(visible(Evidence, council.board, TODAY).values_list("confidential", flat=True)) == {False}


def test_an_administrator_sees_who_has_access_and_nobody_s_plan(council):
    assert of(Membership, council.authority) <= set(visible(Membership, council.administrator, TODAY))


@pytest.mark.parametrize("role", ["owner", "partner", "board", "auditor"])
def test_who_does_not_keep_people_sees_their_own_memberships_alone(council, role):
    person = getattr(council, role)
    assert {row.user for row in visible(Membership, person, TODAY)} == {person}


def test_the_people_of_an_authority_are_kept_by_its_leads_and_administrators_and_the_site(council):
    root = factories.person("Rosa Quill", is_superuser=True)
    keepers = {who for who in ("lead", "owner", "board", "administrator") if keeps(getattr(council, who), council)}
    assert (keepers, keeps(root, council)) == ({"lead", "administrator"}, True)


def keeps(person, council):
    """Whether they may change who has access; the check and the authorities offered to them have to agree."""
    offered = council.authority in access.grantable_authorities(person)
    try:
        access.check_people(factories.acting(person), council.authority)
    except Refused:
        assert not offered
    return offered


def test_only_the_site_s_administrators_and_the_house_pass_for_the_site(council):
    access.check_site(factories.acting(factories.person("Rosa Quill", is_superuser=True)))
    access.check_site(factories.house())
    with pytest.raises(Refused, match="administrator of the site"):
        access.check_site(factories.acting(council.lead))


def test_actions_may_be_given_to_current_leads_owners_and_partners(council):
    Membership.objects.filter(user=council.second).update(ended_at=factories.at(2013, 6, 1))
    assert set(access.assignable_people(council.authority)) == {council.lead, council.owner, council.partner}


def test_a_role_counts_from_the_moment_it_is_granted_until_it_ends():
    authority, person = Authority.objects.get(code="RTH"), factories.person("Una Bell")
    assert not visible(Authority, person, TODAY)
    held = Membership.objects.create(
        user=person, authority=authority, role=Role.OWNER, granted_at=factories.at(2013, 6, 1)
    )
    assert set(visible(Authority, person, TODAY)) == {authority}
    Membership.objects.filter(pk=held.pk).update(ended_at=factories.at(2013, 6, 2))
    assert not visible(Authority, person, TODAY)


@pytest.mark.parametrize("change", [{"is_superuser": False}, {"is_active": False}])
def test_an_administrator_who_is_one_no_longer_sees_nobody_s_roles(council, change):
    person = factories.person("Rosa Quill", is_superuser=True)
    assert visible(Membership, person, TODAY)
    User.objects.filter(pk=person.pk).update(**change)
    person.refresh_from_db()
    assert not visible(Membership, person, TODAY)


def test_rows_that_were_read_once_are_read_again(council):
    first, again = (visible(Action, council.lead, TODAY) for _ in range(2))
    assert list(first) and again._result_cache is None
