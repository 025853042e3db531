"""Names to identifiers: runs of names are cut into the names they hold, prose is searched for what
is written.
"""

import os
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idfgraph.graph.resolve import Reference
from idfgraph.graph.resolve.names import Cut, KnownName
from idfgraph.graph.resolve.names.covers import Named, cover
from idfgraph.graph.resolve.names.gazetteer import Gazetteer
from idfgraph.graph.resolve.names.runs import JOINING
from idfgraph.model.entries import Entry
from idfgraph.model.text import Language
from idfgraph.sources.pages import page_text
from idfgraph.sources.reference_files import read_reference
from idfgraph.sources.stream import read
from idfgraph.system import resources

DATA = Path(__file__).parents[2] / "data"
FULL = os.environ.get("IDFGRAPH_FULL") == "1"
EXAMPLES = int(os.environ.get("IDFGRAPH_EXAMPLES", "200"))


@cache
def reference() -> Reference:
    return Reference(read_reference(resources.REFERENCE))


def states() -> Sequence[Entry]:
    return [entry for entry in read_reference(resources.REFERENCE).entries if entry.type == "State"]


def shown(run: str, cut: Cut) -> tuple[str, list[str]]:
    """The codes of the names, and the words left over."""
    assert all(
        0 <= start < end <= len(run)
        for start, end in (*(name.span for name in cut.names), *cut.residue)
    )
    return " ".join(name.id.rpartition(":")[2] for name in cut.names), [
        run[slice(*span)] for span in cut.residue
    ]


RUNS = {
    "République de Moldova Pologne Roumanie Slovaquie Ukraine": "MDA POL ROU SVK UKR",
    "Costa Rica Belize El Salvador Guatemala Honduras Mexique Nicaragua Panama": "CRI BLZ SLV GTM HND MEX NIC PAN",  # noqa: E501
    "Bangladesh, Équateur, Jamaïque, Moldova, Maroc, Serbie et Tunisie": "BGD ECU JAM MDA MAR SRB TUN",  # noqa: E501
    "Guinée Guinée-Bissau Guinée équatoriale Papouasie-Nouvelle-Guinée": "GIN GNB GNQ PNG",
    "Papouasie-Nouvelle-Guinée Guinée équatoriale Guinée Guinée Bissau": "PNG GNQ GIN GNB",
    "Guinea Guinea Ecuatorial Guinea-Bissau Papua Nueva Guinea": "GIN GNQ GNB PNG",
    "Congo République démocratique du Congo": "COG COD",
    "République démocratique du Congo Congo": "COD COG",
    "République de Corée République populaire démocratique de Corée": "KOR PRK",
    "Soudan Soudan du Sud": "SDN SSD",
    "Soudan du Sud Soudan": "SSD SDN",
    "Samoa Samoa américaines": "WSM ASM",
    "Dominique République dominicaine": "DMA DOM",
    "Niger Nigéria Niger": "NER NGA NER",
    "Argentine Republic of Moldova": "ARG MDA",
    "Argentine Republic of Korea": "ARG KOR",
    "Georgia South Georgia and the South Sandwich Islands": "GEO SGS",
    "Serbie-et-Monténégro": "SCG",
    "Serbie, Monténégro": "SRB MNE",
    "Albanie, Fidji et Tonga": "ALB FJI TON",
    "Albania y Fiji": "ALB FJI",
    "l'Albanie, la Serbie et les Fidji": "ALB SRB FJI",
    "COTE D'IVOIRE": "CIV",
    "Côte d’Ivoire / cote d ivoire": "CIV CIV",
    "ÉQUATEUR equateur": "ECU ECU",
    "Iles Salomon; Îles Marshall": "SLB MHL",
    "Trinité-et-Tobago Sao Tomé-et-Principe Saint-Vincent-et-les Grenadines": "TTO STP VCT",
    "Bosnie et Herzégovine": "BIH",
    "Iran (République islamique d') Bolivie (État plurinational de)": "IRN BOL",
    "l'ex-République yougoslave de Macédoine": "MKD",
    "Kosovo*": "XKX",
    "Guinée Conakry": "GIN",
    "Estados Unidos Mexicanos": "MEX",
    "": "",
    " et , ": "",
}


@pytest.mark.parametrize("run", RUNS)
def test_runs(run: str) -> None:
    assert shown(run, reference().states.cut(run)) == (RUNS[run], [])


RESIDUES = {
    "Utopie": ("", ["Utopie"]),
    "Albanie Utopie Fidji": ("ALB FJI", ["Utopie"]),
    "Albanie et Utopie": ("ALB", ["Utopie"]),
    "Congo Brazza": ("COG", ["Brazza"]),
    "Fidjiens": ("", ["Fidjiens"]),
    "Albanie 2024": ("ALB", ["2024"]),
    "République d'Utopie": ("", ["République d'Utopie"]),
}


@pytest.mark.parametrize("run", RESIDUES)
def test_what_is_no_name_is_left_over(run: str) -> None:
    assert shown(run, reference().states.cut(run)) == RESIDUES[run]


def test_an_abbreviation_in_brackets_is_no_second_state() -> None:
    """One state is meant, whose everyday name is another's: never both without a word (domain:
    1.4).
    """
    names, residue = shown("Congo (RDC)", reference().states.cut("Congo (RDC)"))
    assert residue or names == "COD"


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_all_pairs_of_names(language: Language) -> None:
    names = [
        (entry.pref_label[language].text, entry.id)
        for entry in states()
        if language in entry.pref_label
    ]
    pairs = list(permutations(names, 2))
    assert len(pairs) == 258 * 257
    sample = pairs if FULL else Random(805).sample(pairs, 5_000)
    wrong = [(one, two) for one, two in sample if not _is_cut(one, two)]
    assert wrong == []


def _is_cut(one: tuple[str, str], two: tuple[str, str]) -> bool:
    cut = reference().states.cut(f"{one[0]} {two[0]}")
    return [name.id for name in cut.names] == [one[1], two[1]] and not cut.residue


def gazetteer(*names: str) -> Gazetteer:
    """A gazetteer in which each name stands for itself."""
    return Gazetteer(KnownName(name, "fr", name) for name in names)


def test_two_covers_that_are_as_good_are_none() -> None:
    cut = gazetteer("a b", "c", "a", "b c").cut("a b c")
    assert cut == Cut((), ((0, 5),))


def test_fewer_words_left_over_come_before_fewer_names() -> None:
    assert [name.id for name in gazetteer("a b c", "a", "b", "c d").cut("a b c d").names] == [
        "a",
        "b",
        "c d",
    ]
    assert [name.id for name in gazetteer("a b", "a", "b", "c").cut("a b c").names] == ["a b", "c"]


def test_a_name_more_is_another_reading() -> None:
    """Even where the last name is the same, and both ways cost alike."""
    known = {1: [Named(0, "A", 1)], 2: [Named(0, "B", 2), Named(1, "B", 1)]}
    assert cover([1, 1], lambda end: known[end]) is None


def covers(
    words: Sequence[str], names: frozenset[str]
) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
    """Costs and reading of every way to cover words by names."""
    if not words:
        yield (0, 0), ()
        return
    for (left, count), reading in covers(words[1:], names):
        yield (left + (words[0] not in JOINING), count), reading
    for end in range(1, len(words) + 1):
        if (name := " ".join(words[:end])) in names:
            for (left, count), reading in covers(words[end:], names):
                yield (left, count + 1), (name, *reading)


_WORDS = st.sampled_from(["a", "b", "c", "et"])


@settings(max_examples=EXAMPLES, derandomize=True, deadline=None)
@given(
    st.frozensets(st.lists(_WORDS, min_size=1, max_size=3).map(" ".join), max_size=6),
    st.lists(_WORDS, min_size=1, max_size=6),
)
def test_the_cut_is_the_only_best_of_all_covers(names: frozenset[str], words: list[str]) -> None:
    cut = gazetteer(*names).cut(" ".join(words))
    ways = list(covers(words, names))
    best = {reading for cost, reading in ways if cost == min(ways)[0]}
    if len(best) > 1:
        assert cut == Cut((), ((0, len(" ".join(words))),))
    else:
        assert {tuple(name.id for name in cut.names)} == best
        assert len(cut.residue) == min(ways)[0][0]


PROSE = [
    ("fr", "la deuxième réunion annuelle", ""),
    ("fr", "Réunion de haut niveau", ""),
    ("fr", "la coopération suisse", ""),
    ("fr", "des experts suédois, 101 Bangladais et des Guinéens", ""),
    ("fr", "en Suisse", "CHE"),
    ("fr", "ALBANIE, albanie et Equateur", ""),
    ("fr", "de l'Albanie, d’Équateur et du Niger.", "ALB ECU NER"),
    ("fr", "le Nigéria et le Niger", "NGA NER"),
    (
        "fr",
        "Guinée-Bissau, Guinée équatoriale, Papouasie-Nouvelle-Guinée, Guinée",
        "GNB GNQ PNG GIN",
    ),
    ("fr", "République démocratique du Congo", "COD"),
    ("fr", "le Congo", "COG"),
    ("fr", "Soudan du Sud", "SSD"),
    ("fr", "Côte d’Ivoire (ou Côte d'Ivoire)", "CIV CIV"),
    ("fr", "République de Moldova, Moldova", "MDA MDA"),
    ("fr", "«Togo»; (Tonga) - Vanuatu’s", "TGO TON VUT"),
    ("fr", "Tchad_x Niger2", ""),
    ("fr", "Maurice Dupont et Dominique Martin, Jersey", ""),
    ("fr", "Mexico et Fiji", ""),
    ("en", "Mexico and Fiji", "MEX FJI"),
    ("en", "the Democratic Republic of the Congo", "COD"),
    ("es", "México, Fiyi y la República de Moldova", "MEX FJI MDA"),
    ("fr", "", ""),
]


@pytest.mark.parametrize(("language", "prose", "codes"), PROSE, ids=[row[1][:30] for row in PROSE])
def test_mentions(language: Language, prose: str, codes: str) -> None:
    names = list(reference().states.mentions(prose, language))
    assert " ".join(name.id.removeprefix("st:") for name in names) == codes
    assert all(reference().states.find(prose[slice(*name.span)]) == name.id for name in names)


def test_mentions_of_the_five_pages() -> None:
    found = {}
    for record in (sourced.record for sourced in read([DATA])):
        source = record.sources[0]
        page = page_text(DATA / "pages" / f"{source.identifier}.txt")
        span = next(capture.span for capture in source.values if capture.property == "narrative")
        assert span
        names = reference().states.mentions(page[slice(*span)], "fr")
        found[record.id] = " ".join(sorted({name.id.removeprefix("st:") for name in names}))
    assert found == {
        "V47-805": "ALB",
        "W34-805": "BLR MDA UKR",
        "V57-805": "",
        "PX.0220": "VUT",
        "mainstreaming-migration": "BGD ECU JAM KGZ MAR MDA SRB TUN",
    }


def test_organisations_of_a_programme() -> None:
    run = "le PNUD et l'OIM"
    assert shown(run, reference().organisations.cut(run)) == ("undp iom", [])
