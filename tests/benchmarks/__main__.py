"""Print the tables of ratios: `python -m tests.benchmarks [NAME …] [--at DIRECTORY]`.

Each benchmark is a module here with `run(directory) -> str`. DIRECTORY, default the system's place for temporary files,
should be on the disk that a home would be on; a file system in memory makes every flush free.
"""

import argparse
import os
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.side_by_side import heading

BENCHMARKS = ("board", "cold", "desk", "insert", "pull", "refresh", "start", "search")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("names", nargs="*", choices=[[], *BENCHMARKS], metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--at", type=Path, default=None, metavar="DIRECTORY")
    asked = parser.parse_args()
    with TemporaryDirectory(dir=asked.at) as directory:
        print(heading(Path(directory).parent))
        # The programs that are started have their bytecode, as installed ones do, whatever is the custom here.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = f"{directory}/bytecode"
        for name in asked.names or BENCHMARKS:
            place = Path(directory) / name
            place.mkdir()
            print("\n" + import_module(f"tests.benchmarks.{name}").run(place), flush=True)


if __name__ == "__main__":
    main()
