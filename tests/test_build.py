"""The main job on the real corpus: census, determinism, increments, atomic writes, bad sources, the command line."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from loaders import build as building
from loaders.__main__ import main
from loaders.build import SourceFile, build, find_sources, is_stale, parse_all, tables_of
from loaders.tables import SPECS, check_spans, read_table
from tests.conftest import CORPUS, ROOT


def digest(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.is_file()}


def test_the_corpus_gives_nine_documents_and_seven_directives(atlas):
    directives, sources = atlas.table("directives"), atlas.table("sources")
    assert len(sources) == 9 == atlas.n_documents
    assert sources["path"].nunique() == 5
    assert len(directives) == 7
    copies = directives.set_index("number")["n_copies"]
    assert copies["360-CV/TU"] == copies["396-CV/TU"] == 2
    assert (sources.groupby("directive_id")["is_primary"].sum() == 1).all()


def test_every_quote_is_cut_by_its_span(corpus_tables):
    tables = {name: read_table(name, corpus_tables) for name in SPECS}
    assert sum(tables[name].num_rows for name, spec in SPECS.items() if spec.spans) > 150
    check_spans(tables)


def test_evidence_spans_cut_their_copies(atlas):
    texts = atlas.table("sources").set_index(["path", "ordinal"])["text"]
    rows = atlas.table("evidence")
    assert {"number", "issue_date", "addressee", "copy", "signatory_name"} <= set(rows["field"])
    for row in rows.itertuples():
        assert texts[row.path, row.ordinal][row.char_start : row.char_end] == row.quote


def test_the_second_letter_of_a_day_implements_the_first(atlas):
    citations = atlas.table("citations")
    held = citations[(citations["number"] == "396-CV/TU") & (citations["relation"] == "implements")]
    assert set(held["cited_directive_id"]) == {"binh-phuoc/396-cv-tu/2021-05-27"}


def test_same_bytes_twice_and_in_another_order(tmp_path, corpus_tables):
    folders = sorted(CORPUS.iterdir())
    build([CORPUS], tmp_path / "again", cache_dir=None)
    assert digest(tmp_path / "again") == digest(corpus_tables)
    files = find_sources([CORPUS])
    shuffled = tables_of(sorted(parse_all(files[::-1]), key=lambda source: source.path))
    for name, table in shuffled.items():
        assert table.equals(read_table(name, corpus_tables)), name
    build(folders[::-1], tmp_path / "folders", cache_dir=None)
    build(folders, tmp_path / "forward", cache_dir=None)
    assert digest(tmp_path / "folders") == digest(tmp_path / "forward")


def test_same_bytes_with_two_workers(tmp_path, corpus_tables):
    build([CORPUS], tmp_path, workers=2, cache_dir=None)
    assert digest(tmp_path) == digest(corpus_tables)


def test_second_build_reads_nothing_again(tmp_path, monkeypatch):
    build([CORPUS], tmp_path / "out", cache_dir=tmp_path / "cache")
    first = digest(tmp_path / "out")
    monkeypatch.setattr(building, "read_source", lambda *_, **__: pytest.fail("a source was read again"))
    build([CORPUS], tmp_path / "out", cache_dir=tmp_path / "cache")
    assert digest(tmp_path / "out") == first


def test_removing_a_source_removes_its_rows_and_makes_the_tables_stale(tmp_path):
    corpus = tmp_path / "corpus"
    shutil.copytree(CORPUS, corpus)
    build([corpus], tmp_path / "out", cache_dir=None)
    assert not is_stale(tmp_path / "out", [corpus])
    shutil.rmtree(corpus / "binh-duong")
    assert is_stale(tmp_path / "out", [corpus])
    report = build([corpus], tmp_path / "out", cache_dir=None)
    assert report.directives == 6
    assert "VN-57" not in read_table("directives", tmp_path / "out").column("province_code").to_pylist()


@pytest.mark.parametrize("moment", ["before the commit", "after the commit"])
def test_a_killed_write_leaves_whole_tables(tmp_path, monkeypatch, moment):
    build([CORPUS], tmp_path, cache_dir=None)
    before = digest(tmp_path)
    files = find_sources([CORPUS])[:2]
    parsed = list(parse_all(files))
    tables = tables_of(parsed)
    renames = []

    def die(source, target):
        renames.append(target)
        if moment == "before the commit" or len(renames) > 1:
            raise KeyboardInterrupt
        os.replace(source, target)

    monkeypatch.setattr(building.os, "rename", die if moment == "before the commit" else os.rename)
    monkeypatch.setattr(building, "recover", _dies_half_way if moment == "after the commit" else building.recover)
    with pytest.raises(KeyboardInterrupt):
        building.write_tables(tables, building._manifest(parsed, building._census(parsed, tables, ()), ()), tmp_path)
    monkeypatch.undo()
    building.recover(tmp_path)
    if moment == "before the commit":
        assert digest(tmp_path) == before
    else:
        assert read_table("sources", tmp_path).equals(tables["sources"])
        assert len(building.read_manifest(tmp_path)["sources"]) == 2


def _dies_half_way(out: Path) -> None:
    committed = out / ".committed"
    if committed.is_dir():
        file = sorted(committed.iterdir())[0]
        os.replace(file, out / file.name)
        raise KeyboardInterrupt


def test_a_build_process_killed_at_any_time_leaves_readable_tables(tmp_path):
    out = tmp_path / "out"
    build([CORPUS], out, cache_dir=None)
    for delay in (0.3, 0.7, 1.0, 1.3):
        command = [sys.executable, "-m", "loaders", "build", str(CORPUS), "--out", str(out)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        building.recover(out)
        assert {name: read_table(name, out).num_rows for name in SPECS}["directives"] == 7


def test_a_source_that_cannot_be_read_is_told_and_the_rest_is_built(tmp_path, capsys):
    shutil.copytree(CORPUS / "binh-duong", tmp_path / "in")
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    assert main(["build", str(tmp_path / "in"), "--out", str(tmp_path / "out")]) == 1
    assert "empty.txt" in capsys.readouterr().out
    rows = read_table("problems", tmp_path / "out").to_pylist()
    assert [row["path"] for row in rows if row["code"] == "unreadable"] == ["empty.txt"]
    assert read_table("directives", tmp_path / "out").num_rows == 1


def test_a_file_without_a_directive_is_a_row(tmp_path):
    (tmp_path / "recipe.txt").write_text("Cách nấu phở bò. Cho xương vào nồi, ninh trong tám giờ.", encoding="utf-8")
    report = build([tmp_path], tmp_path / "out", cache_dir=None)
    assert report.problems, "silence about a file that is no directive"


@pytest.mark.parametrize(
    "arguments",
    [["build", "no/such/place"], ["export", "out", "--format", "csv", "--tables", "no/such/tables"], ["evaluate", "."]],
    ids=["missing source", "no tables", "no gold"],
)
def test_wrong_use_exits_two_and_says_what_to_do(arguments, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert "error:" in capsys.readouterr().err


def test_check_writes_nothing(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["check", str(CORPUS)]) == 0
    assert "396-CV/TU" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())


def test_two_files_of_one_name_are_told_apart(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "letter.txt").write_text(folder, encoding="utf-8")
    assert [file.path for file in find_sources([tmp_path / "a", tmp_path / "b"])] == ["a/letter.txt", "b/letter.txt"]
    assert isinstance(find_sources([tmp_path])[0], SourceFile)


def test_a_dask_cluster_gives_the_same_bytes(tmp_path, corpus_tables):
    distributed = pytest.importorskip("distributed", reason="the extra `dask` is not installed")
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    )
    with cluster:
        build([CORPUS], tmp_path, scheduler=cluster.scheduler_address, cache_dir=None)
    assert digest(tmp_path) == digest(corpus_tables)


def test_parquet_columns_are_the_contract(corpus_tables):
    for name, spec in SPECS.items():
        assert pq.read_schema(corpus_tables / f"{name}.parquet").names == list(spec.columns)
