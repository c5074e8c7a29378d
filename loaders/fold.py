"""Text and its folded shadow: the one fold and the one Vietnamese sort key of the project.

The shadow has exactly one character for each character of the text, so an offset found in it is an offset in the text.
Folding lowers case, strips tone and vowel marks, turns đ into d, every dash into ``-``, every slash into ``/``, every
quotation mark into ``"`` and every blank but the line break into a space. It merges cấm, cam and cảm: use it to find,
and look at ``Text.raw`` where a mark decides.
"""

from __future__ import annotations

import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loaders.layout import Line

_DASHES = "‐‑‒–—―−﹣－~"
_SLASHES = "⁄∕／"
_QUOTES = "“”„‟«»＂‘’‚‛′`´"
_BLANKS = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\x0b\x0c\r"


def _fold_char(char: str) -> str:
    if char in "đĐ":
        return "d"
    base = unicodedata.normalize("NFD", char)[0]
    lower = base.lower()
    return lower if len(lower) == 1 else char


class _FoldTable(dict[int, str]):
    """Filled on demand: ``str.translate`` asks for each distinct character once."""

    def __missing__(self, code: int) -> str:
        folded = _fold_char(chr(code))
        self[code] = folded
        return folded


_TABLE = _FoldTable()
_TABLE.update({ord(char): "-" for char in _DASHES})
_TABLE.update({ord(char): "/" for char in _SLASHES})
_TABLE.update({ord(char): '"' for char in _QUOTES})
_TABLE.update({ord(char): " " for char in _BLANKS})
_TABLE[ord("\n")] = "\n"


def fold(text: str) -> str:
    """Folded shadow of NFC ``text``: same length, offset by offset.

    >>> fold("Tỉnh ủy Đồng Nai – Số: 16⁄CT")
    'tinh uy dong nai - so: 16/ct'
    """
    return text.translate(_TABLE)


def slugify(text: str) -> str:
    """ASCII slug for ids.

    >>> slugify("396-CV/TU")
    '396-cv-tu'
    """
    folded = fold(unicodedata.normalize("NFC", text))
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in folded).split())


_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries
_TONE_RANK = {tone: rank for rank, tone in enumerate(_TONES, 1)}
_LETTER_RANK = {letter: f"l{rank:02d}" for rank, letter in enumerate(_LETTERS)}


def sort_key(text: str) -> tuple[str, str]:
    """Key that sorts as a Vietnamese dictionary does: letter by letter (Đ after D), then tone.

    >>> sorted(["Đồng Nai", "Dak", "Em", "Da"], key=sort_key)
    ['Da', 'Dak', 'Đồng Nai', 'Em']
    """
    letters, tones = [], []
    for char in unicodedata.normalize("NFC", text.lower()):
        parts = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in parts if mark in _TONE_RANK), "")
        letter = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONE_RANK))
        letters.append(_LETTER_RANK.get(letter, letter))
        tones.append(str(_TONE_RANK.get(tone, 0)))
    return "".join(letters), "".join(tones)


class Text:
    """A document's cleaned NFC text with its folded shadow.

    Attributes
    ----------
    raw : str
        What quotes are cut from.
    folded : str
        ``fold(raw)``, same length, unless another shadow is given.
    repaired : str
        ``folded`` with slips of character recognition mended, same length (see :mod:`loaders.repair`).
    lines : tuple of loaders.layout.Line
        Every line with something on it, in order, with the kinds of its cells: read once for all stages.
    """

    def __init__(self, raw: str, folded: str | None = None) -> None:
        self.raw = raw
        if folded is not None:
            self.folded = folded

    @cached_property
    def folded(self) -> str:
        return fold(self.raw)

    @cached_property
    def repaired(self) -> str:
        from loaders.repair import repair  # the lexicon is read from the vocabulary, which folds its own words

        return repair(self.folded)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        from loaders.layout import read_lines  # layout folds its own words

        return tuple(read_lines(self.raw, self.folded))

    def __len__(self) -> int:
        return len(self.raw)
