"""Names as pages print them: runs cut into states, prose searched, nothing guessed, aliases
checked.
"""

import os
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import permutations
from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some

from idfgraph.graph.resolve import Reference, alias_warnings, unused_aliases
from idfgraph.graph.resolve.names.states import States
from idfgraph.model import names
from idfgraph.model.entries import Alias, Entry, Label, Match, ReferenceData
from idfgraph.model.names import folded, mark, words_and_gaps, words_apart
from idfgraph.model.text import Language
from idfgraph.sources.reference_files import read_reference
from idfgraph.system import resources

HERE = Path(__file__).parents[1] / "data"
FULL = os.environ.get("IDFGRAPH_FULL") == "1"
LANGUAGES: tuple[Language, ...] = ("en", "fr", "es")

Labelled = tuple[str, str]


@cache
def data() -> ReferenceData:
    return read_reference(resources.REFERENCE)


@cache
def states() -> States:
    return Reference(data()).states


def read(run: str) -> tuple[str, list[str]]:
    """The codes of the names in a run, and the words left over."""
    cut = states().cut(run)
    return " ".join(name.id.removeprefix("st:") for name in cut.names), [
        run[slice(*span)] for span in cut.residue
    ]


ROWS = [line.split("\t") for line in (HERE / "country-names.tsv").read_text("utf-8").splitlines()]


def test_every_name_of_the_list_is_found() -> None:
    assert len(ROWS) == 154
    assert [row[2] for row in ROWS if states().find(row[2]) != f"st:{row[3]}"] == []
    assert [row[2] for row in ROWS if read(row[2]) != (row[3], [])] == []


RUNS = {
    # run together
    "ChileUruguay": "CHL URY",
    "ChiliUruguay": "CHL URY",
    "Costa RicaPanamá": "CRI PAN",
    "Côte d'IvoireGhana": "CIV GHA",
    "GhanaCôte d’Ivoire Togo": "GHA CIV TGO",
    "PérouÉquateurBolivie (État plurinational de)Chili": "PER ECU BOL CHL",
    "République de MoldovaUkraine": "MDA UKR",
    "Heard Island and McDonald IslandsChile": "HMD CHL",
    "Pe\u0301rouE\u0301quateur": "PER ECU",
    # articles and long forms in brackets
    "Gambia (The)": "GMB",
    "Gambie (la) Bahamas (les) Philippines (Las)": "GMB BHS PHL",
    "Gambia, The; Fiji": "GMB FJI",
    "Salomon (Îles)": "SLB",
    "Marshall (Islas) Cook (Islands)": "MHL COK",
    "Moldova (République de) Corée (République de)": "MDA KOR",
    "Congo (République démocratique du), Gabon": "COD GAB",
    "Congo, République démocratique du, Gabon": "COD GAB",
    "Tanzania (United Republic of)": "TZA",
    "Dominicaine (République) Syrienne (République arabe)": "DOM SYR",
    "Macédoine (ex-République yougoslave de)": "MKD",
    "Korea, Republic of, Korea, Democratic People's Republic of": "KOR PRK",
    "Guinée (Bissau)": "GNB",
    "Guinée, Bissau": "GNB",
    "République de Fidji": "FJI",
    "Congo (RDC)": "COD",
    "Sudan (South)": "SSD",
    "Argentine Bolivie (État plurinational de) Brésil": "ARG BOL BRA",
    "Venezuela (République bolivarienne du))": "VEN",
    "Venezuela (République bolivarienne du": "VEN",
    "Venezuela République bolivarienne du)": "VEN",
    "Iran (République islamique d') Iran (República Islámica del)": "IRN IRN",
    # signs between names
    "Albanie; Serbie/Kosovo* • Fidji | Tonga": "ALB SRB XKX FJI TON",
    "Albanie\nRépublique de\nMoldova\r\nUkraine": "ALB MDA UKR",
    "Guinée-Bissau, Guinée, Guinée équatoriale, Guinée": "GNB GIN GNQ GIN",
    "Kosovo/CSNU 1244, Kosovo": "XKX XKX",
    "Trinidad & Tobago, Fiji & Tonga": "TTO FJI TON",
    "Côte d'Ivoire Côte d’Ivoire Côte d´Ivoire Côte d\u02bcIvoire": "CIV CIV CIV CIV",
    "St. Lucia St. Vincent and the Grenadines St Kitts and Nevis": "LCA VCT KNA",
    "Pays : (Albanie, Serbie)": "ALB SRB",
    # another language, doubled, vanished
    "Albania Serbie Túnez Tunisie": "ALB SRB TUN TUN",
    "Serbia Montenegro": "SRB MNE",
    "Serbia and Montenegro": "SCG",
    "Serbie-et-Monténégro Yougoslavie": "SCG YUG",
    "la Serbie et le Monténégro": "SRB MNE",
}

LEFT_OVER = {
    "ChileAtlantis": ("", ["ChileAtlantis"]),
    "CHILEURUGUAY": ("", ["CHILEURUGUAY"]),
    "Brésil ChileUruguay Atlantis": ("BRA", ["ChileUruguay", "Atlantis"]),
    "Albanie Atlantis Fidji": ("ALB FJI", ["Atlantis"]),
    "Ireland (Northern)": ("", ["Ireland (Northern)"]),
    "Chine (Hong Kong)": ("", ["Chine (Hong Kong)"]),
    "Serbie (Kosovo, Atlantis) Fidji": ("FJI", ["Serbie (Kosovo, Atlantis)"]),
    "Korea, Republic of Moldova": ("MDA", ["Korea"]),
    "Albanie, Serbie et Monténégro": ("", ["Albanie, Serbie et Monténégro"]),
}


@pytest.mark.parametrize(("run", "codes"), RUNS.items())
def test_runs(run: str, codes: str) -> None:
    outside = "Pays" in run
    assert read(run) == (codes, ["Pays"] if outside else [])


@pytest.mark.parametrize(("run", "expected"), LEFT_OVER.items())
def test_what_is_no_name_is_left_over(run: str, expected: tuple[str, list[str]]) -> None:
    assert read(run) == expected


def test_the_span_of_a_name_holds_its_closing_bracket() -> None:
    run = "Iran (République islamique d’), Fidji"
    assert [run[slice(*name.span)] for name in states().cut(run).names] == [
        "Iran (République islamique d’)",
        "Fidji",
    ]


def test_words_and_marks() -> None:
    assert folded("Perú / O\u0301man") == "peru oman"
    assert [word.folded for word in words_apart("McDonald iPhone CHILE")] == [
        "mc",
        "donald",
        "i",
        "phone",
        "chile",
    ]
    assert [mark(gap) for gap in (" ", " – ", "’", "\n", " (", "), ", ". ")] == [
        "",
        "",
        "",
        "",
        "(",
        "),",
        ".",
    ]


def labels(language: Language) -> list[Labelled]:
    return [
        (entry.pref_label[language].text, entry.id)
        for entry in data().entries
        if entry.type == "State"
    ]


def sample(
    names: Iterable[Labelled], count: int, length: int = 2
) -> Iterator[tuple[Labelled, ...]]:
    """All ordered pairs if all are asked for, else that many seeded tuples."""
    known = list(names)
    if FULL and length == 2:
        return permutations(known, 2)
    chance = Random(805)
    return (tuple(chance.sample(known, length)) for _ in range(count))


def wrong(tuples: Iterable[tuple[Labelled, ...]], between: str) -> list[tuple[str, list[str]]]:
    """The runs that are not read as the names they were made of."""
    runs = (
        (between.join(name for name, _ in names), [id_ for _, id_ in names]) for names in tuples
    )
    return [(run, ids) for run, ids in runs if not right(run, ids)]


def right(run: str, ids: list[str]) -> bool:
    cut = states().cut(run)
    return [name.id for name in cut.names] == ids and not cut.residue


@pytest.mark.parametrize("language", LANGUAGES)
def test_pairs_of_names(language: Language) -> None:
    assert len(labels(language)) == 258
    assert wrong(sample(labels(language), 3_000), " ") == []


@pytest.mark.parametrize("between", [", ", "; ", " / ", "\n", " • ", " - ", " et "])
def test_pairs_with_signs_between(between: str) -> None:
    """Serbie et Monténégro is one state or, after a comma, may be either; Grenade, Espagne is a
    city; Taïwan, Chine one name: each is left over.
    """
    either = {", ": "st:SCG", " et ": "st:SRB"}.get(between)
    names = ((name, id_) for name, id_ in labels("fr") if id_ != either)
    one = {
        ", ": {"Grenade, Espagne", "Taïwan, Chine"},
        " / ": {"Taïwan / Chine"},
    }.get(between, set())
    found = {run for run, _ in wrong(sample(names, 300), between)}
    assert found - one == set()
    assert [states().cut(run).names for run in one] == [()] * len(one)


def test_pairs_and_triples_that_mix_languages() -> None:
    mixed = sorted({label for language in LANGUAGES for label in labels(language)})
    chance = Random(1035)
    for length, count in ((2, 20_000 if FULL else 3_000), (3, 1_000)):
        tuples = (tuple(chance.sample(mixed, length)) for _ in range(count))
        assert wrong(tuples, " ") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_pairs_run_together(language: Language) -> None:
    """Right, or with words left over: only where no small letter ends the first name (Byelorussian
    SSR, URSS).
    """
    for run, ids in wrong(sample(labels(language), 1_000), ""):
        assert read(run)[1], run
        assert ids[0] in {"st:BYS", "st:SUN"}, run


PROSE: list[tuple[Language, str, str]] = [
    (
        "fr",
        "la République Démocratique du Congo, la Guinée Équatoriale et le Soudan du sud",
        "COD GNQ SSD",
    ),
    (
        "fr",
        "le lac Tchad, le golfe de Guinée, le bassin du Congo, la Nouvelle-Guinée et la Colombie-Britannique",  # noqa: E501
        "",
    ),
    ("fr", "autour du lac Tchad : Tchad, Niger et Nigéria", "TCD NER NGA"),
    ("fr", "En Guinée. Bissau, capitale", "GIN"),
    ("fr", "la Guinée Bissau\net la République\nde Moldova", "GNB MDA"),
    (
        "fr",
        "Iran (République islamique d’), Côte d´Ivoire, Pe\u0301rou, Kosovo*",
        "IRN CIV PER XKX",
    ),
    ("fr", "Serbie et Monténégro", "SRB MNE"),
    ("fr", "une réunion à la Réunion, Maurice et Dominique, la grenade", ""),
    ("fr", "ChiliUruguay", ""),
    ("en", "Chad, Jordan and Georgia", "TCD JOR GEO"),
    (
        "en",
        "Lake Chad Basin, River Jordan, Niger Delta, Benin City, New Mexico, Northern Ireland, New Jersey",  # noqa: E501
        "",
    ),
    ("en", "Guinea-Bissau, Guinea Bissau, Guinea and Papua New Guinea", "GNB GNB GIN PNG"),
    ("en", "Mali, Niger and Nigeria; Malian, Nigerien", "MLI NER NGA"),
    ("en", "the Republic of the Congo and the Democratic Republic of Congo", "COG COD"),
    ("en", "Bolivia (Plurinational State of), St. Lucia, Chad-based", "BOL LCA TCD"),
    ("es", "Papúa Nueva Guinea, Guinea ecuatorial y los Estados Unidos Mexicanos", "PNG GNQ MEX"),
    ("es", "Granada, Santa Elena, Mauricio, Reunión y el golfo de Guinea", ""),
    ("es", "Chad, Costa de Marfil, Níger y Malí", "TCD CIV NER MLI"),
]


@pytest.mark.parametrize(("language", "prose", "codes"), PROSE)
def test_mentions(language: Language, prose: str, codes: str) -> None:
    assert (
        " ".join(name.id.removeprefix("st:") for name in states().mentions(prose, language))
        == codes
    )


SUGGESTIONS = {
    "Kirghistan": "st:KGZ",
    "Venezuela Rép. bolivarienne du": "st:VEN",
    "Gautemala": "st:GTM",
    "Bengladesh": "st:BGD",
    "Atlantis": None,
    "": None,
}


@pytest.mark.parametrize(("text", "suggested"), SUGGESTIONS.items())
def test_suggestions(text: str, suggested: str | None) -> None:
    assert states().suggest(text) == suggested


#: What the names of each of the 30 real records stand for: benefiting members, other countries.
MEANT = [
    *("SLE", "BEN", "COL", "FJI TON VUT", "MDA POL ROU SVK UKR", "KGZ", "COM", "GMB"),
    *(
        "CRI BLZ SLV GTM HND MEX NIC PAN",
        "BLZ CRI DOM SLV GTM HND MEX NIC",
        "SRB",
        "COL",
        "COL",
        "SRB MNE",
    ),
    *("BLR MDA UKR", "", "", "COL", "FJI TON VUT", "MUS", "GEO", "GMB", ""),
    *(
        "ARG BOL BRA COL ECU GUY PRY PER SUR VEN + CHL URY",
        "NAM",
        "LCA",
        "PNG",
        "MMR",
        "TUN EGY MAR",
    ),
    "ARG BOL BRA COL ECU GUY PRY PER SUR VEN + CHL URY",
]


def test_names_of_the_real_records() -> None:
    lines = (HERE / "real-records.jsonl").read_text("utf-8").splitlines()
    for line, meant in zip(lines, MEANT, strict=True):
        record = msgspec.json.decode(line, type=dict[str, str | list[str] | None])
        members, _, others = meant.partition(" + ")
        assert read(str(record.get("members") or "")) == (members, []), record.get("url")
        assert read(str(record.get("other_countries") or "")) == (others, []), record.get("url")


def reference(*aliases: tuple[str, Language, str]) -> ReferenceData:
    names: tuple[tuple[str, dict[Language, str]], ...] = (
        ("st:MDA", {"fr": "République de Moldova", "en": "Moldova"}),
        ("st:GIN", {"fr": "Guinée"}),
        ("code:status-active", {"fr": "Actif"}),
        ("code:type-tc", {"fr": "Actif"}),
    )
    entries = [
        Entry(
            id=id_,
            type="Concept",
            pref_label={language: Label(text=text) for language, text in label.items()},
        )
        for id_, label in names
    ]
    given = [Alias(alias=alias, lang=language, id=id_, why="-") for alias, language, id_ in aliases]
    return ReferenceData(entries=tuple(entries), aliases=tuple(given))


WARNINGS: list[tuple[tuple[str, Language, str], str]] = [
    (("Moldavie", "fr", "st:MDA"), ""),
    (("Moldova", "fr", "st:MDA"), ""),
    (("en cours", "fr", "code:status-active"), ""),
    (("actif", "fr", "code:status-active"), "not needed"),
    (("REPUBLIQUE de Moldova", "fr", "st:MDA"), "not needed"),
    (("Guinee", "en", "st:MDA"), "contradicted: it is a name of st:GIN"),
    (("Atlantis", "en", "st:ATL"), "there is no st:ATL"),
    (("Moldova", "en", "code:status-active"), ""),
]


@pytest.mark.parametrize(("alias", "warning"), WARNINGS)
def test_alias_warnings(alias: tuple[str, Language, str], warning: str) -> None:
    found = list(alias_warnings(reference(alias)))
    assert len(found) == bool(warning)
    assert all(warning in line and alias[0] in line for line in found)


def test_two_aliases_of_one_name_contradict() -> None:
    found = list(
        alias_warnings(reference(("Guinée B", "fr", "st:GIN"), ("guinee b", "fr", "st:MDA")))
    )
    assert [line.partition(")")[2] for line in found] == [
        " is contradicted: it is a name of st:GIN as well"
    ]


def test_the_aliases_that_ship_are_all_needed() -> None:
    assert list(alias_warnings(data())) == []


def test_aliases_that_no_text_uses() -> None:
    aliases = reference(("Moldavie", "fr", "st:MDA"), ("Guinée B", "fr", "st:GIN")).aliases
    assert [alias.alias for alias in unused_aliases(aliases, ["en MOLDAVIE", "Guinée"])] == [
        "Guinée B"
    ]


def test_areas_that_lie_in_one_another_are_told_apart_from_others() -> None:
    entries = [
        Entry(id="st:MDA", type="State", broader=("unarea:151",)),
        Entry(id="unarea:151", type="Concept", broader=("unarea:150",)),
        Entry(id="unarea:150", type="Concept", broader=("unarea:151",)),
        Entry(id="code:region-europe", type="Concept", narrow_match=(Match(id="unarea:150"),)),
        Entry(id="code:region-africa", type="Concept", narrow_match=(Match(id="unarea:002"),)),
    ]
    known = Reference(ReferenceData(entries=tuple(entries)))
    assert known.is_in_region("st:MDA", "code:region-europe")
    assert not known.is_in_region("st:MDA", "code:region-africa")


@given(some.text(some.sampled_from("aÉ_9 ('\u02bc\u0301\xad\u200b\u2060-\n😀中")))
def test_plain_texts_are_split_as_all_texts_are(text: str) -> None:
    assert words_and_gaps(text) == names._AROUND.split(text)
