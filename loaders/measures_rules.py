"""The rules of ``data/vocabulary/measures_*.yaml``, compiled: which phrases find a code, and under what conditions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from loaders.phrases import Phrases
from loaders.vocabulary import VocabularyError, read_vocabulary

GROUPS = ("containment", "health", "governance", "economic")
_CONDITIONS = ("near", "also", "sentence", "unless", "unless_right")
_LEFT_CONDITIONS = ("left", "unless_left")
_RULE_KEYS = frozenset(
    (
        "id",
        "any",
        "examples",
        "stance",
        "level",
        "scope",
        "binding",
        "confidence",
        "people",
        "closes",
        *_CONDITIONS,
        *_LEFT_CONDITIONS,
    )
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of the vocabulary, compiled. ``rank`` orders the rules of a code: the first wins a clause."""

    rule_id: str
    code: str
    rank: int
    near: Phrases | None
    also: Phrases | None
    sentence: Phrases | None
    unless: Phrases | None
    left: Phrases | None
    unless_left: Phrases | None
    unless_right: Phrases | None
    stance: str
    binding: str
    scope: str
    level: int | None
    people: bool
    closes: bool
    confidence: str


@lru_cache(maxsize=1)
def read_rules() -> tuple[tuple[Rule, dict[str, Any]], ...]:
    """Every rule with its entry as written.

    Raises
    ------
    VocabularyError
        Where an entry has an unknown key or code, or a rule has no phrase.
    """
    codes = {entry["code"]: entry["group"] for entry in read_vocabulary("measures")["measures"]}
    rules = []
    for group in GROUPS:
        for code, block in read_vocabulary(f"measures_{group}").items():
            if codes.get(code) != group:
                raise VocabularyError(f"measures_{group}.yaml: {code} is no code of this group in measures.yaml")
            for rank, entry in enumerate(block["rules"]):
                if set(entry) - _RULE_KEYS or not entry.get("any"):
                    raise VocabularyError(
                        f"measures_{group}.yaml: {code}, rule {entry.get('id')}: keys {sorted(_RULE_KEYS)}"
                    )
                rules.append((_compile(code, rank, entry), entry))
    return tuple(rules)


def _compile(code: str, rank: int, entry: dict[str, Any]) -> Rule:
    def asked(key: str) -> Phrases | None:
        return Phrases(entry[key], at_end=key in _LEFT_CONDITIONS) if entry.get(key) else None

    return Rule(
        rule_id=f"{code}.{entry['id']}",
        code=code,
        rank=rank,
        near=asked("near"),
        also=asked("also"),
        sentence=asked("sentence"),
        unless=asked("unless"),
        left=asked("left"),
        unless_left=asked("unless_left"),
        unless_right=asked("unless_right"),
        stance=entry.get("stance", ""),
        binding=entry.get("binding", ""),
        scope=entry.get("scope", ""),
        level=entry.get("level"),
        people=bool(entry.get("people")),
        closes=bool(entry.get("closes")),
        confidence=entry.get("confidence", "high"),
    )
