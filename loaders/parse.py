"""The order of the stages: the text of one source in, its documents with every fact out. A pure function.

This and ``build`` are the only modules that know the order; no stage knows another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from loaders import (
    actors,
    citations,
    dates,
    dating,
    figures,
    header,
    measures,
    province,
    provisions,
    split,
    tasks,
    zones,
)
from loaders.clean import clean_text
from loaders.fold import Text
from loaders.records import Document, Header, Problem, Span, Zones
from loaders.source import SourceText, place_doubts, place_pages
from loaders.wraps import find_wraps, unwrap


def parse_source(source: SourceText) -> tuple[Document, ...]:
    """Documents of one source, in the order they lie in it; spans of a document count from its own first character."""
    cleaned = clean_text(source.text)
    whole = Text(cleaned.rstrip())
    spans = split.split_lines(whole.lines)
    documents = tuple(
        parse_document(_part(whole, span), source, ordinal, span) for ordinal, span in enumerate(spans, 1)
    )
    documents = tuple(_paged(document, place_pages(source, cleaned)) for document in documents)
    doubts = place_doubts(source, cleaned)
    return tuple(_doubted(document, doubts) for document in documents) if doubts else documents


def _part(whole: Text, span: Span) -> Text:
    """The text of one document; that of a file that is one document, as most are, has its shadow and lines already."""
    return whole if span == Span(0, len(whole)) else Text(span.of(whole.raw))


def _paged(document: Document, pages: Sequence[tuple[int, int]]) -> Document:
    """The document with the pages that begin in it, and the one on which it begins."""
    first, last = document.char_start, document.char_end
    before = [(number, 0) for number, start in pages if start < first][-1:]
    own = [(number, start - first) for number, start in pages if first <= start < last]
    lead = [] if own and not document.text[: own[0][1]].strip() else before
    return replace(document, pages=(*lead, *own))


def _doubted(document: Document, doubts: Sequence[tuple[int, int, float]]) -> Document:
    """The document with a problem row for each word that OCR was unsure of: the reader marks them."""
    first, last = document.char_start, document.char_end
    found = tuple(
        Problem("source", "ocr-unsure", "info", f"OCR is unsure of this word ({sure:.0%}).", start - first, end - first)
        for start, end, sure in doubts
        if first <= start and end <= last
    )
    return replace(document, problems=(*document.problems, *found))


def parse_document(text: Text, source: SourceText, ordinal: int, place: Span) -> Document:
    """Every fact of one document.

    Parameters
    ----------
    text
        Cleaned text of the document alone.
    source, ordinal, place
        The source it lay in, its 1-based position there and its characters in the cleaned source.
    """
    parts = zones.match_zones(text)
    head = header.parse_header(text, parts)
    where = province.resolve_province(text, parts, head)
    tree = provisions.parse_provisions(text, parts.body)
    mended, flow = _to_search(text, parts)
    cited = citations.match_citations(mended, parts, head, tree)
    issued = date.fromisoformat(head.issue_date.value) if head.issue_date else None
    days = dates.match_dates(flow, parts, tree, issued)
    dated = dating.resolve_dating(text, head, parts, cited, days)
    return Document(
        path=source.path,
        sha256=source.sha256,
        ordinal=ordinal,
        char_start=place.start,
        char_end=place.end,
        media_type=source.media_type,
        method=source.method,
        ocr_confidence=source.ocr_confidence,
        text=text.raw,
        zones=parts,
        header=head,
        province=where,
        dating=dated,
        provisions=tree,
        recipients=actors.parse_recipients(text, parts),
        citations=cited,
        tasks=tasks.match_tasks(flow, parts, tree),
        measures=measures.match_measures(text, parts, tree, head),
        dates=days,
        figures=figures.match_figures(flow, parts, tree),
        problems=(*head.problems, *where.problems, *dated.problems),
    )


def _to_search(text: Text, parts: Zones) -> tuple[Text, Text]:
    """The text with mended words for its folded ones, and the same with the lines of its body unwrapped: texts of the
    same length, to find in."""
    wraps = find_wraps(text.raw, parts.body.start, parts.body.end)
    return Text(text.raw, text.repaired), Text(unwrap(text.raw, wraps), unwrap(text.repaired, wraps))


def title_document(title: str, source: SourceText, ordinal: int, head: Header) -> Document:
    """A directive known by its title alone (a row of a register): facts come from the title, there is no body."""
    text = Text(title)
    whole = Span(0, len(title))
    parts = Zones(header=whole, body=Span(len(title), len(title)))
    where = province.resolve_province(text, parts, head)
    cited = citations.match_title_citations(title)
    days = dates.match_dates(text, parts, (), None)
    dated = dating.resolve_dating(text, head, parts, cited, days)
    return Document(
        path=source.path,
        sha256=source.sha256,
        ordinal=ordinal,
        char_start=0,
        char_end=len(title),
        media_type=source.media_type,
        method=source.method,
        ocr_confidence=None,
        text=title,
        zones=parts,
        header=head,
        province=where,
        dating=dated,
        citations=cited,
        measures=measures.match_measures(text, Zones(header=Span(0, 0), body=whole), ()),
        problems=(
            *dated.problems,
            Problem("registers", "title-only", "info", "Known by its title in a register; the text is not held."),
        ),
    )
