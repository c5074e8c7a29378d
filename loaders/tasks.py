"""Which body is told to act, in which role, and the words that say so.

Reads the provisions and the closing; the preamble only where a paper has no provisions, since its "yêu cầu các cấp ủy …"
is the salutation of what follows. A body that is merely mentioned ("theo hướng dẫn của Bộ Y tế") has no task.

Surface forms accepted: a body or list of bodies at the start of a sentence, a semicolon part or a dash, before a verb
("Sở Công Thương chủ trì …") or a colon ("Công an tỉnh:" and dashes); after an ordering verb ("Giao …", "Yêu cầu …", "Đề
nghị …"); after an opening clause ("Để …, Sở Y tế …"); after "do" before "chủ trì"; after "phối hợp với", "cùng với"; a
head before "chịu trách nhiệm". A duty to carry out the paper itself is no task.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import regex

from loaders.agencies import Body, BodyList, agencies, duty_at, idle_at, order_at, parse_bodies, parse_body
from loaders.fold import Text
from loaders.records import Provision, Task, Zones

LONGEST_QUOTE = 400
_LABEL = regex.compile(
    r"\s*+(?:dieu \d{1,3}\s?[.:]\s?|[ivx]{1,5}\s?[.)-]\s*|\d{1,2}(?:\.\d{1,2}){0,3}\s?[.,)/-]?\s*(?=\p{L})|[a-z]\s?[).]\s+|[-+*•]\s*)?+"
)
_LEAD_IN = regex.compile(
    r"(?:(?:dong thoi|ben canh do|ngoai ra|rieng|truoc mat|trong do|mat khac|theo do|cu the|do do|vi vay|nham muc dich nay)[,:]?\s+"
    r"|(?:(?:cham nhat|truoc mat|bat dau|ke)\s)?(?:den\s|truoc\s|tu\s|trong\s|sau\s)?(?:\d{1,2}\sgio[^,;.\n]{0,20}\s)?(?:het\s)?ngay\s\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{4})?,?\s+)"
)
_ABOUT = regex.compile(r"doi voi\s+")
_BOUNDARY = regex.compile(
    r"(?<=[^\s.])\.(?:/\.)?(?=\s+[\p{Lu}\d\"“(*-])|;(?=\s)|:(?=\s)|\n\s*\n(?!\s*\p{Ll})|\n(?=\s*(?:[-+*•]|\d{1,2}[.)]|[a-zđ]\))\s*\p{L})"
)
_SENTENCE = regex.compile(
    r"(?<=[^\s.])\.(?:/\.)?(?=\s+[\p{Lu}\d\"“(*-])|\.(?:/\.)?\s*\Z|\n\s*\n(?!\s*\p{Ll})|\n(?=\s*(?:[-+*•]|\d{1,2}[.)]|[a-zđ]\))\s*\p{L})"
)
_SHORT = regex.compile(r"(?:TP|TX|TT|P|Q|GS|TS|BS|ThS|PGS|đ/c|Tp|St|H)$")
_MODIFIER = regex.compile(r",?\s+(?:theo|can cu|tren co so|trong pham vi|voi vai tro|tuy theo|tuy tinh hinh|voi chuc nang|bang nhieu)(?![\w])")
_COORDINATE = regex.compile(
    r"phoi (?:ket )?hop(?:\s(?:chat che|dong bo|thuong xuyen|hieu qua|kip thoi|nhip nhang|truc tiep|tot|co hieu qua|voi va)){0,2},?\s(?:cung\s)?(?:voi|cung)\s+"
    r"|phoi (?:ket )?hop\s+(?=(?:so|cong an|bo|ubnd|uy ban|ban|cuc|mat tran)\s)|(?<![\w])cung voi\s+|(?<=chu tri, )cung\s+"
)
_ANSWERABLE = regex.compile(r"chiu (?:hoan toan |toan bo |moi )?trach nhiem")
_BEFORE_ANSWERABLE = regex.compile(r"[\s,]*(?:(?:phai|se|can|hoan toan|truc tiep|noi do|do|cung|neu[^,.;]{0,80},)\s+)*")
_ORDER = regex.compile(
    r"(?<![\w])(?:giao nhiem vu cho|giao trach nhiem cho|giao cho|giao|yeu cau|de nghi|phan cong|uy quyen cho|uy quyen|khuyen khich|keu goi)\s+(?=\p{L})"
)
_NO_ORDER_BEFORE = regex.compile(r"(?:duoc|theo|ban|cua|cac|nhung|da|bao cao,?|kien nghi,?|tham muu,?|va|su|loi|bi|ban|hop dong|moi|mot so|dap ung)\s+$")
_BY = regex.compile(r"(?<![\w])do\s+(?=\p{L})")
_OPENING = regex.compile(
    r"(?:de|doi voi|nham|truong hop|trong|neu|khi|can cu|truoc|tren co so|hang ngay|hang tuan|dinh ky|thuc hien|theo|tu|qua|voi)(?![\w])"
)
_CARRY_OUT = regex.compile(
    r"(?:(?:nghiem tuc|khan truong|kip thoi|chu dong|tap trung|to chuc|trien khai|quan triet|thuc hien|lanh dao|chi dao|co hieu qua|day du|nghiem|va"
    r"|phai|can|pho bien|tot|hieu qua|chap hanh|nghiem chinh|can cu|co trach nhiem|chiu trach nhiem|thi hanh|cac|noi dung|nhiem vu|theo)[\s,]*)*"
    r"(?:(?:tai|cua|trong)\s)?(?:(?:chi thi|cong van|van ban|cong dien|ke hoach|quyet dinh|thong bao|nghi quyet|yeu cau|chi dao)\s(?:nay|tren|noi tren|neu tren)|(?:noi dung\s)?(?:neu|noi) tren|bao cao|[.;/]|\Z)"
)


@dataclass(frozen=True)
class _Reader:
    """A document's text with what the rules ask of it again and again."""

    text: Text
    start: int
    end: int
    provisions: Sequence[Provision]

    @cached_property
    def marks(self) -> list[int]:
        """Where a clause may begin: after a full stop, semicolon or colon, at a paragraph, a dash, a provision."""
        starts = {self.start, *(item.start for item in self.provisions)}
        for mark in _BOUNDARY.finditer(self.text.raw, self.start, self.end):
            if not _SHORT.search(self.text.raw, max(self.start, mark.start() - 4), mark.start()):
                starts.add(mark.end())
        return sorted(at for at in starts if at < self.end)

    def clause_end(self, at: int) -> int:
        return next((mark for mark in self.marks if mark > at), self.end)

    def sentence_end(self, at: int) -> int:
        """End of the sentence that holds ``at``; a provision ends it too."""
        for mark in _SENTENCE.finditer(self.text.raw, at, self.end):
            if mark.start() > at and not _SHORT.search(self.text.raw, max(at, mark.start() - 4), mark.start()):
                return mark.start() + (1 if mark.group().startswith(".") else 0)
        return self.end

    def skip_label(self, at: int) -> int:
        found = _LABEL.match(self.text.folded, at, self.end)
        return found.end() if found else at

    def bodies(self, at: int, *, place: bool = False) -> BodyList | None:
        found = parse_bodies(self.text.raw, self.text.folded, at, place=place)
        return found if found and found.end <= self.end else None


def match_tasks(text: Text, zones: Zones, provisions: Sequence[Provision]) -> tuple[Task, ...]:
    """Bodies told to act, in text order; several bodies before one verb are several tasks.

    ``responsible`` is a head in a sentence with "chịu trách nhiệm", ``coordinate`` a body after "phối hợp với" or "cùng
    với", ``lead`` every other. The span is the sentence, at most 400 characters; under "Công an tỉnh:" each dash below it is
    a task, and the first one's span begins at the name.
    """
    start = min((item.start for item in provisions), default=zones.body.start)
    reader = _Reader(text, start, zones.body.end, provisions)
    tasks: list[Task] = []
    for task in (*_leads(reader), *_coordinators(reader), *_answerable(reader)):
        same = (held for held in tasks if held.role == task.role and held.start <= task.start < held.end)
        if not any(held.actor_start < task.actor_end and task.actor_start < held.actor_end for held in same):
            tasks.append(task)
    return tuple(sorted(tasks, key=lambda task: (task.start, task.actor_start, task.role)))


def _task(reader: _Reader, body: Body, role: str, start: int, end: int) -> Task:
    raw = reader.text.raw
    end = max(min(end, start + LONGEST_QUOTE), body.end if body.start >= start else start + 1)
    while start < end and raw[start].isspace():
        start += 1
    while end > start and raw[end - 1].isspace():
        end -= 1
    return Task(" ".join(raw[body.start : body.end].split()), role, start, end, body.start, body.end)


def _leads(reader: _Reader) -> Iterator[Task]:
    """Bodies at the start of clauses, and bodies that clauses give orders to."""
    done = reader.start
    for mark in reader.marks:
        at = reader.skip_label(mark)
        if at < done or at >= reader.end:
            continue
        subject, yielded = _subject(reader, at)
        yield from yielded
        if subject:
            done = subject
        if not yielded:
            yield from _ordered(reader, at, max(at, subject))


def _subject(reader: _Reader, at: int) -> tuple[int, list[Task]]:
    """Tasks of the bodies a clause begins with, and where their names end (0 where it begins with none)."""
    folded, about = reader.text.folded, False
    while lead := _LEAD_IN.match(folded, at, reader.end):
        at = lead.end()
    if found := _ABOUT.match(folded, at):
        at, about = found.end(), True
    order = order_at(reader.text.raw, folded, at)
    ordered = order and folded[order : order + 1].isspace()
    listed = reader.bodies(order + 1 if ordered else at, place=True)
    if listed:
        listed = _qualified(reader, listed)
    if listed is None:
        return (0, []) if ordered else (0, _after_opening(reader, at))
    verdict = _verdict(reader, listed)
    if not verdict or (about and verdict != "head") or (verdict == "order" and not ordered):
        return 0, []
    if ordered and folded.startswith("chi dao", at) and not _specific(listed):
        return 0, []
    if verdict == "head":
        return listed.end, list(_headed(reader, listed, at))
    if not (ordered and folded.startswith("giao", at)) and _carries_out(reader, listed):
        return listed.end, _answering(reader, listed, at)
    return listed.end, list(_told(reader, listed, at))


def _specific(listed: BodyList) -> bool:
    held = agencies()
    return all(item.entry and "group" not in held[item.entry].flags and not item.vague for item in listed.items)


def _verdict(reader: _Reader, listed: BodyList) -> str:
    """What follows a list of bodies: "verb" of doing, "head" colon, "order" to others, or nothing that makes a task."""
    raw, folded, at = reader.text.raw, reader.text.folded, listed.end
    if modifier := _MODIFIER.match(folded, at, reader.end):
        stop = regex.compile(r"[,:;.\n]\s").search(folded, modifier.end(), min(reader.end, at + 220))
        commas = 0
        while stop and stop.group()[0] == "," and commas < 4:
            if _acting(raw, folded, stop.end()):
                return "verb"
            stop, commas = regex.compile(r"[,:;.\n]\s").search(folded, stop.end(), min(reader.end, at + 220)), commas + 1
        return "head" if stop and stop.group()[0] == ":" else _first_verb(reader, modifier.end(), stop.start() if stop else min(at + 220, reader.sentence_end(at)))
    if regex.compile(r"\s{0,2}:").match(folded, at):
        return "head"
    if regex.compile(r"[ .;,]{0,2}\n\s*(?:[-+*•]|[a-z]\)|\p{Lu})").match(raw, at):
        return "head"
    if _acts_after_others(reader, listed):
        return "verb"
    step = regex.compile(r",?\s{1,3}").match(folded, at)
    if not step or step.end() >= reader.end:
        return ""
    order = order_at(raw, folded, step.end())
    if order and not folded.startswith("chi dao", step.end()) and reader.bodies(order + 1):
        return "order"
    if _acting(raw, folded, step.end()):
        places = all(item.core == item.core_end for item in listed.items)
        return "" if places and duty_at(raw, folded, step.end()) - step.end() < 5 else "verb"
    known = all(item.entry for item in listed.items) and not listed.items[-1].vague
    lower = raw[step.end()].islower() and "," not in step.group()
    if raw[step.end()] in "nN" and folded.startswith("neu ", step.end()):
        return "verb" if listed.items[0].head and _ANSWERABLE.search(folded, at, reader.sentence_end(at)) else ""
    return "verb" if known and lower and not idle_at(raw, folded, step.end()) else ""


def _acts_after_others(reader: _Reader, listed: BodyList) -> bool:
    """A list that ends in somebody who is no body by name ("…, hệ thống loa truyền thanh | tăng tần suất")."""
    raw, folded, at = reader.text.raw, reader.text.folded, listed.end
    begin = _MORE.match(folded, at)
    if not begin or _acting(raw, folded, begin.end()) or not (listed.items[-1].entry and reader.end > begin.end()):
        return False
    stop = _STOPS.search(folded, begin.end(), min(reader.end, at + 110))
    for word in _WORD.finditer(folded, begin.end(), stop.start() if stop else min(reader.end, at + 110)):
        if _UNFIT.match(raw, word.start()) and raw[word.start() : word.end()] != "và" or raw[word.start()].isdigit():
            return False
        plain = raw[word.start() : word.end()] in ("tăng", "giảm", "phải", "cần", "không")
        if raw[word.start()].islower() and (plain or duty_at(raw, folded, word.start()) > word.end()):
            return True
    return False


_MORE = regex.compile(r"(?:,|\sva)\s(?:va\s)?(?=\p{L})")
_STOPS = regex.compile(r"[;.:(]|\n\s*\n")


def _qualified(reader: _Reader, listed: BodyList) -> BodyList:
    """The list with what narrows a group down before its verb ("Các đơn vị | kinh doanh vận tải hành khách | tạm dừng")."""
    raw, folded, last = reader.text.raw, reader.text.folded, listed.items[-1]
    if not last.entry or "group" not in agencies()[last.entry].flags or last.nobody or order_at(raw, folded, listed.end + 1):
        return listed
    stop = _CLAUSE_MARK.search(folded, listed.end, min(reader.end, listed.end + 90))
    if not stop or _acting(raw, folded, listed.end + 1):
        return listed
    words = list(_WORD.finditer(folded, listed.end, stop.start()))[:12]
    if not words or words[0].start() > listed.end + 1 or _UNFIT.match(raw, words[0].start()):
        return listed
    verb = next((word for word in words if raw[word.start()].islower() and duty_at(raw, folded, word.start()) > word.end()
                 or raw[word.start() : word.end()] in ("phải", "cần")), None)
    if any(raw[word.start() : word.end()] in ("bị", "được") for word in words[: words.index(verb) if verb else None]):
        return listed
    end = words[words.index(verb) - 1].end() if verb else stop.start() if stop.group() == ":" else 0
    if end <= listed.end:
        return listed
    return BodyList((*listed.items[:-1], replace(last, end=end)), end)


_CLAUSE_MARK = regex.compile(r"[,;.:]|\n\s*\n")
_WORD = regex.compile(r"[^\W_]+")
_UNFIT = regex.compile(r"(?:đã|vừa|vẫn|được|bị|là|và|hoặc|cho|do|để|như|khi|thì|nhưng|nếu|mà|về|theo|căn|với|từ|đến)(?![\w])")


def _acting(raw: str, folded: str, at: int) -> bool:
    return duty_at(raw, folded, at) >= max(idle_at(raw, folded, at), 1)


def _first_verb(reader: _Reader, start: int, stop: int) -> str:
    """A verb of doing among the next words ("theo chức năng tăng cường …")."""
    raw, folded = reader.text.raw, reader.text.folded
    words = regex.compile(r"(?<=\s)\p{L}").finditer(folded, start, max(start, stop))
    return "verb" if any(duty_at(raw, folded, word.start()) for word in words) else ""


def _carries_out(reader: _Reader, listed: BodyList) -> bool:
    """A duty that asks for nothing but to carry the paper out ("nghiêm túc triển khai thực hiện Chỉ thị này")."""
    return _CARRY_OUT.match(reader.text.folded, listed.end + 1, reader.sentence_end(listed.end)) is not None


def _told(reader: _Reader, listed: BodyList, start: int) -> Iterator[Task]:
    stop = reader.sentence_end(listed.end)
    answerable = _ANSWERABLE.search(reader.text.folded, listed.end, stop) is not None
    for item in _named(listed):
        yield _task(reader, item, "responsible" if item.head and answerable else "lead", start, stop)


def _answering(reader: _Reader, listed: BodyList, start: int) -> list[Task]:
    """Heads who answer for carrying the paper out."""
    return [task for task in _told(reader, listed, start) if task.role == "responsible"]


def _named(listed: BodyList) -> list[Body]:
    """Bodies of a list without "các cơ quan liên quan"; "các cơ quan, đơn vị" counts where nobody else is named."""
    items = [item for item in listed.items if not item.nobody or (item.head and len(listed.items) == 1)]
    return [item for item in items if not item.vague] or items


def _headed(reader: _Reader, listed: BodyList, start: int) -> Iterator[Task]:
    """Tasks under a heading that names bodies: one a dash or point below it, else the sentence after it."""
    holder = max((item for item in reader.provisions if item.start <= start < item.end), key=lambda item: item.start, default=None)
    children = [item for item in reader.provisions if holder and item.parent == holder.path and item.start >= listed.end]
    quotes = [(item.start, reader.sentence_end(reader.skip_label(item.start))) for item in children]
    quotes = [quote for quote in quotes if not _names_its_own(reader, quote[0])]
    if children and not quotes:
        return
    first = quotes[0][1] if quotes else reader.sentence_end(reader.skip_label(min(listed.end + 2, reader.end)))
    for from_, to in [(start, max(first, listed.end)), *quotes[1:]]:
        answerable = _ANSWERABLE.search(reader.text.folded, max(from_, listed.end if from_ == start else from_), to) is not None
        for item in _named(listed):
            yield _task(reader, item, "responsible" if item.head and answerable else "lead", from_, to)


def _names_its_own(reader: _Reader, start: int) -> bool:
    """A point that begins with bodies of its own is theirs, not the heading's."""
    listed = reader.bodies(reader.skip_label(start))
    return listed is not None and _verdict(reader, listed) in ("verb", "head")


def _after_opening(reader: _Reader, start: int) -> list[Task]:
    """"Để thực hiện …, Sở Y tế tham mưu …": a body after the comma of an opening clause; groups are not taken there."""
    if not _OPENING.match(reader.text.folded, start):
        return []
    for comma in regex.compile(r",\s+").finditer(reader.text.folded, start, reader.clause_end(start)):
        listed = reader.bodies(comma.end())
        if listed and _specific(listed) and _verdict(reader, listed) == "verb" and _acting(
            reader.text.raw, reader.text.folded, listed.end + 1
        ):
            return list(_told(reader, listed, start))
    return []


def _ordered(reader: _Reader, start: int, search: int) -> Iterator[Task]:
    """Bodies after an ordering verb within a clause ("Ban Thường vụ Tỉnh ủy giao …"), or after "do" before "chủ trì"."""
    folded, stop = reader.text.folded, reader.clause_end(search)
    for order in _ORDER.finditer(folded, search, stop):
        if _NO_ORDER_BEFORE.search(folded, max(start, order.start() - 12), order.start()):
            continue
        listed = reader.bodies(order.end())
        if listed and (verdict := _verdict(reader, listed)) in ("verb", "head"):
            if not order.group().startswith("giao") and _carries_out(reader, listed):
                yield from _answering(reader, listed, start)
                continue
            yield from _headed(reader, listed, start) if verdict == "head" else _told(reader, listed, start)
    for by in _BY.finditer(folded, search, stop):
        listed = reader.bodies(by.end())
        if listed and folded.startswith(("chu tri", "chiu trach nhiem"), listed.end + 1):
            yield from _told(reader, listed, start)


def _clause_start(reader: _Reader, at: int) -> int:
    return max((mark for mark in reader.marks if mark <= at), default=reader.start)


def _coordinators(reader: _Reader) -> Iterator[Task]:
    folded = reader.text.folded
    for phrase in _COORDINATE.finditer(folded, reader.start, reader.end):
        listed = reader.bodies(phrase.end(), place=True) or _place_first(reader, phrase.end())
        if not listed:
            continue
        stop = reader.sentence_end(listed.end)
        shared = phrase.group().startswith("cung") and _ANSWERABLE.match(
            folded, listed.end + 1, stop
        )
        for item in listed.items:
            if not item.vague or (len(listed.items) == 1 and not item.nobody):
                start = reader.skip_label(_clause_start(reader, phrase.start()))
                yield _task(reader, item, "responsible" if item.head and shared else "coordinate", _near(start, item), stop)


def _place_first(reader: _Reader, at: int) -> BodyList | None:
    body = parse_body(reader.text.raw, reader.text.folded, at, place=True)
    return BodyList((body,), body.end) if body and body.end <= reader.end else None


def _near(start: int, item: Body) -> int:
    """Start of a quote that still reaches the name."""
    return start if item.end - start <= LONGEST_QUOTE else item.start


def _answerable(reader: _Reader) -> Iterator[Task]:
    """A head right before "chịu trách nhiệm" in the middle of a sentence ("…, người đứng đầu phải chịu trách nhiệm")."""
    folded = reader.text.folded
    for phrase in _ANSWERABLE.finditer(folded, reader.start, reader.end):
        clause = _clause_start(reader, phrase.start())
        window = max(clause, phrase.start() - 200)
        for word in regex.compile(r"(?<![\w])(?:giam doc|chu tich|bi thu|thu truong|nguoi dung dau|truong|chi huy)").finditer(
            folded, window, phrase.start()
        ):
            listed = reader.bodies(word.start())
            if listed and listed.items[0].head and listed.end <= phrase.start():
                between = _BEFORE_ANSWERABLE.match(folded, listed.end, phrase.start())
                if between and between.end() == phrase.start():
                    for item in listed.items:
                        if item.head:
                            start = reader.skip_label(clause)
                            yield _task(reader, item, "responsible", _near(start, item), reader.sentence_end(phrase.end()))
                    break
