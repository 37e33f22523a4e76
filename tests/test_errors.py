"""What the operating system says, in the language in use."""

import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_tui.errors import Problem, system_reason
from agent_tui.i18n import language, set_language, texts
from agent_tui.imports.table import read_table
from agent_tui.store.files import trouble


@pytest.fixture(autouse=True)
def _untouched() -> Iterator[None]:
    before = language()
    yield
    set_language(before)


@pytest.mark.parametrize("name", [name for name in texts("system") if hasattr(errno, name)])
def test_the_usual_errors_are_said_in_chinese(name: str) -> None:
    error = OSError(getattr(errno, name), os.strerror(getattr(errno, name)))
    set_language("zh")
    assert re.search("[\u4e00-\u9fff]", system_reason(error))
    set_language("en")
    assert re.fullmatch("[a-z -]+", system_reason(error))


def test_a_rare_error_is_said_in_the_systems_words() -> None:
    set_language("zh")
    assert system_reason(OSError(errno.EDOM, "out of domain")) == "out of domain"
    assert system_reason(OSError("no number")) == "OSError"


def test_a_line_for_people_has_the_reason_in_their_language(tmp_path: Path) -> None:
    set_language("zh")
    with pytest.raises(Problem, match="没有这个文件或文件夹"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(Problem, match="读写出错"):
        trouble(OSError(errno.EIO, "Input/output error"), tmp_path)
