"""Lines about a call or a lead that comes after them, as segments of several devices come in any order.

A record also comes again: brought over under another key, or with its segment, read anew when a key file comes.
"""

import msgspec

from agent_tui.book.customers.table import Key


class Early(msgspec.Struct, array_like=True):
    """The numbers of the segments with such lines.

    `undone`: of a customer with leads that were taken back or handed on. `amended`: by the id of a call and the tag
    that a change gives it, empty for none. `beside`: of a customer of whom no call and no lead is known.
    """

    undone: dict[Key, set[int]] = msgspec.field(default_factory=dict)
    amended: dict[str, dict[str, set[int]]] = msgspec.field(default_factory=dict)
    beside: dict[Key, set[int]] = msgspec.field(default_factory=dict)

    def undoes(self, key: Key, number: int) -> None:
        """Note a line that may undo a lead of a customer."""
        self.undone.setdefault(key, set()).add(number)

    def amends(self, id: str, tag: str, number: int) -> None:
        """Note a line that changes the call `id`."""
        self.amended.setdefault(id, {}).setdefault(tag, set()).add(number)

    def tells(self, key: Key, number: int) -> None:
        """Note another line about a customer."""
        self.beside.setdefault(key, set()).add(number)

    def take(self, key: Key) -> set[int]:
        """The segments of `beside`, of a customer who is known from now on."""
        return self.beside.pop(key, set())
