"""Papers as sites of law and text layers of PDF files print them: records above, columns broken, days open."""

from __future__ import annotations

import pytest

from loaders.clean import clean_text
from loaders.parse import parse_source
from loaders.records import Document
from loaders.source import SourceText

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
REPORT = (
    "Trước diễn biến của dịch Covid-19, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành và Ủy ban nhân dân "
    "các huyện trên địa bàn tỉnh thực hiện những việc sau:\n"
)
ORDERS = "1. Sở Y tế tổ chức lấy mẫu xét nghiệm tại các chợ đầu mối.\n2. Công an tỉnh lập chốt trên quốc lộ.\n"


def read(raw: str) -> Document:
    (document,) = parse_source(SourceText(path="x.txt", sha256="", media_type="text/plain", method="text", text=raw))
    return document


def facts(document: Document) -> dict[str, str]:
    header = document.header
    found = {
        name: getattr(header, name).value
        for name in ("number", "doc_type", "issuer", "subject", "issue_date", "signatory_name", "signatory_title")
        if getattr(header, name) is not None
    }
    return {**found, "level": header.level, "province": document.province.name}


PAPERS = [
    (
        "record_and_links_above",
        "- 1Chỉ thị 15/CT-TTg năm 2020 về đợt cao điểm phòng, chống dịch do Thủ tướng Chính phủ ban hành\n"
        "- 2Chỉ thị 16/CT-TTg năm 2020 về biện pháp cấp bách do Thủ tướng Chính phủ ban hành\n"
        f"ỦY BAN NHÂN DÂN | {NATION} |\nSố: 31/CT-UBND | Lạng Sơn, ngày 12 tháng 6 năm 2021 |\n{REPORT}{ORDERS}",
        {
            "number": "31/CT-UBND",
            "doc_type": "directive",
            "issuer": "Ủy ban nhân dân tỉnh Lạng Sơn",
            "issue_date": "2021-06-12",
            "level": "province",
            "province": "Lạng Sơn",
        },
    ),
    (
        "table_record_and_broken_title",
        "Kế hoạch 77/KH-UBND năm 2022 mở cửa lại trường học trong tình hình mới do tỉnh Yên Bái ban hành\n"
        "Số hiệu | 77/KH-UBND |\nNgày ban hành | 15/02/2022 |\nLoại văn bản | Kế hoạch |\nNgười ký | Lê Văn Tâm |\n"
        "ỦY BAN NHÂN DÂN |\nCỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM |\nSố: 77/KH-UBND |\n"
        "Yên Bái, ngày 15 tháng 02 năm 2022 |\nMỞ\nCỬA LẠI TRƯỜNG HỌC THEO NGHỊ QUYẾT SỐ 128/NQ-CP CỦA\n"
        f"CHÍNH PHỦ TRONG TÌNH HÌNH MỚI\n{REPORT}{ORDERS}",
        {
            "number": "77/KH-UBND",
            "doc_type": "plan",
            "issuer": "Ủy ban nhân dân tỉnh Yên Bái",
            "subject": "MỞ CỬA LẠI TRƯỜNG HỌC THEO NGHỊ QUYẾT SỐ 128/NQ-CP CỦA CHÍNH PHỦ TRONG TÌNH HÌNH MỚI",
            "issue_date": "2022-02-15",
            "level": "province",
            "province": "Yên Bái",
        },
    ),
    (
        "conclusion_in_capitals",
        f"VĂN PHÒNG CHÍNH PHỦ\n-------\n|\n{NATION}\n{MOTTO}\n|\nSố: 88/TB-VPCP\n|\nHà Nội, "
        "ngày 02 tháng 6 năm 2021\n|\nTHÔNG BÁO\nKẾT LUẬN CỦA PHÓ THỦ TƯỚNG CHÍNH PHỦ TRẦN\n"
        "VĂN HÙNG TẠI CUỘC HỌP VỀ VẮC XIN\n"
        "Chiều ngày 01 tháng 6\nnăm 2021, tại trụ sở Chính phủ, Phó Thủ tướng đã chủ trì cuộc họp với các bộ.\n"
        "1. Bộ Y tế khẩn trương mua vắc xin.\n2. Bộ Tài chính bố trí kinh phí.\n",
        {
            "number": "88/TB-VPCP",
            "doc_type": "notice",
            "issuer": "Văn phòng Chính phủ",
            "subject": "KẾT LUẬN CỦA PHÓ THỦ TƯỚNG CHÍNH PHỦ TRẦN VĂN HÙNG TẠI CUỘC HỌP VỀ VẮC XIN",
            "issue_date": "2021-06-02",
            "level": "central",
            "province": "",
        },
    ),
    (
        "record_without_letterhead",
        "Công văn về tạm dừng lễ hội\nSố hiệu: 915/UBND-VX\nLoại văn bản: Công văn\nNgày ban hành: 03/02/2021\n"
        f"Nơi ban hành: Tỉnh Phú Thọ\n{REPORT}{ORDERS}",
        {
            "number": "915/UBND-VX",
            "doc_type": "official_letter",
            "issuer": "Ủy ban nhân dân tỉnh",
            "level": "province",
            "province": "",
        },
    ),
    (
        "heading_at_the_end_is_nobody",
        f"ỦY BAN NHÂN DÂN\nTHÀNH PHỐ CẦN THƠ\n{NATION}\n{MOTTO}\nSố: 12/KH-UBND\nCần Thơ, ngày 04 tháng 8 năm 2021\n"
        f"KẾ HOẠCH\nTiêm vắc xin cho công nhân\n\n{REPORT}\n\nI. MỤC TIÊU",
        {
            "number": "12/KH-UBND",
            "doc_type": "plan",
            "issuer": "Ủy ban nhân dân thành phố Cần Thơ",
            "subject": "Tiêm vắc xin cho công nhân",
            "issue_date": "2021-08-04",
            "level": "province",
            "province": "Cần Thơ",
        },
    ),
    (
        "city_of_the_same_name_as_its_province",
        f"ỦY BAN NHÂN DÂN | {NATION} |\nSố: 45/UBND | Vĩnh Long, ngày 12 tháng 6 năm 2021 |\n"
        "Kính gửi: Ủy ban nhân dân các phường.\nỦy ban nhân dân thành phố yêu cầu các phường trên địa bàn thành phố "
        "rà soát người về từ vùng dịch và báo cáo kết quả.\n",
        {
            "number": "45/UBND",
            "doc_type": "official_letter",
            "issuer": "Ủy ban nhân dân",
            "issue_date": "2021-06-12",
            "level": "",
            "province": "Vĩnh Long",
        },
    ),
    (
        "district_by_the_place",
        f"ỦY BAN NHÂN DÂN | {NATION} |\nSố: 45/UBND | Hiệp Hòa, ngày 12 tháng 6 năm 2021 |\n"
        f"Kính gửi: Ủy ban nhân dân các xã.\nỦy ban nhân dân huyện yêu cầu các xã rà soát người về từ vùng dịch.\n",
        {
            "number": "45/UBND",
            "doc_type": "official_letter",
            "issuer": "Ủy ban nhân dân huyện Hiệp Hòa",
            "issue_date": "2021-06-12",
            "level": "district",
            "province": "Bắc Giang",
        },
    ),
]


@pytest.mark.parametrize(("raw", "expected"), [row[1:] for row in PAPERS], ids=[row[0] for row in PAPERS])
def test_header_of_a_page(raw: str, expected: dict[str, str]) -> None:
    assert facts(read(raw)) == expected


def test_links_above_a_paper_are_no_citations() -> None:
    assert read(PAPERS[0][1]).citations == ()


def test_a_colon_before_the_first_provision_cites_nothing() -> None:
    document = read(f"{REPORT.rstrip()[:-1]} theo Chỉ thị:\n{ORDERS}")
    assert document.citations == ()
    assert [item.label for item in document.provisions] == ["1", "2"]


def test_units_in_mixed_case_belong_to_the_number() -> None:
    found = read("Thực hiện Công văn số 505/BGDĐT-GDTrH ngày 09/3/2021 và Công văn số 61/SGTVT-VTPT&LN ngày 08/3/2021.")
    assert [(item.number, str(item.date)) for item in found.citations] == [
        ("505/BGDĐT-GDTrH", "2021-03-09"),
        ("61/SGTVT-VTPT&LN", "2021-03-08"),
    ]


SIGNED_LATER = (
    "UBND TỈNH HÒA BÌNH \n\nSỞ Y TẾ \n\nSố:        /SYT-NVY \n\nV/v rà soát trang thiết bị  \n\n"
    f"{NATION} \n\n{MOTTO}   \n\nHòa Bình, ngày      tháng   5   năm 2021 \n\nKính gửi: Trung tâm Y tế các huyện. \n\n"
    "Thực hiện Chỉ thị số 11/CT-BYT ngày 06/5/2021 của Bộ trưởng Bộ \n\nY tế về bảo đảm vật tư phòng, chống dịch, \n\n"
    "Sở Y tế yêu cầu Trung tâm Y tế các huyện, thành phố \n\nthực hiện những việc sau: \n\n1. Rà soát máy thở, \n\n"
    "ô xy và thuốc điều trị. \n\n2. Báo cáo về Sở Y tế \n\ntrước ngày 30/5/2021 \n\nđể tổng hợp. \n\n3. Phân công \n\n"
    "người trực \n\nvà lập danh sách \n\ngửi về phòng \n\nnghiệp vụ y. \n\n"
)


def test_double_spacing_of_a_text_layer_closes_up() -> None:
    document = read(SIGNED_LATER)
    assert "Bộ trưởng Bộ\nY tế" in document.text
    assert clean_text(document.text) == document.text
    assert [(item.issuer, item.relation) for item in document.citations] == [("Bộ Y tế", "implements")]
    assert [item.label for item in document.provisions] == ["1", "2", "3"]


def test_paragraphs_parted_by_blank_lines_stay_parted() -> None:
    raw = "\n\n".join(f"{number}. Rà soát người về từ vùng dịch." for number in range(1, 40))
    assert clean_text(raw) == raw


def test_an_open_day_bounds_the_issue_date_by_its_month() -> None:
    document = read(SIGNED_LATER)
    dating = document.dating
    assert (dating.issue_date, str(dating.earliest), str(dating.latest)) == (None, "2021-05-06", "2021-05-30")
    assert dating.basis == "inferred"
    assert "incomplete-date" in {problem.code for problem in document.problems}


def test_a_month_that_a_scan_lost_is_no_date() -> None:
    raw = f"UY BAN NHAN DAN\nHUYEN HIEP HOA\n{NATION}\nHiep Hoa, ngay 01 thang .lfnam 2020\n{REPORT}{ORDERS}"
    assert read(raw).header.issue_date is None


def test_a_narrated_start_does_not_bound() -> None:
    raw = (
        "Từ ngày 19 tháng 7 năm 2021, tỉnh áp dụng giãn cách xã hội theo Chỉ thị số 16/CT-TTg ngày 31 tháng 3 năm 2020 "
        "của Thủ tướng Chính phủ. Đến nay tình hình đã cơ bản được kiểm soát.\n\n"
        "Chủ tịch UBND tỉnh quyết định mở lại hàng quán từ 0 giờ ngày 23 tháng 9 năm 2021.\n"
    )
    document = read(raw)
    assert [(str(day.date), day.kind) for day in document.dates] == [("2021-09-23", "effective_from")]
    assert str(document.dating.estimate) == "2021-09-23"


def test_district_of_the_own_area_tells_the_province() -> None:
    raw = "UBND tỉnh gia hạn thời gian phong tỏa khu chợ trên địa bàn thị xã Ba Đồn đến hết ngày 30/9/2021."
    assert read(raw).province.name == "Quảng Bình"
    assert read("Rà soát người về từ ổ dịch trên địa bàn thị xã Ba Đồn.").province.name == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "Tổ công tác của Chính phủ có văn bản số 36/BC-TCT báo cáo kết quả.",
        "Sở Giáo dục và Đào tạo đề nghị cha mẹ học sinh giám sát con em.",
    ],
    ids=["reports", "asks"],
)
def test_who_reports_or_asks_is_not_told(sentence: str) -> None:
    assert [task.actor for task in read(f"1. {sentence}\n2. Công an tỉnh lập chốt.").tasks] == ["Công an tỉnh"]


CUT_OFF = (
    "TỔNG\nCỤC THUẾ\nCỤC THUẾ TP HÀ NỘI\n-------\n|\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Độc lập - Tự do - Hạnh phúc\n|\nSố: 2698/CT-TTHT\nV/v giãn nộp thuế khi\nphong tỏa\n|\n"
    "Hà\nNội, ngày 26 tháng 04\nnăm 2021\n|\n"
    "Kính\ngửi: Công ty TNHH Sao Mai.\n"
    "Trả lời Công văn số 15/CV-SM ngày 08/3/2021 của Công ty TNHH Sao Mai hỏi về giãn thuế, Cục Thuế có ý kiến.\n"
)


def test_words_cut_off_by_a_narrow_column() -> None:
    document = read(CUT_OFF)
    assert facts(document) == {
        "number": "2698/CT-TTHT",
        "doc_type": "official_letter",
        "issuer": "Cục Thuế thành phố Hà Nội",
        "subject": "V/v giãn nộp thuế khi phong tỏa",
        "issue_date": "2021-04-26",
        "level": "province",
        "province": "Hà Nội",
    }
    assert [item.actor for item in document.recipients] == ["Công ty TNHH Sao Mai"]
    assert [item.issuer for item in document.citations] == ["Công ty TNHH Sao Mai"]


def test_a_record_whose_labels_run_on() -> None:
    header = read(
        "Cơ quan ban hành: Cục ThuếSố công báo:Đang cập nhật\nSố hiệu:5736/CT-QLNNgày đăng công báo:Đang cập nhật\n"
        f"Loại văn bản:Công vănNgười ký:Lê Văn Tâm\nNgày ban hành:06/09/2021\n{REPORT}{ORDERS}"
    ).header
    assert header.number is not None and header.number.value == "5736/CT-QLN"
    assert header.doc_type is not None and header.doc_type.value == "official_letter"


def test_the_end_of_a_number_is_no_place() -> None:
    raw = (
        "ĐẢNG CỘNG SẢN VIỆT NAM\nSố 97-QĐ/TW\nHà Nội, ngày 07 tháng 02 năm 2021\nQUY ĐỊNH\n"
        "VỀ TRÁCH NHIỆM NÊU GƯƠNG\n\n"
        "- Căn cứ Quy định số 24-QĐ/TW, ngày 30/7/2020 của Ban Chấp hành Trung ương,"
    )
    assert [item.number for item in read(raw).citations] == ["24-QĐ/TW"]


def test_issuers_end_before_the_verb() -> None:
    found = read(
        "Căn cứ Quyết định số 09-QĐ/BCĐ ngày 31/8/2021 của Trưởng Ban Chỉ đạo phòng, chống dịch Covid-19 "
        "tỉnh Thanh Hóa về thành lập tiểu ban; Quyết định số 56/QĐ-HĐ ngày 24/4/2021 "
        "của Hội đồng Quản lý ủy nhiệm cho Giám đốc."
    )
    assert [item.issuer for item in found.citations] == [
        "Trưởng Ban Chỉ đạo phòng, chống dịch Covid-19 tỉnh Thanh Hóa",
        "Hội đồng Quản lý",
    ]


def test_a_signature_on_the_line_of_the_last_copy() -> None:
    raw = f"{REPORT}{ORDERS}Nơi nhận: - Như trên; - Lưu: VT, KGVX. KT. CHỦ TỊCH PHÓ CHỦ TỊCH (đã ký) Lê Văn Tâm"
    assert [item.actor for item in read(raw).recipients] == ["Như trên", "Lưu: VT, KGVX"]


def test_a_blank_for_the_dash_of_a_party_number() -> None:
    document = read(
        "TỈNH ỦY BẮC GIANG                     ĐẢNG CỘNG SẢN VIỆT NAM\n        *\n"
        "Số 45 CV/TU                         Bắc Giang, ngày 18 tháng 5 năm 2021\nV/v phòng, chống dịch\n"
        "Kính gửi: Các huyện ủy.\nThực hiện Chỉ thị số 12 CT/TW ngày 10/5/2021 của Ban Bí thư, Tỉnh ủy yêu cầu:\n"
        "1- Các huyện ủy lập 15 chốt kiểm soát.\n2- Báo cáo trước ngày 20/5/2021.\n"
    )
    assert facts(document)["number"] == "45-CV/TU"
    assert facts(document)["issuer"] == "Tỉnh ủy Bắc Giang"
    assert [item.number for item in document.citations] == ["12-CT/TW"]


TREES = [
    ("heading_like_a_ward", "I. CÁC ĐỊA PHƯƠNG\n1. Lập chốt.\n2. Trực.\nII. CÁC CƠ QUAN\n1. Họp.\n2. Gửi.",
     ["I", "I.1", "I.2", "II", "II.1", "II.2"]),
    ("ward_broken_over_a_line", "1. Phong tỏa khu phố 3, Phường\n1. của thị xã.\n2. Lập chốt.", ["1", "2"]),
    ("small_roman_in_brackets", "1. Lập chốt:\na) Trên bộ:\n(i) Quốc lộ;\n(ii) Tỉnh lộ.\nb) Trên sông.\n2. Báo cáo.",
     ["1", "1.a", "1.a.i", "1.a.ii", "1.b", "2"]),
    ("small_roman", "1. Lập chốt:\ni) Quốc lộ;\nii) Tỉnh lộ.\n2. Báo cáo.", ["1", "1.i", "1.ii", "2"]),
    ("ninth_letter", "1. Lập chốt:\n" + "".join(f"{x}) Quốc lộ;\n" for x in "abcdđeghik") + "2. Báo cáo.",
     ["1", *(f"1.{x}" for x in "abcdđeghik"), "2"]),
    ("letters_in_brackets", "1. Lập chốt:\n(a) Quốc lộ;\n(b) Tỉnh lộ.\n2. Báo cáo.", ["1", "1.a", "1.b", "2"]),
    ("last_item_speaks_of_the_paper", "1. Lập chốt.\n2. Chỉ thị này có hiệu lực kể từ ngày ký./.", ["1", "2"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "paths"), [row[1:] for row in TREES], ids=[row[0] for row in TREES])
def test_provisions(body: str, paths: list[str]) -> None:
    document = read(f"{REPORT}{body}")
    assert [item.path for item in document.provisions] == paths
    last = document.provisions[-1]
    assert len(document.text[last.start : last.end]) > 4


def test_a_copy_that_goes_on_behind_a_comma() -> None:
    raw = f"{REPORT}{ORDERS}Nơi nhận:\n- Như trên;\n- VPUB: CVP, PCVP Đ.H.Nam,\nKGVX, TKBT;\n- Lưu: VT.\n"
    assert [item.actor for item in read(raw).recipients] == [
        "Như trên",
        "VPUB: CVP, PCVP Đ.H.Nam, KGVX, TKBT",
        "Lưu: VT",
    ]


def test_ho_chi_minh_is_a_place() -> None:
    found = read(
        "Căn cứ Công văn số 708/UBND-VX ngày 29/02/2020 của Ủy ban nhân dân thành phố Hồ Chí Minh về nghỉ học."
    )
    assert [item.issuer for item in found.citations] == ["Ủy ban nhân dân thành phố Hồ Chí Minh"]


def test_a_body_is_told_once() -> None:
    raw = "UBND tỉnh yêu cầu các sở, ban, ngành; UBND các huyện, thị xã kiểm tra các cơ sở kinh doanh karaoke."
    actors = [task.actor for task in read(raw).tasks]
    assert len(actors) == len(set(actors)) == 2


def test_a_start_that_was_given_up() -> None:
    found = read("1. Nghỉ Tết từ ngày 01/02/2021 (thay vì từ ngày 04/02/2021).\n2. Báo cáo trước ngày 05/02/2021.")
    assert [str(day.date) for day in found.dates] == ["2021-02-01", "2021-02-05"]


DISTRICT = (
    "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHUYỆN CHƯ SÊ Độc lập - Tự do - Hạnh phúc\n"
    "Số:1234 /UBND - VX Chư Sê, ngày 05 tháng 8 năm 2021\nV/v thực hiện Công văn số 1100/UBND-KGVX KHẨN\n"
    "ngày 04/8/2021 của UBND tỉnh\nKÍNH GỬI :\n- Công an huyện ;\n- UBND các xã, thị trấn .\n"
    "Chủ tịch UBND huyện có ý kiến như sau :\n1/ Công an huyện lập 03 chốt.\n2/ UBND các xã, thị trấn :\n"
    "+ Kích hoạt Tổ Covid cộng đồng ;\n+ Báo cáo trước ngày 06/8/2021.\n"
    "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Như trên; KT. CHỦ TỊCH\n- UBND tỉnh (b/c); PHÓ CHỦ TỊCH\n"
    "- Lưu VT, VX. Rmah H’Bé Nét\n"
)


def test_two_columns_on_one_line_from_head_to_foot() -> None:
    document = read(DISTRICT)
    header = document.header
    assert facts(document)["subject"] == "V/v thực hiện Công văn số 1100/UBND-KGVX ngày 04/8/2021 của UBND tỉnh"
    assert header.urgency is not None and header.urgency.value == "khan"
    assert facts(document)["signatory_name"] == "Rmah H’Bé Nét"
    assert [item.actor for item in document.recipients if item.kind == "copy"] == [
        "Như trên",
        "UBND tỉnh (b/c)",
        "Lưu VT, VX",
    ]
    assert [item.number for item in document.citations] == ["1100/UBND-KGVX"]  # not "2/ UBND các xã"


def test_a_table_pasted_as_markdown() -> None:
    document = read(
        f"| **BỘ Y TẾ** **\\-------** | **{NATION}** **{MOTTO}** **\\---------------** |\n|---|---|\n"
        "| Số: 555/BYT-MT V/v cách ly tại nhà | *Hà Nội, ngày 14 tháng 7 năm 2021* |\n\n"
        "Kính gửi: Ủy ban nhân dân các tỉnh\n\nBộ Y tế đề nghị Ủy ban nhân dân các tỉnh thực hiện như sau:\n\n"
        "1\\. Giao Sở Y tế tập huấn.\n2\\. Báo cáo kết quả.\n\n"
        "| ***Nơi nhận:*** - Như trên; - Lưu: VT, MT. | **KT. BỘ TRƯỞNG** **THỨ TRƯỞNG** **Lê Văn Tâm** |\n"
    )
    assert facts(document)["issuer"] == "Bộ Y tế"
    assert facts(document)["subject"] == "V/v cách ly tại nhà"
    assert [item.label for item in document.provisions] == ["1", "2"]
    assert [item.actor for item in document.recipients if item.kind == "copy"] == ["Như trên", "Lưu: VT, MT"]
    assert facts(document)["signatory_name"] == "Lê Văn Tâm"


def test_what_a_site_prints_below_a_paper_is_no_part_of_it() -> None:
    raw = f"{REPORT}{ORDERS}Bích Nhàn\nTin liên quan\nTỉnh lập 11 chốt kiểm soát\nBình luận (0)\n"
    document = read(raw)
    assert not [figure for figure in document.figures if figure.value == 11]
    assert document.text[document.zones.body.end - 9 : document.zones.body.end] == "Bích Nhàn"


def test_also_addressed() -> None:
    raw = f"{NATION}\nSố: 45/CV-BCĐ\nKính gửi: Sở Du lịch; Sở Y tế;\nĐồng kính gửi: Ủy ban MTTQ tỉnh.\n{REPORT}{ORDERS}"
    assert [item.actor for item in read(raw).recipients] == ["Sở Du lịch", "Sở Y tế", "Ủy ban MTTQ tỉnh"]


def test_head_of_a_board_speaks() -> None:
    raw = (
        f"BAN CHỈ ĐẠO QUỐC GIA\nPHÒNG, CHỐNG DỊCH COVID-19\n{NATION}\n{MOTTO}\nSố: 61/CĐ-BCĐ\n"
        "Hà Nội, ngày 05 tháng 5 năm 2021\nCÔNG ĐIỆN\nV/v kéo dài cách ly\n\n"
        "Thực hiện ý kiến của Thủ tướng Chính phủ, Trưởng Ban Chỉ đạo Quốc gia yêu cầu:\n\n"
        "1. Kéo dài cách ly ít nhất 21 ngày với người nhập cảnh, kể từ ngày 05/5/2021 cho đến khi có thông báo mới.\n"
        "2. Xét nghiệm từ 07h30 đến 17h00 ngày 25/5/2021.\n"
    )
    document = read(raw)
    behalf = document.header.on_behalf_of
    assert behalf is not None and behalf.value == "Trưởng Ban Chỉ đạo Quốc gia"
    assert [(str(day.date), day.kind) for day in document.dates] == [
        ("2021-05-05", "effective_from"),
        ("2021-05-25", "effective_to"),
    ]


def test_a_place_at_the_end_of_a_line_heads_nothing() -> None:
    raw = f"{REPORT}I. THỜI GIAN\n- Địa điểm: Trường Tiểu học Sao Mai.\nII. ĐỐI TƯỢNG\n- Công an tỉnh lập chốt.\n"
    assert [task.actor for task in read(raw).tasks] == ["Công an tỉnh"]


def test_a_share_that_was_reached_is_reported() -> None:
    raw = f"{REPORT}1. Toàn tỉnh đã tiêm 45.678 liều, đạt 95,3% số vắc xin; phấn đấu đạt 98%.\n2. Báo cáo.\n"
    assert [(item.value, item.kind) for item in read(raw).figures] == [
        (45678.0, "reported"),
        (95.3, "reported"),
        (98.0, "target"),
    ]


def test_a_long_day_behind_a_cited_one_keeps_its_year() -> None:
    raw = "1. Theo Chỉ thị 16/CT-TTg ngày 31/3/2020; từ 00 giờ 00 ngày 09 tháng 7 năm 2021 đến khi có thông báo."
    (day,) = read(raw).dates
    assert read(raw).text[day.start : day.end] == "từ 00 giờ 00 ngày 09 tháng 7 năm 2021"


TOLD = [
    (
        "two_titles",
        "Bí thư, Chủ tịch UBND cấp huyện trực tiếp chỉ đạo.",
        [("lead", "Bí thư, Chủ tịch UBND cấp huyện")],
    ),
    (
        "central_offices",
        "Cơ quan Trung ương trên địa bàn, Sở, ban, ngành Thành phố bố trí 50% cán bộ.",
        [("lead", "Cơ quan Trung ương trên địa bàn, Sở, ban, ngành Thành phố")],
    ),
    (
        "with_whom_without_voi",
        "Công an tỉnh chủ trì, phối hợp Thanh tra Sở GTVT lập chốt.",
        [("lead", "Công an tỉnh"), ("coordinate", "Thanh tra Sở GTVT")],
    ),
    (
        "of_the_places",
        "Trung tâm Y tế các địa phương lập danh sách.",
        [("lead", "Trung tâm Y tế các địa phương")],
    ),
]


@pytest.mark.parametrize(("order", "wanted"), [row[1:] for row in TOLD], ids=[row[0] for row in TOLD])
def test_told(order: str, wanted: list[tuple[str, str]]) -> None:
    assert [(task.role, task.actor) for task in read(f"1. {order}\n2. Lập chốt.").tasks] == wanted


def test_a_rank_before_the_name_beside_the_list() -> None:
    raw = (
        f"CÔNG AN TỈNH NGHỆ AN\n{NATION}\nSố: 21/CAT-PV01\nKính gửi: Công an các huyện.\n{REPORT}{ORDERS}"
        "Nơi nhận:                         GIÁM ĐỐC\n- Như trên;\n"
        "- Lưu: VT, PV01(TH).                    Thiếu tướng Lê Văn Tâm\n"
    )
    document = read(raw)
    assert facts(document)["signatory_name"] == "Lê Văn Tâm"
    assert [item.actor for item in document.recipients if item.kind == "copy"] == ["Như trên", "Lưu: VT, PV01(TH)"]


def test_no_later_than_is_a_deadline() -> None:
    (day,) = read("1. Bắt đầu áp dụng không muộn hơn 0 giờ ngày 19 tháng 7 năm 2021.\n2. Báo cáo.").dates
    assert (str(day.date), day.kind) == ("2021-07-19", "deadline")


def test_points_in_brackets_are_read_for_tasks() -> None:
    raw = (
        "Ban Chỉ đạo tỉnh yêu cầu:\n(1) Công an tỉnh rà soát.\n(2) Sở Y tế cập nhật số liệu:\n"
        "(i) CDC tỉnh lấy mẫu;\n(ii) Trung tâm Y tế các huyện truy vết.\n(3) Các địa phương lập chốt.\n"
    )
    assert [task.actor for task in read(raw).tasks] == [
        "Công an tỉnh",
        "Sở Y tế",
        "CDC tỉnh",
        "Trung tâm Y tế các huyện",
        "Các địa phương",
    ]


def test_a_table_row_that_holds_list_and_signature() -> None:
    document = read(
        f"| ỦY BAN NHÂN DÂN TỈNH KON TUM | {NATION} {MOTTO} |\n| --- | --- |\n"
        "| Số: 2571/UBND-KGVX | Kon Tum, ngày 26 tháng 7 năm 2021 |\n| V/v phòng, chống dịch | |\n"
        f"| Kính gửi: | - Các sở, ban ngành; - UBND các huyện. |\n{REPORT}{ORDERS}"
        "| Nơi nhận: - Như trên; - Lưu: VT. | TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Y Lan |\n"
    )
    assert facts(document)["signatory_name"] == "Y Lan"
    assert [item.actor for item in document.recipients] == [
        "Các sở, ban ngành",
        "UBND các huyện",
        "Như trên",
        "Lưu: VT",
    ]
    assert not document.text[: document.zones.body.end].endswith("|")


def test_office_below_the_committee_that_it_serves() -> None:
    raw = (
        f"UBND TỈNH ĐẮK LẮK\nVĂN PHÒNG UBND TỈNH\n{NATION}\n{MOTTO}\nSố: 15/VPUBND-KGVX\n"
        f"Đắk Lắk, ngày 05 tháng 8 năm 2021\nKính gửi: Sở Y tế.\n{REPORT}{ORDERS}"
    )
    header = read(raw).header
    assert header.issuer is not None and header.issuer.value == "Văn phòng Ủy ban nhân dân tỉnh Đắk Lắk"
    assert header.on_behalf_of is not None and header.on_behalf_of.value == "Chủ tịch Ủy ban nhân dân tỉnh"


def test_the_heads_two_titles_are_not_the_deputys() -> None:
    raw = (
        f"VĂN PHÒNG CHÍNH PHỦ | {NATION} |\nSố: 86/VPCP-KGVX | Hà Nội, ngày 25 tháng 9 năm 2021 |\n"
        f"Kính gửi: Tỉnh ủy Bến Tre.\n{REPORT}{ORDERS}| KT. BỘ TRƯỞNG, CHỦ NHIỆM |\n"
    )
    header = read(raw).header
    assert header.signatory_title is None
    assert header.signing_authority is not None and header.signing_authority.value == "KT"
