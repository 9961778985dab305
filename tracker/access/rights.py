"""What one person may do about one action on a day. Roles and standing are read once, for pages that ask many times."""

from datetime import date
from functools import cached_property

from tracker.access.actors import Actor
from tracker.access.checks import furthest, passes, roles_in, stands_as_owner
from tracker.choices import Role
from tracker.models import Action, User
from tracker.rules.refusal import Refused
from tracker.rules.roles import ALL, OPEN, OWN, REFUSALS, SHARED, Ability


class Rights:
    """The abilities of an actor about an action on a day (a deputy's days count). check… raises Refused."""

    def __init__(self, by: Actor, action: Action, *, on: date) -> None:
        self.by, self.action, self.on = by, action, on

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The person's current roles in the action's authority."""
        return roles_in(self.by.person(), self.action.authority_id)

    @cached_property
    def owns(self) -> bool:
        """Whether the person owns the action, or stands in for its owner."""
        return not self.by.is_house and stands_as_owner(self.by.person(), self.action, self.on)

    @cached_property
    def shares(self) -> bool:
        """Whether the person is a partner in the action."""
        return self.action.partners.filter(pk=self.by.person().pk).exists()

    def whole(self, ability: Ability) -> bool:
        """Whether the ability reaches all of the authority."""
        return self.by.is_house or furthest(self.roles, ability) is ALL

    def allows(self, ability: Ability) -> bool:
        """Whether the ability reaches this action."""
        if self.by.is_house:
            return True
        reached = furthest(self.roles, ability)
        if reached in (ALL, OPEN):
            return True
        return (reached in (OWN, SHARED) and self.owns) or (reached is SHARED and self.shares)

    def check(self, ability: Ability) -> None:
        """Refuses unless the ability reaches this action."""
        if not self.allows(ability):
            raise Refused(REFUSALS[ability])

    def check_whole(self, ability: Ability) -> None:
        """Refuses unless the ability reaches all of the authority."""
        if not self.whole(ability):
            raise Refused(REFUSALS[ability])


def check_action(by: Actor, ability: Ability, action: Action, *, on: date) -> None:
    """Refuses unless the ability reaches this action for the actor on that day (a deputy's days count)."""
    Rights(by, action, on=on).check(ability)


def can_action(user: User, ability: Ability, action: Action, *, on: date) -> bool:
    """Whether check_action would let the person through."""
    return passes(user, check_action, ability, action, on=on)
