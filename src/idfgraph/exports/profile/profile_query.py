"""A query for each row of the profile, to be run as it is."""

import re
from collections.abc import Iterator, Mapping

from .profile_rows import NO_CLASS, ProfileClass, ProfileRow

#: How many rows a query gives.
_ROWS = 20

#: Classes whose things have names at skos:prefLabel.
_NAMED = frozenset({"State", "Organization", "OrganizationalUnit", "Concept", "ConceptScheme"})

_PREFIXED = re.compile(r"(?<![\w:<])([a-z]+):[A-Za-z]")


def ready_query(
    class_: ProfileClass, row: ProfileRow, prefixes: Mapping[str, str], language: str
) -> str:
    """The query for a property of a class, with names in a language."""
    thing, value = f"?{_variable(class_.name)}", f"?{row.key}"
    lines = list(_patterns(class_, row, thing, value))
    named = not _NAMED.isdisjoint(row.classes)
    if named:
        lines.append(
            f'OPTIONAL {{ {value} skos:prefLabel ?name FILTER(LANG(?name) = "{language}") }}'
        )
    whole = ("?whole",) if class_.part else ()
    columns = " ".join([*whole, thing, value, *(("?name",) if named else ())])
    body = "".join(f"  {line}\n" for line in lines)
    query = f"SELECT {columns} WHERE {{\n{body}}} LIMIT {_ROWS}\n"
    used = sorted(set(_PREFIXED.findall(query)) & prefixes.keys())
    return "".join(f"PREFIX {name}: <{prefixes[name]}>\n" for name in used) + query


def _patterns(class_: ProfileClass, row: ProfileRow, thing: str, value: str) -> Iterator[str]:
    """What holds of the thing and its value, in the graphs where it stands."""
    said = f"{thing} {row.predicate} {value} ."
    if class_.name == NO_CLASS:
        yield f"{thing} owl:deprecated true ."
        yield said
        return
    leads = [f"?whole {class_.part} {thing} ."] if class_.part else []
    typed = f"{thing} a {class_.iri} ."
    if not class_.graph:
        yield from (*leads, typed, said)
    elif row.graph:
        yield f"GRAPH ?graph {{ {' '.join((*leads, typed, said))} }}"
    else:
        yield f"GRAPH ?graph {{ {' '.join((*leads, typed))} }}"
        yield said


def _variable(name: str) -> str:
    return f"{name[:1].lower()}{name[1:]}" or "gone"
