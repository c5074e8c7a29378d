"""What a build costs: time and memory against the floor (read, decode, NFC) and a peer (pyvi word segmentation).

``python -m benchmarks.ingest [--sizes 10 100 1000 10000] [--workers 1] [--seed 1] [--peer pyvi]`` prints a
Markdown table. Every task runs in a process of its own, over the same synthetic files, one after the other; the clock
starts when it is ready: the peer's model is loaded, the build has read one document (imports, vocabulary), and how long
that took is a column of its own. The peer is slow and linear in text: it reads at most ``--peer-sample`` documents.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.generate import write_documents

COLUMNS = (
    "documents",
    "text MB",
    "floor ms/doc",
    "build ms/doc",
    "build ÷ floor",
    "peer ms/doc",
    "peer ÷ build",
    "floor MB",
    "build MB",
    "peer MB",
    "documents/s",
    "build ready s",
    "peer ready s",
)


@dataclass(frozen=True)
class Cost:
    """Seconds to get ready, seconds the task took for so many documents, and peak memory of its processes in MB."""

    ready: float
    seconds: float
    documents: int
    peak_mb: float

    @property
    def ms(self) -> float:
        return 1000 * self.seconds / self.documents


def _texts(folder: Path, limit: int | None = None) -> list[Path]:
    return sorted(folder.rglob("*.txt"))[:limit]


def _tokenizer(name: str) -> Callable[[str], object]:
    """Word segmentation of the peer, its model loaded before the clock starts."""
    if name == "underthesea":
        from underthesea import word_tokenize as tokenize
    else:
        from pyvi.ViTokenizer import tokenize
    tokenize("Ủy ban nhân dân tỉnh yêu cầu")
    return tokenize


def _floor(given: argparse.Namespace) -> Callable[[], int]:
    def run() -> int:
        files = _texts(given.folder)
        for path in files:
            unicodedata.normalize("NFC", path.read_bytes().decode("utf-8"))
        return len(files)

    return run


def _build(given: argparse.Namespace) -> Callable[[], int]:
    from loaders.build import build

    def run(sources: Path = given.folder) -> int:
        with tempfile.TemporaryDirectory() as out:
            return build([sources], Path(out), workers=given.workers, cache_dir=None).documents

    run(_texts(given.folder, 1)[0])
    return run


def _peer(given: argparse.Namespace) -> Callable[[], int]:
    tokenize = _tokenizer(given.peer)

    def run() -> int:
        files = _texts(given.folder, given.peer_sample)
        for path in files:
            tokenize(path.read_text(encoding="utf-8"))
        return len(files)

    return run


TASKS = {"floor": _floor, "build": _build, "peer": _peer}


def run_task(given: argparse.Namespace) -> Cost:
    """Run one task in this process; each worker process counts as much memory as the largest."""
    begun = time.perf_counter()
    work = TASKS[given.task](given)
    start = time.perf_counter()
    documents = work()
    seconds = time.perf_counter() - start
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (given.workers if given.workers > 1 else 0)
    return Cost(start - begun, seconds, documents, (own + children) / 1024)


def measure(task: str, folder: Path, given: argparse.Namespace) -> Cost:
    """The cost of a task in a fresh process."""
    options = {
        "--task": task,
        "--folder": folder,
        "--workers": given.workers,
        "--peer": given.peer,
        "--peer-sample": given.peer_sample,
    }
    command = [sys.executable, "-m", "benchmarks.ingest", *(str(word) for pair in options.items() for word in pair)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def table_row(documents: int, folder: Path, given: argparse.Namespace) -> list[str]:
    size = sum(path.stat().st_size for path in _texts(folder)) / 1e6
    floor, build, peer = (measure(task, folder, given) for task in TASKS)
    return [
        f"{documents:,}",
        f"{size:.1f}",
        f"{floor.ms:.3f}",
        f"{build.ms:.2f}",
        f"{build.ms / floor.ms:.0f}",
        f"{peer.ms:.1f}",
        f"{peer.ms / build.ms:.1f}",
        f"{floor.peak_mb:.0f}",
        f"{build.peak_mb:.0f}",
        f"{peer.peak_mb:.0f}",
        f"{1000 / build.ms:.0f}",
        f"{build.ready:.1f}",
        f"{peer.ready:.1f}",
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ingest", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1_000, 10_000])
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peer", choices=("pyvi", "underthesea"), default="pyvi")
    parser.add_argument("--peer-sample", type=int, default=200)
    parser.add_argument("--task", choices=TASKS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.task:
        print(json.dumps(asdict(run_task(given))))
        return
    print(f"seed {given.seed}, {given.workers} worker(s), peer {given.peer}, Python {sys.version.split()[0]}\n")
    print("| " + " | ".join(COLUMNS) + " |\n|" + "---:|" * len(COLUMNS), flush=True)
    for documents in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            write_documents(Path(folder), documents, given.seed)
            print("| " + " | ".join(table_row(documents, Path(folder), given)) + " |", flush=True)


if __name__ == "__main__":
    main()
