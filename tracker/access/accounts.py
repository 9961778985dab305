"""The accounts of the whole site, for its administrators alone: those with rights over the site, those without a role."""

from dataclasses import dataclass

from django.db.models import Q

from tracker.models import Membership, User


@dataclass(frozen=True)
class SiteAccounts:
    """`staff` may open the administration or look after the site; `roleless` may sign in and have a role nowhere."""

    staff: tuple[User, ...] = ()
    roleless: tuple[User, ...] = ()


def accounts_of_the_site(user: User) -> SiteAccounts:
    """What an administrator of the site has to look through beside a council's own list; nothing for anybody else."""
    if not (user.is_active and user.is_superuser):
        return SiteAccounts()
    open_accounts = User.objects.filter(is_active=True).order_by("name")
    held = Membership.objects.current().values("user")
    return SiteAccounts(
        tuple(open_accounts.filter(Q(is_staff=True) | Q(is_superuser=True))),
        tuple(open_accounts.exclude(pk__in=held)),
    )
