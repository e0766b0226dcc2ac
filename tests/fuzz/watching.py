"""Watches the program from inside: what it opens, writes, starts and connects to, how long it computes, what it needs."""

from __future__ import annotations

import os
import re
import resource
import signal
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from tests.fuzz.target import FindError

SECONDS = 10
"""Of computing that one input may take; it is the processor's time, so that a busy machine makes no find."""

MEGABYTES = 512
"""Of memory that a run may need at its highest, with all that the program loads."""

_NEVER = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "os.kill",
    "pty.",
    "urllib.",
    "http.",
    "ftplib.",
    "smtplib.",
    "webbrowser.",
)
_CHANGING = {
    "os.remove": (0,),
    "os.rename": (0, 1),
    "os.rmdir": (0,),
    "os.mkdir": (0,),
    "os.link": (1,),
    "os.symlink": (1,),
    "os.truncate": (0,),
    "os.chmod": (0,),
    "os.chown": (0,),
    "os.utime": (0,),
    "shutil.rmtree": (0,),
    "shutil.move": (0, 1),
    "shutil.copyfile": (1,),
}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_TRUNC
_PROGRAM = tuple(
    {
        *map(
            os.path.realpath,
            (
                Path(__file__).parents[2],
                *map(sysconfig.get_path, ("stdlib", "purelib", "platlib")),
                sys.prefix,
                sys.base_prefix,
            ),
        )
    }
)
_SYSTEM = (
    "/etc/localtime",
    "/usr/share/zoneinfo",
    "/etc/mime.types",
    "/dev/null",
    "/dev/urandom",
    "/proc/self",
    "/sys",
    "/usr/lib",
    "/lib",
)
_OWN_ESCAPES = re.compile(r"\x1b\[(H|2J|K|J|\?1049[hl]|\?2004[hl]|\?25[hl])")
_HARMFUL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Watch:
    """An audit hook cannot be taken away, so there is one, and it is switched on and off."""

    def __init__(self) -> None:
        self._folders: tuple[str, ...] = ()
        self.seen: list[str] = []
        sys.addaudithook(self._hear)

    @contextmanager
    def on(self, *folders: Path) -> Iterator[None]:
        """Within, only these folders may be touched. Raises FindError afterwards for what happened else."""
        self.seen, self._folders = [], tuple(os.path.realpath(folder) for folder in folders)
        before = signal.signal(signal.SIGPROF, _too_long)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)
            self._folders = ()
        if self.seen:
            raise FindError("; ".join(self.seen[:3]))
        if (used := peak()) > MEGABYTES:
            raise FindError(f"{used} MB of memory were used, more than {MEGABYTES}")

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self._folders:
            return
        if event.startswith(_NEVER):
            self._note(f"{event} {arguments!r:.200}")
        elif event == "open":
            path, _, flags = arguments
            if isinstance(path, str | bytes):
                self._touched(event, path, writes=bool(isinstance(flags, int) and flags & _WRITING))
        elif event == "sqlite3.connect":
            name = os.fsdecode(arguments[0]) if isinstance(arguments[0], str | bytes) else str(arguments[0])
            if name and name != ":memory:":
                self._touched(event, re.sub(r"^file://|\?.*$", "", name), writes="immutable" not in name)
        elif event in _CHANGING:
            for place in _CHANGING[event]:
                if isinstance(arguments[place], str | bytes | os.PathLike):
                    self._touched(event, arguments[place], writes=True)

    def _touched(self, event: str, path: Any, *, writes: bool) -> None:
        where = os.path.realpath(os.fsdecode(path))
        allowed = self._folders if writes else (*self._folders, *_PROGRAM, *_SYSTEM)
        if not where.startswith(allowed) and not (writes and where == os.devnull) and "__pycache__" not in where:
            self._note(f"{event} {'writes' if writes else 'reads'} {where}")

    def _note(self, what: str) -> None:
        if len(self.seen) < 20:
            self.seen.append(what)


def _too_long(_number: int, _frame: FrameType | None) -> None:
    raise TooLongError(f"over {SECONDS} s of computing")


class TooLongError(BaseException):
    """Not an Exception, so that no part of the program takes it for one of its own."""


def peak() -> int:
    """Megabytes of memory that this process needed at its highest."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def harmless(shown: str) -> None:
    """Raise FindError for what could steer a terminal, but for the program's own drawing of a screen."""
    if found := _HARMFUL.search(_OWN_ESCAPES.sub("", shown)):
        raise FindError(
            f"a control character reached the screen: {shown[max(0, found.start() - 60) : found.end() + 60]!r}"
        )
    if "Traceback (most recent call last)" in shown:
        raise FindError(f"a traceback: {shown[-800:]}")
