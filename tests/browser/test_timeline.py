"""The timeline in a browser: what a newcomer can read off the page, clicks on marks, a narrow screen."""

from __future__ import annotations

import json

import pytest
from conftest import picture

LETTER, PARTY = "binh-phuoc/1722-ubnd-kgvx/2021-05-27", "binh-phuoc/396-cv-tu/2021-05-27"
ANSWER = "binh-phuoc/2526-ubnd-kgvx/2021-07-26"
LANES = ".st-key-timeline-lanes .js-plotly-plot"
_SPOT = """(chart, id) => {
  const fig = chart, x = fig._fullLayout.xaxis, y = fig._fullLayout.yaxis, box = fig.getBoundingClientRect();
  for (const trace of fig._fullData) {
    if (!/^(held|ghost):/.test(trace.name)) continue;
    const at = (trace.customdata || []).indexOf(id);
    if (at >= 0) return [box.left + x._offset + x.d2p(trace.x[at]), box.top + y._offset + y.d2p(trace.y[at])];
  }
}"""


def spot(page, mark: str) -> tuple[float, float]:
    """Where on the screen the mark of an id stands."""
    chart = page.locator(LANES).first
    chart.scroll_into_view_if_needed()
    return tuple(chart.evaluate(_SPOT, mark))


def click(page, settle, mark: str) -> None:
    page.mouse.click(*spot(page, mark))
    page.wait_for_timeout(400)
    settle(page)


def main_text(page) -> str:
    return page.locator("[data-testid=stMain]").inner_text()


def test_a_newcomer_can_tell_it_from_the_page(view, screenshots):
    page = view("/timeline?lang=en&on=2021-06-30&at=VN-58&v=1")
    said = main_text(page)
    assert "1722/UBND-KGVX (27 May 2021) implements (thực hiện) 396-CV/TU (27 May 2021): on the same day" in said
    for cited in ("502-CV/TU (23 Jul 2021): 3", "504-CV/TU (23 Jul 2021): 3", "5737/BYT-KHTC (18 Jul 2021): 8"):
        assert f"2526/UBND-KGVX (26 Jul 2021) implements (thực hiện) {cited} days later, not held" in said
    for province, span in (
        ("Tiền Giang", "7 Mar 2020 or later"),
        ("Kiên Giang", "29 Mar 2021 or later"),
        ("Bình Dương", "31 Mar 2020 to 20 Sep 2021"),
    ):
        assert any(province in line and span in line for line in said.splitlines()), province
    assert "Nothing bounds it from above" in said and "Tính đến ngày 29-3-2021" in said
    assert "In force on 30 Jun 2021" in said
    assert "thành lập 03 Chốt kiểm soát" in said and "Quốc lộ 13, Quốc lộ 14 và ĐT741" in said
    changed = said.partition("What each directive changed")[2].partition("Directive (chỉ thị) (Bình Dương)")[2]
    relaxed, _, tightened = changed.partition("▲")
    assert "Relaxed" in relaxed and "distancing" in relaxed.lower() and "Testing" in tightened
    party, letter = spot(page, PARTY), spot(page, LETTER)
    assert abs(party[0] - letter[0]) < 1 and party[1] < letter[1], "the same day, Party above Government"
    picture(page, screenshots, "timeline-newcomer")


def test_clicks_open_the_evidence_and_the_url_keeps_the_day(view, settle):
    page = view("/timeline?lang=en&on=2021-06-30&v=1")
    click(page, settle, LETTER)
    assert f"d={LETTER}" in page.url.replace("%2F", "/") and "on=2021-06-30" in page.url
    drawer = page.locator(".st-key-evidence-drawer-timeline-evidence")
    assert "1722/UBND-KGVX" in drawer.inner_text() and "Trần Tuệ Hiền" in drawer.inner_text()
    assert drawer.locator("a[href*='reader']").count() >= 1
    click(page, settle, "cited:VN-58:502-cv-tu")
    known = page.locator(".st-key-timeline-ghost").inner_text()
    assert "502-CV/TU: cited, not held" in known and "Công văn số 502-CV/TU ngày 23/7/2021" in known
    compare = page.locator("a[href*='comparison']", has_text="Compare provinces on 30 Jun 2021")
    if compare.count():
        assert "on=2021-06-30" in compare.first.get_attribute("href")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_phone_shows_marks_within_the_screen_and_lined_up(view, screenshots, lang):
    page = view(f"/timeline?lang={lang}&v=1", width=390)
    for mark in (LETTER, PARTY, ANSWER):
        assert 0 < spot(page, mark)[0] < 390
    axes = page.evaluate(
        """() => [...document.querySelectorAll('.js-plotly-plot')].map(fig => {
          const x = fig._fullLayout.xaxis; return [x._offset, x._length, String(x.range)] })"""
    )
    assert len(axes) == 2 and len({json.dumps(axis) for axis in axes}) == 1, "the time axes line up"
    legend = page.evaluate(
        """() => { const fig = document.querySelector('.js-plotly-plot');
          const ticks = fig.querySelector('.xaxislayer-above').getBoundingClientRect();
          return fig.querySelector('.legend').getBoundingClientRect().top - ticks.bottom }"""
    )
    assert legend > -1, "the key does not cover the axis"
    picture(page, screenshots, f"timeline-phone-{lang}")


def test_the_day_is_chosen_with_the_control(view, settle):
    page = view("/timeline?lang=en&on=2021-06-30&v=1")
    field = page.locator(".st-key-timeline-on [role=spinbutton]")
    field.first.click()
    page.keyboard.type("29052021")
    page.locator("h1").click()
    page.wait_for_url("**on=2021-05-29*")
    settle(page)
    assert "In force on 29 May 2021" in main_text(page)
