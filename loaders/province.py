"""Which province a document belongs to, and on what evidence.

Reads the folded text, its zones and its header; adds one ``ProvinceFact``. Evidence is collected in three tiers, and a
stronger tier is never outvoted by a weaker one, however often another province is named in the body:

1. ``header``: a line of the letterhead that ends in a name ("UBND TỈNH BÌNH DƯƠNG", "TỈNH ỦY X", "HUYỆN CAI LẬY",
   "SỞ Y TẾ HÀ NỘI"), 10 points (a district 8, a name with a letter or two lost 7), and the place of the
   place-and-date line ("Bình Phước, ngày …"), 6 points.
2. ``text``: the document calls the province its own: "trên địa bàn tỉnh X" (6 in a title, else 4), "UBND tỉnh X yêu
   cầu", "Tỉnh ủy X" (3, or 6 in a signature block, or 1 where it is asked for its help), "Báo X", "Đài PT-TH X" (5),
   "về X", "vào X" (1). At least 3 points.
3. ``inferred``: a newspaper with a name of its own (5), a site or mailbox (4), districts, islands and border gates (2
   with their kind, "thành phố Phú Quốc", else 1). At least 3 points, from two names unless it is newspaper or domain.

Places that people come from, and places of a province that is named as somewhere else, count nothing; a district name
that several provinces share counts only beside other evidence. The winner needs one and a half times the points of the
next. Documents of central bodies have no province. Sources: contract, section 3 (``province_basis``) and section 4.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from loaders.fold import Text
from loaders.province_names import Mention, is_proper_name, match_mentions, nearest_province, province_index
from loaders.records import Header, Problem, ProvinceFact, Span, Zones

_OWN_CITY = {"Hồ Chí Minh"}  # a name that is a person's unless "thành phố" stands before it
_MARGIN = 1.5

_LETTERHEAD_START = regex.compile(
    r"(?:chu tich|u[yi] ban|ubnd|hoi dong|hdnd|ban\b|dang bo|t[iy]nh|thanh|tp\b|van phong|so\b|cong an|bo chi huy"
    r"|bo doi|bo tu lenh|mat tran|mttq|doan|cuc|chi cuc|kho bac|bao hiem|truong|benh vien|trung tam|lien doan|hoi"
    r"|huyen|thi|quan|toa an|vien|phong|lien nganh)\b|(?:t[iy]nh|thanh|huyen|thi|quan) ?u[yi]\b"
)
_PROSE = regex.compile(
    r"\b(?:v/v|ve|tai|tren|dia ban|cua|tu|den|cho|voi|trong|o|ngay|kinh gui|bao|dai|theo|duoc|thuc hien|so:?\s*\d)\b"
    r"|(?<!tp)[:;.]\s"
)
_PROSE_END = regex.compile(r"\b(?:v/v|ve|tai|tren|dia ban|cua|tu|den|cho|voi|trong|o|va|cac|,)\s*$")
_AFTER_LETTERHEAD = regex.compile(r"\s*(?:$|[|*_\-–(]|\s{2}|cong hoa|dang cong|doc lap|so\b)")
_KIND_BEFORE = regex.compile(
    r"(?:\b(?P<huyen>huyen(?: ?u[yi])?|h\.)|\b(?P<quan>quan(?: ?u[yi])?|q\.)|\b(?P<thi_xa>thi xa|thi ?u[yi]|tx\.?)"
    r"|\b(?P<thanh_pho>thanh pho|thanh ?u[yi]|tp\.?)|\b(?P<tinh>t[iy]nh(?: ?u[yi])?))\s*$"
)
_LONGEST_PLACE = 40
_DAY_AND_MONTH = regex.compile(r"ng[a-z0-9]y\s*[\d.…]{0,4}\s*th[a-z0-9]ng\b")
_DATE_LINE = regex.compile(rf"(?P<place>[^\n,;|]{{2,{_LONGEST_PLACE}}}?)\s*[,.]?\s*{_DAY_AND_MONTH.pattern}")
_COLUMN_BREAK = regex.compile(r"\s{3,}|\||\t")
_CENTRAL_LINE = regex.compile(
    r"^(?:[^\w\n]|_)*(?:thu tuong chinh phu|chinh phu|van phong chinh phu|quoc hoi|uy ban thuong vu quoc hoi|ban bi thu"
    r"|ban chap hanh trung uong|van phong trung uong|ban (?:tuyen giao|dan van|to chuc|noi chinh|kinh te) trung uong"
    r"|ban chi dao quoc gia|bo (?!chi huy|tu lenh|doi|phan)[a-z]|thanh tra chinh phu|bao hiem xa hoi viet nam"
    r"|tong cuc|tong lien doan|ngan hang nha nuoc viet nam|uy ban trung uong|trung uong"
    r"|(?:bo tu lenh )?quan khu \d|bo tu lenh (?:vung|hai quan|canh sat bien|bo doi bien phong|quan chung))",
    regex.MULTILINE,
)
_CENTRAL_RECIPIENT = regex.compile(
    r"(?:u[yi] ban nhan dan|ubnd|tinh u[yi],? ?thanh u[yi]|so y te|cong an)(?:, hdnd)? (?:cua )?"
    r"(?:cac )?(?:tinh,? ?(?:thanh pho|tp)|63)"
)
_CENTRAL_VOICE = regex.compile(
    r"\b(?:thu tuong chinh phu|bo (?:truong bo )?(?:y te|giao thong van tai|cong thuong|cong an|giao duc va dao tao)"
    r"|chinh phu) (?:yeu cau|chi thi|quyet nghi|quyet dinh|de nghi)\b(?! tai)"
)
_LOCAL_VOICE = regex.compile(
    r"\b(?:tinh u[yi]|thanh u[yi]|ubnd|u[yi] ban nhan dan)(?: [a-z]+){0,5} (?:yeu cau|giao|de nghi|chi dao)\b"
)

_INTRO = regex.compile(r"\b(?:t[iy]nh|thanh pho|tp\.?)\s*$")
_AREA = regex.compile(r"\bdia ban (?:toan )?(?:t[iy]nh|thanh pho|tp\.?)\s*$")
_OWN_DISTRICT = regex.compile(r"\bdia ban (?:toan )?(?:huyen|thi xa|quan|thanh pho|tp\.?)\s*$")
_AREA_NAME = regex.compile(r"\bdia ban (?:toan )?t[iy]nh (?P<name>[a-z0-9]+ [a-z0-9]+)\b")
_MEDIA = regex.compile(
    r"(?:\bbao|\bdai(?: (?:pt ?- ?th|ptth|phat thanh(?:(?: va| -|,)? truyen hinh)?))?)"
    r"(?: (?:t[iy]nh|thanh pho|tp\.?))?\s*$"
)
_FIELDS = (
    "y te|giao thong van tai|cong thuong|giao duc va dao tao|lao dong ?- ?thuong binh va xa hoi|tai chinh|noi vu"
    "|tu phap|thong tin va truyen thong|van hoa,? the thao va du lich|van hoa va the thao|du lich"
    "|nong nghiep va phat trien nong thon|ke hoach va dau tu|tai nguyen va moi truong|khoa hoc va cong nghe|xay dung"
    "|ngoai vu"
)
_ORGAN = regex.compile(
    rf"\b(?:ubnd|u[yi] ban nhan dan|t[iy]nh u[yi]|thanh u[yi]|hdnd|hoi dong nhan dan|cong an|so (?:{_FIELDS})"
    r"|bo chi huy quan su|bo doi bien phong|mat tran to quoc(?: viet nam)?"
    r"|ban chi dao(?: [a-z,0-9-]+){0,8}|dang bo|doan dai bieu quoc hoi"
    r"|ban quan ly(?: [a-z]+){1,6})(?: (?:t[iy]nh|thanh pho|tp\.?))?\s*$"
)
_GUEST = regex.compile(
    r"(?:phoi hop (?:chat che )?(?:voi|cung)|trao doi voi|theo de nghi cua|giap ranh|thong tin (?:tu|cua)"
    r"|bao cao cua|thong bao cua|de nghi)"
    r"[^.;:]{0,30}$"
)
_ELSEWHERE = regex.compile(
    r"\b(?:ve tu|den tu|tro ve tu|di tu|tu|di|den|di den|di chuyen den|khong den|tai|lien quan den|nhu|giap|lan can"
    r"|theo(?: [a-z]+){0,4} trung tam kiem soat benh tat|vung dich|o dich|ca benh|ca mac|benh nhan)"
    r"\s+(?:[a-z]+ ){0,2}(?:t[iy]nh |thanh pho |tp\.? ?)?$"
)
_COMING = regex.compile(
    r"\b(?:tu|ve tu|den tu|lien quan den|o dich|vung dich|ghi nhan tai|di qua|tro ve"
    r"|(?:ca mac|ca benh|phat hien)(?: [a-z]+){0,2} (?:tai|o))\s+(?:[^\s.;]+ ){0,4}$"
)
_LISTED = regex.compile(r"(?:[\s,()/-]|\b(?:va|hoac|cac|huyen|quan|thi xa|thanh pho|t[iy]nh|tp\.?)\b){1,12}")
_SOURCE_AREA = regex.compile(r"\b(?:ve tu|den tu|tu|o dich|vung dich|ca benh|benh nhan|ca mac)\b[^.;:]{0,40}$")
_INTO = regex.compile(r"\b(?:xam nhap(?: vao)?|vao|ve)\s+(?:t[iy]nh |thanh pho |tp\.? ?)?$")
_SAID_BY = regex.compile(r"co quan\s*:\s*(?:[a-z]+ ){0,6}$")
_GATE = regex.compile(r"\bcua khau(?: [a-z]+){0,2}\s*$")


@dataclass(frozen=True, slots=True)
class _Evidence:
    province: int
    points: float
    start: int
    end: int
    key: str = ""


def resolve_province(text: Text, zones: Zones, header: Header) -> ProvinceFact:
    """Province of a document, or an empty fact with a problem that says why.

    Parameters
    ----------
    text, zones, header
        The document, its parts and what its header says. Works without a header, on the evidence of the text.

    Returns
    -------
    ProvinceFact
        ``start``/``end`` point at the strongest piece of evidence. Problems: ``province-central`` (info),
        ``province-unknown``, ``province-tied``, ``province-conflict`` (warnings).
    """
    flat = text.folded.replace("\n", " ")
    mentions = match_mentions(flat, text.raw)
    head = _header_evidence(text, zones, header, mentions)
    if _is_central(text, zones, header, head):
        return _nothing("province-central", "info", "Issued by a central body: it belongs to no province.")
    own, elsewhere = _text_evidence(text, flat, zones, header, mentions)
    for basis, evidence, least in (
        ("header", head, 4.0),
        ("text", own, 3.0),
        ("inferred", _inferred_evidence(flat, text, mentions, elsewhere), 3.0),
    ):
        fact = _decide(evidence, basis, least)
        if fact is not None:
            return fact
    return _nothing(
        "province-unknown",
        "warning",
        "Neither letterhead, text nor places settle the province; set it by a correction.",
    )


def _nothing(code: str, severity: str, message: str) -> ProvinceFact:
    return ProvinceFact(problems=(Problem("province", code, severity, message),))


def _decide(evidence: list[_Evidence], basis: str, least: float) -> ProvinceFact | None:
    """The province with the most points, an empty fact for a tie, ``None`` where there are too few points."""
    points: dict[int, float] = defaultdict(float)
    keys: dict[int, set[str]] = defaultdict(set)
    for item in evidence:
        points[item.province] += item.points
        keys[item.province].add(item.key)
    ranked = sorted(points, key=lambda index: (-points[index], index))
    if not ranked or points[ranked[0]] < least:
        return None
    best = ranked[0]
    if basis == "inferred" and len(keys[best]) < 2 and max(e.points for e in evidence if e.province == best) < 4:
        return None
    provinces = province_index().entries
    if len(ranked) > 1 and points[best] < _MARGIN * points[ranked[1]]:
        rivals = " and ".join(provinces[index]["name"] for index in ranked[:2])
        return _nothing("province-tied", "warning", f"The evidence ({basis}) is tied between {rivals}.")
    first = max((item for item in evidence if item.province == best), key=lambda item: (item.points, -item.start))
    problems: tuple[Problem, ...] = ()
    if basis == "header" and len(ranked) > 1 and points[ranked[1]] >= 5:
        message = f"The header also names {provinces[ranked[1]]['name']}; check the province."
        problems = (Problem("province", "province-conflict", "warning", message, first.start, first.end),)
    entry = provinces[best]
    return ProvinceFact(entry["name"], entry["code"], entry["slug"], basis, first.start, first.end, problems)


def _inside(spans: tuple[Span | None, ...], start: int) -> bool:
    return any(span is not None and span.start <= start < span.end for span in spans)


def _header_evidence(text: Text, zones: Zones, header: Header, mentions: list[Mention]) -> list[_Evidence]:
    """Letterhead lines and the place-and-date line, in the header zone and in header lines that strayed below."""
    folded, found = text.folded, []
    subject = Span(header.subject.start, header.subject.end) if header.subject else None
    areas = (zones.header, *zones.stray)
    for mention in mentions:
        if _inside(areas, mention.start) and not _inside((subject,), mention.start):
            found += _letterhead(folded, mention)
    for area in areas:
        found += _misspelt_letterhead(folded, area)
        for match in _date_lines(folded, area):
            found += _place(text, match, mentions)
    if header.place and not any(item.key == "place" for item in found):
        inside = [m for m in mentions if header.place.start <= m.start and m.end <= header.place.end]
        found += [item for mention in inside for item in _placed(mention, 6)]
    return found


def _date_lines(folded: str, area: Span) -> Iterator[regex.Match[str]]:
    """Matches of the pattern of place and day, tried only where a place may begin before a day and a month."""
    at = area.start
    for day in _DAY_AND_MONTH.finditer(folded, area.start, area.end):
        place_end = len(folded[: day.start()].rstrip().rstrip(",.").rstrip())
        if match := _DATE_LINE.search(folded, max(at, place_end - _LONGEST_PLACE), day.end()):
            yield match
            at = match.end()


def _line_before(folded: str, start: int) -> tuple[str, str]:
    """The part of its line before ``start``, from the last column break on, and the end of the line above."""
    begin = folded.rfind("\n", 0, start) + 1
    prefix = _COLUMN_BREAK.split(folded[begin:start])[-1].lstrip(" *_#>-")
    above = folded[max(0, begin - 61) : max(0, begin - 1)].rsplit("\n", 1)[-1]
    return prefix, above


def _letterhead(folded: str, mention: Mention) -> list[_Evidence]:
    prefix, above = _line_before(folded, mention.start)
    line_end = folded.find("\n", mention.end)
    rest = folded[mention.end : len(folded) if line_end < 0 else line_end]
    whole = prefix + folded[mention.start : mention.end]
    if (
        not _LETTERHEAD_START.match(whole)
        or len(prefix) > 80
        or _PROSE.search(prefix)
        or not _AFTER_LETTERHEAD.match(rest)
    ):
        return []
    if _PROSE_END.search(above):
        return []
    kind = _KIND_BEFORE.search(prefix)
    word = kind.lastgroup.replace("_", " ") if kind and kind.lastgroup else ""
    if word in ("huyen", "quan", "thi xa") or (word == "thanh pho" and not mention.provinces("province")):
        return _district_letterhead(mention, word)
    if folded.startswith("quan ", mention.start) and mention.provinces("district"):
        return _district_letterhead(mention, "quan")
    return [_Evidence(index, 10, mention.start, mention.end, "letterhead") for index in mention.provinces("province")]


def _district_letterhead(mention: Mention, word: str) -> list[_Evidence]:
    districts = [name for name in mention.names if name.kind == "district"]
    exact = {name.province for name in districts if name.district_kind == word}
    owners = exact or {name.province for name in districts}
    points = 8 if len(owners) == 1 else 2
    return [_Evidence(index, points, mention.start, mention.end, "letterhead") for index in sorted(owners)]


def _placed(mention: Mention, points: float) -> list[_Evidence]:
    owners = mention.provinces("province") or mention.provinces("district")
    share = points if len(owners) == 1 else 2
    return [_Evidence(index, share, mention.start, mention.end, "place") for index in sorted(owners)]


def _place(text: Text, match: regex.Match[str], mentions: list[Mention]) -> list[_Evidence]:
    start, end = match.span("place")
    inside = [m for m in mentions if start <= m.start and m.end <= end and not text.folded[m.end : end].strip(" .,")]
    if inside:
        return _placed(inside[-1], 6)
    near = nearest_province(match["place"].strip())
    return [] if near is None else [_Evidence(near, 5, start, end, "place")]


def _misspelt_letterhead(folded: str, area: Span) -> list[_Evidence]:
    """A letterhead line "TỈNH …", "TỈNH ỦY …" whose name has lost a letter or two."""
    found = []
    pattern = (
        r"^(?:[^\w\n]|_)*(?:(?:ubnd|u[yi] ban nhan dan) +)?t[iy]nh(?: ?u[yi])? +(?P<name>[a-z0-9 -]{4,20}?)[ *_]*$"
    )
    for match in regex.finditer(pattern, folded[area.start : area.end], regex.MULTILINE):
        near = nearest_province(" ".join(match["name"].split()))
        if near is not None and match["name"] not in province_index().by_name:
            start, end = (area.start + at for at in match.span("name"))
            found.append(_Evidence(near, 7, start, end, "letterhead"))
    return found


def _is_central(text: Text, zones: Zones, header: Header, head: list[_Evidence]) -> bool:
    if any(item.key == "letterhead" and item.points >= 7 for item in head):
        return False
    folded = text.folded
    subject = header.subject
    about = folded[subject.start : subject.end] if subject else "\0"
    letterhead = "\n".join(folded[area.start : area.end].replace(about, "") for area in (zones.header, *zones.stray))
    if header.level == "central" or _CENTRAL_LINE.search(letterhead):
        return True
    if head:
        return False
    for zone in (zones.addressees, zones.copies):
        if zone is not None and _CENTRAL_RECIPIENT.search(folded[zone.start : zone.end].replace("\n", " ")):
            return True
    body = folded[zones.body.start : zones.body.end].replace("\n", " ")
    return bool(_CENTRAL_VOICE.search(body)) and not _LOCAL_VOICE.search(body)


def _text_evidence(
    text: Text, flat: str, zones: Zones, header: Header, mentions: list[Mention]
) -> tuple[list[_Evidence], set[int]]:
    """Points for provinces that the text calls its own, and the provinces it names as somewhere else."""
    found: list[_Evidence] = []
    elsewhere: set[int] = set()
    for mention in mentions:
        for index in mention.provinces("province"):
            before = flat[max(0, mention.start - 90) : mention.start]
            points = _own_points(text, flat, zones, mention, before)
            if points:
                found.append(_Evidence(index, points, mention.start, mention.end, "text"))
            elif _ELSEWHERE.search(before):
                elsewhere.add(index)
    return found + _misspelt_areas(text, flat, zones), elsewhere - {item.province for item in found}


def _misspelt_areas(text: Text, flat: str, zones: Zones) -> list[_Evidence]:
    """ "địa bàn tỉnh Bình Dưong" with a letter or two lost in the name."""
    found = []
    for match in _AREA_NAME.finditer(flat):
        start, end = match.span("name")
        if match["name"] in province_index().by_name or _SOURCE_AREA.search(flat[max(0, match.start() - 60) : start]):
            continue
        if all(part[0].isupper() for part in text.raw[start:end].split()):
            near = nearest_province(match["name"])
            if near is not None:
                points = 6 if _inside((zones.header,), start) else 4
                found.append(_Evidence(near, points, start, end, "text"))
    return found


def _own_points(text: Text, flat: str, zones: Zones, mention: Mention, before: str) -> float:
    introduced = bool(_INTRO.search(before)) or any(name.name.lower().startswith("tp") for name in mention.names)
    if not introduced and not is_proper_name(text, mention, "province"):
        return 0
    if not introduced and any(name.name in _OWN_CITY for name in mention.names):
        return 0
    if _AREA.search(before):
        if _SOURCE_AREA.search(before):
            return 0
        return 6 if _inside((zones.header,), mention.start) else 4
    media = _MEDIA.search(before)
    if media and text.raw[mention.start - len(before) + media.start()].isupper():
        return 5
    organ = _ORGAN.search(before)
    if organ:
        if _SAID_BY.search(before):
            return 6
        return 1 if _GUEST.search(before[: organ.start()]) else 3
    if _INTO.search(before) and not _ELSEWHERE.search(before):
        return 1
    return 0


def _inferred_evidence(flat: str, text: Text, mentions: list[Mention], elsewhere: set[int]) -> list[_Evidence]:
    """Newspapers, domains and places, each name counted twice at most; places people come from count none."""
    found: list[_Evidence] = []
    seen: dict[str, int] = defaultdict(int)
    coming_until = -1
    for mention in mentions:
        key = flat[mention.start : mention.end]
        before = flat[max(0, mention.start - 60) : mention.start]
        listed = 0 <= coming_until <= mention.start and _LISTED.fullmatch(flat, coming_until, mention.start)
        if _COMING.search(before) or listed:
            coming_until = mention.end
        seen[key] += 1
        for index, points in _place_points(text, mention, before) if seen[key] <= 2 else ():
            if points >= 4 or (index not in elsewhere and coming_until != mention.end):
                found.append(_Evidence(index, points, mention.start, mention.end, key))
    return found


def _place_points(text: Text, mention: Mention, before: str) -> list[tuple[int, float]]:
    for kind, points in (("newspaper", 5.0), ("domain", 4.0)):
        owners = mention.provinces(kind)
        if owners:
            return [(index, points) for index in owners]
    gates = mention.provinces("gate")
    if gates and _GATE.search(before):
        return [(index, 2.0) for index in gates]
    districts = [name for name in mention.names if name.kind in ("district", "island")]
    kind = _KIND_BEFORE.search(before)
    word = kind.lastgroup.replace("_", " ") if kind and kind.lastgroup else ""
    typed = {name.province for name in districts if word and name.district_kind == word}
    owners = typed or {name.province for name in districts}
    if len(owners) != 1 or mention.provinces("province"):
        return []
    if typed and _OWN_DISTRICT.search(before) and not _SOURCE_AREA.search(before):
        return [(next(iter(typed)), 4.0)]
    if typed and text.raw[mention.start].isupper():
        return [(next(iter(owners)), 2.0)]
    named = any(is_proper_name(text, mention, k) for k in ("district", "island"))
    long_enough = len(text.raw[mention.start : mention.end].split()) > 1
    if named and long_enough:
        return [(next(iter(owners)), 2.0 if _GATE.search(before) else 1.0)]
    return []
