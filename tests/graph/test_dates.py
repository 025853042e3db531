"""Dates as people write them: the year is taken where there is one."""

from datetime import date

import pytest
from babel.dates import format_date, format_skeleton
from hypothesis import given
from hypothesis import strategies as st

from idfgraph.graph.resolve.dates import Years, years
from idfgraph.model.text import LANGUAGES

ONE = [
    *("15 March 2021", "1 de febrero de 2021", "1er février 2021", "2021-02-01", "03/2021", "2021"),
    *("03/04/2021", "Thu, 03/11/2021 - 00:00", "2021-02-01T00:00:00Z", "mar, 15 mar 2021"),
    *("March 15th, 2021", "1º de febrero de 2021", "sept. 2021", "fevrier 2021", "01.02.2021"),
    *("lundi 15 mars 2021", "15-Mar-2021", "in 2021", "15\u00a0mars\u00a02021", "2021-02"),
]
SPANS = [
    ("2014-2018", "2014", "2018"),
    ("2014 – 2018", "2014", "2018"),
    ("de 2019 à 2022", "2019", "2022"),
    ("January 2020 – December 2021", "2020", "2021"),
    ("del 1 de enero de 2020 al 3 de marzo de 2021", "2020", "2021"),
    ("15/03/2020-16/04/2021", "2020", "2021"),
    ("between 2019 and 2022", "2019", "2022"),
    ("2021/2022", "2021", "2022"),
    ("2020-21", "2020", "2021"),
]
NONE = [
    *("30/02/2021", "31/31/2021", "15/03/21", "Q1 2021", "2018-2014", "20210", "20O4", "04", ""),
    *("en cours", "٢٠٢١", "２０２１", "2020 2021", "March", "-2021", "2021-", "February 30, 2021"),
    *("~2021", "since 2021", "2021?", "15 March", "12 2021", "March March 2021", "१५ March 2021"),
]


@pytest.mark.parametrize("text", ONE)
def test_a_date_has_one_year(text: str) -> None:
    assert years(text) == (Years("2021", "2021"),)


@pytest.mark.parametrize(("text", "first", "last"), SPANS)
def test_a_span_has_two_ends(text: str, first: str, last: str) -> None:
    assert years(text) == (Years(first, last),)


def test_a_month_that_may_be_a_year_is_read_as_both() -> None:
    assert years("2010-12") == (Years("2010", "2010"), Years("2010", "2012"))


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_date_has_no_year(text: str) -> None:
    assert years(text) == ()


DATES = st.dates(date(1970, 1, 1), date(2999, 12, 31))


@given(
    DATES, st.sampled_from(LANGUAGES), st.sampled_from(["full", "long", "medium", "yMMMM", "yM"])
)
def test_what_a_language_writes_is_read_back(day: date, language: str, form: str) -> None:
    if form.startswith("y"):
        written = format_skeleton(form, day, locale=language)
    else:
        written = format_date(day, form, locale=language)
    assert years(written) == (Years(str(day.year), str(day.year)),)


@given(
    DATES, DATES, st.sampled_from(LANGUAGES), st.sampled_from([" – ", " - ", " to ", " à ", " al "])
)
def test_of_two_dates_the_years_are_read_back(
    one: date, other: date, language: str, between: str
) -> None:
    first, last = sorted((one, other))
    written = between.join(format_date(day, "long", locale=language) for day in (first, last))
    assert years(written) == (Years(str(first.year), str(last.year)),)
