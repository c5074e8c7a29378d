"""Documents that are cited but not held: what is known of each, once, whatever its spellings."""

from __future__ import annotations

import pandas as pd

from loaders.fold import fold, slugify
from loaders.numbers import number_groups, number_key

COLUMNS = [
    "ghost_id", "number", "doc_type", "date", "date_basis", "issuer", "level", "branch", "province_code", "province",
    "n_citing",
]  # fmt: skip
_PROVINCIAL = {"tu": "party", "ubnd": "government", "hdnd": "government", "ctubnd": "government"}  # folded symbols
_DISTRICT = {"hu": "party", "txu": "party", "du": "party"}
_PARTY_CENTRE = ("ban bi thu", "bo chinh tri", "trung uong dang", "ban chap hanh trung uong")


def ghosts(citations: pd.DataFrame, directives: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Cited documents that are not held, and which directive cites which of them.

    Parameters
    ----------
    citations, directives
        Tables of the contract.

    Returns
    -------
    ghosts : DataFrame
        One row a document: ``ghost_id``, canonical ``number`` (may be empty), ``doc_type``, ``date`` (datetime64),
        ``date_basis``, ``issuer``, ``level`` (central, province, district), ``branch``, ``province_code`` and
        ``province`` (of the citing directive, for provincial bodies), ``n_citing``.
    links : DataFrame
        The rows of ``citations`` that name them, with ``ghost_id``.
    """
    links = citations[citations["cited_directive_id"] == ""].merge(
        directives[["directive_id", "province", "province_code"]], on="directive_id", how="left"
    )
    if links.empty:
        return pd.DataFrame(columns=COLUMNS), links.assign(ghost_id=[])
    level_branch = [level_and_branch(row.number, row.issuer) for row in links.itertuples()]
    links["level"] = [level for level, _ in level_branch]
    links["branch"] = [branch for _, branch in level_branch]
    central = links["level"] == "central"
    links.loc[central, ["province", "province_code"]] = ""
    links["ghost_id"] = [_ghost_id(row) for row in links.itertuples()]
    stated = links.sort_values(["ghost_id", "date_basis", "date", "directive_id"], kind="stable")
    known = stated.groupby("ghost_id", sort=True).agg(
        number=("number", "max"),
        doc_type=("doc_type", "max"),
        date=("date", "first"),
        date_basis=("date_basis", "max"),
        issuer=("issuer", "max"),
        level=("level", "first"),
        branch=("branch", "first"),
        province_code=("province_code", "first"),
        province=("province", "first"),
        n_citing=("directive_id", "nunique"),
    )
    return known.reset_index()[COLUMNS], links


def level_and_branch(number: str, issuer: str) -> tuple[str, str]:
    """Level and branch of a cited document, from its symbol, else from its issuer's name.

    >>> level_and_branch("17-CV/TU", ""), level_and_branch("", "Thường trực Ban Bí thư")
    (('province', 'party'), ('central', 'party'))
    """
    symbols = set(number_groups(number)[2]) if number else set()
    for known, level in ((_PROVINCIAL, "province"), (_DISTRICT, "district")):
        for symbol, branch in known.items():
            if symbol in symbols:
                return level, branch
    name = fold(issuer)
    if any(words in name for words in _PARTY_CENTRE) or "tw" in symbols:
        return "central", "party"
    if name.startswith(("tinh uy", "thanh uy", "ban thuong vu tinh uy")):
        return "province", "party"
    if name.startswith(("uy ban nhan dan tinh", "ubnd tinh", "chu tich ubnd tinh")):
        return "province", "government"
    return "central", "government"


def _ghost_id(row: object) -> str:
    """Same number of the same body is one document; without a number, same type and day."""
    place = row.province_code or "vn"  # type: ignore[attr-defined]
    if row.number:  # type: ignore[attr-defined]
        return f"cited:{place}:{slugify(number_key(row.number))}"  # type: ignore[attr-defined]
    day = "" if pd.isna(row.date) else f"{row.date:%Y-%m-%d}"  # type: ignore[attr-defined]
    return f"cited:{place}:{slugify(f'{row.doc_type} {row.issuer}')}:{day}"  # type: ignore[attr-defined]
