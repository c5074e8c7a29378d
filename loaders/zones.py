"""A document's text → its zones: header, Kính gửi, body, Nơi nhận, signature.

The body begins after the list of addressees, or after title and subject where a paper has none (chỉ thị, quyết định, kế
hoạch), and ends at Nơi nhận or at the signature, whichever comes first. Text of a web site above the letterhead and
annexes below the signature lie in no zone. Where Nơi nhận and the signature stand side by side on the same lines, those
lines are ``copies``; ``signature`` is what follows them.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from loaders.fold import Text
from loaders.layout import Line
from loaders.layout_words import is_capitals
from loaders.records import Span, Zones
from loaders.zones_addressees import (
    CLOSED,
    ITEM,
    LABEL,
    OPENER,
    PROVISION,
    addressees_end,
    find_addressees,
    listed_span,
)

_TOP = (
    "nation",
    "party",
    "motto",
    "issuer",
    "place",
    "number",
    "blank_number",
    "date",
    "urgency",
    "title",
    "addressee",
)
_STRAY = ("nation", "party", "motto", "number", "blank_number", "date", "urgency", "issuer", "place", "star", "subject")
_SIGNING = ("sign", "role", "meta", "name")
_UNFINISHED = regex.compile(
    r"(?:[,-]|\b(?:va|cua|trong|tren|ve|tai|cho|voi|theo|den|tu|tinh|huyen|pho|quan|xa|cac|so))\s*$"
)
_AUTHORITY = regex.compile(r"^\W*(?:khoa|ky hop)\b")
_SUBJECT_MARK = regex.compile(r"^\W*v/v\s")
_OF = regex.compile(r"^\W*cua\s")
_RULING = regex.compile(r"^\W*(?:can cu|xet|quyet (?:dinh|nghi)\W*$|theo de nghi)")
_EDGE_OF_TABLE = regex.compile(r"(?:\s*\n\s*\|+)+$")  # of the row below, whose cell begins behind it
_RECORD_LINES = 40  # lines within which a site's record of a paper ends
_WEB_PROSE = 1500  # characters of running text that a web page may have above a letterhead
_SUBJECT_LINES = 12
_SIGNATURE_LINES = 14


def match_zones(text: Text) -> Zones:
    """Zones of one document; all empty for blank text. Never raises."""
    lines = text.lines
    if not lines:
        return Zones(header=Span(0, 0), body=Span(0, 0))
    first = _first_header_line(lines)
    addressed = find_addressees(lines, first)
    if addressed is not None:
        head_end, list_end, split_at = addressed, *addressees_end(lines, addressed)
        addressees = listed_span(lines, addressed, list_end, split_at)
        below, strays = _skip_strays(lines, list_end)
        body_from = split_at if split_at is not None else _start_of(lines, below, text)
    else:
        head_end = below = _header_end(lines, first)
        addressees, strays, split_at = None, [], None
        body_from = _start_of(lines, below, text)
    header = _header_span(lines, first, head_end, addressed)
    copies_at, sign_at = _closing(lines, below)
    stop = min((at for at in (copies_at, sign_at) if at is not None), default=None)
    body_until, tail = _body_end(lines, below, stop)
    copies = _copies(lines, copies_at, sign_at)
    signature = _apart(_signature(lines, sign_at, copies_at), copies, text.raw)
    if copies_at is not None or sign_at is not None:
        strays += _trailing_strays(lines, max(_line_after(lines, copies), _line_after(lines, signature), stop or 0))
    else:
        strays += tail
    body = _trimmed(text.raw, body_from, max(body_from, body_until))
    return Zones(header, body, addressees, copies, signature, tuple(strays))


def _start_of(lines: Sequence[Line], index: int, text: Text) -> int:
    return lines[index].start if index < len(lines) else len(text.raw)


def _trimmed(raw: str, start: int, end: int) -> Span:
    piece = raw[start:end]
    body = piece.strip()
    if body.endswith("|"):
        body = _EDGE_OF_TABLE.sub("", body)
    begin = start + (piece.index(body) if body else 0)
    return Span(begin, begin + len(body))


def _first_header_line(lines: Sequence[Line]) -> int:
    """First line of the letterhead: what a web site put above it is passed over."""
    crown = next((i for i, line in enumerate(lines) if line.has("nation", "party")), None)
    above = lines[:crown]
    if crown is None or any(line.has("copies", "sign") for line in above) or _prose(above) > _WEB_PROSE:
        floor = _below_record(lines, crown)
        crown = next((i for i, line in enumerate(lines[floor:], floor) if line.has(*_TOP)), floor)
    first = crown
    for index in range(crown - 1, max(-1, crown - 12), -1):
        if lines[index].is_prose or lines[index].has("meta", "portal"):
            break
        if lines[index].has(*_TOP, "star"):
            first = index
    if first and lines[first - 1].has("role") and lines[first].has("issuer") and not lines[first].gap:
        first -= 1  # "CHỦ TỊCH" / "ỦY BAN NHÂN DÂN" / "TỈNH …"
    return first


def _below_record(lines: Sequence[Line], crown: int | None) -> int:
    """Index after the record that a site prints above a paper ("Số hiệu: …", "Ngày ban hành: …"), or 0."""
    stop = min(len(lines), _RECORD_LINES) if crown is None else crown
    return next((index + 1 for index in range(stop - 1, -1, -1) if lines[index].has("portal")), 0)


def _prose(lines: Sequence[Line]) -> int:
    return sum(len(line.raw) for line in lines if line.is_prose)


def _skip_strays(lines: Sequence[Line], index: int) -> tuple[int, list[Span]]:
    """Header lines between the addressees and the body, in copies whose columns were read one after the other."""
    strays: list[Span] = []
    while index < len(lines) and (
        lines[index].has("urgency", "nation", "party", "motto", "date", "number", "page", "rule")
        or _SUBJECT_MARK.match(lines[index].folded)
    ):
        stop = _subject_stop(lines, index)
        strays.append(Span(lines[index].start, lines[stop - 1].end))
        index = stop
    return index, strays


def _subject_stop(lines: Sequence[Line], index: int) -> int:
    """Index after a stray line; of a subject, after the lines that go on in lower case."""
    stop = index + 1
    while lines[index].has("subject") and stop < len(lines) and not lines[stop].gap and lines[stop].raw[:1].islower():
        stop += 1
    return stop


def _header_span(lines: Sequence[Line], first: int, head_end: int, addressed: int | None) -> Span:
    start = lines[first].start if first < len(lines) else 0
    end = lines[head_end - 1].end if head_end > first else start
    if addressed is not None:  # a letterhead and "Kính gửi" joined on one line
        cell = next((cell for cell in lines[addressed].cells if cell.kind == "addressee"), None)
        if cell is not None and cell.start > lines[addressed].start:
            end = cell.start
    return Span(start, max(start, end))


def _header_end(lines: Sequence[Line], first: int) -> int:
    """Index after letterhead, title and subject of a paper that addresses nobody."""
    title = _title_line(lines, first)
    if title is not None:
        return _authority_end(lines, _subject_end(lines, title + 1))
    index, seen = first, False
    while index < len(lines):
        line = lines[index]
        if line.is_prose or line.has("copies", "sign"):
            break
        is_plain = not line.has(*_TOP, "subject", "rule", "star", "page", "capitals")
        if is_plain and (not seen or line.gap or len(line.raw) > 90):
            break
        seen = seen or line.has("subject")
        index += 1
    return index


def _title_line(lines: Sequence[Line], first: int) -> int | None:
    for index in range(first, min(first + 25, len(lines))):
        if lines[index].has("title"):
            return index
        if lines[index].has("copies", "sign") or (lines[index].is_prose and not lines[index].has("subject")):
            return None
    return None


def _subject_end(lines: Sequence[Line], index: int) -> int:
    """Lines of the subject below a title: up to a paragraph, a provision or "Căn cứ …"."""
    begun = shouted = False
    stop = min(index + _SUBJECT_LINES, len(lines))
    while index < stop:
        line = lines[index]
        if line.has("copies", "sign", "addressee") or _ends_subject(line, lines[index - 1], begun):
            break
        if shouted and line.has("other") and line.raw[:1].isupper() and not is_capitals(line.raw):
            break  # a subject in capitals does not go on in normal case
        shouted = shouted or (line.has("capitals", "subject") and is_capitals(line.raw) and not _OF.match(line.folded))
        begun = begun or not line.has("rule", "star", "name", "capitals", "issuer", *_TOP)
        index += 1
    return index


def _ends_subject(line: Line, before: Line, begun: bool) -> bool:
    if _RULING.match(line.folded) or (PROVISION.match(line.folded) and not line.has("date")):
        return True
    if line.has(*_TOP, "rule", "star", "capitals", "page"):
        return False
    if not begun:
        if line.has("subject"):
            return False
        return len(line.raw) > 180 or bool(OPENER.match(line.folded) and len(line.raw) > 90) or line.raw.endswith(":")
    if line.gap and line.raw[:1].isupper():
        return True
    if line.raw[:1].islower() or line.folded.startswith("covid") or line.raw[:1] in '(“"':
        return len(line.raw) > 300
    if len(line.raw) > 110 or OPENER.match(line.folded) or CLOSED.search(before.raw):
        return True
    return len(line.raw) > 60 and not _UNFINISHED.search(before.folded)


def _authority_end(lines: Sequence[Line], index: int) -> int:
    """ "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH" above "Căn cứ …" names who decides: header."""
    while index < len(lines) and (
        lines[index].has("issuer", "place", "capitals", "rule") or _AUTHORITY.match(lines[index].folded)
    ):
        if lines[index].has("role", "copies", "sign") or _RULING.match(lines[index].folded):
            break
        index += 1
    return index


def _closing(lines: Sequence[Line], below: int) -> tuple[int | None, int | None]:
    """Lines with "Nơi nhận" and with the first words of the signature."""
    copies = next((i for i in range(below, len(lines)) if lines[i].has("copies")), None)
    sign = None
    for index in range(below, len(lines)):
        line = lines[index]
        if line.has("attached") and (copies is not None or sign is not None):
            break
        if line.has("sign") or (line.has("role") and _is_signed(lines, index)):
            sign = index
            break
    if sign is None:
        sign = _unmarked_signature(lines, below if copies is None else copies)
    return copies, sign


def _is_signed(lines: Sequence[Line], index: int) -> bool:
    """A title in capitals is a signature when a name, signature data, Nơi nhận or the end follow it."""
    ahead = lines[index : index + 7]
    return any(line.has("name", "meta", "copies") for line in ahead) or index >= len(lines) - 3


def _unmarked_signature(lines: Sequence[Line], start: int) -> int | None:
    """Signature data, or a name that stands alone after the list, without any signing words."""
    for index in range(start, len(lines)):
        if lines[index].has("attached"):
            return None
        if lines[index].has("meta"):
            return index
        if lines[index].has("name") and lines[index].gap and index >= len(lines) - 2:
            return index
    return None


def _body_end(lines: Sequence[Line], below: int, stop: int | None) -> tuple[int, list[Span]]:
    """Offset where the body ends; without a closing, trailing header lines are strays and no body."""
    if stop is not None:
        first = next(cell for cell in lines[stop].cells if cell.kind in ("copies", *_SIGNING))
        return first.start, []
    trailer = next((i for i in range(below + 1, len(lines)) if lines[i].has("trailer")), None)
    last = len(lines) if trailer is None else trailer
    strays: list[Span] = []
    while last > below and lines[last - 1].has(*_STRAY, "page", "rule") and not lines[last - 1].is_prose:
        last -= 1
        if lines[last].has(*_STRAY):
            strays.insert(0, Span(lines[last].start, lines[last].end))
    return (lines[last - 1].end if last else 0), strays


def _copies(lines: Sequence[Line], at: int | None, sign: int | None) -> Span | None:
    if at is None:
        return None
    cell = next(cell for cell in lines[at].cells if cell.kind == "copies")
    label = LABEL.match(cell.folded)
    start = cell.start + (label.end() if label else 0)
    beside = sign == at or (sign is not None and sign == at + 1 and ITEM.match(lines[sign].raw) is not None)
    stop = at + 1
    while stop < len(lines) and _lists_on(lines, stop, beside):
        stop += 1
    while stop > at + 1 and lines[stop - 1].has("page", "rule"):
        stop -= 1
    if not _lists_somebody(lines[at], start):
        below = next((i for i in range(at + 1, stop) if _lists_somebody(lines[i], lines[i].start)), None)
        if below is None:
            return None
        start = lines[below].start
    return Span(start, lines[stop - 1].end)


def _lists_somebody(line: Line, start: int) -> bool:
    """Whether a line lists somebody from ``start`` on: not only the signature's column or the rule of a table."""
    return any(
        cell.end > start and cell.kind not in ("sign", "role", "rule") for cell in line.cells if cell.kind != "copies"
    ) or any(cell.kind == "copies" and cell.end > start for cell in line.cells)


def _lists_on(lines: Sequence[Line], index: int, beside: bool) -> bool:
    line, first = lines[index], lines[index].cells[0]
    if ITEM.match(line.raw):
        return first.kind not in ("nation", "party") and (beside or first.kind != "sign")
    if line.has("attached", "nation", "party", "number", "meta", "addressee", "title", "copies", "trailer"):
        return False
    if line.has("page"):
        return index + 1 < len(lines) and bool(ITEM.match(lines[index + 1].raw))
    if line.has("sign", "role", "name", "rule"):
        return beside and len(line.cells) > 1
    previous = lines[index - 1].raw
    if line.gap == 0:
        return True
    return line.gap <= 2 and previous.endswith((";", ",")) and len(line.raw) < 120


def _signature(lines: Sequence[Line], at: int | None, copies: int | None) -> Span | None:
    if at is None:
        return None
    if copies is not None and at <= copies + 1 and at >= copies and not _is_alone(lines[at]):
        at = _below_copies(lines, copies)
        if at is None:
            return None
    stop, named = at + 1, lines[at].has("name")
    while stop < min(len(lines), at + _SIGNATURE_LINES) and _signs_on(lines[stop], named):
        named = named or lines[stop].has("name")
        stop += 1
    while stop > at + 1 and lines[stop - 1].has("page", "rule"):
        stop -= 1
    first = next((cell for cell in lines[at].cells if cell.kind in _SIGNING), lines[at].cells[0])
    return Span(first.start, lines[stop - 1].end)


def _apart(signature: Span | None, copies: Span | None, raw: str) -> Span | None:
    """Signature without the lines that it shares with Nơi nhận: those are ``copies``."""
    if signature is None or copies is None or signature.start >= copies.end or signature.end <= copies.start:
        return signature
    if signature.start < copies.start:
        label = raw.rfind("\n", 0, copies.start) + 1
        own = _trimmed(raw, signature.start, max(signature.start, min(label, copies.start)))
    else:
        own = _trimmed(raw, copies.end, max(copies.end, signature.end))
    return own if own.end > own.start else None


def _is_alone(line: Line) -> bool:
    return len(line.cells) == 1 and not ITEM.match(line.raw)


def _below_copies(lines: Sequence[Line], copies: int) -> int | None:
    stop = copies + 1
    while stop < len(lines) and _lists_on(lines, stop, beside=True):
        stop += 1
    return stop if stop < len(lines) and _signs_on(lines[stop], named=False) else None


def _signs_on(line: Line, named: bool) -> bool:
    """Whether a line belongs to a signature; below the name only the data of a digital signature do."""
    if line.has("copies", "attached", "nation", "party", "number", "addressee", "date", "trailer"):
        return False
    if named and line.has("issuer", "place", "capitals", "title"):
        return False
    return line.has("sign", "role", "name", "meta", "rule", "page", "capitals", "issuer", "place") or len(line.raw) < 60


def _line_after(lines: Sequence[Line], span: Span | None) -> int:
    if span is None:
        return 0
    return next((i for i, line in enumerate(lines) if line.start >= span.end), len(lines))


def _trailing_strays(lines: Sequence[Line], index: int) -> list[Span]:
    strays: list[Span] = []
    while index < len(lines) and not lines[index].has("attached") and not lines[index].is_prose:
        stop = _subject_stop(lines, index)
        if lines[index].has(*_STRAY):
            strays.append(Span(lines[index].start, lines[stop - 1].end))
        index = stop
    return strays
