"""Power cuts, for real: a file system in an image file, copied while its writer stands still, mounted and looked at.

What the system had not brought to the image is not in the copy, just as it is not on a disk whose power went.
"""

import filecmp
import os
import random
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from agent_tui.store.journal import Journal
from shared_rules.records.lines import SIGNATURE
from tests.faults.crash import WRITER, ZONE
from tests.faults.figures import Figure, new_seed

_SIZE = 12 * 1024 * 1024
_CUTS_A_WRITER = 12


def missing() -> str:
    """Why no image can be mounted here; empty where one can."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "mounting an image takes root on Linux"
    if not shutil.which("mkfs.ext4"):
        return "no mkfs.ext4 here"
    with TemporaryDirectory() as folder:
        image = _image(Path(folder))
        try:
            with _mounted(image, Path(folder) / "at"):
                return ""
        except subprocess.CalledProcessError:
            return "no loop device can be had here"


def run(cuts: int, seed: int = 0, *, flushes: bool = True) -> tuple[int, int]:
    """Cut the power so often: how many records had been called saved by then, how many of those were lost."""
    rng = random.Random(seed)
    saved = lost = done = 0
    while done < cuts:
        with TemporaryDirectory() as folder:
            base = Path(folder)
            image = _image(base)
            with _mounted(image, base / "at") as at:
                for count, gone in _cuts(image, at, base, rng, min(_CUTS_A_WRITER, cuts - done), flushes=flushes):
                    saved, lost, done = saved + count, lost + gone, done + 1
    return saved, lost


def _cuts(
    image: Path, at: Path, base: Path, rng: random.Random, cuts: int, *, flushes: bool
) -> Iterator[tuple[int, int]]:
    writer = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.faults.logger",
            str(at / "journal"),
            "1000000",
            "r",
            "" if flushes else "noflush",
        ],
        stdout=subprocess.PIPE,
    )
    assert writer.stdout is not None
    said = _Said(writer.stdout.fileno())
    try:
        for _ in range(cuts):
            enough = len(said.ids) + rng.randrange(1, 40)
            while len(said.ids) < enough:
                said.read()
            writer.send_signal(signal.SIGSTOP)
            os.waitid(os.P_PID, writer.pid, os.WSTOPPED)
            # What it said before it stood still.
            while select.select([said.pipe], [], [], 0)[0]:
                said.read()
            copy = _copied(image, base / "copy")
            writer.send_signal(signal.SIGCONT)
            with _mounted(copy, base / "after") as after:
                yield len(said.ids), len(said.ids - _shown(after / "journal"))
    finally:
        writer.kill()
        writer.communicate()


class _Said:
    """The ids that a writer said into a pipe, each when all of its line is here: half a line names another record."""

    def __init__(self, pipe: int) -> None:
        self.pipe = pipe
        self.ids: set[str] = set()
        self._rest = b""

    def read(self) -> None:
        """Take what there is, once there is something."""
        data = os.read(self.pipe, 65536)
        assert data, "the writer ended"
        *whole, self._rest = (self._rest + data).split(b"\n")
        self.ids.update(line.decode() for line in whole)


def _copied(image: Path, copy: Path) -> Path:
    """The image as it is at one moment: though its writer stands, the system may go on writing to it by itself."""
    while True:
        # A file of its own: where the mount of the copy before is still being taken down, that writes to its own.
        copy.unlink(missing_ok=True)
        shutil.copyfile(image, copy)
        if filecmp.cmp(image, copy, shallow=False):
            return copy


def _shown(directory: Path) -> set[str]:
    if not directory.is_dir():
        return set()
    journal = Journal(directory, WRITER, ZONE)
    found = {
        one.line.id for part in journal.segments() for one in journal.read(part.name) if one.line.kind != SIGNATURE
    }
    journal.close()
    return found


def _image(base: Path) -> Path:
    image = base / "image"
    with image.open("wb") as file:
        file.truncate(_SIZE)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True, capture_output=True)
    return image


@contextmanager
def _mounted(image: Path, at: Path) -> Iterator[Path]:
    at.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop", str(image), str(at)], check=True, capture_output=True)
    try:
        yield at
    finally:
        subprocess.run(["umount", "--lazy", str(at)], check=True, capture_output=True)


def figures(tries: int) -> Iterator[Figure]:
    """The long form, on ext4."""
    what = "ext4 in an image, copied under a stopped writer"
    if why := missing():
        yield Figure(what, skipped=why)
        return
    seed = new_seed()
    saved, lost = run(tries, seed)
    _, control = run(max(6, tries // 20), seed, flushes=False)
    yield Figure(what, tries, lost, control, f"cuts; {saved:,} records called saved looked for; seed {seed}")
