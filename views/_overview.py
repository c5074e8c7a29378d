"""The parts of the overview: numbers, findings with evidence, three small charts, what is missing, where to go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from charts import findings as said
from charts import overview as charts
from views._evidence import directive_name
from views._figures import show_chart
from views._page import Page
from views._shared import labels
from views._text import measure_entries, plain


def phrase(name: str) -> str:
    """A name inside a sentence: its first letter small, unless it is an abbreviation."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _values(page: Page, values: Mapping[str, Any]) -> dict[str, Any]:
    t = page.t
    words: dict[str, Any] = {}
    for key, value in values.items():
        if key.startswith("measures"):
            words[key] = "; ".join(phrase(t.name("measure", code)) for code in value)
        elif key.startswith("urgency"):
            words[key] = phrase(t.name("urgency", value))
        elif key == "documents":
            keys = ((number, n, "document_age" if n else "document_same_day") for number, n in value)
            words[key] = t.list([t(f"overview.{key}", number=plain(number), n=n) for number, n, key in keys])
        else:
            words[key] = plain(value) if isinstance(value, str) else value
    return words


def show_numbers(page: Page, n: dict[str, int], cited: pd.DataFrame) -> None:
    t, days = page.t, page.tables["directives"]["issue_date"].dropna()
    unheld = [number for number in cited["number"] if number]
    span = "–" if days.empty else t.months(days.min(), days.max())
    provinces = list(dict.fromkeys(name for name in page.tables["directives"]["province"] if name))
    cells = (
        (t.number(n["directives"]), "directives", t("overview.number.directives_note", n=len(page.tables["sources"]))),
        (t.number(n["provinces"]), "provinces", _some(page, provinces)),
        (span, "span", t("overview.number.span_note", n=n["dated"])),
        (
            t.number(n["measures"]),
            "measures",
            t("overview.number.measures_note", n=n["codes"], of=len(measure_entries())),
        ),
        (t.number(n["undated"]), "undated", t(f"overview.number.undated_{'note' if n['undated'] else 'none'}")),
        (t.number(n["ghosts"]), "ghosts", _some(page, unheld) if unheld else t("overview.number.ghosts_none")),
    )
    with st.container(key="numbers", horizontal=True, gap="medium"):
        for value, name, note in cells:
            with st.container(key=f"number-{name}", gap=None, width="stretch"):
                st.markdown(f"## {plain(value)}")
                st.markdown(f"**{plain(t(f'overview.number.{name}'))}**")
                st.caption(plain(note))


def _some(page: Page, names: list[str], most: int = 4) -> str:
    shown = names[:most]
    return page.t.list(
        [*shown, page.t("overview.number.and_more", n=len(names) - most)] if len(names) > most else shown
    )


def show_findings(page: Page) -> None:
    t, found = page.t, said.findings(page.tables)
    st.markdown(f"### {t('overview.findings')}")
    held = page.all_tables["directives"].set_index("directive_id", drop=False)
    for number, item in enumerate(found):
        with st.container(key=f"finding-{number}", gap=None):
            st.markdown(t(f"overview.finding.{item.kind}", **_values(page, item.values)))
            with st.container(horizontal=True, gap="small", key=f"finding-{number}-links"):
                for directive_id in item.evidence:
                    name = plain(directive_name(t, held.loc[directive_id]))
                    page.link(
                        "reader", name, icon=":material/format_quote:", directive=directive_id, measure=item.measure
                    )
                if not item.evidence and item.measure:
                    page.link("comparison", t("nav.comparison"), icon=":material/format_quote:", measure=item.measure)
    if not found:
        st.caption(t("overview.no_findings"))


def show_missing(page: Page, n: dict[str, int], cited: pd.DataFrame) -> None:
    t, held = page.t, page.tables["directives"]
    undated = [_phrase_of(page, row) for _, row in held[held["issue_date"].isna()].iterrows()]
    unheld = [row.number or f"{t.name('doc_type', row.doc_type)} ({t.day(row.date)})" for row in cited.itertuples()]
    lists = {"undated": undated, "ghosts": unheld}
    st.markdown(f"### {t('overview.missing.title')}")
    names = ("undated", "no_number", "no_signature", "no_province", "inferred_province", "ghosts", "silent")
    said_of = {name: plain(_some(page, lists.get(name, []), 6)) for name in names if n[name]}
    st.markdown("\n".join("- " + t(f"overview.missing.{name}", n=n[name], list=said) for name, said in said_of.items()))
    st.caption(t("overview.missing.caution"))


def _phrase_of(page: Page, row: pd.Series) -> str:
    return f"{phrase(page.t.name('doc_type', row['doc_type']))} {row['province']}"


def show_charts(page: Page) -> None:
    t = page.t
    look: dict[str, Any] = {
        "source": t("source.tables", n=len(page.tables["directives"])),
        "dark": page.dark, "lang": page.lang, "present": page.present,
    }  # fmt: skip
    unnamed = t("directive.no_province")
    left, middle, right = st.columns(3, gap="large")
    issued = charts.issued_frame(page.tables)
    with left:
        figure = charts.issued_figure(
            issued, title=t("overview.chart.issued", n=int(issued["n"].sum())), empty=t("overview.chart.issued_empty"),
            branch_names=labels(t, "branch"), unnamed=unnamed, **look,
        )  # fmt: skip
        alt = t(
            "overview.chart.issued_alt", n=int(issued["n"].sum()), provinces=issued["province"].nunique(),
            first=t.day(issued["day"].min()), last=t.day(issued["day"].max()),
        )  # fmt: skip
        show_chart(page, figure, issued, key="issued", alt=alt)
    groups = charts.groups_frame(page.tables, {code: entry["group"] for code, entry in measure_entries().items()})
    with middle:
        total = int(groups["n"].sum())
        tight = groups.loc[groups["stance"] == "tighten", "n"].sum() / max(total, 1)
        names = labels(t, "group", charts.GROUPS)
        figure = charts.groups_figure(
            groups, title=t("overview.chart.groups", percent=t.percent(tight)), empty=t("overview.chart.groups_empty"),
            group_names=names, stance_names=labels(t, "stance"), **look,
        )  # fmt: skip
        most = groups.groupby("group")["n"].sum().idxmax()
        alt = t("overview.chart.groups_alt", n=total, group=names[most])
        show_chart(page, figure, groups, key="groups", alt=alt, pick=lambda cell: {"cell": cell, "directive": None})
    undated = charts.undated_frame(page.tables)
    title = t("overview.chart.undated", n=len(undated)) if len(undated) else t("overview.chart.undated_none")
    with right:
        bounds = {row.directive_id: t.span(row.date_earliest, row.date_latest) for row in undated.itertuples()}
        figure = charts.undated_figure(
            undated, title=title, empty=t("overview.chart.undated_empty"),
            unnamed=unnamed, bounds=bounds, estimate=t("overview.chart.estimate"), **look,
        )  # fmt: skip
        show_chart(
            page, figure, undated, key="undated", alt=title,
            note=t("overview.chart.undated_note") if len(undated) else "",
        )  # fmt: skip


def show_next(page: Page) -> None:
    st.markdown(f"### {page.t('overview.next.title')}")
    for slug in ("timeline", "comparison", "network", "reader", "import", "methods"):
        page.link(slug, page.t(f"overview.next.{slug}"), icon=":material/arrow_forward:")
