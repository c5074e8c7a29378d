"""Words of the interface: catalogues, dates and numbers by locale, and the escape for words of documents.

``data/messages/<page>.yaml`` holds nested keys whose leaves are ``{vi: …, en: …}``; keys are addressed by file and path
(``timeline.title``), those of ``shared.yaml`` by path alone (``doc_type.directive``). An English leaf may be
``{one: …, other: …}``, chosen by ``n``. Placeholders are ``{name}``: whole numbers and days are written by locale.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from loaders.vocabulary import read_vocabulary

MESSAGES_DIR = Path(__file__).resolve().parent.parent / "data" / "messages"
_SHORT_DATE = {"vi": "dd/MM/yyyy", "en": "d MMM yyyy"}
_MONTH = {"vi": "'tháng' M/yyyy", "en": "MMMM yyyy"}


class MessageError(KeyError):
    """A message key is not in the catalogues, or a leaf is not complete."""


_QUOTED = re.compile(r'"([^"]+)"')


def _leaves(node: Mapping[str, Any], path: str) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for key, value in node.items():
        here = f"{path}.{key}" if path else str(key)
        if not isinstance(value, Mapping):
            raise MessageError(f"message {here} is no mapping; expected {{vi: …, en: …}}")
        if set(value) == {"vi", "en"}:
            found[here] = value
        elif {"vi", "en"} & set(value):
            raise MessageError(f"message {here} lacks a language; expected {{vi: …, en: …}}")
        else:
            found |= _leaves(value, here)
    return found


@lru_cache(maxsize=1)
def messages() -> Mapping[str, Mapping[str, Any]]:
    """All catalogues by full key; read once."""
    found: dict[str, Mapping[str, Any]] = {}
    for path in sorted(MESSAGES_DIR.glob("*.yaml")):
        tree = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        found |= _leaves(tree, "" if path.stem == "shared" else path.stem)
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def measure_entries() -> Mapping[str, Mapping[str, Any]]:
    """Measure codes of the vocabulary, in its order, each with group, names and targets."""
    return MappingProxyType({entry["code"]: entry for entry in read_vocabulary("measures")["measures"]})


def placeholders(template: str) -> set[str]:
    """Names in braces of a message."""
    return {name.partition(".")[0] for _, name, _, _ in string.Formatter().parse(template) if name}


@dataclass(frozen=True)
class Translator:
    """``t("timeline.title", n=3)``; also writes days, numbers and the names of codes in its language."""

    lang: str

    def __call__(self, key: str, **values: Any) -> str:
        """Message ``key`` with ``values`` filled in.

        Raises
        ------
        MessageError
            When there is no such key.
        """
        try:
            leaf = messages()[key][self.lang]
        except KeyError:
            raise MessageError(f"no message {key!r}; add it to data/messages") from None
        if isinstance(leaf, Mapping):
            leaf = leaf["one" if values.get("n") == 1 else "other"]
        return leaf.format(**{name: self.value(value) for name, value in values.items()}) if values else leaf

    def has(self, key: str) -> bool:
        """Whether the catalogues know ``key``."""
        return key in messages()

    def name(self, kind: str, code: str) -> str:
        """Name of a code of the contract (``t.name("urgency", "khan")``); the code itself when nothing names it."""
        if kind == "measure" and code in measure_entries():
            return measure_entries()[code][self.lang]
        key = f"{kind}.{code or 'empty'}"
        return self(key) if self.has(key) else str(code)

    def problem(self, code: str, message: str, *families: str) -> str:
        """What a stage found, in words: its own in English; in Vietnamese those of its code, with the words it quotes.

        ``families`` are the catalogues that are asked for ``code`` before ``problem``.
        """
        key = next((key for family in (*families, "problem") if self.has(key := f"{family}.{code}")), "")
        if self.lang == "en" or not key:
            return message
        return " ".join([self(key), *(f"“{words}”" for words in _QUOTED.findall(message))])

    def value(self, value: Any) -> str:
        """A placeholder's value in words: whole numbers and days by locale, anything else as it is."""
        if isinstance(value, bool):
            return str(value)
        if isinstance(value, int):
            return self.number(value)
        return self.day(value) if isinstance(value, (date, datetime)) else str(value)

    def day(self, value: Any) -> str:
        """A day: ``27/05/2021``, ``27 May 2021``; a dash where there is none (``None``, ``NaT``)."""
        if value is None or value != value:
            return "–"
        return format_date(value, _SHORT_DATE[self.lang], locale=self.lang)

    def month(self, value: Any) -> str:
        """A month: ``tháng 5/2021``, ``May 2021``."""
        return format_date(value, _MONTH[self.lang], locale=self.lang)

    def months(self, first: Any, last: Any) -> str:
        """A span of months, short: ``5 – 7/2021``, ``May – Jul 2021``."""
        form = "M/yyyy" if self.lang == "vi" else "MMM yyyy"
        if (first.year, first.month) != (last.year, last.month) and first.year == last.year:
            short = form.split()[0].partition("/")[0]
            return " – ".join(format_date(day, f, locale=self.lang) for day, f in ((first, short), (last, form)))
        ends = [format_date(day, form, locale=self.lang) for day in (first, last)]
        return ends[0] if ends[0] == ends[1] else " – ".join(ends)

    def number(self, value: float, digits: int = 0) -> str:
        """A number with the separators of the language; a dash where there is none."""
        if value is None or value != value:
            return "–"
        return format_decimal(
            round(float(value), digits), format="#,##0" + ("." + "0" * digits if digits else ""), locale=self.lang
        )

    def percent(self, share: float) -> str:
        """A share from 0 to 1 as a whole percentage."""
        return format_percent(share, format="#,##0%", locale=self.lang)

    def list(self, items: list[str] | tuple[str, ...]) -> str:
        """``a, b và c``, ``a, b and c``."""
        items = list(items)
        joint = " và " if self.lang == "vi" else " and "
        return joint.join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)

    def span(self, earliest: Any, latest: Any) -> str:
        """Bounds of an uncertain day in words; an absent bound is said to be open."""
        known = [value is not None and value == value for value in (earliest, latest)]
        if all(known):
            return self("date.between", earliest=self.day(earliest), latest=self.day(latest))
        if known[0]:
            return self("date.after", earliest=self.day(earliest))
        return self("date.before", latest=self.day(latest)) if known[1] else self("date.none")


@lru_cache(maxsize=len(_MONTH))
def translator(lang: str) -> Translator:
    """The translator of ``vi`` or ``en``."""
    return Translator(lang)


_PUNCTUATION = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$&^=\"'/%;,?])")
_LIVE = re.compile(r"(?<=[:@])(?=\S)|(?<=[wW]{3})(?=\.)|(?<=:)(?=/)|(?<=[-<=~])(?=[->=~])")


def plain(text: object) -> str:
    """Words of a document for a Streamlit label or markdown: no character of them acts as markup.

    Markdown and LaTeX punctuation is escaped by a backslash. Where Streamlit looks at the text after that (emoji and
    icon shortcodes, autolinks, arrows) an invisible word joiner keeps the pattern apart. Prefer ``st.text`` for
    whole passages: it needs no escape.

    >>> plain("**5K** <b>")
    '\\\\*\\\\*5K\\\\*\\\\* \\\\<b\\\\>'
    """
    joined = _LIVE.sub("\u2060", re.sub(r"\s+", " ", str(text)))
    return _PUNCTUATION.sub(r"\\\1", joined)
