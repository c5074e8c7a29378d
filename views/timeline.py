"""Timeline: who acted when and why, how it escalated, and what was in force on a given day."""

from typing import Any

import pandas as pd
import streamlit as st

from charts.timeline_lanes import lanes_figure
from charts.timeline_marks import MANY
from views._shared import (
    Page,
    ViewState,
    empty_state,
    filter_bar,
    ident,
    open_page,
    page_title,
    page_tools,
    show_chart,
    show_evidence,
)
from views._timeline_asof import as_of_day, show_as_of
from views._timeline_context import show_context
from views._timeline_data import Timeline, lane_names, references, timeline_data
from views._timeline_lists import said_links, show_ghost, show_links, show_undated
from views._timeline_profile import show_profile

EXTRAS = (ident("at"), ident("ghost"))


def main() -> None:
    page = open_page("timeline", EXTRAS)
    page_title(page, page.t("timeline.title"), page.t("timeline.lead"))
    page_tools(page)
    filter_bar(page)
    if page.tables["directives"].empty:
        name = "nothing" if page.all_tables["directives"].empty else "filtered"
        empty_state(page, page.t(f"empty.{name}"), page.t(f"empty.{name}_hint"))
        return
    data = timeline_data(page)
    on = as_of_day(page)
    show_lanes(page, data, on)
    show_evidence(page)
    show_ghost(page, data)
    show_as_of(page, on)
    show_links(page, data)
    show_undated(page, data)
    show_profile(page, data, on)
    show_context(page, data, on)


def show_lanes(page: Page, data: Timeline, on: pd.Timestamp) -> None:
    """The lanes of the window; a click opens a directive, or what is known of a document that is only cited."""
    t = page.t
    many = len(data.marks) > MANY
    chosen = "" if many else page.state.directive or page.state.extra["ghost"]
    figure = _figure(page.atlas.dataset_hash, page.state.filters(), page.lang, page.dark, on, chosen, page, data)
    held = data.marks[data.marks["mark"] == "held"]
    alt = t(
        "timeline.lanes_alt",
        n=len(held),
        undated=int((~held["dated"]).sum()),
        ghosts=len(data.marks) - len(held),
        links=said_links(page, data),
    )
    note = " ".join([t("timeline.lanes_many")] * many + [t("timeline.lanes_note")])
    show_chart(page, figure, data.marks, key="lanes", alt=alt, note=note, pick=_picked)


@st.cache_resource(show_spinner=False, max_entries=12)
def _figure(
    dataset_hash: str,
    state: ViewState,
    lang: str,
    dark: bool,
    on: pd.Timestamp,
    chosen: str,
    _page: Page,
    _data: Timeline,
) -> Any:
    t, marks = _page.t, _data.marks
    held = marks[marks["mark"] == "held"]
    return lanes_figure(
        marks,
        _data.links,
        _data.ticks,
        references(_page),
        title=t(
            "timeline.lanes_title",
            n=len(held),
            provinces=held.loc[held["province_code"] != "", "province_code"].nunique(),
        ),
        source=t("source.tables", n=len(_page.tables["directives"])),
        lane_names=lane_names(_page, marks),
        words=t,
        window=_data.window,
        on=on,
        chosen=chosen,
        dark=dark,
        lang=lang,
        present=state.present,
    )


def _picked(chosen: str) -> dict[str, str | None]:
    if chosen.startswith("cited:"):
        return {"ghost": chosen, "directive": None, "fact": None}
    return {"directive": chosen, "ghost": None, "fact": None, "provision": None}


main()
