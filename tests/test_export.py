"""Every export is opened again by the tool it is for."""

import csv
import json

import networkx as nx
import openpyxl
import pyarrow.parquet as pq
import pytest

from loaders.export import export, spreadsheet_safe
from loaders.tables import SPECS, read_table


def test_csv_keeps_every_row_and_its_accents(corpus_tables, tmp_path):
    export(corpus_tables, tmp_path, "csv")
    for name in SPECS:
        raw = (tmp_path / f"{name}.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines(keepends=True)))
        assert len(rows) == read_table(name, corpus_tables).num_rows
    assert "Bình Phước" in (tmp_path / "directives.csv").read_text(encoding="utf-8-sig")


def test_xlsx_has_a_sheet_a_table_with_real_dates(corpus_tables, tmp_path):
    (path,) = export(corpus_tables, tmp_path, "xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == list(SPECS)
    sheet = book["directives"]
    column = [cell.value for cell in sheet[1]].index("issue_date") + 1
    assert sheet.max_row == 8
    assert {cell.value.year for cell in sheet.iter_cols(column, column, 2).__next__() if cell.value} == {2021}


def test_parquet_is_the_same_table(corpus_tables, tmp_path):
    export(corpus_tables, tmp_path, "parquet")
    assert pq.read_table(tmp_path / "measures.parquet").equals(read_table("measures", corpus_tables))


def test_json_holds_every_row(corpus_tables, tmp_path):
    export(corpus_tables, tmp_path, "json")
    assert (
        len(json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8")))
        == read_table("tasks", corpus_tables).num_rows
    )


def test_graphml_opens_with_attributes(corpus_tables, tmp_path):
    (path,) = export(corpus_tables, tmp_path, "graphml")
    graph = nx.read_graphml(path, force_multigraph=True)
    assert nx.get_node_attributes(graph, "kind")["binh-phuoc/1722-ubnd-kgvx/2021-05-27"] == "directive"
    relations = {data["relation"] for _, _, data in graph.edges(data=True)}
    assert {"addresses", "assigns_lead", "implements"} <= relations


@pytest.mark.parametrize("text", ["=1+1", "+84", "-3 độ", "@x", "\tcmd"])
def test_text_is_no_formula(text):
    assert spreadsheet_safe(text) == f"'{text}"
