"""Where the closing of a letter begins: what stands behind the last provision and belongs to none."""

from __future__ import annotations

import re

from loaders.fold import Text, fold
from loaders.wraps import find_wraps, unwrap

_ORDERS = r"(?:yeu cau|giao|de nghi|chi dao|thong bao|keu goi|mong|tin tuong|tran trong)"
_PLACE = r"(?:tinh|thanh pho|thanh|huyen|quan|thi xa|thi|xa|phuong|dang)"
_SPEAKER = re.compile(rf"((?:[a-z]+ ){{1,10}}?)(?:tran trong )?{_ORDERS}\b")
_CLOSING = re.compile(
    rf"""
      \(\ ?(?:kem\ theo|gui\ kem|dinh\ kem|co\ .{{0,60}}\ kem\ theo|ban\ hanh\ kem)
    | (?:xin\ )?(?:gui\ kem|kem\ theo|dinh\ kem)\b
    | (?:noi\ dung\ )?(?:chi\ thi|cong\ dien|cong\ van|van\ ban|quyet\ dinh|nghi\ quyet
        |thong\ bao|ke\ hoach|huong\ dan)\ nay\b
    | (?:cac|nhung)\ (?:noi\ dung|quy\ dinh|van\ ban)\b.{{0,120}}\b(?:trai\ voi|khong\ con\ phu\ hop|het\ hieu\ luc
        |bai\ bo)\b
    | (?:bai\ bo|thay\ the|huy\ bo)\ (?:cac\ |toan\ bo\ )?(?:cong\ van|van\ ban|quyet\ dinh|chi\ thi|thong\ bao
        |cong\ dien|ke\ hoach)\ so\b
    | (?:tren\ day|tren\ day\ la)\b
    | (?:trong\ )?qua\ trinh\ (?:to\ chuc\ |trien\ khai\ |,\ ?)*(?:thuc\ hien|trien\ khai)\b
        .{{0,60}}(?:vuong\ mac|kho\ khan|phat\ sinh)
    | (?:neu\ )?(?:co\ )?(?:kho\ khan,?\ )?vuong\ mac\b.{{0,60}}(?:phan\ anh|bao\ cao|lien\ he)
    | (?:sau\ khi\ )?nhan\ duoc\ (?:chi\ thi|cong\ dien|cong\ van|van\ ban|thong\ bao|ke\ hoach)
    | (?:rat\ mong|tran\ trong|moi\ (?:thong\ tin|chi\ tiet|vuong\ mac))\b
    | (?:ban\ thuong\ vu|thuong\ truc|ban\ chap\ hanh)\ (?:[a-z]+\ )?{_PLACE}\ uy\b.{{0,40}}?\b{_ORDERS}\b
    | (?:chu\ tich\ )?(?:ubnd|uy\ ban\ nhan\ dan)\ {_PLACE}\b(?!,|\ va\b).{{0,40}}?\b{_ORDERS}\b
    | thu\ tuong(?:\ chinh\ phu)?\ {_ORDERS}\b
    """,
    re.VERBOSE,
)
_APPEAL = re.compile(
    r"(?:vay,? |do do,? )?(?:yeu cau|de nghi|giao|nhan duoc)\b(?=.{0,200}?(?:thu truong|cac (?:so|don vi"
    r"|co quan|dia phuong"
    r"|cap uy|ban|doan the|nganh|huyen|dong chi)|giam doc|chu tich ubnd|ubnd cac|don vi|nguoi dan))"
    r"(?=.{0,400}?(?:nghiem tuc|khan truong|noi dung|chi thi nay|cong van nay|cong dien nay|van ban nay|to chuc"
    r"|trien khai"
    r"|quan tam|phoi hop).{0,60}?(?:thuc hien|trien khai))",
    re.DOTALL,
)
# "Giám đốc các sở, Chủ tịch UBND các huyện chịu trách nhiệm thực hiện Chỉ thị này": heads told to carry the paper out.
_CARRY_OUT = re.compile(
    r"(?:cac |dong chi |cac dong chi )?"
    r"(?:giao|yeu cau|de nghi|giam doc|thu truong|bo truong|chu tich|truong |so,|ban,|nganh|don vi"
    r"|co quan|dia phuong"
    r"|bi thu|cap uy|nguoi dung dau).{0,400}?\b(?:thuc hien|trien khai|thi hanh).{0,60}?"
    r"\b(?:chi thi|cong van|cong dien|van ban|ke hoach|quyet dinh|nghi quyet|thong bao|noi dung) (?:nay|tren)\b"
)
# Said of the paper, but in words that a duty may have too: closing only as one of the last paragraphs, whole sentences
# before it.
_PAPER = (
    r"(?:chi\ thi|cong\ dien|cong\ van|van\ ban|ke\ hoach|quyet\ dinh|nghi\ quyet|thong\ bao|ket\ luan|y\ kien"
    r"|(?:cac\ )?noi\ dung)"
)
_BODIES = (
    r"(?:don\ vi|co\ quan|so|ban|nganh|dia\ phuong|phong|xa|huyen|thanh\ pho|to\ chuc|cap\ uy|dong\ chi|truong"
    r"|doanh\ nghiep|thu\ truong|giam\ doc|chu\ tich|ubnd|uy\ ban\ nhan\ dan|bo|doan\ the)"
)
_LAST_WORDS = re.compile(
    rf"""
      (?:vay,?\ )?[a-z ,\-]{{0,90}}?\bthong\ bao\ (?:de|cho|den|toi)\ (?:cac\ |quy\ |toan\ the\ )?{_BODIES}\b
        [^.]{{0,120}}?\bbiet\b
    | giao\ [^.;]{{3,120}}?\b(?:theo\ doi|don\ doc|tong\ hop)\b[^.;]{{0,60}}?\bbao\ cao\b
    | [a-z ,\-]{{3,160}}?\b(?:theo\ doi|don\ doc)\b[^.;]{{0,90}}?\b(?:thuc\ hien|trien\ khai|chap\ hanh)
        (?=\ {_PAPER}\b|\ (?:va|cua)\ |[,.;/]|\ ?\n|\ ?$)
    | (?:(?:yeu\ cau|de\ nghi|giao)\ (?:cac\ )?{_BODIES}
        |(?:dinh\ ky|hang|truoc|cham\ nhat|sau|ket\ thuc)\b[^.;]{{0,80}}?\bcac\ {_BODIES}
        |(?:thu\ truong\ |lanh\ dao\ |nguoi\ dung\ dau\ )?cac\ {_BODIES})
        \b[^.;]{{0,200}}?\bbao\ cao\ (?:[a-z]+\ ){{0,4}}?
        (?:ket\ qua|tinh\ hinh)\b(?:\ (?:to\ chuc|trien\ khai|thuc\ hien|xu\ ly))*
        (?=\ (?:ve|cho|gui|voi|truoc|theo|de|den|hang|dinh|bang|qua|uy|ubnd|thuong|ban|chu|so|tinh|huyen)\b
          |\ ?[.,;(/]|\ ?$)
    """,
    re.VERBOSE,
)
_LAST_SIZE = 600
_PARAGRAPH = re.compile(r"\n[ \n]*")
# Where lines were joined the closing follows in the same line; only its surest openings are believed there.
_CLOSING_SENTENCE = re.compile(
    r"(?<=[.;…)]) +(?=\((?:kem theo|gui kem|dinh kem)|(?:chi thi|cong dien|cong van) nay (?:duoc pho bien"
    r"|co hieu luc|thay the)"
    r"|tren day la\b|trong qua trinh (?:trien khai )?thuc hien,? neu)"
)


def find_speakers(text: Text, start: int, end: int) -> frozenset[str]:
    """Who gives the orders, from the preamble: the words before "yêu cầu", "giao", "đề nghị" that end it."""
    tail = text.folded[max(start, end - 800) : end]
    clauses = re.split(r"[.,;:()\n]+", tail)
    found = {match[1].strip() for clause in clauses if (match := _SPEAKER.match(clause.strip()))}
    return frozenset(name for name in found if len(name.split()) >= 2)


def find_closing(text: Text, after: int, end: int, speakers: frozenset[str]) -> int:
    """Where the closing begins behind the last mark at ``after``, or ``end``.

    A later paragraph is closing when it speaks about the paper itself ("Chỉ thị này …", "(Kèm theo …)", "Trên đây
    là …") or when the issuer speaks again as the one who orders; other paragraphs go on with the provision.
    """
    folded, raw = text.folded, text.raw
    for match in _PARAGRAPH.finditer(folded, after, end):
        place = match.end()
        if place >= end or not (raw[place].isupper() or raw[place] == "("):
            continue
        before = raw[after:place].strip()
        if not before or (len(before) < 100 and before[-1] not in ".;:!/"):
            continue  # the first paragraph under a heading is what the heading announces
        opening = raw[place : min(end, place + 600)]
        line = fold(unwrap(opening, find_wraps(opening, 0, 600)))
        if any(p.match(line) for p in (_CLOSING, _APPEAL, _CARRY_OUT)) or _speaks_again(line, speakers):
            return place
        last = end - place <= _LAST_SIZE and before[-1] in ".;!/"
        if last and folded.count("\n\n", place, end) <= 1 and _LAST_WORDS.match(line):
            return place
    for match in _CLOSING_SENTENCE.finditer(folded, after, end):
        if raw[after : match.start()].strip() and (raw[match.end()].isupper() or raw[match.end()] == "("):
            return match.end()
    return end


def _speaks_again(line: str, speakers: frozenset[str]) -> bool:
    return any(re.match(rf"{re.escape(name)} (?:[a-z]+ ){{0,3}}?{_ORDERS}\b", line) for name in speakers)
