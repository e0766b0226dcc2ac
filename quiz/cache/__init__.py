"""What can be made anew, kept so that it need not be: decks with their cards, and where the learner stands in the log.

Everything here may be deleted at any time, and whatever is not as it was written counts as missing.
"""
