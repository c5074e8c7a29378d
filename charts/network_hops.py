"""How long each hop of the chain of command took: lags as dots sized by their number, the range, the median."""

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
    lags = own.sort_values("link").groupby(["hop", "lag"], sort=True)
    marks = lags.agg(n=("link", "size"), link=("link", "first"), number=("number", "first")).reset_index()
    fig.add_scatter(
        x=marks["lag"].astype(float),
        y=[rows[hop] for hop in marks["hop"]],
        mode="markers",
        name=words("network.hop_single"),
        customdata=[[link] for link in marks["link"]],
        text=[
            escape(
                f"{words('network.lag', n=int(row.lag))} · {words('network.hop_times', n=int(row.n))} · {row.number}"
            )
            for row in marks.itertuples()
        ],
        hovertemplate="%{text}<extra></extra>",
        marker={"size": [min(7 + 3.5 * n**0.5, 26) for n in marks["n"]], "color": tone.hues[0], "opacity": 0.75},
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
