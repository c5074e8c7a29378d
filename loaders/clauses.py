"""A stretch of text as words in clauses, for phrase matching: the folded words one blank apart, with the way back.

Reads the repaired shadow of a text and adds ``Words``: one string in which marks of punctuation, line wraps and doubled
blanks are gone, ``;`` and the end of a sentence or block end a clause, and every character leads back to its offset in
the text. A line break inside a sentence (the next line begins in lower case, or a long line ends without a mark) ends
nothing; "TP. Hồ Chí Minh", "1.000" and "..." before a small letter end no sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from loaders.fold import Text
from loaders.spelling import read_printed
from loaders.wraps import is_wrap

# the lookahead only says where nothing breaks, in a word and between two: most places by far
_BREAK = re.compile(r"(?![a-z]| \w)(?: *[^\w ]\W*|  +|(?<![^\W])0+(?=[1-9]\d?\b))")
_LETTERED = re.compile(r"[a-zđ]\)|\d\.\d")
_APART = ("rieng ", "con lai ")
_HEAD_WORDS = 30
_STOP_WORDS = 15
_STOPS = re.compile(r" (?:dừng|ngừng|cấm|dong cua|dinh chi|khong to chuc) ")
_NUMBER = re.compile(r" \d{1,2} ")
# "Tạm dừng karaoke, quán bar; bắn pháo hoa; …": items without a verb of their own share the first one's.
_STOPPING = re.compile(
    r" (?:- )?(?:(?:tiep tuc|yeu cau) )?(?:tam )?(?:dừng|ngừng|cấm|dong cua|dinh chi|khong to chuc) "
)
_VERB = re.compile(
    r" (?:duoc|phai|chi|thuc hien|to chuc|yeu cau|t[aă]ng cuong|dam bao|bao dam|cho|huong dan|tiep tuc|duy tri|khong"
    r"|xu ly|kiem tra|kiem soat|giam sat|ra soat|bo tri|chuyen|giu|deo|tuyen truyen|trien khai|phoi hop|quan ly|ap dung"
    r"|xay dung|han che|dừng|ngừng|cấm|dong cua|dinh chi) "
)
_ABBREVIATIONS = frozenset(
    ["tp", "tx", "tt", "q", "p", "h", "gs", "pgs", "ts", "ths", "bs", "dr", "kt", "tm", "tl", "st"]
)


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a text.

    ``string`` begins and ends with a blank; ``printed`` is the same with the marks that are printed
    (:func:`loaders.spelling.read_printed`); clause ``i`` is ``string[bounds[i]:bounds[i + 1]]``; ``sentences[i]``
    numbers the sentence that clause belongs to. ``heads[i]`` are the bounds of the words that open a list clause ``i``
    is an item of ("Các hoạt động tiếp tục tạm dừng: …; …", or a line with a colon above dashes), or ``None``.
    """

    string: str
    printed: str
    bounds: list[int]
    sentences: list[int]
    heads: list[tuple[int, int] | None]
    _at: list[int]
    _raw: list[int]

    def clause(self, position: int) -> int:
        return bisect_right(self.bounds, position) - 1

    def raw(self, position: int) -> int:
        """Offset in the text of the character at ``position``."""
        piece = bisect_right(self._at, position) - 1
        here = self._raw[piece] + position - self._at[piece]
        return min(here, self._raw[piece + 1]) if piece + 1 < len(self._raw) else here

    def position(self, offset: int) -> int:
        """Place in ``string`` of the character at ``offset`` of the text."""
        piece = max(bisect_right(self._raw, offset) - 1, 0)
        end = self._at[piece + 1] if piece + 1 < len(self._at) else len(self.string)
        return min(self._at[piece] + offset - self._raw[piece], end)


def _separator(raw: str, shadow: str, start: int, end: int) -> str:
    gap = raw[start:end]
    if "\n" in gap and not is_wrap(raw, start, end):
        item = any(dash in gap for dash in "-–+*•") or _LETTERED.match(raw, end)
        return f"{' : ' if ':' in gap else ' '}\n{' - ' if item else ' '}"
    if ";" in gap:
        return " ; "
    if "." in gap or "…" in gap or "?" in gap or "!" in gap:
        return _stop(raw, shadow, start, end)
    if ":" in gap:
        return " : "
    # "…, riêng xã Hòa Bình …": what is said of the rest does not hold for it
    return " ; " if "," in gap and shadow.startswith(_APART, end) else " "


def _stop(raw: str, shadow: str, start: int, end: int) -> str:
    if end >= len(raw):
        return " . "
    gap = raw[start:end]
    if gap == ".":
        return " . " if raw[end].isupper() and not raw[start - 1 : start].isupper() else " "
    word_start = max(shadow.rfind(" ", 0, start), shadow.rfind("\n", 0, start)) + 1
    if "..." not in gap and shadow[word_start:start] in _ABBREVIATIONS:
        return " "
    return " " if raw[end].islower() else " . "


def read_words(text: Text, shadow: str, start: int, end: int) -> Words:
    """Words of ``text`` from ``start`` to ``end``; ``shadow`` is :func:`loaders.spelling.read_shadow`, masked."""
    raw, marked = text.raw[:end], read_printed(text, shadow)
    pieces, printed, at, offsets = [" "], [" "], [0], [max(start - 1, 0)]
    length, last, sentence = 1, start, 0
    bounds, sentences = [0], [0]
    for match in _BREAK.finditer(shadow, start, end):
        left, right = match.span()
        if left > last:
            pieces.append(shadow[last:left])
            printed.append(marked[last:left])
            at.append(length)
            offsets.append(last)
            length += left - last
        mark = _separator(raw, shadow, left, right) if right - left and not match[0].startswith("0") else ""
        if mark and (length > 1 or mark.strip()):
            pieces.append(mark)
            printed.append(mark)
            at.append(length)
            offsets.append(left)
            length += len(mark)
            if mark != " " and mark != " : ":
                sentence += mark != " ; "
                bounds.append(length - 1)
                sentences.append(sentence)
        last = right
    if end > last:
        pieces.append(shadow[last:end])
        printed.append(marked[last:end])
        at.append(length)
        offsets.append(last)
        length += end - last
    pieces.append(" ")
    printed.append(" ")
    at.append(length)
    offsets.append(end)
    string = "".join(pieces)
    return Words(string, "".join(printed), bounds, sentences, _heads(string, bounds, sentences), at, offsets)


def _heads(string: str, bounds: list[int], sentences: list[int]) -> list[tuple[int, int] | None]:
    heads: list[tuple[int, int] | None] = []
    block: tuple[int, int] | None = None
    line: tuple[int, int] | None = None
    opening: tuple[int, int] | None = None
    for index, start in enumerate(bounds):
        end = bounds[index + 1] if index + 1 < len(bounds) else len(string)
        fresh = index == 0 or sentences[index] != sentences[index - 1]
        if fresh:
            line = None
            if string[start - 1] == "\n" and index and not (block and _goes_on_stopping(string, block, start)):
                block = None
        listed = line or block
        if not listed and not fresh and opening and not _VERB.search(string, start, end):
            listed = opening
        heads.append(listed)
        if fresh:
            opening = (start, end) if _STOPPING.match(string, start) else None
            colon = string.find(" : ", start, end)
            if colon >= 0 and string.count(" ", start, colon) <= _HEAD_WORDS:
                line = (start, colon + 1)
        if string.endswith((": \n", ": \n -"), start, end):
            block = (start, end - 1) if string.count(" ", start, end) <= _HEAD_WORDS else None
    return heads


def _goes_on_stopping(string: str, block: tuple[int, int], start: int) -> bool:
    """Whether a numbered line is an item of the words above it: "Tạm dừng hoạt động:", "1. Karaoke;", "2. …"."""
    short = string.count(" ", *block) <= _STOP_WORDS
    return short and _NUMBER.match(string, start) is not None and _STOPS.search(string, *block) is not None
