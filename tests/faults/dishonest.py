"""An agent who has the whole program, and a key of his own, and keeps to none of its rules."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from agent_tui.book import Book, CallEntry
from agent_tui.book.own import own
from agent_tui.sync.findings import Finding
from agent_tui.trust.seal import seal
from agent_tui.trust.signatures import build_signature
from shared_rules.records import lines
from shared_rules.records.kinds import encode
from shared_rules.records.parts import Body, Secret
from tests.book.world import DAY
from tests.company import Company, talk

BEFORE = DAY - timedelta(days=1)


class Dishonest:
    """`A017`, who logged three calls with the program; what else he publishes he makes himself."""

    def __init__(self, folder: Path) -> None:
        self.company = Company(folder)
        self.boss = self.company.boss
        self.desk = self.company.join("A017", "张敏")
        self.place = self.desk.session.place
        for number in range(3):
            talk(self.desk, number, minutes_ago=3 - number)
        self.company.sync()

    @property
    def next(self) -> int:
        return self.place.journal.last_seq + 1

    def line(self, seq: int, said: Body, secret: Secret | None = None, **members: Any) -> bytes:
        """A line about himself with these members in place of the right ones; None: without it."""
        tag = getattr(said, "phone_tag", None)
        now = self.desk.now()
        made: dict[str, Any] = {
            "v": 1,
            "id": f"00000000-{seq:04}-{len(members)}",
            "kind": said.kind,
            "writer": self.place.writer,
            "seq": seq,
            "at": now.isoformat(timespec="milliseconds"),
            "agent": "A017",
            "body": msgspec.Raw(encode(said)),
        }
        if secret is not None:
            ring = self.desk.session.rings.current(members.get("agent", "A017"), now)
            made["sealed"] = seal(ring, None if said.stays else tag, self.place.writer, seq, encode(secret))
        return lines.encode({name: one for name, one in (made | members).items() if one is not None})

    def call(self, seq: int, number: int, *, started: datetime | None = None, clear: dict[str, Any] | None = None,
             secret: Secret | None = None, **members: Any) -> bytes:  # fmt: skip
        """A whole conversation with that customer; `clear` are members of its open part, `secret` what is sealed."""
        entry = CallEntry(
            phone=f"138{number:08}", outcome="talked", interest="intent", company=f"宏达{number}公司", contact="王",
            title="采购经理", note="要报价", started_at=started or self.desk.now(), duration_s=87,
        )  # fmt: skip
        made = own.drafts(self.desk.session, entry, self.desk.now())[0]
        return self.line(seq, replace(made.body, **(clear or {})), secret or made.secret, **members)

    def publish(self, data: bytes, last: int, *, number: int = 1, day: date = DAY) -> Path:
        """Put lines at the end of a file in his own name, and sign it."""
        name = f"{self.place.writer}-{number:06}.jsonl"
        file = self.company.share / "records" / str(day) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        whole = (file.read_bytes() if file.exists() else b"") + data
        signature = build_signature(
            self.place.key, team=self.place.team.team, segment=name, last_seq=last, roster=1,
            at=self.desk.now().isoformat(), digest=sha256(whole).digest(),
        )  # fmt: skip
        file.write_bytes(whole + signature)
        self.boss.sync_once()
        return file

    def again(self) -> Book:
        """The supervisor's program, started anew."""
        self.boss.close()
        self.boss = self.company.boss = Book.open(self.company.boss_home, self.company.clock)
        return self.boss

    def check(self) -> list[Finding]:
        """What `check` finds at the supervisor's."""
        book = Book.open(self.company.boss_home, self.company.clock)
        found = book.upkeep.check().findings
        book.close()
        return found
