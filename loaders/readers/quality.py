"""Is this Vietnamese, and well decoded? Shares that the readers' gates look at (measured: see the readers' tests).

A syllable is valid when onset, rhyme and tone go together; the lists are the spelling rules of modern Vietnamese with
the spellings in use for both tone placements (``hoà``, ``hòa``).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from loaders.fold import fold

_RHYMES = frozenset(
    re.findall(
        r"\w+",
        """
        a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
        e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
        i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
        o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
        oc oe oen oeo oet oi om on ong ooc oong op ot
        ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
        u ua uc uê uêch uênh ui um un ung up ut uân uâng uât uây uôc uôi uôm uôn uông uôt
        uơ uy uya uych uyn uynh uyp uyt uyu uyên uyêt
        ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
        y ych yn ynh yt yêm yên yêng yêt yêu
        """,
    )
)
_FOLDED_RHYMES = frozenset(map(fold, _RHYMES))
_TONES = {"\u0300", "\u0309", "\u0303", "\u0301", "\u0323"}
_STOPS = ("c", "ch", "p", "t")
_WORD = re.compile(r"[^\W\d_]+")
_NO_ASCII_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_SYLLABLE = re.compile(r"(qu|gi|ngh|ng|nh|gh|kh|ph|th|tr|ch|[bcdđghklmnprstvx])?(.*)")


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether ``word`` (NFC, any case) is spelled like a Vietnamese syllable.

    >>> [is_syllable(w) for w in ("Thực", "hoà", "giữa", "quyết", "Thùc", "hiÖn", "street")]
    [True, True, True, True, False, False, False]
    """
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in parts if mark in _TONES]
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES))
    if bare.endswith(_STOPS) and tones and tones[0] not in ("\u0301", "\u0323"):
        return False
    if bare.endswith(_STOPS) and not tones:
        return False
    return _fits(bare, _RHYMES)


def _fits(bare: str, rhymes: frozenset[str]) -> bool:
    onset, rhyme = _SYLLABLE.match(bare).groups(default="")  # type: ignore[union-attr]
    if rhyme in rhymes:
        return True
    if onset == "gi":  # gì, giêng, gìn: the i belongs to the rhyme
        return "i" + rhyme in rhymes
    return onset == "qu" and ("u" + rhyme in rhymes or rhyme in rhymes)


@lru_cache(maxsize=4)  # one sample is judged by several gates
def syllable_share(text: str) -> float:
    """Share of words of two letters or more that are valid syllables; capital abbreviations do not count. 1 if none."""
    judged = valid = 0
    for word, times in Counter(_WORD.findall(text)).items():
        if len(word) > 1:
            fits = is_syllable(word)
            valid += times * fits
            judged += times * (fits or not (word.isupper() and len(word) <= 7))
    return valid / judged if judged else 1.0


def folded_share(text: str) -> float:
    """The same for words without accents: high for Vietnamese whose accents were lost, low for other languages."""
    words = [fold(word) for word in _WORD.findall(text) if len(word) > 1]
    return sum(_fits(word, _FOLDED_RHYMES) for word in words) / len(words) if words else 0.0


def marked_share(text: str) -> float:
    """Share of letters that bear a mark or are đ: about 0.25 in Vietnamese prose, below 0.05 where accents are lost."""
    found = letters(text)
    ascii_letters = len(text.encode("ascii", errors="ignore").translate(None, delete=_NO_ASCII_LETTERS))
    return 1 - ascii_letters / found if found else 0.0


def lone_share(text: str) -> float:
    """Share of words of one letter: below 0.02 in good text, above 0.10 where a PDF scrambled its glyphs."""
    words = _WORD.findall(text)
    return sum(len(word) == 1 for word in words) / len(words) if words else 0.0


@lru_cache(maxsize=4)
def letters(text: str) -> int:
    """Number of letters: fewer than 50 on a page means that the page is a picture."""
    return sum(map(str.isalpha, text))
