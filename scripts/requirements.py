"""Write requirements.txt and requirements-dev.txt from pyproject.toml, the one place where versions are pinned."""

import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def requirements() -> dict[str, str]:
    """File name to content."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    own = f"{project['name']}["
    development = [item for item in extras["dev"] if not item.startswith(own)]
    development += [item for name in ("postgres", "auth", "dask") for item in extras[name]]
    head = "# Written by `make requirements` from pyproject.toml.\n"
    return {
        "requirements.txt": head + "".join(f"{item}\n" for item in project["dependencies"]),
        "requirements-dev.txt": head + "-r requirements.txt\n" + "".join(f"{item}\n" for item in development),
    }


if __name__ == "__main__":
    for name, content in requirements().items():
        (ROOT / name).write_text(content, encoding="utf-8")
        print(name, file=sys.stderr)
