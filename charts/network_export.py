"""The graph of actors and the cascade of documents as files that Gephi and Cytoscape open, with every attribute."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping

import networkx as nx
import pandas as pd

from charts.network_actors import Network

FORMATS = {
    "graphml": "application/xml",
    "gexf": "application/xml",
    "json": "application/json",
    "nodes.csv": "text/csv",
    "edges.csv": "text/csv",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def actor_graph(network: Network, provinces: Mapping[str, str]) -> nx.MultiDiGraph:
    """Nodes with label, English name, kind, branch, level, layer, province; an edge a link, keyed by its type.

    Edges carry ``type``, ``weight``, counts of directives and provisions, first and last day, the first quote and the
    ids of the directives. Nodes and edges are sorted.
    """
    graph = nx.MultiDiGraph()
    for row in network.nodes.sort_values("node").itertuples():
        graph.add_node(
            row.node,
            label=row.name or row.node,
            name_en=row.name_en,
            kind=row.kind,
            branch=row.branch,
            level=row.level,
            layer=row.layer,
            province_code=row.province_code,
            province=provinces.get(row.province_code, ""),
            n_bodies=int(row.n_bodies),
        )
    ids = network.passages.groupby(["source", "target", "type"])["directive_id"].agg(
        lambda items: " ".join(sorted(set(items)))
    )
    for row in network.links.sort_values(["source", "target", "type"]).itertuples():
        graph.add_edge(
            row.source,
            row.target,
            key=row.type,
            id=row.link,
            type=row.type,
            weight=int(row.weight),
            n_directives=int(row.n_directives),
            n_provisions=int(row.n_provisions),
            first_date=_day(row.first),
            last_date=_day(row.last),
            quote=" ".join(row.quote.split()),
            directives=ids[row.source, row.target, row.type],
        )
    return graph


def document_graph(documents: pd.DataFrame, citations: pd.DataFrame) -> nx.MultiDiGraph:
    """Documents held and cited; an edge runs from citing to cited and carries relation, lag and quote."""
    graph = nx.MultiDiGraph()
    ends = {*citations["directive_id"], *citations["cited"]}
    for row in documents[documents["document"].isin(ends)].sort_values("document").itertuples():
        graph.add_node(
            row.document,
            label=row.number or row.document,
            doc_type=row.doc_type,
            issuer=row.issuer,
            level=row.level,
            branch=row.branch,
            province=row.province,
            date=_day(row.day),
            date_stated=bool(row.dated),
            held=bool(row.held),
        )
    for row in citations.sort_values(["directive_id", "cited"]).itertuples():
        lag = {} if pd.isna(row.lag) else {"lag_days": int(row.lag)}
        graph.add_edge(
            row.directive_id,
            row.cited,
            key=row.relation,
            id=row.link,
            type=row.relation,
            weight=int(row.n_passages),
            standing=bool(row.standing),
            impossible=bool(row.impossible),
            quote=" ".join(row.quote.split()),
            **lag,
        )
    return graph


def _day(value: object) -> str:
    return "" if pd.isna(value) else pd.Timestamp(value).date().isoformat()


def graph_bytes(graph: nx.MultiDiGraph, form: str) -> bytes:
    """``graph`` as one of ``FORMATS``.

    JSON is networkx's node-link form. The CSV files have the heads that Gephi and Cytoscape know (``Id``, ``Label``,
    ``Source``, ``Target``, ``Type``, ``Weight``) and escape what a spreadsheet takes for a formula.
    """
    if form == "json":
        return json.dumps(nx.node_link_data(graph, edges="edges"), ensure_ascii=False, indent=1).encode("utf-8")
    if form == "nodes.csv":
        rows = [
            {"Id": node, "Label": data["label"], **{k: v for k, v in data.items() if k != "label"}}
            for node, data in graph.nodes(data=True)
        ]
        return _csv(pd.DataFrame(rows, columns=None if rows else ["Id", "Label"]))
    if form == "edges.csv":
        return _csv(
            pd.DataFrame(
                [_edge(*edge) for edge in graph.edges(data=True)] or None,
                columns=None if graph.size() else ["Source", "Target", "Type"],
            )
        )
    buffer = io.BytesIO()
    plain = _without_ids(graph)
    (nx.write_graphml if form == "graphml" else nx.write_gexf)(plain, buffer, encoding="utf-8")
    return buffer.getvalue()


def _without_ids(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """A copy whose edges take their ids from ours: GraphML and GEXF write the key as the id and need it unique."""
    copy = nx.MultiDiGraph()
    copy.add_nodes_from((node, dict(data)) for node, data in graph.nodes(data=True))
    for source, target, data in graph.edges(data=True):
        rest = {name: value for name, value in data.items() if name not in ("id", "type")}
        copy.add_edge(source, target, key=data["id"], id=data["id"], relation=data["type"], **rest)
    return copy


def _edge(source: str, target: str, data: Mapping[str, object]) -> dict[str, object]:
    rest = {name: value for name, value in data.items() if name not in ("type", "weight")}
    return {
        "Source": source,
        "Target": target,
        "Type": "Directed",
        "Weight": data["weight"],
        "Relation": data["type"],
        **rest,
    }


def _csv(frame: pd.DataFrame) -> bytes:
    safe = frame.map(lambda value: f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value)
    return ("\ufeff" + safe.to_csv(index=False)).encode("utf-8")
