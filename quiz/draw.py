"""Drawing lots by a keyed hash: the same seed and names give the same draw on every machine."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

try:
    from _blake2 import blake2b  # what hashlib gives, without OpenSSL, which takes longer to load than all of this
except ImportError:  # another Python than CPython, or one without the module
    from hashlib import blake2b

__all__ = ["Draw", "blake2b", "lot"]


def lot(*names: object) -> int:
    """A 64-bit number that depends on nothing but the names given."""
    text = "\x1f".join(str(name) for name in names)
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


class Draw(NamedTuple):
    """The chances of one card: drawn per card, so that a new fact leaves other questions as they were.

    ``turn`` counts how often the card was asked before, so that wording and options change from time to time;
    ``most`` is the number of options a question may have; three are plenty (Rodriguez 2005). ``lures`` names what
    tempts this learner: one of them is put among the options where it may stand there.
    """

    seed: int
    card: str
    turn: int = 0
    most: int = 3
    lures: frozenset[str] = frozenset()

    def shuffled(self, names: Iterable[str], purpose: str) -> list[str]:
        """The names in an order drawn afresh at every turn."""
        return sorted(names, key=lambda name: lot(self.seed, self.card, self.turn, purpose, name))

    def turned(self, choices: Sequence[str], purpose: str) -> str:
        """One of the choices, the next one at each turn. Raises IndexError for no choices."""
        if not choices:
            raise IndexError("nothing to draw from")
        return choices[(lot(self.seed, self.card, purpose) + self.turn) % len(choices)]
