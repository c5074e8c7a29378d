"""The codec of the view state: what it writes it reads, what it does not know it drops and says."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.tables import BRANCHES, DOC_TYPES, URGENCIES
from views._state import CORE, ViewState, choice, decode, encode, flag, ident, idents, number, url, words

EXTRAS = (choice("rows", ("province", "month"), "province"), flag("ghosts"), number("top", 10, 1, 99), ident("cell"))
IDS = st.from_regex(r"[a-z0-9][a-z0-9./#:-]{0,20}", fullmatch=True)
DAYS = st.none() | st.dates(date(2019, 1, 1), date(2022, 12, 31))


@st.composite
def states(draw):
    start, end = draw(DAYS), draw(DAYS)
    if start and end and start > end:
        start, end = end, start
    subset = lambda options: st.lists(st.sampled_from(options), unique=True).map(lambda chosen: tuple(sorted(chosen)))  # noqa: E731
    return ViewState(
        lang=draw(st.sampled_from(("", "vi", "en"))),
        start=start,
        end=end,
        provinces=draw(subset(("VN-58", "VN-47", "VN-HN"))),
        branches=draw(subset(BRANCHES)),
        types=draw(subset(DOC_TYPES)),
        urgencies=draw(subset(URGENCIES)),
        measures=draw(st.lists(IDS, unique=True, max_size=4).map(lambda codes: tuple(sorted(codes)))),
        on=draw(DAYS),
        directive=draw(IDS),
        fact=draw(IDS),
        q=draw(st.text(st.characters(categories=("L", "N", "P")), max_size=40)),
        present=draw(st.booleans()),
        extra={
            "rows": draw(st.sampled_from(("province", "month"))),
            "ghosts": draw(st.booleans()),
            "top": draw(st.integers(1, 99)),
            "cell": draw(IDS),
        },
    )


@settings(max_examples=300)
@given(states())
def test_what_is_written_is_read(state):
    assert decode(encode(state, EXTRAS), EXTRAS) == (state, ())


@settings(max_examples=300)
@given(
    st.dictionaries(
        st.sampled_from([param.name for param in CORE.values()]) | st.text(max_size=5), st.text(max_size=30)
    )
)
def test_no_query_string_breaks_it(params):
    state, dropped = decode(params, EXTRAS)
    assert isinstance(state, ViewState)
    assert set(dropped) <= set(params)


def test_parameters_are_sorted_and_defaults_left_out():
    written = encode(ViewState(q="5K", lang="en", extra={"rows": "province", "ghosts": True}), EXTRAS)
    assert list(written) == sorted(written)
    assert written == {"ghosts": "1", "lang": "en", "q": "5K", "v": "1"}
    assert encode(ViewState()) == {}


@pytest.mark.parametrize(
    ("params", "dropped"),
    [
        pytest.param({"lang": "fr"}, ("lang",), id="a language there is not"),
        pytest.param({"from": "2021-02-31"}, ("from",), id="a day there is not"),
        pytest.param({"from": "20210506"}, ("from",), id="a day in another form"),
        pytest.param({"from": "2021-06-01", "to": "2021-05-01"}, ("from", "to"), id="a reversed window"),
        pytest.param({"branch": "party,army"}, ("branch",), id="one unknown word in a list"),
        pytest.param({"province": ",".join(f"VN-{n}" for n in range(300))}, ("province",), id="a list too long"),
        pytest.param({"d": "<script>"}, ("d",), id="markup for an id"),
        pytest.param({"q": "a" * 201}, ("q",), id="words too long"),
        pytest.param({"top": "100"}, ("top",), id="a number out of range"),
        pytest.param({"top": "1e3"}, ("top",), id="a number in another form"),
        pytest.param({"v": "2"}, ("v",), id="a version to come"),
        pytest.param({"utm_source": "x"}, ("utm_source",), id="a foreign parameter"),
    ],
)
def test_bad_values_are_dropped_and_named(params, dropped):
    state, said = decode(params, EXTRAS)
    assert said == dropped
    assert state == decode({}, EXTRAS)[0]


def test_good_values_survive_beside_bad_ones():
    state, dropped = decode({"from": "2021-05-01", "to": "never", "province": "VN-58"})
    assert (state.start, state.provinces, dropped) == (date(2021, 5, 1), ("VN-58",), ("to",))


def test_a_change_goes_to_the_field_or_the_extra():
    state = ViewState(extra={"rows": "month"}).but(q="chốt", rows="province")
    assert (state.q, state.extra) == ("chốt", {"rows": "province"})


def test_links_keep_language_and_filters_but_no_selection():
    state = ViewState(lang="vi", provinces=("VN-58",), directive="a/b", q="x", extra={"rows": "month"})
    assert state.filters() == ViewState(lang="vi", provinces=("VN-58",))


def test_an_address_is_readable():
    state = ViewState(directive="binh-phuoc/7-ubnd/2021-05-27", fact="measures:10-20:testing")
    assert url("reader", state) == "/reader?d=binh-phuoc/7-ubnd/2021-05-27&f=measures:10-20:testing&v=1"
    assert url("reader", ViewState(q="khai báo & 5K")).endswith("q=khai%20b%C3%A1o%20%26%205K&v=1")


def test_typed_lists_and_words():
    assert idents("x", ("a", "b")).parse("b,a") == ("a", "b")
    assert words("x").parse("  chốt\n kiểm soát ") == "chốt kiểm soát"
