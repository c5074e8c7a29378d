"""Which body is told to act, in which role, and the words that say so.

Reads the provisions and the closing; the preamble only where a paper has no provisions, since its "yêu cầu các cấp
ủy …" is the salutation of what follows. A body that is merely mentioned ("theo hướng dẫn của Bộ Y tế") has no task.

Surface forms accepted: a body or list of bodies at the start of a sentence, a semicolon part or a dash, before a verb
("Sở Công Thương chủ trì …") or a colon ("Công an tỉnh:" and dashes); after an ordering verb ("Giao …", "Yêu cầu …", "Đề
nghị …"); after an opening clause ("Để …, Sở Y tế …"); after "do" before "chủ trì"; after "phối hợp với", "cùng với"; a
head before "chịu trách nhiệm". A duty to carry out the paper itself is no task.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import regex

from loaders.agencies import agencies, order_at
from loaders.bodies import Body, BodyList, parse_body
from loaders.fold import Text
from loaders.records import Provision, Task, Zones
from loaders.tasks_reader import ANSWERABLE, Reader, acts_at, qualify, verdict_of
from loaders.tasks_table import match_table

LONGEST_QUOTE = 400
_LEAD_IN = regex.compile(
    r"(?:(?:dong thoi|ben canh do|cung voi do|song song do"
    r"|ngoai ra|rieng|truoc mat|trong do|mat khac|theo do|cu the|do do|vi vay"
    r"|nham muc dich nay)[,:]?\s+"
    r"|(?:tung|moi)\s+(?=(?!truong)\p{L})|(?:(?:cham nhat|truoc mat|bat dau|ke)\s)?(?:den\s|truoc\s|tu\s|trong\s"
    r"|sau\s)?(?:\d{1,2}\sgio[^,;.\n]{0,20}\s)?(?:het\s)?ngay\s\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{4})?,?\s+)"
)
_ABOUT = regex.compile(r"doi voi\s+")
_COORDINATE = regex.compile(
    r"phoi (?:ket )?hop(?:\s(?:chat che|dong bo|thuong xuyen|hieu qua|kip thoi|nhip nhang|truc tiep|tot"
    r"|co hieu qua|voi va)){0,2},?\s(?:cung\s)?(?:voi|cung)\s+"
    r"|phoi (?:ket )?hop\s+(?=(?:so|cong an|bo|ubnd|uy ban|ban|cuc|mat tran|thanh tra"
    r"|trung tam|van phong|bao|dai|don|doan|tram|phong|hoi|chi cuc|chinh quyen|lien doan|benh vien"
    r"|cac\s(?:so|bo|nganh|don vi|dia phuong|huyen|xa|luc luong|doan the))\s)|(?<![\w])cung voi\s+"
    r"|(?<=chu tri, )cung\s+"
)
_BEFORE_ANSWERABLE = regex.compile(
    r"[\s,]*(?:(?:phai|se|can|hoan toan|truc tiep|noi do|do|cung|neu[^,.;]{0,80},|(?:de|neu) [^,.;]{1,100} thi)\s+)*"
)
_ORDER = regex.compile(
    r"(?<![\w])(?:giao nhiem vu cho|giao trach nhiem cho|giao cho|giao|yeu cau|de nghi|phan cong"
    r"|uy quyen cho|uy quyen|khuyen khich|keu goi)\s+(?=\p{L})"
)
_NO_ORDER_BEFORE = regex.compile(
    r"(?:duoc|theo|ban|cua|cac|nhung|da|bao cao,?|kien nghi,?|tham muu,?|va|su|loi|bi|ban|hop dong|moi"
    r"|mot so|dap ung)\s+$"
)
_TITLE = regex.compile(r"(?<![\w])(?:giam doc|chu tich|bi thu|thu truong|nguoi dung dau|truong|chi huy|chanh)")
_ANY = regex.compile(r"\s+nao(?![\w])")  # "Doanh nghiệp nào không đáp ứng …": whoever it may be, nobody is named
_SPARED = regex.compile(r"(?:\s(?:sau day|nay|tren))?\s(?:khong|chua) (?:thuoc|phai|bi|can)(?![\w])")
_AFTER_OPENINGS = frozenset(("co-so-giao-duc", "nguoi-dung-dau"))  # groups that are told so all the same
_OBJECTS = frozenset(("doanh-nghiep", "dia-phuong", "cac-co-so", "co-so-y-te", "co-so-giao-duc"))
_RESTRICTED = regex.compile(
    r"[^;.:\n]{0,90}?(?<![\w])chi duoc "
    r"|[^;.:\n]{0,60}?(?<![\w])duoc (?:phep )?(?:tiep tuc )?(?:hoat dong|mo cua|kinh doanh|phuc vu|san xuat)(?![\w])"
    r"|(?:[^,;.:\n]|, so \d)*?(?<![\w])"
    r"(?:(?:phai )?duoc (?!giao|phan cong|chi dinh|huy dong|yeu cau|trung dung|phep)"
    r"|khong (?:du|dap ung|bao dam|dam bao|dat|con|chap hanh) [^.;\n]*?(?<![\w])(?:phai|thi|tam|dung|ngung|bi)(?![\w])"
    r"|de (?:xay ra|lay lan|lay nhiem|phat sinh))"
)
_AND_MUST = regex.compile(r"(?:[,;]|va) (?:dong thoi )?(?:phai|can|co trach nhiem)(?![\w])")
_MAKES_KNOWN = regex.compile(r"\s(?:xin |kinh |tran trong )?thong bao[^.;:]{0,160}?(?<![\w])biet(?![\w])")
_PLACES = regex.compile(r"các (?:xã|phường|thị trấn|huyện|quận)(?:, (?:xã|phường|thị trấn|quận))*(?!\w)")
_COMMA = regex.compile(r",\s+")
_BY = regex.compile(r"(?<![\w])do\s+(?=\p{L})")
_DONE_BY = ("chu tri", "chiu trach nhiem", "phu trach", "bao dam", "dam bao", "can doi", "chi tra", "tham muu")
_OPENING = regex.compile(
    r"(?:de|doi voi|nham|truong hop|trong|neu|khi|sau khi|ngay sau khi|ngay khi"
    r"|can cu|truoc|tren co so|hang ngay|hang tuan|dinh ky"
    r"|thuc hien|theo|tu|qua|voi)(?![\w])"
)
_CLOSING = (
    r"(?:(?:nghiem tuc|khan truong|kip thoi|chu dong|tap trung|to chuc|trien khai|quan triet|thuc hien"
    r"|lanh dao|chi dao|co hieu qua|day du|nghiem|va"
    r"|ngay|gap|quyet liet|dong bo"
    r"|phai|can|pho bien|tot|hieu qua|chap hanh|nghiem chinh|can cu|co trach nhiem|chiu trach nhiem"
    r"|thi hanh|cac|noi dung|nhiem vu|theo)[\s,]*)"
)
_CARRY_OUT = regex.compile(
    rf"{_CLOSING}*(?:(?:tai|cua|trong)\s)?(?:(?:chi thi|cong van|van ban|cong dien|ke hoach|quyet dinh|thong bao"
    r"|nghi quyet|yeu cau|chi dao)\s(?:nay|tren|noi tren|neu tren)|(?:noi dung\s)?(?:neu|noi) tren"
    rf"|[.;/]|\Z)|{_CLOSING}+bao cao"
)
_REPORT = regex.compile(r"(?:dinh ky |tong hop,? )?bao cao\b")


def match_tasks(text: Text, zones: Zones, provisions: Sequence[Provision]) -> tuple[Task, ...]:
    """Bodies told to act, in text order; several bodies before one verb are several tasks.

    ``responsible`` is a head in a sentence with "chịu trách nhiệm", ``coordinate`` a body after "phối hợp với" or "cùng
    với", ``lead`` every other. The span is the sentence, at most 400 characters; under "Công an tỉnh:" each dash
    below it is a task, and the first one's span begins at the name.
    """
    start = min((item.start for item in provisions), default=zones.body.start)
    reader = Reader(text, start, zones.body.end, provisions, zones)
    tasks = {(task.role, task.actor_end, task.start): task for task in reversed(list(_leads(reader)))}
    told = {(task.role, task.actor_end) for task in tasks.values()}
    for task in (*_coordinators(reader), *_answerable(reader), *match_table(reader)):
        if (task.role, task.actor_end) not in told:
            told.add((task.role, task.actor_end))
            tasks[task.role, task.actor_end, task.start] = task
    return tuple(sorted(_once(tasks.values()), key=lambda task: (task.start, task.actor_start, task.role)))


def _once(tasks: Iterable[Task]) -> list[Task]:
    """Tasks without those that a quote of the same body in the same role already holds."""
    kept: dict[tuple[str, int, int], list[Task]] = {}
    for task in sorted(tasks, key=lambda task: (task.start, -task.end)):
        same = kept.setdefault((task.role, task.actor_start, task.actor_end), [])
        if not any(other.start <= task.start and task.end <= other.end for other in same):
            same.append(task)
    return [task for same in kept.values() for task in same]


def _task(reader: Reader, body: Body, role: str, start: int, end: int) -> Task:
    raw = reader.text.raw
    end = max(min(end, start + LONGEST_QUOTE), body.end if body.start >= start else start + 1)
    while start < end and raw[start].isspace():
        start += 1
    while end > start and raw[end - 1].isspace():
        end -= 1
    return Task(" ".join(raw[body.start : body.end].split()), role, start, end, body.start, body.end)


def _leads(reader: Reader) -> Iterator[Task]:
    """Bodies at the start of clauses, and bodies that clauses give orders to."""
    done, told = reader.start, reader.start
    for mark in reader.marks:
        at = reader.skip_label(mark)
        if at < done or at >= reader.end:
            continue
        if at < told and reader.text.folded.startswith(("chi dao ", "phan cong "), at):
            continue  # "Sở Công Thương …; chỉ đạo Cục Quản lý thị trường …": the department is told
        subject, yielded = _subject(reader, at)
        yield from yielded
        if yielded:
            told = max(reader.sentence_end(at), *(task.end for task in yielded))
        if subject:
            done = subject
        if not yielded:
            yield from _ordered(reader, at, max(at, subject))


def _subject(reader: Reader, at: int) -> tuple[int, list[Task]]:
    """Tasks of the bodies a clause begins with, and where their names end (0 where it begins with none)."""
    folded = reader.text.folded
    while lead := _LEAD_IN.match(folded, at, reader.end):
        at = lead.end()
    opened = at
    if about := _ABOUT.match(folded, at):
        at = about.end()
    order = order_at(reader.text.raw, folded, at)
    ordered = order and folded[order : order + 1].isspace()
    listed = reader.bodies(order + 1 if ordered else at, place=True)
    if listed and (_ANY.match(folded, listed.end) or _SPARED.match(folded, listed.end)):
        return 0, []
    if listed and not ordered and _is_restricted(reader, listed):
        return 0, []
    if listed:
        listed = qualify(reader, listed)
    if listed is None:
        return (0, []) if ordered else (0, _after_opening(reader, opened))
    if _makes_known(reader, listed):
        return listed.end, []
    verdict = verdict_of(reader, listed)
    if verdict == "verb" and folded.startswith("quyet dinh", listed.end + 1) and reader.is_own(listed):
        return listed.end, []  # the issuer decides: who must act stands behind that
    if about and (verdict != "head" or all(item.bare for item in listed.items)):
        return 0, _after_opening(reader, opened)  # "Đối với các xã còn lại: dừng họp chợ" says where, not who
    if verdict == "order" and not ordered and reader.is_third(listed):
        return reader.clause_end(listed.end) - 1, list(_told(reader, listed, at))
    if not verdict or (verdict == "order" and not ordered):
        return 0, []
    if ordered and folded.startswith("chi dao", at) and not _specific(listed):
        return 0, []
    if verdict == "head":
        return listed.end, list(_headed(reader, listed, at))
    if not (ordered and folded.startswith("giao", at)) and _carries_out(reader, listed):
        return listed.end, _answering(reader, listed, at)
    return listed.end, list(_told(reader, listed, at))


def _makes_known(reader: Reader, listed: BodyList) -> bool:
    """The closing in which the issuer hands on: "Văn phòng UBND tỉnh thông báo để các đơn vị biết, thực hiện"."""
    return _MAKES_KNOWN.match(reader.text.folded, listed.end, reader.sentence_end(listed.end)) is not None


def _specific(listed: BodyList) -> bool:
    held = agencies()
    return all(item.entry and "group" not in held[item.entry].flags and not item.vague for item in listed.items)


def _is_restricted(reader: Reader, listed: BodyList) -> bool:
    """Firms, schools, places that may do a thing, or must stop where they fall short: nobody is told to act."""
    last = listed.items[-1]
    if last.head or last.entry not in _OBJECTS:
        return False
    stop = reader.sentence_end(listed.end)
    found = _RESTRICTED.match(reader.text.folded, last.core_end, min(stop, last.core_end + 120))
    return found is not None and not _AND_MUST.search(reader.text.folded, found.end(), stop)


def _carries_out(reader: Reader, listed: BodyList) -> bool:
    """A duty that asks for nothing but to carry the paper out ("nghiêm túc triển khai thực hiện Chỉ thị này"), or
    unnamed bodies for a report ("các đơn vị báo cáo trước 16 giờ hằng ngày")."""
    duty = reader.text.folded, listed.end + 1, reader.sentence_end(listed.end)
    named = any(item.entry and not item.vague and item.entry != "dia-phuong" for item in listed.items)
    return _CARRY_OUT.match(*duty) is not None or (not named and _REPORT.match(*duty) is not None)


def _told(reader: Reader, listed: BodyList, start: int) -> Iterator[Task]:
    stop = reader.sentence_end(listed.end)
    answerable = ANSWERABLE.search(reader.text.folded, listed.end, stop) is not None
    for item in _named(listed):
        yield _task(reader, item, "responsible" if item.head and answerable else "lead", start, stop)


def _answering(reader: Reader, listed: BodyList, start: int) -> list[Task]:
    """Heads who answer for carrying the paper out."""
    return [task for task in _told(reader, listed, start) if task.role == "responsible"]


def _named(listed: BodyList) -> list[Body]:
    """Bodies of a list without "các cơ quan liên quan"; "các cơ quan, đơn vị" counts where nobody else is named."""
    items = [item for item in listed.items if not item.nobody or (item.head and len(listed.items) == 1)]
    return [item for item in items if not item.vague] or items


def _headed(reader: Reader, listed: BodyList, start: int) -> Iterator[Task]:
    """Tasks under a heading that names bodies: one a dash or point below it, else the sentence after it."""
    children = [item for item in reader.children_at(start) if item.start >= listed.end]
    quotes = [(item.start, reader.sentence_end(reader.skip_label(item.start))) for item in children]
    quotes = [quote for quote in quotes if not _names_its_own(reader, quote[0])]
    if children and not quotes:
        return
    first = quotes[0][1] if quotes else reader.sentence_end(reader.skip_label(min(listed.end + 2, reader.end)))
    for from_, to in [(start, max(first, listed.end)), *quotes[1:]]:
        answerable = (
            ANSWERABLE.search(reader.text.folded, max(from_, listed.end if from_ == start else from_), to) is not None
        )
        for item in _named(listed):
            yield _task(reader, item, "responsible" if item.head and answerable else "lead", from_, to)


def _names_its_own(reader: Reader, start: int) -> bool:
    """A point that begins with bodies of its own is theirs, not the heading's."""
    listed = reader.bodies(reader.skip_label(start))
    return listed is not None and verdict_of(reader, listed) in ("verb", "head")


def _after_opening(reader: Reader, start: int) -> list[Task]:
    """A body after the comma of an opening clause ("Để thực hiện …, Sở Y tế …"); groups are not taken there."""
    if not _OPENING.match(reader.text.folded, start):
        return []
    for comma in _COMMA.finditer(reader.text.folded, start, reader.clause_end(start)):
        listed = reader.bodies(comma.end())
        if (
            listed
            and (_specific(listed) or listed.items[-1].entry in _AFTER_OPENINGS)
            and verdict_of(reader, listed) == "verb"
            and acts_at(reader.text.raw, reader.text.folded, listed.end + 1)
        ):
            return list(_told(reader, listed, start))
    return []


def _ordered(reader: Reader, start: int, search: int) -> Iterator[Task]:
    """Bodies after an ordering verb within a clause ("UBND tỉnh giao …"), or after "do" before "chủ trì"."""
    folded, stop = reader.text.folded, reader.clause_end(search)
    for order in _ORDER.finditer(folded, search, stop):
        if _NO_ORDER_BEFORE.search(folded, max(start, order.start() - 12), order.start()):
            continue
        listed = reader.bodies(order.end())
        if listed and (verdict := verdict_of(reader, listed)) in ("verb", "head"):
            if not order.group().startswith("giao") and _carries_out(reader, listed):
                yield from _answering(reader, listed, start)
                continue
            yield from _headed(reader, listed, start) if verdict == "head" else _told(reader, listed, start)
    for by in _BY.finditer(folded, search, stop):
        listed = reader.bodies(by.end())
        if listed and folded.startswith(_DONE_BY, listed.end + 1):
            yield from _told(reader, listed, start)


def _coordinators(reader: Reader) -> Iterator[Task]:
    folded = reader.text.folded
    for phrase in _COORDINATE.finditer(folded, reader.start, reader.end):
        listed = reader.bodies(phrase.end(), place=True) or _place_first(reader, phrase.end())
        if not listed:
            continue
        stop = reader.sentence_end(listed.end)
        shared = phrase.group().startswith("cung") and ANSWERABLE.match(folded, listed.end + 1, stop)
        for item in listed.items:
            if not item.vague or (len(listed.items) == 1 and not item.nobody):
                start = reader.skip_label(reader.clause_start(phrase.start()))
                yield _task(
                    reader, item, "responsible" if item.head and shared else "coordinate", _near(start, item), stop
                )


def _place_first(reader: Reader, at: int) -> BodyList | None:
    body = parse_body(reader.text.raw, reader.text.folded, at, place=True)
    if body is None and (places := _PLACES.match(reader.text.raw, at)):
        body = Body(at, places.end(), at, at)
    return BodyList((body,), body.end) if body and body.end <= reader.end else None


def _near(start: int, item: Body) -> int:
    """Start of a quote that still reaches the name."""
    return start if item.end - start <= LONGEST_QUOTE else item.start


def _answerable(reader: Reader) -> Iterator[Task]:
    """A head right before "chịu trách nhiệm" within a sentence ("…, người đứng đầu phải chịu trách nhiệm")."""
    folded = reader.text.folded
    for phrase in ANSWERABLE.finditer(folded, reader.start, reader.end):
        clause = reader.clause_start(phrase.start())
        window = max(clause, phrase.start() - 200)
        for word in regex.compile(
            r"(?<![\w])(?:giam doc|chu tich|bi thu|thu truong|nguoi dung dau|truong|chi huy)"
        ).finditer(folded, window, phrase.start()):
            listed = reader.bodies(word.start())
            if listed and listed.items[0].head and listed.end <= phrase.start():
                between = _BEFORE_ANSWERABLE.match(folded, listed.end, phrase.start())
                if between and between.end() == phrase.start():
                    for item in listed.items:
                        if item.head:
                            start = reader.skip_label(clause)
                            yield _task(
                                reader, item, "responsible", _near(start, item), reader.sentence_end(phrase.end())
                            )
                        break
