"""Full-text search that forgives missing accents: an SQLite FTS5 index over folded text, beside the tables.

Rows are the deepest provisions, the preamble and closing of each directive, and its subject. A hit whose words carry
the accents that were typed comes first; within each of the two groups the better match (bm25) does.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pyarrow as pa

from loaders.fold import fold

INDEX = "search.sqlite"
_TOKEN = re.compile(r"\w+")
_QUERY = re.compile(r'"([^"]*)"|(\S+)')
_MOST = 400  # candidates that are read for their accents
_RANKED = 5000  # matches that are ranked: a word of every page need not be weighed on each


@dataclass(frozen=True)
class Hit:
    """One passage found: offsets count in the primary copy's text (in the subject where ``field`` is that).

    ``marks`` are the words that matched, as offsets into ``text``; ``exact`` says that they carry the accents typed.
    """

    directive_id: str
    provision_id: str
    field: str
    text: str
    char_start: int
    marks: tuple[tuple[int, int], ...]
    exact: bool


def passages(tables: dict[str, pa.Table]) -> Iterator[tuple[str, str, str, int, str]]:
    """(directive_id, provision_id, field, char_start, text) of everything that is indexed; nothing twice."""
    for row in tables["directives"].select(["directive_id", "subject"]).to_pylist():
        if row["subject"]:
            yield row["directive_id"], "", "subject", 0, row["subject"]
    trees: dict[str, list[dict[str, object]]] = {}
    for row in tables["provisions"].select(["directive_id", "provision_id", "char_start", "char_end"]).to_pylist():
        trees.setdefault(row["directive_id"], []).append(row)
    for row in tables["sources"].select(["directive_id", "is_primary", "text"]).to_pylist():
        if row["is_primary"]:
            for provision_id, start, end in _leaves(row["text"], trees.get(row["directive_id"], [])):
                if row["text"][start:end].strip():
                    yield row["directive_id"], provision_id, "text", start, row["text"][start:end]


def _leaves(text: str, tree: Sequence[dict]) -> Iterator[tuple[str, int, int]]:
    """Every character of the text once, with the deepest provision that holds it."""
    edges = sorted({0, len(text), *(row["char_start"] for row in tree), *(row["char_end"] for row in tree)})
    for start, end in pairwise(edges):
        held = [row for row in tree if row["char_start"] <= start < row["char_end"]]
        deepest = min(held, key=lambda row: row["char_end"] - row["char_start"], default=None)
        yield str(deepest["provision_id"]) if deepest else "", start, end


def build_index(tables: dict[str, pa.Table], path: Path) -> None:
    """Write the index; the same tables give the same answers."""
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(
            "CREATE TABLE passages (id INTEGER PRIMARY KEY, directive_id, provision_id, field, start, text)"
        )
        connection.execute(
            "CREATE VIRTUAL TABLE found USING fts5"
            "(words, content='', tokenize=\"unicode61 remove_diacritics 0\", prefix='2 3')"
        )
        rows = list(passages(tables))
        connection.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?)", [(n, *row) for n, row in enumerate(rows, 1)]
        )
        connection.executemany(
            "INSERT INTO found (rowid, words) VALUES (?, ?)",
            [(number, fold(row[-1])) for number, row in enumerate(rows, 1)],
        )
    connection.close()


def parse_query(words: str) -> list[tuple[str, bool]]:
    """Terms of a query as (words, is a phrase); what was typed keeps its accents.

    >>> parse_query('"khai báo" y te')
    [('khai báo', True), ('y', False), ('te', False)]
    """
    typed = unicodedata.normalize("NFC", words)
    terms = [(phrase or word, bool(phrase)) for phrase, word in _QUERY.findall(typed)]
    return [(term, phrase) for term, phrase in terms if _TOKEN.search(term)]


def _expression(terms: Iterable[tuple[str, bool]]) -> str:
    """FTS5 expression: all terms; the last word also as a prefix, for whoever is still typing."""
    parts = []
    for term, _ in terms:
        tokens = _TOKEN.findall(fold(term))
        parts.append('"' + " ".join(tokens) + '"')
    return " AND ".join([*parts[:-1], parts[-1] + "*"])


def search(
    path: Path, words: str, *, directive_ids: Iterable[str] | None = None, limit: int = 50, offset: int = 0
) -> tuple[list[Hit], int]:
    """Hits of ``words`` and how many passages matched in all (at most 400 are ranked by accents).

    Quotation marks make a phrase; without them the words of a query are also tried as one phrase first.
    """
    terms = parse_query(words)
    if not terms or not path.is_file():
        return [], 0
    allowed = None if directive_ids is None else json.dumps(sorted(directive_ids))
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        rows = _candidates(connection, terms, allowed)
    finally:
        connection.close()
    hits = [_hit(row, terms) for row in rows]
    hits.sort(key=lambda hit: not hit.exact)
    return hits[offset : offset + limit], len(hits)


_MATCHES = "SELECT rowid AS n, bm25(found) AS score FROM found WHERE found MATCH :words"
_WITHIN = (
    "SELECT found.rowid AS n, bm25(found) AS score FROM found JOIN passages ON passages.id = found.rowid "
    "WHERE found MATCH :words AND directive_id IN (SELECT value FROM json_each(:allowed))"
)


def _candidates(connection: sqlite3.Connection, terms: list[tuple[str, bool]], allowed: str | None) -> list[tuple]:
    """The best passages for the words as a phrase, then for each of them; bm25 ranks the first few thousand matches."""
    matches = _MATCHES if allowed is None else _WITHIN
    query = (
        f"SELECT directive_id, provision_id, field, start, text FROM ({matches} LIMIT {_RANKED}) "  # noqa: S608 (our words)
        f"JOIN passages ON passages.id = n ORDER BY score, n LIMIT {_MOST}"
    )
    whole = [(" ".join(term for term, _ in terms), True)]
    attempts = [whole, terms] if len(terms) > 1 and not any(phrase for _, phrase in terms) else [terms]
    rows: dict[tuple, None] = {}
    for attempt in attempts:
        for row in connection.execute(query, {"words": _expression(attempt), "allowed": allowed}):
            rows.setdefault(row)
    return list(rows)[:_MOST]


def _hit(row: tuple, terms: list[tuple[str, bool]]) -> Hit:
    directive_id, provision_id, field, start, text = row
    folded = fold(text)
    marks: set[tuple[int, int]] = set()
    exact = True
    whole = (" ".join(term for term, _ in terms), True)
    together = not any(phrase for _, phrase in terms) and _spans(folded, whole[0], last=True)
    for number, (term, _) in enumerate([whole] if together else terms):
        places = _spans(folded, term, last=bool(together) or number == len(terms) - 1)
        wanted = " ".join(_TOKEN.findall(term.lower()))
        accented = [span for span in places if " ".join(_TOKEN.findall(text[slice(*span)].lower())).startswith(wanted)]
        exact = exact and bool(accented)
        marks.update(accented or places)
    return Hit(directive_id, provision_id, field, text, start, tuple(sorted(marks)), exact)


def _spans(folded: str, term: str, *, last: bool) -> list[tuple[int, int]]:
    """Where a term's words stand; the last term of a query may go on."""
    pattern = r"\b" + r"\W+".join(map(re.escape, _TOKEN.findall(fold(term)))) + (r"\w*" if last else r"\b")
    return [match.span() for match in re.finditer(pattern, folded)]
