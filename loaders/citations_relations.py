"""What a document does with another one that it names: the relation of a citation.

A part of ``loaders.citations``. The cue nearest before the passage in its sentence decides (cues in
``data/vocabulary/citations.yaml``); the members of a list go on with the relation of the first one.
"""

from __future__ import annotations

import regex

from loaders.citations_words import words

_SENTENCE = regex.compile(r"(?<!\btp)(?<!\bso)[.!?]\s+(?=\S)|\n")
_NARRATIVE = regex.compile(
    r"\W*(?:sau|qua)(?: (?:mot|hon|gan))?(?: \d+)? ?(?:thoi gian|ngay|tuan|thang|dot)\b"
    r"|\W*(?:trong )?(?:thoi gian (?:qua|vua qua|gan day)|nhung (?:ngay|thang|thoi gian) qua)\b"
)
_LIST_START = regex.compile(r"(?:^|[,;(:]|\bva\b|\bcung\b)\s?(?:cac )?(?:so\s?)?[:.]?\s?$")
_OF_SUBJECT = regex.compile(r"\s?[,(]?\s?(?:ve|v/v)\b")
_MAIN_CLAUSE = regex.compile(r",\s(?:[a-z]+ ){0,8}(?:yeu cau|chi dao|de nghi|giao|ban hanh|chi thi|thong bao)\b|;\s")
_ENDED = regex.compile(
    r"[^.;]{0,40}\b(?:het hieu luc|bi bai bo)\b|[^.;]{0,20}\b(?:trai voi|khong phu hop)[^.;]{1,50}\b(?:bai bo|huy bo)\b"
)
_GOES_ON = regex.compile(r"; (?:tiep theo|tiep tuc|thuc hien|trien khai)\b[^;]*$")  # "Căn cứ …; tiếp theo Công văn …"
_ENCLOSED = regex.compile(r"[^.;()]{0,80}\b(?:kem theo|gui kem|dinh kem|kem)\)")  # "(Có Công văn số … kèm theo)"
_SENT_WITH = regex.compile(r"\s?[.,;]?\s?\(?(?:co )?(?:gui|dinh|chuyen|duoc) ?kem\b|\s?\((?:co )?kem theo\b")
_EXAMINES = regex.compile(
    r"xet (?:$|thay$|(?:noi dung |de nghi |bao cao )?(?:cua |tai )?(?:to trinh|cong van|van ban|bao cao)\b)"
)
_CONTINUED = regex.compile(
    r"\btiep tuc(?: [a-z]+,?){0,3} (?:thuc hien|trien khai|quan triet|chap hanh|ap dung)(?: [a-z]+,?){0,7}\s?$"
    r"|\btiep tuc(?: [a-z]+){1,7} theo(?: noi dung| tinh than| quy dinh tai)?\s?$"
)
# Words of telling, not of ordering: "các địa phương đang giãn cách theo Chỉ thị 16". Folding merges them with others
# ("tổ chức đảng", "đa số"), so they count with their own marks.
_TELLS = regex.compile(
    r"(?:(?:đang|đã|từng|vừa)|(?:sau|qua)(?: gần| hơn)?\s\d+\s(?:ngày|tuần|tháng))\s"
    r"(?![^,;:]*\b(?:yêu cầu|chỉ đạo|giao|đề nghị)\b)(?:[^,;:]|,(?= chống\b)){0,80}$",
    regex.IGNORECASE,
)
_WHENCE = regex.compile(
    r"\b(?:nguoi|phuong tien|hanh khach|xe|lai xe|cong dan|lao dong|truong hop|hang hoa|doi tuong)\b[^.;:]{0,60}?"
    r"\b(?:tu|den|qua|ve)\s(?:cac\s|nhung\s)?(?:tinh|vung|dia phuong|noi|khu vuc|dia ban|huyen|xa|thanh pho)\b"
    r"(?:,?\s[a-z]+){0,8}\s(?:thuc hien|ap dung|gian cach|phong toa|cach ly)(?:\s[a-z]+){0,6}\s?$"
)
# What a place was under ("đã giãn cách theo Chỉ thị 16", told in the preamble): the paper goes on from there.
_ORDERS = regex.compile(r"chi thi (?:so )?\d{1,2}(?:/(?:\d{4}/)?ct-ttg)?(?![\w/-])")
_CARRIES = regex.compile(r"\b(?:thuc hien|ap dung|gian cach|phong toa|cach ly|trien khai)\b")
_PURPOSE = regex.compile(r"(?:de|nham|nham muc dich|voi muc dich)\s")
_LEGAL_TYPES = regex.compile(r"(?:bo luat|luat|phap lenh|nghi dinh|thong tu)\b")
# One wrong letter in the words that matter most; tried only where no cue is found as it should be written.
_MISSPELT = (
    ("continues", regex.compile(r"\b(?:tiep tuc thuc hien){s<=2:[a-z]}")),
    ("implements", regex.compile(r"\b(?:thuc hien|trien khai){s<=1:[a-z]}|\b(?:theo){s<=1:[a-z]}\s$")),
    ("based_on", regex.compile(r"^\W*(?:can cu){s<=1:[a-z]}\b|\b(?:theo de nghi){s<=1:[a-z]}")),
)


def resolve_relation(
    raw: str,
    flat: str,
    start: int,
    head: int,
    end: int,
    area: int,
    previous: tuple[int, str] | None,
    preamble_end: int,
) -> str:
    """Relation of the passage ``start`` to ``end`` of ``flat`` whose type or number begins at ``head``.

    Parameters
    ----------
    raw
        The text as printed, of which ``flat`` is the shadow.
    area
        Where the zone begins: no cue is looked for before it.
    previous
        End and relation of the passage before this one, if any.
    preamble_end
        What a narrative preamble says was done "theo" a document is ``based_on``.
    """
    begin = max(area, start - 300)
    sentence = max((match.end() for match in _SENTENCE.finditer(flat, begin, start)), default=begin)
    if _ENDED.match(flat, end):
        return "replaces"
    opening = flat[sentence:start].lstrip(' -+*"(')
    if _ENCLOSED.match(flat, end) and flat.rfind("(", sentence, start) > flat.rfind(")", sentence, start):
        return "attaches"
    if _SENT_WITH.match(flat, end):
        return "attaches"
    if _EXAMINES.match(opening):
        return "based_on"
    if opening.startswith("can cu") and not _GOES_ON.search(flat, sentence, start):
        return "based_on"
    if previous is None or not sentence <= previous[0] <= start:
        return _of_context(raw, flat, sentence, start, opening, head, start < preamble_end)
    gap = flat[previous[0] : start]
    if _LIST_START.search(gap):
        return previous[1]
    if _OF_SUBJECT.match(gap) and not _MAIN_CLAUSE.search(gap):
        return "refers"  # named in the subject of the document before it
    return _of_context(raw, flat, previous[0], start, opening, head, start < preamble_end)


def _of_context(raw: str, flat: str, begin: int, start: int, opening: str, head: int, in_preamble: bool) -> str:
    clause = next((part for part in reversed(regex.split(r"[;:]\s", flat[begin:start])) if part.strip()), "")
    cue, relation = _nearest_cue(clause)
    if relation == "implements" and _CONTINUED.search(clause):
        return "continues"
    if relation in ("implements", "continues") and _tells(raw, clause, begin, start):
        return (
            "based_on"
            if in_preamble and (_NARRATIVE.match(opening) or _was_under(raw, flat, begin, start, head))
            else "refers"
        )
    if relation == "implements" and cue == "theo" and _PURPOSE.match(clause.lstrip(' -+*"(')):
        return "based_on"  # "Để bảo đảm lưu thông theo Nghị quyết …": the order rests on it
    if relation == "implements" and cue.startswith("theo"):
        if in_preamble and _NARRATIVE.match(opening):
            return "based_on"
        if not cue.startswith("theo tinh than") and _LEGAL_TYPES.match(flat, head):
            return "based_on"
    return relation or "refers"


def _was_under(raw: str, flat: str, begin: int, start: int, head: int) -> bool:
    """What a place was under so far ("Từ ngày 14/7 toàn tỉnh đã giãn cách theo Chỉ thị 16"): the paper rests on it."""
    told = _TELLS.search(raw[max(begin, start - 160) : start].replace("\n", " "))
    return told is not None and not told[0].startswith("đang") and _ORDERS.match(flat, head) is not None


def _tells(raw: str, clause: str, begin: int, start: int) -> bool:
    """Whether the clause says where or when an instrument is in force, and orders nothing by it."""
    printed = raw[max(begin, start - len(clause)) : start].replace("\n", " ")
    told = _TELLS.search(printed)
    return (told is not None and _CARRIES.search(clause, told.start()) is not None) or _WHENCE.search(
        clause
    ) is not None


def _nearest_cue(clause: str) -> tuple[str, str]:
    """Cue that ends nearest to the passage, with its relation; of two that end together the longer one."""
    best = (-1, 0, "", "")
    for relation, pattern in words().relations:
        for match in pattern.finditer(clause):
            best = max(best, (match.end(), match.end() - match.start(), match[0], relation))
    if best[3]:
        return best[2], best[3]
    return next(((match[0], relation) for relation, p in _MISSPELT if (match := p.search(clause[-80:]))), ("", ""))
