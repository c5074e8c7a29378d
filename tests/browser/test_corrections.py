"""Corrections in a real browser: a corrected day moves its mark, survives rebuild and restart, is undone; all see."""

from __future__ import annotations

import json
import shutil
from urllib.parse import quote

import pytest
from conftest import settled, start_server

DIRECTIVE = "kien-giang/directive-9479647a/undated"
READER = f"/reader?lang=en&d={quote(DIRECTIVE, safe='/')}&correct=1&v=1"
TIMELINE = "/timeline?lang=en&v=1"
# Where the mark of the directive stands on the timeline.
MARK = """(id) => { const plots = document.querySelectorAll(".js-plotly-plot");
  for (const plot of plots) for (const trace of plot.data || []) {
    const at = [...(trace.customdata || [])].findIndex((item) => String(Array.isArray(item) ? item[0] : item) === id);
    if (at >= 0 && trace.x?.[at] !== undefined && /markers/.test(trace.mode || '')) return String(trace.x[at]); }
    return ''; }"""


@pytest.fixture
def deployment(tmp_path):
    """Starts a dashboard over one store, as often as asked; stops them all."""
    running = []

    def start(**environment):
        process, address = start_server(tmp_path, **environment)
        running.append(process)
        return process, address

    yield start
    for process in running:
        process.terminate()
        process.wait(timeout=20)


def opened(chromium, address):
    page = chromium.new_context(viewport={"width": 1440, "height": 1000}, locale="en-US").new_page()
    page.goto(address)
    settled(page)
    return page


def mark(chromium, server):
    page = opened(chromium, server + TIMELINE)
    page.locator(".js-plotly-plot").first.wait_for(timeout=60_000)
    page.wait_for_timeout(1000)
    found = page.evaluate(MARK, DIRECTIVE)
    page.context.close()
    return found[:10]


def correct_day(page, day):
    page.get_by_role("textbox", name="Right value").fill(day)
    page.get_by_role("textbox", name="Reason, source").fill("the provincial gazette")
    page.get_by_role("button", name="Save the correction").click()
    page.get_by_text("Saved; the data were built anew.").wait_for(timeout=60_000)
    settled(page)


def test_a_corrected_day_moves_its_mark_survives_rebuild_and_restart_and_is_undone(deployment, chromium, tmp_path):
    process, server = deployment()
    before = mark(chromium, server)
    assert before and before != "2021-04-15"
    colleague = opened(chromium, server + READER.replace("&correct=1", ""))
    page = opened(chromium, server + READER)
    correct_day(page, "2021-04-15")
    head = page.locator(".st-key-reader-paper").inner_text()
    assert "15 Apr 2021" in head and "the machine read: (empty)" in head
    colleague.locator(".st-key-reader-paper", has_text="15 Apr 2021").wait_for(timeout=15_000)  # without a click
    assert mark(chromium, server) == "2021-04-15"
    process.terminate()
    process.wait(timeout=20)
    shutil.rmtree(tmp_path / "tables")
    _, server = deployment()
    assert mark(chromium, server) == "2021-04-15"
    page = opened(chromium, server + READER)
    page.get_by_role("tab", name="History").click()
    page.get_by_role("button", name="Undo").click()
    page.locator(".st-key-reader-paper", has_text="[no date]").wait_for(timeout=60_000)
    assert mark(chromium, server) == before


def test_a_fact_is_made_of_selected_words_corrected_and_rejected(deployment, chromium):
    _, server = deployment()
    page = opened(chromium, server + READER)
    select = """(layout) => { const doc = layout.querySelector('.doc');
        const walker = document.createTreeWalker(doc, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const at = node.data.indexOf('số ca lây nhiễm');
          if (at >= 0) { const range = document.createRange(); range.setStart(node, at); range.setEnd(node, at + 15);
            const chosen = window.getSelection(); chosen.removeAllRanges(); chosen.addRange(range);
            doc.dispatchEvent(new MouseEvent('mouseup', { bubbles: true })); return true; } } return false; }"""
    assert page.locator(".layout").evaluate(select)
    page.get_by_role("button", name="Add a fact from").click()
    settled(page)
    page.get_by_role("textbox", name="Reason, source").first.fill("seen by a reader")
    page.get_by_role("button", name="Add the fact").click()
    page.get_by_text("Saved; the data were built anew.").wait_for(timeout=60_000)
    settled(page)
    entry = page.locator(".facts .fact", has_text="✎")
    assert entry.count() == 1 and "số ca lây nhiễm" in entry.text_content()
    entry.click()
    settled(page)
    page.get_by_role("tab", name="Chosen fact").click()
    page.get_by_role("textbox", name="Reason, source").first.fill("on second thought")
    page.get_by_role("button", name="Reject this fact").click()
    page.get_by_text("Saved; the data were built anew.").wait_for(timeout=60_000)
    settled(page)
    assert page.locator(".facts .fact", has_text="✎").count() == 0


def test_checked_documents_can_be_had_alone(deployment, chromium):
    _, server = deployment()
    page = opened(chromium, server + READER)
    page.get_by_role("radio", name="Checked", exact=True).click()
    page.locator(".st-key-reader-paper", has_text="Checked").wait_for(timeout=20_000)
    limited = opened(chromium, server + "/timeline?lang=en&checked=1&v=1")
    assert "1 of 7 directives" in limited.locator(".st-key-timeline-filters").inner_text()


@pytest.mark.parametrize("way", ["page", "address"])
def test_who_is_no_editor_reads_but_does_not_write(deployment, chromium, tmp_path, way):
    _, server = deployment(ATLAS_EDITORS="an@example.org")
    page = opened(chromium, server + READER)
    if way == "page":
        page.get_by_text("You may read but not correct").first.wait_for()
        assert page.get_by_role("button", name="Save the correction").count() == 0
        assert page.get_by_role("radio", name="Checked", exact=True).is_disabled()
    else:
        page.goto(server + READER + "&issue_date=2021-04-15&value=2021-04-15&state=checked&save=1")
        settled(page)
    from loaders.store import Store

    store = Store(f"sqlite:///{tmp_path / 'atlas.sqlite'}")
    assert store.history() == [] and store.verified() == {} and store.audit_log() == []
    assert json.loads((tmp_path / "tables" / "build.json").read_text())["corrections"] == ""
