"""Keys: the parser by tables and laws, the keyboard on real pseudo-terminals."""

from __future__ import annotations

import codecs
import io
import os
import select
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import quiz
from quiz.errors import UsageError
from quiz.terminal.keyparser import LONGEST_SEQUENCE, PASTE_KEPT, Key, KeyParser
from quiz.terminal.keys import Keyboard

START, END = b"\x1b[200~", b"\x1b[201~"


def names(data: bytes) -> list[str]:
    parser = KeyParser()
    return [key.name for key in parser.feed(data) + parser.flush()]


# the parser


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"aB ?", ["a", "B", " ", "?"]),
        ("é漢🦋".encode(), ["é", "漢", "🦋"]),
        (b"\r\n", ["enter", "enter"]),
        (b"\t\x1b[Z", ["tab", "shift-tab"]),
        (b"\x7f\x08", ["backspace", "backspace"]),
        (b"\x03\x04\x15\x1a\x1c", ["ctrl-c", "ctrl-d", "ctrl-u", "ctrl-z", "ctrl-\\"]),
        (b"\x1b[A\x1b[B\x1b[C\x1b[D", ["up", "down", "right", "left"]),
        (b"\x1bOA\x1bOB\x1bOC\x1bOD", ["up", "down", "right", "left"]),
        (b"\x1b[H\x1bOH\x1b[1~\x1b[7~", ["home"] * 4),
        (b"\x1b[F\x1bOF\x1b[4~\x1b[8~", ["end-key"] * 4),
        (b"\x1b[5~\x1b[6~\x1b[3~\x1b[2~", ["pgup", "pgdn", "delete", "insert"]),
        (b"\x1bOM", ["enter"]),
        (b"\x1bOP\x1b[11~\x1b[[A", ["f1"] * 3),
        (b"\x1b", ["escape"]),
        (b"\x1b\x1b", ["escape", "escape"]),
        (b"\x1bx\x1bX", ["alt-x", "alt-X"]),
        ("\x1bé".encode(), ["alt-é"]),
        (b"\x1b[", ["alt-["]),
        (b"\x1bO", ["alt-O"]),
        (b"\x1b\x1b[A", ["escape", "up"]),
    ],
)
def test_each_key_has_its_name(data: bytes, expected: list[str]) -> None:
    assert names(data) == expected


@pytest.mark.parametrize(
    "sequence",
    [
        b"\x1b[24~",
        b"\x1b[1;5A",
        b"\x1b[?1;2c",
        b"\x1b[<0;10;10M",
        b"\x1b[[B",
        b"\x1bO5P",
        b"\x1b]11;rgb:ffff/ffff/ffff\x07",
        b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
        b"\x1bP1$r0m\x1b\\",
        b"\x1b[" + b"1;" * 500 + b"m",
        b"\x1b]" + b"x" * 500 + b"\x1b\\",
        b"\x1b[201~",
    ],
)
def test_a_sequence_that_means_no_key_is_swallowed_whole(sequence: bytes) -> None:
    assert names(sequence + b"a") == ["unknown", "a"]


@pytest.mark.parametrize("start", [b"\x1b[1;", b"\x1bO5", b"\x1b]0;title", b"\x1bPq"])
def test_a_sequence_that_breaks_off_lets_the_next_key_through(start: bytes) -> None:
    assert names(start + b"\x03") == ["unknown", "ctrl-c"]
    assert names(start + b"\x1b[A") == ["unknown", "up"]


def test_an_unfinished_sequence_waits_for_its_rest_until_it_is_flushed() -> None:
    parser = KeyParser()
    assert parser.feed(b"\x1b") == [] and parser.waiting
    assert parser.feed(b"[A") == [Key("up")] and not parser.waiting
    assert parser.feed(b"\x1b[1;") == [] and parser.waiting
    assert parser.flush() == [Key("unknown")] and not parser.waiting
    assert parser.flush() == []


def test_only_printable_characters_have_a_text() -> None:
    keys = KeyParser().feed("a\r\x03\x1b[A\x1bxé\u00a0\u200c".encode())
    assert [key.text for key in keys] == ["a", "", "", "", "", "é", " ", "\u200c"]


def test_bytes_that_are_not_utf8_are_left_out() -> None:
    assert names(b"a\xff\xc3(\xed\xa0\x80b") == ["a", "(", "b"]


def test_a_paste_is_one_key() -> None:
    keys = KeyParser().feed(
        b"a" + START + b"two\r\nlines, a\ttab, \x1b[31mred\x1b[0m, \x03\x04\x1a, \x1b[20" + END + b"b"
    )
    assert [key.name for key in keys] == ["a", "paste", "b"]
    assert keys[1].text.startswith("two lines, a tab, red, , ")


def test_a_paste_is_kept_up_to_a_limit_and_the_rest_swallowed() -> None:
    keys = KeyParser().feed(START + b"x" * (3 * PASTE_KEPT) + END + b"b")
    assert keys == [Key("paste", "x" * PASTE_KEPT), Key("b", "b")]


def test_flush_does_not_end_a_paste() -> None:
    parser = KeyParser()
    parser.feed(START + b"half\x1b[20")
    assert parser.flush() == [] and parser.pasting and not parser.waiting
    assert parser.feed(b"1~") == [Key("paste", "half")] and not parser.pasting


fragments = st.one_of(
    st.binary(max_size=8),
    st.text(max_size=5).map(str.encode),
    st.sampled_from(
        [START, END, b"\x1b", b"\x1b[", b"\x1b[1;5", b"A", b"\x1bO", b"\x1b]0;x", b"\x07", b"\x1b\\", b"\x1b[["]
    ),
)
streams = st.lists(fragments, max_size=12).map(b"".join)


@given(streams, st.lists(st.integers(0, 100), max_size=10))
def test_the_same_bytes_give_the_same_keys_however_they_are_split(stream: bytes, cuts: list[int]) -> None:
    edges = [0, *sorted(cut for cut in cuts if cut < len(stream)), len(stream)]
    whole, parts = KeyParser(), KeyParser()
    in_parts = [key for a, b in zip(edges, edges[1:], strict=False) for key in parts.feed(stream[a:b])]
    assert in_parts == whole.feed(stream)
    assert parts.flush() == whole.flush()


@given(streams)
def test_ctrl_c_gets_through_all_but_a_paste(stream: bytes) -> None:
    parser = KeyParser()
    parser.feed(stream)
    assume(not parser.pasting)
    assert parser.feed(b"\x03")[-1] == Key("ctrl-c")


@given(st.text(max_size=60))
def test_any_text_pasted_is_one_key_without_control_characters(text: str) -> None:
    assume("\x1b[201~" not in text)
    (key,) = KeyParser().feed(START + text.encode() + END)
    assert key.name == "paste"
    assert not any(unicodedata.category(char) == "Cc" for char in key.text)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "M"]), max_size=60))
def test_ordinary_text_comes_through_typed_or_pasted(text: str) -> None:
    assert KeyParser().feed(text.encode()) == [Key(char, char) for char in text]
    assert KeyParser().feed(START + text.encode() + END) == [Key("paste", text)]


@pytest.mark.parametrize("start", [b"", b"\x1b[", b"\x1b]", b"\x1bO", b"\x1b[ ", START])
@pytest.mark.parametrize("more", [b"1", b" ", b"\x1b", b"\xf0", b"x"])
def test_the_parser_never_grows_without_bound(start: bytes, more: bytes) -> None:
    parser = KeyParser()
    parser.feed(start + more * 50_000)
    held = sum(len(value) for value in vars(parser).values() if isinstance(value, str))
    assert held <= PASTE_KEPT + LONGEST_SEQUENCE


# the keyboard

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")
PATIENCE = 30  # seconds until a marker that never comes fails a test

PRELUDE = """
import fcntl, os, select, signal, sys, termios, time
from quiz.terminal.keys import Key, Keyboard

def say(text):
    print(f"<{text}>", flush=True)

def show(key):
    say(f"{key.name}|{key.text}")
"""
ECHO_KEYS = """
with Keyboard(0, sys.stdout) as keyboard:
    say("ready")
    while (key := keyboard.read()).name not in ("q", "end"):
        show(key)
say("left")
"""


class Tty:
    """A pseudo-terminal with a program on it, that has it as its controlling terminal."""

    def __init__(self) -> None:
        import pty

        self.master, self.slave = pty.openpty()
        self.program: subprocess.Popen[bytes] | None = None
        self.seen = ""
        self._decode = codecs.getincrementaldecoder("utf-8")().decode

    def start(self, script: str) -> None:
        self.program = subprocess.Popen(
            [sys.executable, "-c", PRELUDE + "fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n" + script],
            stdin=self.slave,
            stdout=self.slave,
            stderr=self.slave,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(Path(quiz.__file__).parent.parent)},
        )

    def type(self, data: bytes) -> None:
        os.write(self.master, data)

    def hear(self) -> None:
        self.seen += self._decode(os.read(self.master, 4096))

    def expect(self, marker: str) -> str:
        """What the program wrote up to the marker."""
        deadline = time.monotonic() + PATIENCE
        while marker not in self.seen:
            ready, _, _ = select.select([self.master], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, f"{marker!r} never came, only {self.seen!r}"
            self.hear()
        before, _, self.seen = self.seen.partition(marker)
        return before

    def attributes(self) -> list[object]:
        import termios

        return list(termios.tcgetattr(self.slave))

    def raw(self) -> bool:
        import termios

        return not termios.tcgetattr(self.slave)[3] & (termios.ECHO | termios.ICANON)

    def exit_code(self) -> int:
        assert self.program is not None
        return self.program.wait(PATIENCE)

    def hang_up(self) -> None:
        for fd in (self.master, self.slave):
            os.close(fd)
        self.master = self.slave = -1

    def close(self) -> None:
        if self.program is not None and self.program.poll() is None:
            os.killpg(self.program.pid, signal.SIGKILL)
            self.program.wait(PATIENCE)
        if self.master >= 0:
            self.hang_up()


@pytest.fixture
def tty() -> Iterator[Tty]:
    terminal = Tty()
    yield terminal
    terminal.close()


@posix
def test_keys_typed_before_the_start_and_in_a_burst_all_arrive_in_order(tty: Tty) -> None:
    tty.type(b"ab\rcd")
    tty.start(ECHO_KEYS)
    tty.expect("<ready>")
    assert tty.expect("<d|d>").split() == ["<a|a>", "<b|b>", "<enter|>", "<c|c>"]
    typed = "".join(chr(97 + i % 16) for i in range(1000))  # a to p
    tty.type(typed.encode() + b"q")
    shown = tty.expect("\x1b[?2004l")
    assert shown.split() == [f"<{char}|{char}>" for char in typed]


@posix
def test_keys_typed_while_the_program_is_busy_are_kept_and_not_echoed(tty: Tty) -> None:
    tty.start("""
with Keyboard(0, sys.stdout) as keyboard:
    say("ready")
    select.select([0], [], [])  # busy until something was typed, without reading it
    say("busy")
    for _ in range(4):
        show(keyboard.read())
""")
    tty.expect("<ready>")
    tty.type(b"xy")
    assert "x" not in tty.expect("<busy>")
    tty.type(b"\x1b[Az")
    assert tty.expect("<z|z>").split() == ["<x|x>", "<y|y>", "<up|>"]


@posix
def test_escape_alone_is_told_from_a_sequence(tty: Tty) -> None:
    tty.start(ECHO_KEYS)
    tty.expect("<ready>")
    tty.type(b"\x1b")
    tty.expect("<escape|>")
    tty.type(b"\x1b[A\x1bOB")
    assert "escape" not in tty.expect("<down|>")


@posix
def test_a_paste_arrives_as_one_key_however_it_is_split(tty: Tty) -> None:
    tty.start(ECHO_KEYS)
    assert "\x1b[?2004h" in tty.expect("<ready>")
    text = b"q: one\rtwo \x1b[31mred\x1b[0m " + "é".encode() * 6000
    whole = START + text + END
    for at in range(0, len(whole), 997):
        tty.type(whole[at : at + 997])
    shown = tty.expect(">")
    assert shown.strip().startswith("<paste|q: one two red éé")
    tty.type(b"z")
    tty.expect("<z|z>")


@posix
def test_ctrl_c_ends_even_a_paste_whose_end_was_lost(tty: Tty) -> None:
    tty.start(ECHO_KEYS)
    tty.expect("<ready>")
    tty.type(b"z" + START + b"half a paste")
    tty.expect("<z|z>")
    deadline = time.monotonic() + PATIENCE
    while "<ctrl-c|>" not in tty.seen and time.monotonic() < deadline:
        tty.type(b"\x03")  # again and again, as one would: the first may come together with the paste
        if select.select([tty.master], [], [], 0.1)[0]:
            tty.hear()
    assert "<ctrl-c|>" in tty.seen


@posix
def test_a_read_may_have_a_time_limit(tty: Tty) -> None:
    tty.start("""
with Keyboard(0, sys.stdout) as keyboard:
    show(keyboard.read(timeout=0))
    show(keyboard.read(timeout=0.01))
    say("ready")
    show(keyboard.read(timeout=60))
""")
    assert tty.expect("<ready>").count("<timeout|>") == 2
    tty.type(b"a")
    tty.expect("<a|a>")


WAYS_OUT = {
    "return": ("pass", 0),
    "exception": ("raise ValueError('trouble')", 1),
    "exit": ("sys.exit(5)", 5),
    "ctrl-c": ("say('press'); assert keyboard.read() == Key('ctrl-c'); raise KeyboardInterrupt", -signal.SIGINT),
    "SIGINT": ("os.kill(os.getpid(), signal.SIGINT); time.sleep(60)", -signal.SIGINT),
    "SIGTERM": ("os.kill(os.getpid(), signal.SIGTERM); keyboard.read()", 143),
    "SIGHUP": ("os.kill(os.getpid(), signal.SIGHUP); keyboard.read()", 129),
    "SIGQUIT": ("os.kill(os.getpid(), signal.SIGQUIT); keyboard.read()", 131),
}


@posix
@pytest.mark.parametrize("way", WAYS_OUT)
def test_whatever_the_way_out_the_terminal_is_as_before(tty: Tty, way: str) -> None:
    body, code = WAYS_OUT[way]
    before = tty.attributes()
    tty.start(f"""
with Keyboard(0, sys.stdout, alternate_screen=True, hide_cursor=True) as keyboard:
    say("ready")
    assert keyboard.read().name == "z"
    {body}
""")
    assert tty.expect("<ready>").endswith("\x1b[?1049h\x1b[?2004h\x1b[?25l")
    assert tty.raw()
    tty.type(b"z")
    if way == "ctrl-c":
        tty.expect("<press>")
        tty.type(b"\x03")
    tty.expect("\x1b[?25h\x1b[?2004l\x1b[?1049l")
    assert tty.exit_code() == code
    assert tty.attributes() == before


@posix
def test_sigterm_from_outside_wakes_the_read_and_unwinds_in_order(tty: Tty) -> None:
    before = tty.attributes()
    tty.start("""
try:
    with Keyboard(0, sys.stdout) as keyboard:
        say("ready")
        keyboard.read()
finally:
    say("unwound")
""")
    tty.expect("<ready>")
    assert tty.program is not None
    tty.program.send_signal(signal.SIGTERM)
    assert "\x1b[?2004l" in tty.expect("<unwound>")
    assert tty.exit_code() == 143
    assert tty.attributes() == before


@posix
def test_a_signal_just_before_the_block_restores_the_terminal_too(tty: Tty) -> None:
    before = tty.attributes()
    tty.start("""
keyboard = Keyboard(0, sys.stdout).__enter__()
say("ready")
keyboard.read()
""")
    tty.expect("<ready>")
    assert tty.program is not None
    tty.program.send_signal(signal.SIGTERM)
    tty.expect("\x1b[?2004l")
    assert tty.exit_code() == 143
    assert tty.attributes() == before


@posix
def test_signal_handlers_are_put_back(tty: Tty) -> None:
    tty.start("""
numbers = [n for n in signal.valid_signals() if n not in (signal.SIGKILL, signal.SIGSTOP)]
signal.signal(signal.SIGHUP, signal.SIG_IGN)
before = [signal.getsignal(n) for n in numbers]
files = os.listdir("/dev/fd")
with Keyboard(0, sys.stdout) as keyboard:
    assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
assert [signal.getsignal(n) for n in numbers] == before
assert os.listdir("/dev/fd") == files
say("same")
""")
    tty.expect("<same>")
    assert tty.exit_code() == 0


@posix
def test_a_changed_window_asks_for_a_redraw(tty: Tty) -> None:
    import termios

    tty.start(ECHO_KEYS)
    tty.expect("<ready>")
    termios.tcsetwinsize(tty.slave, (10, 40))
    tty.expect("<redraw|>")
    tty.type(b"z")
    tty.expect("<z|z>")


@posix
def test_a_hang_up_ends_the_program(tty: Tty) -> None:
    tty.start(ECHO_KEYS)
    tty.expect("<ready>")
    tty.hang_up()
    assert tty.exit_code() == 128 + signal.SIGHUP


@posix
def test_after_a_hang_up_that_is_ignored_reading_says_end_again_and_again(tty: Tty) -> None:
    tty.start("""
signal.signal(signal.SIGHUP, signal.SIG_IGN)
with Keyboard(0, sys.stdout) as keyboard:
    say("ready")
    names = [keyboard.read().name for _ in range(9)]
# A hang-up also continues the program, which asks for a redraw once, at any time.
os._exit(7 if names.count("redraw") <= 1 and set(names) - {"redraw"} == {"end"} else 8)
""")
    tty.expect("<ready>\r\n")
    tty.hang_up()
    assert tty.exit_code() == 7


@posix
def test_input_that_is_not_a_terminal_is_refused() -> None:
    read, write = os.pipe()
    try:
        with pytest.raises(UsageError, match="not a terminal"), Keyboard(read, io.StringIO()):
            pass
    finally:
        os.close(read)
        os.close(write)


# job control

SHELL = """
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
saved = termios.tcgetattr(0)
job = os.fork()
if not job:
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpgrp())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    os.execv(sys.executable, [sys.executable, "-c", PROGRAM])
while True:
    status = os.waitpid(job, os.WUNTRACED)[1]
    os.tcsetpgrp(0, os.getpgrp())
    if not os.WIFSTOPPED(status):
        say(f"ended {os.waitstatus_to_exitcode(status)}")
        break
    same = termios.tcgetattr(0) == saved
    termios.tcsetattr(0, termios.TCSANOW, saved)  # as shells do
    say(f"stopped by {signal.Signals(os.WSTOPSIG(status)).name}, terminal {'restored' if same else 'changed'}")
    if sys.stdin.readline().strip() == "fg":
        os.tcsetpgrp(0, job)
    os.killpg(job, signal.SIGCONT)
"""


@pytest.fixture
def job(tty: Tty) -> Callable[[str], None]:
    """Starts a program as the foreground job of a small shell, which knows the commands fg and bg."""

    def start(program: str) -> None:
        tty.start(f"PROGRAM = {PRELUDE + program!r}\n{SHELL}")
        tty.expect("<ready>")

    return start


@posix
def test_ctrl_z_stops_in_order_and_fg_goes_on_where_it_was(tty: Tty, job: Callable[[str], None]) -> None:
    job(ECHO_KEYS)
    tty.type(b"a\x1ab")  # the b is read when the program goes on
    before = tty.expect("<stopped by SIGTSTP, terminal restored>")
    assert before.split()[0] == "<a|a>" and "<b|b>" not in before and before.rstrip().endswith("\x1b[?2004l")
    tty.type(b"fg\n")
    after = tty.expect("<b|b>")
    assert "\x1b[?2004h" in after and after.count("<redraw|>") == 1
    assert tty.raw()
    tty.type(b"\x1a")
    tty.expect("<stopped by SIGTSTP, terminal restored>")
    tty.type(b"fg\n")
    tty.expect("<redraw|>")
    tty.type(b"zq")
    assert tty.expect("<ended 0>").split()[0] == "<z|z>"


@posix
def test_a_program_continued_in_the_background_waits_for_the_foreground(tty: Tty, job: Callable[[str], None]) -> None:
    job(ECHO_KEYS)
    tty.type(b"\x1a")
    tty.expect("<stopped by SIGTSTP, terminal restored>")
    tty.type(b"bg\n")
    tty.expect("<stopped by SIGTTOU, terminal restored>")
    tty.type(b"fg\n")
    tty.expect("<redraw|>")
    assert tty.raw()
    tty.type(b"q")
    tty.expect("<ended 0>")


@posix
@pytest.mark.parametrize(("number", "terminal"), [("SIGTSTP", "restored"), ("SIGSTOP", "changed")])
def test_a_program_stopped_from_outside_goes_raw_again(
    tty: Tty, job: Callable[[str], None], number: str, terminal: str
) -> None:
    job(ECHO_KEYS.replace('say("ready")', f'say("ready"); keyboard.read(); os.kill(os.getpid(), signal.{number})'))
    tty.type(b"x")
    tty.expect(f"<stopped by {number}, terminal {terminal}>")
    assert not tty.raw()
    tty.type(b"fg\n")
    tty.expect("<redraw|>")
    assert tty.raw()
    tty.type(b"z")
    tty.expect("<z|z>")


@posix
def test_ctrl_z_goes_on_at_once_where_nothing_could_continue_the_program(tty: Tty) -> None:
    tty.start(ECHO_KEYS)  # the leader of a session, as under `xterm -e`
    tty.expect("<ready>")
    tty.type(b"\x1az")
    assert tty.expect("<z|z>").count("<redraw|>") == 1
    assert tty.raw()


# Windows

ON_WINDOWS = """
import ctypes, io, os, sys, types

typed = list("aM\\xe0H\\x00S\\xe0Z\\x1b\\r\\x03\\xe9")
sizes = [(80, 25)] * 3 + [(40, 25)] * 99
sys.platform = "win32"
sys.modules["msvcrt"] = types.SimpleNamespace(kbhit=lambda: bool(typed), getwch=lambda: typed.pop(0))
kernel = types.SimpleNamespace(GetStdHandle=lambda n: n, GetConsoleMode=lambda *_: 1, SetConsoleMode=lambda *_: 1)
ctypes.windll = types.SimpleNamespace(kernel32=kernel)
os.isatty = lambda fd: True
os.get_terminal_size = lambda: sizes.pop(0)

from quiz.terminal.keys import Keyboard

with Keyboard(0, sys.stdout) as keyboard:
    names = [keyboard.read(timeout=0.1).name for _ in range(11)]
sys.stderr.write(ascii(names))
"""


def test_on_windows_the_same_keys_come_from_its_console() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ON_WINDOWS],
        env={**os.environ, "PYTHONPATH": str(Path(quiz.__file__).parent.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    expected = ["a", "M", "up", "delete", "unknown", "escape", "enter", "ctrl-c", "é", "redraw", "timeout"]
    assert done.stderr == ascii(expected)
