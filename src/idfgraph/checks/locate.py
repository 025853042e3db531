"""Where a result points: the field of a record, or of an entry of reference data, that it is about
or derived from.
"""

import re
from collections.abc import Iterator, Mapping

from ..graph.setting import Setting
from ..model.errors import Place
from ..model.fields import DERIVED, PART_FIELDS, VALUES
from ..model.findings import Result
from ..sources.origin import Origin
from ..sources.reference_files import reference_origin

#: Prefixes of what records are about.
_RECORDS = ("prj", "prg", "src")

#: Property (its local name) -> the field that it stands in, if that has another name, and those it
#: is derived from.
_FIELDS: Mapping[str, tuple[str, ...]] = {
    **{field.name: (field.name, field.read_from) for field in VALUES if field.read_from},
    **{name: (f"{part.part_of}.{name}", part.part_of) for name, part in PART_FIELDS.items()},
    "projectId": ("id", "projectId"),
    **DERIVED,
    "beneficiary": ("beneficiary", "targetsGovernmentOf"),
    "hadPrimarySource": ("sources",),
    "qualifiedAssociation": ("association",),
    "hadRole": ("association.role", "association"),
    "isPartOf": ("hasPart",),
    "phaseNumber": ("hasPart",),
    "sourceField": ("unknown", "sourceField"),
}

#: Rule whose results name no property -> the properties that it compares.
_COMPARED: Mapping[str, tuple[str, ...]] = {
    "project/project-id-unique": ("projectId",),
    "intervention/national-coverage": ("coverage", "beneficiary"),
    "intervention/regional-coverage": ("coverage", "beneficiary"),
    "concept/on-a-list": (*(field.name for field in VALUES if field.scheme), "result"),
    "intervention/years-within-reach": ("startYear", "endYear", "allocationYear"),
    "intervention/states": tuple(field.name for field in VALUES if field.kind == "state"),
    "source/source-record": ("hadPrimarySource",),
    "source/doubt-noted": ("sources",),
    "programme/funder": ("qualifiedAssociation",),
    "programme/implementer": ("qualifiedAssociation",),
    "state/matched": ("exactMatch",),
    "state/iso2-unique": ("iso2",),
    "state/iso3-unique": ("iso3",),
    "state/m49-unique": ("m49",),
    "claim/benefiting-state": ("benefitingState",),
    "claim/content-claimed": ("sources",),
    "claim/ranked": ("sources",),
    "intervention/classed": ("id",),
}

#: Shapes of what `sources` and `decisions` of a record become, by their files.
_EVIDENCE = ("evidence/", "record/", "claim/note-target", "claim/record")

#: How notes are named that are about what people signed, where something is signed on their field:
#: what a page has is not told as unreadable then.
_SIGNED = {
    "note-decided-": "decisions",
    "note-decision-": "decisions",
    "note-unreadable-value-": "decisions",
    "note-acceptance-": "accepted",
}

_LITERAL = re.compile(r'"(.*)"(?:@([A-Za-z-]+)|\^\^<[^>]*>)?', re.DOTALL)


def place_of(setting: Setting, result: Result, origins: Mapping[str, Origin]) -> Place:
    """The place that a result is about, in the origins of records by their ids, or in the reference
    data of a setting.

    What is in neither is a field without a file.
    """
    resource, _, part = setting.mapper.compact(result.focus).partition("#")
    prefix, _, name = resource.partition(":")
    is_record = prefix in _RECORDS
    origin = origins.get(name) if is_record else reference_origin(setting.folders, resource)
    if origin is None:
        return Place(field=result.about)
    fields = fields_of(result, part) if is_record else _properties(result, part)
    if kind := next((kind for name, kind in _SIGNED.items() if part.startswith(name)), ""):
        about = (result.about, *_derived(result.about), *fields)
        signed = (origin.signed(kind, field) for field in about)
        if found := next(filter(None, signed), None):
            return found
    is_note = part.startswith("note-")
    wordings = () if is_note else _wordings(setting, result.value, part)
    return origin.place(*_numbered(origin, fields, part), values=wordings)


def fields_of(result: Result, part: str = "") -> tuple[str, ...]:
    """The fields of a record that a result about it, or about a part of it (`budget`), can be
    about, likeliest first.

    >>> fields_of(Result("Violation", "", "", "", "", "", "value", {}, {}))
    ('budget.value', 'budget')
    """
    return tuple(
        dict.fromkeys(
            field for name in _properties(result, part) for field in _FIELDS.get(name, (name,))
        )
    )


def _properties(result: Result, part: str) -> tuple[str, ...]:
    """The properties that a result names, or that its rule compares; of a note without one, that of
    its name.
    """
    if result.rule.startswith(_EVIDENCE):
        return ("sources",)
    if result.about and not part.startswith("note-"):
        return (result.about,)
    if part.startswith("note-"):
        return (part.rpartition("-")[2].partition(".")[0],)
    return _COMPARED.get(result.rule, (part.partition("-")[0],))


def _derived(property_: str) -> Iterator[str]:
    """The properties that are derived from one."""
    return (name for name, fields in _FIELDS.items() if property_ in fields)


def _numbered(origin: Origin, fields: tuple[str, ...], part: str) -> tuple[str, ...]:
    """The fields of a part, with its number where it is one of several; then the captures that it
    is read from.
    """
    kind, _, rest = part.partition("-")
    if fields[-1] == "result" and kind == "result":
        step, printed = origin.item("result", measure=rest), f"result.{rest}"
    elif fields[-1] == "association" and rest:
        step, printed = origin.item("association", role=kind, agent=rest), f"association.{kind}"
    else:
        return fields
    list_ = fields[-1]
    return (
        *(f"{list_}{step}{field.removeprefix(list_)}" for field in fields if step),
        printed,
        *fields,
    )


def _wordings(setting: Setting, value: str, part: str) -> Iterator[str]:
    """What the items of a list can read as where the value, an N-Triples term, stands; the language
    of a text.
    """
    if part.startswith("phase-"):
        yield part.partition("-")[2]
    if value.startswith("<"):
        name = setting.mapper.compact(value[1:-1]).partition(":")[2]
        yield from filter(None, (name, name.partition("-")[2]))
    elif found := _LITERAL.fullmatch(value):
        yield from (found[2] or found[1],)
