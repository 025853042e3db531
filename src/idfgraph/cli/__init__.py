"""Words to calls, results to text, errors to exit codes: the only room that prints.

Exit codes: 0 done; 1 the data breaks rules; 2 the command or an input cannot be used; 3 a defect
of ours.
"""

import os
import re
import sys
from importlib.metadata import version
from typing import Annotated, cast

import typer

from ..model.errors import IdfgraphError, ShapesViolated
from ..system.streams import drop
from . import (
    check_http,
    codes,
    curate,
    decide,
    extract,
    publish,
    push,
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
    "releases",
    "serve",
    "tidy",
    "validate",
]

#: Words of the library that reads commands, and what is told instead.
_SAID = (
    (re.compile(r"Missing argument '(.+)'"), r"\1 is not given"),
    (re.compile(r"Missing option '(.+)'"), r"\1 is not given"),
    (re.compile(r"Missing parameter: (.+)"), r"\1 is not given"),
    (re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)"), r"too many words: \1"),
    (re.compile("Input should be a valid integer.*"), "write a whole number"),
    (re.compile("Input should be a valid number.*"), "write a number"),
)

#: What Python says where the system gives no memory for a thread.
_NO_THREAD = "can't start new thread"

#: What typer raises for words that it does not understand.
_Misused = cast(type[typer.BadParameter], typer.BadParameter.__mro__[2])


def main() -> None:
    """Runs the command line; never shows a traceback unless IDFGRAPH_DEBUG is set."""
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code)
    except ShapesViolated as error:
        _fail(str(error), error.exit_code)
    except IdfgraphError as error:
        more = f"; and {len(error.others)} more in it" if error.others else ""
        _fail(f"{error}{more}", error.exit_code)
    except _Misused as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            show(error.format_message())
            sys.exit(0)
        _fail(f"{_plain(error)}; see {_called(error)} --help", 2)
    except BrokenPipeError:
        drop(sys.stdout)
    except OSError as error:
        drop(sys.stdout)
        what = f"{error.filename or 'output'}: {error.strerror or error}"
        _fail(f"{what}; make room, or name another place", 2)
    except Exception as error:
        if os.environ.get("IDFGRAPH_DEBUG"):
            raise
        if isinstance(error, MemoryError) or str(error) == _NO_THREAD:
            _fail("there is too little memory; make room, or give fewer --jobs", 2)
        what = f"{type(error).__name__}: {error}"
        _fail(f"a defect of ours: {what}; please report it with the command", 3)


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    show: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False,
) -> None:
    if show:
        typer.echo(version("idfgraph"))
        raise typer.Exit
    if not context.invoked_subcommand:
        typer.echo(context.get_help())


def _plain(error: typer.BadParameter) -> str:
    """What is wrong with the words of a command, as people say it."""
    said = error.format_message().replace("Value error, ", "").removesuffix(".")
    for found, words in _SAID:
        said = found.sub(words, said)
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
