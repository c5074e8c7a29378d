"""The import law, the page list and the documents that name them."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from loaders.__main__ import _parser
from loaders.tables import SPECS

ROOT = Path(__file__).resolve().parent.parent
STAGES = (
    "clean", "split", "zones", "header", "province", "provisions", "dating", "dates", "figures", "citations", "actors",
    "tasks", "measures", "numbers", "fold", "records", "tables", "vocabulary", "score",
)  # fmt: skip
GROUND = {
    "records",
    "fold",
    "vocabulary",
    "tables",
    "numbers",
    "agencies",
    "bodies",
    "layout",
    "layout_words",
    "triggers",
    "spelling",
    "wraps",
}
PAGES = {"overview", "timeline", "comparison", "network", "reader", "importer", "briefing", "methods"}


def imports(path: Path) -> set[str]:
    """Dotted names that a module imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def packages(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports(path)}


@pytest.mark.parametrize("path", sorted((ROOT / "loaders").rglob("*.py")), ids=lambda path: path.name)
def test_loaders_import_no_page_and_no_figure(path):
    assert not packages(path) & {"streamlit", "plotly", "networkx", "charts", "views"}


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_knows_only_the_ground(stage):
    path = ROOT / "loaders" / f"{stage}.py"
    own = {name.split(".")[1] for name in imports(path) if name.startswith("loaders.")}
    parts = {name for name in own if name.startswith(f"{stage}_") or stage.startswith(f"{name}_")}
    assert own - parts <= GROUND | PARTS.get(stage, set())


# A stage may be written in several modules; each part belongs to one stage alone.
PARTS: dict[str, set[str]] = {
    "measures": {"clauses", "contexts", "phrases", "quotes", "scopes", "stances"},
    "fold": {"repair"},
}


@pytest.mark.parametrize("path", sorted((ROOT / "charts").glob("*.py")), ids=lambda path: path.name)
def test_charts_import_neither_loaders_nor_streamlit(path):
    assert not packages(path) & {"streamlit", "loaders", "views", "duckdb"}
    # a page's charts may be written in several modules, named after it
    own = (f"charts.{path.stem.partition('_')[0]}_", "charts.theme")
    assert all(name.startswith(own) for name in imports(path) if name.startswith("charts."))


@pytest.mark.parametrize("path", sorted((ROOT / "views").glob("*.py")), ids=lambda path: path.name)
def test_views_compute_nothing(path):
    assert not packages(path) & {"plotly", "networkx", "duckdb", "pyarrow"}
    if not path.name.startswith("_"):
        # a page may be written in several modules, private to it and named after it
        own = {name for name in imports(path) if name.startswith("views.")}
        assert all(name.startswith(("views._shared", f"views._{path.stem}")) for name in own)
        assert len([name for name in imports(path) if re.fullmatch(r"charts\.\w+", name)]) <= 2


def test_pages_are_those_of_the_contract():
    pages = {path.stem for path in (ROOT / "views").glob("[a-z]*.py")}
    assert pages <= PAGES
    assert {"overview", "timeline", "comparison", "network"} <= pages


def test_requirements_equal_the_project_file():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    listed = [
        line
        for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    assert listed == project["dependencies"]
    assert all("==" in item for item in listed)


def test_documents_name_every_command_and_table():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    architecture = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    commands = next(action.choices for action in _parser()._actions if action.dest == "command")
    for command in commands:
        assert f"python -m loaders {command}" in readme
    for table in SPECS:
        assert f"`{table}`" in architecture
    for module in sorted((ROOT / "loaders").glob("[a-z]*.py")):
        assert module.name in architecture, f"ARCHITECTURE.md does not say what {module.name} is for"


def test_no_rule_names_the_corpus():
    """No file, document number or person of the corpus in code or vocabulary (doctests and comments may explain)."""
    numbers = re.compile(
        r"\b(360|396|502|504)\s*-\s*CV|\b(1722|2526)\s*/\s*UBND|5737/BYT|000_99c3|001_3d0f|002_c1bb|003_612f|004_6b7a"
    )
    gold = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "gold").glob("*.yaml"))
    people = set(re.findall(r"signatory: \{name: ([^,]+),", gold)) - {"null"}
    assert people
    for folder in ("loaders", "charts", "views", "data/vocabulary"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix not in (".py", ".yaml"):
                continue
            code = "\n".join(
                line for line in _without_docstrings(path).splitlines() if not line.lstrip().startswith(("#", ">>>"))
            )
            assert not numbers.search(code), path
            assert not [name for name in people if name in code], path


def _without_docstrings(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return text
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and (
            said := ast.get_docstring(node, clean=False)
        ):
            text = text.replace(said, "")
    return text
