"""The people of a team, each with the devices that speak for them."""

from datetime import date, datetime

import msgspec

from shared_rules.records.kinds import End
from shared_rules.records.parts import Role


class Binding(msgspec.Struct, frozen=True):
    """A device and the person it speaks for. `joined` is the first day on which the person is judged, `left` the last.

    `end` names the last line of the device that counts; a device with an end gets no new ring.
    """

    writer: str
    public: bytes
    person: str
    name: str
    role: Role
    hired: date
    joined: date
    left: date | None
    end: End | None
    tag_keys: str = ""
    """An agent's tag keys, sealed to this device (see `tags.TagKeys.from_boxed`)."""
    approved: tuple[datetime, str, int] | None = None
    """The instant, writer and seq of the record that first let an agent's device in."""


class Person(msgspec.Struct, frozen=True):
    """A person with all devices, also those that were ended. `left` is set once no device goes on.

    `hired` is the date approved with the first device: no device that joins later changes it. `spans` has the first and
    the last day judged for each device, as somebody who left may come back.
    """

    id: str
    name: str
    role: Role
    hired: date
    joined: date
    left: date | None
    writers: tuple[str, ...]
    spans: tuple[tuple[date, date | None], ...]

    def there(self, day: date) -> bool:
        """Whether the person is judged on `day`: joined by then, and not yet gone."""
        return any(first <= day and (last is None or day <= last) for first, last in self.spans)

    def gone(self, day: date) -> bool:
        """Whether the person had left by `day`, and not come back yet."""
        return not self.there(day) and any(last is not None and last < day for _, last in self.spans)


def goes_on(binding: Binding, day: date | None) -> bool:
    """Whether a device has no end and its person has not left before `day` (None: left or not does not matter)."""
    return binding.end is None and (binding.left is None or day is None or day <= binding.left)


def _last(one: Binding, lefts: list[date]) -> date | None:
    """The last day judged for a device: that of leaving and, for one given up, when the person next left."""
    return one.left if one.left or not one.end else min((left for left in lefts if left >= one.joined), default=None)


def person_of(devices: list[Binding]) -> Person:
    """The person of all these devices. Name and role are as the roster has them, else as with the device that joined
    last. The hire date is that of the first device: another machine must not cause past days to be judged anew.
    """
    first = min(devices, key=lambda one: (one.role != "supervisor", one.approved, one.joined, one.writer))
    main = max(devices, key=lambda one: (one.role == "supervisor", goes_on(one, None), one.joined, one.writer))
    lefts = [one.left for one in devices if one.left]
    remains = any(one.end is None and one.left is None for one in devices)
    return Person(
        id=main.person,
        name=main.name,
        role=main.role,
        hired=first.hired,
        joined=min(one.joined for one in devices),
        left=None if remains else max(lefts, default=None),
        writers=tuple(one.writer for one in devices),
        spans=tuple((one.joined, _last(one, lefts)) for one in devices),
    )
