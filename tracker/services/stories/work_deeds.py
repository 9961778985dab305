"""Deeds on one action: each is one verb, by the person of the scene."""

from collections.abc import Sequence
from datetime import date

from tracker.choices import Impact, Move, NoteKind
from tracker.models import ActionStep, ImpactMeasure
from tracker.services import actions, evidence, extensions, measures, moves, ratings, steps
from tracker.services.stories.stage import Deed


def assign(owner: str, *numbers: int) -> Deed:
    """Give actions to an owner."""
    return lambda stage, by, at: [
        actions.assign(stage.action(number), owner=stage.people[owner], by=by, at=at) for number in numbers
    ]


def edit(number: int, what: str, outcome: str, accountable: str, partners: Sequence[str] = ()) -> Deed:
    """Say in the council's own words what will be done, who answers for it and who shares in it."""
    return lambda stage, by, at: actions.edit(
        stage.action(number),
        what=what,
        outcome=outcome,
        start_on=None,
        partners=[stage.people[who] for who in partners],
        accountable=stage.people[accountable],
        by=by,
        at=at,
    )


def say(number: int, text: str, kind: NoteKind = NoteKind.UPDATE) -> Deed:
    """Note progress on an action, or that help is needed."""
    return lambda stage, by, at: actions.note(stage.action(number), text=text, kind=kind, by=by, at=at)


def move(number: int, which: Move, *, note: str = "", reason: str = "", new_due: str = "") -> Deed:
    """Start, submit, return, sign off or reopen an action."""
    return lambda stage, by, at: moves.move(
        stage.action(number),
        which,
        note=note,
        reason=reason,
        new_due=date.fromisoformat(new_due) if new_due else None,
        by=by,
        at=at,
    )


def step(number: int, text: str, due: str) -> Deed:
    """Add a step to an action."""
    return lambda stage, by, at: steps.add_step(
        stage.action(number), text=text, due_on=date.fromisoformat(due), by=by, at=at
    )


def tick(number: int, text: str) -> Deed:
    """Tick a step, found by its words."""
    return lambda stage, by, at: steps.tick_step(
        ActionStep.objects.get(action=stage.action(number), text=text), done=True, by=by, at=at
    )


def link(number: int, url: str, title: str, about: str) -> Deed:
    """Attach the address of something as evidence that the board may see."""
    return lambda stage, by, at: evidence.add_link(
        stage.action(number),
        url=url,
        title=title,
        about_on=date.fromisoformat(about),
        confidential=False,
        by=by,
        at=at,
    )


def seen(number: int, title: str, text: str, about: str, *, confidential: bool = False) -> Deed:
    """Attach a written observation as evidence."""
    return lambda stage, by, at: evidence.add_note(
        stage.action(number),
        title=title,
        text=text,
        about_on=date.fromisoformat(about),
        confidential=confidential,
        by=by,
        at=at,
    )


def file(number: int, name: str, title: str, content: str, about: str, *, confidential: bool = False) -> Deed:
    """Attach a small text or table as evidence."""
    return lambda stage, by, at: evidence.add_file(
        stage.action(number),
        data=content.encode(),
        name=name,
        title=title,
        about_on=date.fromisoformat(about),
        confidential=confidential,
        by=by,
        at=at,
    )


def measure(number: int, name: str, baseline: str, target: str) -> Deed:
    """Say by which figure the gain of children is to be seen."""
    return lambda stage, by, at: measures.add_measure(
        stage.action(number), name=name, baseline=baseline, target=target, by=by, at=at
    )


def figure(number: int, name: str, current: str, as_at: str) -> Deed:
    """Enter a measure's latest figure."""
    return lambda stage, by, at: measures.record_figure(
        ImpactMeasure.objects.get(action=stage.action(number), name=name),
        current=current,
        as_at=date.fromisoformat(as_at),
        by=by,
        at=at,
    )


def ask(number: int, to: str, reason: str) -> Deed:
    """Ask for a later date."""
    return lambda stage, by, at: extensions.ask(
        stage.action(number), to_due=date.fromisoformat(to), reason=reason, by=by, at=at
    )


def decide(number: int, granted: bool, reason: str) -> Deed:
    """Grant or refuse the extension that waits."""
    return lambda stage, by, at: extensions.decide(
        stage.action(number).extensions.get(granted=None, withdrawn=False), granted=granted, reason=reason, by=by, at=at
    )


def lower(number: int, reason: str) -> Deed:
    """Lower a delivery rating to amber."""
    return lambda stage, by, at: ratings.lower_rating(stage.action(number), reason=reason, by=by, at=at)


def impact(number: int, rating: Impact, reason: str) -> Deed:
    """Rate what children have gained."""
    return lambda stage, by, at: ratings.rate_impact(stage.action(number), impact=rating, reason=reason, by=by, at=at)
