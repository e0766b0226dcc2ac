"""The sitting: open decks and progress, plan, hold the sitting, sum up."""
