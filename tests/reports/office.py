"""A real spreadsheet program, where this machine has one."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")

needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed here")


def convert(file: Path, to: str, folder: Path) -> list[Path]:
    """What LibreOffice makes of `file`, converted to `to` (a filter may follow), in an empty folder of its own."""
    assert OFFICE is not None
    out = folder / "converted"
    out.mkdir(exist_ok=True)
    subprocess.run(
        [OFFICE, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", to, "--outdir",
         str(out), str(file)],
        check=True,
        capture_output=True,
        timeout=170,
        env={**os.environ, "HOME": str(folder)},
    )  # fmt: skip
    return sorted(out.iterdir())
