"""Failed sign-ins are counted together by all web processes, in production's settings and in those of `make run`."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import valkey

ROOT = Path(__file__).parent.parent
TRIES, PROCESSES, LIMIT = 5, 3, 5  # config/settings.py: 5/5m/key
TRY = f"""
import django
django.setup()
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from tracker.web.accounts import ClosedAccountAdapter
for _ in range({TRIES}):
    try:
        ClosedAccountAdapter().pre_authenticate(RequestFactory().post("/"), email="somebody@example.org")
        print("tried")
    except ValidationError:
        print("refused")
"""
PRODUCTION = {"DATABASE_URL": "postgresql://tracker@/tracker", "SECRET_KEY": secrets.token_urlsafe(60), "HTTPS": "no"}


@pytest.mark.parametrize("installation", [PRODUCTION, {}], ids=["production", "make run"])
def test_three_processes_at_once_try_as_often_as_one(installation, tmp_path):
    bare = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    with valkey() as socket:
        env = {**bare, **installation, "REDIS_URL": f"unix://{socket}"}
        words = [sys.executable, "-c", TRY]
        begun = [
            subprocess.Popen(words, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) for _ in range(PROCESSES)
        ]
        said = "".join(each.communicate(timeout=300)[0] for each in begun).split()
    assert (said.count("tried"), said.count("refused")) == (LIMIT, PROCESSES * TRIES - LIMIT)
