"""What search engines read: schema.org markup of the data set and of projects
(https://schema.org/Dataset).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...model import iris
from ...model.formats import media_type
from ...model.vocab import SCHEMA
from .facts import DATASET, RIGHTS, Facts, Node
from .signposting import TypedLink, document_links, landing_links

Labels = Mapping[str, Mapping[str, str]]


#: What of a project its markup tells.
_TOLD = ("id", "title", "projectId", "beneficiary", "targetsGovernmentOf", "budget")


class Markup:
    """What pages tell machines, by resource (empty: the page that leads to all others) and
    language.
    """

    def __init__(self, facts: Facts, nodes: Iterable[Node]) -> None:
        """Keeps of the default graph's nodes what the markup of projects and programmes tells, and
        names of states.
        """
        self._facts = facts
        self._projects: dict[str, Node] = {}
        self._labels: dict[str, Mapping[str, str]] = {}
        for node in nodes:
            if node.get("type") in {"Project", "Programme"}:
                self._projects[node["id"]] = {key: node[key] for key in _TOLD if key in node}
            elif node.get("type") == "State":
                self._labels[node["id"]] = node.get("prefLabel", {})

    def text(self, resource: str, language: str) -> str:
        """The JSON-LD of a page; empty where there is none."""
        if not resource:
            return dataset_markup(self._facts, language)
        node = self._projects.get(resource)
        return project_markup(self._facts, node, self._labels, language) if node else ""

    def links(self, resource: str, _: str) -> Sequence[TypedLink]:
        """The typed links of a page: the same in each language."""
        path = iris.document(resource)
        return list(
            document_links(self._facts, path, resource) if path else landing_links(self._facts)
        )


def embedded(data: Mapping[str, Any]) -> str:
    """JSON-LD text that can stand inside a script element of an HTML page: no character of it is
    markup.

    >>> embedded({"name": "</script>"})
    '{"name": "\\\\u003c/script\\\\u003e"}'
    """
    text = json.dumps(data, ensure_ascii=False)
    return "".join(f"\\u{ord(char):04x}" if char in "<>&\u2028\u2029" else char for char in text)


def dataset_markup(facts: Facts, language: str) -> str:
    """The release as a Dataset, its words in a language."""
    dataset = facts.dataset
    publisher = {"@type": "Organization", "name": dataset.publisher}
    return embedded(
        {
            "@context": SCHEMA,
            "@type": "Dataset",
            "@id": facts.full(facts.release),
            "name": _in(dataset.title, language),
            "description": _in(dataset.description, language),
            "inLanguage": ["en", "fr", "es"],
            "version": facts.version,
            "datePublished": facts.as_of,
            "license": facts.full(RIGHTS),
            "isAccessibleForFree": True,
            "creator": publisher,
            "publisher": publisher,
            "url": f"{facts.base}{facts.landing}",
            "distribution": [
                {
                    "@type": "DataDownload",
                    "contentUrl": facts.full(f"{facts.archive}/{path}"),
                    "encodingFormat": media_type(path),
                    "contentSize": f"{file.size} B",
                    "sha256": file.sha256,
                }
                for path, file in facts.downloads()
            ],
        }
    )


def project_markup(facts: Facts, node: Mapping[str, Any], labels: Labels, language: str) -> str:
    """A project or programme (its node in the default graph) as a Project, labels of states in a
    language.
    """
    iri = facts.full(node["id"])
    states = sorted({*node.get("beneficiary", ()), *node.get("targetsGovernmentOf", ())})
    return embedded(
        {
            "@context": SCHEMA,
            "@type": "Project",
            "@id": iri,
            "url": iri,
            "name": _name(node.get("title", {}), language),
            **({"identifier": node["projectId"]} if "projectId" in node else {}),
            **(
                {"areaServed": [_country(facts, state, labels, language) for state in states]}
                if states
                else {}
            ),
            **({"funding": _grant(node["budget"])} if "budget" in node else {}),
            "subjectOf": {"@type": "Dataset", "@id": facts.full(DATASET)},
        }
    )


def _in(texts: Mapping[Any, str], language: str) -> str | None:
    return texts.get(language)


def _name(titles: Mapping[str, str], language: str) -> Any:
    """The title in the language; else in another, which is told."""
    if language in titles:
        return titles.get(language)
    others: Sequence[tuple[str, str]] = sorted(titles.items())
    return {"@language": others[0][0], "@value": others[0][1]} if others else None


def _country(facts: Facts, state: str, labels: Labels, language: str) -> Mapping[str, Any]:
    id_ = f"st:{state}"
    return {
        "@type": "Country",
        "@id": facts.full(id_),
        "name": labels.get(id_, {}).get(language, state),
    }


def _grant(budget: Mapping[str, Any]) -> Mapping[str, Any]:
    amount = {key: budget[key] for key in ("value", "currency") if key in budget}
    return {"@type": "MonetaryGrant", "amount": {"@type": "MonetaryAmount", **amount}}
