"""Lanes of directives on a time axis: who acted when, how urgently, within which bounds, and what triggered what.

Shape says the type, colour the urgency, size the number of measures; hollow is undated or not held. Arrows run from the
cited document to the one that answers it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.theme import TYPE_SYMBOLS, apply_theme, empty_figure, escape, palette, urgency_colors, wrap
from charts.timeline_rows import Places, Style, Window, label_rows, place_marks, style_of, time_ticks

MANY = 400  # marks; above this hover is short, and only the chosen directive's links are drawn
TICK_SYMBOLS = {"deadline": "hourglass-open", "effective_from": "triangle-right", "effective_to": "triangle-left"}
_LABEL_ROW = 14


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
        Directive (or cited document) that is ringed and whose links stand out.
    """
    marks = marks[marks["lane"].isin(list(lane_names))].reset_index(drop=True)
    if marks.empty:
        return empty_figure(words("timeline.nothing"), title=title, dark=dark)
    style = style_of(len(marks), len(lane_names))
    places = place_marks(marks, list(lane_names), window, style)
    fig = go.Figure()
    _add_lanes(fig, lane_names, places, style, dark)
    above = _add_lines(fig, references, on, window, words, dark)
    spots = {item: (day, y) for item, day, y in zip(marks["directive_id"], _days(marks["day"]), places.y, strict=True)}
    _add_links(fig, links, spots, chosen, len(marks) > MANY, words, dark)
    _add_ranges(fig, marks, places, window, dark)
    _add_ticks(fig, ticks[ticks["lane"].isin(list(lane_names))], places, style, words, dark)
    for ghost in (True, False):
        _add_marks(fig, marks, (marks["mark"] == "ghost") == ghost, places, style, words, dark)
    _add_chosen(fig, spots.get(chosen), dark)
    _add_legend(fig, marks, words, dark)
    fig.update_yaxes(range=[places.height, 0], visible=False, fixedrange=True)
    fig.update_xaxes(
        range=[f"{day:%Y-%m-%d}" for day in window], fixedrange=True, showgrid=True, automargin=False, type="date",
        **time_ticks(window, lang),
    )  # fmt: skip
    below = 150
    apply_theme(fig, title=title, source=source, dark=dark, lang=lang, height=round(places.height) + above + below, present=present)
    fig.update_layout(
        margin={"l": style.left, "r": 12, "t": above, "b": below}, clickmode="event+select",
        legend={"y": 0, "yref": "container", "yanchor": "bottom", "itemsizing": "constant", "font_size": 11, "itemclick": False, "itemdoubleclick": False},
    )  # fmt: skip
    return fig


def _days(days: Iterable[pd.Timestamp]) -> list[str]:
    return [f"{day:%Y-%m-%d}" for day in days]


def _add_lanes(fig: go.Figure, names: Mapping[str, str], places: Places, style: Style, dark: bool) -> None:
    """A ground behind every second province and the lanes' names: inside the plot, or in the margin where they are many."""
    tone = palette(dark)
    provinces = list(dict.fromkeys(item.partition("|")[0] for item in names))
    for item, name in names.items():
        top, foot = places.tops[item], places.feet[item]
        if provinces.index(item.partition("|")[0]) % 2 == 0:
            fig.add_shape(
                type="rect", xref="paper", x0=0, x1=1, y0=top, y1=foot, layer="below", line_width=0, fillcolor=tone.panel,
            )  # fmt: skip
        inside = style.head > 0
        fig.add_annotation(
            xref="paper", x=0, xanchor="left" if inside else "right", xshift=4 if inside else -4, y=top if inside else (top + foot) / 2,
            yanchor="top" if inside else "middle", yshift=-2 if inside else 0, text=escape(name), showarrow=False, align="left",
            font={"size": 12 if inside else 10, "color": tone.ink},
        )  # fmt: skip


def _add_lines(
    fig: go.Figure, references: Sequence[tuple[pd.Timestamp, str]], on: pd.Timestamp | None, window: Window, words: Any, dark: bool
) -> int:
    """National instruments as dotted lines and the as-of day as a full one, labelled above; returns the height they need."""
    tone = palette(dark)
    shown = [(day, label, False) for day, label in sorted(references) if window[0] <= day <= window[1]]
    if on is not None and window[0] <= on <= window[1]:
        shown.append((on, words("timeline.on_label", day=on), True))
    rows = label_rows([(day, label) for day, label, _ in shown], window)
    for (day, label, is_on), (row, left) in zip(shown, rows, strict=True):
        x, color = f"{day:%Y-%m-%d}", tone.accent if is_on else tone.muted
        fig.add_shape(
            type="line", x0=x, x1=x, yref="paper", y0=0, y1=1, layer="above" if is_on else "below",
            line={"color": color, "width": 2 if is_on else 1, "dash": "solid" if is_on else "dot"},
        )  # fmt: skip
        fig.add_annotation(
            x=x, y=1, yref="paper", yanchor="bottom", xanchor="right" if left else "left", yshift=3 + _LABEL_ROW * row,
            xshift=-2 if left else 2, showarrow=False, text=f"<b>{escape(label)}</b>" if is_on else escape(label),
            font={"size": 11, "color": color},
        )  # fmt: skip
    return 12 + _LABEL_ROW * (max((row for row, _ in rows), default=-1) + 1)


def _add_links(
    fig: go.Figure, links: pd.DataFrame, spots: Mapping[str, tuple[str, float]], chosen: str, many: bool, words: Any, dark: bool
) -> None:
    tone = palette(dark)
    rows = [row for row in links.itertuples() if row.directive_id in spots and row.cited in spots]
    near = [row for row in rows if chosen and chosen in (row.directive_id, row.cited)]
    rest = [] if many else [row for row in rows if row not in near]
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
            x=xs, y=ys, mode="lines+markers", name="links", line={"color": color, "width": width}, hoverinfo="skip", showlegend=False,
            marker={"symbol": "arrow", "angleref": "previous", "size": [0, 9, 0] * len(group), "standoff": [0, 7, 0] * len(group),
                    "color": color, "line": {"width": 0}},
        )  # fmt: skip
    _add_lags(fig, near if many else rows, spots, words, dark)


def _add_lags(fig: go.Figure, rows: Sequence[Any], spots: Mapping[str, tuple[str, float]], words: Any, dark: bool) -> None:
    """A small point half-way on each link: its relation, lag and words on hover, a click opens the citing directive."""
    if not rows:
        return
    ends = [(spots[row.cited], spots[row.directive_id]) for row in rows]
    middle = [pd.Timestamp(a[0]) + (pd.Timestamp(b[0]) - pd.Timestamp(a[0])) / 2 for a, b in ends]
    tone = palette(dark)
    fig.add_scatter(
        x=[f"{day:%Y-%m-%d %H:%M}" for day in middle], y=[round((a[1] + b[1]) / 2, 1) for a, b in ends], mode="markers", name="lags",
        marker={"size": 6, "color": tone.ground, "line": {"width": 1.4, "color": tone.muted}}, showlegend=False,
        customdata=[[row.directive_id] for row in rows], hoverinfo="text",
        hovertext=[f"<b>{escape(words.name('relation', row.relation))}</b> · {escape(lag_words(row, words))}<br>{wrap(row.quote)}" for row in rows],
    )  # fmt: skip


def lag_words(row: Any, words: Any) -> str:
    """The lag of a link in words; said to be an estimate where a day is one."""
    said = words("timeline.lag_none") if row.lag == 0 else words("timeline.lag", n=abs(int(row.lag)))
    return said if row.known else words("timeline.lag_about", lag=said)


def _add_ranges(fig: go.Figure, marks: pd.DataFrame, places: Places, window: Window, dark: bool) -> None:
    """Undated directives as a line between their bounds; an open end runs on to the edge and ends in an arrow head."""
    tone = palette(dark)
    low_edge, high_edge = window[0], window[1] - pd.Timedelta(hours=12)
    xs: list[str | None] = []
    ys: list[float | None] = []
    symbols: list[str] = []
    for row in marks[~marks["dated"] & (marks["mark"] == "held")].itertuples():
        y = places.y[row.Index]
        low = low_edge if pd.isna(row.earliest) else max(row.earliest, low_edge)
        high = high_edge if pd.isna(row.latest) else min(row.latest, high_edge)
        xs += [*_days([low, high]), None]
        ys += [y, y, None]
        starts = "triangle-left" if pd.isna(row.earliest) else "line-ns-open"
        symbols += [starts, "triangle-right" if pd.isna(row.latest) else "line-ns-open", "circle"]
    if xs:
        few = len(xs) < 3 * MANY
        fig.add_scatter(
            x=xs, y=ys, mode="lines+markers" if few else "lines", name="ranges", showlegend=False, hoverinfo="skip", opacity=0.75 if few else 0.3,
            line={"color": tone.muted, "width": 3 if few else 1}, connectgaps=False,
            marker={"symbol": symbols, "size": 11, "color": tone.muted, "line": {"width": 2, "color": tone.muted}} if few else None,
        )  # fmt: skip


def _add_ticks(fig: go.Figure, ticks: pd.DataFrame, places: Places, style: Style, words: Any, dark: bool) -> None:
    tone = palette(dark)
    for kind, symbol in TICK_SYMBOLS.items():
        rows = ticks[ticks["kind"] == kind]
        if rows.empty:
            continue
        fig.add_scatter(
            x=_days(rows["day"]), y=[places.feet[item] - max(style.foot, 8) / 2 for item in rows["lane"]], mode="markers",
            name=words.name("date_kind", kind), marker={"symbol": symbol, "size": 9, "color": tone.ink, "line": {"width": 1.2, "color": tone.ink}},
            customdata=[[item] for item in rows["directive_id"]], hoverinfo="text",
            hovertext=[
                f"<b>{escape(words.name('date_kind', kind))}</b> {escape(' '.join((words.day(row.day), row.time)).strip())}<br>{wrap(row.quote)}"
                for row in rows.itertuples()
            ],
        )  # fmt: skip


def _sizes(counts: pd.Series, style: Style) -> list[float]:
    """Size by number of measures: from 9 (none) to 22 (thirty and more), half of that in dense lanes."""
    scale = 0.6 if style.most_rows == 1 else 1.0
    return [round(scale * (9 + 13 * min(int(n), 30) / 30), 1) for n in counts]


def _add_marks(
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
            x=_days(group["day"]), y=[round(places.y[number], 1) for number in at], mode="markers+text" if style.labels else "markers",
            name=f"{mark}:{kind}:{urgency}", showlegend=False,
            text=[escape(_name(row, words)) for row in group.itertuples()] if style.labels else None,
            textposition=["middle left" if left else "middle right" for left in on_left] if style.labels else None,
            textfont={"size": 11, "color": tone.muted if mark == "ghost" else tone.ink},
            marker={
                "symbol": TYPE_SYMBOLS[kind or "other"], "size": _sizes(group["n_measures"], style), "opacity": 1,
                "color": tone.ground if hollow else color, "line": {"width": 2 if hollow else 1, "color": color if hollow else tone.ground},
            },
            selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 1}}, cliponaxis=False,
            customdata=[[item] for item in group["directive_id"]], hoverinfo="text",
            hovertext=[_hover(row, words, many) for row in group.itertuples()],
        )  # fmt: skip


def _name(row: Any, words: Any) -> str:
    return row.number or words.name("doc_type", row.doc_type)


def _hover(row: Any, words: Any, short: bool) -> str:
    """What a mark says on hover; in a figure of thousands only name and day, the drawer says the rest."""
    day = words.day(row.day)
    if short:
        return f"{escape(_name(row, words))} · {day}" + ("" if row.dated else " (?)")
    if row.mark == "ghost":
        return f"<b>{escape(_name(row, words))}</b> · {day}<br>{escape(words('timeline.ghost'))}<br>{wrap(row.issuer)}"
    span = day if row.dated else words("timeline.undated_hover", span=words.span(row.earliest, row.latest), day=row.day)
    counts = words("timeline.hover_counts", up=row.n_tighten, same=row.n_maintain, down=row.n_relax)
    urgency = words.name("urgency", row.urgency)
    lines = [wrap(span), escape(urgency), wrap(row.subject), escape(counts)]
    return "<br>".join([f"<b>{escape(_name(row, words))}</b> · {escape(row.issuer or row.province)}", *filter(None, lines)])


def _add_chosen(fig: go.Figure, spot: tuple[str, float] | None, dark: bool) -> None:
    if spot is not None:
        fig.add_scatter(
            x=[spot[0]], y=[spot[1]], mode="markers", name="chosen", showlegend=False, hoverinfo="skip",
            marker={"symbol": "circle-open", "size": 27, "color": palette(dark).accent, "line": {"width": 2.5, "color": palette(dark).accent}},
        )  # fmt: skip


def _add_legend(fig: go.Figure, marks: pd.DataFrame, words: Any, dark: bool) -> None:
    """Entries for urgency by colour, type by shape, hollow marks and ranges: only those that occur."""
    tone, colors = palette(dark), urgency_colors(dark)
    held = marks[marks["mark"] == "held"]
    entries = [(words.name("urgency", item), "circle", colors[item], colors[item]) for item in colors if item in set(held["urgency"])]
    entries += [(words.name("doc_type", item), symbol, tone.ink, tone.ink) for item, symbol in TYPE_SYMBOLS.items() if item in set(marks["doc_type"])]
    if (~held["dated"]).any():
        entries.append((words("timeline.legend_undated"), "diamond", tone.ground, colors["none"]))
    if len(held) < len(marks):
        entries.append((words("timeline.ghost"), "square", tone.ground, tone.muted))
    for name, symbol, fill, line in entries:
        fig.add_scatter(
            x=[None], y=[None], mode="markers", name=escape(name), hoverinfo="skip",
            marker={"symbol": symbol, "size": 11, "color": fill, "line": {"width": 2, "color": line}},
        )  # fmt: skip
