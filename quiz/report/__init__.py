"""Pages to keep, print and show: one file of HTML each, that loads nothing and runs nothing."""

from quiz.report.file import keep
from quiz.report.progress import progress_page
from quiz.report.sheet import study_sheet

__all__ = ["keep", "progress_page", "study_sheet"]
