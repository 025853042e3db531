"""Every command that tells people something takes --lang, and what it does not understand is told
in that language.
"""

from collections.abc import Iterator

import pytest
import typer
from typer.core import TyperGroup

from idfgraph.cli import app, main


def commands(group: TyperGroup, before: tuple[str, ...] = ()) -> Iterator[tuple[str, list[str]]]:
    """Each command, with its options."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, (*before, name))
        else:
            options = [option for one in command.params for option in one.opts]
            yield " ".join((*before, name)), options


ROOT = typer.main.get_command(app)


def test_every_command_takes_a_language() -> None:
    assert isinstance(ROOT, TyperGroup)
    found = dict(commands(ROOT))
    assert len(found) > 20
    assert [name for name, options in found.items() if "--lang" not in options] == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("quote --lang fr", "record n'est pas donné ; voyez idfgraph quote --help"),
        ("todo --lang es --jobs x", "--jobs: escriba un número entero; vea idfgraph todo --help"),
        ("todo --langue --lang=fr", "il n'y a pas d'option --langue ; vouliez-vous dire --lang"),
        ("quote XX nope x --lang fr", "il n'y a pas de fiche 'XX' dans"),
        ("decide XX status --lang es --by Ana --why x", "hacen falta una ficha, un campo y un"),
        ("accept XX nope --lang es --why x", "'' no es el nombre de nadie; diga quién es con"),
        (
            "codes rename type-zzz b --lang fr --data nowhere",
            "'type-zzz' n'est pas un code de nowhere",
        ),
        ("diff a b --lang es", "a: no es una versión publicada; nombre su carpeta"),
    ],
)
def test_errors_are_told_in_a_language(
    words: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["idfgraph", *words.split()])
    monkeypatch.delenv("IDFGRAPH_BY", raising=False)
    with pytest.raises(SystemExit, match="2"):
        main()
    err = capsys.readouterr().err
    assert told.replace(" ;", ";") in err.replace(" ;", ";")


def test_a_variable_is_told_by_its_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("IDFGRAPH_LANG", "francais")
    for words, named in (["todo"], "IDFGRAPH_LANG"), (["todo", "--lang", "xx"], "--lang"):
        monkeypatch.setattr("sys.argv", ["idfgraph", *words])
        with pytest.raises(SystemExit, match="2"):
            main()
        assert capsys.readouterr().err.startswith(f"idfgraph: {named}: ")
