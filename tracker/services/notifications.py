"""What the ledger and the rules say to the owner of actions: what is owed now, and what will be owed next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.choices import DigestChoice
from tracker.models import Action, Due
from tracker.rules.digest import is_told
from tracker.rules.notices import TO_OWNER, Owed, ahead, owed
from tracker.services.scheduling import House


@dataclass(frozen=True)
class Said:
    """Something said to its owner about an action: what, and since or from which day."""

    action: Action
    what: Owed


@dataclass(frozen=True)
class Outlook:
    """What stands in the ledger unsent and still holds, and what comes next if nothing changes, each by its day."""

    waiting: tuple[Said, ...]
    coming: tuple[Said, ...]


def outlook(
    actions: Iterable[Action], dues: Iterable[Due], *, on: date, choice: str = DigestChoice.EACH_DAY
) -> Outlook:
    """Look ahead for the owner of these actions; `dues` are the rows of the ledger about them that are not settled.

    A row of the ledger whose reason has gone, because the work was done or the date moved, is left out, and so is
    what nobody who has made that choice is told by mail.
    """
    houses: dict[int, House] = {}
    noted = {(due.subject_id, due.kind, due.threshold) for due in dues}
    waiting: list[Said] = []
    coming: list[Said] = []
    for action in actions:
        house = houses.get(action.authority_id) or houses.setdefault(action.authority_id, House.of(action.authority))
        facts = action.watched(extension_asked_on=None)
        present = owed(facts, as_at=on, settings=house.settings.reminders, calendar=house.calendar)
        waiting += [Said(action, rung) for rung in present if (action.pk, rung.kind, rung.key) in noted]
        later = ahead(facts, after=on, settings=house.settings.reminders, calendar=house.calendar)
        coming += [Said(action, rung) for rung in later if rung.kind in TO_OWNER]
    return Outlook(_by_day(waiting, choice), _by_day(coming, choice))


def _by_day(said: list[Said], choice: str) -> tuple[Said, ...]:
    wanted = [each for each in said if is_told(each.what.kind, choice)]
    return tuple(sorted(wanted, key=lambda each: (each.what.since, each.action.reference)))
