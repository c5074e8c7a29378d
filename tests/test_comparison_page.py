"""The comparison page through the dashboard: what it says, and what each change of its state changes."""

import json

import pytest

PAIR = {"left": "binh-phuoc/360-cv-tu/2021-05-06", "right": "binh-phuoc/396-cv-tu/2021-05-27"}
SECTIONS = ("matrix", "quotes", "pair", "first", "similarity", "effort", "duties")


def words(app) -> str:
    """All prose of the page without the marks of the escape and of the diff."""
    parts = [item.value for kind in ("markdown", "caption", "title", "error", "info") for item in getattr(app, kind)]
    return "\n".join(parts).replace("\\", "").replace("*", "").replace("~", "").replace("\u2060", "")


def figures(app) -> list[dict]:
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def marks(figure: dict) -> set[str]:
    return {point[0] for trace in figure["data"] for point in trace.get("customdata") or ()}


def states(figure: dict) -> dict[str, str]:
    """Cell to the name of its layer in the key."""
    return {point[0]: trace["name"] for trace in figure["data"] for point in trace.get("customdata") or ()}


def quoted(app) -> set[str]:
    names = {"1 đoạn", "2", "3–4", "trên 4"}
    return {mark for mark, name in states(figures(app)[0]).items() if name in names}


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("show", SECTIONS)
def test_every_view_is_drawn_in_both_languages(dashboard, show, lang):
    app = dashboard("comparison", show=show, lang=lang)
    assert not app.exception and not app.error
    assert len(words(app)) > 200
    assert bool(figures(app)) == (show != "quotes")


def test_the_matrix_holds_every_measure_and_province(dashboard):
    app = dashboard("comparison", lang="vi")
    cells = states(figures(app)[0])
    assert len(cells) == 30 * 4
    assert cells["schools:VN-47"] == "có văn bản, không tìm thấy"
    assert cells["stay_at_home:VN-57"] == "đã dứt hoặc nới lỏng"
    said = words(app)
    assert "không có nghĩa là không thực hiện" in said and "Kiên Giang" in said


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("bệnh viện dã chiến", {"VN-47"}), ("đường mòn, lối mở", {"VN-47"}), ("bluezone", {"VN-58"}),
        ("quốc lộ 13", {"VN-58"}), ("qr-code", {"VN-57"}), ("3 xanh", {"VN-57"}), ("đại hội điểm", {"VN-46"}),
        ("cán bộ, công chức ra nước ngoài", set()),
    ],
    ids=lambda item: item if isinstance(item, str) else None,
)  # fmt: skip
def test_words_of_a_sentence_find_whose_they_are(dashboard, asked, expected):
    app = dashboard("comparison", lang="vi", q=asked)
    assert {mark.partition(":")[2] for mark in quoted(app)} == expected


def test_a_cell_leads_to_its_sentence_and_to_the_others(dashboard):
    app = dashboard("comparison", lang="vi", cell="healthcare_capacity:VN-47", m="healthcare_capacity")
    said = words(app)
    assert "triển khai thiết lập bệnh viện dã chiến tại thành phố Hà Tiên" in said
    own = said.index("dã chiến tại thành phố Hà Tiên")
    assert own < said.index("Trạm Y tế lưu động"), "the chosen place comes first, the others after it"
    assert "29/03/2021 trở đi" in said


def test_a_silent_cell_says_that_documents_were_read(dashboard):
    said = words(dashboard("comparison", lang="vi", cell="schools:VN-47", m="schools"))
    assert "Kiên Giang: có 1 văn bản, không tìm thấy câu nào" in said
    app = dashboard("comparison", lang="vi", cell="schools:VN-HN", m="schools", all="1")
    assert "Hà Nội: không có văn bản nào trong phạm vi đang xem" in words(app)
    assert len(states(figures(app)[0])) == 63 * 30


def test_the_day_limits_the_matrix_and_goes_to_the_url(dashboard):
    app = dashboard("comparison", lang="vi")
    app.date_input(key="comparison-on").set_value("2021-06-01").run()
    assert app.query_params["on"] in ("2021-06-01", ["2021-06-01"])
    cells = states(figures(app)[0])
    assert {name for mark, name in cells.items() if mark.endswith("VN-57")} == {"không có văn bản"}
    assert "checkpoints:VN-58" in quoted(app)


@pytest.mark.parametrize(("by", "n"), [("directive", 7), ("month", 19)])
def test_columns_may_be_directives_or_months(dashboard, by, n):
    app = dashboard("comparison", lang="vi", by=by)
    assert len(states(figures(app)[0])) == 30 * n
    app.segmented_control(key="comparison-by").set_value("province").run()
    assert "by" not in app.query_params and len(states(figures(app)[0])) == 120


def test_filters_limit_rows_and_columns(dashboard):
    app = dashboard("comparison", lang="vi", province="VN-58,VN-47", measure="testing,schools")
    assert set(states(figures(app)[0])) == {f"{c}:{p}" for c in ("testing", "schools") for p in ("VN-58", "VN-47")}
    app = dashboard("comparison", lang="vi", from_="2019-01-01", to="2019-02-01")
    assert not app.exception and not figures(app)
    assert "Không có văn bản nào khớp bộ lọc" in words(app)


def test_quotes_stand_in_order_of_time(dashboard):
    app = dashboard("comparison", lang="vi", show="quotes", m="digital_tools")
    said = words(app)
    assert said.index("Bluezone") < said.index("QR-code")
    assert "Có văn bản nhưng không tìm thấy: Kiên Giang và Tiền Giang" in said
    app.selectbox(key="comparison-measure").set_value("border_control").run()
    assert app.query_params["m"] in ("border_control", ["border_control"])
    assert "chốt chặn biên giới" in words(app)


def test_the_letter_and_its_continuation_are_aligned(dashboard):
    app = dashboard("comparison", lang="vi", show="pair")
    said = words(app)
    assert "Công văn 396-CV/TU so với Công văn 360-CV/TU" in said
    for row in ("Cán bộ ra ngoài tỉnh, nước ngoài", "mới ở văn bản thứ hai", "không còn ở văn bản thứ hai"):
        assert row in said
    raw = "\n".join(item.value for item in app.markdown)
    travel = next(part for part in raw.splitlines() if "đi ra ngoài tỉnh" in part and "blue-background" in part)
    assert "**" in travel and "Việc" in travel, "what is new is bold, not only coloured"
    gone = next(part for part in raw.splitlines() if "đi ra ngoài tỉnh" in part and "orange-background" in part)
    assert "~~" in gone and "xin phép" in gone
    lines = [trace for trace in figures(app)[0]["data"] if trace["mode"] == "lines"]
    assert len(lines) >= 3
    same = words(dashboard("comparison", lang="vi", show="pair", **PAIR))
    assert same == said, "the default pair is the one of the address"


def test_sides_can_be_swapped(dashboard):
    app = dashboard("comparison", lang="en", show="pair", **PAIR)
    next(button for button in app.button if button.key == "comparison-swap").click().run()
    assert app.query_params["left"] in (PAIR["right"], [PAIR["right"]])
    assert "360-CV/TU against" in words(app)


def test_order_says_what_is_uncertain(dashboard):
    said = words(dashboard("comparison", lang="vi", show="first", m="border_control"))
    assert "Biên giới, nhập cảnh: thứ tự của 3 tỉnh" in said
    assert "Tiền Giang: Không ghi ngày: từ 07/03/2020 trở đi" in said and "+446 ngày" in said
    assert "khoảng ngày của các tỉnh chồng lên nhau" in said or "là nơi ngày không chắc chắn" in said


def test_similarity_lists_shared_and_differing_and_the_wording(dashboard):
    letters = "binh-phuoc/396-cv-tu/2021-05-27:binh-phuoc/1722-ubnd-kgvx/2021-05-27"
    app = dashboard("comparison", lang="vi", show="similarity", by="directive", alike="reuse")
    pairs = marks(figures(app)[0])
    chosen = next(mark for mark in pairs if set(mark.split(":")) == set(letters.split(":")))
    said = words(dashboard("comparison", lang="vi", show="similarity", by="directive", pair=chosen))
    assert "Cùng nêu (" in said and "biện pháp (" in said
    assert "phải thực hiện khai báo y tế" in said and "âm tiết" in said


def test_effort_parts_lead_to_their_words(dashboard):
    app = dashboard("comparison", lang="vi", show="effort", cell="border_control:VN-47")
    assert "border_control:VN-47" in marks(figures(app)[0])
    assert "tuần tra" in words(app)


def test_duties_name_bodies_and_deadlines(dashboard):
    app = dashboard("comparison", lang="vi", show="duties", where="VN-58", cell="so-y-te:vaccination")
    said = words(app)
    assert "Bình Phước" in said and "Hạn hoàn thành: 15/05/2021" in said
    assert "cong-an-tinh:checkpoints" in marks(figures(app)[0])


def test_nothing_of_the_address_breaks_the_page(dashboard):
    app = dashboard("comparison", lang="vi", cell="<script>", left="x/y", right="nobody", by="planet", n="1", at="1")
    assert not app.exception
    assert "đã bỏ qua" in words(app)
    app = dashboard("comparison", lang="vi", show="pair", left="x/y", right="nobody")
    assert not app.exception and "396-CV/TU so với" in words(app)


def test_presentation_view_has_no_controls(dashboard):
    app = dashboard("comparison", lang="vi", present="1")
    assert not app.exception and figures(app)
    assert not app.segmented_control and not app.date_input and not app.dataframe
