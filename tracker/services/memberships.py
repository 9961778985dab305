"""Who has which role where: inviting, granting, changing, ending. Nobody is left behind, and a council keeps a lead.

Each check_… answers a page before it is opened, and the verb when it is called: one answer for both.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from tracker.access import Actor, check_people
from tracker.choices import EventKind, Role
from tracker.models import Action, Authority, Membership, Trailed, User
from tracker.rules.london import day_of
from tracker.rules.refusal import Refused
from tracker.rules.roles import READING, WORKING
from tracker.rules.written_dates import counted
from tracker.services import actions, people, trail
from tracker.services.locking import locked


@dataclass(frozen=True)
class Invited:
    """What an invitation came to: the membership, and whether the person was added for it."""

    membership: Membership
    is_new: bool


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    authority: Authority,
    role: Role,
    by: Actor,
    at: datetime,
    job_title: str = "",
    organisation: str = "",
    sees_confidential: bool = False,
) -> Invited:
    """Give a role to the person of that address, who is added where nobody has it. Raises Refused.

    Somebody who is there already keeps their own name and details. Nothing is refused to one and not to the other, so
    that a refusal does not tell who has an account: that is told by the membership alone, which stands in the trail.
    """
    check_people(by, authority)
    if not name.strip():
        raise Refused("Enter their name.", "name")
    known = people.person_of(email)
    person = known or people.add_person(
        email=email, name=name, job_title=job_title, organisation=organisation, by=by, at=at
    )
    granted = grant_membership(
        user=person, authority=authority, role=role, sees_confidential=sees_confidential, by=by, at=at
    )
    return Invited(granted, known is None)


@transaction.atomic
def grant_membership(
    *, user: User, authority: Authority, role: Role, by: Actor, at: datetime, sees_confidential: bool = False
) -> Membership:
    """Give a person a role in an authority. Raises Refused where they hold it already, and to oneself.

    Only board members are granted confidential packs; of the other roles each may take them or may not.
    """
    check_people(by, authority)
    # The site's administrator has to begin somewhere, and is named in the trail and to the leads like everybody.
    if by.user is not None and by.user.pk == user.pk and not by.user.is_superuser:
        raise Refused("Nobody gives themselves a role. Ask another lead or an administrator.", "user")
    if user.pseudonymised_at:
        raise Refused(
            "This was the account of somebody who has left. Invite them anew by their e-mail address.", "user"
        )
    _check_free(user, authority, role, "user")
    membership = Membership.objects.create(
        user=user,
        authority=authority,
        role=role,
        sees_confidential=sees_confidential and role == Role.BOARD,
        granted_at=at,
        granted_by=by.user,
    )
    trail.record(EventKind.MEMBERSHIP_GRANTED, membership, chain=None, by=by, at=at)
    return membership


def _check_free(user: User, authority: Authority, role: Role, field: str) -> None:
    if Membership.objects.filter(user=user, authority=authority, role=role, ended_at__isnull=True).exists():
        raise Refused(f"{user.name} is {role.label.lower()} of {authority} already.", field)


def check_change(membership: Membership, by: Actor) -> None:
    """Refuses unless the actor may change this membership's role; nobody changes their own."""
    check_people(by, membership.authority)
    if membership.ended_at:
        raise Refused("This membership has ended.")
    if by.user is not None and by.user.pk == membership.user_id:
        raise Refused("Nobody changes their own role. Ask another lead or an administrator.")


def check_change_to(membership: Membership, role: Role, *, sees_confidential: bool, by: Actor) -> None:
    """Refuses unless the actor may make this of the membership, whoever takes over what the person then holds no more."""
    check_change(membership, by)
    if (membership.role, membership.sees_confidential) == (role, sees_confidential and role == Role.BOARD):
        raise Refused("That is how it is already: nothing would change.", "role")
    if role != membership.role:
        _check_free(membership.user, membership.authority, role, "role")
        _check_a_lead_stays(membership)


@transaction.atomic
def change_membership(
    membership: Membership,
    *,
    role: Role,
    by: Actor,
    at: datetime,
    sees_confidential: bool = False,
    reason: str = "",
    hand_over_to: User | None = None,
) -> Membership:
    """Make another role of a membership, or grant and take away a board member's confidential packs.

    Where the person may then hold actions no longer, their open ones are handed over in the same step. Raises Refused,
    also where nothing would change, where they hold the role already, and where a council would lose its last lead.
    """
    kept = _locked(membership)
    check_change_to(kept, role, sees_confidential=sees_confidential, by=by)
    before = {"role_before": str(kept.role), "saw_confidential_before": kept.sees_confidential}
    kept.role, kept.sees_confidential = role, sees_confidential and role == Role.BOARD
    if role not in WORKING:
        kept.deputy, kept.deputy_from, kept.deputy_to = None, None, None
    kept.save()
    left = _left_behind(kept, role, day_of(at))
    check_taken(left, hand_over_to)
    rows = (kept, *_settled(left))
    trail.record(EventKind.MEMBERSHIP_CHANGED, *rows, chain=None, by=by, at=at, reason=reason, details=before)
    _hand_over(left, hand_over_to, f"{kept.user.name} holds no actions any more. {reason}", by, at)
    return kept


def check_end(membership: Membership, by: Actor) -> None:
    """Refuses unless the actor may end this membership; a council's last lead stays."""
    check_people(by, membership.authority)
    if membership.ended_at:
        raise Refused("This membership has ended already.")
    _check_a_lead_stays(membership)


@transaction.atomic
def end_membership(
    membership: Membership, *, by: Actor, at: datetime, reason: str = "", hand_over_to: User | None = None
) -> Membership:
    """End a membership. Open actions of somebody who then may hold none are handed over in the same step.

    Raises Refused where there are open actions and nobody to take them, and where a council would lose its last lead.
    """
    kept = _locked(membership)
    check_end(kept, by)
    kept.ended_at, kept.ended_by = at, by.user
    kept.save()
    left = _left_behind(kept, None, day_of(at))
    check_taken(left, hand_over_to)
    _end_sessions_of_who_has_left(kept.user)
    trail.record(EventKind.MEMBERSHIP_ENDED, kept, *_settled(left), chain=None, by=by, at=at, reason=reason)
    _hand_over(left, hand_over_to, f"{kept.user.name} has left. {reason}", by, at)
    return kept


def _end_sessions_of_who_has_left(person: User) -> None:
    """What is open of somebody without any role ends with the last one, and a link they have not used yet."""
    if not Membership.objects.current().filter(user=person).exists():
        gone = locked(person)
        gone.end_sessions()
        gone.save(update_fields=["session_round"])


def _locked(membership: Membership) -> Membership:
    """The membership anew, under a lock that it shares with the council's leads: two of them cannot end each other."""
    leads = Membership.objects.filter(authority=membership.authority_id, role=Role.LEAD, ended_at__isnull=True)
    list(leads.select_for_update().order_by("pk"))
    return locked(membership)


def _check_a_lead_stays(membership: Membership) -> None:
    if membership.role != Role.LEAD or not membership.user.is_active:
        return
    leads = Membership.objects.current().filter(authority=membership.authority_id, role=Role.LEAD)
    if not leads.exclude(pk=membership.pk).exists():
        raise Refused(
            f"{membership.user.name} is the only improvement lead of {membership.authority}. Make somebody else a lead"
            " first."
        )


@dataclass(frozen=True)
class LeftBehind:
    """What a role that goes leaves to be settled, for the person in one authority.

    `held`: unfinished actions that they own or are accountable for. `deputised`: memberships for whose holder they
    stand in, or will. `directed`: the authority, where overdue actions are escalated to them.
    """

    user: User
    held: tuple[Action, ...]
    deputised: tuple[Membership, ...]
    directed: Authority | None


def what_follows(membership: Membership, *, becomes: Role | None, by: Actor, on: date) -> LeftBehind:
    """What would follow if the membership became that role on that day, or (None) ended. Raises Refused."""
    check_people(by, membership.authority)
    return _left_behind(membership, becomes, on)


def _left_behind(membership: Membership, becomes: Role | None, on: date) -> LeftBehind:
    user, authority = membership.user, membership.authority
    others = Membership.objects.current().filter(user=user, authority=authority).exclude(pk=membership.pk)
    roles = {*others.values_list("role", flat=True), *([becomes] if becomes else [])}
    works, reads = not roles.isdisjoint(WORKING), not roles.isdisjoint(READING)
    held = Action.objects.filter(Q(owner=user) | Q(accountable=user), authority=authority).unfinished()
    deputised = Membership.objects.filter(authority=authority, deputy=user, ended_at__isnull=True, deputy_to__gte=on)
    return LeftBehind(
        user,
        () if works else tuple(held.order_by("reference")),
        () if works else tuple(deputised.select_related("user").order_by("user__name")),
        authority if authority.director_id == user.pk and not reads else None,
    )


def check_taken(left: LeftBehind, hand_over_to: User | None) -> None:
    """Refuses where actions are left and nobody is named to take them."""
    if left.held and hand_over_to is None:
        raise Refused(
            f"{left.user.name} still answers for {counted(len(left.held), 'open action', 'open actions')}: say who takes"
            " over.",
            "hand_over_to",
        )
    if left.held and hand_over_to == left.user:
        raise Refused("Choose somebody else: they would hold no actions any more.", "hand_over_to")


def _settled(left: LeftBehind) -> list[Trailed]:
    """The rows that change with the membership: nobody relies on a deputy or a director who has gone."""
    rows: list[Trailed] = []
    for each in left.deputised:
        kept = locked(each)
        kept.deputy, kept.deputy_from, kept.deputy_to = None, None, None
        kept.save()
        rows.append(kept)
    if left.directed is not None:
        authority = locked(left.directed)
        authority.director = None
        authority.save()
        rows.append(authority)
    return rows


def _hand_over(left: LeftBehind, to: User | None, reason: str, by: Actor, at: datetime) -> None:
    if to is not None:
        actions.hand_over(left.held, of=left.user, to=to, by=by, at=at, reason=reason.strip())
