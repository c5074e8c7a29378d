"""Papers whose lines were joined: the parts of letterhead and signature are found in the one line that is left."""

import pytest

from loaders.fold import Text
from loaders.header import parse_header
from loaders.split import split_documents
from loaders.zones import match_zones

PAPERS = {
    "notice": (
        "UBND HUYỆN LẬP THẠCH UBND XÃ XUÂN HÒA CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc "
        "Số: 27/TB-UBND Xuân Hòa, ngày 06 tháng 5 năm 2021 THÔNG BÁO Về việc tạm dừng họp chợ phiên Căn cứ Công văn số "
        "603/UBND-YT ngày 05/5/2021 của UBND huyện; UBND xã thông báo: 1. Tạm dừng họp chợ. 2. Người về khai báo. "
        "Nơi nhận: - UBND huyện; - Lưu: VP. TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Khổng Minh Tuyến",
        ("27/TB-UBND", "notice", "2021-05-06", "Về việc tạm dừng họp chợ phiên", "Phó Chủ tịch", "Khổng Minh Tuyến"),
    ),
    "head-signs-before-the-list": (
        "UBND TỈNH SƠN LA UBND HUYỆN MỘC CHÂU Số: 06/CT-UBND CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - "
        "Hạnh phúc Mộc Châu, ngày 29 tháng 4 năm 2021 CHỈ THỊ Về tăng cường phòng, chống dịch Thực hiện Công điện số "
        "570/CĐ-TTg ngày 21/4/2021, Chủ tịch UBND huyện chỉ thị: 1. Phân công trực. 2. Không tổ chức liên hoan./. "
        "CHỦ TỊCH Lường Văn Pảnh Nơi nhận: - UBND tỉnh (b/c); - Lưu: VT.",
        ("06/CT-UBND", "directive", "2021-04-29", "Về tăng cường phòng, chống dịch", "Chủ tịch", "Lường Văn Pảnh"),
    ),
}


@pytest.mark.parametrize(("raw", "wanted"), PAPERS.values(), ids=PAPERS)
def test_header_of_one_line(raw, wanted):
    text = Text(raw)
    header = parse_header(text, match_zones(text))
    facts = (header.number, header.doc_type, header.issue_date, header.subject, header.signatory_title)
    assert (*(str(fact.value) if fact else "" for fact in facts), header.signatory_name.value) == wanted


def test_a_long_paragraph_is_left_whole():
    raw = "1. " + "UBND tỉnh giao Sở Y tế theo Chỉ thị số 16/CT-TTg ngày 31 tháng 3 năm 2020 của Thủ tướng. " * 4
    (line,) = Text(raw).lines
    assert len(line.cells) == 1


@pytest.mark.parametrize("order", [("notice", "head-signs-before-the-list"), ("head-signs-before-the-list", "notice")])
def test_a_bundle_of_one_line_is_split_before_each_issuer(order):
    papers = [PAPERS[name][0] for name in order]
    bundle = " ".join(papers)
    assert [span.of(bundle) for span in split_documents(bundle)] == papers
