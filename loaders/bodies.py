"""The grammar of office names: which body, or list of bodies, is named at a place in a text.

Ground under :mod:`loaders.actors` and :mod:`loaders.tasks`; no stage of its own. A name is an alias of the vocabulary
with its tail ("tỉnh Bình Phước", "các cấp", "(Ban Tôn giáo)"), a head of a body ("Giám đốc Sở Y tế"), a list under one
noun ("Các Sở: Y tế, Công Thương") or an office that only its first noun and capitals give away ("Sở Đô thị").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import regex

from loaders.agencies import Agency, agencies, duty_at, match_alias, order_at

_TOKEN = regex.compile(r"[^\W_]+")
_TAIL = regex.compile(
    r"[ \n]{1,2}(?:"
    r"(?:(?:cua|thuoc|trong|tai|truc thuoc)[ \n])?(?:toan[ ])?(?:tinh(?![ \n]+(?:uy|doan))|thanh pho|tp\.?"
    r"|thi xa|tx|huyen|quan|phuong|thi tran|xa)"
    r"(?![\w])"
    r"|(?:o[ ])?(?:cap[ ](?:tinh|huyen|xa|co so|tren)|cac cap|dia phuong)"
    r"|tren dia ban(?:[ ]toan)?(?:[ ](?:tinh|thanh pho|huyen|thi xa|quan|ca nuoc))?"
    r"|truc thuoc(?:[ ](?:trung uong|tinh uy|tw|uy ban nhan dan|ubnd|tinh|so|huyen|thanh uy|huyen uy))?"
    r"|thuoc(?:[ ](?:tinh uy|uy ban nhan dan|ubnd|chinh phu|pham vi quan ly))"
    r"|va tuong duong|tu tinh den co so|nhan dan tu tinh den co so|nhan dan(?![\w])|trung uong|lien quan"
    r"|co lien quan|trong ca nuoc|ca nuoc"
    r"|cac (?:tinh|huyen|quan|xa|phuong|thanh pho)(?:,? ?(?:va )?(?:thanh pho|thi xa|huyen|quan|phuong"
    r"|thi tran|thi)(?![\w]))*"
    r"|chi nhanh|noi co dich|chuyen mon|chuc nang|con lai|tu nhan|ngoai cong lap|cong lap|trong va ngoai cong lap"
    r")(?![\w])"
)
_QUOTED = regex.compile(r"[ ]?\([^()\n]{1,80}\)")
_NAME = regex.compile(r"(?:[ ](?:-[ ])?(?:\p{Lu}[\p{L}'’]*+|\d{1,2}(?![\d/.%)])))++")
_NEXT_NAME = regex.compile(r"(?:,[ ]|[ ]và[ ])(\p{Lu}[\p{L}'’]*+(?:[ ]\p{Lu}[\p{L}'’]*+)++)")
_NEXT_PLACE = regex.compile(
    r"(?:,[ ]|[ ]và[ ])(?:thành phố|thị xã|huyện|quận|TP\.?)[ ]\p{Lu}[\p{L}'’]*+(?:[ ]\p{Lu}[\p{L}'’]*+)*+"
)
_BELONGS = regex.compile(r"[ ](?:cua|thuoc|truc thuoc)[ ](?!tinh[ ,.:;])")
_ANYTHING = regex.compile(r".*", regex.DOTALL)
_BLANK = regex.compile(r"[ ](?=\w)")
_EPIDEMIC = regex.compile(
    r"[ \n]+(?:ve[ ]"
    r"|cong tac[ ])?phong,?[ ](?:va[ ])?chong[ ](?:dai[ ])?dich(?:[ ]benh)?(?:[ ]covid(?:[ ]?-?[ ]?19)?)?"
    r"|[ \n]+(?:phong,?[ ]chong[ ])?covid(?:[ ]?-?[ ]?19)?(?![\w])"
)
_SERIES = regex.compile(
    r"[ \n]chinh tri ?- ?xa hoi(?![\w])|(?:\s?[,/&-]\s?|[ \n]va[ \n])(?:cac[ ](?=cum))?"
    r"(?:so|ban|nganh|doan the|dt|mat tran to quoc viet nam|mat tran to quoc|mat tran|mttq|hoi|don vi"
    r"|co quan|to chuc chinh tri ?- ?xa hoi|to chuc xa hoi"
    r"|chinh tri ?- ?xa hoi|to chuc dang|dia phuong|huyen|thi xa|thanh pho|tp|quan|xa|phuong|thi tran|thi"
    r"|thanh|phong|cap uy|chinh quyen"
    r"|dang doan|hop tac xa|trung uong|nha may|xi nghiep|co so|cum cong nghiep|khu cong nghiep|trung cap"
    r"|cao dang|doanh nghiep)(?![\w])(?![ ]uy(?![\w]))"
)
_PERSON = regex.compile(
    r"(?:cac[ ])?(?:(?:dong chi|d/c)[ ])?(?:cac[ ])?(?:bi thu|pho bi thu|chu tich|pho chu tich"
    r"|tong giam doc|pho giam doc|giam doc|thu truong"
    r"|nguoi dung dau|truong ban|pho truong ban|chanh van phong|bo truong|chu nhiem|cuc truong"
    r"|chi cuc truong|tong cuc truong|vien truong"
    r"|hieu truong|chi huy truong|tu lenh|chinh uy|truong phong|truong cac|thong doc|tong bien tap"
    r"|chanh thanh tra|chanh an|lanh dao"
    r"|doi truong|truong cong an|tong thanh tra|chu dau tu|to truong|truong)(?: thuong truc)?(?![\w])"
)
_COMRADES = regex.compile(r"(?:cac[ \n])?(?:dong chi|d/c|ong,? ba|ong ?[(/] ?ba\)?):?[ \n]")
_COLON_LIST = regex.compile(
    r"(?:cac[ \n]+)?(?:co quan[ ])?(so|bo)(?:(?:[ ]?,[ ]?(?:ban|nganh|co quan))*[ ]?:[ \n]*|[ ]+)"
)
_ITEM_SEPARATOR = regex.compile(
    r"\s{0,3}(?:[,;]\s{0,3}(?:va[ \n]+|cung[ ](?:voi[ ])?)?|[ \n](?:va|cung)[ \n](?:voi[ ])?|&[ ]?"
    r"|/[ ]?(?=\p{Lu}))"
)
_OPEN_HEAD = regex.compile(
    r"(?:so|ban|cuc|chi cuc|tong cuc|trung tam|benh vien|vien|truong|dai hoc|hoc vien|cong ty|tong cong ty"
    r"|tap doan|ngan hang|hoi|hiep hoi"
    r"|lien doan|lien hiep|lien minh|doan|uy ban|van phong|phong|tram|bo|thanh tra|toa an|kho bac|dang uy"
    r"|hat|don|dai|tap chi|cang|quy|doi"
    r"|trung doan|su doan|quan doan|binh doan|hop tac xa|cong an|cong doan|ban quan ly|bo tu lenh"
    r"|ban chi huy|tong hoi|vu|cang vu|to cong tac|ben xe|buu dien|khu quan ly)(?=[ ])"
)
_OPEN_GAP = regex.compile(r"[ ](?:[-&][ ]|và[ ](?=\p{Lu}))?|,[ ](?=\p{Lu})")
_NEWSPAPER = regex.compile(r"Báo[ ](?=\p{Lu})|BÁO[ ]")
_PLACE = regex.compile(
    r"(?:thành phố|thị xã|huyện|quận|TP\.?|Thành phố|Thị xã|Huyện|Quận)(?:[ ](?:\p{Lu}[\p{L}'’]*+"
    r"|\d{1,2}))++"
)
_NOBODY = regex.compile(r"lien quan|chuc nang|ca nhan")
_LEVEL = frozenset(("tinh", "huyen", "quan", "xa", "phuong"))
_BARE = regex.compile(r"cac (?:huyen|quan|thanh pho|thi xa|xa|phuong)(?![\w])(?! uy)")
_STOP = regex.compile(
    r"(?:của|tại|về|để|đã|được|bị|là|và|hoặc|các|theo|với|cho|trong|trên|ở|đến|từ|như|nếu|khi)(?![\w])"
)


@dataclass(frozen=True, slots=True)
class Body:
    """A name in a text: ``start`` to ``end`` as written, ``core`` to ``core_end`` the words the vocabulary knows.

    ``entry`` is an id of the vocabulary, empty for an office it does not list; ``head`` tells a person from a body;
    ``vague`` marks one as wide as "các cơ quan, đơn vị", ``nobody`` one like "các ngành liên quan"; ``also`` holds
    further bodies that one name covers; ``bare`` marks places without their authorities ("các huyện, thành phố").
    """

    start: int
    end: int
    core: int
    core_end: int
    entry: str = ""
    head: bool = False
    vague: bool = False
    also: tuple[Body, ...] = ()
    bare: bool = False
    nobody: bool = False


def _tail(raw: str, folded: str, end: int, entry: Agency | None) -> int:
    """End of the words that belong to a name: level, place, brackets, further nouns of a group."""
    group = entry is not None and "group" in entry.flags
    epidemic = entry is not None and "epidemic" in entry.flags
    placed = entry is not None and (group or "placed" in entry.flags)
    while True:
        step = (
            (epidemic and _EPIDEMIC.match(folded, end))
            or (group and _SERIES.match(folded, end))
            or _TAIL.match(folded, end)
            or _QUOTED.match(raw, end)
            or _proper(raw, folded, end)
            or _owner(folded, end, entry is not None and "of" in entry.flags)
            or (placed and _further_place(raw, folded, end))
        )
        if not step or step.end() == end or _misread(raw, folded, end, step.end()):
            return end
        end = step.end()


# What folding merges with the first noun of an office: số with sở, bỏ and bố with bộ.
_OTHER_WORDS = frozenset(
    ["số", "bỏ", "bố", "hỏi", "hồi", "hơi", "đại", "dài", "đoạn", "bàn", "bản", "bán", "hối", "đoán", "cúc"]
)

# Nouns that folding merges with other words (quận and quản, sở and số): they count only with marks of their own.
_MARKS = {
    "quan": {"quận"},
    "xa": {"xã"},
    "thi": {"thị"},
    "so": {"sở"},
    "ban": {"ban"},
    "hoi": {"hội"},
    "thanh": {"thành"},
    "phong": {"phòng"},
    "tinh": {"tỉnh", "tĩnh", "tính"},
    "huyen": {"huyện"},
    "phuong": {"phường", "phương"},
    "o": {"ở"},
}


def _misread(raw: str, folded: str, start: int, end: int) -> bool:
    for word in _TOKEN.finditer(folded, start, end):
        printed = raw[word.start() : word.end()].lower()
        if word.group() in _MARKS and printed not in _MARKS[word.group()] and not printed.isascii():
            return True
    return False


def _proper(raw: str, folded: str, end: int) -> regex.Match[str] | None:
    """Capitalised words of a place name, unless they begin a duty or another body."""
    found = _NAME.match(raw, end)
    if (
        not found
        or duty_at(raw, folded, end + 1, any_case=True)
        or match_alias(folded, end + 1)
        or _PERSON.match(folded, end + 1)
    ):
        return None
    return found


def _owner(folded: str, end: int, bare: bool) -> regex.Match[str] | None:
    """The body that a body belongs to ("của UBND tỉnh"); ``bare`` reads "Đảng ủy | Sở Y tế" too."""
    found = _BELONGS.match(folded, end) or (_BLANK.match(folded, end) if bare else None)
    held = match_alias(folded, found.end()) if found else None
    return _ANYTHING.match(folded, end, held[1]) if held else None


def _further_place(raw: str, folded: str, end: int) -> regex.Match[str] | None:
    """The next place of "các huyện, thành phố Đà Lạt, Bảo Lộc" and of "UBND thành phố Dĩ An, thị xã Tân Uyên"."""
    found = _NEXT_PLACE.match(raw, end)
    if found:
        return found
    found = _NEXT_NAME.match(raw, end)
    if (
        not found
        or not raw[end - 1].isalnum()
        or not _proper(raw, folded, found.start(1) - 1)
        or _OPEN_HEAD.match(folded, found.start(1))
    ):
        return None
    return found


def _known(raw: str, folded: str, pos: int) -> Body | None:
    comrades = _COMRADES.match(folded, pos)
    core = comrades.end() if comrades else pos
    found = match_alias(folded, pos) or (comrades and match_alias(folded, core))
    if not found:
        return None
    printed = raw[core : found[1]]
    if printed.split()[0].lower() in _OTHER_WORDS:
        return None
    if len(printed) <= 4 and printed.isalpha() and not printed[:2].isupper():
        return None  # "từ" is no TU
    entry = agencies()[found[0]]
    end = _tail(raw, folded, found[1], entry)
    nobody = "group" in entry.flags and _NOBODY.search(folded, pos, end) is not None
    vague = nobody or "vague" in entry.flags
    bare = entry.kind == "district_level" and _BARE.match(folded, pos) is not None
    return Body(
        pos, end, core, found[1], entry.id, _PERSON.match(folded, core) is not None, vague, bare=bare, nobody=nobody
    )


def _person(raw: str, folded: str, pos: int) -> Body | None:
    title = _PERSON.match(folded, pos)
    if not title:
        return None
    at = title.end() + 1
    readings = (_known(raw, folded, at), _listing(raw, folded, at))
    inner = max((item for item in readings if item), key=lambda item: item.end, default=None) or _open(raw, folded, at)
    if not inner:
        return None
    entry = "nguoi-dung-dau" if inner.vague and "dung dau" in title.group() else inner.entry
    return replace(inner, start=pos, head=True, vague=False, nobody=False, entry=entry)


def _listing(raw: str, folded: str, pos: int) -> Body | None:
    """ "Các Sở: Y tế, Công Thương, Giao thông vận tải" and the same without colon: one phrase, several bodies."""
    lead = _COLON_LIST.match(folded, pos)
    if not lead:
        return None
    noun, at, items = lead.group(1), lead.end(), []
    while raw[at : at + 1].isupper() and (found := match_alias(folded, at, (noun,))):
        end = _tail(raw, folded, found[1], agencies()[found[0]])
        items.append(Body(at, end, at, found[1], found[0]))
        separator = _ITEM_SEPARATOR.match(folded, end)
        if not separator:
            break
        at = separator.end()
    if not items or (":" not in lead.group() and (len(items) == 1 or not lead.group().startswith("cac"))):
        return None
    return replace(items[0], start=pos, end=items[-1].end, also=tuple(items[1:]))


def _open(raw: str, folded: str, pos: int) -> Body | None:
    """An office the vocabulary does not list: a known first noun in capitals, then its name up to a verb or a mark."""
    core = pos + 4 if folded.startswith("cac ", pos) else pos
    head = _OPEN_HEAD.match(folded, core)
    if not head or not raw[core].isupper():
        return None
    end, words = head.end(), 0
    while words < 12 and (gap := _OPEN_GAP.match(raw, end)) and (found := _TOKEN.match(folded, gap.end())):
        at = found.start()
        airborne = raw[at : found.end()] == "không" and raw[max(0, at - 5) : at].lower() == "hàng "
        if (
            raw[at].islower()
            and not airborne
            and (duty_at(raw, folded, at) or order_at(raw, folded, at) or _STOP.match(raw, at))
        ):
            break
        if gap.end() - end > 1 and (
            _OPEN_HEAD.match(folded, at) or match_alias(folded, at) or _PERSON.match(folded, at)
        ):
            break
        end, words = found.end(), words + 1
        if found.group() in _LEVEL and raw[at].islower():
            break
    if not words:
        return None
    return Body(pos, _tail(raw, folded, end, None), core, end)


def _press(raw: str, folded: str, pos: int) -> Body | None:
    lead = _NEWSPAPER.match(raw, pos)
    listed = match_alias(folded, pos)
    if not lead or (listed and listed[0] != "bao-tinh"):
        return None
    name = _NAME.match(raw, lead.end() - 1)
    return Body(pos, name.end(), pos, lead.end() - 1, "bao-tinh") if name else None


def parse_body(raw: str, folded: str, pos: int, *, place: bool = False) -> Body | None:
    """The body named at ``pos``, longest reading first; ``place`` takes "thành phố Phú Quốc" for its authorities."""
    if pos >= len(raw):
        return None
    readings = [
        _known(raw, folded, pos),
        _person(raw, folded, pos),
        _listing(raw, folded, pos),
        _press(raw, folded, pos),
    ]
    found = max((item for item in readings if item), key=lambda item: item.end, default=None) or _open(raw, folded, pos)
    if found or not place:
        return found
    where = _PLACE.match(raw, pos)
    return Body(pos, where.end(), pos, pos) if where else None


@dataclass(frozen=True, slots=True)
class BodyList:
    """Bodies named one after another: ``items`` in order, ``end`` of the last one."""

    items: tuple[Body, ...]
    end: int


def parse_bodies(raw: str, folded: str, pos: int, *, place: bool = False) -> BodyList | None:
    """Bodies at ``pos`` joined by commas, semicolons or "và"; a body under two titles or of two offices is one item."""
    items: list[Body] = []
    marks: list[str] = []
    at = pos
    while item := parse_body(raw, folded, at, place=place and bool(items)):
        items.append(item)
        separator = _ITEM_SEPARATOR.match(folded, item.end)
        if not separator:
            break
        marks.append(separator.group().strip())
        at = separator.end()
    if not items:
        return None
    return BodyList(tuple(_joined(items, marks)), items[-1].end)


def _joined(items: list[Body], marks: list[str]) -> Iterator[Body]:
    """Items of a list, those that are one body or one set phrase made one."""
    held = agencies()
    if len(items) == 2 and _pair(items, marks[0], held):
        first, second = items
        yield replace(first, end=second.end, head=first.head and second.head, also=(*first.also, second, *second.also))
        return
    skip = False
    for at, item in enumerate(items):
        follow = items[at + 1] if at + 1 < len(items) else None
        if skip:
            skip = False
        elif follow and item.head and not follow.head and item.entry and item.entry == follow.entry:
            skip = True  # "Bí thư Quận ủy, Huyện ủy"
            yield replace(item, end=follow.end)
        elif follow and marks[at] == "va" and {_kind(item, held), _kind(follow, held)} == {"media"}:
            skip = True
            yield replace(item, end=follow.end, also=(*item.also, follow))
        elif item.nobody and follow and not follow.head and _group(follow, held):
            yield item
            items[at + 1] = replace(follow, vague=True, nobody=True)
        else:
            yield item


def _pair(items: list[Body], mark: str, held: dict[str, Agency]) -> bool:
    """Two titles of one person ("Bí thư đảng ủy, Giám đốc Sở Y tế"), or a body and places that are no body by name."""
    first, second = items
    if mark == "," and first.head and second.head and first.entry in ("dang-uy", "cap-uy-cac-cap"):
        return True
    return mark == "va" and not first.head and second.bare


def _group(item: Body, held: dict[str, Agency]) -> bool:
    return bool(item.entry) and "group" in held[item.entry].flags


def _kind(item: Body, held: dict[str, Agency]) -> str:
    return held[item.entry].kind if item.entry else ""


def flatten(items: Iterable[Body]) -> Iterator[Body]:
    """Every single body of a list, those inside joined items too."""
    for item in items:
        yield replace(item, also=())
        yield from flatten(item.also)
