"""The graph of actors: its choices, its picture in three layouts, what is behind a mark, and its files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from charts import network as charts
from charts import network_actors as actors
from charts import network_export as files
from charts import network_labels as labelling
from charts import network_sequence as sequence
from views._evidence import directive_name
from views._figures import show_chart
from views._filters import province_names
from views._network_data import ALL, Data, filter_key, network_of, place_of, places, within
from views._network_quotes import passage_quotes, show_quotes
from views._page import Page
from views._text import plain

GRAINS, TYPES = actors.GRAINS, actors.TYPES


def show_graph(page: Page, data: Data) -> None:
    """Controls, figure, the chosen body or link, downloads."""
    extra = page.state.extra
    scopes = places(page, data)
    place = place_of(page, data, scopes, extra["by"])
    if not page.present:
        _controls(page, scopes, place)
    network = network_of(
        page.atlas.dataset_hash,
        filter_key(page),
        place,
        extra["edges"],
        extra["by"],
        data.passages,
        page.all_tables["actors"],
    )
    chosen = extra["edge"] or extra["node"] or page.state.actor
    chosen = network.mapping.get(chosen, chosen)
    chosen = chosen if chosen in {*network.nodes["node"], *network.links["link"]} else ""
    labels = labelling.node_labels(network.nodes, page.t, page.lang, province_names(page))
    _figure(page, data, network, labels, chosen, scopes[place], extra["layout"])
    if chosen:
        _behind(page, network, labels, chosen)
    if not page.present:
        _files(page, data)


def _controls(page: Page, scopes: Mapping[str, str], place: str) -> None:
    t = page.t
    with st.container(horizontal=True, gap="medium", key=page.key("graph-controls")):
        scope_control(page, scopes, place)
        st.segmented_control(
            t("network.layout"),
            charts.LAYOUTS,
            format_func=lambda code: t(f"network.layout_{code}"),
            required=True,
            **page.bind("layout"),
        )
        st.segmented_control(
            t("network.grain"),
            GRAINS,
            format_func=lambda code: t(f"network.grain_{code}"),
            required=True,
            **page.bind("by"),
        )
        st.pills(
            t("network.types"),
            actors.TYPES,
            selection_mode="multi",
            format_func=lambda code: t(f"network.type_{code}"),
            **page.bind("edges", read=list, write=lambda codes: tuple(sorted(codes))),
        )


def scope_control(page: Page, scopes: Mapping[str, str], place: str) -> None:
    """Which province; nothing where there is no choice."""
    if len(scopes) < 2 or page.present:
        return
    options: dict[str, Any] = {"format_func": lambda code: scopes[code], **page.bind("in", read=lambda _: place)}
    if len(scopes) <= 9:
        st.segmented_control(page.t("network.province"), list(scopes), required=True, **options)
    else:
        st.selectbox(page.t("network.province"), list(scopes), **options)


def _figure(
    page: Page, data: Data, network: actors.Network, labels: Mapping[str, str], chosen: str, place: str, layout: str
) -> None:
    t = page.t
    n_directives = network.passages["directive_id"].nunique()
    look: dict[str, Any] = {
        "title": t(
            "network.graph_title", place=place, n=len(network.nodes), links=len(network.links), directives=n_directives
        ),
        "source": t("source.tables", n=len(page.tables["directives"])),
        "words": t,
        "chosen": chosen,
        "dark": page.dark,
        "lang": page.lang,
        "present": page.present,
    }
    if layout == "date":
        frame = sequence.sequence_frame(network)
        held = page.all_tables["directives"].set_index("directive_id", drop=False)
        numbers = {
            item: held.loc[item, "number"] or directive_name(t, held.loc[item]) for item in set(frame["directive_id"])
        }
        figure = sequence.sequence_figure(
            frame, network.nodes, labels=labels, numbers=numbers, colors=labelling.type_colors(page.dark), **look
        )
    else:
        figure = charts.actors_figure(network, layout=layout, provinces=province_names(page), **look)
    top = network.links.groupby("target")["weight"].sum().sort_values(ascending=False, kind="stable").index[:3]
    alt = t(
        "network.graph_alt",
        n=len(network.nodes),
        top=", ".join(labels[item] for item in top),
        issuers=", ".join(labels[item] for item in sorted(set(network.links["source"]))[:6]),
    )
    twin = links_table(page, network.links, labels)
    columns = {name: t(f"network.column.{name}") for name in twin.columns}
    show_chart(
        page,
        figure,
        twin,
        key="graph",
        alt=alt,
        pick=_picked(network),
        note=_notes(page, data, network, layout),
        columns=columns,
    )


def links_table(page: Page, links: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """Links with names instead of ids."""
    rows = links.assign(
        source=links["source"].map(labels),
        target=links["target"].map(labels),
        type=[page.t(f"network.type_{kind}") for kind in links["type"]],
    )
    return rows[["source", "target", "type", "n_directives", "n_provisions", "first", "last", "quote"]]


def _notes(page: Page, data: Data, network: actors.Network, layout: str) -> str:
    t = page.t
    notes = [t("network.date_note" if layout == "date" else "network.graph_note")]
    if network.by != page.state.extra["by"]:
        notes.append(t(f"network.coarser_{network.by}", n=int(network.nodes["n_bodies"].sum())))
    if layout != "date" and len(network.links) > actors.MOST_LINKS:
        notes.append(t("network.links_cut", n=actors.MOST_LINKS, all=len(network.links)))
    if layout == "date" and network.passages["directive_id"].nunique() > sequence.MOST_DIRECTIVES:
        notes.append(t("network.date_most", n=sequence.MOST_DIRECTIVES))
    unnamed = len(page.tables["directives"]) - len(data.issuers)
    return " ".join([*notes, t("network.no_issuer", n=unnamed)] if unnamed else notes)


def _picked(network: actors.Network) -> Any:
    """A click on a line's mark chooses the link, on a body the actor, on a group of bodies the group."""

    def changes(chosen: str) -> dict[str, Any]:
        cleared = {"edge": None, "node": None, "actor": None, "directive": None, "fact": None}
        if chosen.partition(":")[0] in actors.TYPES:
            return {**cleared, "edge": chosen}
        return {**cleared, "actor" if network.by == "body" else "node": chosen}

    return changes


def _behind(page: Page, network: actors.Network, labels: Mapping[str, str], chosen: str) -> None:
    """The chosen body's or link's passages."""
    t, links = page.t, network.links
    own = links[links["link"] == chosen]
    rows = network.passages
    with st.container(key=page.key("chosen"), horizontal=True, vertical_alignment="center"):
        if len(own):
            link = own.iloc[0]
            rows = rows[
                (rows["source"] == link["source"]) & (rows["target"] == link["target"]) & (rows["type"] == link["type"])
            ]
            names = {name: labels[link[name]] for name in ("source", "target")}
            said = t("network.chosen_link", type=t(f"network.type_{link['type']}"), **names)
            st.markdown(f"#### {plain(said)}")
        else:
            into, out = rows[rows["target"] == chosen], rows[rows["source"] == chosen]
            rows = pd.concat([into, out])
            st.markdown(f"#### {plain(labels[chosen])}")
            st.markdown(
                t(
                    "network.chosen_said",
                    issuers=into["source"].nunique(),
                    directives=into["directive_id"].nunique(),
                    out=out["target"].nunique(),
                )
            )
            if network.by == "body":
                st.button(
                    t("network.chosen_ego"),
                    key=page.key("to-ego"),
                    icon=":material/person_search:",
                    type="tertiary",
                    on_click=page.update,
                    kwargs={"show": "ego", "actor": chosen},
                )
        st.button(
            t("network.clear"),
            key=page.key("clear-choice"),
            icon=":material/close:",
            type="tertiary",
            on_click=page.update,
            kwargs={"edge": None, "node": None, "actor": None},
        )
    show_quotes(page, passage_quotes(page, rows, labels), key="graph")


def _files(page: Page, data: Data) -> None:
    """The whole network of the filters in use, body by body, as files."""
    t = page.t
    table = page.all_tables["actors"]

    def make(form: str) -> Any:
        return lambda: files.graph_bytes(
            files.actor_graph(actors.network_at(within(data.passages, ALL), table, "body"), province_names(page)), form
        )

    download_graph(page, make, "actors", t("network.export"))


def download_graph(page: Page, make: Any, stem: str, title: str) -> None:
    """A row of buttons, one a format; files are made when clicked."""
    with st.expander(title, icon=":material/hub:", key=page.key(f"{stem}-files")):
        st.caption(page.t("network.export_note"))
        with st.container(horizontal=True, gap="small"):
            for form, mime in files.FORMATS.items():
                st.download_button(
                    form.replace(".", " ").upper(),
                    data=make(form),
                    mime=mime,
                    on_click="ignore",
                    type="tertiary",
                    file_name=f"network-{stem}-{page.atlas.dataset_hash[:8]}.{form}"
                    if "." not in form
                    else f"network-{stem}-{form}",
                    key=page.key(f"{stem}-{form}"),
                    icon=":material/download:",
                )
