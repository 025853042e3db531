"""Who may import whom (type-only imports count), where foreign IRIs stand, and how long things may
be.
"""

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "src" / "idfgraph"
FILES = {
    path.relative_to(PACKAGE).with_suffix("").as_posix(): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in FILES.items()}
GROUND = "errors findings hidden iris names records vocab"
ROOMS = "compare describe differ fetch mapping merge pages publish query releases report resolve sources tables validate"
MAY_IMPORT = {
    **dict.fromkeys(
        ["disk", "errors", "hidden", "names", "resources", "schema_words", "terminal", "workers"],
        "",
    ),
    **dict.fromkeys(["iris", "vocab", "records"], "errors iris"),
    "revisions": "errors",
    "findings": "errors iris vocab",
    **dict.fromkeys(ROOMS.split(), GROUND),
    **dict.fromkeys(["publish", "releases"], f"{GROUND} disk"),
    "setting": f"{GROUND} resources mapping publish resolve sources",
    "weaving": f"{GROUND} mapping publish resolve",
    "checking": f"{GROUND} locating setting weaving resolve sources validate",
    "locating": f"{GROUND} setting sources",
    "rendering": "describe pages publish setting",
    "making": f"{GROUND} describe describing pages publish releases rendering report setting tables weaving workers",
    "quarantine": f"{GROUND} checking releases resolve setting",
    "pipeline": f"{GROUND} checking locating making quarantine releases releasing setting weaving workers publish "
    "sources validate",
    "releasing": f"{GROUND} publish releases",
    "merging": f"{GROUND} merge publish resolve sources",
    "fetching": f"{GROUND} fetch publish sources",
    "extraction": f"{GROUND} schemas setting merging publish resolve sources",
    "review": f"{GROUND} checking merge setting pipeline publish resolve sources",
    "schemas": f"{GROUND} resources schema_words sources",
    "starting": f"{GROUND} resources schemas setting extraction publish",
    "describing": f"{GROUND} asking describe mapping publish setting",
    "asking": f"{GROUND} resources mapping query",
    "comparing": f"{GROUND} checking compare pipeline publish report resolve revisions setting sources",
    "differing": f"{GROUND} differ mapping publish report",
    "rules": f"{GROUND} locating resolve resources sources",
    "explaining": f"{GROUND} pipeline report resources rules",
    "library": f"{GROUND} checking setting weaving publish resolve sources",
    "reporting": f"{GROUND} publish report",
    "cli": "errors vocab terminal pipeline asking comparing differing explaining extraction fetching "
    "releasing report reporting review schemas starting",
    "__main__": "cli",
    "__init__": "errors findings library pipeline records resolve",
}


def imported(name: str) -> Iterator[str]:
    """The modules of the package that a module imports; empty for the package itself;
    `import_module` counts.
    """
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = [*name.split("/")[: -node.level], *([node.module] if node.module else [])]
            yield from (
                "/".join([*base, alias.name] if not node.module else base) for alias in node.names
            )
        elif isinstance(node, ast.Import | ast.ImportFrom | ast.Constant):
            names = [getattr(node, "module", None) or getattr(node, "value", "")]
            names += [alias.name for alias in getattr(node, "names", [])]
            form = r"idfgraph\.[\w.]+" if isinstance(node, ast.Constant) else r"idfgraph(\.[\w.]+)?"
            yield from (found[9:] for found in map(str, names) if re.fullmatch(form, found))


def test_modules_import_what_the_table_allows() -> None:
    assert {name.split("/")[0] for name in FILES} == MAY_IMPORT.keys()
    for name in FILES:
        room = name.split("/")[0]
        for target in set(imported(name)):
            own = name != room and target.startswith(f"{room}/") and target in FILES
            assert own or target in MAY_IMPORT[room].split(), (
                f"{name} imports {target or 'the package it lives in'}"
            )
    TopologicalSorter({name: list(imported(name)) for name in FILES}).prepare()


def test_foreign_iris_stand_in_the_vocabulary_alone_and_all_is_short() -> None:
    for name, tree in TREES.items():
        nodes = list(ast.walk(tree))
        said = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        texts = [
            str(node.value)
            for node in nodes
            if isinstance(node, ast.Constant) and id(node) not in said
        ]
        assert name in {"vocab", "iris"} or not [
            text for text in texts if re.search(r"https?://\w", text)
        ], name
        functions = [
            node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]
        assert not [
            node.name for node in functions if (node.end_lineno or 0) - node.lineno >= 50
        ], name
        assert (
            len([line for line in FILES[name].read_text("utf-8").splitlines() if line.strip()])
            <= 300
        ), name
