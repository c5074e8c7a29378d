"""Reader: a document with every fact in its own words, its copies and relations, and search over all documents."""

import streamlit as st

from loaders.reading import neighbours
from views import _reader as parts
from views._reader_corrections import show_corrections
from views._reader_document import KINDS, show_document
from views._shared import (
    directive_name,
    empty_state,
    filter_bar,
    idents,
    number,
    open_page,
    page_title,
    page_tools,
    plain,
)

EXTRAS = (number("copy", 0, 0, 99), number("at", -1, -1, 10**8), idents("hide", KINDS))


def main() -> None:
    page = open_page("reader", EXTRAS)
    t = page.t
    page_title(page, t("reader.title"), t("reader.lead"))
    page_tools(page)
    filter_bar(page)
    parts.show_search(page)
    directives = page.tables["directives"]
    if directives.empty:
        empty_state(page, t("empty.filtered"), t("empty.filtered_hint"))
        return
    every = page.all_tables["directives"].set_index("directive_id", drop=False)
    chosen = page.state.directive or directives["directive_id"].iloc[0]
    choose(page, chosen, every)
    facts = page.atlas.facts(chosen)
    copies = parts.copies_of(page, facts)
    copy = copies.iloc[min(page.state.extra["copy"], len(copies) - 1)]
    row = every.loc[chosen]
    parts.show_paper(page, row)
    parts.show_copies(page, copies, copy)
    reading = document(page, chosen, facts, copy)
    if not page.present:
        show_corrections(page, facts, reading)
    beside(page, row, facts, copy)
    parts.show_relations(page, chosen)


def choose(page, chosen, every):
    """The document in hand, the one before and the one after."""
    t = page.t
    ids = list(page.tables["directives"]["directive_id"])
    options = ids if chosen in ids else [chosen, *ids]
    before, after = neighbours(page.tables["directives"], chosen)
    with st.container(horizontal=True, vertical_alignment="bottom", key=page.key("choose")):
        st.selectbox(
            t("reader.choose"), options, key=page.key("directive"), index=options.index(chosen),
            format_func=lambda item: f"{directive_name(t, every.loc[item])} · {every.loc[item, 'province']}",
            on_change=lambda: step(page, st.session_state[page.key("directive")]),
        )  # fmt: skip
        st.button(
            t("reader.previous"),
            icon=":material/chevron_left:",
            disabled=not before,
            on_click=step,
            args=(page, before),
        )
        st.button(
            t("reader.next"), icon=":material/chevron_right:", disabled=not after, on_click=step, args=(page, after)
        )


def step(page, directive):
    if directive:
        page.update(directive=directive, fact=None, provision=None, copy=None, at=None)


def document(page, chosen, facts, copy):
    """Legend, and the document itself."""
    t = page.t
    hidden = set(page.state.extra["hide"])
    shown = [kind for kind in KINDS if kind not in hidden]
    st.pills(
        t("reader.marks"), KINDS, selection_mode="multi", format_func=lambda kind: t(f"reader.kind_{kind}"),
        **page.bind("hide", read=lambda kinds: [kind for kind in KINDS if kind not in kinds],
                    write=lambda kinds: tuple(kind for kind in KINDS if kind not in kinds)),
    )  # fmt: skip
    key = page.key("document")
    before, after = neighbours(page.tables["directives"], chosen)
    reading = parts.reading_of(page, facts, copy, shown)
    show_document(
        key,
        reading,
        on_pick=lambda: page.update(fact=st.session_state[key].picked, at=None),
        on_step=lambda: step(page, before if st.session_state[key].stepped == "previous" else after),
        on_select=lambda: st.session_state.update({page.key("selected"): st.session_state[key].selected}),
    )
    st.caption(t("reader.keys"))
    return reading


def beside(page, row, facts, copy):
    """Citation, files, and what is known to be missing or uncertain."""
    t = page.t
    entry = next((item for item in parts.fact_entries(page, facts, copy) if item["id"] == page.state.fact), None)
    with st.expander(t("reader.cite"), icon=":material/format_quote:"):
        for lang in ("vi", "en"):
            st.caption(t(f"reader.cite_{lang}"))
            st.code(parts.citation_text(page, row, entry, lang), language=None, wrap_lines=True)
    problems = facts["problems"]
    if len(problems):
        with st.expander(t("reader.problems", n=len(problems)), icon=":material/info:"):
            for item in problems.itertuples():
                st.markdown(f"- {plain(item.message)}")
    with st.container(horizontal=True):
        parts.show_files(page, copy)


main()
