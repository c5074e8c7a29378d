"""The corpus under seeded noise: how each field degrades when the text comes badly.

``python -m tests.perturb [--gold DIR --sources DIR] [--seed N] [--only NAME …]`` prints one table: fields down, kinds
of noise across. Every perturbation is a pure function of text and seed. Names, subjects and recipients are copied from
the text, so noise in them is noise in the copy: before comparing, a value that is at least 0.85 alike to a gold value
stands for it (``snap_rows``). Codes, numbers, days, labels, stances and roles are compared as in ``evaluate``.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from rapidfuzz import fuzz, process

from loaders.assemble import Rows
from loaders.build import build_rows, find_sources, parse_all
from loaders.clean import clean_text
from loaders.evaluate import Report, compare, plain, read_gold
from loaders.split import split_documents

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold"
CORPUS = ROOT / "data" / "directives"
HEADER_FIELDS = (
    "province", "number", "doc_type", "issuer", "issuer_branch", "on_behalf_of", "subject", "issue_date", "date_basis",
    "urgency", "signatory_name", "signatory_title", "signing_authority",
)  # fmt: skip
TEXT_COLUMNS = {"issuer": "issuer", "on_behalf_of": "issued_on_behalf_of", "subject": "subject"}

# What OCR and typists confuse: a letter and what it is read as. Mostly marks, which is how scans of Vietnamese fail.
_SETS = (
    "uủùúũụư", "ưừứửữựu", "oòóỏõọôơ", "ôồốổỗộo", "ơờớởỡợo", "aàáảãạăâ", "ăằắẳẵặa", "âầấẩẫậa", "eèéẻẽẹê", "êềếểễệe",
    "iìíỉĩị", "yỳýỷỹỵ",
)  # fmt: skip
_PAIRS = {
    "l": "1I", "1": "l", "i": "1l", "0": "oO", "o": "0", "O": "0", "đ": "d", "Đ": "D", "c": "e", "n": "r", "h": "b",
    "/": "⁄", "-": "~–—", "5": "S", ":": ";", ",": ".", ";": ",", "g": "q", "t": "l",
}  # fmt: skip
_LONG = {"m": "rn"}


def _confusions() -> dict[str, list[str]]:
    table: dict[str, set[str]] = {}
    for letters in _SETS:
        for letter in letters:
            others = set(letters) - {letter}
            table.setdefault(letter, set()).update(others)
            table.setdefault(letter.upper(), set()).update(other.upper() for other in others)
    for letter, others in _PAIRS.items():
        table.setdefault(letter, set()).update(others)
    for letter, pair in _LONG.items():
        table.setdefault(letter, set()).add(pair)
    return {letter: sorted(others) for letter, others in table.items()}


CONFUSIONS = _confusions()


def confuse_characters(text: str, seed: int, rate: float) -> str:
    """``rate`` of the characters of NFC ``text`` (blanks not counted) replaced by one they are confused with.

    >>> confuse_characters("Tỉnh ủy", 1, 0)
    'Tỉnh ủy'
    """
    random = Random(seed)
    chars = list(unicodedata.normalize("NFC", text))
    open_places = [place for place, char in enumerate(chars) if char in CONFUSIONS]
    wanted = round(rate * sum(not char.isspace() for char in chars))
    for place in random.sample(open_places, min(wanted, len(open_places))):
        chars[place] = random.choice(CONFUSIONS[chars[place]])
    return "".join(chars)


def lose_line_breaks(text: str, seed: int) -> str:
    """Three of ten single line breaks become a blank; paragraphs stay apart."""
    random = Random(seed)
    return re.sub(r"(?<=[^\n])\n(?=[^\n])", lambda _: " " if random.random() < 0.3 else "\n", text)


def join_lines(text: str, seed: int) -> str:
    """Empty lines are gone, and short lines among the first fifteen stand in pairs, as two columns come out."""
    random = Random(seed)
    lines = [line for line in text.split("\n") if line.strip()]
    joined: list[str] = []
    for number, line in enumerate(lines):
        short = joined and len(joined[-1]) + len(line) < 110 and not re.match(r"\s*(-|\d+\.|[Kk]ính gửi)", line)
        if number < 15 and short and random.random() < 0.4:
            joined[-1] += "    " + line
        else:
            joined.append(line)
    return "\n".join(joined)


def wrap_lines(text: str, seed: int) -> str:
    """Every line is broken at blanks to a width of 60 to 90 characters."""
    random = Random(seed)
    return re.sub(rf"(.{{{random.randint(60, 80)},90}}?) (?=\S)", r"\1\n", text)


def set_page(text: str, seed: int) -> str:
    """A page that keeps its layout: a margin, prose broken at 70 to 95 characters, hanging indents, no empty lines."""
    random = Random(seed)
    width, margin, hang = random.randint(70, 95), " " * random.randint(0, 8), " " * random.randint(0, 6)
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    prose = [len(line) > width and "|" not in line and "   " not in line for line in lines]
    broken = [
        textwrap.wrap(line, width, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False)
        if long
        else [line]
        for line, long in zip(lines, prose, strict=True)
    ]
    return "\n".join(margin + line for piece in broken for line in piece)


def decompose(text: str, seed: int) -> str:
    """NFD: marks apart from their letters."""
    return unicodedata.normalize("NFD", text)


_PLACED = {"oa": ("òóỏõọ", "àáảãạ"), "oe": ("òóỏõọ", "èéẻẽẹ"), "uy": ("ùúủũụ", "ỳýỷỹỵ")}
_SWAPS = {
    swapped: other
    for pair, (first, second) in _PLACED.items()
    for one, two in zip(first, second, strict=True)
    for swapped, other in ((one + pair[1], pair[0] + two), (pair[0] + two, one + pair[1]))
}
_SWAPS |= {one.upper(): two.upper() for one, two in _SWAPS.items()}
_SWAP = re.compile("(?<![qQ])(" + "|".join(_SWAPS) + r")(?!\w)")


def swap_tone_marks(text: str, seed: int) -> str:
    """The tone mark on the other vowel: hòa and hoà, ủy and uỷ.

    >>> swap_tone_marks("hỏa tốc, Ủy ban, khoá, quý", 0)
    'hoả tốc, Uỷ ban, khóa, quý'
    """
    text = re.sub(r"(?<!\w)Ủy", "Uỷ", text) if "Ủy" in text else re.sub(r"(?<!\w)Uỷ", "Ủy", text)
    return _SWAP.sub(lambda found: _SWAPS[found[1]], text)


def drop_headers(text: str, seed: int) -> str:
    """Letterhead, number and date lines of every document are gone; "Kính gửi", title and body stay."""
    lost = re.compile(
        r"^.*(CỘNG H(ÒA|OÀ) XÃ HỘI|ĐẢNG C[ÔỘ]NG SẢN|[ĐÐ]ộc lập\s*[-–~]|ngày\s+\d+\s+tháng\s+\d+\s+năm\s+\d+\*?\s*$"
        r"|^\W*Số\s*:?\W*\d+|^\W*(ỦY|UỶ) BAN NHÂN DÂN\W*$|^\W*TỈNH (ỦY )?[A-ZÀ-Ỹ ]+\W*$).*\n",
        re.MULTILINE,
    )
    return lost.sub("", text)


PROVINCES = {
    "Bình Phước": "Ninh Thuận", "Bình Dương": "Quảng Ngãi", "Kiên Giang": "Bạc Liêu", "Tiền Giang": "Phú Yên",
}  # fmt: skip


def swap_provinces(text: str, names: Mapping[str, str] = PROVINCES) -> str:
    """Each province by another, in running text and in capitals; gold is swapped with it.

    >>> swap_provinces("UBND TỈNH BÌNH DƯƠNG, Kiên Giang")
    'UBND TỈNH QUẢNG NGÃI, Bạc Liêu'
    """
    for old, new in names.items():
        text = text.replace(old, new).replace(old.upper(), new.upper())
    return text


def shuffle_bundle(text: str, seed: int) -> tuple[str, list[int]]:
    """The documents of a file in another order, and for each new position the old one (both from 1)."""
    cleaned = clean_text(text)
    spans = split_documents(cleaned)
    order = list(range(len(spans)))
    Random(seed).shuffle(order)
    return "\n\n".join(cleaned[spans[old].start : spans[old].end].strip("\n") for old in order), [
        old + 1 for old in order
    ]


@dataclass(frozen=True)
class Trial:
    """Sources by file name and gold records by name, both as one kind of noise leaves them."""

    texts: Mapping[str, str]
    gold: Mapping[str, dict[str, Any]]


NOISES: dict[str, Callable[[str, int], str]] = {
    "clean": lambda text, seed: text,
    "1 %": lambda text, seed: confuse_characters(text, seed, 0.01),
    "2 %": lambda text, seed: confuse_characters(text, seed, 0.02),
    "5 %": lambda text, seed: confuse_characters(text, seed, 0.05),
    "lost breaks": lose_line_breaks,
    "joined": join_lines,
    "wrapped": wrap_lines,
    "page": set_page,
    "NFD": decompose,
    "tone": swap_tone_marks,
    "no header": drop_headers,
}
NAMES = (*NOISES, "provinces", "shuffled")


def perturb(trial: Trial, name: str, seed: int) -> Trial:
    """One kind of noise (``NAMES``) over all sources; gold follows where the truth itself moves."""
    if name == "provinces":
        return _swapped(trial)
    if name == "shuffled":
        return _shuffled(trial, seed)
    noise = NOISES[name]
    return Trial(
        {file: noise(text, seed + place) for place, (file, text) in enumerate(trial.texts.items())}, trial.gold
    )


def _swapped(trial: Trial) -> Trial:
    """A name that a record's text does not say was inferred from places, which stay: so does the record."""
    texts = {file: swap_provinces(text) for file, text in trial.texts.items()}
    gold = {}
    for name, record in trial.gold.items():
        text = unicodedata.normalize("NFC", trial.texts[record["sources"][0]["file"]]).casefold()
        gold[name] = _renamed(record, {old: new for old, new in PROVINCES.items() if old.casefold() in text})
    return Trial(texts, gold)


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return swap_provinces(value, names)
    if isinstance(value, Mapping):
        return {key: _renamed(item, names) for key, item in value.items()}
    return [_renamed(item, names) for item in value] if isinstance(value, list) else value


def _shuffled(trial: Trial, seed: int) -> Trial:
    texts, moved = {}, {}
    for file, text in trial.texts.items():
        texts[file], order = shuffle_bundle(text, seed)
        moved.update({(file, old): new for new, old in enumerate(order, 1)})
    gold = {
        name: {
            **record,
            "sources": [
                {**source, "ordinal": moved.get((source["file"], source["ordinal"]), source["ordinal"])}
                for source in record["sources"]
            ],
        }
        for name, record in trial.gold.items()
    }
    return Trial(texts, gold)


def read_trial(gold_dir: Path = GOLD, sources: Path = CORPUS) -> Trial:
    gold = read_gold(gold_dir)
    wanted = {source["file"] for record in gold.values() for source in record["sources"]}
    files = sorted(path for path in sources.rglob("*.txt") if path.name in wanted)
    return Trial({path.name: path.read_text(encoding="utf-8") for path in files}, gold)


def rows_of(trial: Trial) -> Rows:
    """Rows of the tables, through the same door as a build: files on disk."""
    with tempfile.TemporaryDirectory() as folder:
        for file, text in trial.texts.items():
            (Path(folder) / file).write_text(text, encoding="utf-8")
        return build_rows(sorted(parse_all(find_sources([Path(folder)])), key=lambda source: source.path))


def _nearest(value: str, wanted: Sequence[str]) -> str:
    best = process.extractOne(plain(value), [plain(item) for item in wanted], scorer=fuzz.ratio, score_cutoff=85)
    return wanted[best[2]] if value and best else value


def snap_rows(rows: Rows, gold: Mapping[str, dict[str, Any]]) -> Rows:
    """Copied text that is at least 0.85 alike to a gold value is written as gold has it; all else stays."""
    places = {(Path(row["path"]).name, row["ordinal"]): row["directive_id"] for row in rows["sources"]}
    snapped = {name: [dict(row) for row in table] for name, table in rows.items()}
    for record in gold.values():
        held = {places.get((source["file"], source["ordinal"])) for source in record["sources"]} - {None}
        signed = record.get("signatory") or {}
        wanted = {column: [record.get(key) or ""] for column, key in TEXT_COLUMNS.items()}
        wanted |= {"signatory_name": [signed.get("name") or ""], "signatory_title": [signed.get("title") or ""]}
        lines = [*(record.get("addressees") or []), *(record.get("copied_to") or [])]
        actors = [task["actor"] for task in record.get("tasks") or []]
        for row in _of(snapped["directives"], held):
            row.update({column: _nearest(row[column] or "", values) for column, values in wanted.items()})
        for table, values in (("recipients", lines), ("tasks", actors)):
            for row in _of(snapped[table], held):
                row["actor"] = _nearest(row["actor"], values)
    return snapped


def _of(table: Iterable[dict[str, Any]], held: set[str | None]) -> Iterable[dict[str, Any]]:
    return (row for row in table if row["directive_id"] in held)


def measure(trial: Trial, name: str, seed: int = 7) -> Report:
    """Scores of one kind of noise."""
    noisy = perturb(trial, name, seed)
    return compare(dict(noisy.gold), snap_rows(rows_of(noisy), noisy.gold))


def header_score(report: Report) -> float:
    """F1 over all header fields together."""
    hits = sum(report.scores[name].hits for name in HEADER_FIELDS)
    wrong = sum(report.scores[name].surplus + report.scores[name].missing for name in HEADER_FIELDS)
    return 2 * hits / (2 * hits + wrong) if hits + wrong else 1.0


def _line(name: str, values: Iterable[float]) -> str:
    return f"| {name} | " + " | ".join(f"{value:.2f}" for value in values) + " |"


def format_table(reports: Mapping[str, Report]) -> str:
    """A Markdown table: a line a field, a column a kind of noise."""
    fields = list(dict.fromkeys(name for report in reports.values() for name in report.scores))
    lines = ["| F1 | " + " | ".join(reports) + " |", "|---|" + "---:|" * len(reports)]
    lines += [_line(name, (report.scores[name].f1 for report in reports.values())) for name in fields]
    stances = [report.agreements.get("stance", (1, 1)) for report in reports.values()]
    lines.append(_line("stance agreement", (agreed / of for agreed, of in stances)))
    lines.append(_line("**header, all**", map(header_score, reports.values())))
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.perturb", description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--sources", type=Path, default=CORPUS)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", nargs="*", choices=NAMES, default=NAMES)
    given = parser.parse_args(arguments)
    trial = read_trial(given.gold, given.sources)
    print(format_table({name: measure(trial, name, given.seed) for name in given.only}))


if __name__ == "__main__":
    main()
