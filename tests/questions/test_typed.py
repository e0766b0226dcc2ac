"""Typed replies: right, nearly right, known wrong, or merely not what the deck cites."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quiz.deck import Bound, Citation, Deck, Fact, Figure, Place, Subject, Tells
from quiz.questions import KINDS, Draw, Material, Question, cards
from quiz.questions.names import normal
from quiz.questions.number import spellings
from quiz.questions.spelling import folded, opposed
from quiz.questions.typed import Worth, difference, judge
from quiz.reasoning import Knowledge

NERVES = """
subjects:
  fm: {group: birds, name: fibromyalgia, short: fibromyalgia, also: [FM]}
  scle: {group: birds, name: systemic sclerosis, short: scleroderma}
features:
  arteries: {aspect: sign, noun: arteritis}
  skin: {aspect: sign, noun: a skin biopsy}
terms:
  - [demyelination, loss of myelin]
  - [remyelination, renewal of myelin]
  - [electromyography, EMG]
  - [non-steroidal anti-inflammatory drugs, NSAIDs]
facts:
  bare: {says: Small fibres are bare., cite: book Nerves ¶1, cloze: "Small fibres are {unmyelinated}.", accepts: [without myelin]}
  loss: {says: A sheath is lost., cite: book Nerves ¶2, cloze: "To lose the sheath is called {demyelination}."}
  joints: {says: Joints hurt., cite: book Nerves ¶3, cloze: "Inflamed joints are called {arthritis}."}
  pressure: {says: Blood flows., cite: book Nerves ¶4, cloze: "Too low a pressure is called {hypotension}."}
  swelling: {says: Water gathers., cite: book Nerves ¶5, cloze: "Water in the tissue is called {oedema}.", accepts: [an oedema of the tissue]}
  lump: {says: Cells grow., cite: book Nerves ¶6, cloze: "A lump that grows is called a {tumour}."}
  fibre: {says: Nerves branch., cite: book Nerves ¶7, cloze: "A nerve is made up of {fibres}.", accepts: [generalised fibres]}
  muscle: {says: Muscles are tested., cite: book Nerves ¶8, cloze: "Muscles are tested by {electromyography}."}
  drugs: {says: Drugs help., cite: book Nerves ¶9, cloze: "Pain is eased by {NSAIDs}."}
  probe: {says: Skin is looked at., cite: book Nerves ¶10, cloze: "Small fibres are counted in {a biopsy of the skin}."}
  kidney: {says: Kidneys suffer., cite: book Nerves ¶11, cloze: "An inflamed kidney is called {nephritis}."}
  light: {says: Light hurts., cite: book Nerves ¶12, cloze: "To suffer from light is called {photosensitivity}."}
  course: {says: It progresses or subsides., cite: book Nerves ¶13, cloze: "That it grows worse is called {progression}."}
  weight: {says: The limbs feel lower., cite: book Nerves ¶14, cloze: "The limbs feel {heavy}."}
  glow: {says: Progressing is bad., cite: book Nerves ¶15, cloze: "Bad is {systemic}."}
  years: {says: It lasts., cite: book Nerves ¶16, cloze: "It lasts {seven} years.", accepts: ["7"]}
  share: {says: Some fall ill., cite: book Nerves ¶17, cloze: "Up to {30 %} fall ill.", number: {value: 30, unit: "%", bound: up to}}
"""


@pytest.fixture
def nerves(deck_of: Callable[[str], Deck]) -> Material:
    return Material(Knowledge(deck_of(NERVES)))


def asked(material: Material, card: str) -> Question:
    found = next(each for each in cards(material) if each.id == card)
    return KINDS[found.kinds[0]](found, material, Draw(0, found.id))


def worth(material: Material, fact: str, reply: str) -> str:
    return judge(asked(material, f"recall:{fact}"), material.deck, reply).worth


@pytest.mark.parametrize(
    ("typed", "same_as"),
    [
        ("The Butterfly-Rash.", "butterfly rash"),
        ("30%", "30 percent"),
        ("30 per cent", "30 %"),
        ("a 1.5 mm gap", "1.5 mm gap"),
        ("Raynaud’s", "raynaud's"),
        ("A", "a"),
        ("300g", "300 g"),
    ],
)
def test_replies_are_compared_without_case_articles_or_punctuation(typed: str, same_as: str) -> None:
    """What a reader would call the same reply is the same."""
    assert normal(typed) == normal(same_as)


@pytest.mark.parametrize(("one", "other"), [("1.5", "15"), ("myelinated", "unmyelinated"), ("ANA", "A")])
def test_different_replies_stay_different(one: str, other: str) -> None:
    """Nothing that changes the meaning is normalised away, nor is it for the spelling."""
    assert normal(one) != normal(other)
    assert folded(one) != folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("fibre", "fiber"),
        ("tumours", "tumor"),
        ("generalised", "generalized"),
        ("anaemia", "anemia"),
        ("diarrhoea", "diarrhea"),
        ("paralyse", "paralyze"),
        ("crises", "crisis"),
        ("biopsies", "biopsy"),
        ("antibodies", "antibody"),
        ("diseases", "disease"),
        ("rashes", "rash"),
        ("headaches", "headache"),
        ("Sjögren's syndrome", "sjogren syndrome"),
        ("sun light", "sunlight"),
        ("a biopsy of the skin", "skin biopsy"),
        ("non-myelinated", "nonmyelinated"),
    ],
)
def test_two_spellings_of_one_name_fold_to_one(one: str, other: str) -> None:
    """British and American, singular and plural, with and without accents, hyphens, spaces and "of"."""
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("fact", "reply", "expected"),
    [
        ("bare", "Unmyelinated", Worth.RIGHT),
        ("bare", "un-myelinated", Worth.RIGHT),
        ("bare", "unmyelinatd", Worth.NEAR),
        ("bare", "myelinated", Worth.WRONG),
        ("bare", "demyelinated", Worth.WRONG),
        ("loss", "loss of myelin", Worth.RIGHT),
        ("loss", "demyelinaton", Worth.NEAR),
        ("loss", "remyelination", Worth.WRONG),
        ("loss", "remyelinaton", Worth.WRONG),
        ("joints", "arthritis.", Worth.RIGHT),
        ("joints", "arteritis", Worth.WRONG),
        ("joints", "arteritus", Worth.WRONG),
        ("joints", "arthritus", Worth.NEAR),
        ("joints", "artritis", Worth.UNCITED),  # as near to another term
        ("joints", "arthrosis", Worth.WRONG),
        ("pressure", "hypertension", Worth.WRONG),
        ("pressure", "hypotention", Worth.NEAR),
        ("swelling", "edema", Worth.RIGHT),
        ("lump", "tumors", Worth.RIGHT),
        ("lump", "tumuor", Worth.NEAR),
        ("lump", "rumour", Worth.UNCITED),  # no slip at the first letter of a short word
        ("fibre", "fiber", Worth.RIGHT),
        ("fibre", "generalized fibers", Worth.RIGHT),
        ("muscle", "emg", Worth.RIGHT),
        ("muscle", "EMGs", Worth.RIGHT),
        ("muscle", "EMC", Worth.UNCITED),  # no slip in an abbreviation
        ("drugs", "nonsteroidal antiinflammatory drug", Worth.RIGHT),
        ("drugs", "nonsteroidal antiinflamatory drugs", Worth.NEAR),
        ("drugs", "NSAISs", Worth.UNCITED),
        ("probe", "skin biopsy", Worth.RIGHT),
        ("probe", "biopsy of skn", Worth.UNCITED),  # no slip in a short word
        ("probe", "biospy of the skin", Worth.NEAR),
        ("kidney", "neuritis", Worth.WRONG),
        ("course", "regression", Worth.WRONG),
        ("course", "progressing", Worth.UNCITED),  # a word of the deck, so no slip
        ("course", "progresion", Worth.NEAR),
        ("course", "fibromyalgia", Worth.WRONG),
        ("course", "fibromialgia", Worth.WRONG),  # a slip away from the name of another thing
        ("course", "FM", Worth.WRONG),
        ("course", "tumour", Worth.UNCITED),  # an answer to another sentence is no falsity here
        ("course", "no idea", Worth.UNCITED),
        ("course", "  ", Worth.WRONG),
    ],
)
def test_what_words_are_worth(nerves: Material, fact: str, reply: str, expected: Worth) -> None:
    """Spelling never matters where it says the same, and always where it says something else."""
    assert worth(nerves, fact, reply) == expected


@pytest.mark.parametrize(
    ("fact", "reply", "expected"),
    [
        ("years", "Seven", Worth.RIGHT),
        ("years", "7 years", Worth.RIGHT),
        ("years", "about seven yrs", Worth.RIGHT),
        ("years", "eight", Worth.WRONG),
        ("years", "8 years", Worth.WRONG),
        ("years", "7 months", Worth.UNCITED),
        ("years", "eight months", Worth.UNCITED),
        ("years", "5 to 10", Worth.UNCITED),
        ("years", "seven or so, it depends", Worth.UNCITED),
        ("share", "up to 30 per cent", Worth.RIGHT),
        ("share", "at least 30 %", Worth.UNCITED),
        ("share", "31 %", Worth.WRONG),
        ("share", "a third", Worth.UNCITED),
    ],
)
def test_figures_in_gaps(nerves: Material, fact: str, reply: str, expected: Worth) -> None:
    """A figure is right as a figure or as a word, with the unit that follows the gap or without."""
    assert worth(nerves, fact, reply) == expected


@pytest.mark.parametrize(
    ("fact", "reply", "expected"),
    [
        ("weight-of-a-tern", "about 120 g", Worth.RIGHT),
        ("weight-of-a-tern", "200 g", Worth.WRONG),
        ("weight-of-a-tern", "4 ounces", Worth.UNCITED),
        ("weight-of-a-tern", "quite light", Worth.UNCITED),
        ("eyes", "uv", Worth.RIGHT),
        ("eyes", " the Ultraviolet  light. ", Worth.RIGHT),
        ("eyes", "webbed feet", Worth.WRONG),
        ("eyes", "", Worth.WRONG),
        ("eyes", "short waves", Worth.UNCITED),
    ],
)
def test_known_wrong_or_merely_not_cited(gulls: Material, fact: str, reply: str, expected: Worth) -> None:
    """Another figure and another thing's name are known wrong; another unit or other words are not."""
    assert worth(gulls, fact, reply) == expected


PLACE = Place("deck.yaml", 1)


def number(value: str, unit: str, bound: Bound = Bound.EXACTLY, within: str = "0") -> tuple[Question, Deck]:
    """A question of kind number, and a deck with its fact alone."""
    figure = Figure(value, unit, bound, "How many?", within)
    fact = Fact("f", "So many.", Tells(figure=figure), (Citation("s", "", "1"),), PLACE)
    asks = {"relation": "figure", "fact": "f"}
    question = Question("q", "c", "number", 0, "How many?", asks, "", ("f",), (), accepts=spellings(figure))
    return question, Deck("d", "1", "D", "MIT", "", ".", facts={"f": fact})


SHARE = number("30", "%", Bound.UP_TO, "5")
RANGE = number("20–40", "%", Bound.ABOUT)
TIMES = number("2", "times")


@pytest.mark.parametrize(
    ("question", "replies", "expected"),
    [
        (SHARE, "30|30 %|30%|30 percent|up to 30 per cent|about 30 %|thirty|Thirty percent.|30,0|35|25.0 %|~ 30", Worth.RIGHT),
        (SHARE, "36|20 %|sixty|three|0|three hundred|40-50 %", Worth.WRONG),
        (SHARE, "30 years|60 years|a third|at least 30 %|more than 30 %|20-40|many|30 % of women", Worth.UNCITED),
        (RANGE, "20 to 40|20-40 %|20–40|between 20 and 40 percent|twenty to forty|from 20% to 40%", Worth.RIGHT),
        (RANGE, "10|50-60|45 %", Worth.WRONG),
        (RANGE, "30|20 to 30|20-40 years", Worth.UNCITED),
        (TIMES, "2|two|twice|two times|two-fold|twofold|2x|2 ×|two times.", Worth.RIGHT),
        (TIMES, "3|thrice|once|three times|twenty-two", Worth.WRONG),
        (number("1.5", "mm"), "1.5|1,5|1.5 mm|1,5mm", Worth.RIGHT),
        (number("1.5", "mm"), "15|5,1", Worth.WRONG),
        (number("10,000", "people"), "10000|10 000|10,000 people", Worth.RIGHT),
        (number("21", "nerve areas"), "21 areas|twenty-one|twenty one nerve areas", Worth.RIGHT),
        (number("3", "months", Bound.AT_LEAST), "at least three months|3 mo|3 month|three", Worth.RIGHT),
        (number("3", "months", Bound.AT_LEAST), "at most 3 months|3 weeks", Worth.UNCITED),
    ],
)  # fmt: skip
def test_what_figures_are_worth(question: tuple[Question, Deck], replies: str, expected: Worth) -> None:
    """However it is written; another unit is not known to be wrong, another figure is."""
    asked, deck = question
    found = {reply: judge(asked, deck, reply).worth for reply in replies.split("|")}
    assert found == dict.fromkeys(found, expected)


# for every reply


LONG_NAMES = ("fibromyalgia", "photosensitivity", "oligodendrocytes", "butterfly", "electromyography", "temperature")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def subject(name: str) -> Subject:
    return Subject(id=name, group="g", name=name, short=name, place=PLACE)


def one_of_many(accepted: str) -> tuple[Question, Deck]:
    """A question that accepts one name, in a deck with a subject for every long name."""
    question = Question("q", "c", "recall", 0, "_____", {"relation": "cloze"}, "", (), (), accepts=(accepted,))
    return question, Deck("d", "1", "D", "MIT", "", ".", subjects={name: subject(name) for name in LONG_NAMES})


@given(st.sampled_from(LONG_NAMES), st.sampled_from(LONG_NAMES), st.data())
def test_case_spacing_and_articles_never_matter(first: str, second: str, data: st.DataObject) -> None:
    """An accepted reply stays right."""
    name = f"{first} of {second}"
    cased = "".join(data.draw(st.sampled_from([char, char.upper()])) for char in name)
    spaces = data.draw(st.lists(st.sampled_from([" ", "  ", " the ", " a "]), min_size=4, max_size=4))
    words = cased.split(" ")
    reply = spaces[0] + words[0] + spaces[1] + words[1] + spaces[2] + words[2] + spaces[3].replace("a", "")
    question, deck = one_of_many(name)
    assert judge(question, deck, reply.replace(" the  ", " ").removesuffix(" the ")).worth is Worth.RIGHT


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """A long name and the same with one letter left out, put in, changed, or swapped with its neighbour."""
    name = draw(st.sampled_from(LONG_NAMES))
    at, letter = draw(st.integers(0, len(name) - 1)), draw(st.sampled_from(LETTERS))
    before, after = name[:at], name[at:]
    swapped = before + after[1:2] + after[:1] + after[2:]
    return name, draw(
        st.sampled_from([before + after[1:], before + letter + after, before + letter + after[1:], swapped])
    )


@given(slips())
def test_a_slip_in_a_long_word_is_near(slip: tuple[str, str]) -> None:
    """One letter off is counted right, and what is off is known; only a plural is no slip at all."""
    name, reply = slip
    assume(not opposed(reply, name))
    question, deck = one_of_many(name)
    found = judge(question, deck, reply)
    if folded(reply) == folded(name):
        assert found.worth is Worth.RIGHT
    else:
        assert (found.worth, found.near_to) == (Worth.NEAR, name)


@given(st.text(LETTERS, min_size=5, max_size=12), st.data())
def test_the_name_of_another_thing_is_never_right(name: str, data: st.DataObject) -> None:
    """Not even where it is a single letter off."""
    at = data.draw(st.integers(0, len(name) - 1))
    other = name[:at] + data.draw(st.sampled_from(LETTERS)) + name[at + 1 :]
    assume(folded(other) != folded(name))
    question = one_of_many(name)[0]
    deck = Deck("d", "1", "D", "MIT", "", ".", subjects={"a": subject(name), "b": subject(other)})
    assert judge(question, deck, other).worth not in (Worth.RIGHT, Worth.NEAR)


@given(st.text(max_size=60))
def test_every_text_has_its_worth(reply: str) -> None:
    """No reply makes the judge stumble, whether words or a figure are asked for."""
    for question, deck in (one_of_many("butterfly"), SHARE, RANGE):
        assert judge(question, deck, reply).worth in Worth


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_difference_gives_both_texts(one: str, other: str) -> None:
    """The pieces put together are the reply and the name, but for case and spaces; they take turns."""
    pieces = difference(one, other)
    assert folded("".join(piece.given for piece in pieces)) == folded(one)
    assert folded("".join(piece.wanted for piece in pieces)) == folded(other)
    equal = [piece.given == piece.wanted for piece in pieces]
    assert all(a is not b for a, b in zip(equal, equal[1:], strict=False))


def test_no_typed_reply_no_library() -> None:
    """Spelling is looked into at the first typed reply, so that the first question comes soon."""
    code = "import quiz.session, quiz.terminal.text, sys; print(sorted({'rapidfuzz', 'quiz.questions.typed'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
