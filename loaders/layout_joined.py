"""Where the parts of a paper begin that lost its line breaks: number, date, title, subject and signature in one line;
and where the next paper begins in a bundle that lost them.

Part of :mod:`loaders.layout`. Asked only of a long line that holds a national title, a motto or "Nơi nhận": running
text names numbers, days and heads too, and is never cut.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from loaders.layout_words import is_capitals, role_of, squeeze, title_of
from loaders.numbers import match_number

_JOINED = regex.compile(r"cong hoa xa hoi chu nghia|dang cong san viet nam|doc lap ?- ?tu do|noi nhan ?:")
_STATE_OR_PARTY = regex.compile(r"cong hoa xa hoi chu nghia viet nam|dang cong san viet nam")
_APART = 250  # characters: two national titles nearer than that are of one paper and its annex
_ISSUER_BEFORE = regex.compile(
    r"(?:ỦY BAN|UỶ BAN|UBND|TỈNH [ỦU]|THÀNH [ỦU]|HUYỆN [ỦU]|QUẬN [ỦU]|ĐẢNG BỘ|SỞ|BỘ|CHÍNH PHỦ|THỦ TƯỚNG|VĂN PHÒNG"
    r"|BAN CHỈ ĐẠO|BAN CHẤP HÀNH|BAN QUẢN LÝ|HỘI ĐỒNG|MẶT TRẬN|CHI CỤC|CỤC|TRUNG TÂM)"
    r"(?:[\s*|_–-]*\p{Lu}{2,})*[\s*|_–-]*"
    r"(?:S[ốô]\s?:?\s?\d[^,.;:]{3,30})?$"  # the number stands before the national title in a second column
)
_HEAD = 1500  # characters of a letterhead with title and subject
_NUMBER = regex.compile(r"(?<=[\p{Lu}\d*_|–-]\s|[Pp]húc\s|[Pp]huc\s)S[ốôoóỐ]\s?:?\s?(?=\d)")
_AFTER_DATE = regex.compile(r"[\s*_-]*(?:\p{Lu}{2,}|Kính|Kinh|$)")
_TITLE = regex.compile(
    r"(?<=20\d\d[\s*_-]{1,40}|khan[\s*_-]{1,3}|toc[\s*_-]{1,3})(?:cong dien khan|cong dien|chi thi|thong bao|ket luan"
    r"|ke hoach|quyet dinh|nghi quyet|huong dan|phuong an|bao cao|thong tri)(?= )"
)
_CAPITALS = regex.compile(r"\p{Lu}+(?:,?\s+\p{Lu}{2,})*(?=\s)")
# Words in capitals or at the head of a sentence with which the text begins, behind a subject without a mark.
_BEGINS = regex.compile(
    r"(?<=[\p{Ll}\d\"”)]\s)(?:[-_*]{3,}\s)?(?=(?:Căn cứ|Thực hiện|Triển khai|Tiếp theo|Ngày \d|Chiều ngày"
    r"|Sáng ngày|Xét|Trước|Trong (?:thời|những|các|ngày)|Thời gian|Sau khi|Qua|Hiện nay|Những ngày"
    r"|Từ ngày|Để|Nhằm|THỦ TƯỚNG"
    r"|CHỦ TỊCH|Kính gửi|ỦY BAN NHÂN DÂN|BAN THƯỜNG VỤ|I\.|1\.)\s)"
)
_SUBJECT = 420
_SIGNED = regex.compile(
    r"(?<=[.…/;]\s)(?:Q\.\s)?(?P<role>\p{Lu}{2,}(?:\s\p{Lu}{2,}){0,7})\s"
    r"(?P<name>\p{Lu}\p{L}*(?:\s\p{Lu}[\p{L}’']*){1,5})(?=\s*(?:Nơi nhận|Noi nhan|$))"
)
# "PHÓ TRƯỞNG BAN Rơ Châm Bình (Phó Chủ tịch UBND tỉnh)": the other office of who signs
_OFFICE = regex.compile(
    r"(?<=\p{Lu}{2,}\s\p{Lu}[\p{L}’']*(?:\s\p{Lu}[\p{L}’']*){1,4}\s)(?P<office>\()(?=(?:Phó|Chủ|Giám|Bí|Trưởng)\s)"
)


def is_joined(folded: str) -> bool:
    """Whether a long line holds a letterhead or a list of copies, and so is a paper whose lines were joined."""
    return _JOINED.search(folded) is not None


def paper_cuts(raw: str, folded: str) -> list[int]:
    """Offsets at which the papers of a bundle joined into one line begin, 0 first: at the issuer before each national
    title in capitals; ``[0]`` where there is one paper."""
    cuts: list[int] = [0]
    last: int | None = None
    for title in _STATE_OR_PARTY.finditer(folded):
        if not is_capitals(raw[slice(*title.span())]):
            continue
        if last is not None and title.start() - last >= _APART:
            before = max(last, title.start() - 160)
            issuer = _ISSUER_BEFORE.search(raw[before : title.start()])
            cuts.append(before + issuer.start() if issuer else title.start())
        last = title.end()
    return cuts


def joined_cuts(raw: str, folded: str) -> Iterator[int]:
    """Offsets at which the number, the title, the text below the subject and the signature of a joined paper begin."""
    for mark in _NUMBER.finditer(raw, 0, _HEAD):
        if found := match_number(raw, mark.end()):
            yield from (mark.start(), found[1])
            break
    title = next((found for found in _TITLE.finditer(folded, 0, _HEAD) if is_capitals(raw[slice(*found.span())])), None)
    if title is not None and title_of(title[0]):
        run = _CAPITALS.match(raw, title.start())
        end = run.end() if run else title.end()
        yield from (title.start(), end)
        text = _BEGINS.search(raw, end + 12, end + _SUBJECT)
        if text:
            yield text.end()
    yield from (office.start("office") for office in _OFFICE.finditer(raw))
    for signed in _SIGNED.finditer(raw):
        if role_of(squeeze(folded[slice(*signed.span("role"))])):
            yield from (signed.start(), signed.start("name"))


def ends_letterhead(raw: str, end: int) -> bool:
    """Whether what follows a day at ``end`` is the title, a stamp or "Kính gửi": then it is the day of the paper."""
    return end < _HEAD and _AFTER_DATE.match(raw, end) is not None
