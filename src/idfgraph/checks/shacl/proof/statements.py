"""N-Triples lines looked up by subject and predicate, and what shapes can reach from a node."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from ....model.vocab import RDFS, XSD

#: Of one subject: its values, each once, by predicate.
Said = Mapping[str, Collection[str]]

#: What is said of a subject that is none.
NOTHING: Said = {}

#: A line as the mapper writes it: one form for each term, no blank node, no subclass.
_SOME = "[!$&-;=?-Z_a-z~]*"
_IRI = rf"<[a-z]+:(?://[A-Za-z0-9.-]+(?=[/?#>])|(?!//)){_SOME}(?:#{_SOME})?>"
_TEXT = r'"(?:[^"\\\x00-\x1f\x7f-\x9f]|\\["\\nr])*"'
_PLAIN = re.compile(
    rf"{_IRI} (?!<{re.escape(RDFS)}subClassOf>){_IRI} "
    rf"(?:{_IRI}|{_TEXT}(?:@[a-z]{{2,8}}|\^\^(?!<{re.escape(XSD)}string>){_IRI})?) \.\n"
)


def are_plain(lines: Iterable[str]) -> bool:
    """Whether N-Triples lines from elsewhere are as the mapper writes them, as far as can be told
    quickly.

    >>> are_plain(["<x:a> <x:p> <x:b> .\\n"]), are_plain(["_:a <x:p> <x:b> .\\n"])
    (True, False)
    """
    return all(map(_PLAIN.fullmatch, lines))


class Statements:
    """Lines as the mapper writes them (canonical, without blank nodes), by subject and
    predicate.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        about: dict[str, dict[str, dict[str, None]]] = {}
        for line in lines:
            subject, predicate, rest = line.split(" ", 2)
            if (said := about.get(subject)) is None:
                said = about[subject] = {}
            if (values := said.get(predicate)) is None:
                values = said[predicate] = {}
            values[rest[:-3]] = None
        #: Whether nodes conform to shapes, by names of both, as far as that was asked.
        self.known: dict[tuple[str, str], bool] = {}
        self.about: Mapping[str, Said] = about
        self._inverse: dict[str, Mapping[str, Collection[str]]] = {}

    def values(self, subject: str, predicate: str) -> Collection[str]:
        """The values of a property of a subject.

        >>> list(Statements(["<x:a> <x:p> <x:b> .\\n"]).values("<x:a>", "<x:p>"))
        ['<x:b>']
        """
        return self.about.get(subject, NOTHING).get(predicate, ())

    def holders(self, value: str, predicate: str) -> Collection[str]:
        """The subjects that have a value of a property."""
        if predicate not in self._inverse:
            found: dict[str, list[str]] = defaultdict(list)
            for subject, said in self.about.items():
                for one in said.get(predicate, ()):
                    found[one].append(subject)
            self._inverse[predicate] = dict(found)
        return self._inverse[predicate].get(value, ())

    def around(self, nodes: Iterable[str], inverse: Collection[str]) -> set[str]:
        """All that paths can reach from nodes: forwards by any property, backwards by some."""
        found: set[str] = set()
        rest = list(nodes)
        while rest:
            node = rest.pop()
            if node not in found:
                found.add(node)
                rest.extend(one for said in self.about.get(node, NOTHING).values() for one in said)
                rest.extend(one for name in inverse for one in self.holders(node, name))
        return found

    def lines(self, subjects: Iterable[str]) -> Iterator[str]:
        """All that is said of subjects, as lines again."""
        for subject in subjects:
            for predicate, values in self.about.get(subject, NOTHING).items():
                yield from (f"{subject} {predicate} {value} .\n" for value in values)
