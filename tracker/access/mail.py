"""Which mails and which rows of the ledger somebody may see who keeps a council's people; and who may ask for one again.

An envelope belongs to no council: it is for a person, who may work for several. So one that was sent concerns a
council where it told something of that council's plan; any other where its recipient was there when it was put out.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from tracker.access.actors import Actor
from tracker.access.checks import can, can_people, check
from tracker.choices import NoticeState
from tracker.models import DIGESTS, Authority, Due, Membership, Notice, Told, User
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability


def council_notices(user: User, authority: Authority) -> QuerySet[Notice]:
    """The digests that concern the council, for who keeps its people; what they say is another question."""
    if not can_people(user, authority):
        return Notice.objects.none()
    return _concerning(authority)


def _concerning(authority: Authority) -> QuerySet[Notice]:
    told = Told.objects.filter(notice=OuterRef("pk"), due__authority=authority)
    there = Membership.objects.filter(
        user=OuterRef("recipient"), authority=authority, granted_at__lte=OuterRef("posted_at")
    )
    then = there.filter(Q(ended_at=None) | Q(ended_at__gte=OuterRef("posted_at")))
    concerns = Exists(told) | ~Q(state=NoticeState.SENT) & Exists(then)
    rows: QuerySet[Notice] = Notice.objects.filter(concerns, kind__in=DIGESTS)
    return rows


def council_dues(user: User, authority: Authority) -> QuerySet[Due]:
    """What is owed about the council's plan, for who keeps the plan."""
    return Due.objects.filter(authority=authority) if can(user, Ability.KEEP_PLAN, authority) else Due.objects.none()


def works_here_alone(people: Any, authority: Authority) -> set[int]:
    """Of these people those who never had a role in another council: a subject line of theirs tells of no other plan."""
    elsewhere = Membership.objects.filter(user__in=people).exclude(authority=authority).values_list("user", flat=True)
    return set(people) - set(elsewhere)


def check_ask_again(by: Actor, notice: Notice, authority: Authority) -> None:
    """Refuses unless the actor leads the council and the mail concerns it."""
    check(by, Ability.KEEP_PLAN, authority)
    if not _concerning(authority).filter(pk=notice.pk).exists():
        raise Refused("This mail is not about your council.")
