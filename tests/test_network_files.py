"""The network's files read back; nothing in, nothing out; any order of rows; thousands of actors."""

import io
import json
import random

import networkx as nx
import pandas as pd
import pytest

from charts import network_actors as actors
from charts import network_cascade as cascade
from charts import network_documents as pictures
from charts import network_ego as ego
from charts import network_export as files
from charts import network_hops as hops
from charts import network_matrix as matrix
from charts import network_metrics as metrics
from charts import network_relations as relations
from charts import network_sequence as sequence
from loaders.ghosts import ghosts
from tests.networks import COMMITTEE, HEALTH, PARTY, PROVINCES, drawn, empty_tables, look, shuffled

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
    assert (node["label"], node["kind"], node["layer"], node["province"]) == (
        "Sở Y tế",
        "department",
        "department",
        "Bình Phước",
    )
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
    assert not pictures.cascade_figure(cascade.drawn_documents(held, citations), citations, **look()).data
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
    assert len(pictures.cascade_figure(drawn_documents, citations, **look()).to_json()) < 300_000


def test_chosen_links_are_always_drawn(synthetic):
    tables, issuers = synthetic
    network = actors.network_at(actors.passages_frame(tables, issuers), tables["actors"], "agency")
    weakest = network.links.iloc[-1]["link"]
    assert weakest in set(actors.drawn_links(network.links, [weakest])["link"])
    assert random.Random(1).choice(list(network.links["link"][:20])) in set(actors.drawn_links(network.links)["link"])
