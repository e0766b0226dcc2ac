"""The strict YAML reader: trees with lines, and problems for whatever is refused."""

from __future__ import annotations

import subprocess
import sys

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.yamltree import DEEPEST, LARGEST, Mapping, Node, Scalar, Sequence, read


@pytest.fixture(params=["C parser", "Python parser"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs a test under the C parser and under the Python one, which takes over where the first is missing."""
    if request.param == "Python parser":
        monkeypatch.delattr(yaml, "CBaseLoader", raising=False)
    elif not hasattr(yaml, "CBaseLoader"):
        pytest.skip("PyYAML was built without its C parser")


def said(text: str | bytes) -> list[str]:
    """The problems of a file, as they are printed."""
    _, problems = read(text if isinstance(text, bytes) else text.encode(), "f.yaml")
    return [str(problem) for problem in problems]


@pytest.mark.usefixtures("parser")
def test_a_tree_has_texts_and_lines() -> None:
    """Mappings, lists and texts come in order, with lines counted from 1."""
    text = "# first\na: one\nb:\n  - two\n  - {c: 'three'}\nd:\ne: |\n  four\n  five\n"
    root, problems = read(text.encode(), "f.yaml")
    assert problems == ()
    assert root == Mapping(
        (
            (Scalar("a", 2), Scalar("one", 2)),
            (Scalar("b", 3), Sequence((Scalar("two", 4), Mapping(((Scalar("c", 5), Scalar("three", 5)),), 5)), 4)),
            (Scalar("d", 6), Scalar("", 6)),
            (Scalar("e", 7), Scalar("four\nfive\n", 7)),
        ),
        2,
    )


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("text", ["no", "1:30", "1e3", "0x1f", "null", "~", "2009-02-12", "yes", "1_000", ".inf"])
def test_a_scalar_is_a_text_whatever_it_looks_like(text: str) -> None:
    """Nothing becomes a number, a date, a truth value or nothing."""
    assert read(text.encode(), "f.yaml") == (Scalar(text, 1), ())


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "\ufeff"])
def test_an_empty_file_has_no_root_and_no_problem(text: str) -> None:
    """Nothing written is nothing wrong."""
    assert read(text.encode(), "f.yaml") == (None, ())


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("text", ["\ufeffa: b", "---\na: b", "%YAML 1.1\n---\na: b", "a: b\r\n", "a: b\n...\n"])
def test_ordinary_dress_is_allowed(text: str) -> None:
    """A byte order mark, a document mark and Windows line ends are no problem."""
    root, problems = read(text.encode(), "f.yaml")
    assert problems == ()
    assert isinstance(root, Mapping) and [(k.text, v.text) for k, v in root.entries if isinstance(v, Scalar)] == [
        ("a", "b")
    ]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: &x 1", 'f.yaml:1: the anchor "&x" is not allowed: take it out'),
        ("a: &x [1]", 'f.yaml:1: the anchor "&x" is not allowed: take it out'),
        ("a: b\nc: *x", 'f.yaml:2: the alias "*x" is not allowed: write the value out'),
        ("a:\n  <<: {b: c}", 'f.yaml:2: the merge key "<<" is not allowed: write the keys out'),
        (
            "a: !!int 3",
            "f.yaml:1: a YAML tag is not allowed: put a text that begins with an exclamation mark in quotes",
        ),
        (
            "a: !important",
            "f.yaml:1: a YAML tag is not allowed: put a text that begins with an exclamation mark in quotes",
        ),
        (
            "a: !!set {b}",
            "f.yaml:1: a YAML tag is not allowed: put a text that begins with an exclamation mark in quotes",
        ),
        ("a: 1\nb: 2\na: 3", 'f.yaml:3: the key "a" stands here a second time (first on line 1)'),
        ("x:\n  a: 1\n  'a': 3", 'f.yaml:3: the key "a" stands here a second time (first on line 2)'),
        ("[a]: b", "f.yaml:1: a key must be a plain word, not a list or a mapping"),
        ("a: b\n? {c: d}\n: e", "f.yaml:2: a key must be a plain word, not a list or a mapping"),
        ("a: 1\n---\nb: 2", 'f.yaml:2: a second document begins here: take out the line "---"'),
        ('a: "\\x1b[2J"', "f.yaml:1: the control character U+001B is not allowed: take it out"),
        ('a: "\\e"', "f.yaml:1: the control character U+001B is not allowed: take it out"),
        ('a: "\\r"', "f.yaml:1: the control character U+000D is not allowed: take it out"),
        ('"\\x9b": a', "f.yaml:1: the control character U+009B is not allowed: take it out"),
        ('a: "\\u202e"', "f.yaml:1: the control character U+202E is not allowed: take it out"),
        ("a: b\nc: \x1b[2J", "f.yaml:2: the control character U+001B is not allowed: take it out"),
        ("a: \x9b", "f.yaml:1: the control character U+009B is not allowed: take it out"),
        ("# \x07", "f.yaml:1: the control character U+0007 is not allowed: take it out"),
        ("a: \u202eb", "f.yaml:1: the control character U+202E is not allowed: take it out"),
        (b"a: b\nc: \xff", "f.yaml:2: not UTF-8 text: save the file with the encoding UTF-8"),
        ("a: b".encode("utf-16"), "f.yaml:1: not UTF-8 text: save the file with the encoding UTF-8"),
    ],
)
def test_what_is_not_in_the_plain_subset_is_one_problem(text: str | bytes, problem: str) -> None:
    """Every refused part of YAML is told at its line, with a remedy."""
    assert said(text) == [problem]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "line", "remedy"),
    [
        ("a: b\nsays: one: two", 2, 'put a text that holds ": " in quotes'),
        ("a: b\nc: [d, e\nf: g\n", 2, ""),
        ("a: [b, c", 1, "a list in brackets is not closed"),
        ("a: {b: c", 1, "a mapping in braces is not closed"),
        ("a: b\nc: 'd\ne: f\n", 2, "a quotation mark is not closed"),
        ("a: b\nc\nd: e", 2, "a key needs a colon and a space after it"),
        ("a:\n  - b\n c: d", 3, "check the indentation"),
        ("a: b\n\tc: d", 2, "indent with spaces"),
        ("a: @b", 1, "put a text that begins with this character in quotes"),
        ("a: `b`", 1, "put a text that begins with this character in quotes"),
        ("%NO\n%YAML 3.0\n---\na", 0, ""),
        ("a: !x!y b", 1, "check the quotes and indentation"),
        ('a: "\\q"', 1, "check the quotes and indentation"),
        ('a: "\\UFFFFFFFF"', 1, ""),
    ],
)
def test_broken_yaml_is_one_plain_line(text: str, line: int, remedy: str) -> None:
    """A syntax error is one problem on one line, where the trouble begins, with what usually mends it."""
    root, problems = read(text.encode(), "f.yaml")
    assert root is None
    assert len(problems) == 1
    assert problems[0].message.startswith("not valid YAML")
    assert "\n" not in problems[0].message
    assert remedy in problems[0].message
    assert line in (0, problems[0].place.line)


@pytest.mark.usefixtures("parser")
def test_problems_that_do_not_stop_the_reading_come_together() -> None:
    """A tag, a repeated key and an alias in one file are three problems, and the rest is read."""
    root, problems = read(b"a: !t b\na: c\nd: *e\nf: g\n", "f.yaml")
    assert [problem.place.line for problem in problems] == [1, 2, 3]
    assert isinstance(root, Mapping)
    assert [key.text for key, _ in root.entries] == ["a", "d", "f"]


@pytest.mark.usefixtures("parser")
def test_a_refused_character_does_not_come_in() -> None:
    """A text with an escaped control character has another character in its place."""
    root, _ = read(b'a: "b\\x1bc"', "f.yaml")
    assert isinstance(root, Mapping)
    assert root.entries[0][1] == Scalar("b\ufffdc", 1)


@pytest.mark.usefixtures("parser")
def test_nesting_is_allowed_to_the_limit_and_no_deeper() -> None:
    """Twelve lists within one another are read, thirteen are refused."""
    assert said("[" * DEEPEST + "]" * DEEPEST) == []
    too_deep = f"f.yaml:1: nested deeper than {DEEPEST} levels: no deck needs that"
    assert said("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)) == [too_deep]


@pytest.mark.parametrize("opening", ["[", "{", "- ", "? ", "[\\n", "{a: ", "!!x [", "&a [", "[{"])
def test_the_interpreter_survives_deep_nesting(opening: str) -> None:
    """Fifty thousand openings give problems, and the process ends as it should."""
    code = (
        "from quiz.yamltree import read\n"
        f"root, problems = read(b'{opening}' * 50_000, 'f.yaml')\n"
        "print(root, *(problem.message for problem in problems), sep=chr(10))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    root, *messages = done.stdout.splitlines()
    assert root == "None"
    assert f"nested deeper than {DEEPEST} levels: no deck needs that" in messages


def test_a_bomb_of_aliases_is_defused() -> None:
    """Lists of aliases of lists of aliases stay as small as they are written."""
    text = "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 40))
    root, problems = read(text.encode(), "f.yaml")
    assert root is not None
    assert len(problems) == 40 + 39  # the anchors, and of each line the alias


def test_a_file_over_the_limit_is_refused_unread() -> None:
    """More than 32 MiB is one problem."""
    assert said(b" " * (LARGEST + 1)) == ["f.yaml:1: the file is over 32 MiB: split it into several files"]


def test_importing_the_reader_does_not_import_yaml() -> None:
    """Start-up does not pay for a parser that may not be needed."""
    code = "import quiz.yamltree, sys; print('yaml' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


texts = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=12)
plain_trees = st.recursive(
    texts, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4), max_leaves=20
)


def plain(node: Node | None) -> object:
    """A tree without lines."""
    match node:
        case Scalar(text, _):
            return text
        case Sequence(items, _):
            return [plain(item) for item in items]
        case Mapping(entries, _):
            return {key.text: plain(value) for key, value in entries}
    return None


@settings(deadline=None)
@given(tree=plain_trees)
def test_what_a_writer_of_yaml_writes_is_read_back(tree: object) -> None:
    """Texts, lists and mappings written by PyYAML come back as they were, unless a key is the merge key."""
    written = yaml.safe_dump(tree, default_style='"', allow_unicode=True).replace('!!null "null"', '""')
    root, problems = read(written.encode(), "f.yaml")
    if '"<<"' not in written and not problems:
        assert plain(root) == tree
    assert all("deeper" in each.message or "merge key" in each.message for each in problems)


@settings(deadline=None, max_examples=300)
@given(
    data=st.binary(max_size=80)
    | st.text(alphabet="ab:-?[]{}&*!|>'\"%@`#,\\ \n\t<~x0\x1b\u202e", max_size=60).map(str.encode)
)
def test_no_bytes_bring_the_reader_down(data: bytes) -> None:
    """Whatever the bytes, there is a tree without control characters, or nothing, and problems in single lines."""
    root, problems = read(data, "f.yaml")
    assert all("\n" not in problem.message for problem in problems)
    assert all(1 <= problem.place.line <= data.count(b"\n") + data.count(b"\r") + 1 for problem in problems)
    assert "\x1b" not in repr(plain(root)) and "\\x1b" not in repr(plain(root)).replace("\\\\", "")
