"""A small sound deck as text: two ducks, with something that parts them and something they share."""

DECK = """
deck: {id: ducks, version: 1.0.0, title: Ducks, licence: MIT, notice: For study.}
sources:
  book: {tier: given, title: The Book, publisher: Sample Press, date: 2020-01-01}
  manual: {tier: reference, title: M, publisher: House, date: 2021, address: "https://example.org", read: whole text}
groups:
  birds: {noun: bird, plural: birds}
aspects:
  sign: {noun: sign, plural: signs, statement: "{Feature} can be seen in {subject}."}
subjects:
  teal: {group: birds, name: common teal, short: teals}
  smew: {group: birds, name: smew, short: smews, also: [white nun]}
features:
  green-wing:
    aspect: sign
    noun: a green wing patch
    present:
      teal: {says: Teals show a green wing patch., cite: book Teals ¶1, weight: core, strength: often}
    absent:
      smew: {says: Smews show no green on the wing., cite: manual Smews ¶1}
  crest:
    aspect: sign
    noun: a shaggy crest
    present:
      smew: {says: Smews wear a shaggy crest., cite: book Smews ¶1, weight: core, strength: often}
    absent:
      teal: {says: Teals wear no crest., cite: book Teals ¶2}
  swimming:
    aspect: sign
    noun: swimming
    present:
      teal: {says: Teals swim., cite: book Teals ¶3}
      smew: {says: Smews swim., cite: book Smews ¶2}
  flight:
    aspect: sign
    noun: strong flight
    present:
      teal: {says: Teals fly well., cite: book Teals ¶4}
      smew: {says: Smews fly well., cite: book Smews ¶3}
  whistle:
    aspect: sign
    noun: a whistled call
    present:
      teal: {says: Teals whistle., cite: book Teals ¶5}
facts:
  weight: {says: A teal weighs about 300 g., about: [teal], cite: book Teals ¶6, cloze: "A teal weighs about {300 g}."}
"""
