"""Single keys from a terminal for a whole sitting: what is typed is neither merged nor lost, nor left on the screen.

One raw-mode session with a queue. Ctrl-C and Ctrl-Z are read like other keys, so they take effect in the order in
which they were typed.
"""

from __future__ import annotations

import codecs
import contextlib
import errno
import os
import re
import sys
import time
from collections import deque
from collections.abc import Iterator
from types import FrameType
from typing import Any, NamedTuple, NoReturn, TextIO

from quiz.errors import UsageError
from quiz.terminal.style import safe

if sys.platform == "win32":
    import ctypes
    import msvcrt
else:
    import select
    import signal
    import termios

ESCAPE_WAIT = 0.05  # seconds in which the rest of a sequence must follow an escape
PASTE_KEPT = 4096  # characters
LONGEST_SEQUENCE = 64  # characters; of a longer one the middle is forgotten

_PASTE_START, _PASTE_END = "\x1b[200~", "\x1b[201~"
# CSI (and function keys of the Linux console), SS3, strings that a terminal sends as a reply, alt with a character.
_PARTIAL = re.compile(r"\x1b(\[\[?|\[[0-?]*[ -/]*|O[0-9;]*|[]PX^_][^\x00-\x1f\x7f]*\x1b?)?")
_WHOLE = re.compile(
    r"\x1b(\[\[?[0-?]*[ -/]*[@-~]|O[0-9;]*[@-~]|[]PX^_][^\x00-\x1f\x7f]*(\x07|\x1b\\)|[^\x00-\x1f\x7f])"
)
_SEQUENCES = {
    "up": "[A OA",
    "down": "[B OB",
    "right": "[C OC",
    "left": "[D OD",
    "home": "[H OH [1~ [7~",
    "end-key": "[F OF [4~ [8~",
    "insert": "[2~",
    "delete": "[3~",
    "pgup": "[5~",
    "pgdn": "[6~",
    "shift-tab": "[Z",
    "enter": "OM",
}
_NAMES = {"\x1b" + tail: name for name, tails in _SEQUENCES.items() for tail in tails.split()}
_CONTROLS = {
    **{chr(code): f"ctrl-{chr(code + 96)}" for code in range(1, 27)},
    **{"\r": "enter", "\n": "enter", "\t": "tab", "\x08": "backspace", "\x7f": "backspace"},
    **{chr(code): f"ctrl-{chr(code + 64)}" for code in range(28, 32)},
}


class Key(NamedTuple):
    """One key press, or one paste. A printable character is its own name and text; a paste has all its text.

    Other names: enter, tab, shift-tab, backspace, delete, insert, escape, up, down, left, right, home, end-key, pgup,
    pgdn, ctrl-x, alt-x, paste, and unknown for what this list leaves out. A keyboard adds three that nobody typed:
    redraw (the window changed, or the program was stopped and continued), end (there is no more input), timeout.
    """

    name: str
    text: str = ""


REDRAW, END, TIMEOUT, UNKNOWN = Key("redraw"), Key("end"), Key("timeout"), Key("unknown")


class KeyParser:
    """Turns the bytes that a terminal sends into keys, however they are split; remembers no more than a paste's limit.

    Bytes that are not UTF-8 are left out, sequences that mean no known key come as one ``unknown``.
    """

    def __init__(self) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8")("ignore").decode
        self._sequence = ""
        self._paste: str | None = None
        self._closing = ""  # what may be the beginning of the end of the paste

    @property
    def waiting(self) -> bool:
        """Whether an escape was seen that may stand alone or begin a sequence; see ``flush``."""
        return bool(self._sequence)

    @property
    def pasting(self) -> bool:
        """Whether the end of a paste is still to come."""
        return self._paste is not None

    def feed(self, data: bytes) -> list[Key]:
        """The keys that these bytes complete."""
        return [key for char in self._decode(data) for key in self._take(char)]

    def flush(self) -> list[Key]:
        """The keys that an unfinished sequence stands for, once nothing more comes: a bare escape first of all."""
        sequence, self._sequence = self._sequence, ""
        if not sequence:
            return []
        return [Key("escape")] if sequence == "\x1b" else [_named(sequence)]

    def _take(self, char: str) -> Iterator[Key]:
        if self._paste is not None:
            yield from self._take_pasted(char)
        elif self._sequence:
            yield from self._take_escaped(char)
        elif char == "\x1b":
            self._sequence = char
        elif char.isprintable() or char in "\u200c\u200d":  # the joiners, which some scripts need
            yield Key(char, char)
        elif char.isspace() and char > "\x7f":
            yield Key(" ", " ")
        else:
            yield Key(_CONTROLS.get(char, UNKNOWN.name))

    def _take_escaped(self, char: str) -> Iterator[Key]:
        sequence = self._sequence + char
        if _PARTIAL.fullmatch(sequence):
            self._sequence = sequence if len(sequence) <= LONGEST_SEQUENCE else self._sequence[:-1] + char
        elif _WHOLE.fullmatch(sequence):
            self._sequence = ""
            if sequence == _PASTE_START:
                self._paste = ""
            else:
                yield _named(sequence)
        else:  # broken off, so that no garbage can swallow a Ctrl-C
            escaped = len(sequence) > 2 and sequence[-2] == "\x1b"
            yield from self.flush()
            self._sequence = "\x1b" if escaped else ""
            yield from self._take(char)

    def _take_pasted(self, char: str) -> Iterator[Key]:
        self._closing += char
        if self._closing == _PASTE_END:
            yield Key("paste", safe(self._paste or ""))
            self._paste, self._closing = None, ""
        elif not _PASTE_END.startswith(self._closing):
            # An escape stands only at the beginning of the end, so nothing else of what was held can begin it.
            rest = "\x1b" if char == "\x1b" else ""
            self._paste = ((self._paste or "") + self._closing.removesuffix(rest))[:PASTE_KEPT]
            self._closing = rest


def _named(sequence: str) -> Key:
    if len(sequence) == 2:
        return Key(f"alt-{sequence[1]}")
    return Key(_NAMES.get(sequence, UNKNOWN.name))


class _Session:
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

    def _fill(self, wait: float | None) -> None:
        raise NotImplementedError

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
