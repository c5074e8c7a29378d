"""Corrections where the words are read: mend a field, reject a fact, verify; each write asks the store's gate."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from loaders.corrections import CorrectionError, machine_keys, parse_cell, parse_row
from loaders.store import CORRECTABLE, STATES, Conflict, NotAnEditor, Store, StoreError, as_text, row_key
from loaders.tables import DAY, SPECS
from loaders.vocabulary import read_vocabulary
from views._corrected import field_name, value_words
from views._reader_additions import read_addition
from views._reader_document import Reading
from views._reader_history import show_history
from views._shared import Page, directive_name, find_fact, measure_entries, plain
from views._signin import author, may_write
from views._store import open_store, rebuild, verified

Write = Callable[[], Any]
_FIELD_OF = {"province": "province_code"}  # evidence that speaks of a column of another name


def show_corrections(page: Page, facts: Mapping[str, pd.DataFrame], reading: Reading) -> None:
    """The panel under a document: verification, the chosen fact, the document's fields, additions, history."""
    t, store = page.t, open_store()
    directive = facts["directives"].iloc[0]
    _say_outcome()
    _offer_addition(page, reading)
    opened = bool(page.state.extra["correct"])
    with st.expander(t("corrections.title"), opened, icon=":material/edit_note:", key=page.key("corrections")):
        st.caption(t("corrections.lead"))
        _verification(page, store, directive["directive_id"])
        chosen = _chosen(facts, page.state.fact)
        if not may_write():
            st.caption(t("corrections.not_editor"))
        names = ["fact", "directive", "add", "history"] if may_write() else ["history"]
        labels = [t(f"corrections.tab_{name}") for name in names]
        wanted = "add" if selected(page, reading) else "fact" if chosen and chosen[0] != "directives" else "directive"
        start = wanted if wanted in names else "history"
        tabs = st.tabs(labels, default=labels[names.index(start)], key=page.key(f"correct-{start}"))
        for name, place in zip(names, tabs, strict=True):
            with place:
                _tab(page, name, store, facts, reading, chosen)


def _tab(
    page: Page, name: str, store: Store, facts: Mapping[str, pd.DataFrame], reading: Reading,
    chosen: tuple[str, pd.Series, str] | None,
) -> None:  # fmt: skip
    t, directive = page.t, facts["directives"].iloc[0]
    if name == "history":
        show_history(page, store, directive["directive_id"], lambda action: write(page, action))
    elif name == "fact":
        if chosen is None or chosen[0] == "directives":
            st.caption(t("corrections.choose_fact"))
            return
        title = next((item["title"] for item in reading.facts if item["id"] == page.state.fact), "")
        st.markdown(f"**{plain(t('corrections.of_fact', name=title))}**")
        _form(page, store, chosen[0], chosen[1], "fact", chosen[2])
    elif name == "directive":
        st.markdown(f"**{plain(t('corrections.of_directive'))}**")
        _form(page, store, "directives", directive, "directive", chosen[2] if chosen else "")
    else:
        _addition(page, store, directive["directive_id"], reading)


def _chosen(facts: Mapping[str, pd.DataFrame], wanted: str) -> tuple[str, pd.Series, str] | None:
    """Table, row and field of the chosen fact; a header field is a column of ``directives``."""
    found = find_fact(facts, wanted) if wanted else None
    if found is None or found[0] in CORRECTABLE:
        return (*found, "") if found else None
    row = found[1]
    if row["field"] in ("addressee", "copy"):
        rows = facts["recipients"]
        rows = rows[(rows["kind"] == row["field"]) & (rows["position"] == row["position"])]
        return ("recipients", rows.iloc[0], "") if len(rows) else None
    field = _FIELD_OF.get(row["field"], row["field"])
    return "directives", facts["directives"].iloc[0], field if field in CORRECTABLE["directives"] else ""


def _form(page: Page, store: Store, table: str, row: pd.Series, key: str, wanted: str) -> None:
    """A field, its right value and the reason."""
    t, fields = page.t, CORRECTABLE[table]
    where = page.key(f"{key}-{abs(hash((table, row_key(table, row))))}")  # another fact, another form
    field = st.selectbox(
        t("corrections.field"), fields, key=f"{where}-{wanted}-field", format_func=lambda name: field_name(t, name),
        index=fields.index(wanted) if wanted in fields else 0,
    )  # fmt: skip
    seen = as_text(row[field])
    st.caption(plain(t("corrections.now", value=value_words(t, table, field, seen))))
    with st.form(f"{where}-form", border=False):
        value = _editor(page, table, field, seen, f"{where}-value-{field}")
        reason = st.text_input(t("corrections.reason"), key=f"{where}-reason")
        with st.container(horizontal=True):
            save = st.form_submit_button(t("corrections.save"), type="primary", icon=":material/save:")
            reject = table != "directives" and st.form_submit_button(
                t("corrections.reject"), icon=":material/block:", key=f"{where}-reject"
            )
    place = machine_keys(store.standing()).get((table, row_key(table, row)), row_key(table, row))
    if save:
        write(page, lambda: _correct(store, table, place, field, seen, value.strip(), reason))
    if reject:
        write(page, lambda: store.reject(author(), table, place, reason))


def _editor(page: Page, table: str, field: str, seen: str, key: str) -> str:
    """A closed vocabulary is chosen, anything else is typed."""
    t = page.t
    options = _options(page, table, field)
    if options:
        choices = list(options) if field in SPECS[table].required else ["", *options]
        if seen and seen not in choices:
            choices.append(seen)
        return str(
            st.selectbox(
                t("corrections.value"), choices, index=choices.index(seen), key=key,
                format_func=lambda code: plain(options.get(code, code)) if code else t("corrections.empty"),
            )
        )  # fmt: skip
    hint = t("corrections.value_hint_date") if SPECS[table].columns[field] == DAY else None
    return str(st.text_input(t("corrections.value"), value=seen, help=hint, placeholder=hint, key=key))


def _options(page: Page, table: str, field: str) -> dict[str, str]:
    """Words that a field may hold, with their names; none where it is free."""
    held = page.all_tables
    if field == "code":
        return {code: page.t.name("measure", code) for code in measure_entries()}
    if field == "province_code":
        return {entry["code"]: entry["name"] for entry in read_vocabulary("provinces")}
    if field == "actor_id":
        return dict(zip(held["actors"]["actor_id"], held["actors"]["name"], strict=True))
    if field == "cited_directive_id":
        rows = held["directives"].to_dict("records")
        return {row["directive_id"]: f"{directive_name(page.t, row)} · {row['province']}" for row in rows}
    return {code: value_words(page.t, table, field, code) for code in SPECS[table].vocabulary.get(field, ())}


def _correct(store: Store, table: str, key: str, field: str, seen: str, value: str, reason: str) -> None:
    parse_cell(table, field, value)
    store.correct(author(), table, key, field, expected=seen, value=value, reason=reason)


def write(page: Page, action: Write) -> None:
    """Run one write; say what came of it, and build anew when it stands."""
    t = page.t
    try:
        said = action()
    except NotAnEditor:
        outcome = ("error", t("corrections.not_editor"))
    except Conflict as conflict:
        words = t("corrections.conflict", author=conflict.author, theirs=conflict.theirs, yours=conflict.yours)
        outcome = ("warning", words)
    except (StoreError, CorrectionError) as error:
        outcome = ("error", t("corrections.refused", why=str(error)))
    else:
        rebuild(t)
        outcome = said if isinstance(said, tuple) else ("success", t("corrections.saved"))
    st.session_state["correction-outcome"] = outcome
    page.go(correct=True)


def _say_outcome() -> None:
    kind, said = st.session_state.pop("correction-outcome", ("", ""))
    if said:
        {"success": st.success, "warning": st.warning, "error": st.error}[kind](plain(said))


def _verification(page: Page, store: Store, directive_id: str) -> None:
    t = page.t
    state, who, at = verified().get(directive_id, ("unread", "", None))
    key = page.key("verification")
    st.session_state[key] = state
    st.segmented_control(
        t("corrections.state"), STATES, format_func=lambda name: t(f"corrections.state_{name}"), key=key,
        disabled=not may_write(), on_change=lambda: _verify(page, store, directive_id, st.session_state[key] or state),
    )  # fmt: skip
    if who:
        st.caption(plain(t("corrections.state_by", state=t(f"corrections.state_{state}"), author=who, day=t.day(at))))


def _verify(page: Page, store: Store, directive_id: str, state: str) -> None:
    """In a callback: nothing depends on the state but what is drawn next, so nothing is built."""
    try:
        store.verify(author(), directive_id, state)
    except NotAnEditor:
        st.session_state["correction-outcome"] = ("error", page.t("corrections.not_editor"))
    page.update(correct=True)


def selected(page: Page, reading: Reading) -> tuple[int, int] | None:
    """The words selected in this document, as offsets into its text."""
    directive, start, end = st.session_state.get(page.key("selected")) or ("", 0, 0)
    here = directive == (page.state.directive or directive) and 0 <= start < end <= len(reading.text)
    return (start, end) if here else None


def _offer_addition(page: Page, reading: Reading) -> None:
    """Under the document: what was selected in it, and the way to make a fact of it."""
    span = selected(page, reading)
    if span and may_write():
        words = " ".join(reading.text[slice(*span)].split())[:80]
        st.button(
            plain(page.t("corrections.add_offer", words=words)), key=page.key("add-offer"), icon=":material/add:",
            on_click=page.update, kwargs={"correct": True},
        )  # fmt: skip


def _addition(page: Page, store: Store, directive_id: str, reading: Reading) -> None:
    span = selected(page, reading)
    if span is None:
        st.caption(page.t("corrections.add_hint"))
        return
    found = read_addition(page, directive_id, reading.text, span)
    if found is not None:
        table, value, reason = found
        st.session_state.pop(page.key("selected"), None)
        write(page, lambda: _add(store, table, value, reason))


def _add(store: Store, table: str, row: dict[str, Any], reason: str) -> None:
    parse_row(table, row)
    store.correct(
        author(), table, row_key(table, row), "", expected="", value=json.dumps(row, ensure_ascii=False), reason=reason,
        action="add",
    )  # fmt: skip
