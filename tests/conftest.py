"""What several test modules need: the corpus built once."""

from pathlib import Path

import pytest

from loaders.build import build
from loaders.queries import Atlas

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "data" / "directives"


@pytest.fixture(scope="session")
def corpus_tables(tmp_path_factory) -> Path:
    """Folder with the tables of the corpus."""
    out = tmp_path_factory.mktemp("tables")
    build([CORPUS], out, cache_dir=None)
    return out


@pytest.fixture(scope="session")
def atlas(corpus_tables) -> Atlas:
    return Atlas(corpus_tables)
