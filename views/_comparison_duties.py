"""Who carries what: bodies by measure with role and deadline, and the words behind a mark."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts import comparison_duties as grid
from loaders.duties import duties
from views._comparison_alike import MOST_READ, latest, read_note
from views._shared import (
    Page,
    directive_name,
    emphasised,
    fact_id,
    measure_entries,
    plain,
    province_names,
    show_chart,
)


@st.cache_resource(show_spinner=False, max_entries=8)
def _duties(dataset_hash: str, state: Any, _atlas: Any, _ids: list[str]) -> pd.DataFrame:
    return duties(_atlas, _ids)


def show_duties(page: Page) -> None:
    """Bodies by measures of a province, or of all; a click shows the words and the deadline."""
    t = page.t
    ids = latest(page.tables["directives"], MOST_READ)
    rows = _duties(page.atlas.dataset_hash, page.state.filters(), page.atlas, ids)
    names = province_names(page)
    present = [code for code in names if code in set(rows["province_code"])]
    where = page.state.extra["where"] if page.state.extra["where"] in present else ""
    if not page.present and present:
        control: Any = st.pills if len(present) <= 8 else st.selectbox
        control(
            t("comparison.duty_where"), ["", *present],
            format_func=lambda code: names.get(code, t("comparison.duty_everywhere")),
            **page.bind("where", read=lambda _: where, write=lambda code: code or ""),
        )  # fmt: skip
    if where:
        rows = rows[rows["province_code"] == where]
    frame = grid.duties_grid(rows)
    chosen = page.state.extra["cell"]
    n_bodies = frame.loc[frame["actor"] != "", "actor_id"].nunique()
    title = t(
        "comparison.duties_title", where=names.get(where, t("comparison.duty_everywhere")), n=n_bodies,
        measures=frame["code"].nunique(),
    )  # fmt: skip
    codes = {code: entry["group"] for code, entry in measure_entries().items()}
    figure = grid.duties_figure(
        frame, title=title, source=t("source.tables", n=len(ids)), codes=codes, words=t, chosen=chosen, dark=page.dark,
        lang=page.lang, present=page.present,
    )  # fmt: skip
    behind = grid.of_mark(rows, chosen)
    wide, side = st.columns([5, 2], gap="medium") if len(behind) else (st.container(), None)
    with wide, st.container(key=page.key("wide")):
        due = frame[frame["deadline"].notna()]
        alt = t("comparison.duties_alt", n=n_bodies, measures=frame["code"].nunique(), due=len(due))
        show_chart(
            page, figure, _duties_told(page, frame), key="duties", alt=alt,
            note=t("comparison.duties_note") + read_note(page),
            pick=lambda mark: {"cell": mark},
            columns={
                "body": t("column.actor"), "measure": t("column.measure"), "said": t("column.role"),
                "where": t("column.province"), "n_passages": t("comparison.n_passages"),
                "days": t("comparison.duty_deadline"),
            },
        )  # fmt: skip
    if side is not None:
        with side, st.container(key=page.key("panel")):
            _duty_words(page, behind)


def _duties_told(page: Page, frame: pd.DataFrame) -> pd.DataFrame:
    t = page.t
    return frame.assign(
        body=[grid.body_name(row, t) for row in frame.itertuples()],
        measure=[t.name("measure", code) for code in frame["code"]],
        said=[", ".join(t.name("role", role) for role in roles if role) for roles in frame["roles"]],
        where=["; ".join(provinces) for provinces in frame["provinces"]],
        days=["; ".join(t.day(day) for day in days) for days in frame["deadlines"]],
        roles=[" ".join(roles) for roles in frame["roles"]], provinces=["; ".join(item) for item in frame["provinces"]],
        deadlines=["; ".join(str(day.date()) for day in days) for days in frame["deadlines"]],
    )  # fmt: skip


def _duty_words(page: Page, rows: pd.DataFrame) -> None:
    t, first = page.t, rows.iloc[0]
    st.markdown(f"#### {plain(grid.body_name(first, t))}")
    st.markdown(f"**{plain(t.name('measure', first['code']))}**")
    held = page.all_tables["directives"].set_index("directive_id", drop=False)
    for number, (_, fact) in enumerate(rows.drop_duplicates(["measure_id", "role"]).head(30).iterrows()):
        row = held.loc[fact["directive_id"]]
        with st.container(border=True, gap="xsmall", key=page.key(f"duty-card-{number}")):
            st.markdown(f"**{plain(row['province'])}** · {plain(directive_name(t, row))}")
            said = [t.name("role", fact["role"])] if fact["role"] else [t("comparison.duty_nobody")]
            said += [] if fact["is_direct"] or not fact["role"] else [t("comparison.duty_carried")]
            if pd.notna(fact["deadline"]):
                said.append(f"{t('comparison.duty_deadline')}: {t.day(fact['deadline'])} (“{fact['deadline_quote']}”)")
            st.markdown(f":small[{plain(' · '.join(said))}]")
            st.markdown(f"“{emphasised(fact['quote'])}”")
            with st.container(key=page.key(f"duty-{number}-links")):
                page.link(
                    "reader", t("comparison.read"), icon=":material/menu_book:", directive=fact["directive_id"],
                    fact=fact_id("measures", fact),
                )  # fmt: skip
