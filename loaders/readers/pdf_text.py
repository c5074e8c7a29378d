"""Text layer of one PDF page: characters with their boxes → printed lines.

PDFium gives characters in the order of the content stream, which is the reading order in all but two cases met: accents
set in a second font scramble it (a third of all words are then single letters), and columns side by side are joined on
one line. Scrambled pages are sorted anew by baseline; columns are parted by `layout`.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from loaders.readers.layout import Line, Word
from loaders.readers.quality import lone_share

SCRAMBLED = 0.10
"""Share of one-letter words above which the order of characters is not trusted."""
_HYPHENS = {2: "-", 0xFFFE: "-"}  # what PDFium makes of a hyphen at the end of a line
_MOST_CHARS = 200_000


@dataclass(frozen=True, slots=True)
class _Char:
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float


def page_lines(page: pdfium.PdfPage) -> list[Line]:
    """Printed lines of the page's text layer, in reading order but for columns."""
    textpage = page.get_textpage()
    try:
        rows = _rows(textpage, page.get_height())
    finally:
        textpage.close()
    lines = [line for row in rows if (line := _line(row)) is not None]
    if lone_share("\n".join(line.text for line in lines)) <= SCRAMBLED:
        return lines
    again = _by_baseline(char for row in rows for char in row if char is not None)
    return again if _shares(again) < _shares(lines) else lines


def _shares(lines: list[Line]) -> float:
    return lone_share("\n".join(line.text for line in lines))


def _rows(textpage: pdfium.PdfTextPage, height: float) -> list[list[_Char | None]]:
    """Characters in stream order, one row a line; ``None`` is a blank."""
    rows: list[list[_Char | None]] = [[]]
    last: _Char | None = None
    box = [ctypes.c_double() for _ in range(6)]
    for index in range(min(textpage.count_chars(), _MOST_CHARS)):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if code in (10, 13):
            rows.append([])
            continue
        text = _HYPHENS.get(code) or chr(code)
        if text.isspace():
            rows[-1].append(None)
            continue
        if ord(text[0]) < 32 or 0xD800 <= code < 0xE000:
            continue
        char = _boxed(textpage, index, text, box, height)
        if last is not None and _breaks(last, char):
            rows.append([])
        rows[-1].append(char)
        last = char
    return rows


def _boxed(textpage: pdfium.PdfTextPage, index: int, text: str, box: list[ctypes.c_double], height: float) -> _Char:
    x0, x1, bottom, top, _, base = box
    raw.FPDFText_GetCharBox(textpage, index, x0, x1, bottom, top)
    raw.FPDFText_GetCharOrigin(textpage, index, box[4], base)
    return _Char(text, x0.value, x1.value, height - top.value, height - bottom.value, height - base.value)


def _breaks(last: _Char, char: _Char) -> bool:
    tall = max(last.bottom - last.top, char.bottom - char.top, 4.0)
    return abs(char.base - last.base) > 0.8 * tall and char.x0 < last.x1 - 2 * tall


def _line(row: Iterable[_Char | None]) -> Line | None:
    words: list[Word] = []
    letters: list[_Char] = []
    for char in (*row, None):
        if char is None:
            if letters:
                words.append(_word(letters))
            letters = []
        else:
            letters.append(char)
    return Line(tuple(words)) if words else None


def _word(letters: list[_Char]) -> Word:
    return Word(
        unicodedata.normalize("NFC", "".join(char.text for char in letters)),
        min(char.x0 for char in letters),
        max(char.x1 for char in letters),
        min(char.top for char in letters),
        max(char.bottom for char in letters),
    )


def _by_baseline(chars: Iterable[_Char]) -> list[Line]:
    """Lines rebuilt from positions alone: same baseline, left to right, blanks where the gap is wide."""
    ordered = sorted(chars, key=lambda char: (char.base, char.x0))
    if not ordered:
        return []
    tall = median(char.bottom - char.top for char in ordered)
    rows: list[list[_Char]] = [[ordered[0]]]
    for char in ordered[1:]:
        if char.base - rows[-1][-1].base > 0.35 * tall:
            rows.append([])
        rows[-1].append(char)
    lines = (_line(_spaced(sorted(row, key=lambda char: char.x0), tall)) for row in rows)
    return [line for line in lines if line is not None]


def _spaced(row: list[_Char], tall: float) -> Iterable[_Char | None]:
    end = row[0].x0
    for char in row:
        if char.x0 - end > 0.25 * tall:
            yield None
        yield char
        end = max(end, char.x1)
