"""Takes the JSON of a bank apart, trusting nothing of its shape, and compares texts, for the checker of banks."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Container, Mapping
from typing import Any, TypeVar

T = TypeVar("T")


class UnreadableError(Exception):
    """The bank, or one question of it, is not of the shape agreed on; the text says where."""


def on_one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def normal(text: str) -> str:
    """The text as compared: compatible letters, no capitals, single spaces, no full stop at the end."""
    return on_one_line(unicodedata.normalize("NFKC", text).casefold()).rstrip(". ")


def all_of(value: Mapping[str, object], field: str, where: str, read: Callable[[object, str], T]) -> tuple[T, ...]:
    """Every member of the list in the field, each read by ``read``, which is told where it stands."""
    members = list_of(field_of(value, field, where), f"{where}.{field}")
    return tuple(read(member, f"{field}[{index}]") for index, member in enumerate(members))


def field_of(value: Mapping[str, object], field: str, where: str) -> Any:
    """What stands in the field."""
    if field not in value:
        raise UnreadableError(f"{where} has no {field}")
    return value[field]


def text_of(value: Mapping[str, object], field: str, where: str) -> str:
    """The text in the field, which is not blank."""
    return string(field_of(value, field, where), f"{where}.{field}")


def truth_of(value: Mapping[str, object], field: str, where: str) -> bool:
    """The yes or no in the field."""
    found = field_of(value, field, where)
    if not isinstance(found, bool):
        raise UnreadableError(f"{where}: {field} is neither true nor false")
    return found


def one_of(value: Mapping[str, object], field: str, where: str, among: Container[str]) -> str:
    """The text in the field, which must be one of those known."""
    return known(text_of(value, field, where), among, f"{where}.{field}")


def known(value: str, among: Container[str], where: str) -> str:
    """The value itself, if it is among those known."""
    if value not in among:
        raise UnreadableError(f"{where}: {value!r} is not known")
    return value


def string(value: object, where: str) -> str:
    """The value, if it is a text that is not blank."""
    if not isinstance(value, str) or not value.strip():
        raise UnreadableError(f"{where} is not a text, or is empty")
    return value


def list_of(value: object, where: str) -> list[object]:
    """The value, if it is a list."""
    if not isinstance(value, list):
        raise UnreadableError(f"{where} is not a list")
    return value


def mapping(value: object, where: str) -> Mapping[str, object]:
    """The value, if it is a mapping."""
    if not isinstance(value, Mapping):
        raise UnreadableError(f"{where} is not a mapping")
    return value
