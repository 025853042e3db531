"""Kinds of wording, in three languages: what short passages say of a programme, and what is none
of its facts.
"""

from collections import defaultdict
from pathlib import Path

import pytest

from idfgraph.graph.resolve.prose import ACCEPTED
from idfgraph.graph.setting import prepare
from idfgraph.model.text import Language

DATA = Path(__file__).parents[1] / "data" / "wording"
PROSE = prepare([]).reference.prose
LANGUAGES: tuple[Language, ...] = ("en", "fr", "es")
HEADINGS = {
    "en": "A heading about people\nPeople move. They need help.",
    "fr": "Un titre sur les gens\nLes gens se déplacent. Ils ont besoin d'aide.",
    "es": "Un título sobre la gente\nLa gente se mueve. Necesita ayuda.",
}
LETTERS = {
    "F": "association.funding",
    "I": "association.implementing",
    "S": "targetsGovernmentOf",
    "P": "hasPart.phase",
    "B": "budget.value",
    "C": "coverage",
    "R": "result",
}


def passages(language: Language) -> list[tuple[str, str]]:
    """What is expected of the passages of a language, and their words; ` // ` parts lines."""
    lines = (DATA / f"{language}.txt").read_text("utf-8").splitlines()
    parted = (line.partition("|") for line in lines)
    return [(said.strip(), words.strip().replace(" // ", "\n")) for said, _, words in parted]


def read(words: str, language: Language) -> str:
    """What is content of a passage, as the expectations write it."""
    page = f"{HEADINGS[language]}\n{words}\n"
    ends = [at for at, letter in enumerate(page) if letter == "\n"]
    starts = [0, *(end + 1 for end in ends)]
    lines = [span for span in zip(starts, ends, strict=False) if span[1] > span[0]]
    found: dict[str, set[str]] = defaultdict(set)
    years = {"startYear": "", "endYear": ""}
    for capture in PROSE.read(page, lines):
        text, property_ = capture.text or "", capture.property
        if property_ == "title" or float(capture.certainty or 1) < ACCEPTED:
            continue
        if property_ in years:
            years[property_] = text
        elif property_.startswith("association"):
            found[property_] |= {name.id[3:] for name in PROSE.partners_in(text)}
        elif property_ == "targetsGovernmentOf":
            found[property_] |= {name.id[3:] for name in PROSE.states_in(text)}
        elif property_ == "budget.value":
            found[property_].add(PROSE.amount(text, language) or text)
        elif property_ == "hasPart.phase":
            found[property_].add(str(PROSE.phase(text)))
        elif property_ == "coverage":
            found[property_].add(PROSE.phrases.code("coverage", text) or text)
        elif property_.startswith("result."):
            found["result"].add(f"{property_.partition('.')[2]}:{text}")
    parts = [
        f"{letter}={','.join(sorted(found[name]))}"
        for letter, name in LETTERS.items()
        if found[name]
    ]
    parts += [f"Y={years['startYear']}-{years['endYear']}"] if any(years.values()) else []
    return " ".join(sorted(parts))


def ordered(said: str) -> str:
    """An expectation in the order in which what is read is written."""
    parts = (part.partition("=") for part in said.split())
    return " ".join(
        sorted(f"{letter}={','.join(sorted(values.split(',')))}" for letter, _, values in parts)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_wording(language: Language) -> None:
    """Each passage says all that is expected, and nothing else."""
    wrong = [
        f"{words}\n  expected {ordered(said)}\n  read     {read(words, language)}"
        for said, words in passages(language)
        if read(words, language) != ordered(said)
    ]
    assert not wrong, "\n".join(wrong)
