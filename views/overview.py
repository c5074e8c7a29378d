"""``/``: the corpus in one minute: numbers, findings with their evidence, three small charts, what is missing."""

from __future__ import annotations

import streamlit as st

from charts import overview as charts
from loaders.ghosts import ghosts
from views._overview import phrase, show_charts, show_findings, show_missing, show_next, show_numbers
from views._shared import (
    Page,
    empty_state,
    filter_bar,
    ident,
    measure_entries,
    open_page,
    page_title,
    page_tools,
    show_evidence,
)

EXTRAS = (ident("cell"),)


def _drawer(page: Page) -> None:
    group, _, stance = page.state.extra["cell"].partition(":")
    if page.state.directive or group not in charts.GROUPS or stance not in charts.STANCES:
        show_evidence(page)
        return
    rows = page.tables["measures"]
    codes = [code for code, entry in measure_entries().items() if entry["group"] == group]
    t = page.t
    names = {"group": t.name("group", group), "stance": phrase(t.name("stance", stance))}
    st.markdown(f"#### {t('overview.drawer', **names)}")
    st.button(
        t("overview.drawer_close"),
        icon=":material/close:",
        type="tertiary",
        on_click=page.update,
        kwargs={"cell": None},
    )
    show_evidence(page, facts=rows[rows["code"].isin(codes) & (rows["stance"] == stance)])


def main() -> None:
    page = open_page("", EXTRAS)
    t = page.t
    cited = ghosts(page.tables["citations"], page.tables["directives"])[0].sort_values(["date", "number"])
    n = charts.counts(page.tables, cited)
    if page.all_tables["directives"].empty:
        empty_state(page, t("empty.nothing"), t("empty.nothing_hint"))
        return
    page_title(
        page,
        t("overview.headline", directives=n["directives"], provinces=n["provinces"], n=n["directives"]),
        t("overview.lead"),
    )
    page_tools(page)
    filter_bar(page)
    if page.tables["directives"].empty:
        empty_state(page, t("empty.filtered"), t("empty.filtered_hint"))
        return
    show_numbers(page, n, cited)
    show_charts(page)
    _drawer(page)
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_findings(page)
    with right:
        show_missing(page, n, cited)
        if not page.present:
            show_next(page)


main()
