"""The comparison in a browser: what a newcomer can read off, every cell to its sentence, the diff, 63 provinces."""

from __future__ import annotations

import re

import pytest
from conftest import picture

MATRIX = ".st-key-comparison-matrix .js-plotly-plot"
EARLIER, LATER = "binh-phuoc/360-cv-tu/2021-05-06", "binh-phuoc/396-cv-tu/2021-05-27"
_SPOT = """(fig, id) => {
  const x = fig._fullLayout.xaxis, y = fig._fullLayout.yaxis, box = fig.getBoundingClientRect();
  for (const trace of fig._fullData) {
    const at = (trace.customdata || []).findIndex(point => point[0] === id);
    if (at < 0) continue;
    const bar = trace.type === 'bar' ? fig.calcdata.find(item => item[0].trace.index === trace.index)[at] : null;
    const [h, v] = bar ? [x.c2p(bar.b + bar.s / 2), y.c2p(bar.p)] : [x.d2p(trace.x[at]), y.d2p(trace.y[at])];
    return [box.left + x._offset + h, box.top + y._offset + v];
  }
}"""
_CELLS = """fig => Object.fromEntries(fig._fullData.flatMap(trace =>
  (trace.customdata || []).map((point, at) => [point[0], [trace.name, trace.text[at], trace.marker.size]])))"""
READ_OFF = [
    # what is whose: measure, province, words of its sentence
    ("border_control", "VN-47", "tuần tra, kiểm soát chốt chặn biên giới"),
    ("healthcare_capacity", "VN-47", "bệnh viện dã chiến"),
    ("checkpoints", "VN-58", "03 Chốt kiểm soát"),
    ("digital_tools", "VN-58", "Bluezone"),
    ("digital_tools", "VN-57", "mã QR-code"),
    ("workplaces", "VN-57", "3 xanh"),
    ("stay_at_home", "VN-57", "lỏng giãn cách xã hội"),
    ("official_travel", "VN-46", "nước ngoài"),
    ("public_events", "VN-46", "tạm dừng tổ chức đại hội"),
]  # fmt: skip


def main_text(page) -> str:
    return page.locator("[data-testid=stMain]").inner_text()


def click(page, settle, mark: str, chart: str = MATRIX) -> None:
    """Click the mark of an id, scrolled to the middle of the screen as a reader would."""
    figure = page.locator(chart).first
    figure.wait_for()
    _, y = figure.evaluate(_SPOT, mark)
    page.evaluate("by => document.querySelector('[data-testid=stMain]').scrollBy(0, by)", y - 300)
    page.wait_for_timeout(300)
    x, y = figure.evaluate(_SPOT, mark)
    page.mouse.click(x, y)
    page.wait_for_timeout(500)
    settle(page)


def panel(page):
    return page.locator(".st-key-comparison-open, .st-key-comparison-sheet").first


def test_a_newcomer_reads_off_who_ordered_what(view, settle, screenshots):
    page = view("/comparison?lang=vi&v=1")
    cells = page.locator(MATRIX).first.evaluate(_CELLS)
    assert len(cells) == 30 * 4
    assert cells["stay_at_home:VN-57"][0] == "đã dứt hoặc nới lỏng" and cells["stay_at_home:VN-57"][1] == "▼"
    assert cells["schools:VN-47"][0] == "có văn bản, không tìm thấy" and cells["schools:VN-47"][1] == "·"
    assert {mark for mark in cells if mark.startswith("checkpoints") and "▲" in cells[mark][1]} == {"checkpoints:VN-58"}
    assert min(size for _, _, size in cells.values() if size > 12) >= 24
    apart = main_text(page).partition("Điều làm nên khác biệt của mỗi nơi")[2]
    assert "Biên giới, nhập cảnh" in apart and "Sự kiện, lễ hội, đại hội" in apart
    picture(page, screenshots, "comparison-matrix")


@pytest.mark.parametrize(("code", "province", "sentence"), READ_OFF, ids=[f"{c}-{p}" for c, p, _ in READ_OFF])
def test_each_cell_leads_to_its_sentence(view, settle, code, province, sentence):
    page = view("/comparison?lang=vi&v=1")
    click(page, settle, f"{code}:{province}")
    assert f"m={code}" in page.url and f"cell={code}:{province}" in page.url.replace("%3A", ":")
    own = panel(page).locator("[class*='-card-own']")
    assert sentence in " ".join(own.all_inner_texts())
    link = own.locator("a[href*='reader']").first
    assert link.is_visible() and "f=measures" in link.get_attribute("href")
    assert panel(page).bounding_box()["y"] < 1000, "the words are on the screen"


def test_a_link_opens_the_sentence_in_the_reader(view, settle):
    page = view("/comparison?lang=vi&cell=checkpoints:VN-58&m=checkpoints&v=1")
    panel(page).locator("[class*='-card-own'] a[href*='reader']").first.click()
    page.wait_for_url("**/reader**")
    settle(page)
    assert "d=binh-phuoc/1722-ubnd-kgvx" in page.url.replace("%2F", "/")
    page.wait_for_function(  # the document lies in the shadow root of its component
        """() => [...document.querySelectorAll('*')].some(
            (item) => item.shadowRoot && item.shadowRoot.textContent.includes('03 Chốt kiểm soát'))""",
        timeout=60_000,
    )


def test_silent_is_said_and_never_zero(view, settle):
    page = view("/comparison?lang=en&v=1")
    click(page, settle, "schools:VN-47")
    said = panel(page).inner_text()
    assert "Kiên Giang: 1 document is held and no sentence on this measure was found" in said
    assert "Nothing found does not mean nothing done" in said
    figure = page.locator(MATRIX).first
    assert not [text for _, text, _ in figure.evaluate(_CELLS).values() if "0" in text]


def test_the_continuation_is_aligned_and_what_is_new_is_marked(view, screenshots):
    page = view("/comparison?show=pair&lang=vi&v=1")
    assert "Công văn 396-CV/TU so với Công văn 360-CV/TU" in main_text(page)
    rows = page.locator("[class*='st-key-comparison-row-aligned']")
    travel = [row for row in rows.all() if "Cán bộ ra ngoài tỉnh" in row.inner_text()]
    assert len(travel) == 2, "two provisions of the first answer to one of the second"
    first = travel[0]
    assert "đi ra ngoài tỉnh" in first.inner_text() and "giống" in first.inner_text()
    assert first.locator("del, s").count() > 0 and first.locator("strong").count() > 0
    assert any("phải xin phép" in text for text in first.locator("del, s").all_inner_texts())
    new = page.locator("[class*='st-key-comparison-row-added']").all_inner_texts()
    for phrase in ("không đến Thành phố Hồ Chí Minh", "khu công nghiệp", "trường học", "Tổ Covid cộng đồng"):
        assert any(phrase in text for text in new), phrase
    assert all("mới ở văn bản thứ hai" in text for text in new)
    picture(page, screenshots, "comparison-pair")


def test_63_provinces_by_30_measures_stay_usable(view, settle, screenshots):
    page = view("/comparison?lang=vi&all=1&v=1")
    cells = page.locator(MATRIX).first.evaluate(_CELLS)
    assert len(cells) == 63 * 30
    box = page.locator(MATRIX).first.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 1440
    x = [page.locator(MATRIX).first.evaluate(_SPOT, f"{code}:VN-58") for code in ("testing", "contact_tracing")]
    y = [page.locator(MATRIX).first.evaluate(_SPOT, f"testing:{code}") for code in ("VN-58", "VN-47")]
    assert x[1][0] - x[0][0] >= 24 and y[1][1] - y[0][1] >= 24, "cells do not overlap"
    click(page, settle, "testing:VN-58")
    sheet = page.locator(".st-key-comparison-sheet")
    shown = sheet.bounding_box()
    assert shown["y"] < 1000 and "360-CV/TU" in sheet.inner_text(), "the sheet is on the screen"
    picture(page, screenshots, "comparison-63")


def test_the_twin_does_from_the_keyboard_what_a_click_does(view, settle):
    page = view("/comparison?lang=vi&measure=checkpoints&v=1")
    page.locator("[class*='st-key-comparison-matrix-twin'] summary").focus()
    page.keyboard.press("Enter")
    grid = page.locator("[class*='st-key-comparison-matrix-twin'] [data-testid=stDataFrame]")
    grid.wait_for()
    for key in (*["Tab"] * 5, "ArrowDown", "ArrowDown", "Shift+Space"):
        page.keyboard.press(key)
        page.wait_for_timeout(150)
    page.wait_for_url(re.compile(r"cell=checkpoints(:|%3A)VN-47"))
    settle(page)
    assert panel(page).is_visible()


@pytest.mark.parametrize("show", ["first", "similarity", "effort", "duties"])
def test_the_other_views_are_drawn_and_lead_on(view, settle, screenshots, show):
    page = view(f"/comparison?lang=en&show={show}&v=1")
    figure = page.locator(".js-plotly-plot").first
    marks = figure.evaluate(
        "fig => fig._fullData.flatMap(t => (t.customdata || []).map(p => p[0])).filter(m => !m.startsWith(':'))"
    )
    assert marks
    chosen = next((mark for mark in marks if "border_control" in mark), marks[0])
    click(page, settle, chosen, ".js-plotly-plot")
    assert chosen in page.url.replace("%3A", ":").replace("%2F", "/")
    assert page.locator("[data-testid=stMain] a[href*='reader']").count()
    picture(page, screenshots, f"comparison-{show}")


@pytest.mark.parametrize("dark", [False, True])
def test_a_phone_shows_the_matrix_within_the_screen(view, settle, screenshots, dark):
    page = view("/comparison?lang=vi&v=1", width=390, height=844, dark=dark)
    cells = page.locator(MATRIX).first
    for mark in ("testing:VN-57", "testing:VN-46"):
        assert 0 < cells.evaluate(_SPOT, mark)[0] < 390
    gap = cells.evaluate(_SPOT, "testing:VN-58")[0] - cells.evaluate(_SPOT, "testing:VN-57")[0]
    assert gap >= 24
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    click(page, settle, "testing:VN-58")
    assert "Xét nghiệm" in panel(page).inner_text()
    picture(page, screenshots, f"comparison-phone-{'dark' if dark else 'light'}")
