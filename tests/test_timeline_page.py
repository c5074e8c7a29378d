"""The timeline page through the dashboard: what it says, and what each change of its state changes."""

import json
from pathlib import Path

import pytest

LETTER, PARTY = "binh-phuoc/1722-ubnd-kgvx/2021-05-27", "binh-phuoc/396-cv-tu/2021-05-27"
ANSWER = "binh-phuoc/2526-ubnd-kgvx/2021-07-26"
HEAD = "CountryCode,Jurisdiction,Date,ConfirmedCases,StringencyIndex_Average\n"


def words(app) -> str:
    """All prose of the page without the marks of the escape."""
    parts = [item.value for kind in ("markdown", "caption", "title", "error") for item in getattr(app, kind)]
    return "\n".join(parts).replace("\\", "").replace("*", "")


def figures(app) -> list[dict]:
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def ids(figure: dict) -> set[str]:
    return {item for trace in figure["data"] for item in trace.get("customdata") or ()}


def test_it_says_what_triggered_what_with_the_lags(dashboard):
    app = dashboard("timeline", lang="vi")
    assert not app.exception
    said = words(app)
    assert "1722/UBND-KGVX (27/05/2021) thực hiện 396-CV/TU (27/05/2021): cùng ngày" in said
    for cited, lag in (("502-CV/TU (23/07/2021)", 3), ("504-CV/TU (23/07/2021)", 3), ("5737/BYT-KHTC (18/07/2021)", 8)):
        assert f"2526/UBND-KGVX (26/07/2021) thực hiện {cited}: sau {lag} ngày, chưa có bản" in said


def test_it_says_what_is_undated_within_which_bounds_and_why(dashboard):
    said = words(dashboard("timeline", lang="vi"))
    assert "Tiền Giang · Công văn · Tỉnh ủy Tiền Giang: từ 07/03/2020 trở đi" in said
    assert "Kiên Giang · Chỉ thị · Tỉnh ủy Kiên Giang: từ 29/03/2021 trở đi" in said
    assert "Bình Dương · Chỉ thị · Tỉnh ủy Bình Dương: từ 31/03/2020 đến 20/09/2021, ước lượng 15/09/2021" in said
    assert "Tính đến ngày 29-3-2021" in said and "đến ngày 20/9/2021" in said


@pytest.mark.parametrize(
    ("lang", "force"), [("vi", "Đang có hiệu lực ngày 30/06/2021"), ("en", "In force on 30 Jun 2021")]
)
def test_on_a_day_checkpoints_are_in_force_with_their_sentence(dashboard, lang, force):
    said = words(dashboard("timeline", lang=lang, on="2021-06-30", at="VN-58"))
    assert force in said
    assert "thành lập 03 Chốt kiểm soát" in said
    assert "Quốc lộ 13, Quốc lộ 14 và ĐT741" in said


def test_before_the_start_that_an_order_sets_it_is_not_in_force(dashboard):
    said = words(dashboard("timeline", lang="vi", on="2021-05-27", at="VN-58"))
    assert "Đang có hiệu lực ngày 27/05/2021" in said
    assert "03 Chốt kiểm soát" not in said.partition("Văn bản nào dẫn tới")[0]


def test_before_any_directive_it_says_so(dashboard):
    app = dashboard("timeline", lang="en", on="2020-01-01")
    assert not app.exception
    assert "No directive of the chosen provinces had been issued by 1 Jan 2020" in words(app)


def test_the_day_goes_to_the_url_and_to_the_figures(dashboard):
    app = dashboard("timeline", lang="vi", on="2021-06-30")
    app.date_input(key="timeline-on").set_value("2021-05-30").run()
    assert app.query_params["on"] in ("2021-05-30", ["2021-05-30"])
    assert any("Ngày xem 30/05/2021" in note["text"] for note in figures(app)[0]["layout"]["annotations"])


def test_another_province_shows_its_own_measures(dashboard):
    app = dashboard("timeline", lang="vi", on="2021-09-30", at="VN-57")
    said = words(app)
    assert "Giãn cách, cách ly xã hội" in said.partition("Văn bản nào dẫn tới")[0]
    assert "ngày ước lượng" in said


def test_filters_limit_every_figure(dashboard):
    app = dashboard("timeline", lang="vi", province="VN-58", branch="government")
    lanes = figures(app)[0]
    assert {LETTER, ANSWER} <= ids(lanes)
    assert PARTY not in {item for item in ids(lanes) if not item.startswith("cited:")}
    assert "Bình Dương" not in words(app)


def test_a_window_sets_the_axis_of_all_figures(dashboard):
    app = dashboard("timeline", lang="vi", **{"from": "2021-05-01", "to": "2021-08-01"})
    for figure in figures(app):
        assert figure["layout"]["xaxis"]["range"] == ["2021-05-01", "2021-08-02"]


def test_no_directive_in_the_window_says_what_to_do(dashboard):
    app = dashboard("timeline", lang="en", province="VN-58", urgency="thuong_khan")
    assert not app.exception
    assert "No directive passes the filters" in words(app)


def test_a_chosen_directive_opens_its_evidence(dashboard):
    said = words(dashboard("timeline", lang="en", d=LETTER))
    assert "Official letter (công văn) 1722/UBND-KGVX" in said
    assert "Chủ tịch Trần Tuệ Hiền" in said


def test_a_chosen_unheld_document_shows_what_is_known(dashboard):
    app = dashboard("timeline", lang="en", ghost="cited:VN-58:502-cv-tu")
    assert not app.exception
    said = words(app)
    assert "502-CV/TU: cited, not held" in said and "23 Jul 2021. 1 directive cites it" in said
    assert "Công văn số 502-CV/TU ngày 23/7/2021 của Tỉnh ủy" in said


def test_an_unknown_unheld_document_is_no_error(dashboard):
    app = dashboard("timeline", lang="en", ghost="cited:VN-58:none")
    assert not app.exception
    assert (
        "not held" not in words(app).partition("What triggered what")[0].partition("1722")[0].partition("Shape is")[0]
    )


def test_what_each_directive_changed_is_said(dashboard):
    said = words(dashboard("timeline", lang="vi"))
    own = said.partition("Mỗi văn bản đã thay đổi gì")[2].partition("Chỉ thị (Bình Dương)")[2]
    relaxed = own.partition("▼")[2].partition("▲")[0]
    tightened = own.partition("▲")[2].partition("●")[0]
    assert "Giãn cách" in relaxed and "Xét nghiệm" in tightened


def test_national_context_is_added_labelled_and_removed(dashboard):
    app = dashboard("timeline", lang="vi")
    before = len(figures(app))
    rows = "".join(f"VNM,NAT_TOTAL,202105{n:02d},{n * 10},{40 + n}\n" for n in range(1, 31))
    app.file_uploader[0].upload("oxcgrt.csv", (HEAD + rows).encode()).run()
    assert not app.exception
    assert len(figures(app)) == before + 1
    said = words(app)
    assert "Số liệu quốc gia, không phải số liệu của tỉnh" in said and "CC BY 4.0" in said
    assert "quốc gia" in figures(app)[-1]["layout"]["annotations"][0]["text"]
    app.button(key="timeline-national-remove").click().run()
    assert len(figures(app)) == before


def test_a_file_that_is_not_oxcgrt_is_said_to_be_none(dashboard):
    app = dashboard("timeline", lang="en")
    app.file_uploader[0].upload("x.csv", b"a,b\n1,2\n").run()
    assert "It could not be read" in words(app) and "StringencyIndex_Average" in words(app)


@pytest.mark.parametrize("place", ["../../../etc/passwd", "/etc/passwd", "nothing.csv"])
def test_a_path_stays_within_the_data_folder(dashboard, place):
    app = dashboard("timeline", lang="en")
    app.text_input(key="timeline-national-place").set_value(place)
    app.button(key="FormSubmitter:timeline-national-form-Read").click().run()
    assert "must lie within" in words(app) or "could not be read" in words(app)
    assert "root:" not in words(app)


def test_presentation_shows_the_figures_without_controls(dashboard):
    app = dashboard("timeline", lang="vi", present="1", on="2021-06-30")
    assert len(figures(app)) == 2
    assert not app.date_input and not app.file_uploader


def test_the_page_never_sets_html(monkeypatch):
    root = Path(__file__).resolve().parents[1]
    for path in (root / "views").glob("*timeline*.py"):
        assert "unsafe_allow_html" not in path.read_text(encoding="utf-8")
