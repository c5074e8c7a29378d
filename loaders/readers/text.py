"""Plain text: UTF-8 and UTF-16, and the encodings from before Unicode that Vietnamese offices still hold.

Accepted: UTF-8 with or without mark, UTF-16 with mark or guessed, windows-1258, TCVN3 (.VnTime), VNI, VISCII, VPS, and
UTF-8 that was once read as windows-1252. Which legacy encoding it is, is settled by trying all of them and keeping the
one with most valid syllables (viparse's own detection misses some VNI texts).
"""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Callable
from functools import partial

from loaders.readers.base import Options, Progress, Reading, SourceError, problem
from loaders.readers.quality import folded_share, letters, marked_share, syllable_share
from loaders.records import Problem

GOOD_SHARE = 0.85
"""Below this share of valid syllables a text is tried as a legacy encoding."""
_MARGIN = 0.10
_CONTROLS = bytes((*range(9), *range(14, 27), *range(28, 32)))
_LEGACY = ("tcvn3", "vni", "viscii", "vps")
_SAMPLE = 5_000
_ACCENTS_LOST = "The accents are lost, so less can be read from it; import the original file if you have it."
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_text(data: bytes, name: str, options: Options, progress: Progress | None = None) -> Reading:
    """Reading of a text file; raises `SourceError` where the bytes are no text."""
    raw, encoding = decode_text(data, name)
    text, legacy = mend_legacy(raw)
    return Reading(text=text, method="text", problems=(*_encoding_problems(encoding, legacy), *language_problems(text)))


def decode_text(data: bytes, name: str) -> tuple[str, str]:
    """Text and the encoding that gave it. UTF-8 first; bytes that are no UTF-8 come back as windows-1252.

    Raises
    ------
    SourceError
        ``binary`` where the bytes hold control characters that no text has.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), encoding
    if (guess := _guess_utf16(data)) is not None:
        return data.decode(guess, errors="replace"), guess
    sample = data[:_SAMPLE]
    if len(sample) - len(sample.translate(None, delete=_CONTROLS)) > len(sample) / 200:
        raise SourceError(
            name,
            "binary",
            "is not a text but a binary file of unknown kind",
            "Save it as PDF, Word, HTML or plain text",
        )
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_broken(data)


def _guess_utf16(data: bytes) -> str | None:
    # Latin letters of UTF-16 leave a zero in every second byte
    sample = data[:_SAMPLE]
    if len(sample) < 4 or sample.count(0) < len(sample) / 5:
        return None
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    if max(odd, even) < 8 * min(odd, even) + len(sample) / 10:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _decode_broken(data: bytes) -> tuple[str, str]:
    # a good UTF-8 file with a few broken bytes is still UTF-8; otherwise the bytes are one of the old encodings
    lenient = data.decode("utf-8", errors="replace")
    lost = lenient.count("\ufffd")
    if lost <= max(2, sum(not char.isascii() for char in lenient) // 50):
        return lenient, "utf-8 (damaged)"
    return data.decode("cp1252", errors="replace"), "windows-1252"


def mend_legacy(text: str) -> tuple[str, str]:
    """Text in Unicode, and the name of the legacy encoding it was in (empty where it was fine).

    Lines are kept: only characters change.
    """
    sample = _sample(text)
    share = syllable_share(sample)
    if share >= GOOD_SHARE or sample.isascii() or letters(sample) < 20:
        return text, ""
    best, best_share, best_name = text, share + _MARGIN, ""
    for name, decode in _decoders():
        tried = decode(sample)
        if tried is not None and (tried_share := syllable_share(tried)) > best_share and marked_share(tried) > 0.05:
            whole = decode(text)
            if whole is not None:
                best, best_share, best_name = whole, tried_share, name
    return best, best_name


def _sample(text: str) -> str:
    # the middle of a long file: its head may be English boilerplate
    return text if len(text) <= _SAMPLE else text[len(text) // 3 : len(text) // 3 + _SAMPLE]


def _decoders() -> list[tuple[str, Callable[[str], str | None]]]:
    decoders: list[tuple[str, Callable[[str], str | None]]] = [
        ("UTF-8 read as windows-1252", lambda text: _recode(text, "cp1252", "utf-8")),
        ("windows-1258", lambda text: _recode(text, "cp1252", "cp1258")),
    ]
    import viparse  # 0.2 s: only where a legacy encoding is suspected

    for encoding in _LEGACY:
        decoders.append((encoding.upper(), partial(viparse.fix, encoding=encoding)))
    return decoders


def _recode(text: str, back: str, forth: str) -> str | None:
    # windows-1252 leaves five bytes open; readers pass them through as the control character of that number
    data = b"".join(char.encode("latin-1" if "\x80" <= char <= "\x9f" else back, errors="replace") for char in text)
    try:
        return unicodedata.normalize("NFC", data.decode(forth))
    except UnicodeError:
        return None


def _encoding_problems(encoding: str, legacy: str) -> tuple[Problem, ...]:
    found = []
    if legacy:
        message = f"The text was in {legacy} and was converted to Unicode; compare a few lines with the original."
        found.append(problem("legacy-encoding", "info", message))
    if "damaged" in encoding:
        message = "Some bytes are no UTF-8 and are shown as \ufffd; save the file again as UTF-8."
        found.append(problem("damaged-encoding", "warning", message))
    return tuple(found)


def language_problems(text: str) -> tuple[Problem, ...]:
    """Warnings for a text that is empty, no Vietnamese, or Vietnamese that lost its accents; offsets are not given."""
    sample = _sample(text)
    if letters(sample) < 20:
        return (problem("no-text", "warning", "There is next to no text in it; check that it is the right file."),)
    marked = marked_share(sample)
    if marked >= 0.05 and syllable_share(sample) >= 0.5:
        return ()
    if marked < 0.05 and folded_share(sample) >= 0.75:
        return (
            problem(
                "accents-lost",
                "warning",
                _ACCENTS_LOST,
            ),
        )
    return (problem("not-vietnamese", "warning", "It does not look like Vietnamese; check that it is the right file."),)
