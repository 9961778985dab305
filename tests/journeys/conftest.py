"""A real browser against the site as it runs, and the people who use it for the first time."""

import os
from pathlib import Path
from threading import Condition

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started

from tests import factories
from tracker.choices import Role
from tracker.models import Action, Authority
from tracker.services import actions

# The first is the browser without its windows: two thirds of the work for the same pages.
BROWSERS = [Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium")]
# Right after a click there may be a new document without anything in it yet: nothing is said of it before it is whole.
FITS = """() => document.readyState === "complete"
    && {fits: document.documentElement.scrollWidth <= document.documentElement.clientWidth}"""
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PASSWORD = "four quiet words here"
WIDTHS = (1280, 360)
PATIENCE = 30  # seconds, for a machine that is busy with other tests; no test is about speed


@pytest.fixture(scope="module")
def browser():
    """One browser for the journeys of a module; they are skipped where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chosen = next((path for path in BROWSERS if path.exists()), None)
    if chosen is None:
        pytest.skip(f"there is no browser at {BROWSERS[0]} or {BROWSERS[1]}")
    # The browser's driver runs a loop in this thread; the test's own look at the database is made between its steps.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(chosen), args=ARGS)
        yield running
        running.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class Answering:
    """The requests that the server's threads are at: how many now, and how many there have been."""

    def __init__(self):
        self.now, self.ever, self.changed = 0, 0, Condition()

    def begun(self, sender, **_signal):
        self._count(sender, 1)

    def ended(self, sender, **_signal):
        self._count(sender, -1)

    def _count(self, sender, more):
        # A test's own client, in this process, is no server; it ends without a sender.
        if sender and issubclass(sender, WSGIHandler):
            with self.changed:
                self.now, self.ever = self.now + more, self.ever + (more > 0)
                self.changed.notify_all()

    def all_done(self):
        """Wait until nothing is being answered."""
        with self.changed:
            assert self.changed.wait_for(lambda: self.now == 0, timeout=PATIENCE)


@pytest.fixture(scope="session")
def answering(live_server):
    """What the server's threads are at."""
    answers = Answering()
    request_started.connect(answers.begun)
    request_finished.connect(answers.ended)
    yield answers
    request_started.disconnect(answers.begun)
    request_finished.disconnect(answers.ended)


@pytest.fixture(autouse=True)
def nothing_unanswered(committed, answering):
    """What a test's pages still ask for when it ends is answered first: the next has other rows and other settings."""
    yield
    answering.all_done()


@pytest.fixture(params=WIDTHS, ids=lambda width: f"{width}px")
def page(request, browser, live_server):
    """A page of a fresh browser at one width; what the browser complains of fails the test."""
    context = browser.new_context(viewport={"width": request.param, "height": 900}, base_url=live_server.url)
    opened, complaints = context.new_page(), []
    opened.set_default_timeout(PATIENCE * 1000)
    opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert not complaints


@pytest.fixture
def picture(request, page):
    """Keeps a picture of the page, where a folder is named for them, and sees that nothing runs off its side."""
    folder = os.environ.get("SCREENSHOTS_DIR")

    def keep(name):
        assert page.wait_for_function(FITS).evaluate("seen => seen.fits")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)

    return keep


def with_password(user):
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def council(committed):
    """West Sussex with its lead, an owner, and a report that prints no publication date."""
    authority = Authority.objects.get(code="WSX")
    lead = with_password(factories.member("Amina Lark", authority, Role.LEAD, job_title="Improvement lead"))
    owner = with_password(factories.member("Ben Moss", authority, Role.OWNER, job_title="Head of early help"))
    report = factories.accepted_seed(
        "west-sussex", authority, by=factories.acting(lead), moment=factories.at(2013, 9, 1)
    )
    return {"lead": lead, "owner": owner, "report": report}


@pytest.fixture
def given(council):
    """The second action of the report, given to its owner."""
    action = Action.objects.order_by("reference")[1]
    by, moment = factories.acting(council["lead"]), factories.at(2013, 9, 2)
    return actions.assign(action, owner=council["owner"], by=by, at=moment)


def sign_in(page, user):
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
