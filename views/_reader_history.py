"""What was corrected, by whom and why: of one document or of all; what waits for a decision; undo; CSV out and in."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import streamlit as st

from loaders.corrections import read_csv, take_corrections, write_csv
from loaders.store import Correction, Store
from views._corrected import field_name, value_words
from views._shared import Page, directive_name, plain
from views._signin import author, may_write

_SHOWN = 100
Writer = Callable[[Callable[[], Any]], None]


def show_history(page: Page, store: Store, directive_id: str, write: Writer) -> None:
    """The log, newest first, with an undo for each correction in force."""
    t, history = page.t, store.history()
    live = {item.id for item in store.standing()}
    _undecided(page, live)
    of_all = st.toggle(t("corrections.of_all"), key=page.key("history-all"))
    shown = [item for item in reversed(history) if of_all or _directive(item) == directive_id]
    st.caption(t("corrections.history", n=len(shown)))
    for item in shown[:_SHOWN]:
        with st.container(horizontal=True, vertical_alignment="center", key=page.key(f"log-{item.id}")):
            said = plain(_line(page, item, of_all))
            who = plain(t("corrections.by", author=item.author, day=t.day(item.at), reason=item.reason))
            st.markdown(f"{'**' + said + '**' if item.id in live else said}  \n:small[{who}]")
            undone = item.id in live and may_write()
            if undone and st.button(
                t("corrections.undo"), key=page.key(f"undo-{item.id}"), icon=":material/undo:", type="tertiary"
            ):
                write(lambda number=item.id: store.undo(author(), number, ""))  # type: ignore[misc]
    _exchange(page, store, write)


def _directive(item: Correction) -> str:
    """The directive a correction speaks of: the first part of its key, up to a measure's own part."""
    return str(json.loads(item.key)[0]).split("#")[0]


def _undecided(page: Page, live: set[int]) -> None:
    """Corrections that the guard held back, because what they correct is no longer there."""
    problems = page.all_tables["problems"]
    held = problems[(problems["stage"] == "corrections") & (problems["code"] == "not-applied")]
    if len(held):
        st.warning(page.t("corrections.undecided", n=len(held)), icon=":material/rule:")
        for message in held["message"]:
            st.markdown(f"- {plain(message)}")


def _line(page: Page, item: Correction, of_all: bool) -> str:
    t = page.t
    held = page.all_tables["directives"]
    row = held[held["directive_id"] == _directive(item)]
    where = f"{directive_name(t, row.iloc[0])}: " if of_all and len(row) else ""
    if item.action == "undo":
        return where + t("corrections.line_undo", n=item.undoes or 0)
    if item.action == "reject":
        kind = t(f"corrections.kind_{item.table}")
        return where + t("corrections.line_reject", name=f"{kind} {' · '.join(json.loads(item.key)[1:])}".strip())
    if item.action == "add":
        kind = t(f"corrections.kind_{item.table}")
        return where + t("corrections.line_add", value=f"{kind} “{json.loads(item.value).get('quote', '')}”")
    words = {name: value_words(t, item.table, item.field, getattr(item, name)) for name in ("expected", "value")}
    return where + t("corrections.line", field=field_name(t, item.field), **words)


def _exchange(page: Page, store: Store, write: Writer) -> None:
    """All corrections in force as CSV, out and in."""
    t = page.t
    st.download_button(
        t("corrections.csv"), data=lambda: write_csv(store.standing()).encode("utf-8"), file_name="corrections.csv",
        on_click="ignore", key=page.key("corrections-csv"), icon=":material/download:",
    )  # fmt: skip
    if not may_write():
        return
    given = st.file_uploader(t("corrections.csv_in"), type="csv", key=page.key("corrections-in"))
    if given is not None and st.session_state.get("corrections-taken") != given.file_id:
        st.session_state["corrections-taken"] = given.file_id
        content = given.getvalue()
        write(lambda: _take(page, store, content))


def _take(page: Page, store: Store, content: bytes) -> tuple[str, str]:
    """Write each; what was refused is listed with its line and both values."""
    found = read_csv(content.decode("utf-8-sig", errors="replace"))
    standing, refused = take_corrections(store, author(), found)
    said = page.t("corrections.csv_taken", n=standing, refused=len(refused))
    listed = "; ".join(f"{item.id}: {why}" for item, why in refused[:20])
    return ("warning" if refused else "success", f"{said} {listed}".strip())
