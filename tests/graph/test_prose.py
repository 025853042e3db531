"""The reader of roles: what is content, what is a suggestion, and what is neither."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from idfgraph.graph.resolve.names import KnownName, States
from idfgraph.graph.resolve.prose import ACCEPTED, ProseReader
from idfgraph.graph.resolve.prose.patterns import flat, may_fit, needed, pattern, plain
from idfgraph.graph.setting import linked, prepare
from idfgraph.model.entries import Phrase
from idfgraph.model.errors import BadRecord
from idfgraph.sources.pages import read_page
from idfgraph.sources.reference_files import read_reference

DATA = Path(__file__).parents[1] / "data" / "programmes"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((DATA / "expected.yaml").read_text("utf-8"))
SETTING = prepare([])
PROSE = SETTING.reference.prose


def said(page: Path) -> dict[str, Any]:
    """What is content of a page, in the words of the expectations."""
    record = read_page(page, programme="p", prose=PROSE.read).record
    node: Any = linked(SETTING, record).node
    partners = [(one["role"], one["agent"]) for one in node.get("association", [])]
    years = [node.get("startYear"), node.get("endYear")]
    notes = node["record"]["qualityNote"]
    found = {
        "title": next(iter(node.get("title", {}).values()), None),
        "untitled": any(remark.property == "title" for remark in record.sources[0].remarks),
        "funding": sorted(agent for role, agent in partners if role == "funding"),
        "implementing": sorted(agent for role, agent in partners if role == "implementing"),
        "years": years if any(years) else None,
        "states": node.get("targetsGovernmentOf"),
        "budget": node.get("budget", {}).get("value"),
        "results": {one["measure"]: one["count"] for one in node.get("result", [])},
        "phases": [one["phaseNumber"] for one in node.get("hasPart", [])],
        "coverage": node.get("coverage"),
        "suggested": sorted(
            one["aboutProperty"] for one in notes if one["issueType"] == "suggested-value"
        ),
    }
    return {name: value for name, value in found.items() if value}


@pytest.mark.parametrize("name", EXPECTED)
def test_programmes(name: str) -> None:
    """A page says all that is expected, and nothing else."""
    assert said(DATA / f"{name}.txt") == EXPECTED[name]


SHORT: dict[str, dict[str, Any]] = {
    f"{language}-{name}": page
    for language in ("en", "fr", "es")
    for name, page in yaml.safe_load((DATA / f"short-{language}.yaml").read_text("utf-8")).items()
}


@pytest.mark.parametrize("name", SHORT)
def test_short_pages(name: str, tmp_path: Path) -> None:
    """What tempts is no content, and what a page says is."""
    page = tmp_path / "page.txt"
    page.write_text(SHORT[name]["text"], "utf-8")
    ours = {key: value for key, value in SHORT[name].items() if key not in ("text", "unread")}
    told = ("title", "untitled", "suggested")
    assert {key: value for key, value in said(page).items() if key not in told} == ours


def facts(text: str) -> Mapping[str, list[str]]:
    """What is content of a text below a heading, by property; partners that are known alone."""
    page = f"A programme on migration\n{text}\n"
    found: dict[str, list[str]] = {}
    for capture in PROSE.read(page, list(spans(page))):
        assert capture.span and page[slice(*capture.span)] == capture.text
        about, words = capture.property.partition(".")[0], capture.text or ""
        if about == "association" and not PROSE.partners_in(words):
            continue
        if capture.certainty and float(capture.certainty) >= ACCEPTED:
            found.setdefault(capture.property, []).append(capture.text or "")
    return found


def spans(page: str) -> Iterator[tuple[int, int]]:
    """The lines of a page that are not blank."""
    at = 0
    for line in page.split("\n"):
        if line.strip():
            yield at, at + len(line)
        at += len(line) + 1


@pytest.mark.parametrize(
    "text",
    [
        "The programme is not funded by the European Union.",
        "The programme was never funded by USAID.",
        "The programme could be funded by the World Bank.",
        "Is the programme funded by Japan? No.",
        "It is wrong to say that the programme is funded by Japan.",
        "The programme is, contrary to reports, funded by Japan.",
        "Nobody knows whether the programme is funded by Japan.",
        "The programme would have been funded by Japan.",
        "The programme was to have been funded by Japan.",
        "The programme competes with one that is funded by the European Union.",
        "The programme took over from one funded by Japan.",
        "The programme replaces a project funded by Japan.",
        "Possible donors: Japan",
        "Le programme est-il financé par le Japon ?",
        "Le programme aurait été financé par le Japon.",
        "Le programme devait être financé par le Japon.",
        "Le programme remplace un projet financé par le Japon.",
        "Bailleurs possibles : Japon",
        "¿El programa es financiado por el Japón?",
        "El programa habría sido financiado por el Japón.",
        "El programa debía ser financiado por el Japón.",
        "Es falso que el programa sea financiado por el Japón.",
        "Posibles donantes: Japón",
        "The programme was funded by Norway in its first phase.",
        "A study funded by USAID describes the market.",
        "It builds on a previous project funded by Canada.",
        "The programme is funded by the member states of the European Union.",
        "The programme is funded by the UN Trust Fund for Human Security.",
        "The EU and its neighbours meet each year.",
        "Le programme n'est pas financé par l'Union européenne.",
        "Le programme n'a jamais été financé par la Banque mondiale.",
        "Le programme pourrait être financé par le Canada.",
        "Il fait suite à un projet financé par le Danemark.",
        "El programa no está financiado por la Unión Europea.",
        "El programa nunca fue financiado por el Banco Mundial.",
        "El programa podría ser financiado por Suecia.",
        "Un estudio financiado por la USAID describe el mercado.",
    ],
)
def test_no_funder(text: str) -> None:
    """Negation, doubt, an earlier phase, another project, a longer name: nobody pays."""
    assert "association.funding" not in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Did UNDP implement the programme in 2019?",
        "The programme carried out 12 of the 40 projects.",
        "The programme carried out twelve out of 40 projects.",
        "Le programme a réalisé 12 des 40 projets.",
        "El programa llevó a cabo 12 de los 40 proyectos.",
        "The programme needs a budget of USD 3 million.",
        "Whether the European Union funds the programme is unknown.",
        "The programme ended two years before its planned end in 2020.",
        "Un budget de 3 millions de dollars a été demandé pour le programme.",
        "The programme should have been implemented by UNDP in Chad from 2019 to 2021.",
        "The programme was cancelled in 2019 before it began.",
        "Unlike Niger, Chad has a policy.",
        "À la différence du Niger, le projet couvre le Tchad.",
        "Le projet devait durer de 2019 à 2021 mais n'a pas eu lieu.",
        "Le projet aurait dû être mis en œuvre par le PNUD au Tchad.",
        "¿Fue ejecutado el programa por el PNUD en Chile?",
        "El proyecto habría sido ejecutado por el PNUD en Chile de 2019 a 2021.",
        "The programme did not run from 2015 to 2017.",
        "Le programme n'a pas été mené de 2015 à 2017.",
        "The programme cannot be implemented in Mali.",
        "UNHCR failed to implement the programme.",
        "Le PNUD a refusé de mettre en œuvre le programme.",
        "El ACNUR dejó de ejecutar el programa.",
        "The programme is anything but funded by Canada.",
        "El programa apenas está financiado por el Japón.",
        "It is not a global programme.",
        "Le programme n'est ni régional ni mondial.",
        "The programme is regional in name only.",
        "Provided that Japan funds the programme, UNDP implements the programme.",
        "Unless Norway funds the programme, it ends.",
        "The programme will be funded by Norway subject to approval.",
        "À condition que la Norvège finance le programme, l'OIM le met en œuvre.",
        "Le programme est financé par la Norvège sous réserve de l'accord du parlement.",
        "El programa solo será financiado por Alemania si el parlamento acepta.",
        "Siempre que Noruega financie el programa, la OIM ejecuta el programa.",
        "Some believe the programme is funded by Norway.",
        "Check whether UNDP implements the programme.",
        "Whoever says that the programme is funded by Norway is wrong.",
        "It is said that the programme is funded by Norway.",
        "On prétend que le PNUD met en œuvre le programme.",
        "C'est à tort que l'on dit que le programme est financé par la Norvège.",
        "Se dice erróneamente que el PNUD ejecuta el programa.",
        "Se rumorea que el programa está financiado por el Japón.",
        "The programme, once implemented by UNDP, is closed.",
        "UNICEF ran the programme before.",
        "Until 2015, UNHCR implemented the programme; since then nobody has.",
        "Le programme, autrefois financé par la Norvège, n'a plus de bailleur.",
        "El programa, antes financiado por Noruega, ya no tiene donante.",
        "The programme was almost launched in 2018.",
        "A proposal to have the programme funded by Sweden is pending.",
        "Le programme allait être financé par le Japon.",
        "El programa iba a ser financiado por el Japón.",
        "Donors approached: European Union, Canada",
        "Bailleurs sollicités : Union européenne, Canada",
        "Donantes contactados: Unión Europea, Canadá",
        "Start: not before 2019",
        "Début : pas avant 2019",
        "Inicio: no antes de 2019",
        "The programme costs USD 2 million a year.",
        "Le programme dispose d'un budget de 2 millions de dollars par an.",
        "El programa tiene un presupuesto de 2 millones de dólares al año.",
        "Budget: USD 500,000 (indicative), to be raised",
        "The programme has a budget of USD 500,000 short of its needs.",
        "The programme is funded by private donors in Norway and the Netherlands.",
        "Le programme est financé par des donateurs privés en Norvège.",
        "El programa está financiado por la diáspora en Alemania.",
        "The programme is funded by EU-based charities and by UNDP-trained youth.",
        "The programme uses a guide implemented by UNESCO and translated by FAO in Mali.",
        "A school built in Chad by UNICEF was funded by Japan.",
        "The programme works in Guinea pig farms.",
        "The programme works in San Marino, California; Lebanon, Ohio; and Cuba, Missouri.",
        "The programme works in Guinea/Bissau and in Georgia, USA.",
        "Faute de fonds de l'Union européenne, le programme a pris fin.",
        "For lack of funding from Canada, the programme is suspended.",
        "Fewer than 16 projects were financed.",
        "The programme is funded by alumni in Germany.",
        "Rumour has it that UNDP implements the programme.",
        "Le programme est sur le point d'être financé par la Norvège.",
        "Tant que la Norvège finance le programme, il continue.",
        "Los críticos afirmaron que el programa está financiado por Noruega.",
        "Donors who declined: Norway",
        "Début : au plus tôt en 2019",
    ],
)
def test_what_is_not_said(text: str) -> None:
    """What a text asks, or says was to be, is no fact."""
    assert facts(text).keys() <= {"title"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The programme is funded by the EU, SDC and Norway.", ["EU", "SDC", "Norway"]),
        ("Funded by the European Union, UNDP runs it.", ["European Union"]),
        ("With financial support from the Government of Japan.", ["Government of Japan"]),
        ("The European Union funds the programme.", ["European Union"]),
        ("Grâce au soutien financier de l’Union européenne.", ["Union européenne"]),
        ("Le projet est cofinancé par la DDC et l'UE.", ["DDC", "UE"]),
        ("Con el apoyo financiero de COSUDE y del Canadá.", ["COSUDE", "Canadá"]),
        ("El proyecto es financiado por la Unión Europea (UE).", ["Unión Europea"]),
    ],
)
def test_funders(text: str, names: list[str]) -> None:
    """Who pays, in three languages."""
    assert facts(text)["association.funding"] == names


@pytest.mark.parametrize(
    ("text", "role", "name"),
    [
        ("The programme is funded by the Foo Foundation.", "funding", "Foo Foundation"),
        (
            "The programme is funded by the Foo Foundation since 2010 in Kenya.",
            "funding",
            "Foo Foundation",
        ),
        (
            "The project is implemented by the Agency for Good Work of Ruritania with care.",
            "implementing",
            "Agency for Good Work of Ruritania",
        ),
        (
            "Le programme est financé par l'Agence boréale de développement depuis 2015.",
            "funding",
            "Agence boréale de développement",
        ),
        (
            "Le projet est mis en œuvre par la Fondation Dupont au Mali.",
            "implementing",
            "Fondation Dupont",
        ),
        (
            "El programa es financiado por el Departamento de Estado de los Estados Unidos y "
            "ejecutado por la OIM.",
            "funding",
            "Departamento de Estado de los Estados Unidos",
        ),
        ("Le projet est financé par l'UE et la Fondation Dupont.", "funding", "Fondation Dupont"),
        (
            "El proyecto es ejecutado por la Fundación Pérez desde 2019.",
            "implementing",
            "Fundación Pérez",
        ),
    ],
)
def test_a_partner_that_nobody_knows_is_told_and_not_taken(
    text: str, role: str, name: str, tmp_path: Path
) -> None:
    (page := tmp_path / "page.txt").write_text(f"A programme on migration\n{text}\n", "utf-8")
    record = read_page(page, programme="p", prose=PROSE.read).record
    assert {one.text: one.property for one in record.sources[0].values}[
        name
    ] == f"association.{role}"
    done = linked(SETTING, record)
    said = [one.comment["en"] for one in done.notes if one.issue_type == "unresolved-name"]
    assert len(said) == 1 and said[0].startswith(f"“{name}” is no known name")
    node: Any = done.node
    known = [one["agent"] for one in node.get("association", []) if one["role"] == role]
    assert known in ([], ["eu"])


@pytest.mark.parametrize(
    "text",
    [
        "The programme is funded by the programme's members.",
        "The programme is implemented by Kenya and Uganda.",
        "The study was funded by the Foo Foundation.",
        "Le projet n'est pas financé par la Fondation Dupont.",
        "El proyecto es financiado por varios donantes.",
    ],
)
def test_what_is_no_partner_is_not_told_as_one(text: str) -> None:
    page = f"A programme on migration\n{text}\n"
    read_there = PROSE.read(page, list(spans(page)))
    assert not [one.text for one in read_there if one.property.startswith("association")]


@pytest.mark.parametrize(
    "text",
    [
        "The programme is a joint initiative of IOM and ILO, funded by {}.",
        "The project is a joint programme of IOM and ILO and is financed by {}.",
        "Le programme est une initiative conjointe de l'OIM et de l'OIT, financée par {}.",
        "El programa es una iniciativa conjunta de la OIM y la OIT, financiada por {}.",
    ],
)
@pytest.mark.parametrize("funder", ["the European Union", "la Unión Europea", "Foo Foundation"])
def test_those_who_do_it_together_are_no_funders(text: str, funder: str, tmp_path: Path) -> None:
    (page := tmp_path / "page.txt").write_text(f"Fair work\n{text.format(funder)}\n", "utf-8")
    values = read_page(page, programme="p", prose=PROSE.read).record.sources[0].values
    paying = {one.text for one in values if one.property == "association.funding"}
    doing = {one.text for one in values if one.property == "association.implementing"}
    assert paying <= {funder, "Unión Europea", "European Union"}
    assert len(doing) == 2


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("The programme is implemented in Guinea-Bissau and Guinea.", "Guinea-Bissau and Guinea"),
        (
            "Countries: Congo, Democratic Republic of the Congo",
            "Congo, Democratic Republic of the Congo",
        ),
        (
            "Pays : Niger, Nigéria, Dominique et République dominicaine",
            "Niger, Nigéria, Dominique et République dominicaine",
        ),
        (
            "Países: República de Corea y Guinea Ecuatorial",
            "República de Corea y Guinea Ecuatorial",
        ),
    ],
)
def test_states(text: str, states: str) -> None:
    """States that are near in name stay apart."""
    assert facts(text)["targetsGovernmentOf"] == [states]


def test_what_stands_in_brackets_behind_years_is_passed_over() -> None:
    said = facts("Duration: 2019-2021 (first stage: 2015-2018)")
    assert (said["startYear"], said["endYear"]) == (["2019"], ["2021"])


@pytest.mark.parametrize(
    "text",
    [
        "Duty stations\nNairobi, Kenya",
        "Staff come from France, Spain and Italy.",
        "The law of 1998 applies in Kenya and Uganda.",
        "The Niger River basin is dry.",
    ],
)
def test_no_state(text: str) -> None:
    """States that are only spoken of are no targets."""
    assert "targetsGovernmentOf" not in facts(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("9,5 millions", "9500000"),
        ("1 200 000", "1200000"),
        ("1.200.000,50", None),
        ("2,5", "2.5"),
    ],
)
def test_amounts_in_french(text: str, number: str | None) -> None:
    """An amount has one reading, or none."""
    assert PROSE.amount(text, "fr") == (number or "1200000.5")


def test_ambiguous_amount() -> None:
    """What has two readings is not read."""
    assert PROSE.amount("1.200", "en") is None
    assert PROSE.amount("1,200", "en") == "1200"


def test_names_of_organisations_are_no_mention() -> None:
    """A state in the name of an organisation is not named by the text."""
    text = (
        "The Italian Agency for Development Cooperation met.\n"
        "So did the Economic Community of West African States."
    )
    places = [found.span() for found in re.finditer("Italian|African", text)]
    held = [name.id for name in PROSE.organisations(text, places)]
    assert held == ["ag:italian-agency", "ag:ecowas"]
    assert not PROSE.organisations(text, [])


def test_phrases_are_a_small_language() -> None:
    """What may be missing, and what stands for one another."""
    assert pattern("[co-]funded by") == r"(?:co[-‐‑–—−])?funded\s+by"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("(funded by", "lacks a )"),
        ("funded) by", "a ) that closes nothing"),
        ("[a (b] c)", "a ] that closes nothing"),
        ("(" * 9 + ")" * 9, "more than 8 groups"),
    ],
)
def test_a_phrase_that_is_none_is_refused_at_its_line(
    tmp_path: Path, words: str, said: str
) -> None:
    """A desk learns which line of its file is to be mended."""
    line = f'{{"lang": "en", "says": "since", "at": "before", "words": "{words}"}}\n'
    (tmp_path / "phrases.jsonl").write_text("\n" + line, "utf-8")
    with pytest.raises(BadRecord, match=re.escape(said)) as raised:
        read_reference(tmp_path, Path("data/reference"))
    assert raised.value.place.line == 2


_PIECES = ("é", "E", "tat", "ſ", "K", "ı", "œ", " ", "'", "-", "12", "cafe\u0301")
_WORDS = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=3).map("".join)
_PHRASE = st.recursive(
    _WORDS | st.sampled_from(("#", "*", "~")),
    lambda inner: st.one_of(
        inner.map("[{}]".format),
        st.lists(inner, min_size=1, max_size=3).map(lambda some: f"({'|'.join(some)})"),
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
    ),
    max_leaves=6,
)


@given(words=_PHRASE, text=st.lists(st.sampled_from(_PIECES), max_size=8).map("".join))
def test_a_text_that_a_phrase_fits_has_what_it_needs(words: str, text: str) -> None:
    """Else a phrase that stands in a text is not looked for."""
    if re.search(pattern(words), text, re.IGNORECASE):
        assert may_fit(needed(words), plain(text))


def test_flat_keeps_length() -> None:
    """Spans of the plain text are spans of the page."""
    text = "l’UE\u00a0– «\u202f2014\u202f»"
    assert len(flat(text)) == len(text)


def test_a_desk_adds_phrases(tmp_path: Path) -> None:
    """A desk's own file adds to what ships."""
    line = (
        '{"lang": "en", "says": "association.funding", "at": "before", "words": "bankrolled by"}\n'
    )
    (tmp_path / "phrases.jsonl").write_text(line, "utf-8")
    shipped = read_reference(Path("data/reference")).phrases
    assert len(read_reference(tmp_path, Path("data/reference")).phrases) == len(shipped) + 1


def test_a_desk_may_have_phrases_of_some_kinds_alone() -> None:
    """A kind that is missing is as one without words, and everything else is read."""
    phrase = Phrase(lang="en", says="association.funding", at="before", words="funded by")
    known = [KnownName("UNDP", "en", "ag:undp")]
    page = "A programme\nFunded by UNDP since 2019.\n"
    found = ProseReader(States([]), known, [phrase]).read(page, list(spans(page)))
    assert ("association.funding", "UNDP") in [(one.property, one.text) for one in found]


@pytest.mark.parametrize(
    ("says", "at"),
    [
        ("association.extending", "before"), ("result.teachers", "after"),
        ("currency.BRL", "word"), ("status.on-hold", "word"), ("not", "word"),
    ],
)  # fmt: skip
def test_a_desk_says_what_there_is_to_say(says: str, at: str, tmp_path: Path) -> None:
    line = {"lang": "en", "says": says, "at": at, "words": "as it were"}
    (tmp_path / "phrases.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    assert read_reference(tmp_path, Path("data/reference")).phrases[0].says == says


@pytest.mark.parametrize(
    ("says", "at"),
    [
        ("nonsense", "word"), ("nonsense", "before"), ("association.friend", "before"),
        ("budget", "word"), ("result", "after"), ("currency.euro", "word"), ("not.quite", "word"),
    ],
)  # fmt: skip
def test_what_nothing_reads_is_refused_with_the_words_that_may_stand_there(
    says: str, at: str, tmp_path: Path
) -> None:
    good = {"lang": "en", "says": "not", "at": "word", "words": "in no way"}
    bad = {"lang": "en", "says": says, "at": at, "words": "as it were"}
    text = "".join(json.dumps(line) + "\n" for line in (good, bad))
    (tmp_path / "phrases.jsonl").write_text(text, "utf-8")
    said = f"is '{says}', which nothing reads at '{at}'; write one of "
    with pytest.raises(BadRecord, match=re.escape(said)) as raised:
        read_reference(tmp_path, Path("data/reference"))
    assert (raised.value.place.line, raised.value.place.field) == (2, "says")
    assert {"word": "currency.EUR", "before": "association.funding", "after": "budget"}[at] in str(
        raised.value.hint
    )


@pytest.mark.parametrize(
    ("said", "money"),
    [
        ("The programme has a total budget of EUR 46 million.", "EUR"),
        ("The programme has a total budget of 46 million euros.", "euros"),
        ("Budget: CHF 46 million", "CHF"),
        ("Le programme dispose d'un budget total de 46 millions d'euros.", "euros"),
        ("El programa tiene un presupuesto total de 46 millones de euros.", "euros"),
    ],
)
def test_a_budget_in_another_currency_is_noted(said: str, money: str, tmp_path: Path) -> None:
    """Amounts are in US dollars (C08): what is printed in another currency is told as that alone,
    not as unsure, and not taken.
    """
    page = tmp_path / "page.txt"
    page.write_text(f"EUROMED\n\n{said}\n", "utf-8")
    item = linked(SETTING, read_page(page, programme="p", prose=PROSE.read).record)
    assert "budget" not in item.node
    (note,) = [note for note in item.notes if note.about_property == "budget"]
    assert note.issue_type == "other-currency"
    assert all(text.count(money) == 1 for text in note.comment.values())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It is funded by the Institute of Law and Border Affairs of Zed.", ""),
        ("It is funded by the Institute of Law and the Agency of Zed.", "Institute of Law"),
        ("Es ejecutado por el Instituto Nacional de Migración y Asuntos Fronterizos.", ""),
        ("Es ejecutado por el Instituto de Zeta y la Agencia de Ypsilon.", "Instituto de Zeta"),
        ("Il est mis en œuvre par l'Agence nationale de la statistique et de la démographie.", ""),
        ("Es financiado por la Fundación para la Sierra Norte.", "Fundación para la Sierra Norte"),
    ],
)
def test_a_name_that_may_go_on_is_not_told_in_part(text: str, told: str, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(f"Programme Zeta\n\n{text}\n", "utf-8")
    record = read_page(page, programme="p", prose=PROSE.read).record
    found = [one.text for one in record.sources[0].values if "association" in one.property]
    assert found == ([told] if told else [])


@pytest.mark.parametrize(
    "text",
    [
        "Start: around 2019",
        "End: about 2022",
        "Period: approximately 2019-2021",
        "Début : vers 2019",
        "Date de fin : environ 2022",
        "Inicio: hacia 2019",
        "Período: alrededor de 2019-2021",
    ],
)
def test_a_year_that_is_not_exact_is_none(text: str, tmp_path: Path) -> None:
    (page := tmp_path / "page.txt").write_text(f"Programme Zeta\n\n{text}\n", "utf-8")
    assert "years" not in said(page)


@pytest.mark.parametrize(
    "title",
    [
        "A global programme was rejected",
        "Regional project has been cancelled",
        "Un programme mondial a été rejeté",
        "Un programa mundial fue rechazado",
    ],
)
def test_what_came_to_nothing_covers_nothing(title: str, tmp_path: Path) -> None:
    (page := tmp_path / "page.txt").write_text(f"{title}\n\nThe donors met.\n", "utf-8")
    assert "coverage" not in said(page)
