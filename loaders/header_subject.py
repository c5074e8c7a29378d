"""The subject of a paper: the lines that begin with "V/v", "Về" or "về việc", or stand below its title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from loaders.fold import fold
from loaders.layout import Cell
from loaders.layout_words import is_capitals
from loaders.records import Fact

_LEAST_SUBJECT = 25  # letters of a subject that nothing marks as one
_COUNTED = regex.compile(r"\s*\(\s?(?:so|lan)(?: thu)? \d{1,2}\s?\)\s*")  # "THÔNG BÁO (Số 2) Về việc …"
_CONCLUDES = regex.compile(r"^\W*(?:ket luan|y kien)\s\w")
_SUBJECT_LABEL = regex.compile(r"^\W*(?:trich yeu(?: noi dung)?)\s*:?\s*")
TITLE_HEAD = regex.compile(r"^[\p{Lu}\s]{5,}(?=:?\s+\p{L}*\p{Ll})")
_ABOUT = regex.compile(r"\s+(?=(?:v/v|ve)\s)")
OF = regex.compile(r"^\W*cua\s+")
_SKIPPED = frozenset(
    ["date", "nation", "motto", "party", "urgency", "number", "blank_number", "star", "rule", "page", "meta"]
)
GOES_ON = regex.compile(r"(?:,|\b(?:va|cua|trong|tren|ve|tai|cho|voi|theo|den|tu))$")  # … with the name of a body
_UNFINISHED = regex.compile(r"(?:,|\b(?:va|cua|trong|tren|ve|tai|cho|voi|theo|den|tu|dich|tinh|huyen|pho))$")


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell of the header with the number of blank lines before its line (0 inside a line)."""

    cell: Cell
    gap: int


def parse_subject(placed: Sequence[Placed], title: Placed | None, addressed: bool) -> Fact | None:
    """Subject lines joined with single blanks, "V/v", "Về" or "về việc" kept as printed.

    A letter that is ``addressed`` to somebody may have its subject below the number without any such word.
    """
    if title is not None:
        return _subject_below(placed, placed.index(title))
    first = next((index for index, item in enumerate(placed) if item.cell.kind == "subject"), None)
    if first is None:
        first = _unmarked(placed) if addressed else _in_capitals(placed)
    if first is None:
        return None
    cell = placed[first].cell
    label = _SUBJECT_LABEL.match(cell.folded)
    start = cell.start + (label.end() if label else 0)
    return _joined(start, cell.raw[start - cell.start :], cell.end, placed[first + 1 :])


def _unmarked(placed: Sequence[Placed]) -> int | None:
    """Index of the first words below the number line that are nothing else: "Tăng cường phòng, chống dịch …"."""
    number = next((i for i, item in enumerate(placed) if item.cell.kind in ("number", "blank_number")), None)
    if number is None:
        return None
    for index, item in enumerate(placed[number + 1 :], number + 1):
        if item.cell.kind == "other":
            words = item.cell.raw.lstrip('("“*_')
            return index if words[:1].isupper() and words.count(" ") > 2 and not words.endswith((":", ";")) else None
    return None


def _in_capitals(placed: Sequence[Placed]) -> int | None:
    """Index of a line in capitals below number and date, where the title above it is lost."""
    form = max((i for i, item in enumerate(placed) if item.cell.kind in ("number", "date")), default=len(placed))
    below = [i for i in range(form + 1, len(placed)) if placed[i].cell.kind not in _SKIPPED]
    shouted = [i for i in below if placed[i].cell.kind in ("capitals", "name") and is_capitals(placed[i].cell.raw)]
    if not shouted or shouted[0] != below[0] or sum(len(placed[i].cell.raw) for i in shouted) < _LEAST_SUBJECT:
        return None
    return below[0]


def _subject_below(placed: Sequence[Placed], at: int) -> Fact | None:
    cell = placed[at].cell
    head = TITLE_HEAD.match(cell.raw)
    about = head.end() if head else _about(cell)
    if head and (counted := _COUNTED.match(cell.folded, about)):
        about = counted.end()
    if about:  # "CHỈ THỊ Về việc tăng cường …", "THÔNG BÁO VỀ VIỆC …" on one line
        start = about + len(cell.raw[about:]) - len(cell.raw[about:].lstrip(" .:-"))
        return _joined(cell.start + start, cell.raw[start:], cell.end, placed[at + 1 :])
    for index, item in enumerate(placed[at + 1 :], at + 1):
        below = item.cell
        if below.kind == "title" and _CONCLUDES.match(below.folded):  # "THÔNG BÁO" / "KẾT LUẬN CỦA CHỦ TỊCH …"
            return _joined(below.start, below.raw, below.end, placed[index + 1 :])
        if below.kind in _SKIPPED or below.kind == "title":
            continue
        start = 0
        if OF.match(below.folded):  # "CỦA BAN THƯỜNG VỤ TỈNH ỦY", with or without the subject on its line
            start = _about(below)
            if not start:
                continue
        elif below.kind == "issuer" or (below.kind == "place" and index == at + 1):
            continue
        return _joined(below.start + start, below.raw[start:], below.end, placed[index + 1 :])
    return None


def _about(cell: Cell) -> int:
    """Where "về …" begins behind a title or a body on the same line, or 0."""
    found = _ABOUT.search(cell.folded)
    return found.end() if found else 0


def _joined(start: int, first: str, end: int, rest: Sequence[Placed]) -> Fact | None:
    pieces = [first]
    for item in rest:
        cell = item.cell
        is_day = cell.kind == "page" and not item.gap and _UNFINISHED.search(fold(pieces[-1]))  # "… 30/4 và" / "01/5"
        if cell.kind in _SKIPPED and not is_day:
            continue
        if cell.kind in ("title", "addressee", "sign"):
            break
        if cell.kind == "issuer" and not GOES_ON.search(fold(pieces[-1])):
            break
        if item.gap and not (cell.raw[:1].islower() or _UNFINISHED.search(fold(pieces[-1]))):
            break
        pieces.append(cell.raw)
        end = cell.end
    value = " ".join(" ".join(pieces).split()).strip(" |*_-–")
    if value.endswith(")") and value.count(")") > value.count("("):
        value = value[:-1].strip()
    if value.startswith("(") and value.endswith(")"):
        value = value[1:-1].strip()
    return Fact(value.removesuffix("./.").rstrip(" ."), start, end) if value else None
