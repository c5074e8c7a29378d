"""Takes the pictures of the README anew: ``python -m scripts.screenshots`` (needs Chromium), over the corpus."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.pages import dashboard, wait_until_drawn
from tests.papers import letter_pdf

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
LETTER = "binh-phuoc/1722-ubnd-kgvx/2021-05-27"
# Picture to address, and whether on the dark ground.
VIEWS = {
    "overview": ("/?lang=vi&v=1", False),
    "timeline": ("/timeline?lang=en&on=2021-06-30&v=1", False),
    "comparison": ("/comparison?lang=en&cell=border_control:VN-47&v=1", False),
    "network": ("/network?lang=vi&v=1", False),
    "reader": (f"/reader?lang=en&d={LETTER}&v=1", True),
    "import": ("/import?lang=en&v=1", False),
    "methods": ("/methods?lang=en&part=accuracy&v=1", False),
}


def bring_a_letter(page: Page) -> None:
    """A PDF of our own writing in the preview of the import page."""
    file = {"name": "3175-UBND-VX.pdf", "mimeType": "application/pdf", "buffer": letter_pdf()}
    page.set_input_files("input[type=file]", files=[file], timeout=60_000)
    page.get_by_role("button", name="Keep 1 file").wait_for(timeout=60_000)


BEFORE: dict[str, Callable[[Page], None]] = {"import": bring_a_letter}


def take(browser: Browser, server: str, name: str) -> None:
    """One picture, 1440 by 1000 pixels."""
    address, dark = VIEWS[name]
    page = browser.new_page(viewport={"width": 1440, "height": 1000}, color_scheme="dark" if dark else "light")
    page.goto(server + address)
    wait_until_drawn(page)
    if name in BEFORE:
        BEFORE[name](page)
        wait_until_drawn(page)
    page.wait_for_timeout(1500)  # figures settle at their final width
    page.screenshot(path=FOLDER / f"{name}.png")
    page.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as tables, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with dashboard(ROOT / "data" / "directives", Path(tables)) as server:
            for name in VIEWS:
                take(browser, server, name)
        browser.close()


if __name__ == "__main__":
    main()
