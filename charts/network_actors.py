"""The graph of actors: who addresses, copies and assigns whom, from the tables, at three grains.

A passage is one line of Kính gửi or Nơi nhận, or one task; it goes from the body that issued the directive to the body
named. Passages between the same two bodies and of one type are one link. "Như trên", "Như kính gửi" and filing lines
have no actor in the tables: they add no node. Every frame is total on empty input, whatever the order of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

import pandas as pd

Tables = Mapping[str, pd.DataFrame]
TYPES = ("addresses", "copies", "lead", "coordinate", "responsible")
LAYERS = ("central", "party", "government", "department", "mass", "district", "other")
GRAINS = ("body", "agency", "kind")
MOST_NODES = 60  # above this the next coarser grain is drawn: more names cannot be read side by side
MOST_LINKS = 140  # above this only the strongest are drawn, the table has all
PASSAGE_COLUMNS = [
    "source",
    "target",
    "type",
    "directive_id",
    "province_code",
    "day",
    "dated",
    "provision_id",
    "provision_label",
    "position",
    "actor",
    "quote",
    "table",
    "role",
    "char_start",
    "char_end",
]
LINK_COLUMNS = [
    "link",
    "source",
    "target",
    "type",
    "weight",
    "n_directives",
    "n_provisions",
    "n_passages",
    "first",
    "last",
    "quote",
]
NODE_COLUMNS = ["node", "name", "name_en", "kind", "branch", "level", "province_code", "layer", "n_bodies"]


@dataclass(frozen=True)
class Network:
    """Nodes, links and the passages behind them, at the grain ``by``; ``mapping`` takes an actor id to its node."""

    by: str
    nodes: pd.DataFrame
    links: pd.DataFrame
    passages: pd.DataFrame
    mapping: Mapping[str, str]


def layer_of(kind: str, branch: str, level: str) -> str:
    """Administrative layer of a body.

    >>> layer_of("party_committee", "party", "province"), layer_of("force", "government", "central")
    ('party', 'central')
    """
    if level == "central":
        return "central"
    if level == "district" or kind == "district_level":
        return "district"
    named = {
        "party_committee": "party",
        "people_committee": "government",
        "department": "department",
        "force": "department",
        "mass_organisation": "mass",
        "media": "mass",
    }
    return named.get(kind, "other")


def passages_frame(tables: Tables, issuers: Mapping[str, str]) -> pd.DataFrame:
    """One row a passage in which an issuer addresses, copies or assigns a body; columns ``PASSAGE_COLUMNS``.

    ``issuers`` maps directive ids to actor ids (:func:`loaders.issuers.issuer_actors`). ``day`` is the issue date or
    the estimate, ``dated`` tells which. ``table`` and the span say where the words stand: ``tasks``, or ``evidence``
    for a line of a list (span -1 where it was taken from another copy). An order of a body to itself is no link.
    """
    rows = pd.concat([_lines(tables), _tasks(tables)], ignore_index=True)
    rows["source"] = [issuers.get(item, "") for item in rows["directive_id"]]
    rows = rows.rename(columns={"actor_id": "target"})
    rows = rows[(rows["source"] != "") & (rows["target"] != "") & (rows["source"] != rows["target"])]
    directives = tables["directives"]
    days = pd.DataFrame(
        {
            "directive_id": directives["directive_id"],
            "province_code": directives["province_code"],
            "day": pd.to_datetime(directives["issue_date"].fillna(directives["date_estimate"])),
            "dated": directives["issue_date"].notna(),
        }
    )
    rows = rows.merge(days, on="directive_id", how="inner", validate="many_to_one")
    order = ["directive_id", "char_start", "position", "type", "target", "actor"]
    return rows.sort_values(order, ignore_index=True)[PASSAGE_COLUMNS]


def _lines(tables: Tables) -> pd.DataFrame:
    """Recipients with the words of the primary copy they were read from."""
    copies = tables["sources"]
    copies = copies.loc[copies["is_primary"].astype(bool), ["directive_id", "path", "ordinal"]]
    words = tables["evidence"].merge(copies, on=["directive_id", "path", "ordinal"])
    words = words[words["field"].isin(["addressee", "copy"])].rename(columns={"field": "kind"})
    key = ["directive_id", "kind", "position"]
    words = words.drop_duplicates(key)[[*key, "quote", "char_start", "char_end"]]
    rows = tables["recipients"].merge(words, on=key, how="left", validate="many_to_one")
    return pd.DataFrame(
        {
            "directive_id": rows["directive_id"],
            "actor_id": rows["actor_id"],
            "type": rows["kind"].map({"addressee": "addresses", "copy": "copies"}),
            "provision_id": "",
            "provision_label": "",
            "position": rows["position"].astype("int64"),
            "actor": rows["actor"],
            "quote": rows["quote"].fillna(rows["actor"]),
            "table": "evidence",
            "role": "",
            "char_start": rows["char_start"].fillna(-1).astype("int64"),
            "char_end": rows["char_end"].fillna(-1).astype("int64"),
        }
    )


def _tasks(tables: Tables) -> pd.DataFrame:
    rows = tables["tasks"].assign(position=0, table="tasks")
    rows["type"] = rows["role"]
    for name in ("char_start", "char_end"):
        rows[name] = rows[name].astype("int64")
    return rows


def key_of(*parts: str) -> str:
    """Short stable key of some ids, for addresses."""
    return blake2b("\n".join(parts).encode(), digest_size=6).hexdigest()


def node_map(actors: pd.DataFrame, by: str) -> dict[str, str]:
    """Actor id to node id: itself, its agency in any province, or its level, kind and branch.

    The agency is told by the English name that all bodies of one entry of the vocabulary share, else by the id below
    the province.
    """
    if by == "body":
        return {item: item for item in actors["actor_id"]}
    if by == "kind":
        return {
            row.actor_id: f"{layer_of(row.kind, row.branch, row.level)}.{row.kind}.{row.branch or 'other'}"
            for row in actors.itertuples()
        }
    tails = {row.actor_id: row.actor_id.rpartition("/")[2] for row in actors.itertuples()}
    shortest: dict[tuple[str, str], str] = {}
    for row in actors.itertuples():
        entry = (row.name_en, row.level)
        if row.name_en:
            tail = tails[row.actor_id]
            shortest[entry] = min(shortest.get(entry, tail), tail, key=lambda item: (len(item), item))
    return {
        row.actor_id: "any/" + (shortest[row.name_en, row.level] if row.name_en else tails[row.actor_id])
        for row in actors.itertuples()
    }


def _shared_words(names: Iterable[str]) -> str:
    """Words with which all names begin, else the first of them: one name for many bodies."""
    ordered = sorted(set(names))
    first, last = ordered[0].split(), ordered[-1].split()
    at = next(
        (i for i, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), min(len(first), len(last))
    )
    return " ".join(first[:at]).rstrip(" ,-–") or ordered[0]


def nodes_frame(actors: pd.DataFrame, mapping: Mapping[str, str], by: str) -> pd.DataFrame:
    """One row a node; columns ``NODE_COLUMNS``. A node of kind ``kind`` has no name: the page names it."""
    rows = actors.assign(node=[mapping[item] for item in actors["actor_id"]]).sort_values(["node", "actor_id"])
    if rows.empty:
        return pd.DataFrame(columns=NODE_COLUMNS)
    grouped = rows.groupby("node", sort=True)
    frame = grouped[["name_en", "kind", "branch", "level", "province_code"]].first()
    frame["n_bodies"] = grouped.size()
    frame["name"] = grouped["name"].agg(_shared_words if by != "kind" else lambda _: "")
    if by != "body":
        frame["province_code"] = ""
    if by == "kind":
        frame["name_en"] = ""
    frame["layer"] = [layer_of(row.kind, row.branch, row.level) for row in frame.itertuples()]
    return frame.reset_index()[NODE_COLUMNS]


def links_frame(passages: pd.DataFrame) -> pd.DataFrame:
    """One row a pair of nodes and type; columns ``LINK_COLUMNS``, strongest first.

    ``weight`` is the number of provisions for a task, of directives for a line of a list.
    """
    if passages.empty:
        return pd.DataFrame(columns=LINK_COLUMNS)
    rows = passages.assign(place=passages["directive_id"] + "#" + passages["provision_id"])
    grouped = rows.sort_values(["day", "directive_id", "char_start", "quote"]).groupby(
        ["source", "target", "type"], sort=True
    )
    frame = grouped.agg(
        n_directives=("directive_id", "nunique"),
        n_provisions=("place", "nunique"),
        n_passages=("quote", "size"),
        first=("day", "min"),
        last=("day", "max"),
        quote=("quote", "first"),
    ).reset_index()
    listed = frame["type"].isin(["addresses", "copies"])
    frame.loc[listed, "n_provisions"] = 0
    frame["weight"] = frame["n_directives"].where(listed, frame["n_provisions"])
    frame["link"] = [f"{row.type}:{key_of(row.source, row.target)}" for row in frame.itertuples()]
    return frame.sort_values(["weight", "link"], ascending=[False, True], ignore_index=True)[LINK_COLUMNS]


def network_at(passages: pd.DataFrame, actors: pd.DataFrame, by: str) -> Network:
    """The network at one grain; nodes without a link are left out, links of a node to itself too."""
    named = actors[actors["actor_id"].isin({*passages["source"], *passages["target"]})]
    mapping = node_map(named, by)
    rows = passages.assign(
        source=[mapping.get(item, item) for item in passages["source"]],
        target=[mapping.get(item, item) for item in passages["target"]],
    )
    rows = rows[rows["source"] != rows["target"]]
    nodes = nodes_frame(named, mapping, by)
    nodes = nodes[nodes["node"].isin({*rows["source"], *rows["target"]})].reset_index(drop=True)
    return Network(by, nodes, links_frame(rows), rows.reset_index(drop=True), mapping)


def readable_network(passages: pd.DataFrame, actors: pd.DataFrame, by: str = "body", most: int = MOST_NODES) -> Network:
    """The network at grain ``by``, or at the first coarser one with at most ``most`` nodes."""
    named = {*passages["source"], *passages["target"]}
    grains = GRAINS[GRAINS.index(by) :]
    few = (
        grain for grain in grains if len(set(node_map(actors[actors["actor_id"].isin(named)], grain).values())) <= most
    )
    return network_at(passages, actors, next(few, grains[-1]))


def drawn_links(links: pd.DataFrame, chosen: Iterable[str] = (), most: int = MOST_LINKS) -> pd.DataFrame:
    """The links a figure draws: the strongest, and all that touch the ``chosen`` nodes or are themselves chosen."""
    wanted = set(chosen)
    own = links["link"].isin(wanted) | links["source"].isin(wanted) | links["target"].isin(wanted)
    rest = links[~own].head(max(0, most - int(own.sum())))
    return pd.concat([links[own], rest]).sort_values("link", ignore_index=True) if len(links) else links


def busiest_province(passages: pd.DataFrame) -> str:
    """Code of the province with the most passages; empty where none is known."""
    counts = passages.loc[passages["province_code"] != "", "province_code"].value_counts()
    return min(counts.index, key=lambda code: (-counts[code], code), default="")
