"""Web pages: the visible text, block by block, white space collapsed as a browser does.

Scripts, styles, forms' controls, navigation and hidden elements are left out. List markers, which the page's author did
not type but the reader sees, are written out (``1.``, ``a)``, ``-``): provisions are labelled by them.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from loaders.readers.base import Options, Progress, Reading, problem
from loaders.readers.numbering import format_number
from loaders.readers.text import decode_text, language_problems, mend_legacy

_DROPPED = frozenset(
    """head script style noscript template svg math canvas iframe object embed audio video map nav select option
    button input textarea dialog""".split()  # noqa: SIM905
)
_PARAGRAPHS = frozenset(
    """p h1 h2 h3 h4 h5 h6 table td th caption ul ol dl blockquote section article header footer aside main address
    figure hr pre""".split()  # noqa: SIM905
)
_LINES = frozenset(("div", "li", "tr", "dt", "dd", "center", "form", "fieldset", "figcaption"))
_PARAGRAPH, _LINE = "\x1d", "\x1e"  # breaks between blocks; several in a row are one
_BREAKS = re.compile(r"[ \t]*[\x1d\x1e][\x1d\x1e \t]*")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{3,20})", re.IGNORECASE)
_OL_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_NO_BREAKS = {0x1D: " ", 0x1E: " "}
_MOST_NODES = 500_000


def read_html(data: bytes, name: str, options: Options, progress: Progress | None = None) -> Reading:
    """Reading of a web page; scripts are never run and nothing is fetched."""
    tree = LexborHTMLParser(_decode(data, name))
    text, legacy = mend_legacy(_visible_text(tree.root) if tree.root else "")
    problems = list(language_problems(text))
    if tree.css_first("script") is not None:
        problems.append(problem("scripts-ignored", "info", "The page has scripts; they were not run."))
    if legacy:
        problems.append(problem("legacy-encoding", "info", f"The text was in {legacy} and was converted to Unicode."))
    return Reading(text=text, method="html", problems=tuple(problems))


def _decode(data: bytes, name: str) -> str:
    text, encoding = decode_text(data, name)
    declared = _META_CHARSET.search(data[:4096])
    if declared and not encoding.startswith("utf"):
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            return text  # the page lies about itself
    return text


def _visible_text(root: LexborNode) -> str:
    pieces: list[str] = []
    counters: dict[int, int] = {}
    stack: list[tuple[LexborNode, bool]] = [(root, False)]  # a stack, not recursion: pages nest as deep as they like
    for _ in range(_MOST_NODES):
        if not stack:
            break
        node, leaving = stack.pop()
        tag = node.tag or ""
        if leaving:
            pieces.append(_break_of(tag))
        elif tag == "-text":
            pieces.append(_inline(node))
        elif tag == "br":
            pieces.append("\n")
        elif not tag.startswith("-") and tag not in _DROPPED and not _hidden(node):
            pieces.append(_break_of(tag) + (_marker(node, counters) if tag == "li" else ""))
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(_children(node)))
    return _tidy("".join(pieces))


def _children(node: LexborNode) -> list[LexborNode]:
    children, child = [], node.child
    while child is not None:
        children.append(child)
        child = child.next
    return children


def _break_of(tag: str) -> str:
    return _PARAGRAPH if tag in _PARAGRAPHS else _LINE if tag in _LINES else ""


def _inline(node: LexborNode) -> str:
    text = node.text_content or ""
    parent = node.parent
    if parent is not None and parent.tag == "pre":
        return text
    return _BLANKS.sub(" ", text.translate(_NO_BREAKS))


def _hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if not attributes:
        return False
    style = (attributes.get("style") or "").replace(" ", "").lower()
    return "hidden" in attributes or "display:none" in style or attributes.get("role") == "navigation"


def _marker(item: LexborNode, counters: dict[int, int]) -> str:
    """What the browser draws before a list item."""
    parent = item.parent
    if parent is None or parent.tag != "ol":
        return "- "
    attributes = parent.attributes
    key = parent.mem_id
    given = item.attributes.get("value") or ("" if key in counters else attributes.get("start")) or ""
    counters[key] = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else counters.get(key, 0) + 1
    kind = _OL_TYPES.get(attributes.get("type") or "", "decimal")
    return format_number(counters[key], kind) + (") " if kind == "lowerLetter" else ". ")


def _tidy(text: str) -> str:
    text = _BREAKS.sub(lambda found: "\n\n" if _PARAGRAPH in found[0] else "\n", text)
    lines = [line.strip(" \t") for line in text.replace("\r\n", "\n").split("\n")]
    doubled = re.sub(r"^- (?=(-|\+|•|\d{1,2}[.)]|[a-zđ]\)))", "", "\n".join(lines), flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", doubled).strip("\n")
