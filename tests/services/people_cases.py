"""Cases of the verbs on people: who they are, what they may do where, who stands in, the director."""

from datetime import date

from allauth.mfa.models import Authenticator

from tests.services.verb_case import LATER, Case, with_a_calendar, with_a_factor, with_somebody_gone, with_somebody_new
from tracker.choices import EventKind, Role
from tracker.services import (
    access_reviews,
    calendar_feeds,
    deputies,
    leavers,
    mail_choices,
    memberships,
    own_data,
    people,
    reference,
    second_factors,
    sign_ins,
    single_sign_on,
)

K = EventKind


def first_code(person):
    """A recovery code of theirs that is not used yet."""
    return Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()[0]


CASES: dict[str, Case] = {
    "people.add_person": Case(
        K.PERSON_ADDED,
        "user",
        lambda t, **m: people.add_person(email="ida.thorn@example.org", name="Ida Thorn", **m),
    ),
    "people.change_person": Case(
        K.PERSON_CHANGED, "user", lambda t, **m: people.change_person(t.lead, job_title="Head of practice", **m)
    ),
    "calendar_feeds.make": Case(
        K.CALENDAR_MADE, "calendarfeed", lambda t, **m: calendar_feeds.make(t.owner, **m), who="owner"
    ),
    "calendar_feeds.revoke": Case(
        K.CALENDAR_REVOKED,
        "calendarfeed",
        lambda t, **m: calendar_feeds.revoke(t.feed, **m),
        who="owner",
        before=with_a_calendar,
    ),
    "mail_choices.choose": Case(
        K.PERSON_CHANGED, "user", lambda t, **m: mail_choices.choose(t.owner, choice="weekly", **m), who="owner"
    ),
    "memberships.invite": Case(
        K.MEMBERSHIP_GRANTED,
        "membership",
        lambda t, **m: memberships.invite(
            email="Ida.Thorn@example.org", name="Ida", authority=t.authority, role=Role.BOARD, **m
        ),
        who="administrator",
        before=with_somebody_new,
    ),
    "memberships.grant_membership": Case(
        K.MEMBERSHIP_GRANTED,
        "membership",
        lambda t, **m: memberships.grant_membership(user=t.new, authority=t.authority, role=Role.OWNER, **m),
        who="administrator",
        before=with_somebody_new,
    ),
    "memberships.change_membership": Case(
        K.MEMBERSHIP_CHANGED,
        "membership",
        lambda t, **m: memberships.change_membership(t.board.memberships.get(), role=Role.AUDITOR, **m),
        who="administrator",
    ),
    "memberships.end_membership": Case(
        K.MEMBERSHIP_ENDED,
        "membership",
        lambda t, **m: memberships.end_membership(t.board.memberships.get(), reason="term over", **m),
        who="administrator",
    ),
    "deputies.name_deputy": Case(
        K.DEPUTY_NAMED,
        "membership",
        lambda t, **m: deputies.name_deputy(
            t.owner.memberships.get(), deputy=t.partner, first_day=date(2013, 6, 10), last_day=LATER, **m
        ),
        who="owner",
    ),
    "own_data.exported": Case(
        K.DATA_EXPORTED,
        "user",
        lambda t, **m: own_data.exported(t.owner, name="data.zip", digest="0" * 64, **m),
        who="owner",
    ),
    "leavers.pseudonymise": Case(
        K.PERSON_PSEUDONYMISED,
        "user",
        lambda t, **m: leavers.pseudonymise(t.gone, months=3, **m),
        who="house",
        before=with_somebody_gone,
    ),
    "access_reviews.confirm": Case(
        K.ACCESS_REVIEWED,
        "authority",
        lambda t, **m: access_reviews.confirm(
            t.authority, seen=access_reviews.fingerprint(t.authority.memberships.all()), **m
        ),
        who="administrator",
    ),
    "access_reviews.saved": Case(
        K.ACCESS_LIST_SAVED,
        "authority",
        lambda t, **m: access_reviews.saved(t.authority, name="access.csv", digest="0" * 64, **m),
        who="administrator",
    ),
    "reference.set_director": Case(
        K.AUTHORITY_SETTINGS_CHANGED,
        "authority",
        lambda t, **m: reference.set_director(t.authority, director=t.board, **m),
        who="administrator",
    ),
    "second_factors.set_up": Case(
        K.FACTOR_SET_UP,
        "user",
        lambda t, **m: second_factors.set_up(t.owner, secret="JBSWY3DPEHPK3PXP", **m),
        who="owner",
    ),
    "second_factors.switch_off": Case(
        K.FACTOR_SWITCHED_OFF,
        "user",
        lambda t, **m: second_factors.switch_off(t.owner, **m),
        who="owner",
        before=with_a_factor,
    ),
    "second_factors.renew_codes": Case(
        K.RECOVERY_CODES_RENEWED,
        "user",
        lambda t, **m: second_factors.renew_codes(t.owner, **m),
        who="owner",
        before=with_a_factor,
    ),
    "second_factors.spend_code": Case(
        K.RECOVERY_CODE_USED,
        "user",
        lambda t, **m: second_factors.spend_code(t.owner, code=first_code(t.owner), **m),
        who="owner",
        before=with_a_factor,
    ),
    "second_factors.take_off": Case(
        K.FACTOR_TAKEN_OFF,
        "user",
        lambda t, **m: second_factors.take_off(t.owner, reason="new telephone", **m),
        who="administrator",
        before=with_a_factor,
    ),
    "single_sign_on.link": Case(
        K.SIGN_IN_LINKED,
        "user",
        lambda t, **m: single_sign_on.link(t.owner, provider="council", subject="7", **m),
        who="owner",
    ),
    "sign_ins.sign_out_everywhere": Case(
        K.SIGNED_OUT_EVERYWHERE, "user", lambda t, **m: sign_ins.sign_out_everywhere(t.owner, **m), who="owner"
    ),
}
