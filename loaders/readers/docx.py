"""Word files: everything a reader of the printed page sees, in order.

Letterhead and signature lie in tables, "HỎA TỐC" in a text box, numbers of provisions in automatic lists: python-docx's
``paragraphs`` holds none of them, so the XML is walked directly. Page headers come first, footers and notes last.
Deleted text of tracked changes is left out. Nothing outside the file is followed; macros are never run.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from loaders.readers.base import Options, Progress, Reading, SourceError, problem
from loaders.readers.text import language_problems, mend_legacy
from loaders.readers.word_lists import Numbering
from loaders.records import Problem

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {
    _W + tag for tag in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sectPr", "tblPr", "tcPr", "trPr")
}
_SKIPPED.add(_FALLBACK)
_PARSER_RULES = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
_MAIN = "word/document.xml"


def read_docx(data: bytes, name: str, options: Options, progress: Progress | None = None) -> Reading:
    """Reading of a Word file (.docx, .docm, .dotx); raises `SourceError` where it is damaged or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_size(package, name, options)
            text = _package_text(package)
            problems = _package_problems(package)
    except (
        zipfile.BadZipFile,
        KeyError,
        etree.XMLSyntaxError,
        EOFError,
        NotImplementedError,
        OSError,
        RuntimeError,
    ) as error:
        reason = f"is a damaged Word file ({type(error).__name__})"
        raise SourceError(name, "damaged", reason, "Open it in Word, save it again as .docx, import that") from error
    text, legacy = mend_legacy(text)
    text = text.replace("\xad", "")
    if legacy:
        message = f"The text was typed in a {legacy} font and was converted to Unicode; compare a few lines."
        problems.append(problem("legacy-encoding", "info", message))
    return Reading(text=text, method="docx", problems=(*problems, *language_problems(text)))


def _check_size(package: zipfile.ZipFile, name: str, options: Options) -> None:
    size = sum(item.file_size for item in package.infolist())
    parts = [item.file_size for item in package.infolist() if item.filename.endswith(".xml")]
    limits = options.limits
    if size > limits.unpacked or max(parts, default=0) > limits.bytes or len(package.infolist()) > limits.members:
        reason = f"unpacks to {size:,} bytes, the limit is {options.limits.unpacked:,}"
        raise SourceError(name, "expansion", reason, "Remove its pictures or split it")


def _parse(package: zipfile.ZipFile, part: str) -> etree._Element | None:
    try:
        content = package.read(part)
    except KeyError:
        return None
    return etree.fromstring(content, etree.XMLParser(**_PARSER_RULES))


def _package_text(package: zipfile.ZipFile) -> str:
    root = _parse(package, _MAIN)
    if root is None:
        raise KeyError(_MAIN)
    numbering = Numbering(_parse(package, "word/numbering.xml"), _parse(package, "word/styles.xml"))
    targets = _targets(package)
    headers = [_part_text(package, target) for target in _referenced(root, "headerReference", targets)]
    footers = [_part_text(package, target) for target in _referenced(root, "footerReference", targets)]
    notes = [_part_text(package, f"word/{kind}.xml") for kind in ("footnotes", "endnotes")]
    blocks = [*headers, "\n\n".join(_blocks(root, numbering)), *footers, *notes]
    kept = [block for block in blocks if block.strip() and not block.strip().isdigit()]  # a page number is no text
    return re.sub(r"\n{3,}", "\n\n", "\n\n".join(dict.fromkeys(kept))).strip("\n")


def _targets(package: zipfile.ZipFile) -> dict[str, str]:
    relations = _parse(package, "word/_rels/document.xml.rels")
    if relations is None:
        return {}
    return {
        str(item.get("Id")): "word/" + str(item.get("Target")).lstrip("/").removeprefix("word/")
        for item in relations.iter("{*}Relationship")
        if item.get("TargetMode") != "External"
    }


def _referenced(root: etree._Element, tag: str, targets: dict[str, str]) -> list[str]:
    found = (targets.get(str(item.get(_R + "id"))) for item in root.iter(_W + tag))
    return list(dict.fromkeys(target for target in found if target))


def _part_text(package: zipfile.ZipFile, part: str) -> str:
    root = _parse(package, part)
    return "\n\n".join(_blocks(root, Numbering(None, None))) if root is not None else ""


def _blocks(root: etree._Element, numbering: Numbering) -> Iterator[str]:
    """Paragraphs in reading order, those of table cells too; a text box comes after the paragraph it hangs on."""
    for paragraph in root.iter(_W + "p"):
        if any(parent.tag in _SKIPPED for parent in paragraph.iterancestors()):
            continue
        text = "".join(_runs(paragraph)).strip()
        if text:
            yield numbering.label(paragraph) + text


def _runs(paragraph: etree._Element) -> Iterator[str]:
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        if node.tag == _W + "t":
            yield node.text or ""
        elif node.tag in (_W + "tab", _W + "ptab"):
            yield "\t"
        elif node.tag in (_W + "br", _W + "cr"):
            yield "\n"
        elif node.tag == _W + "noBreakHyphen":
            yield "-"
        elif node.tag == _W + "softHyphen":
            yield "\xad"  # in .VnTime this is the letter ư
        elif node.tag not in _SKIPPED and node.tag != _W + "p":  # a paragraph inside is a text box: its own block
            stack.extend(reversed(node))


def _package_problems(package: zipfile.ZipFile) -> list[Problem]:
    names = package.namelist()
    found = []
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        found.append(problem("macros-ignored", "warning", "The Word file holds macros; they were not run."))
    xml = (package.read(name) for name in names if name.endswith(".xml") and name.startswith("word/"))
    if any(b"<!ENTITY" in content or b"<!DOCTYPE" in content for content in xml):
        message = "The Word file declares external entities; they were not followed. Be wary of where it comes from."
        found.append(problem("external-entities", "warning", message))
    return found
