"""When projects ran: a bar for each whose years are known, how many are left out."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.making_pages import data_setting, site_of

from idfgraph.exports.figures import ProjectFacts, overview_of
from idfgraph.exports.site import Catalogue
from idfgraph.exports.site.home import chart_width, year_columns
from idfgraph.exports.site.page_voice import Lexicon, PageVoice
from idfgraph.exports.site.timeline import timeline

NOTHING = Catalogue({}, {}, 0, {}, {})
YEARS = [(2010, 2019), (2018, 2019), (2019, 2010), (2010, None), (None, 2011)]


@pytest.fixture(scope="module")
def voice() -> PageVoice:
    return PageVoice(Lexicon(site_of(data_setting()), NOTHING, {}), "en", "")


@given(st.lists(st.none() | st.integers(2001, 2030), min_size=1, max_size=8))
def test_each_column_of_years_is_within_the_chart(
    voice: PageVoice, starts: Sequence[int | None]
) -> None:
    """A year without a project has a place, and no column."""
    known = [ProjectFacts(f"prj:{at}", start=start) for at, start in enumerate(starts)]
    columns = list(year_columns(voice, overview_of(known).years))
    assert len(columns) == len(set(starts))
    last = max(columns, key=lambda one: one.at)
    assert chart_width(columns) == pytest.approx(last.at + last.width)
    assert chart_width(columns) <= 338


def test_a_bar_is_as_long_as_its_years(voice: PageVoice) -> None:
    """An end before a start is a doubt that the table shows; here it is one year."""
    projects = [
        ProjectFacts(f"prj:P{at}", start=start, end=end) for at, (start, end) in enumerate(YEARS)
    ]
    told = timeline(voice, projects)
    assert told
    assert [(one.name, one.x, one.width, one.named) for one in told.bars] == [
        ("P0", 0, 320, ""),
        ("P1", 256, 64, ""),
        ("P2", 288, 32, "end"),
    ]
    assert told.left_out == 2
    assert [year for year, _ in told.years] == [2010, 2012, 2014, 2016, 2018]
    assert told.bars[1].title == "prj:P1, 2018–2019"


@pytest.mark.parametrize("many", [0, 1, 41, 1000])
def test_too_few_or_too_many_are_not_drawn(voice: PageVoice, many: int) -> None:
    projects = [ProjectFacts(f"prj:P{at}", start=2010, end=2012) for at in range(many)]
    assert timeline(voice, projects) is None
