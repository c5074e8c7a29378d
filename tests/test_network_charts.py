"""Frames and figures of the network, by value: actors, links, layouts, tasks, responsibilities, cascade, measures, files."""

import io
import json
import random
from itertools import combinations

import networkx as nx
import pandas as pd
import pytest
from benchmarks.network_page import synthetic_tables

from charts import network as graph
from charts import network_actors as actors
from charts import network_cascade as cascade
from charts import network_ego as ego
from charts import network_export as files
from charts import network_hops as hops
from charts import network_layout as layouts
from charts import network_matrix as matrix
from charts import network_metrics as metrics
from charts import network_relations as relations
from charts import network_sequence as sequence
from charts.network_time import positions, ticks
from loaders.ghosts import ghosts
from loaders.issuers import issuer_actors, issuer_ids
from loaders.tables import SPECS, build_table
from views._text import translator

WORDS = translator("vi")
PROVINCES = {"VN-57": "Bình Dương", "VN-58": "Bình Phước", "VN-47": "Kiên Giang", "VN-46": "Tiền Giang"}
PARTY, COMMITTEE, HEALTH = "binh-phuoc/tinh-uy", "binh-phuoc/ubnd-tinh", "binh-phuoc/so-y-te"
LETTER = "binh-phuoc/1722-ubnd-kgvx/2021-05-27"


@pytest.fixture(scope="module")
def tables(atlas):
    return atlas.tables()


@pytest.fixture(scope="module")
def passages(atlas, tables):
    return actors.passages_frame(tables, issuer_actors(atlas))


@pytest.fixture(scope="module")
def network(passages, tables):
    return actors.network_at(passages[passages["province_code"] == "VN-58"], tables["actors"], "body")


@pytest.fixture(scope="module")
def documents(tables):
    cited, links = ghosts(tables["citations"], tables["directives"])
    held = cascade.documents_frame(tables, cited)
    return held, cascade.citations_frame(tables, links, held), links


@pytest.fixture(scope="module")
def synthetic():
    return synthetic_tables(n_actors=2000, n_links=20_000)


def empty_tables():
    found = {name: build_table(name, []).to_pandas() for name in SPECS}
    for frame in found.values():
        for name in frame.columns:
            if name in ("date", "issue_date", "date_earliest", "date_latest", "date_estimate"):
                frame[name] = frame[name].astype("datetime64[us]")
    return found


def shuffled(tables):
    return {name: frame.sample(frac=1, random_state=5).reset_index(drop=True) for name, frame in tables.items()}


def look(**more):
    return {"title": "t", "source": "s", "words": WORDS, **more}


def drawn(network, layout="levels", **more):
    return graph.actors_figure(network, layout=layout, provinces=PROVINCES, **look(**more))


def ids(figure):
    return [
        data[0] for trace in figure.data if trace.customdata is not None for data in trace.customdata
    ]


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
        HEALTH, "binh-phuoc/so-giao-thong-van-tai", "binh-phuoc/bo-chi-huy-quan-su-tinh",
    }  # fmt: skip


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
            (f"x/ubnd-huyen-{place}", f"UBND huyện {place.title()}", "District People's Committee", "district_level",
             "government", "district", "VN-58")
            for place in ("loc", "ninh")
        ],
        columns=list(SPECS["actors"].columns),
    )  # fmt: skip
    nodes = actors.nodes_frame(table, actors.node_map(table, "agency"), "agency")
    assert list(nodes["name"]) == ["UBND huyện"]
    assert list(nodes["n_bodies"]) == [2]


# --- the picture


@pytest.mark.parametrize("layout", ["levels", "force"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_labels_do_not_overlap(network, layout, lang):
    words = translator(lang)
    labels = graph.node_labels(network.nodes, words, lang, PROVINCES)
    place = (layouts.layered if layout == "levels" else layouts.by_force)(network.nodes, network.links, labels, size=11)
    boxes = [spot.box(11) for spot in place.places.values()]
    assert len(boxes) == len(network.nodes)
    for a, b in combinations(boxes, 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] + 0.5 or b[3] <= a[1] + 0.5
        assert apart, (a, b)
    assert all(0 <= box[0] and box[2] <= layouts.WIDTH + 8 for box in boxes)


def test_links_pass_columns_beside_the_names(network):
    labels = graph.node_labels(network.nodes, WORDS, "vi", PROVINCES)
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
    marks = [trace for trace in figure.data if trace.mode == "markers"]
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
        frame, network.nodes, labels=dict(zip(network.nodes["node"], network.nodes["name"], strict=True)), numbers=numbers,
        colors=graph.type_colors(False), **look(),
    )  # fmt: skip
    assert {item.text for item in figure.layout.annotations} >= set(order)
    assert set(ids(figure)) == {*network.nodes["node"], *frame["link"]}


def test_undated_directives_are_hollow_in_the_sequence(passages, tables):
    found = actors.network_at(passages[passages["province_code"] == "VN-57"], tables["actors"], "body")
    frame = sequence.sequence_frame(found)
    assert not frame["dated"].any()
    labels = graph.node_labels(found.nodes, WORDS, "vi", PROVINCES)
    numbers = dict.fromkeys(frame["directive_id"], "Chỉ thị")
    figure = sequence.sequence_figure(
        frame, found.nodes, labels=labels, numbers=numbers, colors=graph.type_colors(False), **look()
    )
    symbols = [s for trace in figure.data if trace.name for s in trace.marker.symbol]
    assert symbols
    assert all(symbol.endswith("-open") for symbol in symbols)


# --- time axis


def test_days_keep_their_order_and_a_gap_of_a_year_is_not_a_hundred_gaps_of_three_days():
    days = [pd.Timestamp(day) for day in ("2020-03-31", "2021-05-06", "2021-05-09", "2021-05-09")]
    found = positions(zip(days, "abcd", strict=True))
    assert found["a"] < found["b"] < found["c"] < found["d"]
    assert (found["b"] - found["a"]) / (found["c"] - found["b"]) < 4
    places, names = ticks([(found[item], day) for item, day in zip("abcd", days, strict=True)], "vi")
    assert names == ["31/3<br>2020", "6/5<br>2021", "9/5<br>2021"]
    assert places == sorted(places)


# --- one body


def test_tasks_of_a_body_with_limits_and_partners(tables):
    frame = ego.asks_frame(tables, [HEALTH])
    assert set(frame["actor_id"]) == {HEALTH}
    assert list(frame["day"]) == sorted(frame["day"])
    vaccines = frame[frame["number"] == "360-CV/TU"].iloc[0]
    assert vaccines["deadline"] == pd.Timestamp("2021-05-15")
    assert "15/5/2021" in vaccines["deadline_quote"]
    posts = frame[frame["measures"].str.contains("checkpoints")].iloc[0]
    assert "binh-phuoc/cong-an-tinh:lead" in posts["partners"]
    assert "binh-phuoc/so-giao-thong-van-tai:coordinate" in posts["partners"]
    assert HEALTH not in posts["partners"]


def test_tasks_of_one_kind_of_body_in_every_province(tables):
    kinds = actors.node_map(tables["actors"], "agency")
    same = [item for item in kinds if kinds[item] == "any/ban-tuyen-giao-tinh-uy"]
    frame = ego.asks_frame(tables, same)
    assert {"Bình Phước", "Kiên Giang", "Tiền Giang"} <= set(frame["province"])
    assert frame["quote"].str.len().min() > 20


def test_tasks_figure_stacks_tasks_of_a_day(tables):
    frame = ego.asks_frame(tables, [HEALTH])
    figure = ego.asks_figure(frame, colors=graph.type_colors(False), **look())
    spots = [(x, y) for trace in figure.data for x, y in zip(trace.x, trace.y, strict=True)]
    assert len(spots) == len(set(spots)) == len(frame)
    assert set(ids(figure)) == {ego.ask_id(row) for row in frame.itertuples()}


def test_who_instructs_a_body(passages):
    frame = ego.instructors_frame(passages, [HEALTH])
    assert set(frame["source"]) == {PARTY, COMMITTEE}


# --- responsibilities


def test_matrix_marks_each_role_apart(tables):
    duties = matrix.duties_frame(tables)
    cells = matrix.cells_frame(duties[duties["directive_id"] == LETTER], {})
    rows = {node: node for node in sorted(set(cells["node"]))}
    columns = {code: code for code in sorted(set(cells["code"]))}
    figure = matrix.matrix_figure(cells, rows=rows, columns=columns, colors=graph.type_colors(False), **look())
    assert {trace.marker.symbol for trace in figure.data} == {"square", "square-open", "diamond"}
    assert f"checkpoints:{HEALTH}" in ids(figure)
    assert len(ids(figure)) == len(cells)


def test_words_of_a_cell_name_the_partners(tables):
    duties = matrix.duties_frame(tables)
    own = duties[(duties["code"] == "checkpoints") & (duties["actor_id"] == "binh-phuoc/cong-an-tinh")]
    found = matrix.same_passages(duties, own)
    assert list(found["role"]) == ["lead", "coordinate", "coordinate", "coordinate"]


# --- cascade


@pytest.mark.parametrize(
    ("citing", "cited", "lag"),
    [
        ("1722/UBND-KGVX", "396-CV/TU", 0),
        ("2526/UBND-KGVX", "502-CV/TU", 3),
        ("2526/UBND-KGVX", "504-CV/TU", 3),
        ("2526/UBND-KGVX", "5737/BYT-KHTC", 8),
    ],
)
def test_lags(documents, citing, cited, lag):
    held, citations, _ = documents
    numbers = held.set_index("document")["number"]
    found = citations[(citations["directive_id"].map(numbers) == citing) & (citations["cited"].map(numbers) == cited)]
    assert list(found["lag"]) == [lag]
    assert not found["impossible"].any()


def test_lags_of_hops_leave_standing_instruments_and_undated_documents_out(documents):
    found = cascade.hops_frame(documents[1]).set_index("hop")
    party = found.loc["party>government"]
    assert (party["n"], party["median"], party["low"], party["high"]) == (4, 3.0, 0.0, 21.0)
    assert found.loc["central>government", "median"] == 8.0
    assert "central>party" not in found.index


def test_a_citation_of_a_later_document_is_flagged(tables):
    late = tables["directives"].copy()
    late.loc[late["number"] == "396-CV/TU", "issue_date"] = pd.Timestamp("2021-06-30")
    changed = {**tables, "directives": late}
    cited, links = ghosts(changed["citations"], late)
    held = cascade.documents_frame(changed, cited)
    citations = cascade.citations_frame(changed, links, held)
    wrong = citations[citations["impossible"].astype(bool)]
    assert list(wrong["directive_id"]) == [LETTER]
    assert len(cascade.hops_frame(citations)) == len(cascade.hops_frame(citations[~citations["impossible"].astype(bool)]))
    figure = cascade.cascade_figure(cascade.drawn_documents(held, citations), citations, **look())
    marks = {trace.name: trace for trace in figure.data if trace.name}
    assert marks[WORDS("network.impossible")].marker.symbol == "x"


def test_documents_cited_but_not_held_are_hollow(documents):
    held, citations, _ = documents
    figure = cascade.cascade_figure(cascade.drawn_documents(held, citations), citations, **look())
    marks = {trace.name: trace for trace in figure.data if trace.name}
    ghost = marks[WORDS("network.document_ghost")]
    assert ghost.marker.symbol == "circle-open"
    assert {item[0] for item in ghost.customdata} == set(held.loc[~held["held"].astype(bool), "document"])
    texts = [text for trace in figure.data if trace.name == WORDS("network.cites") for text in trace.text]
    assert texts.count("3 ngày") == 2
    assert "0 ngày" in texts


def test_hops_figure_shows_every_lag(documents):
    citations = documents[1]
    found = cascade.hops_frame(citations)
    figure = hops.hops_figure(found, citations, **look())
    single = next(trace for trace in figure.data if trace.name == WORDS("network.hop_single"))
    assert len(single.x) == int(found["n"].sum())


def test_three_columns_count_by_relation(documents, tables):
    held, _, links = documents
    found = relations.relations_frame(tables, links, held, LETTER)
    counts = relations.relation_counts(found)
    assert counts["acts_on", "implements"] == 2
    assert counts["acts_on", "attaches"] == 2
    assert counts["acts_on", "replaces"] == 0
    other = relations.relations_frame(tables, links, held, "binh-phuoc/360-cv-tu/2021-05-06")
    above = relations.relation_counts(other)
    assert above["acted_on_by", "implements"] == 1
    assert above["acted_on_by", "continues"] == 1
    ghost = next(item for item in held["document"] if item.endswith(":502-cv-tu"))
    assert set(relations.relations_frame(tables, links, held, ghost)["side"]) == {"acted_on_by"}


# --- measures of the graph


def test_measures_of_a_small_graph_by_hand(passages, tables):
    rows = passages.iloc[:0]
    made = [
        ("p", "c", "addresses", "d1", 0), ("c", "x", "lead", "d2", 10), ("c", "y", "coordinate", "d2", 10), ("p", "x", "copies", "d1", 0),
    ]  # fmt: skip
    rows = pd.DataFrame(
        [
            {
                **dict.fromkeys(rows.columns, ""), "source": s, "target": t, "type": kind, "directive_id": d, "char_start": at,
                "char_end": at + 5, "position": 1, "day": pd.Timestamp("2021-01-01"), "dated": True, "quote": f"{s}{t}",
                "table": "tasks" if kind in ("lead", "coordinate") else "evidence",
            }
            for s, t, kind, d, at in made
        ]
    )  # fmt: skip
    table = tables["actors"].head(4).assign(actor_id=list("pcxy"), name=list("pcxy"))
    frame = metrics.metrics_frame(actors.network_at(rows, table, "body")).set_index("node")
    assert dict(frame["received"]) == {"c": 1, "x": 1, "y": 1, "p": 0}
    assert dict(frame["instructs"]) == {"p": 2, "c": 2, "x": 0, "y": 0}
    assert frame.loc["x", "issuers"] == 1  # a copy instructs nobody
    assert frame.loc["x", "tasks"] == 1
    assert frame.loc["c", "between"] == pytest.approx(1 / 6)  # half of the two ways from p to y, of three pairs
    assert frame.loc["p", "between"] == 0.0


def test_provinces_share_kinds_of_body(passages, tables):
    kinds = actors.node_map(tables["actors"], "agency")
    found = metrics.shared_frame(passages, kinds, PROVINCES)
    assert len(found) == 6
    assert list(found["n_shared"]) == sorted(found["n_shared"], reverse=True)
    assert found["share"].between(0, 1).all()


@pytest.mark.parametrize("metric", metrics.METRICS)
def test_metrics_figure_draws_the_largest_first(network, metric):
    frame = metrics.metrics_frame(network)
    labels = graph.node_labels(network.nodes, WORDS, "vi", PROVINCES)
    figure = metrics.metrics_figure(frame, network.nodes, metric=metric, labels=labels, **look())
    bars = sorted((y, x) for trace in figure.data for x, y in zip(trace.x, trace.y, strict=True))
    assert [x for _, x in bars] == sorted((x for _, x in bars), reverse=True)
    assert len(bars) <= metrics.MOST_BARS


# --- files


def read_back(data, form):
    if form == "graphml":
        return nx.read_graphml(io.BytesIO(data), force_multigraph=True)
    if form == "gexf":
        return nx.read_gexf(io.BytesIO(data))
    return nx.node_link_graph(json.loads(data), edges="edges", directed=True, multigraph=True)


@pytest.mark.parametrize("form", ["graphml", "gexf", "json"])
def test_files_keep_nodes_links_and_attributes(network, form):
    made = files.actor_graph(network, PROVINCES)
    found = read_back(files.graph_bytes(made, form), form)
    assert set(found) == set(network.nodes["node"])
    assert found.number_of_edges() == len(network.links)
    node = found.nodes[HEALTH]
    assert (node["label"], node["kind"], node["layer"], node["province"]) == ("Sở Y tế", "department", "department", "Bình Phước")
    edges = [data for _, target, data in found.edges(PARTY, data=True) if target == COMMITTEE]
    assert len(edges) == 1
    assert edges[0]["n_directives"] == 2
    assert edges[0].get("relation", edges[0].get("type")) == "addresses"
    assert edges[0]["first_date"] == "2021-05-06"
    assert edges[0]["quote"] == "Ủy ban nhân dân tỉnh"


@pytest.mark.parametrize("form", ["graphml", "gexf", "json"])
def test_cascade_files_keep_lags(documents, form):
    held, citations, _ = documents
    found = read_back(files.graph_bytes(files.document_graph(held, citations), form), form)
    assert found.number_of_edges() == len(citations)
    assert {data["lag_days"] for *_, data in found.edges(data=True) if "lag_days" in data} >= {0, 3, 8}


def test_csv_files_have_the_heads_of_gephi_and_no_formula(network):
    made = files.actor_graph(network, PROVINCES)
    made.nodes[HEALTH]["label"] = "=1+1"
    nodes = pd.read_csv(io.BytesIO(files.graph_bytes(made, "nodes.csv")))
    edges = pd.read_csv(io.BytesIO(files.graph_bytes(made, "edges.csv")))
    assert list(nodes.columns[:2]) == ["Id", "Label"]
    assert nodes.set_index("Id").loc[HEALTH, "Label"] == "'=1+1"
    assert list(edges.columns[:5]) == ["Source", "Target", "Type", "Weight", "Relation"]
    assert len(edges) == len(network.links)


# --- nothing, any order, and very much


def test_nothing_in_nothing_out():
    tables = empty_tables()
    passages = actors.passages_frame(tables, {})
    network = actors.readable_network(passages, tables["actors"])
    assert network.nodes.empty
    assert network.links.empty
    for layout in ("levels", "force"):
        assert not drawn(network, layout).data
    frame = sequence.sequence_frame(network)
    shown = sequence.sequence_figure(frame, network.nodes, labels={}, numbers={}, colors={}, **look())
    assert not shown.data
    assert ego.asks_frame(tables, ["x"]).empty
    assert not ego.asks_figure(ego.asks_frame(tables, ["x"]), colors={}, **look()).data
    duties = matrix.duties_frame(tables)
    assert not matrix.matrix_figure(matrix.cells_frame(duties, {}), rows={}, columns={}, colors={}, **look()).data
    cited, links = ghosts(tables["citations"], tables["directives"])
    held = cascade.documents_frame(tables, cited)
    citations = cascade.citations_frame(tables, links, held)
    assert not cascade.cascade_figure(cascade.drawn_documents(held, citations), citations, **look()).data
    assert not hops.hops_figure(cascade.hops_frame(citations), citations, **look()).data
    assert relations.most_related(tables, links) == ""
    assert relations.relations_frame(tables, links, held, "x").empty
    assert metrics.metrics_frame(network).empty
    assert metrics.shared_frame(passages, {}, {}).empty
    for form in files.FORMATS:
        assert files.graph_bytes(files.actor_graph(network, {}), form)


def test_frames_do_not_depend_on_the_order_of_rows(tables):
    mixed = shuffled(tables)
    for make in (lambda t: ego.asks_frame(t, [HEALTH]), matrix.duties_frame):
        pd.testing.assert_frame_equal(make(tables), make(mixed))
    both = []
    for held in (tables, mixed):
        cited, links = ghosts(held["citations"], held["directives"])
        both.append(cascade.citations_frame(held, links, cascade.documents_frame(held, cited)))
    pd.testing.assert_frame_equal(*both)


def test_thousands_of_actors_are_aggregated_never_a_hairball(synthetic):
    tables, issuers = synthetic
    passages = actors.passages_frame(tables, issuers)
    assert len(tables["actors"]) == 2000
    assert len(passages) >= 19_000
    network = actors.readable_network(passages, tables["actors"])
    assert network.by != "body"
    assert len(network.nodes) <= actors.MOST_NODES
    figure = drawn(network)
    assert sum(len(trace.customdata) for trace in figure.data if trace.customdata is not None) <= (
        actors.MOST_NODES + actors.MOST_LINKS
    )
    assert len(figure.to_json()) < 400_000
    one = passages[passages["province_code"] == actors.busiest_province(passages)]
    assert len(actors.readable_network(one, tables["actors"]).nodes) <= actors.MOST_NODES


def test_thousands_of_documents_are_cut_to_the_best_connected(synthetic):
    tables, _ = synthetic
    cited, links = ghosts(tables["citations"], tables["directives"])
    held = cascade.documents_frame(tables, cited)
    citations = cascade.citations_frame(tables, links, held)
    drawn_documents = cascade.drawn_documents(held, citations)
    assert len(drawn_documents) <= cascade.MOST_DOCUMENTS < len(held)
    assert len(cascade.cascade_figure(drawn_documents, citations, **look()).to_json()) < 300_000


def test_chosen_links_are_always_drawn(synthetic):
    tables, issuers = synthetic
    network = actors.network_at(actors.passages_frame(tables, issuers), tables["actors"], "agency")
    weakest = network.links.iloc[-1]["link"]
    assert weakest in set(actors.drawn_links(network.links, [weakest])["link"])
    assert random.Random(1).choice(list(network.links["link"][:20])) in set(actors.drawn_links(network.links)["link"])
