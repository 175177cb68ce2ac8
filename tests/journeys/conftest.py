"""A real browser: Debian's Chromium, driven by playwright, with axe to look at each page.

@pytest.mark.journey
def test_a_visitor_reads_the_charter(page, axe):
    page.goto("/charte/")
    axe(page)
"""

import os
import shutil

import pytest

from tests.harness.journeys import accessibility_faults, session_cookie, watch

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items):
    for item in items:
        if item.get_closest_marker("journey") and CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine (Debian's package: chromium)"))


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the whole run."""
    from playwright.sync_api import sync_playwright

    # Playwright's loop lives in this thread; Django would take our own queries for asynchronous ones.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        chromium.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page_faults():
    """What the pages of this journey did wrong without showing it. A journey that expects some empties the list."""
    return []


@pytest.fixture
def open_page(browser, live_server, page_faults):
    """`open_page(amina, viewport=DESK)` is a fresh window in which Amina is signed in; nobody without a name.

    At the end the journey fails on a script error, a refused resource or a request to another host.
    """
    contexts = []

    def open_page(user=None, *, viewport=PHONE, javascript=True, **options):
        context = browser.new_context(
            base_url=live_server.url,
            locale="fr-FR",
            viewport=viewport,
            java_script_enabled=javascript,
            **{"reduced_motion": "reduce", **options},
        )
        contexts.append(context)
        if user is not None and user.is_authenticated:
            context.add_cookies([session_cookie(user, live_server.url)])
        return watch(context.new_page(), page_faults)

    yield open_page
    for context in contexts:
        context.close()
    assert page_faults == []


@pytest.fixture
def page(open_page):
    """A visitor's phone, 360 px wide, nobody signed in."""
    return open_page()


@pytest.fixture
def axe():
    """`axe(page)` fails with what axe finds wrong on the page as it stands."""

    def axe(page):
        faults = accessibility_faults(page)
        assert not faults, f"{page.url}: " + "; ".join(faults)

    return axe
