"""What is wrong with a text that is no TOML, in our own words: the parser's are only in English and for programmers."""

import re

import msgspec

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
# What the parser's message begins with, and what is said in its place.
_WORDS = (
    ("Expected '=' after a key", "a key needs = and a value after it"),
    ("Expected newline or end of document", "this is one thing too many on the line, or no number, date or time"),
    ("Expected ']", "a heading must end with ]"),
    ("Invalid statement", "neither a heading, a key nor a comment"),
    ("Invalid value", "a value is missing or cannot be read; texts stand in quotes"),
    ("Invalid initial character for a key", "a key is of a-z, 0-9, _ and -, or stands in quotes"),
    ("Invalid date or datetime", "no such date or time"),
    ("Invalid hex value", "a \\ in a text must be written \\\\"),
    ("Unescaped '\\'", "a \\ in a text must be written \\\\"),
    ("Escaped character is not", "a \\ in a text must be written \\\\"),
    ("Unterminated string", "a text does not end with its quotes"),
    ("Expected '", "a text does not end with its quotes"),
    ("Unclosed array", "a list does not end with ]"),
    ("Unclosed inline table", "a table on one line is not closed"),
    ("Cannot declare", "this heading or key is there already"),
    ("Cannot overwrite", "this heading or key is there already"),
    ("Cannot redefine", "this heading or key is there already"),
    ("Cannot mutate", "this heading or key is there already"),
    ("Duplicate inline table key", "this heading or key is there already"),
    ("Found invalid character", "a sign that may not stand here"),
    ("Illegal character", "a sign that may not stand here"),
    ("Exceeds the limit", "a number that is too long"),
)


class TomlFault(msgspec.Struct, frozen=True):
    """What is wrong, and where: line and column count from 1; the column is 0 if it is not known."""

    line: int
    column: int
    what: str


def toml_fault(error: ValueError | RecursionError, text: str) -> TomlFault:
    """The fault that `tomllib` found in a text."""
    if isinstance(error, RecursionError):
        return TomlFault(1, 0, "nested too deeply")
    message = str(error)
    what = next((words for start, words in _WORDS if message.startswith(start)), "it cannot be read")
    if place := _PLACE.search(message):
        return TomlFault(int(place[1]), int(place[2]), what)
    if "(at end of document)" not in message:
        return TomlFault(1, 0, what)
    lines = text.rstrip().splitlines() or [""]
    return TomlFault(len(lines), len(lines[-1]) + 1, what)
