"""Our own customer form, imported again where it was written, tells of no call that is not there."""

from pathlib import Path

import pytest

from tests.commands.running import Machine
from tests.commands.teaming import TALKED


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_customer_form_brings_no_call_in_twice(machine: Machine, tmp_path: Path, language: str) -> None:
    """Calls at moments that no file names whole, in the hour that comes twice in autumn, with numbers of all kinds and
    without, and one whose customer was erased.
    """
    share = tmp_path / "share"
    share.mkdir()
    machine.now = "2026-10-26T09:00:00-04:00"
    machine("init", str(share), "--team", "T", "--zone", "America/New_York", "--id", "S001", "--name", "Bo").done()
    for second, phone in enumerate(
        ["13800138000", "13800138000", "0574-87654321 ext 8", "+1 212 555 0100", "12345", "=12", ""]
    ):
        for offset in ("-04:00", "-05:00"):
            machine.now = f"2026-11-01T01:30:0{second}.123{offset}"
            machine("log", "--phone", phone, *TALKED[3:]).done()
    machine.now = "2026-11-01T01:40:00.456-05:00"
    machine("log", "--phone", "13900139000", *TALKED[3:]).done()
    machine.now = "2026-11-02T09:00:00-05:00"
    machine("erase", "13900139000").done()
    form = tmp_path / "form.csv"
    machine("export", "report", "--day", "2026-11-01", "--to", str(form), "--lang", language).done()
    report = machine.json("import", "calls", str(tmp_path / "form-records.csv"))
    assert report == {
        "read": 15, "imported": 0, "already": 15, "refused": 0, "other_agent": 0, "refused_file": None
    }  # fmt: skip
