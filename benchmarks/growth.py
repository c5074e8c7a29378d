"""How reading one text grows with its length, for texts made of one piece over and over: the worst a pattern meets.

``python -m benchmarks.growth [--repeats 500]`` reads each piece that many times and four times as many, in one run,
and prints the ratio: 4 is linear, 16 is quadratic. It exits 1 when a ratio is above 8.
"""

from __future__ import annotations

import argparse
import sys
import time

from loaders.parse import parse_source
from loaders.source import read_bytes

PIECES = (
    *("Sở Y tế, \n\n", "Sở Y tế tổ chức; ", "1. Sở Y tế:\n- Rà soát.\n", "huyện Long Hồ, ", "giao Sở Y tế "),
    *("**a", "*a ", "- ", "Số: 1/UBND-V\n", "Kính gửi: A\n", "TM. ", "KT. CHỦ TỊCH ", "Nơi nhận: ", "HỎA TỐC "),
    *("Hà Nội, ngày 1 tháng 2 năm 2021 ", "ngày 1/2/2021 ", "Chỉ thị 15, 16, ", "12/UBND-VX, ", "theo tiếp tục "),
    *("đóng cửa chợ, ", "không tập trung quá 10 người ", "tạm dừng ", "từ 0 giờ ngày 1/8 đến ngày 2/8 ", "12 ca bệnh "),
)
STEP = 4
WORST = 8.0
ROUNDS = 2


def _seconds(raw: str) -> float:
    """Least processor time of a few readings: what other programs took is not counted."""
    (source,) = read_bytes(raw.encode(), "a.txt")
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        parse_source(source)
        times.append(time.process_time() - began)
    return min(times)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=500)
    repeats = parser.parse_args(arguments).repeats
    _seconds(PIECES[0])
    print(f"| piece | ms at {repeats:,} | ms at {STEP * repeats:,} | ratio |\n|---|---|---|---|")
    worst = 0.0
    for piece in PIECES:
        short, long = _seconds(piece * repeats), _seconds(piece * repeats * STEP)
        worst = max(worst, long / short)
        print(f"| {piece.strip()!r} | {short * 1000:.0f} | {long * 1000:.0f} | {long / short:.1f} |", flush=True)
    return int(worst > WORST)


if __name__ == "__main__":
    sys.exit(main())
