"""The document itself: text nodes with marks, made in the browser by a small component of our own.

Nothing in a document can act as markup: its words are only ever set as ``textContent``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

ASSETS = Path(__file__).resolve().parent / "document"
_SENT = ("id", "kind", "start", "end", "title", "tip", "group", "said")
KINDS = ("header", "recipient", "citation", "task", "date", "figure", "measure")


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    """Registered once a process; the assets are our own files."""
    read = {name: (ASSETS / f"document.{name}").read_text(encoding="utf-8") for name in ("css", "js")}
    panes = (
        '<nav class="outline"></nav><div class="doc" role="document" tabindex="0"></div><aside class="facts"></aside>'
    )
    return st.components.v2.component(
        "atlas_document",
        html=f'<div class="layout">{panes}</div>',
        css="/* document */\n" + read["css"],
        js="// document\n" + read["js"],
    )


@dataclass(frozen=True)
class Reading:
    """What is shown of one copy.

    Attributes
    ----------
    version
        Changes whenever text, facts or language do: the browser draws anew only then.
    text
        The copy's text.
    facts
        ``{"id", "kind", "start", "end", "title", "tip", "quote", "group", "said"}`` in reading order: offsets into
        ``text``, ``kind`` one of :data:`KINDS`, ``said`` pairs of a name and a value.
    outline
        ``{"label", "words", "depth", "start"}`` a provision.
    active
        Id of the fact that is lit and scrolled to; ``at``: without one, the character that is scrolled to, or -1.
    shown
        Kinds whose marks are visible.
    doubtful
        Spans of words that were read with low confidence.
    pages
        First character of each page and what is written there.
    words
        Names of the panes (``outline``, ``document``, ``facts``) and what is said of a doubtful word (``doubtful``).
    """

    version: str
    text: str
    facts: Sequence[Mapping[str, Any]]
    outline: Sequence[Mapping[str, Any]]
    words: Mapping[str, str]
    active: str = ""
    at: int = -1
    shown: Sequence[str] = KINDS
    doubtful: Sequence[Sequence[int]] = ()
    pages: Sequence[Sequence[Any]] = ()


def show_document(
    key: str,
    reading: Reading,
    *,
    on_pick: Callable[[], None],
    on_step: Callable[[], None],
    on_select: Callable[[], None],
) -> None:
    """Mount the document.

    Parameters
    ----------
    on_pick, on_step, on_select
        Called when a mark or a fact is clicked (``st.session_state[key].picked`` is its id), when ``[`` or ``]`` is
        pressed (``.stepped`` is ``previous`` or ``next``), and when words are selected (``.selected`` is their
        ``[start, end]``).
    """
    data = {item.name: getattr(reading, item.name) for item in fields(reading)}
    data["facts"] = [
        {name: fact[name] for name in _SENT} for fact in reading.facts
    ]  # the browser cuts the quotes itself
    _component()(key=key, data=data, on_picked_change=on_pick, on_stepped_change=on_step, on_selected_change=on_select)
