"""What the log tells about a learner: how much was reviewed and remembered, what falls due, what is mastered."""

from quiz.insight.figures import FORECAST_DAYS, Figures, Pace, figures
from quiz.insight.mastery import MASTERED, Mastery
from quiz.insight.overview import OfDeck, Overview, of_deck

__all__ = ["FORECAST_DAYS", "MASTERED", "Figures", "Mastery", "OfDeck", "Overview", "Pace", "figures", "of_deck"]
