"""The long form of the suites of faults: `python -m tests.faults` runs them all and prints the table of figures.

    python -m tests.faults                    everything, with the counts that quality asks for (many hours)
    python -m tests.faults crash share        these suites alone
    python -m tests.faults share --tries 5000 about so many tries in each
    python -m tests.faults --list             which suites there are

`wrong` is what was lost, invented, accepted, shown or left different: it must be 0. The control is the same code with
something essential left out, and must go wrong. Exit status 1 where a line is not as it must be.
"""

import argparse
import os
import platform
import sys
from importlib import import_module

from tests.faults.figures import HEAD, Suite, draw_seeds_anew, row, timed

# Name, the module whose `figures` it is, and about how many tries the long form makes.
SUITES: dict[str, tuple[str, int]] = {
    "crash": ("crash", 100_000),
    "bytes": ("every_byte", 0),
    "power": ("power", 300),
    "kill": ("kill", 1_000),
    "disk": ("failing", 0),
    "model": ("model", 1_000_000),
    "share": ("share", 1_000_000),
    "samba": ("samba", 10_000),
    "syncthing": ("syncthing", 10_000),
    "hostile": ("hostile", 1_000_000),
    "keys": ("keys", 100_000),
    "erasure": ("erasure", 20),
    "mutations": ("mutations", 0),
    "tinydb": ("tinydb_suite", 0),
}


def main() -> int:
    """Run the suites asked for; 1 where one went wrong or its control did not."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("suite", nargs="*", choices=[[], *SUITES], metavar="SUITE")
    parser.add_argument("--tries", type=int)
    parser.add_argument("--list", action="store_true")
    asked = parser.parse_args()
    if asked.list:
        print("\n".join(SUITES))
        return 0
    processors = os.cpu_count()
    print(f"python {platform.python_version()}, {platform.system()} {platform.release()}, {processors} processors")
    print(HEAD, flush=True)
    draw_seeds_anew()
    good = True
    for name in asked.suite or SUITES:
        module, tries = SUITES[name]
        suite: Suite = import_module(f"tests.faults.{module}").figures
        for figure, seconds in timed(suite(tries if asked.tries is None else asked.tries)):
            print(row(name, figure, seconds), flush=True)
            good &= figure.good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
