"""The escalation profile under the lanes, and what each directive changed, in words."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts import timeline_profile as profile
from charts.theme import STANCE_GLYPHS
from charts.timeline_rows import style_of
from views._shared import Page, labels, plain, province_names, show_chart
from views._timeline_data import Timeline, scores

_MOST = 12


def left_margin(page: Page, data: Timeline) -> int:
    """The lanes' side margin, which every figure below shares."""
    return style_of(len(data.marks), data.marks["lane"].nunique()).left


def show_profile(page: Page, data: Timeline, on: pd.Timestamp) -> None:
    """Score steps and stance needles of the provinces shown, under the same time axis."""
    t = page.t
    steps, measures = scores(page.atlas.dataset_hash, page.atlas)
    shown = set(data.marks["province_code"])
    names = {code: name for code, name in province_names(page).items() if code in shown}
    drawn = profile.busiest_provinces(steps, list(names))
    points = profile.score_steps_frame(steps, measures, drawn)
    moved = profile.stance_frame(data.marks, page.tables["measures"])
    said = t.list([names[code] for code in drawn])
    figure = profile.profile_figure(
        points,
        moved,
        title=t("timeline.profile_title", names=said),
        source=t("source.tables", n=len(page.tables["directives"])),
        province_names=names,
        words=t,
        window=data.window,
        left=left_margin(page, data),
        on=on,
        dark=page.dark,
        lang=page.lang,
        present=page.present,
    )
    note = t("timeline.profile_note")
    if len(drawn) < len(set(steps["province_code"]) & shown):
        note = f"{t('timeline.profile_some', shown=len(drawn), all=len(set(steps['province_code']) & shown))} {note}"
    loosened = [_name(page, row) for row in moved[moved["n_relax"] > 0].head(_MOST).itertuples()]
    relaxed = (
        t("timeline.profile_alt_relaxed", names=", ".join(loosened)) if loosened else t("timeline.profile_alt_none")
    )
    show_chart(
        page,
        figure,
        _twin(page, moved),
        key="profile",
        alt=t("timeline.profile_alt", names=said, relaxed=relaxed),
        note=note,
    )
    page.link("methods", t("timeline.methods"), icon=":material/function:")
    if len(moved) <= _MOST:
        _changes(page, moved)


def _name(page: Page, row: object) -> str:
    return row.number or f"{page.t.name('doc_type', row.doc_type)} ({row.province})"  # type: ignore[attr-defined]


def _twin(page: Page, moved: pd.DataFrame) -> pd.DataFrame:
    """The needles' rows with the measures named."""
    t = page.t
    named = {
        stance: [", ".join(t.name("measure", code) for code in codes) for codes in moved[stance]]
        for stance in profile.STANCES
    }
    return moved.assign(**named)


def _changes(page: Page, moved: pd.DataFrame) -> None:
    """Each directive with what it tightened, kept and loosened: the needles in words."""
    t, stances = page.t, labels(page.t, "stance")
    with st.container(key=page.key("changes"), gap="small"):
        st.markdown(f"##### {plain(t('timeline.changes_title'))}")
        for row in moved.itertuples():
            day = t.day(row.day) if row.dated else t("timeline.estimated", day=row.day)
            lines = [
                t("timeline.changes_row", name=plain(_name(page, row)), province=plain(row.province), day=plain(day))
            ]
            for stance in ("relax", "tighten", "maintain"):
                names = [t.name("measure", code) for code in getattr(row, stance)]
                if names:
                    lines.append(f":small[{STANCE_GLYPHS[stance]} {plain(stances[stance])}: {plain(', '.join(names))}]")
            st.markdown("  \n".join(lines))
