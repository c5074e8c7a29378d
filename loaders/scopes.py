"""Whom or where a coded passage holds for: ``general``, ``targeted``, or empty where its words do not settle it.

Source: the codebook, section 2 (targeted: one group, sector, district). Read from the clause of the passage: a place
below the province where it holds ("tại phường 7", "thị xã Hòa Bình tiếp tục …", not "UBND huyện …" nor "từ huyện …"), a
group it is for ("công nhân", "lớp 12"), or words that leave nobody out ("toàn tỉnh", "mọi người dân"). People stay at
home where the authority that is told to see to it governs ("UBND huyện X thực hiện cách ly xã hội"), and in the place
that the paper is about ("Về việc giãn cách xã hội trên địa bàn huyện X", issued by the province).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.fold import Text, fold
from loaders.records import Header

_PLACE_CODES = frozenset(
    ["schools", "workplaces", "transport", "stay_at_home", "gatherings", "area_zoning", "testing", "vaccination"]
)
_GROUP_CODES = frozenset(["testing", "vaccination", "health_declaration"])
_CASE_CODES = frozenset(["quarantine_isolation", "contact_tracing"])  # about those who may carry it, never about all
_SECTOR_CODES = frozenset(["workplaces", "public_events"])

_UNIT = (
    r"(?:huyện|thành phố|thị xã|quận|phường|xã|thị trấn|thôn|ấp|khóm|khu phố|tổ dân phố|bản|buôn|chợ|KCN"
    r"|khu công nghiệp)"
)
_PLACE = re.compile(
    rf"\b(?i:{_UNIT}) (?!Hồ Chí Minh|Hà Nội|Đà Nẵng|Cần Thơ|Hải Phòng|Trung ương)(?:số )?(?:[A-ZĐ-Ỹ]\w+|\d+)"
)
_SOME = re.compile(
    r" (?:mot so|(?:\d+|hai|ba|bon|n[aă]m) (?:xa|huyen|phuong|thon|quan)|(?:xa|huyen|phuong|thon|dia ban|vung|khu vuc"
    r"|noi|dia phuong) (?:co dich|co ca|co nguy co|nguy co|đỏ|cam|xanh|cap \d|vung cao|mien nui|trong diem|con lai|khac"
    r"|giap ranh|neu (?:o|tai))) "
)
# before a place: a body of it, or where somebody comes from
_NO_LOCUS = re.compile(
    r"(?:ubnd|uy ban nhan dan|cong an|chu tich|bi thu|ban chi dao|y te|benh vien|da khoa|quan su|bien phong|mat tran"
    r"|mttq|hdnd|hoi dong nhan dan|phong|ban quan ly|doan|hoi|giao|\btu|\btru|ngoai|nguoi o|dang o"
    r"|tro ve|den tu|ve tu|di qua|giap)"
    r"[ ,]*(?:cac |cua )?$"
)
_GOVERNS = re.compile(r"(?:^|[.;:\n])[^a-z]*(?:chu tich )?(?:ubnd|uy ban nhan dan) $")
_EVERYONE = re.compile(
    r" (?:(?:tren (?:pham vi |dia ban )?)?toan tinh|toan thanh pho|tren dia ban tinh|ca tinh|khap tinh|toan quoc"
    r"|ca nuoc|tat ca cac (?:huyen|dia phuong|xa)|moi (?:nguoi(?: dan)?|cong dan)|tat ca (?:moi )?nguoi(?: dan)?"
    r"|toan (?:the )?(?:nhan )?dan) "
)
_WHOLE_PROVINCE = re.compile(r" (?:toan tinh|tren dia ban tinh|ca tinh|khap tinh) ")
_ALL_BUT_GROUP = re.compile(r" (?:toan dan|moi nguoi(?: dan)?|nguoi dan|nhan dan|tat ca (?:moi )?nguoi(?: dan)?) ")
_GRADE = re.compile(
    r" (?:(?:lop|khoi) (?:\d+|la|mot|n[aă]m)|mam non|tieu hoc|trung hoc(?: co so| pho thong)?|thcs|thpt|cuoi cap) "
)
_EVERY_GRADE = re.compile(
    r" (?:mam non|mau giao|tre em) (?:[^ ]+ ){0,12}(?:trung hoc pho thong|thpt|sinh vien|hoc vien) "
    r"| (?:hoc sinh|hoc vien|truong(?: hoc)?|sinh vien) (?:[^ ]+ ){0,4}?(?:cac cap(?: hoc)?|moi cap hoc) "
)
_GROUP = re.compile(
    r" (?:cong nhan|nguoi lao dong|lao dong|tieu thuong|tai xe|lai xe|phu xe|nhan vien|hoc sinh|sinh vien|giao vien"
    r"|thuyen vien|shipper|nguoi giao hang|tre (?:em|tu|tren|duoi|\d+)|tre|nguoi (?:cao tuoi|gia|nhap canh|ban hang)"
    r"|nguoi (?:(?:tro )?ve|đen|den|đi|đi ve) tu"
    r"|nguoi (?:da |đa |tung )?(?:o|tu|đen|den|đi|di qua) (?:[^ ]+ ){0,12}?(?:tro )?ve|nhap canh|nhung nguoi nay"
    r"|(?:nguoi )?tren \d+ tuoi|tuyen dau|phu nu mang thai|can bo|cong chuc|dang vien|ho kinh doanh|bao ve|bep [aă]n"
    r"|tu \d+ den \d+ tuoi|nguoi co benh nen|chu tau|ngu dan|khach|hanh khach) "
)
_FOCUS = re.compile(r" (?:trong tam trong diem|(?:nhom|doi tuong|đoi tuong|khu vuc|noi) (?:co )?nguy co(?: cao)?) ")
_APART_PUPILS = re.compile(
    r" (?:hoc sinh|sinh vien|tre) (?:[^ ]+ ){0,4}?(?:cach ly|f0|f1|mac covid|khong the|chua the|vung cao|noi tru) "
)
_STAFF = re.compile(r" (?:nhan vien|can bo|luc luong) (?:nganh )?y te ")
_IN_SITE = re.compile(
    r" (?:trong|tai|o) (?:cac |moi )?(?:truong(?: hoc)?|nha may|benh vien|co quan|cong so|cho|sieu thi|doanh nghiep) "
)
_WEARERS = re.compile(
    r" (?:hanh khach|khach hang|khach|nguoi benh|benh nhan|cong nhan|nguoi lao dong|hoc sinh|sinh vien|giao vien"
    r"|tieu thuong|lai xe|tai xe|thi sinh) (?:[^ ]+ ){0,8}?(?:đeo|deo|su dung|mang|thuc hien) "
)
_EVERY_TRADE = re.compile(
    r" (?:(?:khong|chua)(?: that su| thuc su)? (?:thiet yeu|can thiet)|(?:moi|tat ca(?: cac)?) (?:hoat dong|co so)) "
)
_MODES = re.compile(
    r"(?<= )(xe om|taxi|xe buyt|xe khach|xe hop dong|xe du lich|pha|đò|tau hoa|tau khach|may bay|chuyen bay) "
)
_ALL_MODES = re.compile(r" (?:van (?:tai|chuyen)|hanh khach cong cong|phuong tien|cac loai xe|toan bo xe) ")
_SOME_FIRMS = re.compile(
    r" (?:doanh nghiep|nha may|cong ty|co so(?: san xuat| kinh doanh)?|chợ|sieu thi|xi nghiep)"
    r" (?:trong|thuoc|dang|co|khong|de|giu|chua|nao|may|che bien|thuy san|da|nam|ngoai|duoi|tren) "
)
_PUBLIC_CAP = re.compile(r" \d+ nguoi (?:tro len )?(?:[^ ]+ ){0,12}?(?:noi|dia diem) cong cong ")
_FLOCK = re.compile(r" (?:tin đo|tin do|giao dan|phat tu|tang ni|cong nhan|hoc sinh|sinh vien|thi sinh) ")
_FRAIL = re.compile(r" (?:nguoi (?:gia|cao tuoi|tren \d+ tuoi|co benh nen)|tre em) ")


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a paper reaches: the folded name of its issuer, and whether it is about a part of the issuer's area."""

    issuer: str = ""
    partial: bool = False


def read_reach(text: Text, header: Header | None) -> Reach:
    """Reach by the issuer and the subject of the header."""
    if header is None or header.issuer is None:
        return Reach()
    issuer = fold(header.issuer.value)
    about = header.subject
    partial = about is not None and bool(
        _loci(text.raw[about.start : about.end], text.folded[about.start : about.end], issuer)
    )
    return Reach(issuer, partial)


def parse_scope(code: str, words: str, raw: str, folded: str, reach: Reach = Reach()) -> str:
    """Scope that the clause settles.

    Parameters
    ----------
    words
        The clause as in ``Words.string``, near the passage.
    raw, folded
        The same stretch as printed, and its folded shadow of the same length.
    reach
        How far the paper reaches; the issuer's own area is no part of it.
    """
    if code in _PLACE_CODES and (_loci(raw, folded, reach.issuer) or _SOME.search(words)):
        return "targeted"
    if is_partial(code, words, reach):
        return "targeted"
    everyone = _EVERYONE.search(words)
    if code == "schools":
        every = _EVERY_GRADE.search(words)
        graded = (_GRADE.search(words) and not every) or _APART_PUPILS.search(words)
        return "targeted" if graded else "general" if everyone or every else ""
    if code == "testing" and _FOCUS.search(words):
        return "" if everyone else "targeted"
    if code in _GROUP_CODES | _CASE_CODES and _GROUP.search(_STAFF.sub(" ", words)):
        return "" if everyone else "targeted"
    if code == "personal_protection" and (_IN_SITE.search(words) or _WEARERS.search(words)):
        return "" if everyone else "targeted"
    if code == "workplaces" and not everyone and _SOME_FIRMS.search(words):
        return "targeted"
    if code == "transport" and not everyone and not _ALL_MODES.search(words) and len(_modes(words)) == 1:
        return "targeted"
    if code == "gatherings" and (_FLOCK.search(words) or _PUBLIC_CAP.search(words)):
        return "targeted" if _FLOCK.search(words) else "general"
    if code == "stay_at_home" and (_FRAIL.search(words) or _governed(raw, folded, reach.issuer)):
        return "targeted"
    if everyone and code not in _SECTOR_CODES and code != "area_zoning":
        return "general" if code in _PLACE_CODES | _GROUP_CODES | {"personal_protection"} else ""
    return ""


def is_partial(code: str, words: str, reach: Reach) -> bool:
    """Whether what is ordered holds for the part of the issuer's area that the paper is about."""
    return reach.partial and code in _PLACE_CODES | _SECTOR_CODES and not _WHOLE_PROVINCE.search(words)


def names_everyone(words: str) -> bool:
    """Whether the words tell the people at large what to do: "người dân không ra đường"."""
    return bool(_ALL_BUT_GROUP.search(words)) and not _FRAIL.search(words)


def every_trade(words: str) -> bool:
    """Whether the words stop or open trades at large, or everywhere, and not one of them."""
    return bool(_EVERY_TRADE.search(words) or _EVERYONE.search(words))


def _modes(words: str) -> set[str]:
    return {match[1] for match in _MODES.finditer(words)}


def _loci(raw: str, folded: str, issuer: str) -> list[re.Match[str]]:
    """Places below the province that are named as where a thing holds, but for the issuer's own."""
    return [
        found
        for found in _PLACE.finditer(raw)
        if not _NO_LOCUS.search(folded, max(0, found.start() - 40), found.start())
        and folded[slice(*found.span())] not in issuer
    ]


def _governed(raw: str, folded: str, issuer: str) -> bool:
    """Whether the authority of a place below the issuer's is what the clause begins with."""
    return any(
        _GOVERNS.search(folded, 0, found.start()) and folded[slice(*found.span())] not in issuer
        for found in _PLACE.finditer(raw)
    )
