"""The subject of a paper: the lines that begin with "V/v", "Về" or "về việc", or stand below its title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from loaders.fold import fold
from loaders.layout import Cell
from loaders.records import Fact

_SUBJECT_LABEL = regex.compile(r"^\W*(?:trich yeu(?: noi dung)?)\s*:?\s*")
TITLE_HEAD = regex.compile(r"^[\p{Lu}\s]{5,}(?=\s+\p{L}*\p{Ll})")
OF = regex.compile(r"^\W*cua\s+")
_SKIPPED = frozenset(
    ["date", "nation", "motto", "party", "urgency", "number", "blank_number", "star", "rule", "page", "meta"]
)
_UNFINISHED = regex.compile(r"(?:,|\b(?:va|cua|trong|tren|ve|tai|cho|voi|theo|den|tu|dich|tinh|huyen|pho))$")


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell of the header with the number of blank lines before its line (0 inside a line)."""

    cell: Cell
    gap: int


def parse_subject(placed: Sequence[Placed], title: Placed | None) -> Fact | None:
    """Subject lines joined with single blanks, "V/v", "Về" or "về việc" kept as printed."""
    if title is not None:
        return _subject_below(placed, placed.index(title))
    first = next((index for index, item in enumerate(placed) if item.cell.kind == "subject"), None)
    if first is None:
        return None
    cell = placed[first].cell
    label = _SUBJECT_LABEL.match(cell.folded)
    start = cell.start + (label.end() if label else 0)
    return _joined(start, cell.raw[start - cell.start :], cell.end, placed[first + 1 :])


def _subject_below(placed: Sequence[Placed], at: int) -> Fact | None:
    cell = placed[at].cell
    head = TITLE_HEAD.match(cell.raw)
    if head:  # "CHỈ THỊ Về việc tăng cường …" on one line
        start = cell.start + head.end() + len(cell.raw[head.end() :]) - len(cell.raw[head.end() :].lstrip(" .:-"))
        return _joined(start, cell.raw[start - cell.start :], cell.end, placed[at + 1 :])
    for index, item in enumerate(placed[at + 1 :], at + 1):
        below = item.cell
        if below.kind in _SKIPPED or below.kind == "title" or OF.match(below.folded):
            continue
        if below.kind == "issuer" or (below.kind == "place" and index == at + 1):
            continue
        return _joined(below.start, below.raw, below.end, placed[index + 1 :])
    return None


def _joined(start: int, first: str, end: int, rest: Sequence[Placed]) -> Fact | None:
    pieces = [first]
    for item in rest:
        cell = item.cell
        if cell.kind in _SKIPPED:
            continue
        if cell.kind in ("issuer", "title", "addressee", "sign"):
            break
        if item.gap and not (cell.raw[:1].islower() or _UNFINISHED.search(fold(pieces[-1]))):
            break
        pieces.append(cell.raw)
        end = cell.end
    value = " ".join(" ".join(pieces).split()).strip(" |*_-–")
    if value.startswith("(") and value.endswith(")"):
        value = value[1:-1].strip()
    return Fact(value.removesuffix("./.").rstrip(" ."), start, end) if value else None
