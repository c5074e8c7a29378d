"""The state of a page as a frozen value, and the one codec between it and the query string.

Ids and codes, never labels; ``v=1``; names sorted; defaults left out. A value that does not parse is dropped and its
name reported, so that a damaged link opens the nearest view it can.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from loaders.tables import BRANCHES, DOC_TYPES, URGENCIES

VERSION = "1"
LANGS = ("vi", "en")

_ID = re.compile(r"[\w+-][\w .:/+#&()-]{0,239}")
_MAX_ITEMS = 200


@dataclass(frozen=True)
class Param:
    """One typed query parameter: ``parse`` returns ``None`` for what it does not accept."""

    name: str
    default: Any
    parse: Callable[[str], Any]
    write: Callable[[Any], str] = str


def choice(name: str, options: Iterable[str], default: str = "") -> Param:
    """One of ``options``."""
    known = frozenset(options) | {default}
    return Param(name, default, lambda raw: raw if raw in known else None)


def flag(name: str) -> Param:
    """``1`` or absent."""
    return Param(name, False, lambda raw: {"1": True, "0": False}.get(raw), lambda value: "1" if value else "0")


def number(name: str, default: int, low: int, high: int) -> Param:
    """A whole number from ``low`` to ``high``."""

    def parse(raw: str) -> int | None:
        return int(raw) if re.fullmatch(r"-?[0-9]{1,9}", raw) and low <= int(raw) <= high else None

    return Param(name, default, parse)


def day(name: str) -> Param:
    """An ISO day of this century, or absent."""

    def parse(raw: str) -> date | None:
        try:
            value = date.fromisoformat(raw) if len(raw) == 10 else None
        except ValueError:
            return None
        return value if value and 2000 <= value.year < 2100 else None

    return Param(name, None, parse, lambda value: value.isoformat())


def ident(name: str) -> Param:
    """An id as the tables write them: a directive, an actor, a provision, a fact."""
    return Param(name, "", lambda raw: raw if _ID.fullmatch(raw) else None)


def idents(name: str, options: Iterable[str] | None = None) -> Param:
    """A comma-separated list of ids, or of words among ``options``; kept sorted."""
    known = None if options is None else frozenset(options)

    def parse(raw: str) -> tuple[str, ...] | None:
        items = raw.split(",")
        fit = all(_ID.fullmatch(item) and (known is None or item in known) for item in items)
        return tuple(sorted(set(items))) if fit and len(items) <= _MAX_ITEMS else None

    return Param(name, (), parse, lambda value: ",".join(sorted(value)))


def words(name: str) -> Param:
    """Free text of at most 200 characters, on one line."""

    def parse(raw: str) -> str | None:
        text = " ".join(raw.split())
        return text if len(text) <= 200 and text.isprintable() else None

    return Param(name, "", parse)


@dataclass(frozen=True)
class ViewState:
    """Everything that decides what a page shows.

    Attributes
    ----------
    lang
        ``vi``, ``en``; empty: the reader's own.
    start, end
        Window, both days included; ``None`` is open.
    provinces, branches, types, urgencies, measures
        ISO codes and words of the contract; empty means all.
    on
        The as-of day.
    directive, provision, fact, actor, measure
        The selection: ids, and one measure code.
    q
        Words searched for.
    present
        Presentation view.
    checked
        Only directives that were checked against their source.
    extra
        What the page declared beside this, by parameter name; never changed in place.
    """

    lang: str = ""
    start: date | None = None
    end: date | None = None
    provinces: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    urgencies: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    on: date | None = None
    directive: str = ""
    provision: str = ""
    fact: str = ""
    actor: str = ""
    measure: str = ""
    q: str = ""
    present: bool = False
    checked: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def but(self, **changes: Any) -> ViewState:
        """A copy with ``changes``; a name that is no field goes to ``extra``.

        >>> ViewState().but(q="5K", rows="month").extra
        {'rows': 'month'}
        """
        own = {name: value for name, value in changes.items() if name in _FIELDS}
        rest = {name: value for name, value in changes.items() if name not in _FIELDS}
        return replace(self, **{"extra": {**self.extra, **rest}, **own})

    def filters(self) -> ViewState:
        """Only what all pages share: language, window and filters. What the header's links carry on."""
        return replace(self, directive="", provision="", fact="", actor="", measure="", q="", extra={})


_FIELDS = {item.name for item in fields(ViewState)}

CORE: dict[str, Param] = {
    "lang": choice("lang", LANGS),
    "start": day("from"),
    "end": day("to"),
    "provinces": idents("province"),
    "branches": idents("branch", BRANCHES),
    "types": idents("type", DOC_TYPES),
    "urgencies": idents("urgency", URGENCIES),
    "measures": idents("measure"),
    "on": day("on"),
    "directive": ident("d"),
    "provision": ident("p"),
    "fact": ident("f"),
    "actor": ident("a"),
    "measure": ident("m"),
    "q": words("q"),
    "present": flag("present"),
    "checked": flag("checked"),
}


def decode(params: Mapping[str, str], extras: Iterable[Param] = ()) -> tuple[ViewState, tuple[str, ...]]:
    """State of a query string, and the names of the parameters that were dropped, sorted.

    >>> decode({"from": "2021-05-01", "to": "2021-02-31", "x": "1"})[1]
    ('to', 'x')
    """
    extras = tuple(extras)
    dropped = set(params) - {param.name for param in (*CORE.values(), *extras)} - {"v"}
    if params.get("v", VERSION) != VERSION:
        dropped.add("v")

    def read(param: Param) -> Any:
        if param.name not in params:
            return param.default
        value = param.parse(params[param.name])
        if value is None:
            dropped.add(param.name)
            return param.default
        return value

    values = {name: read(param) for name, param in CORE.items()}
    if values["start"] and values["end"] and values["start"] > values["end"]:
        dropped |= {"from", "to"}
        values["start"] = values["end"] = None
    return ViewState(**values, extra={param.name: read(param) for param in extras}), tuple(sorted(dropped))


def encode(state: ViewState, extras: Iterable[Param] = ()) -> dict[str, str]:
    """Query parameters of ``state``: sorted, without defaults; ``v`` only beside something else.

    >>> encode(ViewState(provinces=("VN-58", "VN-47"), lang="en"))
    {'lang': 'en', 'province': 'VN-47,VN-58', 'v': '1'}
    """
    pairs = [(param, getattr(state, name)) for name, param in CORE.items()]
    known = {param.name: param for param in extras}
    pairs += [(known[name], value) for name, value in state.extra.items() if name in known]
    found = {param.name: param.write(value) for param, value in pairs if value != param.default}
    if found:
        found["v"] = VERSION
    return dict(sorted(found.items()))


def url(page: str, state: ViewState, extras: Iterable[Param] = ()) -> str:
    """Address below the server's root, readable: slashes, commas and colons stay.

    >>> url("reader", ViewState(directive="binh-phuoc/396-cv-tu/2021-05-27"))
    '/reader?d=binh-phuoc/396-cv-tu/2021-05-27&v=1'
    """
    query = urlencode(encode(state, extras), safe="/,:", quote_via=quote)
    return f"/{page}" + (f"?{query}" if query else "")
