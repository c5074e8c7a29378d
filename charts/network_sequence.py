"""The network by date: a row a body, a column a directive, a mark where the directive speaks to the body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.network_actors import LAYERS, TYPES, Network, key_of
from charts.network_labels import SYMBOLS, Words
from charts.network_time import positions, ticks
from charts.theme import apply_theme, branch_colors, empty_figure, escape, palette, wrap

MOST_DIRECTIVES = 40
COLUMNS = ["link", "source", "target", "type", "directive_id", "day", "dated", "x", "n", "quote"]


def sequence_frame(network: Network, *, most: int = MOST_DIRECTIVES) -> pd.DataFrame:
    """One row a directive, body and type; columns ``COLUMNS``. Only the latest ``most`` dated or estimated directives.

    ``x`` is the place on the axis of :mod:`charts.network_time`; directives of one day stand Party first.
    """
    rows = network.passages[network.passages["day"].notna()]
    if rows.empty:
        return pd.DataFrame(columns=COLUMNS)
    layers = dict(zip(network.nodes["node"], network.nodes["layer"], strict=True))
    issued = rows.drop_duplicates("directive_id")[["directive_id", "day", "source"]]
    issued = issued.assign(rank=[LAYERS.index(layers.get(item, "other")) for item in issued["source"]])
    issued = issued.sort_values(["day", "rank", "directive_id"]).tail(most)
    spots = positions(zip(issued["day"], issued["directive_id"], strict=True))
    rows = rows[rows["directive_id"].isin(spots)].sort_values(["directive_id", "char_start", "quote"])
    grouped = rows.groupby(["source", "target", "type", "directive_id"], sort=True)
    frame = grouped.agg(day=("day", "first"), dated=("dated", "first"), n=("quote", "size"), quote=("quote", "first"))
    frame = frame.reset_index()
    frame["x"] = frame["directive_id"].map(spots)
    frame["link"] = [f"{row.type}:{key_of(row.source, row.target)}" for row in frame.itertuples()]
    return frame.sort_values(["x", "target", "type"], ignore_index=True)[COLUMNS]


def sequence_figure(
    frame: pd.DataFrame,
    nodes: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    numbers: Mapping[str, str],
    colors: Mapping[str, str],
    title: str,
    source: str,
    words: Words,
    chosen: str = "",
    dark: bool = False,
    lang: str = "vi",
    present: bool = False,
) -> go.Figure:
    """Rows from the centre down to districts, columns in order of days; ``numbers`` names the directives."""
    if frame.empty:
        return empty_figure(words("network.nothing"), title=title, dark=dark)
    shown = nodes[nodes["node"].isin({*frame["source"], *frame["target"]})]
    issuing = set(frame["source"])
    shown = shown.sort_values(
        ["layer", "node"], key=lambda column: column.map(LAYERS.index) if column.name == "layer" else column
    )
    ordered = sorted(shown.itertuples(), key=lambda row: (LAYERS.index(row.layer), row.node not in issuing, row.node))
    rows = {row.node: at for at, row in enumerate(ordered)}
    near = _near(frame, chosen)
    fig = go.Figure()
    branches = branch_colors(dark)
    hues = {row.node: branches.get(row.branch, branches["other"]) for row in ordered}
    _draw_columns(fig, frame, rows, numbers, hues, dark)
    for at, kind in enumerate(TYPES):
        own = frame[frame["type"] == kind]
        if len(own):
            lit = [row.link in near for row in own.itertuples()]
            fig.add_scatter(
                x=own["x"] + (at - 2) * 0.13,
                y=[rows[node] for node in own["target"]],
                mode="markers",
                name=words(f"network.type_{kind}"),
                customdata=[[link] for link in own["link"]],
                text=[_hover(row, labels, numbers, words) for row in own.itertuples()],
                hovertemplate="%{text}<extra></extra>",
                marker={
                    "symbol": [SYMBOLS[kind] + ("" if dated else "-open") for dated in own["dated"]],
                    "size": 11,
                    "color": colors[kind],
                    "opacity": [1.0 if item else 0.12 for item in lit],
                },
            )
    _draw_rows(fig, ordered, rows, labels, issuing, hues, dark, present)
    places, named = ticks(zip(frame["x"], frame["day"], strict=True), lang)
    last = max(frame["x"])
    fig.update_xaxes(
        tickvals=places,
        ticktext=named,
        range=[-0.7, last + 0.7],
        showgrid=False,
        fixedrange=True,
        title_text=words("network.axis_day"),
    )
    fig.update_yaxes(range=[len(rows) - 0.4, -1.9], fixedrange=True)
    fig = apply_theme(fig, title=title, source=source, dark=dark, lang=lang, present=present)
    fig.update_layout(height=150 + round((29 if present else 25) * (len(rows) + 2)), margin={"t": 34, "b": 8})
    return fig


def _near(frame: pd.DataFrame, chosen: str) -> set[str]:
    own = frame[(frame["link"] == chosen) | (frame["source"] == chosen) | (frame["target"] == chosen)]
    return set(own["link"] if len(own) else frame["link"])


def _draw_columns(
    fig: go.Figure,
    frame: pd.DataFrame,
    rows: Mapping[str, int],
    numbers: Mapping[str, str],
    hues: Mapping[str, str],
    dark: bool,
) -> None:
    """A line from the issuer to all it speaks to; the issuer's own mark; the directive's number above."""
    tone = palette(dark)
    xs: list[float | None] = []
    ys: list[float | None] = []
    firsts = frame.drop_duplicates("directive_id")
    for row in firsts.itertuples():
        own = [
            rows[row.source],
            *(rows[node] for node in frame.loc[frame["directive_id"] == row.directive_id, "target"]),
        ]
        xs += [row.x, row.x, None]
        ys += [min(own), max(own), None]
        fig.add_annotation(
            x=row.x,
            y=-0.75,
            text=escape(numbers[row.directive_id]),
            showarrow=False,
            textangle=-28 if len(firsts) > 9 else 0,
            xanchor="center" if len(firsts) <= 9 else "left",
            yanchor="bottom",
            font={"size": 11, "color": tone.ink},
        )
    fig.add_scatter(x=xs, y=ys, mode="lines", hoverinfo="skip", showlegend=False, line={"color": tone.rule, "width": 2})
    fig.add_scatter(
        x=firsts["x"],
        y=[rows[node] for node in firsts["source"]],
        mode="markers",
        showlegend=False,
        hoverinfo="skip",
        marker={"symbol": "square", "size": 15, "color": [hues[node] for node in firsts["source"]]},
    )


def _draw_rows(
    fig: go.Figure,
    ordered: list,
    rows: Mapping[str, int],
    labels: Mapping[str, str],
    issuing: set[str],
    hues: Mapping[str, str],
    dark: bool,
    present: bool,
) -> None:
    """Names of the bodies, with a mark that chooses the body."""
    tone = palette(dark)
    fig.update_yaxes(
        tickvals=list(rows.values()),
        ticktext=[wrap(labels[row.node], 46, 2) for row in ordered],
        showgrid=True,
        gridcolor=tone.rule,
        tickfont={"size": 15 if present else 11, "color": tone.ink},
    )
    fig.add_scatter(
        x=[-0.55] * len(ordered),
        y=list(rows.values()),
        mode="markers",
        showlegend=False,
        customdata=[[row.node] for row in ordered],
        text=[wrap(labels[row.node], 44, 3) for row in ordered],
        hovertemplate="%{text}<extra></extra>",
        marker={
            "symbol": ["square" if row.node in issuing else "circle" for row in ordered],
            "size": 10,
            "color": [hues[row.node] for row in ordered],
        },
    )


def _hover(row: Any, labels: Mapping[str, str], numbers: Mapping[str, str], words: Words) -> str:
    day = words.day(row.day) if row.dated else words("network.about", day=row.day)
    return "<br>".join(
        [
            f"<b>{wrap(labels[row.source], 50, 2)} → {wrap(labels[row.target], 50, 2)}</b>",
            f"{escape(words(f'network.type_{row.type}'))} · {escape(numbers[row.directive_id])} · {escape(day)}",
            f"“{wrap(row.quote, 60, 5)}”",
        ]
    )
