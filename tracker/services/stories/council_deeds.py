"""Deeds about the council: its reports and people, and its board. Each is one verb, by the person of the scene."""

from datetime import date, datetime

from tracker.access import Actor
from tracker.choices import AcceptedAs, Step
from tracker.models import BoardMeeting, Challenge, Report, StatutoryStep
from tracker.services import acceptance, board, clock, deputies, intake, memberships, reference, reports
from tracker.services.acceptance import Publication
from tracker.services.stories.cast import Player
from tracker.services.stories.stage import Deed, Stage


def accept(file: str, published: str = "", source: str = "") -> Deed:
    """Take in a seed report and accept it as a plan, with a publication date where it prints none."""

    def deed(stage: Stage, by: Actor, at: datetime) -> object:
        path = stage.seeds / file
        reading = intake.read_bytes(path.read_bytes(), name=path.name)
        authority = reference.authority_named(reading.authority or "") or stage.authority
        received = intake.receive(path.read_bytes(), name=path.name, authority=authority, by=by, at=at, reading=reading)
        given = Publication(date.fromisoformat(published), source) if published else None
        return acceptance.accept(received, accepted_as=AcceptedAs.PLAN, publication=given, by=by, at=at)

    return deed


def published(code: str, series: str, on: str, source: str) -> Deed:
    """Enter the publication date of a report that was accepted without one."""
    return lambda stage, by, at: reports.set_publication_date(
        Report.objects.get(authority__code=code, series=series),
        on=date.fromisoformat(on),
        source=source,
        by=by,
        at=at,
    )


def met(code: str, series: str, which: Step, on: str, note: str) -> Deed:
    """Say on which day a statutory step of a report was met."""
    return lambda stage, by, at: clock.mark_met(
        StatutoryStep.objects.get(report__authority__code=code, report__series=series, step=which),
        on=date.fromisoformat(on),
        note=note,
        by=by,
        at=at,
    )


def invite(player: Player) -> Deed:
    """Give somebody their role; from now on they are in the story."""

    def deed(stage: Stage, by: Actor, at: datetime) -> object:
        invited = memberships.invite(
            email=player.email,
            name=player.name,
            authority=stage.authority,
            role=player.role,
            job_title=player.job_title,
            organisation=player.organisation,
            sees_confidential=player.sees_confidential,
            by=by,
            at=at,
        )
        stage.people[player.key] = invited.membership.user
        return invited

    return deed


def director(who: str) -> Deed:
    """Name the director to whom long overdue actions are escalated."""
    return lambda stage, by, at: reference.set_director(stage.authority, director=stage.people[who], by=by, at=at)


def away(who: str, deputy: str, first: str, last: str) -> Deed:
    """Name who stands in for somebody."""
    return lambda stage, by, at: deputies.name_deputy(
        stage.people[who].memberships.get(ended_at=None, authority=stage.authority),
        deputy=stage.people[deputy],
        first_day=date.fromisoformat(first),
        last_day=date.fromisoformat(last),
        by=by,
        at=at,
    )


def leaves(who: str, to: str, reason: str) -> Deed:
    """Somebody leaves; another takes over what they hold."""
    return lambda stage, by, at: memberships.end_membership(
        stage.people[who].memberships.get(ended_at=None, authority=stage.authority),
        reason=reason,
        hand_over_to=stage.people[to],
        by=by,
        at=at,
    )


def meeting(held: str, notes: str = "") -> Deed:
    """Plan a meeting of the board; no updates are called for yet."""
    return lambda stage, by, at: board.plan_meeting(
        stage.authority, held_on=date.fromisoformat(held), notes=notes, by=by, at=at
    )


def call(held: str, updates_by: str) -> Deed:
    """Call owners for updates before a meeting."""

    def deed(stage: Stage, by: Actor, at: datetime) -> object:
        found = BoardMeeting.objects.get(authority=stage.authority, held_on=date.fromisoformat(held))
        return board.change_meeting(
            found, held_on=found.held_on, updates_by=date.fromisoformat(updates_by), notes=found.notes, by=by, at=at
        )

    return deed


def challenge(held: str, number: int, text: str) -> Deed:
    """Put a challenge at a meeting about an action."""
    return lambda stage, by, at: board.challenge(
        stage.authority,
        text=text,
        action=stage.action(number),
        meeting=BoardMeeting.objects.get(authority=stage.authority, held_on=date.fromisoformat(held)),
        by=by,
        at=at,
    )


def answer(number: int, text: str) -> Deed:
    """Answer the challenge that was put about an action."""
    return lambda stage, by, at: board.answer(
        Challenge.objects.get(action=stage.action(number), answered_at=None), text=text, by=by, at=at
    )
