"""What can be set, and what wrong values are told."""

from __future__ import annotations

import pytest

from quiz.errors import UsageError
from quiz.settings import SETTINGS, Settings, from_table, setting, spelled, with_value


def test_every_setting_is_explained_once_and_takes_its_own_default() -> None:
    """The list of settings and the values in force are of the same names."""
    assert [each.name for each in SETTINGS] == list(Settings._fields)
    for each in SETTINGS:
        default = getattr(Settings(), each.name)
        assert each.read(spelled(default)) == default
        assert each.about
        assert each.wanted


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("new", "0", 0),
        ("new", " 25 ", 25),
        ("reviews", "9999", 9999),
        ("retention", "0.85", 0.85),
        ("retention", "0,85", 0.85),
        ("recall", "Off", False),
        ("plain", "yes", True),
        ("NEW", "7", 7),
    ],
)
def test_values_are_read_as_people_type_them(name: str, text: str, value: object) -> None:
    assert getattr(with_value(Settings(), name, text), name.lower()) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("new", "-1"),
        ("new", "ten"),
        ("new", ""),
        ("new", "٣"),
        ("new", "1" * 5000),
        ("new", "10000"),
        ("reviews", "0"),
        ("retention", "0.5"),
        ("retention", "0.98"),
        ("retention", "nan"),
        ("retention", "much"),
        ("recall", "1"),
        ("plain", "maybe"),
    ],
)
def test_a_wrong_value_is_refused_with_what_is_wanted(name: str, text: str) -> None:
    with pytest.raises(UsageError, match=f"{name} is {setting(name).wanted}"):
        with_value(Settings(), name, text)


def test_an_unknown_name_brings_up_the_nearest_or_all() -> None:
    with pytest.raises(UsageError, match='did you mean "reviews"'):
        setting("review")
    with pytest.raises(UsageError, match="the settings are new, reviews, retention, recall, plain"):
        setting("xyzzy")


def test_a_table_sets_what_it_names_and_leaves_the_rest_at_its_default() -> None:
    assert from_table({"new": 3, "recall": False}) == Settings(new=3, recall=False)
    with pytest.raises(UsageError, match="new is a whole number"):
        from_table({"new": True})
    with pytest.raises(UsageError, match="new is a whole number"):
        from_table({"new": {"a": 1}})
