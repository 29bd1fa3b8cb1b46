"""What holds for every page of the explorer: see `tests/explorer/pages.py`."""

from __future__ import annotations

import pytest

from tests.explorer.pages import PAGES, STATUS
from tests.web.servers import client

_WITHOUT_ERRORS = sorted(set(PAGES) - set(STATUS))


def test_there_are_pages():
    assert len(PAGES) >= 4


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_is_answered_under_a_strict_policy(explorer, name):
    answer = client().request("GET", explorer + PAGES[name], headers={"Accept": "text/html"})
    assert answer.status == STATUS.get(name, 200)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert "access-control-allow-origin" not in answer.headers
    text = answer.data.decode()
    assert " style=" not in text and "<style" not in text and " onclick=" not in text
    assert 'src="http' not in text and "{{" not in text


@pytest.mark.parametrize("name", _WITHOUT_ERRORS)
def test_a_page_fits_a_phone_and_twice_the_size_and_axe_finds_nothing_in_light_and_dark(explorer, page, axe, name):
    # One tab for all of it: opening one takes as much as half of what is looked at.
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(explorer + PAGES[name])
    wider = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    assert wider <= 0, f"{wider} pixels wider than a phone"
    page.set_viewport_size({"width": 640, "height": 450})  # what 1280 by 900 leaves at 200 %
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(explorer + PAGES[name])
    assert axe(page) == []
    page.emulate_media(color_scheme="dark")
    assert axe(page) == []
