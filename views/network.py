"""Network: who instructs whom, who must act, and how orders cascade. One section at a time is computed and drawn."""

import streamlit as st

from charts.network import LAYOUTS
from views._network_cascade import show_cascade
from views._network_data import network_data
from views._network_document import show_document
from views._network_ego import show_ego
from views._network_graph import GRAINS, TYPES, show_graph
from views._network_matrix import show_matrix
from views._network_metrics import METRICS, show_metrics
from views._shared import choice, empty_state, filter_bar, flag, ident, idents, open_page, page_title, page_tools

SECTIONS = {
    "graph": show_graph,
    "ego": show_ego,
    "responsibility": show_matrix,
    "cascade": show_cascade,
    "document": show_document,
    "metrics": show_metrics,
}
EXTRAS = (
    choice("show", SECTIONS, "graph"),
    choice("layout", LAYOUTS, "levels"),
    choice("by", GRAINS, "body"),
    choice("metric", METRICS, "received"),
    ident("in"),  # scope: a province code, "central" or "all"
    idents("edges", TYPES),
    ident("edge"),
    ident("node"),
    ident("cell"),
    ident("cite"),
    ident("ghost"),
    ident("ask"),
    flag("across"),
)


def main() -> None:
    page = open_page("network", EXTRAS)
    page_title(page, page.t("network.title"), page.t("network.lead"))
    page_tools(page)
    filter_bar(page)
    if page.tables["directives"].empty:
        name = "nothing" if page.all_tables["directives"].empty else "filtered"
        empty_state(page, page.t(f"empty.{name}"), page.t(f"empty.{name}_hint"))
        return
    if not page.present:
        st.segmented_control(
            page.t("network.show.title"),
            list(SECTIONS),
            format_func=lambda code: page.t(f"network.show.{code}"),
            required=True,
            label_visibility="collapsed",
            width="stretch",
            **page.bind("show"),
        )
    SECTIONS[page.state.extra["show"]](page, network_data(page))


main()
