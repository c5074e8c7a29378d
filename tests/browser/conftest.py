"""One dashboard server for all browser tests, on a free port, and browser pages that fail on what must not happen."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_LOOPBACK = re.compile(r"^(https?|wss?)://(localhost|127\.0\.0\.1)[:/]|^(data|blob|about):")
# On a page below the root Streamlit first asks for its own endpoints beside the page, then at the root.
_PROBE = re.compile(r"/\w+/_stcore/(health|host-config)$")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=2))  # a browser on a busy machine is asked again; the run says so
            if not Path(CHROMIUM).exists():
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed: apt-get install chromium"))


def start_server(folder: Path, port: int = 0, **environment: str) -> tuple[subprocess.Popen[bytes], str]:
    """A dashboard on a port of loopback (a free one), and its address; ``folder`` takes tables, store and log."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", port))
        port = probe.getsockname()[1]
    settings = {
        "ATLAS_TABLES": str(folder / "tables"),
        "ATLAS_SOURCES": str(ROOT / "data" / "directives"),
        "ATLAS_UPLOADS": str(folder / "uploads"),
        "DATABASE_URL": f"sqlite:///{folder / 'atlas.sqlite'}",
    }
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **settings, **environment}, stdout=log, stderr=log
        )
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("localhost", port)) == 0:
                return process, f"http://localhost:{port}"
        time.sleep(0.2)
    process.kill()
    raise TimeoutError((folder / "log").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a dashboard over the corpus."""
    process, address = start_server(tmp_path_factory.mktemp("server"))
    yield address
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Watched:
    """What the browser did that it must not: requests beyond loopback, errors on the console."""

    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self, page: Any) -> None:
        for event, listener in self._listeners().items():
            page.on(event, listener)

    def leave(self, page: Any) -> None:
        for event, listener in self._listeners().items():
            page.remove_listener(event, listener)

    def _listeners(self) -> dict[str, Callable[[Any], None]]:
        return {"request": self._request, "console": self._console, "pageerror": self._failure}

    def _request(self, request: Any) -> None:
        if not _LOOPBACK.match(request.url):
            self.foreign.append(request.url)

    def _failure(self, error: Any) -> None:
        self.errors.append(str(error))

    def _console(self, message: Any) -> None:
        if message.type == "error" and not _PROBE.search(message.location.get("url", "")):
            self.errors.append(f"{message.text} {message.location.get('url', '')}")


@dataclass
class Readers:
    """Browser contexts by language and ground, and their open pages that no test uses: a page used again costs half."""

    chromium: Any
    contexts: dict[tuple[str, bool], Any] = field(default_factory=dict)
    idle: dict[tuple[str, bool], list[Any]] = field(default_factory=lambda: defaultdict(list))

    def page(self, reader: tuple[str, bool]) -> Any:
        if reader not in self.contexts:
            locale, dark = reader
            self.contexts[reader] = self.chromium.new_context(locale=locale, color_scheme="dark" if dark else "light")
        return self.idle[reader].pop() if self.idle[reader] else self.contexts[reader].new_page()

    def take_back(self, reader: tuple[str, bool], page: Any) -> None:
        if not page.is_closed():
            page.goto("about:blank")
            self.idle[reader].append(page)


@pytest.fixture(scope="session")
def readers(chromium: Any) -> Iterator[Readers]:
    held = Readers(chromium)
    yield held
    for context in held.contexts.values():
        context.close()


@pytest.fixture
def view(server: str, readers: Readers) -> Iterator[Callable[..., Any]]:
    """``view("/timeline?lang=en", width=390, dark=True)`` opens a page and waits until it is drawn.

    At the end the test fails where any page asked for something beyond loopback or wrote an error to the console.
    """
    watched, opened = Watched(), []

    def open_view(
        path: str, *, width: int = 1440, height: int = 1000, dark: bool = False, locale: str = "vi-VN"
    ) -> Any:
        reader = (locale, dark)
        page = readers.page(reader)
        opened.append((reader, page))
        watched.watch(page)
        page.set_viewport_size({"width": width, "height": height})
        page.goto(path if "://" in path else server + path)
        settled(page)
        return page

    yield open_view
    for reader, page in opened:
        watched.leave(page)
        readers.take_back(reader, page)
    assert watched.foreign == []
    assert watched.errors == []


_QUIET = """() => !document.querySelector('[data-stale="true"]') &&
  document.querySelector('[data-testid=stApp]')?.dataset.testScriptState !== 'running'"""


def settled(page: Any) -> None:
    """Wait until the run has ended: the footer is drawn, nothing is running or stale, nor begins to a moment later."""
    page.locator(".st-key-footer").wait_for(timeout=60_000)
    for _ in range(20):
        page.wait_for_function(_QUIET, timeout=60_000)
        page.wait_for_timeout(300)
        if page.evaluate(_QUIET):
            return
    raise TimeoutError("the page never rests")


def unfolded(page: Any, key: str) -> None:
    """Open an expander and wait until it stands still: a click on what still moves is lost."""
    page.locator(f".st-key-{key} summary").click()
    page.wait_for_function("() => !document.getAnimations().some((moving) => moving.playState === 'running')")


@pytest.fixture
def settle() -> Callable[[Any], None]:
    """:func:`settled`, for tests that click."""
    return settled


@pytest.fixture(scope="session")
def screenshots() -> Path | None:
    """Folder for pictures (``ATLAS_SCREENSHOTS``), or None: then pages are looked at but not kept."""
    wanted = os.environ.get("ATLAS_SCREENSHOTS")
    if wanted:
        Path(wanted).mkdir(parents=True, exist_ok=True)
    return Path(wanted) if wanted else None


def picture(page: Any, folder: Path | None, name: str) -> None:
    """The whole page as a picture."""
    if folder is None:
        return
    height = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
    width = page.viewport_size["width"]
    page.set_viewport_size({"width": width, "height": min(max(height, 500), 8000)})
    page.wait_for_timeout(700)
    page.screenshot(path=folder / f"{name}.png")
