"""The escalation profile under the lanes, and what each directive changed, in words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from charts import timeline_steps as frames
from charts.theme import STANCE_GLYPHS
from charts.timeline_profile import profile_figure
from charts.timeline_rows import style_of
from views._shared import Page, labels, plain, province_names, show_chart
from views._timeline_data import Timeline, scores

_MOST = 12
_WEEK = "week:"


def left_margin(data: Timeline) -> int:
    """The lanes' side margin, which every figure below shares."""
    return style_of(len(data.marks), data.marks["lane"].nunique()).left


@st.cache_resource(show_spinner=False, max_entries=16)
def _frames(
    dataset_hash: str, state: Any, _page: Page, _data: Timeline
) -> tuple[list[str], int, pd.DataFrame, pd.DataFrame]:
    """Provinces drawn, how many have a score, their steps, and what the directives moved."""
    steps, measures = scores(dataset_hash, _page.atlas)
    held = set(_data.marks["province_code"])
    codes = [code for code in province_names(_page) if code in held]
    drawn = frames.busiest_provinces(steps, codes)
    points = frames.score_steps_frame(steps, measures, drawn)
    moved = frames.stance_frame(_data.marks, _page.tables["measures"])
    return drawn, len(set(steps["province_code"]) & held), points, moved


def show_profile(page: Page, data: Timeline, on: pd.Timestamp) -> None:
    """Score steps and stance needles of the provinces shown, under the same time axis."""
    t, names, state = page.t, province_names(page), page.state.filters()
    drawn, n_scored, points, moved = _frames(
        page.atlas.dataset_hash, state.but(lang="", on=None, present=False), page, data
    )
    said = t.list([names[code] for code in drawn])
    figure = _figure(page.atlas.dataset_hash, state, page.lang, page.dark, on, page, data, points, moved, said)
    weekly = bool(len(moved)) and str(moved["directive_id"].iloc[0]).startswith(_WEEK)
    notes = [t("timeline.weekly")] if weekly else []
    notes += [t("timeline.profile_some", shown=len(drawn), all=n_scored)] if len(drawn) < n_scored else []
    relaxing = [] if weekly else [_name(page, row) for row in moved[moved["n_relax"] > 0].head(_MOST).itertuples()]
    relaxed = t("timeline.profile_alt_relaxed", names=", ".join(relaxing)) if relaxing else ""
    show_chart(
        page,
        figure,
        _twin(page, moved),
        key="profile",
        alt=t("timeline.profile_alt", names=said or "–", relaxed=relaxed),
        note=" ".join([*notes, t("timeline.profile_note")]),
        pick=_picked,
    )
    page.link("methods", t("timeline.methods"), icon=":material/function:")
    if not weekly and len(moved) <= _MOST:
        _changes(page, moved)


@st.cache_resource(show_spinner=False, max_entries=12)
def _figure(
    dataset_hash: str,
    state: Any,
    lang: str,
    dark: bool,
    on: pd.Timestamp,
    _page: Page,
    _data: Timeline,
    _points: pd.DataFrame,
    _moved: pd.DataFrame,
    _said: str,
) -> Any:
    t = _page.t
    return profile_figure(
        _points,
        _moved,
        title=t("timeline.profile_title", names=_said) if _said else t("timeline.profile_title_none"),
        source=t("source.tables", n=len(_page.tables["directives"])),
        province_names=province_names(_page),
        words=t,
        window=_data.window,
        left=left_margin(_data),
        on=on,
        dark=dark,
        lang=lang,
        present=state.present,
    )


def _picked(chosen: str) -> dict[str, Any]:
    """A directive opens its evidence; a week becomes the window."""
    if chosen.startswith(_WEEK):
        monday = date.fromisoformat(chosen.removeprefix(_WEEK))
        return {"start": monday, "end": monday + timedelta(days=6)}
    return {"directive": chosen, "ghost": None, "fact": None, "provision": None}


def _name(page: Page, row: Any) -> str:
    return row.number or f"{page.t.name('doc_type', row.doc_type)} ({row.province})"


def _twin(page: Page, moved: pd.DataFrame) -> pd.DataFrame:
    """The needles' rows with the measures named."""
    t = page.t
    named = {
        stance: [", ".join(t.name("measure", code) for code in codes) for codes in moved[stance]]
        for stance in frames.STANCES
    }
    return moved.assign(**named)


def _changes(page: Page, moved: pd.DataFrame) -> None:
    """Each directive with what it loosened, tightened and kept: the needles in words."""
    t, stances = page.t, labels(page.t, "stance")
    with st.container(key=page.key("changes"), gap="small"):
        st.markdown(f"##### {plain(t('timeline.changes_title'))}")
        for row in moved.itertuples():
            day = t.day(row.day) if row.dated else t("timeline.estimated", day=row.day)
            name, province = plain(_name(page, row)), plain(row.province)
            lines = [t("timeline.changes_row", name=name, province=province, day=plain(day))]
            for stance in ("relax", "tighten", "maintain"):
                names = [t.name("measure", code) for code in getattr(row, stance)]
                if names:
                    lines.append(f":small[{STANCE_GLYPHS[stance]} {plain(stances[stance])}: {plain(', '.join(names))}]")
            st.markdown("  \n".join(lines))
