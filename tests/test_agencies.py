"""The vocabulary of bodies: every entry is known by its own examples and by nothing else's."""

import pytest

from loaders.actors import resolve_actors
from loaders.agencies import agencies
from loaders.bodies import parse_bodies
from loaders.fold import fold
from loaders.records import ProvinceFact
from loaders.tables import ACTOR_KINDS, BRANCHES, LEVELS
from loaders.vocabulary import read_vocabulary

ENTRIES = read_vocabulary("agencies")["agencies"]
PROVINCE = ProvinceFact("Hà Nam", "VN-63", "ha-nam", "header")


def ids(name, entry):
    """Ids without province or number that a name stands for, in a paper of the entry's branch."""
    branch = entry["branch"] if entry["branch"] in ("party", "government") else "government"
    found = {actor.actor_id.split("/")[1] for actor in resolve_actors(name, province=PROVINCE, branch=branch)}
    return {entry["id"] if item.startswith(f"{entry['id']}-") else item for item in found} if loose(entry) else found


def loose(entry):
    return entry.get("numbered") or entry.get("placed")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["id"])
def test_examples_resolve_and_counter_examples_do_not(entry):
    wanted = set(entry.get("parts", [entry["id"]]))
    for example in (entry["name"], *entry["examples"]):
        assert wanted <= ids(example, entry), example
    for other in entry.get("counter_examples", ()):
        assert not wanted <= {
            actor.actor_id.split("/")[1] for actor in resolve_actors(other, province=PROVINCE, branch="government")
        }, other


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["id"])
def test_every_alias_leads_to_its_entry(entry):
    wanted = set(entry.get("parts", [entry["id"]]))
    for alias in entry.get("aliases", ()):
        assert wanted <= ids(alias, entry), alias
    for key, branch in (
        ("abbreviations", "party"),
        ("abbreviations_party", "party"),
        ("abbreviations_government", "government"),
    ):
        for short in entry.get(key, ()):
            found = resolve_actors(short, province=PROVINCE, branch=branch)
            assert [actor.actor_id.split("/")[1] for actor in found] == [entry["id"]], short


def test_entries_use_the_words_of_the_contract():
    assert len(agencies()) == len(ENTRIES)
    for entry in ENTRIES:
        assert entry["kind"] in ACTOR_KINDS and entry["branch"] in BRANCHES and entry["level"] in LEVELS
        assert entry["name"] and entry["name_en"] and entry["examples"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(
            "Các sở, ban, ngành, đoàn thể tỉnh; UBND các huyện, thị xã, thành phố:",
            ["Các sở, ban, ngành, đoàn thể tỉnh", "UBND các huyện, thị xã, thành phố"],
            id="commas-inside-a-group",
        ),
        pytest.param(
            "Bí thư đảng ủy, Giám đốc Sở Nội vụ chịu",
            ["Bí thư đảng ủy, Giám đốc Sở Nội vụ"],
            id="two-titles-of-one-person",
        ),
        pytest.param(
            "Đài Phát thanh - Truyền hình và Báo Hà Nam tăng",
            ["Đài Phát thanh - Truyền hình và Báo Hà Nam"],
            id="one-place-for-two",
        ),
        pytest.param(
            "Báo Ấp Bắc, Đài Phát thanh và Truyền hình tỉnh tăng",
            ["Báo Ấp Bắc", "Đài Phát thanh và Truyền hình tỉnh"],
            id="comma-parts-them",
        ),
        pytest.param(
            "Các Sở: Y tế, Công Thương và Nội vụ rà soát",
            ["Các Sở: Y tế, Công Thương và Nội vụ"],
            id="one-noun-for-many",
        ),
        pytest.param(
            "UBND các huyện, thành phố Đà Lạt, Bảo Lộc kiện toàn",
            ["UBND các huyện, thành phố Đà Lạt, Bảo Lộc"],
            id="places-in-a-group",
        ),
        pytest.param(
            "Sở Giáo dục\nvà Đào tạo chỉ đạo",
            ["Sở Giáo dục\nvà Đào tạo"],
            id="name-over-two-lines",
        ),
        pytest.param("Sở Y tế quản lý", ["Sở Y tế"], id="quản-is-no-quận"),
        pytest.param(
            "UBND các xã, phường, thị trấn thành lập",
            ["UBND các xã, phường, thị trấn"],
            id="thành-lập-is-no-city",
        ),
        pytest.param(
            "các đoàn thể chính trị-xã hội các cấp tiếp",
            ["các đoàn thể chính trị-xã hội các cấp"],
            id="hyphen-without-blanks",
        ),
        pytest.param("so y te va cong an tinh phai", ["so y te", "cong an tinh"], id="accents-lost"),
        pytest.param(
            "Bộ Y tế, Công an tỉnh",
            ["Bộ Y tế", "Công an tỉnh"],
            id="ministry-then-provincial-police",
        ),
        pytest.param(
            "Trung tâm Hành chính công tỉnh bố trí",
            ["Trung tâm Hành chính công tỉnh"],
            id="not-in-the-vocabulary",
        ),
        pytest.param("Từ 00 giờ ngày 01", None, id="từ-is-no-TU"),
        pytest.param("Người dân không ra khỏi nhà", None, id="people-are-no-body"),
        pytest.param("số y tế", None, id="nonsense"),
    ],
)
def test_lists_of_bodies(text, wanted):
    found = parse_bodies(text, fold(text), 0)
    names = [text[item.start : item.end] for item in found.items] if found else None
    assert names == wanted
