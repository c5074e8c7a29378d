"""Frames and figures of the timeline, by value: marks, links, rows, ticks, score steps, needles, national lines."""

import random
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charts import timeline as frames
from charts.timeline_lanes import lanes_figure
from charts.timeline_marks import MANY
from charts.timeline_national import context_figure, context_frame
from charts.timeline_profile import profile_figure
from charts.timeline_rows import label_rows, pack, place_marks, style_of
from charts.timeline_steps import STEP_COLUMNS, busiest_provinces, score_steps_frame, stance_frame
from loaders.context import ContextDay
from loaders.ghosts import ghosts
from loaders.profile import dated_measures, score_frame
from loaders.tables import SPECS, build_table
from views._text import translator

NAMES = {"VN-57": "Bình Dương", "VN-58": "Bình Phước", "VN-47": "Kiên Giang", "VN-46": "Tiền Giang"}
WORDS = translator("vi")
NO_SCORES = pd.DataFrame(columns=["province_code", "day", "score", "n_observed", "measure_ids", "indicators"])
NO_STEPS = pd.DataFrame(columns=STEP_COLUMNS)
IMPLEMENTS, PARTY = "1722/UBND-KGVX", "396-CV/TU"


def all_frames(tables, start=None, end=None):
    cited, links = ghosts(tables["citations"], tables["directives"])
    marks = frames.marks_frame(tables, cited)
    ticks = frames.ticks_frame(tables)
    window = frames.window_of(marks, ticks, start, end)
    return marks, frames.links_frame(tables, links, marks), ticks, window


def draw(marks, links, ticks, window, **options):
    names = {item: item for item in frames.lane_order(marks, NAMES)}
    options = {"references": [], "title": "t", "source": "s", "lane_names": names, "words": WORDS} | options
    references = options.pop("references")
    return lanes_figure(marks, links, ticks, references, window=window, **options)


@pytest.fixture(scope="module")
def tables(atlas):
    return atlas.tables()


@pytest.fixture(scope="module")
def corpus(tables):
    return all_frames(tables)


def empty_tables():
    return {name: build_table(name, []).to_pandas() for name in SPECS} | {
        "directives": typed("directives"),
        "citations": typed("citations"),
        "dates": typed("dates"),
    }


def typed(name):
    """An empty table with the types that ``Atlas`` gives."""
    frame = build_table(name, []).to_pandas()
    days = [column for column in frame if "date" in column and column not in ("date_basis", "date_note")]
    return frame.astype(dict.fromkeys(days, "datetime64[us]"))


# --- frames


def by_number(marks):
    return marks.set_index("number")


def test_marks_are_the_directives_and_the_documents_they_cite(corpus, tables):
    marks = corpus[0]
    assert set(marks.loc[marks["mark"] == "held", "directive_id"]) == set(tables["directives"]["directive_id"])
    unheld = by_number(marks[marks["mark"] == "ghost"])
    assert unheld.loc["502-CV/TU", "lane"] == unheld.loc["504-CV/TU", "lane"] == "VN-58|party"
    assert unheld.loc["5737/BYT-KHTC", "lane"] == frames.CENTRE
    assert by_number(marks).loc[PARTY, "n_measures"] > 10


def test_party_and_government_letters_of_one_day_are_linked(corpus):
    marks, links = corpus[:2]
    own, party = by_number(marks).loc[IMPLEMENTS], by_number(marks).loc[PARTY]
    assert own["day"] == party["day"] == pd.Timestamp("2021-05-27")
    link = links[(links["directive_id"] == own["directive_id"]) & (links["cited"] == party["directive_id"])].iloc[0]
    assert (link["relation"], link["lag"], link["known"]) == ("implements", 0, True)


def test_an_answer_shows_the_lags_of_what_it_answers(corpus):
    marks, links = corpus[:2]
    numbers = marks.set_index("directive_id")["number"]
    own = links[links["directive_id"].map(numbers) == "2526/UBND-KGVX"]
    lags = dict(zip(own["cited"].map(numbers), own["lag"], strict=True))
    assert {number: lags[number] for number in ("502-CV/TU", "504-CV/TU", "5737/BYT-KHTC")} == {
        "502-CV/TU": 3,
        "504-CV/TU": 3,
        "5737/BYT-KHTC": 8,
    }


def test_undated_directives_keep_their_bounds(tables):
    undated = frames.undated_frame(tables).set_index("province")
    assert set(undated.index) == {"Tiền Giang", "Kiên Giang", "Bình Dương"}
    assert undated.loc["Kiên Giang", "date_earliest"] == pd.Timestamp("2021-03-29")
    assert pd.isna(undated.loc["Kiên Giang", "date_latest"])
    assert undated.loc["Bình Dương", "date_latest"] == pd.Timestamp("2021-09-20")


def test_ticks_stand_in_the_lane_of_their_directive(corpus):
    ticks = corpus[2]
    start = ticks[ticks["kind"] == "effective_from"].set_index("lane").loc["VN-58|government"]
    assert (start["day"], start["time"]) == (pd.Timestamp("2021-05-28"), "08:00")
    assert "as_of" not in set(ticks["kind"])


def test_frames_do_not_depend_on_row_order(tables, corpus):
    shuffled = {name: frame.sample(frac=1, random_state=7).reset_index(drop=True) for name, frame in tables.items()}
    for one, other in zip(all_frames(shuffled)[:3], corpus[:3], strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_empty_in_empty_out():
    marks, links, ticks, window = all_frames(empty_tables())
    assert len(marks) == len(links) == len(ticks) == 0
    assert list(marks) == frames.MARK_COLUMNS and list(links) == frames.LINK_COLUMNS
    assert window[0] < window[1]
    assert frames.undated_frame(empty_tables()).empty
    fig = draw(marks, links, ticks, window)
    assert not fig.data and fig.layout.annotations[0].text


def test_a_window_keeps_undated_marks_that_may_lie_in_it(corpus):
    marks = corpus[0]
    window = (pd.Timestamp("2021-08-01"), pd.Timestamp("2021-08-31"))
    shown = frames.marks_in_window(marks, window)
    assert set(shown["province"]) == {"Tiền Giang", "Kiên Giang", "Bình Dương"}
    assert not shown["dated"].any()


def test_a_window_the_wrong_way_round_is_still_an_axis(corpus):
    low, high = frames.window_of(corpus[0], corpus[2], date(2030, 1, 1), None)
    assert low < high


def test_lanes_begin_with_the_centre_then_party_before_government(corpus):
    order = frames.lane_order(corpus[0], NAMES)
    assert order[0] == frames.CENTRE
    assert order.index("VN-58|party") + 1 == order.index("VN-58|government")
    assert order.index("VN-57|party") < order.index("VN-58|party")


# --- the figure of the lanes


def traces(fig, name):
    return [trace for trace in fig.data if trace.name == name]


def test_shape_is_type_colour_urgency_size_measures_hollow_undated(corpus):
    fig = draw(*corpus)
    express = traces(fig, "held:official_letter:hoa_toc")[0]
    assert express.marker.symbol == "square"
    sizes = dict(zip(express.text, express.marker.size, strict=True))
    assert sizes[PARTY] > sizes["360-CV/TU"]
    undated = traces(fig, "held:directive:none")[0]
    assert undated.marker.symbol == "diamond" and undated.marker.color != undated.marker.line.color
    unheld = traces(fig, "ghost:official_letter:none")[0]
    assert set(unheld.text) == {"502-CV/TU", "504-CV/TU", "5737/BYT-KHTC"}
    assert unheld.marker.color == undated.marker.color


def test_an_open_bound_is_drawn_open(corpus):
    fig = draw(*corpus)
    ranges = traces(fig, "ranges")[0]
    ends = [ranges.marker.symbol[at + 1] for at in range(0, len(ranges.x), 3)]
    assert sorted(ends) == ["line-ns-open", "triangle-right", "triangle-right"]
    assert all("2021" in text or "2020" in text for text in ranges.hovertext)


def test_every_mark_carries_its_id_and_words_are_escaped(corpus):
    marks, links, ticks, window = corpus
    marks = marks.assign(subject="<img src=x onerror=alert(1)>", issuer="<b>x</b>")
    fig = draw(marks, links, ticks, window)
    ids = {item for trace in fig.data if trace.customdata is not None for item in trace.customdata}
    assert ids == set(marks["directive_id"])
    assert "<img" not in fig.to_json() and "<b>x" not in fig.to_json()


def test_a_chosen_mark_is_ringed_and_its_links_stand_out(corpus):
    chosen = by_number(corpus[0]).loc[IMPLEMENTS, "directive_id"]
    fig = draw(*corpus, chosen=chosen)
    assert list(traces(fig, "chosen")[0].x) == ["2021-05-27"]
    assert len({trace.line.color for trace in traces(fig, "links")}) == 2


def test_lags_are_written_on_the_links_with_their_words(corpus):
    lags = traces(draw(*corpus), "lags")[0]
    said = set(lags.text)
    assert {"cùng ngày", "3 ngày", "8 ngày", "21 ngày"} <= said
    assert any("396-CV/TU" in text and "thực hiện" in text for text in lags.hovertext)


def test_reference_lines_and_the_as_of_day_are_labelled(corpus):
    on = pd.Timestamp("2021-06-30")
    fig = draw(
        *corpus, references=[(pd.Timestamp("2020-04-01"), "Chỉ thị 16"), (pd.Timestamp("1999-01-01"), "x")], on=on
    )
    said = [note.text for note in fig.layout.annotations]
    assert "Chỉ thị 16" in said and "x" not in said and "<b>Ngày xem 30/06/2021</b>" in said
    assert any(shape.x0 == "2021-06-30" for shape in fig.layout.shapes)


def test_the_figure_does_not_depend_on_row_order(corpus):
    marks, links, ticks, window = corpus
    again = draw(marks, links.sample(frac=1, random_state=3), ticks, window)
    one, other = draw(*corpus), again
    assert [trace.name for trace in one.data] == [trace.name for trace in other.data]


def test_words_are_larger_on_a_projector(corpus):
    near, far = draw(*corpus), draw(*corpus, present=True)
    assert min(note.font.size for note in far.layout.annotations) > min(
        note.font.size for note in near.layout.annotations
    )
    assert far.layout.legend.font.size > near.layout.legend.font.size


@pytest.mark.parametrize("options", [{"dark": True}, {"lang": "en"}, {"present": True}], ids=str)
def test_options_draw(corpus, options):
    assert len(draw(*corpus, **options).data) > 8


# --- rows and words on the axis


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.5)), max_size=40))
@settings(max_examples=200)
def test_spans_of_one_row_do_not_overlap_while_rows_last(items):
    spans = sorted((low, low + width) for low, width in items)
    rows = pack(spans, 1000)
    for row in set(rows):
        own = [span for span, at in zip(spans, rows, strict=True) if at == row]
        assert all(a[1] <= b[0] for a, b in pairwise(own))


def test_words_near_the_right_edge_hang_to_the_left():
    window = (pd.Timestamp("2021-01-01"), pd.Timestamp("2021-12-31"))
    assert label_rows([(pd.Timestamp("2021-12-01"), "Nghị quyết 128")], window) == [(0, True)]
    assert [row for row, _ in label_rows([(pd.Timestamp("2021-03-01"), "Chỉ thị 15")] * 3, window)] == [0, 1, 2]


def test_marks_of_one_day_stand_apart(corpus):
    marks, _, _, window = corpus
    lanes = frames.lane_order(marks, NAMES)
    places = place_marks(marks, lanes, window, style_of(len(marks), len(lanes)))
    spots = list(zip(marks["lane"], marks["day"], places.y, strict=True))
    assert len(set(spots)) == len(spots)
    assert all(places.tops[lane] < y < places.feet[lane] for lane, _, y in spots)


# --- the escalation profile


@pytest.fixture(scope="module")
def profile(atlas, corpus, tables):
    steps = score_steps_frame(score_frame(atlas), dated_measures(atlas), list(NAMES))
    return steps, stance_frame(corpus[0], tables["measures"])


def draw_profile(steps, stances, window, **options):
    options = {"title": "t", "source": "s", "province_names": NAMES, "words": WORDS} | options
    return profile_figure(steps, stances, window=window, **options)


def test_steps_say_what_moved_them_and_how_much_was_observed(profile, corpus):
    steps = profile[0]
    own = steps[steps["province_code"] == "VN-58"]
    assert own["day"].is_monotonic_increasing and own["score"].between(0, 100).all()
    assert all(codes and directive for codes, directive in zip(own["codes"], own["directive_id"], strict=True))
    fig = draw_profile(*profile, corpus[3])
    stated, carried = traces(fig, "Bình Phước")[0], traces(fig, "carried:VN-58")[0]
    assert stated.mode.startswith("markers") and carried.mode == "lines" and carried.line.shape == "hv"
    assert all(text.endswith("/9") for text in stated.text)
    assert all("Do: " in text for text in stated.hovertext)


def test_bình_dương_relaxes_distancing_and_tightens_testing(profile, corpus):
    row = profile[1].set_index("province").loc["Bình Dương"]
    assert "stay_at_home" in row["relax"] and "testing" in row["tighten"]
    relaxed = traces(draw_profile(*profile, corpus[3]), "Nới lỏng")[0]
    assert all(y < 0 for y in relaxed.y)
    assert any("Giãn cách" in text for text in relaxed.hovertext)


def test_the_profile_shares_the_axis_of_the_lanes(profile, corpus):
    lanes, below = draw(*corpus), draw_profile(*profile, corpus[3])
    assert below.layout.xaxis.range == below.layout.xaxis2.range == lanes.layout.xaxis.range
    assert (below.layout.margin.l, below.layout.margin.r) == (lanes.layout.margin.l, lanes.layout.margin.r)
    assert not below.layout.yaxis.automargin


def test_an_unknown_score_is_a_gap():
    steps = pd.DataFrame(
        {
            "province_code": ["VN-58"] * 2,
            "day": pd.to_datetime(["2021-05-01", "2021-06-01"]),
            "score": [50.0, np.nan],
            "n_observed": [1, 0],
            "indicators": ["C6=2", "C6=?"],
            "codes": [("stay_at_home",)] * 2,
            "directive_id": ["a", "b"],
            "number": ["1", "2"],
            "dated": [True, True],
        }
    )
    window = (pd.Timestamp("2021-04-01"), pd.Timestamp("2021-07-01"))
    fig = draw_profile(steps, stance_frame(empty_marks(), typed("measures")), window)
    assert np.isnan(traces(fig, "carried:VN-58")[0].y[-1])
    assert "không còn biết" in traces(fig, "Bình Phước")[0].hovertext[1]


def empty_marks():
    return all_frames(empty_tables())[0]


def test_profile_of_nothing_says_so():
    steps = score_steps_frame(NO_SCORES, typed("measures").assign(number="", dated=True), [])
    pd.testing.assert_frame_equal(steps, NO_STEPS)
    window = (pd.Timestamp("2021-04-01"), pd.Timestamp("2021-07-01"))
    fig = draw_profile(steps, stance_frame(empty_marks(), typed("measures")), window)
    assert not fig.data and fig.layout.annotations[0].text


def test_at_most_eight_provinces_are_drawn():
    scores = pd.DataFrame({"province_code": [f"P{n}" for n in range(20) for _ in range(n)]})
    drawn = busiest_provinces(scores, [f"P{n}" for n in range(20)])
    assert drawn == [f"P{n}" for n in range(12, 20)]


# --- national context


def test_national_lines_are_called_national_and_keep_their_own_scale():
    days = [ContextDay(date(2021, 5, n), 50.0 + n, 100 * n, {}) for n in range(1, 11)]
    window = (pd.Timestamp("2021-05-03"), pd.Timestamp("2021-05-08"))
    fig = context_figure(context_frame(days), title="t", source="s", words=WORDS, window=window)
    assert [len(trace.x) for trace in fig.data] == [6, 6]
    assert all("nước" in note.text or "quốc gia" in note.text for note in fig.layout.annotations)
    assert fig.layout.yaxis.range == (0, 105)
    outside = context_figure(context_frame(days), title="t", source="", words=WORDS, window=(window[1], window[1]))
    assert not [trace for trace in outside.data if len(trace.x) > 1]
    assert context_figure(context_frame([]), title="t", source="", words=WORDS, window=window).data == ()


# --- five thousand


def many_tables(n: int, seed: int = 5) -> dict[str, pd.DataFrame]:
    """Tables of ``n`` synthetic directives of 63 provinces: one in ten undated, with citations, days, measures."""
    dice = random.Random(seed)
    days = pd.date_range("2020-03-01", "2021-12-31")
    held = []
    for at in range(n):
        code, branch, day = dice.randrange(63), dice.choice(["party", "government"]), dice.choice(days)
        undated = at % 10 == 0
        held.append(
            {
                "directive_id": f"tinh-so-{code:02d}/{at}-ubnd-kgvx/{day:%Y-%m-%d}",
                "province": f"Tỉnh {code:02d}",
                "province_code": f"VN-{code:02d}",
                "level": "province",
                "issuer": "Ủy ban nhân dân tỉnh",
                "issuer_branch": branch,
                "doc_type": dice.choice(["official_letter", "directive", "telegram", "decision", "notice"]),
                "number": f"{at}/UBND-KGVX",
                "subject": "V/v tăng cường phòng, chống dịch",
                "issue_date": pd.NaT if undated else day,
                "date_basis": "header",
                "date_estimate": day,
                "date_earliest": day,
                "date_latest": pd.NaT if undated else day,
                "urgency": dice.choice(["none", "khan", "thuong_khan", "hoa_toc"]),
            }
        )
    directives = pd.DataFrame(held)
    ids = list(directives["directive_id"])
    cited = [
        {
            "directive_id": item,
            "number": "x",
            "doc_type": "directive",
            "date": pd.NaT,
            "date_basis": "",
            "issuer": "",
            "relation": "implements",
            "cited_directive_id": dice.choice(ids),
            "quote": "Thực hiện công văn",
            "char_start": 1,
            "char_end": 2,
            "provision_label": "",
        }
        for item in ids
    ]
    dates = [
        {
            "directive_id": item,
            "provision_label": "",
            "date": dice.choice(days),
            "time": "",
            "kind": "deadline",
            "quote": "trước ngày",
            "char_start": 1,
            "char_end": 2,
        }
        for item in ids[::3]
    ]
    measures = [
        {"directive_id": item, "stance": dice.choice(frames.STANCES), "code": dice.choice(["testing", "schools"])}
        for item in ids
        for _ in range(dice.randrange(12))
    ]
    return {
        "directives": directives,
        "citations": pd.DataFrame(cited),
        "dates": pd.DataFrame(dates),
        "measures": pd.DataFrame(measures),
    }


def test_five_thousand_directives_stay_under_a_megabyte():
    tables = many_tables(5000)
    marks, links, ticks, window = all_frames(tables)
    names = {item: item for item in frames.lane_order(marks, {})}
    references = [(pd.Timestamp("2020-04-01"), "Chỉ thị 16")]
    fig = draw(marks, links, ticks, window, lane_names=names, references=references)
    again = draw(
        marks, links, ticks, window, lane_names=names, references=references, chosen=marks["directive_id"].iloc[77]
    )
    assert fig.to_json() == again.to_json(), "a click does not change it, so it is not sent again"
    assert len(fig.to_json().encode()) < 1_000_000
    held = [trace for trace in fig.data if trace.name.startswith("held:")]
    assert sum(len(trace.x) for trace in held) == 5000 > MANY
    assert not traces(fig, "links") and not traces(fig, "chosen")


def test_needles_of_thousands_are_summed_by_week():
    tables = many_tables(5000)
    marks, _, _, window = all_frames(tables)
    stances = stance_frame(marks, tables["measures"])
    assert stances["n_tighten"].sum() == (tables["measures"]["stance"] == "tighten").sum()
    assert stances["day"].dt.day_of_week.eq(0).all() and len(stances) < 120
    fig = draw_profile(NO_STEPS, stances, window)
    assert len(fig.to_json().encode()) < 200_000
    assert all(item.startswith("week:") for item in traces(fig, "Nới lỏng")[0].customdata)
