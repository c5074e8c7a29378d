"""What was corrected, shown wherever the fact is: the value that stands, and beside it what the machine had read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from loaders.corrections import CorrectionError, corrected_fields, parse_cell
from loaders.store import Correction, as_text, row_key
from loaders.store_schema import database_url
from loaders.tables import DAY, SPECS
from views._page import Page
from views._store import open_store, verified
from views._text import Translator, plain

MARK = "✎"
_KINDS = {"code": "measure", "issuer_branch": "branch"}
_COLOURS: dict[str, Any] = {"unread": "gray", "checked": "green", "disputed": "orange"}
_ICONS = {"unread": ":material/visibility_off:", "checked": ":material/check:", "disputed": ":material/question_mark:"}


@st.cache_resource(max_entries=4, show_spinner=False)
def _corrected(url: str, version: str) -> Mapping[tuple[str, str], Mapping[str, Correction]]:
    return corrected_fields(open_store().standing())


def corrections_of(table: str, row: Mapping[Any, Any]) -> dict[str, Correction]:
    """Corrections of a row that are in force, by field; ``""`` where a reader added the row."""
    if table not in SPECS or "_stamp" not in st.session_state or any(name not in row for name in SPECS[table].key):
        return {}
    held = _corrected(database_url(), st.session_state["_stamp"])
    if not held:
        return {}
    found = held.get((table, row_key(table, row)), {})
    return {field: item for field, item in found.items() if not field or _stands(table, row, item)}


def _stands(table: str, row: Mapping[Any, Any], item: Correction) -> bool:
    try:
        return as_text(parse_cell(table, item.field, item.value)) == as_text(row[item.field])
    except CorrectionError:
        return False


def corrections_version() -> str:
    """Changes when corrections do; empty where nothing is corrected. For the keys of caches."""
    stamp = st.session_state.get("_stamp", "")
    return stamp if stamp and _corrected(database_url(), stamp) else ""


def field_name(t: Translator, field: str) -> str:
    return t(f"column.{field}") if t.has(f"column.{field}") else field


def value_words(t: Translator, table: str, field: str, value: str) -> str:
    """A cell as corrections write it, in words."""
    if not value:
        return t("corrections.empty")
    if SPECS[table].columns.get(field) == DAY:
        try:
            return t.day(pd.Timestamp(value))
        except ValueError:
            return value
    kind = {"dates": "date_kind", "figures": "figure_kind"}.get(table, field) if field == "kind" else field
    return t.name(_KINDS.get(kind, kind), value)


def machine_words(t: Translator, table: str, row: Mapping[Any, Any], *fields: str) -> str:
    """``✎ the machine read: …`` for the fields that were corrected (all of them by default), else an empty string."""
    found = corrections_of(table, row)
    said = [] if fields else ([t("corrections.added_by", author=found[""].author)] if "" in found else [])
    for field in fields or [name for name in found if name]:
        if field in found:
            said.append(t("corrections.machine_read", value=value_words(t, table, field, found[field].expected)))
    return f"{MARK} {'; '.join(said)}" if said else ""


def verification_badge(page: Page, directive_id: str) -> None:
    """Checked or disputed, with who and when; an unread directive has no badge outside the reader."""
    t = page.t
    state, who, at = verified().get(directive_id, ("unread", "", None))
    if state == "unread":
        return
    said = t("corrections.state_by", state=t(f"corrections.state_{state}"), author=who, day=t.day(at))
    st.badge(plain(t(f"corrections.state_{state}")), color=_COLOURS[state], icon=_ICONS[state], help=plain(said))
