"""Single sign-on: what a council's provider may say of whom. Plain values in, an answer or a refusal out.

An e-mail address in a token is proof of nothing by itself: at Microsoft Entra anybody's administrator may write any
address into it ("nOAuth"). So an address counts only from the provider of its own domain, with the proof that the
provider's settings ask for, and only once: from the first sign-in on the provider's own number for the person counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

from tracker.rules.refusal import Refused

ENTRA = "login.microsoftonline.com"
PROOFS = ("email_verified", "xms_edov", "tenant")
SHARED_TENANTS = {"common", "organizations", "consumers"}
SAID_YES = (True, 1, "1", "true", "True")
ASK = "Ask an improvement lead or an administrator of your council."


@dataclass(frozen=True)
class Provider:
    """A council's provider. `proof` is the claim that makes an e-mail address count, or "tenant" for the council's word.

    `second_factor`: whether who comes from there has shown one already. `passwords`: whether addresses of its domains
    may sign in by password as well.
    """

    key: str
    name: str
    issuer: str
    client_id: str
    client_secret: str
    domains: tuple[str, ...]
    proof: str
    second_factor: bool = False
    passwords: bool = True

    @property
    def is_entra(self) -> bool:
        """Whether this is Microsoft Entra ID, whose tokens name the tenant and the person's object."""
        return urlsplit(self.issuer).hostname == ENTRA


def problem_with(provider: Provider) -> str:
    """What is wrong with a provider's settings, in a sentence; empty where they are fine."""
    issuer = urlsplit(provider.issuer)
    if issuer.scheme != "https" or not issuer.hostname:
        return "the issuer has to be an address that begins with https://"
    if provider.is_entra and SHARED_TENANTS & set(issuer.path.split("/")):
        return "the issuer has to name your own tenant: people of other organisations could sign in otherwise"
    if not provider.domains:
        return "say for which e-mail domains it may speak (domains)"
    if provider.proof not in PROOFS:
        return f"email_proof has to be one of {', '.join(PROOFS)}"
    return ""


def subject_of(provider: Provider, claims: Mapping[str, object]) -> str:
    """The provider's own lasting number for the person, as it is kept here. Raises Refused where the token names none.

    At Entra that is the tenant and the object; elsewhere the issuer and the subject.
    """
    names = ("tid", "oid") if provider.is_entra else ("iss", "sub")
    parts = [claims.get(name) for name in names]
    if not all(isinstance(part, str) and part for part in parts):
        raise Refused("Your council’s sign-in did not say who you are.")
    if provider.is_entra and parts[0] not in urlsplit(provider.issuer).path.split("/"):
        raise Refused("Your council’s sign-in spoke for another organisation.")
    return sha256("\n".join(str(part) for part in parts).encode()).hexdigest()


def address_of(provider: Provider, claims: Mapping[str, object]) -> str:
    """The e-mail address that the token proves, in small letters. Raises Refused where it proves none."""
    address = claims.get("email")
    if not isinstance(address, str) or address.count("@") != 1:
        raise Refused(f"Your council’s sign-in gave no e-mail address. {ASK}")
    if provider.proof != "tenant" and claims.get(provider.proof) not in SAID_YES:
        raise Refused(f"Your council’s sign-in does not vouch for your e-mail address. {ASK}")
    if not speaks_for(provider, address):
        raise Refused(f"Your council’s sign-in cannot vouch for {address}. {ASK}")
    return address.strip().lower()


def speaks_for(provider: Provider, address: str) -> bool:
    """Whether the address is of one of the provider's own domains, to the letter: a subdomain is another one."""
    return address.strip().lower().rpartition("@")[2] in provider.domains


def without_passwords(providers: Iterable[Provider], address: str) -> Provider | None:
    """The provider through which alone people of this address sign in; None where a password will do."""
    return next((each for each in providers if not each.passwords and speaks_for(each, address)), None)
