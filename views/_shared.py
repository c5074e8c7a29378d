"""The public API of the pages. A view imports streamlit, this module, the loaders' public API and one chart module.

A view is a script that :func:`st.navigation` runs; ``dashboard.py`` draws header and footer around it. It opens its
page, draws, and computes nothing: frames and figures come from its chart module. In short::

    import streamlit as st

    from charts import example as charts
    from views._shared import (
        choice, day, empty_state, filter_bar, flag, open_page, page_title, page_tools, plain, show_chart, show_evidence,
    )

    EXTRAS = (choice("rows", ("province", "month"), "province"), flag("ghosts"))      # own URL parameters, typed


    def main() -> None:
        page = open_page("example", EXTRAS)              # state checked, data open, dropped parameters said
        t = page.t
        page_title(page, t("example.title"), t("example.lead"))
        page_tools(page)                                 # copy link, presentation view
        filter_bar(page)                                 # window, provinces, branch, type, urgency, measure
        if page.tables["directives"].empty:
            empty_state(page, t("empty.filtered"), t("empty.filtered_hint"))
            return
        if not page.present:                             # a control whose state is in the URL: bind(name)
            st.segmented_control(
                t("example.rows"), ("province", "month"), format_func=lambda code: t(f"example.rows_{code}"),
                **page.bind("rows"),
            )
        frame = charts.example_frame(page.tables, rows=page.state.extra["rows"])
        figure = charts.example_figure(
            frame, title=t("example.figure", n=len(frame)), source=t("source.tables", n=len(frame)), dark=page.dark,
            lang=page.lang, present=page.present, names=labels(t, "stance"),
        )
        show_chart(page, figure, frame, key="main", alt=t("example.alt", n=len(frame)))   # a click: state.directive
        show_evidence(page)                              # the drawer of state.directive; nothing when none is chosen
        page.link("reader", t("evidence.read"), directive=page.state.directive)


    main()

State
    ``page.state`` (:class:`ViewState`) is decoded from the URL on every run and is the only truth. Change it by
    ``page.update(directive=…)`` in a callback or ``page.go(…)`` elsewhere; ``None`` is the default. URL names: ``lang v
    from to province branch type urgency measure on d p f a m q present`` for ``lang start end provinces branches types
    urgencies measures on directive provision(path) fact actor measure(one code) q present``, and declared extras.
    Cross-links: ``page.link("reader", label, directive=…, fact=fact_id("measures", row))``, ``page.address(…)``.
Data
    ``page.tables`` are the tables of the contract limited to the filters, ``page.all_tables`` are whole; both are
    shared by all sessions and never changed in place. ``page.atlas.facts(id)``, ``.text(id)``, ``.dataset_hash``.
    Costly work: ``@st.cache_data`` on ``(page.atlas.dataset_hash, page.state, …)`` with frames as ``_frames``.
Words
    ``t("page.key", n=3, day=some_date)`` from ``data/messages/<page>.yaml`` (leaves ``{vi: …, en: …}``; shared.yaml
    without prefix); ``t.name("urgency", code)`` for codes of the contract and measures (``doc_type branch urgency
    stance binding scope role relation date_kind figure_kind recipient_kind actor_kind level date_basis measure
    group``); ``t.day``, ``t.month``, ``t.number``, ``t.percent``, ``t.span(earliest, latest)``, ``t.list``. Words of
    documents: ``st.text``, or ``plain(words)`` wherever Streamlit reads markdown (labels, captions, badges); in figures
    ``charts.theme.escape``.
Figures
    Chart functions end with ``charts.theme.apply_theme(fig, title=, source=, dark=, lang=, height=, present=)`` and put
    an id first in ``customdata`` of every clickable mark. ``show_chart(…, pick="directive")`` writes the clicked id to
    that field or extra; ``pick=lambda id: {"measure": id, "directive": None}`` writes several.
    ``charts.theme.empty_figure(message)`` where there is nothing to draw.
Tests
    Fixture ``dashboard``: ``dashboard("timeline", lang="en")`` drives a page through ``dashboard.py`` with AppTest. In
    ``tests/browser``: ``server``, ``view`` (a browser page that fails on console errors and foreign requests), and
    ``screenshots`` (1440 and 390 pixels, vi and en, light and dark, presentation view).
"""

from __future__ import annotations

from collections.abc import Iterable

from views._corrected import corrections_version, machine_words, verification_badge
from views._evidence import date_reason, day_words, directive_name, emphasised, fact_id, find_fact, show_evidence
from views._figures import show_chart, show_downloads, show_table, window_words
from views._filters import count_words, filter_bar, find_names, measure_names, province_names
from views._page import Page, limit_tables, open_page
from views._select import WAVES, possible_days, select_directives
from views._shell import empty_state, page_title, page_tools, pages, shell
from views._state import (
    Param,
    ViewState,
    choice,
    day,
    decode,
    encode,
    flag,
    ident,
    idents,
    number,
    url,
    words,
)
from views._store import source_places, tables_dir, uploads_dir
from views._text import Translator, measure_entries, messages, plain, translator

CODES = {
    "stance": ("tighten", "maintain", "relax"),
    "branch": ("party", "government", "front", "other", ""),
    "urgency": ("none", "khan", "thuong_khan", "hoa_toc"),
    "binding": ("mandatory", "recommended"),
    "scope": ("general", "targeted"),
    "role": ("lead", "coordinate", "responsible"),
}


def labels(t: Translator, kind: str, codes: Iterable[str] = ()) -> dict[str, str]:
    """Code to name, for a chart function that needs the words of a whole vocabulary."""
    return {code: t.name(kind, code) for code in (codes or CODES[kind])}


__all__ = [
    "CODES",
    "WAVES",
    "Page",
    "Param",
    "Translator",
    "ViewState",
    "choice",
    "corrections_version",
    "count_words",
    "date_reason",
    "day",
    "day_words",
    "decode",
    "directive_name",
    "emphasised",
    "empty_state",
    "encode",
    "fact_id",
    "filter_bar",
    "find_fact",
    "find_names",
    "flag",
    "ident",
    "idents",
    "labels",
    "limit_tables",
    "machine_words",
    "measure_entries",
    "measure_names",
    "messages",
    "number",
    "open_page",
    "page_title",
    "page_tools",
    "pages",
    "plain",
    "possible_days",
    "province_names",
    "select_directives",
    "shell",
    "show_chart",
    "show_downloads",
    "show_evidence",
    "show_table",
    "source_places",
    "tables_dir",
    "translator",
    "uploads_dir",
    "url",
    "verification_badge",
    "window_words",
    "words",
]
