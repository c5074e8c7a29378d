"""Lanes of directives on a time axis: who acted when, how urgently, within which bounds, and what triggered what.

Shape says the type, colour the urgency, size the number of measures; hollow is undated or not held. Arrows run from the
cited document to the one that answers it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.theme import TYPE_SYMBOLS, apply_theme, empty_figure, escape, palette, urgency_colors, wrap
from charts.timeline_axis import KEY, Window, enlarge, time_ticks
from charts.timeline_ground import day_lines, lane_ground
from charts.timeline_marks import MANY, add_chosen, add_marks, add_ranges, add_ticks, iso_days, short_name
from charts.timeline_rows import place_marks, style_of

_FEW_LINKS = 16


def lanes_figure(
    marks: pd.DataFrame,
    links: pd.DataFrame,
    ticks: pd.DataFrame,
    references: Sequence[tuple[pd.Timestamp, str]],
    *,
    title: str,
    source: str,
    lane_names: Mapping[str, str],
    words: Any,
    window: Window,
    on: pd.Timestamp | None = None,
    chosen: str = "",
    dark: bool = False,
    lang: str = "vi",
    present: bool = False,
) -> go.Figure:
    """Lanes with marks, undated ranges, links, ticks of deadlines and starts, and national reference lines.

    Parameters
    ----------
    marks, links, ticks
        Frames of :mod:`charts.timeline`; only marks of lanes in ``lane_names`` are drawn.
    references
        National instruments: day from which they hold, and label.
    lane_names
        Lane ids from top to bottom with their labels.
    words
        The page's translator: ``words(key, **values)``, ``words.name(kind, code)``, ``words.day``, ``words.span``.
    on
        The as-of day, drawn as a line.
    chosen
        Directive (or cited document) that is ringed and whose links stand out. A figure of more than :data:`MANY` marks
        has neither links nor ring, so that it stays the same from click to click and is not sent again; the browser
        colours the mark that was clicked.
    """
    marks = marks[marks["lane"].isin(list(lane_names))].reset_index(drop=True)
    if marks.empty:
        return empty_figure(words("timeline.nothing"), title=title, dark=dark)
    style = style_of(len(marks), len(lane_names))
    places = place_marks(marks, list(lane_names), window, style)
    fig = go.Figure()
    shapes, names = lane_ground(lane_names, places, style, dark)
    lines, labels, above = day_lines(references, on, window, words, dark)
    fig.update_layout(
        shapes=[*shapes, *lines], annotations=[*names, *labels]
    )  # one by one each is checked with all before
    spots = {
        item: (day, y) for item, day, y in zip(marks["directive_id"], iso_days(marks["day"]), places.y, strict=True)
    }
    if len(marks) <= MANY:
        _add_links(fig, links, spots, chosen, words, dark)
        add_ticks(fig, ticks[ticks["lane"].isin(list(lane_names))], places, style, words, dark)
    add_ranges(fig, marks, places, window, words, dark)
    for ghost in (True, False):
        add_marks(fig, marks, (marks["mark"] == "ghost") == ghost, places, style, words, dark)
    if len(marks) <= MANY:
        add_chosen(fig, spots.get(chosen), dark)
    _add_legend(fig, marks, words, dark)
    fig.update_yaxes(range=[places.height, 0], visible=False, fixedrange=True)
    fig.update_xaxes(
        range=[f"{day:%Y-%m-%d}" for day in window],
        fixedrange=True,
        showgrid=True,
        automargin=False,
        type="date",
        **time_ticks(window, lang),
    )
    below = 136
    apply_theme(
        fig,
        title=title,
        source=source,
        dark=dark,
        lang=lang,
        height=round(places.height) + above + below,
        present=present,
    )
    fig.update_layout(
        margin={"l": style.left, "r": 12, "t": above, "b": below},
        clickmode="event+select",
        legend=KEY,
    )
    return enlarge(fig) if present else fig


def _add_links(
    fig: go.Figure,
    links: pd.DataFrame,
    spots: Mapping[str, tuple[str, float]],
    chosen: str,
    words: Any,
    dark: bool,
) -> None:
    tone = palette(dark)
    rows = [row for row in links.itertuples() if row.directive_id in spots and row.cited in spots]
    near = [row for row in rows if chosen and chosen in (row.directive_id, row.cited)]
    rest = [row for row in rows if row not in near]
    for group, color, width in ((rest, tone.muted, 1.2), (near, tone.accent, 2.2)):
        if not group:
            continue
        xs: list[str | None] = []
        ys: list[float | None] = []
        for row in group:
            (x0, y0), (x1, y1) = spots[row.cited], spots[row.directive_id]
            xs += [x0, x1, None]
            ys += [y0, y1, None]
        fig.add_scatter(
            x=xs,
            y=ys,
            mode="lines+markers",
            name="links",
            line={"color": color, "width": width},
            hoverinfo="skip",
            showlegend=False,
            marker={
                "symbol": "arrow",
                "angleref": "previous",
                "size": [0, 9, 0] * len(group),
                "standoff": [0, 7, 0] * len(group),
                "color": color,
                "line": {"width": 0},
            },
        )
    _add_lags(fig, rows, spots, words, dark)


def _add_lags(
    fig: go.Figure, rows: Sequence[Any], spots: Mapping[str, tuple[str, float]], words: Any, dark: bool
) -> None:
    """A small point half-way on each link: its relation, lag and words on hover, a click opens the citing directive."""
    if not rows:
        return
    ends = [(spots[row.cited], spots[row.directive_id]) for row in rows]
    middle = [pd.Timestamp(a[0]) + (pd.Timestamp(b[0]) - pd.Timestamp(a[0])) / 2 for a, b in ends]
    tone = palette(dark)
    fig.add_scatter(
        x=[f"{day:%Y-%m-%d %H:%M}" for day in middle],
        y=[round((a[1] + b[1]) / 2, 1) for a, b in ends],
        mode="markers+text" if len(rows) <= _FEW_LINKS else "markers",
        name="lags",
        text=[escape(lag_words(row, words, short=True)) for row in rows],
        textposition="middle right",
        textfont={"size": 10, "color": tone.muted},
        marker={"size": 6, "color": tone.ground, "line": {"width": 1.4, "color": tone.muted}},
        showlegend=False,
        customdata=[row.directive_id for row in rows],
        hoverinfo="text",
        hovertext=[
            f"<b>{escape(words.name('relation', row.relation))}</b> · {escape(lag_words(row, words))}<br>"
            f"{wrap(row.quote)}"
            for row in rows
        ],
    )


def lag_words(row: Any, words: Any, short: bool = False) -> str:
    """The lag of a link in words; said to be an estimate where a day is one. ``short``: known lags only."""
    if short and not row.known:
        return ""
    if short and row.lag:
        return words("timeline.lag_short", n=int(row.lag))
    said = words("timeline.lag_none") if row.lag == 0 else words("timeline.lag", n=abs(int(row.lag)))
    return said if row.known else words("timeline.lag_about", lag=said)


def _add_legend(fig: go.Figure, marks: pd.DataFrame, words: Any, dark: bool) -> None:
    """Entries for urgency by colour, type by shape, hollow marks and ranges: only those that occur."""
    tone, colors = palette(dark), urgency_colors(dark)
    held = marks[marks["mark"] == "held"]
    entries = [
        (words.name("urgency", item), "circle", colors[item], colors[item])
        for item in colors
        if item in set(held["urgency"])
    ]
    entries += [
        (words.name("doc_type", item), symbol, tone.ink, tone.ink)
        for item, symbol in TYPE_SYMBOLS.items()
        if item in set(marks["doc_type"])
    ]
    if (~held["dated"]).any():
        entries.append((words("timeline.legend_undated"), "diamond", tone.ground, colors["none"]))
    if len(held) < len(marks):
        entries.append((words("timeline.ghost"), "square", tone.ground, tone.muted))
    for name, symbol, fill, line in entries:
        fig.add_scatter(
            x=[None],
            y=[None],
            mode="markers",
            name=escape(short_name(name)),
            hoverinfo="skip",
            marker={"symbol": symbol, "size": 11, "color": fill, "line": {"width": 2, "color": line}},
        )
