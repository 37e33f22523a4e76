"""`serve`: the screens in a real browser, and pages of others kept out."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, WSServerHandshakeError

from tests.commands.running import Machine, command_line, environment, process
from tests.company import NOW, Company, talk
from tests.ports import free_port
from tests.waiting import PATIENCE_S
from tests.web.browser import needs_chromium, page

if sys.platform == "linux":
    import resource


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    made = Company(tmp_path)
    made.join("A017", "张敏")
    made.boss.close()
    yield made
    made.close()


@asynccontextmanager
async def served(
    company: Company, *options: str, host: str = "127.0.0.1", memory: int | None = None
) -> AsyncIterator[str]:
    """The address at which the supervisor's screens are served. No process may take more than `memory` bytes."""
    with free_port() as port:
        command = command_line(
            "--home",
            str(company.boss_home),
            "--lang",
            "zh",
            "--now",
            NOW.isoformat(),
            "serve",
            "--port",
            str(port),
            *options,
        )
        server = subprocess.Popen(command, stderr=subprocess.PIPE, env=environment(), encoding="utf-8")
        if memory:
            resource.prlimit(server.pid, resource.RLIMIT_AS, (memory, memory))
        try:
            assert server.stderr is not None
            said = await asyncio.to_thread(server.stderr.readline)
            assert f"http://{host}:{port}" in said
            yield f"http://{host}:{port}"
        finally:
            server.terminate()
            assert server.wait(PATIENCE_S) is not None


@needs_chromium
async def test_the_board_in_a_real_browser_shows_a_call_logged_at_a_desk(company: Company, tmp_path: Path) -> None:
    async with served(company) as url, page(tmp_path / "profile", url) as opened:
        await opened.shows("A017")
        await opened.shows("0/120")
        before = await opened.picture()
        talk(company.desks["A017"], 1)
        await asyncio.to_thread(company.desks["A017"].sync_once)
        await opened.shows("1/120")
        after = await opened.picture()
        assert before.startswith(b"\x89PNG")
        assert before != after
        assert not opened.problems, "nothing is fetched from elsewhere, nothing fails in the page"
        if folder := os.environ.get("AGENT_TUI_PICTURES"):
            Path(folder, "serve.png").write_bytes(after)
        await opened.press("F1", 112)
        await opened.shows("本屏按键")


@needs_chromium
async def test_until_its_first_byte_the_page_says_that_it_opens_above_the_black_terminal(
    company: Company, tmp_path: Path
) -> None:
    async with served(company) as url, page(tmp_path / "profile", url) as opened:
        await opened.shows("A017")
        asked = "document.body.classList.remove('-first-byte'); document.elementFromPoint(500, 300).className"
        answer = await opened.call("Runtime.evaluate", expression=asked)
        assert answer["result"]["value"] == "note opening"


@needs_chromium
async def test_the_whole_terminal_stays_in_a_window_that_is_made_smaller(company: Company, tmp_path: Path) -> None:
    async with served(company) as url, page(tmp_path / "profile", url) as opened:
        await opened.shows("A017")
        size = {"width": 760, "height": 500}
        await opened.call("Emulation.setDeviceMetricsOverride", **size, deviceScaleFactor=1, mobile=False)
        taken = "(box => [box.right, box.bottom])(document.querySelector('.xterm-screen').getBoundingClientRect())"

        async def right_and_bottom() -> tuple[float, float]:
            answer = await opened.call("Runtime.evaluate", expression=taken, returnByValue=True)
            right, bottom = answer["result"]["value"]
            return right, bottom

        async with asyncio.timeout(PATIENCE_S):
            while (await right_and_bottom())[0] > size["width"]:
                await asyncio.sleep(0.05)
        assert (await right_and_bottom())[1] <= size["height"]


async def test_a_page_of_somebody_else_is_refused(company: Company) -> None:
    async with served(company) as url, ClientSession() as session:
        async with session.get(url) as answer:
            assert answer.status == 200
            assert "Session" not in (text := await answer.text())
            assert "一组" in text
            assert "//" not in text.replace("ws://127.0.0.1", "").partition("<body>")[0]
        for headers in ({"Host": "evil.example"}, {"Host": "[::1"}, {"Origin": "http://[::1"}):
            async with session.get(url, headers=headers) as answer:
                assert answer.status == 403
        with pytest.raises(WSServerHandshakeError) as refused:
            await session.ws_connect(f"{url}/ws", headers={"Origin": "http://evil.example"})
        assert refused.value.status == 403


@pytest.mark.skipif(sys.platform != "linux", reason="bounds the memory, as Linux can")
async def test_a_page_that_names_screens_of_no_sense_works_and_fills_no_memory(company: Company) -> None:
    giant = 10**9
    async with served(company, memory=2**31) as url, ClientSession() as session:
        asked = f"{url}/ws?width={giant}&height={giant}"
        async with session.ws_connect(asked, max_msg_size=0) as page:
            await _says(page, "A017")
            # Each is shown before the next is named: of several in a row the program takes the last alone.
            for sizes, key, shown in (((giant,), "\x1bOP", "本屏按键"), ((-1, 100), "\x1b", "A017")):
                for size in sizes:
                    await page.send_json(["resize", {"width": size, "height": size}])
                await page.send_json(["stdin", key])
                await _says(page, shown)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the process of a page, on Linux")
async def test_a_page_whose_program_is_killed_is_closed(company: Company) -> None:
    async with served(company) as url, ClientSession() as session, session.ws_connect(f"{url}/ws") as page:
        await _says(page, "A017")
        for program in _programs(company.boss_home):
            os.kill(program, signal.SIGKILL)
        await _is_closed(page)


@pytest.mark.parametrize("sent", ["", "{}", '["stdin"]', '["resize", {"width": "wide", "height": 0}]'])
async def test_what_no_page_sends_closes_that_page_and_no_other(company: Company, sent: str) -> None:
    async with (
        served(company) as url,
        ClientSession() as session,
        session.ws_connect(f"{url}/ws") as page,
        session.ws_connect(f"{url}/ws") as other,
    ):
        for one in (page, other):
            await _says(one, "A017")
        await page.send_str(sent)
        await _is_closed(page)
        await other.send_json(["stdin", "\x1bOP"])
        await _says(other, "本屏按键")


def _programs(home: Path) -> list[int]:
    """The processes that show screens of `home`."""
    lines = {int(one.name): (one / "cmdline").read_bytes().split(b"\0") for one in Path("/proc").glob("[0-9]*")}
    return [at for at, line in lines.items() if bytes(home) in line and b"serve" not in line]


async def _is_closed(page: ClientWebSocketResponse) -> None:
    """Wait until a page is closed by the server."""
    async with asyncio.timeout(PATIENCE_S):
        async for _ in page:
            pass


async def _says(page: ClientWebSocketResponse, text: str) -> None:
    """Wait until the terminal of a page is sent `text`. Raises AssertionError where the page is closed before that."""
    said = b""
    async with asyncio.timeout(PATIENCE_S):
        async for message in page:
            said = said[-1000:] + (message.data if message.type is WSMsgType.BINARY else b"")
            if text.encode() in said:
                return
    raise AssertionError(f"closed before it said {text}")


_CLIENT = """
import os, sys
from http.client import HTTPConnection
asked = HTTPConnection("127.0.0.1", int(sys.argv[1]))
"localhost".encode("idna")  # read while it may be
os.setuid(int(sys.argv[2]))
asked.request("GET", sys.argv[3])
print(asked.getresponse().status)
"""


@pytest.mark.skipif(not Path("/proc/net/tcp").exists() or os.getuid() != 0, reason="asks as another user, on Linux")
@pytest.mark.parametrize(("user", "status"), [(0, "200"), (65534, "403")])
async def test_another_user_of_this_machine_is_refused(company: Company, user: int, status: str) -> None:
    async with served(company) as url:
        port = url.rpartition(":")[2]
        for path in ("/", "/static/js/textual.js"):
            command = [sys.executable, "-c", _CLIENT, port, str(user), path]
            asked = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
            told, _ = await asked.communicate()
            assert told.decode().strip() == status, path


@pytest.mark.skipif(not socket.has_ipv6, reason="this system has no IPv6")
async def test_the_address_of_version_six_is_one_that_can_be_opened(company: Company) -> None:
    async with (
        served(company, "--host", "::1", host="[::1]") as url,
        ClientSession() as session,
        session.get(url) as answer,
    ):
        assert answer.status == 200


def test_a_port_in_use_is_said_in_one_line(company: Company) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = process(
            "--home", str(company.boss_home), "--lang", "en", "serve", "--port", str(taken.getsockname()[1])
        ).wrong()
    assert "cannot be listened on" in told
    assert "--port" in told


def test_a_home_without_a_team_is_not_served(tmp_path: Path) -> None:
    assert "no team" in process("--home", str(tmp_path / "none"), "--lang", "en", "serve").wrong()


def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "agent_tui.web.server", None)
    assert "agent-tui[serve]" in Machine(tmp_path / "home", capsys)("serve").wrong()
