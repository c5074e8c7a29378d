"""The filter bar: window with presets, provinces, branch, type, urgency, measure; the URL holds what it says."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from loaders.fold import fold, sort_key
from loaders.tables import BRANCHES, DOC_TYPES, URGENCIES
from views._page import Page
from views._select import WAVES, possible_days
from views._text import plain


def window_presets(page: Page) -> dict[str, tuple[date | None, date | None]]:
    """Preset name to window: the whole period, the waves by date, the last 30 days that the data reach."""
    days = possible_days(page.all_tables["directives"])
    latest = days["last"].fillna(days["first"]).max()
    presets: dict[str, tuple[date | None, date | None]] = {"whole": (None, None)}
    presets |= {name: (date.fromisoformat(start), date.fromisoformat(end)) for name, (start, end) in WAVES.items()}
    if latest == latest and latest is not None:
        presets["last30"] = ((latest - timedelta(days=29)).date(), latest.date())
    return presets


def province_names(page: Page) -> dict[str, str]:
    """Code to name of the provinces in the data, in Vietnamese order."""
    held = page.all_tables["directives"]
    pairs = {code: name for code, name in zip(held["province_code"], held["province"], strict=True) if code}
    return dict(sorted(pairs.items(), key=lambda item: sort_key(item[1])))


def measure_names(page: Page) -> dict[str, str]:
    """Code to name of the measures in the data, in the order of the language."""
    codes = sorted(page.all_tables["measures"]["code"].unique())
    return dict(sorted(((code, page.t.name("measure", code)) for code in codes), key=lambda item: sort_key(item[1])))


def find_names(names: dict[str, str], words: str) -> list[str]:
    """Codes whose name holds ``words``, marks and case aside; names with the exact marks first.

    >>> find_names({"VN-67": "Nam Định", "VN-HN": "Hà Nội"}, "ha noi")
    ['VN-HN']
    """
    wanted = fold(words.strip())
    hits = [code for code, name in names.items() if wanted in fold(name)]
    return sorted(hits, key=lambda code: words.strip().lower() not in names[code].lower())


def _many(page: Page, field: str, label: str, names: dict[str, str]) -> None:
    chosen = [code for code in getattr(page.state, field) if code not in names]
    st.multiselect(
        label,
        [*names, *chosen],
        format_func=lambda code: names.get(code, code),
        placeholder=page.t("filter.all"),
        **page.bind(field, read=list, write=lambda codes: tuple(sorted(codes))),
    )


def _window(page: Page) -> None:
    t, presets = page.t, window_presets(page)
    now = (page.state.start, page.state.end)
    current = next((name for name, window in presets.items() if window == now), None)
    key = page.key("preset")
    st.session_state[key] = current

    def preset() -> None:
        start, end = presets[st.session_state[key] or "whole"]
        page.update(start=start, end=end)

    st.segmented_control(
        t("filter.window"), list(presets), format_func=lambda name: t(f"window.{name}"), key=key, on_change=preset
    )
    for field, label, column in zip(("start", "end"), ("filter.from", "filter.to"), st.columns(2), strict=True):
        column.date_input(
            t(label),
            min_value=date(2000, 1, 1),
            max_value=date(2099, 12, 31),
            format="DD/MM/YYYY",
            **page.bind(field),
        )


def count_words(page: Page) -> str:
    """What is in force, as a line: how many directives of how many."""
    shown, held = len(page.tables["directives"]), len(page.all_tables["directives"])
    return page.t("filter.count", shown=shown, held=held)


def active_filters(page: Page) -> list[str]:
    """The filters that limit the page, each in words."""
    t, state = page.t, page.state
    provinces, measures = province_names(page), measure_names(page)
    found = [t.span(state.start, state.end)] if state.start or state.end else []
    found += [provinces.get(code, code) for code in state.provinces]
    found += [t.name("branch", code) for code in state.branches] + [t.name("doc_type", code) for code in state.types]
    found += [t.name("urgency", code) for code in state.urgencies]
    found += [t("filter.checked")] if state.checked else []
    return found + [measures.get(code, code) for code in state.measures]


def filter_bar(page: Page, *, measures: bool = True) -> None:
    """The filters of every page, folded under one line that says what is in force; nothing in presentation view."""
    t = page.t
    active = active_filters(page)
    if page.present:
        if active:
            st.caption(plain(" · ".join([count_words(page), *active])))
        return
    label = " · ".join([count_words(page), *active]) if active else f"{count_words(page)} · {t('filter.none')}"
    with st.expander(f"{t('filter.title')}: {plain(label)}", icon=":material/tune:", key=page.key("filters")):
        _window(page)
        left, right = st.columns(2)
        with left:
            _many(page, "provinces", t("filter.province"), province_names(page))
            _many(page, "types", t("filter.type"), {code: t.name("doc_type", code) for code in DOC_TYPES})
        with right:
            _many(page, "branches", t("filter.branch"), {code: t.name("branch", code) for code in BRANCHES})
            _many(page, "urgencies", t("filter.urgency"), {code: t.name("urgency", code) for code in URGENCIES})
        if measures:
            _many(page, "measures", t("filter.measure"), measure_names(page))
        st.toggle(t("filter.checked"), **page.bind("checked"))
        _finder(page)
        if active:
            st.button(t("filter.clear"), key=page.key("clear"), on_click=_clear, args=(page,), type="tertiary")


def _clear(page: Page) -> None:
    page.update(
        start=None, end=None, provinces=None, branches=None, types=None, urgencies=None, measures=None, checked=None
    )


def _finder(page: Page) -> None:
    """Adds a province or measure found without its marks ("ha noi"), which a select box does not do."""
    t, key = page.t, page.key("finder")
    places, codes = province_names(page), measure_names(page)

    def add() -> None:
        words = st.session_state[key].strip()
        found_places, found_codes = find_names(places, words), find_names(codes, words)
        if words and found_places:
            page.update(provinces=tuple(sorted({*page.state.provinces, *found_places})))
        elif words and found_codes:
            page.update(measures=tuple(sorted({*page.state.measures, *found_codes})))
        st.session_state[key] = ""
        st.session_state[f"{key}-missed"] = "" if not words or found_places or found_codes else words

    st.text_input(t("filter.find"), key=key, on_change=add, placeholder=t("filter.find_hint"))
    missed = st.session_state.get(f"{key}-missed")
    if missed:
        st.caption(t("filter.not_found", words=plain(missed)))
