"""What all kinds of question are made from: the features that part or join two subjects, by aspect."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, zip_longest
from typing import NamedTuple

from quiz.deck import Citation, Claim, Deck, Strength
from quiz.draw import Draw
from quiz.questions.model import Listing, Option, Reason
from quiz.reasoning import Knowledge
from quiz.verdict import Ground


class Split(NamedTuple):
    """Askable features of one aspect for a pair (a, b): true of a alone, true of both, true of b alone."""

    only_a: tuple[str, ...]
    both: tuple[str, ...]
    only_b: tuple[str, ...]


class Material:
    """A deck with its knowledge; splits are remembered, since many cards ask for the same one."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.deck: Deck = knowledge.deck
        self._splits: dict[tuple[str, str, str], Split] = {}

    def held(self, subject: str, feature: str) -> Ground:
        """The ground of a claim known true. Raises ValueError when it is not."""
        return _known(self.knowledge.judge(subject, feature).ground)

    lacked = held  # a ground is a ground; the two names say at the call what is expected

    def split(self, a: str, b: str, aspect: str) -> Split:
        """The askable features of an aspect, sorted by whose they are.

        Left out are umbrella features, features present only rarely (neither "both" nor "not both" would be a fair
        answer), and from "both" those that a source finds more often in one of the two: they do speak for it.
        """
        if (a, b, aspect) not in self._splits:
            known = self.knowledge.compare(a, b)
            self._splits[a, b, aspect] = Split(
                only_a=tuple(f for f in known.only_a if self._askable(f, aspect) and self._usual(a, f)),
                both=tuple(f for f in known.both if self._askable(f, aspect) and self._even(a, b, f)),
                only_b=tuple(f for f in known.only_b if self._askable(f, aspect) and self._usual(b, f)),
            )
        return self._splits[a, b, aspect]

    def _askable(self, feature: str, aspect: str) -> bool:
        each = self.deck.features[feature]
        return each.aspect == aspect and not each.umbrella

    def may_compare(self, feature: str, a: str, b: str) -> bool:
        """Whether a comparison of the two may be asked: not of umbrella features, nor of disputed or dated claims."""
        silenced = any(self.knowledge.is_silenced(subject, feature) for subject in (a, b))
        return not silenced and not self.deck.features[feature].umbrella

    def _usual(self, subject: str, feature: str) -> bool:
        return self.held(subject, feature).strength is not Strength.RARELY

    def _even(self, a: str, b: str, feature: str) -> bool:
        return not self.knowledge.is_uneven(feature, a, b) and self._usual(a, feature) and self._usual(b, feature)

    def distractors(self, key: str, pools: Sequence[Iterable[str]], draw: Draw) -> list[str]:
        """Up to ``draw.most`` − 1 features to stand beside the key, none too like another, from the pools in turn.

        Of each pool those of about the key's length are preferred, so that length gives nothing away.
        """
        length = len(self.deck.features[key].noun)
        queues = [self._by_length(self._beside(key, pool), length, draw) for pool in pools]
        # In an unlucky order the first choice would leave no second one, so the first two are chosen together.
        pair = self._pair_apart([each for turn in zip_longest(*queues) for each in turn if each])
        chosen = list(pair)
        queues = [[each for each in queue if each not in pair] for queue in queues]
        while any(queues) and len(chosen) < draw.most - 1:
            for queue in queues:
                if queue and len(chosen) < draw.most - 1:
                    each = queue.pop(0)
                    if not any(self.knowledge.hierarchy.overlap(each, other) for other in chosen):
                        chosen.append(each)
        return chosen

    def _by_length(self, features: Iterable[str], length: int, draw: Draw) -> list[str]:
        order = draw.shuffled(features, "distractors")
        drawn, rest = order[: 2 * draw.most], order[2 * draw.most :]
        return sorted(drawn, key=lambda f: abs(len(self.deck.features[f].noun) - length)) + rest

    def enough(self, key: str, pool: Iterable[str]) -> bool:
        """Whether the pool leaves two distractors for the key, the fewest that a question may have."""
        return bool(self._pair_apart(self._beside(key, pool)))

    def _beside(self, key: str, features: Iterable[str]) -> list[str]:
        """The features that may stand beside the key: not near it, not within it."""
        return [each for each in features if not self.knowledge.hierarchy.overlap(key, each)]

    def _pair_apart(self, features: Sequence[str]) -> tuple[str, ...]:
        """The first two of the features that may stand side by side; none when there are no such two."""
        overlap = self.knowledge.hierarchy.overlap
        return next((pair for pair in combinations(features, 2) if not overlap(*pair)), ())

    def cites(self, facts: Iterable[str]) -> tuple[Citation, ...]:
        """The citations of the facts, each once, in their order."""
        return tuple(dict.fromkeys(cite for fact in facts for cite in self.deck.facts[fact].cites))

    def option(self, text: str, claims: tuple[Claim | Listing, ...], reason: Reason, *, key: bool) -> Option:
        """An option with the citations of its reason."""
        return Option(text=text, key=key, claims=claims, reason=reason, cites=self.cites(reason.facts))


def _known(ground: Ground | None) -> Ground:
    if ground is None:
        raise ValueError("the claim is not known")
    return ground
