"""A real browser brings a PDF and finds its mark on the timeline."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import papers
import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed"),
]


@pytest.fixture
def address(tmp_path):
    """A dashboard of its own: its tables, uploads and store lie in a temporary folder."""
    (tmp_path / "uploads").mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "ATLAS_TABLES": str(tmp_path / "tables"),
        "ATLAS_SOURCES": f"{ROOT / 'data' / 'directives'}:{tmp_path / 'uploads'}",
        "ATLAS_UPLOADS": str(tmp_path / "uploads"),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'atlas.sqlite'}",
    }
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(port)
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_for(port: int) -> None:
    end = time.monotonic() + 40
    while time.monotonic() < end:
        try:
            socket.create_connection(("localhost", port), 1).close()
            return
        except OSError:
            time.sleep(0.3)
    raise TimeoutError("the dashboard did not start")


def test_an_imported_pdf_is_on_the_timeline(address, chromium, tmp_path):
    letter = tmp_path / "Công văn.pdf"
    letter.write_bytes(papers.letter_pdf())
    page = chromium.new_page(viewport={"width": 1440, "height": 1000}, locale="en-US")
    page.goto(f"{address}/import?lang=en&v=1")
    page.set_input_files("input[type=file]", str(letter), timeout=60_000)
    page.get_by_role("button", name="Keep 1 file").click(timeout=60_000)
    page.get_by_text("Kept 1 file").wait_for(timeout=60_000)
    page.get_by_role("link", name="See them on the timeline").click()
    page.locator(".js-plotly-plot").first.wait_for(timeout=60_000)
    page.wait_for_function(
        """() => [...document.querySelectorAll('.js-plotly-plot')].some(plot =>
            JSON.stringify(plot.data).includes('ha-tinh/3175-ubnd-vx/2021-05-24'))""",
        timeout=60_000,
    )
    page.close()
