"""Facts and questions as plain data are those of docs/bank-format.md."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from quiz.deck import Deck
from quiz.interchange import bank_as_data, cites_as_data, fact_as_data, facts_as_data, question_as_data
from quiz.questions import KINDS, Material, Question, bank
from quiz.reasoning import Knowledge

DECK = """
subjects:
  gull: {group: birds, name: herring gull, short: gulls}
  tern: {group: birds, name: common tern, short: terns}
  red-egg: {group: eggs, name: red egg, short: red eggs}
  blue-egg: {group: eggs, name: blue egg, short: blue eggs}
  white-egg: {group: eggs, name: white egg, short: white eggs}
features:
  hook:
    aspect: sign
    noun: a hooked bill
    present:
      gull: {says: Gulls have it., cite: book Gulls ¶1, strength: often, hedge: as a rule, weight: core}
    absent:
      tern: {says: Terns have not., cite: [book Terns ¶1, manual Terns ¶row 2]}
    not-always:
      gull: {says: Not all gulls have it., cite: book Gulls ¶1}
  song:
    aspect: sign
    noun: a song
    disputed:
      tern:
        says: The sources disagree whether terns sing.
        readings: [{says: They do., cite: book Terns ¶3}, {says: They do not., cite: manual Terns ¶3}]
  swallow-kin:
    aspect: sign
    noun: kinship with swallows
    present:
      tern: {says: Terns are swallows., cite: book Terns ¶4, dated: {says: They are not., cite: manual Terns ¶4}}
  fork:
    aspect: sign
    noun: a forked tail
    present: {tern: {says: Terns have a fork., cite: book Terns ¶5, strength: every}}
    absent: {gull: {says: Gulls have none., cite: book Gulls ¶5}}
  long-tail: {aspect: sign, noun: a long tail, present: {tern: {says: Terns have it., cite: book Terns ¶6, strength: every}}}
  short-tail: {aspect: sign, noun: a short tail, present: {gull: {says: Gulls have it., cite: book Gulls ¶6, strength: every}}}
  diving: {aspect: sign, noun: diving, present: {tern: {says: Terns dive., cite: book Terns ¶7}}}
  swimming: {aspect: sign, noun: swimming, present: {gull: {says: Gulls swim., cite: book Gulls ¶8}, tern: {says: Terns swim., cite: book Terns ¶8}}}
  flying: {aspect: sign, noun: flying, present: {gull: {says: Gulls fly., cite: book Gulls ¶9}, tern: {says: Terns fly., cite: book Terns ¶9}}}
  nesting: {aspect: sign, noun: nesting, present: {gull: {says: Gulls nest., cite: book Gulls ¶9}, tern: {says: Terns nest., cite: book Terns ¶9}}}
  red:
    aspect: sign
    noun: a red shell
    patient: its shell is red
    present: {red-egg: {says: Red eggs are red., cite: book Eggs ¶1}}
    absent:
      blue-egg: {says: Blue eggs are not red., cite: book Eggs ¶1}
      white-egg: {says: White eggs are not red., cite: book Eggs ¶1}
  blue:
    aspect: sign
    noun: a blue shell
    patient: its shell is blue
    present: {blue-egg: {says: Blue eggs are blue., cite: book Eggs ¶2}}
    absent:
      red-egg: {says: Red eggs are not blue., cite: book Eggs ¶2}
      white-egg: {says: White eggs are not blue., cite: book Eggs ¶2}
  white:
    aspect: sign
    noun: a white shell
    patient: its shell is white
    present: {white-egg: {says: White eggs are white., cite: book Eggs ¶3}}
    absent:
      red-egg: {says: Red eggs are not white., cite: book Eggs ¶3}
      blue-egg: {says: Blue eggs are not white., cite: book Eggs ¶3}
groups:
  eggs: {noun: egg, plural: eggs}
closures:
  no-dive: {subject: gull, says: Gulls stay above the water., cite: book Gulls ¶3, excludes: [diving]}
apart:
  tails: {says: Tails are short or long., cite: book Plates ¶1, values: {gull: short-tail, tern: long-tail}}
more-often:
  nests: {feature: nesting, in: tern, than: gull, says: Terns nest more often., cite: book Plates ¶2}
side-by-side:
  plate: {title: plate 7, says: Plate 7 sets them side by side., cite: book Plates ¶7, only: {gull: [hook, short-tail], tern: [fork, diving]}}
facts:
  heavy:
    says: A gull weighs about 1 kg.
    about: [gull]
    cite: book Gulls ¶4
    cloze: "A gull weighs about {1 kg}."
    number: {value: "1", unit: kg, bound: about, ask: How heavy is a gull?, within: 0.1}
    relation: {from: gull, to: tern}
    mechanism: {cause: fish, effect: weight}
  plain: {says: Gulls see far., cite: book Gulls ¶4}
  rain: {says: Rain keeps them on the ground., cite: book Rain ¶1, mechanism: {cause: rain, effect: a rest}}
  wind: {says: Wind lifts them., cite: book Wind ¶1, mechanism: {cause: wind, effect: a rise}}
  fog: {says: Fog makes them call., cite: book Fog ¶1, mechanism: {cause: fog, effect: a call}}
how:
  weather: {says: Each kind of weather does something else., cite: book Rain ¶2, ask: ["What does {cause} lead to?"], of: [rain, wind, fog]}
"""

Plain = dict[str, Any]


@pytest.fixture
def deck(deck_of: Callable[[str], Deck]) -> Deck:
    return deck_of(DECK)


@pytest.fixture
def questions(deck: Deck) -> list[Question]:
    return list(bank(Material(Knowledge(deck)), seed=3))


def data(deck: Deck, fact: str) -> Plain:
    return fact_as_data(deck, deck.facts[fact])


def spot(section: str, paragraph: str, source: str = "book") -> Plain:
    tier = {"book": "given", "manual": "reference"}[source]
    return {"source": source, "tier": tier, "section": section, "paragraph": paragraph}


# facts


def test_a_fact_of_presence(deck: Deck) -> None:
    """Everything that the documentation lists, and nothing else."""
    assert data(deck, "hook.gull") == {
        "id": "hook.gull",
        "text": "Gulls have it.",
        "weight": "core",
        "form": "present",
        "claims": [{"subject": "gull", "aspect": "sign", "feature": "hook", "holds": True}],
        "strength": "often",
        "hedge": "as a rule",
        "disputed": None,
        "dated": None,
        "cite": [spot("Gulls", "1")],
    }


def test_a_fact_of_absence(deck: Deck) -> None:
    """One claim that does not hold; every citation with the tier of its source."""
    found = data(deck, "hook.tern")
    assert (found["form"], found["strength"]) == ("absent", "every")
    assert found["claims"] == [{"subject": "tern", "aspect": "sign", "feature": "hook", "holds": False}]
    assert found["cite"] == [spot("Terns", "1"), spot("Terns", "row 2", "manual")]


COMMON = {"id", "text", "weight", "form", "claims", "strength", "hedge", "disputed", "dated", "cite"}
LISTED = [
    {"subject": "gull", "feature": "hook", "listed": True},
    {"subject": "tern", "feature": "hook", "listed": False},
    {"subject": "gull", "feature": "short-tail", "listed": True},
    {"subject": "tern", "feature": "short-tail", "listed": False},
    {"subject": "gull", "feature": "fork", "listed": False},
    {"subject": "tern", "feature": "fork", "listed": True},
    {"subject": "gull", "feature": "diving", "listed": False},
    {"subject": "tern", "feature": "diving", "listed": True},
]


@pytest.mark.parametrize(
    ("fact", "form", "more"),
    [
        ("no-dive", "closure", {}),
        (
            "tails",
            "apart",
            {"values": [{"subject": "gull", "feature": "short-tail"}, {"subject": "tern", "feature": "long-tail"}]},
        ),
        ("nests", "more-often", {"more_often": {"feature": "nesting", "in": "tern", "than": "gull"}}),
        ("plate", "side-by-side", {"listed": LISTED}),
        ("hook.gull.not-always", "not-always", {"not_always": {"subject": "gull", "feature": "hook"}}),
        (
            "heavy",
            "statement",
            {
                "number": {
                    "value": "1",
                    "unit": "kg",
                    "bound": "about",
                    "ask": "How heavy is a gull?",
                    "within": "0.1",
                },
                "relation": {"from": "gull", "to": "tern"},
                "mechanism": {"cause": "fish", "effect": "weight"},
            },
        ),
        ("plain", "statement", {}),
        ("weather", "how", {"how": {"ask": ["What does {cause} lead to?"], "of": ["rain", "wind", "fog"]}}),
    ],
)
def test_a_form_carries_what_it_alone_has_to_say(deck: Deck, fact: str, form: str, more: Plain) -> None:
    """The further keys are those of the table, and only those that the fact has."""
    found = data(deck, fact)
    assert found["form"] == form
    assert {key: value for key, value in found.items() if key not in COMMON} == more


@pytest.mark.parametrize(
    ("fact", "claims"),
    [
        ("no-dive", [("gull", "diving", False)]),
        ("tails", [("gull", "short-tail", True), ("tern", "long-tail", True)]),
        ("nests", []),
        ("plate", []),
        ("hook.gull.not-always", []),
        ("song.tern", []),
        ("heavy", []),
    ],
)
def test_a_form_claims_no_more_than_it_says(deck: Deck, fact: str, claims: list[tuple[str, str, bool]]) -> None:
    """Comparisons, denials, disputes and statements have no claims."""
    found = data(deck, fact)["claims"]
    assert [(claim["subject"], claim["feature"], claim["holds"]) for claim in found] == claims
    assert all(claim["aspect"] == "sign" for claim in found)


def test_a_disputed_fact_holds_its_readings(deck: Deck) -> None:
    """Both readings, each with its citations; the fact cites all of them."""
    found = data(deck, "song.tern")
    assert found["form"] == "disputed"
    assert found["disputed"] == [
        {"text": "They do.", "cite": [spot("Terns", "3")]},
        {"text": "They do not.", "cite": [spot("Terns", "3", "manual")]},
    ]
    assert found["cite"] == [spot("Terns", "3"), spot("Terns", "3", "manual")]


def test_a_dated_fact_says_what_is_held_today(deck: Deck) -> None:
    """Its claim is what the source said, and the present-day reading stands beside it."""
    found = data(deck, "swallow-kin.tern")
    assert found["form"] == "present"
    assert found["dated"] == {"text": "They are not.", "cite": [spot("Terns", "4", "manual")]}
    assert found["claims"] == [{"subject": "tern", "aspect": "sign", "feature": "swallow-kin", "holds": True}]


def test_all_facts_in_the_order_of_the_deck(deck: Deck) -> None:
    """Every fact once, and JSON gives back what went in."""
    found = facts_as_data(deck)
    assert found["deck"] == "sample"
    facts = found["facts"]
    assert isinstance(facts, list)
    assert [fact["id"] for fact in facts] == list(deck.facts)
    assert json.loads(json.dumps(found)) == found


def test_no_citations_are_an_empty_list(deck: Deck) -> None:
    """Never null."""
    assert cites_as_data(deck, []) == []


# questions


def asked(deck: Deck, questions: list[Question], id: str) -> Plain:
    return question_as_data(deck, next(each for each in questions if each.id == id))


def test_every_kind_is_asked_of_the_sample(questions: list[Question]) -> None:
    """The tests below see all kinds, and all relations of contrast."""
    assert {question.kind for question in questions} == set(KINDS)
    relations = {question.asks["relation"] for question in questions}
    assert relations == {
        *("separates", "likelier", "listed", "both", "place", "statement", "oftener", "cloze"),
        *("whose", "what", "explains", "leads", "figure"),
    }


@pytest.mark.parametrize(
    ("id", "asks"),
    [
        (
            "pair:gull~tern:hook/contrast",
            {"relation": "separates", "subject": "gull", "from": "tern", "aspect": "sign"},
        ),
        (
            "likelier:tern>gull:nesting/contrast",
            {"relation": "likelier", "subject": "tern", "than": "gull", "aspect": "sign"},
        ),
        (
            "listed:plate:gull:hook/contrast",
            {"relation": "listed", "subject": "gull", "from": "tern", "comparison": "plate", "aspect": "sign"},
        ),
        ("pair:gull~tern:flying/shared", {"relation": "both", "subjects": ["gull", "tern"], "aspect": "sign"}),
        ("pair:gull~tern:swimming/sort", {"relation": "place", "subjects": ["gull", "tern"], "feature": "swimming"}),
        ("claim:tern:hook/true-false", {"relation": "statement", "subject": "tern", "feature": "hook"}),
        (
            "likelier:tern>gull:nesting/true-false",
            {"relation": "oftener", "feature": "nesting", "in": "tern", "than": "gull"},
        ),
        ("recall:heavy/recall", {"relation": "cloze", "fact": "heavy"}),
        ("number:heavy/number", {"relation": "figure", "fact": "heavy"}),
        ("claim:red-egg:red/which-subject", {"relation": "whose", "group": "eggs", "feature": "red"}),
        ("claim:red-egg:red/which-feature", {"relation": "what", "subject": "red-egg", "aspect": "sign"}),
        ("how:weather:fog/how", {"relation": "leads", "set": "weather", "fact": "fog"}),
    ],
)
def test_each_kind_says_what_would_make_an_option_right(
    deck: Deck, questions: list[Question], id: str, asks: Plain
) -> None:
    """As the table of the documentation has it."""
    found = asked(deck, questions, id)
    assert found["asks"] == asks
    assert (found["card"], found["kind"]) == tuple(id.rsplit("/", 1))


def test_every_question_has_the_keys_that_are_documented(deck: Deck, questions: list[Question]) -> None:
    """Whatever its kind; every option too; and the facts that are named are in the deck."""
    for question in questions:
        found = question_as_data(deck, question)
        assert list(found) == [
            *("id", "card", "kind", "stem", "asks", "options", "accepts", "explanation", "facts", "cite")
        ]
        options: Any = found["options"]
        for option in options:
            assert list(option) == ["text", "key", "claims", "reason", "cite"]
            assert list(option["reason"]) == ["rule", "facts", "text"]
            assert set(option["reason"]["facts"]) <= set(deck.facts)
        assert sum(option["key"] for option in options) == (1 if options else 0)


def test_an_option_of_contrast_proves_itself(deck: Deck, questions: list[Question]) -> None:
    """The key claims presence in the one and absence in the other, by a rule and the facts that show it."""
    found = asked(deck, questions, "pair:gull~tern:hook/contrast")
    key = next(option for option in found["options"] if option["key"])
    assert key == {
        "text": "a hooked bill",
        "key": True,
        "claims": [
            {"subject": "gull", "feature": "hook", "holds": True},
            {"subject": "tern", "feature": "hook", "holds": False},
        ],
        "reason": {"rule": "stated", "facts": ["hook.gull", "hook.tern"], "text": "Gulls have it. Terns have not."},
        "cite": [spot("Gulls", "1"), spot("Terns", "1"), spot("Terns", "row 2", "manual")],
    }
    assert found["facts"] == key["reason"]["facts"]
    assert found["cite"] == key["cite"]
    assert found["explanation"] == key["reason"]["text"]


def test_a_case_names_its_findings_and_candidates(deck: Deck, questions: list[Question]) -> None:
    """Every option claims all findings of its own subject, and the options stand in the order of the candidates."""
    found: Any = asked(deck, questions, "claim:red-egg:red/case")
    assert found["asks"]["relation"] == "explains"
    assert found["asks"]["findings"] == ["red"]
    assert sorted(found["asks"]["subjects"]) == ["blue-egg", "red-egg", "white-egg"]
    for subject, option in zip(found["asks"]["subjects"], found["options"], strict=True):
        assert option["claims"] == [{"subject": subject, "feature": "red", "holds": True}]


def test_a_way_links_a_cause_to_an_effect(deck: Deck, questions: list[Question]) -> None:
    """Every option claims that the cause asked about has the effect that one member of the set tells."""
    found: Any = asked(deck, questions, "how:weather:fog/how")
    claims = {option["text"]: option["claims"] for option in found["options"]}
    assert claims == {
        "a call": [{"cause": "fog", "effect": "fog"}],
        "a rest": [{"cause": "fog", "effect": "rain"}],
        "a rise": [{"cause": "fog", "effect": "wind"}],
    }


def test_a_listing_is_no_claim(deck: Deck, questions: list[Question]) -> None:
    """Options of a comparison say `listed` where others say `holds`."""
    found = asked(deck, questions, "listed:plate:gull:hook/contrast")
    key = next(option for option in found["options"] if option["key"])
    assert key["claims"] == [
        {"subject": "gull", "feature": "hook", "listed": True},
        {"subject": "tern", "feature": "hook", "listed": False},
    ]
    assert {option["reason"]["rule"] for option in found["options"]} == {"not-listed"}


def test_a_typed_question_says_what_it_accepts(deck: Deck, questions: list[Question]) -> None:
    """No options, and the replies that are right."""
    found = asked(deck, questions, "recall:heavy/recall")
    assert found["options"] == []
    assert found["accepts"] == ["1 kg"]


def test_a_bank_is_json(deck: Deck, questions: list[Question]) -> None:
    """Deck, seed and all questions; JSON gives back what went in."""
    found = bank_as_data(deck, 3, questions)
    assert (found["deck"], found["seed"]) == ("sample", 3)
    listed = found["questions"]
    assert isinstance(listed, list)
    assert [each["id"] for each in listed] == [question.id for question in questions]
    assert json.loads(json.dumps(found)) == found
