"""Amounts as people write them: one reading is taken, several are told, none is noted."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from babel.numbers import format_compact_decimal, format_currency, format_decimal
from hypothesis import example, given
from hypothesis import strategies as st

from idfgraph.graph.resolve.amounts import amount
from idfgraph.model.text import LANGUAGES

CENTS = st.decimals(Decimal("0.01"), Decimal("999999999.99"), places=2)
SPACES = ("\u00a0", "\u202f", "\u2009", " ")

READ = [
    ("$300,000.00", "300000.00"),
    ("USD 100 000", "100000"),
    ("US$ 1.5 million", "1500000"),
    ("1,5 million de dollars", "1500000"),
    ("2 millones de dólares", "2000000"),
    ("300 mil", "300000"),
    ("149 999,50", "149999.50"),
    ("149\u202f999,50", "149999.50"),
    ("100\u00a0000", "100000"),
    ("300.000,00", "300000.00"),
    ("100’000", "100000"),
    ("100'000", "100000"),
    ("1.234.567", "1234567"),
    ("1,050,000", "1050000"),
    ("300 000 dollars E.-U.", "300000"),
    ("USD $300,000.00 (USD)", "300000.00"),
    ("0.50", "0.50"),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("text", "value"), READ)
def test_an_amount_of_one_reading_is_it(text: str, value: str, language: str) -> None:
    assert amount(text, language).readings == (value,)


@pytest.mark.parametrize(
    ("text", "language", "readings"),
    [
        ("100.000", "en", ("100", "100000")),
        ("100.000", "fr", ("100", "100000")),
        ("100.000", "es", ("100", "100000")),
        ("1,500", "fr", ("1.5", "1500")),
        ("1,500", "es", ("1.5", "1500")),
        ("1,500", "en", ("1500",)),
        ("1.250 million", "en", ("1250000", "1250000000")),
    ],
)
def test_a_sign_of_two_meanings_gives_two_readings(
    text: str, language: str, readings: Sequence[str]
) -> None:
    assert amount(text, language).readings == readings


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("000100", "leading-zeros"),
        ("USD 000 100", "leading-zeros"),
        ("00.50", "leading-zeros"),
        ("EUR 5000", "other-currency"),
        ("5 000 CHF", "other-currency"),
        ("€300,000.00", "other-currency"),
        ("5,000 francs suisses", "other-currency"),
        *((text, "") for text in ("0", "0.00", "-5", "1.2e5", ".50", "abc", "", "$", "1050,000")),
        *((text, "") for text in ("٣٠٠", "３００", "1,00,000", "approx. 3000", "300 — 400")),
        *((text, "") for text in ("1 000 000 000 000 000", "100000.000", "100\n000")),
        *((text, "") for text in ("1.5 billion", "5 doubloons")),
    ],
)  # fmt: skip
def test_what_is_no_amount_in_dollars_has_no_reading(text: str, fault: str, language: str) -> None:
    assert amount(text, language)[:2] == ((), fault)


@given(CENTS, st.sampled_from(LANGUAGES), st.sampled_from(SPACES), st.booleans())
@example(Decimal("1234.50"), "es", " ", False)
def test_what_a_language_writes_is_read_back(
    value: Decimal, language: str, space: str, named: bool
) -> None:
    written = (
        format_currency(value, "USD", locale=language, format_type="name")
        if named
        else format_decimal(value, "#,##0.00", locale=language)
    )
    found = amount(written.replace("\u202f", space), language)
    assert [Decimal(reading) for reading in found.readings] == [value]
    assert bool(found.dollars) == named


@given(st.integers(1, 9_999_999), st.sampled_from(LANGUAGES))
def test_a_whole_number_is_read_back_or_both_its_readings_told(value: int, language: str) -> None:
    written = format_decimal(value, "#,##0", locale=language)
    found = amount(written, language).readings
    assert str(value) in found
    assert len(found) == 1 or (language == "es" and 1000 <= value < 1_000_000)


@given(st.integers(1, 999), st.sampled_from(LANGUAGES), st.sampled_from([1000, 1_000_000]))
def test_thousands_and_millions_in_words_are_read_back(
    value: int, language: str, times: int
) -> None:
    written = format_compact_decimal(value * times, format_type="long", locale=language)
    if written != "mille":
        assert amount(written, language).readings == (str(value * times),)


@given(st.from_regex(r"[$0-9.,' \u00a0-]{1,14}|[0-9]{1,3}[.,][0-9]{3}", fullmatch=True))
def test_no_language_but_the_pages_own_could_read_another_amount(text: str) -> None:
    """What French and Spanish pages are believed in, no page reads otherwise."""
    for language in ("fr", "es"):
        found = amount(text, language).readings
        if len(found) == 1:
            assert all(amount(text, other).readings == found for other in LANGUAGES)
