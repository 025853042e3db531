"""Nodes of linked records, and of pages, to rows of the store's tables; IRIs in full."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ...model import iris
from ...model.text import LANGUAGES

Node = Mapping[str, Any]

#: A table of the store and the values of a row, in the order of its columns.
Row = tuple[str, tuple[Any, ...]]

#: What a state may be to a project; one that is only named in its text stands apart.
_RELATIONS = ("beneficiary", "otherBeneficiary")


class TableRows:
    """Turns nodes into rows; `iri` writes a compact IRI as <...>, `predicates` gives the property
    of a key likewise.
    """

    def __init__(self, iri: Callable[[str], str], predicates: Mapping[str, str]) -> None:
        self._iri = iri
        self._predicates = predicates
        self._makers: Mapping[str, Callable[[Node], Iterator[Row]]] = {
            "Project": self._project,
            "Programme": self._programme,
            "State": self._state,
            "Organization": self._organisation,
            "OrganizationalUnit": self._organisation,
            "Concept": self._code,
        }

    def of(self, node: Node) -> Iterator[Row]:
        """The rows of a node of the default graph; none for what no table holds."""
        maker = self._makers.get(node.get("type", ""))
        return maker(node) if maker else iter(())

    def of_page(self, node: Node) -> Iterator[Row]:
        """The rows of a page and of the values that it prints."""
        page, get = self.full(node.get("id")), node.get
        file, addresses = (
            "; ".join(get("identifier", ())),
            (self.full(get("pageUrl")), self.full(get("contentUrl"))),
        )
        encoding = get("characterEncoding")
        yield (
            "pages",
            (
                page,
                addresses[0],
                get("language"),
                get("sha256"),
                encoding,
                file or None,
                addresses[1],
            ),
        )
        for value in get("sourceValue", ()):
            yield "sources", self._printed(value, page)

    def full(self, name: str | None) -> str | None:
        """The full IRI of a compact one."""
        return self._iri(name)[1:-1] if name else None

    def _all(self, names: Iterable[str]) -> str | None:
        return "; ".join(self._iri(name)[1:-1] for name in names) or None

    def _property(self, key: str | None) -> str | None:
        return self._predicates[key][1:-1] if key else None

    def _coded(self, scheme: str, word: str | None) -> str | None:
        return self.full(f"code:{scheme}-{word}") if word else None

    def _project(self, node: Node) -> Iterator[Row]:
        iri, get = self.full(node.get("id")), node.get
        yield from self._record(node)
        codes = (self._coded(scheme, get(key)) for scheme, key in _PROJECT_CODES)
        ids, year = (get("projectId"), get("primaId")), _number(get("allocationYear"))
        yield (
            "projects",
            (
                iri,
                *ids,
                *_texts(node, "title"),
                *codes,
                *_facts(node),
                year,
                *_texts(node, "narrative"),
            ),
        )
        for word in get("projectType", ()):
            yield "project_types", (iri, self._coded("type", word))
        for key in _RELATIONS:
            for state in get(key, ()):
                yield "project_states", (iri, self._property(key), self.full(f"st:{state}"))

    def _programme(self, node: Node) -> Iterator[Row]:
        iri, get = self.full(node.get("id")), node.get
        yield from self._record(node)
        codes = (self._coded("status", get("status")), self._coded("coverage", get("coverage")))
        yield (
            "programmes",
            (
                iri,
                _slug(node),
                *_texts(node, "title"),
                *codes,
                *_facts(node),
                *_texts(node, "narrative"),
            ),
        )
        for state in get("targetsGovernmentOf", ()):
            yield "programme_states", (iri, self.full(f"st:{state}"))
        for phase in get("hasPart", ()):
            yield "phases", (self.full(phase.get("id")), iri, _number(phase.get("phaseNumber")))

    def _record(self, node: Node) -> Iterator[Row]:
        """What projects and programmes have alike."""
        iri, get = self.full(node.get("id")), node.get
        yield "records", (iri, get("type"), _slug(node))
        for page in get("source", ()):
            yield "record_pages", (iri, self.full(page))
        for state in get("mentionsState", ()):
            yield "mentions", (iri, self.full(f"st:{state}"))
        for part in get("association", ()):
            who = self.full(f"ag:{part.get('agent')}")
            yield (
                "partners",
                (self.full(part.get("id")), iri, who, self._coded("role", part.get("role"))),
            )
        for part in get("result", ()):
            measure = self._coded("measure", part.get("measure"))
            yield "results", (self.full(part.get("id")), iri, measure, _number(part.get("count")))
        yield from (("notes", self._note(part, iri)) for part in get("qualityNote", ()))

    def _note(self, note: Node, record: str | None) -> tuple[Any, ...]:
        get = note.get
        kinds = (self._coded("issue", get("issueType")), self.full(f"sh:{get('severity')}"))
        about = (self._property(get("aboutProperty")), self._all(get("aboutValue", ())))
        evidence = self._all(get("references", ()))
        return self.full(get("id")), record, *kinds, *about, *_texts(note, "body"), evidence

    def _printed(self, value: Node, page: str | None) -> tuple[Any, ...]:
        get = value.get
        about, fields = get("aboutResource", ""), get("sourceField", {})
        record = self.full(iris.resource_of(about)) if about.startswith(("prj:", "prg:")) else None
        what = (
            self.full(about),
            self._property(get("aboutProperty")),
            self._all(get("aboutValue", ())),
        )
        words = (next(iter(fields.values()), None), get("sourceText"))
        span = (_number(get("spanStart")), _number(get("spanEnd")))
        return (
            self.full(get("id")),
            page,
            record,
            *what,
            *words,
            *span,
            self._coded("method", get("method")),
        )

    def _state(self, node: Node) -> Iterator[Row]:
        get = node.get
        yield "states", (self.full(get("id")), get("iso2"), get("m49"), get("iso3"), *labels(node))

    def _organisation(self, node: Node) -> Iterator[Row]:
        yield "organisations", (self.full(node.get("id")), _slug(node), *labels(node))

    def _code(self, node: Node) -> Iterator[Row]:
        slug = _slug(node)
        scheme = next(
            (name[5:] for name in node.get("inScheme", ()) if slug.startswith(f"{name[5:]}-")), ""
        )
        if scheme and node.get("id", "").startswith("code:"):
            yield (
                "codes",
                (self.full(node.get("id")), scheme, slug[len(scheme) + 1 :], *labels(node)),
            )


_PROJECT_CODES = (("status", "status"), ("coverage", "coverage"), ("region", "fundRegion"))


def labels(node: Node) -> tuple[str | None, ...]:
    """The label of a node in each language: its name, or else another name that it has there.

    >>> labels({"prefLabel": {"en": "Global", "fr": "Global"}, "altLabel": {"fr": ["Mondial"], "es": ["Mundial"]}})
    ('Global', 'Global', 'Mundial')
    """
    names, others = node.get("prefLabel", {}), node.get("altLabel", {})
    return tuple(names.get(tag) or next(iter(others.get(tag, ())), None) for tag in LANGUAGES)


def _slug(node: Node) -> str:
    return str(node.get("id", "")).partition(":")[2]


def _texts(node: Node, key: str) -> Iterator[str | None]:
    texts = node.get(key, {})
    return (texts.get(tag) for tag in LANGUAGES)


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _facts(node: Node) -> tuple[Any, ...]:
    """The budget, its currency, and the years of work; the store turns the amount into a number."""
    money = node.get("budget", {})
    return (
        money.get("value"),
        money.get("currency"),
        _number(node.get("startYear")),
        _number(node.get("endYear")),
    )
