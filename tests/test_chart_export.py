"""Files of a chart: escaped CSV, a workbook with its provenance, pictures with their words burned in."""

import csv
import io
import zipfile

import openpyxl
import pandas as pd
import plotly.graph_objects as go
import pytest

from charts import export
from charts.export import ExportError, csv_bytes, figure_bytes, has_browser, titled, xlsx_bytes
from charts.theme import DARK, LIGHT, apply_theme, empty_figure, escape, month_ticks, palette, wrap

FRAME = pd.DataFrame(
    {
        "quote": ["=1+1", "- Sở Y tế", "@x", "Chốt kiểm soát"],
        "day": pd.to_datetime(["2021-05-06", None, "2021-05-27", "2021-07-26"]),
        "n": [1, 2, 3, 4],
    }
)
ABOUT = {"Window": "Window: whole", "Data hash": "Data hash: 0123456789ab"}


def figure(dark=False):
    fig = go.Figure(go.Bar(x=[1, 2], y=["Bình Phước", "Đồng Nai"], orientation="h"))
    return apply_theme(fig, title="Hai tỉnh & một tiêu đề", source="Source: 7 directives", dark=dark, height=240)


def test_csv_opens_in_excel_and_runs_nothing():
    text = csv_bytes(FRAME).decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:])))
    assert [row[0] for row in rows[1:]] == ["'=1+1", "'- Sở Y tế", "'@x", "Chốt kiểm soát"]
    assert [row[1] for row in rows[1:]] == ["2021-05-06", "", "2021-05-27", "2021-07-26"]


def test_workbook_holds_text_and_says_where_it_is_from():
    content = xlsx_bytes(FRAME, ABOUT)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["data", "about"]
    assert book["data"]["A2"].value == "=1+1"
    assert book["about"]["B3"].value == "Data hash: 0123456789ab"
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("dark", [False, True])
def test_titles_are_added_to_a_copy(dark):
    fig = figure(dark)
    words = [note.text for note in titled(fig, ABOUT).layout.annotations]
    assert "Hai tỉnh &amp; một tiêu đề" in words[0]
    assert "Source: 7 directives" in words[1]
    assert "0123456789ab" in words[1]
    assert not fig.layout.annotations


@pytest.mark.skipif(not has_browser(), reason="Chromium is not installed")
def test_pictures_are_drawn_offline():
    assert figure_bytes(figure(), "png", ABOUT).startswith(b"\x89PNG")
    svg = figure_bytes(figure(), "svg", ABOUT).decode("utf-8")
    assert "0123456789ab" in svg
    assert LIGHT.ground.lower() in svg.lower() or "rgb(251, 249, 244)" in svg


def test_without_a_browser_it_says_what_to_do(monkeypatch):
    monkeypatch.setattr(export, "has_browser", lambda: False)
    with pytest.raises(ExportError, match="apt-get install chromium"):
        figure_bytes(figure(), "png", ABOUT)


def _luminance(color):
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, two):
    low, high = sorted((_luminance(one), _luminance(two)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tone", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_stand_out_from_their_ground(tone):
    assert all(contrast(hue, tone.ground) >= 3 for hue in tone.hues)
    assert all(
        contrast(color, ground) >= 4.5
        for color in (tone.ink, tone.muted, tone.accent)
        for ground in (tone.ground, tone.panel)
    )


def test_a_figure_keeps_its_title_as_words_and_its_ground():
    fig = figure(dark=True)
    assert fig.layout.meta["title"] == "Hai tỉnh & một tiêu đề"
    assert fig.layout.title.text is None
    assert fig.layout.template.layout.paper_bgcolor == palette(True).ground


def test_an_empty_figure_says_why():
    fig = empty_figure("Không có <gì>")
    assert fig.layout.annotations[0].text == "Không có &lt;gì&gt;"


def test_hover_text_is_escaped_and_broken():
    assert escape("<a href=x>") == "&lt;a href=x&gt;"
    assert wrap("một hai ba bốn <b>", 8) == "một hai<br>ba bốn<br>&lt;b&gt;"
    assert wrap("x " * 400, 10, 3).endswith("…")


def test_months_are_written_in_the_language_and_are_few():
    ticks = month_ticks(pd.Timestamp("2020-01-15"), pd.Timestamp("2022-03-01"), "vi", 5)
    assert len(ticks["tickvals"]) <= 6
    assert ticks["ticktext"][0] == "1/2020"
    assert month_ticks(pd.Timestamp("2021-05-03"), pd.Timestamp("2021-05-20"), "en")["ticktext"] == ["May 2021"]
