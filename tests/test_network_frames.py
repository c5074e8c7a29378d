"""Tasks of a body, responsibilities, cascade, relations and measures of the network, by value."""

import pandas as pd
import pytest

from charts import network_actors as actors
from charts import network_cascade as cascade
from charts import network_documents as pictures
from charts import network_ego as ego
from charts import network_hops as hops
from charts import network_labels as labelling
from charts import network_matrix as matrix
from charts import network_metrics as metrics
from charts import network_relations as relations
from charts.network_time import positions, ticks
from loaders.ghosts import ghosts
from tests.networks import COMMITTEE, HEALTH, LETTER, PARTY, PROVINCES, WORDS, ids, look

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
    figure = ego.asks_figure(frame, colors=labelling.type_colors(False), **look())
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
    figure = matrix.matrix_figure(cells, rows=rows, columns=columns, colors=labelling.type_colors(False), **look())
    assert {trace.marker.symbol for trace in figure.data if trace.name} == {"square", "square-open", "diamond"}
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
    assert len(cascade.hops_frame(citations)) == len(
        cascade.hops_frame(citations[~citations["impossible"].astype(bool)])
    )
    figure = pictures.cascade_figure(cascade.drawn_documents(held, citations), citations, **look())
    marks = {trace.name: trace for trace in figure.data if trace.name}
    assert marks[WORDS("network.impossible")].marker.symbol == "x"


def test_documents_cited_but_not_held_are_hollow(documents):
    held, citations, _ = documents
    figure = pictures.cascade_figure(cascade.drawn_documents(held, citations), citations, **look())
    marks = {trace.name: trace for trace in figure.data if trace.name}
    ghost = marks[WORDS("network.document_ghost")]
    assert ghost.marker.symbol == "circle-open"
    assert {item[0] for item in ghost.customdata} == set(held.loc[~held["held"].astype(bool), "document"])
    lines = [trace for trace in figure.data if trace.customdata is not None and trace.customdata[0][0][:6] == "cites:"]
    texts = [text for trace in lines for text in trace.text]
    assert texts.count("3 ngày") == 2
    assert "0 ngày" in texts


def test_hops_figure_shows_every_lag(documents):
    citations = documents[1]
    found = cascade.hops_frame(citations)
    figure = hops.hops_figure(found, citations, **look())
    single = next(trace for trace in figure.data if trace.name == WORDS("network.hop_single"))
    known = citations[citations["known"].astype(bool) & ~citations["standing"].astype(bool)]
    assert sorted(single.x) == sorted(float(lag) for _, lag in set(zip(known["hop"], known["lag"], strict=True)))
    assert max(single.marker.size) > min(single.marker.size)  # two answers came after three days


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
        ("p", "c", "addresses", "d1", 0),
        ("c", "x", "lead", "d2", 10),
        ("c", "y", "coordinate", "d2", 10),
        ("p", "x", "copies", "d1", 0),
    ]
    rows = pd.DataFrame(
        [
            {
                **dict.fromkeys(rows.columns, ""),
                "source": s,
                "target": t,
                "type": kind,
                "directive_id": d,
                "char_start": at,
                "char_end": at + 5,
                "position": 1,
                "day": pd.Timestamp("2021-01-01"),
                "dated": True,
                "quote": f"{s}{t}",
                "table": "tasks" if kind in ("lead", "coordinate") else "evidence",
            }
            for s, t, kind, d, at in made
        ]
    )
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
    labels = labelling.node_labels(network.nodes, WORDS, "vi", PROVINCES)
    figure = metrics.metrics_figure(frame, network.nodes, metric=metric, labels=labels, **look())
    bars = sorted((y, x) for trace in figure.data for x, y in zip(trace.x, trace.y, strict=True))
    assert [x for _, x in bars] == sorted((x for _, x in bars), reverse=True)
    assert len(bars) <= metrics.MOST_BARS
