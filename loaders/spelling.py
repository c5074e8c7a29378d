"""Which marks of a word count: two shadows of a text for phrase matching, between the folded one and the printed one.

``fold`` merges "thi", "thì" and "thị"; printed marks alone would lose every word that a scanner or a typist got wrong.
So a text is looked up twice. The first shadow finds: it is folded and repaired, but for a few words whose folded form
means several things. The second one confirms: it has the marks of all words that the vocabulary knows as they are
printed, so that "Đảng" is not "đang" and "trưởng" is not "trường"; a word printed without marks may still be any.
"""

from __future__ import annotations

import re
from functools import lru_cache

import ahocorasick_rs

from loaders.fold import Text, fold
from loaders.vocabulary import read_vocabulary, strings_of

MASK = "_"

# Words whose folded form means several things: they keep their marks in the words of a text where they are printed so.
# The second entry lists what scanners make of the first.
MARKED = {
    "dừng": "dừng dửng dứng dững",
    "ngừng": "ngừng ngửng ngứng",
    "cấm": "cấm cẩm cẫm",
    "chợ": "chợ",
    "họp": "họp",
    "lễ": "lễ lể",
    "mở": "mở mỡ",
    "quán": "quán",
    "bỏ": "bỏ",
    "đò": "đò",
    "phà": "phà",
    "hủy": "hủy huỷ hũy",
    "giỗ": "giỗ giổ",
    "lùi": "lùi",
    "trừ": "trừ",
    "tiệm": "tiệm",
    "dỡ": "dỡ dở",
    "gỡ": "gỡ gở",
    "chùa": "chùa",
    "giảm": "giảm",
    "hoãn": "hoãn hoản",
    "nâng": "nâng",
    "tăng": "tăng",
    "nới": "nới",
    "miễn": "miễn miển",
    "đông": "đông dông",
    "đỏ": "đỏ đõ dỏ",
    "thôi": "thôi",
    "đăng": "đăng",
    "giả": "giả giã",
    "chở": "chở",
}
_FORMS = {form: word for word, forms in MARKED.items() for form in forms.split()}
_FORM_LIST = sorted(_FORMS)
_FORM = ahocorasick_rs.AhoCorasick(_FORM_LIST, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
# Printed without marks: "tam dung", "dung cac hoat dong", but not "su dung cac", "xay dung ban do".
_BARE_STOP = re.compile(
    r"(?:dung|ngung)\b(?:(?<=\btam dung)|(?<=\btam ngung)"
    r"|(?<=\bdung)(?= (?:cac|moi|toan bo|tat ca|hoat dong|to chuc|viec|don|ban|kinh doanh)\b))"
)
_NO_STOP = ("su ", "ap ", "noi ", "tan ", "tac ", "van ", "xay ", "huu ", "tin ", "cong ", "ung ", "chuyen ", "trung ")


def read_shadow(text: Text) -> str:
    """Repaired shadow of the whole text in which the words of ``MARKED`` keep their marks."""
    shadow = text.repaired
    lower = text.raw.lower()
    if len(lower) != len(shadow):
        return shadow
    pieces, last = [], 0
    for index, start, end in _FORM.find_matches_as_indexes(lower):
        if not lower[start - 1 : start].isalnum() and not lower[end : end + 1].isalnum():
            pieces += [shadow[last:start], _FORMS[_FORM_LIST[index]]]
            last = end
    shadow = "".join(pieces) + shadow[last:]
    return _BARE_STOP.sub(lambda match: _bare_stop(lower, match), shadow)


def _bare_stop(lower: str, match: re.Match[str]) -> str:
    """The stop where it is printed without marks; "dụng", "dựng" and "dùng" are other words."""
    if lower[match.start() : match.end()] != match[0] or lower.endswith(_NO_STOP, 0, match.start()):
        return match[0]
    return "dừng" if match[0] == "dung" else "ngừng"


# -- words as printed -------------------------------------------------------------------------------------------------

# The tone mark of an open "oa", "oe", "uy" is set on either vowel.
_PLACES = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
_MARKED_WORD = re.compile(r"(?<!\w)[a-z]*[^\W\d_a-z][^\W\d_]*(?!\w)")
_MASKS = re.compile(f"{MASK}+")
MEASURE_FILES = ("measures", "measures_containment", "measures_health", "measures_governance", "measures_economic")


@lru_cache(maxsize=20_000)
def spell(word: str) -> str:
    """A word in lower case with its tone mark in one place; a word of ``MARKED`` for what scanners make of it.

    >>> spell("hoá"), spell("quý"), spell("dửng")
    ('hóa', 'quý', 'dừng')
    """
    if word[-2:] in _PLACES and not word.startswith("qu"):
        word = word[:-2] + _PLACES[word[-2:]]
    return _FORMS.get(word, word)


def spelled(words: str) -> str:
    """Regular expression for words in a row with their marks or, as in a text that lost them, without; each with the
    blank behind it."""
    found = map(spell, re.findall(r"\w+", words.lower()))
    return "".join(
        f"(?:{word}|{fold(word)}) " if word not in MARKED and word != fold(word) else f"{word} " for word in found
    )


def any_of(phrases: str) -> re.Pattern[str]:
    """Pattern over :func:`lower_case` that finds any of the phrases, given with commas between them."""
    found = (spelled(phrase).replace(" ", r"[ \n]").removesuffix(r"[ \n]") for phrase in phrases.split(","))
    return re.compile(rf"\b(?:{'|'.join(found)})\b")


def lower_case(text: Text) -> str:
    """The text in small letters with its marks, same length: for phrases that folding would merge with others."""
    lower = text.raw.lower()
    return lower if len(lower) == len(text.raw) else text.folded


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Words of the measure vocabulary: any other marked word is taken for a slip and stays as ``shadow`` has it."""
    texts = (text.lower() for name in MEASURE_FILES for text in strings_of(read_vocabulary(name)))
    return frozenset(spell(word) for text in texts for word in re.findall(r"[^\W\d_]+", text))


def read_printed(text: Text, shadow: str) -> str:
    """``shadow`` with the marks of known words as they are printed; what is masked stays masked. Same length."""
    lower, known = text.raw.lower(), _known()
    if len(lower) != len(shadow):
        return shadow
    pieces, last = [], 0
    for match in _MARKED_WORD.finditer(lower):
        start, end = match.span()
        if shadow[start] != MASK and (word := spell(match[0])) in known:
            pieces += [shadow[last:start], word]
            last = end
    return "".join(pieces) + shadow[last:]


def mask_alike(printed: str, string: str) -> str:
    """``printed`` with the masks of ``string``, of the same length."""
    pieces, last = [], 0
    for match in _MASKS.finditer(string):
        pieces += [printed[last : match.start()], match[0]]
        last = match.end()
    return "".join(pieces) + printed[last:]
