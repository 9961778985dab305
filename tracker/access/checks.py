"""Who may do what. check_… raises Refused with a sentence for the person; can_… is derived from it."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from tracker.access.actors import Actor
from tracker.access.rows import readable_intakes, visible_evidence
from tracker.choices import Channel, Role
from tracker.models import Action, Authority, Evidence, Intake, Membership, User
from tracker.rules.refusal import Refused
from tracker.rules.roles import ALL, NONE, OPEN, REACH, REFUSALS, Ability, Reach


def roles_in(user: User, authority: Authority | int) -> frozenset[Role]:
    """The person's current roles in the authority."""
    rows = Membership.objects.current().filter(user=user, authority=authority)
    return frozenset(Role(role) for role in rows.values_list("role", flat=True))


def reach(user: User, authority: Authority | int, ability: Ability) -> Reach:
    """How far the ability reaches for the person in the authority: the furthest of their roles."""
    return furthest(roles_in(user, authority), ability)


def furthest(roles: Iterable[Role], ability: Ability) -> Reach:
    """How far the ability reaches for somebody who holds these roles."""
    return max((REACH[ability][role] for role in roles), key=lambda reached: reached.value, default=NONE)


def stands_as_owner(user: User, action: Action, on: date) -> bool:
    """Whether the person owns the action, or is the owner's deputy on that day."""
    if action.owner_id is None:
        return False
    if action.owner_id == user.pk:
        return True
    principals = Membership.objects.deputising(user, on).filter(authority=action.authority_id)
    return bool(principals.filter(user=action.owner_id).exists())


def check(by: Actor, ability: Ability, authority: Authority | int) -> None:
    """Refuses unless the ability reaches the whole authority for the actor."""
    if not by.is_house and reach(by.person(), authority, ability) is not ALL:
        raise Refused(REFUSALS[ability])


def check_evidence(by: Actor, evidence: Evidence, *, on: date) -> None:
    """Refuses unless the piece of evidence is among those the actor may see."""
    if not by.is_house and not visible_evidence(by.person(), on).filter(pk=evidence.pk).exists():
        raise Refused(REFUSALS[Ability.SEE_EVIDENCE])


def check_pages(by: Actor, intake: Intake, *, on: date) -> None:
    """Refuses unless the actor may look at the pages of a report's file."""
    if not by.is_house and not readable_intakes(by.person(), on).filter(pk=intake.pk).exists():
        raise Refused(REFUSALS[Ability.SEE_PLAN])


def check_pack(by: Actor, authority: Authority | int, *, confidential: bool) -> None:
    """Refuses unless the actor may take a pack of the whole plan; the board takes a confidential one only as granted."""
    if not by.is_house and reach(by.person(), authority, Ability.EXPORT) is OPEN:
        granted = Membership.objects.current().filter(user=by.user, authority=authority, sees_confidential=True)
        if not confidential or granted.filter(role=Role.BOARD).exists():
            return
    check(by, Ability.EXPORT, authority)


def check_people(by: Actor, authority: Authority | int) -> None:
    """Refuses unless the actor keeps the authority's people: its leads and administrators, or the site's own."""
    if by.user is None or not by.user.is_superuser:
        check(by, Ability.KEEP_PEOPLE, authority)


def check_adds_people(by: Actor) -> None:
    """Refuses unless the actor keeps the people of some authority: the membership is what then gives sight."""
    if by.is_house or by.person().is_superuser:
        return
    keeps = Membership.objects.current().filter(user=by.person(), role__in=[Role.LEAD, Role.ADMINISTRATOR])
    if not keeps.exists():
        raise Refused("Only an improvement lead or an administrator may add people.")


def check_site(by: Actor) -> None:
    """Refuses unless the actor is the house or an administrator of the site."""
    if not by.is_house and not by.person().is_superuser:
        raise Refused("Only an administrator of the site may do this.")


def check_takes_factor_off(by: Actor, person: User) -> None:
    """Refuses unless the actor administers the site, or every council in which the person has a role.

    Whoever could do so from one council alone could ask a person of another council in, and weaken them there.
    """
    if by.is_house:
        return
    if by.person().pk == person.pk:
        raise Refused("Nobody takes off their own second factor in this way. Ask another administrator.")
    if by.person().is_superuser:
        return
    theirs = set(Membership.objects.current().filter(user=person).values_list("authority", flat=True))
    own = Membership.objects.current().filter(user=by.person(), role=Role.ADMINISTRATOR)
    if (
        person.is_staff
        or person.is_superuser
        or not theirs
        or not theirs <= set(own.values_list("authority", flat=True))
    ):
        raise Refused(
            "Only an administrator of every council in which the person has a role, or of this site, may do this."
        )


def can(user: User, ability: Ability, authority: Authority | int) -> bool:
    """Whether check would let the person through."""
    return passes(user, check, ability, authority)


def can_people(user: User, authority: Authority | int) -> bool:
    """Whether check_people would let the person through."""
    return passes(user, check_people, authority)


def can_take_factor_off(user: User, person: User) -> bool:
    """Whether check_takes_factor_off would let the person through."""
    return passes(user, check_takes_factor_off, person)


def can_pack(user: User, authority: Authority | int, *, confidential: bool) -> bool:
    """Whether check_pack would let the person through."""
    return passes(user, check_pack, authority, confidential=confidential)


def passes(user: User, checked: Callable[..., None], *about: Any, **more: Any) -> bool:
    """Whether a check would let the person through."""
    try:
        checked(Actor(user, Channel.WEB), *about, **more)
    except Refused:
        return False
    return True
