"""Sorted N-Triples lines to figures, in one pass: how many statements, of which classes, properties
and links.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from ...model.vocab import RDF_TYPE


class Counts(NamedTuple):
    """Figures of a graph: statements, subjects, instances of classes, uses of properties, links.

    `uses` and `subjects_of` are by property, `links` by property and prefix of the target.
    """

    triples: int
    subjects: int
    instances: Counter[str]
    uses: Counter[str]
    subjects_of: Counter[str]
    links: Counter[tuple[str, str]]


def count(lines: Iterable[str], targets: Iterable[tuple[str, str]]) -> Counts:
    """The figures of canonical N-Triples lines, sorted; `targets` are prefixes and the IRIs they
    stand for.

    >>> line = "<http://e/a> <http://e/p> <http://w/Q1> .\\n"
    >>> count([line], [("w", "http://w/")]).links
    Counter({('http://e/p', 'w'): 1})
    """
    spaces, counts = tuple(targets), Counts(0, 0, Counter(), Counter(), Counter(), Counter())
    triples = subjects = 0
    for _, group in groupby(lines, lambda line: line.partition(" ")[0]):
        used: set[str] = set()
        for line in group:
            _, predicate, value = line[:-3].split(" ", 2)
            _take(counts, predicate[1:-1], value[1:-1] if value[0] == "<" else "", spaces)
            used.add(predicate[1:-1])
            triples += 1
        counts.subjects_of.update(used)
        subjects += 1
    return counts._replace(triples=triples, subjects=subjects)


def _take(counts: Counts, predicate: str, target: str, spaces: tuple[tuple[str, str], ...]) -> None:
    counts.uses[predicate] += 1
    if predicate == RDF_TYPE:
        counts.instances[target] += 1
    elif target:
        counts.links.update(
            (predicate, prefix) for prefix, space in spaces if target.startswith(space)
        )
