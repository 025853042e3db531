"""What the service says of itself, and of what it can be asked."""

from collections.abc import Mapping
from typing import Any

from ...model.text import LANGUAGES, N_, Texts, chosen, gettext
from .reconcile_requests import QUERIES
from .reconcile_words import ReconcileWords

#: The versions of the API that are spoken (https://www.w3.org/community/reports/reconciliation/
#: CG-FINAL-specs-0.2-20230410/).
_VERSIONS = ("0.2",)

#: Where the service is, and the parts that it has, below the address of a server.
SERVICE = "reconcile"
PREVIEW, VIEW, PROPOSALS = "preview", "view", "properties"
SUGGEST: Mapping[str, str] = {kind: f"suggest/{kind}" for kind in ("entity", "type", "property")}

#: Language (empty: none named) -> the path of the service in it.
PATHS: Mapping[str, str] = {"": SERVICE, **{tag: f"{tag}/{SERVICE}" for tag in LANGUAGES}}

#: The pixels of a preview.
_WIDTH, _HEIGHT = 420, 220

#: How things among the values of a property are told: as things, by their names, codes or IRIs.
FORMS: Mapping[str, str] = {
    "linked": N_("things"),
    "name": N_("names"),
    "code": N_("codes"),
    "iri": N_("addresses"),
}


def manifest(
    words: ReconcileWords, title: Texts, base: str, address: str, language: str
) -> Mapping[str, Any]:
    """The manifest of the service in a language, at the address of a server."""
    path = PATHS[language]
    here = f"{address}{path}"

    def service(part: str) -> Mapping[str, str]:
        """Where a part of the service is asked."""
        return {"service_url": here, "service_path": f"/{part}"}

    return {
        "versions": _VERSIONS,
        "name": f"{chosen(title, language)[0]} ({language})",
        "identifierSpace": base,
        "schemaSpace": words.schema,
        "documentation": address,
        "defaultTypes": [
            {"id": type_.id, "name": chosen(type_.label, language)[0]}
            for type_ in words.types.values()
            if not type_.broader
        ],
        "view": {"url": f"{here}/{VIEW}?id={{{{id}}}}"},
        "preview": {
            "url": f"{here}/{PREVIEW}?id={{{{id}}}}",
            "width": _WIDTH,
            "height": _HEIGHT,
        },
        "suggest": {kind: service(part) for kind, part in SUGGEST.items()},
        "extend": {
            "propose_properties": service(PROPOSALS),
            "property_settings": _settings(language),
        },
        "batchSize": QUERIES,
    }


def _settings(language: str) -> list[Mapping[str, Any]]:
    """How the values of a property can be told."""
    return [
        {
            "name": "limit",
            "label": gettext(N_("values at most"), language),
            "type": "number",
            "default": 0,
            "help_text": gettext(N_("How many values of each thing; 0: all"), language),
        },
        {
            "name": "labels",
            "label": gettext(N_("states, organisations and codes as"), language),
            "type": "select",
            "default": next(iter(FORMS)),
            "choices": [
                {"value": form, "name": gettext(said, language)} for form, said in FORMS.items()
            ],
        },
    ]
