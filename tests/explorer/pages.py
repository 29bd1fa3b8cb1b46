"""Every page of the explorer, for tests that look at all of them. A new page adds its addresses here."""

from __future__ import annotations

#: Name and address (with a state worth looking at); `test_every_page.py` runs through them all.
PAGES: dict[str, str] = {
    "overview": "/explore",
    "overview-other": "/explore?framework=beyond2020&lang=ar&ui=fr",
    "help": "/explore/help",
    "state": "/explore/nowhere",
}
#: Those that are answered with another status than 200.
STATUS: dict[str, int] = {"state": 404}
