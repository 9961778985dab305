"""Where a story plays, who is in it, and what a scene is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tracker.access import Actor
from tracker.models import Action, Authority, User


@dataclass(frozen=True)
class Stage:
    """Where the story plays: the seeds' folder, the council, and its people by what the scenes call them."""

    seeds: Path
    people: dict[str, User]
    authority: Authority

    def action(self, number: int) -> Action:
        """The action of that number in the council's plan of 2012."""
        return Action.objects.get(reference=f"{self.authority.code}-2012-{number:02}")


Deed = Callable[[Stage, Actor, datetime], object]


@dataclass(frozen=True)
class Scene:
    """One deed: when ("2012-08-14 09:30", London time), by whom (a key of the cast), and what."""

    when: str
    who: str
    deed: Deed
