"""Files in this device's name that its journal does not have. If they are signed, its key lives twice."""

from collections.abc import Callable, Container, Mapping
from datetime import date

from agent_tui.sync import names
from agent_tui.sync.backend import Backend
from agent_tui.sync.findings import PATIENCE, Finding, Findings, unread
from agent_tui.sync.verify import MAX_FILE, Verified
from agent_tui.sync.watch import Watch

# Bytes read in one round: anybody may leave any number of such files, and what this device logs must not wait for them.
_READ = 16 * 1024 * 1024


class Strangers:
    """Looks for such files among what `watch` listed. `local` gives the bytes of an own segment, `verified` what of a
    segment's bytes this device signed.
    """

    def __init__(
        self,
        backend: Backend,
        findings: Findings,
        watch: Watch,
        *,
        local: Callable[[str], bytes],
        verified: Callable[[str, bytes], Verified],
    ) -> None:
        self._backend = backend
        self._findings = findings
        self._watch = watch
        self._local = local
        self._verified = verified
        # Those that nobody signed, with their sizes when they were read.
        self._nobodys: dict[str, int] = {}
        self.left = False
        """Whether some files were left for the next round."""

    def forget(self) -> None:
        """Have all files read again: the content may have changed and the size not."""
        self._nobodys.clear()

    def look(self, mine: Mapping[str, date]) -> tuple[str, bytes] | None:
        """The first file that another machine signed with this key, and its bytes; unsigned ones are reported. `mine`
        has the day of each own segment.
        """
        there = {
            names.day_prefix(day) + leaf: size
            for day, sizes in self._watch.in_my_name.items()
            for leaf, size in sizes.items()
            if mine.get(leaf) != day
        }
        for name in self._nobodys.keys() - there.keys():
            del self._nobodys[name]
            self._findings.clear("clone_segment", name)
        read, self.left = 0, False
        for name, size in there.items():
            if self._nobodys.get(name) == size:
                continue
            if read >= _READ:
                self.left = True
                return None
            try:
                data = self._backend.read(name, 0, MAX_FILE)
            except FileNotFoundError:
                continue  # taken away since it was listed
            except OSError as error:
                self._findings.notice(unread(name, error), PATIENCE)
                continue
            read += len(data)
            self._findings.clear("no_file", name)
            if signed := self._signed(name, data, mine):
                return name, signed
            self._findings.notice(Finding("clone_segment", name))
            self._nobodys[name] = size
        return None

    def _signed(self, name: str, data: bytes, mine: Container[str]) -> bytes:
        """The bytes of a file that this device signed; empty if its journal has the same under another day."""
        leaf = name.rpartition("/")[2]
        signed = data[: self._verified(leaf, data).end]
        return b"" if leaf in mine and self._local(leaf).startswith(signed) else signed
