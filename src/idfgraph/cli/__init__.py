"""Words to calls, results to text, errors to exit codes: the only room that prints.

Exit codes: 0 done; 1 the data breaks rules; 2 the command or an input cannot be used; 3 a defect
of ours.
"""

import os
import re
import sys
from typing import Annotated, cast

import typer

from ..model.errors import IdfgraphError
from ..model.system_words import of_system
from ..model.text import N_, gettext, ngettext
from ..system.streams import drop
from ..system.terminal import spoken
from . import (
    check_http,
    codes,
    curate,
    decide,
    extract,
    publish,
    push,
    query,
    releases,
    serve,
    tidy,
    validate,
)
from .options import app
from .output import say_error, show

__all__ = [
    "app",
    "check_http",
    "codes",
    "curate",
    "decide",
    "extract",
    "main",
    "publish",
    "push",
    "query",
    "releases",
    "serve",
    "tidy",
    "validate",
]

#: Words of the library that reads commands, and what is told instead.
_SAID = (
    (r"Missing (?:argument|option) '(?P<name>.+)'", N_("{name} is not given")),
    (r"Missing parameter: (?P<name>.+)", N_("{name} is not given")),
    (
        r"Got unexpected extra arguments?(?:\(s\))? \((?P<words>.+)\)",
        N_("too many words: {words}"),
    ),
    (
        r"No such option: (?P<name>\S+) .*?(?P<near>--[\w-]+).*",
        N_("there is no option {name}; did you mean {near}?"),
    ),
    (r"No such option: (?P<name>.+)", N_("there is no option {name}")),
    (
        r"No such command '(?P<name>.+?)'.*?'(?P<near>.+?)'.*",
        N_("there is no command {name}; did you mean {near}?"),
    ),
    (r"No such command '(?P<name>.+)'", N_("there is no command {name}")),
    (r"Option '(?P<name>.+)' requires an argument", N_("{name} wants a value")),
    (r"Option '(?P<name>.+)' does not take a value", N_("{name} takes no value")),
    (
        r"Invalid value for '(?P<name>.+?)'(?: \(env var.*?\))?: (?P<said>.+)",
        N_("{name}: {said}"),
    ),
    (r"Input should be a valid integer.*", N_("write a whole number")),
    (r"Input should be a valid number.*", N_("write a number")),
    (r"Input should be (?P<names>'.+)", N_("write one of {names}")),
    (r"Input should be greater than or equal to (?P<number>\S+)", N_("write {number} or more")),
    (r"Input should be less than or equal to (?P<number>\S+)", N_("write {number} or less")),
    (r"(?P<value>'.*?') is not one of (?P<names>.+)", N_("{value} is none of {names}")),
    (r"'?(?P<value>.+?)'? is not a valid (?:int|integer)", N_("write a whole number")),
    (
        r"(?P<value>\S+) is not in the range (?P<range>.+)",
        N_("{value} is not in the range {range}"),
    ),
)

#: What Python says where the system gives no memory for a thread.
_NO_THREAD = "can't start new thread"

_NO_ROOM = N_("make room, or name another place")
_NO_MEMORY = N_("there is too little memory; make room, or give fewer --jobs")
_DEFECT = N_("a defect of ours: {what}; please report it with the command")

#: What typer raises for words that it does not understand.
_Misused = cast(type[typer.BadParameter], typer.BadParameter.__mro__[2])


def main() -> None:
    """Runs the command line; never shows a traceback unless IDFGRAPH_DEBUG is set."""
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code)
    except IdfgraphError as error:
        _fail(f"{error.told_in(spoken())}{_more(len(error.others))}", error.exit_code)
    except _Misused as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            show(error.format_message())
            sys.exit(0)
        help_ = gettext("see {command} --help", spoken(), command=_called(error))
        _fail(f"{_plain(error)}; {help_}", 2)
    except BrokenPipeError:
        drop(sys.stdout)
    except OSError as error:
        drop(sys.stdout)
        what = f"{error.filename or 'output'}: {of_system(error)[spoken()]}"
        _fail(f"{what}; {gettext(_NO_ROOM, spoken())}", 2)
    except Exception as error:
        if os.environ.get("IDFGRAPH_DEBUG"):
            raise
        if isinstance(error, MemoryError) or str(error) == _NO_THREAD:
            _fail(gettext(_NO_MEMORY, spoken()), 2)
        what = f"{type(error).__name__}: {error}"
        _fail(gettext(_DEFECT, spoken(), what=what), 3)


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    show: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False,
) -> None:
    if show:
        from importlib.metadata import version

        typer.echo(version("idfgraph"))
        raise typer.Exit
    if not context.invoked_subcommand:
        typer.echo(context.get_help())


def _more(number: int) -> str:
    """How many mistakes an input has beside the one that is told."""
    if not number:
        return ""
    return ngettext("; and {number} more in it", "; and {number} more in it", number, spoken())


def _plain(error: typer.BadParameter) -> str:
    """What is wrong with the words of a command, as people say it."""
    said = error.format_message().replace("Value error, ", "").removesuffix(".")
    parameter, context = getattr(error, "param", None), error.ctx
    source = parameter and context and context.get_parameter_source(parameter.name)
    if source and source.name == "ENVIRONMENT":
        said = re.sub(r"'.+?' \(env var: ('.+?')\)", r"\1", said, count=1)
    return _in_words(said)


def _in_words(said: str) -> str:
    """What the library says, and what it says in it, as people say it."""
    for form, words in _SAID:
        if found := re.fullmatch(form, said):
            parts = found.groupdict()
            parts |= {"said": _in_words(parts["said"])} if "said" in parts else {}
            return gettext(words, spoken(), **parts)
    return said


def _called(error: typer.BadParameter) -> str:
    """The command whose words are wrong."""
    names, context = list[str](), error.ctx
    while context and context.parent:
        names.insert(0, context.info_name or "")
        context = context.parent
    return " ".join(("idfgraph", *names))


def _fail(text: str, code: int) -> None:
    say_error(text)
    sys.exit(code)
