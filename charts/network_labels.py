"""Names, colours and hover words of the graph of actors, the same in each of its layouts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.theme import escape, palette, wrap

Words = Any  # the page's translator: t(key, **values), t.day, t.span
SYMBOLS = {
    "addresses": "square",
    "copies": "x",
    "lead": "triangle-up",
    "coordinate": "circle",
    "responsible": "diamond",
}


def legend_mark(fig: go.Figure, name: str, marker: Mapping[str, Any], **rest: Any) -> None:
    """A line of the legend without a place in the figure: it stays strong where every mark of its kind is faded."""
    fig.add_scatter(x=[None], y=[None], mode="markers", name=name, marker=dict(marker), hoverinfo="skip", **rest)


def type_colors(dark: bool) -> dict[str, str]:
    """Type of a link to colour; dash and symbol say the same."""
    tone = palette(dark)
    lead, coordinate, responsible = tone.hues[1], tone.hues[0], tone.hues[3]
    return {
        "addresses": tone.ink,
        "copies": tone.muted,
        "lead": lead,
        "coordinate": coordinate,
        "responsible": responsible,
    }


def node_labels(nodes: pd.DataFrame, words: Words, lang: str, provinces: Mapping[str, str]) -> dict[str, str]:
    """Node to its name in the reader's language; the province where bodies of several stand side by side."""
    several = nodes["province_code"].replace("", pd.NA).nunique() > 1
    found: dict[str, str] = {}
    for row in nodes.itertuples():
        name = row.name if lang == "vi" or not row.name_en else row.name_en
        if not name:
            name = " · ".join([words(f"actor_kind.{row.kind}"), words(f"branch.{row.branch or 'empty'}")])
            name = f"{words(f'level.{row.level}')}: {name}" if row.level not in ("", "province") else name
        if several and row.province_code:
            name = f"{name} ({provinces.get(row.province_code, row.province_code)})"
        found[row.node] = name
    twins = pd.Series(found, dtype="object").duplicated(keep=False)
    own = dict(zip(nodes["node"], nodes["name"], strict=True))
    return {
        node: f"{name} ({own[node]})" if twins[node] and own[node] != name else name for node, name in found.items()
    }


def link_hover(row: Any, labels: Mapping[str, str], words: Words) -> str:
    span = words.span(row.first, row.last) if row.first != row.last else words.day(row.first)
    counts = words("network.hover_directives", n=int(row.n_directives))
    if row.n_provisions:
        counts += " · " + words("network.hover_provisions", n=int(row.n_provisions))
    return "<br>".join(
        [
            f"<b>{wrap(labels[row.source], 50, 2)} → {wrap(labels[row.target], 50, 2)}</b>",
            escape(words(f"network.type_{row.type}")),
            f"{escape(counts)} · {escape(span)}",
            f"“{wrap(row.quote, 60, 5)}”",
        ]
    )


def node_hover(
    row: Any, labels: Mapping[str, str], incoming: Mapping[str, int], links: pd.DataFrame, words: Words
) -> str:
    node = row.node
    out = links[links["source"] == node]["target"].nunique()
    into = links[links["target"] == node]["source"].nunique()
    lines = [f"<b>{wrap(labels[node], 44, 3)}</b>"]
    if row.name and row.name != labels[node]:
        lines.append(wrap(row.name, 44, 2))
    lines.append(escape(" · ".join([words(f"actor_kind.{row.kind}"), words(f"level.{row.level or 'empty'}")])))
    if row.n_bodies > 1:
        lines.append(escape(words("network.hover_bodies", n=int(row.n_bodies))))
    lines.append(escape(words("network.hover_node", n=into, out=out)))
    return "<br>".join(lines)
