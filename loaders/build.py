"""From source files to tables: find, read and parse each source, merge copies, assemble rows, write all or nothing."""

from __future__ import annotations

import gc
import json
import os
import pickle
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pyarrow as pa

from loaders.corrections import corrections_digest
from loaders.parse import parse_source
from loaders.records import Problem
from loaders.registers import read_register
from loaders.search import INDEX, build_index
from loaders.source import SourceError, is_source, read_source
from loaders.store import Correction
from loaders.tables import write_table
from loaders.tabulate import ParsedSource, tables_from, take_documents
from loaders.tabulate import build_rows as build_rows
from loaders.tabulate import merge_all as merge_all
from loaders.tabulate import tables_of as tables_of
from loaders.titles import register_documents, register_problems
from loaders.vocabulary import vocabulary_version

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_SOURCES = (ROOT / "data" / "directives", ROOT / "data" / "uploads")
DEFAULT_OUT = ROOT / "data" / "tables"
CACHE_DIR = ROOT / "data" / "cache"
MANIFEST = "build.json"
_RARELY = 100_000  # new objects before the collector looks: a build makes millions, and next to no cycles among them
_CHUNK = 100  # sources a Dask task: below this the scheduler costs more than the work

Progress = Callable[[int, int, str], None]


class UsageError(ValueError):
    """Wrong use: the message says what was given and what is expected."""


@dataclass(frozen=True)
class SourceFile:
    """A file to read: its display path (relative to the folder it was found in) and where it lies."""

    path: str
    location: Path


@dataclass(frozen=True)
class BuildReport:
    """Census of a build: counts of rows, problems by code, and the sources that could not be read."""

    sources: int
    documents: int
    directives: int
    copies: int
    provisions: int
    measures: int
    problems: Mapping[str, int]
    unreadable: tuple[str, ...]
    dataset_hash: str


def find_sources(places: Iterable[Path]) -> list[SourceFile]:
    """Files under ``places``, each once, sorted by display path; two of one name are told apart by their folders.

    Raises
    ------
    UsageError
        When a place does not exist.
    """
    located: dict[Path, Path] = {}
    for place in places:
        if not place.exists():
            raise UsageError(f"{place} does not exist; give a file or a folder with directives")
        files = [place] if place.is_file() else sorted(item for item in place.rglob("*") if is_source(item))
        for file in files:
            located.setdefault(file.resolve(), place.parent if place.is_file() else place)
    shown = Counter(_relative(file, base) for file, base in located.items())
    found = [
        SourceFile(name if shown[name := _relative(file, base)] == 1 else f"{base.name}/{name}", file)
        for file, base in located.items()
    ]
    return sorted(found, key=lambda item: (item.path, str(item.location)))


def _relative(file: Path, base: Path) -> str:
    resolved = base.resolve()
    return file.relative_to(resolved).as_posix() if file.is_relative_to(resolved) else file.name


@lru_cache(maxsize=1)
def parser_version() -> str:
    """Hash of the loaders' code and vocabulary: a parsed source is reused only while both are the same."""
    digest = sha256(vocabulary_version().encode())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def parse_file(file: SourceFile, *, ocr: str = "auto", cache_dir: Path | None = None) -> ParsedSource:
    """Read and parse one file, or take the result of an earlier build of the same bytes, code and vocabulary."""
    try:
        digest = sha256(file.location.read_bytes()).hexdigest()
    except OSError as error:
        return _unreadable(file, "", f"{file.path}: {error.strerror or error}; check that the file may be read.")
    held = cache_dir / "parsed" / parser_version() / f"{digest}-{ocr}.pickle" if cache_dir else None
    if held and held.is_file():
        parsed: ParsedSource = pickle.loads(held.read_bytes())
        return _renamed(parsed, file.path)
    try:
        texts = read_source(file.location, ocr=ocr, cache_dir=cache_dir)
    except SourceError as error:
        return _parse_register(file, digest) if error.code == "register" else _unreadable(file, digest, str(error))
    named = [replace(text, path=_shown(text.path, file)) for text in texts]
    parsed = ParsedSource(
        path=file.path,
        sha256=digest,
        documents=tuple(document for text in named for document in parse_source(text)),
        problems=tuple(problem for text in named for problem in text.problems),
    )
    if held:
        _write_atomically(held, pickle.dumps(parsed))
    return parsed


def _parse_register(file: SourceFile, digest: str) -> ParsedSource:
    """A list of documents: its rows are directives known by their titles."""
    try:
        register = read_register(file.location)
    except SourceError as error:
        return _unreadable(file, digest, str(error))
    documents = tuple(replace(document, path=file.path) for document in register_documents(register))
    return ParsedSource(file.path, digest, documents, register_problems(register))


def _shown(path: str, file: SourceFile) -> str:
    """Display path of a text: members of an archive keep their name behind the archive's."""
    return file.path + path.removeprefix(file.location.name) if path.startswith(file.location.name) else file.path


def _renamed(parsed: ParsedSource, path: str) -> ParsedSource:
    if parsed.path == path:
        return parsed
    documents = tuple(replace(doc, path=path + doc.path.removeprefix(parsed.path)) for doc in parsed.documents)
    return replace(parsed, path=path, documents=documents)


def _unreadable(file: SourceFile, digest: str, message: str) -> ParsedSource:
    problem = Problem("source", "unreadable", "error", message)
    return ParsedSource(file.path, digest, (), (problem,), unreadable=True)


def _write_atomically(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    os.replace(draft, path)


def _parse_chunk(files: Sequence[SourceFile], ocr: str) -> list[ParsedSource]:
    return [parse_file(file, ocr=ocr) for file in files]


def parse_all(
    files: Sequence[SourceFile],
    *,
    ocr: str = "auto",
    workers: int = 1,
    scheduler: str | None = None,
    cache_dir: Path | None = None,
) -> Iterator[ParsedSource]:
    """Parsed sources in any order: the same pure function here, in processes, or on a Dask cluster."""
    if scheduler:
        yield from _parse_on_cluster(files, ocr, scheduler)
        return
    parse = partial(parse_file, ocr=ocr, cache_dir=cache_dir)
    if workers <= 1 or len(files) < 2:
        yield from map(parse, files)
        return
    with ProcessPoolExecutor(workers, get_context("spawn"), gc.set_threshold, (_RARELY,)) as pool:
        yield from pool.map(parse, files, chunksize=max(1, min(_CHUNK, len(files) // (4 * workers))))


def _parse_on_cluster(files: Sequence[SourceFile], ocr: str, scheduler: str) -> Iterator[ParsedSource]:
    """Workers must see the same paths and import the same code; see the README's recipe."""
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise UsageError("--scheduler needs the extra `dask`: pip install 'directive-atlas[dask]'") from None
    with Client(scheduler, timeout="30s") as client:
        chunks = [list(files[start : start + _CHUNK]) for start in range(0, len(files), _CHUNK)]
        for _, results in as_completed(client.map(_parse_chunk, chunks, ocr=ocr, pure=False), with_results=True):
            yield from results


def write_tables(tables: Mapping[str, pa.Table], manifest: Mapping[str, Any], out: Path) -> None:
    """Write all tables or none: drafts first, one rename that commits, then each file into its place.

    A build killed before the commit leaves the last tables; one killed after it is completed by :func:`recover`.
    """
    draft, committed = out / ".draft", out / ".committed"
    recover(out)
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    for name, table in tables.items():
        write_table(table, draft / f"{name}.parquet")
    build_index(dict(tables), draft / INDEX)
    (draft / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
    os.rename(draft, committed)
    recover(out)


def recover(out: Path) -> None:
    """Finish the renames of a build that was committed; does nothing otherwise. The manifest goes last."""
    committed = out / ".committed"
    if not committed.is_dir():
        return
    for file in sorted(committed.iterdir(), key=lambda item: item.name == MANIFEST):
        os.replace(file, out / file.name)
    committed.rmdir()


def dataset_hash(files: Iterable[ParsedSource], corrections: Sequence[Correction] = ()) -> str:
    """Twelve hex digits of what the tables depend on: sources, code, vocabulary and corrections."""
    listed = sorted(f"{file.path}\0{file.sha256}" for file in files)
    return sha256("\n".join([parser_version(), corrections_digest(corrections), *listed]).encode()).hexdigest()[:12]


def build(
    sources: Sequence[Path] = (),
    out: Path = DEFAULT_OUT,
    *,
    workers: int = 1,
    scheduler: str | None = None,
    ocr: str = "auto",
    cache_dir: Path | None = CACHE_DIR,
    corrections: Sequence[Correction] = (),
    progress: Progress | None = None,
) -> BuildReport:
    """Build every table of the contract in ``out``.

    Parameters
    ----------
    sources
        Files or folders; default the corpus and the uploads.
    corrections
        Human corrections to apply; those whose expected value no longer stands become problems.
    progress
        Called with sources done, sources in all and the last one's path.

    Raises
    ------
    UsageError
        When a source place does not exist or an option asks for what is not installed.
    """
    files = find_sources(sources or default_sources())
    parsed = []
    with _collected_rarely():
        for done, source in enumerate(
            parse_all(files, ocr=ocr, workers=workers, scheduler=scheduler, cache_dir=cache_dir), 1
        ):
            parsed.append(source)
            if progress:
                progress(done, len(files), source.path)
        parsed.sort(key=lambda item: item.path)
        tables = tables_from(take_documents(parsed), parsed, corrections)
    report = _census(parsed, tables, corrections)
    write_tables(tables, _manifest(parsed, report, corrections), out)
    return report


@contextmanager
def _collected_rarely() -> Iterator[None]:
    """The cyclic garbage collector, which would walk all documents read so far every time, looks seldom."""
    usual = gc.get_threshold()
    gc.set_threshold(_RARELY, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def default_sources() -> list[Path]:
    return [place for place in DEFAULT_SOURCES if place.is_dir()]


def _census(
    parsed: Sequence[ParsedSource], tables: Mapping[str, pa.Table], corrections: Sequence[Correction]
) -> BuildReport:
    return BuildReport(
        sources=len(parsed),
        documents=sum(source.n_documents for source in parsed),
        directives=tables["directives"].num_rows,
        copies=tables["sources"].num_rows - tables["directives"].num_rows,
        provisions=tables["provisions"].num_rows,
        measures=tables["measures"].num_rows,
        problems=dict(sorted(Counter(tables["problems"].column("code").to_pylist()).items())),
        unreadable=tuple(source.path for source in parsed if source.unreadable),
        dataset_hash=dataset_hash(parsed, corrections),
    )


def _manifest(parsed: Sequence[ParsedSource], report: BuildReport, corrections: Sequence[Correction]) -> dict[str, Any]:
    return {
        "corrections": corrections_digest(corrections),
        "dataset_hash": report.dataset_hash,
        "parser_version": parser_version(),
        "vocabulary_version": vocabulary_version(),
        "documents": report.documents,
        "sources": {source.path: source.sha256 for source in parsed},
    }


def read_manifest(out: Path) -> dict[str, Any] | None:
    """What the tables in ``out`` were built from, or None where there are none."""
    recover(out)
    path = out / MANIFEST
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def is_stale(out: Path = DEFAULT_OUT, sources: Sequence[Path] = (), corrections: Sequence[Correction] = ()) -> bool:
    """Whether the tables are missing or older than the sources, the code, the vocabulary or the corrections."""
    manifest = read_manifest(out)
    if manifest is None or manifest["parser_version"] != parser_version():
        return True
    if manifest["corrections"] != corrections_digest(corrections):
        return True
    files = find_sources(sources or default_sources())
    return manifest["sources"] != {file.path: sha256(file.location.read_bytes()).hexdigest() for file in files}
