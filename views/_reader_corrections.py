"""Corrections where the words are read: mend a field, reject or add a fact, verify, undo; each write asks the store's gate."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from loaders.corrections import CorrectionError, machine_keys, parse_cell, read_csv, write_csv
from loaders.store import STATES, Conflict, Correction, NotAnEditor, Store, StoreError, as_text, row_key
from loaders.tables import DAY, SPECS
from views._reader_document import Reading
from views._shared import CODES, Page, find_fact, measure_entries, plain
from views._signin import author
from views._store import open_store, rebuild

FIELDS = {
    "directives": (
        "issue_date", "number", "doc_type", "issuer", "issuer_branch", "on_behalf_of", "subject", "urgency", "province",
        "province_code", "signatory_name", "signatory_title", "signing_authority",
    ),
    "measures": ("code", "stance", "binding", "scope", "level", "tier", "target"),
    "tasks": ("actor", "role", "actor_id"),
    "citations": ("number", "doc_type", "date", "issuer", "relation"),
    "dates": ("date", "time", "kind"),
    "figures": ("value", "unit", "kind", "what"),
}  # fmt: skip


def show_corrections(page: Page, facts: Mapping[str, pd.DataFrame], reading: Reading) -> None:
    """The panel under a document: verification, the chosen fact, the document's fields, what stands and what was."""
    t, store = page.t, open_store()
    directive = facts["directives"].iloc[0]
    with st.expander(t("corrections.title"), icon=":material/edit_note:", key=page.key("corrections")):
        st.caption(t("corrections.lead"))
        _say_outcome()
        _verification(page, store, directive["directive_id"])
        found = find_fact(facts, page.state.fact) if page.state.fact else None
        if found and found[0] in FIELDS:
            name = next((item["title"] for item in reading.facts if item["id"] == page.state.fact), "")
            st.markdown(f"**{plain(t('corrections.of_fact', name=name))}**")
            _form(page, store, found[0], found[1], "fact", may_reject=True)
        st.markdown(f"**{t('corrections.of_directive')}**")
        _form(page, store, "directives", directive, "directive", may_reject=False)
        _addition(page, store, directive["directive_id"], reading)
        _log(page, store, directive["directive_id"])


def _form(page: Page, store: Store, table: str, row: pd.Series, key: str, *, may_reject: bool) -> None:
    """A field, its right value and the reason."""
    t = page.t
    field = st.selectbox(
        t("corrections.field"), FIELDS[table], key=page.key(f"{key}-field"),
        format_func=lambda name: t(f"column.{name}") if t.has(f"column.{name}") else name,
    )  # fmt: skip
    seen = as_text(row[field]) if row[field] is not pd.NaT else ""
    st.caption(plain(t("corrections.now", value=seen or t("corrections.empty"))))
    with st.form(page.key(f"{key}-form"), border=False):
        value = _editor(page, table, field, seen, key)
        reason = st.text_input(t("corrections.reason"), key=page.key(f"{key}-reason"))
        with st.container(horizontal=True):
            save = st.form_submit_button(t("corrections.save"), type="primary", icon=":material/save:")
            reject = may_reject and st.form_submit_button(t("corrections.reject"), icon=":material/block:")
    place = _machine_key(store, table, row)
    if save:
        _write(page, lambda: _correct(store, table, place, field, seen, value.strip(), reason))
    if reject:
        _write(
            page,
            lambda: store.correct(author(), table, place, "", expected="", value="", reason=reason, action="reject"),
        )


def _editor(page: Page, table: str, field: str, seen: str, key: str) -> str:
    """A closed vocabulary is chosen, anything else is typed."""
    t = page.t
    options = SPECS[table].vocabulary.get(field) or (tuple(measure_entries()) if field == "code" else ())
    widget = page.key(f"{key}-value-{field}")
    if options:
        kind = {
            "code": "measure",
            "issuer_branch": "branch",
            "kind": "date_kind" if table == "dates" else "figure_kind",
        }
        choices = list(options) if field in SPECS[table].required else ["", *options]
        at = choices.index(seen) if seen in choices else 0
        return str(
            st.selectbox(
                t("corrections.value"), choices, index=at, key=widget,
                format_func=lambda code: t.name(kind.get(field, field), code) if code else t("corrections.empty"),
            )
        )  # fmt: skip
    hint = t("corrections.value_hint_date") if SPECS[table].columns[field] == DAY else None
    return str(st.text_input(t("corrections.value"), value=seen, help=hint, placeholder=hint, key=widget))


def _machine_key(store: Store, table: str, row: pd.Series) -> str:
    key = row_key(table, row)
    return machine_keys(store.standing()).get((table, key), key)


def _correct(store: Store, table: str, key: str, field: str, seen: str, value: str, reason: str) -> None:
    parse_cell(table, field, value)
    store.correct(author(), table, key, field, expected=seen, value=value, reason=reason)


def _write(page: Page, action: Callable[[], Any]) -> None:
    """Run one write; say what came of it, and build anew when it stands."""
    t = page.t
    try:
        action()
    except NotAnEditor:
        outcome = ("error", t("corrections.not_editor"))
    except Conflict as conflict:
        said = t("corrections.conflict", author=conflict.author, theirs=conflict.theirs, yours=conflict.yours)
        outcome = ("warning", said)
    except (StoreError, CorrectionError) as error:
        outcome = ("error", t("corrections.refused", why=str(error)))
    else:
        rebuild(t)
        outcome = ("success", t("corrections.saved"))
    st.session_state["correction-outcome"] = outcome
    st.rerun()


def _say_outcome() -> None:
    kind, said = st.session_state.pop("correction-outcome", ("", ""))
    if said:
        {"success": st.success, "warning": st.warning, "error": st.error}[kind](plain(said))


def _verification(page: Page, store: Store, directive_id: str) -> None:
    t = page.t
    state, who, at = store.verified().get(directive_id, ("unread", "", None))
    key = page.key("verification")
    st.session_state[key] = state
    st.segmented_control(
        t("corrections.state"), STATES, format_func=lambda name: t(f"corrections.state_{name}"), key=key,
        on_change=lambda: _verify(page, store, directive_id, st.session_state[key] or state),
    )  # fmt: skip
    if who:
        st.caption(plain(t("corrections.state_by", state=t(f"corrections.state_{state}"), author=who, day=t.day(at))))


def _verify(page: Page, store: Store, directive_id: str, state: str) -> None:
    """In a callback: nothing depends on the state but what is drawn next, so nothing is built."""
    try:
        store.verify(author(), directive_id, state)
    except NotAnEditor:
        st.session_state["correction-outcome"] = ("error", page.t("corrections.not_editor"))


def _addition(page: Page, store: Store, directive_id: str, reading: Reading) -> None:
    """A fact made of the words that were selected in the document."""
    t = page.t
    span = st.session_state.get(page.key("selected"))
    if not span or span[1] > len(reading.text):
        st.caption(t("corrections.add_hint"))
        return
    words = reading.text[span[0] : span[1]]
    st.markdown(f"**{plain(t('corrections.add', words=' '.join(words.split())[:120]))}**")
    with st.form(page.key("add-form"), border=False):
        code = st.selectbox(
            t("corrections.add_code"), list(measure_entries()), format_func=lambda item: t.name("measure", item),
            key=page.key("add-code"),
        )  # fmt: skip
        stance = st.selectbox(
            t("corrections.add_stance"), CODES["stance"], format_func=lambda item: t.name("stance", item),
            key=page.key("add-stance"),
        )  # fmt: skip
        reason = st.text_input(t("corrections.reason"), key=page.key("add-reason"))
        sent = st.form_submit_button(t("corrections.add_save"), icon=":material/add:")
    if sent:
        row = _measure(page, directive_id, span, words, code, stance)
        key = row_key("measures", row)
        value = json.dumps(row, ensure_ascii=False)
        st.session_state.pop(page.key("selected"), None)
        _write(
            page,
            lambda: store.correct(author(), "measures", key, "", expected="", value=value, reason=reason, action="add"),
        )


def _measure(page: Page, directive_id: str, span: list[int], words: str, code: str, stance: str) -> dict[str, Any]:
    """Row of ``measures`` that a reader adds; the provision is the one that holds its first character."""
    tree = page.all_tables["provisions"]
    tree = tree[(tree["directive_id"] == directive_id) & (tree["char_start"] <= span[0]) & (tree["char_end"] > span[0])]
    held = tree.sort_values("depth")
    return {
        "measure_id": f"{directive_id}#m{span[0]}-{span[1]}-{code}-{stance}-added",
        "directive_id": directive_id,
        "provision_id": held["provision_id"].iloc[-1] if len(held) else "",
        "provision_label": held["label"].iloc[0] if len(held) else "",
        "code": code, "stance": stance, "binding": "mandatory", "scope": "", "level": None, "tier": "", "target": "",
        "quote": words, "char_start": span[0], "char_end": span[1], "rule_id": "reader", "confidence": "high",
    }  # fmt: skip


def _of(item: Correction, directive_id: str) -> bool:
    """Whether a correction speaks of a directive: its id is the first part of the key, up to a measure's own part."""
    return str(json.loads(item.key)[0]).split("#")[0] == directive_id


def _log(page: Page, store: Store, directive_id: str) -> None:
    t = page.t
    history = [item for item in store.history() if _of(item, directive_id)]
    live = {item.id for item in store.standing()}
    if history:
        st.markdown(f"**{t('corrections.history', n=len(history))}**")
    for item in reversed(history):
        with st.container(horizontal=True, vertical_alignment="center", key=page.key(f"log-{item.id}")):
            said = plain(_line(page, item))
            who = plain(t("corrections.by", author=item.author, day=t.day(item.at), reason=item.reason))
            st.markdown(f"{'**' + said + '**' if item.id in live else said}  \n:small[{who}]")
            if item.id in live:
                st.button(
                    t("corrections.undo"), key=page.key(f"undo-{item.id}"), icon=":material/undo:", type="tertiary",
                    on_click=lambda number=item.id: st.session_state.update({"correction-undo": number}),
                )  # fmt: skip
    wanted = st.session_state.pop("correction-undo", None)
    if wanted is not None:
        _write(page, lambda: store.undo(author(), wanted, ""))
    _exchange(page, store)


def _line(page: Page, item: Correction) -> str:
    t = page.t
    if item.action == "undo":
        return t("corrections.line_undo", n=item.undoes or 0)
    if item.action == "reject":
        return t("corrections.line_reject", key=item.key)
    if item.action == "add":
        return t("corrections.line_add", value=json.loads(item.value).get("quote", item.value))
    name = t(f"column.{item.field}") if t.has(f"column.{item.field}") else item.field
    return t("corrections.line", field=name, expected=item.expected or "–", value=item.value or "–")


def _exchange(page: Page, store: Store) -> None:
    """All corrections as CSV, out and in."""
    t = page.t
    st.download_button(
        t("corrections.csv"), data=lambda: write_csv(store.standing()).encode("utf-8"), file_name="corrections.csv",
        on_click="ignore", key=page.key("corrections-csv"), icon=":material/download:",
    )  # fmt: skip
    given = st.file_uploader(t("corrections.csv_in"), type="csv", key=page.key("corrections-in"))
    if given is not None and st.session_state.get("corrections-taken") != given.file_id:
        st.session_state["corrections-taken"] = given.file_id
        _write(page, lambda: _take(store, read_csv(given.getvalue().decode("utf-8-sig"))))


def _take(store: Store, found: list[Correction]) -> None:
    """Write each; those that already stand are passed over, and the first that is refused is said."""
    held = {(item.table, item.key, item.field): item.value for item in store.standing()}
    for item in found:
        if held.get((item.table, item.key, item.field)) != item.value:
            store.correct(
                author(), item.table, item.key, item.field, expected=item.expected, value=item.value,
                reason=item.reason, action=item.action,
            )  # fmt: skip
