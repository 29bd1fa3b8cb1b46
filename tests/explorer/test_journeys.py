"""Journeys by the keyboard alone: find the holes of a framework; take the tour. And a server that goes away."""

from __future__ import annotations

from tests.explorer.pages import PAGES
from tests.web.servers import start


def _to(page, name: str, *, whole: bool = False) -> None:
    """Tab until a link with this text (or with no other) has the focus, which must be seen."""
    for _ in range(120):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => [document.activeElement.textContent, getComputedStyle(document.activeElement).outlineStyle]"
        )
        if (focused[0].strip() == name) if whole else (name in focused[0]):
            assert focused[1] != "none", "the focus is not seen"
            return
    raise AssertionError(f"{name!r} is not reached by the keyboard")


def test_the_holes_of_a_framework_by_keys_alone(explorer, page):
    page.goto(explorer + PAGES["overview"])
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    _to(page, "targets name no responsible actor")
    page.keyboard.press("Enter")
    page.wait_for_url("**/explore/gaps?kind=implied-only-row&dimension=actors*")
    page.go_back()
    page.wait_for_url("**/explore*")
    _to(page, "B1", whole=True)
    page.keyboard.press("Enter")
    page.wait_for_url("**/explore/gaps/gfc/gap/implied-only-row/actors/B1*")
    assert "B1" in page.inner_text("h1")
    page.keyboard.press("g")
    page.keyboard.press("o")
    page.wait_for_url("**/explore?framework=gfc")


def test_the_tour_is_taken_by_keys_and_ended(explorer, page, axe):
    page.goto(explorer + "/explore#tour-1")
    assert page.is_visible("#tour") and axe(page) == []
    steps = 1
    while page.locator("#tour a.button:visible").count():
        _to(page, page.inner_text("#tour a.button:visible"))
        page.keyboard.press("Enter")
        steps += 1
        page.wait_for_function(
            f"() => location.hash === '#tour-{steps}' && document.getElementById('tour')?.hidden === false"
        )
    assert steps == 6
    page.keyboard.press("Escape")
    assert page.is_hidden("#tour") and "#" not in page.url


def test_a_server_that_goes_away_is_told(built_store, watched_page):
    page, _ = watched_page
    server = start(built_store, "--processes", "1")
    page.goto(server.url + "explore")
    server.stop()
    server.forget()
    page.evaluate("() => window.dispatchEvent(new Event('explorer:look'))")
    page.wait_for_selector("#announce:not([hidden])")
    assert "does not answer" in page.inner_text("#announce")
