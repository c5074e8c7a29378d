"""Measures: rules against their own examples, provisions of other papers, stances, contexts that order nothing."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.fold import Text
from loaders.measures import match_measures
from loaders.measures_rules import GROUPS, read_rules
from loaders.records import Fact, Header, Measure, Provision, Span, Zones
from loaders.vocabulary import read_vocabulary

CODES = {entry["code"]: entry for entry in read_vocabulary("measures")["measures"]}
BLOCKS = {code: block for group in GROUPS for code, block in read_vocabulary(f"measures_{group}").items()}


def coded(body: str) -> tuple[Measure, ...]:
    """Measures of a body that is one provision."""
    return match_measures(
        Text(body),
        Zones(header=Span(0, 0), body=Span(0, len(body))),
        (Provision(label="1", path="1", parent="", depth=0, start=0, end=len(body)),),
    )


def codes(body: str) -> set[str]:
    return {measure.code for measure in coded(body)}


EXAMPLES = [
    pytest.param(rule.rule_id, example, id=f"{rule.rule_id}-{index}")
    for rule, entry in read_rules()
    for index, example in enumerate(entry["examples"])
]
COUNTER_EXAMPLES = [
    pytest.param(code, example, id=f"{code}-{index}")
    for code, block in BLOCKS.items()
    for index, example in enumerate(block["counter_examples"])
]


def test_the_thirty_codes_of_the_codebook_have_labels_and_rules():
    assert len(CODES) == 30 and set(BLOCKS) == set(CODES)
    assert all(entry["vi"] and entry["en"] and entry["covers"] for entry in CODES.values())


def test_brackets_of_a_phrase_hold_no_brackets():
    keys = ("any", "near", "also", "sentence", "unless", "left", "unless_left", "unless_right")
    phrases = [phrase for _, entry in read_rules() for key in keys for phrase in entry.get(key, ())]
    assert [phrase for phrase in phrases if re.search(r"\([^()]*\(", phrase)] == []


@pytest.mark.parametrize(("rule_id", "example"), EXAMPLES)
def test_example_is_found_by_its_code(rule_id, example):
    found = [measure for measure in coded(example) if measure.code == rule_id.split(".")[0]]
    assert found, f"{rule_id} is not found"


@pytest.mark.parametrize(("rule_id", "example"), EXAMPLES)
def test_first_example_is_found_by_its_rule(rule_id, example):
    first = next(entry["examples"][0] for rule, entry in read_rules() if rule.rule_id == rule_id)
    if example == first:
        assert rule_id in {measure.rule_id for measure in coded(example)}


@pytest.mark.parametrize(("code", "example"), COUNTER_EXAMPLES)
def test_counter_example_is_not_found(code, example):
    assert code not in codes(example)


PROVISIONS = [
    pytest.param(item, id=f"{document['place']}-{index}")
    for document in yaml.safe_load((Path(__file__).parent / "measures" / "provisions.yaml").read_text(encoding="utf-8"))
    for index, item in enumerate(document["provisions"], 1)
]


@pytest.mark.parametrize("item", PROVISIONS)
def test_provision_of_an_invented_directive(item):
    found = coded(item["text"])
    passages = {measure.code for measure in found} | {f"{measure.code}/{measure.stance}" for measure in found}
    wanted = {code.split("/")[0] for code in item["codes"]}
    assert not set(item["codes"]) - passages
    assert not {measure.code for measure in found} - wanted - set(item["may"])


WORDINGS = [
    pytest.param(item, id=item["text"][:50])
    for item in yaml.safe_load((Path(__file__).parent / "measures" / "wordings.yaml").read_text(encoding="utf-8"))
]
_WANTED = re.compile(r"(?P<code>\w+)/(?P<stance>\w+?)(?:@(?P<scope>\w+?))?(?:=(?P<level>\d))?\Z")


@pytest.mark.parametrize("item", WORDINGS)
def test_wording(item):
    found = coded(item["text"])
    wanted = [match for code in item["codes"] if (match := _WANTED.match(code))]
    assert len(wanted) == len(item["codes"])
    for want in wanted:
        said = [measure for measure in found if (measure.code, measure.stance) == (want["code"], want["stance"])]
        assert said
        assert not want["scope"] or want["scope"] in {measure.scope for measure in said}
        assert not want["level"] or int(want["level"]) in {measure.level for measure in said}
    assert not {measure.code for measure in found} - {want["code"] for want in wanted} - set(item.get("may", ()))


@pytest.mark.parametrize(
    ("sentence", "code", "stance"),
    [
        pytest.param("Tổ chức xét nghiệm cho người về từ vùng dịch.", "testing", "tighten", id="no cue"),
        pytest.param("Tiếp tục xét nghiệm, truy vết F1.", "contact_tracing", "maintain", id="reaches on"),
        pytest.param("Tiếp tục truy vết F1; xét nghiệm diện rộng.", "testing", "tighten", id="semicolon ends it"),
        pytest.param("Tiếp tục tăng cường xét nghiệm.", "testing", "maintain", id="tiếp tục tăng cường"),
        pytest.param("Duy trì các chốt kiểm soát dịch.", "checkpoints", "maintain", id="duy trì"),
        pytest.param("Giữ vững vùng xanh.", "area_zoning", "tighten", id="guarding a zone tightens"),
        pytest.param("Dịch tiếp tục diễn biến phức tạp, xét nghiệm.", "testing", "tighten", id="the epidemic goes on"),
        pytest.param("Nới lỏng giãn cách xã hội.", "stay_at_home", "relax", id="nới lỏng"),
        pytest.param("Từng bước nói lỏng giãn cách xã hội.", "stay_at_home", "relax", id="nói lỏng, a slip"),
        pytest.param("Thu gọn các khu cách ly tập trung.", "quarantine_isolation", "relax", id="thu gọn"),
        pytest.param("Hoàn trả các trường học dùng làm khu cách ly.", "quarantine_isolation", "relax", id="hoàn trả"),
        pytest.param("Dỡ bỏ các chốt kiểm soát dịch.", "checkpoints", "relax", id="dỡ bỏ"),
        pytest.param("Cho phép nhà hàng, quán ăn hoạt động trở lại.", "workplaces", "relax", id="hoạt động trở lại"),
        pytest.param("Chỉ cho phép quán ăn bán mang về.", "workplaces", "tighten", id="chỉ cho phép narrows"),
        pytest.param("Không cho phép karaoke hoạt động.", "workplaces", "tighten", id="không cho phép"),
        pytest.param("Học sinh lớp 12 đi học trở lại.", "schools", "relax", id="đi học trở lại"),
        pytest.param("Dừng áp dụng giãn cách xã hội.", "stay_at_home", "relax", id="an end to distancing"),
        pytest.param("Không thực hiện xét nghiệm diện rộng.", "testing", "relax", id="negated"),
        pytest.param("Xử lý người không thực hiện xét nghiệm.", "testing", "tighten", id="who does not comply"),
        pytest.param("Tiếp tục tạm dừng: karaoke; dạy học trực tiếp.", "schools", "maintain", id="head of a list"),
        pytest.param("Tạm dừng:\n- Quán bar;\n- Các lễ hội.", "public_events", "tighten", id="head above dashes"),
        pytest.param("Quán bar, karaoke tiếp tục tạm dừng.", "workplaces", "maintain", id="goes on, said after"),
        pytest.param("Tiếp tục dừng họp; dừng nghi lễ tôn giáo.", "public_events", "tighten", id="own verb in a list"),
        pytest.param("Tạm dừng mở cửa các quán ăn.", "workplaces", "tighten", id="dừng mở cửa"),
        pytest.param("Đóng cửa dịch vụ không cần thiết như spa.", "workplaces", "tighten", id="không cần thiết"),
        pytest.param("Quán ăn được mở nhưng chỉ bán mang về.", "workplaces", "tighten", id="nhưng chỉ"),
        pytest.param("Kiểm soát việc đi lại của xe được chạy.", "movement_restrictions", "tighten", id="of whom"),
        pytest.param("Việc đi lại trong tỉnh không bị hạn chế.", "movement_restrictions", "relax", id="not limited"),
        pytest.param("Nâng số người tập trung lên 50 người.", "gatherings", "relax", id="a cap raised"),
        pytest.param("Tang lễ nội bộ, số lượng không quá 20 người.", "gatherings", "tighten", id="nội is not nới"),
        pytest.param("Đồng thời xét nghiệm lái xe.", "testing", "tighten", id="thời is not thôi"),
        pytest.param("Giám sát chặt, lấy mẫu xét nghiệm.", "testing", "tighten", id="giám is not giảm"),
        pytest.param("Giám sát các khu cách ly.", "quarantine_isolation", "tighten", id="giám, again"),
        pytest.param("Nơi đông giữ khoảng cách 2 m.", "personal_protection", "tighten", id="nơi, not nới"),
        pytest.param("Không bắt buộc đeo khẩu trang ngoài trời.", "personal_protection", "relax", id="masks dropped"),
        pytest.param("Lùi thời gian kết thúc cách ly.", "quarantine_isolation", "tighten", id="an end put off"),
        pytest.param("Đón khách quốc tế từ quý I.", "border_control", "relax", id="visitors"),
        pytest.param("Chuyển từ Chỉ thị 16 sang Chỉ thị 15.", "stay_at_home", "relax", id="to a lighter regime"),
        pytest.param("Chuyển từ Chỉ thị 15 sang Chỉ thị 16.", "stay_at_home", "tighten", id="to a stricter regime"),
        pytest.param("Hạ mức giãn cách ở hai huyện.", "stay_at_home", "relax", id="a lower level"),
        pytest.param("Giữ nguyên mức giãn cách.", "stay_at_home", "maintain", id="left as it is"),
        pytest.param("Các tổ Covid cộng đồng tiếp tục trực.", "community_mobilisation", "maintain", id="teams go on"),
    ],
)  # fmt: skip
def test_stance(sentence, code, stance):
    assert stance in {measure.stance for measure in coded(sentence) if measure.code == code}


@pytest.mark.parametrize(
    ("sentence", "code", "binding"),
    [
        ("Khuyến cáo người dân không đến các tỉnh đang có dịch.", "movement_restrictions", "recommended"),
        ("Khuyến khích người dân tự xét nghiệm.", "testing", "recommended"),
        ("Vận động người dân khai báo y tế.", "health_declaration", "recommended"),
        ("Sở Y tế tổ chức xét nghiệm.", "testing", "mandatory"),
        ("Khuyến cáo người dân không đi lại; người về phải khai báo y tế.", "health_declaration", "mandatory"),
        ("Khuyến cáo người dân không đi xa, nếu đi thì phải khai báo y tế.", "health_declaration", "mandatory"),
    ],
)
def test_binding(sentence, code, binding):
    assert {measure.binding for measure in coded(sentence) if measure.code == code} == {binding}


@pytest.mark.parametrize(
    ("sentence", "code", "level"),
    [
        pytest.param("Tạm dừng hoạt động karaoke, quán bar, vũ trường.", "workplaces", 2, id="trades closed"),
        pytest.param(
            "Đóng cửa các chợ đêm, chợ tự phát đến khi có thông báo mới.", "workplaces", 2, id="until told otherwise"
        ),
        pytest.param("Quán ăn dừng phục vụ tại chỗ, chỉ bán mang về.", "workplaces", None, id="trades limited"),
        pytest.param(
            "Nếu phát hiện ca bệnh, quán cà phê phải tạm dừng hoạt động.",
            "workplaces",
            None,
            id="trades closed on a condition",
        ),
        ("Không tập trung quá 02 người nơi công cộng.", "gatherings", 4),
        ("Không tập trung trên 20 người trong một phòng.", "gatherings", 3),
        ("Không tụ tập đông người.", "gatherings", None),
        ("Thực hiện giãn cách xã hội theo Chỉ thị số 16/CT-TTg.", "stay_at_home", 2),
        ("Thực hiện giãn cách xã hội theo Chỉ thị số 15/CT-TTg.", "stay_at_home", None),
        ("Khuyến cáo người dân không đến vùng dịch.", "movement_restrictions", 1),
        ("Bắt buộc đeo khẩu trang khi ra khỏi nhà.", "personal_protection", 4),
        ("Bắt buộc đeo khẩu trang tại nơi công cộng.", "personal_protection", 3),
        ("Nới lỏng giãn cách xã hội theo Chỉ thị số 16/CT-TTg.", "stay_at_home", None),
    ],
)
def test_level_only_where_the_text_settles_it(sentence, code, level):
    assert [measure.level for measure in coded(sentence) if measure.code == code] == [level]


@pytest.mark.parametrize(
    ("sentence", "tier"),
    [
        ("Thực hiện cách ly xã hội theo Chỉ thị số 16/CT-TTg ngày 31/3/2020.", "CT16"),
        ("Áp dụng Chỉ thị 15 trên toàn huyện.", "CT15"),
        ("Chuyển sang thực hiện Chỉ thị số 19/CT-TTg.", "CT19"),
        ("Thực hiện giãn cách xã hội theo tinh thần Chỉ thị số 16/2020/CT-TTg.", "CT16"),
        ("Thực hiện giãn cách xã hội toàn tỉnh.", ""),
        ("Chuyển từ Chỉ thị 16 sang thực hiện Chỉ thị 15.", "CT15"),
        ("Áp dụng Chỉ thị 16 tại hai xã, nơi còn lại theo Chỉ thị 15.", "CT16"),
    ],
)
def test_tier_is_the_regime_that_is_named(sentence, tier):
    assert {measure.tier for measure in coded(sentence) if measure.code == "stay_at_home"} == {tier}


@pytest.mark.parametrize(
    ("sentence", "code", "scope"),
    [
        pytest.param("Toàn tỉnh thực hiện giãn cách xã hội từ 0 giờ.", "stay_at_home", "general", id="toàn tỉnh"),
        pytest.param("Người dân không ra đường sau 18 giờ.", "stay_at_home", "general", id="the people"),
        pytest.param("Người già, trẻ em ở trong nhà.", "stay_at_home", "targeted", id="the frail"),
        pytest.param("Giãn cách theo Chỉ thị 16 tại xã Tân Hội.", "stay_at_home", "targeted", id="a commune"),
        pytest.param("UBND xã Tân Hội cho học sinh nghỉ học.", "schools", "", id="a body of a commune"),
        pytest.param("Cho học sinh lớp 9 đi học trở lại.", "schools", "targeted", id="a grade"),
        pytest.param("Xét nghiệm tiểu thương, lái xe.", "testing", "targeted", id="groups"),
        pytest.param("Nhân viên y tế lấy mẫu xét nghiệm.", "testing", "", id="who does it"),
        pytest.param("Người từ huyện Tân Phú về được xét nghiệm.", "testing", "targeted", id="from where"),
        pytest.param("Tạm dừng karaoke, quán bar.", "workplaces", "targeted", id="a sector"),
        pytest.param("Tạm dừng dịch vụ không thiết yếu.", "workplaces", "", id="trades at large"),
        pytest.param("Xe ôm không được chở khách.", "transport", "targeted", id="one kind of vehicle"),
        pytest.param("Dừng vận tải hành khách trên toàn tỉnh.", "transport", "general", id="all of them, everywhere"),
        pytest.param("Giãn cách toàn tỉnh, trừ huyện Côn Đảo.", "stay_at_home", "general", id="all but one"),
        pytest.param("Dừng vận tải hành khách công cộng.", "transport", "", id="not said where"),
    ],
)  # fmt: skip
def test_scope_only_where_the_words_settle_it(sentence, code, scope):
    assert {measure.scope for measure in coded(sentence) if measure.code == code} == {scope}


@pytest.mark.parametrize(
    ("issuer", "subject", "body", "scope"),
    [
        ("tỉnh A", "giãn cách xã hội trên địa bàn huyện Cát", "Mọi người dân ở tại nhà.", "targeted"),
        ("tỉnh A", "phòng, chống dịch tại huyện Cát", "Người dân toàn tỉnh ở tại nhà.", "general"),
        ("huyện Cát", "giãn cách xã hội trên địa bàn huyện Cát", "Mọi người dân ở tại nhà.", "general"),
        ("tỉnh A", "phòng, chống dịch", "1. UBND huyện Cát thực hiện cách ly xã hội theo Chỉ thị số 16.", "targeted"),
        ("huyện Cát", "phòng, chống dịch", "1. UBND huyện Cát thực hiện cách ly xã hội theo Chỉ thị 16.", "general"),
    ],
)
def test_scope_by_the_place_the_paper_and_the_order_are_about(issuer, subject, body, scope):
    text = Text(f"{subject}\n\n{body}")
    header = Header(issuer=Fact(f"Ủy ban nhân dân {issuer}", 0, 1), subject=Fact(subject, 0, len(subject)))
    whole = Span(len(subject) + 2, len(text))
    zones = Zones(header=Span(0, len(subject)), body=whole)
    found = match_measures(text, zones, (Provision("1", "1", "", 0, whole.start, whole.end),), header)
    assert {measure.scope for measure in found if measure.code == "stay_at_home"} == {scope}


@pytest.mark.parametrize(
    "body",
    [
        "Quán bar, karaoke: cấp 1 được mở; cấp 3 và cấp 4 ngừng hoạt động.",
        "Quán bar, karaoke:\n- Cấp 1, cấp 2: được mở cửa;\n- Cấp 3, cấp 4: tạm dừng.",
    ],
    ids=["in a line", "under a head"],
)
def test_what_a_head_names_is_opened_and_stopped_by_level(body):
    assert {measure.stance for measure in coded(body) if measure.code == "workplaces"} == {"relax", "tighten"}


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Báo cáo kết quả xét nghiệm, truy vết về Sở Y tế.", id="duty to report"),
        pytest.param("Thực hiện Công văn số 12/UBND-VX về việc tạm dừng karaoke.", id="subject of a cited paper"),
        pytest.param("Ban Chỉ đạo phòng, chống dịch Covid-19 tỉnh theo dõi, đôn đốc.", id="name of a committee"),
        pytest.param("Phối hợp với Bộ đội Biên phòng, Sở Giao thông vận tải.", id="names of agencies"),
        pytest.param("Tăng cường các giải pháp (cách ly, xét nghiệm, truy vết).", id="bare list in brackets"),
        pytest.param("Các địa phương nghiêm túc thực hiện, báo cáo UBND tỉnh.", id="carrying the letter out"),
        pytest.param("Người đã tiêm đủ liều vắc xin.", id="a condition"),
        pytest.param("Nội dung sử dụng đúng quy định.", id="dụng, đúng are not dừng"),
        pytest.param("Lực lượng chức năng đã tuần tra, xử phạt 12 người không đeo khẩu trang.", id="what was done"),
        pytest.param("Thời gian qua, các xã đã lập chốt, truy vết kịp thời.", id="thời gian qua"),
        pytest.param("Theo thống kê, có 9 tỉnh cho học sinh đi học trở lại.", id="theo thống kê"),
        pytest.param("Tiến độ tiêm mũi 3 còn chậm.", id="how it stands"),
        pytest.param("Hôm nay ghi nhận 4 ca được cách ly từ trước.", id="cases counted"),
        pytest.param("Biểu dương y bác sĩ ngày đêm truy vết, xét nghiệm.", id="praise"),
        pytest.param("Sau thời gian giãn cách xã hội theo Chỉ thị 16, dịch giảm.", id="a regime that is over"),
        pytest.param("Các điểm do huyện tổ chức, quản lý.", id="do is not đỏ"),
        pytest.param("Một số nơi còn để người dân tụ tập, không đeo khẩu trang.", id="what is wrong"),
        pytest.param("Đánh giá chung: thời gian qua, các huyện đã truy vết kịp thời.", id="a part that looks back"),
        pytest.param("Dịch lây lan nhanh do nhiều người không khai báo y tế.", id="a cause"),
        pytest.param("Kỳ nghỉ dài với nhiều lễ hội là nguy cơ lây lan dịch.", id="a danger"),
    ],
)  # fmt: skip
def test_context_that_orders_nothing(sentence):
    assert codes(sentence) == set()


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        pytest.param("Cách ly người về từ nơi đang giãn cách xã hội theo Chỉ thị 16.", "stay_at_home", id="from where"),
        pytest.param("Thực hiện Kết luận số 9-TB/TU về việc áp dụng Chỉ thị 16.", "stay_at_home", id="a subject"),
        pytest.param("Không đến nơi công cộng như: chợ, bến xe, trường học.", "transport", id="places named"),
        pytest.param("Vận động người dân khai báo y tế, kiểm soát dịch.", "gatherings", id="động is not đông"),
        pytest.param("Người không phải lấy mẫu xét nghiệm tự theo dõi.", "testing", id="who, not what"),
        pytest.param("Phó Chủ tịch (PCT) phụ trách họp giao ban.", "testing", id="PCT is not PCR"),
        pytest.param("Kiểm soát người ra vào địa bàn.", "checkpoints", id="kiểm soát is not soát"),
        pytest.param("Thị xã kiểm tra thân nhiệt học sinh.", "schools", id="thị is not thi"),
    ],
)  # fmt: skip
def test_look_alikes_and_conditions(sentence, code):
    assert code not in codes(sentence)


def test_what_is_said_apart_has_a_stance_of_its_own():
    found = coded("Gỡ phong tỏa ngõ 12 từ trưa nay, riêng ngõ 14 phong tỏa thêm 7 ngày.")
    assert [measure.stance for measure in found if measure.code == "area_zoning"] == ["relax", "tighten"]


def test_two_regimes_of_one_sentence_are_two_passages():
    body = "Huyện Tân Phú giãn cách theo Chỉ thị 15; thị xã Long Hòa giãn cách xã hội theo Chỉ thị 16."
    assert [measure.tier for measure in coded(body) if measure.code == "stay_at_home"] == ["CT15", "CT16"]


def test_a_phrase_reaches_over_a_bracket():
    body = "Việc hiếu, việc hỷ (kể cả sinh nhật, tân gia, mừng thọ, khao quân) không quá 20 người."
    assert {"public_events", "gatherings"} <= codes(body)


def test_motto_in_brackets_is_readiness_alone():
    body = "Sẵn sàng theo phương châm 4 tại chỗ (điều trị tại chỗ; cách ly tại chỗ; vật tư tại chỗ)."
    assert codes(body) == {"readiness_planning"}


def test_parts_of_the_5k_message_are_not_coded_one_by_one():
    body = "Thực hiện thông điệp 5K: Khẩu trang - Khử khuẩn - Khoảng cách - Không tụ tập - Khai báo y tế."
    assert codes(body) == {"personal_protection"}


def test_preamble_counts_only_where_the_issuer_orders():
    preamble = (
        "Một số trường hợp đã được cách ly, xét nghiệm. Ban Thường vụ Tỉnh ủy yêu cầu nâng mức cảnh báo cao hơn và:\n\n"
    )
    body = preamble + "1. Tổ chức tiêm vắc xin."
    found = match_measures(
        Text(body),
        Zones(header=Span(0, 0), body=Span(0, len(body))),
        (Provision("1", "1", "", 0, len(preamble), len(body)),),
    )
    assert {measure.code for measure in found} == {"readiness_planning", "vaccination"}


def test_letter_without_numbers_counts_from_the_order_on():
    body = "Hiện có nhiều ca phải cách ly.\n\nSở Y tế đề nghị các đơn vị:\n\nTổ chức xét nghiệm cho nhân viên."
    found = match_measures(Text(body), Zones(header=Span(0, 1), body=Span(0, len(body))), ())
    assert {measure.code for measure in found} == {"testing"}


def test_a_part_that_reports_is_left_out():
    body = "I. TÌNH HÌNH DỊCH BỆNH\nĐã phong tỏa, truy vết, xét nghiệm 500 người.\nII. NHIỆM VỤ\nTổ chức tiêm vắc xin."
    split = body.index("II.")
    tree = (Provision("I", "I", "", 0, 0, split), Provision("II", "II", "", 0, split, len(body)))
    found = match_measures(Text(body), Zones(header=Span(0, 0), body=Span(0, len(body))), tree)
    assert {measure.code for measure in found} == {"vaccination"}


def test_marks_lost_and_letters_mistaken_change_no_code():
    clean = "Tạm dừng hoạt động karaoke; truy vết, xét nghiệm, cách ly tập trung các trường hợp F1."
    bare = "Tam dung hoat dong karaoke; truy vet, xet nghiem, cach ly tap trung cac truong hop F1."
    noisy = "Tạm dừng h0ạt động karaoke; truy vểt, xét ngh1ệm, cách 1y tập trung các trường hợp F1."
    assert codes(bare) == codes(noisy) == codes(clean)


def test_a_wrapped_line_breaks_no_phrase():
    assert codes("Khẩn trương truy\nvết, tổ chức xét\nnghiệm.") == {"contact_tracing", "testing"}


@pytest.mark.parametrize("example", [param.values[1] for param in EXAMPLES])
def test_quotes_are_trimmed_phrases(example):
    for measure in coded(example):
        quote = example[measure.start : measure.end]
        assert quote == quote.strip() and 1 <= len(quote.split()) <= 40


WORDS = [
    "Tiếp tục",
    "xét nghiệm",
    "; ",
    ". ",
    "\n",
    "- ",
    "(",
    ")",
    ":",
    "dừng",
    "karaoke",
    "Chỉ thị 16",
    "không",
    "…",
    "20",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=8)), max_size=40))
def test_no_text_raises_and_every_span_lies_in_it(pieces):
    body = " ".join(pieces)
    for measure in coded(body):
        assert 0 <= measure.start < measure.end <= len(body)
        assert measure.code in CODES and body[measure.start : measure.end].strip()
