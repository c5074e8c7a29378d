"""Noise: spans never break, and 2 % of confused characters leaves header and measures usable."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.build import ROOT
from loaders.clean import clean_text
from loaders.fold import fold
from loaders.parse import parse_source
from loaders.source import SourceText
from tests.perturb import (
    NAMES,
    NOISES,
    Trial,
    confuse_characters,
    header_score,
    measure,
    perturb,
    read_trial,
    rows_of,
    shuffle_bundle,
    swap_provinces,
    swap_tone_marks,
)

UNSEEN = ROOT / "tests" / "unseen"
QUOTED = ("measures", "tasks", "citations", "dates", "figures")


@pytest.fixture(scope="module")
def corpus() -> Trial:
    return read_trial()


@pytest.fixture(scope="module", params=["dev", "heldout"])
def unseen(request) -> Trial:
    return read_trial(UNSEEN / request.param / "gold", UNSEEN / request.param / "sources")


def broken_spans(trial: Trial) -> list[str]:
    rows = rows_of(trial)
    text = {row["directive_id"]: row["text"] for row in rows["sources"] if row["is_primary"]}
    bad = [
        f"{name}: {row['quote']!r}"
        for name in QUOTED
        for row in rows[name]
        if text[row["directive_id"]][row["char_start"] : row["char_end"]] != row["quote"] or not row["quote"]
    ]
    return bad + [
        f"provision {row['label']}"
        for row in rows["provisions"]
        if text[row["directive_id"]][row["char_start"] : row["char_end"]] != row["text"]
    ]


@pytest.mark.parametrize("name", NAMES)
def test_no_span_of_the_corpus_breaks(corpus, name):
    assert broken_spans(perturb(corpus, name, seed=3)) == []


@pytest.mark.parametrize("name", NAMES)
def test_no_span_of_unseen_papers_breaks(unseen, name):
    assert broken_spans(perturb(unseen, name, seed=3)) == []


@pytest.mark.parametrize("seed", [7, 11, 23])
def test_two_percent_noise_leaves_header_and_measures(corpus, seed):
    report = measure(corpus, "2 %", seed)
    assert header_score(report) >= 0.9
    assert report.scores["measures by directive"].f1 >= 0.85
    assert report.scores["measures by provision"].f1 >= 0.85
    assert report.scores["tasks"].f1 >= 0.85
    assert report.scores["citations"].f1 >= 0.75


@pytest.mark.parametrize("name", ["NFD", "tone", "page", "shuffled", "provinces"])
def test_noise_that_changes_no_word_changes_no_score(corpus, name):
    calm, noisy = measure(corpus, "clean"), measure(corpus, name)
    worse = {
        field: (score.f1, noisy.scores[field].f1)
        for field, score in calm.scores.items()
        if noisy.scores[field].f1 < score.f1 - 1e-9
    }
    assert worse == {}


def test_noise_is_seeded_and_as_strong_as_asked(corpus):
    text = unicodedata.normalize("NFC", max(corpus.texts.values(), key=len))
    noisy = confuse_characters(text, 5, 0.02)
    assert noisy == confuse_characters(text, 5, 0.02) != confuse_characters(text, 6, 0.02)
    same_length = confuse_characters(text.replace("m", "n"), 5, 0.02)
    changed = sum(one != two for one, two in zip(text.replace("m", "n"), same_length, strict=True))
    assert changed == round(0.02 * sum(not char.isspace() for char in text))


def test_swapped_tones_change_letters_but_not_the_fold(corpus):
    for text in corpus.texts.values():
        text = unicodedata.normalize("NFC", text)
        swapped = swap_tone_marks(text, 0)
        assert swapped != text and fold(swapped) == fold(text)


def test_swapped_provinces_leave_no_name_behind(corpus):
    for text in corpus.texts.values():
        assert "Bình Phước" not in swap_provinces(text) and "BÌNH PHƯỚC" not in swap_provinces(text)


def test_a_shuffled_bundle_keeps_every_document(corpus):
    text = max(corpus.texts.values(), key=len)
    shuffled, order = shuffle_bundle(text, 4)
    assert sorted(order) == list(range(1, len(order) + 1)) and len(order) == 5
    assert sorted(shuffled.split()) == sorted(clean_text(text).split())


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_heavy_mixed_noise_never_raises(corpus, data):
    text = data.draw(st.sampled_from(sorted(corpus.texts.values())))
    for name in data.draw(st.lists(st.sampled_from(sorted(NOISES)), max_size=3)):
        text = NOISES[name](text, data.draw(st.integers(0, 99)))
    start = data.draw(st.integers(0, max(0, len(text) - 1500)))
    part = text[start : start + 1500]
    documents = parse_source(
        SourceText(path="noise.txt", text=part, media_type="text/plain", method="text", sha256="0")
    )
    assert all(document.text == clean_text(part)[document.char_start : document.char_end] for document in documents)
