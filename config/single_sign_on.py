"""The councils' own sign-in (OpenID Connect), read from the environment: see docs/signing-in.md."""

import json
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config.environment import env, env_bool, env_list
from tracker.rules.single_sign_on import ENTRA, Provider, problem_with


def providers() -> tuple[Provider, ...]:
    """The providers of OIDC_PROVIDERS (a list, as JSON), or the one of OIDC_ISSUER and its companions; often none."""
    listed = env("OIDC_PROVIDERS", "").strip()
    found = [_provider(each) for each in _listed(listed)] if listed else _one()
    for each in found:
        if problem := problem_with(each):
            raise ImproperlyConfigured(f"Single sign-on of {each.name}: {problem}.")
    if len({each.key for each in found}) < len(found):
        raise ImproperlyConfigured("OIDC_PROVIDERS: every provider needs an id of its own.")
    return tuple(found)


def _listed(words: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(words)
    except ValueError as error:
        raise ImproperlyConfigured(f"OIDC_PROVIDERS is no JSON: {error}.") from None
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise ImproperlyConfigured("OIDC_PROVIDERS has to be a list of objects.")
    return found


def _one() -> list[Provider]:
    if not env("OIDC_ISSUER", ""):
        return []
    given = {
        "id": "council",
        "name": env("OIDC_NAME", "your council"),
        "issuer": env("OIDC_ISSUER"),
        "client_id": env("OIDC_CLIENT_ID"),
        "client_secret": env("OIDC_CLIENT_SECRET"),
        "domains": env_list("OIDC_DOMAINS", ""),
        "second_factor": env_bool("OIDC_SECOND_FACTOR", False),
        "passwords": env_bool("OIDC_PASSWORDS", True),
    }
    proof = env("OIDC_EMAIL_PROOF", "")
    return [_provider({**given, **({"email_proof": proof} if proof else {})})]


def _provider(given: dict[str, Any]) -> Provider:
    unknown = set(given) - {
        "id", "name", "issuer", "client_id", "client_secret", "domains", "email_proof", "second_factor", "passwords"
    }  # fmt: skip
    missing = {"id", "name", "issuer", "client_id", "client_secret", "domains"} - set(given)
    if unknown or missing:
        raise ImproperlyConfigured(f"OIDC_PROVIDERS: missing {sorted(missing)}, not known {sorted(unknown)}.")
    if not isinstance(given.get("second_factor", False), bool) or not isinstance(given.get("passwords", True), bool):
        raise ImproperlyConfigured("OIDC_PROVIDERS: second_factor and passwords are true or false.")
    issuer = str(given["issuer"])
    return Provider(
        key=str(given["id"]),
        name=str(given["name"]),
        issuer=issuer,
        client_id=str(given["client_id"]),
        client_secret=str(given["client_secret"]),
        domains=tuple(str(each).strip().lower() for each in given["domains"]),
        proof=str(given.get("email_proof") or ("xms_edov" if ENTRA in issuer else "email_verified")),
        second_factor=given.get("second_factor", False),
        passwords=given.get("passwords", True),
    )
