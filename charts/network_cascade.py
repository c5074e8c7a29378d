"""The cascade of documents: who cites whom on a time axis, how long each hop took, and citations that cannot be.

Documents are the directives held and the ghosts (:func:`loaders.ghosts.ghosts`): cited, not held, drawn hollow.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from charts.network_actors import key_of

Tables = Mapping[str, pd.DataFrame]
MOST_DOCUMENTS = 26
RELATIONS = ("implements", "continues", "based_on", "amends", "replaces", "attaches", "refers")  # strongest first
DOCUMENT_COLUMNS = [
    "document",
    "held",
    "number",
    "doc_type",
    "issuer",
    "level",
    "branch",
    "province",
    "province_code",
    "day",
    "latest",
    "dated",
]
CITATION_COLUMNS = [
    "link",
    "directive_id",
    "cited",
    "relation",
    "n_passages",
    "lag",
    "known",
    "standing",
    "impossible",
    "hop",
    "quote",
    "char_start",
    "char_end",
    "number",
]
HOP_COLUMNS = ["hop", "n", "median", "low", "high"]


def documents_frame(tables: Tables, ghosts: pd.DataFrame) -> pd.DataFrame:
    """One row a document, held or cited; columns ``DOCUMENT_COLUMNS``; ``day`` is the date or the estimate."""
    held = tables["directives"]
    own = held.assign(
        document=held["directive_id"],
        held=True,
        branch=held["issuer_branch"],
        dated=held["issue_date"].notna(),
        day=pd.to_datetime(held["issue_date"].fillna(held["date_estimate"])),
        latest=pd.to_datetime(held["date_latest"]),
    )
    cited = ghosts.assign(document=ghosts["ghost_id"], held=False, day=pd.to_datetime(ghosts["date"]))
    cited = cited.assign(dated=cited["day"].notna(), latest=cited["day"])
    parts = [part[DOCUMENT_COLUMNS] for part in (own, cited) if len(part)]
    frame = pd.concat(parts, ignore_index=True) if parts else own[DOCUMENT_COLUMNS]
    return frame.sort_values(["day", "document"], ignore_index=True)


def citations_frame(tables: Tables, ghost_links: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """One row a citing and a cited document, with the strongest relation and its words; columns ``CITATION_COLUMNS``.

    ``lag`` in days, citing minus cited, only where both days are stated (``known``): an estimate often rests on the
    very citation;
    ``standing`` where the text gives the cited document no day: a standing instrument known by its name, whose age says
    nothing on how fast it was answered; ``impossible`` where the cited document is later than the citing one can be.
    """
    rows = tables["citations"]
    held = rows[rows["cited_directive_id"] != ""]
    pairs = pd.concat(
        [held.assign(cited=held["cited_directive_id"]), ghost_links.assign(cited=ghost_links["ghost_id"])],
        ignore_index=True,
    )
    if pairs.empty:
        return pd.DataFrame(columns=CITATION_COLUMNS)
    pairs["rank"] = [RELATIONS.index(item) if item in RELATIONS else len(RELATIONS) for item in pairs["relation"]]
    pairs = pairs.sort_values(["directive_id", "cited", "rank", "char_start"])
    pairs["n_passages"] = pairs.groupby(["directive_id", "cited"])["quote"].transform("size")
    pairs["standing"] = (
        (pairs["date_basis"] == "vocabulary").groupby([pairs["directive_id"], pairs["cited"]]).transform("all")
    )
    pairs = pairs.drop_duplicates(["directive_id", "cited"])
    known = documents.set_index("document")[["day", "latest", "dated", "level", "branch"]]
    pairs = pairs.drop(columns=["level", "branch", "province", "province_code"], errors="ignore")
    pairs = pairs.join(known.add_prefix("own_"), on="directive_id").join(known.add_prefix("other_"), on="cited")
    pairs = pairs[pairs["own_level"].notna() & pairs["other_level"].notna()]
    pairs["known"] = [bool(a and b) for a, b in zip(pairs["own_dated"], pairs["other_dated"], strict=True)]
    lag = (pd.to_datetime(pairs["own_day"]) - pd.to_datetime(pairs["other_day"])).dt.days
    pairs["lag"] = lag.where(pairs["known"].astype(bool)).astype("Float64")
    last = pd.to_datetime(pairs["own_day"]).where(pairs["own_dated"].astype(bool), pd.to_datetime(pairs["own_latest"]))
    pairs["impossible"] = (pd.to_datetime(pairs["other_day"]) > last) & pairs["other_dated"].astype(bool)
    pairs["hop"] = [
        f"{tier(row.other_level, row.other_branch)}>{tier(row.own_level, row.own_branch)}" for row in pairs.itertuples()
    ]
    pairs["link"] = [f"cites:{key_of(row.directive_id, row.cited)}" for row in pairs.itertuples()]
    return pairs.sort_values(["own_day", "directive_id", "cited"], ignore_index=True)[CITATION_COLUMNS]


def tier(level: str, branch: str) -> str:
    """Step of the chain of command: ``central``, ``party``, ``government`` or ``other`` of a province, ``district``."""
    if level in ("central", "district"):
        return level
    return branch if branch in ("party", "government") else "other"


def hops_frame(citations: pd.DataFrame) -> pd.DataFrame:
    """Lags of each hop in days: one row a hop; columns ``HOP_COLUMNS``.

    Only citations with both days stated, possible, and not of standing instruments or mere mentions.
    """
    rows = citations[
        citations["known"].astype(bool) & ~citations["impossible"].astype(bool) & ~citations["standing"].astype(bool)
    ]
    rows = rows[rows["relation"] != "refers"]
    if rows.empty:
        return pd.DataFrame(columns=HOP_COLUMNS)
    grouped = rows.assign(lag=rows["lag"].astype(float)).groupby("hop", sort=True)["lag"]
    frame = grouped.agg(n="size", median="median", low="min", high="max").reset_index()
    return frame.sort_values(["n", "hop"], ascending=[False, True], ignore_index=True)[HOP_COLUMNS]


def drawn_documents(
    documents: pd.DataFrame, citations: pd.DataFrame, chosen: str = "", most: int = MOST_DOCUMENTS
) -> pd.DataFrame:
    """The documents a figure draws: those that cite or are cited and have a day; above ``most`` the best connected.

    Documents next to ``chosen`` are kept first.
    """
    ends = pd.concat([citations["directive_id"], citations["cited"]])
    degree = ends.value_counts().to_dict()
    near = citations[(citations["directive_id"] == chosen) | (citations["cited"] == chosen)]
    first = {chosen, *near["directive_id"], *near["cited"]}
    rows = documents[documents["document"].isin(degree) & documents["day"].notna()]
    rank = [(item not in first, -degree[item], item) for item in rows["document"]]
    kept = [item for *_, item in sorted(rank)[:most]]
    return rows[rows["document"].isin(kept)].reset_index(drop=True)
