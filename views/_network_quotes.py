"""The words behind a mark of the network page: passages by directive, each with its way into the document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from charts.network_actors import TYPES
from views._evidence import day_words, directive_name, emphasised, fact_id
from views._page import Page
from views._text import plain

MOST = 24
FIELDS = {"addresses": "addressee", "copies": "copy"}  # of the table evidence
_MARKS = "-–+•* \t\n"  # the dash of a list before the words


def passage_quotes(page: Page, passages: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Passages as rows for :func:`show_quotes`: the bodies of one line or passage in one row."""
    rows = passages.assign(
        name=[names.get(item, item) for item in passages["target"]],
        rank=[TYPES.index(item) for item in passages["type"]],
    ).sort_values(["day", "directive_id", "rank", "position", "char_start", "name"])
    found = []
    key = ["directive_id", "rank", "type", "position", "char_start", "char_end", "quote"]
    for (directive_id, _, kind, _, start, end, quote), own in rows.groupby(key, sort=False):
        first = own.iloc[0]
        words = page.t.name("recipient_kind", FIELDS[kind]) if kind in FIELDS else page.t(f"network.type_{kind}")
        fact = {**first, "field": FIELDS.get(kind, ""), "char_start": start, "char_end": end}
        found.append(
            {
                "directive_id": directive_id,
                "tag": page.t("network.to", type=words, names=", ".join(dict.fromkeys(own["name"]))),
                "quote": quote,
                "provision_label": first["provision_label"],
                "type": kind,
                "fact": fact_id(first["table"], fact) if start >= 0 else "",
            }
        )
    return pd.DataFrame(found, columns=["directive_id", "tag", "quote", "provision_label", "type", "fact"])


def said_counts(page: Page, rows: pd.DataFrame) -> str:
    """``Kính gửi 5 nơi · 3 đoạn giao việc`` of the rows of one directive."""
    counts = rows["type"].value_counts()
    tasks = int(sum(counts.get(kind, 0) for kind in TYPES[2:]))
    parts = [
        (int(counts.get("addresses", 0)), "addresses_n"),
        (int(counts.get("copies", 0)), "copies_n"),
        (tasks, "tasks_n"),
    ]
    return " · ".join(page.t(f"network.{key}", n=n) for n, key in parts if n)


def show_quotes(page: Page, rows: pd.DataFrame, *, key: str, most: int = MOST, counted: bool = True) -> None:
    """Rows of :func:`passage_quotes` by directive, in the order given; ``counted`` says how many of each kind."""
    held = page.all_tables["directives"].set_index("directive_id", drop=False)
    shown = rows.head(most)
    with st.container(border=True, key=page.key(f"{key}-quotes")):
        for number, (directive_id, own) in enumerate(shown.groupby("directive_id", sort=False)):
            row = held.loc[directive_id]
            said = said_counts(page, rows[rows["directive_id"] == directive_id]) if counted else ""
            parts = [f"**{plain(directive_name(page.t, row))}**", plain(day_words(page.t, row)), plain(said)]
            st.markdown(" · ".join(part for part in parts if part))
            for at, item in enumerate(own.itertuples()):
                show_quote(page, item, key=f"{key}-{number}-{at}")
        if len(rows) > most:
            st.caption(page.t("network.quotes_more", n=len(rows) - most))


def show_quote(page: Page, item: Any, *, key: str, after: str = "") -> None:
    """One passage: what it is, its words, and the link to where they stand."""
    label = item.provision_label
    where = f" · {plain(page.t('evidence.provision', label=label))}" if label else ""
    with st.container(key=page.key(f"{key}-quote"), gap=None):
        quote = emphasised(item.quote.lstrip(_MARKS))
        st.markdown(f":small[**{plain(item.tag)}**{where}]  \n“{quote}”{after}")
        fact = {"fact": item.fact} if item.fact else {}
        page.link("reader", page.t("evidence.at"), icon=":material/format_quote:", directive=item.directive_id, **fact)
