"""Telling the story: a database that has not begun yet is given the past, scene by scene."""

from datetime import datetime
from pathlib import Path

from tracker.access import Actor
from tracker.choices import Channel
from tracker.models import Authority, User
from tracker.rules.london import LONDON
from tracker.rules.refusal import Refused
from tracker.services import demonstration, people, reference, trail
from tracker.services.stories import after, autumn, plan, winter
from tracker.services.stories.cast import CAST
from tracker.services.stories.stage import Scene, Stage

COUNCIL = "RTH"
BEGUN = datetime(2012, 7, 2, 9, tzinfo=LONDON)
SCENES = sorted([*plan.SCENES, *autumn.SCENES, *winter.SCENES, *after.SCENES], key=lambda scene: scene.when)


def begin(*, fixtures: Path, seeds: Path, by: Actor, until: datetime) -> list[demonstration.Welcome]:
    """Begin a demonstration in July 2012 and tell its story up to a moment; its people with their new passwords.

    Raises Refused where the database has begun already: what was recorded keeps its order, so a past comes first.
    """
    if trail.has_begun():
        raise Refused("A history can only be told to a database that has not begun: start in a new folder.")
    trail.begin(demonstration=True, by=by, at=BEGUN)
    reference.load(fixtures, by=by, at=BEGUN)
    welcomes = demonstration.begin_administrator(by=by, at=BEGUN) + demonstration.begin_people(by=by, at=BEGUN)
    go_on(seeds=seeds, after=BEGUN, until=until)
    return welcomes


def go_on(*, seeds: Path, after: datetime, until: datetime) -> int:
    """Tell the scenes after one moment and up to another; how many there were."""
    stage = Stage(seeds, _people(), Authority.objects.get(code=COUNCIL))
    scenes = [scene for scene in SCENES if after < _moment(scene) <= until]
    for scene in scenes:
        scene.deed(stage, Actor(stage.people[scene.who], Channel.WEB, f"scene of {scene.when}"), _moment(scene))
    return len(scenes)


def _moment(scene: Scene) -> datetime:
    return datetime.fromisoformat(scene.when).replace(tzinfo=LONDON)


def _people() -> dict[str, User]:
    """Those of the cast who are there already, by what the scenes call them."""
    known = {
        "maya": demonstration.LEAD.email,
        "sam": demonstration.OWNER.email,
        **{each.key: each.email for each in CAST},
    }
    found = {key: people.person_of(email) for key, email in known.items()}
    return {key: person for key, person in found.items() if person}
