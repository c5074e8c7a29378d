"""Stance, binding, target and regime of a coded passage, from the words around it (codebook, section 2)."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from loaders.fold import fold
from loaders.phrases import compile_any
from loaders.vocabulary import read_vocabulary

_STOP_REACH = 45  # and one that stops
_STOP_GAP = 22  # characters that may stand between the two: "tạm dừng hoạt động của các | chốt"
_GOES_ON = 140  # and one that says that a closure goes on
_REACH = 95  # characters over which a word that loosens reaches to its right


class _Cues(NamedTuple):
    maintain: re.Pattern[str]
    maintain_unless: re.Pattern[str]
    maintain_right: re.Pattern[str]
    goes_on_codes: frozenset[str]
    carries_on: re.Pattern[str]
    carries_on_codes: frozenset[str]
    relax: re.Pattern[str]
    relax_unless: re.Pattern[str]
    reopen_left: re.Pattern[str]
    reopen_right: re.Pattern[str]
    reopen_right_unless: re.Pattern[str]
    reopen_unless: re.Pattern[str]
    reopen_codes: frozenset[str]
    stop_left: re.Pattern[str]
    stop_codes: frozenset[str]
    recommended: re.Pattern[str]
    recommended_unless: re.Pattern[str]
    binding_until: re.Pattern[str]
    mandatory_codes: frozenset[str]


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    stance, binding = read_vocabulary("measures")["stance"], read_vocabulary("measures")["binding"]
    patterns = {key: compile_any(stance[key]) for key in _Cues._fields if key in stance and not key.endswith("codes")}
    return _Cues(
        **patterns,
        reopen_codes=frozenset(stance["reopen_codes"]),
        stop_codes=frozenset(stance["stop_codes"]),
        goes_on_codes=frozenset(stance["goes_on_codes"]),
        carries_on_codes=frozenset(stance["carries_on_codes"]),
        recommended=compile_any(binding["recommended"]),
        recommended_unless=compile_any(binding["recommended_unless"]),
        binding_until=compile_any(binding["binding_until"]),
        mandatory_codes=frozenset(binding["mandatory_codes"]),
    )


def parse_stance(code: str, before: str, inside: str, after: str) -> str:
    """``relax`` where the passage loosens, narrows or hands back; ``maintain`` where "tiếp tục", "duy trì" or "giữ"
    stands before it in its clause (a semicolon ends the clause); else ``tighten``.

    Parameters
    ----------
    before, inside, after
        Words of the clause up to the phrase, the phrase, and the rest of the clause, as in ``Words.printed``.
    """
    cues = _cues()
    near = " " + before[-_REACH:].partition(" ")[2] + inside
    if _found(cues.relax, cues.relax_unless, near):
        return "relax"
    if code in cues.reopen_codes:
        if _found(cues.reopen_left, cues.reopen_unless, near):
            return "relax"
        right = " " + (inside + after)[: len(inside) + _REACH] + " "
        if _found(cues.reopen_right, cues.reopen_unless, right) and not cues.reopen_right_unless.search(near):
            return "relax"
    stopped = " " + (before + inside)[-_STOP_REACH - len(inside) :].partition(" ")[2]
    if code in cues.stop_codes and _found(
        cues.stop_left, cues.relax_unless, stopped, len(stopped) - len(inside) - _STOP_GAP
    ):
        return "relax"
    if _found(cues.maintain, cues.maintain_unless, " " + before.lstrip() + inside):
        return "maintain"
    if code in cues.carries_on_codes and cues.carries_on.match(" " + after, 1):
        return "maintain"
    goes_on = code in cues.reopen_codes | cues.goes_on_codes and cues.maintain_right.search(
        " " + (inside + after)[: len(inside) + _GOES_ON]
    )
    return "maintain" if goes_on else "tighten"


def _found(cue: re.Pattern[str], unless: re.Pattern[str], string: str, least: int = 0) -> bool:
    """Whether a cue that ends at ``least`` or later stands outside the words that say otherwise."""
    cues = [match.span() for match in cue.finditer(string) if match.end() >= least]
    if not cues:
        return False
    blocked = [match.span() for match in unless.finditer(string)]
    return any(not any(low < end and start < high for low, high in blocked) for start, end in cues)


def parse_binding(code: str, before: str, inside: str) -> str:
    """``recommended`` where residents are advised, encouraged or called upon, else ``mandatory``; "phải" or "bắt buộc"
    after the advice makes it mandatory again."""
    cues = _cues()
    if code in cues.mandatory_codes:
        return "mandatory"
    string = " " + before.lstrip() + inside
    advice = max((match.end() for match in cues.recommended.finditer(string)), default=0)
    if not advice or cues.binding_until.search(string, advice - 1):
        return "mandatory"
    return "recommended" if _found(cues.recommended, cues.recommended_unless, string) else "mandatory"


@lru_cache(maxsize=1)
def _targets() -> re.Pattern[str]:
    names = sorted((fold(name) for name in read_vocabulary("measures")["targets"]), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(name) for name in names) + r")(?!\w)")


def parse_target(quote: str, folded: str) -> str:
    """First group of people or places named in the quote, as printed; empty where none is plain."""
    found = _targets().search(folded)
    return quote[found.start() : found.end()] if found else ""


# "căn cứ Chỉ thị 16", "thay thế Chỉ thị 15" name a regime and do not put it in force
_BASIS = re.compile(r" (?:can cu(?: vao)?|thay the(?: cho)?|thay cho|trai voi|bai bo|ngoai) (?:[^ ;.\n]+ ){0,6}\Z")
_CHANGED = re.compile(r" (?:sang|xuong|len|thanh(?! pho)) (?:[^ ;.\n]+ ){0,8}\Z")


@lru_cache(maxsize=1)
def _tiers() -> tuple[tuple[str, re.Pattern[str]], ...]:
    tiers = []
    for key, regime in read_vocabulary("regimes")["regimes"].items():
        kind = {"directive": "chi thi", "decision": "quyet dinh", "resolution": "nghi quyet"}[regime["doc_type"]]
        number, _, symbol = regime["number"].partition("/")
        mark = " ".join(re.findall(r"\w+", fold(symbol)))
        tiers.append(
            (
                key,
                re.compile(
                    rf"(?<= )(?:{number} (?:20\d\d )?{mark[:4]}\w* |{kind} (?:so )?{number} (?!\d*/?(?:ct|qd|nq) |\d))"
                ),
            )
        )
    return tuple(tiers)


_STRICT = {"CT19": 1, "CT15": 2, "CT16": 3}
_FALLS = re.compile(r" (?:ha|giam|noi|nới|giảm) (?:[^ ;.\n]+ ){0,14}xuong (?:[^ ;.\n]+ ){0,4}\Z")


def parse_change(clause: str) -> str:
    """Stance of a change of regimes: from Chỉ thị 16 to Chỉ thị 15 loosens, the other way tightens; empty
    where one regime is named. ``clause`` as in ``Words.string``."""
    named = sorted((match.start(), key) for key, pattern in _tiers() for match in pattern.finditer(clause))
    for (_, old), (at, new) in pairwise(named):
        if old in _STRICT and new in _STRICT and old != new and _CHANGED.search(clause, max(0, at - 60), at):
            return "relax" if _STRICT[new] < _STRICT[old] else "tighten"
    if len(named) == 1 and _FALLS.search(clause, 0, named[0][0]):
        return "relax"
    return ""


def parse_tier(clause: str) -> str:
    """Key of the regime that the clause puts in force (``CT16`` for "Chỉ thị số 16/CT-TTg", "Chỉ thị 16"), or empty:
    the one it changes to ("chuyển … sang Chỉ thị 15"), else the first that it names and that is no legal basis."""
    named = sorted((match.start(), match.end(), key) for key, pattern in _tiers() for match in pattern.finditer(clause))
    named = [item for item in named if not _BASIS.search(clause, max(0, item[0] - 80), item[0])]
    changed = [key for start, _, key in named if _CHANGED.search(clause, max(0, start - 60), start)]
    return changed[0] if changed else named[0][2] if named else ""
