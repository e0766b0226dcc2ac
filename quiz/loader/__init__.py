"""Reads deck folders: YAML files in, a deck or all its problems out."""

from quiz.loader.folder import load

__all__ = ["load"]
