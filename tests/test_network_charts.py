"""Frames and figures of the network, by value: actors, links, layouts, tasks, responsibilities, cascade, files."""

from itertools import combinations

import pandas as pd
import pytest

from charts import network as graph
from charts import network_actors as actors
from charts import network_labels as labelling
from charts import network_layout as layouts
from charts import network_matrix as matrix
from charts import network_sequence as sequence
from loaders.issuers import issuer_actors, issuer_ids
from loaders.tables import SPECS
from tests.networks import COMMITTEE, HEALTH, LETTER, PARTY, PROVINCES, WORDS, drawn, ids, look, shuffled
from views._text import translator

# --- actors and links


def test_issuers_are_actors_of_the_table(atlas, tables):
    found = issuer_actors(atlas)
    assert found[LETTER] == COMMITTEE
    assert set(found.values()) <= set(tables["actors"]["actor_id"])


def test_a_directive_without_an_issuer_has_no_actor(tables):
    nameless = tables["directives"].assign(issuer="")
    assert issuer_ids(nameless, frozenset(tables["actors"]["actor_id"])) == {}


@pytest.mark.parametrize("number", ["360-CV/TU", "396-CV/TU"])
def test_party_committee_addresses_five_lines(passages, tables, number):
    directive = tables["directives"].set_index("number").loc[number, "directive_id"]
    rows = passages[(passages["directive_id"] == directive) & (passages["type"] == "addresses")]
    assert set(rows["source"]) == {PARTY}
    assert rows["position"].nunique() == 5
    assert COMMITTEE in set(rows["target"])


def test_as_above_and_filing_lines_add_no_node(network):
    names = " ".join(network.nodes["name"]).lower()
    assert "như trên" not in names
    assert "kính gửi" not in names
    assert "lưu" not in names


def test_same_body_under_several_names_is_one_node_and_two_bodies_are_two(network):
    names = list(network.nodes["name"])
    assert names.count("Sở Y tế") == 1
    assert {"binh-phuoc/ubnd-cac-huyen", "binh-phuoc/huyen-uy-thi-uy-thanh-uy"} <= set(network.nodes["node"])


def test_checkpoints_are_led_by_police_with_three_who_co_ordinate(tables):
    duties = matrix.duties_frame(tables)
    own = duties[(duties["code"] == "checkpoints") & (duties["directive_id"] == LETTER)]
    assert set(own.loc[own["role"] == "lead", "actor_id"]) == {"binh-phuoc/cong-an-tinh"}
    assert set(own.loc[own["role"] == "coordinate", "actor_id"]) == {
        HEALTH,
        "binh-phuoc/so-giao-thong-van-tai",
        "binh-phuoc/bo-chi-huy-quan-su-tinh",
    }


def test_every_passage_has_the_words_of_its_document(atlas, passages):
    texts = {item: atlas.text(item) for item in set(passages["directive_id"])}
    placed = passages[passages["char_start"] >= 0]
    assert len(placed) == len(passages)
    assert all(texts[row.directive_id][row.char_start : row.char_end] == row.quote for row in placed.itertuples())


def test_links_are_weighted_and_dated(network):
    links = network.links.set_index(["source", "target", "type"])
    told = links.loc[(PARTY, COMMITTEE, "addresses")]
    assert (told["n_directives"], told["n_provisions"], told["weight"]) == (2, 0, 2)
    assert (told["first"], told["last"]) == (pd.Timestamp("2021-05-06"), pd.Timestamp("2021-05-27"))
    assert links.loc[(COMMITTEE, HEALTH, "coordinate"), "n_provisions"] == 3


def test_layers(network):
    layers = network.nodes.set_index("node")["layer"]
    assert layers[PARTY] == "party"
    assert layers[COMMITTEE] == "government"
    assert layers[HEALTH] == "department"
    assert layers["binh-phuoc/ubnd-cac-huyen"] == "district"
    assert layers["vn/van-phong-trung-uong-dang"] == "central"


def test_departments_of_all_provinces_are_one_kind(passages, tables):
    found = actors.network_at(passages, tables["actors"], "agency")
    row = found.nodes.set_index("node").loc["any/tinh-uy"]
    assert row["n_bodies"] == 4
    assert row["name"] == "Tỉnh ủy"


def test_placed_bodies_share_the_words_of_their_names():
    table = pd.DataFrame(
        [
            (
                f"x/ubnd-huyen-{place}",
                f"UBND huyện {place.title()}",
                "District People's Committee",
                "district_level",
                "government",
                "district",
                "VN-58",
            )
            for place in ("loc", "ninh")
        ],
        columns=list(SPECS["actors"].columns),
    )
    nodes = actors.nodes_frame(table, actors.node_map(table, "agency"), "agency")
    assert list(nodes["name"]) == ["UBND huyện"]
    assert list(nodes["n_bodies"]) == [2]


# --- the picture


@pytest.mark.parametrize("layout", ["levels", "force"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_labels_do_not_overlap(network, layout, lang):
    words = translator(lang)
    labels = labelling.node_labels(network.nodes, words, lang, PROVINCES)
    place = (layouts.layered if layout == "levels" else layouts.by_force)(network.nodes, network.links, labels, size=11)
    boxes = [spot.box(11) for spot in place.places.values()]
    assert len(boxes) == len(network.nodes)
    for a, b in combinations(boxes, 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] + 0.5 or b[3] <= a[1] + 0.5
        assert apart, (a, b)
    assert all(box[0] >= 0 and box[2] <= layouts.WIDTH + 8 for box in boxes)


def test_links_pass_columns_beside_the_names(network):
    labels = labelling.node_labels(network.nodes, WORDS, "vi", PROVINCES)
    place = layouts.layered(network.nodes, network.links, labels, size=11)
    boxes = {node: spot.box(11) for node, spot in place.places.items()}
    for row in network.links.itertuples():
        (xs, ys), _ = layouts.route(place, row.source, row.target, 2)
        for node, (left, top, right, bottom) in boxes.items():
            if node not in (row.source, row.target):
                inside = [left + 2 < x < right - 2 and top + 2 < y < bottom - 2 for x, y in zip(xs, ys, strict=True)]
                assert not any(inside), (row.link, node)


@pytest.mark.parametrize("layout", ["levels", "force"])
def test_same_data_same_picture_whatever_the_order_of_rows(atlas, tables, layout):
    issuers = issuer_actors(atlas)
    pictures = []
    for held in (tables, shuffled(tables)):
        found = actors.readable_network(actors.passages_frame(held, issuers), held["actors"])
        pictures.append(drawn(found, layout).to_json())
    assert pictures[0] == pictures[1]


def test_every_mark_carries_its_id(network):
    found = ids(drawn(network))
    assert sorted(found) == sorted([*network.nodes["node"], *network.links["link"]])


def test_each_type_of_link_has_its_own_name_symbol_and_dash(network):
    figure = drawn(network)
    marks = [trace for trace in figure.data if trace.mode == "markers" and trace.legend != "legend2" and trace.name]
    assert {trace.name for trace in marks} == {WORDS(f"network.type_{kind}") for kind in graph.TYPES}
    assert len({trace.marker.symbol for trace in marks}) == len(marks)


def test_choosing_fades_what_is_not_connected(network):
    figure = drawn(network, chosen=HEALTH)
    shown = {
        data[0]: opacity
        for trace in figure.data
        if trace.mode == "markers+text"
        for data, opacity in zip(trace.customdata, trace.marker.opacity, strict=True)
    }
    assert {node for node, opacity in shown.items() if opacity == 1} == {HEALTH, PARTY, COMMITTEE}
    assert max(opacity for node, opacity in shown.items() if node not in (HEALTH, PARTY, COMMITTEE)) < 0.3


def test_words_of_documents_cannot_act_as_markup(network):
    evil = network.links.assign(quote='<b onclick="x">quá</b>')
    nodes = network.nodes.assign(name="<i>Sở</i>", name_en="")
    found = drawn(actors.Network("body", nodes, evil, network.passages, network.mapping)).to_json()
    assert "<i>" not in found.replace("\\u003c", "<")
    assert "<b onclick" not in found.replace("\\u003c", "<")


def test_sequence_puts_directives_in_order_of_days_and_party_first(network, tables):
    frame = sequence.sequence_frame(network)
    numbers = dict(zip(tables["directives"]["directive_id"], tables["directives"]["number"], strict=True))
    order = frame.drop_duplicates("directive_id")["directive_id"].map(numbers)
    assert list(order) == ["360-CV/TU", "396-CV/TU", "1722/UBND-KGVX", "2526/UBND-KGVX"]
    figure = sequence.sequence_figure(
        frame,
        network.nodes,
        labels=dict(zip(network.nodes["node"], network.nodes["name"], strict=True)),
        numbers=numbers,
        colors=labelling.type_colors(False),
        **look(),
    )
    assert {item.text for item in figure.layout.annotations} >= set(order)
    assert set(ids(figure)) == {*network.nodes["node"], *frame["link"]}


def test_undated_directives_are_hollow_in_the_sequence(passages, tables):
    found = actors.network_at(passages[passages["province_code"] == "VN-57"], tables["actors"], "body")
    frame = sequence.sequence_frame(found)
    assert not frame["dated"].any()
    labels = labelling.node_labels(found.nodes, WORDS, "vi", PROVINCES)
    numbers = dict.fromkeys(frame["directive_id"], "Chỉ thị")
    figure = sequence.sequence_figure(
        frame, found.nodes, labels=labels, numbers=numbers, colors=labelling.type_colors(False), **look()
    )
    symbols = [s for trace in figure.data if trace.name for s in trace.marker.symbol]
    assert symbols
    assert all(symbol.endswith("-open") for symbol in symbols)
