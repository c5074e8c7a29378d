"""What the network page works with for the filters in use: passages, ghosts, names; computed once for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from charts import network_actors as actors
from loaders.ghosts import ghosts
from loaders.issuers import issuer_actors
from views._filters import province_names
from views._page import Page

ALL, CENTRAL = "all", "central"


@dataclass(frozen=True)
class Data:
    """Passages between actors, issuers, and documents cited but not held; shared by sessions, never changed."""

    passages: pd.DataFrame
    issuers: Mapping[str, str]
    ghosts: pd.DataFrame
    ghost_links: pd.DataFrame


@st.cache_resource(show_spinner=False, max_entries=2)
def _issuers(dataset_hash: str, _atlas: Any) -> dict[str, str]:
    return issuer_actors(_atlas)


@st.cache_resource(show_spinner=False, max_entries=8)
def _data(dataset_hash: str, state: Any, _tables: Any, _all: dict[str, str]) -> Data:
    cited, links = ghosts(_tables["citations"], _tables["directives"])
    own = {item: _all[item] for item in _tables["directives"]["directive_id"] if item in _all}
    return Data(actors.passages_frame(_tables, own), own, cited, links)


def filter_key(page: Page) -> Any:
    """The part of the state that decides which rows are in view, for cache keys."""
    return page.state.filters().but(lang="", on=None, present=False)


def network_data(page: Page) -> Data:
    """The frames for the page's filters."""
    return _data(page.atlas.dataset_hash, filter_key(page), page.tables, _issuers(page.atlas.dataset_hash, page.atlas))


def places(page: Page, data: Data) -> dict[str, str]:
    """Scopes to choose from, with names: provinces in the data in view, the centre where it issued, all."""
    held = set(data.passages["province_code"])
    found = {code: name for code, name in province_names(page).items() if code in held}
    if "" in held:
        found[CENTRAL] = page.t("network.province_central")
    return (
        {**found, ALL: page.t("network.province_all")}
        if len(found) > 1
        else {ALL: next(iter(found.values()), page.t("network.province_all"))}
    )


def place_of(page: Page, data: Data, scopes: Mapping[str, str], by: str) -> str:
    """The scope in use: as chosen, else all where it can be read, else the chosen actor's or the busiest province."""
    chosen = page.state.extra["in"]
    if chosen in scopes:
        return chosen
    bodies = {*data.passages["source"], *data.passages["target"]}
    if by != "body" or len(bodies) <= actors.MOST_NODES or len(scopes) == 1:
        return ALL
    known = page.all_tables["actors"].set_index("actor_id")["province_code"]
    own = known.get(page.state.actor, "") if page.state.actor else ""
    return own if own in scopes else actors.busiest_province(data.passages) or ALL


def within(passages: pd.DataFrame, place: str) -> pd.DataFrame:
    """Passages of the directives of one scope."""
    return passages if place == ALL else passages[passages["province_code"] == ("" if place == CENTRAL else place)]


@st.cache_resource(show_spinner=False, max_entries=16)
def network_of(
    dataset_hash: str,
    state: Any,
    place: str,
    types: tuple[str, ...],
    by: str,
    _passages: pd.DataFrame,
    _actors: pd.DataFrame,
) -> Any:
    """The readable network of a scope, limited to some types of links where any are chosen."""
    rows = within(_passages, place)
    rows = rows[rows["type"].isin(types)] if types else rows
    return actors.readable_network(rows, _actors, by)


def actor_names(page: Page) -> dict[str, str]:
    """Actor id to its name in the reader's language, its province after it where bodies of several share a name."""
    table = page.all_tables["actors"]
    names = table["name_en"].where((table["name_en"] != "") & (page.lang == "en"), table["name"])
    return dict(zip(table["actor_id"], names, strict=True))
