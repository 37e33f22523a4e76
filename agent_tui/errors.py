"""The one error a user may cause or meet: a line that says what, where, and how to mend it."""

import errno
from functools import cache
from typing import Any

from agent_tui.i18n import t, texts


class Problem(Exception):
    """Something the user or the state is to blame for. `name` is a text (`area.key`); str() is one line for people."""

    def __init__(self, name: str, /, **values: Any) -> None:
        super().__init__(name)
        self.name = name
        self.values = values

    def __str__(self) -> str:
        return t(self.name, **self.values)


# What Windows' own numbers mean. Python makes EINVAL of most that a network folder gives, and EACCES of a file in use.
_WINDOWS = {
    number: name
    for name, numbers in {
        "EACCES": (5, 65, 86, 1219, 1265, 1326, 1327, 1330, 1331),
        "EBUSY": (32, 33, 54, 170),
        "ECONNRESET": (59, 64, 240, 1236),
        "EDQUOT": (1295, 1816),
        "EHOSTUNREACH": (1232,),
        "EIO": (23, 483, 1117, 1392),
        "ENAMETOOLONG": (206,),
        "ENETUNREACH": (1222, 1231),
        "ENOSPC": (39, 112),
        "ENOTCONN": (21, 55, 1167),
        "ENOTEMPTY": (145,),
        "EROFS": (19,),
        "ETIMEDOUT": (121, 1460),
        "EXDEV": (17,),
        "WRONG_NAME": (123, 161),
        "NO_SHARE": (51, 53, 67, 1203),
    }.items()
    for number in numbers
}


def system_name(error: OSError) -> str:
    """What went wrong, as a name of the area `system`, most as POSIX has them (ENOSPC); "" for what has none."""
    number: int = getattr(error, "winerror", None) or 0
    if number in _WINDOWS:
        return _WINDOWS[number]
    if number and error.errno == errno.EINVAL:
        return ""  # one that Python does not tell apart either: the system's own words say more
    return _names().get(error.errno or 0, "")


@cache
def _names() -> dict[int, str]:
    # Not `errno.errorcode`: on Windows that has other names for those of the network.
    return {getattr(errno, name): name for name in texts("system") if hasattr(errno, name)}


def system_reason(error: OSError) -> str:
    """What the operating system says that went wrong, in the language in use; the rarer errors in its own words."""
    name = system_name(error)
    return t(f"system.{name}") if name else error.strerror or type(error).__name__
