"""Synthetic directives, seeded: every province, both regimes of papers, many forms; for measuring only.

``python -m benchmarks.generate OUT --documents 1000 [--seed 1]`` writes one text file a document. Document *n* depends
on the seed and *n* alone, so a larger set contains the smaller one. All sentences are our own; none is a source.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

import yaml

from loaders.vocabulary import read_vocabulary

FIRST_DAY, DAYS = date(2020, 3, 10), 700
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ")
MIDDLE = ("Văn", "Thị", "Minh", "Quốc", "Hữu", "Thanh", "Đức", "Ngọc")
GIVEN = ("Hùng", "Lan", "Sơn", "Thủy", "Tuấn", "Hạnh", "Dũng", "Mai", "Phong", "Yến", "Khánh", "Tâm")
_WORDS = yaml.safe_load(Path(__file__).with_name("sentences.yaml").read_text(encoding="utf-8"))
DEPARTMENTS, SUBJECTS, BACKGROUND, BASES, ORDERS, FILL = (
    tuple(_WORDS[name]) for name in ("departments", "subjects", "background", "bases", "orders", "fill")
)
STATE, STATE_LINE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"


@dataclass(frozen=True)
class Setting:
    """What one document is about: its province and another, a district, a day, and the dice."""

    random: Random
    province: str
    unit: str
    other: str
    districts: tuple[str, ...]
    day: date
    n: int

    def fill(self, template: str) -> str:
        random = self.random
        dept, dept2 = random.sample(DEPARTMENTS, 2)
        return template.format(
            dept=dept,
            dept2=dept2,
            other=self.other,
            district=random.choice(self.districts),
            small=f"{random.randint(2, 21):02d}",
            large=f"{random.randint(22, 9_000):,}".replace(",", "."),
            percent=random.randint(20, 95),
            age=random.choice((12, 18, 50, 65)),
            hour=random.choice(("0", "00", "06", "12", "18")),
            n=random.randint(10, 9_000),
            before=_short(self.day - timedelta(random.randint(1, 6))),
            after=_short(self.day + timedelta(random.randint(1, 30))),
        )

    def subject(self) -> str:
        return self.fill(self.random.choice(SUBJECTS))

    def person(self) -> str:
        return " ".join(self.random.choice(names) for names in (FAMILY, MIDDLE, GIVEN))

    @property
    def dated(self) -> str:
        return f"{self.province}, ngày {self.day.day:02d} tháng {self.day.month} năm {self.day.year}"


def _short(day: date) -> str:
    return f"{day.day:02d}/{day.month}/{day.year}"


def _setting(seed: int, n: int) -> Setting:
    random = Random(f"{seed}-{n}")
    provinces = read_vocabulary("provinces")
    here = provinces[n % len(provinces)]
    there = random.choice([item for item in provinces if item is not here])
    districts = tuple(f"{kind} {name}" for kind, names in here["districts"].items() for name in names)
    unit = "thành phố" if here["type"].casefold() != "tỉnh" else "tỉnh"
    return Setting(
        random, here["name"], unit, there["name"], districts, FIRST_DAY + timedelta(random.randrange(DAYS)), n + 1
    )


def _orders(at: Setting, number: Callable[[int], str], least: int = 5, most: int = 12) -> str:
    random, parts = at.random, []
    for place, template in enumerate(random.sample(ORDERS, random.randint(least, most)), 1):
        text = f"{number(place)} {at.fill(template)} {random.choice(FILL)}"
        marks = random.choice(("", "", "-", "abc"))
        points = [at.fill(order) for order in random.sample(ORDERS, random.randint(2, 4))] if marks else []
        labels = [f"{letter})" for letter in "abcd"] if marks == "abc" else ["-"] * 4
        parts += [text, *(f"{label} {point}" for label, point in zip(labels, points, strict=False))]
    return "\n\n".join(parts)


def _preamble(at: Setting, speaker: str) -> str:
    random = at.random
    return "\n\n".join((at.fill(random.choice(BACKGROUND)), at.fill(random.choice(BASES)), f"{speaker} yêu cầu:"))


def _copies(mark: str, *lines: str) -> str:
    return "\n".join(("Nơi nhận:", *(f"- {line}{mark}" for line in lines)))


def _letterhead(at: Setting, left: Sequence[str], right: Sequence[str]) -> str:
    """Columns under one another, joined on one line, or parted by pipes."""
    form = at.random.randrange(3)
    if form == 0:
        return "\n".join((*left, "", *right))
    gap = " | " if form == 2 else "          "
    rows = [gap.join(pair) for pair in zip(left, right, strict=False)]
    return "\n".join((*rows, *left[len(right) :], *right[len(left) :]))


def _urgency(at: Setting) -> str:
    return at.random.choice(("", "", "KHẨN\n\n", "HỎA TỐC\n\n", "THƯỢNG KHẨN\n\n"))


def _government_letter(at: Setting) -> str:
    left = (
        "ỦY BAN NHÂN DÂN",
        f"{at.unit} {at.province}".upper(),
        f"Số: {at.n}/UBND-KGVX",
        f"V/v {at.subject()}",
    )
    to = "Kính gửi:\n- Các sở, ban, ngành, đoàn thể tỉnh;\n- Ủy ban nhân dân các huyện, thị xã, thành phố."
    deputy = at.random.random() < 0.6
    signed = ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH" if deputy else "CHỦ TỊCH") + f"\n\n{at.person()}"
    return "\n\n".join(
        (
            _letterhead(at, left, (STATE, STATE_LINE, at.dated)),
            _urgency(at) + to,
            _preamble(at, "Chủ tịch Ủy ban nhân dân tỉnh"),
            _orders(at, "{}.".format) + "/.",
            _copies(";", "Như trên", "TT Tỉnh ủy, TT HĐND tỉnh", "Lưu: VT, KGVX"),
            signed,
        )
    )


def _party_letter(at: Setting) -> str:
    head = "THÀNH ỦY" if at.unit == "thành phố" else "TỈNH ỦY"
    left = (f"{head} {at.province.upper()}", "*", f"Số {at.n}-CV/TU", f"Về {at.subject()}")
    to = "Kính gửi: - Ủy ban nhân dân tỉnh,\n- Các huyện, thị, thành ủy,\n- Các ban đảng, đảng đoàn."
    return "\n\n".join(
        (
            _letterhead(at, left, (PARTY, at.dated)),
            _urgency(at) + to,
            _preamble(at, f"Ban Thường vụ {head.capitalize()}"),
            _orders(at, "{}-".format),
            _copies(",", "Văn phòng Trung ương Đảng", "Như trên", "Lưu Văn phòng"),
            f"T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\n{at.person()}",
        )
    )


def _party_directive(at: Setting) -> str:
    head = "THÀNH ỦY" if at.unit == "thành phố" else "TỈNH ỦY"
    left = (f"{head} {at.province.upper()}", "*", f"Số {at.n}-CT/TU")
    title = f"CHỈ THỊ\nCỦA BAN THƯỜNG VỤ {head}\nvề {at.subject()}"
    return "\n\n".join(
        (
            _letterhead(at, left, (PARTY, at.dated)),
            title,
            _preamble(at, f"Ban Thường vụ {head.capitalize()}"),
            _orders(at, "{}.".format),
            "Chỉ thị này được phổ biến đến chi bộ.",
            _copies(",", "Các đồng chí Tỉnh ủy viên", "Các huyện, thành ủy", "Lưu VPTU"),
            f"T/M BAN THƯỜNG VỤ\nBÍ THƯ\n\n{at.person()}",
        )
    )


def _telegram(at: Setting) -> str:
    left = ("CHỦ TỊCH", "ỦY BAN NHÂN DÂN", f"{at.unit} {at.province}".upper(), f"Số: {at.n}/CĐ-CTUBND")
    title = f"CÔNG ĐIỆN\nVề việc {at.subject()}"
    to = "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:\n- Giám đốc các sở, ban, ngành;\n- Chủ tịch UBND các huyện, thành phố."
    return "\n\n".join(
        (
            _letterhead(at, left, (STATE, STATE_LINE, at.dated)),
            "HỎA TỐC",
            title,
            to,
            _preamble(at, "Chủ tịch Ủy ban nhân dân tỉnh"),
            _orders(at, "{}.".format) + "/.",
            _copies(";", "Như trên", "Bộ Y tế (b/c)", "Lưu: VT"),
            f"CHỦ TỊCH\n\n{at.person()}",
        )
    )


def _plan(at: Setting) -> str:
    left = (f"UBND {at.unit} {at.province}".upper(), f"Số: {at.n}/KH-UBND")
    parts = (
        f"I. MỤC ĐÍCH, YÊU CẦU\n\n1. {at.random.choice(FILL)}",
        "II. NỘI DUNG\n\n" + _orders(at, "{}.".format, 3, 6),
        "III. TỔ CHỨC THỰC HIỆN\n\n" + _orders(at, "{}.".format, 3, 6),
    )
    return "\n\n".join(
        (
            _letterhead(at, left, (STATE, STATE_LINE, at.dated)),
            f"KẾ HOẠCH\nVề {at.subject()}",
            at.fill(at.random.choice(BASES)).rstrip(";") + ", UBND tỉnh ban hành Kế hoạch như sau:",
            *parts,
            _copies(";", "Bộ Y tế", "Các sở, ban, ngành", "Lưu: VT"),
            f"TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n{at.person()}",
        )
    )


def _decision(at: Setting) -> str:
    left = ("ỦY BAN NHÂN DÂN", f"{at.unit} {at.province}".upper(), f"Số: {at.n}/QĐ-UBND")
    bases = "\n\n".join(at.fill(item) for item in BASES)
    return "\n\n".join(
        (
            _letterhead(at, left, (STATE, STATE_LINE, at.dated)),
            f"QUYẾT ĐỊNH\nVề việc {at.subject()}",
            "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH",
            bases,
            "QUYẾT ĐỊNH:",
            _orders(at, "Điều {}.".format, 4, 8) + "/.",
            _copies(";", "Như Điều 4", "Bộ Y tế", "Lưu: VT"),
            f"KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n{at.person()}",
        )
    )


def _district_letter(at: Setting) -> str:
    district = at.random.choice(at.districts)
    left = (
        f"UBND {at.unit} {at.province}".upper(),
        f"ỦY BAN NHÂN DÂN {district}".upper(),
        f"Số: {at.n}/UBND-YT",
        f"V/v {at.subject()}",
    )
    dated = at.dated.replace(at.province, district.split(" ", 2)[-1], 1)
    return "\n\n".join(
        (
            _letterhead(at, left, (STATE, STATE_LINE, dated)),
            "Kính gửi:\n- Các phòng, ban, ngành huyện;\n- UBND các xã, thị trấn.",
            _preamble(at, "Ủy ban nhân dân huyện"),
            _orders(at, "{}.".format) + "/.",
            _copies(";", "Như trên", "UBND tỉnh (b/c)", "Lưu: VT"),
            f"TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n{at.person()}",
        )
    )


def _headless_letter(at: Setting) -> str:
    """No letterhead: addressees, body, copies."""
    return "\n\n".join(
        (
            "Kính gửi: - Các huyện, thị, thành ủy,\n- Các sở, ban, ngành tỉnh.",
            _preamble(at, "Ban Thường vụ Tỉnh ủy"),
            _orders(at, "{}.".format),
            _copies(",", "Như trên", f"Báo {at.province}", "Lưu Văn phòng Tỉnh ủy"),
        )
    )


FORMS = (
    _government_letter,
    _government_letter,
    _government_letter,
    _party_letter,
    _party_letter,
    _party_directive,
    _telegram,
    _plan,
    _decision,
    _district_letter,
    _headless_letter,
)


def generate_document(seed: int, n: int) -> str:
    """Text of document ``n`` (from 0) of a seed.

    >>> generate_document(1, 5) == generate_document(1, 5) != generate_document(1, 6)
    True
    """
    at = _setting(seed, n)
    return at.random.choice(FORMS)(at) + "\n"


def write_documents(out: Path, documents: int, seed: int = 1) -> list[Path]:
    """Write ``documents`` files under ``out`` (100 a folder) and give their paths."""
    paths = [out / f"{n // 100:03d}" / f"{n:05d}.txt" for n in range(documents)]
    for folder in {path.parent for path in paths}:
        folder.mkdir(parents=True, exist_ok=True)
    for n, path in enumerate(paths):
        path.write_text(generate_document(seed, n), encoding="utf-8")
    return paths


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    paths = write_documents(given.out, given.documents, given.seed)
    print(f"{len(paths)} documents, {sum(path.stat().st_size for path in paths) / 1e6:.1f} MB in {given.out}")


if __name__ == "__main__":
    main()
