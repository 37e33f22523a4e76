"""Serves the program's screens: one process of it for each page that is open."""

import logging
import sys
from html import escape
from pathlib import Path
from socket import AF_INET, AF_INET6, SO_REUSEADDR, SOL_SOCKET, socket
from string import Template
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler
from textual_serve.app_service import AppService
from textual_serve.server import Server, to_int

from agent_tui.i18n import language, t
from agent_tui.web.peer import is_strangers

_LOG = logging.getLogger(__name__)
_PAGE = Path(__file__).with_name("page.html")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_CLOSE_WITHIN_S = 2.0
_HEARTBEAT_S = 15.0
_MOST_COLUMNS, _MOST_ROWS = 1000, 500  # of a screen: more than a window shows in the smallest letters


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches `host`."""
    return host in _LOOPBACK


class _Program(AppService):
    """The process of one page. It closes the page when it ends, however it ends, and has a screen that memory holds."""

    async def start(self, width: int, height: int) -> None:
        await super().start(*_bounded(width, height))

    async def set_terminal_size(self, width: int, height: int) -> None:
        await super().set_terminal_size(*_bounded(width, height))

    async def run(self) -> None:
        await super().run()
        await self.remote_close()


class WebServer(Server):
    """textual-serve with a page of our own, which fetches nothing from elsewhere, and with pages of others kept out.

    Any page that a browser has open may ask this machine's ports for something, and so may other users of this machine.
    What does not come from a page served here, by a name that this server was given, is refused: else it could work the
    board. On loopback so is what comes from another user.
    """

    def __init__(self, command: str, at: socket, host: str, title: str) -> None:
        self._at = at
        self._names = _LOOPBACK if is_loopback(host) else None
        super().__init__(command, host, at.getsockname()[1], title)

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._guard)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not self._is_ours(request):
            raise web.HTTPForbidden(text=t("serve.refused"))
        if self._names and _is_strangers(request):
            raise web.HTTPForbidden(text=t("serve.other_user"))
        return await handler(request)

    def _is_ours(self, request: web.Request) -> bool:
        """Whether a request is made to a name of this server, and by no page of another."""
        origin = request.headers.get("Origin")
        try:
            named = urlsplit(f"//{request.host}").hostname
            return (not self._names or named in self._names) and (not origin or urlsplit(origin).netloc == request.host)
        except ValueError:  # neither is an address
            return False

    async def handle_index(self, request: web.Request) -> web.Response:
        """The one page."""
        text = Template(_PAGE.read_text(encoding="utf-8")).substitute(
            language=language(),
            title=escape(self.title),
            socket=escape(f"{'wss' if request.secure else 'ws'}://{request.host}/ws"),
            font_size=to_int(request.query.get("fontsize", "16"), 16),
            opening=escape(t("serve.opening")),
            closed=escape(t("serve.closed")),
            again=escape(t("serve.again")),
        )
        headers = {"Cache-Control": "no-store", "Content-Security-Policy": "frame-ancestors 'none'"}
        return web.Response(text=text, content_type="text/html", headers=headers)

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """One page, until it or its process ends. What no page of ours would send closes it."""
        page = web.WebSocketResponse(heartbeat=_HEARTBEAT_S)
        await page.prepare(request)

        async def close() -> None:
            await page.close()

        program = _Program(
            self.command,
            write_bytes=page.send_bytes,
            write_str=page.send_str,
            close=close,
            download_manager=self.download_manager,
        )
        width, height = to_int(request.query.get("width", ""), 80), to_int(request.query.get("height", ""), 24)
        try:
            await program.start(width, height)
            await self._process_messages(page, program)
        except Exception as error:
            _LOG.error("%s: %s", type(error).__name__, error)
        finally:
            await program.stop()
        return page

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing: the command has said where it listens."""

    def run(self) -> None:
        """Serve until Ctrl+C. A fault is a line in the log, without what the program was working on."""
        logging.basicConfig(level=logging.ERROR, format="agent-tui: %(message)s")
        web.run_app(self._make_app(), sock=self._at, access_log=None, print=None, shutdown_timeout=_CLOSE_WITHIN_S)


def _is_strangers(request: web.Request) -> bool:
    transport = request.transport
    if transport is None:
        return True  # it is gone
    client, here = transport.get_extra_info("peername"), transport.get_extra_info("sockname")
    return not (client and here) or is_strangers(client[1], here[1])


def listen(host: str, port: int) -> socket:
    """A socket that listens at that address. Raises OSError: in use, not allowed, no such address."""
    at = socket(AF_INET6 if ":" in host else AF_INET)
    try:
        if sys.platform != "win32":  # there it would let two programs share the port
            at.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        at.bind((host, port))
        at.listen()
    except OSError:
        at.close()
        raise
    return at


def _bounded(width: int, height: int) -> tuple[int, int]:
    """The columns and rows of a screen, of those that a page names. Raises TypeError, ValueError: no numbers."""
    return max(1, min(int(width), _MOST_COLUMNS)), max(1, min(int(height), _MOST_ROWS))
