"""The language of a text: told where its words leave no doubt."""

import pytest

from idfgraph.model.tongues import doubted, spoken

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
}
NOT_TOLD = [
    *("Open South America", "Migration health assessment, Kenya", "Ouverture", ""),
    *("Поддержка управления миграцией", "دعم إدارة الهجرة", "移民管理"),
    "O projeto apoia o governo para a gestão da migração por meio de formação",
    "Reforço dos serviços para o retorno das pessoas migrantes no país, por meio da formação",
    "Sostegno alla gestione della migrazione in Albania",
    "The project and its partners / Le projet et les partenaires",
]


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language in TOLD for text in TOLD[language]]
)
def test_common_words_tell_a_language(language: str, text: str) -> None:
    assert spoken(text) == language


@pytest.mark.parametrize("text", NOT_TOLD)
def test_a_short_mixed_or_foreign_text_tells_none(text: str) -> None:
    assert spoken(text) is None


def test_a_doubt_needs_words_of_another_language() -> None:
    assert doubted("Capacity building in Georgia", "fr") == "en"
    assert doubted("Capacity building in Georgia", "en") == ""
    assert doubted("Open South America", "fr") == ""
