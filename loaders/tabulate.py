"""Parsed sources to the tables of the contract: copies merged, rows made a few directives at a time, columns built."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from loaders import actors, assemble, merge
from loaders.corrections import apply_corrections
from loaders.records import Actor, Directive, Document, Problem
from loaders.store import Correction
from loaders.tables import SPECS, check_spans, join_rows, to_arrow

_BATCH = 25  # directives whose rows are held as Python objects: ten times as much memory as their columns


@dataclass(frozen=True)
class ParsedSource:
    """What one file gave. ``unreadable`` is true where nothing of it could be read.

    ``n_documents`` counts them where ``documents`` has been taken away: see :func:`take_documents`.
    """

    path: str
    sha256: str
    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    unreadable: bool = False
    n_documents: int = 0


def merge_all(documents: Iterable[Document]) -> list[Directive]:
    """Documents to identified, dated directives, sorted by id."""
    groups = merge.group_copies(list(documents))
    directives = merge.identify(merge.merge_copies(group) for group in groups)
    return sorted(merge.date_by_citation(directives), key=lambda item: item.directive_id)


def take_documents(parsed: list[ParsedSource]) -> list[Document]:
    """Documents of ``parsed``, which keeps all but them: they are the bulk of a build's memory and are spent once."""
    documents: list[Document] = []
    for place, source in enumerate(parsed):
        documents += source.documents
        parsed[place] = replace(source, documents=(), n_documents=len(source.documents))
    return documents


def build_rows(parsed: Iterable[ParsedSource]) -> assemble.Rows:
    """Rows of every table, from what the sources gave."""
    sources = list(parsed)
    rows: assemble.Rows = {name: [] for name in SPECS}
    for part in _row_parts(take_documents(sources), sources):
        for name, found in part.items():
            rows[name] += found
    return rows


def _row_parts(documents: list[Document], sources: Sequence[ParsedSource]) -> Iterator[assemble.Rows]:
    """Rows of all tables, ``_BATCH`` directives at a time; a directive is let go when its rows are made.

    The list of documents is emptied. All rows of one directive come in one part, so each part is free of doubles.
    """
    directives = merge_all(documents)
    documents.clear()
    link = assemble.Linker(directives)
    known: dict[str, Actor] = {}
    directives.reverse()
    while directives:
        rows: assemble.Rows = {name: [] for name in SPECS}
        for _ in range(min(_BATCH, len(directives))):
            _add_rows(rows, directives.pop(), link, known)
        yield _without_doubles(rows)
    rest: assemble.Rows = {name: [] for name in SPECS}
    rest["problems"] = [row for source in sources for row in _source_problems(source)]
    rest["actors"] = [_actor_row(actor) for actor in known.values()]
    yield _without_doubles(rest)


def _add_rows(rows: assemble.Rows, directive: Directive, link: assemble.Linker, known: dict[str, Actor]) -> None:
    places = assemble.Places(directive)
    resolve = _resolver(directive, known)
    rows["directives"].append(assemble.directive_row(directive))
    rows["sources"] += assemble.source_rows(directive)
    rows["provisions"] += assemble.provision_rows(places)
    rows["measures"] += assemble.measure_rows(directive, places)
    rows["tasks"] += assemble.task_rows(directive, places, resolve)
    rows["recipients"] += assemble.recipient_rows(directive, resolve)
    rows["citations"] += assemble.citation_rows(directive, places, link)
    rows["dates"] += assemble.date_rows(directive, places)
    rows["figures"] += assemble.figure_rows(directive, places)
    rows["problems"] += assemble.problem_rows(directive)
    rows["evidence"] += assemble.evidence_rows(directive)
    resolve(assemble.full_issuer(directive.header, directive.province))


def _source_problems(source: ParsedSource) -> Iterator[assemble.Row]:
    for item in source.problems:
        yield assemble.problem_row(item, source.path)
    if not source.n_documents and not source.unreadable:
        nothing = Problem("split", "no-directive", "warning", f"{source.path}: no directive was found in it.")
        yield assemble.problem_row(nothing, source.path)


def _without_doubles(rows: assemble.Rows) -> assemble.Rows:
    return {name: assemble.unique(table, SPECS[name].key) for name, table in rows.items()}


def _resolver(directive: Directive, known: dict[str, Actor]) -> Callable[[str], tuple[Actor, ...]]:
    def resolve(name: str) -> tuple[Actor, ...]:
        found = actors.resolve_actors(name, province=directive.province, branch=directive.header.issuer_branch)
        for actor in found:
            known.setdefault(actor.actor_id, actor)
        return found

    return resolve


def _actor_row(actor: Actor) -> assemble.Row:
    return {column: getattr(actor, column) for column in SPECS["actors"].columns}


def tables_of(parsed: Iterable[ParsedSource], corrections: Sequence[Correction] = ()) -> dict[str, pa.Table]:
    """Validated tables of parsed sources with corrections applied; see :class:`loaders.tables.TableError`."""
    sources = list(parsed)
    return tables_from(take_documents(sources), sources, corrections)


def tables_from(
    documents: list[Document], sources: Sequence[ParsedSource], corrections: Sequence[Correction] = ()
) -> dict[str, pa.Table]:
    """The same of documents taken from their sources; the list is emptied on the way."""
    parts: dict[str, list[pa.Table]] = {name: [] for name in SPECS}
    for rows in _row_parts(documents, sources):
        for name, found in rows.items():
            parts[name].append(to_arrow(name, found))
    if corrections:
        parts = _corrected(parts, corrections)
    tables = {name: join_rows(name, parts.pop(name)) for name in SPECS}
    check_spans(tables)
    return tables


def _corrected(parts: dict[str, list[pa.Table]], corrections: Sequence[Correction]) -> dict[str, list[pa.Table]]:
    read = {name: pa.concat_tables(held).to_pylist() for name, held in parts.items()}
    rows, refused = apply_corrections(read, corrections)
    for item, problem in refused:
        rows["problems"].append(assemble.problem_row(problem, "", _directive_of(item)))
    return {name: [to_arrow(name, table)] for name, table in rows.items()}


def _directive_of(item: Correction) -> str:
    """The directive a correction speaks of: the first part of every key but those of actors and measures."""
    return next(iter(json.loads(item.key)), "").split("#")[0] if item.key else ""
