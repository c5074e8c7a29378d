"""Folded text with the slips of character recognition mended, offset by offset.

Reads a folded text and returns one of the same length in which words that are no Vietnamese syllable, no number and no
known foreign word are replaced by the likeliest word of the same length: digits that stand for letters (``xet ngh1em``,
``c0ng``), then one wrong letter, chosen by the words beside it. Use it to find; quotes are cut from the raw text.
Slips that give another valid syllable are left: they cannot be told from what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from loaders.vocabulary import read_vocabulary, strings_of

_INITIALS = re.findall(r"\S+", "b c ch d g gh gi h k kh l m n ng ngh nh p ph r s t th tr v x")
_RHYMES = re.findall(
    r"\S+",
    "a ac ach ai am an ang anh ao ap at au ay e ec em en eng eo ep et ech enh eu i ia ich iec iem ien ieng iep iet ieu"
    " im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong ooc op ot u"
    " ua uan uang uat uay uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy uya uyen uyet"
    " uynh uyt uyu y yem yen yet yeu ynh",
)
_QU_RHYMES = re.findall(
    r"\S+", "a ac ach ai am an ang anh ao at au ay e en eo et ech enh i oc on ot oi ua uan uang y yen yet ynh yt"
)
SYLLABLES = frozenset(a + b for a in ("", *_INITIALS) for b in _RHYMES) | frozenset("qu" + b for b in _QU_RHYMES)

_WORD = re.compile(r"[a-z0-9]+")
_AMOUNT = re.compile(r"\d+(?:h|m|k|km|kg|g|l|cm|mm|ml|x)|[a-z]\d")  # "0h", "2m", "5k", "f1", "t8"
_SUSPECT = re.compile(r"(?=[a-z0-9]*[aeiouy0-9])[a-z]*[0-9]?[a-z]+[0-9]?[a-z]*")  # "pct" is an abbreviation
_DIGITS = {"0": "o", "1": "il", "5": "s", "6": "b", "8": "b", "9": "g", "3": "e", "4": "a", "7": "t", "2": "z"}
_LETTERS = "abcdeghiklmnopqrstuvxy"
# Pairs that scanners take for one another; such a substitution is believed before any other.
_LOOKALIKES = frozenset(
    pair
    for a, b in (
        "il",
        "ce",
        "eo",
        "co",
        "hn",
        "nu",
        "uv",
        "rn",
        "hb",
        "gq",
        "ao",
        "tf",
        "tl",
        "ij",
        "ad",
        "ae",
        "vy",
        "yg",
        "mn",
        "rt",
    )
    for pair in ((a, b), (b, a))
)
_MAX_LENGTH = 8
_VOCABULARY = (
    "measures",
    "measures_containment",
    "measures_health",
    "measures_governance",
    "measures_economic",
    "agencies",
    "provinces",
    "document_types",
)


@lru_cache(maxsize=1)
def _lexicon() -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """Words of the measure vocabulary and the pairs of neighbours in it."""
    from loaders.fold import fold

    words: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for name in _VOCABULARY:
        for phrase in strings_of(read_vocabulary(name)):
            tokens = _WORD.findall(fold(phrase))
            words.update(tokens)
            pairs.update(pairwise(tokens))
    return frozenset(words), frozenset(pairs)


def _candidates(word: str) -> Iterable[str]:
    """Words one letter from ``word``, lookalikes first; where a digit stands in it, only that digit is replaced."""
    digits = [i for i, char in enumerate(word) if char in _DIGITS]
    if digits:
        where = digits[0]
        return (word[:where] + char + word[where + 1 :] for char in _DIGITS[word[where]] + _LETTERS)
    ordered = sorted(
        ((i, char) for i in range(len(word)) for char in _LETTERS if char != word[i]),
        key=lambda item: (word[item[0]], item[1]) not in _LOOKALIKES,
    )
    return (word[:i] + char + word[i + 1 :] for i, char in ordered)


@lru_cache(maxsize=20_000)
def _repair_word(word: str, before: str, after: str) -> str:
    words, pairs = _lexicon()
    if word in words or word in SYLLABLES:
        return word
    known = [item for item in _candidates(word) if item in words]
    for fits in (
        lambda item: (before, item) in pairs and (item, after) in pairs,
        lambda item: (before, item) in pairs or (item, after) in pairs,
    ):
        chosen = next((item for item in known if fits(item)), None)
        if chosen:
            return chosen
    return known[0] if known and (len(set(known)) == 1 or any(char.isdigit() for char in word)) else word


def repair(folded: str) -> str:
    """Same-length copy of ``folded`` with slips mended.

    >>> repair("truy vet va xet ngh1em")
    'truy vet va xet nghiem'
    >>> repair("cac pct xet nghiem")
    'cac pct xet nghiem'
    """
    tokens = _WORD.findall(folded)
    odd = {
        word for word in set(tokens) - SYLLABLES if len(word) <= _MAX_LENGTH and len(word) > 1 and not word.isdigit()
    }
    if odd:
        odd -= _lexicon()[0]
        odd = {word for word in odd if _SUSPECT.fullmatch(word) and not _AMOUNT.fullmatch(word)}
    if not odd:
        return folded
    chars = list(folded)
    for word in odd:
        at = folded.find(word)
        while at >= 0:
            end = at + len(word)
            if not (folded[at - 1 : at].isalnum() or folded[end : end + 1].isalnum()):
                chars[at:end] = _repair_word(word, _word_before(folded, at), _word_after(folded, end))
            at = folded.find(word, end)
    return "".join(chars)


def _word_before(folded: str, at: int) -> str:
    words = _WORD.findall(folded, max(at - 12, 0), at)
    return words[-1] if words else ""


def _word_after(folded: str, end: int) -> str:
    found = _WORD.search(folded, end, end + 12)
    return found[0] if found else ""
