"""Pinyin initials of names: 宏达 is hd, and, as 达 has another reading, also ht."""

import os
from functools import cache
from itertools import islice, product

_READINGS = 2
_SURNAME_READINGS = 4
_BEGINNING = 5
_OTHERS = 16


@cache
def _initials(character: str) -> tuple[str, ...]:
    """The first letters of a character's readings, the most common first; itself where it has none."""
    if character.isascii():
        return (character.lower(),)
    # The tables of phrases cost three times as much as all characters, and an initial needs none.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin import Style, pinyin  # noqa: PLC0415 - only where Hanzi are new

    return tuple(pinyin(character, style=Style.FIRST_LETTER, heteronym=True)[0])


def initials(name: str, *, surname: bool = False) -> str:
    """The spellings of a name in initials, a blank between them; characters without a reading are left out.

    The first is whole, in the common readings. Those with other readings are of its beginning alone, the likeliest
    first: what follows there is 有限公司 or the like. `surname`: of the first character all readings count, since 单
    and 仇 are read as surnames otherwise.
    """
    letters = []
    for place, character in enumerate(character for character in name if character.isalnum()):
        most = _SURNAME_READINGS if surname and not place else _READINGS
        found = [one for one in _initials(character)[:most] if one.isascii()]
        if found:
            letters.append(found)
    first = "".join(one[0] for one in letters)
    begun = letters[:_BEGINNING]
    others = sorted(product(*(range(len(one)) for one in begun)), key=lambda places: sum(map(bool, places)))
    spelled = ("".join(one[at] for one, at in zip(begun, places, strict=True)) for places in others[1:])
    return " ".join((first, *islice(dict.fromkeys(spelled), _OTHERS)))
