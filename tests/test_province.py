"""The province of a document: header, text, places; what must not win; the vocabulary of provinces."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.fold import Text, fold, slugify
from loaders.province import resolve_province
from loaders.records import Fact, Header, ProvinceFact, Span, Zones
from loaders.vocabulary import read_vocabulary

PROVINCES = read_vocabulary("provinces")


def resolve(head: str = "", to: str = "", body: str = "", foot: str = "", **header) -> ProvinceFact:
    """Province of a document put together from its parts."""
    raw, spans = "", []
    for part in (head, to, body, foot):
        spans.append(Span(len(raw), len(raw) + len(part)))
        raw += part + "\n\n"
    zones = Zones(spans[0], spans[2], spans[1] if to else None, None, spans[3] if foot else None)
    fact = resolve_province(Text(raw), zones, Header(**header))
    assert (fact.start is None) == (not fact.name)
    assert fact.basis in ("header", "text", "inferred") if fact.name else fact.problems
    return fact


BODY = "Trước tình hình dịch bệnh diễn biến phức tạp tại Thành phố Hồ Chí Minh, tỉnh Bắc Giang và tỉnh Long An,\n\n1."
HEADS = {
    "government": ("ỦY BAN NHÂN DÂN\nTỈNH CÀ MAU\n\nSố: 12/UBND-KGVX", "Cà Mau"),
    "Party": ("TỈNH ỦY HẬU GIANG\n*\nSố 12-CV/TU", "Hậu Giang"),
    "TĨNH for TỈNH": ("UBND TĨNH YÊN BÁI\nSố: 4/UBND-VX", "Yên Bái"),
    "TÍNH ỦY": ("TÍNH ỦY SƠN LA\n*", "Sơn La"),
    "Hà Tĩnh": ("ỦY BAN NHÂN DÂN\nTỈNH HÀ TĨNH", "Hà Tĩnh"),
    "accents lost": ("UY BAN NHAN DAN\nTINH QUANG NGAI", "Quảng Ngãi"),
    "a letter lost": ("UBND TỈNH QUẢNG NGẢ\nSố: 8/UBND", "Quảng Ngãi"),
    "two columns on a line": (
        "UBND TỈNH BẮC NINH   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 5/UBND-VX   Độc lập - Tự do - Hạnh phúc",
        "Bắc Ninh",
    ),
    "columns joined": ("UBND TỈNH BẮC NINH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Bắc Ninh"),
    "pipes": ("| **ỦY BAN NHÂN DÂN** | |\n| **TỈNH PHÚ YÊN** | **Độc lập - Tự do - Hạnh phúc** |", "Phú Yên"),
    "date line only": ("Số: 7/UBND-VX\nKon Tum, ngày 03 tháng 5 năm 2021", "Kon Tum"),
    "date line, blank day": ("Trà Vinh, ngày      tháng 8 năm 2021", "Trà Vinh"),
    "district": ("ỦY BAN NHÂN DÂN\nHUYỆN CAI LẬY\nSố: 88/UBND-VX", "Tiền Giang"),
    "district in the date line": ("UBND HUYỆN\nMộc Hóa, ngày 2 tháng 8 năm 2021", "Long An"),
    "district that bears a province's name": ("UBND HUYỆN HÒA BÌNH\nSố: 3/UBND", "Bạc Liêu"),
    "capital that bears the province's name": ("UBND THÀNH PHỐ HẢI DƯƠNG\nSố: 3/UBND", "Hải Dương"),
    "district that two provinces have, by its kind": ("UBND THỊ XÃ HOÀNG MAI", "Nghệ An"),
    "shared district with its province": ("TỈNH AN GIANG\nUBND HUYỆN CHÂU THÀNH", "An Giang"),
    "shared district with the date line": ("UBND HUYỆN PHÚ TÂN\nCà Mau, ngày 4 tháng 7 năm 2021", "Cà Mau"),
    "numbered district": ("UBND QUẬN 12\nSố: 9/UBND-YT", "Hồ Chí Minh"),
    "department": ("UBND TỈNH LÀO CAI\nSỞ Y TẾ\nSố: 9/SYT-NVY", "Lào Cai"),
    "department with bare name": ("SỞ GIÁO DỤC VÀ ĐÀO TẠO NINH THUẬN", "Ninh Thuận"),
    "city committee": ("THÀNH ỦY HẢI PHÒNG\n*", "Hải Phòng"),
    "city's people committee": ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HỒ CHÍ MINH", "Hồ Chí Minh"),
    "short name of the city": ("UBND TP. HỒ CHÍ MINH\nSở Y tế", "Hồ Chí Minh"),
    "steering committee": ("BAN CHỈ ĐẠO PHÒNG, CHỐNG DỊCH COVID-19\nTỈNH GIA LAI", "Gia Lai"),
    "old spelling": ("ỦY BAN NHÂN DÂN\nTỈNH ĐẮC LẮC", "Đắk Lắk"),
    "double name": ("TỈNH ỦY BÀ RỊA - VŨNG TÀU\n*", "Bà Rịa - Vũng Tàu"),
    "blanks in the name": ("UBND  TỈNH  QUẢNG  NINH\nSố: 4/UBND", "Quảng Ninh"),
    "city committee of a district": ("THÀNH ỦY THỦ DẦU MỘT\n*\nSố 12-CV/ThU", "Bình Dương"),
    "single syllable": ("UBND THÀNH PHỐ VINH\nVinh, ngày 5 tháng 8 năm 2021", "Nghệ An"),
    "neighbour of the same name": ("UBND HUYỆN QUẢNG NINH", "Quảng Bình"),
    "subject names another": (
        "UBND TỈNH BÌNH PHƯỚC\nSố: 5/UBND\nV/v kiểm soát người về từ\nThành phố Hồ Chí Minh", "Bình Phước"
    ),
}  # fmt: skip

TEXTS = {
    "area in the title": ("KẾ HOẠCH\nTiêm vắc xin trên địa bàn\ntỉnh Bình Thuận năm 2021", "", "Bình Thuận"),
    "area in the body": ("", "Để phòng dịch trên địa bàn tỉnh Nam Định, yêu cầu:", "Nam Định"),
    "area, a letter wrong": ("", "Để phòng dịch trên địa bàn tỉnh Nam Đlnh, yêu cầu:", "Nam Định"),
    "its committee": ("", "Chủ tịch UBND tỉnh Hòa Bình yêu cầu các sở. Tỉnh ủy Hòa Bình chỉ đạo", "Hòa Bình"),
    "its newspaper and station": ("", "Đài PT-TH và Báo Vĩnh Phúc tăng thời lượng tuyên truyền.", "Vĩnh Phúc"),
    "its station": ("", "Đài Phát thanh và Truyền hình Tuyên Quang đưa tin về người từ Hà Nội trở về.", "Tuyên Quang"),
    "signature block": ("", "Nội dung.\n\nCơ quan: Tỉnh ủy Lai Châu\nChức vụ: Bí thư", "Lai Châu"),
    "register title": ("thực hiện giãn cách trên địa bàn tỉnh bình dương.", "", "Bình Dương"),
}

PLACES = {
    "own newspaper": ("Báo Đồng Khởi và Đài tỉnh đưa tin.", "Bến Tre"),
    "newspaper of a city": ("Đề nghị Báo Sài Gòn Giải Phóng đưa tin.", "Hồ Chí Minh"),
    "districts": ("Giao UBND thành phố Long Xuyên, huyện Thoại Sơn và thị xã Tịnh Biên rà soát.", "An Giang"),
    "islands and gates": ("Kiểm soát cửa khẩu quốc tế Mộc Bài; UBND huyện Gò Dầu bố trí chốt.", "Tây Ninh"),
    "mailbox": ("Báo cáo gửi về hộp thư vpub@langson.gov.vn trước ngày 5.", "Lạng Sơn"),
    "site broken over a line": ("Địa chỉ: soyte.quangtri.gov.v\nn", "Quảng Trị"),
}


@pytest.mark.parametrize(("head", "name"), HEADS.values(), ids=HEADS)
def test_header_settles_it(head, name):
    fact = resolve(head, body=BODY)
    assert (fact.name, fact.basis) == (name, "header")


@pytest.mark.parametrize(("head", "body", "name"), TEXTS.values(), ids=TEXTS)
def test_the_document_calls_it_its_own(head, body, name):
    fact = resolve(head, body=body)
    assert (fact.name, fact.basis) == (name, "text")


@pytest.mark.parametrize(("body", "name"), PLACES.values(), ids=PLACES)
def test_places_tell(body, name):
    fact = resolve(body=body)
    assert (fact.name, fact.basis) == (name, "inferred")


@pytest.mark.parametrize(
    "body",
    [
        "Kiểm soát người về từ tỉnh Bắc Giang, tỉnh Hải Dương và thành phố Đà Nẵng.",
        "Người đến từ thành phố Chí Linh, huyện Cẩm Giàng, huyện Kim Thành phải khai báo y tế.",
        "Theo Trung tâm Kiểm soát bệnh tật Thành phố Hồ Chí Minh, ca mắc tại quận Gò Vấp, quận Tân Bình tăng.",
        "Học viện Chính trị quốc gia Hồ Chí Minh; Đoàn Thanh niên Cộng sản Hồ Chí Minh tham gia.",
        "Các nước châu Á - Thái Bình Dương; giữ gìn hòa bình; nâng tầm quốc gia lai ghép; thống nhất chỉ đạo.",
        "Kiểm soát người đến từ các địa phương: huyện Việt Yên, huyện Lục Nam, thành phố Bắc Ninh.",
        "UBND huyện Châu Thành và UBND huyện Phú Tân lập chốt.",
        "Sở Y tế cảnh báo Hà Nội, thông báo Đà Nẵng có ca mắc mới.",
        "",
    ],
)
def test_elsewhere_does_not_win(body):
    fact = resolve(body=body)
    assert fact.name == ""
    assert [problem.code for problem in fact.problems] == ["province-unknown"]


def test_a_tie_stays_empty():
    fact = resolve(body="Báo Ấp Bắc và Báo Đồng Khởi đưa tin.")
    assert fact.name == "" and fact.problems[0].code == "province-tied"


def test_a_partner_does_not_outvote_the_own_province():
    body = "Phối hợp với UBND tỉnh Tây Ninh, Công an tỉnh Tây Ninh lập chốt. Tỉnh ủy Long An, UBND tỉnh Long An yêu cầu"
    assert resolve(body=body).name == "Long An"


@pytest.mark.parametrize(
    ("head", "to"),
    [
        ("THỦ TƯỚNG CHÍNH PHỦ\nSố: 9/CT-TTg\nHà Nội, ngày 1 tháng 8 năm 2021", ""),
        ("BỘ Y TẾ\nSố: 12/BYT-DP\nHà Nội, ngày 1 tháng 8 năm 2021", ""),
        ("VĂN PHÒNG CHÍNH PHỦ\nHà Nội, ngày 1 tháng 8 năm 2021", ""),
        ("BAN CHỈ ĐẠO QUỐC GIA\nPHÒNG, CHỐNG DỊCH COVID-19\nHà Nội, ngày 1 tháng 8 năm 2021", ""),
        ("BỘ TƯ LỆNH QUÂN KHU 7\nTP. Hồ Chí Minh, ngày 1 tháng 8 năm 2021", ""),
        ("BỘ GIAO THÔNG VẬN TẢI\nCỤC HÀNG KHÔNG VIỆT NAM\nHà Nội, ngày 1 tháng 8 năm 2021", ""),
        ("", "Kính gửi: Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương."),
    ],
    ids=["prime minister", "ministry", "government office", "steering committee", "military", "agency", "recipients"],
)
def test_central_papers_have_none(head, to):
    fact = resolve(head, to, "Yêu cầu UBND tỉnh Bắc Giang, UBND tỉnh Bắc Ninh khẩn trương truy vết.")
    assert fact.name == ""
    assert [(problem.code, problem.severity) for problem in fact.problems] == [("province-central", "info")]


def test_central_by_the_header_record():
    assert resolve("Hà Nội, ngày 1 tháng 8 năm 2021", level="central").problems[0].code == "province-central"


def test_the_military_of_a_province_is_not_central():
    assert resolve("BỘ CHỈ HUY QUÂN SỰ TỈNH KIÊN GIANG\nSố: 5/BCH").name == "Kiên Giang"


def test_the_city_of_hanoi_is_not_central():
    head = "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI\nSố: 17/CT-UBND\nHà Nội, ngày 23 tháng 7 năm 2021"
    assert resolve(head, body="Thực hiện chỉ đạo của Thủ tướng Chính phủ").name == "Hà Nội"


def test_subject_span_is_no_letterhead():
    head = "UBND TỈNH ĐỒNG NAI\nPHÒNG CHỐNG DỊCH TẠI\nTỈNH TÂY NINH"
    at = head.index("PHÒNG")
    fact = resolve(head, subject=Fact(head[at:], at, len(head)))
    assert fact.name == "Đồng Nai" and not fact.problems


def test_sixty_three_whole_entries():
    assert len(PROVINCES) == 63
    for key in ("name", "slug", "code", "gso"):
        assert len({entry[key] for entry in PROVINCES}) == 63, key
    assert len({entry["successor"] for entry in PROVINCES}) == 34
    assert {entry["name"] for entry in PROVINCES if entry["type"] == "thành phố"} == {
        "Hà Nội", "Hải Phòng", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ"
    }  # fmt: skip
    assert all(entry["slug"] == slugify(entry["name"]) for entry in PROVINCES)
    assert sum(len(names) for entry in PROVINCES for names in entry["districts"].values()) > 700


@pytest.mark.parametrize("entry", PROVINCES, ids=lambda entry: entry["slug"])
def test_every_spelling_of_every_province(entry):
    kind = "THÀNH PHỐ" if entry["type"] == "thành phố" else "TỈNH"
    for name in (entry["name"], *entry.get("aliases", ())):
        fact = resolve(
            f"ỦY BAN NHÂN DÂN\n{kind} {name.upper()}" if not name.startswith(("TP", "Tp")) else f"UBND {name}"
        )
        assert (fact.name, fact.code, fact.slug) == (entry["name"], entry["code"], entry["slug"]), name
    for paper in entry.get("newspapers", ()):
        assert resolve(body=f"Giao Báo {paper} đưa tin.").name == entry["name"]
    for domain in entry["domains"]:
        assert resolve(body=f"Gửi về tonghop@{domain} hoặc www.{domain}.").name == entry["name"]


def test_no_two_provinces_claim_a_spelling():
    seen = {}
    for entry in PROVINCES:
        for name in (entry["name"], *entry.get("aliases", ()), *entry.get("newspapers", ()), *entry["domains"]):
            assert seen.setdefault(fold(name), entry["name"]) == entry["name"], name


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [fragment for head, _ in HEADS.values() for fragment in head.split("\n")] + ["\n", ", ", "ngày 5"]
        ),
        max_size=8,
    ).map(" ".join)
    | st.text(max_size=120),
    st.text(max_size=60),
)
def test_never_raises(head, body):
    assert resolve(head, body=body) == resolve(head, body=body)
