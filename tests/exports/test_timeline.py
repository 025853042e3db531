"""When projects ran: a bar for each whose years are known, how many are left out."""

import pytest
from support.making_pages import data_setting, site_of

from idfgraph.exports.figures import ProjectFacts
from idfgraph.exports.site import Catalogue
from idfgraph.exports.site.page_voice import Lexicon, PageVoice
from idfgraph.exports.site.timeline import timeline

NOTHING = Catalogue({}, {}, 0, {})
YEARS = [(2010, 2019), (2018, 2019), (2019, 2010), (2010, None), (None, 2011)]


@pytest.fixture(scope="module")
def voice() -> PageVoice:
    return PageVoice(Lexicon(site_of(data_setting()), NOTHING, {}), "en", "")


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
