"""Comparison: which province ordered what, how hard, first, and in which words. Only the chosen view is computed."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from views._comparison_alike import show_similarity
from views._comparison_duties import show_duties
from views._comparison_effort import show_effort
from views._comparison_first import show_first
from views._comparison_matrix import show_matrix
from views._comparison_pair import show_pair
from views._comparison_quotes import show_quotes
from views._shared import (
    Page,
    choice,
    empty_state,
    filter_bar,
    flag,
    ident,
    number,
    open_page,
    page_title,
    page_tools,
)

STYLE = Path(__file__).resolve().parent.parent / "static" / "comparison.css"
SECTIONS: dict[str, Callable[[Page], None]] = {
    "matrix": show_matrix,
    "quotes": show_quotes,
    "pair": show_pair,
    "first": show_first,
    "similarity": show_similarity,
    "effort": show_effort,
    "duties": show_duties,
}
EXTRAS = (
    choice("show", SECTIONS, "matrix"),
    choice("by", ("province", "directive", "month"), "province"),
    flag("all"),
    ident("cell"),
    number("n", 12, 12, 2000),
    ident("left"),
    ident("right"),
    ident("at"),
    choice("alike", ("jaccard", "reuse"), "jaccard"),
    ident("pair"),
    choice("weight", ("words", "passages"), "words"),
    ident("where"),
)


def main() -> None:
    page = open_page("comparison", EXTRAS)
    t = page.t
    page_title(page, t("comparison.title"), t("comparison.lead"))
    page_tools(page)
    st.html(STYLE)
    filter_bar(page)
    if page.all_tables["directives"].empty:
        empty_state(page, t("empty.nothing"), t("empty.nothing_hint"))
        return
    if not page.present:
        st.segmented_control(
            t("comparison.show"), list(SECTIONS), format_func=lambda name: t(f"comparison.show_{name}"),
            label_visibility="collapsed", **page.bind("show", write=lambda name: name or "matrix"),
        )  # fmt: skip
    if page.tables["directives"].empty:
        empty_state(page, t("empty.filtered"), t("empty.filtered_hint"))
        return
    SECTIONS[page.state.extra["show"]](page)


main()
