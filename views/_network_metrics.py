"""Measures of the graph, each with a sentence on what it means, and what provinces have in common."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts import network_actors as actors
from charts import network_labels as labelling
from charts import network_metrics as charts
from views._figures import show_chart, show_downloads, show_table
from views._filters import province_names
from views._network_data import Data, filter_key, place_of, places, within
from views._network_graph import scope_control
from views._page import Page
from views._text import plain

_PAIRS = 6
METRICS = charts.METRICS


@st.cache_resource(show_spinner=False, max_entries=8)
def _measured(dataset_hash: str, state: Any, place: str, _passages: pd.DataFrame, _actors: pd.DataFrame) -> Any:
    network = actors.readable_network(within(_passages, place), _actors, "body", charts.MOST_NODES)
    return network, charts.metrics_frame(network)


def show_metrics(page: Page, data: Data) -> None:
    """One measure drawn, all in the table; shared kinds of body."""
    t = page.t
    scopes = places(page, data)
    place = place_of(page, data, scopes, "kind")
    scope_control(page, scopes, place)
    table = page.all_tables["actors"]
    network, frame = _measured(page.atlas.dataset_hash, filter_key(page), place, data.passages, table)
    metric = page.state.extra["metric"]
    if not page.present:
        st.segmented_control(
            t("network.metric"),
            charts.METRICS,
            format_func=lambda code: t(f"network.metric_{code}"),
            required=True,
            **page.bind("metric"),
        )
    st.markdown(plain(t(f"network.metric_{metric}_said")))
    shown = network.passages
    caution = t("network.metric_caution", directives=shown["directive_id"].nunique(), issuers=shown["source"].nunique())
    st.caption(f":material/info: {plain(caution)}")
    _figure(page, network, frame, metric)
    _shared(page, data)


def _figure(page: Page, network: actors.Network, frame: pd.DataFrame, metric: str) -> None:
    t = page.t
    labels = labelling.node_labels(network.nodes, t, page.lang, province_names(page))
    best = frame.sort_values([metric, "node"], ascending=[False, True])
    name = t(f"network.metric_{metric}")
    top = ", ".join(labels[node] for node in best["node"][:3])
    digits = 2 if metric == "between" else 0
    title = (
        t(
            "network.metric_title",
            metric=name,
            name=labels[best["node"].iloc[0]],
            value=t.number(best[metric].iloc[0], digits),
        )
        if len(best)
        else name
    )
    figure = charts.metrics_figure(
        frame,
        network.nodes,
        metric=metric,
        labels=labels,
        title=title,
        source=t("source.tables", n=len(page.tables["directives"])),
        words=t,
        dark=page.dark,
        lang=page.lang,
        present=page.present,
    )
    twin = frame.assign(node=frame["node"].map(labels), between=frame["between"].round(4))
    columns = {column: t(f"network.column.{column}") for column in charts.COLUMNS}
    pick: Any = (lambda node: {"show": "ego", "actor": node}) if network.by == "body" else None
    note = "" if network.by == "body" else t(f"network.coarser_{network.by}", n=int(network.nodes["n_bodies"].sum()))
    show_chart(
        page,
        figure,
        twin,
        key="metrics",
        alt=t("network.metric_alt", metric=name, top=top),
        note=note,
        columns=columns,
        pick=pick,
    )


def _shared(page: Page, data: Data) -> None:
    t = page.t
    table = page.all_tables["actors"]
    kinds = actors.node_map(table, "agency")
    names = labelling.node_labels(actors.nodes_frame(table, kinds, "agency"), t, page.lang, {})
    frame = charts.shared_frame(data.passages, kinds, province_names(page))
    st.markdown(f"### {t('network.shared_title')}")
    if frame.empty:
        st.caption(t("network.shared_none"))
        return
    st.markdown(plain(t("network.shared_said")))
    said = frame.assign(
        shared=[", ".join(names.get(item, item) for item in row.split("|") if item) for row in frame["shared"]]
    )
    for row in said.head(_PAIRS).itertuples():
        st.markdown(
            "- "
            + t(
                "network.shared_row",
                first=plain(row.first),
                second=plain(row.second),
                n=int(row.n_shared),
                percent=t.percent(row.share),
                names=plain(row.shared),
            )
        )
    columns = {"first": t("network.column.first_province"), "second": t("network.column.second_province")}
    columns |= {name: t(f"network.column.{name}") for name in ("n_shared", "share", "shared")}
    with st.expander(t("table.twin", n=len(said)), key=page.key("shared-twin")):
        show_table(
            page,
            said.assign(share=said["share"].round(3)),
            key="shared-table",
            alt=t("network.shared_title"),
            columns=columns,
            pick=None,
        )
        if not page.present:
            show_downloads(page, said, key="shared", title=t("network.shared_title"))
