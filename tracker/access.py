"""Who may do what, and which rows a person may see: the one place that every query a person triggers goes through.

The table of roles is rules.roles. check_… raises Refused with a sentence for the person; can_… is derived from it;
visible_… gives the rows. Being staff or superuser of the site gives sight of no authority's rows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet

from tracker.choices import Channel, Role
from tracker.models import (
    Action,
    ActionCheck,
    ActionStep,
    Authority,
    BankHoliday,
    BoardMeeting,
    Challenge,
    Due,
    Erasure,
    Event,
    Evidence,
    Extension,
    ImpactMeasure,
    Intake,
    Membership,
    ProgressNote,
    Recommendation,
    ReminderDefault,
    Report,
    ReportFamily,
    StatutoryStep,
    Theme,
    User,
)
from tracker.rules.refusal import Refused
from tracker.rules.roles import ALL, NONE, OPEN, OWN, REACH, REFUSALS, SHARED, Ability, Reach


@dataclass(frozen=True)
class Actor:
    """Who acts, by which way, in which request. The house itself acts only from the command line and in tasks."""

    user: User | None
    channel: Channel
    request_id: str = ""

    def __post_init__(self) -> None:
        if self.user is None and self.channel not in (Channel.COMMAND, Channel.TASK):
            raise ValueError("On a page somebody has to be signed in.")
        if self.user is not None and not (self.user.is_authenticated and self.user.is_active):
            raise Refused("Sign in first.")

    @property
    def is_house(self) -> bool:
        """Whether no person but the installation itself acts."""
        return self.user is None

    def person(self) -> User:
        """The person who acts; refused where the house does, for acts that need somebody to answer for them."""
        if self.user is None:
            raise Refused("A named person has to do this.")
        return self.user


def roles_in(user: User, authority: Authority | int) -> frozenset[Role]:
    """The person's current roles in the authority."""
    rows = Membership.objects.current().filter(user=user, authority=authority)
    return frozenset(Role(role) for role in rows.values_list("role", flat=True))


def reach(user: User, authority: Authority | int, ability: Ability) -> Reach:
    """How far the ability reaches for the person in the authority: the furthest of their roles."""
    found = (REACH[ability][role] for role in roles_in(user, authority))
    return max(found, key=lambda reached: reached.value, default=NONE)


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


def check_action(by: Actor, ability: Ability, action: Action, *, on: date) -> None:
    """Refuses unless the ability reaches this action for the actor on that day (a deputy's days count)."""
    if by.is_house:
        return
    reached = reach(by.person(), action.authority_id, ability)
    if reached in (ALL, OPEN):
        return
    own = reached in (OWN, SHARED) and stands_as_owner(by.person(), action, on)
    shared = reached is SHARED and action.partners.filter(pk=by.person().pk).exists()
    if not (own or shared):
        raise Refused(REFUSALS[ability])


def check_evidence(by: Actor, evidence: Evidence, *, on: date) -> None:
    """Refuses unless the piece of evidence is among those the actor may see."""
    if not by.is_house and not visible_evidence(by.person(), on).filter(pk=evidence.pk).exists():
        raise Refused(REFUSALS[Ability.SEE_EVIDENCE])


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


def check_site(by: Actor) -> None:
    """Refuses unless the actor is the house or an administrator of the site."""
    if not by.is_house and not by.person().is_superuser:
        raise Refused("Only an administrator of the site may do this.")


def can(user: User, ability: Ability, authority: Authority | int) -> bool:
    """Whether check would let the person through."""
    return _passes(user, check, ability, authority)


def can_action(user: User, ability: Ability, action: Action, *, on: date) -> bool:
    """Whether check_action would let the person through."""
    return _passes(user, check_action, ability, action, on=on)


def _passes(user: User, checked: Callable[..., None], *about: Any, **more: Any) -> bool:
    try:
        checked(Actor(user, Channel.WEB), *about, **more)
    except Refused:
        return False
    return True


def _authorities_with(user: User, ability: Ability, *reached: Reach) -> Any:
    roles = [role for role, how_far in REACH[ability].items() if how_far in (reached or (ALL,))]
    return Membership.objects.current().filter(user=user, role__in=roles).values("authority")


def _own(user: User, on: date, prefix: str = "") -> Q:
    principals = Membership.objects.deputising(user, on)
    pairs = Q(pk__in=[])
    for authority, principal in principals.values_list("authority", "user"):
        pairs |= Q(**{f"{prefix}authority": authority, f"{prefix}owner": principal})
    return Q(**{f"{prefix}owner": user}) | pairs


def _reached_actions(user: User, ability: Ability, on: date, prefix: str = "") -> Q:
    """The actions an ability reaches, as a condition on rows that lead to them by the prefix."""
    within = f"{prefix}authority__in"
    own = Q(**{within: _authorities_with(user, ability, OWN, SHARED)}) & _own(user, on, prefix)
    partners = Action.partners.through.objects.filter(user=user).values("action")
    key = f"{prefix}pk__in" if not prefix else f"{prefix.removesuffix('__')}__in"
    shared = Q(**{within: _authorities_with(user, ability, SHARED), key: partners})
    return Q(**{within: _authorities_with(user, ability, ALL, OPEN)}) | own | shared


def visible_authorities(user: User, on: date) -> QuerySet[Authority]:
    """The authorities of which the person holds any current membership."""
    return Authority.objects.filter(pk__in=Membership.objects.current().filter(user=user).values("authority"))


def grantable_authorities(user: User) -> QuerySet[Authority]:
    """The authorities whose people the person keeps: all for the site's administrators, by name only."""
    if user.is_superuser and user.is_active:
        return Authority.objects.all()
    return Authority.objects.filter(pk__in=_authorities_with(user, Ability.KEEP_PEOPLE))


def visible_actions(user: User, on: date) -> Any:
    """The actions the person may see on that day."""
    return Action.objects.filter(_reached_actions(user, Ability.SEE_PLAN, on))


def workable_actions(user: User, on: date) -> Any:
    """The actions on which the person may note progress, attach evidence and submit."""
    return Action.objects.filter(_reached_actions(user, Ability.WORK, on))


def exportable_actions(user: User, on: date) -> Any:
    """The actions the person may take out of the house as an export."""
    return Action.objects.filter(_reached_actions(user, Ability.EXPORT, on))


def _of_visible_actions(model: type[Model]) -> Callable[[User, date], Any]:
    """The rows of the actions the person may see."""
    return lambda user, on: model._default_manager.filter(_reached_actions(user, Ability.SEE_PLAN, on, "action__"))


def visible_evidence(user: User, on: date) -> Any:
    """The evidence the person may see: not what is confidential, where their sight stops at that."""
    reached = _reached_actions(user, Ability.SEE_EVIDENCE, on, "action__")
    only_open = Q(action__authority__in=_authorities_with(user, Ability.SEE_EVIDENCE, OPEN), confidential=True)
    whole = Q(action__authority__in=_authorities_with(user, Ability.SEE_EVIDENCE, ALL))
    own = Q(action__authority__in=_authorities_with(user, Ability.SEE_EVIDENCE, OWN)) & _own(user, on, "action__")
    return Evidence.objects.filter(reached).exclude(only_open & ~whole & ~own)


def visible_reports(user: User, on: date) -> QuerySet[Report]:
    """The reports of the plans the person may see; a partner sees those of their own actions."""
    whole = Q(authority__in=_authorities_with(user, Ability.SEE_PLAN))
    return Report.objects.filter(whole | Q(pk__in=visible_actions(user, on).values("recommendation__report")))


def visible_recommendations(user: User, on: date) -> QuerySet[Recommendation]:
    """The recommendations of the plans the person may see; a partner sees those of their own actions."""
    whole = Q(report__authority__in=_authorities_with(user, Ability.SEE_PLAN, ALL))
    return Recommendation.objects.filter(whole | Q(pk__in=visible_actions(user, on).values("recommendation")))


def _of_authorities(model: type[Model], ability: Ability, path: str = "authority") -> Callable[[User, date], Any]:
    """The rows of the authorities where the ability reaches all."""
    return lambda user, on: model._default_manager.filter(**{f"{path}__in": _authorities_with(user, ability)})


def visible_memberships(user: User, on: date) -> QuerySet[Membership]:
    """The memberships of authorities whose people the person keeps, and one's own; all for the site's administrators."""
    if user.is_superuser and user.is_active:
        return Membership.objects.all()
    keeps = _authorities_with(user, Ability.KEEP_PEOPLE)
    return Membership.objects.filter(Q(authority__in=keeps) | Q(user=user))


def visible_people(user: User, on: date) -> QuerySet[User]:
    """Oneself and the people of one's authorities; all for the site's administrators.

    A partner comes from another organisation: they see who owns the actions they may see or is accountable for them.
    """
    if user.is_superuser and user.is_active:
        return User.objects.all()
    inside = Membership.objects.current().filter(user=user).exclude(role=Role.PARTNER).values("authority")
    colleagues = Membership.objects.filter(authority__in=inside).values("user")
    actions = visible_actions(user, on)
    answering = Q(pk__in=actions.values("owner")) | Q(pk__in=actions.values("accountable"))
    return User.objects.filter(Q(pk=user.pk) | Q(pk__in=colleagues) | answering)


def assignable_people(authority: Authority | int) -> QuerySet[User]:
    """The people who may own an action of the authority: its current leads, owners and partners."""
    members = Membership.objects.current().filter(authority=authority, role__in=[Role.LEAD, Role.OWNER, Role.PARTNER])
    return User.objects.filter(pk__in=members.values("user"))


def visible_events(user: User, on: date) -> QuerySet[Event]:
    """The trail of the authorities whose trail the person may read, and what was done about their memberships."""
    authorities = _authorities_with(user, Ability.SEE_TRAIL)
    memberships = Membership.objects.filter(authority__in=authorities).values("pk")
    about_them = Q(subject_type=Membership.trail_type(), subject_id__in=memberships)
    return Event.objects.filter(Q(chain__authority__in=authorities) | about_them)


def _everybody(model: type[Model]) -> Callable[[User, date], Any]:
    """Reference rows are open to everybody who is signed in."""
    return lambda user, on: model._default_manager.all()


VISIBLE: dict[type[Model], Callable[[User, date], Any]] = {
    **{rows: _everybody(rows) for rows in (BankHoliday, ReminderDefault, ReportFamily, Theme)},
    **{rows: _of_visible_actions(rows) for rows in (ActionCheck, ActionStep, Extension, ImpactMeasure, ProgressNote)},
    **{rows: _of_authorities(rows, Ability.SEE_PLAN) for rows in (BoardMeeting, Challenge)},
    **{rows: _of_authorities(rows, Ability.KEEP_PLAN) for rows in (Due, Erasure, Intake)},
    StatutoryStep: _of_authorities(StatutoryStep, Ability.SEE_PLAN, "report__authority"),
    Action: visible_actions,
    Authority: visible_authorities,
    Event: visible_events,
    Evidence: visible_evidence,
    Membership: visible_memberships,
    Recommendation: visible_recommendations,
    Report: visible_reports,
    User: visible_people,
}


def visible(model: type[Model], user: User, on: date) -> Any:
    """The rows of any kind that the person may see on that day; none of a kind that is not listed."""
    rows = VISIBLE.get(model)
    return rows(user, on) if rows and user.is_active else model._default_manager.none()
