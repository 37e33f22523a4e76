"""The people of a team, each with the devices that speak for them."""

from datetime import date, datetime

import msgspec

from shared_rules.records.kinds import End
from shared_rules.records.parts import Role


class Binding(msgspec.Struct, frozen=True):
    """A device and the person it speaks for. `joined` is the first day judged, `left` the last.

    `end` names the last line that counts; a device with an end gets no new ring.
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
    """An agent's tag keys sealed to this device (see `tags.TagKeys.from_boxed`)."""
    approved: tuple[datetime, str, int] | None = None
    """The instant, writer and seq of the record that first let an agent's device in."""


class Person(msgspec.Struct, frozen=True):
    """A person with all devices, ended ones too. `left` is set when no device goes on.

    `hired` is what was approved first: no device that joins later changes it. `spans` are the first and the last day
    judged, device by device: somebody who left may come back.
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


def goes_on(binding: Binding, day: date | None) -> bool:
    """Whether a device has no end, and its person's last day, if any, does not lie before `day`."""
    return binding.end is None and (binding.left is None or day is None or day <= binding.left)


def _last(one: Binding, lefts: list[date]) -> date | None:
    """The last day that a device's person is judged for it: a machine given up ends with the person's next leaving."""
    return one.left if one.left or not one.end else min((left for left in lefts if left >= one.joined), default=None)


def person_of(devices: list[Binding]) -> Person:
    """One person from all devices: as a supervisor's roster says, else as the device that joined last.

    The hire date is that of the first: a machine that is added or replaced must not have past days judged anew.
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
