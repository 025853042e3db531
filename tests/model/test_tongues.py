"""The language of a text: told where its words leave no doubt."""

import pytest

from idfgraph.model.tongues import endonym, language_in, likely, spoken

TOLD = {
    "en": [
        "This project supports the authorities of the country in the management of migration.",
        "Support to Migration Management in Chad",
        "Strengthening of capacities for the protection of migrants",
    ],
    "fr": [
        "Le projet aide les autorités à mieux gérer les frontières.",
        "Élaboration d’une politique de gestion des migrations et des frontières",
    ],
    "es": [
        "El proyecto ayuda a las autoridades del país y a la población.",
        "Fortalecimiento de los servicios para las personas migrantes",
    ],
    "pt": [
        "Reforço dos serviços para o retorno das pessoas migrantes no país, por meio da formação",
    ],
    "ru": ["Поддержка и развитие управления миграцией на границе для государства"],
    "und": ["Поддержка управления миграцией", "دعم إدارة الهجرة", "移民管理"],
}
NOT_TOLD = [
    *("Open South America", "Open Balkans", "MIGRECO", "TC.0066", "Costa Rica", "Ouverture", ""),
    *("   ", "2021", "😀😀", "a\0b", "Guinea-Bissau, Cabo Verde, Angola"),
    "Migration health assessment, Kenya",
    "The project and its partners / Le projet et les partenaires",
    "O projeto apoia o governo para a gestão da migração por meio de formação",
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
    assert (likely("Capacity building in Georgia"), likely("Open Balkans")) == ("en", "")


def test_a_long_text_is_told_by_its_beginning() -> None:
    assert spoken("Le projet aide les autorités à mieux gérer les frontières.\n" * 10_000) == "fr"


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
