"""What each row of a spreadsheet would do to a plan: add to it, be known already, or be refused; and why."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from tracker.choices import Status
from tracker.rules.plan_rows import PlanRow, reference_key, same, words_key
from tracker.rules.written_dates import short_date


class Fate(Enum):
    """What becomes of a row, as a page says it."""

    NEW = "New recommendation and action"
    ADDED = "New action"
    SAME = "In the plan already"
    DIFFERS = "In the plan already, with differences"
    REFUSED = "Cannot be brought in"


BRINGS = (Fate.NEW, Fate.ADDED)


@dataclass(frozen=True)
class Asked:
    """A recommendation of the plan as it stands."""

    pk: int
    number: int
    printed_ref: str
    text: str


@dataclass(frozen=True)
class Standing:
    """An action of the plan as it stands. `keys` recognise it; `brought_as` is the reference that a spreadsheet gave
    it, `told` what its progress said then (None where it came from no spreadsheet)."""

    pk: int
    reference: str
    recommendation: int
    what: str
    due: date | None
    owner: int | None
    owner_name: str
    status: Status
    keys: Collection[str] = ()
    brought_as: str = ""
    told: str | None = None


@dataclass(frozen=True)
class Foreseen:
    """A row and what would become of it. `group` names the recommendation: its number in the database, or for a new
    one the words that its rows share; `sentences` say what is wrong, or what differs; `owner` is the name."""

    row: PlanRow
    fate: Fate
    group: int | str = ""
    action: int | None = None
    reference: str = ""
    sentences: tuple[str, ...] = ()
    owner: str = ""

    @property
    def brings(self) -> bool:
        """Whether it adds something to the plan."""
        return self.fate in BRINGS

    @property
    def question(self) -> str:
        """What is asked about its date, where the row would be brought in."""
        return self.row.question if self.brings else ""


@dataclass
class Plan:
    """The plan that the rows go into. `grows` is whether it may get recommendations: a report's own are what it printed."""

    asked: Sequence[Asked] = ()
    actions: Sequence[Standing] = ()
    grows: bool = True
    _by_key: Mapping[str, Standing] = field(init=False, repr=False)
    _printed: Mapping[str, Asked] = field(init=False, repr=False)
    _counted: Mapping[int, Asked] = field(init=False, repr=False)
    _by_words: Mapping[str, Asked] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        backwards = self.asked[::-1]  # of several that are alike the first counts
        self._printed = {same(each.printed_ref): each for each in backwards if each.printed_ref}
        self._counted = {each.number: each for each in backwards if not each.printed_ref}
        self._by_words = {same(each.text): each for each in backwards}
        texts = {each.pk: each.text for each in self.asked}
        keys: dict[str, Standing] = {}
        for action in self.actions:
            own = (reference_key(action.reference), words_key(texts[action.recommendation], action.what))
            for key in (*action.keys, *own):
                keys.setdefault(key, action)
        self._by_key = keys

    def recommendation(self, row: PlanRow) -> Asked | None:
        """The recommendation a row belongs to: by the number it gives, else by its words."""
        if row.asked_ref:
            number = re.fullmatch(r"\D*(\d{1,4})\D*", row.asked_ref)
            counted = self._counted.get(int(number[1])) if number and not self.grows else None
            found = self._printed.get(same(row.asked_ref)) or counted
            if found or not row.asked:
                return found
        return self._by_words.get(same(row.asked or row.what))

    def action(self, row: PlanRow, asked: Asked | None) -> Standing | None:
        """The action a row is, where it is in the plan already: by its reference, else by its words."""
        found = self._by_key.get(reference_key(row.reference)) if row.reference else None
        if found:
            return found
        texts = [asked.text] if asked else []
        by_words = next(
            filter(None, (self._by_key.get(words_key(text, row.what)) for text in (*texts, row.asked))), None
        )
        other = bool(by_words and by_words.brought_as and row.reference)
        return None if other else by_words


def foresee(rows: Sequence[PlanRow], plan: Plan, *, names: Mapping[int, str]) -> list[Foreseen]:
    """What would become of each row, in order. `names` are those who may own actions, by their number."""
    taken: dict[int, int] = {}
    found = [_foresee(row, plan, names, taken) for row in rows]
    first: set[int | str] = set()
    for place, each in enumerate(found):
        if each.fate is Fate.NEW and each.group in first:  # the recommendation comes in with an earlier row
            found[place] = replace(each, fate=Fate.ADDED)
        first.add(each.group)
    return found


def _foresee(row: PlanRow, plan: Plan, names: Mapping[int, str], taken: dict[int, int]) -> Foreseen:
    wrong = [*row.errors, *(f"“{name}” is not among those who may own actions here." for name in row.unknown_people)]
    if row.unknown_status:
        wrong.append(f"“{row.unknown_status[:60]}” is not a status that is known here.")
    asked = plan.recommendation(row)
    action = plan.action(row, asked)
    if action and taken.setdefault(action.pk, row.number) != row.number:
        wrong.append(f"It is the same action as row {taken[action.pk]}: {action.reference}.")
    if not action and not asked and not plan.grows:
        which = f"recommendation {row.asked_ref}" if row.asked_ref else "recommendation of these words"
        wrong.append(f"The report has no {which}. Give the number that it has there.")
    if wrong:
        return Foreseen(row, Fate.REFUSED, sentences=tuple(wrong))
    if action:
        differs = tuple(_differences(row, action, names))
        fate = Fate.DIFFERS if differs else Fate.SAME
        return Foreseen(row, fate, action.recommendation, action.pk, action.reference, differs)
    owner = names.get(row.owner, "") if row.owner else ""
    if asked:
        return Foreseen(row, Fate.ADDED, asked.pk, owner=owner)
    return Foreseen(row, Fate.NEW, same(row.asked_ref) or same(row.asked or row.what), owner=owner)


def _differences(row: PlanRow, action: Standing, names: Mapping[int, str]) -> list[str]:
    """What the spreadsheet says otherwise than the plan: a person decides on the action's page."""
    found = []
    if same(row.what) != same(action.what):
        found.append("What we will do: the words are other ones.")
    if row.agreed and row.agreed != action.due:
        here = short_date(action.due) if action.due else "no date"
        found.append(f"Due: {short_date(row.agreed)} in the spreadsheet, {here} in the plan.")
    if row.owner and row.owner != action.owner:
        here = action.owner_name or "nobody"
        found.append(f"Owner: {names.get(row.owner, 'somebody else')} in the spreadsheet, {here} in the plan.")
    if row.status and row.status != action.status:
        closed = "complete" if row.status == Status.CLOSED else Status(row.status).label.lower()
        found.append(f"Status: {closed} in the spreadsheet, {Status(action.status).label.lower()} in the plan.")
    if action.told is not None and row.told and row.told != action.told:
        found.append("Progress, evidence or comments: the words are other ones than those brought in before.")
    return found
