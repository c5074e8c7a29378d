"""Opening a long document in the reader: ``python -m benchmarks.reader --pages 200``; limit 2 s in a real browser."""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = 2500  # characters of a printed page


def long_document(pages: int) -> str:
    """The corpus's longest letter, its provisions repeated and numbered on."""
    corpus = max((ROOT / "data" / "directives").rglob("*.txt"), key=lambda path: path.stat().st_size)
    lines = [line for line in corpus.read_text(encoding="utf-8").splitlines() if len(line) > 200]
    head = "TỈNH ỦY HÀ TĨNH\n*\nSố 1-CV/TU\n\nHà Tĩnh, ngày 24 tháng 5 năm 2021\n\n"
    head += "V/v phòng, chống dịch Covid-19\n\nKính gửi: Các sở\n\n"
    text, number = head, 0
    while len(text) < pages * PAGE:
        text += f"{number + 1}. {lines[number % len(lines)].lstrip('0123456789.- ')}\n\n"
        number += 1
    return text


def main() -> int:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--limit", type=float, default=2.0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, socket.socket() as probe:
        folder = Path(name)
        (folder / "sources").mkdir()
        (folder / "sources" / "long.txt").write_text(long_document(arguments.pages), encoding="utf-8")
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        environment = {
            **os.environ, "ATLAS_TABLES": str(folder / "tables"), "ATLAS_SOURCES": str(folder / "sources"),
            "ATLAS_UPLOADS": str(folder / "uploads"), "DATABASE_URL": f"sqlite:///{folder / 'atlas.sqlite'}",
        }  # fmt: skip
        command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
        server = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _wait_for(port)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
                return measure(browser, f"http://localhost:{port}", arguments.limit)
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("localhost", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError("the dashboard did not start")


def measure(browser: Any, address: str, limit: float) -> int:
    """Median of five openings from a page that is open already, as a reader follows a link."""
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.goto(f"{address}/methods?lang=en&v=1")
    page.locator(".st-key-footer").wait_for(timeout=120_000)
    times = []
    for _ in range(5):
        page.locator(".st-key-nav-methods a, .st-key-nav-methods-current a").first.click()
        page.wait_for_url("**/methods*")
        page.locator(".st-key-footer").wait_for()
        page.wait_for_timeout(1500)
        began = time.perf_counter()
        page.locator(".st-key-nav-reader a").first.click()
        page.locator(".doc mark").first.wait_for(timeout=60_000)
        page.locator(".facts .fact").first.wait_for(timeout=60_000)
        times.append(time.perf_counter() - began)
    size = page.locator(".doc").evaluate("(doc) => [doc.textContent.length, doc.querySelectorAll('mark').length]")
    median = sorted(times)[2]
    each = ", ".join(f"{seconds:.2f}" for seconds in times)
    print(f"{size[0]:,} characters, {size[1]:,} marks: open in {median:.2f} s (all: {each})")
    return 1 if median > limit else 0


if __name__ == "__main__":
    sys.exit(main())
