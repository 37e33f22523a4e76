"""The names of the shipped policies. Apart, so that a command line can offer them without reading one."""

from typing import Literal, get_args

Builtin = Literal["handbook", "quota", "points", "pay"]
BUILTINS: tuple[Builtin, ...] = get_args(Builtin)
