"""How long each hop of the chain of command took: every lag as a dot, the range as a line, the median marked."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.theme import apply_theme, empty_figure, escape, palette


def hop_name(hop: str, words: Any) -> str:
    """``party>government`` in words."""
    above, _, below = hop.partition(">")
    return f"{words(f'network.tier_{above}')} → {words(f'network.tier_{below}')}"


def hops_figure(
    hops: pd.DataFrame,
    citations: pd.DataFrame,
    *,
    title: str,
    source: str,
    words: Any,
    dark: bool = False,
    lang: str = "vi",
    present: bool = False,
) -> go.Figure:
    """A row a hop; ``hops`` from :func:`charts.network_cascade.hops_frame`, ``citations`` gives the single lags."""
    if hops.empty:
        return empty_figure(words("network.hops_none"), title=title, dark=dark)
    tone = palette(dark)
    rows = {hop: at for at, hop in enumerate(hops["hop"])}
    wanted = citations["hop"].isin(rows) & citations["known"].astype(bool) & ~citations["impossible"].astype(bool)
    own = citations[wanted & ~citations["standing"].astype(bool) & (citations["relation"] != "refers")]
    fig = go.Figure()
    xs: list[float | None] = []
    ys: list[float | None] = []
    for row in hops.itertuples():
        xs += [row.low, row.high, None]
        ys += [rows[row.hop], rows[row.hop], None]
    fig.add_scatter(
        x=xs,
        y=ys,
        mode="lines",
        hoverinfo="skip",
        name=words("network.hop_range"),
        line={"color": tone.rule, "width": 7},
    )
    fig.add_scatter(
        x=hops["median"],
        y=[rows[hop] for hop in hops["hop"]],
        mode="markers",
        name=words("network.hop_median"),
        hoverinfo="skip",
        marker={
            "symbol": "line-ns-open",
            "size": 24,
            "line": {"width": 3, "color": tone.hues[1]},
            "color": tone.hues[1],
        },
    )
    repeat = own.groupby(["hop", "lag"]).cumcount()
    fig.add_scatter(
        x=own["lag"].astype(float),
        y=[rows[hop] - 0.13 * at for hop, at in zip(own["hop"], repeat, strict=True)],
        mode="markers",
        name=words("network.hop_single"),
        customdata=[[link] for link in own["link"]],
        text=[escape(f"{row.number}: {words('network.lag', n=int(row.lag))}") for row in own.itertuples()],
        hovertemplate="%{text}<extra></extra>",
        marker={"size": 9, "color": tone.hues[0], "opacity": 0.85},
    )
    names = [f"{escape(hop_name(row.hop, words))}<br>{escape(_said(row, words))}" for row in hops.itertuples()]
    high = max(float(hops["high"].max()), 1.0)
    fig.update_yaxes(
        tickvals=list(rows.values()),
        ticktext=names,
        range=[len(rows) - 0.4, -0.7],
        zeroline=False,
        tickfont={"color": tone.ink},
    )
    fig.update_xaxes(range=[-high * 0.05, high * 1.06], title_text=words("network.axis_lag"), zeroline=True)
    return apply_theme(
        fig, title=title, source=source, dark=dark, lang=lang, height=110 + 56 * len(rows), present=present
    )


def _said(row: Any, words: Any) -> str:
    if row.low == row.high:
        return words("network.hop_one", n=int(row.n), lag=words("network.lag", n=int(row.low)))
    median = words.number(row.median, 0 if row.median == int(row.median) else 1)
    return words("network.hop_said", n=int(row.n), median=median, low=int(row.low), high=int(row.high))
