"""Trust opens no file, no socket and no screen."""

import subprocess
import sys

STORY = """
import sys
from datetime import UTC, date, datetime
from tests.trust import test_keyring, world
from agent_tui.trust import documents, keyfiles, keyring, keys, membership, signatures

keys.four_words(bytes(32), bytes(32), "zh")  # imports what only who lets somebody in needs
seen = []
outside = ("open", "os", "socket")
sys.addaudithook(lambda event, args: seen.append((event, args)) if event.partition(".")[0] in outside else None)
key, owner = keys.DeviceKey.generate(), keys.OwnerKey.generate()
team = documents.parse_team(documents.build_team(owner, "team", "Asia/Shanghai"))
request = documents.build_join(key, team.team, id="A017", name="A", hired=date(2026, 1, 1), at=datetime.now(UTC))
documents.parse_join(request, team.team)
keys.four_words(owner.public, key.public, "zh")
test_keyring.test_a_new_supervisor_is_handed_every_ring()
signatures.build_signature(key, team=team.team, segment="s", last_seq=1, roster=1, at="", digest=bytes(32))
print(seen)
print([name for name in sys.modules if name.startswith(("textual", "tinydb", "agent_tui.store", "agent_tui.ui"))])
"""


def test_nothing_outside_is_touched() -> None:
    told = subprocess.run(
        [sys.executable, "-c", STORY], capture_output=True, check=True, encoding="utf-8", timeout=60
    ).stdout
    assert told.splitlines() == ["[]", "[]"]
