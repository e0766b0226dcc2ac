"""The Anki wing: notes from cards, packages out, packages and progress in. Nothing else imports genanki."""
