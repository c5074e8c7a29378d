"""The built tables in formats that other tools open: CSV, XLSX, Parquet, JSON, GraphML."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pyarrow as pa
import xlsxwriter

from loaders.tables import SPECS, read_table

FORMATS = ("csv", "xlsx", "parquet", "graphml", "json")
_XLSX_CELL = 32_767  # characters a spreadsheet cell holds
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ExportError(ValueError):
    """The export could not be written; the message names the place and the next step."""


def spreadsheet_safe(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it.

    >>> spreadsheet_safe("=1+1"), spreadsheet_safe(-3)
    ("'=1+1", -3)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def export(tables_dir: Path, out: Path, kind: str) -> list[Path]:
    """Write all tables of ``tables_dir`` to the folder ``out``; returns the files written.

    Raises
    ------
    ExportError
        When ``out`` cannot be written.
    loaders.tables.TableError
        When the tables are missing.
    """
    tables = {name: read_table(name, tables_dir) for name in SPECS}
    try:
        out.mkdir(parents=True, exist_ok=True)
        return _WRITERS[kind](tables, out, tables_dir)
    except OSError as error:
        raise ExportError(f"{out}: {error.strerror or error}; choose a folder that may be written") from None


def _write_csv(tables: dict[str, pa.Table], out: Path, _: Path) -> list[Path]:
    """UTF-8 with BOM, so that Excel reads the accents."""
    paths = []
    for name, table in tables.items():
        paths.append(out / f"{name}.csv")
        with paths[-1].open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(table.schema.names)
            writer.writerows([spreadsheet_safe(cell) for cell in row.values()] for row in table.to_pylist())
    return paths


def _write_xlsx(tables: dict[str, pa.Table], out: Path, _: Path) -> list[Path]:
    path = out / "directive-atlas.xlsx"
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, table in tables.items():
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, table.schema.names)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(table.to_pylist(), 1):
            for column, cell in enumerate(row.values()):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                elif isinstance(cell, str):
                    sheet.write_string(number, column, cell[:_XLSX_CELL])
                elif cell is not None:
                    sheet.write(number, column, cell)
    book.close()
    return [path]


def _write_parquet(tables: dict[str, pa.Table], out: Path, tables_dir: Path) -> list[Path]:
    return [Path(shutil.copyfile(tables_dir / f"{name}.parquet", out / f"{name}.parquet")) for name in tables]


def _write_json(tables: dict[str, pa.Table], out: Path, _: Path) -> list[Path]:
    paths = []
    for name, table in tables.items():
        paths.append(out / f"{name}.json")
        text = json.dumps(table.to_pylist(), ensure_ascii=False, indent=1, default=str)
        paths[-1].write_text(text, encoding="utf-8")
    return paths


def graph(tables: dict[str, pa.Table]) -> tuple[dict[str, dict[str, str]], list[dict[str, str]]]:
    """Nodes by id and edges of directives, actors and cited documents, from the tables alone.

    Directives address, copy and assign to actors; directives cite directives, held or (as ``cited:…``) not.
    """
    nodes: dict[str, dict[str, str]] = {}
    edges: list[dict[str, str]] = []
    for row in tables["directives"].to_pylist():
        label = row["number"] or row["subject"]
        held = {"kind": "directive", "label": label, "province": row["province"], "date": str(row["issue_date"] or "")}
        nodes[row["directive_id"]] = held
    for row in tables["actors"].to_pylist():
        nodes[row["actor_id"]] = {
            "kind": row["kind"],
            "label": row["name"],
            "province": row["province_code"],
            "date": "",
        }
    for row in tables["recipients"].to_pylist():
        if row["actor_id"]:
            verb = "addresses" if row["kind"] == "addressee" else "copies"
            edges.append(
                {"source": row["directive_id"], "target": row["actor_id"], "kind": verb, "quote": row["actor"]}
            )
    for row in tables["tasks"].to_pylist():
        if row["actor_id"]:
            verb = f"assigns_{row['role']}"
            edges.append(
                {"source": row["directive_id"], "target": row["actor_id"], "kind": verb, "quote": row["quote"]}
            )
    for row in tables["citations"].to_pylist():
        target = row["cited_directive_id"] or f"cited:{row['number'] or row['quote']}"
        ghost = {"kind": "cited", "label": row["number"], "province": "", "date": str(row["date"] or "")}
        nodes.setdefault(target, ghost)
        edges.append({"source": row["directive_id"], "target": target, "kind": row["relation"], "quote": row["quote"]})
    return nodes, edges


def _data(values: dict[str, str], names: Iterable[str]) -> str:
    return "".join(f"<data key={quoteattr(name)}>{escape(values[name])}</data>" for name in names)


def _write_graphml(tables: dict[str, pa.Table], out: Path, _: Path) -> list[Path]:
    nodes, edges = graph(tables)
    node_keys, edge_keys = ("kind", "label", "province", "date"), ("relation", "quote")
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    for scope, keys in (("node", node_keys), ("edge", edge_keys)):
        lines += [f'<key id="{key}" for="{scope}" attr.name="{key}" attr.type="string"/>' for key in keys]
    lines.append('<graph edgedefault="directed">')
    lines += [f"<node id={quoteattr(name)}>{_data(values, node_keys)}</node>" for name, values in sorted(nodes.items())]
    for number, edge in enumerate(edges):
        ends = f"source={quoteattr(edge['source'])} target={quoteattr(edge['target'])}"
        lines.append(
            f'<edge id="e{number}" {ends}>{_data({"relation": edge["kind"], "quote": edge["quote"]}, edge_keys)}</edge>'
        )
    lines += ["</graph>", "</graphml>"]
    path = out / "directive-atlas.graphml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return [path]


_WRITERS = {
    "csv": _write_csv,
    "xlsx": _write_xlsx,
    "parquet": _write_parquet,
    "graphml": _write_graphml,
    "json": _write_json,
}
