"""The catalogues: both languages, equal placeholders, every key that code asks for; the escape of documents' words."""

import ast
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from views._text import MessageError, measure_entries, messages, placeholders, plain, translator

ROOT = Path(__file__).resolve().parent.parent
KEYS = sorted(messages())
SEVERITIES = ("error", "warning", "info")
_MARKED = re.compile(r"[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.I)


def variants(leaf):
    return list(leaf.values()) if isinstance(leaf, dict) else [leaf]


@pytest.mark.parametrize("key", KEYS)
def test_a_message_is_whole_in_both_languages(key):
    vi, en = messages()[key]["vi"], messages()[key]["en"]
    assert isinstance(vi, str) and vi.strip(), "Vietnamese has one form"
    assert all(isinstance(text, str) and text.strip() for text in variants(en))
    if isinstance(en, dict):
        assert set(en) == {"one", "other"}
    assert set().union(*map(placeholders, variants(en))) == placeholders(vi), "placeholders differ"


def test_vietnamese_is_written_with_its_marks():
    long = [messages()[key]["vi"] for key in KEYS if len(messages()[key]["vi"]) > 25]
    bare = [text for text in long if not _MARKED.search(text) and "{" not in text]
    assert long and not bare


def _asked(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name == "t" and isinstance(node.args[0].value, str):
                yield node.args[0].value


@pytest.mark.parametrize("path", sorted((ROOT / "views").glob("*.py")), ids=lambda path: path.stem)
def test_every_key_that_a_page_asks_for_is_there(path):
    assert [key for key in _asked(path) if key not in messages()] == []


def _raised(path):
    """Codes of the problems that a stage raises: the literal before a severity."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            words = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
            yield from (code for code, severity in pairwise(words) if code and severity in SEVERITIES)


@pytest.mark.parametrize("path", sorted((ROOT / "loaders").rglob("*.py")), ids=lambda path: path.stem)
def test_every_problem_has_words_in_both_languages(path):
    families = ("problem", "import.problem", "import.error")
    assert [code for code in _raised(path) if not any(f"{name}.{code}" in messages() for name in families)] == []


def test_a_problem_in_vietnamese_keeps_the_words_it_quotes():
    said = 'Issued on 2021-05-01, before a document it cites, "Công văn 5".'
    assert translator("en").problem("cites-later-document", said) == said
    assert translator("vi").problem("cites-later-document", said).endswith("“Công văn 5”")
    assert translator("vi").problem("of-no-catalogue", said) == said


def test_a_missing_key_is_named():
    with pytest.raises(MessageError, match=r"overview\.nothing_of_the_kind"):
        translator("vi")("overview.nothing_of_the_kind")


def test_numbers_and_days_follow_the_language():
    vi, en = translator("vi"), translator("en")
    assert (vi.number(1234.5, 1), en.number(1234.5, 1)) == ("1.234,5", "1,234.5")
    assert (vi.day(date(2021, 5, 6)), en.day(date(2021, 5, 6))) == ("06/05/2021", "6 May 2021")
    assert vi.day(pd.NaT) == "–"
    assert vi.month(date(2021, 5, 6)) == "tháng 5/2021"
    assert en.months(pd.Timestamp("2021-05-06"), pd.Timestamp("2021-07-01")) == "May – Jul 2021"
    assert vi.list(["a", "b", "c"]) == "a, b và c"


def test_english_counts_one_and_many():
    t = translator("en")
    assert t("source.tables", n=1) == "Source: 1 directive held in Directive Atlas"
    assert t("source.tables", n=7) == "Source: 7 directives held in Directive Atlas"


def test_bounds_say_what_is_open():
    t = translator("vi")
    assert t.span(pd.Timestamp("2021-03-29"), pd.NaT) == "từ 29/03/2021 trở đi"
    assert t.span(pd.NaT, pd.NaT) == "không rõ mốc nào"


def test_measures_are_named_by_the_vocabulary():
    assert translator("vi").name("measure", "testing") == "Xét nghiệm"
    assert len(measure_entries()) == 30
    assert translator("en").name("measure", "not_a_code") == "not_a_code"


HOSTILE = [
    "**đậm** và *nghiêng*",
    "# Tiêu đề",
    "<script>alert(1)</script>",
    "[liên kết](http://x.example)",
    "![ảnh](http://x.example/a.png)",
    "$x^2$",
    ":red[đỏ]",
    ":material/home:",
    ":smile:",
    "http://x.example",
    "www.x.example",
    "a@b.example",
    "a -> b",
    "`mã`",
    "1. một",
    "- hai",
    "| a | b |",
    "&lt;b&gt;",
    "~~xóa~~",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_words_of_a_document_carry_no_live_markup(text):
    safe = plain(text)
    assert re.sub(r"\\(.)|\u2060", r"\1", safe) == text, "nothing but escapes is added"
    assert not re.search(r"(?<!\\)[*_`$<>\[\]#|~]", safe)
    assert not re.search(r"https?:\\?/|:[a-z]+\\?:|www\\?\.|\w@\w", safe)


@given(st.text())
def test_the_escape_adds_only_escapes(text):
    assert re.sub(r"\\([^\w\s]|_)|\u2060", r"\1", plain(text.replace("\\", "").replace("\u2060", ""))) == re.sub(
        r"\s+", " ", text.replace("\\", "").replace("\u2060", "")
    )
