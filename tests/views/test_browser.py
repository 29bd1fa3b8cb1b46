"""Every page in a real Chromium: quiet, safe, usable without a mouse, on a phone, and again from its address."""

from __future__ import annotations

import pytest

from tests.views import graphs
from tests.views.pages import PAGES, opened
from tests.views.test_documents import read

FIRST = {"network": "#nodes button.node", "matrix": ".matrix:not([hidden]) td[tabindex='0']", "map": ".box"}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_and_asks_nobody_for_anything(name, page, addresses) -> None:
    opened(page, addresses[name])
    assert page.locator("h1").inner_text().endswith("Global Framework on Chemicals")
    assert page.evaluate("performance.getEntriesByType('resource').length") == 0


@pytest.mark.parametrize("name", PAGES)
def test_hostile_labels_stay_text_wherever_they_are_shown(name, page, hostile_addresses) -> None:
    page.add_init_script("window.alert = text => { document.title = `alert ${text}`; };")
    opened(page, hostile_addresses[name])
    page.locator(FIRST[name]).first.click()
    panel = page.locator("#details")
    panel.wait_for(state="visible")
    assert graphs.IMAGE in panel.inner_text()
    assert page.locator("img").count() == 0
    for details in page.locator("details.twin").all():
        details.evaluate("d => { d.open = true; }")
    assert page.evaluate("document.querySelectorAll('a[href^=\"javascript\" i]').length") == 0
    assert page.locator("script").count() == page.evaluate(
        "[...document.scripts].filter(s => s.type || s.text.length > 200).length"
    )
    assert not page.title().startswith("alert")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [360, 390])
def test_a_phone_need_not_scroll_sideways(name, width, page, addresses) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    opened(page, addresses[name])
    page.locator(FIRST[name]).first.click()
    page.locator("#details").wait_for(state="visible")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", PAGES)
def test_what_is_open_comes_back_with_the_address_and_leaves_with_back(name, page, addresses) -> None:
    opened(page, addresses[name])
    page.locator(FIRST[name]).nth(0).click()
    page.locator("#details").wait_for(state="visible")
    said, address = page.locator("#details").inner_text(), page.url
    assert "#" in address
    page.go_back()
    page.locator("#details").wait_for(state="hidden")
    page.go_forward()
    page.locator("#details").wait_for(state="visible")
    page.goto("about:blank")
    opened(page, address)
    assert page.locator("#details").inner_text() == said


@pytest.mark.parametrize("name", PAGES)
def test_escape_closes_and_leaves_the_focus_where_it_was(name, page, addresses) -> None:
    opened(page, addresses[name])
    thing = page.locator(FIRST[name]).first
    thing.focus()
    page.keyboard.press("Enter")
    page.locator("#details").wait_for(state="visible")
    page.keyboard.press("Escape")
    page.locator("#details").wait_for(state="hidden")
    assert thing.evaluate("e => e === document.activeElement")


@pytest.mark.parametrize("name", PAGES)
def test_without_scripts_everything_is_there_as_tables(name, browser, addresses) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(addresses[name])
    assert plain.locator("table").count() >= 2
    assert plain.locator(".needs-script:visible").count() == 0
    rows = {"network": "#nodes tr:visible", "matrix": "table.cells:visible", "map": ".box:visible"}
    assert plain.locator(rows[name]).count() >= {"network": 150, "matrix": 5, "map": 80}[name]
    context.close()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_ground_follows_the_scheme(name, scheme, page, addresses) -> None:
    page.emulate_media(color_scheme=scheme)
    opened(page, addresses[name])
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(15, 22, 29)"}[scheme]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_works_in_a_sandboxed_frame(name, page, addresses) -> None:
    # What a notebook shows it in: no origin, no address of its own.
    page.set_content("<iframe sandbox='allow-scripts' width=1200 height=700></iframe>")
    page.evaluate("text => { document.querySelector('iframe').srcdoc = text; }", read(addresses[name]))
    frame = page.frame_locator("iframe")
    frame.locator("html.scripted").wait_for()
    frame.locator(FIRST[name]).first.click()
    frame.locator("#details").wait_for(state="visible")


@pytest.mark.parametrize("name", PAGES)
def test_paper_is_light_and_complete(name, page, addresses) -> None:
    page.emulate_media(color_scheme="dark", media="print")
    opened(page, addresses[name])
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator(".bar:visible").count() == 0
    if name == "matrix":
        assert page.locator("table.cells:visible").count() == 5
