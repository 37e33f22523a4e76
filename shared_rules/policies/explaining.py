"""Why a policy is refused: one line that names the source, the line, the key and what is allowed there."""

import re
import types
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from shared_rules.policies.errors import PolicyError
from shared_rules.policies.toml_errors import toml_fault
from shared_rules.policies.values import Contradiction

if TYPE_CHECKING:  # see `validating`
    from pydantic import BaseModel, ValidationError
    from pydantic.fields import FieldInfo

Path_ = tuple[str | int, ...]

_PART = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)"""
_PATH = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_PATH})\s*\]")
_KEY = re.compile(rf"\s*({_PATH})\s*=")
_PARTS = re.compile(_PART)
# Brackets within strings and comments do not count as open.
_TEXTS = re.compile(r'"""|' + r"'''|" + r'"(?:[^"\\]|\\.)*"|' + r"'[^']*'|#.*")


def explain_syntax(error: ValueError | RecursionError, text: str, source: str) -> PolicyError:
    """The PolicyError for a text that is no TOML."""
    fault = toml_fault(error, text)
    return PolicyError(source, fault.line, "", f"not TOML: {fault.what}", fault.column)


def explain(error: "ValidationError", model: "type[BaseModel]", text: str, source: str) -> PolicyError:
    """The PolicyError for the first fault in the order of the text, but for unknown keys before all others."""
    lines = lines_of_keys(text)
    found = []
    for fault in error.errors(include_url=False, include_input=False):
        cause = fault.get("ctx", {}).get("error")
        path = *fault["loc"], *(cause.at if isinstance(cause, Contradiction) else ())
        allowed = _allowed(fault, model, path)
        # pydantic marks a key of a table that is not allowed as a part of its path.
        path = tuple(part for part in path if part != "[key]")
        # A misspelt key is also reported as missing: the misspelling is the one to name.
        found.append((fault["type"] != "extra_forbidden", _line(lines, path), path, allowed))
    _, line, path, allowed = min(found, key=lambda fault: fault[:2])
    return PolicyError(source, line, ".".join(map(_written, path)), allowed)


def lines_of_keys(text: str) -> dict[Path_, int]:
    """The line, from 1, of each table and key that begins a line. The text must be valid TOML.

    Keys within an array or an inline table are not among them: they have the line of the key that holds them.
    """
    found: dict[Path_, int] = {}
    counts: dict[Path_, int] = {}
    table: Path_ = ()
    depth, quote = 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        if depth == 0 and not quote:
            if header := _HEADER.match(line):
                table = _table(_path(header[2]), header[1] == "[[", counts)
                for end in range(1, len(table) + 1):
                    found.setdefault(table[:end], number)
                continue
            if key := _KEY.match(line):
                path = table + _path(key[1])
                for end in range(len(table) + 1, len(path) + 1):
                    found.setdefault(path[:end], number)
        depth, quote = _open(line, depth, quote)
    return found


def _path(written: str) -> Path_:
    return tuple(part[1:-1] if part[0] in "\"'" else part for part in _PARTS.findall(written))


def _table(path: Path_, repeated: bool, counts: dict[Path_, int]) -> Path_:
    """The path of a table's header, with the index in each array of tables on the way."""
    whole: Path_ = ()
    for position, part in enumerate(path):
        whole += (part,)
        if repeated and position == len(path) - 1:
            counts[whole] = counts.get(whole, -1) + 1
        if whole in counts:
            whole += (counts[whole],)
    return whole


def _open(line: str, depth: int, quote: str) -> tuple[int, str]:
    """How many brackets, and which multi-line string, are still open after a line."""
    if quote:
        _, closed, line = line.partition(quote)
        if not closed:
            return depth, quote
    rest = ""
    position = 0
    for text in _TEXTS.finditer(line):
        if text.start() < position:
            continue
        rest += line[position : text.start()]
        position = text.end()
        if text[0] in ('"""', "'''"):
            end = line.find(text[0], position)
            if end < 0:
                return depth + _brackets(rest), text[0]
            position = end + 3
    rest += line[position:]
    return depth + _brackets(rest), ""


def _brackets(text: str) -> int:
    return text.count("[") + text.count("{") - text.count("]") - text.count("}")


def _line(lines: dict[Path_, int], path: Path_) -> int:
    for end in range(len(path), 0, -1):
        if path[:end] in lines:
            return lines[path[:end]]
    return 1


def _written(part: str | int) -> str:
    text = str(part)
    return text if re.fullmatch(r"[A-Za-z0-9_-]+", text) else f'"{text}"'


def _allowed(fault: Any, model: "type[BaseModel]", path: Path_) -> str:
    if isinstance(cause := fault.get("ctx", {}).get("error"), Contradiction):
        return cause.allowed
    if fault["type"] == "extra_forbidden":
        holder = _kind(model, path[:-1])
        return "one of the keys " + ", ".join(getattr(holder, "model_fields", ()))
    if fault["type"] == "missing":
        return f"not without it; {_described(model, path)}"
    if path[-1] == "[key]":
        table = _kind(model, path[:-2])
        return "as keys " + ", ".join(map(str, _choices(_bare(get_args(table)[0])))) if get_args(table) else ""
    return _described(model, path) or str(fault["msg"])


def _described(model: "type[BaseModel]", path: Path_) -> str:
    """What may stand in a field: its choices, its description or, for a table, its keys."""
    for end in range(len(path), 0, -1):
        if choices := _choices(_kind(model, path[:end])):
            return "one of " + ", ".join(f'"{choice}"' for choice in choices)
        if description := _description(_field(model, path[:end])):
            return description
        kind = _kind(model, path[:end])
        if hasattr(kind, "model_fields"):
            return "a table with the keys " + ", ".join(kind.model_fields)
    return ""


def _field(model: "type[BaseModel]", path: Path_) -> "FieldInfo | None":
    holder = _kind(model, path[:-1])
    field: FieldInfo | None = getattr(holder, "model_fields", {}).get(str(path[-1]))
    return field


def _description(field: "FieldInfo | None") -> str:
    """What a field declares of its values; of one that may be left out its type does, not the field itself."""
    if field is None:
        return ""
    marks = (mark for part in get_args(field.annotation) for mark in getattr(part, "__metadata__", ()))
    return next((text for one in (field, *marks) if (text := getattr(one, "description", None))), "")


def _kind(model: Any, path: Path_) -> Any:
    """The type at a path: a model, a Literal or another annotation; None if nothing is declared there."""
    kind: Any = model
    for part in path:
        if hasattr(kind, "model_fields"):
            field = kind.model_fields.get(str(part))
            kind = field.annotation if field else None
        elif get_origin(kind) is dict:
            kind = get_args(kind)[1]
        elif get_origin(kind) is tuple:
            kind = get_args(kind)[0]
        else:
            return None
        kind = _bare(kind)
    return kind


def _bare(kind: Any) -> Any:
    while True:
        if get_origin(kind) in (Union, types.UnionType):
            kind = next(part for part in get_args(kind) if part is not type(None))
        elif hasattr(kind, "__metadata__"):
            kind = kind.__origin__
        else:
            return kind


def _choices(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) is Literal else ()
