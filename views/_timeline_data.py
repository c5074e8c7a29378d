"""What the timeline draws, once a dataset and set of filters: frames of the marks, links and ticks, and their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from charts import timeline as frames
from charts.timeline_axis import Window
from loaders.ghosts import ghosts
from loaders.profile import dated_measures, reference_instruments, score_frame
from views._shared import Page, province_names


@dataclass(frozen=True)
class Timeline:
    """Frames of :mod:`charts.timeline` for the filters in use; shared by sessions, never changed."""

    marks: pd.DataFrame
    links: pd.DataFrame
    ticks: pd.DataFrame
    undated: pd.DataFrame
    ghosts: pd.DataFrame
    window: Window
    by_id: dict[str, Any]


def timeline_data(page: Page) -> Timeline:
    """The frames for the page's filters, computed once for each."""
    return _frames(page.atlas.dataset_hash, page.state.filters().but(lang="", on=None, present=False), page.tables)


@st.cache_resource(show_spinner=False, max_entries=16)
def _frames(dataset_hash: str, state: Any, _tables: Any) -> Timeline:
    cited, ghost_links = ghosts(_tables["citations"], _tables["directives"])
    marks = frames.marks_frame(_tables, cited)
    ticks = frames.ticks_frame(_tables)
    window = frames.window_of(marks, ticks, state.start, state.end)
    shown = frames.marks_in_window(marks, window)
    by_id = {row.directive_id: row for row in shown.itertuples()}
    links = frames.links_frame(_tables, ghost_links, shown)
    ticks = ticks[ticks["day"].between(*window)]
    return Timeline(shown, links, ticks, frames.undated_frame(_tables), cited, window, by_id)


@st.cache_resource(show_spinner=False, max_entries=2)
def scores(dataset_hash: str, _atlas: Any) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Steps of every province's score, and the measures with their directives' days."""
    return score_frame(_atlas), dated_measures(_atlas)


def references(page: Page) -> list[tuple[pd.Timestamp, str]]:
    """National instruments: day and label in the reader's language."""
    return [(pd.Timestamp(item["day"]), str(item[page.lang])) for item in reference_instruments()]


def lane_names(page: Page, marks: pd.DataFrame) -> dict[str, str]:
    """Lanes from top to bottom with their labels."""
    t, provinces = page.t, province_names(page)
    named = {frames.CENTRE: t("timeline.lane_central"), frames.UNPLACED: t("timeline.lane_unplaced")}
    found = {}
    for item in frames.lane_order(marks, provinces):
        code, _, branch = item.partition("|")
        said = t("timeline.lane", province=provinces.get(code, code), branch=t.name("branch", branch))
        found[item] = named.get(item, said)
    return found


def document_name(page: Page, row: Any) -> str:
    """A mark's name: its number, or type and issuer."""
    return row.number or " · ".join(part for part in (page.t.name("doc_type", row.doc_type), row.issuer) if part)
