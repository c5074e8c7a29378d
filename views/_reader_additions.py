"""A fact that a reader makes of words selected in the document: its kind, its particulars, its reason."""

from __future__ import annotations

from typing import Any

import streamlit as st

from loaders.tables import DAY, FLOAT, SPECS
from views._corrected import field_name, value_words
from views._shared import Page, measure_entries, plain

# What is asked for each kind of fact; everything else follows from the words selected.
ASKED = {
    "measures": ("code", "stance", "binding"),
    "tasks": ("actor_id", "role"),
    "dates": ("kind", "date", "time"),
    "figures": ("kind", "value", "unit", "what"),
    "citations": ("doc_type", "number", "date", "issuer", "relation"),
}


def read_addition(
    page: Page, directive_id: str, text: str, span: tuple[int, int]
) -> tuple[str, dict[str, Any], str] | None:
    """The form; when it is sent: table, row and reason."""
    t = page.t
    words = text[slice(*span)]
    st.markdown(f"**{plain(t('corrections.add', words=' '.join(words.split())[:160]))}**")
    table = st.segmented_control(
        t("corrections.add_kind"), list(ASKED), default="measures", key=page.key("add-kind"),
        format_func=lambda name: t(f"corrections.kind_{name}"),
    )  # fmt: skip
    if table is None:
        return None
    with st.form(page.key(f"add-form-{table}"), border=False):
        given = {field: _asked(page, table, field) for field in ASKED[table]}
        reason = st.text_input(t("corrections.reason"), key=page.key(f"add-reason-{table}"))
        sent = st.form_submit_button(t("corrections.add_save"), icon=":material/add:", type="primary")
    return (table, _row(page, table, directive_id, text, span, given), reason) if sent else None


def _asked(page: Page, table: str, field: str) -> str:
    t, spec, key = page.t, SPECS[table], page.key(f"add-{table}-{field}")
    if field == "code":
        names = {code: t.name("measure", code) for code in measure_entries()}
    elif field == "actor_id":
        names = dict(zip(page.all_tables["actors"]["actor_id"], page.all_tables["actors"]["name"], strict=True))
    else:
        names = {code: value_words(t, table, field, code) for code in spec.vocabulary.get(field, ())}
    if names:
        choices = [*names] if field in spec.required else ["", *names]
        return str(
            st.selectbox(
                field_name(t, field), choices, key=key,
                format_func=lambda code: plain(names[code]) if code else t("corrections.empty"),
            )
        )  # fmt: skip
    hint = t("corrections.value_hint_date") if spec.columns[field] == DAY else None
    return str(st.text_input(field_name(t, field), key=key, placeholder=hint)).strip()


def _row(
    page: Page, table: str, directive_id: str, text: str, span: tuple[int, int], given: dict[str, str]
) -> dict[str, Any]:
    """A whole row: what was asked, the words, and the provision that holds their first character."""
    tree = page.all_tables["provisions"]
    tree = tree[(tree["directive_id"] == directive_id) & (tree["char_start"] <= span[0]) & (tree["char_end"] > span[0])]
    held = tree.sort_values("depth")
    words = text[slice(*span)]
    known: dict[str, Any] = {
        "directive_id": directive_id, "quote": words, "char_start": span[0], "char_end": span[1],
        "provision_id": held["provision_id"].iloc[-1] if len(held) else "",
        "provision_label": held["label"].iloc[0] if len(held) else "",
        "measure_id": f"{directive_id}#m{span[0]}-{span[1]}-{given.get('code')}-{given.get('stance')}-added",
        "rule_id": "reader", "confidence": "high", "actor": " ".join(words.split()),
        "date_basis": "stated" if given.get("date") else "",
    }  # fmt: skip
    row = {column: known.get(column, given.get(column, "")) for column in SPECS[table].columns}
    return {
        column: _number(value) if SPECS[table].columns[column] == FLOAT else value
        for column, value in row.items()
    }  # fmt: skip


def _number(text: str) -> Any:
    """The number that was typed, with either comma; as typed where it is none, so that the refusal can name it."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return text
