"""One file's cleaned text → the documents in it.

A document begins at a letterhead, or at a number line or "Kính gửi" when the one before has ended; it ends with its
signature, its Nơi nhận list, the data of a digital signature and page numbers. Text of a web site above a letterhead
goes to the document below it; attached forms and annexes (Phụ lục, Mẫu số …, "kèm theo") stay with their document.
A "Kính gửi" or "Số:" that a body quotes begins nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from loaders.fold import fold
from loaders.layout import HEADER_KINDS, Line, read_lines
from loaders.records import Span

_BODY_CHARS = 300  # of long lines: less is a header whose lines are out of order, not a document …
_HEADED_BODY_CHARS = 80  # … unless letterhead, number and addressees or title came before them
_WINDOW = 14  # lines of one letterhead, title and subject included
_JUNK = 40  # lines of a web page between two documents, at most
_BEGINNERS = ("nation", "party", "number", "blank_number", "addressee", "title", "issuer", "date")
_TOP_KINDS = (*sorted(HEADER_KINDS), "place", "rule", "blank_number", "capitals")
_SIGNED = regex.compile(r"^\W*(?:da ky|ky ten|[\[(]?daky|signed)\b")
_FORM = regex.compile(
    r"^\W*(?:don (?:de nghi|xin|dang ky)|to khai|giay (?:xac nhan|cam ket|di duong|de nghi)|ban cam ket|phieu"
    r"|bien ban)\b"
)
_ENCLOSED = regex.compile(r"^\W*(?:ban hanh )?kem theo\b")
_ITEM = regex.compile(r"^\s*[-+•*–]")


@dataclass
class _Walk:
    """What has been seen of the document that is being walked through."""

    start: int = 0
    kinds: set[str] = field(default_factory=set)
    body_chars: int = 0
    ended: bool = False
    attached: bool = False

    @property
    def headed(self) -> bool:
        return bool(self.kinds & {"nation", "party", "number", "addressee", "title", "date"})

    @property
    def has_body(self) -> bool:
        full = self.kinds & {"nation", "party"} and "number" in self.kinds and self.kinds & {"addressee", "title"}
        return self.body_chars >= (_HEADED_BODY_CHARS if full else _BODY_CHARS)


def split_documents(text: str) -> list[Span]:
    """Spans of the documents, in order, without overlap, holding every character that is not blank.

    Text without any sign of a second document is one document; blank text is none.
    """
    return split_lines(read_lines(text, fold(text)))


def split_lines(lines: Sequence[Line]) -> list[Span]:
    """The same of the lines of a text, for a caller that has read them."""
    if not lines:
        return []
    starts = [0]
    walk = _Walk()
    for index, line in enumerate(lines):
        if line.has(*_BEGINNERS) and index > walk.start and _begins(lines, index, walk):
            starts.append(_first_line(lines, index, walk))
            walk = _Walk(start=starts[-1])
        _look(walk, lines, index)
    ends = [lines[start - 1].end for start in starts[1:]] + [lines[-1].end]
    return [Span(lines[start].start, end) for start, end in zip(starts, ends, strict=True)]


def _look(walk: _Walk, lines: Sequence[Line], index: int) -> None:
    line = lines[index]
    walk.kinds.update(cell.kind for cell in line.cells)
    if len(line.raw) > 90 and line.cells[0].kind in ("other", "addressee"):
        walk.body_chars += len(line.raw)
    if walk.body_chars or line.cells[0].kind != "other":
        walk.ended = walk.ended or _ends(walk, line)
    walk.attached = walk.attached or (walk.ended and line.has("attached"))


def _ends(walk: _Walk, line: Line) -> bool:
    return (walk.headed and line.has("copies", "sign")) or (walk.body_chars > 0 and line.has("role"))


def _begins(lines: Sequence[Line], index: int, walk: _Walk) -> bool:
    """Whether a new document begins with the header lines around ``index``."""
    if not (walk.headed and (walk.ended or walk.has_body)):
        return False
    top = _window(lines, index)
    kinds = {cell.kind for line in top for cell in line.cells}
    if not _goes_on(lines, index + len(top), kinds):
        return False
    if _is_enclosed(lines, index, top, kinds):
        return False
    if kinds & {"nation", "party"}:
        return bool(kinds & {"number", "blank_number", "date", "title", "addressee"})
    if not walk.ended or walk.attached:
        return "number" in kinds and ("addressee" in kinds or {"date", "issuer"} <= kinds)
    if lines[index].has("addressee", "title"):
        return True
    if "number" in kinds:
        return bool(kinds & {"addressee", "date", "title", "issuer", "subject"})
    return "issuer" in kinds and bool(kinds & {"date", "title", "addressee"})


def _window(lines: Sequence[Line], index: int) -> list[Line]:
    """Lines of one letterhead from ``index`` on, up to running text, Nơi nhận or a signature."""
    top: list[Line] = []
    for line in lines[index : index + _WINDOW]:
        if top and (line.has("copies", "sign", "role", "meta") or line.is_prose):
            break
        top.append(line)
        if line.has("addressee"):
            break
    return top


def _goes_on(lines: Sequence[Line], after: int, kinds: set[str]) -> bool:
    """A letterhead with nothing below it is a stray column of the document before, not a document."""
    return after < len(lines) or "addressee" in kinds


def _is_enclosed(lines: Sequence[Line], index: int, top: list[Line], kinds: set[str]) -> bool:
    """A form or annex: announced as one, named as a form, or "kèm theo" without a number of its own."""
    before = lines[max(0, index - 3) : index]
    if any(line.has("attached") for line in before) or (kinds & {"attached"} and "number" not in kinds):
        return True
    if any(_FORM.match(line.folded) for line in top):
        return True
    return "number" not in kinds and any(_ENCLOSED.match(line.folded) for line in [*before, *top])


def _first_line(lines: Sequence[Line], index: int, walk: _Walk) -> int:
    """Where the document of the header line ``index`` begins: what follows the tail of the one before."""
    if walk.ended and not walk.attached:
        tail = _tail_end(lines, walk.start, index)
        if index - tail <= _JUNK:
            return tail
    first = index
    while first - 1 > walk.start and lines[first - 1].has(*_TOP_KINDS) and not lines[first - 1].has("copies", "sign"):
        first -= 1
    return first


def _tail_end(lines: Sequence[Line], start: int, stop: int) -> int:
    """Index after the last line of Nơi nhận, signature, signature data or page numbers in ``lines[start:stop]``."""
    last, in_list, since_sign = start, False, 99
    for index in range(start, stop):
        line = lines[index]
        since_sign += 1
        if line.has("copies"):
            in_list, last = True, index
        elif line.has("sign", "role"):
            since_sign, last = 0, index
        elif line.has("meta"):
            since_sign, last = min(since_sign, 3), index
        elif (
            (in_list and (_ITEM.match(line.raw) or (line.gap == 0 and not line.has(*HEADER_KINDS))))
            or (since_sign <= 8 and line.has("name"))
            or _SIGNED.match(line.folded)
            or (line.has("page") and index == last + 1)
        ):
            last = index
        else:
            in_list = in_list and line.has("rule")
    return last + 1
