"""The network page through the dashboard: what each section says, and what each change of its state changes."""

import json

import pytest

PARTY, POLICE, HEALTH = "binh-phuoc/tinh-uy", "binh-phuoc/cong-an-tinh", "binh-phuoc/so-y-te"
LETTER, ANSWER = "binh-phuoc/1722-ubnd-kgvx/2021-05-27", "binh-phuoc/2526-ubnd-kgvx/2021-07-26"
SECTIONS = ("graph", "ego", "responsibility", "cascade", "document", "metrics")


def words(app) -> str:
    """All prose of the page without the marks of the escape."""
    parts = [item.value for kind in ("markdown", "caption", "title", "warning", "info") for item in getattr(app, kind)]
    parts += [item.label for item in app.button]
    return "\n".join(parts).replace("\\", "").replace("*", "")


def figures(app) -> list[dict]:
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def ids(figure: dict) -> set[str]:
    return {item[0] for trace in figure["data"] for item in trace.get("customdata") or ()}


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("show", SECTIONS)
def test_every_section_opens(dashboard, show, lang):
    app = dashboard("network", show=show, lang=lang)
    assert not app.exception
    assert not app.info
    assert len(words(app)) > 200


def test_one_province_at_a_time_where_all_are_too_many(dashboard):
    app = dashboard("network", lang="vi")
    assert "Bình Phước: " in words(app)
    assert all(item.startswith(("binh-phuoc/", "vn/")) or ":" in item for item in ids(figures(app)[0]))


def test_all_provinces_are_drawn_by_kind_of_agency(dashboard):
    found = ids(figures(dashboard("network", lang="vi", **{"in": "all"}))[0])
    assert "any/tinh-uy" in found
    assert PARTY not in found


def test_party_committee_addresses_five_bodies_in_each_of_its_letters(dashboard):
    said = words(dashboard("network", lang="vi", a=PARTY))
    assert "Công văn 360-CV/TU · 06/05/2021 · Kính gửi 5 nơi" in said
    assert "Công văn 396-CV/TU · 27/05/2021 · Kính gửi 5 nơi" in said
    assert "“Ủy ban nhân dân tỉnh”" in said
    assert "As above" not in said


def test_five_bodies_in_english(dashboard):
    said = words(dashboard("network", lang="en", a=PARTY))
    assert "360-CV/TU · 6 May 2021 · addressed to 5 bodies" in said


def test_an_edge_opens_its_quote(dashboard):
    app = dashboard("network", lang="vi")
    links = [item for item in ids(figures(app)[0]) if item.startswith("coordinate:")]
    assert links
    for link in links:
        said = words(dashboard("network", lang="vi", edge=link))
        assert "Giao phối hợp" in said
        assert "“" in said


def test_layouts_by_date_and_ties(dashboard):
    by_date = figures(dashboard("network", lang="vi", layout="date"))[0]
    assert {"360-CV/TU", "396-CV/TU", "1722/UBND-KGVX", "2526/UBND-KGVX"} <= {
        item["text"] for item in by_date["layout"]["annotations"]
    }
    assert PARTY in ids(figures(dashboard("network", lang="vi", layout="force"))[0])


def test_types_of_links_can_be_left_out(dashboard):
    found = ids(figures(dashboard("network", lang="vi", edges="addresses"))[0])
    assert {item.partition(":")[0] for item in found if ":" in item} == {"addresses"}


def test_tasks_of_the_department_of_health_with_limit_and_partners(dashboard):
    said = words(dashboard("network", lang="vi", show="ego", a=HEALTH))
    assert "Chủ trì: Sở Y tế" in said
    assert "Thời hạn 15/05/2021" in said
    assert "thành lập 03 Chốt kiểm soát" in said
    assert "Cùng với Công an tỉnh (chủ trì)" in said
    assert "Tỉnh ủy · Bình Phước: Giao chủ trì" in said


def test_departments_of_health_across_provinces_and_where_none_is_named(dashboard):
    said = words(dashboard("network", lang="vi", show="ego", a=HEALTH, across="1"))
    assert "Không thấy giao việc cho Sở Y tế" in said
    assert "Không thấy không có nghĩa là không có" in said


def test_propaganda_boards_across_provinces_with_their_sentences(dashboard):
    app = dashboard("network", lang="vi", show="ego", a="binh-phuoc/ban-tuyen-giao-tinh-uy", across="1")
    said = words(app)
    for province in ("Bình Phước", "Kiên Giang", "Tiền Giang"):
        assert f"# {province}" in said


def test_checkpoints_are_led_by_police_and_co_ordinated_by_three(dashboard):
    app = dashboard("network", lang="vi", show="responsibility", cell=f"checkpoints:{POLICE}")
    said = words(app)
    assert "Chủ trì: Công an tỉnh" in said
    assert "Phối hợp: Bộ Chỉ huy Quân sự tỉnh, Sở Giao thông vận tải, Sở Y tế" in said
    assert said.count("thành lập 03 Chốt kiểm soát") == 1
    assert f"checkpoints:{HEALTH}" in ids(figures(app)[0])


def test_cascade_says_lags_and_flags(dashboard):
    app = dashboard("network", lang="vi", show="cascade")
    said = words(app)
    assert "Không có dẫn chiếu nào trái thứ tự thời gian" in said
    assert "Tỉnh ủy → UBND tỉnh, trung vị 3 ngày" in said
    assert "Mẫu nhỏ" in said
    texts = [text for trace in figures(app)[0]["data"] for text in trace.get("text") or ()]
    assert {"0 ngày", "3 ngày", "8 ngày"} <= set(texts)


def test_a_citation_opens_its_words(dashboard):
    links = [item for item in ids(figures(dashboard("network", lang="vi", show="cascade"))[0]) if item[:6] == "cites:"]
    said = [words(dashboard("network", lang="vi", show="cascade", cite=link)) for link in sorted(links)]
    assert any("1722/UBND-KGVX thực hiện Công văn 396-CV/TU: 0 ngày" in item for item in said)
    assert all("“" in item for item in said)


def test_a_document_cited_but_not_held_says_so(dashboard):
    found = ids(figures(dashboard("network", lang="vi", show="cascade"))[0])
    ghost = next(item for item in sorted(found) if item.endswith("502-cv-tu"))
    said = words(dashboard("network", lang="vi", show="cascade", ghost=ghost))
    assert "chỉ được dẫn, chưa có trong dữ liệu" in said
    assert "Công văn số 502-CV/TU ngày 23/7/2021 của Tỉnh ủy" in said


def test_three_columns_in_the_words_of_legal_portals(dashboard):
    said = words(dashboard("network", lang="vi", show="document", d=ANSWER))
    assert "Văn bản bị tác động [4]" in said
    assert "Văn bản được hướng dẫn, thực hiện [4]" in said
    assert "Văn bản bị thay thế [0]" in said
    assert "Văn bản đang xem" in said
    assert "Văn bản tác động [0]" in said
    other = words(dashboard("network", lang="vi", show="document", d="binh-phuoc/396-cv-tu/2021-05-27"))
    assert "Văn bản tác động [1]" in other
    assert "Văn bản tiếp tục thực hiện [0]" in other


def test_measures_explain_themselves_and_warn(dashboard):
    for metric, sentence in (("received", "gửi đến hoặc giao việc"), ("between", "phải qua cơ quan này")):
        said = words(dashboard("network", lang="vi", show="metrics", metric=metric))
        assert sentence in said
        assert "không phải mẫu ngẫu nhiên" in said


def test_a_click_on_a_control_changes_the_address(dashboard):
    app = dashboard("network", lang="vi")
    app.segmented_control(key="network-show").set_value("cascade").run()
    assert app.query_params["show"] == "cascade"
    assert len(figures(app)) == 2
    app.segmented_control(key="network-show").set_value("graph").run()
    assert "show" not in app.query_params


def test_filters_limit_every_section(dashboard):
    for show in SECTIONS:
        app = dashboard("network", lang="vi", show=show, province="VN-47")
        assert not app.exception
        assert "1722/UBND-KGVX" not in json.dumps(figures(app), ensure_ascii=False)


def test_nothing_passes_the_filters(dashboard):
    app = dashboard("network", lang="vi", from_="2023-01-01")
    assert not app.exception
    assert "Không có văn bản nào khớp bộ lọc" in words(app) or figures(app)


def test_damaged_links_open_the_nearest_view(dashboard):
    app = dashboard(
        "network", lang="vi", show="nonsense", layout="x", edge="lead:ffffffffffff", node="any/none", cell="x:y"
    )
    assert not app.exception
    assert "show" in app.info[0].value
    assert figures(app)


def test_presentation_has_figures_and_no_controls(dashboard):
    for show in SECTIONS:
        app = dashboard("network", lang="vi", show=show, present="1")
        assert not app.exception
        assert not [item for item in app.segmented_control if item.key != "language-switch"]
