"""What was in force on a day: a date control, one province's measures with their sentences, and the table of all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from charts.theme import STANCE_GLYPHS
from loaders.profile import in_force
from loaders.vocabulary import read_vocabulary
from views._shared import Page, emphasised, fact_id, plain, province_names, show_downloads, show_table

_MOST_PILLS = 8
_MOST_ROWS = 1500
_LONG = 260  # characters of a sentence
_COLUMNS = (
    "province",
    "measure",
    "state",
    "stance",
    "level",
    "number",
    "issuer",
    "day",
    "age",
    "begins",
    "ends",
    "sentence",
    "quote",
    "code",
    "directive_id",
    "measure_id",
)


@st.cache_resource(show_spinner=False, max_entries=32)
def _in_force(dataset_hash: str, on: date, _atlas: Any) -> pd.DataFrame:
    return in_force(_atlas, on)


def as_of_day(page: Page) -> pd.Timestamp:
    """The day of the URL; without one, the last day on which a directive is dated, else today's end of the data."""
    if page.state.on:
        return pd.Timestamp(page.state.on)
    held = page.all_tables["directives"]
    days = held["issue_date"].dropna() if held["issue_date"].notna().any() else held["date_estimate"].dropna()
    return days.max() if len(days) else pd.Timestamp(page.atlas.built_at.date())


def show_as_of(page: Page, on: pd.Timestamp) -> None:
    """The control, the province's measures by group, what it is silent on, and the way to that day's comparison."""
    t = page.t
    with st.container(border=True, key=page.key("as-of")):
        st.markdown(f"##### {plain(t('timeline.on_title', day=on))}")
        rows = _in_force(page.atlas.dataset_hash, on.date(), page.atlas)
        held = page.tables["directives"]["province_code"].unique()
        rows = rows[rows["province_code"].isin(held)]
        if page.state.measures:
            rows = rows[rows["code"].isin(page.state.measures)]
        code = _controls(page, on, rows)
        if not code:
            st.markdown(plain(t("timeline.on_none", day=on)))
            return
        _province(page, rows[rows["province_code"] == code])
        page.link("comparison", t("timeline.on_compare", day=on), icon=":material/compare_arrows:", on=on.date())
        if not page.present:
            _table(page, on, rows, code)


def _controls(page: Page, on: pd.Timestamp, rows: pd.DataFrame) -> str:
    """Date and province; returns the province to show, empty where none has spoken yet."""
    t, names = page.t, province_names(page)
    spoken = set(rows["province_code"].unique())
    codes = [code for code in names if code in spoken]
    latest = rows.groupby("province_code")["day"].max() if len(rows) else pd.Series(dtype="datetime64[us]")
    wanted = str(page.state.extra["at"])
    code = wanted if wanted in codes else max(codes, key=lambda item: (latest[item], -codes.index(item)), default="")
    if page.present:
        st.caption(plain(names.get(code, "")))
        return code
    left, right = st.columns([1, 3], vertical_alignment="bottom")
    left.date_input(
        t("timeline.on_pick"),
        min_value=date(2000, 1, 1),
        max_value=date(2099, 12, 31),
        format="DD/MM/YYYY",
        help=t("timeline.on_hint"),
        **page.bind("on", read=lambda value: value or on.date()),
    )
    if codes:
        bound = page.bind("at", read=lambda _: code, write=lambda value: value or code)
        label, named = t("timeline.on_province"), names.__getitem__
        if len(codes) <= _MOST_PILLS:
            right.pills(label, codes, format_func=named, **bound)
        else:
            right.selectbox(label, codes, format_func=named, **bound)
    st.caption(plain(t("timeline.on_rule")))
    return code


def _province(page: Page, rows: pd.DataFrame) -> None:
    t = page.t
    entries = read_vocabulary("measures")["measures"]
    wanted = [item for item in entries if not page.state.measures or item["code"] in page.state.measures]
    spoken = dict(zip(rows["code"], rows["state"], strict=True))
    silent = [item["code"] for item in wanted if item["code"] not in spoken]
    in_effect = sum(state == "in_force" for state in spoken.values())
    st.markdown(
        f"**{plain(t('timeline.on_counts', force=in_effect, relaxed=len(spoken) - in_effect, silent=len(silent)))}**"
    )
    groups = {
        group: [item["code"] for item in wanted if item["group"] == group]
        for group in dict.fromkeys(item["group"] for item in wanted)
    }
    labels = [
        plain(t("timeline.on_tab", name=t.name("group", group), count=sum(code in spoken for code in codes)))
        for group, codes in groups.items()
    ]
    for tab, codes in zip(st.tabs(labels) if labels else [], groups.values(), strict=True):
        with tab:
            columns = st.columns(2)
            for number, code in enumerate(code for code in codes if code in spoken):
                with columns[number % 2]:
                    _measure(page, code, rows[rows["code"] == code])
            quiet = [t.name("measure", code) for code in codes if code not in spoken]
            if quiet:
                st.caption(plain(t("timeline.on_silent", names=", ".join(quiet))))


def _measure(page: Page, code: str, rows: pd.DataFrame) -> None:
    """One measure: its state, since when, and each sentence that says so, with the way into the document."""
    t, first = page.t, rows.iloc[0]
    glyphs = "".join(STANCE_GLYPHS[stance] for stance in dict.fromkeys(rows["stance"]))
    with st.container(key=page.key(f"force-{code}"), gap="xsmall"):
        color = "gray" if first["state"] == "relaxed" else "orange"
        state = f":{color}-badge[{plain(t.name('timeline.state', first['state']))}]"
        st.markdown(f"**{plain(t.name('measure', code))}** {glyphs} {state} :small[{plain(_age(page, first))}]")
        sentences = rows.drop_duplicates("sentence")
        row = sentences.iloc[0]
        more = f" :gray[{plain(t('timeline.on_more', n=len(sentences) - 1))}]" if len(sentences) > 1 else ""
        st.markdown(f":small[“{emphasised(excerpt(row['sentence'], row['quote']))}”{more}]")
        fact = fact_id("measures", row)
        page.link(
            "reader", plain(_where(page, row)), icon=":material/menu_book:", directive=row["directive_id"], fact=fact
        )


def excerpt(sentence: str, quote: str) -> str:
    """A long sentence cut at words, so that the quote stands in it; a cut end is said by an ellipsis."""
    if len(sentence) <= _LONG:
        return sentence
    at = max(sentence.find(" ".join(quote.split())), 0)
    low = max(0, min(at - _LONG // 4, len(sentence) - _LONG))
    cut = sentence[low : low + _LONG]
    head = "… " + cut.partition(" ")[2] if low else cut
    return head.rpartition(" ")[0] + " …" if low + _LONG < len(sentence) else head


def _age(page: Page, row: pd.Series) -> str:
    t = page.t
    said = [t("timeline.on_age", n=int(row["age"])) if row["age"] else t("timeline.on_same_day")]
    said += [t("timeline.on_since", day=row["begins"])] if row["begins"] > row["day"] else []
    said += [t("timeline.on_until", day=row["ends"])] if pd.notna(row["ends"]) else []
    return " · ".join(said + ([] if row["dated"] else [t("timeline.on_estimated")]))


def _where(page: Page, row: pd.Series) -> str:
    t = page.t
    name = row["number"] or t.name("doc_type", row["doc_type"])
    day = t.day(row["day"]) if row["dated"] else t("timeline.estimated", day=row["day"])
    return f"{name}, {day}" + (
        f", {t('evidence.provision', label=row['provision_label'])}" if row["provision_label"] else ""
    )


def _table(page: Page, on: pd.Timestamp, rows: pd.DataFrame, code: str) -> None:
    """The same as a table: every province, or only the one shown where that would be too long to send."""
    t = page.t
    one = len(rows) > _MOST_ROWS
    shown = rows[rows["province_code"] == code] if one else rows
    twin = shown.assign(measure=[t.name("measure", item) for item in shown["code"]]).reindex(columns=list(_COLUMNS))
    key = "timeline.on_table_one" if one else "timeline.on_table"
    label = t(key, day=on, rows=len(twin), name=province_names(page).get(code, code))
    with st.expander(plain(label), key=page.key("as-of-twin")):
        columns = {
            "province": t("column.province"),
            "measure": t("column.measure"),
            "state": t("timeline.column.state"),
            "stance": t("column.stance"),
            "age": t("timeline.column.age"),
            "number": t("column.number"),
            "sentence": t("column.quote"),
        }
        words = {
            "state": [t.name("timeline.state", item) for item in twin["state"]],
            "stance": [t.name("stance", item) for item in twin["stance"]],
        }
        show_table(page, twin.assign(**words), key="as-of-table", alt=label, columns=columns)
        show_downloads(page, twin, key="as-of", title=label)
