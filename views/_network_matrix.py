"""Responsibilities: bodies by measures, lead against coordinate against answerable."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts import network_actors as actors
from charts import network_labels as labelling
from charts import network_matrix as charts
from views._evidence import fact_id
from views._figures import show_chart
from views._filters import province_names
from views._network_data import ALL, CENTRAL, Data, filter_key, place_of, places
from views._network_graph import scope_control
from views._network_quotes import show_quotes
from views._page import Page
from views._text import measure_entries, plain


@st.cache_resource(show_spinner=False, max_entries=8)
def _duties(dataset_hash: str, state: Any, _tables: Any) -> pd.DataFrame:
    return charts.duties_frame(_tables)


def show_matrix(page: Page, data: Data) -> None:
    """The matrix of a scope and the sentences of the chosen cell."""
    t = page.t
    scopes = places(page, data)
    place = place_of(page, data, scopes, "body")
    scope_control(page, scopes, place)
    duties = _duties(page.atlas.dataset_hash, filter_key(page), page.tables)
    if place != ALL:
        held = page.tables["directives"]
        code = "" if place == CENTRAL else place
        duties = duties[duties["directive_id"].isin(held.loc[held["province_code"] == code, "directive_id"])]
    if page.state.measures:
        duties = duties[duties["code"].isin(page.state.measures)]
    table = page.all_tables["actors"]
    own = table[table["actor_id"].isin(duties["actor_id"])]
    by = "agency" if (place == ALL and own["province_code"].nunique() > 1) or len(own) > actors.MOST_NODES else "body"
    mapping = actors.node_map(own, by)
    cells = charts.cells_frame(duties, mapping)
    nodes = actors.nodes_frame(own, mapping, by)
    labels = labelling.node_labels(nodes, t, page.lang, province_names(page))
    rows = _rows(cells, nodes, labels)
    columns = {code: t.name("measure", code) for code in measure_entries()}
    _figure(page, cells, rows, columns, scopes[place])
    _chosen(page, duties, mapping, rows, columns)


def _rows(cells: pd.DataFrame, nodes: pd.DataFrame, labels: dict[str, str]) -> dict[str, str]:
    """Rows in the order of levels; where there are too many, those with most tasks are kept."""
    counts = cells.groupby("node")["n"].sum()
    kept = set(sorted(counts.index, key=lambda node: (-counts[node], node))[: charts.MOST_ROWS])
    layers = dict(zip(nodes["node"], nodes["layer"], strict=True))
    ordered = sorted(
        counts.index, key=lambda node: (node not in kept, actors.LAYERS.index(layers[node]), -counts[node], node)
    )
    return {node: labels[node] for node in ordered}


def _figure(page: Page, cells: pd.DataFrame, rows: dict[str, str], columns: dict[str, str], place: str) -> None:
    t = page.t
    figure = charts.matrix_figure(
        cells,
        rows=rows,
        columns=columns,
        words=t,
        colors=labelling.type_colors(page.dark),
        chosen=page.state.extra["cell"],
        title=t("network.matrix_title", place=place, n=cells["code"].nunique()),
        source=t("source.tables", n=len(page.tables["directives"])),
        dark=page.dark,
        lang=page.lang,
        present=page.present,
    )
    counts = cells.groupby("node")["n"].sum()
    top = ", ".join(rows[node] for node in sorted(counts.index, key=lambda node: (-counts[node], node))[:3])
    alt = t("network.matrix_alt", rows=len(rows), n=cells["code"].nunique(), top=top)
    note = t("network.matrix_note")
    if len(rows) > charts.MOST_ROWS:
        note += " " + t("network.matrix_most", n=charts.MOST_ROWS, all=len(rows))
    twin = cells.assign(
        node=cells["node"].map(rows),
        measure=cells["code"].map(columns),
        role=[t.name("role", role) for role in cells["role"]],
    )
    names = {
        "node": t("network.column.node"),
        "measure": t("column.measure"),
        "role": t("column.role"),
        "n": t("column.n"),
    }
    names |= {"n_directives": t("column.n_directives"), "quote": t("column.quote")}
    show_chart(
        page,
        figure,
        twin,
        key="matrix",
        alt=alt,
        note=note,
        columns=names,
        pick=lambda cell: {"cell": cell, "directive": None},
    )


def _chosen(
    page: Page, duties: pd.DataFrame, mapping: dict[str, str], rows: dict[str, str], columns: dict[str, str]
) -> None:
    """The task sentences of the chosen cell."""
    t = page.t
    code, _, node = page.state.extra["cell"].partition(":")
    own = duties[
        (duties["code"] == code) & duties["actor_id"].isin([item for item in mapping if mapping[item] == node])
    ]
    if own.empty or node not in rows:
        return
    with st.container(key=page.key("cell"), horizontal=True, vertical_alignment="center"):
        st.markdown(f"#### {plain(t('network.matrix_chosen', name=rows[node], measure=columns[code]))}")
        st.button(
            t("network.clear"),
            key=page.key("clear-cell"),
            icon=":material/close:",
            type="tertiary",
            on_click=page.update,
            kwargs={"cell": None},
        )
    show_quotes(page, _cell_quotes(page, charts.same_passages(duties, own)), key="cell", counted=False)


def _cell_quotes(page: Page, duties: pd.DataFrame) -> pd.DataFrame:
    """One row a sentence, with all whom it names and their roles; the link goes to the fact of the first, the lead."""
    t, found = page.t, []
    for (directive_id, _), own in duties.groupby(["directive_id", "passage"], sort=False):
        first = own.iloc[0]
        said = [f"{t.name('role', role)}: {', '.join(rows['actor'])}" for role, rows in own.groupby("role", sort=False)]
        fact = {"char_start": first["task_start"], "char_end": first["task_end"], **first[["role", "actor"]]}
        found.append(
            {
                "directive_id": directive_id,
                "tag": f"{'; '.join(said)} ({t('network.basis_' + first['basis'])})",
                "quote": first["task_quote"],
                "provision_label": first["provision_label"],
                "type": first["role"],
                "fact": fact_id("tasks", fact),
            }
        )
    return pd.DataFrame(found)
