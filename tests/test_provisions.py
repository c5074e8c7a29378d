"""Provisions: invented documents in the forms met in the wild, each with the tree it must give."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.fold import Text
from loaders.provisions import parse_provisions
from loaders.records import Provision, Span


def parse(body: str) -> tuple[Provision, ...]:
    return parse_provisions(Text(body), Span(0, len(body)))


def paths(body: str) -> list[str]:
    return [provision.path for provision in parse(body)]


def closing(body: str) -> str:
    """What follows the last provision."""
    found = parse(body)
    return body[max(p.end for p in found) :].strip() if found else body


ORDER = "Chủ tịch UBND tỉnh yêu cầu:\n\n"

TREES = {
    "plain-numbers": (
        ORDER + "1. Sở Y tế rà soát.\n\n2. Công an tỉnh tuần tra.\n\n3. Sở Công Thương điều tiết hàng hóa.",
        "1 2 3",
    ),
    "no-blank-behind-the-number": (ORDER + "1.Thực hiện khai báo.\n2.Tạm dừng lễ hội.\n3.Báo cáo kết quả.", "1 2 3"),
    "party-hyphens": (
        "Ban Thường vụ Thành ủy yêu cầu:\n\n1- Các cấp ủy quán triệt.\n\n2- Ban Tuyên giáo tuyên truyền.\n\n"
        "3-Văn phòng theo dõi.",
        "1 2 3",
    ),
    "numbers-with-slash-or-bracket": (ORDER + "1/ Sở Y tế lập chốt.\n2/ Sở Nội vụ hướng dẫn.\n3/ Công an.", "1 2 3"),
    "ocr-comma-for-the-stop": (ORDER + "1. Sở Y tế.\n2. Sở Tài chính.\n3, Sở Nội vụ.\n4. Công an tỉnh.", "1 2 3 4"),
    "ocr-l-for-one": (ORDER + "l. Sở Y tế rà soát.\n\n2. Công an tỉnh.\n\n3. Các huyện.", "1 2 3"),
    "ocr-capital-i-for-one": (ORDER + "I. Sở Y tế rà soát.\n\n2. Công an tỉnh.\n\n3. Các huyện.", "1 2 3"),
    "ocr-s-for-five": (ORDER + "1. A.\n\n2. B.\n\n3. C.\n\n4. D.\n\nS. Sở Y tế.\n\n6. Sở Nội vụ.", "1 2 3 4 5 6"),
    "ocr-ten-as-lo": (
        ORDER + "\n\n".join(f"{n}. Sở ngành làm việc {n}." for n in range(1, 10)) + "\n\nlO. Các huyện.",
        "1 2 3 4 5 6 7 8 9 10",
    ),
    "a-number-is-lost": (ORDER + "1. Sở Y tế.\n\n2. Công an tỉnh.\n\n4. Các huyện.", "1 2 4"),
    "the-first-number-is-lost": (ORDER + "Sở Y tế rà soát.\n\n2. Công an tỉnh.\n\n3. Các huyện.", "2 3"),
    "roman-over-numbers": (
        "I. MỤC ĐÍCH\n1. Chủ động phòng dịch.\n2. Giảm tử vong.\nII. NHIỆM VỤ\n1. Sở Y tế tiêm.\n2. Công an "
        "tuần tra.\n"
        "III. TỔ CHỨC THỰC HIỆN\nCác đơn vị báo cáo.",
        "I I.1 I.2 II II.1 II.2 III",
    ),
    "roman-hyphen": (
        "I- Đặc điểm, tình hình\n\nDịch phức tạp.\n\nII- Nhiệm vụ\n\n1- Lãnh đạo tốt.\n\n2- Tuyên truyền.",
        "I II II.1 II.2",
    ),
    "decimals-three-deep": (
        ORDER + "1. Sở Y tế:\n1.1. Xét nghiệm:\n1.1.1. Nhanh.\n1.1.2. PCR.\n1.2 Truy vết.\n2. Công an:\n2.1. Chốt.",
        "1 1.1 1.1.1 1.1.2 1.2 2 2.1",
    ),
    "letters-with-d-bar": (
        ORDER + "1. Tạm dừng:\na) Quán bar;\nb) Karaoke;\nc) Rạp phim;\nd) Phòng gym;\nđ) Chợ đêm;\ne) Quán "
        "nước.\n2. "
        "Mở lại.",
        "1 1.a 1.b 1.c 1.d 1.đ 1.e 2",
    ),
    "letters-with-the-bar-lost": (
        ORDER + "1. Tạm dừng:\na) Bar;\nb) Karaoke;\nc) Rạp;\nd) Gym;\nd) Chợ;\ne) Quán.\n2. Mở lại.",
        "1 1.a 1.b 1.c 1.d 1.đ 1.e 2",
    ),
    "dashes-and-plus": (
        ORDER + "1. Sở Y tế:\n- Xét nghiệm:\n+ Nhóm 1;\n+ Nhóm 2.\n- Điều trị.\n2. Công an tỉnh.",
        "1 1.-1 1.-1.+1 1.-1.+2 1.-2 2",
    ),
    "bullets-of-a-word-processor": (ORDER + "1. Sở Y tế:\n• Xét nghiệm.\n• Điều trị.\n2. Công an.", "1 1.-1 1.-2 2"),
    "articles-with-clauses": (
        "QUYẾT ĐỊNH:\n\nĐiều 1. Áp dụng giãn cách từ 0 giờ.\n1. Không tụ tập.\n2. Đeo khẩu trang.\n"
        "Điều 2. Quyết định này có hiệu lực.\nĐiều 3. Chánh Văn phòng chịu trách nhiệm thi hành.",
        "Điều 1|Điều 1.1|Điều 1.2|Điều 2|Điều 3",
    ),
    "article-with-colon": ("QUYẾT NGHỊ:\nĐiều 1: Thông qua.\nĐiều 2: Giao UBND tỉnh.", "Điều 1|Điều 2"),
    "parts": (
        "Phần thứ nhất\nĐÁNH GIÁ TÌNH HÌNH\n1. Kết quả.\n2. Hạn chế.\n\nPhần thứ hai\nNHIỆM VỤ\n1. Tiêm "
        "chủng.\n2. Điều trị.",
        "Phần thứ nhất|Phần thứ nhất.1|Phần thứ nhất.2|Phần thứ hai|Phần thứ hai.1|Phần thứ hai.2",
    ),
    "capitals-over-romans": (
        "A. ĐÁNH GIÁ\nI. KẾT QUẢ\nTốt.\nII. HẠN CHẾ\nCòn.\nB. NHIỆM VỤ\nI. CHUNG\nLàm.\nII. RIÊNG\nLàm.",
        "A A.I A.II B B.I B.II",
    ),
    "clause-in-a-sentence": (
        ORDER + "1. Xử phạt theo quy định tại khoản\n4. Điều 14 Nghị định về xử phạt.\n2. Báo cáo theo khoản 3 Điều 5.",
        "1 2",
    ),
    "decimal-in-a-sentence": (
        ORDER + "1. Bổ sung ngân sách\n1.5 triệu đồng mỗi người, tổng\n1. 000 suất quà.\n2. Công an.",
        "1 2",
    ),
    "date-broken-over-a-line": (
        ORDER + "1. Thực hiện công văn ngày\n15/5/2021 của Bộ Y tế và ngày\n2-6-2021 của Tỉnh ủy.\n\n2. Sở Y tế.",
        "1 2",
    ),
    "virus-name-broken": (
        ORDER + "1. Chống dịch Covid-\n19. Các huyện tuần tra\n- kiểm soát chặt.\n\n2. Sở Y tế.",
        "1 2",
    ),
    "page-numbers": (
        ORDER + "1. Sở Y tế phối hợp với các\n\n2\n\nđơn vị liên quan.\n\n- 3 -\n\n2. Công an tỉnh.",
        "1 2",
    ),
    "page-break-before-lower-case": (
        ORDER + "1. Sở Công Thương điều tiết\n\n\n\n- xuất nhập khẩu hàng hóa.\n\n2. Công an tỉnh.",
        "1 2",
    ),
    "hyphen-of-a-name-broken": (
        ORDER
        + "1. Giao Đài Phát thanh và các cơ quan liên quan của Sở Lao động\n- Thương binh và Xã hội.\n2. Công an.",
        "1 2",
    ),
    "district-number-at-a-line-start": (
        ORDER + "1. Phong tỏa tại thành phố Thủ Đức và Quận\n1. Các quận khác theo dõi.\n\n2. Sở Y tế.",
        "1 2",
    ),
    "preamble-dashes": (
        "Căn cứ:\n- Luật Phòng, chống bệnh truyền nhiễm;\n- Chỉ thị của Thủ tướng;\nChủ tịch yêu cầu:\n1. Sở Y "
        "tế.\n2. Công an.",
        "1 2",
    ),
    "dashes-only": ("UBND huyện yêu cầu các xã:\n\n- Lập chốt.\n\n- Tuyên truyền.\n\n- Báo cáo.", "-1 -2 -3"),
    "grounds-only": ("Căn cứ các quy định sau:\n- Căn cứ Luật;\n- Căn cứ Nghị định.\nỦy ban xin báo cáo.", ""),
    "no-marks": ("UBND tỉnh yêu cầu các sở thực hiện nghiêm chỉ đạo trên.", ""),
    "numbers-restart-where-a-heading-is-lost": (
        "Nhiệm vụ chung\n\n1. Quán triệt.\n\n2. Tuyên truyền.\n\nNhiệm vụ cụ thể\n\n1. Sở Y tế.\n\n2. Công "
        "an.\n\n3. Các huyện.",
        "1 2 1(2) 2(2) 3",
    ),
    "numbers-nested-under-a-colon": (
        ORDER + "1. Sở Y tế:\n- Các việc sau:\n1. Xét nghiệm.\n2. Truy vết.\n- Báo cáo.\n2. Công an.\n3. Huyện.",
        "1 1.-1 1.-1.1 1.-1.2 1.-2 2 3",
    ),
    "lines-joined": (
        "Chủ tịch yêu cầu: 1. Sở Y tế rà soát. 2. Công an tỉnh: - Tuần tra; - Lập chốt. 3. Các huyện báo cáo.",
        "1 2 2.-1 2.-2 3",
    ),
    "colour-list-in-brackets": (
        ORDER
        + "1. Mô hình (Doanh nghiệp xanh - Nơi ở xanh - Công nhân xanh) và 5K: Khẩu trang-Khử khuẩn.\n2. Sở Y tế.",
        "1 2",
    ),
    "number-alone-on-its-line": (ORDER + "1.\nSở Y tế rà soát.\n\n2.\nCông an tỉnh tuần tra.", "1 2"),
    "accents-lost": ("Chu tich UBND tinh yeu cau:\n1. So Y te ra soat.\n2. Cong an tinh tuan tra.", "1 2"),
    "letter-with-stop": (ORDER + "1. Sở Y tế:\na. Xét nghiệm.\nb. Truy vết.\n2. Công an.", "1 1.a 1.b 2"),
    "lines-joined-with-decimals-and-romans": (
        "Kế hoạch như sau: I. Mục đích. 1. Chủ động. 2. Kịp thời. II. Nhiệm vụ. 1. Sở Y tế: 1.1. Tiêm. 1.2. "
        "Chữa. 2. Công an.",
        "I I.1 I.2 II II.1 II.1.1 II.1.2 II.2",
    ),
    "lines-joined-with-articles": (
        "QUYẾT ĐỊNH: Điều 1. Lập vùng cách ly. Điều 2. Có hiệu lực theo Điều 1. Điều 3. Thi hành.",
        "Điều 1|Điều 2|Điều 3",
    ),
    "colon-lost-before-the-first": ("Thủ tướng Chính phủ chỉ thị\n\n1. Bộ Y tế.\n\n2. Bộ Công an.", "1 2"),
    "numbers-run-on-over-sections": (
        "I. CHUNG\n1. Quán triệt.\n2. Tuyên truyền.\nII. RIÊNG\n3. Sở Y tế.\n4. Công an.\nIII. KHÁC\n5. Báo cáo.",
        "I I.1 I.2 II II.3 II.4 III III.5",
    ),
    "first-number-of-a-section-lost": (
        "I. CHUNG\n\n1. Quán triệt.\n\n2. Tuyên truyền.\n\nII. RIÊNG\n\nSở Y tế.\n\n2. Công an.\n\n3. Báo cáo.",
        "I I.1 I.2 II II.2 II.3",
    ),
    "ocr-stop-lost": (ORDER + "1. Sở Y tế.\n\n2 Công an tỉnh.\n\n3. Các huyện có\n\n16 chốt.", "1 2 3"),
    "ocr-in-decimals": (ORDER + "1. Sở Y tế:\n1.l. Tiêm.\nl.2. Chữa.\n1.3. Dự phòng.\n2. Công an.", "1 1.1 1.2 1.3 2"),
    "ocr-in-articles": (
        "QUYẾT ĐỊNH:\n\nĐiều l. Lập vùng.\n\nĐiều 2. Giao Sở Y tế.\n\nĐiều 3 Thi hành.",
        "Điều 1|Điều 2|Điều 3",
    ),
    "article-named-at-a-line-start": (
        "QUYẾT ĐỊNH:\nĐiều 1. Lập vùng cách ly theo khoản 2\nĐiều 2 Luật Phòng, chống bệnh.\nĐiều 2. Thi hành.",
        "Điều 1|Điều 2",
    ),
    "ocr-digit-misread": (ORDER + "1. Sở Y tế.\n\n2. Công an.\n\n8. Các huyện.\n\n4. Sở Nội vụ.", "1 2 3 4"),
    "ocr-comma-without-blank": (ORDER + "1. Sở Y tế.\n2,Công an.\n3; Các huyện.", "1 2 3"),
    "long-dashes-without-an-end": (
        ORDER + "1. Công an:\n- Tăng cường tuần tra, kiểm soát trên các tuyến đường chính của thị xã\n"
        "- Lập chốt tại các ngã ba, ngã tư và cửa ngõ ra vào thị xã\n2. Trung tâm Y tế.",
        "1 1.-1 1.-2 2",
    ),
    "bullets-of-a-symbol-font": (ORDER + "1. Công an:\n\uf0b7 Tuần tra.\n➢ Lập chốt.\n2. Y tế.", "1 1.-1 1.-2 2"),
    "wrapped-lines": (
        ORDER + "1. Công an tăng cường kiểm tra trên các tuyến Hà Nội\n- Hải Phòng và các tuyến khác; phối hợp với\n"
        "các đơn vị liên quan của tỉnh bạn để phân luồng,\nhướng dẫn phương tiện lưu thông.\n2. Sở Y tế.",
        "1 2",
    ),
    "star-headings-over-dashes": (
        ORDER
        + "1. Đối với người dân:\n* Vùng đỏ:\n- Ở nhà.\n- Không tụ tập.\n* Vùng xanh:\n- Được đi lại.\n2. Sở Y tế.",
        "1 1.*1 1.*1.-1 1.*1.-2 1.*2 1.*2.-1 2",
    ),
}


@pytest.mark.parametrize(("body", "expected"), TREES.values(), ids=TREES)
def test_tree(body: str, expected: str) -> None:
    sign = "|" if "|" in expected else " "
    assert paths(body) == [path for path in expected.split(sign) if path]


LAST = ORDER + "1. Sở Y tế rà soát.\n\n2. Công an tỉnh:\n\n- Tuần tra.\n\n- Lập chốt.\n\n"

CLOSINGS = {
    "attached": "(Gửi kèm Công văn số 12/BYT-DP của Bộ Y tế).",
    "party-cells": "Chỉ thị này phổ biến đến chi bộ.",
    "appeal": "Yêu cầu Thủ trưởng các cơ quan, đơn vị, địa phương nghiêm túc triển khai thực hiện./.",
    "trouble": "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các đơn vị phản ánh về Sở Y tế để tổng hợp.",
    "above-is": "Trên đây là một số biện pháp cấp bách; đề nghị các đơn vị thực hiện.",
    "on-receipt": "Nhận được công văn này, đề nghị các đơn vị khẩn trương thực hiện.",
    "telegram": "Công điện này được phổ biến trên các phương tiện thông tin đại chúng.",
    "issuer-speaks-again": "Ủy ban nhân dân tỉnh giao Văn phòng theo dõi, đôn đốc việc thực hiện.",
    "chairman-speaks-again": "Chủ tịch UBND tỉnh yêu cầu các đơn vị báo cáo kết quả.",
    "office-to-follow": "Giao Văn phòng theo dõi, đôn đốc việc thực hiện Công văn này.",
    "heads": "Giám đốc các sở, Chủ tịch UBND các huyện chịu trách nhiệm thi hành Chỉ thị này.",
    "replaces": "Văn bản này thay thế Công văn số 11/UBND-VX.",
}


@pytest.mark.parametrize("last", CLOSINGS.values(), ids=CLOSINGS)
def test_closing_belongs_to_no_provision(last: str) -> None:
    assert closing(LAST + last) == last


CONTINUATIONS = {
    "the-body-told-to-act": "Công an tỉnh yêu cầu các đơn vị trực thuộc tuần tra.",
    "advice-to-residents": "Khuyến cáo người dân không ra đường khi không cần thiết.",
    "for-whom": "Đối với các khu cách ly, giao đơn vị quân đội bảo vệ.",
    "lower-case": "trong quá trình thực hiện, nếu có vướng mắc thì báo cáo.",
    "plural-committees": "UBND các huyện, thị xã, thành phố giao các xã lập danh sách.",
}


@pytest.mark.parametrize("last", CONTINUATIONS.values(), ids=CONTINUATIONS)
def test_later_paragraph_goes_on_with_its_provision(last: str) -> None:
    assert closing(LAST + last) == ""


def test_department_speaks_again_where_it_gave_the_orders() -> None:
    body = "Sở Y tế đề nghị các bệnh viện:\n\n1. Phân luồng.\n\n2. Xét nghiệm.\n\nSở Y tế đề nghị các đơn vị báo cáo."
    assert closing(body) == "Sở Y tế đề nghị các đơn vị báo cáo."


def test_first_paragraph_under_a_heading_is_no_closing() -> None:
    told = "Yêu cầu các sở, ngành khẩn trương triển khai thực hiện."
    body = f"I. MỤC ĐÍCH\n\nPhòng dịch.\n\nII. TỔ CHỨC THỰC HIỆN\n\n{told}\n\nTrên đây là Kế hoạch của huyện."
    assert closing(body) == "Trên đây là Kế hoạch của huyện."


def test_closing_that_is_an_item_stays_an_item() -> None:
    body = ORDER + "1. Sở Y tế.\n\n2. Tổ chức thực hiện:\n\n- Giao Văn phòng theo dõi.\n\n- Chỉ thị này được."
    assert paths(body) == ["1", "2", "2.-1", "2.-2"]
    assert closing(body) == ""


def test_parent_contains_its_children_and_nothing_is_lost() -> None:
    body = ORDER + "1. Sở Y tế:\n\n- Xét nghiệm.\n\nMở rộng đối tượng.\n\n2. Công an:\na) Chốt.\nb) Tuần tra."
    found = {p.path: p for p in parse(body)}
    assert body[found["1"].start : found["1"].end] == "1. Sở Y tế:\n\n- Xét nghiệm.\n\nMở rộng đối tượng."
    assert body[found["1.-1"].start : found["1.-1"].end] == "- Xét nghiệm.\n\nMở rộng đối tượng."
    assert (
        found["2"].start
        < found["2.a"].start
        < found["2.a"].end
        <= found["2.b"].start
        < found["2.b"].end
        == found["2"].end
    )
    assert [(p.label, p.parent, p.depth) for p in parse(body)][3:] == [("a", "2", 1), ("b", "2", 1)]


def _sound(body: str, found: tuple[Provision, ...]) -> None:
    by_path = {p.path: p for p in found}
    assert len(by_path) == len(found)
    assert [p.start for p in found] == sorted(p.start for p in found)
    for provision in found:
        assert 0 <= provision.start < provision.end <= len(body)
        assert bool(provision.parent) == (provision.depth > 0)
        if provision.parent:
            parent = by_path[provision.parent]
            assert (
                parent.start < provision.start and provision.end <= parent.end and parent.depth == provision.depth - 1
            )
    for one, other in pairwise(found):
        assert not body[one.end : other.start].strip() or other.depth > one.depth
        assert one.end <= other.start or other.parent.startswith(one.path)


_PIECES = st.sampled_from(
    ["1. ", "2. ", "3.", "I. ", "II- ", "a) ", "b) ", "d) ", "đ) ", "- ", "+ ", "* ", "1.1. ", "1.2 ", "Điều 1. ",
     "Mục 1",     "Phần thứ nhất", "l. ", "5, ", "Sở Y tế", "báo cáo", " ", "\n", "\n\n", ". ", ":", "; ", "(Kèm theo",
     "Trên đây là",     "Chỉ thị này ", "khoản\n", "A. ", "B. ", "12", "/2021", "yêu cầu"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=60).map("".join))
def test_trees_are_sound_on_any_mixture_of_marks(body: str) -> None:
    _sound(body, parse(body))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 300))
def test_never_raises_and_stays_inside_its_span(body: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(body)), min(other, len(body))))
    found = parse_provisions(Text(body), Span(start, end))
    assert all(start <= p.start < p.end <= end for p in found)


_LONG = "2. Sở Y tế tổ chức tiêm chủng cho các đối tượng ưu tiên trên địa bàn, bảo đảm an toàn, đúng tiến độ."


@pytest.mark.parametrize(
    "closing",
    [
        "Yêu cầu các đơn vị báo cáo kết quả về Sở Y tế trước ngày 20/8/2021 để tổng hợp.",
        "Định kỳ trước 16 giờ hằng ngày, các đơn vị báo cáo kết quả thực hiện về Sở Y tế.",
        "Thủ trưởng các đơn vị triển khai và báo cáo kết quả thực hiện trước ngày 05 hằng tháng./.",
        "Văn phòng Tỉnh ủy theo dõi, đôn đốc, kiểm tra việc thực hiện và báo cáo Ban Thường vụ.",
        "Giao Văn phòng HĐND và UBND thành phố theo dõi, đôn đốc việc triển khai và định kỳ báo cáo Chủ tịch.",
        "Thanh tra tỉnh, Ban Tổ chức Tỉnh ủy phối hợp theo dõi, kiểm tra, đôn đốc việc thực hiện Chỉ thị.",
        "Văn phòng UBND tỉnh thông báo để các sở, ngành, địa phương biết và triển khai thực hiện./.",
        "Vậy, thông báo để các cơ quan, đơn vị được biết, thực hiện.",
    ],
)
def test_a_closing_belongs_to_no_provision(closing):
    raw = f"Yêu cầu:\n\n1. Rà soát các ổ dịch.\n\n{_LONG}\n\n{closing}"
    assert [raw[item.start : item.end] for item in parse(raw)] == ["1. Rà soát các ổ dịch.", _LONG]


@pytest.mark.parametrize(
    "duty",
    [
        "Báo cáo kết quả thực hiện về UBND tỉnh trước ngày 15/8/2021.",
        "UBND các xã thông báo để người dân biết, đăng ký tiêm.",
        "UBND các huyện theo dõi, đôn đốc việc thực hiện cách ly tại nhà và khai báo y tế.",
        "Các bệnh viện báo cáo kết quả xét nghiệm về Trung tâm Kiểm soát bệnh tật trước 17 giờ.",
        "Yêu cầu Công an các huyện báo cáo hằng ngày số trường hợp vi phạm.",
    ],
)
def test_a_duty_in_the_last_paragraph_stays(duty):
    raw = f"Yêu cầu:\n\n1. Rà soát các ổ dịch.\n\n{_LONG}\n\n{duty}"
    assert parse(raw)[-1].end == len(raw)


@pytest.mark.parametrize(
    ("raw", "paths"),
    [
        pytest.param("Nội dung:\n\n(1) Rà soát.\n\n(2) Xét nghiệm.\n\n(3) Cách ly.", ["1", "2", "3"], id="paragraphs"),
        pytest.param("Chủ tịch yêu cầu: (1) Rà soát ổ dịch; (2) Xét nghiệm.", ["1", "2"], id="in-a-line"),
        pytest.param(
            "1. Sở Y tế:\n(1) Rà soát.\n(2) Xét nghiệm.\n2. Công an tỉnh.", ["1", "1.1", "1.2", "2"], id="below"
        ),
        pytest.param("Theo (1) và (2) thì cần.\n\n1. Rà soát.\n2. Cách ly.", ["1", "2"], id="reference"),
        pytest.param("1. Rà soát.\n\n(2) Số liệu của Bộ Y tế.\n\n2. Cách ly.", ["1", "2"], id="footnote"),
        pytest.param("1. Rà soát.\n2. Công an tỉnh (1) lập chốt; (2) tuần tra.", ["1", "2"], id="small-letters"),
    ],
)
def test_numbers_in_brackets(raw, paths):
    assert [item.path for item in parse(raw)] == paths


def test_a_number_below_a_lost_letter_stands_at_the_top():
    found = parse("a) :\n1. 1. ")
    assert [(item.path, item.depth) for item in found] == [("1", 0)]


@pytest.mark.parametrize(
    ("raw", "paths"),
    [
        pytest.param(
            "Yêu cầu:\n\n1 Sở Y tế rà soát.\n\n2 Công an lập chốt.\n\n3 Báo đưa tin.", ["1", "2", "3"], id="all"
        ),
        pytest.param(
            "Yêu cầu:\n1 Sở Y tế rà soát.\n2. Công an lập chốt.\n3. Báo đưa tin.", ["1", "2", "3"], id="first"
        ),
        pytest.param("Đến nay có:\n\n1 Ca mắc ở A.\n\n2 Ca mắc ở B.", [], id="two are too few"),
        pytest.param("Theo Điều\n1 Luật này, tỉnh có 2 Ca mắc.\n3 Ca mắc khác.", [], id="no row of numbers"),
    ],
)
def test_numbers_that_lost_their_stop(raw, paths):
    assert [item.path for item in parse(raw)] == paths


def test_a_verb_that_folds_to_part_opens_no_part():
    assert [item.path for item in parse("1. Điều trị:\n\nPhân 03 tầng điều trị.\n\n2. Xét nghiệm.")] == ["1", "2"]
