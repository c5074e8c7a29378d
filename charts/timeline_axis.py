"""The time axis that all figures of the timeline share: ticks, margins, the as-of day, the key below.

A day stands below itself in every figure, since window and side margins are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.theme import apply_theme, palette

Window = tuple[pd.Timestamp, pd.Timestamp]
# A key in columns of one width: two on a phone, seven on a desk.
KEY: Mapping[str, Any] = {
    "xref": "container",
    "x": 0,
    "yref": "container",
    "y": 0,
    "yanchor": "bottom",
    "font_size": 10,
    "entrywidth": 106,
    "itemsizing": "constant",
    "itemclick": False,
    "itemdoubleclick": False,
}


def share_axis(
    fig: go.Figure,
    title: str,
    source: str,
    window: Window,
    left: int,
    on: pd.Timestamp | None,
    dark: bool,
    lang: str,
    present: bool,
    height: int,
) -> go.Figure:
    """The shared axis, margins and the as-of day."""
    tone = palette(dark)
    if on is not None and window[0] <= on <= window[1]:
        fig.add_vline(x=f"{on:%Y-%m-%d}", line={"color": tone.accent, "width": 2})
    apply_theme(fig, title=title, source=source, dark=dark, lang=lang, height=height, present=present)
    fig.update_xaxes(
        range=[f"{day:%Y-%m-%d}" for day in window],
        fixedrange=True,
        showticklabels=True,
        automargin=False,
        type="date",
        **time_ticks(window, lang),
    )
    fig.update_yaxes(fixedrange=True, automargin=False, showgrid=True, gridcolor=tone.rule, title=None)
    fig.update_annotations(font={"size": 13, "color": tone.ink}, x=0, xanchor="left", xshift=4 - left)
    fig.update_layout(
        margin={"l": left, "r": 12, "t": 30, "b": 126},
        clickmode="event+select",
        legend=KEY,
    )
    return enlarge(fig) if present else fig


def enlarge(fig: go.Figure) -> go.Figure:
    """Larger words for a projector, where a figure sets their size itself."""
    fig.for_each_annotation(lambda note: note.update(font_size=note.font.size * 1.25))
    fig.for_each_trace(lambda trace: trace.update(textfont_size=14), selector={"type": "scatter"})
    fig.update_layout(legend={"font_size": 14, "entrywidth": 150})
    return fig


def time_ticks(window: Window, lang: str) -> Mapping[str, Any]:
    """At most nine ticks of a shared time axis, in the words of ``lang``: months with the year below, or days."""
    low, high = window
    if (high - low).days <= 75:
        step = max(1, -(-(high - low).days // 7))
        days = pd.date_range(low.normalize(), high, freq=f"{step}D")
        return {"tickvals": _iso(days), "ticktext": [_day(day, lang) for day in days]}
    months = pd.date_range(low.normalize(), high, freq="MS")
    step = next((step for step in (1, 2, 3, 6, 12) if len(months) <= 9 * step), 24)
    shown = [
        month for month in months if (month.month - 1) % min(step, 12) == 0 and month.year % max(step // 12, 1) == 0
    ]
    words, year = [], None
    for month in shown:
        name = f"thg {month.month}" if lang == "vi" else month.strftime("%b")
        words.append(f"{name}<br>{month.year}" if month.year != year else name)
        year = month.year
    return {"tickvals": _iso(shown), "ticktext": words}


def _day(day: pd.Timestamp, lang: str) -> str:
    return f"{day.day}/{day.month}<br>{day.year}" if lang == "vi" else f"{day.day} {day.strftime('%b')}<br>{day.year}"


def _iso(days: Iterable[pd.Timestamp]) -> list[str]:
    return [f"{day:%Y-%m-%d}" for day in days]
