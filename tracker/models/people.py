"""Authorities, people, and what a person may do where."""

from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from tracker.choices import DigestChoice, Role
from tracker.models.trailed import Trailed


class Authority(Trailed):
    """A council with children's services. `settings` holds its own defaults; what is not in it follows the house's."""

    code = models.CharField("short code", max_length=6, unique=True)
    short_name = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    printed_names = models.JSONField("names in print", default=list)
    region = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=60, blank=True)
    ons_code = models.CharField("ONS code", max_length=9, blank=True)
    dfe_code = models.CharField("DfE code", max_length=3, blank=True)
    ofsted_urn = models.CharField("Ofsted URN", max_length=12, blank=True)
    domain = models.CharField(max_length=100, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    successors = models.ManyToManyField("self", symmetrical=False, related_name="predecessors", blank=True)
    director = models.ForeignKey("User", models.PROTECT, null=True, blank=True, related_name="directs")
    settings = models.JSONField(default=dict, blank=True)
    # Of the settings and the director: whoever changes them has seen the last change.
    version = models.PositiveIntegerField(default=1)

    TRAIL_FIELDS = (
        "code",
        "short_name",
        "name",
        "printed_names",
        "region",
        "kind",
        "ons_code",
        "dfe_code",
        "ofsted_urn",
        "domain",
        "ended_on",
        "successors",
        "director",
        "settings",
        "version",
    )
    OUTSIDE_TRAIL = {"id": "names the record"}

    class Meta:
        ordering = ["short_name"]
        verbose_name_plural = "authorities"

    def __str__(self) -> str:
        return self.short_name


# Django's own salt, so that sessions of before the first round go on.
HASHED_FOR_SESSIONS = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"


class UserManager(BaseUserManager["User"]):
    """Finds people by their e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin, Trailed):
    """A named person, who signs in with an e-mail address. Being staff or superuser shows no authority's rows."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=150)
    job_title = models.CharField(max_length=150, blank=True)
    organisation = models.CharField(max_length=150, blank=True)
    is_staff = models.BooleanField("may open the admin", default=False)
    is_active = models.BooleanField("may sign in", default=True)
    joined_at = models.DateTimeField()
    pseudonymised_at = models.DateTimeField("name replaced", null=True, blank=True)
    digest_choice = models.CharField(
        "how often mail comes", max_length=20, choices=DigestChoice, default=DigestChoice.EACH_DAY
    )
    session_round = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    TRAIL_FIELDS = (
        "email",
        "name",
        "job_title",
        "organisation",
        "is_staff",
        "is_active",
        "is_superuser",
        "joined_at",
        "pseudonymised_at",
        "digest_choice",
    )
    OUTSIDE_TRAIL = {
        "id": "names the record",
        "password": "a secret; that it changed is told by the sign-in package",
        "last_login": "changes at every sign-in without an act on any record",
        "session_round": "goes up whenever all that is open of theirs has to end; the verb that ends it is told",
        "groups": "not used: access comes from memberships alone",
        "user_permissions": "not used: access comes from memberships alone",
    }

    objects = UserManager()

    class Meta:
        ordering = ["name"]
        verbose_name = "person"
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_an_email"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.job_title}" if self.job_title else self.name

    def end_sessions(self) -> None:
        """End every session of the person, and every link for a new password that is out, once the row is saved."""
        self.session_round += 1

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session carries of the person, and is ended by: Django's own hash, and the round."""
        carried = f"{self.password}/{self.session_round}" if self.session_round else self.password
        return salted_hmac(HASHED_FOR_SESSIONS, carried, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by what they give today."""

    def current(self) -> "MembershipQuerySet":
        """Those that have not ended, of people who may sign in."""
        return self.filter(ended_at__isnull=True, user__is_active=True)

    def deputising(self, user: User, on: date) -> "MembershipQuerySet":
        """Current memberships for whose holder the person stands in on that day (both ends included)."""
        return self.current().filter(deputy=user, deputy_from__lte=on, deputy_to__gte=on)


class Membership(Trailed):
    """A person's role in one authority, from when it was granted until it was ended; it is never deleted."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    sees_confidential = models.BooleanField("may take confidential packs", default=False)
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    deputy = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="deputises")
    deputy_from = models.DateField(null=True, blank=True)
    deputy_to = models.DateField(null=True, blank=True)

    TRAIL_FIELDS = (
        "user",
        "authority",
        "role",
        "sees_confidential",
        "granted_at",
        "granted_by",
        "ended_at",
        "ended_by",
        "deputy",
        "deputy_from",
        "deputy_to",
    )
    OUTSIDE_TRAIL = {"id": "names the record"}

    objects: Any = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "user", "authority", "role", condition=Q(ended_at__isnull=True), name="one_current_membership_a_role"
            ),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True, deputy_from__isnull=True, deputy_to__isnull=True)
                | Q(deputy__isnull=False, deputy_from__isnull=False, deputy_to__gte=F("deputy_from")),
                name="a_deputy_has_first_and_last_day",
            ),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("user")), name="nobody_is_their_own_deputy"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("granted_at")),
                name="a_membership_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.name}: {self.get_role_display()}, {self.authority}"
