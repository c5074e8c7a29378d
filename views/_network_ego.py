"""One body: who instructs it and what it must do, over time and across provinces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from charts import network_actors as actors
from charts import network_ego as charts
from charts import network_labels as labelling
from loaders.fold import fold, sort_key
from views._evidence import day_words, directive_name, fact_id
from views._figures import show_chart
from views._filters import province_names
from views._network_data import Data, actor_names
from views._network_quotes import passage_quotes, show_quote, show_quotes
from views._page import Page
from views._text import plain

_MOST = 40


def show_ego(page: Page, data: Data) -> None:
    """Choice of the body, its tasks drawn and listed, its masters."""
    t = page.t
    table = page.all_tables["actors"]
    names = actor_names(page)
    actor = page.state.actor or most_tasked(page.tables["tasks"])
    if not page.present:
        _pick(page, names, actor)
    if not actor:
        st.info(t("network.ego_none"))
        return
    kinds = actors.node_map(table, "agency")
    ids = [item for item in kinds if kinds[item] == kinds[actor]] if page.state.extra["across"] else [actor]
    frame = charts.asks_frame(page.tables, ids)
    _figure(page, frame, names, names[actor])
    left, right = st.columns([2, 1], gap="large")
    with left:
        _asks(page, frame, names, names[actor])
    with right:
        _masters(page, data, ids, names)
    issued = data.passages[data.passages["source"].isin(ids)]
    if len(issued):
        st.markdown(f"### {t('network.ego_whom')}")
        show_quotes(page, passage_quotes(page, issued, names), key="issued")


def most_tasked(tasks: pd.DataFrame) -> str:
    """The body with the most tasks, for a page that opens without a choice."""
    counts = tasks.loc[tasks["actor_id"] != "", "actor_id"].value_counts()
    return min(counts.index, key=lambda item: (-counts[item], item), default="")


def _pick(page: Page, names: Mapping[str, str], actor: str) -> None:
    t = page.t
    table = page.all_tables["actors"].set_index("actor_id")
    provinces = province_names(page)

    def said(item: str) -> str:
        code = table.loc[item, "province_code"]
        return t("network.ego_place", name=names[item], province=provinces.get(code, code)) if code else names[item]

    words = fold(" ".join(page.state.q.split()))
    options = sorted((item for item in names if words in fold(said(item))), key=lambda item: sort_key(said(item)))
    with st.container(key=page.key("ego-controls"), horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.text_input(t("network.ego_find"), icon=":material/search:", width=320, **page.bind("q"))
        if words and not options:
            st.caption(t("network.ego_not_found", words=plain(page.state.q)))
        choose = page.bind("actor", read=lambda _: actor)
        st.selectbox(
            t("network.ego_pick"),
            options if actor in options else [actor, *options],
            format_func=said,
            width=420,
            **choose,
        )
        st.toggle(t("network.ego_across"), **page.bind("across"))


def _figure(page: Page, frame: pd.DataFrame, names: Mapping[str, str], name: str) -> None:
    t = page.t
    counts = frame["role"].value_counts()
    days = frame["day"].dropna()
    figure = charts.asks_figure(
        frame,
        words=t,
        colors=labelling.type_colors(page.dark),
        dark=page.dark,
        lang=page.lang,
        present=page.present,
        title=t(
            "network.ego_title",
            name=name,
            n=len(frame),
            directives=frame["directive_id"].nunique(),
            provinces=_some_provinces(page, frame),
        ),
        source=t("source.tables", n=len(page.tables["directives"])),
    )
    alt = t(
        "network.ego_alt",
        name=name,
        n=len(frame),
        first=t.day(days.min()),
        last=t.day(days.max()),
        **{role: int(counts.get(role, 0)) for role in charts.ROLES},
    )
    twin = frame.assign(
        role=[t.name("role", role) for role in frame["role"]],
        partners=[partner_words(page, item, names) for item in frame["partners"]],
        measures=["; ".join(t.name("measure", code) for code in item.split("|") if code) for item in frame["measures"]],
    )
    columns = {
        name: t(f"column.{name}") for name in ("province", "number", "provision_label", "role", "actor", "quote")
    }
    columns |= {name: t(f"network.column.{name}") for name in ("day", "deadline", "partners", "measures")}
    show_chart(
        page,
        figure,
        twin,
        key="asks",
        alt=alt,
        note=t("network.ego_note"),
        columns=columns,
        pick=lambda item: {"directive": item.rpartition("#")[0], "ask": item},
    )


def _some_provinces(page: Page, frame: pd.DataFrame) -> str:
    names = sorted({name for name in frame["province"] if name}, key=sort_key)
    return page.t.list(names) or "–" if len(names) <= 4 else page.t("network.ego_provinces", n=len(names))


def partner_words(page: Page, partners: str, names: Mapping[str, str]) -> str:
    """Bodies of the same passage with their roles."""
    pairs = [item.rpartition(":") for item in partners.split("|") if item]
    order = {role: at for at, role in enumerate(charts.ROLES)}
    pairs.sort(key=lambda pair: (order.get(pair[2], 9), names.get(pair[0], pair[0])))
    return ", ".join(f"{names.get(actor, actor)} ({short_role(page, role)})" for actor, _, role in pairs)


def short_role(page: Page, role: str) -> str:
    """The role as it stands inside a sentence."""
    return page.t(f"network.role_{role}")


def _asks(page: Page, frame: pd.DataFrame, names: Mapping[str, str], name: str) -> None:
    """The tasks in full, by province and day; the one clicked first."""
    t = page.t
    st.markdown(f"### {t('network.ego_what')}")
    held = page.all_tables["directives"].set_index("directive_id", drop=False)
    rows = frame.head(_MOST)
    asked = page.state.extra["ask"]
    for province, own in rows.groupby("province", sort=True):
        st.markdown(f"#### {plain(province or t('directive.no_province'))}")
        for row in own.itertuples():
            directive = held.loc[row.directive_id]
            key = f"ask-{row.Index}{'-current' if asked == charts.ask_id(row) else ''}"
            with st.container(key=page.key(key), gap=None, border=asked == charts.ask_id(row)):
                st.markdown(f"**{plain(directive_name(t, directive))}** · {plain(day_words(t, directive))}")
                show_quote(page, _quote(page, row), key=f"ask-{row.Index}-words", after=_after(page, row, names))
    if frame.empty:
        st.caption(t("network.ego_none"))
    elif len(frame) > _MOST:
        st.caption(t("network.quotes_more", n=len(frame) - _MOST))
    silent = [
        label for code, label in province_names(page).items() if code in _codes(page) - set(frame["province_code"])
    ]
    if page.state.extra["across"] and silent:
        st.caption(plain(t("network.ego_silent", name=name, provinces=", ".join(silent))))


def _codes(page: Page) -> set[str]:
    return set(page.tables["directives"]["province_code"])


def _quote(page: Page, row: Any) -> pd.Series:
    fact = fact_id(
        "tasks", {"char_start": row.char_start, "char_end": row.char_end, "role": row.role, "actor": row.actor}
    )
    tag = f"{page.t.name('role', row.role)}: {row.actor}"
    return pd.Series(
        {
            "directive_id": row.directive_id,
            "tag": tag,
            "quote": row.quote,
            "provision_label": row.provision_label,
            "fact": fact,
        }
    )


def _after(page: Page, row: Any, names: Mapping[str, str]) -> str:
    """Time limit and partners, as a line below the words."""
    t = page.t
    said = []
    if row.deadline == row.deadline:
        said.append(t("network.ego_due", day=t.day(row.deadline), quote=" ".join(row.deadline_quote.split())))
    if row.partners:
        said.append(t("network.ego_with", names=partner_words(page, row.partners, names)))
    return "".join(f"  \n:small[{plain(item)}]" for item in said)


def _masters(page: Page, data: Data, ids: list[str], names: Mapping[str, str]) -> None:
    t = page.t
    st.markdown(f"### {t('network.ego_who')}")
    frame = charts.instructors_frame(data.passages, ids)
    provinces = province_names(page)
    codes = dict(zip(page.all_tables["actors"]["actor_id"], page.all_tables["actors"]["province_code"], strict=True))
    for source, own in frame.groupby("source", sort=False):
        said = [
            f"{t(f'network.type_{row.type}')} ({t('network.hover_directives', n=int(row.n_directives))})"
            for row in own.itertuples()
        ]
        code = codes.get(source, "")
        name = t("network.ego_place", name=names[source], province=provinces.get(code, code)) if code else names[source]
        st.markdown("- " + t("network.ego_who_row", source=plain(name), said=plain("; ".join(said))))
    if frame.empty:
        st.caption(t("network.ego_who_none"))
