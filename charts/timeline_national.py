"""National context under the lanes: stringency index and confirmed cases of the whole country, never a province's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from charts.theme import empty_figure, escape, palette
from charts.timeline_axis import Window, share_axis


def context_frame(days: Sequence[Any]) -> pd.DataFrame:
    """National days (``date``, ``stringency``, ``cases``) as a frame: ``day``, ``stringency``, cumulative ``cases``."""
    frame = pd.DataFrame(
        {
            "day": [item.date for item in days],
            "stringency": [item.stringency for item in days],
            "cases": [item.cases for item in days],
        }
    )
    return frame.astype({"day": "datetime64[us]", "stringency": "float64", "cases": "float64"})


def context_figure(
    context: pd.DataFrame,
    *,
    title: str,
    source: str,
    words: Any,
    window: Window,
    left: int = 44,
    on: pd.Timestamp | None = None,
    dark: bool = False,
    lang: str = "vi",
    present: bool = False,
) -> go.Figure:
    """National stringency and confirmed cases within the window, each on its own scale; never a province's values."""
    inside = context[context["day"].between(*window)]
    if inside.empty:
        return empty_figure(words("timeline.national_nothing"), title=title, dark=dark)
    tone = palette(dark)
    fig = make_subplots(
        rows=2,
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.2,
        subplot_titles=[escape(words(f"timeline.panel_{name}")) for name in ("stringency", "cases")],
    )
    for row, (column, dash) in enumerate((("stringency", "solid"), ("cases", "dot")), 1):
        rows = inside[inside[column].notna()]
        fig.add_scatter(
            x=[f"{day:%Y-%m-%d}" for day in rows["day"]],
            y=list(rows[column]),
            mode="lines",
            name=escape(words(f"timeline.panel_{column}")),
            showlegend=False,
            line={"color": tone.ink, "width": 1.6, "dash": dash},
            hoverinfo="text",
            row=row,
            col=1,
            hovertext=[
                f"{escape(words.day(day))}: {words.number(value, 2 if column == 'stringency' else 0)}"
                for day, value in zip(rows["day"], rows[column], strict=True)
            ],
        )
    fig.update_yaxes(range=[0, 105], tickvals=[0, 50, 100], row=1, col=1)
    fig.update_yaxes(rangemode="tozero", nticks=4, tickformat="~s", row=2, col=1)
    fig = share_axis(fig, title, source, window, left, on, dark, lang, present, height=330)
    fig.update_layout(margin_b=44)
    return fig
