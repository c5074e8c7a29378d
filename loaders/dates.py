"""Subject and body → days that matter: deadlines, start and end of effect, as-of days, events, with hours.

A day is a fact only where a word before (or behind) it says what it is for: "trước ngày", "kể từ 0 giờ ngày", "đến hết
ngày", "tính đến ngày", "tại cuộc họp ngày" … A cited document's date, a look-back
("14 ngày trở lại đây", "từ ngày … đến nay"), a typist's mark,
"24/24" or a road's number has none of these words and is left alone (FORMAT, section 4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from loaders.dates_mentions import Mention, match_mentions, only_year
from loaders.fold import Text
from loaders.records import DateFact, Provision, Span, Zones

FIRST_DAY, LAST_DAY = date(2019, 12, 1), date(2023, 12, 31)  # of the pandemic; no other day is stored

_SENTENCE_BREAK = re.compile(r"[;\n:]|\.(?=\s|$)|,(?= )")

_INSTEAD = re.compile(r"\bthay (?:vi|cho)\b")  # "(thay vì từ ngày 04/02/2021 …)"
_TO_THIS_DAY = re.compile(r"[.;] (?:den|toi) (?:nay|hien nay|thoi diem)\b|\bcho (?:den|toi) nay\b")
_FINISH = r"(?:hoan thanh|hoan tat|xong|ket thuc|bao cao|gui|nop|trinh|tra loi|dat|co ban|phan dau|(?<!chinh )phu)"
_AIMS = re.compile(r"\b(?:phan dau|muc tieu|chi tieu)\b")
# What may stand between such a word and the day: "từ thứ Tư (ngày …", "từ ngày mai, …".
_SAID_TOO = r"(?:(?:hom nay|ngay mai|ngay hom nay|thu [a-z]+|chu nhat)[ ,(]*)?"
# Words that end right before the day (and its hour) and say what it is. First match wins; longest reach first.
_BEFORE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"(?:{pattern})[ ,(]*{_SAID_TOO}(?:(?:sang|trua|chieu|dem) )?$"))
    for kind, pattern in (
        (
            "as_of",
            r"\b(?:tinh|cap nhat|thong ke|luy ke|so lieu|ket qua danh gia)(?: [a-z]+){0,3}? (?:den|toi)(?: het)?"
            r"|\btinh tu [^.;\n]{1,60} den(?: het)?",
        ),
        (
            "deadline",
            r"\b(?:cham nhat|muon nhat|tre nhat|khong (?:muon|cham|tre) hon|khong (?:de )?qua|truoc)"
            r"(?: la)?(?: den| toi| vao| trong| truoc)?(?: het)?",
        ),
        (
            "deadline",
            r"\bhan (?:cuoi|chot|chot bao cao|cuoi cung|nop)(?: la)?(?: den| vao)?:?"
            r"|\bthoi han(?: [a-z]+){0,4}:?(?: la| den| truoc)(?: het)?"
            r"|\b(?:thoi (?:han|gian) )?(?:hoan thanh|bao cao|nop|gui)(?: [a-z]+){0,3}:",
        ),
        ("effective_to", r"\b(?:cho )?(?:den|toi) het|\bden luc|\bket thuc(?: [a-z]+){0,2}:"),
        (
            "effective_from",
            r"(?<![/\-\w])(?<!thu )(?:bat dau |ap dung |thuc hien )?(?:ke )?tu(?: luc)?(?: vao)?"
            r"|(?<!thu )\bsau(?: khi)?(?: het)?|\bbat dau(?: vao| luc)?|\bhieu luc(?: thi hanh)?(?: vao)?"
            r"|\b(?:thoi (?:diem|gian) (?:ap dung|thuc hien|bat dau)|bat dau(?: thuc hien| ap dung)?)(?: [a-z]+){0,2}:",
        ),
        ("to", r"\b(?:cho )?(?:den|toi)(?: cuoi| truoc)?"),
        ("on", r"\b(?:trong|vao|ngay trong)(?: cac)?(?: ngay)?"),
    )
)
_REPORTS = re.compile(
    r"[ ,]*(?:(?:toan|tren|tai|trong|ca|dia|ban|tinh|thanh|pho|nuoc|huyen|quan|ta|viet|nam|the|gioi|da|so|lieu"
    r"|co quan"
    r"|[a-z]+) ){0,8}?(?:ghi nhan|phat hien|co (?:tong|\d)|da (?:co|ghi|tiem|xay|phat|lay)|xuat hien|con \d|tong so)"
)
_LOOKS_BACK = re.compile(
    r"[ ,]*(?:den|toi) (?:nay|hien nay|thoi diem)\b|[^.;\n]{0,40}?tro (?:lai day|ve truoc)"
    r"|\s+tro ve truoc"
)
_EXPOSURE = re.compile(
    r"\b(?:da|tung) (?:den|di|ve|o|qua|co mat|tiep xuc|luu tru|tham gia|su dung)\b"
    r"|\b(?:nguoi|cong dan|truong hop|ai)(?: [a-z]+){0,4} (?:ve|den|tro ve|nhap canh|di|o"
    r"|dia phuong)\b(?![^.;\n]{0,30}\b(?:phai|khong|duoc)\b)"
    r"|\bca (?:benh|mac|nhiem)\b"
)
_LASTS = re.compile(
    r"\b(?:ap dung|keo dai|gia han|gian cach|phong toa|hieu luc|cach ly|duy tri|thoi gian|(?:tam )?hoan|(?:tam"
    r"|tiep tuc) (?:dung|ngung))\b"
)
_PUT_OFF = re.compile(r"\blui\b(?![^.;]*\b(?:thoi han|han chot|bao cao)\b)")  # "lùi ngày tựu trường đến ngày …"
_FROM_NOW = re.compile(r"\btu (?:nay|bay gio)(?: cho)? ?$")
_STOPS = re.compile(r"[ ,]*(?:tiep tuc )?(?:tam )?(?:dung|ngung|khong|cam|han che)\b")
_WITHIN = re.compile(r"\btrong\s(?:ngay\s)?$")
# "họp", not "phối hợp"; "đã", not "tối đa"; "qua", not "kết quả"; "đang", not "cán sự đảng"
_SIT = r"(?<!phoi )(?<!ket )(?<!tong )(?<!truong )(?<!phu )(?<!hon )(?<!thich )hop"
_HAPPENED = re.compile(
    rf"\b(?:ghi nhan|phat hien|dien ra|{_SIT}|khai mac|lam viec|ca mac|ca benh|xuat hien|(?<!toi )da|tiem)\b"
)
_TO_FINISH = re.compile(r"[ ,]*(?:phai\b|[^.;]{0,40}\b(?:xong|hoan thanh|hoan tat)\b)")
_PAST = re.compile(
    r"(?<!toi )\bda\b|(?<!ket )(?<!hieu )\bqua\b|(?<!su )\bdang\b(?! uy| vien| bo| doan)"
    r"|\bsau thoi gian\b|\btinh tu\b|\btrong (?:thoi gian|giai doan)\b"
)
_IN_FORCE = re.compile(
    r"\bhieu luc\b|\bap dung\b|\bthi hanh\b|\bthoi gian(?: thuc hien| ap dung)?\b|\btam dung\b|\bgian cach\b"
)
_FINISHES = re.compile(rf"\b{_FINISH}\b")
_MEETS = re.compile(rf"\b(?:{_SIT}|hoi nghi|giao ban|lam viec|ket luan|phat bieu|y kien|ban hanh)\b")
_SITS = (
    rf"(?:cuoc hop|phien hop|{_SIT}|hoi nghi|giao ban"
    r"|buoi lam viec|lam viec (?:voi|tai)|kiem tra (?:thuc te|truc tiep))"
)
# "tại cuộc họp trực tuyến chiều ngày 05/8/2021"; "họp" ends in a dot below, which folding takes off "hợp" too
_AT_A_MEETING = re.compile(
    rf"\b{_SITS}(?: (?!so\b|ban hanh\b)[a-z]+){{0,8}}?,? (?:vao )?(?:luc )?(?:sang |chieu |toi )?$"
)
_DAY_OF_A_MEETING = re.compile(rf"[^.;\n]{{0,160}}?\b{_SITS}\b")
_ISSUES_OR_REPORTS = re.compile(
    r"\b(?:ban hanh|co (?:cong|van|chi|quyet)|ghi nhan|phat hien|cong van|chi thi|quyet dinh)\b"
)
_OPENS = re.compile(r"(?:^|[.;:)\n\-+*]) *(?:vao |luc |trong |sang |chieu |toi )*$")
# A line or page break between the words of one day: "từ ngày / 05/5/2021", "17 giờ / ngày 20/5", "20 / tháng 5".
_BROKEN_DAY = re.compile(  # begins with the break itself: nothing else is looked at
    r"\n(?:(?<=\bngay\n)\n?(?=\d{1,2} ?(?:[/\-.] ?\d|thang\b|\n|,| va\b))"
    r"|(?<=\d\n)(?=(?:thang|nam) \d|(?:gio|phut)\b|[/\-]\d)|(?:(?<=\bthang\n)|(?<=\bnam\n))(?=\d)"
    r"|(?:(?<=\bgio\n)|(?<=\bphut\n)|(?<=\dh\n)|(?<=\d,\n)|(?<=\bgio,\n)|(?<=\bphut,\n))"
    r"(?=(?:\d\d phut )?,? ?ngay \d)"
    r"|(?:(?<=\btruoc\n)|(?<=\btu\n)|(?<=\bden\n)|(?<=\bhet\n)|(?<=\bluc\n)|(?<=\bsau\n))"
    r"(?=\d{1,2} ?(?:gio\b|h\d|/\d)))"
)
# A letter read for a digit: "01/8/2O21", "O1/8/2021", "l5/9/2021". Begins with the letter: nothing else is looked at
_SLIP = re.compile(r"[ol](?:(?<=[\d/].)(?=[\d/])|(?<=/\d.)(?=/)|(?<= .)(?=\d/\d)|(?<=\d/20\d.)\b)")
_DUE = re.compile(
    r"^\W*(?:va |dong thoi )?(?:bao cao|gui|nop|trinh)\b(?!.*\b(?:so|cong van|chi thi|quyet dinh|van ban|theo|tai)\b)"
)
_HAPPENS = re.compile(
    r"\b(?:bau cu|di bau|bo phieu"
    r"|ky thi|ngay thi|thi tot nghiep|khai giang|tuu truong|khai mac|dai hoi|ngay hoi|le hoi|ra quan"
    r"|trien khai tiem|"
    r"to chuc|dien ra)\b"
)
_CITED = re.compile(
    r"(?:\b(?:so|cong van|chi thi|quyet dinh|cong dien|nghi quyet|thong bao|ke hoach|thong tu|nghi dinh"
    r"|ket luan|van ban|luat"
    r"|to trinh|bao cao|huong dan|ubnd|bcd)\b|/)[^.;\n]{0,120}$"
)
_SPAN_OF_DAYS = re.compile(
    r"(?P<n>\d{1,3})(?: \([a-z ]+\))? ngay(?: lam viec)?,? (?:ke "
    r"|tinh )?(?:ke )?tu(?: luc)? (?=(?:\d{1,2} ?(?:gio|h|g|:)|ngay|hom))"
)
_UNTIL = re.compile(r"[ ,]*(?:cho )?(?:den|toi) (?:khi\b|het ngay)")
_HOURS = re.compile(r"\btu (?:luc )?\d{1,2}(?:h\d{0,2}| gio(?: \d{2}(?: phut)?)?)\W{0,3}(?:cho )?$")
_PRINTED_END = re.compile(r"[ ,]*(?:cho )?(?:den|toi)\b")
_HAS_DONE = re.compile(r"^[^.;]*?\b(?:da|ghi nhan|phat hien|hien co|co)\b")
_HAS_ALREADY = re.compile(r"^[^.;]*?\b(?:da|ghi nhan|phat hien)\b")
_FROM_SIGNING = re.compile(r"(?P<n>\d{1,3}) ngay,? (?:ke )?tu ngay (?:ky|ban hanh)\b(?! ke hoach)")


def match_dates(
    text: Text, zones: Zones, provisions: tuple[Provision, ...], issue_date: date | None
) -> tuple[DateFact, ...]:
    """Days of subject and body with kind and hour, in text order; the quote runs from the word that says what it is.

    Accepted: ``27/5/2021``, ``29-3-2021``, ``12.10.2021``, ``ngày 06 tháng 5 năm 2021``, ``30/4`` (year from the issue
    date, else from the only year the text prints), ``01, 02/4/2020``, ``từ ngày 01 đến ngày 15/9/2021``, ``tháng
    9-2021`` and ``quý III/2021`` (their last day as a deadline or an end, their first as a start or after "trước"),
    ``08 giờ 00 phút``, ``17h30``, ``15 ngày kể từ ngày …`` (start, and its last day counted inclusively; as a
    deadline after "trong vòng" the day n days later, Bộ luật Dân sự 2015, art. 147), ``10 ngày kể từ
    ngày ký``.

    Days are stored as printed. A start before the issue date is a past fact and is left out unless the text says that
    it takes effect; days outside December 2019 to December 2023 are never stored.
    """
    year = issue_date.year if issue_date else only_year(text.folded)
    found: list[DateFact] = []
    mended = _SLIP.sub(lambda slip: "0" if slip[0] == "o" else "1", text.folded)
    flat = _BROKEN_DAY.sub(lambda gap: " " * len(gap[0]), mended)
    for zone, title, folded in ((zones.header, True, mended), (zones.body, False, flat)):
        before: tuple[Mention, str] | None = None
        for mention in match_mentions(folded, zone, year, issue_date):
            fact = _classify(text, folded, zone, mention, before, issue_date, title)
            before = (mention, fact.kind if fact else "")
            if fact:
                found.extend(_with_span_of_days(folded, zone, fact))
    found.extend(_from_signing(flat, zones.body, issue_date))
    kept = {(f.start, f.end, f.kind, f.date): f for f in found if FIRST_DAY <= f.date <= LAST_DAY}
    return tuple(kept[key] for key in sorted(kept))


# --- what a day is ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """A day with what stands around it: the clause before its key word, the words behind, the day before it."""

    mention: Mention
    clause: str
    tail: str
    issued: date | None
    title: bool
    between: str = ""
    before_kind: str = ""
    before_opens: bool = False
    lead: str = ""

    @property
    def is_past(self) -> bool:
        return self.issued is not None and self.mention.last < self.issued

    @property
    def is_exposure(self) -> bool:
        """Says where people were or whence they came: never of a day still ahead."""
        ahead = self.issued is not None and self.mention.day > self.issued
        lasts = _UNTIL.match(self.tail) is not None  # "… kể từ ngày 05/5/2021 cho đến khi có thông báo mới"
        return not ahead and not lasts and _EXPOSURE.search(self.clause) is not None


def _classify(
    text: Text,
    folded: str,
    zone: Span,
    mention: Mention,
    before: tuple[Mention, str] | None,
    issued: date | None,
    title: bool,
) -> DateFact | None:
    lead = folded[max(zone.start, mention.start - 160) : mention.start].replace("\n", " ")
    tail = folded[mention.end : min(zone.end, mention.end + 90)].replace("\n", " ")
    place = _Place(
        mention, _clause(lead), tail, issued, title, lead=folded[max(zone.start, mention.start - 90) : mention.start]
    )
    if before:
        opening = folded[max(0, before[0].start - 30) : before[0].start + 3]
        opens = re.search(r"\btu [^.;\n]*$", opening) is not None
        between = folded[before[0].end : mention.start] if before[0].end <= mention.start else "."
        place = replace(place, between=between, before_kind=before[1], before_opens=opens)
    for word, pattern in _BEFORE:
        match = pattern.search(lead[-70:])
        if match and word == "as_of" and _is_province(text, mention, match[0]):
            continue
        if match and word == "effective_from" and issued is None and _narrates(folded, zone, mention, match[0]):
            return None
        if match:
            kind = _kind(word, replace(place, clause=_clause(lead[: len(lead) - len(match[0])])))
            start = mention.start - len(match[0].lstrip())
            if not kind:
                return _event(text, folded, place) if word == "on" else None
            return DateFact(_day(mention, kind, match[0]), mention.time, kind, start, mention.end)
    return _continued(place) or _handed_in(folded, place) or _event(text, folded, place)


def _is_province(text: Text, mention: Mention, words: str) -> bool:
    """ "tỉnh Lạng Sơn đến hết ngày …": folding merges tỉnh with tính."""
    at = mention.start - len(words.lstrip())
    return words.lstrip().startswith("tinh") and text.raw[at : at + 4].lower() == "tỉnh"


def _narrates(folded: str, zone: Span, mention: Mention, words: str) -> bool:
    """In "Từ ngày 19/7 tỉnh áp dụng … Đến nay …" at the head of a paragraph the day tells how things came to be."""
    start = mention.start - len(words.lstrip())
    end = folded.find("\n", mention.end, zone.end)
    paragraph = folded[mention.end : end if end >= 0 else zone.end][:900]
    return not folded[zone.start : start].rsplit("\n", 1)[-1].strip() and _TO_THIS_DAY.search(paragraph) is not None


def _clause(lead: str) -> str:
    parts = _SENTENCE_BREAK.split(lead)
    return parts[-1] if len(parts[-1].strip()) > 3 or len(parts) < 2 else parts[-2]


def _day(mention: Mention, kind: str, words: str) -> date:
    """A month or quarter ends a deadline with its last day, unless the deadline lies before it."""
    first = kind == "effective_from" or words.strip().endswith("truoc")
    return mention.day if first else mention.last


def _kind(word: str, place: _Place) -> str:
    """Contract's kind for the ``word`` before a day, or empty where it states no rule."""
    if place.title and word not in ("effective_from", "effective_to"):
        return ""
    if word == "deadline":
        return "" if place.is_past and not _FINISHES.search(place.clause) else word
    if word in ("effective_to", "to"):
        return _end(word, place)
    if word == "effective_from":
        return _start(place)
    if word == "on":
        finishes = _FINISHES.search(place.clause) or (not place.is_past and _TO_FINISH.match(place.tail))
        ahead = place.issued is not None and not place.is_past
        within = ahead and _WITHIN.search(place.lead) and not _HAPPENED.search(place.clause)
        return "deadline" if within or (finishes and not _CITED.search(place.clause)) else ""
    return word


def _end(word: str, place: _Place) -> str:
    """In "đến (hết) ngày": the end of a range, a day reported on, an end of effect, or a target."""
    finishes = _FINISHES.search(place.clause)
    ranges = re.fullmatch(r"[^.;\n]{0,30}", place.between) is not None
    if ranges and place.before_kind == "effective_from":
        return "effective_to"
    if _AIMS.search(place.clause) and not place.is_past:
        return "deadline"
    done = _HAS_DONE if place.is_past else _HAS_ALREADY
    if _REPORTS.match(place.tail) or ((place.is_past or not place.clause.strip()) and done.search(place.tail)):
        return "as_of"
    if _FROM_NOW.search(place.clause) and _STOPS.match(place.tail):
        return "effective_to"
    if word == "to" and not place.is_past and _PUT_OFF.search(place.clause):
        return "effective_from"
    if place.is_exposure or (ranges and place.before_opens) or (place.is_past and not finishes):
        return ""  # where people were, or the end of a past whose start was left out
    if (
        _HOURS.search(place.clause)
        or word == "effective_to"
        or place.mention.time == "24:00"
        or _LASTS.search(place.clause)
    ):
        return "deadline" if finishes else "effective_to"
    return "deadline"


def _start(place: _Place) -> str:
    """In "từ ngày", "sau ngày": a start, unless it narrates a past one or says since when people were somewhere."""
    if _LOOKS_BACK.match(place.tail) or place.is_exposure:
        return ""
    if _INSTEAD.search(place.clause):
        return ""
    if re.search(r"\bhet (?:hieu luc|gia tri)\b", place.clause):
        return "effective_to"
    if place.is_past and not re.search(r"\bnay (?:co )?hieu luc\b", place.clause):
        return ""
    if not place.issued and _PAST.search(place.clause) and not _IN_FORCE.search(place.clause):
        return ""
    return "effective_from"


def _continued(place: _Place) -> DateFact | None:
    """The second day of a list or a range: "15 và 16/9/2021", "01-15/9/2021"."""
    mention, kind = place.mention, place.before_kind
    if not kind:
        return None
    if kind == "effective_from" and re.fullmatch(r" ?- ?(?:ngay )?", place.between):
        return DateFact(mention.last, mention.time, "effective_to", mention.start, mention.end)
    if re.fullmatch(r",? (?:va )?(?:ngay )?|,", place.between):
        return DateFact(mention.last, mention.time, kind, mention.start, mention.end)
    return None


def _handed_in(folded: str, place: _Place) -> DateFact | None:
    """ "Báo cáo UBND tỉnh ngày 12/8", "gửi lần đầu ngày 14/8": a day ahead at which something is due."""
    mention = place.mention
    ahead = place.issued is not None and mention.day >= place.issued and mention.grain == "day"
    if not ahead or place.title or "ngay" not in folded[mention.start : mention.end] or not _DUE.search(place.clause):
        return None
    return DateFact(mention.day, mention.time, "deadline", mention.start, mention.end)


def _event(text: Text, folded: str, place: _Place) -> DateFact | None:
    """A day on which something named takes place: an election, an examination, a school opening, a meeting."""
    mention = place.mention
    named = "ngay" in folded[mention.start : mention.end] or place.lead.endswith((" sang ", " chieu ", " toi "))
    if place.title or mention.grain != "day" or not named:
        return None
    if _is_of_a_meeting(text, folded, place):
        return DateFact(mention.day, mention.time, "event", mention.start, mention.end)
    if not _HAPPENS.search(place.clause) or _MEETS.search(place.clause) or _CITED.search(place.clause):
        return None
    return DateFact(mention.day, mention.time, "event", mention.start, mention.end)


def _is_of_a_meeting(text: Text, folded: str, place: _Place) -> bool:
    """In "tại cuộc họp ngày …", or where a sentence that begins with the day goes on to say who met."""
    if _AT_A_MEETING.search(place.lead):
        return True
    mention = place.mention
    met = _OPENS.search(place.lead) and _DAY_OF_A_MEETING.match(folded, mention.end)
    if not met or _ISSUES_OR_REPORTS.search(met[0]):
        return False
    return not met[0].endswith(" hop") or text.raw[met.end() - 3 : met.end()].lower() in ("họp", "hop")


# --- counted days ----------------------------------------------------------------------------------------------------


def _with_span_of_days(folded: str, zone: Span, fact: DateFact) -> Iterator[DateFact]:
    """``fact``, or for "15 ngày kể từ 0 giờ ngày …" its start and resolved end; a printed end makes that needless."""
    window = max(zone.start, fact.start - 60)
    match = next((m for m in _SPAN_OF_DAYS.finditer(folded, window, fact.end) if m.end() >= fact.start), None)
    tail = folded[fact.end : min(zone.end, fact.end + 60)]
    counts = fact.kind == "effective_from" and FIRST_DAY <= fact.date <= LAST_DAY
    if not counts or match is None or match.start() > fact.start or _PRINTED_END.match(tail):
        yield fact
        return
    days, start = int(match["n"]), match.start()
    clause = _clause(folded[max(zone.start, start - 80) : start])
    if _FINISHES.search(clause) or _FINISHES.search(_SENTENCE_BREAK.split(tail.lstrip(" ,"))[0]):
        yield DateFact(fact.date + timedelta(days), "", "deadline", start, fact.end)
        return
    yield fact
    if days:
        yield DateFact(fact.date + timedelta(days - 1), "", "effective_to", start, fact.end)


def _from_signing(folded: str, body: Span, issued: date | None) -> Iterator[DateFact]:
    """In "10 ngày kể từ ngày ký": counted from the issue date."""
    if issued is None or not FIRST_DAY <= issued <= LAST_DAY or "tu ngay" not in folded:
        return
    for match in _FROM_SIGNING.finditer(folded, body.start, body.end):
        yield DateFact(issued + timedelta(int(match["n"])), "", "deadline", match.start(), match.end())
