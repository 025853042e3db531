"""Texts in three languages: the catalogues are whole, and every language says what it can."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idfgraph.model import text
from idfgraph.model.text import LANGUAGES, chosen, decimal, gettext, listed, ngettext, texts

ROOT = Path(__file__).parents[2]
TEXTS = st.dictionaries(st.sampled_from([*LANGUAGES, "de", "pt"]), st.text(max_size=3))


def test_the_catalogues_are_in_step_with_the_code() -> None:
    command = [sys.executable, str(ROOT / "tools" / "translations.py"), "--check"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@given(TEXTS, st.sampled_from([*LANGUAGES, "de"]))
def test_a_text_is_chosen_if_there_is_any(known: dict[str, str], language: str) -> None:
    said, other = chosen(known, language)
    assert bool(said) == any(known.values())
    assert said == known.get(other or language, "")
    assert not known.get(language) or not other
    first = next((name for name in LANGUAGES if known.get(name)), None)
    assert not other or other == (first or other)


@pytest.mark.parametrize("language", ["en", "fr", "es", "de", ""])
def test_what_no_catalogue_has_is_said_in_english(language: str) -> None:
    assert gettext("no such message", language) == "no such message"
    assert gettext("no such {thing}", language, thing="page") == "no such page"
    assert ngettext("{number} ape", "{number} apes", 2, language or "en") == "2 apes"


def test_an_empty_message_is_empty_in_all_languages() -> None:
    assert set(texts("").values()) == {""}


PLURALS = [
    ("en", {0: "notices", 1: "notice", 2: "notices"}),
    ("fr", {0: "remarque", 1: "remarque", 2: "remarques"}),
    ("es", {0: "observaciones", 1: "observación", 2: "observaciones"}),
]


@pytest.mark.parametrize(("language", "forms"), PLURALS)
def test_plurals_are_those_of_the_language(language: str, forms: dict[int, str]) -> None:
    assert {n: ngettext("notice", "notices", n, language) for n in forms} == forms


def test_braces_in_values_and_in_messages_without_values_stay() -> None:
    assert gettext("no such {thing}", "fr", thing="{by} {0.__class__}") == (
        "no such {by} {0.__class__}"
    )
    assert gettext("a {set}", "fr") == "a {set}"
    assert gettext("{{a}} {b}", "fr", b=1) == "{a} 1"


@pytest.mark.parametrize(
    ("digits", "en", "fr", "es"),
    [
        ("49997.00", "49,997.00", "49\u202f997,00", "49.997,00"),
        ("0.10", "0.10", "0,10", "0,10"),
        ("1200", "1,200", "1\u202f200", "1.200"),
        ("many", "many", "many", "many"),
        ("-5", "-5", "-5", "-5"),
        ("1.", "1.", "1.", "1."),
        ("٣", "٣", "٣", "٣"),
        ("", "", "", ""),
    ],
)
def test_a_decimal_is_written_as_a_language_does(digits: str, en: str, fr: str, es: str) -> None:
    assert [decimal(digits, language) for language in LANGUAGES] == [en, fr, es]


@given(st.from_regex(r"[0-9]{1,60}(\.[0-9]{1,40})?", fullmatch=True), st.sampled_from(LANGUAGES))
def test_no_digit_of_a_decimal_is_lost(digits: str, language: str) -> None:
    written = decimal(digits, language)
    separator = "." if language == "en" else ","
    whole, _, part = written.rpartition(separator) if "." in digits else (written, "", "")
    plain = "".join(filter(str.isdecimal, whole)) + (f".{part}" if part else "")
    assert (Decimal(plain), len(part)) == (Decimal(digits), len(digits.partition(".")[2]))


def test_items_are_listed_as_a_language_does() -> None:
    named = [listed(["Fiji", "Samoa", "Tonga"], language) for language in LANGUAGES]
    assert named == ["Fiji, Samoa, and Tonga", "Fiji, Samoa et Tonga", "Fiji, Samoa y Tonga"]
    assert [listed([], "fr"), listed(["Fiji"], "fr")] == ["", "Fiji"]


@pytest.mark.parametrize(
    ("last", "word"),
    [
        ("Islandia", "e"),
        ("<a href='x'><bdi>Intervención</bdi></a>", "e"),
        ("Ítaca", "e"),
        ("hijos", "e"),
        ("hielo", "y"),
        ("iones", "y"),
        ("Yemen", "y"),
        ("", "y"),
    ],
)
def test_spanish_and_before_the_sound_of_i(last: str, word: str) -> None:
    assert listed(["Fiji", last], "es") == f"Fiji {word} {last}"
    assert listed(["Y", "Fiji", last], "es") == f"Y, Fiji {word} {last}"
    assert listed([last], "es") == last
    assert listed(["Fiji", last], "fr") == f"Fiji et {last}"


def test_readers_of_english_load_no_catalogue() -> None:
    code = (
        "import sys; from idfgraph.model.text import gettext; gettext('x', 'en');"
        "sys.exit('babel' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_every_language_has_a_catalogue() -> None:
    assert text.translations("fr") is text.translations("fr")
    assert texts("not published") == {
        "en": "not published",
        "fr": "non publié",
        "es": "no publicado",
    }
