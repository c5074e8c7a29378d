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
from loaders.bodies_words import (
    ANYTHING,
    BARE,
    BELONGS,
    BLANK,
    COLON_LIST,
    COMRADES,
    EPIDEMIC,
    ITEM_SEPARATOR,
    LEVEL,
    MARKS,
    MORE_PLACES,
    NAME,
    NEWSPAPER,
    NEXT_NAME,
    NEXT_PLACE,
    NEXT_TITLE,
    NOBODY,
    OPEN_GAP,
    OPEN_HEAD,
    OTHER_WORDS,
    OWN_MARKS,
    PART_OF,
    PERSON,
    PLACE,
    QUOTED,
    SERIES,
    STOP,
    TAIL,
    TOKEN,
    VERBAL_NOUN,
    ZONES,
    opens_office,
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


def _tail(raw: str, folded: str, end: int, entry: Agency | None, *, part: bool = False) -> int:
    """End of the words that belong to a name: level, place, brackets, further nouns of a group, what it is part of."""
    group = entry is not None and "group" in entry.flags
    epidemic = entry is not None and "epidemic" in entry.flags
    placed = entry is not None and (group or "placed" in entry.flags)
    zones = entry is not None and entry.id == "ban-quan-ly-khu-kinh-te"
    while True:
        step = (
            (zones and ZONES.match(folded, end))
            or (epidemic and EPIDEMIC.match(folded, end))
            or (group and SERIES.match(folded, end))
            or MORE_PLACES.match(folded, end)
            or TAIL.match(folded, end)
            or QUOTED.match(raw, end)
        )
        if step and _misread(raw, folded, end, step.end()):
            step = None
        step = (
            step
            or _proper(raw, folded, end)
            or _owner(folded, end, part or (entry is not None and "of" in entry.flags))
            or (placed and _further_place(raw, folded, end))
        )
        if not step or step.end() == end:
            return end
        end = step.end()


def _misread(raw: str, folded: str, start: int, end: int) -> bool:
    for word in TOKEN.finditer(folded, start, end):
        printed = raw[word.start() : word.end()].lower()
        if word.group() in MARKS and printed not in MARKS[word.group()] and not printed.isascii():
            return True
    return False


def _proper(raw: str, folded: str, end: int) -> regex.Match[str] | None:
    """Capitalised words of a place name, unless they begin a duty or another body."""
    found = NAME.match(raw, end)
    if not found or _begins_duty(raw, folded, end + 1) or match_alias(folded, end + 1) or PERSON.match(folded, end + 1):
        return None
    return found


def _begins_duty(raw: str, folded: str, at: int) -> bool:
    """A verb of doing, unless it is the first word of a name: "Dung" of "Dung Quất" folds to "dừng"."""
    end = duty_at(raw, folded, at, any_case=True)
    named = raw[at:end].isalpha() and raw[at:end].istitle() and raw[end : end + 1] == " "
    return end > 0 and not (named and raw[end + 1 : end + 2].isupper())


def _owner(folded: str, end: int, bare: bool) -> regex.Match[str] | None:
    """The body that a body belongs to ("của UBND tỉnh"); ``bare`` reads "Đảng ủy | Sở Y tế" too."""
    found = BELONGS.match(folded, end) or (BLANK.match(folded, end) if bare else None)
    held = match_alias(folded, found.end()) if found else None
    return ANYTHING.match(folded, end, held[1]) if held else None


def _further_place(raw: str, folded: str, end: int) -> regex.Match[str] | None:
    """The next place of "các huyện, thành phố Đà Lạt, Bảo Lộc" and of "UBND thành phố Dĩ An, thị xã Tân Uyên"."""
    found = NEXT_PLACE.match(raw, end)
    if found:
        return found
    found = NEXT_NAME.match(raw, end)
    if found and found[1].isalpha() and not _single_name(raw, folded, end, found):
        return None
    if (
        not found
        or not raw[end - 1].isalnum()
        or not _proper(raw, folded, found.start(1) - 1)
        or OPEN_HEAD.match(folded, found.start(1))
    ):
        return None
    return found


def _single_name(raw: str, folded: str, end: int, found: regex.Match[str]) -> bool:
    """A single word goes on a list of names, no other list; "VNPT" is none, nor is the first word of "Công an"."""
    goes_on = raw[found.end() : found.end() + 1] == " " and not raw.startswith(" và ", found.end())
    return (
        found[1][1:].islower()
        and raw[raw.rfind(" ", 0, end) + 1].isupper()
        and not (goes_on and not duty_at(raw, folded, found.end() + 1))
    )


def _known(raw: str, folded: str, pos: int) -> Body | None:
    comrades = COMRADES.match(folded, pos)
    core = comrades.end() if comrades else pos
    found = match_alias(folded, pos) or (comrades and match_alias(folded, core))
    if not found:
        return None
    core = core if core < found[1] else pos  # "các lực lượng" is an alias whole
    if folded.startswith("cac ", core) and (one := match_alias(folded, core + 4)) and one[1] > found[1]:
        found = one  # "các Sở Giao thông vận tải", not "các Sở"
    printed = raw[core : found[1]]
    if printed.split()[0].lower() in OTHER_WORDS:
        return None
    if folded[core : found[1]] == "cong an, quan":
        return None  # "Công an, Quân sự huyện" is no Công an quận
    own = OWN_MARKS.get(folded[core : found[1]])
    unmarked = printed.isascii() and folded.startswith("hieu", core)
    if own and ((printed.lower() != own and not unmarked) or folded.startswith(" hop", found[1])):
        return None  # "mỗi trường hợp", "môi trường", "chỉ bố trí"
    if len(printed) <= 4 and printed.isalpha() and not printed[:2].isupper():
        return None  # "từ" is no TU
    entry = agencies()[found[0]]
    if "group" in entry.flags and folded.endswith(" uy", core, found[1]) and NAME.match(raw, found[1]):
        found = _before_named(folded, core, found)  # "Các huyện ủy, thành ủy Tam Kỳ": the second has a name of its own
        entry = agencies()[found[0]]
    end = _tail(raw, folded, found[1], entry)
    nobody = "group" in entry.flags and NOBODY.search(folded, pos, end) is not None
    vague = nobody or "vague" in entry.flags
    bare = entry.kind == "district_level" and BARE.match(folded, pos) is not None
    head = PERSON.match(folded, core) is not None or folded.endswith(" truong", core, found[1])  # "tiểu khu trưởng"
    return Body(pos, end, core, found[1], entry.id, head, vague, bare=bare, nobody=nobody)


def _before_named(folded: str, core: int, found: tuple[str, int]) -> tuple[str, int]:
    """The alias without its last committee, which a place name makes one of its own."""
    comma = max(folded.rfind(mark, core, found[1]) for mark in (",", " va "))
    short = match_alias(folded[:comma], core) if comma > core else None
    return short if short and short[1] == comma else found


def _person(raw: str, folded: str, pos: int, titles: int = 1) -> Body | None:
    """A head with the body behind it; two titles of one body are one item ("Bí thư, Chủ tịch UBND các xã")."""
    title = PERSON.match(folded, pos)
    if not title:
        return None
    follow = NEXT_TITLE.match(folded, title.end()) if titles < 3 else None
    if follow and (second := _person(raw, folded, follow.end(), titles + 1)):
        return replace(second, start=pos)
    at = title.end() + 1
    several = _known(raw, folded, title.end() - 3) if title.group().endswith(" cac") else None
    office = _known(raw, folded, title.end() - len("van phong")) if title.group().endswith("van phong") else None
    readings = (_known(raw, folded, at), _listing(raw, folded, at), several, office)  # "Trưởng các ban xây dựng Đảng"
    inner = max((item for item in readings if item), key=lambda item: item.end, default=None) or _open(raw, folded, at)
    if not inner and title.group().endswith("truong ban"):
        inner = _known(raw, folded, title.end() - 3)  # "Trưởng ban chỉ đạo cấp xã"
    if not inner:
        return None
    entry = "nguoi-dung-dau" if inner.vague and "dung dau" in title.group() else inner.entry
    return replace(inner, start=pos, head=True, vague=False, nobody=False, entry=entry)


def _listing(raw: str, folded: str, pos: int) -> Body | None:
    """ "Các Sở: Y tế, Công Thương, Giao thông vận tải" and the same without colon: one phrase, several bodies."""
    lead = COLON_LIST.match(folded, pos)
    if not lead:
        return None
    noun, at = lead.group(1), lead.end()
    items: list[Body] = []
    while len(items) < LONGEST_LIST and raw[at : at + 1].isupper() and (found := match_alias(folded, at, (noun,))):
        end = _tail(raw, folded, found[1], agencies()[found[0]])
        items.append(Body(at, end, at, found[1], found[0]))
        separator = ITEM_SEPARATOR.match(folded, end)
        if not separator:
            break
        at = separator.end()
    if not items or (":" not in lead.group() and (len(items) == 1 or not lead.group().startswith("cac"))):
        return None
    return replace(items[0], start=pos, end=items[-1].end, also=tuple(items[1:]))


def _open(raw: str, folded: str, pos: int) -> Body | None:
    """An office the vocabulary does not list: a known first noun in capitals, then its name up to a verb or a mark."""
    core = pos + 4 if folded.startswith("cac ", pos) else pos
    end, words = opens_office(raw, folded, core), 0
    if not end:
        return None
    while words < 12 and (gap := OPEN_GAP.match(raw, end)) and (found := TOKEN.match(folded, gap.end())):
        at = found.start()
        if "," in gap[0] and folded.startswith("cong an", core):
            break  # "Công an, Quân sự huyện" are two
        named = VERBAL_NOUN.match(raw, at)
        if named and raw[at].islower():
            end, words = named.end(), words + 1
            continue
        airborne = raw[at : found.end()] == "không" and raw[max(0, at - 5) : at].lower() == "hàng "
        if (
            raw[at].islower()
            and not airborne
            and (duty_at(raw, folded, at) or order_at(raw, folded, at) or _stops(raw, folded, at, core))
        ):
            break
        if gap.end() - end > 1 and (OPEN_HEAD.match(folded, at) or match_alias(folded, at) or PERSON.match(folded, at)):
            break
        if "," in gap[0] and NEWSPAPER.match(raw, at):
            break
        end, words = found.end(), words + 1
        if found.group() in LEVEL and raw[at].islower() and not folded.startswith("xa hoi", at):
            break
    if not words:
        return None
    return Body(pos, _tail(raw, folded, end, None, part=PART_OF.match(folded, core) is not None), core, end)


def _stops(raw: str, folded: str, at: int, core: int) -> bool:
    """A word that no name goes on with; a board may run many of a kind ("Ban Quản lý khai thác các cảng cá")."""
    many = folded.startswith("ban quan ly ", core) and raw.startswith("các ", at)
    return STOP.match(raw, at) is not None and not (many or folded.startswith("thiet bi", at - len("thiet ")))


def _press(raw: str, folded: str, pos: int) -> Body | None:
    lead = NEWSPAPER.match(raw, pos)
    listed = match_alias(folded, pos)
    if not lead or (listed and listed[0] != "bao-tinh"):
        return None
    name = NAME.match(raw, lead.end() - 1)
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
    where = PLACE.match(raw, pos)
    return Body(pos, where.end(), pos, pos) if where else None


LONGEST_LIST = 64


@dataclass(frozen=True, slots=True)
class BodyList:
    """Bodies named one after another: ``items`` in order, ``end`` of the last one."""

    items: tuple[Body, ...]
    end: int


def parse_bodies(
    raw: str, folded: str, pos: int, *, place: bool = False, held: dict[tuple[int, bool], Body | None] | None = None
) -> BodyList | None:
    """Bodies at ``pos`` joined by commas, semicolons or "và"; a body under two titles or of two offices is one item.

    ``held`` keeps the bodies of one text by where they begin, for a caller that asks for many places of it. A list ends
    after ``LONGEST_LIST`` bodies: no paper names as many, and a text of nothing but bodies stays linear.
    """
    items: list[Body] = []
    marks: list[str] = []
    at, held = pos, {} if held is None else held
    while len(items) < LONGEST_LIST:
        key = (at, place and bool(items))
        if key not in held:
            held[key] = parse_body(raw, folded, at, place=key[1])
        item = held[key]
        if item is None:
            break
        items.append(item)
        separator = ITEM_SEPARATOR.match(folded, item.end)
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
        elif follow and item.head and not follow.head and item.entry and _alike(item, follow, held):
            items[at + 1] = replace(item, end=follow.end)  # "Bí thư Quận ủy, Huyện ủy"
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


def _alike(item: Body, follow: Body, held: dict[str, Agency]) -> bool:
    """Bodies of one kind under one title: "Bí thư các huyện ủy, thành ủy Tam Kỳ và thị ủy Điện Bàn"."""
    if not follow.entry:
        return False
    one, other = held[item.entry], held[follow.entry]
    committees = one.kind == other.kind == "district_level" and one.branch == other.branch == "party"
    return item.entry == follow.entry or committees


def _group(item: Body, held: dict[str, Agency]) -> bool:
    return bool(item.entry) and "group" in held[item.entry].flags


def _kind(item: Body, held: dict[str, Agency]) -> str:
    return held[item.entry].kind if item.entry else ""


def flatten(items: Iterable[Body]) -> Iterator[Body]:
    """Every single body of a list, those inside joined items too."""
    for item in items:
        yield replace(item, also=())
        yield from flatten(item.also)
