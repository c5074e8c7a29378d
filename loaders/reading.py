"""What the reader shows beside a text: its facts as spans, how copies differ, how to cite it, what it relates to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

import pandas as pd

from loaders.fold import fold
from loaders.ghosts import ghosts

FACT_TABLES = {"measures": "measure", "tasks": "task", "citations": "citation", "dates": "date", "figures": "figure"}
_EVIDENCE_KINDS = {"issue_date": "date", "addressee": "recipient", "copy": "recipient"}
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")

FACT_COLUMNS = ["table", "kind", "char_start", "char_end", "quote", "provision_label", "row"]


def document_facts(facts: Mapping[str, pd.DataFrame], path: str, ordinal: int, *, primary: bool) -> pd.DataFrame:
    """Every fact that has words in one copy, in text order.

    Parameters
    ----------
    facts
        ``Atlas.facts`` of the directive.
    path, ordinal, primary
        The copy. Facts of the body have their words in the primary copy; header fields and recipients in each.

    Returns
    -------
    DataFrame
        ``FACT_COLUMNS``; ``row`` is the position of the fact in its table's frame.
    """
    evidence = facts["evidence"]
    own = evidence[(evidence["path"] == path) & (evidence["ordinal"] == ordinal)]
    parts = [own.assign(table="evidence", kind=own["field"].map(_EVIDENCE_KINDS).fillna("header"), provision_label="")]
    if primary:
        for table, kind in FACT_TABLES.items():
            rows = facts[table]
            label = rows.get("provision_label", "")
            parts.append(rows.assign(table=table, kind=kind, provision_label=label))
    found = pd.concat(
        [part.assign(row=range(len(part))).reindex(columns=FACT_COLUMNS) for part in parts], ignore_index=True
    )
    found = found[found["char_end"] > found["char_start"]]
    return found.sort_values(["char_start", "char_end", "table", "row"], ignore_index=True)


def word_changes(left: str, right: str) -> list[tuple[str, str]]:
    """Words kept (``=``), only left (``-``), only right (``+``), in reading order; white space is not compared.

    >>> word_changes("trước ngày 15", "trước  ngày 20")
    [('=', 'trước ngày '), ('-', '15'), ('+', '20')]
    """
    words = [_WORDS.findall(" ".join(text.split())) for text in (left, right)]
    changes: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, words[0], words[1], autojunk=False).get_opcodes():
        if kind == "equal":
            changes.append(("=", "".join(words[0][a:b])))
            continue
        if b > a:
            changes.append(("-", "".join(words[0][a:b])))
        if d > c:
            changes.append(("+", "".join(words[1][c:d])))
    return changes


def relations(
    directive_id: str, citations: pd.DataFrame, directives: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What a directive acts on and what acts on it: the three columns of Vietnamese legal portals without the middle.

    Returns
    -------
    acted_on : DataFrame
        A row a citation of this directive: ``relation``, ``directive_id`` (of the cited one, empty if not held),
        ``number``, ``doc_type``, ``issuer``, ``date``, ``quote``, ``cited_by`` (ids of who cites one that is not held).
    acting : DataFrame
        A row a citation of this directive by another: ``relation``, ``directive_id``, ``number``, ``doc_type``,
        ``issuer``, ``date``, ``quote``.
    """
    held = directives.set_index("directive_id")[["number", "doc_type", "issuer", "issue_date"]]
    _, links = ghosts(citations, directives)
    citing = links.groupby("ghost_id")["directive_id"].agg(lambda ids: sorted(set(ids))).rename("cited_by")
    named = citations.merge(links[["directive_id", "char_start", "number", "ghost_id"]].drop_duplicates(),
                            on=["directive_id", "char_start", "number"], how="left")  # fmt: skip
    named = named.merge(citing, left_on="ghost_id", right_index=True, how="left")
    out = named[named["directive_id"] == directive_id].copy()
    out["directive_id"] = out["cited_directive_id"]
    acted_on = out[["relation", "directive_id", "number", "doc_type", "issuer", "date", "quote", "cited_by"]]
    into = citations[citations["cited_directive_id"] == directive_id]
    acting = (
        into[["relation", "directive_id", "quote"]].join(held, on="directive_id").rename(columns={"issue_date": "date"})
    )
    columns = ["relation", "directive_id", "number", "doc_type", "issuer", "date", "quote"]
    return acted_on.reset_index(drop=True), acting[columns].sort_values(["date", "directive_id"], ignore_index=True)


def neighbours(directives: pd.DataFrame, directive_id: str) -> tuple[str, str]:
    """Ids of the directives before and after one, by day (estimates count, unknown days last); empty at the ends."""
    day = directives["issue_date"].fillna(directives["date_estimate"])
    ordered = (
        directives.assign(day=day).sort_values(["day", "directive_id"], na_position="last")["directive_id"].tolist()
    )
    at = ordered.index(directive_id) if directive_id in ordered else -1
    before = ordered[at - 1] if at > 0 else ""
    return before, ordered[at + 1] if 0 <= at < len(ordered) - 1 else ""


def find_words(text: str, words: str) -> tuple[int, int] | None:
    """Where ``words`` stand in ``text``, accents and white space forgiven."""
    pattern = r"\W+".join(re.escape(word) for word in re.findall(r"\w+", fold(words)))
    found = re.search(pattern, fold(text)) if pattern else None
    return found.span() if found else None
