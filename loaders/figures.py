"""Body → counts that the text reports, orders or aims at: "27 trường hợp dương tính", "03 Chốt kiểm soát", "70 %".

A number counts only before a noun that can be counted (people, cases, places, means, money, shares). Numbers that name
something are none: documents, days, routes, districts with a number, "4 tại chỗ", "5K", "tầng 3", "F0", "24/24".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.fold import Text, fold
from loaders.records import Figure, Provision, Zones
from loaders.spelling import any_of, lower_case

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_SCALE = {"nghin": 1e3, "ngan": 1e3, "trieu": 1e6, "ty": 1e9, "ti": 1e9}
# Nouns that are counted, with their marks: folding merges bản and bàn, tổ and tờ.
_NOUNS = """
ca, trường hợp, bệnh nhân, người, F0, F1, F2, F3, F4, nhân khẩu, hộ dân, hộ gia đình, hộ, hành khách, học sinh,
học viên, sinh viên, giáo viên, cán bộ, nhân viên y tế, nhân viên, chiến sĩ, chiến sỹ, dân quân, đoàn viên, hội viên,
tình nguyện viên, công nhân, người lao động, lao động, bác sĩ, bác sỹ, điều dưỡng, thành viên, đối tượng, công dân,
đại biểu, lái xe, trẻ em, lượt người, lượt khách, lượt, du khách, khách, thí sinh, tín đồ, phật tử, giáo dân,
thuyền viên, ngư dân, tiểu thương, thai phụ, chuyên gia, phạm nhân, đảng viên
tỉnh, quận, huyện, thị xã, thành phố, xã, phường, thị trấn, ấp, thôn, bản, buôn, khóm, khu phố, tổ dân phố, địa phương,
địa bàn, khu vực, khu dân cư, điểm dân cư, quốc gia
ổ dịch, chùm ca bệnh, chùm, điểm nóng, điểm đỏ, điểm tiêm, điểm, chốt chặn, chốt, trạm kiểm soát, trạm y tế lưu động,
trạm y tế, trạm, khu cách ly, khu phong tỏa, khu công nghiệp, khu điều trị, khu, cơ sở điều trị, cơ sở cách ly,
cơ sở y tế, cơ sở, bệnh viện dã chiến, bệnh viện, phòng khám, trung tâm, chợ, siêu thị, nhà máy, doanh nghiệp, đơn vị,
đôi tàu khách, đôi tàu, trường học, trường, lớp học, điểm thi, phòng học, cửa hàng, công ty, lán, lều,
tổ covid cộng đồng, tổ công tác, tổ, đội phản ứng nhanh, đội, nhóm, đoàn kiểm tra, đoàn công tác
giường bệnh, giường, mẫu xét nghiệm, mẫu gộp, mẫu, liều vắc xin, liều vắc-xin, liều, mũi, suất quà, suất ăn, suất,
bộ kit, kit, bộ test, test, khẩu trang, máy thở, máy xét nghiệm, máy, xe cứu thương, xe, phương tiện, tàu thuyền, tàu,
chuyến, tuyến xe, tuyến, vòng, chỗ, buồng, phòng, thiết bị, bình oxy, tấn, kg, lít, đồng, usd, mét, m, km, vụ việc, vụ
"""
_UNITS: dict[str, set[str]] = {}  # the nouns of each folded form: "cho" is "chợ" and "chỗ"
for _noun in filter(None, re.split(r"[,\n]\s*", _NOUNS.lower())):
    _UNITS.setdefault(fold(_noun), set()).add(_noun)
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True)).replace(r"\ ", r"[ \n]")
_FIGURE = re.compile(
    rf"""
    (?=[\d#])(?<![\w/.,:\-{{^_])(?:\#[ \n]?)?
    (?P<low>{_NUMBER})(?:[ \n]?(?P<lowpct>%))?
    (?:[ \n]?(?:-|den)[ \n]?(?P<high>{_NUMBER})(?![\d/])(?:[ \n]?(?P<pct>%))?)?
    (?:[ \n]?\([a-z0-9 ]{{1,20}}\))?
    (?:[ \n](?P<scale>nghin|ngan|trieu|ty|ti))?
    (?:(?<=%)|[ \n]?(?P<sign>%)|[ \n](?P<unit>{_UNIT})\b(?![ \n](?:gio|phut)))
    """,
    re.VERBOSE,
)
_AFTER_UNIT_LIST = re.compile(r"(?:,? (?:va )?(?:quan|huyen|thi xa|thanh pho|xa|phuong|thi tran|ap|khu pho|tinh)\b)+")
# A number behind one of these words is a name or belongs to a reference.
_NAMED = re.compile(
    r"\b(?:quan|phuong|(?<!tong )so|dieu|khoan|(?<!thi )diem|muc|tang|cap|vung|quoc lo|ql|dt|tinh lo|duong|tuyen|dot"
    r"|lan|giai doan|to|khu pho|ap|thon|chi thi|nghi quyet|quyet dinh|cong van|thang|nam|ngay|phu luc|hotline"
    r"|thoai|dien thoai|thu|khoa|nhom|loai|muc do|benh nhan"
    r"|bn|covid|cov|lien khu|cum|cong dien|ke hoach|ca ba|tam|dich|quy|mui|lop|(?<!tri )(?<!chua )khoi|ho chi minh|buoc"
    r"|ca)(?: so)? ?(?:-|:)? ?$"
)
# What is said before a number, with its marks: folding merges "giảm" and "giám sát", "cử" and "căn cứ".
_REPORTED = any_of("""
ghi nhận, gồm, phát hiện, đã phân bổ, được phân bổ, có thêm, nâng tổng số, thống kê, tính đến, đến nay, hiện nay,
hiện có, hiện đang, lũy kế, tổng số, tổng cộng, trong đó, đã có, đã ghi, đã phát, đã tiêm, đã tiếp nhận, đã đưa,
đã đón, đã vận chuyển, đã xử phạt, đã xử lý, đã huy động, đã xây, đã thành lập, đã lấy, đã xét, đã triển khai,
đã truy vết, đã điều trị, đã tử vong, đã cách ly, đã hỗ trợ, đã cấp, xuất hiện, còn lại, chưa tiêm, tử vong,
toàn tỉnh có, toàn huyện có, toàn thành phố có, cả nước có, trên địa bàn có, hiện còn, theo báo cáo, so với,
tăng thêm, tỷ lệ mắc, có đến, vừa qua, trong ngày
""")
_TARGETED = any_of("""
phấn đấu, mục tiêu, chỉ tiêu, đạt, bao phủ, độ bao phủ, dân số, tỷ lệ tiêm, để có, cho khoảng, tiến tới, dự kiến
""")
_AIMED = any_of("phấn đấu, mục tiêu, chỉ tiêu")  # hold for a longer phrase
_ORDERED = any_of("""
thành lập, bố trí, tổ chức, ít nhất, tối thiểu, tối đa, không quá, trên, dưới, mỗi, mọi, đảm bảo, bảo đảm, chuẩn bị,
thiết lập, lập, huy động, xây dựng, kích hoạt, cử, phân công, giữ khoảng cách, khoảng cách, giảm, từ, qua, quá,
xét nghiệm, lấy mẫu, tiêm, yêu cầu, phải, sẵn sàng, phát, phạt, hỗ trợ, cấp
""")
_MORE = re.compile(r"\b(bảo đảm|đảm bảo|chuẩn bị|bố trí)( để)? có thêm(?= )")  # an aim, no report
_GRADE = re.compile(r"\bcấp (?:độ|xã|huyện|tỉnh|cơ sở)(?= |$)")  # orders nothing, as "cấp 200 tấn gạo" does
# "phong tỏa thôn A với 312 hộ, 1.108 nhân khẩu", "ấp B (218 hộ, 894 nhân khẩu)" say how many live there
_WITH = re.compile(r"(?:\bvoi|\()(?: tong so)? ?(?:\d[\d.]* (?:ho|ho dan|nhan khau)(?:,| va|/|,? voi) ?)?$")
_AND_PEOPLE = re.compile(r"(?: dan)?(?: gom|,| voi| va)+ \d[\d.]* (?:nhan )?khau")
_STOP = re.compile(
    r"[,.;:()\[\]\"|]|\n\s*[\n\-+*]|\b(?:da|dang|se|co(?! so)|la|duoc|bi|phai|tai|tren|trong|o|lien quan|de|nham"
    r"|va|cua|den|tu(?! vong)|theo|voi|khi|cho|do|nhung"
    r"|hoac|vao|doi voi|so voi|tro len|phong(?=,? chong)|thuc hien|tham gia|truoc|sau|qua|ve|can(?! bo)|khong"
    r"|nhu|gom|bao gom|phuc vu|hoat dong)\b"
)


def match_figures(text: Text, zones: Zones, provisions: tuple[Provision, ...]) -> tuple[Figure, ...]:
    """Counts in the body, in text order: the quote is number and noun phrase, ``what`` the noun phrase.

    Accepted: ``27 trường hợp``, ``06 quận``, ``16 quận, huyện``, ``1.234 ca``, ``0,5%``, ``02 (hai) chốt``, ``1,5 triệu
    liều``; a range (``70% đến 80% dân số``, ``200 - 300 giường``) is two figures with one quote. ``kind`` is what the
    words before say: ``target`` (phấn đấu, đạt, mục tiêu), ``reported`` (ghi nhận, đã có, tính đến; the preamble unless
    it says otherwise), else ``ordered``.
    """
    folded, body = text.folded, zones.body
    printed = lower_case(text)
    found: list[Figure] = []
    first, last = (provisions[0].start, max(p.end for p in provisions)) if provisions else (0, 0)
    for match in _FIGURE.finditer(folded, body.start, body.end):
        lead = folded[max(body.start, match.start() - 120) : match.start()].replace("\n", " ")
        plain = not (match["pct"] or match["lowpct"] or match["sign"] or match["unit"] in ("dong", "usd"))
        if plain and _is_name(text.raw, match, lead):  # "mức 1.500.000 đồng" is an amount, "mức 2" a name
            continue
        if not _is_count(text.raw, match):
            continue
        inside = first <= match.start() < last
        said = printed[match.start() - len(lead) : match.start()].replace("\n", " ")
        found.extend(_figures(text, match, said, body.end, inside))
    return tuple(found)


def _is_name(raw: str, match: re.Match[str], lead: str) -> bool:
    """A number that names ("tầng 3", "mức 2"); what is given or added is counted ("tặng 5.000 suất quà")."""
    named = _NAMED.search(lead[-24:])
    if named is None:
        return False
    if re.search(r"\bmoi [a-z]+ $", lead) or (named[0].startswith("cap") and len(match["low"]) > 2):
        return False  # "mỗi tổ 03 người", "cấp 200 tấn gạo"
    before = raw[max(0, match.start() - 40) : match.start()].rstrip()
    if before.endswith(" ngay") and not before.isascii():
        return False  # "chuẩn bị ngay 03 bệnh viện"
    giving = named[0].startswith("tang") and re.search(r"t[ặă]ng\s*$", raw[: match.start()][-6:].lower())
    return not giving


def _is_count(raw: str, match: re.Match[str]) -> bool:
    """Not "4 tại chỗ", "5 không" …: the noun must be the noun, in its own marks where folding merges two words."""
    if match["unit"] is None:
        return True
    printed = " ".join(raw[match.start("unit") : match.end("unit")].lower().split())
    nouns = _UNITS[" ".join(match["unit"].split())]
    marks_lost = raw[max(0, match.start() - 40) : match.end() + 40].isascii()
    return printed in nouns or marks_lost or any(" " in noun and noun != "cơ sở" for noun in nouns)


def _figures(text: Text, match: re.Match[str], said: str, end: int, inside: bool) -> Iterator[Figure]:
    stop = _noun_end(text.folded, match, end)
    percent = bool(match["pct"] or match["lowpct"] or match["sign"])
    unit = "%" if percent else " ".join(text.raw[match.start("unit") : match.end("unit")].split())
    begin = match.end() if percent else match.start("unit")
    what = " ".join(text.raw[begin:stop].split())
    people = (match["unit"] or "").startswith(("ho", "nhan khau")) and (
        _WITH.search(fold(said)) or _AND_PEOPLE.match(text.folded, match.end())
    )
    told = text.raw.startswith(" đã ", stop)  # "5 huyện, quận đã kiểm soát được dịch"
    kind = "reported" if people or told else _kind(said, text.folded[match.end() : stop], percent, inside)
    scale = _SCALE.get(match["scale"] or "", 1.0)
    for printed in (match["low"], match["high"]):
        if printed:
            value = float(printed.replace(".", "").replace(",", ".")) * scale
            yield Figure(value, unit, kind, what, match.start(), stop)


def _noun_end(folded: str, match: re.Match[str], end: int) -> int:
    """End of the noun phrase: at most nine words, up to a mark or the first word that begins another phrase."""
    place = match.end()
    more = _AFTER_UNIT_LIST.match(folded, place, end)
    if more:
        place = more.end()
    words = folded[place : min(end, place + 90)]
    stop = _STOP.search(words)
    phrase = words[: stop.start()] if stop else words.rsplit(" ", 1)[0]
    kept = re.match(r"(?: ?[^ ]+){0,8}", phrase)
    return place + len((kept[0] if kept else "").rstrip())


def _kind(said: str, noun: str, percent: bool, inside: bool) -> str:
    clause = re.split(r"[.;](?= |$)", said)[-1].replace("với tổng số ", "với ")  # sums up what stands before it
    clause = _GRADE.sub("", _MORE.sub(r"\1", clause))
    reached = re.search(r"\bđã [^;]{1,60}\bđạt(?: tỷ lệ| tỉ lệ)? ?$", clause)  # "đã tiêm 45.678 liều, đạt 95,3%"
    aimed = _TARGETED.search(clause[-60:]) or _AIMED.search(clause[-120:])
    if (aimed and not reached) or (percent and not reached and re.search(r"\bdan so\b", noun)):
        return "target"
    reported = list(_REPORTED.finditer(clause))
    if not inside:
        return "reported"
    if reported:
        ordered = list(_ORDERED.finditer(clause))
        return "ordered" if ordered and ordered[-1].start() > reported[-1].end() else "reported"
    return "ordered"
