"""People: adding them, changing their details, finding them. What they may do where is services.memberships."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from tracker.access import Actor, check_adds_people, check_site
from tracker.choices import EventKind
from tracker.models import User
from tracker.rules.refusal import Refused
from tracker.services import trail
from tracker.services.locking import locked


@transaction.atomic
def add_person(
    *,
    email: str,
    name: str,
    by: Actor,
    at: datetime,
    job_title: str = "",
    organisation: str = "",
    password: str | None = None,
    is_staff: bool = False,
    is_superuser: bool = False,
) -> User:
    """Add a person. Without a password they set one by the link in their first mail. Raises Refused."""
    check_adds_people(by)
    if is_superuser or is_staff:
        check_site(by)
    email = email.strip().lower()
    if User.objects.filter(email__iexact=email).exists():
        raise Refused("Somebody with this e-mail address is there already.", "email")
    person = User(
        email=email,
        name=name.strip(),
        job_title=job_title,
        organisation=organisation,
        is_staff=is_staff,
        is_superuser=is_superuser,
        joined_at=at,
    )
    person.set_password(password)
    _check_details(person)
    person.save()
    trail.record(EventKind.PERSON_ADDED, person, chain=None, by=by, at=at)
    return person


def _check_details(person: User) -> None:
    """Refuses what a person cannot be called or reached by, naming the first field that is wrong."""
    try:
        person.full_clean(exclude=["password"])
    except ValidationError as error:
        field, sentences = next(iter(error.message_dict.items()))
        raise Refused(sentences[0], field) from error


@transaction.atomic
def change_person(
    person: User,
    *,
    by: Actor,
    at: datetime,
    name: str | None = None,
    job_title: str | None = None,
    organisation: str | None = None,
    is_active: bool | None = None,
    is_staff: bool | None = None,
) -> User:
    """Change somebody's details: one's own name, post and organisation, or anybody's as the site's administrator."""
    own = by.user is not None and by.user.pk == person.pk and is_active is None and is_staff is None
    if not own:
        check_site(by)
    kept = locked(person)
    if kept.pseudonymised_at:
        raise Refused("This was the account of somebody who has left. Its name was replaced, and it stays closed.")
    wanted = {
        "name": name,
        "job_title": job_title,
        "organisation": organisation,
        "is_active": is_active,
        "is_staff": is_staff,
    }
    for field, value in wanted.items():
        if value is not None:
            setattr(kept, field, value)
    _check_details(kept)
    if is_active is False:
        kept.end_sessions()
    kept.save()
    trail.record(EventKind.PERSON_CHANGED, kept, chain=None, by=by, at=at)
    return kept


def person_of(email: str) -> User | None:
    """The person of that e-mail address, whatever its case; None where there is none."""
    return User.objects.filter(email__iexact=email.strip()).first()
