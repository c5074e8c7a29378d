"""A page while it is drawn: its state, words and tables. Documents are never parsed in a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from loaders.build import MANIFEST
from loaders.queries import Atlas
from views._select import select_directives
from views._state import CORE, LANGS, Param, ViewState, decode, encode, url
from views._store import checked_ids, freshen, tables_dir
from views._text import Translator, translator


@st.cache_resource(max_entries=2, show_spinner=False)
def _open(directory: Path, stamp: int) -> tuple[Atlas, Mapping[str, pd.DataFrame]]:
    atlas = Atlas(directory)
    return atlas, atlas.tables()


def open_atlas(t: Translator) -> tuple[Atlas, Mapping[str, pd.DataFrame]]:
    """The dataset in use and all its tables (without source texts); shared by all sessions: never change them."""
    freshen(t)
    return _open(tables_dir(), (tables_dir() / MANIFEST).stat().st_mtime_ns)


def language(wanted: str = "") -> str:
    """``wanted`` (from the URL), else what the reader chose before, else the browser's, else Vietnamese."""
    chosen = wanted or st.session_state.get("language", "")
    if not chosen:
        browser = (st.context.locale or "vi").partition("-")[0].lower()
        chosen = browser if browser in LANGS else "en" if st.context.locale else "vi"
    st.session_state["language"] = chosen
    return chosen


@dataclass(frozen=True)
class Page:
    """What a view works with.

    Attributes
    ----------
    slug
        Its URL path; empty for the overview.
    extras
        The parameters it declared beside the shared ones.
    state
        Decoded from the URL, checked against the data.
    t
        Translator of the language in use.
    atlas
        The dataset (``facts``, ``text``, ``dataset_hash``).
    all_tables, tables
        Every table, and the same limited to the directives that pass the filters of ``state``. Never change them.
    dark
        Ground in use.
    """

    slug: str
    extras: tuple[Param, ...]
    state: ViewState
    t: Translator
    atlas: Atlas
    all_tables: Mapping[str, pd.DataFrame]
    tables: Mapping[str, pd.DataFrame]
    dark: bool

    @property
    def lang(self) -> str:
        return self.t.lang

    @property
    def present(self) -> bool:
        return self.state.present

    def key(self, name: str) -> str:
        """Widget key of this page."""
        return f"{self.slug or 'overview'}-{name}"

    def update(self, **changes: Any) -> None:
        """Write ``changes`` to the URL; for callbacks, which run before the page is drawn again.

        A name is a field of :class:`ViewState` or a declared extra; ``None`` means its default.
        """
        state, _ = decode(st.query_params.to_dict(), self.extras)
        defaults = {name: param.default for name, param in CORE.items()} | {p.name: p.default for p in self.extras}
        st.query_params.from_dict(
            encode(state.but(**{k: defaults[k] if v is None else v for k, v in changes.items()}), self.extras)
        )

    def go(self, **changes: Any) -> None:
        """:meth:`update`, then draw again: for code outside callbacks."""
        self.update(**changes)
        st.rerun()

    def bind(
        self, name: str, *, read: Callable[[Any], Any] = lambda v: v, write: Callable[[Any], Any] = lambda v: v
    ) -> dict[str, Any]:
        """``key`` and ``on_change`` that tie a widget to the state field or extra ``name``; the URL is the truth.

        ``read`` turns the state's value into the widget's, ``write`` back.

        >>> # st.segmented_control(label, ("province", "month"), **page.bind("rows"))
        """
        key = self.key(name)
        st.session_state[key] = read(self.state.extra[name] if name in self.state.extra else getattr(self.state, name))

        def changed() -> None:
            self.update(**{name: write(st.session_state[key])})

        return {"key": key, "on_change": changed}

    def link(
        self, to: str, label: str, *, icon: str | None = None, own: Mapping[str, str] | None = None, **changes: Any
    ) -> None:
        """A link to page ``to`` that keeps language and filters; ``changes`` as in :meth:`update`, core fields only.

        ``own`` are parameters that page declared itself, as they stand in its address.
        """
        target = registry().get(to)
        query = encode(self.state.filters().but(lang=self.lang, present=False, **changes))
        if target is None:  # a page that this build does not have
            return
        st.page_link(target, label=label, icon=icon, query_params={**query, **(own or {})})

    def address(self, to: str | None = None, **changes: Any) -> str:
        """Path and query of a view: this one, or page ``to`` with language and filters kept."""
        if to is None:
            return url(self.slug, self.state.but(lang=self.lang, **changes), self.extras)
        return url(to, self.state.filters().but(lang=self.lang, present=False, **changes))


def registry() -> dict[str, Any]:
    """The pages of this run by slug, as :func:`views._shared.shell` was given them."""
    return st.session_state.setdefault("_pages", {})


def _known(state: ViewState, tables: Mapping[str, pd.DataFrame]) -> tuple[ViewState, list[str]]:
    """``state`` without ids that are not in the data, and the parameters they stood in."""
    dropped = []
    if state.directive and not (tables["directives"]["directive_id"] == state.directive).any():
        state, dropped = state.but(directive="", provision="", fact=""), ["d"]
    if state.actor and not (tables["actors"]["actor_id"] == state.actor).any():
        state, dropped = state.but(actor=""), [*dropped, "a"]
    return state, dropped


def open_page(slug: str, extras: Iterable[Param] = ()) -> Page:
    """Open the page: read and check its state, open the data, say what of the URL was dropped."""
    extras = tuple(extras)
    state, dropped = decode(st.query_params.to_dict(), extras)
    t = translator(language(state.lang))
    atlas, tables = open_atlas(t)
    state, unknown = _known(state, tables)
    if dropped or unknown:
        st.info(
            t("notice.dropped", names=", ".join(f"`{name}`" for name in _shown((*dropped, *unknown)))),
            icon=":material/link_off:",
        )
    ids = select_directives(tables["directives"], tables["measures"], state, checked_ids() if state.checked else None)
    held = limit_tables(tables, ids) if len(ids) < len(tables["directives"]) else tables
    return Page(slug, extras, state, t, atlas, tables, held, is_dark())


def _shown(names: Iterable[str]) -> list[str]:
    return sorted({name if name.isascii() and name.isalnum() and len(name) < 20 else "…" for name in names})


def limit_tables(tables: Mapping[str, pd.DataFrame], ids: pd.Series | list[str]) -> dict[str, pd.DataFrame]:
    """Rows of ``ids`` in every table that has directives; the actors stay whole."""
    return {
        name: frame[frame["directive_id"].isin(ids)] if "directive_id" in frame else frame
        for name, frame in tables.items()
    }


def is_dark() -> bool:
    """Whether the reader's theme has a dark ground."""
    return getattr(st.context.theme, "type", None) == "dark"
