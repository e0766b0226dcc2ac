"""What a learner may set, with what it means, its default and its bounds."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from quiz.errors import UsageError
from quiz.scheduling import DEFAULT_RETENTION, LEAST_RETENTION, MOST_RETENTION

Value = bool | int | float

MOST = 9999
"""No count that is set can be higher: nobody answers so many cards in a day."""


class Settings(NamedTuple):
    """The settings in force. ``new`` and ``reviews`` are cards a day and deck, and reviews a day over all decks."""

    new: int = 10
    reviews: int = 100
    retention: float = DEFAULT_RETENTION
    recall: bool = True
    plain: bool = False


class Setting(NamedTuple):
    """One setting: what it does, which values it takes, and how text is read as one, by a ValueError if it is none."""

    name: str
    about: str
    wanted: str
    read: Callable[[str], Value]


def _whole(name: str, about: str, least: int) -> Setting:
    def read(text: str) -> Value:
        if not text.isascii() or not text.isdigit() or len(text) > len(str(MOST)) or int(text) < least:
            raise ValueError
        return int(text)

    return Setting(name, about, f"a whole number from {least} to {MOST}", read)


def _share(name: str, about: str, least: float, most: float) -> Setting:
    def read(text: str) -> Value:
        value = float(text.replace(",", "."))
        if not least <= value <= most:
            raise ValueError
        return value

    return Setting(name, about, f"a number from {least:.2f} to {most:.2f}", read)


def _switch(name: str, about: str) -> Setting:
    values = {"on": True, "true": True, "yes": True, "off": False, "false": False, "no": False}

    def read(text: str) -> Value:
        if text.lower() not in values:
            raise ValueError
        return values[text.lower()]

    return Setting(name, about, "on or off", read)


SETTINGS = (
    _whole("new", "New cards a day, for each deck.", 0),
    _whole("reviews", "Most reviews a day; after a break the rest is spread over the days to come.", 1),
    _share(
        "retention",
        "The chance to remember at which a card falls due: higher means more reviews.",
        LEAST_RETENTION,
        MOST_RETENTION,
    ),
    _switch("recall", "Well-known cards are to be answered before their options are shown."),
    _switch("plain", "Plain lines of text instead of a screen, for screen readers."),
)


def setting(name: str) -> Setting:
    """The setting of that name, in any case. Raises UsageError that names the nearest when there is none."""
    names = [each.name for each in SETTINGS]
    for each in SETTINGS:
        if each.name == name.lower():
            return each
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), names, n=1)
    advice = f'did you mean "{near[0]}"?' if near else f"the settings are {', '.join(names)}"
    raise UsageError(f'there is no setting "{name}"; {advice}')


def with_value(settings: Settings, name: str, text: str) -> Settings:
    """The settings with one of them set by text. Raises UsageError that says what is wanted."""
    chosen = setting(name)
    try:
        value = chosen.read(text.strip())
    except ValueError:
        raise UsageError(f'{chosen.name} is {chosen.wanted}, not "{text}"') from None
    return settings._replace(**{chosen.name: value})  # type: ignore[arg-type]


def from_table(table: Mapping[str, object]) -> Settings:
    """The settings in a TOML table, with defaults for those not in it. Raises UsageError for a wrong one."""
    settings = Settings()
    for name, value in table.items():
        settings = with_value(settings, name, str(value))
    return settings


def spelled(value: Value) -> str:
    """A value as it is typed."""
    return ("on" if value else "off") if isinstance(value, bool) else str(value)
