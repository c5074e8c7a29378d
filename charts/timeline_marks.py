"""Marks of the timeline's lanes: directives, the ranges of undated ones, ticks of the days they set, and their hover.

Shape says the type, colour the urgency, size the number of measures; hollow is undated or not held.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.theme import TYPE_SYMBOLS, escape, palette, urgency_colors, wrap
from charts.timeline_axis import Window
from charts.timeline_rows import Places, Style

MANY = 400  # marks; above this hover is short, and links and ticks are left to the lists and the drawer
FEW_RANGES = 120
TICK_SYMBOLS = {"deadline": "hourglass-open", "effective_from": "triangle-right", "effective_to": "triangle-left"}


def iso_days(days: Iterable[pd.Timestamp]) -> np.ndarray:
    """Days as Plotly reads them: ten letters each instead of nineteen."""
    return np.array([day.strftime("%Y-%m-%d") for day in days], dtype=object)


def add_marks(
    fig: go.Figure, marks: pd.DataFrame, wanted: pd.Series, places: Places, style: Style, words: Any, dark: bool
) -> None:
    """One trace a shape and colour: their names are then said once, which keeps the figure small."""
    tone, colors = palette(dark), urgency_colors(dark)
    many = len(marks) > MANY
    rows = marks[wanted].assign(hollow=~marks["dated"] | (marks["mark"] == "ghost"))
    for (kind, urgency, hollow, mark), group in rows.groupby(["doc_type", "urgency", "hollow", "mark"]):
        color = tone.muted if mark == "ghost" else colors.get(urgency, tone.muted)
        at = list(group.index)
        on_left = [places.on_left[number] for number in at]
        fig.add_scatter(
            x=iso_days(group["day"]),
            y=np.array([places.y[number] for number in at], dtype="float32").round(),
            mode="markers+text" if style.labels else "markers",
            name=f"{mark}:{kind}:{urgency}",
            showlegend=False,
            text=[escape(_name(row, words)) for row in group.itertuples()] if style.labels else None,
            textposition=[
                f"{'middle' if dated else 'bottom'} {'left' if left else 'right'}"
                for left, dated in zip(on_left, group["dated"], strict=True)
            ]
            if style.labels
            else None,
            textfont={"size": 11, "color": tone.muted if mark == "ghost" else tone.ink},
            marker={
                "symbol": TYPE_SYMBOLS[kind or "other"],
                "size": _sizes(group["n_measures"], style),
                "opacity": 1,
                "color": tone.ground if hollow else color,
                "line": {"width": 2 if hollow else 1, "color": color if hollow else tone.ground},
            },
            selected={"marker": {"color": tone.accent, "size": 15} if many else {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
            cliponaxis=False,
            customdata=group["directive_id"].to_numpy(dtype=object),
            hoverinfo="text",
            hovertext=np.array(
                [escape(_name(row, words)) if many else _hover(row, words) for row in group.itertuples()], dtype=object
            ),
            hovertemplate=_short_hover(words) if many else None,
        )


def _sizes(counts: pd.Series, style: Style) -> list[float]:
    """Size by number of measures: from 9 (none) to 19 (forty and more), smaller in dense lanes."""
    scale = 0.6 if style.most_rows == 1 else 1.0
    return [round(scale * (9 + 10 * min(int(n), 40) / 40), 1) for n in counts]


def add_ranges(fig: go.Figure, marks: pd.DataFrame, places: Places, window: Window, words: Any, dark: bool) -> None:
    """Undated directives as a line between their bounds; an open end runs on to the edge and ends in an arrow head."""
    tone = palette(dark)
    low_edge, high_edge = window[0], window[1] - pd.Timedelta(hours=12)
    xs: list[str | None] = []
    ys: list[float | None] = []
    symbols, ids, said = [], [], []
    undated = marks[~marks["dated"] & (marks["mark"] == "held")]
    few = len(undated) <= FEW_RANGES
    for row in undated.itertuples():
        y = round(places.y[row.Index], 1)
        low = low_edge if pd.isna(row.earliest) else max(row.earliest, low_edge)
        high = high_edge if pd.isna(row.latest) else min(row.latest, high_edge)
        xs += [*iso_days([low, high]), None]
        ys += [y, y, None]
        if few:
            starts = "triangle-left" if pd.isna(row.earliest) else "line-ns-open"
            symbols += [starts, "triangle-right" if pd.isna(row.latest) else "line-ns-open", "circle"]
            ids += [row.directive_id] * 3
            said += [_hover(row, words)] * 3
    if not xs:
        return
    drawn = {
        "x": xs,
        "y": ys,
        "name": "ranges",
        "showlegend": False,
        "line": {"color": tone.muted, "width": 3 if few else 1},
    }
    if few:
        line = {"width": 2, "color": tone.muted}
        marker = {"symbol": symbols, "size": 11, "color": tone.muted, "line": line}
        fig.add_scatter(
            **drawn, mode="lines+markers", marker=marker, opacity=0.75, customdata=ids, hoverinfo="text", hovertext=said
        )
    else:
        fig.add_scatter(**drawn, mode="lines", opacity=0.3, hoverinfo="skip")


def add_ticks(fig: go.Figure, ticks: pd.DataFrame, places: Places, style: Style, words: Any, dark: bool) -> None:
    tone = palette(dark)
    for kind, symbol in TICK_SYMBOLS.items():
        rows = ticks[ticks["kind"] == kind]
        if rows.empty:
            continue
        fig.add_scatter(
            x=iso_days(rows["day"]),
            y=[places.feet[item] - max(style.foot, 8) / 2 for item in rows["lane"]],
            mode="markers",
            name=escape(words.name("date_kind", kind)),
            marker={"symbol": symbol, "size": 9, "color": tone.ink, "line": {"width": 1.2, "color": tone.ink}},
            customdata=rows["directive_id"].to_numpy(dtype=object),
            hoverinfo="text",
            hovertext=[
                f"<b>{escape(words.name('date_kind', kind))}</b> {escape(words.day(row.day))} {escape(row.time)}<br>"
                f"{wrap(row.quote)}"
                for row in rows.itertuples()
            ],
        )


def add_chosen(fig: go.Figure, spot: tuple[str, float] | None, dark: bool) -> None:
    if spot is not None:
        fig.add_scatter(
            x=[spot[0]],
            y=[spot[1]],
            mode="markers",
            name="chosen",
            showlegend=False,
            hoverinfo="skip",
            marker={
                "symbol": "circle-open",
                "size": 27,
                "color": palette(dark).accent,
                "line": {"width": 2.5, "color": palette(dark).accent},
            },
        )


def _name(row: Any, words: Any) -> str:
    return row.number or short_name(words.name("doc_type", row.doc_type))


def short_name(name: str) -> str:
    """A name without what stands in brackets: the Vietnamese term behind an English one has no room in a figure."""
    return name.partition(" (")[0]


def _short_hover(words: Any) -> str:
    """In a figure of thousands only name and day, made by the browser from what it has; the drawer says the rest."""
    return f"%{{hovertext}} · %{{x|{words('timeline.axis_day')}}}<extra></extra>"


def _hover(row: Any, words: Any) -> str:
    """What a mark says on hover."""
    day = words.day(row.day)
    if row.mark == "ghost":
        return f"<b>{escape(_name(row, words))}</b> · {day}<br>{escape(words('timeline.ghost'))}<br>{wrap(row.issuer)}"
    span = day if row.dated else words("timeline.undated_hover", span=words.span(row.earliest, row.latest), day=row.day)
    counts = words("timeline.hover_counts", up=row.n_tighten, same=row.n_maintain, down=row.n_relax)
    urgency = words.name("urgency", row.urgency)
    lines = [wrap(span), escape(urgency), wrap(row.subject), escape(counts)]
    return "<br>".join(
        [f"<b>{escape(_name(row, words))}</b> · {escape(row.issuer or row.province)}", *filter(None, lines)]
    )
