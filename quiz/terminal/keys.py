"""Single keys from a terminal for a whole sitting: what is typed is neither merged nor lost, nor left on the screen.

One raw-mode session with a queue. Ctrl-C and Ctrl-Z are read like other keys, so they take effect in the order in
which they were typed.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from abc import ABC, abstractmethod
from collections import deque
from types import FrameType
from typing import Any, NoReturn, TextIO

from quiz.errors import UsageError
from quiz.terminal.keyparser import END, REDRAW, TIMEOUT, UNKNOWN, Key, KeyParser

if sys.platform == "win32":
    import ctypes
    import msvcrt
else:
    import select
    import signal
    import termios

ESCAPE_WAIT = 0.05  # seconds in which the rest of a sequence must follow an escape


class _Session(ABC):
    """What the keyboards of all systems share: the switches of the terminal, and a queue of keys."""

    def __init__(self, fd: int, out: TextIO, *, alternate_screen: bool = False, hide_cursor: bool = False) -> None:
        """``fd`` is the terminal to read from, ``out`` the same terminal to write to."""
        self._fd = fd
        self._out = out
        modes = ["?1049"] * alternate_screen + ["?2004"] + ["?25"] * hide_cursor  # screen, bracketed paste, cursor
        self._on = "".join(f"\x1b[{mode}{'l' if mode == '?25' else 'h'}" for mode in modes)
        self._off = "".join(f"\x1b[{mode}{'h' if mode == '?25' else 'l'}" for mode in reversed(modes))
        self._parser = KeyParser()
        self._queue: deque[Key] = deque()

    def _must_be_terminal(self) -> None:
        if not os.isatty(self._fd):
            raise UsageError("input is not a terminal, so keys cannot be read; start quiz in a terminal window")

    def _switch(self, codes: str) -> None:
        """Write past Python's buffer, which a signal may have caught half written; the terminal may be gone as well."""
        with contextlib.suppress(OSError, ValueError, RuntimeError):
            self._out.flush()
        with contextlib.suppress(OSError, ValueError):
            os.write(self._out.fileno(), codes.encode("ascii"))

    @abstractmethod
    def _fill(self, wait: float | None) -> None:
        """Wait for keys, at most so many seconds, and put them into the queue."""

    def read(self, timeout: float | None = None) -> Key:
        """The next key; waits for it, at most ``timeout`` seconds (then the key is ``timeout``)."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while not self._queue:
            self._fill(None if deadline is None else max(0.0, deadline - time.monotonic()))
        return self._queue.popleft()


if sys.platform == "win32":
    _ARROWS = {"H": "up", "P": "down", "M": "right", "K": "left"}
    _CODES = _ARROWS | {"G": "home", "O": "end-key", "R": "insert", "S": "delete", "I": "pgup", "Q": "pgdn"}

    class Keyboard(_Session):
        """The keyboard of a Windows console, as a context manager; keys left in the queue at the end are lost.

        There is no bracketed paste and no job control. Raises UsageError on enter if ``fd`` is not a terminal.
        """

        def __enter__(self) -> Keyboard:
            self._must_be_terminal()
            self._size = os.get_terminal_size()
            console = ctypes.windll.kernel32
            handle, mode = console.GetStdHandle(-11), ctypes.c_ulong()
            if console.GetConsoleMode(handle, ctypes.byref(mode)):
                console.SetConsoleMode(handle, mode.value | 4)  # understand escape sequences
            self._switch(self._on)
            return self

        def __exit__(self, *_: object) -> None:
            self._switch(self._off)

        def _fill(self, wait: float | None) -> None:
            if msvcrt.kbhit():
                self._queue.extend(self._typed())
            elif (size := os.get_terminal_size()) != self._size:
                self._size = size
                self._queue.append(REDRAW)
            elif wait == 0:
                self._queue.append(TIMEOUT)
            else:
                time.sleep(0.01)  # a console has nothing that could be waited for together with its keys

        def _typed(self) -> list[Key]:
            char = msvcrt.getwch()
            if char in "\x00\xe0" and msvcrt.kbhit():
                return [Key(_CODES.get(msvcrt.getwch(), UNKNOWN.name))]
            return self._parser.feed(char.encode("utf-8", "surrogatepass")) + self._parser.flush()

else:
    _ENDING = (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGHUP)
    _WAKING = (signal.SIGWINCH, signal.SIGCONT, signal.SIGTSTP)

    class Keyboard(_Session):
        """The keyboard of a terminal, as a context manager, for the main thread.

        Keys typed before and between reads are kept; those left in the queue at the end are lost. Ctrl-C comes as
        ``ctrl-c``. Ctrl-Z stops the process group and comes as ``redraw`` when the shell continues it. SIGTERM,
        SIGHUP and SIGQUIT end the program with SystemExit (128 + number), SIGINT with KeyboardInterrupt. Whatever the
        way out, the terminal is put back as it was. Raises UsageError on enter if ``fd`` is not a terminal.
        """

        def __enter__(self) -> Keyboard:
            self._must_be_terminal()
            self._engaged = False
            self._pipe = list(os.pipe())
            self._before: dict[signal.Signals, signal._HANDLER] = {}
            try:
                for end in self._pipe:
                    os.set_blocking(end, False)
                self._handle_signals()
                self._saved = termios.tcgetattr(self._fd)
                self._engage()
            except BaseException:
                self._restore()
                raise
            return self

        def __exit__(self, *_: object) -> None:
            self._restore()

        def read(self, timeout: float | None = None) -> Key:
            """The next key; waits for it, at most ``timeout`` seconds (then the key is ``timeout``)."""
            key = super().read(timeout)
            if key.name != "ctrl-z":
                return key
            self._suspend()
            return REDRAW

        # the terminal

        def _engage(self) -> None:
            """No echo, no lines, no signals from keys, no flow control; typed-ahead input stays."""
            raw = [*self._saved[:6], [*self._saved[6]]]
            raw[0] &= ~(termios.IXON | termios.ISTRIP | termios.INLCR | termios.IGNCR)
            raw[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN)
            raw[6][termios.VMIN], raw[6][termios.VTIME] = 1, 0
            self._engaged = True
            self._set(raw)
            self._switch(self._on)

        def _release(self) -> None:
            if self._engaged:
                self._switch(self._off)
                self._set(self._saved)
                self._engaged = False

        def _set(self, attributes: list[Any]) -> None:
            while True:
                try:
                    # Not TCSAFLUSH, which would drop typed-ahead keys.
                    return termios.tcsetattr(self._fd, termios.TCSANOW, attributes)
                except termios.error as error:
                    if error.args[0] != errno.EINTR:  # EINTR: was stopped in the background and is in the foreground
                        return None  # the terminal is gone, as the next read will tell

        def _restore(self) -> None:
            """Undo everything in reverse order; harmless when a signal calls it while it is under way."""
            self._release()
            for number, handler in reversed(self._before.items()):
                signal.signal(number, handler)
            while self._pipe:
                os.close(self._pipe.pop())

        # signals

        def _handle_signals(self) -> None:
            for number in (*_ENDING, *_WAKING):
                before = signal.getsignal(number)
                if before is not signal.SIG_IGN:  # as under nohup, or in a shell without job control
                    self._before[number] = before or signal.SIG_DFL
                    signal.signal(number, self._wake if number in _WAKING else self._end)

        def _wake(self, number: int, _: FrameType | None) -> None:
            with contextlib.suppress(OSError):  # a full pipe wakes as well
                os.write(self._pipe[1], bytes([number]))

        def _end(self, number: int, _: FrameType | None) -> NoReturn:
            self._restore()
            if number == signal.SIGINT:
                raise KeyboardInterrupt
            raise SystemExit(128 + number)

        def _suspend(self) -> None:
            """Stop the process group as the terminal driver would, and go on when the shell says so."""
            if signal.SIGTSTP not in self._before:
                return
            self._release()
            handler = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
            os.kill(0, signal.SIGTSTP)
            signal.signal(signal.SIGTSTP, handler)
            self._engage()
            with contextlib.suppress(BlockingIOError):  # the signal that continued us is dealt with
                os.read(self._pipe[0], 1024)

        # reading

        def _fill(self, wait: float | None) -> None:
            waiting = self._parser.waiting
            ready = select.select([self._fd, self._pipe[0]], [], [], ESCAPE_WAIT if waiting else wait)[0]
            if self._pipe[0] in ready:
                self._queue.append(self._woken())
            elif ready:
                self._queue.extend(self._typed())
            else:
                self._queue.extend(self._parser.flush() if waiting else [TIMEOUT])

        def _woken(self) -> Key:
            numbers = os.read(self._pipe[0], 1024)
            if signal.SIGCONT in numbers:
                self._engage()  # whoever held the terminal meanwhile may have changed it
            return Key("ctrl-z") if signal.SIGTSTP in numbers else REDRAW

        def _typed(self) -> list[Key]:
            try:
                data = os.read(self._fd, 4096)
            except BlockingIOError:
                return []
            except OSError:  # the terminal is gone
                data = b""
            if self._parser.pasting and set(data) == {3}:
                self._parser = KeyParser()  # nobody pastes a lone Ctrl-C: the end of the paste was lost on the way
            return self._parser.feed(data) if data else [*self._parser.flush(), END]
