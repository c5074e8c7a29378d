"""A real browser brings a PDF and finds its mark on the timeline."""

import papers
import pytest
from conftest import start_server


@pytest.fixture
def address(tmp_path):
    """A dashboard of its own: its tables, uploads and store lie in a temporary folder."""
    process, found = start_server(tmp_path)
    yield found
    process.terminate()
    process.wait(timeout=20)


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
