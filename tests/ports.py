"""Ports of this machine for the servers that tests start."""

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def free_port() -> Iterator[int]:
    """A port of loopback that is nobody's, and on Linux given to nobody else meanwhile.

    There a server that says SO_REUSEADDR, as those here do, may listen on a port that another has without listening.
    """
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        if sys.platform != "linux":
            held.close()
        yield port
