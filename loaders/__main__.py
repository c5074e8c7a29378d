"""Command line: ``python -m loaders build | check | evaluate | export``, and ``store`` for what people added."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from loaders import build as building
from loaders.backup import backup, restore
from loaders.corrections import CorrectionError, read_csv, take_corrections, write_csv
from loaders.evaluate import evaluate, format_report, write_accuracy
from loaders.export import FORMATS, ExportError, export
from loaders.store import LOCAL_USER, Correction, Store, StoreError, standing_corrections
from loaders.tables import TableError


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m loaders", description="Vietnamese directives: raw text to tables")
    commands = parser.add_subparsers(dest="command", required=True)
    reading = argparse.ArgumentParser(add_help=False)
    reading.add_argument(
        "sources", nargs="*", type=Path, metavar="SRC", help="file or folder (default data/directives)"
    )
    reading.add_argument("--workers", type=_positive, default=1, metavar="N", help="processes (default 1)")
    reading.add_argument("--scheduler", metavar="URL", help="address of a Dask scheduler, tcp://…")
    reading.add_argument("--ocr", choices=("auto", "never", "always"), default="auto")
    builder = commands.add_parser("build", parents=[reading], help="read the sources and write the tables")
    builder.add_argument("--out", type=Path, default=building.DEFAULT_OUT, metavar="DIR")
    commands.add_parser("check", parents=[reading], help="say what would be read and what is wrong; writes nothing")
    measured = commands.add_parser("evaluate", help="precision and recall per field against gold records")
    measured.add_argument("gold", type=Path, metavar="GOLD_DIR")
    measured.add_argument("sources", nargs="*", type=Path, metavar="SRC", help="default data/directives")
    measured.add_argument("--min", type=float, default=0.0, metavar="F1", help="exit 1 when a field is below")
    measured.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    exported = commands.add_parser("export", help="write the built tables in another format")
    exported.add_argument("directory", type=Path, metavar="DIR")
    exported.add_argument("--format", choices=FORMATS, required=True)
    exported.add_argument("--tables", type=Path, default=building.DEFAULT_OUT, metavar="DIR", help="built tables")
    kept = commands.add_parser("store", help="backup, restore, and corrections as CSV")
    kept.add_argument("what", choices=("backup", "restore", "corrections-out", "corrections-in"))
    kept.add_argument("file", type=Path, metavar="FILE")
    return parser


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes; give 1 or more")
    return int(text)


def _show_progress(done: int, total: int, name: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{done}/{total} {name}", end="" if done < total else "\n", file=sys.stderr, flush=True)
    elif done == total or done % max(1, total // 20) == 0:
        print(f"{done}/{total} {name}", file=sys.stderr, flush=True)


def _print_census(report: building.BuildReport) -> None:
    for name in ("sources", "documents", "directives", "copies", "provisions", "measures"):
        print(f"{name:<12}{getattr(report, name):>8}")
    print(f"{'problems':<12}{sum(report.problems.values()):>8}")
    for code, count in report.problems.items():
        print(f"  {code:<28}{count:>6}")
    for path in report.unreadable:
        print(f"could not be read: {path}")


def _build(arguments: argparse.Namespace) -> int:
    report = building.build(
        arguments.sources,
        arguments.out,
        workers=arguments.workers,
        scheduler=arguments.scheduler,
        ocr=arguments.ocr,
        corrections=() if arguments.sources else standing_corrections(),
        progress=_show_progress,
    )
    if not arguments.sources:
        write_accuracy(arguments.out)
    _print_census(report)
    return 1 if report.unreadable else 0


def _check(arguments: argparse.Namespace) -> int:
    files = building.find_sources(arguments.sources or building.default_sources())
    parsed = sorted(
        building.parse_all(files, ocr=arguments.ocr, workers=arguments.workers, scheduler=arguments.scheduler),
        key=lambda source: source.path,
    )
    for source in parsed:
        print(f"{source.path}: {len(source.documents)} documents")
        for document in source.documents:
            header = document.header
            print(
                f"  {document.ordinal}. {header.number.value if header.number else '(no number)'} · {document.method}"
            )
            for problem in document.problems:
                print(f"     {problem.severity}: {problem.code}: {problem.message}")
        for problem in source.problems:
            print(f"  {problem.severity}: {problem.code}: {problem.message}")
    return 1 if any(source.unreadable for source in parsed) else 0


def _evaluate(arguments: argparse.Namespace) -> int:
    report = evaluate(arguments.gold, arguments.sources)
    print(format_report(report))
    if arguments.json:
        report.write_json(arguments.json)
    return 1 if report.lowest < arguments.min else 0


def _export(arguments: argparse.Namespace) -> int:
    for path in export(arguments.tables, arguments.directory, arguments.format):
        print(path)
    return 0


def _store(arguments: argparse.Namespace) -> int:
    store = Store()
    if arguments.what == "backup":
        print(f"{backup(store, arguments.file)} rows written to {arguments.file}")
    elif arguments.what == "restore":
        print(f"{restore(store, arguments.file)} rows restored from {arguments.file}")
    elif arguments.what == "corrections-out":
        arguments.file.write_text(write_csv(store.standing()), encoding="utf-8")
        print(arguments.file)
    else:
        return _take_corrections(store, read_csv(arguments.file.read_text(encoding="utf-8")))
    return 0


def _take_corrections(store: Store, found: Sequence[Correction]) -> int:
    """Write corrections of a CSV as the local user; those already there are passed over, conflicts are listed."""
    standing, refused = take_corrections(store, LOCAL_USER, found)
    for item, why in refused:
        print(f"line {item.id}: {why}", file=sys.stderr)
    print(f"{standing} of {len(found)} corrections stand")
    return 1 if refused else 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0, 1 (a source could not be read, a figure is below), 2 (wrong use)."""
    arguments = _parser().parse_args(argv)
    commands = {"build": _build, "check": _check, "evaluate": _evaluate, "export": _export, "store": _store}
    try:
        return commands[arguments.command](arguments)
    except (building.UsageError, CorrectionError, ExportError, StoreError, TableError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
