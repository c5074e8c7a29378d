"""Who speaks in the text of a paper: "Ban Thường vụ Tỉnh ủy yêu cầu", "Chủ tịch UBND tỉnh giao:", "Sở Y tế đề nghị"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import regex

from loaders.fold import Text, fold
from loaders.header_issuer import UNITS, Issuer, body_name
from loaders.layout_words import is_capitals, nearly
from loaders.records import Span

_SPEAKS = (
    r"(?:yeu cau|de nghi|giao\b|chi dao|chi thi|ban hanh|keu goi|thong bao|quyet dinh|quyet nghi|co y kien|thong nhat|"
    r"dien\b|ket luan|cho phep|dieu chinh|tam dung|ap dung|quy dinh|luu y|phan cong|cong bo|nhan thay|huong dan|"
    r"trien khai|xay dung|truyen dat|phat dong|ra loi|khuyen cao|nghiem cam)"
)
_ORGAN = r"(?:ban thuong vu|thuong truc|ban chap hanh dang bo)"
_OWN_ORGAN = r"(?:ban thuong vu|ban thuong truc|thuong truc|ban chap hanh|doan chu tich)"
_COMMITTEE = r"(?:tinh|thanh|huyen|thi|quan) uy"
_HEAD = (
    r"(?:pho chu tich thuong truc|(?:pho )?(?:chu tich|giam doc)|bo truong|truong(?= ban)|truong ban|cuc truong"
    r"|thu truong)"
)
_HEAD_BEFORE = regex.compile(rf"{_HEAD} (?=\S)")
_UNIT_WORD = r"(?:tinh|thanh pho|huyen|thi xa|quan|xa|phuong)"
_ADVERB = r"(?:da |cung |tiep tuc |tran trong |kinh |dong y |nghiem tuc )?"
_LOCAL = (
    rf"(?P<organ>{_ORGAN}) (?P<committee>{_COMMITTEE})|(?P<committee2>{_COMMITTEE})"
    rf"|(?:(?P<head>{_HEAD}) )?(?:uy ban nhan dan|ubnd) (?P<unit>{_UNIT_WORD})"
)
_CENTRAL = (
    r"(?P<central>(?P<deputy>pho thu tuong(?: chinh phu)?|thu tuong(?! chinh phu))|thu tuong chinh phu"
    r"|(?:bo truong )?bo y te|(?:truong )?ban chi dao quoc gia)"
)
_DEPARTMENT = (
    r"(?P<department>so (?:y te|giao duc va dao tao|giao thong van tai|cong thuong|noi vu|du lich|tai chinh"
    r"|lao dong ?- ?thuong binh va xa hoi|thong tin va truyen thong|van hoa,? the thao va du lich))"
)
_TELLS = regex.compile(r"\sda\s+\w+(?:\s\w+)?$")  # "UBND tỉnh đã ban hành nhiều văn bản" tells, and orders nothing yet
_OBJECT = regex.compile(
    r"(?:\bcua|\btheo|\btruc thuoc|\bbao cao|\btham muu|\bcho|\bvoi|\btrinh|\bgiup|\bde|\bdang|\bva|\bvan phong|\bvien"
    r"|\bban tuyen giao|\bban dan van|\bban to chuc|\bbi thu|\bcac|\bcap|\blanh dao|\bchu tich|\bgiao|\bgiam doc)\s*$"
)
_DISTRICT_UNITS = ("huyện", "thị xã", "quận", "xã", "phường")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks in the text: on whose behalf as written, and the body behind it without its place."""

    on_behalf_of: str
    issuer: str
    branch: str
    level: str
    start: int
    end: int


@lru_cache(maxsize=256)
def _speaker_pattern(short: str) -> regex.Pattern[str]:
    own = f"(?P<own>(?:(?:{_HEAD}|{_OWN_ORGAN}) )?(?:{_own_names(short)})(?: {_UNIT_WORD}(?! uy))?)|" if short else ""
    spoken = rf"(?P<body>{own}{_LOCAL}|{_CENTRAL}|{_DEPARTMENT})"
    whole = rf"(?<![\w/]){spoken}(?P<place>(?: \p{{L}}+){{0,4}}?),? {_ADVERB}{_SPEAKS}"
    return regex.compile(whole.replace(" ", r"\s+"))


def _own_names(short: str) -> str:
    """How a paper calls its own issuer: "Sở Giao thông vận tải", "Sở GTVT", "Sở", "Ban Chỉ đạo tỉnh"."""
    folded = fold(short)
    names = [regex.escape(folded).replace("\\ ", " ").replace("ubnd", "(?:ubnd|uy ban nhan dan)")]
    names[0] = names[0].replace("hoi dong nhan dan", "(?:hdnd|hoi dong nhan dan)")
    first, _, field = folded.partition(" ")
    if first in ("so", "bo", "cuc", "phong") and field:
        initials = [word[0] for word in regex.findall(r"\w+", field) if word != "va"]
        names += [f"{first} " + r"[\W_]{0,3}".join(initials), rf"{first}(?= {_ADVERB}{_SPEAKS})"]
    if folded.startswith(("ban chi dao", "so chi huy", "trung tam chi huy")):
        names.append(
            " ".join(folded.split()[: 4 if folded.startswith("trung") else 3])
            + rf"(?: (?:quoc gia|{_UNIT_WORD})\b)?(?: [\w ,-]{{1,60}}?)??"
        )
    if first == "benh" and field:
        names.append("benh vien")
    if "mat tran to quoc" in folded:
        names.append(r"(?:uy ban )?(?:mttq|mat tran to quoc)(?: viet nam)?")
    return "|".join(names)


def match_speaker(text: Text, body: Span, own: Issuer) -> Speaker | None:
    """First body that orders in its own name: "Ban Thường vụ Tỉnh ủy yêu cầu", "Chủ tịch UBND tỉnh giao:".

    Where the issuer is known only it or its head can speak: letters report what others ordered all the time. Not "… của
    Ban Thường vụ Tỉnh ủy giao", where it is the object. An office (Văn phòng) hands on what the head or the committee
    that it serves has decided: they speak where their sentence opens the list ("Chủ tịch UBND tỉnh có ý kiến:"). A
    central body is believed to be the issuer of a paper without letterhead only where its sentence ends with a colon.
    """
    serves = own.short.startswith("Văn phòng ")
    first = None
    for found in _speaker_pattern(own.short).finditer(text.repaired, body.start, body.end):
        before = text.folded[max(body.start, found.start() - 24) : found.start()]
        if _OBJECT.search(before) or not text.raw[found.start()].isupper() or (found["deputy"] and not serves):
            continue
        speaker = _speaker(found, text)
        if not own.short:
            if not found["central"] or _opens_list(text, found.end()):
                return speaker
        elif _is_own(found, speaker, own):
            named = replace(speaker, on_behalf_of=own.short) if " " not in speaker.on_behalf_of else speaker
            first = first or named
            if not serves and not _TELLS.search(found[0]):
                return named
        elif serves and found["own"] is None and _is_served(found, speaker, own) and _opens_list(text, found.end()):
            return speaker
    return first


def _is_served(found: regex.Match[str], speaker: Speaker, own: Issuer) -> bool:
    """Head or standing board of the body whose office issues: "Chủ tịch UBND tỉnh" of "Văn phòng UBND tỉnh"."""
    master = fold(own.short).removeprefix("van phong ")
    if found["central"]:
        return master == "chinh phu" and "thu tuong" in found["central"]
    return bool(found["head"] or found["organ"]) and fold(speaker.issuer.replace("Ủy ban nhân dân", "UBND")) == master


def _opens_list(text: Text, at: int) -> bool:
    return text.folded[at : at + 200].split("\n")[0].rstrip().endswith(":")


def _is_own(found: regex.Match[str], speaker: Speaker, own: Issuer) -> bool:
    if found["own"] is not None:
        return True
    return fold(speaker.issuer.replace("Ủy ban nhân dân", "UBND")) == fold(own.short)


_COMMITTEES = {"tinh": "Tỉnh ủy", "thanh": "Thành ủy", "huyen": "Huyện ủy", "thi": "Thị ủy", "quan": "Quận ủy"}
_ORGANS = {"committee2": ("ban thuong vu ", "thuong truc "), "unit": ("chu tich ",)}


def _organ_start(text: Text, start: int, found: regex.Match[str]) -> int:
    """Where the words before the body begin when a scan misread them: "Ban Thuờnq vụ Tỉnh ủy"."""
    group = next((name for name in _ORGANS if found[name] and not (name == "unit" and found["head"])), "")
    for organ in _ORGANS.get(group, ()):
        at = start - len(organ)
        if at >= 0 and text.raw[at].isupper() and nearly(text.folded[at:start], organ, 75):
            return at
    return start


def _in_normal_case(written: str) -> str:
    """ "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH" → "Chủ tịch Ủy ban nhân dân tỉnh"; "UBND tỉnh" stays."""
    if not is_capitals(written) or " " not in written:
        return written
    head = _HEAD_BEFORE.match(fold(written))
    at = head.end() if head else 0
    return f"{written[:at].capitalize()}{body_name(written[at:])}"


def _speaker(found: regex.Match[str], text: Text) -> Speaker:
    start, end = found.span("body")
    start = _organ_start(text, start, found)
    written = _in_normal_case(" ".join(text.raw[start:end].split()))
    if committee := (found["committee"] or found["committee2"]):
        name = _COMMITTEES[committee.split()[0]]
        level = {"Tỉnh ủy": "province", "Thành ủy": ""}.get(name, "district")
        return Speaker(written, name, "party", level, start, end)
    if unit_words := found["unit"]:
        unit = UNITS[" ".join(unit_words.split())]
        level = "province" if unit == "tỉnh" else "district" if unit in _DISTRICT_UNITS else ""
        return Speaker(written, f"Ủy ban nhân dân {unit}", "government", level, start, end)
    level = "central" if found["central"] else "province"
    head = _HEAD_BEFORE.match(fold(written))
    issuer = written[head.end() if head else 0 :]
    return Speaker(written, issuer, "government", level, start, end)
