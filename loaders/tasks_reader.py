"""Part of :mod:`loaders.tasks`: where clauses begin and end, and what follows the names of bodies."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import regex

from loaders.agencies import agencies, duty_at, idle_at, match_alias, order_at
from loaders.bodies import Body, BodyList, parse_bodies
from loaders.bodies_words import opens_office
from loaders.fold import Text
from loaders.records import Provision, Zones

ANSWERABLE = regex.compile(r"chiu (?:hoan toan |toan bo |moi )?trach nhiem")
_LABEL = regex.compile(
    r"\s*+(?:dieu \d{1,3}\s?[.:]\s?|[ivx]{1,5}\s?[.)-]\s*|\d{1,2}(?:\.\d{1,2}){0,3}\s?[.,)/-]?\s*(?=\p{L})"
    r"|\((?:\d{1,2}|[a-z]|[ivx]{2,4})\)\s*|[ivx]{2,4}\)\s+|[a-z]\s?[).]\s+|[-–+*•]\s*)?+"
)
_BOUNDARY = regex.compile(
    r"(?<=[^\s.])\.(?:/\.)?(?=\s+[\p{Lu}\d\"“(*-])|;(?=\s)|:(?=\s)|\n\s*\n(?!\s*\p{Ll})|\n(?=\s*(?:[-–+*•]"
    r"|\d{1,2}[.)]|[a-zđ]\))\s*\p{L})|(?<=[^,\s])\n(?=\s*\p{Lu}\p{L}*[ ])"
)
_SENTENCE = regex.compile(
    r"(?<=[^\s.])\.(?:/\.)?(?=\s+[\p{Lu}\d\"“(*-])|\.(?:/\.)?\s*\Z|\n\s*\n(?!\s*\p{Ll})|\n(?=\s*(?:[-–+*•]"
    r"|\d{1,2}[.)]|[a-zđ]\))\s*\p{L})|(?<=[^,\s])\n(?=\s*\p{Lu}\p{L}*[ ])"
)
_SHORT = regex.compile(r"(?:TP|TX|TT|P|Q|GS|TS|BS|ThS|PGS|đ/c|Tp|St|H)$")
_WORD_START = regex.compile(r"(?<![\w])(?=[a-z]{2})")
_MARK = regex.compile(r"[,:;.\n]\s")
_COLON = regex.compile(r"\s{0,2}:")
_LINE_ENDS = regex.compile(r"[ .;,]{0,2}\n\s*(?:[-–+*•]|[a-z]\)|\p{Lu})")
_LABELLED = regex.compile(r"\p{L}\s?:\s$")  # "Địa điểm: Trường THCS …." names a place and heads nothing
_GIVEN = regex.compile(r"(?<![\w])(?:giao|giao cho|phan cong|chi dinh|cu)\s+$")
_MADE = regex.compile(  # "Giao Sở Y tế là cơ quan thường trực"
    r"(?:la|lam)\s(?:co quan|don vi|dau moi|bo phan|thuong truc|to truong|truong ban|thanh vien|chu dau tu)(?![\w])"
)
# "Công ty A có 3 ca mắc" tells how things stand
_COUNTED = regex.compile(
    r"\s+co (?:tong so |them |hon |gan |khoang )?\d[\d.]* (?:ca|truong hop|benh nhan|f[0-3]|o dich)\b"
)
_ASKS = regex.compile(r"(?:yeu cau|de nghi|keu goi|khuyen cao)(?![\w])")
_STEP = regex.compile(r",?\s{1,3}")
_LETTER = regex.compile(r"(?<=\s)\p{L}")
_MODIFIER = regex.compile(
    r",?\s+(?:theo(?! doi)|duoc phan cong|can cu|tren co so|trong pham vi|voi vai tro|tuy theo"
    r"|tuy tinh hinh|voi chuc nang|dang (?:thuc hien|ap dung)(?= (?:gian cach|cach ly|chi thi|bien phap))"
    r"|co (?:dich|ca mac|ca benh)"
    r"|bang nhieu)(?![\w])"
)


@dataclass(frozen=True)
class Reader:
    """A document's text with what the rules ask of it again and again."""

    text: Text
    start: int
    end: int
    provisions: Sequence[Provision]
    zones: Zones

    @cached_property
    def _preamble(self) -> str:
        """Letterhead and preamble, folded, without the addressees: who issues is named there."""
        top, told = self.zones.header.start, self.zones.addressees
        folded = self.text.folded
        return folded[top : told.start] + folded[told.end : self.start] if told else folded[top : self.start]

    @cached_property
    def _own(self) -> frozenset[str]:
        """Bodies that letterhead and preamble name: who issues is one of them."""
        found = (match_alias(self._preamble, place.start()) for place in _WORD_START.finditer(self._preamble))
        return frozenset(item[0] for item in found if item)

    def _is_stranger(self, item: Body) -> bool:
        """Whether it is an office that neither the vocabulary nor letterhead and preamble know."""
        return not item.entry and item.core < item.core_end and self._name(item) not in self._preamble

    def _name(self, item: Body) -> str:
        return self.text.folded[item.core : item.core_end]

    def is_own(self, listed: BodyList) -> bool:
        """Whether the issuer or its head is among the bodies."""
        return any(item.entry in self._own for item in listed.items)

    def is_third(self, listed: BodyList) -> bool:
        """Whether a body that asks others for something is told so itself: "Ban Quản lý chợ yêu cầu tiểu thương …".

        Not the issuer and its heads, who order in their own name, nor a committee, nor a central body.
        """
        held = agencies()
        return bool(self._own) and all(
            self._is_stranger(item)
            or (
                item.entry
                and not item.vague
                and item.entry not in self._own
                and held[item.entry].kind not in ("people_committee", "district_level")
                and held[item.entry].branch != "party"
                and held[item.entry].level != "central"
            )
            for item in listed.items
        )

    @cached_property
    def marks(self) -> list[int]:
        """Where a clause may begin: after a full stop, semicolon or colon, at a paragraph, a dash, a provision."""
        starts = {self.start, *(item.start for item in self.provisions)}
        for mark in _BOUNDARY.finditer(self.text.raw, self.start, self.end):
            if not _SHORT.search(self.text.raw, max(self.start, mark.start() - 4), mark.start()):
                starts.add(mark.end())
        return sorted(at for at in starts if at < self.end)

    def clause_end(self, at: int) -> int:
        place = bisect_right(self.marks, at)
        return self.marks[place] if place < len(self.marks) else self.end

    def clause_start(self, at: int) -> int:
        place = bisect_right(self.marks, at)
        return self.marks[place - 1] if place else self.start

    def sentence_end(self, at: int) -> int:
        """End of the sentence that holds ``at``; a provision ends it too."""
        starts, ends = self._sentences
        place = bisect_right(starts, at)
        return ends[place] if place < len(ends) else self.end

    @cached_property
    def _sentences(self) -> tuple[list[int], list[int]]:
        """Where the marks that end a sentence begin, and where the sentence before each ends."""
        raw = self.text.raw
        found = [
            (mark.start(), mark.start() + mark.group().startswith("."))
            for mark in _SENTENCE.finditer(raw, self.start, self.end)
            if not _SHORT.search(raw, max(self.start, mark.start() - 4), mark.start())
        ]
        return [start for start, _ in found], [end for _, end in found]

    @cached_property
    def _bodies(self) -> dict[tuple[int, bool], Body | None]:
        return {}

    @cached_property
    def _children(self) -> dict[str, list[Provision]]:
        children: dict[str, list[Provision]] = {}
        for item in self.provisions:
            children.setdefault(item.parent, []).append(item)
        return children

    @cached_property
    def _starts(self) -> list[int]:
        return [item.start for item in self.provisions]

    @cached_property
    def _by_path(self) -> dict[str, Provision]:
        return {item.path: item for item in self.provisions}

    def children_at(self, at: int) -> list[Provision]:
        """Provisions right below the one that ``at`` lies in."""
        place = bisect_right(self._starts, at) - 1
        holder = self.provisions[place] if place >= 0 else None
        while holder and holder.end <= at:
            holder = self._by_path.get(holder.parent)
        return self._children.get(holder.path, []) if holder else []

    def skip_label(self, at: int) -> int:
        found = _LABEL.match(self.text.folded, at, self.end)
        return found.end() if found else at

    def bodies(self, at: int, *, place: bool = False) -> BodyList | None:
        found = parse_bodies(self.text.raw, self.text.folded, at, place=place, held=self._bodies)
        return found if found and found.end <= self.end else None


def verdict_of(reader: Reader, listed: BodyList) -> str:
    """What follows a list of bodies: "verb" of doing, "head" colon, "order" to others, or nothing that makes a task."""
    raw, folded, at = reader.text.raw, reader.text.folded, listed.end
    if modifier := _MODIFIER.match(folded, at, reader.end):
        stop = _MARK.search(folded, modifier.end(), min(reader.end, at + 220))
        commas = 0
        while stop and stop.group()[0] == "," and commas < 4:
            if acts_at(raw, folded, stop.end()):
                return "verb"
            stop, commas = (
                _MARK.search(folded, stop.end(), min(reader.end, at + 220)),
                commas + 1,
            )
        return (
            "head"
            if stop and stop.group()[0] == ":"
            else _first_verb(reader, modifier.end(), stop.start() if stop else min(at + 220, reader.sentence_end(at)))
        )
    if _COLON.match(folded, at):
        return "head"
    if _COUNTED.match(folded, at):
        return ""
    ends = _LINE_ENDS.match(raw, at)
    if ends and not (
        "." in ends.group() and _LABELLED.search(folded, max(0, listed.items[0].start - 40), listed.items[0].start)
    ):
        return "head"
    if _acts_after_others(reader, listed):
        return "verb"
    step = _STEP.match(folded, at)
    if not step or step.end() >= reader.end:
        return ""
    if _MADE.match(folded, step.end()) and _GIVEN.search(
        folded, max(0, listed.items[0].start - 20), listed.items[0].start
    ):
        return "verb"
    order = order_at(raw, folded, step.end())
    if order and not folded.startswith("chi dao", step.end()) and reader.bodies(order + 1):
        return "order"
    if _ASKS.match(folded, step.end()):
        return "order"
    if acts_at(raw, folded, step.end()):
        places = all(item.core == item.core_end for item in listed.items)
        return "" if places and duty_at(raw, folded, step.end()) - step.end() < 5 else "verb"
    known = all(item.entry for item in listed.items) and not listed.items[-1].vague
    lower = raw[step.end()].islower() and "," not in step.group()
    if raw[step.end()] in "nN" and folded.startswith("neu ", step.end()):
        return "verb" if listed.items[0].head and ANSWERABLE.search(folded, at, reader.sentence_end(at)) else ""
    return "verb" if known and lower and not idle_at(raw, folded, step.end()) else ""


def _acts_after_others(reader: Reader, listed: BodyList) -> bool:
    """A list that ends in somebody who is no body by name ("…, hệ thống loa truyền thanh | tăng tần suất")."""
    raw, folded, at = reader.text.raw, reader.text.folded, listed.end
    begin = _MORE.match(folded, at)
    if not begin or acts_at(raw, folded, begin.end()) or reader.end <= begin.end():
        return False
    last = listed.items[-1]
    if not (last.entry or opens_office(raw, folded, last.core)):
        return False
    stop = _STOPS.search(folded, begin.end(), min(reader.end, at + 110))
    for word in _WORD.finditer(folded, begin.end(), stop.start() if stop else min(reader.end, at + 110)):
        if (_UNFIT.match(raw, word.start()) and raw[word.start() : word.end()] != "và") or raw[word.start()].isdigit():
            return False
        plain = raw[word.start() : word.end()] in ("tăng", "giảm", "phải", "cần", "không")
        if raw[word.start()].islower() and (plain or duty_at(raw, folded, word.start()) > word.end()):
            return True
    return False


_MORE = regex.compile(r"(?:,|\sva)\s(?:va\s)?(?=\p{L})")
_STOPS = regex.compile(r"[;.:(]|\n\s*\n")


def qualify(reader: Reader, listed: BodyList) -> BodyList:
    """The list with what narrows a group down before its verb ("Các đơn vị | vận tải hành khách | tạm dừng")."""
    raw, folded, last = reader.text.raw, reader.text.folded, listed.items[-1]
    if (
        not last.entry
        or "group" not in agencies()[last.entry].flags
        or last.nobody
        or order_at(raw, folded, listed.end + 1)
    ):
        return listed
    stop = _CLAUSE_MARK.search(folded, listed.end, min(reader.end, listed.end + 90))
    if not stop or acts_at(raw, folded, listed.end + 1):
        return listed
    words = list(_WORD.finditer(folded, listed.end, stop.start()))[:12]
    if not words or words[0].start() > listed.end + 1 or _UNFIT.match(raw, words[0].start()):
        return listed
    verb = next(
        (
            word
            for word in words
            if (raw[word.start()].islower() and duty_at(raw, folded, word.start()) > word.end())
            or raw[word.start() : word.end()] in ("phải", "cần", "chuyển")
        ),
        None,
    )
    if any(raw[word.start() : word.end()] in ("bị", "được") for word in words[: words.index(verb) if verb else None]):
        return listed
    named = words[: words.index(verb)] if verb else words
    while verb and named and raw[named[-1].start() : named[-1].end()] in ("đang", "tự", "sẽ", "cũng", "đều", "không"):
        named.pop()
    end = (named[-1].end() if named else 0) if verb else stop.start() if stop.group() == ":" else 0
    if end <= listed.end:
        return listed
    return BodyList((*listed.items[:-1], replace(last, end=end)), end)


_CLAUSE_MARK = regex.compile(r"[,;.:]|\n\s*\n")
_WORD = regex.compile(r"[^\W_]+")
_UNFIT = regex.compile(
    r"(?:đã|vừa|vẫn|được|bị|là|và|hoặc|cho|do|để|như|khi|thì|nhưng|nếu|mà|về|theo(?! dõi)|căn|với|từ|đến)(?![\w])"
)


def acts_at(raw: str, folded: str, at: int) -> bool:
    return duty_at(raw, folded, at) >= max(idle_at(raw, folded, at), 1)


def _first_verb(reader: Reader, start: int, stop: int) -> str:
    """A verb of doing among the next words ("theo chức năng tăng cường …")."""
    raw, folded = reader.text.raw, reader.text.folded
    words = _LETTER.finditer(folded, start, max(start, stop))
    return "verb" if any(duty_at(raw, folded, word.start()) for word in words) else ""
