"""Corrections through the pages and functions that pages call: gate, guard, marks, filter, report, CSV, migrations."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import create_engine, inspect, text

from loaders.build import build
from loaders.corrections import (
    CorrectionError,
    apply_corrections,
    corrected_fields,
    correction_report,
    parse_row,
    read_csv,
    take_corrections,
    write_csv,
)
from loaders.queries import Atlas
from loaders.refresh import refresh
from loaders.store import LOCAL_USER, Editors, NotAnEditor, Store, StoreError, row_key
from loaders.tables import SPECS, read_table
from tests.conftest import CORPUS

DIRECTIVE = "kien-giang/directive-9479647a/undated"
KEY = row_key("directives", {"directive_id": DIRECTIVE})


@pytest.fixture
def store(tmp_path):
    opened = Store(f"sqlite:///{tmp_path / 'atlas.sqlite'}", Editors())
    yield opened
    opened.engine.dispose()


@pytest.fixture
def rows(corpus_tables):
    return {name: read_table(name, corpus_tables).to_pylist() for name in SPECS}


def mend(store, table, key, field, expected, value):
    return store.correct(LOCAL_USER, table, key, field, expected=expected, value=value, reason="read again")


def words(app) -> str:
    kinds = ("markdown", "caption", "info", "error", "warning", "success")
    return " ".join(str(item.value) for kind in kinds for item in getattr(app, kind)).replace("\\", "")


class TestGate:
    def test_who_is_no_editor_has_no_form_and_no_write(self, dashboard, monkeypatch, tmp_path):
        monkeypatch.setenv("ATLAS_EDITORS", "an@example.org")
        app = dashboard("reader", lang="en", d=DIRECTIVE, correct="1")
        assert not app.exception
        assert "You may read but not correct" in words(app)
        assert not [button for button in app.button if button.label == "Save the correction"]
        store = Store(f"sqlite:///{tmp_path / 'atlas.sqlite'}")
        for author in (LOCAL_USER, "", "binh@example.org"):
            with pytest.raises(NotAnEditor):
                store.correct(author, "directives", KEY, "subject", expected="", value="x", reason="r")
        assert store.history() == [] == store.audit_log()

    def test_a_server_that_answers_beyond_localhost_without_sign_in_is_read_only(self, dashboard, monkeypatch):
        import streamlit

        held = streamlit.get_option
        monkeypatch.setattr(streamlit, "get_option", lambda key: "0.0.0.0" if key == "server.address" else held(key))
        app = dashboard("reader", lang="en", d=DIRECTIVE, correct="1")
        assert "You may read but not correct" in words(app)

    @pytest.mark.parametrize(
        ("table", "field"),
        [("measures", "quote"), ("measures", "char_start"), ("directives", "directive_id"), ("sources", "text")],
    )
    def test_what_ties_a_fact_to_its_words_is_not_corrected(self, store, table, field):
        with pytest.raises(StoreError, match="correct"):
            mend(store, table, '["x"]', field, "", "y")


class TestPage:
    def test_a_correction_is_made_shown_and_undone(self, dashboard):
        app = dashboard("reader", lang="en", d=DIRECTIVE, correct="1")
        value = next(item for item in app.text_input if item.label == "Right value")
        value.input("2021-04-15")
        next(item for item in app.text_input if item.label == "Reason, source").input("gazette")
        next(item for item in app.button if item.label == "Save the correction").click().run()
        assert not app.exception
        said = words(app)
        assert "Saved; the data were built anew." in said
        assert "15 Apr 2021 :small[:blue[✎ the machine read: (empty)]]" in said
        assert "Issue date: the machine read “(empty)”, now “15 Apr 2021”" in said
        next(item for item in app.button if item.label == "Undo").click().run()
        assert not app.exception
        assert "[no date]" in words(app)
        assert "undid correction" in words(app)

    def test_a_wrong_value_is_refused_with_the_reason(self, dashboard):
        app = dashboard("reader", lang="en", d=DIRECTIVE, correct="1")
        next(item for item in app.text_input if item.label == "Right value").input("31/2/2021")
        next(item for item in app.text_input if item.label == "Reason, source").input("gazette")
        next(item for item in app.button if item.label == "Save the correction").click().run()
        assert "write days as 2021-05-27" in words(app)

    def test_only_checked_documents(self, dashboard, tmp_path):
        Store(f"sqlite:///{tmp_path / 'atlas.sqlite'}", Editors()).verify(LOCAL_USER, DIRECTIVE, "checked")
        app = dashboard("reader", lang="en", checked="1")
        assert any("1 of 7 directives" in item.label and "Only checked" in item.label for item in app.expander)
        assert dashboard("reader", lang="en", checked="x").info


class TestGuard:
    def test_a_source_that_changed_stops_a_correction_and_says_so(self, store, tmp_path):
        folder = tmp_path / "sources"
        folder.mkdir()
        source = next(CORPUS.glob("kien-giang/*.txt"))
        (folder / "a.txt").write_bytes(source.read_bytes())
        out, uploads = tmp_path / "tables", tmp_path / "uploads"
        refresh(out, [folder], store, uploads)
        row = Atlas(out).table("dates").iloc[0]
        mend(store, "dates", row_key("dates", row), "kind", row["kind"], "event")
        assert refresh(out, [folder], store, uploads)
        assert not refresh(out, [folder], store, uploads), "fresh tables were built again"
        assert "event" in set(Atlas(out).table("dates")["kind"])
        (folder / "a.txt").write_text("Một dòng mới.\n" + source.read_text(encoding="utf-8"), encoding="utf-8")
        refresh(out, [folder], store, uploads)
        problems = Atlas(out).table("problems")
        assert "not-applied" in set(problems["code"])
        assert "no longer there" in problems.loc[problems["code"] == "not-applied", "message"].iloc[0]

    def test_no_correction_can_break_a_build(self, store, rows, tmp_path):
        """Keys that collide, ids that are not held, facts without words: each is listed, none stops the build."""
        task = rows["tasks"][0]
        measure = rows["measures"][0]
        mend(store, "tasks", row_key("tasks", task), "actor_id", task["actor_id"], "no/such-body")
        mend(store, "directives", KEY, "province_code", "VN-47", "VN-99")
        text_of = {row["directive_id"]: row["text"] for row in rows["sources"] if row["is_primary"]}
        added = {
            **measure,
            "measure_id": f"{measure['directive_id']}#m0-0-x",
            "char_start": 0,
            "char_end": 0,
            "quote": "",
        }
        store.correct(
            LOCAL_USER, "measures", '["a#m"]', "", expected="", value=json.dumps(added), reason="r", action="add"
        )
        beyond = len(text_of[measure["directive_id"]]) + 5
        away = {**added, "measure_id": "b#m", "char_start": beyond, "char_end": beyond + 2, "quote": "ab"}
        store.correct(
            LOCAL_USER, "measures", '["b#m"]', "", expected="", value=json.dumps(away), reason="r", action="add"
        )
        assert len(apply_corrections(rows, store.standing())[1]) == 4
        report = build([CORPUS], tmp_path / "tables", cache_dir=None, corrections=store.standing())
        assert report.problems["not-applied"] == 4

    def test_a_row_that_is_added_is_whole(self):
        with pytest.raises(CorrectionError, match="must state"):
            parse_row("dates", {"date": "2021-05-27"})
        row = dict.fromkeys(SPECS["dates"].columns, "")
        with pytest.raises(CorrectionError, match="may not be empty"):
            parse_row("dates", row)


def test_the_machines_value_stands_beside_a_corrected_key(store, rows):
    row = rows["dates"][0]
    mend(store, "dates", row_key("dates", row), "kind", row["kind"], "event")
    changed, refused = apply_corrections(rows, store.standing())
    assert not refused
    now = next(item for item in changed["dates"] if item["char_start"] == row["char_start"] and item["kind"] == "event")
    assert corrected_fields(store.standing())["dates", row_key("dates", now)]["kind"].expected == row["kind"]


def test_a_province_is_corrected_by_its_code(store, rows):
    mend(store, "directives", KEY, "province_code", "VN-47", "VN-58")
    changed, _ = apply_corrections(rows, store.standing())
    row = next(item for item in changed["directives"] if item["directive_id"] == DIRECTIVE)
    assert (row["province_code"], row["province"]) == ("VN-58", "Bình Phước")


def test_csv_goes_out_and_in_and_lists_conflicts(store, tmp_path):
    mend(store, "directives", KEY, "subject", "", "=1+1")
    mend(store, "directives", KEY, "number", "", "12-CT/TU")
    content = write_csv(store.standing())
    assert "\n=1" not in content and ",=1" not in content, "a cell is a formula"
    other = Store(f"sqlite:///{tmp_path / 'other.sqlite'}", Editors())
    mend(other, "directives", KEY, "number", "", "13-CT/TU")
    standing, refused = take_corrections(other, LOCAL_USER, read_csv(content))
    assert standing == 1 and len(refused) == 1
    assert "13-CT/TU" in refused[0][1] and "12-CT/TU" in refused[0][1]
    assert {item.value for item in other.standing()} == {"=1+1", "13-CT/TU"}
    assert take_corrections(store, LOCAL_USER, read_csv(content)) == (2, [])
    with pytest.raises(NotAnEditor):
        store.verify("binh@example.org", DIRECTIVE, "checked")


def test_corrections_count_as_gold(store):
    mend(store, "directives", KEY, "issue_date", "", "2021-04-15")
    store.correct(
        LOCAL_USER,
        "tasks",
        f'["{DIRECTIVE}", "1", "2", "lead", "x"]',
        "",
        expected="",
        value="",
        reason="r",
        action="reject",
    )
    report = correction_report({"directives": {DIRECTIVE: 1}, "tasks": {DIRECTIVE: 9}}, {DIRECTIVE}, store.standing())
    found = {(row["table"], row["field"]): row for row in report}
    assert found["directives", "issue_date"]["n_corrected"] == 1 and found["directives", "issue_date"]["right"] == 0
    assert found["directives", "number"]["right"] == 1
    assert found["tasks", ""]["n_rejected"] == 1 and found["tasks", ""]["right"] == pytest.approx(0.9)
    assert found["measures", ""]["right"] is None


@pytest.mark.parametrize("place", ["empty", "existing"])
def test_migrations_bring_any_store_up_to_date(tmp_path, place):
    url = f"sqlite:///{tmp_path / 'atlas.sqlite'}"
    if place == "existing":
        first = Store(url, Editors())
        mend(first, "directives", KEY, "number", "", "12-CT/TU")
        first.engine.dispose()
    store = Store(url, Editors())
    assert {"alembic_version", "audit", "corrections", "uploads", "verifications"} <= set(
        inspect(store.engine).get_table_names()
    )
    assert len(store.standing()) == (place == "existing")
    with create_engine(url).connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar_one() == 1
