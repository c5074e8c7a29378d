"""What orders nothing, for the measures: blotted out or left unspoken before anything is coded.

Bare lists in brackets, the parts of the 5K message, subjects of cited papers, names of bodies, exceptions, duties to
report, the parts of the "4 tại chỗ" motto; and of the preamble all but what the issuer says after its verb. Source: the
codebook, section 1.
"""

from __future__ import annotations

import re
from functools import lru_cache

from loaders.clauses import Words
from loaders.fold import Text
from loaders.records import Provision, Span, Zones
from loaders.spelling import MASK
from loaders.triggers import Triggers, match_at

_TITLE_LENGTH = 700

_BRACKET = re.compile(r"\([^()]{1,600}\)")
_MODAL = re.compile(r"\b(?:phai|yeu cau|khong duoc|bat buoc|chi duoc|thuc hien|nghiem (?:cam|tuc))\b|dừng|ngừng|cấm")
_FIVE_K_PART = (
    r"(?:deo )?(?:khau trang|khu khuan|khoang cach|khong (?:tu tap|tap trung)(?: [dđ]ong nguoi)?|khai bao y te)"
)
_FIVE_K_WORDS = ("deo ", "khau trang", "khu khuan", "khoang cach", "khong t", "khai bao y te")
_FIVE_K = re.compile(rf"\b{_FIVE_K_PART}(?:[ \n]*[-,;+&][ \n]*(?:va )?{_FIVE_K_PART}|[ \n]+va {_FIVE_K_PART}){{2,}}")
_PAPERS = (
    *("chi thi", "cong van", "quyet dinh", "thong bao", "cong dien", "ke hoach", "nghi quyet", "nghi dinh"),
    *("thong tu", "van ban", "ket luan", "to trinh"),
)
_CITED = re.compile(
    rf"\b(?:{'|'.join(_PAPERS)})"
    r" ?(?:so )?[^;:.\n]{0,30}?\d[^;:]{0,160}?\b(?:ve viec|ve|v/v|ban hanh|quy dinh)\b"
    r"(?! (?:tinh|thanh pho|huyen)\b)"
)
_BASIS_WORDS = ("can cu ",)
# "nhận được văn bản của Công ty … về việc xin …": what somebody asked for
_RECEIVED_WORDS = ("nhan duoc ",)
_RECEIVED = re.compile(
    r"\bnhan duoc (?:van ban|cong van|to trinh|don|de nghi|kien nghi|bao cao)[^;:\n]{0,200}?"
    r"\b(?:ve viec|ve|xin|de nghi)\b"
)
_BASIS = re.compile(
    r"\bcan cu (?:luat|nghi dinh|nghi quyet|quyet dinh|thong tu|phap lenh)\b(?:(?!,? (?:uy ban nhan dan|ubnd|chu tich"
    r"|ban chi dao|thu truong|yeu cau|de nghi)\b)[^\n;])*"
)
_MASKED = Triggers([_FIVE_K_WORDS, _PAPERS, _BASIS_WORDS, _RECEIVED_WORDS])
_SUBJECT_END = re.compile(r"[;:]|\.(?=\s|$)|\n\s*\n|,(?! *chong\b)|\bva (?=tiep tuc|cac (?:chi dao|van ban))")


def mask_text(shadow: str, body: Span) -> str:
    """``shadow`` with bare brackets, the parts of the 5K message and the subjects of cited papers blotted out."""
    # one word of masks each, so that a phrase reaches over it
    shadow = _BRACKET.sub(_covered, shadow[: body.end]) + shadow[body.end :]
    places = _MASKED.places(shadow)
    spans = [found.span() for found in match_at(places[_FIVE_K_WORDS], _FIVE_K, shadow, body.start, body.end)]
    spans += [found.span() for found in match_at(places[_BASIS_WORDS], _BASIS, shadow, body.start, body.end)]
    received = match_at(places[_RECEIVED_WORDS], _RECEIVED, shadow, body.start, body.end)
    covered = 0
    for match in sorted(
        [*match_at(places[_PAPERS], _CITED, shadow, body.start, body.end), *received], key=re.Match.start
    ):
        if match.start() >= covered:
            end = _SUBJECT_END.search(shadow, match.end(), body.end)
            covered = end.start() if end else body.end
            spans.append((match.end(), covered))
    return _blot(shadow, spans)


def _covered(bracket: re.Match[str]) -> str:
    return bracket[0] if _MODAL.search(bracket[0]) else f"({re.sub('[^;]', MASK, bracket[0][1:-1])})"


def _blot(string: str, spans: list[tuple[int, int]]) -> str:
    """``string`` with every word in ``spans`` turned into a run of masks; blanks and marks stay."""
    pieces, last = [], 0
    for start, end in sorted(spans):
        if end <= last:
            continue
        start = max(start, last)
        pieces += [string[last:start], re.sub(r"\w", MASK, string[start:end])]
        last = end
    return "".join(pieces) + string[last:]


# What a word of ``_TAILS`` leads is blotted out: exceptions, duties to report, sums.
_TAIL = re.compile(
    r"(?:(?:ngoai )?trừ (?:[^ ;.\n]+ ){1,30}"
    r"|bao cao (?:ket qua|tinh hinh|tien do|so lieu|so chot|so nguoi|so luong) [^;.\n]*"
    r"|(?:tong hop|thong ke) (?:ket qua|tien do|so lieu|so luong) (?:[^ ;.\n]+ ){1,6}"
    r"|(?:(?<=that su )|(?<=thuc su )|(?<=truong hop )|(?<=nhu cau )|(?<=viec ))can thiet (?:khac )?"
    r"(?:nhu|gom|bao gom|:) (?:(?!moi |duoc |phai |khong |khi )[^ ;.\n]+ ){1,40}"
    r"(?:; (?:di |mua |cap cuu |lam viec )[^;.\n]*)*)"
)
# "các nơi công cộng như: chợ, bến xe, …" names places
_PLACES = re.compile(r" (?:noi|khu vuc|dia diem|diem) (?:tap trung |tu tap )?(?:cong cong|đong nguoi)(?: :)? $")
_NAMED = re.compile(
    r"nhu (?:: )?(?:(?!phai |khong |duoc |thuc hien |bat buoc |trong |tu ngay |ke tu )[^ ;.\n]+ ){1,30}"
)
_TAILS = (" trừ ", " bao cao ", " tong hop ", " thong ke ", " can thiet ")
# The rules that somebody breaks order nothing anew: "xử lý trường hợp vi phạm quy định về | cách ly, khai báo y tế",
# "chịu trách nhiệm nếu để | người dân tụ tập".
_BROKEN = re.compile(
    r" vi pham (?:cac |nhung )?(?:quy dinh|yeu cau|bien phap|nguyen tac) | neu (?:de |khong |thuc hien )"
)
_BROKEN_WORDS = (" vi pham ", " neu ")
_ANSWERS = re.compile(r" (?:trach nhiem|xu ly|xu phat|ky luat|kiem diem) ")
# "12 người cách ly trong tuần qua", "Lũy kế 300 mẫu xét nghiệm": a clause that counts what happened.
# "tính đến" folds to the same as "tỉnh đến": a day or an hour follows
_PASSED = (
    *(f" trong {span} qua " for span in ("tuan", "thang", "ngay", "quy", "tuan vua", "thang vua", "quy vua")),
    *(f" tinh den {day}" for day in ("nay ", "ngay ", "het ", "thoi diem ", *"123456789")),
    " luy ke ",
    " tong so ca ",
)
_PRAISE = tuple(
    f" {word} " for word in ("bieu duong", "danh gia cao", "tri an", "khich le", "hoan nghenh", "chuc mung")
)
_LOOKED_BACK = (
    " gio qua ",
    " ngay qua ",
    " la nguy co ",
    " tiem an ",
    " con hien huu ",
)  # also in "người ở vùng dịch trong 14 ngày qua khai báo y tế"
_DEMANDED = re.compile(
    r" (?:phai|yeu cau|tiep tuc|t[aă]ng cuong|khan truong|de nghi|nghiem cam|can(?! bo| thiet| cu| trong| tho)) "
)
_ORDERED = re.compile(
    r" (?:phai|yeu cau|phan dau|muc tieu|thuc hien|tiep tuc|t[aă]ng cuong|to chuc|duoc"
    r"|can(?! bo| thiet| cu| trong| tho)|khan truong|truy vet|ra soat|dừng|cấm|ap dung|nới|noi long|dỡ|ket thuc"
    r"|cho phep|khoanh vung|phong toa) "
)
# "Thời gian qua, …", "Theo thống kê, …": a clause that tells
_TELLS = re.compile(
    r" (?:- )?(?:danh gia chung : )?(?:nhu vay )?(?:hien|hien nay|hien tai"
    r"|(?:trong )?(?:\d+|mot|hai|ba|bon|n[aă]m|sau|bay|muoi) (?:ngay|gio|tuan|thang) (?:lien tiep )?(?:vua )?"
    r"(?:qua|gan day|tro lai day)"
    r"|(?:trong )?(?:thoi gian|nhung ngay|may ngay|mot so ngay|tuan|thang) (?:(?:vua )?qua|gan day)|gan day|vua qua"
    r"|den nay|cho den nay|tinh den nay|theo thong ke|theo bao cao|qua (?:kiem tra|ra soat|theo doi|thuc te)"
    r"|thuc te|truoc do|ngay sau khi co) "
    r"(?=(?:[^;.\n]* )?(?:da|dang|co|van|xuat hien|ghi nhan|phat hien|tiep nhan|khong co|mot so|nhieu) )"
)
# "từ các địa bàn đang giãn cách xã hội theo Chỉ thị 16", "sau thời gian giãn cách": where and when, not what
_REGIME = re.compile(
    r" (?:(?:gian cach|cach ly) (?:toan )?xa hoi|gian cach|chi thi (?:so )?1[569](?: 2020)?(?: ct ttg| ct tg)?)"
    r"(?: theo (?:tinh than |nguyen tac |cac bien phap )?chi thi (?:so )?1[569](?: 2020)?(?: ct ttg| ct tg)?)? "
)
_REGIMES = (" gian cach ", " cach ly xa hoi ", " cach ly toan xa hoi ", " chi thi 1", " chi thi so 1")
_WHERE = re.compile(
    r" (?:(?:dang|trong|sau|het|suot) (?:thoi gian )?(?:phai )?(?:thuc hien|ap dung)|dang"
    r"|(?:trong|sau|het|suot) (?:thoi gian|thoi diem|giai doan)(?:(?: [^ ]+){0,4}? (?:thuc hien|ap dung))?"
    r"|(?:tu|o|tai|ve|den|cua|voi) (?:cac |nhung |mot so |\d+ )?(?:khu vuc|vung|dia ban|noi|tinh|dia phuong|huyen)"
    r"(?: [^ ]+){0,2} (?:thuc hien|ap dung)|(?:trong|tu|tai) (?:cac |nhung )?(?:khu vuc|vung|dia ban))"
    r"(?: (?:cac|viec|bien phap|quy dinh|theo|tinh than|nguyen tac|phong chong dich|gian cach|cach ly|xa hoi))* $"
)
# "13 ca được cách ly ngay", "đang cách ly 2.502 trường hợp"
_COUNTED = re.compile(
    r" (?:(?:co|ghi nhan|them|phat hien) (?:[^ ;.\n]+ ){0,3}\d+ (?:ca|truong hop|benh nhan|nguoi)"
    r"|dang (?:thuc hien |to chuc |duoc )?(?:cach ly|dieu tri|theo doi|giam sat|phong toa) (?:[^ ;.\n]+ ){0,4}\d+"
    r" (?:nghin |ngan )?(?:ca|truong hop|benh nhan|nguoi|ho|f0|f1)) "
)
_COUNTING = (" co ", " ghi nhan ", " them ", " phat hien ", " dang ")
_IF = (
    " khi",
    " neu",
    " noi",
    " truong hop",
    " phai",
    " ma",
    " co so",
    " don vi",
    " dia phuong",
    " dia ban",
    " vung",
    " tinh huong",
    " kich ban",
)
# "Tiến độ tiêm chưa đạt mục tiêu", "Các ca mắc mới đều ghi nhận trong khu cách ly"
_STATES = re.compile(
    r" (?:- )?(?:(?:tuy (?:vay|nhien)|song|mac du vay|ben canh do) )?(?:(?:voi|nho) su"
    r"|(?:co duoc |dat duoc )(?:ket qua|thanh qua|thanh tich)|day la (?:lan|dot) thu|thuc t(?:e|ien) cho thay"
    r"|(?:kinh te|doi song|san xuat|doanh nghiep) [^;.\n]{0,120}? (?:chiu|bi) anh huong"
    r"|(?:nguyen nhan|ly do) (?:chu yeu |chinh |cua [^;.\n]{1,80} )?la"
    r"|(?:cac |nhung )?bien phap [^;.\n]{0,200}? (?:la dung|da phat huy)"
    r"|(?:cac )?ca (?:mac|benh|nhiem)(?: moi)? (?:deu |duoc )?(?:ghi nhan|phat hien)"
    r"|(?:tinh hinh dich|dich benh) [^;.\n]*?dien bien"
    r"|(?:dich|dich benh|so ca(?: mac)?) [^;.\n]{0,200}?(?:lay lan|bung phat|phat sinh|t[aă]ng)"
    r"[^;.\n]{0,200}? (?:do|vi|boi|xuat phat tu)"
    r"|(?:mot so|nhieu|co) (?:noi|dia phuong|don vi|nguoi(?: dan)?|co so|truong hop|cap uy|ho) [^;.\n]{0,200}?"
    r"(?:con (?:de|co|chua|xay ra|bieu hien|xem nhe|tinh trang|hien tuong|tu tap|ra duong)"
    r"|van (?:con|chua|de|tu tap|mo))"
    r"|(?:tien do|ty le|so ca|so luong|so nguoi|tam ly|cong tac|viec|nhieu|mot so|mot bo phan|tinh trang) [^;.\n]*?"
    r"(?:chua dat|con cham|con thap|con han che|chua cao|chua kip thoi|van con|gia t[aă]ng|t[aă]ng cao|t[aă]ng nhanh"
    r"|dat thap|chua nghiem|chua tot|xuat hien o|con (?:so ho|long leo|buong long|lung tung|bi dong|bat cap|thieu|yeu)"
    r"|con (?:co bieu hien |bieu hien )?(?:chu quan|lo la)|van dien ra)) "
)
# "Các lực lượng đã tuần tra, xử phạt …" tells too, but neither "người đã tiêm …" nor "duy trì các chốt đã lập" do;
# "hạn chế tối đa tổ chức …" is read without its marks
_ACTED = re.compile(
    r"(?<! toi) da (?:duoc |lam viec |rat |kip thoi |chu dong |tich cuc |khan truong |quyet liet |nhanh chong "
    r"|dong loat |co ban |(?:hai|ba|nhieu|\d+) lan )?"
    r"(?:chi dao|ban hanh|co (?:van ban|cong van|chi dao|ke hoach)|trien khai|to chuc|thuc hien|tuan tra"
    r"|xu phat|xu ly|kiem tra|thanh lap|thiet lap|kich hoat"
    r"|lay mau|xet nghiem|truy vet|khoanh vung|phong toa|quyet dinh|cho"
    r"|(?:tam )?(?:dừng|ngừng|ngung)|dong cua|ap dung|huy dong|ho tro|trao|tiep nhan|bo tri|kiem soat|khong che"
    r"|tham muu|phoi hop|dua|giup|gia han|keo dai|van dong|vao cuoc|no luc"
    r"|co gang|hoan thanh|hoan tat|phat hien|ghi nhan|xuat hien|lap|giam sat|tuyen truyen|cach ly) "
)
_GOES_ON = re.compile(r"[^;.\n]{0,200} tiep tuc ")
_BACK = 400  # characters of a clause that are looked at before such a word
_SEEN = re.compile(r" da (?:xuat hien|ghi nhan|phat hien) ")
_NOT_TOLD = re.compile(
    r" (?:nguoi|f0|f1|f2|truong hop|doi tuong|ca|co so|don vi|doanh nghiep|hoc sinh|hanh khach|noi|khu vuc"
    r"|vung|ho|cong dan|neu"
    r"|khi|bien phap|quy dinh|noi dung|nhiem vu|ke hoach|phuong an|nhung gi|chot|khu|nhu)"
    r"(?: (?:nay|do|tren|benh|dan|lao dong|viec|noi|cach ly))? $"
    r"| (?:yeu cau|de nghi|giao|phai|t[aă]ng cuong|tiep tuc|duy tri|ra soat|kiem tra|xu ly|bao dam|dam bao|quan ly"
    r"|kiem soat|giam sat|khac phuc|phat huy|doi voi|truong hop|cho phep|thuc hien|to chuc|trien khai|cung co|truy vet"
    r"|xet nghiem|lap danh sach|phan loai|thuc hien|theo) "
)
_MOTTO = re.compile(r"(?<= )(?:4|bon) tai cho ((?:: )?(?:(?:[^ ;.\n]+ ){1,4}tai cho (?:; )?){2,4})")


def mask_words(words: Words, names: list[tuple[int, int]]) -> str:
    """``words.string`` with ``names``, exceptions, duties to report, what is told and the motto's parts blotted out."""
    string = words.string
    tails = (_TAIL.match(string, at + 1) for at in _places(string)[_TAILS])
    spans = [*names, *(match.span() for match in tails if match)]
    spans += [match.span(1) for match in _MOTTO.finditer(string)]
    places = (at for at in _places(string)[_SUCH_AS] if _PLACES.search(string, max(0, at - 50), at + 1))
    spans += [match.span() for at in places if (match := _NAMED.match(string, at + 1))]
    spans += _counts(string)
    spans += _breaches(words)
    spans += _tales(words)
    spans += _conditions(words)
    return _blot(string, spans) if spans else string


_SUCH_AS, _ALREADY = (" nhu ",), (" da ",)
_LEADS = Triggers([_TAILS, _BROKEN_WORDS, _PASSED, _PRAISE, _LOOKED_BACK, _REGIMES, _COUNTING, _SUCH_AS, _ALREADY])


@lru_cache(maxsize=1)
def _places(string: str) -> dict[tuple[str, ...], list[int]]:
    return _LEADS.places(string)


def _counts(string: str) -> list[tuple[int, int]]:
    """Clauses that count what happened and order nothing."""
    spans = []
    for at, ordered in [
        *((at, _DEMANDED) for at in _places(string)[_PASSED]),
        *((at, _ORDERED) for at in _places(string)[_LOOKED_BACK]),
    ]:
        start = max(string.rfind(mark, 0, at) for mark in ";.\n") + 1
        end = _clause_end(string, at)
        if not ordered.search(string, start, end):
            spans.append((start, end))
    return spans


def _breaches(words: Words) -> list[tuple[int, int]]:
    """What stands behind a breach of rules for which somebody answers, to the end of the clause."""
    string, spans = words.string, []
    for at in _places(string)[_BROKEN_WORDS]:
        match = _BROKEN.match(string, at)
        if match and _ANSWERS.search(string, words.bounds[words.clause(at)], at + 1):
            spans.append((match.end(), _clause_end(string, match.end() - 1)))
    return spans


def _tales(words: Words) -> list[tuple[int, int]]:
    """Clauses, or their ends, that tell what was done."""
    string, spans = words.string, []
    for start in words.bounds:
        match = _TELLS.match(string, start)
        if match:
            spans.append((start, _told_end(string, match.end())))
        elif _STATES.match(string, start):
            end = _clause_end(string, start + 1)
            if not _DEMANDED.search(string, start, end):
                spans.append((start, end))
    spans += [(at, _told_end(string, at + 1)) for at in _places(string)[_PRAISE]]
    for at in _places(string)[_ALREADY]:
        match = _ACTED.match(string, at)
        start = words.bounds[words.clause(at)]
        if match and not _NOT_TOLD.search(string, max(start, at - _BACK), at + 1):
            spans.append((start if _SEEN.match(string, at) else at, _told_end(string, match.end())))
    return spans


def _conditions(words: Words) -> list[tuple[int, int]]:
    """Regimes that say where or when a thing holds ("từ nơi đang giãn cách xã hội"), and clauses that count cases."""
    string, spans = words.string, []
    for at in _places(string)[_REGIMES]:
        match = _REGIME.match(string, at)
        if not match or _GOES_ON.match(string, match.end() - 1):
            continue
        if where := _WHERE.search(string, max(words.bounds[words.clause(at)], at - 80), at + 1):
            spaced = string.find(" gian cach ", where.start(), at)
            spans.append((spaced if spaced >= 0 else at, match.end()))
    for at in _places(string)[_COUNTING]:
        if _COUNTED.match(string, at) and not string.endswith(_IF, 0, at):
            start, end = words.bounds[words.clause(at)], _clause_end(string, at)
            if not _ORDERED.search(string, max(start, at - _BACK), at + 1) and not _DEMANDED.search(string, at, end):
                spans.append((start, end))
    return spans


def _told_end(string: str, at: int) -> int:
    """End of the clause, or the demand in it: "… đã phát hiện ca bệnh, yêu cầu …"."""
    end = _clause_end(string, at)
    demand = _DEMANDED.search(string, at - 1, end)
    return demand.start() if demand else end


def _clause_end(string: str, at: int) -> int:
    return min((stop for mark in ";.\n" if (stop := string.find(mark, at)) >= 0), default=len(string))


_ORDER_VERB = (
    r"(?:yeu cau|de nghi|giao|chi dao|quyet dinh|chi thi|thong nhat|kien nghi|quy dinh|thong bao|huong dan|khuyen cao)"
)
_SPEAKS = re.compile(
    r"(?<!cua )\b(?:ban thuong vu|thuong truc|uy ban nhan dan|ubnd|chu tich|thu tuong(?: chinh phu)?|bo truong|giam doc"
    r"|ban chi dao|(?:tinh|huyen|thanh|thi|dang) uy|hoi dong nhan dan|hdnd|chinh phu|so y te|bo y te|ban bi thu)\b"
    r"[^,.;:\n]{0,80}? (?:yeu cau|de nghi|giao|chi thi|quyet dinh)\b(?! cua)"
    r"|(?:^|\n|\. )[ \-*]*(?:yeu cau|de nghi|giao|quyet dinh)\b"
)
_ANNOUNCES = re.compile(rf"\b(?:{_ORDER_VERB}|nhu sau|sau day|sau|cu the)(?: [^.;:\n]{{0,120}})?[ *_]*:")
_LEGAL_BASIS = re.compile(r"(?:^|\n)[ \-*_]*(?:can cu|theo de nghi|xet de nghi|xet to trinh)\b[^\n]*")


# "I. Tình hình dịch bệnh", "1. Kết quả đạt được": a part that reports.
_REPORTING = re.compile(
    r"[ivx\d.\-) *_]*(?:danh gia chung|(?:(?:danh gia|khai quat|tom tat|ve) )?"
    r"(?:tinh hinh|ket qua|thuc trang|dac diem|nhan dinh|du bao))\b"
    r"(?! (?:hinh thuc|xet nghiem))[^\n;:]{0,90}(?:\n|:|$)"
)


def _ordering(provisions: tuple[Provision, ...], folded: str, first: int, end: int) -> list[tuple[int, int]]:
    """What lies after ``first`` but the top-level parts whose heading says that they report."""
    spans, start = [], first
    for item in provisions:
        if item.depth == 0 and item.start >= start and _REPORTING.match(folded, item.start, item.end):
            spans.append((start, item.start))
            start = item.end
    return [*spans, (start, end)]


def spoken_spans(text: Text, zones: Zones, provisions: tuple[Provision, ...], words: Words) -> list[tuple[int, int]]:
    """Parts of the body in which the issuer orders: all provisions and what follows them; of the preamble the rest of
    each sentence after the issuer's verb; the whole body after that verb where there are no provisions."""
    body, folded = zones.body, text.folded
    first = min((item.start for item in provisions), default=body.end)
    spans = _ordering(provisions, folded, first, body.end) if provisions else []
    basis = [match.span() for match in _LEGAL_BASIS.finditer(folded, body.start, first)]
    orders = [
        match
        for pattern in (_SPEAKS, _ANNOUNCES)
        for match in pattern.finditer(folded, body.start, first)
        if not any(start <= match.start() and match.end() <= end for start, end in basis)
    ]
    if not orders:
        title = not provisions and body.end - body.start < _TITLE_LENGTH and not zones.header.end
        return [(body.start, body.end)] if title else spans
    if not provisions:
        return [(min(match.end() for match in orders), body.end)]
    for match in orders:
        clause = words.clause(words.position(match.end() - 1))
        sentence = words.sentences[clause]
        while clause + 1 < len(words.bounds) and words.sentences[clause + 1] == sentence:
            clause += 1
        stop = words.bounds[clause + 1] if clause + 1 < len(words.bounds) else len(words.string) - 1
        spans.append((match.end(), min(words.raw(stop), first)))
    return spans
