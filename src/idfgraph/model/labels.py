"""What properties and classes of others, and kinds of resources, are called.

What is ours has its labels in the ontology. What is not is called the same in all that people read:
pages, tables, and tellings of what changed. Each table gives the English words, which are messages
of the catalogues: `gettext(PROPERTIES[key], language)` is a label in a language,
`texts(PROPERTIES[key])` one in all languages. Keys of properties and classes are those of nodes;
the compiled context (`Mapper.terms.properties`) knows the IRI of each.
"""

from collections.abc import Mapping

from .text import N_

#: Key of a property -> its label.
PROPERTIES: Mapping[str, str] = {
    "id": N_("permanent address"),
    "type": N_("kind"),
    "title": N_("title"),
    "prefLabel": N_("name"),
    "altLabel": N_("other name"),
    "definition": N_("definition"),
    "notation": N_("code"),
    "value": N_("amount"),
    "currency": N_("currency"),
    "association": N_("partner"),
    "agent": N_("organisation"),
    "role": N_("role"),
    "hasPart": N_("has part"),
    "isPartOf": N_("is part of"),
    "inScheme": N_("in the list"),
    "broader": N_("lies within"),
    "sameAs": N_("same as"),
    "exactMatch": N_("same as"),
    "closeMatch": N_("close to"),
    "broadMatch": N_("within"),
    "narrowMatch": N_("comprises"),
    "organization": N_("organisation"),
    "unitOf": N_("unit of"),
    "source": N_("source page"),
    "generatedAtTime": N_("moment of capture"),
    "format": N_("media type"),
    "pageUrl": N_("address of the page"),
    "contentUrl": N_("text of the page"),
    "identifier": N_("identifier"),
    "sha256": N_("SHA-256 of the page's bytes"),
    "language": N_("language"),
    "characterEncoding": N_("character encoding"),
    "references": N_("refers to"),
    "comment": N_("explanation"),
    "evidence": N_("evidence"),
    "decidedBy": N_("decided by"),
    "decidedOn": N_("decided on"),
    "license": N_("licence"),
    "rights": N_("rights"),
    "issued": N_("day of the release"),
    "deprecated": N_("withdrawn"),
    "invalidatedAtTime": N_("withdrawn on"),
    "isReplacedBy": N_("replaced by"),
}

#: What is said of a day or moment that is not known.
NOT_KNOWN = N_("not known")

#: A value behind what it is called: French has a space before the colon.
LABELLED = N_("{label}: {value}")

#: What a word is called that no list has.
PROVISIONAL_NAME = N_("{name} (provisional)")

#: Name of a class -> its label.
CLASSES: Mapping[str, str] = {
    "Association": N_("Partner"),
    "Concept": N_("Code"),
    "ConceptScheme": N_("List of codes"),
    "MonetaryAmount": N_("Amount"),
    "Organization": N_("Organisation"),
    "OrganizationalUnit": N_("Unit of an organisation"),
}

#: Prefix of a compact IRI -> what it stands for.
KINDS: Mapping[str, str] = {
    "prj": N_("project"),
    "prg": N_("programme"),
    "st": N_("state"),
    "ag": N_("organisation"),
    "src": N_("page"),
    "code": N_("code"),
    "unarea": N_("area"),
}

#: Variable of a question that ships -> what its column is called where answers are read by people.
COLUMNS: Mapping[str, str] = {
    "answer": N_("answer"),
    "area": N_("area"),
    "beneficiaries": N_("beneficiary states"),
    "budget": N_("budget"),
    "count": N_("number"),
    "coverage": N_("coverage"),
    "currency": N_("currency"),
    "endYear": N_("end year"),
    "evidence": N_("evidence"),
    "field": N_("field"),
    "file": N_("file"),
    "intervention": N_("project or programme"),
    "interventions": N_("projects and programmes"),
    "label": N_("label"),
    "largest": N_("largest"),
    "mean": N_("mean"),
    "measure": N_("measure"),
    "name": N_("name"),
    "numbering": N_("numbering"),
    "organisation": N_("organisation"),
    "page": N_("page"),
    "phaseNumber": N_("phase"),
    "programme": N_("programme"),
    "project": N_("project"),
    "projectId": N_("project ID"),
    "projects": N_("projects"),
    "property": N_("property"),
    "rank": N_("rank"),
    "reason": N_("reason"),
    "region": N_("region"),
    "role": N_("role"),
    "roleLabel": N_("name of the role"),
    "share": N_("share"),
    "smallest": N_("smallest"),
    "startYear": N_("start year"),
    "state": N_("state"),
    "statedEndYear": N_("end year as printed"),
    "states": N_("states"),
    "text": N_("text"),
    "throughProjects": N_("through projects"),
    "title": N_("title"),
    "topic": N_("topic"),
    "total": N_("total"),
    "type": N_("type"),
    "value": N_("value"),
    "withBudget": N_("with a budget"),
    "withProgrammes": N_("with programmes"),
}
