"""axe-core looks at every page of the site as each role sees it: at a desk's width, a telephone's, and as it prints."""

import re

import pytest
from django.test import Client

from config.frontend import build
from tests import factories
from tests.axe.fetching import axe
from tests.journeys.conftest import PATIENCE, WIDTHS
from tests.plenty import plenty
from tests.web import addresses
from tracker.models import Authority

pytestmark = pytest.mark.usefixtures("committed")
ROLES = ["lead", "owner", "partner", "board", "auditor", "administrator", "nobody", "not signed in"]
SIGN_IN = ["/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/done/"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What axe-core has looked at already: a page that another role is shown in the same words is no other page.
LOOKED_AT: set[str] = set()
PASSING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
LOOK = """async (tags) => {
  const found = await axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]});
  return found.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(" ")).slice(0, 3).join(", ")}`);
}"""

# What a finger presses on a telephone: 44 px high at least. Links in a sentence are as high as its line.
SMALL = """() => [...document.querySelectorAll("main :is(.govuk-button, .govuk-select, .govuk-input, .govuk-details__summary)")]
  .filter((each) => each.getClientRects().length && each.getBoundingClientRect().height < 44)
  .map((each) => `lower than 44 px: ${(each.innerText || each.name || each.id).trim().slice(0, 40)}`)"""


@pytest.fixture(scope="session")
def checker():
    """The script of axe-core; skipped where it cannot be fetched."""
    try:
        return axe()
    except build.CannotBuild as problem:
        pytest.skip(f"axe-core cannot be fetched: {problem}")


@pytest.fixture
def there(committed):
    return plenty(Authority.objects.get(code="RTH"), "rotherham")


@pytest.fixture
def page(browser, live_server):
    """A page of a browser; what it is to show is handed to it, and the rest it fetches."""
    context = browser.new_context(base_url=live_server.url)
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE * 1000)
    yield opened
    context.close()


def signed_in(role, there):
    """Who looks."""
    client = Client()
    if role != "not signed in":
        client.force_login(factories.person("Una Bell") if role == "nobody" else getattr(there, role))
    return client


def is_page(answer):
    """Whether it is a page; a download is read to its end, which closes its file."""
    if answer.streaming:
        b"".join(answer.streaming_content)
    return not answer.streaming and answer.status_code == 200 and "text/html" in answer.headers["content-type"]


def show(page, address, answer):
    """Open the address; what stands there is the answer at hand, as the site gave it, headers and all."""
    handed = []

    def hand(route):
        handed.append(address)
        route.fulfill(body=answer.content, headers={**answer.headers})

    page.route(f"**{address}", hand, times=1)
    page.goto(address)
    assert handed, f"{address} was asked of somebody who has not signed in."


def pages_of(role):
    """The addresses of one page of each kind; the sign-in's own for those not signed in."""
    if role == "not signed in":
        return SIGN_IN
    return [*addresses.one_of_each(Authority.objects.get(code="RTH")), "/accounts/password/change/"]


def complaints(page, checker):
    """What axe-core finds on the open page, in its three shapes."""
    page.evaluate(checker)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        yield from (f"{width} px: {each}" for each in page.evaluate(LOOK, TAGS))
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            yield f"{width} px: runs off the side"
        if width == min(WIDTHS):
            yield from page.evaluate(SMALL)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})
    yield from (f"print: {each}" for each in page.evaluate(LOOK, TAGS))
    page.emulate_media(media="screen")


def words_of(answer, there):
    """The page but for what differs each time it is asked for, and for who has signed in."""
    words = PASSING.sub("", answer.content.decode())
    for role in ROLES:
        words = words.replace(getattr(getattr(there, role, None), "name", "Una Bell"), "")
    return words


@pytest.mark.parametrize("role", ROLES)
def test_axe_finds_nothing_on_any_page(role, page, there, checker):
    client, found, seen = signed_in(role, there), [], 0
    for address in pages_of(role):
        answer = client.get(address)
        if not is_page(answer):
            continue
        seen += 1
        if (words := words_of(answer, there)) in LOOKED_AT:
            continue
        LOOKED_AT.add(words)
        show(page, address, answer)
        found += [f"{address} {each}" for each in complaints(page, checker)]
    assert seen and not found
