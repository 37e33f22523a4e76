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


class FromWindows(OSError):
    """As Windows raises them: its own number beside the errno that Python makes of it."""

    def __init__(self, winerror: int, number: int, text: str) -> None:
        super().__init__(number, text)
        self.winerror = winerror


@pytest.mark.parametrize(
    ("winerror", "number", "said"),
    [
        (53, errno.ENOENT, "找不到网络文件夹"),
        (64, errno.EINVAL, "连接被断开"),
        (121, errno.EINVAL, "没有及时响应"),
        (32, errno.EACCES, "正被其他程序使用"),
        (2, errno.ENOENT, "没有这个文件或文件夹"),
        (1450, errno.EINVAL, "系统资源不足"),
    ],
)
def test_what_windows_says_of_a_network_folder_is_no_unsupported_operation(
    winerror: int, number: int, said: str
) -> None:
    set_language("zh")
    assert system_reason(FromWindows(winerror, number, "系统资源不足")) == said


def test_a_disk_that_windows_calls_full_is_full(tmp_path: Path) -> None:
    with pytest.raises(Problem) as told:
        trouble(FromWindows(39, errno.EINVAL, "The disk is full"), tmp_path)
    assert told.value.name == "store.disk_full"


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
