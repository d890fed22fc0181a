"""The help of the command ``report`` and of each of its commands, and what is wrong with a call, in the language asked for."""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from report_engine.model.problems import hinted
from report_engine.words.editions import EDITIONS
from report_engine.words.messages import Message, Word, speak, told
from report_engine.words.spoken import ASKED

_OPTION = "--lang"
_TAKES = "…"  # what stands after an option that takes a value


class Command(TyperCommand):
    """A command whose help and that of its options stand under ``help`` in the catalogues, by their names."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take in the arguments; the language that they ask for is that of the help, wherever it stands."""
        listen(args)
        with _in_words(ctx):
            return super().parse_args(ctx, args)

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first paragraph of the help: a line of the list of commands."""
        return speak(f"help.{self.name}").partition("\n\n")[0]

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write how the command is called."""
        _write_usage(self, ctx, formatter)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write all of the help."""
        _write_help(self, ctx, formatter)


class Commands(TyperGroup):
    """The commands together."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that is named first; where there is none such, the nearest is said."""
        if args[0] not in self.commands:
            _refuse(ctx, hinted(Message("help.no_command", {"name": args[0]}), args[0], self.commands))
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take in the arguments; the language that they ask for is that of the help, wherever it stands."""
        listen(args)
        with _in_words(ctx):
            return super().parse_args(ctx, args)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write how a command is called."""
        _write_usage(self, ctx, formatter)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write all of the help."""
        _write_help(self, ctx, formatter)
        with formatter.section(speak("help.commands")):
            formatter.write_dl([(name, self.commands[name].get_short_help_str()) for name in self.list_commands(ctx)])


def listen(args: Sequence[str]) -> None:
    """Speak from now on the language that arguments ask for, where it is one of ours; the options judge the rest."""
    for arg, after in zip(args, [*args[1:], ""], strict=False):
        named = after if arg == _OPTION else arg.removeprefix(f"{_OPTION}=")
        if arg.startswith(_OPTION) and named in EDITIONS:
            os.environ[ASKED] = named


@contextmanager
def _in_words(ctx: Any) -> Iterator[None]:
    """Say what is wrong with arguments where there are words for it."""
    try:
        yield
    except TyperException as error:
        found: Any = error
        match type(error).__name__:
            case "NoSuchOption":
                problem = Message("help.no_option", {"name": found.option_name})
                _refuse(ctx, hinted(problem, found.option_name, found.possibilities or ()))
            case "MissingParameter":
                _refuse(ctx, Message("help.missing", {"name": _named(found.param)}))
            case "BadOptionUsage":
                key = "without_value" if "requires" in found.message else "with_value"
                _refuse(ctx, Message(f"help.{key}", {"name": found.option_name}))
            case "BadParameter" if found.param is not None:
                takes = speak(f"help.{_key(ctx.command, found.param)}")
                _refuse(ctx, Message("help.wrong_value", {"name": _named(found.param), "takes": takes}))
            case "UsageError" if extra := re.search(r"unexpected extra arguments?(?:\(s\))? \((.*)\)", found.message):
                _refuse(ctx, Message("help.too_many", {"names": extra[1]}))
        raise


def _refuse(ctx: Any, problem: Word) -> None:
    """Say how a command is called, where to read more, and what is wrong; end with status 2."""
    more = speak("help.try", command=f"{_called(ctx)} --help")
    typer.echo("\n".join((ctx.get_usage(), more, "", told(problem))), err=True)
    raise typer.Exit(2)


def _called(ctx: Any) -> str:
    """Return what a person types to start a command: in a project it is not on the path."""
    path = str(ctx.command_path)
    here = Path.cwd()
    inside = any((folder / "Snakefile").is_file() for folder in (here, *here.parents))
    return f"bin/{path}" if inside and path.split()[0] == "report" else path


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    arguments = " ".join(_named(one) for one in command.get_params(ctx) if one.param_type_name == "argument")
    pieces = (f"[{speak('help.options').casefold()}]", arguments or speak("help.usage_of_commands"))
    is_group = hasattr(command, "commands")
    formatter.write_usage(_called(ctx), " ".join(pieces if arguments or is_group else pieces[:1]), _head("usage"))


def _write_help(command: Any, ctx: Any, formatter: Any) -> None:
    command.format_usage(ctx, formatter)
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(speak(f"help.{_key(command)}"))
    parameters = [one for one in command.get_params(ctx) if not getattr(one, "hidden", False)]
    for kind in ("argument", "option"):
        rows = [(_named(one), speak(f"help.{_key(command, one)}")) for one in parameters if one.param_type_name == kind]
        if rows:
            with formatter.section(speak(f"help.{kind}s")):
                formatter.write_dl(rows)


def _head(name: str) -> str:
    return f"{speak(f'help.{name}')}: "


def _key(command: Any, parameter: Any = None) -> str:
    """Return the key of a command's or parameter's help, one for all commands where a parameter is the same in all."""
    name = "report" if hasattr(command, "commands") else command.name
    if parameter is None:
        return str(name)
    return "help" if parameter.name == "help" else f"{name}_{parameter.name}"


def _named(parameter: Any) -> str:
    """Return how a parameter is written; one that may be left out stands in brackets."""
    if parameter.param_type_name == "argument":
        return str(parameter.name if parameter.required else f"[{parameter.name}]")
    value = "" if parameter.is_flag or parameter.name == "help" else f" {parameter.metavar or _TAKES}"
    return ", ".join(sorted(parameter.opts, key=len)) + value
