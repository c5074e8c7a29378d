"""What several test modules need: the corpus built once."""

from pathlib import Path

import pytest

from benchmarks.network_page import synthetic_tables
from charts import network_actors as actors
from charts import network_cascade as cascade
from loaders.build import build
from loaders.ghosts import ghosts
from loaders.issuers import issuer_actors
from loaders.queries import Atlas

collect_ignore_glob = ["conftest.py", "browser/conftest.py"]  # they hold no doctests, and share a name
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


@pytest.fixture(scope="session")
def tables(atlas):
    return atlas.tables()


@pytest.fixture(scope="session")
def passages(atlas, tables):
    return actors.passages_frame(tables, issuer_actors(atlas))


@pytest.fixture(scope="session")
def network(passages, tables):
    return actors.network_at(passages[passages["province_code"] == "VN-58"], tables["actors"], "body")


@pytest.fixture(scope="session")
def documents(tables):
    cited, links = ghosts(tables["citations"], tables["directives"])
    held = cascade.documents_frame(tables, cited)
    return held, cascade.citations_frame(tables, links, held), links


@pytest.fixture(scope="session")
def synthetic():
    return synthetic_tables(n_actors=2000, n_links=20_000)


@pytest.fixture
def dashboard(corpus_tables, monkeypatch, tmp_path):
    """Runs a page through ``dashboard.py``: ``dashboard("methods", part="score")`` gives its AppTest."""
    import streamlit as st
    from streamlit.testing.v1 import AppTest

    monkeypatch.setenv("ATLAS_TABLES", str(corpus_tables))
    monkeypatch.setenv("ATLAS_SOURCES", str(CORPUS))
    monkeypatch.setenv("ATLAS_UPLOADS", str(tmp_path / "uploads"))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'atlas.sqlite'}")
    st.cache_data.clear()

    def run(view: str = "overview", **query: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
        for name, value in query.items():
            app.query_params["from" if name == "from_" else name] = value
        if view != "overview":
            app.switch_page(f"views/{view}.py")
        return app.run()

    return run
