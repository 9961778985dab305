"""Who has to show a second factor; and what a council's provider may say of whom."""

from dataclasses import replace

import pytest

from tracker.choices import Role
from tracker.rules.doors import needs_second_factor
from tracker.rules.refusal import Refused
from tracker.rules.single_sign_on import Provider, address_of, problem_with, subject_of

TENANT = "0f6c0a4e-0000-4000-8000-000000000000"
ENTRA = Provider(
    "rth", "Rotherham", f"https://login.microsoftonline.com/{TENANT}/v2.0", "id", "x", ("example.org",), "xms_edov"
)
CLAIMS = {"tid": TENANT, "oid": "7", "sub": "s", "email": "Ben.Moss@example.org", "xms_edov": True}


@pytest.mark.parametrize("role", Role)
def test_leads_and_administrators_need_one_by_the_setting_for_leads(role):
    asked = needs_second_factor("leads", [role], runs_the_site=False)
    assert asked == (role in (Role.LEAD, Role.ADMINISTRATOR))


@pytest.mark.parametrize(("mode", "asked"), [("off", False), ("leads", True), ("everybody", True)])
def test_who_runs_the_site_needs_one_wherever_anybody_does(mode, asked):
    assert needs_second_factor(mode, [], runs_the_site=True) is asked


def test_at_entra_the_tenant_and_the_object_name_the_person_and_not_the_subject():
    assert subject_of(ENTRA, CLAIMS) == subject_of(ENTRA, {**CLAIMS, "sub": "other"})
    assert subject_of(ENTRA, CLAIMS) != subject_of(ENTRA, {**CLAIMS, "oid": "8"})


def test_a_token_of_another_tenant_names_nobody():
    with pytest.raises(Refused, match="another organisation"):
        subject_of(ENTRA, {**CLAIMS, "tid": "1f6c0a4e-0000-4000-8000-000000000000"})


@pytest.mark.parametrize("proof", [None, False, 0, "0", "false"])
def test_an_address_that_entra_does_not_vouch_for_is_none(proof):
    with pytest.raises(Refused, match="does not vouch"):
        address_of(ENTRA, {**CLAIMS, "xms_edov": proof, "email_verified": True})


@pytest.mark.parametrize("proof", [True, 1, "1"])
def test_an_address_is_proven_by_the_claim_that_the_settings_ask_for(proof):
    assert address_of(ENTRA, {**CLAIMS, "xms_edov": proof}) == "ben.moss@example.org"


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": "http://login.example.org"},
        {"issuer": "https://login.microsoftonline.com/organizations/v2.0"},
        {"domains": ()},
        {"proof": "upn"},
    ],
)
def test_settings_that_would_let_strangers_in_are_refused(change):
    assert problem_with(ENTRA) == "" and problem_with(replace(ENTRA, **change))
