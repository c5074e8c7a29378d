"""What a chart shows, as files: CSV, XLSX, PNG and SVG, with title, window, source line and data hash in them."""

from __future__ import annotations

import io
import shutil
from collections.abc import Mapping
from functools import lru_cache
from threading import Lock

import kaleido
import pandas as pd
import plotly.graph_objects as go

from charts.theme import FONT, HEADING_FONT, palette, wrap

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_lock = Lock()


class ExportError(RuntimeError):
    """A file could not be made; the message says what to install or what to take instead."""


def has_browser() -> bool:
    """Whether pictures can be made: kaleido draws them in an installed Chromium."""
    return any(shutil.which(name) for name in _BROWSERS)


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _spread(frame: pd.DataFrame) -> pd.DataFrame:
    days = frame.select_dtypes(include=["datetime", "datetimetz"]).columns
    shown = frame.copy()
    for name in days:
        shown[name] = shown[name].dt.strftime("%Y-%m-%d")
    return shown


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """CSV for Excel: UTF-8 with BOM, days as ISO, text that begins like a formula is escaped with an apostrophe."""
    return ("\ufeff" + _spread(frame).map(_cell).to_csv(index=False)).encode("utf-8")


def xlsx_bytes(frame: pd.DataFrame, about: Mapping[str, str]) -> bytes:
    """Workbook with the sheet ``data`` and the sheet ``about`` (title, window, source line, data hash)."""
    buffer = io.BytesIO()
    options = {"options": {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}}
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs=options) as writer:
        _spread(frame).to_excel(writer, sheet_name="data", index=False)
        pd.DataFrame({"what": list(about), "value": list(about.values())}).to_excel(
            writer, sheet_name="about", index=False
        )
        writer.sheets["data"].freeze_panes(1, 0)
        writer.sheets["data"].autofit(400)
        writer.sheets["about"].autofit(600)
    return buffer.getvalue()


def titled(fig: go.Figure, about: Mapping[str, str], *, width: int = 1280) -> go.Figure:
    """A copy of ``fig`` with its title above and ``about`` (source, window, data hash) below the plot."""
    meta = fig.layout.meta or {}
    tone = palette(bool(meta.get("dark")))
    copy = go.Figure(fig)
    title = wrap(meta.get("title", ""), width // 11, 2)
    foot = wrap(" · ".join(value for value in (meta.get("source", ""), *about.values()) if value), width // 7, 4)
    above, below = 62 + 24 * title.count("<br>"), 62 + 15 * foot.count("<br>")
    margin = fig.layout.margin
    height = (fig.layout.height or 420) + above + below
    top, bottom = (margin.t or 28) + above, (margin.b or 40) + below
    place = {"xref": "paper", "yref": "paper", "x": 0, "xanchor": "left", "showarrow": False, "align": "left"}
    copy.update_layout(width=width, height=height, autosize=False)
    copy.update_layout(margin={"t": top, "b": bottom, "l": max(margin.l or 0, 40), "r": max(margin.r or 0, 40)})
    copy.add_annotation(
        text=f"<b>{title}</b>" if title else "", yanchor="top", y=1, yshift=top - 16,
        font={"family": HEADING_FONT, "size": 22, "color": tone.ink}, **place,
    )  # fmt: skip
    copy.add_annotation(
        text=foot,
        yanchor="bottom",
        y=0,
        yshift=12 - bottom,
        font={"family": FONT, "size": 12, "color": tone.muted},
        **place,
    )
    return copy


@lru_cache(maxsize=1)
def _start_server() -> None:
    kaleido.start_sync_server(n=1, mathjax=False, silence_warnings=True)


def figure_bytes(fig: go.Figure, form: str, about: Mapping[str, str], *, width: int = 1280) -> bytes:
    """Picture of ``fig`` with its words burned in; ``form`` is ``png`` or ``svg``.

    Raises
    ------
    ExportError
        When no Chromium is installed.
    """
    if not has_browser():
        raise ExportError("Pictures need Chromium (Debian: apt-get install chromium); take the CSV or XLSX instead.")
    copy = titled(fig, about, width=width)
    size = {"width": copy.layout.width, "height": copy.layout.height, "scale": 2}
    with _lock:
        _start_server()
        return bytes(kaleido.calc_fig_sync(copy.to_dict(), opts={"format": form, **size}))


def file_stem(text: str) -> str:
    """Name of a download: letters, digits and hyphens of ``text``.

    >>> file_stem("Overview: 1/2")
    'overview-1-2'
    """
    return "-".join("".join(c if c.isalnum() and c.isascii() else " " for c in text.lower()).split())[:80] or "chart"
