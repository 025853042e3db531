"""Forms in which houses print the names of states: each is its own state or left over, never
another.
"""

import os
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idfgraph.graph.resolve import Reference
from idfgraph.graph.resolve.names.states import States
from idfgraph.model.text import Language
from idfgraph.sources.reference_files import read_reference
from idfgraph.system import resources

TABLE = Path(__file__).parents[1] / "data" / "country-forms.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines()]
FULL = os.environ.get("IDFGRAPH_FULL") == "1"
EXAMPLES = int(os.environ.get("IDFGRAPH_EXAMPLES", "200"))


@cache
def states() -> States:
    return Reference(read_reference(resources.REFERENCE)).states


def read(run: str) -> str:
    cut = states().cut(run)
    names = " ".join(name.id.removeprefix("st:") for name in cut.names)
    left = " / ".join(run[slice(*span)] for span in cut.residue)
    return (names or "-") + (f" + {left}" if names and left else "")


def test_the_forms_of_the_table() -> None:
    assert len(ROWS) > 450
    assert [(run, read(run)) for run, meant, _ in ROWS if read(run) != meant] == []


def test_what_is_in_doubt_is_suggested() -> None:
    assert states().suggest("Hong Kong, China") == "st:HKG"
    assert states().suggest("Taiwan, China") == "st:TWN"


@pytest.mark.parametrize(
    ("run", "meant"),
    [
        ("Chad, excluding Niger", "TCD + excluding / Niger"),
        ("Chad, Mali, but not Niger and Benin", "TCD MLI + but / not / Niger / Benin"),
        ("all countries of the Sahel except Niger", "-"),
        ("West Africa (except Niger), Chad", "TCD + West Africa / except / Niger"),
        ("all except Niger (Niamey), Mali", "-"),
        ("Tchad, Mali (hors Niger), Bénin", "TCD BEN + Mali (hors Niger)"),
        ("Tous les pays sauf le Niger", "-"),
        ("Tchad, à l'exception du Niger", "TCD + à / exception / du / Niger"),
        ("Todos los países salvo Níger y Malí", "-"),
        ("Honduras, con excepción de Nicaragua", "HND + con / excepción / de / Nicaragua"),
        ("Western Sahara, non-self-governing territory; Mali", "ESH MLI"),
    ],
)
def test_what_is_taken_away_is_no_state_of_the_run(run: str, meant: str) -> None:
    assert read(run) == meant


PROSE: list[tuple[Language, str, str]] = [
    ("en", "in Congo (Democratic Republic of), Kenya and Moldova (Republic of).", "COD KEN MDA"),
    ("en", "Congo (Republic of) and Congo (the Democratic Republic of the)", "COG COD"),
    ("fr", "la Bolivie (l\u2019État plurinational de), le Congo (la République du)", "BOL COG"),
    ("es", "Corea (República de) y Marruecos (Reino de)", "KOR MAR"),
    ("fr", "la République du Niger et la République fédérale du Nigéria", "NER NGA"),
    ("en", "the Central Bank of Kenya, the University of Malta and the Kenya Red Cross", ""),
    ("fr", "l'Université du Burundi, la Croix-Rouge du Mali, la Banque du Liban", ""),
    ("en", "the Government of Kenya and Bank staff in Uganda", "KEN UGA"),
    ("en", "a grant of the Department of State of the United States of America to Ghana", "GHA"),
    ("en", "the U.S. Department of State’s PRM, the US Congress and Embassies in Chad", "TCD"),
    ("en", "the Ministry of Foreign Affairs of the Netherlands, in Jordan, Lebanon", "JOR LBN"),
    ("en", "the ministries of labour of Ghana, Namibia and Kenya met in Uganda", "UGA"),
    ("en", "the Ministry of Labour and the Government of Kenya; Kenya's ministries", "KEN KEN"),
    ("en", "the Parliament of Ghana, the Uganda Bureau of Statistics, the police of Mali", "MLI"),
    ("en", "the Ministry of Health in Kenya, the department of Antioquia of Colombia", "KEN COL"),
    ("en", "the high commission of India, the Immigration Service of Malta", ""),
    ("fr", "un don du Département d’État des États-Unis au Bénin", "BEN"),
    (
        "fr",
        "le ministère des Affaires étrangères des Pays-Bas, l'ambassade du Niger au Mali",
        "MLI",
    ),
    ("fr", "les ministères du travail du Ghana, du Togo et du Bénin ; le Sénat de l'Italie", ""),
    ("fr", "le ministère de l'Intérieur accueille des migrants du Niger", "NER"),
    ("fr", "le ministère de l’éducation nationale du Togo et le gouvernement du Tchad", "TCD"),
    ("fr", "l'Agence nationale pour l'emploi du Bénin, la police du Mali", "MLI"),
    ("es", "una donación del Departamento de Estado de los Estados Unidos al Perú", "PER"),
    ("es", "el Ministerio de Asuntos Exteriores, Unión Europea y Cooperación de España", ""),
    ("es", "la Embajada del Canadá en Lima, las embajadas de Chile y el Uruguay", ""),
    ("es", "la Secretaría de Relaciones Exteriores de México y el Gobierno de Panamá", "PAN"),
    (
        "es",
        "el Congreso de la República de Guatemala, el departamento de Nariño de Colombia",
        "COL",
    ),
    ("es", "el Ministerio de Trabajo recibe a migrantes de Haití en Chile", "HTI CHL"),
]


@pytest.mark.parametrize(("language", "prose", "codes"), PROSE)
def test_mentions(language: Language, prose: str, codes: str) -> None:
    found = states().mentions(prose, language)
    assert " ".join(name.id.removeprefix("st:") for name in found) == codes


SHORT = {
    "Republic": "Rep.",
    "République": "Rép.",
    "República": "Rep.",
    "Democratic": "Dem.",
    "démocratique": "dém.",
    "Federated": "Fed.",
    "Saint": "St.",
    "Sainte": "Ste",
}
FORMS = {
    *("Republic", "République", "República", "Rep", "Rép", "Kingdom", "Royaume", "Reino"),
    *("Democratic", "Dem", "People's", "Islamic", "Arab", "Federal", "Federated", "Fed"),
    *("État", "Estado", "State", "Plurinational", "Bolivarian", "United", "Socialist", "Union"),
    *("Commonwealth", "Principality", "Principauté", "Principado", "Independent", "Sultanate"),
}
PARTS = {"Nord", "Norte", "Sud", "Sur", "America"}
PARTICLES = (" of the ", " of ", " de la ", " del ", " du ", " des ", " de ", " d'", " d\u2019")


def forms(name: str) -> Iterator[str]:
    """A name as it stands, shortened, turned round, in brackets, with an article, in capitals."""
    yield from (name, name.upper(), f"{name}*", f"{name} (1)", f"{name}\u00b9")
    short = " ".join(SHORT.get(word, word) for word in name.split(" "))
    yield short
    for particle in PARTICLES:
        for whole in {name, short}:
            lead, found, head = whole.rpartition(particle)
            turns = lead.partition(" ")[0].rstrip(".") in FORMS and head.split(" ")[0] not in PARTS
            if found and turns and "," not in whole and "(" not in whole:
                leads = (lead, lead + found.rstrip(), lead + " de")
                yield from (f"{head}, {each}" for each in leads)
                for article, each in product(("", "the ", "la ", "l'"), leads):
                    yield f"{head} ({article}{each})"


@cache
def printed() -> Sequence[tuple[str, str]]:
    """All forms of all names of states in three languages, with what they stand for."""
    entries = [entry for entry in read_reference(resources.REFERENCE).entries if entry.iso3]
    return sorted(
        {
            (form, entry.id)
            for entry in entries
            for language, label in entry.pref_label.items()
            for known in (label, *entry.alt_label.get(language, ()))
            for form in forms(known.text)
        }
    )


@cache
def in_one_piece() -> Sequence[tuple[str, str]]:
    """The forms without a comma, and without the state that is as well two names."""
    return [(form, id_) for form, id_ in printed() if "," not in form and id_ != "st:SCG"]


def test_each_form_is_its_own_state_or_left_over() -> None:
    """One in seven by default."""
    wrong = []
    missed = 0
    some = printed() if FULL else printed()[::7]
    for form, id_ in some:
        found = {name.id for name in states().cut(form).names}
        wrong += [(form, found)] if found - {id_} else []
        missed += not found
    assert wrong == []
    assert missed < len(some) / 20


@settings(max_examples=EXAMPLES, derandomize=True, deadline=None)
@given(st.data())
def test_runs_of_forms_hold_no_other_state(data: st.DataObject) -> None:
    """Without a sign between them none is turned at a comma: 'Leste, Rep. of Congo' is two."""
    between = data.draw(st.sampled_from(["; ", ", ", "\n", " ", " / "]))
    pool = printed() if between.strip() else in_one_piece()
    run = data.draw(st.lists(st.sampled_from(pool), min_size=2, max_size=8))
    text = between.join(form for form, _ in run)
    meant = [id_ for _, id_ in run]
    assert {name.id for name in states().cut(text).names} <= set(meant), text
