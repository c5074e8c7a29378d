"""Quote beside quote: every wording of one measure, earliest first, each with its day, its force and its place."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from charts import comparison as charts
from charts.theme import STANCE_GLYPHS
from loaders.profile import in_force, sentence_at
from views._shared import (
    Page,
    day_words,
    directive_name,
    emphasised,
    fact_id,
    measure_entries,
    plain,
    show_downloads,
    show_table,
)

_LONG = 420  # characters of a sentence shown in a card


@st.cache_resource(show_spinner=False, max_entries=16)
def holding(dataset_hash: str, on: date, _atlas: Any) -> pd.DataFrame:
    """What was in force on a day, once a dataset and day; never changed in place."""
    return in_force(_atlas, on)


def sentences_of(page: Page, rows: pd.DataFrame) -> list[str]:
    """The sentence around the quote of each of ``rows`` of measures."""
    provisions = page.all_tables["provisions"]
    near = provisions[provisions["provision_id"].isin(set(rows["provision_id"]))].set_index("provision_id")
    texts, starts = near["text"].to_dict(), near["char_start"].to_dict()
    return [
        sentence_at(texts.get(row.provision_id, ""), row.char_start - starts.get(row.provision_id, 0), row.quote)
        for row in rows.itertuples()
    ]


def show_quotes(page: Page) -> None:
    """One measure, all wordings."""
    t, measures = page.t, page.tables["measures"]
    codes = [code for code in measure_entries() if code in set(measures["code"])]
    if not codes:
        st.markdown(t("comparison.quotes_nothing"))
        return
    code = page.state.measure if page.state.measure in measure_entries() else codes[0]
    if not page.present:
        st.selectbox(
            t("comparison.quotes_pick"), [*codes, *([code] if code not in codes else [])],
            format_func=lambda item: t.name("measure", item), width=420,
            **page.bind("measure", read=lambda _: code, write=lambda item: item or ""),
        )  # fmt: skip
    rows = charts.quotes_frame(page.tables["directives"], measures, code)
    n = rows["directive_id"].nunique()
    title = t("comparison.quotes_title", measure=t.name("measure", code), n=n)
    st.markdown(f"##### {plain(title)}")
    if rows.empty:
        st.markdown(t("comparison.quotes_nothing"))
        return
    cards(page, rows, key="quotes")
    _silent(page, rows)
    if not page.present:
        table = rows.assign(sentence=sentences_of(page, rows))
        with st.expander(t("table.twin", n=len(table))):
            show_table(page, table, key="quotes-table", alt=title)
            show_downloads(page, table, key="quotes", title=title)


def _silent(page: Page, rows: pd.DataFrame) -> None:
    """Provinces whose documents were read and hold no word on it."""
    held = page.tables["directives"]
    others = held[~held["province"].isin(rows["province"]) & (held["province"] != "")]
    names = list(dict.fromkeys(others["province"]))
    if names:
        st.caption(plain(page.t("comparison.quotes_silent", list=page.t.list(names))))


def cards(page: Page, rows: pd.DataFrame, *, key: str, chosen: str = "") -> None:
    """One card a directive with its passages, in the order of ``rows``, side by side where there is room."""
    t, most = page.t, page.state.extra["n"]
    ids = list(dict.fromkeys(rows["directive_id"]))
    rows = rows[rows["directive_id"].isin(ids[:most])]
    rows = rows.assign(sentence=sentences_of(page, rows))
    held = page.all_tables["directives"].set_index("directive_id", drop=False)
    if not ids:
        st.markdown(t("comparison.quotes_nothing"))
    with st.container(horizontal=True, gap="small", key=page.key(f"{key}-cards")):
        for number, item in enumerate(ids[:most]):
            own = rows[rows["directive_id"] == item]
            mine = chosen and "column" in own and own["column"].iloc[0] == chosen
            name = page.key(f"{key}-card{'-own' if mine else ''}-{number}")
            with st.container(border=True, width=384, gap="small", key=name):
                _card(page, held.loc[item], own, f"{key}-{number}")
    if len(ids) > most:
        st.button(
            t("comparison.quotes_more", n=len(ids) - most), key=page.key(f"{key}-more"),
            on_click=page.update, kwargs={"n": min(most + 24, 2000)},
        )  # fmt: skip


def _card(page: Page, row: pd.Series, facts: pd.DataFrame, key: str) -> None:
    t = page.t
    st.markdown(f"**{plain(row['province'] or t('directive.no_province'))}** · {plain(directive_name(t, row))}")
    st.caption(plain(day_words(t, row)))
    for sentence, passages in facts.groupby("sentence", sort=False):
        first = passages.iloc[0]
        st.markdown(f"“{emphasised(_around(str(sentence), first['quote']))}”")
        label = first["provision_label"]
        where = t("evidence.provision", label=label) if label else t("evidence.preamble")
        said = list(dict.fromkeys(" · ".join(_force(page, fact)) for _, fact in passages.iterrows()))
        with st.container(horizontal=True, gap="small", key=page.key(f"{key}-{first['char_start']}-links")):
            st.markdown(f":small[{plain(' | '.join([where, *said]))}]")
            page.link(
                "reader", t("comparison.read"), icon=":material/menu_book:", directive=row["directive_id"],
                fact=fact_id("measures", first),
            )  # fmt: skip


def _force(page: Page, fact: pd.Series) -> list[str]:
    t = page.t
    stance = f"{STANCE_GLYPHS[fact['stance']]} {t.name('stance', fact['stance'])}"
    said = [stance, t.name("binding", fact["binding"])]
    if fact["target"]:
        said.append(t("comparison.target", target=" ".join(fact["target"].split())))
    if pd.notna(fact["level"]):
        said.append(t("comparison.level", n=int(fact["level"])))
    if fact["tier"]:
        said.append(t("comparison.tier", tier=fact["tier"]))
    return said


def _around(sentence: str, quote: str) -> str:
    """A long sentence cut to what stands around the quote."""
    words = " ".join(quote.split())
    at = sentence.find(words)
    if len(sentence) <= _LONG or at < 0:
        return sentence if len(sentence) <= 2 * _LONG else words
    first = max(at - (_LONG - len(words)) // 2, 0)
    last = max(first + _LONG, at + len(words))
    start = sentence.find(" ", first) + 1 if first else 0
    stop = sentence.rfind(" ", 0, last) if last < len(sentence) else len(sentence)
    return ("… " if start else "") + sentence[start:stop] + (" …" if stop < len(sentence) else "")
