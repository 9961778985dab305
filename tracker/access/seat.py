"""Who a person is in every authority, read once: for lists, where asking for each row would be a query each."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from tracker.choices import Role
from tracker.models import Action, Membership, User
from tracker.rules.roles import ALL, NONE, OWN, REACH, SHARED, Ability, Reach


@dataclass(frozen=True)
class Seat:
    """The person's current roles by authority, and for whom they stand in: pairs of authority and owner."""

    person: int
    roles: dict[int, frozenset[Role]]
    principals: frozenset[tuple[int, int]]

    @classmethod
    def of(cls, user: User, on: date) -> "Seat":
        """Read both in one query; a deputy's days include both ends."""
        stands_in = Q(deputy=user, deputy_from__lte=on, deputy_to__gte=on)
        rows = Membership.objects.current().filter(Q(user=user) | stands_in)
        held = list(rows.values_list("authority", "user", "role"))
        own = [(authority, Role(role)) for authority, holder, role in held if holder == user.pk]
        roles = {place: frozenset(role for at, role in own if at == place) for place in {at for at, _ in own}}
        return cls(user.pk, roles, frozenset((at, holder) for at, holder, _ in held if holder != user.pk))

    def reach(self, authority: int, ability: Ability) -> Reach:
        """How far the ability reaches in the authority, as access.reach says it."""
        found = (REACH[ability][role] for role in self.roles.get(authority, ()))
        return max(found, key=lambda reached: reached.value, default=NONE)

    def whole(self, ability: Ability) -> list[int]:
        """The numbers of the authorities where the ability reaches everything."""
        return [authority for authority in self.roles if self.reach(authority, ability) is ALL]

    def furthest(self, ability: Ability) -> Reach:
        """How far the ability reaches where it reaches furthest."""
        return max((self.reach(each, ability) for each in self.roles), key=lambda found: found.value, default=NONE)

    def stands_as_owner(self, action: Action) -> bool:
        """Whether the person owns the action or is its owner's deputy, as access.stands_as_owner says it."""
        if action.owner_id is None:
            return False
        return action.owner_id == self.person or (action.authority_id, action.owner_id) in self.principals

    def works_on(self, action: Action) -> bool:
        """Whether the person may work on the action; no role shares in working, so partners in it need not be read."""
        reached = self.reach(action.authority_id, Ability.WORK)
        return reached is ALL or (reached in (OWN, SHARED) and self.stands_as_owner(action))
