"""The short forms of the suites of faults, each with its control; `python -m tests.faults` is the long form."""

from collections.abc import Iterator
from importlib import import_module

import pytest

from tests.faults.__main__ import SUITES
from tests.faults.figures import Figure

# About how many tries: seconds in all.
SHORT = {
    "bytes": 25_000,
    "power": 12,
    "kill": 24,
    "hostile": 6_000,
    "disk": 14,
    "keys": 200,
    "tinydb": 1_000,
    "model": 120,
    "mutations": 4,
}


@pytest.mark.parametrize("name", SHORT)
def test_nothing_goes_wrong_and_the_control_does(name: str) -> None:
    module, _ = SUITES[name]
    found: Iterator[Figure] = import_module(f"tests.faults.{module}").figures(SHORT[name])
    figures = list(found)
    assert figures
    for figure in figures:
        if figure.skipped:
            pytest.skip(figure.skipped)
        assert figure.good, figure
