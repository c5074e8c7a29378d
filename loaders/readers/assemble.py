"""Lines of the pages → one text with the spans of its pages and of the words that OCR was unsure of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loaders.readers.base import Page, Reading
from loaders.readers.layout import Line, glue, join_lines, paragraph_gap, unfold_columns, usual_pitch
from loaders.records import Problem

LOW_CONFIDENCE = 0.60
"""Below this a word is marked for the reader."""


@dataclass(frozen=True, slots=True)
class PageText:
    """Text of one page; ``unsure`` are spans in it, ``confidence`` is the mean over its words."""

    text: str
    method: str
    confidence: float | None = None
    unsure: tuple[tuple[int, int, float], ...] = ()


def page_text(lines: Sequence[Line], method: str) -> PageText:
    """Text of a page from its printed lines in the order they were found."""
    pieces: list[str] = []
    unsure: list[tuple[int, int, float]] = []
    length, last = 0, None

    def add(piece: str) -> None:
        nonlocal length
        pieces.append(piece)
        length += len(piece)

    pitch = usual_pitch(lines)
    for paragraph in join_lines(unfold_columns(lines)):
        if last is not None:
            add("\n\n" if paragraph_gap(last, paragraph[0], pitch) else "\n")
        for position, line in enumerate(paragraph):
            add(glue(paragraph[position - 1].text) if position else "")
            for place, word in enumerate(line.words):
                add(" " if place else "")
                if word.confidence is not None and word.confidence < LOW_CONFIDENCE:
                    unsure.append((length, length + len(word.text), word.confidence))
                add(word.text)
        last = paragraph[-1]
    sure = [word.confidence for line in lines for word in line.words if word.confidence is not None]
    return PageText("".join(pieces), method, sum(sure) / len(sure) if sure else None, tuple(unsure))


def assemble(pages: Sequence[PageText], problems: Sequence[Problem]) -> Reading:
    """One reading of all pages, a blank line between two; the method is ``ocr`` where any page was read by OCR."""
    text, spans = "", []
    unsure: list[tuple[int, int, float]] = []
    for number, page in enumerate(pages, 1):
        text += "\n\n" if text and page.text else ""
        start = len(text)
        text += page.text
        spans.append(Page(number, start, len(text), page.method, _rounded(page.confidence)))
        unsure.extend((start + a, start + b, round(sure, 3)) for a, b, sure in page.unsure)
    sure = [(page.confidence, len(page.text)) for page in pages if page.confidence is not None]
    total = sum(weight for _, weight in sure)
    return Reading(
        text=text,
        method="ocr" if any(page.method == "ocr" for page in pages) else "pdf_text",
        pages=tuple(spans),
        ocr_confidence=round(sum(c * n for c, n in sure) / total, 3) if total else None,
        low_confidence=tuple(unsure),
        problems=tuple(problems),
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
