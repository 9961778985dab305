"""The second factor: setting it up, switching it off, spending a recovery code, and taking a lost one off somebody.

The sign-in package keeps the secrets in tables of its own, encrypted (tracker.web.accounts); the trail is told what was
done and never a secret. Whatever changes here ends the person's other sessions.
"""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.utils.crypto import constant_time_compare

from tracker.access import Actor, check_takes_factor_off
from tracker.choices import EventKind
from tracker.models import Membership, User
from tracker.rules.doors import needs_second_factor
from tracker.rules.refusal import Refused
from tracker.services import trail
from tracker.services.locking import locked

LAST = "last_counter"  # the half minute whose code was taken last: no earlier one is taken after it


def has_factor(person: User) -> bool:
    """Whether the person has set a second factor up."""
    return bool(Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists())


def codes_left(person: User) -> int:
    """How many recovery codes the person has not used yet."""
    found = _recovery(person)
    return len(RecoveryCodes(found).get_unused_codes()) if found else 0


def must_have_factor(person: User, mode: str) -> bool:
    """Whether the installation's setting asks a second factor of this person, by the roles they hold now."""
    roles = Membership.objects.current().filter(user=person).values_list("role", flat=True)
    return needs_second_factor(mode, list(roles), runs_the_site=person.is_staff or person.is_superuser)


@transaction.atomic
def set_up(person: User, *, secret: str, by: Actor, at: datetime) -> User:
    """Keep the secret that the person's telephone has taken, and make recovery codes. Raises Refused."""
    kept = _own(person, by)
    if has_factor(kept):
        raise Refused("You have a second factor already. Switch it off first to use another telephone.")
    TOTP.activate(kept, secret)
    _new_codes(kept)
    return _told(EventKind.FACTOR_SET_UP, kept, by, at)


@transaction.atomic
def switch_off(person: User, *, by: Actor, at: datetime) -> User:
    """Take one's own second factor off, and its recovery codes with it. Raises Refused where there is none."""
    kept = _own(person, by)
    _take_off(kept, "You have no second factor.")
    return _told(EventKind.FACTOR_SWITCHED_OFF, kept, by, at)


@transaction.atomic
def renew_codes(person: User, *, by: Actor, at: datetime) -> User:
    """Make new recovery codes; the earlier ones work no more. Raises Refused where there is no second factor."""
    kept = _own(person, by)
    if not has_factor(kept):
        raise Refused("Recovery codes come with a second factor. Set one up first.")
    _new_codes(kept)
    return _told(EventKind.RECOVERY_CODES_RENEWED, kept, by, at)


@transaction.atomic
def take_off(person: User, *, reason: str, by: Actor, at: datetime) -> User:
    """Take a lost second factor off somebody else, as their administrator. Raises Refused."""
    check_takes_factor_off(by, person)
    if not reason.strip():
        raise Refused("Say why, and how you know that it is them.", "reason")
    kept = locked(person)
    _take_off(kept, f"{kept.name} has no second factor.")
    return _told(EventKind.FACTOR_TAKEN_OFF, kept, by, at, reason)


@transaction.atomic
def spend_code(person: User, *, code: str, by: Actor, at: datetime) -> Authenticator:
    """Take a recovery code, once. Raises Refused where it is none of theirs, or was used before."""
    kept = _own(person, by)
    found = _recovery(kept)
    if found is None or not RecoveryCodes(found).validate_code(code):
        raise Refused("That code is not right.", "code")
    left = codes_left(kept)
    trail.record(EventKind.RECOVERY_CODE_USED, kept, chain=None, by=by, at=at, details={"codes_left": left})
    return found


@transaction.atomic
def accept_timed(person: User, code: str) -> Authenticator | None:
    """The person's factor where the telephone's code is right and newer than any taken before; else None.

    The last half minute taken is kept in the database, under a lock: several web processes take a code once.
    """
    found = Authenticator.objects.select_for_update().filter(user=person, type=Authenticator.Type.TOTP).first()
    counter = _counter_of(found, code) if found else None
    if found is None or counter is None or counter <= found.data.get(LAST, 0):
        return None
    found.data[LAST] = counter
    found.save(update_fields=["data"])
    return found


def _counter_of(found: Authenticator, code: str) -> int | None:
    typed, secret = "".join(code.split()), decrypt(found.data["secret"])
    return next((each for each in yield_hotp_counters_from_time() if _same(typed, hotp_value(secret, each))), None)


def _same(typed: str, value: int) -> bool:
    return constant_time_compare(typed, format_hotp_value(value))


def _recovery(person: User) -> Authenticator | None:
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()


def _own(person: User, by: Actor) -> User:
    if by.is_house or by.person().pk != person.pk:
        raise Refused("Only the person themselves may do this with their second factor.")
    return User.objects.select_for_update().get(pk=person.pk)


def _new_codes(person: User) -> None:
    Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(person)


def _take_off(person: User, otherwise: str) -> None:
    if not has_factor(person):
        raise Refused(otherwise)
    Authenticator.objects.filter(user=person).delete()


def _told(kind: EventKind, person: User, by: Actor, at: datetime, reason: str = "") -> User:
    person.end_sessions()
    person.save(update_fields=["session_round"])
    trail.record(kind, person, chain=None, by=by, at=at, reason=reason)
    return person
