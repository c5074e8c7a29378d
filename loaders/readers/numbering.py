"""Numbers of automatic lists as Word and browsers draw them: 1, a, A, i, I."""

from __future__ import annotations

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_LOW = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def format_number(number: int, kind: str) -> str:
    """Number of a list item; ``kind`` is Word's ``numFmt``. Unknown kinds are decimal.

    >>> [format_number(4, kind) for kind in ("decimal", "lowerLetter", "upperRoman", "decimalZero")]
    ['4', 'd', 'IV', '04']
    """
    if kind in ("lowerLetter", "upperLetter"):
        letter = (
            "abcdefghijklmnopqrstuvwxyz"[(number - 1) % 26] * ((number - 1) // 26 + 1)
            if 0 < number < 80
            else str(number)
        )
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman"):
        return _roman(number).upper() if kind == "upperRoman" else _roman(number)
    return f"{number:02d}" if kind == "decimalZero" else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    drawn = ""
    for value, sign in (*_ROMAN, *_ROMAN_LOW):
        drawn += sign * (number // value)
        number %= value
    return drawn
