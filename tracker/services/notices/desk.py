"""What digests are made of, read once for several people: their own actions, and whose plans they lead."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F

from tracker.access import answering
from tracker.choices import Role
from tracker.models import Action, Authority, Membership
from tracker.rules.roles import READING
from tracker.rules.standing import Standing
from tracker.services.scheduling import Houses

# What a line about an action needs beside it.
RELATED = ("authority", "owner", "recommendation__report")
# What a line about somebody's own action says: a row has many more columns, and of these lines there are very many.
SAID = (
    *("reference", "what", "status", "agreed_due", "original_due", "overdue_after", "start_on", "priority"),
    *("lowered_to", "last_heard_at", "owner__name", "authority__short_name"),
    *("recommendation__report__title", "recommendation__report__series"),
)

# Who answers for whom: people, by authority and the one in whose place they are told.
Answers = Mapping[tuple[int, int], frozenset[int]]


@dataclass(frozen=True)
class Desk:
    """The day, the houses, each person's own unfinished actions, and what each leads and directs; as a deputy too.

    `answered`: what is overdue among the actions that each answers for as accountable lead, and does not own.
    """

    on: date
    houses: Houses
    mine: dict[int, list[Action]]
    led: dict[int, list[int]]
    directed: dict[int, list[int]]
    answered: dict[int, list[Action]]
    judged: dict[int, Standing] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Collection[int], *, on: date, houses: Houses) -> "Desk":
        """Read it for these people on that day."""
        answers = answering(people, on, READING)
        return cls(on, houses, _own(people, on), _led(people, on), _directed(answers), _answered(answers, on))

    def standing(self, action: Action) -> Standing:
        """The facts that the rules judge the action by, put together once however often they are asked for."""
        if action.pk not in self.judged:
            self.judged[action.pk] = action.standing
        return self.judged[action.pk]

    def within(self, authority: int) -> "Desk":
        """The part of it that is about one authority, for somebody who may see no other."""
        mine, answered = (
            {person: [each for each in actions if each.authority_id == authority] for person, actions in rows.items()}
            for rows in (self.mine, self.answered)
        )
        led, directed = (
            {person: [each for each in places if each == authority] for person, places in rows.items()}
            for rows in (self.led, self.directed)
        )
        return Desk(self.on, self.houses, mine, led, directed, answered)


def _own(people: Collection[int], on: date) -> dict[int, list[Action]]:
    answers = answering(people, on)
    rows = Action.objects.unfinished().filter(owner__in={owner for _, owner in answers})
    told = (
        rows.select_related(*RELATED)
        .only(*SAID)
        .order_by(
            "authority__short_name",
            "recommendation__report__accepted_at",
            F("agreed_due").asc(nulls_last=True),
            "reference",
        )
    )
    found: dict[int, list[Action]] = defaultdict(list)
    for action in told:
        for person in answers.get((action.authority_id, action.owner_id), ()):
            found[person].append(action)
    return found


def _led(people: Collection[int], on: date) -> dict[int, list[int]]:
    """Whose plans each leads, themselves or for somebody who is away."""
    leads = Membership.objects.current().filter(role=Role.LEAD)
    found: dict[int, list[int]] = defaultdict(list)
    for person, authority in leads.filter(user__in=people).values_list("user", "authority"):
        found[person].append(authority)
    away = leads.filter(deputy__in=people, deputy_from__lte=on, deputy_to__gte=on)
    for person, authority in away.values_list("deputy", "authority"):
        found[person].append(authority)
    return found


def _directed(answers: Answers) -> dict[int, list[int]]:
    places = Authority.objects.filter(director__in={holder for _, holder in answers})
    found: dict[int, list[int]] = defaultdict(list)
    for director, authority in places.values_list("director", "pk"):
        for person in answers.get((authority, director), ()):
            found[person].append(authority)
    return found


def _answered(answers: Answers, on: date) -> dict[int, list[Action]]:
    late = Action.objects.filter(accountable__in={holder for _, holder in answers}).overdue(on)
    found: dict[int, list[Action]] = defaultdict(list)
    for action in late.select_related(*RELATED).order_by("agreed_due", "reference"):
        for person in answers.get((action.authority_id, action.accountable_id), ()):
            if action.owner_id != person:
                found[person].append(action)
    return found
