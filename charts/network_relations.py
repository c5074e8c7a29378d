"""One document between those it acts on and those that act on it, as Vietnamese legal portals set it out."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

RELATIONS = ("based_on", "implements", "continues", "refers", "amends", "replaces", "attaches")  # in the portals' order
SIDES = ("acts_on", "acted_on_by")
COLUMNS = [
    "side",
    "relation",
    "document",
    "held",
    "number",
    "doc_type",
    "issuer",
    "day",
    "directive_id",
    "cited",
    "n",
    "quote",
    "char_start",
    "char_end",
]


def relations_frame(
    tables: Mapping[str, pd.DataFrame], ghost_links: pd.DataFrame, documents: pd.DataFrame, document: str
) -> pd.DataFrame:
    """Documents related to ``document``: one row a side, relation and document; columns ``COLUMNS``.

    ``side`` is ``acts_on`` for those that it cites (văn bản bị tác động) and ``acted_on_by`` for those that cite it
    (văn bản tác động). ``n`` counts passages, ``quote`` is the first; the span is one of ``directive_id``, which cites.
    """
    rows = tables["citations"]
    held = rows[rows["cited_directive_id"] != ""]
    columns = ["directive_id", "cited", "relation", "quote", "char_start", "char_end"]
    pairs = pd.concat(
        [
            held.assign(cited=held["cited_directive_id"])[columns],
            ghost_links.assign(cited=ghost_links["ghost_id"])[columns],
        ],
        ignore_index=True,
    )
    down = pairs[pairs["directive_id"] == document].assign(side="acts_on", document=lambda part: part["cited"])
    up = pairs[pairs["cited"] == document].assign(side="acted_on_by", document=lambda part: part["directive_id"])
    both = pd.concat([down, up], ignore_index=True).sort_values(["directive_id", "char_start", "cited"])
    if both.empty:
        return pd.DataFrame(columns=COLUMNS)
    key = ["side", "relation", "document"]
    both["n"] = both.groupby(key)["quote"].transform("size")
    both = both.drop_duplicates(key).merge(
        documents[["document", "held", "number", "doc_type", "issuer", "day"]], on="document", how="inner"
    )
    both["place"] = [(SIDES.index(row.side), RELATIONS.index(row.relation)) for row in both.itertuples()]
    return both.sort_values(["place", "day", "document"], ignore_index=True)[COLUMNS]


def relation_counts(relations: pd.DataFrame) -> dict[tuple[str, str], int]:
    """Number of documents by side and relation; every side and relation is there, zero where there is none."""
    counts = {(side, relation): 0 for side in SIDES for relation in RELATIONS}
    for (side, relation), n in relations.groupby(["side", "relation"]).size().items():
        counts[side, relation] = int(n)
    return counts


def most_related(tables: Mapping[str, pd.DataFrame], ghost_links: pd.DataFrame) -> str:
    """The directive with the most citations from or to it, for a page that opens without a choice."""
    own = set(tables["directives"]["directive_id"])
    ends = pd.concat(
        [tables["citations"]["directive_id"], tables["citations"]["cited_directive_id"], ghost_links["directive_id"]]
    )
    counts = ends[ends.isin(own)].value_counts()
    return min(counts.index, key=lambda item: (-counts[item], item), default=min(own, default=""))
