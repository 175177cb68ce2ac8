"""What the journeys in a browser look at on every page: accessibility, errors, requests to others."""

from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client


def watch(page, faults):
    """Note in ``faults`` what a reader would not see: script errors, refused resources, requests to others."""
    page.on("pageerror", lambda error: faults.append(f"{page.url}: script error: {error}"))
    page.on(
        "console",
        lambda message: message.type == "error" and faults.append(f"{page.url}: console: {message.text}"),
    )

    def is_ours(request):
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and address.hostname not in {"localhost", "127.0.0.1"}:
            faults.append(f"{page.url}: asks {address.hostname}")

    page.on("request", is_ours)
    return page


def session_cookie(user, address):
    """The cookie of a session in which ``user`` is signed in."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": address}


def accessibility_faults(page):
    """Each rule that axe finds broken on the page as it stands, with the elements: WCAG 2.2 and good practice."""
    from axe_playwright_python.sync_playwright import Axe

    results = Axe().run(page)
    return [
        f"{violation['id']} ({violation['help']}): {', '.join(str(node['target']) for node in violation['nodes'])}"
        for violation in results.response["violations"]
    ]


def is_wider_than_the_window(page):
    """Whether the reader must scroll sideways."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
