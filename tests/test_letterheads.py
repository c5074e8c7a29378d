"""Letterheads, subjects and speakers in the forms in which offices print them, one line of a table each."""

from __future__ import annotations

import pytest

from loaders.clean import clean_text
from loaders.fold import Text
from loaders.header import parse_header
from loaders.records import Header
from loaders.split import split_documents
from loaders.zones import match_zones

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
DATE = "Hà Giang, ngày 26 tháng 10 năm 2021\n"
PROVINCE = f"ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG\n{NATION}"
LETTER = "\nKính gửi: Các sở, ban, ngành.\n"
REPORT = (
    "\nTheo báo cáo của ngành y tế, trên địa bàn đã ghi nhận 83 ca dương tính tại nhiều nơi, nguy cơ lây lan rất cao."
)
ORDERS = "\n\n1. Rà soát người về từ vùng dịch.\n\n2. Báo cáo kết quả hằng ngày.\n\n"
COPIES = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\n"
SIGNED = "{title}\n\nNguyễn Văn Bình\n"


def header_of(raw: str) -> Header:
    cleaned = clean_text(raw)
    (span,) = split_documents(cleaned)
    text = Text(span.of(cleaned))
    return parse_header(text, match_zones(text))


def words(fact: object) -> str | None:
    return getattr(fact, "value", None)


LETTERHEADS = [
    ("UBND TỈNH LONG AN\nSỞ Y TẾ", "Sở Y tế tỉnh Long An", "province"),
    ("SỞ Y TẾ LONG AN", "Sở Y tế tỉnh Long An", "province"),
    ("SỞ Y TẾ HÀ NỘI\nBỆNH VIỆN ĐA KHOA ĐỐNG ĐA", "Bệnh viện đa khoa đống đa thành phố Hà Nội", "province"),
    ("SỞ Y TẾ TỈNH BẾN TRE\nBỆNH VIỆN NGUYỄN ĐÌNH CHIỂU", "Bệnh viện nguyễn đình chiểu tỉnh Bến Tre", "province"),
    ("CÔNG AN THÀNH PHỐ CẦN THƠ\nCÔNG AN QUẬN NINH KIỀU", "Công an quận Ninh Kiều", "district"),
    ("UBND THÀNH PHỐ HẢI PHÒNG\nSỞ LAO ĐỘNG - THƯƠNG BINH\nVÀ XÃ HỘI", None, "province"),
    ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ BUÔN MA THUỘT", "Ủy ban nhân dân thành phố Buôn Ma Thuột", "district"),
    ("UBND TỈNH ĐẮK LẮK\nUBND THỊ XÃ BUÔN HỒ", "Ủy ban nhân dân thị xã Buôn Hồ", "district"),
    ("UBND HUYỆN CỦ CHI\nPHÒNG Y TẾ", "Phòng Y tế huyện Củ Chi", "district"),
    ("HỘI ĐỒNG NHÂN DÂN\nHUYỆN TAM NÔNG", "Hội đồng nhân dân huyện Tam Nông", "district"),
    ("ĐẢNG BỘ TỈNH CÀ MAU\nTHÀNH ỦY CÀ MAU", "Thành ủy Cà Mau", "district"),
    ("ĐẢNG BỘ THÀNH PHỐ HẢI PHÒNG\nTHÀNH ỦY", "Thành ủy Hải Phòng", "province"),
    ("ĐẢNG BỘ TỈNH TRÀ VINH\nBAN CHẤP HÀNH", "Tỉnh ủy Trà Vinh", "province"),
    ("TỈNH ỦY LÂM ĐỒNG\nBAN TỔ CHỨC", "Ban Tổ chức Tỉnh ủy Lâm Đồng", "province"),
    ("TỈNH ỦY LÂM ĐỒNG\nỦY BAN KIỂM TRA", "Ủy ban Kiểm tra Tỉnh ủy Lâm Đồng", "province"),
    ("HUYỆN ỦY GIỒNG TRÔM\nBAN TUYÊN GIÁO", "Ban Tuyên giáo Huyện ủy Giồng Trôm", "district"),
    ("BỘ Y TẾ\nCỤC Y TẾ DỰ PHÒNG", "Cục Y tế dự phòng", "central"),
    ("NGÂN HÀNG NHÀ NƯỚC VIỆT NAM", "Ngân hàng Nhà nước Việt Nam", "central"),
    ("VĂN PHÒNG CHÍNH PHỦ", "Văn phòng Chính phủ", "central"),
    ("UBND TỈNH SƠN LA\nBAN DÂN TỘC", "Ban Dân tộc tỉnh Sơn La", "province"),
    ("QUÂN KHU 9\nBỘ CHỈ HUY QUÂN SỰ TỈNH HẬU GIANG", "Bộ Chỉ huy Quân sự tỉnh Hậu Giang", "province"),
    ("BCH BỘ ĐỘI BIÊN PHÒNG\nTỈNH KIÊN GIANG", None, ""),
    ("ỦY BAN MẶT TRẬN TỔ QUỐC\nVIỆT NAM TỈNH PHÚ YÊN", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Phú Yên", "province"),
    ("UBMTTQ VIỆT NAM TỈNH PHÚ YÊN\nBAN THƯỜNG TRỰC", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Phú Yên", "province"),
    ("ỦY BAN MTTQ VIỆT NAM\nTHÀNH PHỐ ĐÀ LẠT", "Ủy ban Mặt trận Tổ quốc Việt Nam thành phố Đà Lạt", "district"),
    ("HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM\nTỈNH CAO BẰNG", "Hội Liên hiệp Phụ nữ Việt Nam tỉnh Cao Bằng", "province"),
    ("HỘI NÔNG DÂN VIỆT NAM\nBAN CHẤP HÀNH TỈNH ĐỒNG THÁP", "Hội Nông dân Việt Nam tỉnh Đồng Tháp", "province"),
    ("BAN CHỈ ĐẠO PHÒNG, CHỐNG DỊCH\nCOVID-19 HUYỆN MỸ TÚ", None, "district"),
    (
        "UBND TỈNH NINH THUẬN\nBAN QUẢN LÝ CÁC KHU CÔNG NGHIỆP",
        "Ban Quản lý các khu công nghiệp tỉnh Ninh Thuận",
        "province",
    ),
    ("CHỦ TỊCH\nỦY BAN NHÂN DÂN\nTỈNH VĨNH PHÚC", "Chủ tịch Ủy ban nhân dân tỉnh Vĩnh Phúc", "province"),
    ("CHỦ TỊCH UBND THÀNH PHỐ HUẾ", "Chủ tịch Ủy ban nhân dân thành phố Huế", "district"),
    ("UBND TỈNH TIỀN GIANG\nVĂN PHÒNG", "Văn phòng Ủy ban nhân dân tỉnh Tiền Giang", "province"),
    ("VĂN PHÒNG UBND TỈNH TIỀN GIANG", "Văn phòng Ủy ban nhân dân tỉnh Tiền Giang", "province"),
    ("UBND HUYỆN BÌNH SƠN\nTRUNG TÂM Y TẾ", "Trung tâm Y tế huyện Bình Sơn", "district"),
    ("BỘ QUỐC PHÒNG\nBỘ TƯ LỆNH BỘ ĐỘI BIÊN PHÒNG", None, "central"),
    ("BẢO HIỂM XÃ HỘI VIỆT NAM\nBẢO HIỂM XÃ HỘI TỈNH GIA LAI", "Bảo hiểm xã hội tỉnh Gia Lai", "province"),
    ("UBND HUYỆN LẬP THẠCH\nUBND XÃ XUÂN HÒA", "Ủy ban nhân dân xã Xuân Hòa", "district"),
    (
        "TỈNH ỦY NINH THUẬN\nBAN CHỈ ĐẠO PHÒNG, CHỐNG DỊCH COVID-19",
        "Ban Chỉ đạo phòng, chống dịch Covid-19 Tỉnh ủy Ninh Thuận",
        "province",
    ),
    ("TỔNG CỤC HẢI QUAN\nCỤC HẢI QUAN TỈNH TÂY NINH", "Cục Hải quan tỉnh Tây Ninh", "province"),
]


@pytest.mark.parametrize(("printed", "issuer", "level"), LETTERHEADS, ids=[row[0] for row in LETTERHEADS])
def test_issuer_of_a_letterhead(printed: str, issuer: str | None, level: str) -> None:
    raw = f"{printed}\n{NATION}Số: 12/ABC-D\n{DATE}{LETTER}{REPORT}{ORDERS}{COPIES}{SIGNED.format(title='ABC')}"
    header = header_of(raw)
    if issuer:
        assert words(header.issuer) == issuer
    assert header.level == level


LONG = (
    "tăng cường các biện pháp phòng, chống dịch Covid-19 tại các huyện, thành phố, các khu vực biên giới, cửa khẩu, "
    "lối mở giáp với nước bạn nhằm ngăn chặn dịch bệnh xâm nhập, lây lan, giữ vững địa bàn an toàn"
)
NUMBER = "Số: 11/UBND-VX\n"
TITLED = f"{PROVINCE}Số: 11/TB-UBND\n{DATE}\n"
SUBJECTS = [
    ("label_and_colon", f"{PROVINCE}{NUMBER}V/v: mở lại chợ\n{DATE}{LETTER}", "V/v: mở lại chợ"),
    ("in_brackets", f"{PROVINCE}{NUMBER}(V/v mở lại chợ)\n{DATE}{LETTER}", "V/v mở lại chợ"),
    ("no_slash", f"{PROVINCE}{NUMBER}Vv mở lại chợ\n{DATE}{LETTER}", "Vv mở lại chợ"),
    ("label_alone", f"{PROVINCE}{NUMBER}V/v\nmở lại chợ\n{DATE}{LETTER}", "V/v mở lại chợ"),
    ("capitals", f"{PROVINCE}{NUMBER}{DATE}\nV/v MỞ LẠI CHỢ\n{LETTER}", "V/v MỞ LẠI CHỢ"),
    (
        "no_label",
        f"{PROVINCE}{NUMBER}Mở lại chợ đầu mối\nvà siêu thị\n{DATE}{LETTER}",
        "Mở lại chợ đầu mối và siêu thị",
    ),
    ("lone_paragraph", f"{PROVINCE}{NUMBER}{DATE}\nV/v {LONG}\n{LETTER}", f"V/v {LONG}"),
    ("lone_paragraph_ve_viec", f"{PROVINCE}{NUMBER}{DATE}\nVề việc {LONG}\n{LETTER}", f"Về việc {LONG}"),
    ("on_the_line_of_the_number", f"{PROVINCE}Số: 11/UBND-VX V/v mở lại chợ\n{DATE}{LETTER}", "V/v mở lại chợ"),
    (
        "beside_the_stamp",
        f"{PROVINCE}{NUMBER}{DATE}V/v mở lại HỎA TỐC\nchợ đầu mối\n{LETTER}",
        "V/v mở lại chợ đầu mối",
    ),
    ("below_the_addressees", f"{PROVINCE}{NUMBER}{DATE}{LETTER}\nV/v mở lại chợ\n", "V/v mở lại chợ"),
    (
        "a_day_begins_a_line",
        f"{PROVINCE}{NUMBER}V/v mở chợ dịp 30/4 và\n01/5\n{DATE}{LETTER}",
        "V/v mở chợ dịp 30/4 và 01/5",
    ),
    ("title_and_colon", f"{TITLED}THÔNG BÁO: Về việc mở lại chợ\n", "Về việc mở lại chợ"),
    ("title_in_one_line", f"{TITLED}THÔNG BÁO VỀ VIỆC MỞ LẠI CHỢ\n", "VỀ VIỆC MỞ LẠI CHỢ"),
    ("title_in_capitals", f"{TITLED}THÔNG BÁO\nVỀ VIỆC MỞ LẠI CHỢ\n", "VỀ VIỆC MỞ LẠI CHỢ"),
    ("title_in_brackets", f"{TITLED}THÔNG BÁO\n(Về việc mở lại chợ)\n", "Về việc mở lại chợ"),
    ("title_of_a_body", f"{TITLED}THÔNG BÁO\nCỦA ỦY BAN NHÂN DÂN TỈNH\nvề mở lại chợ\n", "về mở lại chợ"),
    ("title_of_a_body_joined", f"{TITLED}THÔNG BÁO\nCỦA ỦY BAN NHÂN DÂN TỈNH về mở\nlại chợ\n", "về mở lại chợ"),
    ("title_of_a_body_prose", f"{TITLED}THÔNG BÁO\nCủa Ủy ban nhân dân tỉnh về mở lại chợ\n", "về mở lại chợ"),
    ("title_without_label", f"{TITLED}KẾ HOẠCH\nTổ chức tiêm vắc xin\ncho trẻ em\n", "Tổ chức tiêm vắc xin cho trẻ em"),
]


@pytest.mark.parametrize(("head", "subject"), [row[1:] for row in SUBJECTS], ids=[row[0] for row in SUBJECTS])
def test_subject(head: str, subject: str) -> None:
    header = header_of(f"{head}{REPORT}{ORDERS}{COPIES}{SIGNED.format(title='CHỦ TỊCH')}")
    assert words(header.subject) == subject


def test_letterhead_read_last_gives_the_subject() -> None:
    body = f"{LETTER}{REPORT} UBND tỉnh yêu cầu:{ORDERS}{COPIES}{SIGNED.format(title='CHỦ TỊCH')}"
    head = "\nỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG\nSố: 11/UBND-VX\nV/v mở lại chợ\nvà siêu thị\n"
    header = header_of(f"{body}{head}{NATION}{DATE}")
    assert words(header.subject) == "V/v mở lại chợ và siêu thị"


UBND = "ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG"
OFFICE = "UBND TỈNH HÀ GIANG\nVĂN PHÒNG"
YOUTH = "TỈNH ĐOÀN HÀ GIANG"
DISTRICT = "UBND TỈNH HÀ GIANG\nUBND HUYỆN QUẢN BẠ"
CABINET = "VĂN PHÒNG CHÍNH PHỦ"
SPEAKERS = [
    (
        CABINET,
        "Thủ tướng Chính phủ có ý kiến như sau:",
        "KT. BỘ TRƯỞNG, CHỦ NHIỆM\nPHÓ CHỦ NHIỆM",
        "Thủ tướng Chính phủ",
    ),
    (UBND, "Chủ tịch UBND tỉnh yêu cầu:", "CHỦ TỊCH", "Chủ tịch UBND tỉnh"),
    (UBND, "Phó Chủ tịch UBND tỉnh yêu cầu:", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "Phó Chủ tịch UBND tỉnh"),
    (UBND, "Ủy ban nhân dân tỉnh Hà Giang thông báo:", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "Ủy ban nhân dân tỉnh"),
    (UBND, "Thực hiện chỉ đạo của Chủ tịch UBND tỉnh, đề nghị:", "TM.UBND\nKT.CHỦ TỊCH\nPHÓ CHỦ TỊCH", "UBND tỉnh"),
    (UBND, "Yêu cầu các đơn vị:", "KT.CHỦ TỊCH\nPHÓ CHỦ TỊCH", "Chủ tịch UBND tỉnh"),
    (UBND, "Yêu cầu các đơn vị:", "TL.CHỦ TỊCH\nCHÁNH VĂN PHÒNG", "Chủ tịch UBND tỉnh"),
    (UBND, "Yêu cầu các đơn vị:", "TUQ. CHỦ TỊCH\nGIÁM ĐỐC SỞ Y TẾ", "Chủ tịch UBND tỉnh"),
    (UBND, "Bộ Y tế yêu cầu các tỉnh báo cáo.", "CHỦ TỊCH", "Chủ tịch UBND tỉnh"),
    (UBND, "Ngày 20/10, Tỉnh ủy yêu cầu các cấp:", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "Chủ tịch UBND tỉnh"),
    (DISTRICT, "UBND tỉnh đã chỉ đạo. UBND huyện yêu cầu:", "TM. UBND HUYỆN\nCHỦ TỊCH", "UBND huyện"),
    (DISTRICT, "Chủ tịch UBND huyện giao:", "CHỦ TỊCH", "Chủ tịch UBND huyện"),
    (OFFICE, "Chủ tịch UBND tỉnh có ý kiến như sau:", "CHÁNH VĂN PHÒNG", "Chủ tịch UBND tỉnh"),
    (
        OFFICE,
        "Phó Chủ tịch UBND tỉnh Trần Văn An kết luận như sau:",
        "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG",
        "Phó Chủ tịch UBND tỉnh",
    ),
    (OFFICE, "Văn phòng UBND tỉnh đề nghị các đơn vị:", "CHÁNH VĂN PHÒNG", "Văn phòng UBND tỉnh"),
    (OFFICE, "Đề nghị các đơn vị:", "KT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG", "Chánh Văn phòng UBND tỉnh"),
    ("UBND TỈNH HÀ GIANG\nSỞ Y TẾ", "Giám đốc Sở Y tế yêu cầu:", "GIÁM ĐỐC", "Giám đốc Sở Y tế"),
    (
        "UBND TỈNH HÀ GIANG\nSỞ Y TẾ",
        "Theo đề nghị của UBND tỉnh, yêu cầu:",
        "KT.GIÁM ĐỐC\nPHÓ GIÁM ĐỐC",
        "Giám đốc Sở Y tế",
    ),
    (YOUTH, "Ban Thường vụ Tỉnh đoàn yêu cầu các cơ sở:", "TM. BAN THƯỜNG VỤ\nBÍ THƯ", "Ban Thường vụ Tỉnh đoàn"),
    (YOUTH, "Yêu cầu các cơ sở:", "TM. BAN THƯỜNG VỤ TỈNH ĐOÀN\nPHÓ BÍ THƯ", "Ban Thường vụ Tỉnh đoàn"),
    (
        "HỘI NÔNG DÂN VIỆT NAM\nTỈNH HÀ GIANG",
        "Đề nghị các cấp hội:",
        "TM. BAN THƯỜNG VỤ\nCHỦ TỊCH",
        "Ban Thường vụ Hội Nông dân Việt Nam tỉnh",
    ),
    ("CÔNG AN TỈNH HÀ GIANG", "Giám đốc Công an tỉnh yêu cầu:", "GIÁM ĐỐC", "Giám đốc Công an tỉnh"),
    ("TỈNH ỦY HÀ GIANG", "Thường trực Tỉnh ủy yêu cầu:", "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ", "Thường trực Tỉnh ủy"),
    ("TỈNH ỦY HÀ GIANG", "Yêu cầu các cấp ủy:", "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ", "Ban Thường vụ Tỉnh ủy"),
    ("TỈNH ỦY HÀ GIANG\nVĂN PHÒNG", "Thường trực Tỉnh ủy có ý kiến như sau:", "CHÁNH VĂN PHÒNG", "Thường trực Tỉnh ủy"),
    (
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH HÀ GIANG",
        "Thường trực HĐND tỉnh đề nghị:",
        "TM. THƯỜNG TRỰC HĐND\nCHỦ TỊCH",
        "Thường trực HĐND tỉnh",
    ),
    ("BỘ Y TẾ", "Bộ Y tế đề nghị:", "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG", "Bộ Y tế"),
    ("BỘ Y TẾ", "Đề nghị các đơn vị:", "TL. BỘ TRƯỞNG\nCỤC TRƯỞNG CỤC Y TẾ DỰ PHÒNG", "Bộ trưởng Bộ Y tế"),
]


@pytest.mark.parametrize(("letterhead", "sentence", "signed", "behalf"), SPEAKERS)
def test_in_whose_name(letterhead: str, sentence: str, signed: str, behalf: str) -> None:
    head = f"{letterhead}\n{NATION}Số: 12/ABC-D\n{DATE}{LETTER}"
    header = header_of(f"{head}{REPORT} {sentence}{ORDERS}{COPIES}{SIGNED.format(title=signed)}")
    assert words(header.on_behalf_of) == behalf
    assert header.signing_authority is not None
    assert words(header.signatory_name) == "Nguyễn Văn Bình"


def test_who_orders_speaks_not_who_has_issued_before():
    preamble = "UBND tỉnh đã ban hành nhiều văn bản, song còn nơi chủ quan. Chủ tịch UBND tỉnh yêu cầu:\n\n"
    raw = f"{PROVINCE}Số: 12/UBND-VX\n{DATE}{LETTER}{preamble}1. Lập chốt.\n\n2. Dừng họp chợ.\n{COPIES}"
    assert words(header_of(raw).on_behalf_of) == "Chủ tịch UBND tỉnh"
