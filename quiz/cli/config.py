"""`quiz config`: what can be set, what it does, and setting it."""

from __future__ import annotations

import click

from quiz.cli.cards import say, style_here
from quiz.cli.options import as_json
from quiz.configuration import load_settings, save_settings
from quiz.errors import UsageError
from quiz.places import places_here
from quiz.settings import SETTINGS, Setting, Settings, setting, spelled, with_value


@click.command()
@click.argument("name", required=False)
@click.argument("value", required=False)
@click.option("--reset", is_flag=True, help="Set NAME back to its default.")
@click.option("--json", "json_", is_flag=True, help="As JSON.")
def config(name: str | None, value: str | None, reset: bool, json_: bool) -> None:
    """List what can be set, or set it.

    Without NAME, all settings with value, default and explanation. With NAME, this one. With VALUE, it is set, for
    example: quiz config new 15

    What is set holds from the next sitting on. It is kept in a small text file; `quiz where` says where.
    """
    path = places_here().config
    settings = load_settings(path)
    if name is None:
        if reset:
            raise UsageError("reset which setting? `quiz config NAME --reset`")
        _show(SETTINGS, settings, json_)
        if not json_:
            click.echo()
            say("`quiz config NAME VALUE` sets one, `quiz config NAME --reset` sets it back.")
        return
    chosen = setting(name)
    if value is not None and reset:
        raise UsageError("give either a value or --reset, not both")
    if value is None and not reset:
        _show((chosen,), settings, json_)
        return
    wanted = spelled(getattr(Settings(), chosen.name)) if reset or value is None else value
    changed = with_value(settings, chosen.name, wanted)
    save_settings(path, changed)
    if json_:
        _show((chosen,), changed, json_)
        return
    before, after = (spelled(getattr(each, chosen.name)) for each in (settings, changed))
    say(f"{chosen.name}: {before} → {after}" if before != after else f"{chosen.name} is {after} already")


def _show(chosen: tuple[Setting, ...], settings: Settings, json_: bool) -> None:
    if json_:
        rows = [
            {
                "name": each.name,
                "value": getattr(settings, each.name),
                "default": getattr(Settings(), each.name),
                "wanted": each.wanted,
                "about": each.about,
            }
            for each in chosen
        ]
        click.echo(as_json({"settings": rows}))
        return
    style = style_here()
    for each in chosen:
        value, default = (spelled(getattr(of, each.name)) for of in (settings, Settings()))
        said = f" (default {default})" if value != default else style.dim(" (default)")
        click.echo(f"{style.strong(each.name)} = {value}{said}")
        say(f"{each.about} ({each.wanted})", "    ", "    ")
