"""Names by their whole pinyin: hongda finds 宏达, as do ho and hongd on the way there.

The readings are in `pinyin.txt`, a line a syllable, of the 6,763 characters of GB2312; rarer ones are found by their
initials alone. The table is a tenth of what pypinyin takes in memory, and there at once.
"""

import re
from collections.abc import Set as AbstractSet
from functools import cache
from pathlib import Path

_LONGEST = 6
_TYPED = re.compile("[a-z]{2,40}")
_VOWEL = re.compile("[aeiouv]")
# Of a text that can be cut into syllables in many ways no more are tried.
_CUTS = 8


@cache
def syllables() -> dict[str, str]:
    """The characters that are read so, by syllable without tone."""
    text = Path(__file__).with_name("pinyin.txt").read_text(encoding="utf-8")
    return dict(row.split(" ") for row in text.splitlines())


def sounds(typed: str, there: AbstractSet[str]) -> re.Pattern[str] | None:
    """What finds the characters whose pinyin `typed` is, the last syllable perhaps only begun; None for what is no
    pinyin. Of the characters only those `there` are looked for.
    """
    if not _TYPED.fullmatch(typed) or not _VOWEL.search(typed):
        return None
    found = [[_class(one, there) for one in cut] for cut in _cuts(typed)[:_CUTS]]
    found = [cut for cut in found if all(cut)]
    if not found:
        return None
    # A leading class is looked for by far faster than alternatives: they are told apart once one of theirs is found.
    first = "".join(sorted({char for cut in found for char in cut[0]}))
    rests = "|".join(f"(?<=[{cut[0]}])" + "".join(f"[{each}]" for each in cut[1:]) for cut in found)
    return re.compile(f"[{first}](?:{rests})" if len(found) > 1 else "".join(f"[{each}]" for each in found[0]))


def _cuts(rest: str) -> list[list[str]]:
    """The ways to cut a text into syllables, each a text of the characters read so."""
    table = syllables()
    if rest in table:
        whole = [[table[rest]]]
    else:
        begun = "".join(chars for syllable, chars in table.items() if syllable.startswith(rest))
        whole = [[begun]] if begun else []
    for length in range(min(_LONGEST, len(rest) - 1), 0, -1):
        if head := table.get(rest[:length]):
            whole += [[head, *tail] for tail in _cuts(rest[length:])]
    return whole


def _class(chars: str, there: AbstractSet[str]) -> str:
    return "".join(dict.fromkeys(char for char in chars if char in there))
