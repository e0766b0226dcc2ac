"""Settings files, and values given to `quiz config`."""

from __future__ import annotations

from pathlib import Path
from random import Random

from quiz.settings import SETTINGS
from tests.fuzz import garbage
from tests.fuzz.program import call
from tests.fuzz.target import Input, Target


def _line(chance: Random) -> str:
    name = chance.choice([*(each.name for each in SETTINGS), garbage.text(chance), "x"])
    value = chance.choice(('"{}"', "{}", "[{}]", "{{a = {}}}", "1979-05-27T07:32:00Z", "0.9", "true", "10")).format(
        garbage.text(chance)
    )
    return chance.choice(("{} = {}", "{} = {}", "[{}]\nx = {}", "{}.{} = 1", "{}={}")).format(name, value)


def draw(chance: Random) -> Input:
    """The bytes of a settings file, and the arguments of `quiz config`."""
    data = "\n".join(_line(chance) for _ in range(chance.randrange(4))).encode("utf-8", "surrogatepass")
    if chance.random() < 0.3:
        data = garbage.damaged(chance, data or b"new = 10\n")
    arguments: list[str] = []
    if chance.random() < 0.5:
        arguments = [chance.choice(SETTINGS).name]
        if chance.random() < 0.7:
            arguments.append(garbage.text(chance).replace("\x00", ""))
        if chance.random() < 0.2:
            arguments.append("--json")
    return data, tuple(arguments)


def run(given: Input, folder: Path) -> None:
    """Show the settings, set one, and begin a sitting with them."""
    data, arguments = given
    path = folder / "home" / "config.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    call(["config", *arguments])
    call(["config", "--json"])
    if len(data) % 8 == 0:
        call(["study", str(folder / "ducks")], b":quit\n")


CONFIGS = Target("config", 2500, draw, run)
