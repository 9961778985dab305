"""Which rows a person may see. Being staff or superuser of the site gives sight of no authority's rows."""

from collections.abc import Callable, Collection
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from tracker.choices import Role
from tracker.models import (
    Action,
    ActionCheck,
    ActionStep,
    Authority,
    BankHoliday,
    BoardMeeting,
    BulkChange,
    CalendarFeed,
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
    Pack,
    ProgressNote,
    Recommendation,
    ReminderDefault,
    Report,
    ReportFamily,
    SavedFilter,
    Spreadsheet,
    StatutoryStep,
    Theme,
    User,
)
from tracker.rules.roles import ALL, OPEN, OWN, REACH, READING, SHARED, WORKING, Ability, Reach


def _authorities_with(user: User, ability: Ability, *reached: Reach) -> Any:
    roles = [role for role, how_far in REACH[ability].items() if how_far in (reached or (ALL,))]
    return Membership.objects.current().filter(user=user, role__in=roles).values("authority")


def _own(user: User, on: date, prefix: str = "") -> Q:
    """What the person owns, or stands in for: a condition in the one query, so that no page asks beforehand."""
    principals = Membership.objects.deputising(user, on)
    theirs = principals.filter(authority=OuterRef(f"{prefix}authority"), user=OuterRef(f"{prefix}owner"))
    return Q(**{f"{prefix}owner": user}) | Q(Exists(theirs))


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


def _of_visible_actions(model: type[Model], path: str = "action__") -> Callable[[User, date], Any]:
    """The rows of the actions the person may see."""
    return lambda user, on: model._default_manager.filter(_reached_actions(user, Ability.SEE_PLAN, on, path))


def visible_evidence(user: User, on: date) -> Any:
    """The evidence the person may see: not what is confidential, where their sight stops at that."""
    reached = _reached_actions(user, Ability.SEE_EVIDENCE, on, "action__")
    only_open = Q(action__authority__in=_authorities_with(user, Ability.SEE_EVIDENCE, OPEN), confidential=True)
    whole = Q(action__authority__in=_authorities_with(user, Ability.SEE_EVIDENCE, ALL))
    own = Q(action__authority__in=_authorities_with(user, Ability.SEE_EVIDENCE, OWN)) & _own(user, on, "action__")
    return Evidence.objects.filter(reached).exclude(only_open & ~whole & ~own)


def visible_erasures(user: User, on: date) -> QuerySet[Erasure]:
    """The erasures of the plans the person keeps; of the others those that were done, of what they may see."""
    keeps = Q(authority__in=_authorities_with(user, Ability.KEEP_PLAN))
    actions = visible_actions(user, on)
    seen = Q(evidence__in=visible_evidence(user, on)) | Q(note__action__in=actions) | Q(action__in=actions)
    return Erasure.objects.filter(keeps | Q(granted=True) & seen)


def visible_reports(user: User, on: date) -> QuerySet[Report]:
    """The reports of the plans the person may see; a partner sees those of their own actions."""
    whole = Q(authority__in=_authorities_with(user, Ability.SEE_PLAN))
    return Report.objects.filter(whole | Q(pk__in=visible_actions(user, on).values("recommendation__report")))


def readable_intakes(user: User, on: date) -> QuerySet[Intake]:
    """The files whose pages the person may look at: those they may read in, and those of the reports they may see."""
    reports = visible_reports(user, on)
    seen = Q(pk__in=reports.values("intake")) | Q(corrects__in=reports)
    kept = Q(authority__in=_authorities_with(user, Ability.KEEP_PLAN))
    return Intake.objects.filter(kept | seen) if user.is_active else Intake.objects.none()


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


def deputised(user: User, on: date) -> QuerySet[Membership]:
    """The memberships for whose holders the person stands in on that day: a deputy knows for whom, and until when."""
    return Membership.objects.deputising(user, on)


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
    return _holders(authority, *WORKING)


def plan_readers(authority: Authority | int) -> QuerySet[User]:
    """The people who see the authority's whole plan: one of them may be its director."""
    return _holders(authority, *READING)


def leads_of(authority: Authority | int) -> QuerySet[User]:
    """The authority's current leads, who are told of every role that is granted."""
    return _holders(authority, Role.LEAD)


def _holders(authority: Authority | int, *roles: Role) -> QuerySet[User]:
    members = Membership.objects.current().filter(authority=authority, role__in=roles)
    return User.objects.filter(pk__in=members.values("user"))


def held_actions(user: User, on: date) -> Any:
    """The unfinished actions that somebody answers for, where the person keeps the people: to count and hand over.

    Keeping people gives no sight of a plan: what these actions say is shown by visible_actions alone.
    """
    return Action.objects.filter(authority__in=grantable_authorities(user)).unfinished()


def visible_events(user: User, on: date) -> QuerySet[Event]:
    """The trail of the authorities whose trail the person may read, and what was done about their memberships."""
    authorities = _authorities_with(user, Ability.SEE_TRAIL)
    memberships = Membership.objects.filter(authority__in=authorities).values("pk")
    about_them = Q(subject_type=Membership.trail_type(), subject_id__in=memberships)
    return Event.objects.filter(Q(chain__authority__in=authorities) | about_them)


def visible_happenings(user: User, on: date, kinds: Collection[str]) -> Any:
    """Which of these things happened to which action the person may see, and when, in the order of the trail.

    Number, kind and moment, as the action's own page tells them; who and why stay in the trail, for those who read it.
    """
    seen = visible_actions(user, on).values("pk")
    bodies = EventBody.objects.filter(subject_type=Action.trail_type(), subject_id__in=seen, event__kind__in=kinds)
    told = bodies.order_by("event__recorded_at", "event_id")
    return told.values_list("subject_id", "event__kind", "event__recorded_at")


def visible_packs(user: User, on: date) -> Any:
    """The packs the person may take: those with confidential evidence only where all of it is theirs, or as granted."""
    granted = Membership.objects.current().filter(user=user, role=Role.BOARD, sees_confidential=True)
    whole = Q(authority__in=_authorities_with(user, Ability.EXPORT)) | Q(authority__in=granted.values("authority"))
    return Pack.objects.filter(
        whole | Q(authority__in=_authorities_with(user, Ability.EXPORT, OPEN), confidential=False)
    )


def _everybody(model: type[Model]) -> Callable[[User, date], Any]:
    """Reference rows are open to everybody who is signed in."""
    return lambda user, on: model._default_manager.all()


VISIBLE: dict[type[Model], Callable[[User, date], Any]] = {
    **{rows: _everybody(rows) for rows in (BankHoliday, ReminderDefault, ReportFamily, Theme)},
    **{rows: _of_visible_actions(rows) for rows in (ActionCheck, ActionStep, Extension, ImpactMeasure, ProgressNote)},
    **{rows: _of_authorities(rows, Ability.SEE_PLAN) for rows in (BoardMeeting, Challenge)},
    **{rows: _of_authorities(rows, Ability.KEEP_PLAN) for rows in (BulkChange, Due, Intake, Spreadsheet)},
    EarlierFigure: _of_visible_actions(EarlierFigure, "measure__action__"),
    StatutoryStep: _of_authorities(StatutoryStep, Ability.SEE_PLAN, "report__authority"),
    Action: visible_actions,
    Authority: visible_authorities,
    CalendarFeed: lambda user, on: CalendarFeed.objects.filter(person=user),
    Erasure: visible_erasures,
    Event: visible_events,
    Evidence: visible_evidence,
    Membership: visible_memberships,
    Pack: visible_packs,
    Recommendation: visible_recommendations,
    Report: visible_reports,
    SavedFilter: lambda user, on: SavedFilter.objects.filter(person=user),
    User: visible_people,
}


def visible(model: type[Model], user: User, on: date) -> Any:
    """The rows of any kind that the person may see on that day; none of a kind that is not listed."""
    return _seen(model, user.pk, user.is_superuser, on).all() if user.is_active else model._default_manager.none()


@lru_cache(maxsize=1024)
def _seen(model: type[Model], number: int, is_superuser: bool, on: date) -> Any:
    """The question itself, put together once: it holds no answer, and asks whoever it is about by number.

    A page asks for ten kinds of rows, and putting the questions together took a quarter of its time.
    """
    rows = VISIBLE.get(model)
    return rows(User(pk=number, is_superuser=is_superuser), on) if rows else model._default_manager.none()
