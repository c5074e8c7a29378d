"""The picture of the graph of actors: a mark a body, a line a link, in three layouts; what is chosen stands out.

Frames come from :mod:`charts.network_actors`, places from :mod:`charts.network_layout`. Every mark carries its id first
in ``customdata``: a node's id, or a link's (``lead:59e73c84f846``).
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log

import pandas as pd
import plotly.graph_objects as go

from charts.network_actors import Network, drawn_links
from charts.network_labels import SYMBOLS, Words, legend_mark, link_hover, node_hover, node_labels, type_colors
from charts.network_layout import WIDTH, Layout, by_force, layered, route
from charts.theme import apply_theme, branch_colors, empty_figure, palette, wrap

TYPES = ("addresses", "copies", "lead", "coordinate", "responsible")
LAYOUTS = ("levels", "date", "force")
DASHES = {"addresses": "solid", "copies": "dot", "lead": "solid", "coordinate": "dash", "responsible": "dashdot"}
_WIDTHS = ((0.4, 1.3), (0.7, 2.2), (0.9, 3.2), (1.0, 4.4))  # logarithm of the weight, as a share of the largest


def lit_by(links: pd.DataFrame, chosen: str) -> tuple[set[str], set[str]]:
    """Links and nodes connected with the chosen node or link; everything where nothing is chosen."""
    near = (
        links[(links["link"] == chosen) | (links["source"] == chosen) | (links["target"] == chosen)]
        if chosen
        else links
    )
    near = links if near.empty else near
    return set(near["link"]), {*near["source"], *near["target"]}


def actors_figure(
    network: Network,
    *,
    layout: str,
    title: str,
    source: str,
    words: Words,
    provinces: Mapping[str, str],
    chosen: str = "",
    dark: bool = False,
    lang: str = "vi",
    present: bool = False,
) -> go.Figure:
    """The network drawn by ``layout`` (``levels`` or ``force``); what ``chosen`` does not touch is faded.

    Parameters
    ----------
    words
        Messages: ``network.type_…``, ``network.layer_…``, ``network.hover_…``, ``actor_kind.…``, ``branch.…``.
    """
    links = drawn_links(network.links, [chosen] if chosen else [])
    nodes = network.nodes[network.nodes["node"].isin({*links["source"], *links["target"]})]
    if nodes.empty:
        return empty_figure(words("network.nothing"), title=title, dark=dark)
    size = 13.5 if present else 11.0
    labels = node_labels(nodes, words, lang, provinces)
    place = (layered if layout == "levels" else by_force)(nodes, links, labels, size=size)
    fig = go.Figure()
    lit_links, lit_nodes = lit_by(links, chosen)
    _draw_links(fig, links, place, labels, lit_links, words, dark)
    _draw_nodes(fig, nodes, links, place, labels, lit_nodes, words, dark, size)
    for layer, x in place.columns:
        fig.add_annotation(
            text=f"<b>{wrap(words(f'network.layer_{layer}'), 26, 2)}</b>",
            x=x - 6,
            y=2,
            xanchor="left",
            yanchor="top",
            showarrow=False,
            align="left",
            font={"size": size + 0.5, "color": palette(dark).muted},
        )
    return _framed(fig, place, title, source, dark=dark, lang=lang, present=present)


def _framed(
    fig: go.Figure, place: Layout, title: str, source: str, *, dark: bool, lang: str, present: bool
) -> go.Figure:
    """Axes in pixels of the default size, legends of links above and of branches below."""
    fig.update_xaxes(range=[0, WIDTH], visible=False, fixedrange=True)
    fig.update_yaxes(range=[place.height, 0], visible=False, fixedrange=True)
    apply_theme(fig, title=title, source=source, dark=dark, lang=lang, present=present)
    fig.update_layout(
        height=round(place.height) + 78,
        margin={"l": 0, "r": 0, "t": 40, "b": 38},
        legend={"y": 1.0, "yanchor": "bottom", "itemclick": False, "itemdoubleclick": False},
        legend2={
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 0.0,
            "yanchor": "top",
            "itemclick": False,
            "itemdoubleclick": False,
            "font": {"size": 12 if not present else 16, "color": palette(dark).muted},
        },
    )
    return fig


def _draw_links(
    fig: go.Figure,
    links: pd.DataFrame,
    place: Layout,
    labels: Mapping[str, str],
    lit: set[str],
    words: Words,
    dark: bool,
) -> None:
    colors = type_colors(dark)
    handles: dict[str, list[tuple[float, float, str, str, bool]]] = {}
    for at, kind in enumerate(TYPES):
        rows = links[links["type"] == kind]
        for shown in (False, True):
            for width, own in _by_width(rows[rows["link"].isin(lit) == shown], float(links["weight"].max())):
                xs: list[float | None] = []
                ys: list[float | None] = []
                for row in own.itertuples():
                    (x, y), spot = route(place, row.source, row.target, at)
                    xs += [*x, None]
                    ys += [*y, None]
                    handles.setdefault(kind, []).append((*spot, row.link, link_hover(row, labels, words), shown))
                fig.add_scatter(
                    x=xs,
                    y=ys,
                    mode="lines",
                    hoverinfo="skip",
                    showlegend=False,
                    opacity=0.75 if shown else 0.09,
                    line={"color": colors[kind], "width": width, "dash": DASHES[kind]},
                )
    for kind, marks in handles.items():
        look = {"symbol": SYMBOLS[kind], "size": 8, "color": colors[kind]}
        legend_mark(fig, words(f"network.type_{kind}"), look)
        fig.add_scatter(
            x=[mark[0] for mark in marks],
            y=[mark[1] for mark in marks],
            mode="markers",
            showlegend=False,
            customdata=[[mark[2]] for mark in marks],
            text=[mark[3] for mark in marks],
            hovertemplate="%{text}<extra></extra>",
            marker={
                **look,
                "line": {"width": 1, "color": palette(dark).ground},
                "opacity": [1.0 if mark[4] else 0.12 for mark in marks],
            },
        )


def _by_width(rows: pd.DataFrame, heaviest: float) -> list[tuple[float, pd.DataFrame]]:
    """Links by width of line: four steps of the logarithm of their weight, one directive always thin."""
    share = [log(1 + weight) / log(1 + max(heaviest, 5.0)) for weight in rows["weight"]]
    step = [next((at for at, (high, _) in enumerate(_WIDTHS) if item <= high), len(_WIDTHS) - 1) for item in share]
    return [(width, own) for at, (_, width) in enumerate(_WIDTHS) if len(own := rows[[item == at for item in step]])]


def _draw_nodes(
    fig: go.Figure,
    nodes: pd.DataFrame,
    links: pd.DataFrame,
    place: Layout,
    labels: Mapping[str, str],
    lit: set[str],
    words: Words,
    dark: bool,
    size: float,
) -> None:
    tone, colors = palette(dark), branch_colors(dark)
    issuing = set(links["source"])
    incoming = links.groupby("target")["weight"].sum().to_dict()
    sides = {"right": "middle right", "above": "top right", "below": "bottom center"}
    for branch, rows in nodes.groupby("branch", sort=True):
        spots = [place.places[node] for node in rows["node"]]
        shown = [node in lit for node in rows["node"]]
        color = colors.get(str(branch), colors["other"])
        legend_mark(fig, words(f"branch.{branch or 'empty'}"), {"color": color, "size": 10}, legend="legend2")
        fig.add_scatter(
            x=[spot.x for spot in spots],
            y=[spot.y for spot in spots],
            mode="markers+text",
            showlegend=False,
            customdata=[[node] for node in rows["node"]],
            text=[spot.label for spot in spots],
            textposition=[sides[spot.side] for spot in spots],
            textfont={
                "size": size,
                "shadow": f"0 0 3px {tone.ground}, 0 0 3px {tone.ground}, 0 0 5px {tone.ground}",
                "color": [tone.ink if show else _faded(dark) for show in shown],
            },
            hovertext=[node_hover(row, labels, incoming, links, words) for row in rows.itertuples()],
            hovertemplate="%{hovertext}<extra></extra>",
            marker={
                "symbol": ["square" if node in issuing else "circle" for node in rows["node"]],
                "size": [15 if node in issuing else min(16, 9 + incoming.get(node, 0)) for node in rows["node"]],
                "color": color,
                "opacity": [1.0 if show else 0.18 for show in shown],
                "line": {"width": 1.5, "color": tone.ground},
            },
        )


def _faded(dark: bool) -> str:
    return "#55575B" if dark else "#C4BEB0"
