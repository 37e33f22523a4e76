"""What programs on one home laid aside: each keeps its own, what ended ones left goes to one other and to no two."""

import subprocess
import sys
from pathlib import Path

from agent_tui.store.files import Files
from agent_tui.store.laid import NAME, Laid
from agent_tui.store.odds import Odds

_KEEP_AND_WAIT = """
import sys
from pathlib import Path
from agent_tui.store.files import Files
from agent_tui.store.laid import Laid
from agent_tui.store.odds import Odds

home = Path(sys.argv[1])
laid = Laid(Odds(home / "odds.json"), home, Files())
laid.keep("of a process", ())
print("kept", flush=True)
sys.stdin.read()
"""


def opened(home: Path) -> Laid:
    return Laid(Odds(home / "odds.json"), home, Files())


def said(text: str) -> str | None:
    """A text that begins so can be opened by nobody here."""
    return None if text.startswith("sealed") else text


def lies(home: Path) -> list[str]:
    return sorted(Odds(home / "odds.json").get("drafts", NAME, {}).values())


def test_each_has_its_own_and_the_next_one_has_what_was_left(tmp_path: Path) -> None:
    first, second = opened(tmp_path), opened(tmp_path)
    assert (first.mine(said), second.mine(said)) == ({}, {})
    first.keep("first", ())
    second.keep("second", ())
    assert [list(one.mine(said).values()) for one in (first, second)] == [["first"], ["second"]]
    first.close()
    found = second.left(said, ())
    assert list(found.values()) == ["first"]
    # Until it is kept elsewhere it lies where it was; a third program does not have it too.
    second.keep("second, changed", ())
    assert lies(tmp_path) == ["first", "second, changed"]
    third = opened(tmp_path)
    assert third.mine(said) == {}
    second.keep("both", tuple(found))
    assert lies(tmp_path) == ["both"]
    assert second.left(said, found) == {}
    second.close()
    assert list(third.mine(said).values()) == ["both"]
    third.keep(None, tuple(third.mine(said)))
    assert lies(tmp_path) == []


def test_what_nobody_here_can_open_stays_where_it_is(tmp_path: Path) -> None:
    first = opened(tmp_path)
    first.keep("sealed to another key", ())
    first.close()
    second = opened(tmp_path)
    assert second.mine(said) == {}
    second.keep("second", ())
    second.keep(None, ())
    assert lies(tmp_path) == ["sealed to another key"]
    # Whoever has that key is not kept from it by the lock.
    assert list(opened(tmp_path).mine(str).values()) == ["sealed to another key"]


def test_what_a_killed_process_kept_can_be_had_and_what_a_living_one_keeps_cannot(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _KEEP_AND_WAIT, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"kept"
        here = opened(tmp_path)
        assert here.mine(said) == {}
        process.kill()
        process.wait()
        assert list(here.left(said, ()).values()) == ["of a process"]


def test_a_change_reaches_what_every_program_laid_aside(tmp_path: Path) -> None:
    first, second = opened(tmp_path), opened(tmp_path)
    first.keep("a customer", ())
    second.keep("another", ())
    second.change(lambda text: None if text == "a customer" else text)
    assert lies(tmp_path) == ["another"]


def test_a_damaged_value_is_none(tmp_path: Path) -> None:
    odds = Odds(tmp_path / "odds.json")
    for value in ("text", 7, [1], {"../../x": "a", "1": 5}):
        odds.put("drafts", NAME, value)
        one = opened(tmp_path)
        assert one.mine(said) == {}
        one.keep("kept", ())
        assert lies(tmp_path) == ["kept"]
        one.close()


def test_what_is_kept_late_takes_the_place_of_what_was_kept_before(tmp_path: Path) -> None:
    first = opened(tmp_path)
    first.keep("half a word", ())
    first.close()
    first.keep("a word", ())
    assert lies(tmp_path) == ["a word"]
    first.close()
    second = opened(tmp_path)
    assert list(second.mine(said).values()) == ["a word"]
    # Taken up meanwhile: nothing is lost by it.
    first.keep("a word and more", ())
    assert lies(tmp_path) == ["a word", "a word and more"]
