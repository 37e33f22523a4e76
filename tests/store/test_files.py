"""The file seam over the real disk, and the lock."""

import ctypes
import errno
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from agent_tui.errors import Problem
from agent_tui.store.files import Entry, Files, trouble
from agent_tui.store.lock import SystemLock

files = Files()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_put_replaces_the_whole_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.with_name("key.tmp").write_bytes(b"left by a crash, longer than what comes")
    files.put(path, b"one")
    files.put(path, b"two")
    assert path.read_bytes() == b"two"
    assert os.listdir(tmp_path) == ["key"]  # noqa: PTH208


if sys.platform != "win32":  # Windows has no such modes

    def test_what_is_private_is_for_this_user_alone_and_a_share_is_not(tmp_path: Path) -> None:
        files.make_directories(tmp_path / "home" / "teams")
        files.put(tmp_path / "home" / "key", b"secret")
        assert mode(tmp_path / "home") == mode(tmp_path / "home" / "teams") == 0o700
        assert mode(tmp_path / "home" / "key") == 0o600
        before = os.umask(0o022)
        try:
            Files(private=False).put(tmp_path / "shared", b"")
        finally:
            os.umask(before)
        assert mode(tmp_path / "shared") == 0o644


def test_bytes_are_written_read_and_cut_where_asked(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with files.opened(path, "new") as handle:
        assert files.write(handle, 0, b"0123456789") == 10
        files.write(handle, 4, b"xx")
        files.truncate(handle, 8)
        files.flush(handle)
    assert files.read(path) == b"0123xx67"
    assert (files.read(path, 2, 3), files.read(path, 6), files.read(path, 99)) == (b"23x", b"67", b"")
    status = files.status(path)
    assert status is not None
    assert status.size == 8
    assert files.listing(tmp_path) == [Entry("file", 8, "file")]
    with pytest.raises(FileExistsError):
        files.open(path, "new")
    with pytest.raises(FileNotFoundError):
        files.open(tmp_path / "other", "existing")
    with files.opened(path, "empty"):
        assert files.read(path) == b""


def test_another_file_in_its_place_has_another_identity(tmp_path: Path) -> None:
    path = tmp_path / "file"
    files.put(path, b"one")
    before = files.status(path)
    files.put(path, b"two")
    after = files.status(path)
    assert before is not None
    assert after is not None
    assert before.size == after.size
    assert before.identity != after.identity


if sys.platform != "win32":  # POSIX makes these without privileges

    def test_links_pipes_and_directories_are_never_taken_for_files(tmp_path: Path) -> None:
        (tmp_path / "secret").write_bytes(b"secret")
        (tmp_path / "link").symlink_to(tmp_path / "secret")
        os.mkfifo(tmp_path / "pipe")
        (tmp_path / "directory").mkdir()
        kinds = {entry.name: entry.kind for entry in files.listing(tmp_path)}
        assert kinds == {"secret": "file", "link": "other", "pipe": "other", "directory": "directory"}
        for name in ("link", "pipe", "directory"):
            for refused in (files.read, files.status, lambda path: files.open(path, "existing")):
                with pytest.raises(OSError):
                    refused(tmp_path / name)

    @pytest.mark.parametrize("there", ["link", "pipe", "directory"])
    def test_what_lies_in_the_place_of_a_file_is_said_to_be_that(tmp_path: Path, there: str) -> None:
        path = tmp_path / "recent"
        if there == "link":
            path.symlink_to(tmp_path)
        elif there == "pipe":
            os.mkfifo(path)
        else:
            path.mkdir()
        with pytest.raises(OSError) as caught:
            files.read(path)
        with pytest.raises(Problem) as told:
            trouble(caught.value, tmp_path)
        assert (told.value.name, told.value.values["path"]) == ("store.no_file", path)

    def test_a_file_that_fails_amid_the_reading_is_named_and_not_its_directory(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "recent"
        path.write_bytes(b"some bytes")

        def worn(*_: object) -> bytes:
            raise OSError(errno.EIO, os.strerror(errno.EIO))  # as the system does it: without a name

        monkeypatch.setattr(os, "pread", worn)
        with pytest.raises(OSError) as caught:
            files.read(path)
        with pytest.raises(Problem) as told:
            trouble(caught.value, tmp_path)
        assert (told.value.name, told.value.values["path"]) == ("store.disk_error", path)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (errno.ENOSPC, "store.disk_full"),
        (errno.EROFS, "store.read_only"),
        (errno.EACCES, "store.no_access"),
        (errno.EIO, "store.disk_error"),
    ],
)
def test_trouble_names_the_place_and_the_cause(code: int, name: str) -> None:
    with pytest.raises(Problem, match="some-place") as caught:
        trouble(OSError(code, os.strerror(code)), Path("some-place"))
    assert caught.value.name == name


def test_a_file_in_the_way_of_a_directory_is_an_error_not_a_hang(tmp_path: Path) -> None:
    (tmp_path / "home").write_bytes(b"")
    with pytest.raises(OSError):
        files.make_directories(tmp_path / "home" / "teams")


# ---- the lock ----


if sys.platform == "win32":  # elsewhere no program keeps another from opening a file

    def kept_from_all(path: Path) -> int:
        """Open a file as a virus scanner does: nobody else may, until the handle is closed."""
        kernel = ctypes.windll.kernel32
        kernel.CreateFileW.restype = ctypes.c_void_p
        handle = kernel.CreateFileW(str(path), 0x80000000, 0, None, 3, 0, None)
        assert handle not in (None, ctypes.c_void_p(-1).value)
        return int(handle)

    def let_go(handle: int) -> None:
        ctypes.windll.kernel32.CloseHandle(ctypes.c_void_p(handle))

    def test_a_file_that_a_scanner_has_for_a_moment_is_waited_for(tmp_path: Path) -> None:
        path = tmp_path / "segment"
        path.write_bytes(b"one")
        scanner = threading.Timer(0.2, let_go, (kept_from_all(path),))
        scanner.start()
        assert files.read(path) == b"one"
        scanner.join()
        scanner = threading.Timer(0.2, let_go, (kept_from_all(path),))
        scanner.start()
        with files.opened(path, "existing") as handle:
            files.write(handle, 3, b"two")
        scanner.join()
        assert path.read_bytes() == b"onetwo"

    def test_a_file_that_another_program_keeps_is_refused_and_on_a_share_at_once(tmp_path: Path) -> None:
        path = tmp_path / "segment"
        path.write_bytes(b"one")
        handle = kept_from_all(path)
        try:
            for where in (files, Files(private=False)):
                with pytest.raises(PermissionError):
                    where.read(path)
        finally:
            let_go(handle)


def test_threads_hold_the_lock_one_at_a_time(tmp_path: Path) -> None:
    total = 0

    def add(lock: SystemLock) -> None:
        nonlocal total
        for _ in range(200):
            with lock:
                seen = total
                os.stat(tmp_path)  # noqa: PTH116 - lets the other threads run
                total = seen + 1

    shared = SystemLock(tmp_path / "lock")
    locks = [shared, shared, SystemLock(tmp_path / "lock")]
    threads = [threading.Thread(target=add, args=(lock,)) for lock in locks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert total == 600


class NoDrive(Files):
    """A machine on which not even the first directory is there, as a drive of Windows that is not connected."""

    def is_directory(self, path: Path) -> bool:  # noqa: ARG002
        return False


def test_directories_on_a_drive_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        NoDrive().make_directories(tmp_path / "home")


def test_a_lock_held_too_long_is_a_problem_and_can_be_had_afterwards(tmp_path: Path) -> None:
    impatient = SystemLock(tmp_path / "lock", patience=0.05)
    with SystemLock(tmp_path / "lock"), pytest.raises(Problem, match="lock"), impatient:
        pass
    with impatient:
        pass


def test_the_lock_of_a_process_that_died_is_free(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [
            sys.executable, "-c",
            "import sys; from pathlib import Path; from agent_tui.store.lock import SystemLock\n"
            "lock = SystemLock(Path(sys.argv[1])); lock.__enter__(); print('held', flush=True); sys.stdin.read()",
            str(tmp_path / "lock"),
        ],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == b"held"
    with pytest.raises(Problem), SystemLock(tmp_path / "lock", patience=0.05):
        pass
    holder.kill()
    holder.communicate()
    with SystemLock(tmp_path / "lock", patience=1):
        pass
