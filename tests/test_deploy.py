"""An installation with production's settings has nothing left that Django's own deployment check would mend."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PRODUCTION = {
    "DATABASE_URL": "postgresql://tracker@/tracker",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "REDIS_URL": "redis://127.0.0.1:6379",
    "CLAMD_ADDRESS": "tcp://127.0.0.1:3310",
    "ALLOWED_HOSTS": "tracker.example.org",
}
COMPLETE = {
    "OIDC_ISSUER": "https://login.microsoftonline.com/0f6c0a4e-0000-4000-8000-000000000000/v2.0",
    "OIDC_CLIENT_ID": "tracker",
    "OIDC_CLIENT_SECRET": "a secret",
    "OIDC_DOMAINS": "example.org",
}


def check(folder, **more):
    """`manage.py check --deploy` with these settings: whether nothing was found, and what was said."""
    env = {"PATH": os.environ["PATH"], "VAR_DIR": str(folder), **PRODUCTION, **more}
    words = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    ended = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)
    return ended.returncode == 0, ended.stdout + ended.stderr


def test_the_deployment_check_finds_nothing_in_production(tmp_path):
    assert check(tmp_path, **COMPLETE) == (True, "System check identified no issues (0 silenced).\n")


def test_a_provider_that_lets_every_organisation_in_is_refused(tmp_path):
    clean, said = check(tmp_path, **{**COMPLETE, "OIDC_ISSUER": "https://login.microsoftonline.com/common/v2.0"})
    assert not clean and "your own tenant" in said
