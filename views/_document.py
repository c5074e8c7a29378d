"""The document itself: text nodes with marks, made in the browser by a small component of our own.

Nothing in a document can act as markup: its words are only ever set as ``textContent``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

ASSETS = Path(__file__).resolve().parent / "document"
KINDS = ("header", "recipient", "citation", "task", "date", "figure", "measure")


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    """Registered once a process; the assets are our own files."""
    read = {name: (ASSETS / f"document.{name}").read_text(encoding="utf-8") for name in ("css", "js")}
    return st.components.v2.component(
        "atlas_document", html='<div class="doc" role="document"></div>', css="/* document */\n" + read["css"],
        js="// document\n" + read["js"],
    )  # fmt: skip


def show_document(
    key: str,
    *,
    text: str,
    facts: Sequence[Mapping[str, Any]],
    active: str,
    shown: Sequence[str],
    lang: str,
    label: str,
    doubtful: Sequence[Sequence[int]] = (),
    on_pick: Callable[[], None],
    on_step: Callable[[], None],
    on_select: Callable[[], None],
) -> None:
    """Mount the document.

    Parameters
    ----------
    facts
        ``{"id", "kind", "start", "end", "tip"}``: offsets into ``text``; ``kind`` one of :data:`KINDS`.
    active
        Id of the fact that is lit and scrolled to.
    shown
        Kinds whose marks are visible.
    doubtful
        Spans of words that were read with low confidence.
    on_pick, on_step, on_select
        Called when a mark is clicked (``st.session_state[key].picked`` is its id), when ``[`` or ``]`` is pressed
        (``.stepped`` is ``previous`` or ``next``), and when words are selected (``.selected`` is ``[start, end]``).
    """
    _component()(
        key=key,
        data={
            "text": text, "facts": list(facts), "active": active, "shown": list(shown), "lang": lang, "label": label,
            "doubtful": [list(span) for span in doubtful],
        },
        on_picked_change=on_pick,
        on_stepped_change=on_step,
        on_selected_change=on_select,
    )  # fmt: skip
