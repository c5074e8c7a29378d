"""Measures of the graph of actors, each with one plain meaning, and what provinces have in common."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import networkx as nx
import pandas as pd
import plotly.graph_objects as go

from charts.network_actors import Network
from charts.theme import apply_theme, branch_colors, empty_figure, escape, wrap

METRICS = ("received", "tasks", "issuers", "instructs", "between")
COLUMNS = ["node", *METRICS]
SHARED_COLUMNS = ["first", "second", "n_shared", "n_first", "n_second", "share", "shared"]
MOST_NODES = 400  # paths between all pairs of more bodies take longer than a reader waits
MOST_BARS = 15


def metrics_frame(network: Network) -> pd.DataFrame:
    """Measures of each node; columns ``COLUMNS``, most instructed first.

    ``received`` directives that address or assign it; ``tasks`` passages that assign it something; ``issuers`` bodies
    that do so (in-degree); ``instructs`` bodies that it addresses, copies or assigns (out-degree); ``between`` the
    share (0 to 1) of shortest ways between two other bodies that lead through it, along orders and shared tasks.
    """
    if network.nodes.empty:
        return pd.DataFrame(columns=COLUMNS)
    rows = network.passages
    told = rows[rows["type"] != "copies"]
    frame = pd.DataFrame({"node": network.nodes["node"]})
    counts = {
        "received": told.groupby("target")["directive_id"].nunique(),
        "tasks": rows[rows["table"] == "tasks"].groupby("target")["quote"].size(),
        "issuers": told.groupby("target")["source"].nunique(),
        "instructs": rows.groupby("source")["target"].nunique(),
    }
    for name, values in counts.items():
        frame[name] = frame["node"].map(values).fillna(0).astype("int64")
    graph = contact_graph(network)
    frame["between"] = frame["node"].map(nx.betweenness_centrality(graph)).fillna(0.0)
    return frame.sort_values(["received", "tasks", "node"], ascending=[False, False, True], ignore_index=True)


def contact_graph(network: Network) -> nx.Graph:
    """Undirected: an issuer and whom it instructs, and bodies named in one task passage. Sorted, so always the same."""
    graph = nx.Graph()
    graph.add_nodes_from(sorted(network.nodes["node"]))
    pairs = {tuple(sorted(pair)) for pair in zip(network.links["source"], network.links["target"], strict=True)}
    tasks = network.passages[network.passages["table"] == "tasks"]
    for _, targets in tasks.groupby(["directive_id", "char_start", "char_end"])["target"]:
        pairs |= set(combinations(sorted(set(targets)), 2))
    graph.add_edges_from(sorted(pairs))
    return graph


def shared_frame(passages: pd.DataFrame, agencies: Mapping[str, str], provinces: Mapping[str, str]) -> pd.DataFrame:
    """Kinds of body that two provinces both instruct; one row a pair; columns ``SHARED_COLUMNS``.

    ``agencies`` takes actors to their kind (:func:`charts.network_actors.node_map` at ``agency``), ``share`` is that of
    all kinds that either instructs; ``shared`` are their node ids joined by ``|``.
    """
    told = passages[(passages["type"] != "copies") & (passages["province_code"] != "")]
    sets = {
        code: {agencies.get(item, item) for item in rows["target"]}
        for code, rows in told.groupby("province_code", sort=True)
    }
    found = []
    for first, second in combinations(sorted(sets), 2):
        both, either = sets[first] & sets[second], sets[first] | sets[second]
        found.append(
            {
                "first": provinces.get(first, first),
                "second": provinces.get(second, second),
                "n_shared": len(both),
                "n_first": len(sets[first]),
                "n_second": len(sets[second]),
                "share": len(both) / len(either),
                "shared": "|".join(sorted(both)),
            }
        )
    frame = pd.DataFrame(found, columns=SHARED_COLUMNS)
    return frame.sort_values(["n_shared", "first", "second"], ascending=[False, True, True], ignore_index=True)


def metrics_figure(
    frame: pd.DataFrame,
    nodes: pd.DataFrame,
    *,
    metric: str,
    labels: Mapping[str, str],
    title: str,
    source: str,
    words: Any,
    dark: bool = False,
    lang: str = "vi",
    present: bool = False,
) -> go.Figure:
    """The fifteen bodies with most of one measure, as bars in the colour of their branch."""
    rows = frame[frame[metric] > 0].sort_values([metric, "node"], ascending=[False, True]).head(MOST_BARS)
    if rows.empty:
        return empty_figure(words("network.metric_none"), title=title, dark=dark)
    colors = branch_colors(dark)
    branch = dict(zip(nodes["node"], nodes["branch"], strict=True))
    place = {node: at for at, node in enumerate(rows["node"])}
    said = {row.node: words.number(getattr(row, metric), 2 if metric == "between" else 0) for row in rows.itertuples()}
    fig = go.Figure()
    for name in sorted({branch.get(node, "") for node in rows["node"]}):
        own = rows[[branch.get(node, "") == name for node in rows["node"]]]
        fig.add_bar(
            x=own[metric],
            y=[place[node] for node in own["node"]],
            orientation="h",
            name=words(f"branch.{name or 'empty'}"),
            customdata=[[node] for node in own["node"]],
            text=[escape(said[node]) for node in own["node"]],
            textposition="outside",
            hovertext=[f"<b>{wrap(labels[node], 50, 2)}</b><br>{escape(said[node])}" for node in own["node"]],
            hovertemplate="%{hovertext}<extra></extra>",
            marker_color=colors.get(name, colors["other"]),
            width=0.62,
        )
    fig.update_yaxes(
        tickvals=list(place.values()),
        ticktext=[wrap(labels[node], 46, 2) for node in place],
        range=[len(place) - 0.4, -0.6],
    )
    fig.update_xaxes(
        title_text=words(f"network.metric_{metric}_axis"),
        rangemode="tozero",
        range=[0, float(rows[metric].max()) * 1.12],
    )
    if metric != "between" and rows[metric].max() < 10:
        fig.update_xaxes(dtick=1)
    return apply_theme(
        fig, title=title, source=source, dark=dark, lang=lang, height=90 + 32 * len(place), present=present
    )
