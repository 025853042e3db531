"""N-Triples lines looked up by subject and predicate, and what shapes can reach from a node."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from ....model.vocab import RDFS, XSD
from ....system.memo import Made

#: Of one subject: its values, each once, by predicate.
Said = Mapping[str, Collection[str]]

#: How many statements are known by their predicates.
_MOST = 10_000

#: A line as the mapper writes it: one form for each term, no blank node, no subclass.
_SOME = "[!$&-;=?-Z_a-z~]*"
_IRI = rf"<[a-z]+:(?://[A-Za-z0-9.-]+(?=[/?#>])|(?!//)){_SOME}(?:#{_SOME})?>"
_TEXT = r'"(?:[^"\\\x00-\x1f\x7f-\x9f]|\\["\\nr])*"'
_NAME = re.compile(_IRI)
_VALUE = re.compile(
    rf"(?:{_IRI}|{_TEXT}(?:@[a-z]{{2,8}}|\^\^(?!<{re.escape(XSD)}string>){_IRI})?) \.\n"
)
_ABOVE = f"<{RDFS}subClassOf>"


def _plain(rest: str) -> str:
    predicate, _, value = rest.partition(" ")
    return predicate if _are_names[predicate] and _VALUE.fullmatch(value) else ""


#: Whether predicates are plain.
_are_names = Made[str, bool](lambda name: name != _ABOVE and _NAME.fullmatch(name) is not None)

#: The predicate of a line, by what follows its subject; of one that is not plain nothing.
_predicate = Made[str, str](lambda rest: rest.partition(" ")[0], _MOST)
_plain_predicate = Made[str, str](_plain, _MOST)


class SubjectOutline:
    """The predicates of what is said of a subject, line by line, and the numbers of the lines that
    have each.
    """

    __slots__ = ("at", "names")

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self.at: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(names):
            self.at[name].append(number)


_outlines = Made[tuple[str, ...], SubjectOutline](SubjectOutline)


class Statements:
    """Lines as the mapper writes them (canonical, without blank nodes), by subject: what follows it
    in each line, once, and their outline.
    """

    def __init__(self, lines: Iterable[str], *, are_foreign: bool = False) -> None:
        self.rests: dict[str, dict[str, None]] = {}
        last, rests = "", dict[str, None]()
        for line in lines:
            subject, _, rest = line.partition(" ")
            if subject != last:
                last, rests = subject, self.rests.setdefault(subject, {})
            rests[rest] = None
        predicate = (_plain_predicate if are_foreign else _predicate).__getitem__
        self.outlines = {
            subject: _outlines[tuple(map(predicate, rests))]
            for subject, rests in self.rests.items()
        }
        #: Whether nodes conform to shapes, by names of both, as far as that was asked.
        self.known: dict[tuple[str, str], bool] = {}
        self._inverse: dict[str, Mapping[str, Collection[str]]] = {}

    @property
    def are_plain(self) -> bool:
        """Whether lines from elsewhere are as the mapper writes them, as far as can be told
        quickly.

        >>> Statements(["<x:a> <x:p> <x:b> .\\n"], are_foreign=True).are_plain
        True
        >>> Statements(["_:a <x:p> <x:b> .\\n"], are_foreign=True).are_plain
        False
        """
        outlines = set(self.outlines.values())
        return not any("" in one.at for one in outlines) and all(map(_NAME.fullmatch, self.rests))

    def said(self, subject: str) -> Said:
        """All that is said of a subject, by predicate."""
        outline = self.outlines.get(subject)
        return {name: self.values(subject, name) for name in outline.at} if outline else {}

    def values(self, subject: str, predicate: str) -> Sequence[str]:
        """The values of a property of a subject.

        >>> Statements(["<x:a> <x:p> <x:b> .\\n"]).values("<x:a>", "<x:p>")
        ['<x:b>']
        """
        outline = self.outlines.get(subject)
        numbers = outline.at.get(predicate) if outline else None
        if not numbers:
            return ()
        rests, start = [*self.rests[subject]], len(predicate) + 1
        return [rests[number][start:-3] for number in numbers]

    def holders(self, value: str, predicate: str) -> Collection[str]:
        """The subjects that have a value of a property."""
        if predicate not in self._inverse:
            found: dict[str, list[str]] = defaultdict(list)
            for subject, outline in self.outlines.items():
                if predicate in outline.at:
                    for one in self.values(subject, predicate):
                        found[one].append(subject)
            self._inverse[predicate] = found
        return self._inverse[predicate].get(value, ())

    def around(self, nodes: Iterable[str], inverse: Collection[str]) -> set[str]:
        """All that paths can reach from nodes: forwards by any property, backwards by some."""
        found: set[str] = set()
        rest = list(nodes)
        while rest:
            node = rest.pop()
            if node not in found:
                found.add(node)
                rest.extend(one for said in self.said(node).values() for one in said)
                rest.extend(one for name in inverse for one in self.holders(node, name))
        return found

    def lines(self, subjects: Iterable[str]) -> Iterator[str]:
        """All that is said of subjects, as lines again."""
        for subject in subjects:
            yield from (f"{subject} {rest}" for rest in self.rests.get(subject, ()))
