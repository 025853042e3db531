"""Every error that people see goes through the catalogue of words, in three languages."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import idfgraph
from idfgraph.model import errors
from idfgraph.model.errors import BadConfig, IdfgraphError, Place

SOURCE = Path(idfgraph.__file__).parent

#: Errors that are defects of ours, and those of a server, whose words its answers do not show.
INTERNAL = {"BadMapping", "Exchanged", "NoPage"}

#: What gives words in three languages, or is one.
GIVES = {"N_", "texts", "advice"}


def raised() -> Iterator[tuple[Path, ast.Call]]:
    """Each place in the code that makes an error, by the name of its class."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(SOURCE.rglob("*.py"))}
    names = {"IdfgraphError"}
    classes = [n for tree in trees.values() for n in ast.walk(tree) if isinstance(n, ast.ClassDef)]
    for _ in classes:
        names |= {one.name for one in classes if names & {ast.unparse(base) for base in one.bases}}
    for path, tree in trees.items():
        if path.name == Path(errors.__file__).name:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in names - INTERNAL:
                yield path, node


def is_bare(words: ast.expr) -> bool:
    """Whether words for people are written there, and not marked to be translated."""
    if isinstance(words, ast.Constant):
        return bool(words.value)
    if isinstance(words, ast.Call) and isinstance(words.func, ast.Attribute):
        return is_bare(words.func.value)
    if isinstance(words, ast.Call):
        return ast.unparse(words.func) not in GIVES and any(map(is_bare, words.args))
    return isinstance(words, ast.JoinedStr) or any(
        map(is_bare, (one for one in ast.iter_child_nodes(words) if isinstance(one, ast.expr)))
    )


def named(words: ast.expr, tree: ast.Module, line: int) -> Iterator[ast.expr]:
    """What is written there: of a name, what was last given to it above, or in the file."""
    if not isinstance(words, ast.Name):
        yield words
        return
    given = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and words.id in map(ast.unparse, node.targets)
        if node.lineno <= line
    ]
    yield from given[-1:]


@pytest.mark.parametrize("of", ["message", "hint"])
def test_all_words_of_errors_are_marked_to_be_translated(of: str) -> None:
    bare, seen = [], 0
    for path, call in raised():
        words = call.args[0] if of == "message" and call.args else None
        if of == "hint":
            words = next((one.value for one in call.keywords if one.arg == "hint"), None)
        if words is None:
            continue
        seen += 1
        tree = ast.parse(path.read_text("utf-8"))
        bare += [
            f"{path.relative_to(SOURCE)}:{call.lineno}: {ast.unparse(one)}"
            for one in named(words, tree, call.lineno)
            if is_bare(one)
        ]
    assert seen > 150
    assert not bare, "\n".join(bare)


def test_an_error_is_told_in_the_language_that_is_asked_for() -> None:
    error = BadConfig("{name!r} is no code", Place("x.yaml", 3), hint="give one value", name="a")
    assert str(error) == "x.yaml:3: 'a' is no code; give one value"
    assert error.told_in("fr") == "x.yaml:3: 'a' n'est pas un code; donnez une valeur"
    assert error.told_in("es") == "x.yaml:3: 'a' no es un código; dé un valor"
    again = IdfgraphError(error.about.message, hint=error.about.hint)
    assert again.said == error.said
