"""What a suite of faults prints: a line of the table for the README."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from time import perf_counter

_SEEDS = Random(0)


def draw_seeds_anew() -> None:
    """From here on the suites tell other stories than ever before. A test does not ask for it: its stories are the same
    each time it runs.
    """
    _SEEDS.seed()


def new_seed() -> int:
    """The seed of a suite's next run."""
    return _SEEDS.randrange(1 << 30)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: what was tried how often, how often it went wrong (must be 0), and the control did (must not be 0).

    `control` is None where the line has no control of its own. `skipped` says why nothing was tried.
    """

    what: str
    tried: int = 0
    wrong: int = 0
    control: int | None = None
    note: str = ""
    skipped: str = ""

    @property
    def good(self) -> bool:
        """Whether nothing went wrong and the control did."""
        return bool(self.skipped) or (self.tried > 0 and not self.wrong and self.control != 0)


Suite = Callable[[int], Iterator[Figure]]
"""Takes about how many tries to make, and gives its lines as they are done."""


HEAD = f"{'suite':<12}{'what':<52}{'tried':>11}{'wrong':>7}{'control':>9}{'seconds':>9}"


def row(suite: str, figure: Figure, seconds: float) -> str:
    """A line of the table."""
    if figure.skipped:
        return f"{suite:<12}{figure.what:<52}  not run: {figure.skipped}"
    control = "-" if figure.control is None else f"{figure.control:,}"
    text = f"{suite:<12}{figure.what:<52}{figure.tried:>11,}{figure.wrong:>7,}{control:>9}{seconds:>9.0f}"
    return f"{text}  {figure.note}".rstrip()


def timed(figures: Iterator[Figure]) -> Iterator[tuple[Figure, float]]:
    """Figures, each with the seconds it took."""
    began = perf_counter()
    for figure in figures:
        now = perf_counter()
        yield figure, now - began
        began = now
