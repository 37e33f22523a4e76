"""The documents of a share: team.json, rosters, requests to join, key files. They are read, given to the book to check,
and kept; those of this machine are published.
"""

from collections.abc import Callable, Iterable

import msgspec

from agent_tui.store.files import Entry
from agent_tui.sync import names
from agent_tui.sync.backend import Backend, concerns_one, must_stand, together
from agent_tui.sync.findings import PATIENCE, Code, Finding, Findings, shown, unread
from agent_tui.sync.host import Host, Moved
from agent_tui.sync.mirror import Mirror
from agent_tui.trust.documents import Join, Roster, Team

MAX_DOCUMENT = 4 * 1024 * 1024
"""The most bytes of any document; a longer one is not read."""

# Nor is one that is longer than its kind may be: anybody may leave any number of them, as large as they like.
_LIMITS = {"": Team.limit, names.ROSTER: Roster.limit, names.JOIN: Join.limit}

# So many refused documents of a directory are tried again at a time. New ones are always read: whoever fills a
# directory with junk must not keep the right ones from being read.
_MOST = 2000
_RETRY_LEAST, _RETRY_MOST = 55.0, 3600.0
# Requests to join stay for ever, hundreds in a large team. No team has more than these: a directory that somebody
# filled with more is looked at only once a minute.
_USUAL = 2000

# What may have been reported of a document before it was as it should be.
_OF_A_DOCUMENT: tuple[Code, ...] = ("document", "no_file", "too_large")


class _Refused(msgspec.Struct):
    size: int
    again_at: float = 0.0
    tries: int = 0


class Documents:
    """Which documents were taken, and which ones this machine must keep there. `twin` is called with the name and the
    bytes of a key file that was signed with this device's key and not by this machine.
    """

    def __init__(
        self,
        backend: Backend,
        mirror: Mirror,
        host: Host,
        findings: Findings,
        *,
        own: str,
        monotonic: Callable[[], float],
        twin: Callable[[str, bytes], None],
    ) -> None:
        self._backend = backend
        self._mirror = mirror
        self._host = host
        self._findings = findings
        self._own = own
        self._monotonic = monotonic
        self._twin = twin
        # The sizes of those that the book took, by name: of the prefixes in `_known`.
        self._taken: dict[str, int] = {}
        self._known: set[str] = set()
        self._refused: dict[str, _Refused] = {}
        self._tries = 0
        # Own documents that were found on the share as they should be, by name.
        self._there: dict[str, bytes] = {}
        # What was last listed, by prefix.
        self._listed: dict[str, list[Entry]] = {}
        # Names of withdrawn key files that were seen to be gone from the share.
        self._removed: set[str] = set()
        self.refused: OSError | None = None
        """Why the last round could not publish an own document; None if it could."""

    # ---- reading ----

    def look(self) -> Moved:
        """Look at team.json, the rosters and the requests. Raises Problem for a place that is not this team's."""
        moved = Moved()
        must_stand(self._backend)
        self._look_at("", moved)
        self._look_at(names.ROSTER, moved)
        self._look_at(names.JOIN, moved)
        return moved

    def look_for_news(self, prefix: str) -> Moved:
        """Look at the requests to join, or the rosters, if their listing changed; otherwise this costs one listing."""
        moved = Moved()
        if len(self._listed.get(prefix, ())) <= _USUAL:
            self._look_at(prefix, moved, only_news=True)
        return moved

    def look_for_keys(self, writers: Iterable[str]) -> Moved:
        """Look at the key files of those among `writers` whose key is known."""
        moved = Moved()
        for writer in writers:
            if names.is_writer(writer) and writer != self._own and self._host.public_of(writer) is not None:
                self._look_at(names.keys_of(writer), moved)
        return moved

    def look_for_own_keys(self) -> Moved:
        """Take the own key files that this home lacks, as after it was restored from an older copy."""
        moved = Moved()
        prefix = names.keys_of(self._own)
        there = [entry for entry in self._list(prefix) or () if entry.kind == "file"]
        # Read after the listing: another process of this home may be making some, and withdrawing others.
        known = {*self._host.own_documents(), *self._host.withdrawn()}
        for entry in there:
            if names.is_document(prefix, entry.name) and prefix + entry.name not in known:
                self._look_at_one(prefix + entry.name, entry.size, moved)
        return moved

    def _look_at(self, prefix: str, moved: Moved, *, only_news: bool = False) -> None:
        if prefix not in self._known:
            self._known.add(prefix)
            kept = self._mirror.sizes(prefix)
            self._taken.update({prefix + leaf: size for leaf, size in kept.items() if names.is_document(prefix, leaf)})
        entries = self._list(prefix)
        if entries is None:
            return
        before, self._listed[prefix] = self._listed.get(prefix, []), entries
        if only_news and entries == before:
            return
        for leaf in {entry.name for entry in before} - {entry.name for entry in entries}:
            self._refused.pop(prefix + leaf, None)
            self._findings.forget(prefix, leaf)
        self._tries = 0
        for entry in sorted(entries, key=lambda entry: (len(entry.name), entry.name)):
            if names.is_document(prefix, entry.name) and entry.kind == "file":
                self._look_at_one(prefix + entry.name, entry.size, moved)
            else:
                self._look_at_other(prefix, entry.name, entry.kind)
        if prefix == names.ROSTER:
            self._look_for_the_highest({entry.name for entry in entries})
        # A key file may be taken back by its writer, when a customer is erased; the rest stays for good.
        if not prefix.startswith(names.KEYS):
            self._look_for_lost(prefix, {prefix + entry.name for entry in entries})

    def _list(self, prefix: str) -> list[Entry] | None:
        """A directory; None if it cannot be listed, which is reported and keeps no other from being read."""
        try:
            entries = self._backend.list(prefix)
        except NotADirectoryError:
            self._findings.notice(Finding("no_file", prefix))
            return None
        except PermissionError as error:
            self._findings.notice(unread(prefix, error), PATIENCE)
            return None
        self._findings.clear("no_file", prefix)
        return entries

    def _look_for_the_highest(self, there: set[str]) -> None:
        """Report if the share has no roster as high as one seen before. The owner's machine puts it back soon."""
        seen = [int(name.removeprefix(names.ROSTER)[:-5]) for name in self._taken if name.startswith(names.ROSTER)]
        shown = [number for number in seen if f"{number}.json" in there]
        if max(shown, default=0) < max(seen, default=0):
            finding = Finding("roster_back", names.ROSTER, None, str(max(shown, default=0)))
            self._findings.notice(finding, PATIENCE)
        else:
            self._findings.clear("roster_back", names.ROSTER)

    def _look_for_lost(self, prefix: str, there: set[str]) -> None:
        for name in self._taken:
            if name in there:
                self._findings.clear("gone", name)
            elif name.startswith(prefix) and "/" not in name[len(prefix) :]:
                self._findings.notice(Finding("gone", name), PATIENCE)

    def _look_at_other(self, prefix: str, leaf: str, kind: str) -> None:
        if names.is_document(prefix, leaf):
            self._findings.notice(Finding("no_file", prefix + leaf))
            return
        oddity = names.oddity(leaf)
        if oddity != "junk" and not (prefix == "" and names.usual_at_top(leaf, kind)):
            self._findings.notice(Finding(oddity, prefix + shown(leaf)))

    def _look_at_one(self, name: str, size: int, moved: Moved) -> None:
        # team.json is read each time: another team's may be as long, and nothing must be published into its folder.
        if name != names.TEAM and (name in self._there or self._taken.get(name) == size):
            self._is_well(name)
            return
        refused = self._refused.get(name)
        if refused and refused.size == size:
            if self._monotonic() < refused.again_at or self._tries >= _MOST:
                return
            self._tries += 1
        if size > _LIMITS.get(name[: name.rfind("/") + 1], MAX_DOCUMENT):
            self._findings.notice(Finding("too_large", name, None, str(size)))
            return
        self._findings.clear("too_large", name)
        data = self._read(name, size)
        if data is None:
            return
        if data == (self._there.get(name) or (self._mirror.read(name) if name in self._taken else None)):
            self._taken[name] = len(data)
            self._is_well(name)
            return
        if self._host.take_document(name, data):
            self._mirror.put(name, data)
            self._taken[name] = len(data)
            self._is_well(name)
            moved.documents_in += 1
            moved.bytes_in += len(data)
        else:
            self._refuse(name, size)
            # Time to get here whole, and for whoever can vouch for it to be heard.
            self._findings.notice(Finding("document", name), PATIENCE)

    def _is_well(self, name: str) -> None:
        """Note that the share has a document as it should be."""
        self._refused.pop(name, None)
        for code in _OF_A_DOCUMENT:
            self._findings.clear(code, name)

    def _read(self, name: str, size: int) -> bytes | None:
        """A listed document; None if it cannot be read, which is reported and keeps no other from being read."""
        try:
            data = self._backend.read(name, 0, MAX_DOCUMENT)
        except FileNotFoundError:
            return None  # taken back since, as key files are
        except OSError as error:
            if name == names.TEAM:
                raise  # nothing may be done here without knowing whose place this is
            self._refuse(name, size)
            self._findings.notice(unread(name, error), PATIENCE)
            return None
        self._findings.clear("no_file", name)
        return data

    def _refuse(self, name: str, size: int) -> None:
        """Have a document tried again, ever less often while it keeps that size."""
        refused = self._refused.get(name)
        if refused is None or refused.size != size:
            refused = self._refused[name] = _Refused(size)
        refused.again_at = self._monotonic() + min(_RETRY_LEAST * 2.0**refused.tries, _RETRY_MOST)
        refused.tries = min(refused.tries + 1, 10)

    # ---- publishing ----

    def publish(self, *, sizes: bool, thorough: bool) -> Moved:
        """Make the share hold the own documents. Those seen there before are listed again if `sizes`, and read again if
        `thorough`.

        If the share refuses a document, the reason is left in `refused` and records are published all the same; if it
        refuses a key file, OSError is raised, as records must not come before their keys.
        """
        moved = Moved()
        self.refused = None
        if thorough:
            self._there.clear()
            self._removed.clear()
        elif sizes:
            self._forget_changed()
        for name, data in self._host.own_documents().items():
            if self._there.get(name) != data:
                try:
                    self._publish_one(name, data, moved)
                except OSError as error:
                    if name.startswith(names.KEYS) or not concerns_one(error):
                        raise  # no record without the keys that are read with it
                    self.refused = together(self.refused, error)
        for name in self._host.withdrawn():
            if name not in self._removed:
                self._remove(name, moved)
        return moved

    def _remove(self, name: str, moved: Moved) -> None:
        try:
            self._backend.remove(name)
            moved.documents_out += 1
        except FileNotFoundError:
            pass
        self._there.pop(name, None)
        self._removed.add(name)

    def _forget_changed(self) -> None:
        sizes: dict[str, int] = {}
        for prefix in {name[: name.rfind("/") + 1] for name in self._there}:
            try:
                sizes.update({prefix + entry.name: entry.size for entry in self._backend.list(prefix)})
            except OSError as error:
                if not concerns_one(error):
                    raise
        for name in [name for name, data in self._there.items() if sizes.get(name) != len(data)]:
            del self._there[name]

    def _publish_one(self, name: str, data: bytes, moved: Moved) -> None:
        there: bytes | None
        try:
            there = self._backend.read(name, 0, MAX_DOCUMENT)
        except FileNotFoundError:
            there = None
        if there and there != data and name == names.TEAM:
            self._host.take_document(name, there)  # raises Problem for another team's, which is not overwritten
        if there and there != data and name != names.TEAM and self._host.own_form(name, there):
            # Neither torn nor older: another machine signed it with this key, or the owner's. It is not overwritten.
            if name.startswith(names.KEYS):
                self._twin(name, there)
        elif there != data:
            must_stand(self._backend)
            self._backend.put_new(name, data)
            moved.documents_out += 1
            moved.bytes_out += len(data)
            moved.mended += len(data) if there is not None else 0
        self._there[name] = data
