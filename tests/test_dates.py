"""Dates: sentences in the ways they are written, each with the days it must give and no others."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.dates import match_dates
from loaders.fold import Text
from loaders.records import DateFact, Span, Zones

ISSUED = date(2021, 8, 10)


def match(body: str, issued: date | None = ISSUED, subject: str = "") -> tuple[DateFact, ...]:
    raw = subject + "\n\n" + body
    cut = len(subject) + 2
    return match_dates(Text(raw), Zones(header=Span(0, cut), body=Span(cut, len(raw))), (), issued)


def short(facts: tuple[DateFact, ...]) -> list[str]:
    return [f"{fact.date}{'T' + fact.time if fact.time else ''} {fact.kind}" for fact in facts]


SENTENCES = {
    "before": ("Hoàn thành việc tiêm trước ngày 15/8/2021.", "2021-08-15 deadline"),
    "at-the-latest": ("Chậm nhất ngày 20/8/2021 phải có kế hoạch.", "2021-08-20 deadline"),
    "at-the-latest-to-the-end": ("Chậm nhất đến hết ngày 31-8-2021 hoàn tất.", "2021-08-31 deadline"),
    "within-the-day": ("Các huyện hoàn thành lấy mẫu trong ngày 12/8/2021.", "2021-08-12 deadline"),
    "report-before-the-hour": ("Báo cáo về Sở Y tế trước 16 giờ ngày 11/8/2021.", "2021-08-11T16:00 deadline"),
    "hour-with-comma": ("Gửi kết quả trước 17h00, ngày 12/8/2021 để tổng hợp.", "2021-08-12T17:00 deadline"),
    "hour-half": ("Nộp danh sách trước 17h30 ngày 13/8/2021.", "2021-08-13T17:30 deadline"),
    "in-words": ("Trình UBND tỉnh trước ngày 06 tháng 9 năm 2021.", "2021-09-06 deadline"),
    "province-is-no-count": ("Duy trì các chốt giáp tỉnh Lạng Sơn đến hết ngày 30/8/2021.", "2021-08-30 effective_to"),
    "polling-day": ("Phát khẩu trang cho cử tri đi bầu ngày 23/8/2021.", "2021-08-23 event"),
    "letter-for-digit": ("Thực hiện từ ngày O1/9/2O21.", "2021-09-01 effective_from"),
    "within-a-day-ahead": ("Sở Y tế tham mưu, báo cáo UBND tỉnh trong ngày 12/8/2021.", "2021-08-12 deadline"),
    "regime-of-the-prime-minister": (
        "Kéo dài giãn cách theo Chỉ thị số 16/CT-TTg của Thủ tướng Chính phủ đến hết ngày 16/8/2021.",
        "2021-08-16 effective_to",
    ),
    "aim-with-a-count": ("Phấn đấu đến hết ngày 30/9/2021 có 80% người dân được tiêm.", "2021-09-30 deadline"),
    "within-a-day-in-concert": ("Sở Y tế phối hợp báo cáo trong ngày 12/8/2021.", "2021-08-12 deadline"),
    "every-day": ("Báo cáo Ban Chỉ đạo tỉnh trước 17 giờ hằng ngày.", ""),
    "no-year": ("Báo cáo trước ngày 25/8.", "2021-08-25 deadline"),
    "no-year-in-words": ("Báo cáo trước ngày 25 tháng 8.", "2021-08-25 deadline"),
    "target": ("Phấn đấu đến ngày 30/9/2021 đạt 70% dân số tiêm mũi 1.", "2021-09-30 deadline"),
    "target-month": ("Phấn đấu đến tháng 9-2021 hoàn thành.", "2021-09-30 deadline"),
    "end-of-month": ("Hoàn thành việc chi trả trong tháng 9/2021.", "2021-09-30 deadline"),
    "before-a-month": ("Hoàn thành trước tháng 10/2021.", "2021-10-01 deadline"),
    "quarter": ("Hoàn thành trong quý III/2021.", "2021-09-30 deadline"),
    "time-limit": ("Thời hạn báo cáo: trước ngày 18/8/2021.", "2021-08-18 deadline"),
    "from-zero-hours": ("Áp dụng giãn cách xã hội từ 0 giờ ngày 12/8/2021.", "2021-08-12T00:00 effective_from"),
    "from-zero-hours-short": ("Tạm dừng xe khách kể từ 00h00 ngày 12/8/2021.", "2021-08-12T00:00 effective_from"),
    "from-hour-minute": ("Kể từ 08 giờ 30 phút ngày 12.8.2021, lập chốt.", "2021-08-12T08:30 effective_from"),
    "from-to": (
        "Giãn cách từ 00 giờ ngày 15/8/2021 đến 24 giờ ngày 30/8/2021.",
        "2021-08-15T00:00 effective_from|2021-08-30T24:00 effective_to",
    ),
    "from-to-end": (
        "Thời gian thực hiện: từ ngày 15/8/2021 đến hết ngày 22/8/2021.",
        "2021-08-15 effective_from|2021-08-22 effective_to",
    ),
    "from-to-borrowed-month": (
        "Thời gian: từ ngày 15 đến ngày 22/8/2021.",
        "2021-08-15 effective_from|2021-08-22 effective_to",
    ),
    "from-to-first-without-year": (
        "Thời gian áp dụng từ ngày 30/8 đến ngày 05/9/2021.",
        "2021-08-30 effective_from|2021-09-05 effective_to",
    ),
    "until": ("Tạm dừng hoạt động karaoke đến hết ngày 31/8/2021.", "2021-08-31 effective_to"),
    "counted-days": (
        "Thực hiện giãn cách trong thời gian 14 ngày, kể từ 0 giờ ngày 12/8/2021.",
        "2021-08-25 effective_to|2021-08-12T00:00 effective_from",
    ),
    "counted-days-deadline": (
        "Các đơn vị báo cáo trong vòng 5 ngày kể từ ngày 12/8/2021.",
        "2021-08-17 deadline",
    ),
    "from-signing": ("Quyết định này có hiệu lực kể từ ngày ký.", ""),
    "counted-from-signing": ("Báo cáo kết quả sau 10 ngày kể từ ngày ký.", "2021-08-20 deadline"),
    "counted-days-with-printed-end": (
        "Cách ly 21 ngày, từ 18 giờ 00 phút ngày 12/8/2021 đến 18 giờ 00 phút ngày 02/9/2021.",
        "2021-08-12T18:00 effective_from|2021-09-02T18:00 effective_to",
    ),
    "counted-days-of-quarantine": (
        "Cách ly y tế trong 21 ngày kể từ ngày 12/8/2021 tại khu phố 3.",
        "2021-09-01 effective_to|2021-08-12 effective_from",
    ),
    "as-of-with-words-between": (
        "Đến ngày 08 tháng 8 năm 2021, trên 6,8 triệu người đã được tiêm mũi 1.",
        "2021-08-08 as_of",
    ),
    "holiday-ahead": (
        "Không ra ngoài tỉnh trong dịp nghỉ lễ từ ngày 02/9/2021 đến ngày 05/9/2021.",
        "2021-09-02 effective_from|2021-09-05 effective_to",
    ),
    "until-further-notice": ("Tạm dừng từ ngày 15/8/2021 đến khi có thông báo mới.", "2021-08-15 effective_from"),
    "past-range-reported": (
        "Từ ngày 27/4/2021 đến 6h00 ngày 09/8/2021, Việt Nam có 200.000 ca.",
        "2021-08-09T06:00 as_of",
    ),
    "hour-with-a-stroke": ("Báo cáo trước 17h00' ngày 12/8/2021.", "2021-08-12T17:00 deadline"),
    "hour-with-colon": ("Báo cáo trước 17:30 ngày 12/8/2021.", "2021-08-12T17:30 deadline"),
    "range-with-a-dash": (
        "Áp dụng từ ngày 15/8/2021 - 30/8/2021.",
        "2021-08-15 effective_from|2021-08-30 effective_to",
    ),
    "range-without-ngay": ("Áp dụng từ 16/8 đến 15/9/2021.", "2021-08-16 effective_from|2021-09-15 effective_to"),
    "ceases": ("Công văn số 12/UBND hết hiệu lực kể từ ngày 15/8/2021.", "2021-08-15 effective_to"),
    "in-force-elsewhere": ("Nghị quyết số 86/NQ-CP có hiệu lực từ ngày 06/8/2021.", ""),
    "where-people-were": ("Ai có mặt tại chợ từ 5h00 đến 7h00 ngày 03/8/2021 phải khai báo.", ""),
    "people-before-a-day": ("Rà soát các hộ chuyển đi trước ngày 01/8/2021.", ""),
    "own-deadline-already-past": ("Hoàn thành báo cáo trước ngày 01/8/2021.", "2021-08-01 deadline"),
    "conclusions-of-a-meeting": (
        "Thông báo số 45/TB-VP ngày 05/8/2021 kết luận cuộc họp ngày 03/8/2021.",
        "2021-08-03 event",
    ),
    "morning": ("Tạm dừng các dịch vụ từ 08h00 sáng ngày 16/8/2021.", "2021-08-16T08:00 effective_from"),
    "afternoon": ("Dừng tắm biển từ 2 giờ chiều ngày 16/8/2021.", "2021-08-16T14:00 effective_from"),
    "residents-at-home": (
        "Yêu cầu người dân ở nhà trong 07 ngày, từ 8 giờ 00 ngày 16/8/2021.",
        "2021-08-22 effective_to|2021-08-16T08:00 effective_from",
    ),
    "lasts-to-an-hour": (
        "Tiếp tục áp dụng các biện pháp đến 06 giờ 00 ngày 06/9/2021.",
        "2021-09-06T06:00 effective_to",
    ),
    "weekday-before-brackets": ("Các trường nghỉ học từ thứ Tư (ngày 11/8/2021).", "2021-08-11 effective_from"),
    "point-of-time": ("Thời điểm áp dụng: 12 giờ 00 ngày 11/8/2021.", "2021-08-11T12:00 effective_from"),
    "begins-and-ends": (
        "Bắt đầu thực hiện: 00h00 ngày 12/8/2021; kết thúc: 24h00 ngày 18/8/2021.",
        "2021-08-12T00:00 effective_from|2021-08-18T24:00 effective_to",
    ),
    "tomorrow": ("Nâng cấp độ dịch từ ngày mai, 11/8/2021.", "2021-08-11 effective_from"),
    "not-beyond": ("Không để quá ngày 20/8/2021.", "2021-08-20 deadline"),
    "from-now-to-stop": ("Từ nay đến 31/8/2021, tạm dừng các đoàn công tác.", "2021-08-31 effective_to"),
    "due-on-a-day": ("Báo cáo UBND tỉnh ngày 12/8/2021.", "2021-08-12 deadline"),
    "as-reported-on-a-day": ("Theo báo cáo của Sở Y tế ngày 12/8/2021, dịch lắng xuống.", ""),
    "worthless-from": ("Giấy đi đường cũ hết giá trị từ 0 giờ ngày 15/8/2021.", "2021-08-15T00:00 effective_to"),
    "meeting-in-the-morning": ("Tại cuộc họp sáng 09/8/2021, Bí thư Tỉnh ủy yêu cầu.", "2021-08-09 event"),
    "from-now-to": ("Từ nay đến ngày 15/9/2021, tập trung xét nghiệm.", "2021-09-15 deadline"),
    "time-limit-with-colon": ("Thời hạn hoàn thành: ngày 31/8/2021.", "2021-08-31 deadline"),
    "within-a-day-first": ("Trong ngày 16/8/2021 phải lập xong danh sách.", "2021-08-16 deadline"),
    "event-on-two-days": ("Kỳ thi diễn ra trong các ngày 18, 19/8/2021.", "2021-08-18 event|2021-08-19 event"),
    "cases-of-a-day": ("Trong ngày 09/8/2021, tỉnh ghi nhận 12 ca mắc.", ""),
    "two-rounds": (
        "Đợt 1 từ ngày 15/8/2021, đợt 2 từ ngày 30/8/2021.",
        "2021-08-15 effective_from|2021-08-30 effective_from",
    ),
    "regime-cited-and-started": (
        "Giãn cách theo Chỉ thị số 16/CT-TTg ngày 31/3/2020 kể từ 0 giờ ngày 12/8/2021.",
        "2021-08-12T00:00 effective_from",
    ),
    "in-brackets": (
        "Thời gian thực hiện: 07 ngày (từ 18 giờ ngày 31/8 đến 18 giờ ngày 07/9/2021).",
        "2021-08-31T18:00 effective_from|2021-09-07T18:00 effective_to",
    ),
    "past-range": ("Trong đợt nghỉ từ ngày 30/4/2021 đến ngày 03/5/2021, lượng khách tăng.", ""),
    "as-of": ("Tính đến ngày 09/8/2021, tỉnh có 45 ca mắc.", "2021-08-09 as_of"),
    "as-of-hour": ("Tính đến 18h00 ngày 09/8/2021, toàn tỉnh ghi nhận 45 ca.", "2021-08-09T18:00 as_of"),
    "as-of-without-tinh": ("Đến 06 giờ 00 ngày 09/8/2021, cả nước ghi nhận 200.000 ca.", "2021-08-09T06:00 as_of"),
    "as-of-range": ("Tính từ ngày 27/4/2021 đến ngày 09/8/2021 có 350 ca mắc.", "2021-08-09 as_of"),
    "event": ("Bảo đảm an toàn kỳ thi tốt nghiệp đợt 2 tổ chức ngày 16/8/2021.", "2021-08-16 event"),
    "weekday-before": ("Hoàn thành trước thứ Sáu, ngày 13/8/2021.", "2021-08-13 deadline"),
    "accents-lost": ("Hoan thanh truoc ngay 15/8/2021.", "2021-08-15 deadline"),
    "ocr-in-ngay": ("Hoàn thành trước ng1y 15/8/2021.", "2021-08-15 deadline"),
    "line-broken": ("Hoàn thành việc tiêm chủng trước\nngày 15/8/2021.", "2021-08-15 deadline"),
    # what states no day of its own
    "citation": ("Thực hiện Công văn số 12/UBND-VX ngày 05/8/2021 của UBND tỉnh.", ""),
    "citation-party": ("Thực hiện Công văn số 331-CV/TU ngày 05/8/2021 của Tỉnh ủy.", ""),
    "citation-many": ("Căn cứ Chỉ thị số 15/CT-TTg ngày 27/3/2020 và 16/CT-TTg ngày 31/3/2020;", ""),
    "meeting": ("Theo kết luận tại cuộc họp ngày 08/8/2021 của Ban Chỉ đạo.", "2021-08-08 event"),
    "meeting-told": ("Ngày 08/8/2021, Ban Thường vụ Tỉnh ủy họp nghe báo cáo và kết luận như sau.", "2021-08-08 event"),
    "meeting-chaired": (
        "Chiều ngày 08/8/2021, tại trụ sở, đồng chí Chủ tịch chủ trì cuộc họp khẩn.",
        "2021-08-08 event",
    ),
    "meeting-with-hour": (
        "Vào lúc 14 giờ ngày 09/8/2021, Ban Thường vụ họp phiên bất thường.",
        "2021-08-09T14:00 event",
    ),
    "meeting-of-a-letter": ("Thực hiện Công văn số 12/UBND-VX ngày 05/8/2021 về việc tổ chức họp.", ""),
    "cases-reported-jointly": ("Ngày 08/8/2021, ngành y tế phối hợp với Công an truy vết 12 trường hợp.", ""),
    "day-over-a-line": (
        "Dừng karaoke từ ngày\n15/8/2021 đến hết ngày\n20/8/2021.",
        "2021-08-15 effective_from|2021-08-20 effective_to",
    ),
    "day-over-a-page": ("Dừng karaoke từ ngày\n\n15/8/2021.", "2021-08-15 effective_from"),
    "hour-over-a-line": ("Giãn cách kể từ 0 giờ\nngày 16/8/2021.", "2021-08-16T00:00 effective_from"),
    "month-over-a-line": ("Báo cáo trước\nngày 20\ntháng 8 năm 2021.", "2021-08-20 deadline"),
    "number-of-the-next-line": ("Báo cáo hằng ngày\n2. Sở Y tế tổ chức từ tháng 8.\n5.1 Rà soát.", ""),
    "meeting-organised": ("Tại hội nghị trực tuyến tổ chức ngày 08/8/2021, Chủ tịch giao.", "2021-08-08 event"),
    "look-back": ("Người đã đi ra ngoài tỉnh trong 14 ngày trở lại đây phải khai báo.", ""),
    "holidays": ("Người đi du lịch trong kỳ nghỉ lễ 30/4, 1/5 phải khai báo.", ""),
    "past-start": ("Từ ngày 27/4/2021 đến nay, cả nước ghi nhận 200.000 ca.", ""),
    "exposure": ("Những người đã đến chợ Bình Điền từ ngày 01/8/2021 đến ngày 05/8/2021 phải khai báo.", ""),
    "people-back": ("Rà soát người về từ thành phố từ ngày 01/8/2021 để xét nghiệm.", ""),
    "typist": ("Lưu: VT, T-128^{27/8}.", ""),
    "round-the-clock": ("Trực 24/24 giờ, 24/24h tại các chốt.", ""),
    "percent": ("Tỷ lệ 5/8 tổ đạt 30% và 12.5% còn lại.", ""),
    "road": ("Lập chốt trên Quốc lộ 13, Quốc lộ 14 và ĐT741.", ""),
    "recurring": ("Báo cáo trước 16 giờ hằng ngày, trước ngày 25 hàng tháng.", ""),
    "navy": ("Phối hợp với Bộ Tư lệnh Vùng 5 Hải quân tuần tra.", ""),
    "virus": ("phòng, chống dịch Covid-19\n\nHỎA TỐC", ""),
    "impossible": ("Hoàn thành trước ngày 31/9/2021.", ""),
    "other-decade": ("Hoàn thành trước ngày 15/8/2012.", ""),
    "weekday-folds-to-from": ("Lịch tiêm thứ Tư ngày 11/8/2021 không đổi.", ""),
    "as-of-a-morning": ("Tính đến sáng ngày 15/8/2021, huyện có 12 ca F0.", "2021-08-15 as_of"),
    "put-off": ("Lùi lễ khai giảng đến ngày 20/9/2021.", "2021-09-20 effective_from"),
    "report-put-off": ("Lùi thời hạn báo cáo đến ngày 20/9/2021.", "2021-09-20 deadline"),
    "handed-over-within-the-day": ("Bàn giao khu ký túc xá trong ngày 20/8/2021.", "2021-08-20 deadline"),
    "found-within-the-day": ("Các ca ghi nhận trong ngày 20/8/2021 đều ở khu trọ.", ""),
    "open-end": ("Tạm dừng cho đến khi có thông báo mới.", ""),
}


@pytest.mark.parametrize(("body", "expected"), SENTENCES.values(), ids=SENTENCES)
def test_days_of_a_sentence(body: str, expected: str) -> None:
    assert short(match(body)) == [part for part in expected.split("|") if part]


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Về nới lỏng giãn cách sau ngày 15/8/2021", ["2021-08-15 effective_from"]),
        ("V/v giãn cách xã hội từ 0 giờ ngày 19/8/2021", ["2021-08-19T00:00 effective_from"]),
        ("Bình Dương, ngày 10 tháng 8 năm 2021", []),
        ("CÔNG VĂN ĐẾN ngày 11/8/2021", []),
    ],
    ids=["after-a-day", "from-an-hour", "date-line", "incoming-stamp"],
)
def test_days_of_the_subject(subject: str, expected: list[str]) -> None:
    assert short(match("Nội dung.", subject=subject)) == expected


def test_quote_runs_from_the_word_that_says_what_the_day_is() -> None:
    body = "Sở Y tế: Chậm nhất đến ngày 30/9/2021 có kế hoạch."
    (fact,) = match(body)
    assert body[fact.start - 2 : fact.end - 2] == "Chậm nhất đến ngày 30/9/2021"


def test_year_comes_from_the_only_year_of_an_undated_text() -> None:
    assert short(match("Tính đến ngày 01/6/2020 hết ca. Báo cáo trước ngày 15/6.", issued=None))[1:] == [
        "2020-06-15 deadline"
    ]
    assert short(match("Báo cáo trước ngày 15/6.", issued=None)) == []


def test_january_after_a_december_letter_is_next_year() -> None:
    assert short(match("Báo cáo trước ngày 10/01.", issued=date(2020, 12, 28))) == ["2021-01-10 deadline"]


def test_narrated_start_of_an_undated_text_is_no_rule() -> None:
    body = "Sau thời gian giãn cách từ ngày 09/7/2021, tình hình đã ổn định."
    assert short(match("Dịch đã lan rộng từ ngày 27/4/2021 tại nhiều tỉnh.", issued=None)) == []
    assert short(match(body, issued=date(2021, 9, 1))) == []


_PIECES = st.sampled_from(
    ["ngày ", "trước ", "từ ", "đến ", "hết ", "kể từ ", "tính đến ", "15/8/2021", "31/2/2021", "01, 02/4/2020", "30/4",
     "tháng 9-2021", "quý III/2021", " 14 ngày ", "0 giờ ", "99 giờ ", "24h00 ",
     "ngày 06 tháng 5 năm 2021", "9999", "0/0/0000",
     "31/12/9999",
     "hoàn thành ", ". ", "\n", "có hiệu lực kể từ ngày ký", "; ", ", ", "999 ngày kể từ ngày 01/12/2023"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=40).map("".join), st.sampled_from([None, ISSUED, date(2019, 12, 31), date.max]))
def test_never_raises_and_spans_hold(body: str, issued: date | None) -> None:
    for fact in match(body, issued=issued, subject=body[:50]):
        assert 0 <= fact.start < fact.end <= len(body) + 52
        assert date(2019, 12, 1) <= fact.date <= date(2023, 12, 31)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_never_raises_on_any_text(body: str) -> None:
    assert isinstance(match(body), tuple)
