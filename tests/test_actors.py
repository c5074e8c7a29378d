"""Recipients as listed, and the bodies that names stand for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.actors import parse_recipients, resolve_actor, resolve_actors
from loaders.fold import Text
from loaders.records import ProvinceFact, Span, Zones

HA_NAM = ProvinceFact("Hà Nam", "VN-63", "ha-nam", "header")
HA_NOI = ProvinceFact("Hà Nội", "VN-HN", "ha-noi", "header")


def listed(text, kind="copy"):
    span, body = Span(0, len(text)), Span(len(text), len(text))
    zones = Zones(header=Span(0, 0), body=body, **{"addressees" if kind == "addressee" else "copies": span})
    return [item.actor for item in parse_recipients(Text(text), zones)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(
            "Kính gửi:\n- Sở Y tế;\n- UBND các huyện, thị xã.", ["Sở Y tế", "UBND các huyện, thị xã"], id="dashes"
        ),
        pytest.param(
            "- Kính gửi: - Ủy ban nhân dân tỉnh,\n- Đài PT-TH.", ["Ủy ban nhân dân tỉnh", "Đài PT-TH"], id="dash-twice"
        ),
        pytest.param("Kính gửi: Sở Y tế; UBND các huyện", ["Sở Y tế", "UBND các huyện"], id="one-line"),
        pytest.param(
            "Kính gửi:\n- Sở Y tế; Công an tỉnh;\n- Sở Nội vụ.",
            ["Sở Y tế; Công an tỉnh", "Sở Nội vụ"],
            id="two-under-a-dash",
        ),
        pytest.param(
            "Kính gửi:\n- Ủy ban nhân dân các tỉnh, thành phố\ntrực thuộc Trung ương;\n- Các Bộ.",
            ["Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương", "Các Bộ"],
            id="broken-line",
        ),
        pytest.param(
            "Nơi nhận: KT. CHỦ TỊCH\n- Như trên; PHÓ CHỦ TỊCH\n- Lưu: VT.",
            ["Như trên", "Lưu: VT"],
            id="signature-beside",
        ),
        pytest.param(
            "Nơi nhận:\n- Như trên;        TM. ỦY BAN NHÂN DÂN\n- Lưu: VT.", ["Như trên", "Lưu: VT"], id="wide-gap"
        ),
        pytest.param(
            "| Nơi nhận: | TM. ỦY BAN NHÂN DÂN |\n| - Bộ Y tế (b/c); | CHỦ TỊCH |", ["Bộ Y tế (b/c)"], id="table-pipes"
        ),
        pytest.param("Nơi nhận:\n- Lưu: VT, KGVX, T-12^{7/5}./.", ["Lưu: VT, KGVX, T-12^{7/5}"], id="typist-mark"),
        pytest.param("Nơi nhận:\n- Lưu: VT.\nGIÁM ĐỐC\nPhạm Văn An", ["Lưu: VT"], id="nothing-after-filing"),
        pytest.param(
            "Nơi nhận:\n- Thường trực Tỉnh ủy; - Thường trực HĐND tỉnh;\n- Báo Long An, - Cổng TTĐT; - Lưu: VT, VX.",
            ["Thường trực Tỉnh ủy", "Thường trực HĐND tỉnh", "Báo Long An", "Cổng TTĐT", "Lưu: VT, VX"],
            id="several-dashes-on-a-line",
        ),
        pytest.param(
            "Kính gửi: Các sở, ban, ngành; - UBND các huyện; + Công an tỉnh.",
            ["Các sở, ban, ngành", "UBND các huyện", "Công an tỉnh"],
            id="first-without-dash",
        ),
        pytest.param(
            "Nơi nhận:\n- Ban Tuyên giáo - Dân vận; - Sở Lao động - Thương binh và Xã hội;\n- Lưu: VT.",
            ["Ban Tuyên giáo - Dân vận", "Sở Lao động - Thương binh và Xã hội", "Lưu: VT"],
            id="dash-in-a-name",
        ),
        pytest.param("Kính gửi:\n", [], id="empty-list"),
        pytest.param("", [], id="empty"),
    ],
)
def test_lines_of_a_list(text, wanted):
    assert listed(text) == wanted


def test_positions_count_in_each_list_and_spans_hold_the_words():
    raw = "Kính gửi: Sở Y tế\n\nNơi nhận:\n- Như trên;\n- Lưu: VT."
    middle = raw.index("Nơi")
    zones = Zones(
        header=Span(0, 0), addressees=Span(0, middle - 2), body=Span(middle, middle), copies=Span(middle, len(raw))
    )
    found = parse_recipients(Text(raw), zones)
    assert [(item.kind, item.position) for item in found] == [("addressee", 1), ("copy", 1), ("copy", 2)]
    assert all(raw[item.start : item.end] == item.actor for item in found)


@pytest.mark.parametrize(
    ("name", "branch", "wanted"),
    [
        pytest.param(
            "Đài PT-TH và Báo Hà Nam",
            "party",
            ["ha-nam/dai-phat-thanh-truyen-hinh", "ha-nam/bao-tinh"],
            id="two-bodies",
        ),
        pytest.param("Các huyện, thị, thành ủy", "party", ["ha-nam/huyen-uy-thi-uy-thanh-uy"], id="district-party"),
        pytest.param(
            "UBND các huyện, thị xã, thành phố",
            "party",
            ["ha-nam/ubnd-cac-huyen"],
            id="district-government",
        ),
        pytest.param(
            "TTTU, TT.HDND tỉnh", "government", ["ha-nam/thuong-truc-tinh-uy", "ha-nam/hdnd-tinh"], id="short-forms"
        ),
        pytest.param("LĐVP, các Phòng", "government", ["ha-nam/van-phong-ubnd-tinh"], id="office-of-the-government"),
        pytest.param("LĐVP, các Phòng", "party", ["ha-nam/van-phong-tinh-uy"], id="office-of-the-party"),
        pytest.param("Bí thư đảng ủy, Giám đốc Sở Y tế", "party", ["ha-nam/so-y-te"], id="head-stands-for-body"),
        pytest.param(
            "Các Sở: Y tế, Công Thương", "government", ["ha-nam/so-y-te", "ha-nam/so-cong-thuong"], id="one-noun"
        ),
        pytest.param("UBND tỉnh Đồng Nai", "government", ["dong-nai/ubnd-tinh"], id="another-province"),
        pytest.param("Sở Y tế Hà Nam", "government", ["ha-nam/so-y-te"], id="own-province"),
        pytest.param("Bộ Y tế (để b/c)", "government", ["vn/bo-y-te"], id="ministry"),
        pytest.param("UBND huyện Bình Lục", "government", ["ha-nam/ubnd-huyen-binh-luc"], id="one-district"),
        pytest.param("Ủy ban nhân dân thị xã Duy Tiên", "government", ["ha-nam/ubnd-huyen-duy-tien"], id="one-town"),
        pytest.param("Bộ Tư lệnh Vùng 3 Hải quân", "party", ["vn/vung-hai-quan-3"], id="numbered"),
        pytest.param(
            "Sở Giao thông vận tải các tỉnh, thành phố",
            "government",
            ["vn/so-giao-thong-van-tai-cac-tinh"],
            id="all-provinces",
        ),
        pytest.param("Viện Dưỡng lão Hà Nam", "government", ["ha-nam/vien-duong-lao"], id="not-listed"),
        pytest.param("Như trên", "party", [], id="as-above"),
        pytest.param("Như Điều 3", "government", [], id="as-article-3"),
        pytest.param("Lưu Văn phòng Tỉnh ủy", "party", [], id="filing"),
        pytest.param("V0-V4, các CVNCTH", "government", [], id="desk-codes"),
        pytest.param("Phòng Tổng hợp", "party", [], id="own-house"),
    ],
)
def test_names_resolve(name, branch, wanted):
    assert [actor.actor_id for actor in resolve_actors(name, province=HA_NAM, branch=branch)] == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Thành ủy Hà Nội", "tinh-uy"),
        ("UBND Thành phố", "ubnd-tinh"),
        ("Công an Thành phố", "cong-an-tinh"),
        ("Thường trực Thành ủy", "thuong-truc-tinh-uy"),
    ],
)
def test_a_centrally_run_city_is_a_province(name, wanted):
    assert resolve_actor(name, province=HA_NOI, branch="government").actor_id == f"ha-noi/{wanted}"


def test_unknown_province_has_its_own_prefix():
    assert resolve_actor("Sở Y tế", province=ProvinceFact(), branch="").actor_id == "khong-ro/so-y-te"


_PIECES = "Nơi nhận: - Sở Y tế ; , . | \n Lưu VT UBND các huyện (b/c) KT. CHỦ TỊCH TƯ".split(" ")  # noqa: SIM905


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300) | st.lists(st.sampled_from(_PIECES), max_size=60).map(" ".join))
def test_nothing_raises_and_spans_hold(raw):
    zones = Zones(header=Span(0, 0), body=Span(len(raw), len(raw)), copies=Span(0, len(raw)))
    for item in parse_recipients(Text(raw), zones):
        assert 0 <= item.start < item.end <= len(raw)
        assert item.actor.split()[0] in raw[item.start : item.end]
    for actor in resolve_actors(raw, province=HA_NAM, branch="party"):
        assert actor.actor_id.count("/") == 1 and actor.name
