"""Property paths as functions from a node to its values
(https://www.w3.org/TR/shacl/#property-paths).
"""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from ....model.vocab import RDF, SH
from .read_terms import Unsure
from .statements import Statements

#: Statements and a node; its values, each once.
Walk = Callable[[Statements, str], Collection[str]]

_INVERSE, _CHOICE = f"<{SH}inversePath>", f"<{SH}alternativePath>"
_FIRST, _REST = f"<{RDF}first>", f"<{RDF}rest>"


class Path(NamedTuple):
    """A path: how it is walked, its predicate as a term where it is one (else empty), and the
    predicates that it follows backwards.
    """

    walk: Walk
    predicate: str = ""
    backwards: frozenset[str] = frozenset()


#: The path from a node to itself.
HERE = Path(lambda _, node: (node,))


def path_of(shapes: Statements, node: str) -> Path:
    """The path that a node of shapes describes: a predicate, one backwards, several in turn or at
    choice; raises Unsure for any other.
    """
    if node.startswith("<"):
        return Path(lambda statements, one: statements.values(one, node), node)
    said = shapes.said(node)
    if set(said) == {_INVERSE}:
        (inverse,) = said[_INVERSE]
        if not inverse.startswith("<"):
            raise Unsure
        return Path(
            lambda statements, one: statements.holders(one, inverse), "", frozenset({inverse})
        )
    if set(said) == {_CHOICE}:
        (choice,) = said[_CHOICE]
        parts = [path_of(shapes, one) for one in listed(shapes, choice)]
        return Path(_any_of([part.walk for part in parts]), "", _all_backwards(parts))
    if set(said) == {_FIRST, _REST}:
        parts = [path_of(shapes, one) for one in listed(shapes, node)]
        return Path(_in_turn([part.walk for part in parts]), "", _all_backwards(parts))
    raise Unsure


def listed(shapes: Statements, head: str) -> tuple[str, ...]:
    """The items of a list (https://www.w3.org/TR/rdf-schema/#ch_collectionvocab); Unsure where it
    is none.
    """
    items: list[str] = []
    while head != f"<{RDF}nil>":
        first, rest = shapes.values(head, _FIRST), shapes.values(head, _REST)
        if len(first) != 1 or len(rest) != 1 or len(items) > len(shapes.rests):
            raise Unsure
        items.extend(first)
        (head,) = rest
    return tuple(items)


def _all_backwards(parts: Sequence[Path]) -> frozenset[str]:
    return frozenset().union(*(part.backwards for part in parts))


def _any_of(walks: Sequence[Walk]) -> Walk:
    return lambda statements, node: dict.fromkeys(
        one for walk in walks for one in walk(statements, node)
    )


def _in_turn(walks: Sequence[Walk]) -> Walk:
    def walked(statements: Statements, node: str) -> Collection[str]:
        """The nodes at the end of the last path."""
        nodes: Collection[str] = (node,)
        for walk in walks:
            nodes = dict.fromkeys(one for each in nodes for one in walk(statements, each))
        return nodes

    return walked
