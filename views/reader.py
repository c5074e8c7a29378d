"""Reader: a document with every fact in its own words, its copies and relations, and search over all documents."""

import pandas as pd
import streamlit as st

from loaders.reading import neighbours
from views._reader_corrections import show_corrections
from views._reader_document import KINDS, Reading, show_document
from views._reader_facts import copies_of, fact_entries, reading_of
from views._reader_links import show_citation, show_copies, show_files, show_relations
from views._reader_paper import show_foot, show_head
from views._reader_search import show_search
from views._shared import (
    Page,
    directive_name,
    empty_state,
    filter_bar,
    flag,
    idents,
    number,
    open_page,
    page_title,
    page_tools,
    plain,
)

EXTRAS = (number("copy", 0, 0, 99), number("at", -1, -1, 10**8), idents("hide", KINDS), flag("correct"))


def main() -> None:
    page = open_page("reader", EXTRAS)
    t = page.t
    page_title(page, t("reader.title"), t("reader.lead"))
    page_tools(page)
    filter_bar(page)
    show_search(page)
    directives = page.tables["directives"]
    if directives.empty:
        empty_state(page, t("empty.filtered"), t("empty.filtered_hint"))
        return
    chosen = page.state.directive or directives["directive_id"].iloc[0]
    row = choose(page, chosen)
    facts = page.atlas.facts(chosen)
    copies = copies_of(facts)
    copy = copies.iloc[min(page.state.extra["copy"], len(copies) - 1)]
    entries = fact_entries(page, facts, copy)
    show_head(page, row, facts, copy)
    show_copies(page, copies, copy)
    shown = legend(page)
    reading = reading_of(page, facts, copy, entries, shown)
    document(page, chosen, reading)
    show_foot(page, row, facts)
    if not page.present:
        show_corrections(page, facts, reading)
    show_citation(page, row, next((item for item in entries if item["id"] == page.state.fact), None))
    known(page, facts["problems"])
    with st.container(horizontal=True):
        show_files(page, copy)
    show_relations(page, chosen)


def choose(page: Page, chosen: str) -> pd.Series:
    """The document in hand, the one before and the one after; returns its row."""
    t = page.t
    every = page.all_tables["directives"].set_index("directive_id", drop=False)
    ids = list(page.tables["directives"]["directive_id"])
    options = ids if chosen in ids else [chosen, *ids]
    before, after = neighbours(page.tables["directives"], chosen)
    key = page.key("directive")
    st.session_state[key] = chosen
    with st.container(horizontal=True, vertical_alignment="bottom", key=page.key("choose")):
        st.selectbox(
            t("reader.choose"), options, key=key, on_change=lambda: step(page, st.session_state[key]),
            format_func=lambda item: f"{directive_name(t, every.loc[item])} · {every.loc[item, 'province']}",
        )  # fmt: skip
        for name, icon, to in (("previous", "left", before), ("next", "right", after)):
            st.button(
                t(f"reader.{name}"), icon=f":material/chevron_{icon}:", disabled=not to, on_click=step, args=(page, to),
                key=page.key(name),
            )  # fmt: skip
    return every.loc[chosen]


def step(page: Page, directive: str) -> None:
    if directive:
        page.update(directive=directive, fact=None, provision=None, copy=None, at=None, correct=None)


def legend(page: Page) -> list[str]:
    """Which kinds of fact are marked; returns those that are."""
    st.pills(
        page.t("reader.marks"), KINDS, selection_mode="multi", format_func=lambda kind: page.t(f"reader.kind_{kind}"),
        **page.bind("hide", read=lambda hidden: [kind for kind in KINDS if kind not in hidden],
                    write=lambda kinds: tuple(kind for kind in KINDS if kind not in kinds)),
    )  # fmt: skip
    return [kind for kind in KINDS if kind not in page.state.extra["hide"]]


def document(page: Page, chosen: str, reading: Reading) -> None:
    """The document itself; clicks, keys and selected words come back through the address and the session."""
    key = page.key("document")
    before, after = neighbours(page.tables["directives"], chosen)
    show_document(
        key,
        reading,
        on_pick=lambda: page.update(fact=st.session_state[key].picked, at=None),
        on_step=lambda: step(page, before if st.session_state[key].stepped == "previous" else after),
        on_select=lambda: st.session_state.update({page.key("selected"): (chosen, *st.session_state[key].selected)}),
    )
    st.caption(page.t("reader.keys"))


def known(page: Page, problems: pd.DataFrame) -> None:
    """What is missing or uncertain."""
    said = problems[problems["code"] != "ocr-unsure"]
    if len(said):
        with st.expander(page.t("reader.problems", n=len(said)), icon=":material/info:"):
            for item in said.itertuples():
                st.markdown(f"- {plain(page.t.problem(item.code, item.message))}")


main()
