"""Fixtures that every room's tests share."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.components import CHECKOUT
from tests.components import need as need_component
from tests.once import once

# Reports fold their lines to the terminal; here it is always as wide, whoever runs the tests and from where.
os.environ["COLUMNS"] = "100"

# Hundreds of tests run the command as a process of its own. Where the environment forbids keeping compiled modules, each
# compiles all of them again, about a sixth of what a short command takes; so here they are kept, as they are for users.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Tests make graphs of hundreds of thousands of small objects and keep what a session shares. At Python's usual 700 objects
# the search for rings among them takes about a seventh of the time of those that draw graphs or ask rdflib; at 50,000 still
# 6 to 10 % of that of the random frameworks. It costs 60 MB a worker.
gc.set_threshold(500_000)

# On a shared machine a slow example says nothing; in CI the examples are the same in every run.
settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser import Tab, Watch


#: Modules with tests that take ten seconds and more, or wait for a server to do something.
_LONG = (
    "w3c/test_w3c.py",
    "web/test_writing.py",
    "web/test_running.py",
    "web/test_descriptions.py",
    "web/test_safety.py",
    "soak/test_soak.py",
    "analysis/test_against_oracle.py",
    "reading/documents/test_hostile_documents.py",
    "publish/test_examples.py",
    "docs/test_tour.py",
    "docs/test_guides.py",
    "pipeline/test_carrying_on.py",
    "pipeline/test_build.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests come first, so that at the end of a parallel run no worker idles while another is in a long one."""
    long = {CHECKOUT / "tests" / name for name in _LONG}
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(scope="session")
def need() -> Callable[[str], Path]:
    """``need("chromium")``: the program, or a skip that says what to install; a failure in CI."""
    return need_component


@pytest.fixture(scope="session")
def built_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the bundled graph, built once a run by the command itself. For reading only."""

    def build(folder: Path) -> None:
        command = [sys.executable, "-m", "targetgraph", "build", "--store", str(folder / "store")]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"building the bundled graph failed:\n{done.stdout}\n{done.stderr}"

    return once(tmp_path_factory, "built-store", build) / "store"


# A module's lifetime and not a session's: while Playwright's synchronous interface is open an event loop runs
# in this thread, and whatever test comes next in the worker would find it there.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium, headless, one a module and worker, able to reach only 127.0.0.1."""
    chromium = need_component("chromium")
    from playwright.sync_api import sync_playwright

    from tests.browser import ARGUMENTS

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield running
        running.close()


@pytest.fixture
def watched_page(browser: Browser) -> Iterator[tuple[Page, Watch]]:
    """A page in a fresh context, with the record of what it does. Only for tests that expect trouble."""
    from tests.browser import Watch

    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    watch = Watch(context)
    yield context.new_page(), watch
    context.close()


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Tab]:
    """What the pages of a module's tests are opened in, one after the other."""
    from tests.browser import Tab

    opened = Tab(browser)
    yield opened
    opened.close()


@pytest.fixture
def page(tab: Tab) -> Iterator[Page]:
    """A page that is like new. The test fails when a request leaves it, or anything goes wrong in it."""
    opened, watch = tab.open()
    yield opened
    problems = list(watch.finish())
    tab.leave()
    if problems:
        pytest.fail("the page misbehaved:\n  " + "\n  ".join(problems))
