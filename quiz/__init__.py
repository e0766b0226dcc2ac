"""Learn to tell look-alikes apart: sourced facts, provable questions, spaced practice."""

__version__ = "0.1.0"
