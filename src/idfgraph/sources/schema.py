"""JSON Schemas of what people write and programs read, for editors and checkers.

They keep to the words that older drafts and 2020-12 read alike: not all editors know the newer
ones. YAML gives numbers where records have texts (`2004`), so a schema takes both wherever the
reader does.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

import msgspec
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ..model import datatypes, records
from ..model.errors import BadConfig
from ..model.fields import DECIDABLE, FIELDS, PART_FIELDS
from ..model.iris import BASE
from ..model.text import LANGUAGES, N_
from ..model.vocab import JSON_SCHEMA, RDFS, SKOS
from ..system import resources
from ..system.disk import real
from .reference_files import read_reference
from .schema_words import RECORD_SCHEMA, WORDS

#: A JSON Schema, or a part of one.
JsonSchema = dict[str, Any]

#: The name of a form of text, what it is in words, and what YAML may read it as besides.
_FORMS: tuple[tuple[Any, str, str, JsonSchema], ...] = (
    (datatypes.Slug, "id", "letters, digits, '.' and '-'", {"type": "number"}),
    (
        datatypes.Year,
        "year",
        "a year, as 2004",
        {"type": "integer", "minimum": 1000, "maximum": 9999},
    ),
    (datatypes.Count, "count", "a whole number, as 12", {"type": "integer", "minimum": 0}),
    (
        datatypes.Amount,
        "amount",
        "an amount without separators, as 49997.00",
        {"type": "number", "minimum": 0},
    ),
    (
        datatypes.Sha256,
        "sha256",
        "a SHA-256: 64 digits and letters from a to f",
        {"type": "number"},
    ),
    (datatypes.Digest, "digest", "16 digits and letters from a to f", {"type": "number"}),
    (datatypes.Address, "address", "an address that begins with http:// or https://", {}),
    (datatypes.Day, "day", "a day, as 2026-11-21", {}),
    (datatypes.Moment, "moment", "a moment in UTC or a day, as 2026-11-20T09:03:11Z", {}),
    (
        datatypes.Share,
        "share",
        "a share from 0 to 1, as 0.9",
        {"type": "number", "minimum": 0, "maximum": 1},
    ),
)

_FORM_OF = {get_args(form)[1].pattern: (name, words, other) for form, name, words, other in _FORMS}
_STATE, _CODE = (get_args(form)[1].pattern for form in (datatypes.Iso3, datatypes.Code))

#: A code for a word that no list has yet.
_PROVISIONAL = "^provisional-[a-z0-9-]{1,87}" + datatypes.END

#: Words that YAML reads as switches.
_SWITCHES = {"true": True, "false": False}


def schema(of: str) -> str:
    """The JSON Schema of `record`, `dataset`, `findings`, `comparison` or `difference`, as JSON
    text.

    Raises BadConfig for another word.

    >>> msgspec.json.decode(schema("record"))["title"]
    'Record'
    """
    maker = _MAKERS.get(of)
    if maker is None:
        raise BadConfig(
            N_("there is no schema of {of!r}"),
            hint=N_("use {names}"),
            of=of,
            names=", ".join(_MAKERS),
        )
    return maker()


def schema_line(folder: Path) -> str:
    """The line by which editors find the schema of a record in this folder; empty where none is at
    hand.

    >>> schema_line(Path("no-such-folder"))
    ''
    """
    folders = {"": folder, "../": real(folder).parent}
    found = next((step for step, path in folders.items() if (path / RECORD_SCHEMA).is_file()), None)
    return "" if found is None else f"# yaml-language-server: $schema={found}{RECORD_SCHEMA}\n"


def _record() -> str:
    """A record of any kind: the fields that all have, and the values of its kind."""
    made = msgspec.json.schema(records.Record)
    kinds: Mapping[str, str] = made["discriminator"]["mapping"]
    structs: JsonSchema = _definitions(made)
    forms = {kind: structs.pop(ref.rpartition("/")[2]) for kind, ref in kinds.items()}
    shared: JsonSchema = dict(
        next(form for form in forms.values() if "values" not in form["properties"])
    )
    told = {
        "enum": list(kinds),
        "enumDescriptions": [forms[kind].get("description") for kind in kinds],
    }
    fields: JsonSchema = shared.get("properties", {})
    ordered = {
        **{key: fields[key] for key in ("format",)},
        "kind": told | {"description": WORDS.get("Record.kind")},
        **{key: fields[key] for key in ("id", "reviewed", "withdrawn")},
        "values": {"description": WORDS.get("*.values")},
        **{key: fields[key] for key in ("decisions", "accepted", "sources")},
    }
    cases = [
        _when(kind, form.get("properties", {}).get("values", False)) for kind, form in forms.items()
    ]
    return _written(
        "Record",
        WORDS.get("Record", ""),
        {**shared, "properties": ordered, "allOf": cases},
        structs,
    )


def _when(kind: str, values: Any) -> JsonSchema:
    """What the values of a record are if it is of a kind."""
    return {
        "if": {"required": ["kind"], "properties": {"kind": {"const": kind}}},
        "then": {"properties": {"values": values}},
    }


def _dataset() -> str:
    structs = _definitions(msgspec.json.schema(records.Dataset))
    return _written("Data set", WORDS.get("Dataset", ""), structs.pop("Dataset"), structs)


def _definitions(made: JsonSchema) -> JsonSchema:
    """The structs of a schema, in the form for editors."""
    structs: Mapping[str, JsonSchema] = made["$defs"]
    return {name: _struct(name, struct) for name, struct in structs.items()}


def _struct(name: str, struct: JsonSchema) -> JsonSchema:
    properties = {
        key: _field(name, key, part) for key, part in struct["properties"].items() if key != "kind"
    }
    description = " ".join(struct["description"].split("\n\n")[0].split())
    required = struct.get("required")
    return {
        "description": description,
        "type": "object",
        "properties": properties,
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _field(struct: str, key: str, part: JsonSchema) -> JsonSchema:
    """A field with its label and what it means; the ontology's words come first."""
    label, definition = _ontology().get(key, ("", ""))
    own = (
        WORDS.get(f"{struct}.{key}")
        or (definition if struct.endswith("Values") else "")
        or WORDS.get(f"*.{key}", "")
    )
    title = {"title": label} if label and struct.endswith("Values") else {}
    return title | {"description": own} | _shaped(part, key)


def _shaped(part: JsonSchema, key: str) -> JsonSchema:
    """A part of a schema as an editor is to see it."""
    if options := part.get("anyOf"):
        some = [_shaped(option, key) for option in options if option != {"type": "null"}]
        return some[0] if len(some) == 1 else {"anyOf": some}
    if "$ref" in part:
        return {"$ref": part["$ref"]}
    if "enum" in part:
        words: list[Any] = part["enum"]
        return {"enum": [*words, *(_SWITCHES[word] for word in words if word in _SWITCHES)]}
    return _BY_TYPE[part["type"]](part, key)


def _text(part: JsonSchema, key: str) -> JsonSchema:
    pattern = part.get("pattern")
    if pattern in _FORM_OF:
        return {"$ref": f"#/$defs/{_FORM_OF[pattern][0]}"}
    if pattern == _STATE:
        return {"$ref": "#/$defs/state"}
    if pattern == _CODE:
        return _codes("code:issue-") if key == "issue" else _words(key)
    if pattern:
        return {"type": "string", "pattern": _plain(pattern)}
    return {
        "type": ["string", "number", "boolean"],
        **({"minLength": 1} if "minLength" in part else {}),
    }


def _number(part: JsonSchema, _key: str) -> JsonSchema:
    limits = {name: part[name] for name in ("minimum", "maximum")}
    least, most = limits.values()
    if least == most:
        return {"enum": [least, str(least)]}
    return {"type": ["integer", "string"], **limits, "pattern": "^[0-9]+$"}


def _list(part: JsonSchema, key: str) -> JsonSchema:
    """A list; one of fixed length has items of one form here, which all drafts can say."""
    items = part["prefixItems"][0] if "prefixItems" in part else part["items"]
    return {"type": "array", "items": _shaped(items, key)} | {
        name: part[name] for name in ("minItems", "maxItems") if name in part
    }


def _mapping(part: JsonSchema, key: str) -> JsonSchema:
    """Texts by language, or shares by field: the only mappings here that are no structs."""
    value = _shaped(part["additionalProperties"], key)
    names = DECIDABLE if key == "fields" else LANGUAGES
    pattern = part.get("propertyNames", {}).get("pattern")
    return {
        "type": "object",
        "properties": dict.fromkeys(names, value),
        **({"patternProperties": {_plain(pattern): value}} if pattern else {}),
        "additionalProperties": False,
    }


_BY_TYPE: Mapping[str, Callable[[JsonSchema, str], JsonSchema]] = {
    "string": _text,
    "integer": _number,
    "array": _list,
    "object": _mapping,
}


def _form(pattern: str, words: str, other: JsonSchema) -> JsonSchema:
    """A form of text, with what is said where a text has another."""
    limit = {"maxLength": 2000} if words.startswith("an address") else {}
    kinds = ["string", other["type"]] if other else "string"
    return {
        **limit,
        **other,
        "type": kinds,
        "pattern": _plain(pattern),
        "patternErrorMessage": f"Write {words}.",
    }


def _plain(pattern: str) -> str:
    """A pattern without what only Python needs."""
    return pattern.replace(r"(?!\n)", "")


def _words(key: str) -> JsonSchema:
    """The codes of a property, or one that no list has yet."""
    known = _codes({**FIELDS, **PART_FIELDS}[key].prefix)
    return {"anyOf": [known, {"type": "string", "pattern": _plain(_PROVISIONAL)}]}


def _codes(prefix: str) -> JsonSchema:
    """The reference entries under a prefix as an enumeration, each with its English label."""
    known = _entries()
    found = {
        id_.removeprefix(prefix): label for id_, label in known.items() if id_.startswith(prefix)
    }
    return {"enum": list(found), "enumDescriptions": list(found.values())}


@cache
def _entries() -> Mapping[str, str]:
    """Ids of the reference data that ships with the package, and their English labels."""
    entries = read_reference(resources.REFERENCE).entries
    return {
        entry.id: entry.pref_label["en"].text if "en" in entry.pref_label else ""
        for entry in entries
    }


@cache
def _ontology() -> Mapping[str, tuple[str, str]]:
    """Local name of a property -> its English label and definition in the ontology."""
    said: dict[str, dict[str, str]] = {}
    for quad in parse(path=str(resources.ONTOLOGY), format=RdfFormat.TURTLE):
        subject, value = quad.subject, quad.object
        if isinstance(subject, NamedNode) and isinstance(value, Literal) and value.language == "en":
            said.setdefault(subject.value.removeprefix(f"{BASE}def#"), {})[quad.predicate.value] = (
                value.value
            )
    label, definition = f"{RDFS}label", f"{SKOS}definition"
    return {name: (words.get(label, ""), words.get(definition, "")) for name, words in said.items()}


def _written(title: str, description: str, root: JsonSchema, structs: JsonSchema) -> str:
    """A schema as text, with the definitions that it uses."""
    forms = {
        name: _form(pattern, words, other) for pattern, (name, words, other) in _FORM_OF.items()
    }
    known = {**structs, **forms, "state": {**_codes("st:"), "errorMessage": WORDS["state"]}}
    head = {"$schema": JSON_SCHEMA, "title": title, "description": description}
    used: dict[str, JsonSchema] = {}
    waiting = [root]
    while waiting:
        names = (
            set(re.findall(r'"#/\$defs/(\w+)"', msgspec.json.encode(waiting.pop()).decode()))
            - used.keys()
        )
        used |= {name: known[name] for name in names}
        waiting += [known[name] for name in names]
    whole = {**head, **root, **head, "$defs": {name: used[name] for name in sorted(used)}}
    return msgspec.json.format(msgspec.json.encode(whole), indent=2).decode() + "\n"


_MAKERS: Mapping[str, Callable[[], str]] = {
    "record": _record,
    "dataset": _dataset,
    "findings": lambda: resources.FINDINGS.read_text("utf-8"),
    "comparison": lambda: resources.COMPARISON.read_text("utf-8"),
    "difference": lambda: resources.DIFFERENCE.read_text("utf-8"),
}
