"""Reads ``data/vocabulary/*.yaml`` once; the stages compile their matchers from what it returns."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

VOCABULARY_DIR = Path(__file__).resolve().parent.parent / "data" / "vocabulary"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class VocabularyError(ValueError):
    """A vocabulary file is absent or wrong; the message names file, entry and what was expected."""


@cache
def read_vocabulary(name: str) -> Any:
    """Parsed content of ``data/vocabulary/<name>.yaml``; shared between callers, so never change it.

    Raises
    ------
    VocabularyError
        When the file is absent or is no YAML.
    """
    path = VOCABULARY_DIR / f"{name}.yaml"
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except FileNotFoundError:
        raise VocabularyError(f"{path} is missing; the vocabulary files belong to the project") from None
    except yaml.YAMLError as error:
        raise VocabularyError(f"{path} is no YAML: {error}") from error


def strings_of(node: object) -> Iterator[str]:
    """Every text in what :func:`read_vocabulary` returns, at any depth."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from strings_of(value)
    elif isinstance(node, list):
        for value in node:
            yield from strings_of(value)


@lru_cache(maxsize=1)
def vocabulary_version() -> str:
    """First twelve hex digits of the hash of all vocabulary files: which words the tables were read with."""
    digest = sha256()
    for path in sorted(VOCABULARY_DIR.glob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
