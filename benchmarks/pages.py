"""How long a page takes over a built dataset: first draw and the answer to a click, in a real browser.

``python -m benchmarks.pages --sources DIR --tables DIR [--clicks 5]`` starts a dashboard over tables that were built
from DIR and prints, for the timeline, seconds until it is drawn and until a clicked mark has its evidence open, and the
size of its figures. Cores are what the machine gives: use ``taskset`` to limit them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
DRAWER = "[class*='st-key-evidence-drawer']"
# Id and place of a mark of a directive that is held, `number` of the way through them.
_MARK = """(chart, number) => {
  const x = chart._fullLayout.xaxis, y = chart._fullLayout.yaxis, box = chart.getBoundingClientRect(), all = [];
  for (const trace of chart._fullData)
    if (trace.name.startsWith('held:'))
      trace.customdata.forEach((point, at) => all.push([point, trace.x[at], trace.y[at]]));
  all.sort();
  const [id, day, row] = all[Math.floor(number * (all.length - 1))];
  return [id, box.left + x._offset + x.d2p(day), box.top + y._offset + y.d2p(row)];
}"""
_SIZE = """chart => new Blob([JSON.stringify({data: chart.data, layout: chart.layout},
  (_, value) => ArrayBuffer.isView(value) ? Array.from(value) : value)]).size"""


@contextmanager
def dashboard(sources: Path, tables: Path) -> Iterator[str]:
    """Address of a dashboard of our own over ``tables``."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "ATLAS_TABLES": str(tables),
            "ATLAS_SOURCES": str(sources),
            "ATLAS_UPLOADS": f"{folder}/uploads",
            "DATABASE_URL": f"sqlite:///{folder}/atlas.sqlite",
        }
        command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}, **quiet)
        try:
            while socket.socket().connect_ex(("localhost", port)):
                time.sleep(0.2)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def wait_until_drawn(page: Page) -> None:
    page.locator(".st-key-footer").wait_for(timeout=180_000)
    page.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]').dataset.testScriptState !== 'running'", timeout=180_000
    )


def open_seconds(page: Page, address: str) -> float:
    """Seconds until the page is drawn."""
    began = time.perf_counter()
    page.goto(address)
    wait_until_drawn(page)
    page.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=60_000)
    return time.perf_counter() - began


def click_seconds(page: Page, share: float) -> float:
    """Seconds from a click on a mark until its evidence is open and the run has ended."""
    chart = page.locator(".st-key-timeline-lanes .js-plotly-plot").first
    y = chart.evaluate(_MARK, share)[2]
    page.evaluate("y => document.querySelector('[data-testid=stMain]').scrollBy(0, y - 400)", y)
    page.wait_for_timeout(500)
    _, x, y = chart.evaluate(_MARK, share)
    page.mouse.move(x, y)
    page.wait_for_timeout(300)
    before = page.url
    began = time.perf_counter()
    page.mouse.click(x, y)
    page.wait_for_function("before => location.href !== before", arg=before, timeout=30_000)
    page.locator(DRAWER).first.wait_for(timeout=30_000)
    wait_until_drawn(page)
    return time.perf_counter() - began


def measure(address: str, clicks: int) -> dict[str, Any]:
    """Figures in kB, seconds of a first and a second opening, seconds of each click."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        first, second = (open_seconds(page, f"{address}/timeline?lang=vi&v=1") for _ in range(2))
        page.wait_for_timeout(1500)
        sizes = [round(chart.evaluate(_SIZE) / 1000) for chart in page.locator(".js-plotly-plot").element_handles()]
        answers = [click_seconds(page, (at + 0.5) / clicks) for at in range(clicks)]
        browser.close()
    return {"figures_kb": sizes, "first": first, "second": second, "clicks": answers}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--tables", type=Path, required=True)
    parser.add_argument("--clicks", type=int, default=5)
    given = parser.parse_args(arguments)
    with dashboard(given.sources.resolve(), given.tables.resolve()) as address:
        found = measure(address, given.clicks)
    print(f"timeline, {os.cpu_count()} cores: figures {found['figures_kb']} kB")
    print(f"first opening {found['first']:.2f} s, again {found['second']:.2f} s")
    answers = found["clicks"]
    print(f"click: median {statistics.median(answers):.2f} s, slowest {max(answers):.2f} s of {len(answers)}")


if __name__ == "__main__":
    main()
