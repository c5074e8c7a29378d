"""Figures: numbers that count something, and numbers that only name something."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.figures import match_figures
from loaders.fold import Text
from loaders.records import Figure, Provision, Span, Zones


def match(body: str, *, ordering: bool = False) -> tuple[Figure, ...]:
    """Figures of ``body`` read as preamble, or as one provision where ``ordering``."""
    tree = (Provision("1", "1", "", 0, 0, len(body)),) if ordering else ()
    return match_figures(Text(body), Zones(header=Span(0, 0), body=Span(0, len(body))), tree)


def short(facts: tuple[Figure, ...]) -> list[str]:
    return [f"{fact.value:g} {fact.unit} {fact.kind}: {fact.what}" for fact in facts]


REPORTED = {
    "cases": ("Tỉnh ghi nhận 45 ca mắc mới.", ["45 ca reported: ca mắc mới"]),
    "cured": ("Đã điều trị khỏi 3.105 ca.", ["3105 ca reported: ca"]),
    "thousands": ("Cả nước có 12.345 trường hợp dương tính.", ["12345 trường hợp reported: trường hợp dương tính"]),
    "leading-zero": ("Đã phong tỏa 06 huyện.", ["6 huyện reported: huyện"]),
    "two-nouns": ("Dịch xảy ra tại 16 quận, huyện.", ["16 quận reported: quận, huyện"]),
    "millions": ("Đã tiêm 1,5 triệu liều vắc xin.", ["1.5e+06 liều vắc xin reported: liều vắc xin"]),
    "tens-of-millions": ("Đã tiêm 135 triệu mũi.", ["1.35e+08 mũi reported: mũi"]),
    "share": ("Tỷ lệ mắc 0,5% dân số.", ["0.5 % target: dân số"]),
    "deaths": ("Đến nay có 17 bệnh nhân tử vong.", ["17 bệnh nhân reported: bệnh nhân tử vong"]),
    "contacts": ("Đã truy vết 120 F1, 300 F2.", ["120 F1 reported: F1", "300 F2 reported: F2"]),
    "clusters": ("Xuất hiện 3 ổ dịch mới.", ["3 ổ dịch reported: ổ dịch mới"]),
    "money": ("Quỹ đã nhận 2 tỷ đồng.", ["2e+09 đồng reported: đồng"]),
    "accents-lost": ("Tinh ghi nhan 45 ca mac.", ["45 ca reported: ca mac"]),
    "line-broken": ("Tỉnh ghi nhận 45\nca mắc.", ["45 ca reported: ca mắc"]),
}

ORDERED = {
    "checkpoints": ("Thành lập 04 Chốt kiểm soát.", ["4 Chốt ordered: Chốt kiểm soát"]),
    "at-least": (
        "Mỗi xã có ít nhất 01 Trạm Y tế lưu động.",
        ["1 Trạm Y tế lưu động ordered: Trạm Y tế lưu động"],
    ),
    "all": ("Đảm bảo 100% xã có tổ Covid.", ["100 % ordered: xã"]),
    "cap": ("Không tụ tập quá 10 người nơi công cộng.", ["10 người ordered: người nơi công cộng"]),
    "beds": (
        "Chuẩn bị 200 - 300 giường bệnh.",
        ["200 giường bệnh ordered: giường bệnh", "300 giường bệnh ordered: giường bệnh"],
    ),
    "written-out-too": ("Lập 02 (hai) tổ công tác.", ["2 tổ công tác ordered: tổ công tác"]),
    "distance": ("Giữ khoảng cách 2 m.", ["2 m ordered: m"]),
    "range-of-shares": ("Tiêm cho khoảng 70% đến 80% dân số.", ["70 % target: dân số", "80 % target: dân số"]),
    "range-one-sign": ("Phấn đấu đạt 70 - 80% dân số.", ["70 % target: dân số", "80 % target: dân số"]),
    "reported-in-a-provision": (
        "Hiện có 5 khu cách ly, giao Sở Y tế quản lý.",
        ["5 khu cách ly reported: khu cách ly"],
    ),
    "a-team-each": (
        "Huy động 25 tổ lấy mẫu, mỗi tổ 03 người.",
        ["25 tổ ordered: tổ lấy mẫu", "3 người ordered: người"],
    ),
    "tons": ("Cấp 200 tấn gạo.", ["200 tấn ordered: tấn gạo"]),
    "given": ("Đề nghị các hội tặng 5.000 suất quà.", ["5000 suất quà ordered: suất quà"]),
    "allotted": ("Phân bổ 2.000 liều vắc xin.", ["2000 liều vắc xin ordered: liều vắc xin"]),
    "inhabitants": (
        "Thiết lập vùng phong tỏa tại ấp A với 312 hộ, 1.108 nhân khẩu.",
        ["312 hộ reported: hộ", "1108 nhân khẩu reported: nhân khẩu"],
    ),
    "places": ("Bố trí ít nhất 250 chỗ cách ly tập trung.", ["250 chỗ ordered: chỗ cách ly tập trung"]),
    "rounds": ("Hoàn thành 03 vòng lấy mẫu.", ["3 vòng ordered: vòng lấy mẫu"]),
    "amount-of-a-rate": ("Chi hỗ trợ mức 1.200.000 đồng/người.", ["1.2e+06 đồng ordered: đồng/người"]),
    "brought-home": ("Thời gian qua đã đưa về 1.250 công dân.", ["1250 công dân reported: công dân"]),
    "beds-in-all": ("Lập khu điều trị với tổng số 250 giường.", ["250 giường ordered: giường"]),
    "districts-that-have-done": (
        "Dịch giảm dần, 5 huyện, quận đã cơ bản kiểm soát được.",
        ["5 huyện reported: huyện, quận"],
    ),
    "half-of-staff": ("Bố trí không quá 50% cán bộ làm việc tại cơ quan.", ["50 % ordered: cán bộ làm việc"]),
}

NAMES = {
    "document": "Thực hiện Công văn số 360 của Tỉnh ủy và Chỉ thị 16 người dân.",
    "day": "trước ngày 15/8/2021 và 14 ngày kể từ ngày đó",
    "motto": "theo phương châm 4 tại chỗ, 3 trước, 4 trong 1",
    "message": "thực hiện 5K và 3 xanh",
    "floor": "điều trị ở tầng 3 người bệnh",
    "road": "trên Quốc lộ 13, ĐT741 và tỉnh lộ 10",
    "district": "tại Quận 12 người dân ở yên",
    "contact-class": "F0, F1, F2 đều cách ly",
    "tier": "địa bàn cấp 2, vùng 3, cấp độ 4",
    "clause": "theo khoản 4 Điều 14 Luật",
    "telephone": "đường dây nóng 0292.3812.345 hoặc 19009095",
    "round-the-clock": "trực 24/24, 7/7",
    "virus": "Covid-19 người bệnh, SARS-CoV-2 ca bệnh",
    "navy": "Bộ Tư lệnh Vùng 5 Hải quân, Cảnh sát biển 4",
    "dose": "tiêm mũi 2 người già",
    "words-that-fold-alike": "1 cơ sở pháp lý".replace("cơ sở", "có sở") + ", 2 cho trẻ em, 3 bàn giao, 4 hồ sơ",
    "patient-number": "liên quan bệnh nhân 1342 và BN 1347 ca bệnh",
}


@pytest.mark.parametrize(("body", "expected"), REPORTED.values(), ids=REPORTED)
def test_preamble_reports(body: str, expected: list[str]) -> None:
    assert short(match(body)) == expected


@pytest.mark.parametrize(("body", "expected"), ORDERED.values(), ids=ORDERED)
def test_provision_orders_or_aims(body: str, expected: list[str]) -> None:
    assert short(match(body, ordering=True)) == expected


@pytest.mark.parametrize("body", NAMES.values(), ids=NAMES)
def test_numbers_that_count_nothing(body: str) -> None:
    assert short(match(body)) == []


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["27 ", "06", "1.234 ", "70%", " đến ", "80% ", "ca mắc ", "triệu ", "- ", ". ", "\n", "(2) "]
        ),
        max_size=30,
    ).map("".join)
    | st.text(max_size=200)
)  # fmt: skip
def test_never_raises_and_quotes_begin_with_the_number(body: str) -> None:
    for fact in match(body):
        assert 0 <= fact.start < fact.end <= len(body)
        assert body[fact.start].isdigit()
