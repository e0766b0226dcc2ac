"""A small deck made by hand, and a bank of it in which every question is right: one of each kind and relation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from quiz.deck import Deck, Tells
from quiz.loader import load

Json = dict[str, Any]

TEXT = """
deck: {id: sample, version: 1.0.0, title: Sample, licence: MIT, notice: For study.}
sources:
  guide: {tier: given, title: The Guide, publisher: House, date: 2009-02-12}
  manual: {tier: reference, title: The Manual, publisher: Institute, date: "2020", address: "https://example.org/m", read: whole text}
groups:
  conditions: {noun: condition, plural: conditions}
  forms: {noun: form, plural: forms}
subjects:
  sle: {group: conditions, name: systemic lupus erythematosus, short: lupus, also: [SLE]}
  ms: {group: conditions, name: multiple sclerosis, short: MS}
  ssc: {group: conditions, name: systemic sclerosis, short: systemic sclerosis}
  lcssc: {group: forms, name: limited cutaneous systemic sclerosis, short: the limited form, kind_of: ssc}
  dcssc: {group: forms, name: diffuse cutaneous systemic sclerosis, short: the diffuse form, kind_of: ssc}
  lupus-nerve-pain: {group: forms, name: lupus nerve pain, short: lupus nerve pain, manifestation_of: sle}
aspects:
  finding: {noun: finding, plural: findings, statement: "{Feature} can be part of {subject}."}
  outlook: {noun: outlook, plural: outlooks, statement: "{Feature} {is|are} what to expect of {subject}."}
features:
  skin-involvement: {aspect: finding, noun: involvement of the skin, umbrella: yes}
  butterfly-rash:
    aspect: finding
    noun: a butterfly-shaped rash
    also: [malar rash]
    near: rashes
    broader: [skin-involvement]
    present:
      sle: {says: Lupus often shows as a butterfly-shaped rash., cite: guide Lupus ¶1, strength: often, weight: core, cloze: "The sign most easily recognised in lupus is the {butterfly rash}.", accepts: [malar rash]}
  disc-rash: {aspect: finding, noun: a disc-shaped rash, near: rashes}
  fatigue:
    aspect: finding
    noun: fatigue
    patient: she is tired all day
    present:
      sle: {says: Lupus can cause fatigue., cite: guide Lupus ¶2}
      ms: {says: MS can cause fatigue., cite: guide MS ¶2}
      lcssc: {says: The limited form can cause fatigue., cite: guide Forms ¶1}
      dcssc: {says: The diffuse form can cause fatigue., cite: guide Forms ¶2}
  tremor:
    aspect: finding
    noun: tremor
    present: {ms: {says: MS can cause tremor., cite: guide MS ¶3}}
    absent: {sle: {says: Lupus does not cause tremor., cite: manual Lupus ¶3}}
  double-vision:
    aspect: finding
    noun: double vision
    present: {ms: {says: MS can cause double vision., cite: guide MS ¶4}}
  swollen-joints: {aspect: finding, noun: swollen joints, plural: yes}
  joint-damage:
    aspect: finding
    noun: damage to the joints
    absent: {ssc: {says: Systemic sclerosis does not damage the joints., cite: manual Sclerosis ¶1}}
  erosions: {aspect: finding, noun: erosions of bone at the joints, plural: yes, broader: [joint-damage]}
  thick-skin:
    aspect: finding
    noun: thick skin
    broader: [skin-involvement]
    present: {ssc: {says: Every case of systemic sclerosis has thick skin., cite: guide Sclerosis ¶2, strength: every}}
  renal-crisis: {aspect: finding, noun: renal crisis}
  calcinosis: {aspect: finding, noun: lumps of calcium under the skin, plural: yes}
  nail-changes:
    aspect: finding
    noun: changes of the nails
    plural: yes
    present: {lcssc: {says: The limited form changes the nails., cite: guide Forms ¶3}}
    absent: {dcssc: {says: The diffuse form spares the nails., cite: guide Forms ¶4}}
  stiff-hands:
    aspect: finding
    noun: stiff hands
    plural: yes
    present: {dcssc: {says: The diffuse form stiffens the hands., cite: guide Forms ¶5}}
    absent: {lcssc: {says: The limited form does not stiffen the hands., cite: guide Forms ¶6}}
  gait-trouble:
    aspect: finding
    noun: trouble with walking
    umbrella: yes
    absent: {ssc: {says: Systemic sclerosis does not trouble the gait., cite: manual Sclerosis ¶2}}
  slow-gait:
    aspect: finding
    noun: a slow gait
    patient: her gait has become slow
    broader: [gait-trouble]
    present: {ms: {says: MS can slow the gait., cite: guide MS ¶6}}
    absent: {sle: {says: Lupus does not slow the gait., cite: manual Lupus ¶6}}
  heartburn: {aspect: finding, noun: heartburn}
  cold-fingers: {aspect: finding, noun: fingers that turn white, plural: yes}
  loss-of-balance: {aspect: finding, noun: loss of balance}
  survival-90: {aspect: outlook, noun: ten-year survival of about 90 %, present: {lcssc: {says: About 90 % of those with the limited form live ten years., cite: guide Outlook ¶1, strength: every}}}
  survival-75: {aspect: outlook, noun: ten-year survival of about 75 %, present: {dcssc: {says: About 75 % of those with the diffuse form live ten years., cite: guide Outlook ¶2, strength: every}}}
closures:
  ms-central-only: {subject: ms, says: MS damages only the brain and the spinal cord., cite: manual MS ¶5, excludes: [butterfly-rash, swollen-joints]}
apart:
  ten-year-survival: {says: Ten-year survival is about 90 % in the limited form and about 75 % in the diffuse form., cite: [guide Outlook ¶3, manual Outlook ¶1], values: {lcssc: survival-90, dcssc: survival-75}}
more-often:
  renal-crisis-diffuse: {feature: renal-crisis, in: dcssc, than: lcssc, says: Renal crisis is met more often in the diffuse form., cite: guide Forms ¶7}
  calcinosis-limited: {feature: calcinosis, in: lcssc, than: dcssc, says: Lumps of calcium are met more often in the limited form., cite: guide Forms ¶8}
side-by-side:
  symptom-table: {title: the table of symptoms in the Guide, says: The table sets MS beside systemic sclerosis., cite: guide Table ¶1, only: {ms: [loss-of-balance, double-vision], ssc: [heartburn, cold-fingers]}}
facts:
  sle-then-fm: {says: Up to 30 % of people with lupus develop fibromyalgia., about: [sle], cite: guide Lupus ¶4, cloze: "Up to {30 %} of people with lupus develop fibromyalgia.", accepts: [30 percent], number: {value: 30, unit: "%", bound: up to}}
  share-of-women: {says: About 90 % of people with lupus are women., about: [sle], cite: guide Lupus ¶6, number: {value: 90, unit: "%", bound: about, ask: What share of people with lupus are women?, within: 5}}
  by-vessels: {says: Inflamed vessels starve the nerves., cite: guide Ways ¶1, mechanism: {cause: inflamed vessels, effect: the nerves get too little blood}}
  by-swelling: {says: Swelling in the wrist presses on the nerve., cite: guide Ways ¶2, mechanism: {cause: swelling in the wrist, effect: the nerve is pressed upon}}
  by-antibodies: {says: Antibodies strip the nerves of their sheath., cite: guide Ways ¶3, mechanism: {cause: antibodies, effect: the nerves lose their sheath}}
  immune: {says: Lupus is a disease of the immune system., about: [sle], cite: guide Lupus ¶5, weight: background}
how:
  nerve-ways: {says: Each of these harms nerves in a way of its own., cite: guide Ways ¶4, ask: ["How can {cause} harm nerves?"], of: [by-vessels, by-swelling, by-antibodies]}
terms:
  - [malar rash, butterfly rash, rash of the cheeks]
"""  # noqa: E501  (one entry a line is easier to compare with the bank)


def sample_deck(folder: Path) -> Deck:
    """The deck, read from files put into the folder, which must not exist yet."""
    folder.mkdir()
    (folder / "deck.yaml").write_text(TEXT, encoding="utf-8")
    deck, problems = load(folder)
    assert deck is not None, "\n".join(map(str, problems))
    return deck


def cited(deck: Deck, facts: list[str]) -> list[Json]:
    """The citations of these facts, as a bank has them."""
    return [
        {"source": c.source, "tier": deck.sources[c.source].tier.value, "section": c.section, "paragraph": c.paragraph}
        for fact in facts
        for c in deck.facts[fact].cites
    ]


class Writer:
    """Writes questions of a deck down, so that only what differs between them need be said."""

    def __init__(self, deck: Deck) -> None:
        self.deck = deck

    def option(self, text: str, claims: list[Json], rule: str, facts: str, key: bool = False) -> Json:
        named = facts.split()
        reason = {"rule": rule, "facts": named, "text": "Because the source says so."}
        return {"text": text, "key": key, "claims": claims, "reason": reason, "cite": cited(self.deck, named)}

    def question(self, card: str, stem: str, asks: Json, options: list[Json], **more: Any) -> Json:
        kind = KINDS[asks["relation"]]
        facts = next((option["reason"]["facts"] for option in options if option["key"]), []) or [asks["fact"]]
        return {
            "id": f"{card}/{kind}", "card": card, "kind": kind, "stem": stem, "asks": asks, "options": options,
            "accepts": [], "explanation": "The sources say so.", "facts": [*facts], "cite": cited(self.deck, facts),
        } | more  # fmt: skip

    def noun(self, feature: str) -> str:
        return self.deck.features[feature].noun

    def pick(self, asks: Json, subjects: list[str], *chosen: tuple[str, str, str]) -> Json:
        """A contrast or shared question; of the (feature, rule, facts) chosen, the first is the key."""
        relation = asks["relation"]
        holds = {"separates": (True, False), "both": (True, True), "likelier": (True,), "listed": (True,)}[relation]
        verb = "listed" if relation == "listed" else "holds"
        options = [
            self.option(
                self.noun(feature),
                [{"subject": s, "feature": feature, verb: yes} for s, yes in zip(subjects, holds, strict=False)],
                rule, facts, key=(feature, rule, facts) == chosen[0],
            )
            for feature, rule, facts in chosen
        ]  # fmt: skip
        card = f"{chosen[0][0]}.{'.'.join(subjects)}.{relation}"
        stem = "By the table of symptoms in the Guide, which finding is listed?" if relation == "listed" else "Which?"
        return self.question(card, stem, asks | {"aspect": "finding"}, options)

    def sort(self, a: str, b: str, feature: str, *reasons: tuple[str, str], key: int) -> Json:
        """A sort question; the reasons (rule, facts) are those of a only, both, b only."""
        shorts = [self.deck.subjects[a].short, self.deck.subjects[b].short]
        texts = [f"{shorts[0]} only", "both", f"{shorts[1]} only"]
        options = [
            self.option(
                text,
                [{"subject": s, "feature": feature, "holds": yes} for s, yes in ((a, at < 2), (b, at > 0))],
                *reason, key=at == key,
            )
            for at, (text, reason) in enumerate(zip(texts, reasons, strict=True))
        ]  # fmt: skip
        asks = {"relation": "place", "subjects": [a, b], "feature": feature}
        return self.question(f"{feature}.{a}.{b}.place", "Where does it belong?", asks, options)

    def statement(self, subject: str, feature: str, holds: bool, rule: str, facts: str) -> Json:
        options = [
            self.option(
                str(yes), [{"subject": subject, "feature": feature, "holds": yes}], rule, facts, key=yes == holds
            )
            for yes in (True, False)
        ]
        asks = {"relation": "statement", "subject": subject, "feature": feature}
        return self.question(f"{feature}.{subject}", "True or false?", asks, options)

    def oftener(self, feature: str, more: str, less: str, holds: bool, facts: str) -> Json:
        compared = {"feature": feature, "in": more, "than": less}
        options = [
            self.option(str(yes), [compared | {"holds": yes}], "more-often", facts, key=yes == holds)
            for yes in (True, False)
        ]
        card = f"{feature}.{more}.{less}.oftener"
        return self.question(card, "True or false?", {"relation": "oftener"} | compared, options)

    def had(self, asks: Json, stem: str, *chosen: tuple[str, str, str, str]) -> Json:
        """A question whose options say what a subject has; of (subject, features, rule, facts) the first is the key."""
        options = [
            self.option(
                self.noun(features) if asks["relation"] == "what" else self.deck.subjects[subject].short,
                [{"subject": subject, "feature": feature, "holds": True} for feature in features.split()],
                rule, facts, key=(subject, features, rule, facts) == chosen[0],
            )
            for subject, features, rule, facts in chosen
        ]  # fmt: skip
        if asks["relation"] == "explains":
            asks = asks | {"subjects": [subject for subject, *_ in chosen], "findings": chosen[0][1].split()}
        card = f"{'.'.join(chosen[0][1].split())}.{chosen[0][0]}.{asks['relation']}.{len(chosen)}"
        return self.question(card, stem, asks, options)

    def how(self, ways: str, asked: str, *others: str) -> Json:
        forms = {id: fact.form for id, fact in self.deck.facts.items()}
        told = {id: form.mechanism for id, form in forms.items() if isinstance(form, Tells) and form.mechanism}
        options = [
            self.option(
                told[one][1], [{"cause": asked, "effect": one}],
                "stated" if one == asked else "apart", one if one == asked else f"{ways} {one}", key=one == asked,
            )
            for one in (asked, *others)
        ]  # fmt: skip
        asks = {"relation": "leads", "set": ways, "fact": asked}
        return self.question(f"{ways}.{asked}", f"How can {told[asked][0]} harm nerves?", asks, options)


KINDS = {
    "separates": "contrast", "likelier": "contrast", "listed": "contrast", "both": "shared", "place": "sort",
    "statement": "true-false", "oftener": "true-false", "cloze": "recall", "whose": "which-subject",
    "what": "which-feature", "explains": "case", "leads": "how", "figure": "number",
}  # fmt: skip


def sample_bank(deck: Deck) -> Json:
    """A bank of the deck in which every key is right and every distractor wrong, and all is cited."""
    write = Writer(deck)
    return {"deck": "sample", "seed": 1, "questions": [*_contrasts(write), *_others(write), *_of_one(write)]}


def _contrasts(write: Writer) -> list[Json]:
    likelier = {"relation": "likelier", "subject": "dcssc", "than": "lcssc"}
    likelier_wrong = (
        ("calcinosis", "more-often", "calcinosis-limited"),
        ("fatigue", "true-of-both", "fatigue.dcssc fatigue.lcssc"),
        ("nail-changes", "stated", "nail-changes.dcssc nail-changes.lcssc"),
    )
    return [
        write.pick(
            {"relation": "separates", "subject": "sle", "from": "ms"}, ["sle", "ms"],
            ("butterfly-rash", "closed", "butterfly-rash.sle ms-central-only"),
            ("fatigue", "true-of-both", "fatigue.sle fatigue.ms"),
            ("tremor", "stated", "tremor.sle"),
            ("double-vision", "stated", "double-vision.ms"),
        ),
        write.pick(
            likelier, ["dcssc", "lcssc"], ("renal-crisis", "more-often", "renal-crisis-diffuse"), *likelier_wrong
        ),
        write.pick(
            likelier, ["dcssc", "lcssc"],
            ("stiff-hands", "stated", "stiff-hands.dcssc stiff-hands.lcssc"), *likelier_wrong,
        ),
        write.pick(
            {"relation": "listed", "subject": "ms", "from": "ssc", "comparison": "symptom-table"}, ["ms", "ssc"],
            ("loss-of-balance", "not-listed", "symptom-table"),
            ("heartburn", "not-listed", "symptom-table"),
            ("cold-fingers", "not-listed", "symptom-table"),
        ),
    ]  # fmt: skip


def _others(write: Writer) -> list[Json]:
    rash = ("stated", "butterfly-rash.sle"), ("closed", "ms-central-only"), ("closed", "ms-central-only")
    tremor = ("stated", "tremor.ms"), ("stated", "tremor.sle"), ("stated", "tremor.ms tremor.sle")
    return [
        write.pick(
            {"relation": "both", "subjects": ["sle", "ms"]}, ["sle", "ms"],
            ("fatigue", "true-of-both", "fatigue.sle fatigue.ms"),
            ("butterfly-rash", "closed", "ms-central-only"),
            ("tremor", "stated", "tremor.sle"),
        ),
        write.sort(
            "sle", "ms", "butterfly-rash", ("closed", "butterfly-rash.sle ms-central-only"), *rash[1:], key=0,
        ),
        write.sort(
            "sle", "ms", "fatigue", ("stated", "fatigue.ms"), ("true-of-both", "fatigue.sle fatigue.ms"),
            ("stated", "fatigue.sle"), key=1,
        ),
        write.sort("sle", "ms", "tremor", *tremor, key=2),
        write.statement("sle", "butterfly-rash", True, "stated", "butterfly-rash.sle"),
        write.statement("ms", "swollen-joints", False, "closed", "ms-central-only"),
        write.statement("lcssc", "survival-75", False, "apart", "ten-year-survival"),
        write.statement("dcssc", "thick-skin", True, "inherited", "thick-skin.ssc"),
        write.statement("dcssc", "erosions", False, "inherited", "joint-damage.ssc"),
        write.statement("ssc", "stiff-hands", True, "inherited", "stiff-hands.dcssc"),
        write.question(
            "butterfly-rash.sle", "The sign most easily recognised in lupus is the ____.",
            {"relation": "cloze", "fact": "butterfly-rash.sle"}, [],
            accepts=["butterfly rash", "malar rash", "rash of the cheeks"],
        ),
        write.question(
            "sle-then-fm", "Up to […] of people with lupus develop fibromyalgia.",
            {"relation": "cloze", "fact": "sle-then-fm"}, [], accepts=["30 %", "30 percent", "30"],
        ),
    ]  # fmt: skip


def _of_one(write: Writer) -> list[Json]:
    """Questions that ask of a subject, a feature, a case, a way or a figure by itself, and of frequency."""
    gait = ("ms", "slow-gait", "stated", "slow-gait.ms"), ("sle", "slow-gait", "stated", "slow-gait.sle")
    sketch = "Her gait has become slow. She is tired all day. What explains it?"
    both = "slow-gait fatigue"
    return [
        write.had(
            {"relation": "whose", "group": "conditions", "feature": "slow-gait"}, "Which condition slows the gait?",
            *gait, ("ssc", "slow-gait", "inherited", "gait-trouble.ssc"),
        ),
        write.had(
            {"relation": "what", "subject": "sle", "aspect": "finding"}, "Which finding can be part of lupus?",
            ("sle", "fatigue", "stated", "fatigue.sle"), ("sle", "tremor", "stated", "tremor.sle"),
            ("sle", "slow-gait", "stated", "slow-gait.sle"),
        ),
        write.had(
            {"relation": "explains"}, sketch, ("ms", both, "stated", "slow-gait.ms fatigue.ms"),
            ("sle", both, "stated", "slow-gait.sle"), ("ssc", both, "inherited", "gait-trouble.ssc"),
        ),
        write.had({"relation": "explains"}, "Her gait has become slow. Which of the two is it?", *gait),
        write.how("nerve-ways", "by-vessels", "by-swelling", "by-antibodies"),
        write.question(
            "share-of-women", "What share of people with lupus are women?",
            {"relation": "figure", "fact": "share-of-women"}, [], accepts=["90", "90 %"],
        ),
        write.oftener("renal-crisis", "dcssc", "lcssc", True, "renal-crisis-diffuse"),
        write.oftener("calcinosis", "dcssc", "lcssc", False, "calcinosis-limited"),
    ]  # fmt: skip
