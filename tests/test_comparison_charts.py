"""Frames and figures of the comparison, by value: cells, columns, order, pairs, shares, duties."""

import random
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charts import comparison as frames
from charts import comparison_alike as alike
from charts import comparison_duties as grid
from charts import comparison_effort as effort
from charts import comparison_first as first
from charts import comparison_matrix as drawn
from charts import comparison_pair as pair
from loaders.alignment import compare_directives, passages, reuse_frame, unit_texts
from loaders.duties import DUTY_COLUMNS, duties
from loaders.profile import in_force
from loaders.tables import SPECS, build_table
from loaders.vocabulary import read_vocabulary
from views._text import measure_entries, translator

GROUPS = {code: entry["group"] for code, entry in measure_entries().items()}
ORDER = ("VN-57", "VN-58", "VN-47", "VN-46")
NAMES = {"VN-57": "Bình Dương", "VN-58": "Bình Phước", "VN-47": "Kiên Giang", "VN-46": "Tiền Giang"}
LOOK = {"title": "t", "source": "s", "words": translator("vi")}
DAYS = ("issue_date", "date_earliest", "date_latest", "date_estimate")


def directive(directive_id, province="VN-58", day="2021-05-06", **rest):
    issued = date.fromisoformat(day) if day else None
    row = dict.fromkeys(SPECS["directives"].columns, "")
    row |= {
        "directive_id": directive_id, "province": NAMES.get(province, province), "province_code": province,
        "level": "province", "issuer": f"Tỉnh ủy {province}", "issuer_branch": "party", "doc_type": "directive",
        "date_basis": "header" if day else "inferred", "date_note": "x", "urgency": "none", "n_copies": 1,
        "n_provisions": 1, **dict.fromkeys(DAYS, issued),
    }  # fmt: skip
    return {**row, **rest}


def measure(directive_id, code, start=0, stance="tighten", binding="mandatory"):
    return {
        "measure_id": f"{directive_id}/{code}/{start}/{stance}", "directive_id": directive_id, "provision_id": "p",
        "provision_label": "1", "code": code, "stance": stance, "binding": binding, "scope": "general", "level": None,
        "tier": "", "target": "", "quote": "q", "char_start": start, "char_end": start + 1, "rule_id": "r",
        "confidence": "high",
    }  # fmt: skip


def tables(directives=(), measures=()):
    own = build_table("directives", directives).to_pandas()
    for name in DAYS:
        own[name] = pd.to_datetime(own[name])
    return own, build_table("measures", measures).to_pandas()


def cells(directives, measures, columns=ORDER, by="province"):
    return frames.matrix_frame(directives, measures, GROUPS, columns, by).set_index("mark_id")


@pytest.fixture(scope="module")
def corpus(atlas):
    return atlas.tables()


@pytest.fixture(scope="module")
def matrix(corpus):
    return frames.matrix_frame(corpus["directives"], corpus["measures"], GROUPS, ORDER, "province")


# the matrix


def test_the_four_states_are_told_apart():
    held = tables(
        [directive("a", "VN-58"), directive("b", "VN-47", "2021-06-01")],
        [measure("a", "testing"), measure("b", "schools", stance="relax")],
    )
    frame = cells(*held)
    assert frame.loc["testing:VN-58", "state"] == "quoted"
    assert frame.loc["schools:VN-47", "state"] == "ended"
    assert frame.loc["schools:VN-58", "state"] == "silent"
    assert set(frame[frame["column"] == "VN-57"]["state"]) == {"none"}
    assert len(frame) == len(GROUPS) * len(ORDER)
    assert frame.loc["schools:VN-58", "strength"] == 0 and frame.loc["schools:VN-58", "n_held"] == 1


def test_the_directive_that_spoke_last_decides():
    held = tables(
        [directive("a", day="2021-05-06"), directive("b", day="2021-09-15")],
        [measure("a", "schools"), measure("b", "schools", stance="relax"), measure("b", "testing", stance="relax"),
         measure("b", "testing", 5)],
    )  # fmt: skip
    frame = cells(*held)
    assert frame.loc["schools:VN-58", ["state", "n_passages", "directive_id"]].tolist() == ["ended", 2, "b"]
    assert frame.loc["testing:VN-58", "state"] == "quoted", "a directive that tightens too has not ended it"
    assert frame.loc["testing:VN-58", "stances"] == ("tighten", "relax")


def test_strength_counts_passages_and_halves_advice():
    passages = [measure("a", "testing", n, binding="recommended") for n in range(3)]
    firm = [measure("a", "schools", n) for n in range(5)]
    frame = cells(*tables([directive("a")], [*passages, *firm]))
    assert frame.loc["testing:VN-58", ["strength", "shade", "binding"]].tolist() == [1.5, 2, "recommended"]
    assert frame.loc["schools:VN-58", ["strength", "shade", "binding"]].tolist() == [5, 4, "mandatory"]


def test_a_district_does_not_speak_for_its_province():
    held = tables([directive("a", level="district"), directive("b")], [measure("a", "schools")])
    columns = frames.matrix_columns(held[0], "province", ["VN-58"])
    assert columns == ["VN-58", "VN-58/district"]
    frame = cells(*held, columns=columns)
    assert frame.loc["schools:VN-58", "state"] == "silent"
    assert frame.loc["schools:VN-58/district", "state"] == "quoted"


def test_columns_keep_their_place_without_documents():
    held, _ = tables(
        [directive("a", day="2021-03-01"), directive("b", day="2021-06-30"), directive("c", day=None),
         directive("d", "", "2021-04-01", level="central"), directive("e", "", "2021-04-02", level="")]
    )  # fmt: skip
    assert frames.matrix_columns(held, "month") == ["2021-03", "2021-04", "2021-05", "2021-06", "undated"]
    assert frames.matrix_columns(held, "directive") == ["a", "d", "e", "b", "c"]
    assert frames.matrix_columns(held, "province", ["VN-57", "VN-58"]) == ["VN-57", "VN-58", "central", "unplaced"]
    assert "2021-05" not in set(frames.column_of(held, "month"))


def test_on_a_day_only_what_holds_is_quoted(corpus, atlas):
    on = pd.Timestamp("2021-06-01")
    issued, said = frames.as_of(corpus["directives"], corpus["measures"], in_force(atlas, on.date()), on)
    assert set(issued["province_code"]) == {"VN-58", "VN-47", "VN-46"}, "Bình Dương had not spoken yet"
    frame = cells(issued, said)
    assert set(frame[frame["column"] == "VN-57"]["state"]) == {"none"}
    assert frame.loc["checkpoints:VN-58", "state"] == "quoted"
    by_directive = cells(issued, said, list(issued["directive_id"]), "directive")
    earlier = by_directive.loc["testing:binh-phuoc/360-cv-tu/2021-05-06"]
    assert earlier["state"] == "ended", "a later letter of the province speaks to testing"
    day_before = frames.as_of(
        corpus["directives"], corpus["measures"], in_force(atlas, date(2021, 5, 27)), pd.Timestamp("2021-05-27")
    )
    assert cells(*day_before).loc["checkpoints:VN-58", "state"] == "silent", "they begin on the 28th"


READ_OFF = [
    # what a newcomer must be able to read off: measure, province, and that it is stronger there than elsewhere
    ("border_control", "VN-47"), ("checkpoints", "VN-58"), ("digital_tools", "VN-58"), ("stay_at_home", "VN-57"),
    ("public_events", "VN-46"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "province"), READ_OFF, ids=[code for code, _ in READ_OFF])
def test_the_corpus_reads_as_it_is(matrix, code, province):
    own = matrix[matrix["mark_id"] == f"{code}:{province}"].iloc[0]
    assert own["state"] == ("ended" if code == "stay_at_home" else "quoted")
    if code in ("border_control", "checkpoints", "digital_tools"):
        others = matrix[(matrix["code"] == code) & (matrix["column"] != province)]
        assert own["strength"] > others["strength"].max()


def test_what_sets_a_column_apart(matrix):
    apart = frames.apart_frame(matrix)
    found = {(row.column, row.code) for row in apart.itertuples()}
    assert {("VN-47", "border_control"), ("VN-46", "public_events"), ("VN-57", "workplaces")} <= found
    assert set(apart["column"]) == set(ORDER), "small bundles are not outweighed by large ones"
    assert (apart["lift"] > 0).all() and apart.groupby("column").size().max() <= 4
    assert frames.apart_frame(matrix[matrix["column"] == "VN-58"]).empty, "one column has nothing to differ from"


def test_the_figure_shows_every_cell_once_and_says_which(matrix):
    figure = drawn.matrix_figure(matrix, names=NAMES, chosen="testing:VN-58", **LOOK)
    marks = [point[0] for trace in figure.data for point in trace.customdata or ()]
    assert sorted(marks) == sorted(matrix["mark_id"])
    sizes = [trace.marker.size for trace in figure.data if trace.customdata and trace.marker.symbol == "square"]
    assert min(sizes) >= 24
    quoted = next(trace for trace in figure.data if trace.name == "trên 4")
    assert all("▲" in text or "●" in text for text in quoted.text)
    hover = dict(zip(*((quoted.customdata.ravel() if hasattr(quoted.customdata, "ravel") else
                        [point[0] for point in quoted.customdata]), quoted.hovertext), strict=True))  # fmt: skip
    assert "Biên giới, nhập cảnh" in hover["border_control:VN-47"] and "Kiên Giang" in hover["border_control:VN-47"]
    assert figure.layout.meta["title"] == "t"
    names = [trace.name for trace in figure.data if trace.showlegend]
    assert names[-3:] == ["đã dứt hoặc nới lỏng", "có văn bản, không tìm thấy", "không có văn bản"]
    groups = [note.text for note in figure.layout.annotations]
    assert groups == ["<b>Ngăn chặn lây lan</b>", "<b>Y tế</b>", "<b>Chỉ đạo, điều hành</b>", "<b>Kinh tế, an sinh</b>"]


def test_states_differ_without_colour(matrix):
    signs = {
        state: {drawn.glyphs(state, row.stances, row.binding) for row in rows.itertuples()}
        for state, rows in matrix.groupby("state")
    }
    assert signs["silent"] == {"·"} and signs["ended"] <= {"▼", "▽", "×"}
    assert not signs["quoted"] & (signs["silent"] | signs["ended"])


def test_names_of_columns_are_escaped(matrix):
    figure = drawn.matrix_figure(matrix, names={"VN-58": "<b>x</b>"}, **LOOK)
    assert "&lt;b&gt;x&lt;/b&gt;" in str(figure.layout.xaxis.ticktext)


def many(n_provinces=63, seed=1):
    """A synthetic archive: every province of the vocabulary, three directives each, twelve measures a directive."""
    chance = random.Random(seed)
    codes = [entry["code"] for entry in read_vocabulary("provinces")][:n_provinces]
    directives, measures = [], []
    for code in codes:
        for number in range(3):
            name = f"{code}/{number}"
            day = date(2021, 5, 1) + timedelta(days=chance.randrange(200))
            directives.append(directive(name, code, day.isoformat()))
            for at, picked in enumerate(chance.sample(list(GROUPS), 12)):
                stance = chance.choice(("tighten", "tighten", "maintain", "relax"))
                measures.append(measure(name, picked, at, stance))
    return codes, *tables(directives, measures)


def test_63_provinces_by_30_measures_stay_usable():
    codes, directives, measures = many()
    frame = frames.matrix_frame(directives, measures, GROUPS, codes, "province")
    figure = drawn.matrix_figure(frame, names={}, **LOOK)
    assert len(frame) == 63 * 30
    assert len(figure.to_json()) < 900_000
    low, high = figure.layout.xaxis.range
    assert figure.layout.xaxis.ticktext[0] == "Trường học", "many columns become rows: names stay horizontal"
    width = drawn.matrix_width(codes, 30)
    assert (width - 170) / (high - low) >= drawn.CELL and width < 1360
    rows = abs(figure.layout.yaxis.range[1] - figure.layout.yaxis.range[0])
    assert (figure.layout.height - 270) / rows >= drawn.CELL


# who moved first


def test_first_directive_counts_and_days_run_from_the_first_province():
    held = tables(
        [directive("a"), directive("b", day="2021-05-27"), directive("c", "VN-47", "2021-05-10")],
        [*(measure(name, "testing") for name in "bac"), measure("c", "schools", stance="relax")],
    )
    frame = first.first_frame(*held)
    assert frame[["mark_id", "directive_id", "days"]].to_numpy().tolist() == [
        ["testing:VN-58", "a", 0], ["testing:VN-47", "c", 4],
    ]  # fmt: skip
    assert frame[["rank_best", "rank_worst"]].to_numpy().tolist() == [[1, 1], [2, 2]]


def test_an_open_bound_leaves_the_order_open():
    undated = directive("u", "VN-47", None, date_earliest=date(2021, 3, 29), date_estimate=date(2021, 3, 29))
    frame = first.first_frame(
        *tables([directive("a", "VN-58"), undated], [measure("a", "testing"), measure("u", "testing")])
    ).set_index("province_code")
    assert not frame.loc["VN-47", "dated"] and pd.isna(frame.loc["VN-47", "days_high"])
    assert frame.loc["VN-47", ["rank_best", "rank_worst"]].tolist() == [1, 2]
    assert frame.loc["VN-58", ["rank_best", "rank_worst", "days"]].tolist() == [1, 2, 38]


def test_spread_draws_ranges_and_hollow_estimates(corpus):
    frame = first.first_frame(corpus["directives"], corpus["measures"])
    figure = first.spread_figure(frame, codes=GROUPS, **LOOK)
    kien_giang = next(trace for trace in figure.data if trace.name == "Kiên Giang")
    assert all(symbol.endswith("-open") for symbol in kien_giang.marker.symbol)
    binh_phuoc = next(trace for trace in figure.data if trace.name == "Bình Phước")
    assert not any(symbol.endswith("-open") for symbol in binh_phuoc.marker.symbol)
    arrows = [trace for trace in figure.data if trace.marker.symbol and "triangle-right" in list(trace.marker.symbol)]
    assert len(arrows) == 1, "an open end is an arrow"
    assert "29/03/2021 trở đi" in kien_giang.hovertext[0]


# similarity


def test_jaccard_lists_what_is_shared_and_what_is_not():
    held = tables(
        [directive("a", "VN-58"), directive("b", "VN-47")],
        [measure("a", "testing"), measure("a", "schools", 1), measure("b", "testing"), measure("b", "gatherings", 1)],
    )
    place = frames.column_of(held[0], "province")
    row = alike.alike_frame(place, held[1], ["VN-47", "VN-58"], list(GROUPS)).iloc[0]
    assert (row["n_shared"], row["n_all"], row["jaccard"]) == (1, 3, pytest.approx(1 / 3))
    assert (row["shared"], row["only_left"], row["only_right"]) == (("testing",), ("gatherings",), ("schools",))


def test_reuse_is_of_the_shorter_text():
    frame = pd.DataFrame([("a:b", "a", "b", 1, 1, 1, 1, 1.0, (), (), ())], columns=alike.PAIR_COLUMNS)
    same = "một hai ba bốn năm sáu bảy tám"
    told = alike.with_reuse(frame, reuse_frame({"a": same, "b": f"{same} chín mười"})).iloc[0]
    assert (told["n_words"], told["n_reused"], told["reuse"]) == (8, 8, 1.0)


def test_letters_of_one_office_share_the_most_wording(corpus):
    place = frames.column_of(corpus["directives"], "directive")
    units = frames.matrix_columns(corpus["directives"], "directive")
    held = passages(corpus["provisions"], corpus["measures"])
    frame = alike.alike_frame(place, corpus["measures"], units, list(GROUPS))
    frame = alike.with_reuse(frame, reuse_frame(unit_texts(held, place)))
    top = frame.sort_values("reuse").iloc[-1]
    assert {top["left"], top["right"]} == {
        "binh-phuoc/396-cv-tu/2021-05-27", "binh-phuoc/1722-ubnd-kgvx/2021-05-27",
    }  # fmt: skip
    figure = alike.alike_figure(frame, "reuse", names={}, chosen=top["mark_id"], **LOOK)
    assert len(figure.data[0].customdata) == 21 and f"{top['reuse']:.0%}" in figure.data[0].text


# focus of effort


def test_a_passage_is_divided_among_its_measures():
    held = pd.DataFrame(
        {
            "directive_id": ["a", "a", "a"], "passage_id": ["a#1/1", "a#2/1", "a#3/1"], "n_words": [10, 6, 4],
            "codes": [("testing", "schools"), ("testing",), ()],
        }
    )  # fmt: skip
    place = pd.Series({"a": "VN-58"})
    frame = effort.effort_frame(held, place, GROUPS, ["VN-58"]).set_index("code")
    assert frame["share"].to_dict() == {"schools": 0.25, "testing": 0.55, "": 0.2}
    assert frame.loc["schools", "group"] == "containment" and frame.loc["", "group"] == ""
    passages_frame = effort.effort_frame(held, place, GROUPS, ["VN-58"], "passages").set_index("code")
    assert passages_frame.loc["testing", "share"] == pytest.approx(0.5)


def test_a_border_province_stresses_its_border(corpus):
    held = passages(corpus["provisions"], corpus["measures"])
    frame = effort.effort_frame(held, frames.column_of(corpus["directives"], "province"), GROUPS, ORDER)
    share = frame.set_index(["unit", "code"])["share"]
    assert share["VN-47", "border_control"] > 3 * share["VN-58", "border_control"]
    assert ("VN-57", "border_control") not in share.index
    assert share["VN-57", "workplaces"] > share.get(("VN-47", "workplaces"), 0)
    assert frame.groupby("unit")["share"].sum().to_numpy() == pytest.approx(1)
    figure = effort.effort_figure(frame, names=NAMES, **LOOK)
    legend = [trace.name for trace in figure.data if trace.showlegend]
    assert legend[0] == "Ngăn chặn lây lan" and legend[-1] == "Không có biện pháp nào được nhận ra"
    assert len({trace.marker.pattern.shape for trace in figure.data if trace.legendgroup != "none"}) == 4


# who carries what


def test_duties_of_the_corpus(atlas):
    rows = duties(atlas)
    due = {(row.code, row.actor): row.deadline.date() for row in rows[rows["deadline"].notna()].itertuples()}
    assert due["vaccination", "Sở Y tế"] == date(2021, 5, 15)
    assert ("testing", "Sở Y tế") not in due, "the deadline is of the next sentence"
    carried = rows[(rows["code"] == "checkpoints") & (rows["province_code"] == "VN-58")]
    roles = dict(zip(carried["actor"], carried["role"], strict=True))
    assert roles["Công an tỉnh"] == "lead" and roles["Sở Y tế"] == "coordinate"
    qr = rows[(rows["code"] == "digital_tools") & (rows["province_code"] == "VN-57")]
    assert qr.empty, "being answerable for tests does not carry on to the next sentence"
    carried = rows[(rows["code"] == "vaccination") & (rows["directive_id"] == "binh-phuoc/360-cv-tu/2021-05-06")]
    assert not carried["is_direct"].any(), "the department is named in the sentence before"
    unnamed = rows[(rows["actor"] == "") & (rows["province_code"] == "VN-57")]
    assert len(unnamed) and unnamed["deadline"].notna().all(), "a deadline that names nobody is kept"
    frame = grid.duties_grid(rows)
    assert frame["mark_id"].is_unique
    health = frame[frame["mark_id"] == "so-y-te:vaccination"].iloc[0]
    assert health["provinces"] == ("Bình Phước",) and health["deadline"] == pd.Timestamp("2021-05-15")
    figure = grid.duties_figure(frame, codes=GROUPS, chosen="so-y-te:vaccination", **LOOK)
    marks = [point[0] for trace in figure.data for point in trace.customdata or ()]
    assert sorted(marks) == sorted(frame["mark_id"])
    assert len(grid.of_mark(rows, "so-y-te:vaccination")) == 3


# two directives


def test_the_first_pair_is_the_letter_and_the_one_it_continues(corpus):
    earlier, later = pair.default_pair(corpus["directives"], corpus["citations"])
    assert (earlier, later) == ("binh-phuoc/360-cv-tu/2021-05-06", "binh-phuoc/396-cv-tu/2021-05-27")
    nothing = corpus["citations"].iloc[:0]
    assert pair.default_pair(corpus["directives"], nothing) == (
        "binh-phuoc/1722-ubnd-kgvx/2021-05-27", "binh-phuoc/2526-ubnd-kgvx/2021-07-26",
    )  # fmt: skip
    assert pair.default_pair(corpus["directives"].iloc[:1], nothing) == ("", "")


def test_the_map_joins_what_is_aligned(atlas):
    frame = compare_directives(atlas, "binh-phuoc/360-cv-tu/2021-05-06", "binh-phuoc/396-cv-tu/2021-05-27")
    figure = pair.map_figure(frame, left_name="a", right_name="b", **LOOK)
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    assert len(lines) == (frame["status"] == "aligned").sum()
    marks = [trace for trace in figure.data if trace.mode == "markers+text"]
    assert [trace.marker.symbol for trace in marks] == ["circle", "cross", "x"]
    new = next(trace for trace in marks if trace.marker.symbol == "cross")
    assert len(new.customdata) == (frame["status"] == "added").sum() and set(new.x) == {1}


# all of them: total on nothing, independent of the order of rows

EMPTY = tables()


def test_nothing_gives_nothing():
    place = frames.column_of(EMPTY[0], "province")
    nothing = passages(build_table("provisions", []).to_pandas(), EMPTY[1])
    matrix = frames.matrix_frame(*EMPTY, GROUPS, [], "province")
    assert matrix.empty and frames.apart_frame(matrix).empty and frames.quotes_frame(*EMPTY, "testing").empty
    for by in frames.KINDS:
        assert frames.matrix_columns(EMPTY[0], by) == []
    figures = [
        drawn.matrix_figure(matrix, names={}, **LOOK),
        first.spread_figure(first.first_frame(*EMPTY), codes=GROUPS, **LOOK),
        alike.alike_figure(
            alike.with_reuse(alike.alike_frame(place, EMPTY[1], [], []), reuse_frame({})), "reuse", names={}, **LOOK
        ),
        effort.effort_figure(effort.effort_frame(nothing, place, GROUPS, []), names={}, **LOOK),
        grid.duties_figure(grid.duties_grid(pd.DataFrame(columns=DUTY_COLUMNS)), codes=GROUPS, **LOOK),
    ]  # fmt: skip
    for figure in figures:
        assert not figure.data and figure.layout.annotations[0].text


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(frames.KINDS))
def test_frames_do_not_depend_on_row_order(seed, by):
    codes, directives, measures = many(6, seed=seed % 50)
    mixed = directives.sample(frac=1, random_state=seed % 2**31), measures.sample(frac=1, random_state=seed % 2**31)
    columns = frames.matrix_columns(directives, by, codes)
    assert frames.matrix_columns(mixed[0], by, codes) == columns
    one = frames.matrix_frame(directives, measures, GROUPS, columns, by)
    pd.testing.assert_frame_equal(frames.matrix_frame(*mixed, GROUPS, columns, by), one)
    pd.testing.assert_frame_equal(
        frames.apart_frame(one.sample(frac=1, random_state=1).sort_index()), frames.apart_frame(one)
    )
    pd.testing.assert_frame_equal(first.first_frame(*mixed), first.first_frame(directives, measures))
    place = frames.column_of(directives, by)
    pd.testing.assert_frame_equal(
        alike.alike_frame(frames.column_of(mixed[0], by), mixed[1], columns, list(GROUPS)),
        alike.alike_frame(place, measures, columns, list(GROUPS)),
    )
    assert (one["state"] != "quoted").eq(one["shade"] == 0).all()
