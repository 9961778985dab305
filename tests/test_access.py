"""The table of roles, typed anew: how far each ability reaches for whom, by the checks and by the rows they leave."""

from datetime import date, timedelta

import pytest

from tests import factories
from tests.worlds import world
from tracker import access
from tracker.choices import AcceptedAs, EvidenceKind, Family, Role
from tracker.models import Action, Evidence, Membership, Recommendation, Report
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2012, 10, 8), date(2012, 10, 19)
TODAY = FIRST
NEVER, OWN, SHARED, OPEN, ALL = "never", "own", "own or shared", "what is open", "all"
ROLES = (Role.LEAD, Role.OWNER, Role.PARTNER, Role.BOARD, Role.AUDITOR, Role.ADMINISTRATOR)
TABLE = {
    #                          lead  owner partner  board  auditor  administrator
    Ability.SEE_PLAN: (ALL, ALL, SHARED, ALL, ALL, NEVER),
    Ability.SEE_EVIDENCE: (ALL, OWN, OWN, OPEN, ALL, NEVER),
    Ability.WORK: (ALL, OWN, OWN, NEVER, NEVER, NEVER),
    Ability.CHALLENGE: (ALL, NEVER, NEVER, ALL, NEVER, NEVER),
    Ability.ASK_EXTENSION: (OWN, OWN, OWN, NEVER, NEVER, NEVER),
    Ability.DECIDE_EXTENSION: (ALL, NEVER, NEVER, NEVER, NEVER, NEVER),
    Ability.SIGN_OFF: (ALL, NEVER, NEVER, NEVER, NEVER, NEVER),
    Ability.KEEP_PLAN: (ALL, NEVER, NEVER, NEVER, NEVER, NEVER),
    Ability.EXPORT: (ALL, OWN, NEVER, OPEN, ALL, NEVER),
    Ability.SEE_TRAIL: (ALL, NEVER, NEVER, NEVER, ALL, NEVER),
    Ability.KEEP_PEOPLE: (ALL, NEVER, NEVER, NEVER, NEVER, ALL),
}
# What the person is to the action, and the day on which they ask.
OWNING = {"owner": TODAY, "deputy on the first day": FIRST, "deputy on the last day": LAST}
SHARING = {"partner in it": TODAY}
APART = {
    "deputy on the day before": FIRST - timedelta(days=1),
    "deputy on the day after": LAST + timedelta(days=1),
    "unrelated": TODAY,
}
DAYS = {**OWNING, **SHARING, **APART}
REACHED = {NEVER: set(), OWN: {*OWNING}, SHARED: {*OWNING, *SHARING}, OPEN: {*DAYS}, ALL: {*DAYS}}
CELLS = [(ability, role, how_far) for ability, row in TABLE.items() for role, how_far in zip(ROLES, row, strict=True)]


def make_action(authority, owner):
    """An action of a report, with a piece of evidence that is open and one that is not; no verb, no trail."""
    report = Report.objects.create(
        authority=authority,
        family=Family.AUDIT,
        title="Audit",
        series="2012",
        accepted_as=AcceptedAs.PLAN,
        accepted_at=factories.at(2012, 9, 1),
    )
    action = Action.objects.create(
        authority=authority,
        recommendation=Recommendation.objects.create(report=report, number=1, text="see every child alone"),
        reference=f"{authority.code}-2012-01",
        what="see every child alone",
        owner=owner,
        assigned_on=TODAY,
        accepted_on=date(2012, 9, 1),
        last_heard_at=factories.at(2012, 9, 1),
    )
    for confidential in (False, True):
        Evidence.objects.create(
            action=action,
            kind=EvidenceKind.NOTE,
            title="Audit",
            text="Twenty files were read.",
            confidential=confidential,
            received_at=factories.at(2012, 9, 2),
            added_by=owner,
        )
    return action


def grant(user, authority, role, **more):
    return Membership.objects.create(
        user=user, authority=authority, role=role, granted_at=factories.at(2012, 9, 1), **more
    )


@world
def principal(db):
    return factories.person("Ines Holt")


@world
def subject(db):
    return factories.person("Sam Birch")


@world
def plan_action(rotherham, principal):
    grant(principal, rotherham, Role.OWNER)
    return make_action(rotherham, principal)


def relate(action, user, relation):
    """Make the person what the relation says; the day on which they then ask."""
    if relation == "owner":
        action.owner = user
        action.save()
    if relation == "partner in it":
        action.partners.add(user)
    if relation.startswith("deputy"):
        Membership.objects.filter(user=action.owner).update(deputy=user, deputy_from=FIRST, deputy_to=LAST)
    return DAYS[relation]


def lets_through(check, *args, **more):
    try:
        check(*args, **more)
    except Refused:
        return False
    return True


ROWS = {
    Ability.SEE_PLAN: access.visible_actions,
    Ability.WORK: access.workable_actions,
    Ability.EXPORT: access.exportable_actions,
}


def test_the_table_names_every_ability_and_every_role():
    assert (set(TABLE), set(ROLES)) == (set(Ability), set(Role))


@pytest.mark.parametrize("relation", DAYS)
@pytest.mark.parametrize(("ability", "role", "how_far"), CELLS)
def test_an_ability_reaches_an_action_as_the_table_says(
    plan_action, subject, rotherham, ability, role, how_far, relation
):
    grant(subject, rotherham, role)
    on = relate(plan_action, subject, relation)
    wanted = relation in REACHED[how_far]
    found = {
        "can": access.can_action(subject, ability, plan_action, on=on),
        "check": lets_through(access.check_action, factories.acting(subject), ability, plan_action, on=on),
        "rows": plan_action in ROWS[ability](subject, on) if ability in ROWS else wanted,
    }
    assert found == {"can": wanted, "check": wanted, "rows": wanted}


@pytest.mark.parametrize(("ability", "role", "how_far"), CELLS)
def test_an_ability_reaches_the_whole_authority_only_where_the_table_says_all(
    subject, rotherham, ability, role, how_far
):
    grant(subject, rotherham, role)
    checked = lets_through(access.check, factories.acting(subject), ability, rotherham)
    assert (access.can(subject, ability, rotherham), checked) == (how_far == ALL, how_far == ALL)


@pytest.mark.parametrize("relation", DAYS)
@pytest.mark.parametrize("confidential", [False, True])
@pytest.mark.parametrize(("role", "how_far"), list(zip(ROLES, TABLE[Ability.SEE_EVIDENCE], strict=True)))
def test_evidence_is_seen_as_the_table_says(plan_action, subject, rotherham, role, how_far, confidential, relation):
    grant(subject, rotherham, role)
    on = relate(plan_action, subject, relation)
    piece = plan_action.evidence.get(confidential=confidential)
    wanted = relation in REACHED[how_far] and not (how_far == OPEN and confidential)
    checked = lets_through(access.check_evidence, factories.acting(subject), piece, on=on)
    assert (piece in access.visible(Evidence, subject, on), checked) == (wanted, wanted)


def test_a_board_member_who_owns_an_action_sees_its_confidential_evidence(plan_action, subject, rotherham):
    for role in (Role.BOARD, Role.OWNER):
        grant(subject, rotherham, role)
    relate(plan_action, subject, "owner")
    assert access.visible(Evidence, subject, TODAY).count() == 2


def test_a_board_member_who_owns_another_action_sees_what_is_open(plan_action, subject, rotherham):
    for role in (Role.BOARD, Role.OWNER):
        grant(subject, rotherham, role)
    assert [piece.confidential for piece in access.visible(Evidence, subject, TODAY)] == [False]


def test_a_board_member_who_is_a_lead_sees_all_evidence(plan_action, subject, rotherham):
    for role in (Role.BOARD, Role.LEAD):
        grant(subject, rotherham, role)
    assert access.visible(Evidence, subject, TODAY).count() == 2


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("ability", Ability)
def test_the_same_role_in_another_authority_reaches_nothing(plan_action, subject, staffordshire, ability, role):
    grant(subject, staffordshire, role)
    relate(plan_action, subject, "owner")
    found = [access.can_action(subject, ability, plan_action, on=TODAY)]
    found += [access.can(subject, ability, plan_action.authority)]
    found += [plan_action in ROWS[ability](subject, TODAY)] if ability in ROWS else []
    assert not any(found)


def no_longer(membership):
    membership.ended_at = factories.at(2012, 10, 1)
    membership.save()


def signs_in_no_more(membership):
    membership.user.is_active = False
    membership.user.save()


@pytest.mark.parametrize("lost", [no_longer, signs_in_no_more])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("ability", Ability)
def test_nothing_is_left_of_an_ended_membership_or_an_inactive_person(
    plan_action, subject, rotherham, ability, role, lost
):
    lost(grant(subject, rotherham, role))
    relate(plan_action, subject, "owner")
    subject.refresh_from_db()
    found = [access.can_action(subject, ability, plan_action, on=TODAY), access.can(subject, ability, rotherham)]
    found += [plan_action in ROWS[ability](subject, TODAY)] if ability in ROWS else []
    assert not any(found)


@pytest.mark.parametrize("ability", Ability)
def test_a_site_administrator_without_a_membership_reaches_nothing(plan_action, subject, ability):
    subject.is_staff = subject.is_superuser = True
    subject.save()
    relate(plan_action, subject, "owner")
    found = [access.can_action(subject, ability, plan_action, on=TODAY)]
    found += [access.can(subject, ability, plan_action.authority)]
    found += [plan_action in ROWS[ability](subject, TODAY)] if ability in ROWS else []
    assert not any(found)


def test_nobody_stands_in_for_an_owner_who_has_left(plan_action, subject, rotherham, principal):
    grant(subject, rotherham, Role.OWNER)
    on = relate(plan_action, subject, "deputy on the first day")
    no_longer(Membership.objects.get(user=principal))
    assert not access.can_action(subject, Ability.WORK, plan_action, on=on)


def test_nobody_stands_in_for_an_action_without_an_owner(plan_action, subject, rotherham):
    grant(subject, rotherham, Role.OWNER)
    plan_action.owner = plan_action.assigned_on = None
    assert not access.stands_as_owner(subject, plan_action, TODAY)


def test_who_holds_several_roles_reaches_as_far_as_the_farthest(plan_action, subject, rotherham):
    for role in (Role.PARTNER, Role.LEAD):
        grant(subject, rotherham, role)
    assert access.can(subject, Ability.WORK, rotherham)
