"""Who issues a paper: the body of the letterhead in normal case, or who speaks in the text when the letterhead is lost.

The lines of a letterhead stand parent first (``UBND TỈNH LONG AN`` / ``SỞ Y TẾ``): the last body is the issuer, and
takes its place from the one above where it names none ("Sở Y tế tỉnh Long An"). A body found in the text alone has no
place of its own ("Tỉnh ủy", "Ủy ban nhân dân tỉnh"); the build completes it with the province.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import regex
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from loaders.fold import Text, fold
from loaders.layout import Cell
from loaders.layout_words import body_of, is_capitals
from loaders.records import Fact
from loaders.repair import SYLLABLES
from loaders.vocabulary import read_vocabulary


@dataclass(frozen=True, slots=True)
class Issuer:
    """Issuing body: full name with its span, branch, level, and the short name that others call it by.

    ``short`` is without the place name: "Tỉnh ủy", "UBND tỉnh", "Sở Y tế", "UBND huyện", "Bộ Y tế"; ``placed`` tells
    whether the full name has one.
    """

    fact: Fact | None = None
    branch: str = ""
    level: str = ""
    short: str = ""
    placed: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """One body of a letterhead: vocabulary entry, what follows its name in normal case, its place."""

    entry: Any
    tail: str
    unit: str
    place: str
    start: int
    end: int

    @property
    def placed(self) -> str:
        return f"{self.unit} {self.place}".strip()


UNITS = {
    "tinh": "tỉnh",
    "thanh pho": "thành phố",
    "tp": "thành phố",
    "huyen": "huyện",
    "thi xa": "thị xã",
    "quan": "quận",
    "xa": "xã",
    "phuong": "phường",
    "thi tran": "thị trấn",
}
_UNIT = regex.compile(
    r"(?<!\w)(?P<unit>tinh|thanh pho|tp|huyen|thi xa|quan|xa|phuong|thi tran)\b\.?"
    r"(?!\s*(?:uy|doan)\b)(?:\s+(?P<place>\S.*))?$"
)
_CHILD = regex.compile(
    r"\s(?P<child>(?:so (?!chi huy)|huyen uy|thi uy|thanh uy|quan uy|ban chi dao|van phong|ban tuyen giao|ban dan van"
    r"|ban to chuc|ban thuong truc|ban quan ly|ubnd|uy ban nhan dan|so chi huy|trung tam"
    r"|benh vien|truong (?:cao dang|dai hoc|chinh tri)|chi cuc)\b)"
)
_PLACED_PARENT = regex.compile(
    r"^(?:ubnd|uy ban nhan dan|dang bo|uy ban mttq|uy ban mat tran|tinh uy)\b.*\s(?:tinh|thanh pho|tp)?\.?\s*\w+"
)
_COMMITTEES = {"tỉnh": "Tỉnh ủy", "thành phố": "Thành ủy", "huyện": "Huyện ủy", "thị xã": "Thị ủy", "quận": "Quận ủy"}
_DIRECTLY_PLACED = (*_COMMITTEES.values(), "Tỉnh đoàn", "Thành đoàn", "Huyện đoàn", "Thị đoàn", "Quận đoàn")
_ORGANS = ("Ban Thường trực", "Ban Thường vụ", "Ban Chấp hành")
_OWN_UNIT = regex.compile(
    r"\b(?:ubnd|uy ban nhan dan|dia ban|toan|ban chi dao(?: [a-z,]+){0,6}?)"
    r" (?P<unit>tinh|huyen|thi xa|thanh pho|quan)\b(?! khac)"
)
_EDGES = " \t|*-–_.,:;"


def issuer_of_letterhead(cells: Sequence[Cell], place: str = "") -> Issuer:
    """Issuer of the cells of a letterhead, in order; empty without one. ``place`` is that of the date line."""
    parts = [part for part in map(_part_of, _joined(cells)) if part is not None]
    return _issuer_of_parts(parts, place) if parts else Issuer()


def issuer_of_phrase(raw: str, start: int, place: str = "") -> Issuer:
    """Issuer named in normal case, as in the data of a digital signature ("Cơ quan: Tỉnh ủy Bình Phước")."""
    part = _part_of((raw, start, start + len(raw)))
    return _issuer_of_parts([part], place) if part else Issuer()


def completed_by_place(issuer: Issuer, place: str, text: Text) -> Issuer:
    """ "ỦY BAN NHÂN DÂN" without its second line, of a paper dated in "Vĩnh Phúc": the place tells whose.

    A province and its capital share names, so the text must speak of "tỉnh" more than of a city or district of its own.
    """
    name = place_name(place)
    if issuer.fact and not issuer.placed and issuer.level in ("", "province") and (issuer.short.startswith(_OFFICES)):
        return _office_of_province(issuer, issuer.fact, name)
    if issuer.short != "UBND" or not issuer.fact or not name:
        return issuer
    province, unit = _provinces().get(fold(name)), ""
    if province and province["type"] == "thành phố":
        unit = "thành phố"
    elif province:
        spoken = Counter(found["unit"] for found in _OWN_UNIT.finditer(text.folded))
        unit = "tỉnh" if spoken["tinh"] > sum(spoken.values()) - spoken["tinh"] else ""
    else:
        unit = _district_kinds().get(fold(name), "")
    if not unit:
        return issuer
    fact = replace(issuer.fact, value=_ho_chi_minh(f"{issuer.fact.value} {unit} {name}"))
    return Issuer(fact, issuer.branch, "province" if province else "district", f"UBND {unit}", placed=True)


_OFFICES = ("Sở ", "Chi cục ", "Ban Dân tộc", "Trung tâm Kiểm soát bệnh tật")


def _office_of_province(issuer: Issuer, fact: Fact, name: str) -> Issuer:
    """ "CHI CỤC THỦY SẢN" below "SỞ NÔNG NGHIỆP VÀ PTNT", dated in "Ninh Thuận": an office of that province."""
    province = _provinces().get(fold(name))
    if province is None:
        return issuer
    value = _ho_chi_minh(f"{fact.value} {province['type']} {province['name']}")
    return replace(issuer, fact=replace(fact, value=value), level="province", placed=True)


def _joined(cells: Sequence[Cell]) -> list[tuple[str, int, int]]:
    """Cells that continue a body's name joined to it: "ỦY BAN NHÂN DÂN" and "TỈNH BÌNH PHƯỚC"."""
    bodies: list[tuple[str, int, int]] = []
    for at, cell in enumerate(cells):
        words = cell.raw.strip(_EDGES)
        begins = cell.kind == "issuer" and not (bodies and _possessed(bodies[-1][0], cell.folded))
        if begins or not bodies:
            bodies += _cut_bodies(words, cell.start)
        else:
            name, start, _ = bodies[-1]
            comma = "," if cells[at - 1].raw.rstrip().endswith(",") else ""
            bodies[-1] = (f"{name}{comma} {words}", start, cell.end)
    return bodies


def _cut_bodies(words: str, start: int) -> list[tuple[str, int, int]]:
    """Two bodies on one line: "UBND TỈNH LONG AN SỞ Y TẾ", "ĐẢNG BỘ TỈNH CÀ MAU HUYỆN ỦY NĂM CĂN"."""
    folded = fold(words)
    child = _CHILD.search(folded)
    if child is None or not _PLACED_PARENT.match(folded[: child.start()]):
        return [(words, start, start + len(words))]
    at = child.start("child")
    return [(words[:at].strip(_EDGES), start, start + at), (words[at:], start + at, start + len(words))]


def _possessed(before: str, folded: str) -> bool:
    """A broken name goes on: "CHỦ TỊCH" + "ỦY BAN NHÂN DÂN", "BAN CHẤP HÀNH" + "ĐẢNG BỘ TỈNH", "… VÀ" + "…"."""
    ends = fold(before)
    heads = ("chu tich", "ban chap hanh", "van phong doan", "uy ban thuong vu")
    return ends.endswith((" va", " cua", "-", ",")) or ends in heads


def _part_of(body: tuple[str, int, int]) -> _Part | None:
    words, start, end = body
    folded = fold(words)
    found = body_of(folded)
    if found is None:
        return None
    tail, tail_folded = words[found.end :].strip(_EDGES), folded[found.end :].strip(_EDGES)
    if found.entry["name"] in _DIRECTLY_PLACED:
        unit = _UNIT.fullmatch(tail_folded)
        named = tail[unit.start("place") :] if unit and unit["place"] else tail
        return _Part(found.entry, "", "", place_name(named), start, end)
    unit = next((found for found in _UNIT.finditer(tail_folded, overlapped=True) if _is_unit(found, tail)), None)
    if unit is None:
        field, province = _province_behind(tail, tail_folded)
        named = province["name"] if province else ""
        within = UNITS[fold(province["type"])] if province else ""
        return _Part(found.entry, field_name(field, found.entry["name"]), within, named, start, end)
    named = tail[unit.start("place") :].strip(_EDGES) if unit["place"] else ""
    words_of_unit = UNITS[unit["unit"]]
    before = field_name(tail[: unit.start()].strip(_EDGES), found.entry["name"])
    return _Part(found.entry, before, words_of_unit, place_name(named), start, end)


def _province_behind(tail: str, folded: str) -> tuple[str, Any]:
    """ "SỞ Y TẾ BÌNH ĐỊNH": the words before the province that a body's name ends with, and the province."""
    for words in range(2, 5):
        at = len(" ".join(folded.split(" ")[:-words]))
        if (province := _provinces().get(folded[at:].strip())) and is_capitals(tail):
            return tail[:at].strip(_EDGES), province
    return tail, None


def _is_unit(found: regex.Match[str], raw: str) -> bool:
    """ "QUẬN", "PHƯỜNG", "XÃ" are units of place; "CƠ QUAN", "ĐỊA PHƯƠNG", "XÃ HỘI" hold the same letters."""
    word = raw[slice(*found.span("unit"))].lower()
    if found["unit"] in ("quan", "phuong", "xa"):
        unmarked = found.start() == 0 and raw.isascii()  # "UBND PHUONG LINH XUAN"
        return (word in ("quận", "phường", "xã") or unmarked) and not (found["place"] or "").startswith("hoi")
    return True


def _issuer_of_parts(parts: list[_Part], date_place: str) -> Issuer:
    """The last body that issues papers of its own, completed by those above it, or by the place of its own organ."""
    own = _own_part(parts)
    part, above = parts[own], parts[:own]
    organ = next((p for p in parts[own + 1 :] if p.entry["name"] in _ORGANS and p.unit), None)
    if organ is not None and not part.placed and part.entry["level"] == "place":
        part = replace(part, unit=organ.unit, place=organ.place)
    placed = next((p for p in reversed(above) if p.place or p.unit), None)
    level = _level_of(part, placed, date_place) or ("central" if above and _is_central(above) else "")
    name = " ".join(filter(None, (part.entry["name"], part.tail, part.placed)))
    short = _short(" ".join(filter(None, (part.entry["name"], part.tail, part.unit))))
    if not part.place and placed is not None and level != "central":
        name = f"{name} {_placed_name(part, placed)}".strip()
        if part.entry["level"] == "parent" and part.entry["name"] != "Đảng ủy":
            above_short = placed.entry["name"] if placed.entry["name"] in _DIRECTLY_PLACED else placed.unit
            above_short = "" if part.unit else above_short
            if "UBND" in short:
                above_short = ""  # "VĂN PHÒNG UBND TỈNH" says itself whose it is
            elif part.entry["name"] == "Văn phòng" and placed.entry["name"] not in _DIRECTLY_PLACED:
                above_short = f"{_short(placed.entry['name'])} {placed.unit}"
            short = f"{short} {above_short}".strip()
    if part.entry["name"] == "Chủ tịch Ủy ban nhân dân":
        short = short.removeprefix("Chủ tịch ")  # the head issues, as the Prime Minister does; the body is called short
    if part.entry["name"] == "Đảng bộ":
        name, short = _committee(part, name, short)
    fact = Fact(_ho_chi_minh(name), parts[0].start, parts[own].end)
    branch = part.entry["branch"]
    board = part.entry["level"] == "parent" or part.entry["name"] in ("Ban Chỉ đạo", "Tổ công tác")
    if board and placed is not None and placed.entry["branch"] == "party":
        branch = "party"  # "TỈNH ỦY …" above "VĂN PHÒNG"
    return Issuer(fact, branch, level, short, placed=len(name) > len(short) + 9 * short.count("UBND"))


def _is_central(above: list[_Part]) -> bool:
    """ "BỘ QUỐC PHÒNG" above "BỘ TƯ LỆNH BỘ ĐỘI BIÊN PHÒNG": a body without a place of its own below a central one."""
    return all(part.entry["level"] == "central" for part in above)


def _own_part(parts: list[_Part]) -> int:
    """Index of the last body that is no part of another; of parts alone, of the last that is no organ."""
    for is_part in (lambda p: p.entry.get("part_of"), lambda p: p.entry["name"] in _ORGANS):
        own = next((i for i in range(len(parts) - 1, -1, -1) if not is_part(parts[i])), None)
        if own is not None:
            return own
    return len(parts) - 1


def _placed_name(part: _Part, placed: _Part) -> str:
    if part.unit:
        return placed.place  # "BAN CHỈ ĐẠO … TỈNH" below "ỦY BAN NHÂN DÂN TỈNH LONG AN"
    if part.entry["name"] == "Thành ủy" and placed.entry["name"] == "Đảng bộ":
        return placed.place  # "ĐẢNG BỘ THÀNH PHỐ CẦN THƠ" above it
    party = placed.entry["name"] in _DIRECTLY_PLACED
    if part.entry["name"] == "Văn phòng" and not party:
        return f"{placed.entry['name']} {placed.placed}"
    if party and part.entry["name"] == "Đảng ủy":
        return f"tỉnh {placed.place}" if placed.entry["name"] == "Tỉnh ủy" else placed.place
    return f"{placed.entry['name']} {placed.place}" if party else placed.placed


def _committee(part: _Part, name: str, short: str) -> tuple[str, str]:
    """ "ĐẢNG BỘ TỈNH TRÀ VINH" above "BAN CHẤP HÀNH": its committee is "Tỉnh ủy Trà Vinh"."""
    own = _COMMITTEES.get(part.unit)
    return (f"{own} {part.place}".strip(), own) if own else (name, short)


def _short(name: str) -> str:
    return name.replace("Ủy ban nhân dân", "UBND")


def _ho_chi_minh(name: str) -> str:
    return name.replace("thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh")


def _level_of(part: _Part, placed: _Part | None, date_place: str) -> str:
    fixed = part.entry["level"]
    if fixed not in ("place", "parent"):
        if fixed == "province" and placed is not None and placed.entry["level"] == "central":
            return "central"
        return fixed
    if part.unit or part.place:
        return _level_of_place(part.unit, part.place, date_place)
    if placed is not None:
        return _level_of(placed, None, date_place)
    return "central" if fixed == "parent" and part.entry["name"] == "Cục" else ""


def _level_of_place(unit: str, place: str, date_place: str) -> str:
    if unit == "tỉnh":
        return "province"
    if unit in ("thành phố", ""):
        name = fold(place or date_place)
        central = {fold(city) for city in _central_cities()}
        return ("province" if name in central else "district") if name else ""
    return "district"


@lru_cache(maxsize=1)
def _district_kinds() -> dict[str, str]:
    """Folded name of a district → its kind, where only one district of the country has that name."""
    kinds: dict[str, set[str]] = {}
    for entry in read_vocabulary("provinces"):
        for kind, districts in entry.get("districts", {}).items():
            for district in districts:
                kinds.setdefault(fold(district), set()).add(f"{kind}|{entry['name']}")
    return {name: next(iter(found)).split("|")[0] for name, found in kinds.items() if len(found) == 1}


@lru_cache(maxsize=1)
def _provinces() -> dict[str, Any]:
    return {fold(entry["name"]): entry for entry in read_vocabulary("provinces")}


@lru_cache(maxsize=1)
def _central_cities() -> tuple[str, ...]:
    return tuple(entry["name"] for entry in read_vocabulary("provinces") if entry["type"] == "thành phố")


@lru_cache(maxsize=1)
def _places() -> dict[str, str]:
    """Folded names of provinces and districts → their spelling, to mend capitals that a scan read without marks."""
    names: dict[str, str] = {}
    for entry in read_vocabulary("provinces"):
        for districts in entry.get("districts", {}).values():
            for district in districts:
                names.setdefault(fold(district), district)
    names.update({fold(entry["name"]): entry["name"] for entry in read_vocabulary("provinces")})
    return names


def place_name(raw: str) -> str:
    """Place in normal case: a known one in its own spelling (one slip allowed in long names), others as printed.

    >>> place_name("BÌNH PHƯỚC"), place_name("BINH PHUOC"), place_name("TÂN LẬP HẠ")
    ('Bình Phước', 'Bình Phước', 'Tân Lập Hạ')
    """
    words = " ".join(raw.split()).strip(_EDGES)
    known, key = _places(), fold(words).replace("–", "-")
    if key in known:
        return known[key]
    if len(key) >= 7 and not SYLLABLES.issuperset(key.replace("-", " ").split()):  # a commune may be named almost alike
        found = process.extractOne(key, list(known), scorer=Levenshtein.distance, score_cutoff=1)
        if found:
            return known[found[0]]
    return regex.sub(r"\p{L}+", lambda word: word[0].capitalize(), words) if is_capitals(words) else words


@lru_cache(maxsize=1)
def _phrases() -> tuple[regex.Pattern[str], dict[str, str]]:
    phrases = {fold(phrase): phrase for phrase in read_vocabulary("letterheads")["phrases"]}
    ordered = sorted(phrases, key=len, reverse=True)
    names = "|".join(regex.escape(name).replace(r"\ ", r"\s+").replace(r"\-", r"\s*-\s*") for name in ordered)
    return regex.compile(rf"(?<!\w)(?:{names})(?!\w)"), {regex.sub(r"[\s-]+", " ", key): key for key in phrases}


_UBND = regex.compile(r"\bUBND\b")
_ABBREVIATION = regex.compile(r"\b[bcdđghklmnpqrstvx]{2,}\b")  # no vowel, no word: "BAN CHỈ ĐẠO PCD"


def field_name(raw: str, body: str) -> str:
    """What follows a body's name in normal case: "GIAO THÔNG VẬN TẢI" → "Giao thông vận tải".

    Words in normal case stay as they are; fields of Sở, Bộ, Phòng begin with a capital, duties of a board do not.
    """
    words = " ".join(raw.split())
    if not words or not is_capitals(words):
        return words
    words = _UBND.sub("ỦY BAN NHÂN DÂN", words)
    pattern, keys = _phrases()
    phrases = {fold(phrase): phrase for phrase in read_vocabulary("letterheads")["phrases"]}
    folded, pieces, at = fold(words), [], 0
    for found in pattern.finditer(folded):
        pieces += [words[at : found.start()].lower(), phrases[keys[regex.sub(r"[\s-]+", " ", found[0])]]]
        at = found.end()
    pieces.append(words[at:].lower())
    joined = _ABBREVIATION.sub(lambda word: word[0].upper(), "".join(pieces))
    if body.split()[0] in ("Sở", "Bộ", "Phòng", "Cục", "Tổng"):
        joined = joined[:1].upper() + joined[1:]
    return joined


def body_name(raw: str) -> str:
    """A body printed in capitals in normal case: "SỞ Y TẾ" → "Sở Y tế"; an unknown one begins with a capital."""
    part = _part_of((raw.strip(_EDGES), 0, len(raw)))
    if part is None:
        return field_name(raw, "Sở")
    return " ".join(filter(None, (part.entry["name"], part.tail, part.placed)))
