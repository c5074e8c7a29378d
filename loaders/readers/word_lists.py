"""Automatic numbering of Word: the label a reader sees before a paragraph, which the text itself does not hold."""

from __future__ import annotations

import re

from lxml import etree

from loaders.readers.numbering import format_number

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BULLETS = {"·": "-", "\uf0b7": "-", "o": "-", "\uf0a7": "-", "●": "-", "•": "-", "–": "-", "": "-"}
_DEEPEST = 9


class Numbering:
    """Counters of one document's lists. `label` must be called once a paragraph, in order.

    Source: ECMA-376 part 1, section 17.9 (numbering). Lists through a paragraph style are followed one style deep;
    numbers that restart by ``lvlOverride`` keep counting.
    """

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._abstract_of: dict[str, str] = {}
        self._of_style: dict[str, tuple[str, int]] = {}
        self._counters: dict[str, list[int]] = {}
        if numbering is not None:
            self._read_levels(numbering)
        if styles is not None:
            for style in styles.iter(_W + "style"):
                self._of_style[str(style.get(_W + "styleId"))] = _reference(style.find(f"{_W}pPr/{_W}numPr"))

    def _read_levels(self, numbering: etree._Element) -> None:
        for abstract in numbering.iter(_W + "abstractNum"):
            levels = self._levels.setdefault(str(abstract.get(_W + "abstractNumId")), {})
            for level in abstract.iter(_W + "lvl"):
                start = _value(level, "start")
                levels[_integer(level.get(_W + "ilvl"))] = (
                    _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText"),
                    _integer(start) if start else 1,
                )
        for number in numbering.iter(_W + "num"):
            self._abstract_of[str(number.get(_W + "numId"))] = _value(number, "abstractNumId")

    def label(self, paragraph: etree._Element) -> str:
        """Label with a blank after it, or an empty string; counts the paragraph."""
        number_id, level = _reference(paragraph.find(f"{_W}pPr/{_W}numPr"))
        if not number_id:
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            number_id, level = self._of_style.get(str(style.get(_W + "val")), ("", 0)) if style is not None else ("", 0)
        abstract = self._abstract_of.get(number_id, "")
        levels = self._levels.get(abstract, {})
        if number_id in ("", "0") or level not in levels:
            return ""
        kind, pattern, _ = levels[level]
        if kind == "none":
            return ""
        if kind == "bullet":
            return _BULLETS.get(pattern, pattern if pattern in "-+*" else "-") + " "
        counters = self._counters.setdefault(abstract, [0] * _DEEPEST)
        counters[level] = counters[level] + 1 if counters[level] else levels[level][2]
        counters[level + 1 :] = [0] * (_DEEPEST - level - 1)
        return re.sub(r"%([1-9])", lambda match: self._drawn(levels, counters, int(match[1]) - 1), pattern) + " "

    @staticmethod
    def _drawn(levels: dict[int, tuple[str, str, int]], counters: list[int], level: int) -> str:
        kind, _, start = levels.get(level, ("decimal", "", 1))
        return format_number(counters[level] or start, kind)


def _reference(properties: etree._Element | None) -> tuple[str, int]:
    if properties is None:
        return "", 0
    return _value(properties, "numId"), min(_integer(_value(properties, "ilvl")), _DEEPEST - 1)


def _value(node: etree._Element, tag: str) -> str:
    child = node.find(_W + tag)
    return str(child.get(_W + "val") or "") if child is not None else ""


def _integer(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 0
