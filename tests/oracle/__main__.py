"""The long form: `python -m tests.oracle --tries 500` compares so many random histories with the handbook's oracle.

A history that differs is cut down to what the difference rests on, and printed; the exit status is then 1.

    python -m tests.oracle --first 1042      that history alone
"""

import argparse
import sys
from random import SystemRandom

from tests.oracle.histories import compared, cut_down


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.oracle")
    parser.add_argument("--tries", type=int, default=1)
    parser.add_argument("--first", type=int, help="the seed of the first history; by chance if not given")
    asked = parser.parse_args()
    first = SystemRandom().randrange(10**6) if asked.first is None else asked.first
    events = wrong = 0
    for seed in range(first, first + asked.tries):
        history, found = compared(seed)
        events += len(history.events)
        if found:
            wrong += 1
            history, found = cut_down(history, found)
            print(f"history {seed}, the program's figure / the oracle's, looked at {history.now}", *found, sep="\n  ")
            print(*history.events, sep="\n", flush=True)
    print(f"{asked.tries} histories from {first} on, {events} events: {wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
