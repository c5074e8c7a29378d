"""Quotes of measures: whole phrases, cut where a person would cut them."""

import re
from functools import lru_cache
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from loaders.build import build_rows, default_sources, find_sources, parse_all
from loaders.evaluate import read_gold
from loaders.fold import Text, fold
from loaders.measures import match_measures
from loaders.quotes import cut_quote, read_clause
from loaders.records import Provision, Span, Zones

HERE = Path(__file__).parent
VERBS = set(
    yaml.safe_load((HERE.parent / "data" / "vocabulary" / "measures.yaml").read_text("utf-8"))["quotes"]["verbs"]
)
OPENINGS = ';:.,([-–+*•…/“"\n'
# Word groups that a comma stands in: a quote neither ends before the second part nor begins with it.
GROUPS = (
    "phòng, chống", "huyện, thị xã", "thị xã, thành phố", "kiểm tra, giám sát", "cán bộ, công chức",
    "công chức, viên chức", "xã, phường", "phường, thị trấn", "lương thực, thực phẩm", "lãnh đạo, chỉ đạo",
    "tổ chức, cá nhân", "nhân lực, vật lực", "sản xuất, kinh doanh", "an ninh, trật tự", "cơ quan, đơn vị",
)  # fmt: skip
HANGING = {"và", "hoặc", "của", "với", "theo", "để", "về", "các", "những", "tại", "cho", "nếu", "bởi"}


def quoted(body: str) -> dict[str, str]:
    """Quote of each code in a body that is one provision."""
    found = match_measures(
        Text(body),
        Zones(header=Span(0, 0), body=Span(0, len(body))),
        (Provision(label="1", path="1", parent="", depth=0, start=0, end=len(body)),),
    )
    return {measure.code: body[measure.start : measure.end] for measure in found}


@lru_cache(maxsize=2)
def rows_of(gold: str):
    places = [HERE / "unseen" / "dev" / "sources"] if gold == "unseen/dev/gold" else default_sources()
    return build_rows(sorted(parse_all(find_sources(places)), key=lambda source: source.path))


def all_quotes() -> list[tuple[str, int, int]]:
    found = []
    for gold in ("gold", "unseen/dev/gold"):
        texts = {row["directive_id"]: row["text"] for row in rows_of(gold)["sources"] if row["is_primary"]}
        for row in rows_of(gold)["measures"]:
            text = texts[row["directive_id"]]
            assert text[row["char_start"] : row["char_end"]] == row["quote"]
            found.append((text, row["char_start"], row["char_end"]))
    return found


def test_quotes_hold_the_words_that_a_person_cited():
    rows = rows_of("gold")
    places = {(Path(row["path"]).name, row["ordinal"]): row["directive_id"] for row in rows["sources"]}
    held, cited = 0, 0
    for record in read_gold(HERE / "gold").values():
        directive = next(
            places[key] for item in record["sources"] if (key := (item["file"], item["ordinal"])) in places
        )
        for item in record["measures"]:
            key = (directive, str(item.get("provision") or ""), item["code"])
            quotes = [
                set(re.findall(r"\w+", fold(row["quote"])))
                for row in rows["measures"]
                if (row["directive_id"], row["provision_label"], row["code"]) == key
            ]
            wanted = re.findall(r"\w+", fold(item["quote"]))
            cited += 1
            held += any(sum(word in quote for word in wanted) >= 0.8 * len(wanted) for quote in quotes)
    assert held >= 0.95 * cited


def faults(text: str, start: int, end: int) -> list[str]:
    """What is wrong with the bounds of a quote."""
    quote, before = text[start:end], text[:start].rstrip(" \n")
    words = re.findall(r"\w+", quote)
    wrong = []
    opens = (
        start == 0
        or text[start - 1] == "\n"
        or not before
        or before[-1] in OPENINGS
        or before.endswith(("*", ")", " với"))
    )
    if not opens and " ".join(words[:2]) not in VERBS:
        wrong.append("begins inside a phrase")
    if words[0].lower() in HANGING - {"về", "các", "những", "nếu", "theo", "để", "tại", "cho"} or words[-1] in HANGING:
        wrong.append("a word hangs in the air")
    around = re.sub(r"\s+", " ", text[max(start - 30, 0) : end + 30]).lower()
    small = re.sub(r"\s+", " ", quote).lower()
    for group in GROUPS:
        first, second = group.split(", ")
        if (small.endswith(first) and f"{small[-40:]}, {second}" in around) or (
            small.startswith(second) and f"{first}, {small[:40]}" in around
        ):
            wrong.append(f"parts {group}")
    if quote.count("(") != quote.count(")") or quote.count("“") != quote.count("”") or quote.count('"') % 2:
        wrong.append("a bracket without a partner")
    if len(words) > 70:
        wrong.append("too long")
    return wrong


def test_quotes_begin_and_end_where_a_phrase_does():
    found = [(text[start:end], faults(text, start, end)) for text, start, end in all_quotes()]
    wrong = [item for item in found if item[1]]
    assert len(wrong) <= 0.01 * len(found), wrong
    assert sum(4 <= len(re.findall(r"\S+", quote)) <= 60 for quote, _ in found) >= 0.99 * len(found)


@pytest.mark.parametrize(
    ("body", "code", "quote"),
    [
        pytest.param(
            "Công an huyện phối hợp; Ban Chỉ huy Quân sự thành lập 02 Chốt kiểm soát phòng, chống dịch tại cầu Bắc, "
            "báo cáo trước ngày 05/6/2021.",
            "checkpoints",
            "Ban Chỉ huy Quân sự thành lập 02 Chốt kiểm soát phòng, chống dịch tại cầu Bắc",
            id="phòng, chống",
        ),
        pytest.param(
            "Tăng cường kiểm tra, giám sát công tác phòng, chống dịch tại các chợ, siêu thị, trung tâm thương mại.",
            "workplaces",
            "Tăng cường kiểm tra, giám sát công tác phòng, chống dịch tại các chợ, siêu thị, trung tâm thương mại",
            id="a list of nouns",
        ),
        pytest.param(
            "Tiếp tục tạm dừng karaoke, quán bar, vũ trường, đồng thời khẩn trương xét nghiệm người lao động.",
            "workplaces",
            "Tiếp tục tạm dừng karaoke, quán bar, vũ trường",
            id="đồng thời begins another order",
        ),
        pytest.param(
            "Đối với người về từ vùng dịch, thực hiện khai báo y tế ngay tại trạm y tế xã.",
            "health_declaration",
            "Đối với người về từ vùng dịch, thực hiện khai báo y tế ngay tại trạm y tế xã",
            id="a condition stays with its order",
        ),
        pytest.param(
            "Công an xã truy vết F1 (trong ngày; không chậm trễ), báo cáo Công an huyện.",
            "contact_tracing",
            "Công an xã truy vết F1",
            id="a bracket cut by a semicolon",
        ),
        pytest.param(
            "Về vận tải hành khách: dừng toàn bộ xe khách liên tỉnh, xe buýt từ 0 giờ ngày 20/7/2021.",
            "transport",
            "dừng toàn bộ xe khách liên tỉnh, xe buýt từ 0 giờ ngày 20/7/2021",
            id="behind the heading",
        ),
        pytest.param(
            "Các dịch vụ tạm dừng: karaoke, quán bar, tiệm game.",
            "workplaces",
            "Các dịch vụ tạm dừng: karaoke, quán bar, tiệm game",
            id="the verb before a colon",
        ),
        pytest.param(
            "Giao Sở Công Thương, Sở Nông nghiệp và Phát triển nông thôn, Cục Quản lý thị trường tỉnh và UBND "
            "các huyện, thị xã, thành phố bảo đảm nguồn cung lương thực, thực phẩm cho người dân.",
            "essential_supplies",
            "bảo đảm nguồn cung lương thực, thực phẩm cho người dân",
            id="a long list of agencies is left out",
        ),
        pytest.param(
            "Nang cao chat luong hoat dong cua To Covid cong dong, tam dung quan bar.",
            "workplaces",
            "tam dung quan bar",
            id="printed without marks",
        ),
        pytest.param(
            "Nâng cao hiệu quả hoạt động của Tổ Covid cộng đồng tại khu dân cư.",
            "community_mobilisation",
            "Nâng cao hiệu quả hoạt động của Tổ Covid cộng đồng tại khu dân cư",
            id="động của is not đóng cửa",
        ),
    ],
)
def test_quote(body, code, quote):
    assert quoted(body)[code] == quote


PIECES = [
    "Tăng cường",
    "kiểm tra",
    ",",
    "(",
    ")",
    "“",
    "”",
    '"',
    ":",
    "xã",
    "phường",
    "-",
    "và",
    "karaoke",
    "dừng",
    "\n",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=200), st.integers(0, 400), st.integers(1, 12))
def test_any_passage_of_any_clause_is_held_by_its_quote(pieces, start, length):
    raw = " ".join(pieces)
    start = min(start, len(raw) - 1)
    end = min(start + length, len(raw))
    assume(raw[start].isalnum() and raw[end - 1].isalnum())
    low, high = cut_quote(raw, read_clause(raw, fold(raw), 0, len(raw)), start, end)
    assert 0 <= low <= start < end <= high <= len(raw)
