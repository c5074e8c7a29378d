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

import ahocorasick_rs

from loaders.fold import Text

MASK = "_"

# Words whose folded form means several things: they keep their marks in the words of a text where they are printed so.
# The second entry lists what scanners make of the first.
MARKED = {
    "dừng": "dừng dửng dứng dững",
    "ngừng": "ngừng ngửng ngứng",
    "cấm": "cấm cẩm cẫm",
    "chợ": "chợ",
    "họp": "họp",
    "lễ": "lễ lể",
    "mở": "mở mỡ",
    "quán": "quán",
    "bỏ": "bỏ",
    "đò": "đò",
    "phà": "phà",
    "hủy": "hủy huỷ",
    "giỗ": "giỗ",
    "lùi": "lùi",
    "trừ": "trừ",
    "tiệm": "tiệm",
    "dỡ": "dỡ dở",
    "gỡ": "gỡ gở",
    "chùa": "chùa",
    "giảm": "giảm",
    "hoãn": "hoãn hoản",
    "nâng": "nâng",
    "tăng": "tăng",
    "nới": "nới",
    "miễn": "miễn",
    "đông": "đông",
    "đỏ": "đỏ",
    "thôi": "thôi",
    "đăng": "đăng",
    "giả": "giả",
    "chở": "chở",
}
_FORMS = {form: word for word, forms in MARKED.items() for form in forms.split()}
_FORM_LIST = sorted(_FORMS)
_FORM = ahocorasick_rs.AhoCorasick(_FORM_LIST, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
# Printed without marks: "tam dung", "dung cac hoat dong", but not "su dung cac", "xay dung ban do".
_BARE_STOP = re.compile(
    r"(?:dung|ngung)\b(?:(?<=\btam dung)|(?<=\btam ngung)"
    r"|(?<=\bdung)(?= (?:cac|moi|toan bo|tat ca|hoat dong|to chuc|viec|don|ban|kinh doanh)\b))"
)
_NO_STOP = ("su ", "ap ", "noi ", "tan ", "tac ", "van ", "xay ", "huu ", "tin ", "cong ", "ung ", "chuyen ", "trung ")
# the lookahead only says where nothing breaks, in a word and between two: most places by far
_BREAK = re.compile(r"(?![a-z]| \w)(?: *[^\w ]\W*|  +|(?<![^\W])0+(?=[1-9]\d?\b))")
_LETTERED = re.compile(r"[a-zđ]\)|\d\.\d")
_APART = ("rieng ", "con lai ")
_HEAD_WORDS = 30
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

    ``string`` begins and ends with a blank; clause ``i`` is ``string[bounds[i]:bounds[i + 1]]``; ``sentences[i]``
    numbers the sentence that clause belongs to. ``heads[i]`` are the bounds of the words that open a list clause ``i``
    is an item of ("Các hoạt động tiếp tục tạm dừng: …; …", or a line with a colon above dashes), or ``None``.
    """

    string: str
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


def read_shadow(text: Text) -> str:
    """Repaired shadow of the whole text in which the words of ``MARKED`` keep their marks."""
    shadow = text.repaired
    lower = text.raw.lower()
    if len(lower) != len(shadow):
        return shadow
    pieces, last = [], 0
    for index, start, end in _FORM.find_matches_as_indexes(lower):
        if not lower[start - 1 : start].isalnum() and not lower[end : end + 1].isalnum():
            pieces += [shadow[last:start], _FORMS[_FORM_LIST[index]]]
            last = end
    shadow = "".join(pieces) + shadow[last:]
    return _BARE_STOP.sub(lambda match: _bare_stop(lower, match), shadow)


def _bare_stop(lower: str, match: re.Match[str]) -> str:
    """The stop where it is printed without marks; "dụng", "dựng" and "dùng" are other words."""
    if lower[match.start() : match.end()] != match[0] or lower.endswith(_NO_STOP, 0, match.start()):
        return match[0]
    return "dừng" if match[0] == "dung" else "ngừng"


def _soft_wrap(raw: str, start: int, end: int) -> bool:
    """Whether the break ``raw[start:end]`` only wraps a line."""
    if end >= len(raw) or start == 0:
        return False
    gap = raw[start:end]
    if raw[end].islower() and not any(mark in gap for mark in "-+*•.;:!?") and not _LETTERED.match(raw, end):
        return True
    if any(mark in gap for mark in ".;:!?/-+*•|") or gap.count("\n") > 1 or raw[end].isdigit():
        return False
    line_start = raw.rfind("\n", 0, start) + 1
    return start - line_start > 50


def _separator(raw: str, shadow: str, start: int, end: int) -> str:
    gap = raw[start:end]
    if "\n" in gap and not _soft_wrap(raw, start, end):
        item = any(dash in gap for dash in "-+*•") or _LETTERED.match(raw, end)
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
    """Words of ``text`` from ``start`` to ``end``; ``shadow`` is :func:`read_shadow`, with its masks."""
    raw = text.raw[:end]
    pieces, at, offsets = [" "], [0], [max(start - 1, 0)]
    length, last, sentence = 1, start, 0
    bounds, sentences = [0], [0]
    for match in _BREAK.finditer(shadow, start, end):
        left, right = match.span()
        if left > last:
            pieces.append(shadow[last:left])
            at.append(length)
            offsets.append(last)
            length += left - last
        mark = _separator(raw, shadow, left, right) if right - left and not match[0].startswith("0") else ""
        if mark and (length > 1 or mark.strip()):
            pieces.append(mark)
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
        at.append(length)
        offsets.append(last)
        length += end - last
    pieces.append(" ")
    at.append(length)
    offsets.append(end)
    string = "".join(pieces)
    return Words(string, bounds, sentences, _heads(string, bounds, sentences), at, offsets)


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
            if string[start - 1] == "\n" and index:
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
