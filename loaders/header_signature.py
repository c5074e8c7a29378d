"""Who signs a paper, with which title and by what authority.

Forms (Nghị định 30/2020/NĐ-CP, Phụ lục I; Hướng dẫn 36-HD/VPTW): ``T/M BAN THƯỜNG VỤ`` / ``PHÓ BÍ THƯ`` / name,
``TM. ỦY BAN NHÂN DÂN`` / ``KT. CHỦ TỊCH`` / ``PHÓ CHỦ TỊCH``, ``TL.``, ``TUQ.``, ``Q. GIÁM ĐỐC``, or the head's title
alone (``direct``); below it the data of a digital signature (Người ký, Cơ quan, Chức vụ) may stand. Of ``TM. …`` /
``KT. …`` the second is the signer's authority (a deputy for the head), the first the body in whose name it is signed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from loaders.fold import Text, fold
from loaders.header_issuer import body_name
from loaders.layout import Cell, Line, lines_within
from loaders.layout_words import is_capitals, is_person, role_of, squeeze
from loaders.records import Fact, Zones
from loaders.vocabulary import read_vocabulary

_AUTHORITY = regex.compile(
    r"^\W*(?P<mark>t\s?/?\s?u\s?/?\s?q|t\s?/\s?m|k\s?/\s?t|t\s?/\s?l|tm|kt|tl|q)"
    r"(?:\s?[.,:]\s*|\s+)(?P<whom>\p{L}.*)$"
)
_AUTHORITIES = {"tm": "T/M", "kt": "KT", "tl": "TL", "tuq": "TUQ", "q": "Q"}
_META = regex.compile(r"^\W*(?P<label>nguoi ky|ky boi|co quan|chuc vu)\s*:\s*(?P<value>\S.*)$")
_DEGREES = regex.compile(
    r"(?:(?:PGS|GS|TS|ThS|BS|BSCKI{1,2}|BS\.?\s?CKI{1,2}|CKI{1,2}|CK[12]|DS|KS|Ths"
    r"|Thạc sĩ|Tiến sĩ|Bác sĩ|Dược sĩ)[.\s]+"
    r"|(?:Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|Đại tá|Thượng tá|Trung tá|Thiếu tá)\s+)+",
    flags=regex.IGNORECASE,
)
_SIGNED = regex.compile(r"^\W*(?:da ky|ky ten)\W+(?=\p{L})")  # "(Đã ký) Nguyễn Văn A"
_UNSIGNED = regex.compile(r"^\W*(?:da ky\W*$|ky ten\W*$|ky,|daky|chu ky|dong dau)")


def _heads() -> list[str]:
    return read_vocabulary("letterheads")["heads"]


@dataclass(frozen=True, slots=True)
class Signature:
    """What the signature block says; ``whom`` are the folded words after T/M, KT …, ``agency`` the "Cơ quan:" line."""

    name: Fact | None = None
    title: Fact | None = None
    authority: Fact | None = None
    whom: str = ""
    agency: Fact | None = None


def parse_signature(text: Text, zones: Zones) -> Signature:
    """Signature of a document, also from the right column of Nơi nhận where the two stand side by side."""
    cells = _signing_cells(text, zones)
    if not cells:
        return Signature()
    meta = _meta(cells)
    authority, whom, at = _authority(cells)
    title = _title(cells, at)
    name = _name(cells, at) or meta.get("nguoi ky") or meta.get("ky boi")
    if title is None and "chuc vu" in meta:
        stated = meta["chuc vu"]
        title = Fact(_normal_title(stated.value), stated.start, stated.end)
    if authority is None and title is not None and name is not None:
        authority = Fact("direct", title.start, title.end)
    return Signature(name, title, authority, whom, meta.get("co quan"))


def _signing_cells(text: Text, zones: Zones) -> list[Cell]:
    cells: list[Cell] = []
    for zone in (zones.copies, zones.signature):
        if zone is None:
            continue
        start = zone.start
        if zone is zones.copies and zones.body.end <= zone.start:
            start = zones.body.end  # "Nơi nhận:    TM. ỦY BAN NHÂN DÂN"
        for line in lines_within(text, start, zone.end):
            cells += _right_column(line, zone is zones.copies)
    return sorted(cells, key=lambda cell: cell.start)


def _right_column(line: Line, beside: bool) -> Sequence[Cell]:
    if not beside:
        return line.cells
    kinds = ("sign", "role", "name", "capitals", "meta")
    return [cell for cell in line.cells[1:] if cell.kind in kinds or _is_ranked(cell.raw) or _SIGNED.match(cell.folded)]


def _is_ranked(words: str) -> bool:
    """ "Thiếu tướng Lê Văn Tâm", "BS. Trần Thị Hoa": a person's name behind a rank or degree."""
    rank = _DEGREES.match(words)
    return rank is not None and is_person(words[rank.end() :].strip())


def _meta(cells: Sequence[Cell]) -> dict[str, Fact]:
    """Values of a digital signature's data by folded label."""
    found: dict[str, Fact] = {}
    for cell in cells:
        line = _META.match(cell.folded)
        if line and line["label"] not in found:
            value = cell.raw[line.start("value") :].strip()
            start = cell.start + line.start("value")
            found[line["label"]] = Fact(value, start, start + len(value))
    if "ky boi" in found and not is_person(found["ky boi"].value):
        del found["ky boi"]
    return found


def _authority(cells: Sequence[Cell]) -> tuple[Fact | None, str, int]:
    """Authority of the signer, the words after the first mark, and the index of its cell (of a title without one)."""
    authority, whom, at = None, "", None
    for index, cell in enumerate(cells):
        found = _AUTHORITY.match(cell.folded) if cell.kind == "sign" else None
        if found is None:
            continue
        mark = _AUTHORITIES[squeeze(found["mark"])]
        if authority is None:
            at, whom = index, _whom(cells, index, found["whom"])
            authority = Fact(mark, cell.start, cell.start + found.end("mark"))
        elif authority.value == "T/M" and mark == "KT":
            authority = Fact(mark, cell.start, cell.start + found.end("mark"))
    if at is None:
        at = next((index for index, cell in enumerate(cells) if cell.kind == "role"), 0)
    return authority, whom, at


def _whom(cells: Sequence[Cell], index: int, words: str) -> str:
    below = cells[index + 1] if index + 1 < len(cells) else None
    if below is not None and below.kind in ("place", "capitals", "issuer") and not _is_title(below.folded):
        words = f"{words} {below.folded}"
    return words.strip(" .,:;*")


def _title(cells: Sequence[Cell], at: int) -> Fact | None:
    """Title of who signs: the first below the last authority mark; after "Q." the words of that line itself.

    "PHÓ CHỦ TỊCH" / "THƯỜNG TRỰC" broken over two lines is one title; "BỘ TRƯỞNG BỘ Y TẾ" below "PHÓ TRƯỞNG BAN" is a
    second one and not taken.
    """
    last = max((i for i, cell in enumerate(cells) if cell.kind == "sign"), default=at)
    if last < len(cells) and (own := _AUTHORITY.match(cells[last].folded)) and squeeze(own["mark"]) == "q":
        cell = cells[last]
        return Fact(_normal_title(cell.raw[own.start("whom") :]), cell.start, cell.end)
    for index, cell in enumerate(cells[last:], last):
        if cell.kind == "meta":
            break
        if cell.kind in ("role", "capitals", "name", "issuer") and is_capitals(cell.raw) and _is_title(cell.folded):
            below = cells[index + 1] if index + 1 < len(cells) else None
            joined = f"{cell.raw} {below.raw}" if below is not None else ""
            if below is not None and below.kind != "role" and role_of(squeeze(fold(joined))):
                return Fact(_normal_title(joined), cell.start, below.end)
            return Fact(_normal_title(cell.raw), cell.start, cell.end)
    return _title_behind(cells[last]) if last < len(cells) and cells[last].kind == "sign" else None


def _title_behind(cell: Cell) -> Fact | None:
    """ "T/M BAN THƯỜNG VỤ BÍ THƯ", "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" on one line: the title behind the body or head."""
    found = _AUTHORITY.match(cell.folded)
    if found is None:
        return None
    words = list(regex.finditer(r"\S+", found["whom"]))
    deputy = squeeze(found["mark"]) == "kt"  # of "KT. BỘ TRƯỞNG, CHỦ NHIỆM" both are titles of the head
    for word in words[2:]:
        rest = found["whom"][word.start() :]
        role = role_of(squeeze(rest)) or (_normal_title(cell.raw[-len(rest) :]) if _role_words(rest) else "")
        if role and not (deputy and not role.startswith(("Phó", "Thứ"))):
            return Fact(role, cell.start + found.start("whom") + word.start(), cell.end)
    return None


def _is_title(folded: str) -> bool:
    """A known title, alone or before a body: "PHÓ CHỦ TỊCH", "GIÁM ĐỐC SỞ Y TẾ"."""
    return bool(role_of(squeeze(folded)) or _role_words(folded))


def _role_words(folded: str) -> int:
    """Characters of the known title that begins a longer one ("GIÁM ĐỐC SỞ Y TẾ", "PHÓ BÍ THƯ TT"), or 0."""
    return max((len(title) for title in _titles() if folded.startswith(f"{title} ")), default=0)


@lru_cache(maxsize=1)
def _titles() -> tuple[str, ...]:
    return tuple(fold(title) for title in read_vocabulary("letterheads")["titles"])


def _normal_title(raw: str) -> str:
    """ "PHÓ BÍ THƯ THƯỜNG TRỰC" → "Phó Bí thư Thường trực"; an unknown title keeps its words in lower case."""
    words = " ".join(raw.split()).strip(" .,:;*-_|")
    known = role_of(squeeze(fold(words)))
    if known:
        return known
    end = _role_words(fold(words))
    if end and is_capitals(words):
        return f"{_normal_title(words[:end])} {body_name(words[end:])}"
    return words.capitalize() if is_capitals(words) else words


def _name(cells: Sequence[Cell], at: int) -> Fact | None:
    """Name below the title: two to six capitalised words, without rank, degree or "(Đã ký)"."""
    after = list(cells[at:])
    for cell in after:
        if cell.kind in ("meta", "sign", "role") or _UNSIGNED.match(cell.folded):
            continue
        signed = _SIGNED.match(cell.folded)
        skipped = signed.end() if signed else 0
        degree = _DEGREES.match(cell.raw, skipped)
        words = cell.raw[degree.end() if degree else skipped :].strip(" .,:;*-_|[]()")
        if cell.kind in ("name", "other", "capitals") and is_person(words) and not _is_title(fold(words)):
            start = cell.start + cell.raw.index(words)
            return Fact(_person(words), start, start + len(words))
    return None


def _person(words: str) -> str:
    plain = " ".join(words.split())
    return " ".join(word.capitalize() for word in plain.split()) if is_capitals(plain) else plain


def behalf_of(signature: Signature, short: str) -> str:
    """In whose name (T/M) or for whom (KT., TL., TUQ.) it is signed, in the words of the records.

    ``short`` is the issuer's short name. "BAN THƯỜNG VỤ" of a Tỉnh ủy is "Ban Thường vụ Tỉnh ủy"; a deputy who signs
    "KT. CHỦ TỊCH" of UBND tỉnh acts for "Chủ tịch UBND tỉnh"; a head who signs alone speaks as head.
    """
    if not signature.whom:
        own = signature.title.value if signature.title else ""
        return _head_of(own, short) if own in _heads() and short else ""
    whom = fold(signature.whom)
    head = role_of(squeeze(whom))
    if head:
        return _head_of(head, short)
    return _collective(whom, short)


def _head_of(head: str, short: str) -> str:
    """ "Chủ tịch" of "UBND tỉnh" is "Chủ tịch UBND tỉnh", "Trưởng ban" of "Ban Chỉ đạo" is "Trưởng Ban Chỉ đạo"."""
    if head == "Thủ tướng":
        return "Thủ tướng Chính phủ"
    first, _, rest = head.partition(" ")
    if rest and fold(short).startswith(f"{fold(rest)} "):
        return f"{first} {short}"
    return f"{head} {short}".strip()


_STATE = ("UBND", "Ủy ban nhân dân", "Sở", "Bộ")  # bodies that have no Ban Thường vụ


def _collective(whom: str, short: str) -> str:
    for words, name in (("ban thuong vu", "Ban Thường vụ"), ("thuong truc", "Thường trực")):
        if whom.startswith(words):
            own = short if short and not short.startswith(_STATE) else _committee_in(whom)
            return f"{name} {own}".strip()
    if whom.startswith("ban chap hanh"):
        unit = {"Tỉnh ủy": "tỉnh", "Thành ủy": "thành phố", "Huyện ủy": "huyện", "Thị ủy": "thị xã", "Quận ủy": "quận"}
        return f"Ban Chấp hành Đảng bộ {unit.get(short, '')}".strip()
    if whom.startswith(("uy ban nhan dan", "ubnd", "uy ban")) and "UBND" in short:
        return short
    if whom.startswith("ban thuong truc"):
        return f"Ban Thường trực {short}".strip()
    if whom.startswith("chinh phu"):
        return "Chính phủ"
    return short


def _committee_in(whom: str) -> str:
    names = {
        "tinh uy": "Tỉnh ủy",
        "thanh uy": "Thành ủy",
        "huyen uy": "Huyện ủy",
        "thi uy": "Thị ủy",
        "quan uy": "Quận ủy",
    }
    return next((name for words, name in names.items() if words in whom), "")
