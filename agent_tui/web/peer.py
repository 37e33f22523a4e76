"""Who is at the other end of a connection on this machine, where the system tells.

Loopback keeps other machines out, and no other user of this one: on an office's terminal server anybody who is logged
in could open the board. Linux lists each connection with its owner.
"""

import os
from pathlib import Path

_TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
_LISTENING, _ESTABLISHED = "0A", "01"
_ROOT = 0
# Columns of a row: both ends as ADDRESS:PORT in hex, the state, and the user.
_LOCAL, _REMOTE, _STATE, _USER = 1, 2, 3, 7


def is_strangers(client: int, server: int) -> bool:
    """Whether the connection from port `client` to the one that listens here at `server` is another user's.

    Root is no stranger: nothing is kept from root. False where the system does not tell. A connection that its owner
    has closed tells no owner any more: its orders are nobody's.
    """
    rows = [row for table in _TABLES for row in _rows(table)]
    if not any(row[_STATE] == _LISTENING and _port(row[_LOCAL]) == server for row in rows):
        return False
    owners = {
        int(row[_USER]) if row[_STATE] == _ESTABLISHED else None
        for row in rows
        if (_port(row[_LOCAL]), _port(row[_REMOTE])) == (client, server)
    }
    return not owners or not owners <= {_ROOT, os.getuid()}


def _rows(table: Path) -> list[list[str]]:
    try:
        return [row.split() for row in table.read_text(encoding="ascii").splitlines()[1:]]
    except OSError:
        return []


def _port(end: str) -> int:
    return int(end.rpartition(":")[2], 16)
