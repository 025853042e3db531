"""What search engines read: schema.org markup of the data set and of projects
(https://schema.org/Dataset).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from types import MappingProxyType

from msgspec import Struct, convert, field

from ...model import iris
from ...model.formats import media_type
from ...model.layout import CATALOG
from ...model.nodes import EntryNode, MoneyNode, Node, type_of
from ...model.text import LANGUAGES, N_, Texts, chosen, named
from ...model.vocab import SCHEMA
from ..metadata import DATASET, RIGHTS
from .about import keywords
from .release_facts import Facts, scope_of
from .signposting import TypedLink, document_links, landing_links

#: Types of what is marked up as a project.
_PROJECTS = frozenset({"Project", "Programme"})

#: Names of resources by compact IRI.
Labels = Mapping[str, Texts]


class _ProjectFacts(Struct, frozen=True, rename="camel"):
    """What of a project or programme its markup shows."""

    id: str
    title: Mapping[str, str] = field(default_factory=dict)
    project_id: str | None = None
    benefiting_state: tuple[str, ...] = ()
    government_of: tuple[str, ...] = field(default=(), name="targetsGovernmentOf")
    start_year: str | None = None
    end_year: str | None = None
    budget: MoneyNode | None = None


class Markup:
    """What pages tell machines, in a language."""

    def __init__(self, facts: Facts, nodes: Iterable[Node]) -> None:
        """Keeps of the default graph's nodes the names of states, and what data are about."""
        self._labels: dict[str, Texts] = {}
        states, years = set[str](), set[str]()
        for node in nodes:
            if type_of(node) in _PROJECTS:
                project = convert(node, _ProjectFacts)
                states.update((*project.benefiting_state, *project.government_of))
                years.update(year for year in (project.start_year, project.end_year) if year)
            elif type_of(node) == "State":
                state = convert(node, EntryNode)
                self._labels[state.id] = state.pref_label
        self._facts = facts._replace(scope=scope_of(map("st:{}".format, states), years))

    @property
    def labels(self) -> Labels:
        """What states are called."""
        return self._labels

    @property
    def of_resources(self) -> "Markup":
        """The same for pages of resources alone, which tell nothing of what each release has its
        own of.
        """
        facts, found = self._facts, copy(self)
        found._facts = Facts(
            facts.base,
            facts.dataset,
            facts.as_of,
            (),
            {},
            facts.prefixes,
            landing=facts.landing,
            gone=facts.gone,
        )
        return found

    def text(self, node: Node | None, language: str) -> str:
        """The JSON-LD of the page on what a node tells of, or of the page that leads to all
        others; empty where there is none.
        """
        if node is None:
            return dataset_markup(self._facts, language, self._labels)
        if type_of(node) not in _PROJECTS:
            return ""
        project = convert(node, _ProjectFacts)
        return _project_markup(self._facts, project, self._labels, language)

    def links(self, resource: str, _: str) -> Sequence[TypedLink]:
        """The typed links of a page: the same in each language."""
        path = iris.document(resource)
        return list(
            document_links(self._facts, path, resource) if path else landing_links(self._facts)
        )


def dataset_markup(facts: Facts, language: str, labels: Labels = MappingProxyType({})) -> str:
    """The release as a Dataset, its words and the labels of states in a language: names alone, for
    there may be all; `catalog.jsonld` has their IRIs.
    """
    dataset, scope = facts.dataset, facts.scope
    areas = [_named(state, labels, language) for state in scope.states]
    publisher = {"@type": "Organization", "name": named(dataset.publisher, language)}
    return _json(
        {
            "@context": SCHEMA,
            "@type": "Dataset",
            "@id": facts.full(facts.release),
            "name": _text(dataset.title, language),
            "description": _text(dataset.description, language),
            "identifier": facts.full(facts.release),
            "keywords": keywords(language),
            **({"spatialCoverage": areas} if areas else {}),
            **({"temporalCoverage": f"{scope.first}/{scope.last}"} if scope.first else {}),
            "inLanguage": LANGUAGES,
            "version": facts.version,
            "datePublished": facts.as_of,
            "license": facts.full(RIGHTS),
            "isAccessibleForFree": True,
            "creator": publisher,
            "publisher": publisher,
            "url": f"{facts.base}{facts.landing}",
            "includedInDataCatalog": {
                "@type": "DataCatalog",
                "@id": f"{facts.base}{CATALOG}#catalog",
                "name": _text(facts.titled(N_("Catalogue: {title}")), language),
            },
            "distribution": [
                {
                    "@type": "DataDownload",
                    "contentUrl": facts.full(f"{facts.archive}/{path}"),
                    "encodingFormat": media_type(path),
                    "contentSize": f"{file.size} B",
                    "sha256": file.sha256,
                }
                for path, file in facts.downloads.items()
            ],
        }
    )


def _project_markup(facts: Facts, node: _ProjectFacts, labels: Labels, language: str) -> str:
    """A project or programme as a Project, the names of states alone in a language: links to them
    are in its other documents.
    """
    iri = facts.full(node.id)
    areas = [_named(f"st:{state}", labels, language) for state in node.benefiting_state]
    return _json(
        {
            "@context": SCHEMA,
            "@type": "Project",
            "@id": iri,
            "name": _text(node.title, language),
            **({"identifier": node.project_id} if node.project_id else {}),
            **({"areaServed": areas} if areas else {}),
            **({"funding": _grant(node.budget)} if node.budget else {}),
            "subjectOf": {"@type": "Dataset", "@id": facts.full(DATASET)},
        }
    )


def _json(data: Mapping[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _text(said: Texts, language: str) -> str | Mapping[str, str] | None:
    """A text in the language; else in another, which is told."""
    text, other = chosen(said, language)
    return {"@language": other, "@value": text} if other else text or None


def _named(state: str, labels: Labels, language: str) -> str:
    return labels.get(state, {}).get(language, state.removeprefix("st:"))


def _grant(budget: MoneyNode) -> Mapping[str, object]:
    amount = {"value": budget.value, "currency": budget.currency}
    known = {key: value for key, value in amount.items() if value}
    return {"@type": "MonetaryGrant", "amount": {"@type": "MonetaryAmount", **known}}
