"""A real Chromium without a window: a page is opened in it, and what it draws of a terminal is read off the wire."""

import asyncio
import base64
import json
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyte
import pytest
from aiohttp import ClientSession, ClientWebSocketResponse

from tests.waiting import PATIENCE_S

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed here")


class Page:
    """One page, driven by the DevTools protocol. `text` is the terminal in it: the bytes its socket received."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = 0
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._screen: pyte.Screen | None = None
        self._stream: pyte.ByteStream | None = None
        self._news = asyncio.Event()
        self.problems: list[str] = []
        self._reader = asyncio.create_task(self._read())

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method of the protocol; its result."""
        self._numbers += 1
        answer = self._answers[self._numbers] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": self._numbers, "method": method, "params": parameters})
        return await asyncio.wait_for(answer, PATIENCE_S)

    @property
    def text(self) -> str:
        """The terminal as text."""
        screen = self._screen
        if screen is None:
            return ""
        rows = screen.buffer
        return "\n".join(
            "".join(rows[row][column].data for column in range(screen.columns)).rstrip() for row in range(screen.lines)
        )

    async def shows(self, text: str) -> None:
        """Wait until the terminal shows `text`. Raises AssertionError, with what it shows, where it does not come."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while text not in self.text:
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"not shown: {text}\n{self.text}\n{self.problems}") from None

    async def press(self, key: str, code: int) -> None:
        """Press a key that types nothing."""
        for kind in ("rawKeyDown", "keyUp"):
            await self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    async def picture(self) -> bytes:
        """What a person sees, as PNG."""
        return base64.b64decode((await self.call("Page.captureScreenshot", format="png"))["data"])

    async def close(self) -> None:
        self._reader.cancel()
        await self._socket.close()

    async def _read(self) -> None:
        async for message in self._socket:
            told = json.loads(message.data)
            if "id" in told:
                answer = self._answers.pop(told["id"])
                if "error" in told:
                    answer.set_exception(RuntimeError(str(told["error"])))
                else:
                    answer.set_result(told["result"])
            else:
                self._hear(told["method"], told["params"])

    def _hear(self, method: str, told: dict[str, Any]) -> None:
        if method == "Network.webSocketCreated":
            asked = parse_qs(urlsplit(told["url"]).query)
            self._screen = pyte.Screen(int(asked["width"][0]), int(asked["height"][0]))
            self._stream = pyte.ByteStream(self._screen)
        elif method == "Network.webSocketFrameReceived" and told["response"]["opcode"] == 2 and self._stream:
            self._stream.feed(base64.b64decode(told["response"]["payloadData"]))
            self._news.set()
        elif method == "Network.requestWillBeSent" and told["request"]["url"].startswith("http"):
            self.problems += [told["request"]["url"]] if "127.0.0.1" not in told["request"]["url"] else []
        elif method == "Runtime.exceptionThrown":
            self.problems.append(str(told["exceptionDetails"]))


@asynccontextmanager
async def page(folder: Path, url: str, *, width: int = 1180, height: int = 720) -> AsyncIterator[Page]:
    """A page at `url`, in a browser with a profile of its own in `folder`."""
    assert CHROMIUM is not None
    browser = subprocess.Popen(
        [CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
         "--remote-debugging-port=0", f"--user-data-dir={folder}", f"--window-size={width},{height}", "about:blank"],
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with ClientSession() as session:
            port = await _port(folder)
            opened = Page(await session.ws_connect(await _first_page(session, port), max_msg_size=0))
            for domain in ("Network", "Page", "Runtime"):
                await opened.call(f"{domain}.enable")
            await opened.call("Emulation.setFocusEmulationEnabled", enabled=True)
            await opened.call("Page.navigate", url=url)
            yield opened
            await opened.close()
    finally:
        browser.terminate()
        browser.wait(PATIENCE_S)


async def _first_page(session: ClientSession, port: int) -> str:
    """The address of the browser's first page, which it may open after it listens."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                for one in await answer.json():
                    if one["type"] == "page":
                        return str(one["webSocketDebuggerUrl"])
            await asyncio.sleep(0.05)


async def _port(folder: Path) -> int:
    """The port that the browser chose and wrote into its profile."""
    told = folder / "DevToolsActivePort"
    async with asyncio.timeout(PATIENCE_S):
        while not (told.exists() and (found := re.match(r"(\d+)\n", told.read_text(encoding="utf-8")))):
            await asyncio.sleep(0.05)
    return int(found[1])
