"""``/methods``: codebook, score with a worked example, dating, accuracy, limits, how to cite, licences, glossary."""

from __future__ import annotations

import streamlit as st

from charts import methods as charts
from views._methods import accuracy, codebook, glossary, provinces_with_score, worked_example
from views._methods_corrected import show_corrected
from views._shared import (
    Page,
    choice,
    ident,
    open_page,
    page_title,
    page_tools,
    plain,
    province_names,
    show_chart,
    show_downloads,
    show_evidence,
    show_table,
)

PARTS = ("codebook", "score", "dating", "accuracy", "limits", "cite", "glossary")
EXTRAS = (choice("part", PARTS, "codebook"), ident("example"))


def _codebook(page: Page) -> None:
    t, frame = page.t, codebook(page.t)
    st.markdown(t("methods.codebook_text", n=len(frame)))
    columns = {name: t(f"methods.column.{name}") for name in frame.columns}
    show_table(page, frame, key="codebook", alt=t("methods.codebook"), columns=columns, height=680)
    show_downloads(page, frame, key="codebook-files", title=t("methods.codebook"))
    st.markdown(t("methods.fields_text"))


def _score(page: Page) -> None:
    t, names = page.t, province_names(page)
    st.markdown(t("methods.score_text"))
    st.latex(r"I = 100 \cdot \frac{v - \tfrac{1}{2}\,(F - f)}{N}, \qquad I = 0 \;\; (v = 0)")
    st.markdown(t("methods.score_terms"))
    st.markdown(f"#### {t('methods.example')}")
    if not names:
        st.caption(t("methods.example_none"))
        return
    wanted = [page.state.extra["example"], *provinces_with_score(page), *names]
    code = next(item for item in wanted if item in names)
    if not page.present:
        bound = page.bind("example", read=lambda value: value if value in names else code)
        st.selectbox(t("filter.province"), list(names), format_func=names.__getitem__, width=320, **bound)
    frame, values = worked_example(page, code)
    if not values:
        st.info(t("methods.example_empty", province=plain(names[code])))
        return
    columns = {name: t(f"methods.column.{name}") for name in frame.columns if name != "directive_id"}
    show_table(page, frame.round({"score": 1}), key="example-table", alt=t("methods.example"), columns=columns)
    score = t.number(values["score"], 1)
    st.markdown(t("methods.example_sum", **{**values, "score": score, "province": plain(names[code])}))
    show_evidence(page)
    st.markdown(t("methods.score_rules"))


def _accuracy(page: Page) -> None:
    t, report = page.t, accuracy()
    st.markdown(t("methods.accuracy_text"))
    if not report:
        st.info(t("methods.accuracy_none"))
        return
    frame = charts.accuracy_frame(report)
    names = {name: t(f"methods.field.{name}") for name in frame["field"] if t.has(f"methods.field.{name}")}
    figure = charts.accuracy_figure(
        frame, title=t("methods.accuracy_title", n=report["records"]), source=t("methods.accuracy_source"),
        empty=t("methods.accuracy_none"), precision=t("methods.precision"), recall=t("methods.recall"), names=names,
        dark=page.dark, lang=page.lang, present=page.present,
    )  # fmt: skip
    alt = t("methods.accuracy_alt", low=t.number(frame["f1"].min(), 2), high=t.number(frame["f1"].max(), 2))
    columns = {name: t(f"methods.column.{name}") for name in frame.columns}
    show_chart(page, figure, frame, key="accuracy", alt=alt, pick=None, columns=columns)
    if "kappa_measure_presence" in report:
        st.markdown(t("methods.kappa", kappa=t.number(report["kappa_measure_presence"], 2)))


def _cite(page: Page) -> None:
    t = page.t
    st.markdown(t("methods.cite_text"))
    built = page.atlas.built_at
    words = t(
        "methods.cite_form", year=str(built.year), hash=page.atlas.dataset_hash, day=built.date(), view=page.address("")
    )
    st.code(words, language=None, wrap_lines=True)
    st.markdown(t("methods.licence_text"))


def _glossary(page: Page) -> None:
    for number, (term, meaning) in enumerate(glossary(page.t)):
        with st.container(horizontal=True, key=f"glossary-{number}", gap="medium"):
            st.markdown(f"**{plain(term)}**", width=300)
            st.markdown(plain(meaning), width="stretch")


def main() -> None:
    page = open_page("methods", EXTRAS)
    t, part = page.t, page.state.extra["part"]
    page_title(page, t("methods.title"), t("methods.lead"))
    page_tools(page)
    if not page.present:
        st.segmented_control(
            t("methods.part"), PARTS, format_func=lambda name: t(f"methods.{name}"), label_visibility="collapsed",
            **page.bind("part"),
        )  # fmt: skip
    st.markdown(f"### {t(f'methods.{part}')}")
    sections = {"codebook": _codebook, "score": _score, "accuracy": _accuracy, "cite": _cite, "glossary": _glossary}
    if part in sections:
        sections[part](page)
        if part == "accuracy":
            show_corrected(page)
    else:
        st.markdown(t(f"methods.{part}_text"))


main()
