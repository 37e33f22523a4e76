"""Measuring side by side: every contender in every round, so that a noisy moment of the machine meets them all."""

import gc
import platform
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from os import cpu_count
from pathlib import Path
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. `ratios` are of the medians of each round to the floor's median of the same round."""

    what: str
    microseconds: float
    ratios: tuple[float, ...]
    goal: str = ""


def measure(contenders: Mapping[str, tuple[Callable[[], object], int]], rounds: int) -> list[Row]:
    """Run each contender (what is timed, how often in a round) in every round. The first one is the floor."""
    for act, _ in contenders.values():
        act()
    times: dict[str, list[float]] = {name: [] for name in contenders}
    gc.collect()
    # What is held in memory is not what is measured; a collection would fall on whoever is running.
    gc.disable()
    try:
        for _ in range(rounds):
            for name, (act, samples) in contenders.items():
                taken = []
                for _ in range(samples):
                    began = perf_counter()
                    act()
                    taken.append(perf_counter() - began)
                times[name].append(median(taken))
    finally:
        gc.enable()
    floor = next(iter(times.values()))
    return [
        Row(name, median(own) * 1e6, tuple(one / least for one, least in zip(own, floor, strict=True)))
        for name, own in times.items()
    ]


def heading(directory: Path) -> str:
    """The machine, in a line."""
    return (
        f"{platform.system()} {platform.release()}, {platform.machine()}, {cpu_count()} CPUs, "
        f"Python {sys.version.split()[0]}, in {directory}"
    )


def table(title: str, rows: list[Row]) -> str:
    """Rows as text: the median ratio to the floor, and its spread over the rounds."""
    lines = [title, f"  {'':<34}{'p50 µs':>12}{'ratio':>11}{'spread':>24}  goal"]
    for row in rows:
        spread = f"{min(row.ratios):,.2f} – {max(row.ratios):,.2f}"
        lines.append(f"  {row.what:<34}{row.microseconds:>12,.0f}{median(row.ratios):>11,.2f}{spread:>24}  {row.goal}")
    return "\n".join(lines)
