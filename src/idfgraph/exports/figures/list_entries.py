"""What lists tell of pages and of codes."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

_PAGES = """
SELECT pages.iri, coalesce(language, ''), coalesce(captured_on, ''),
  coalesce(group_concat(record_iri, ' '), '')
FROM pages LEFT JOIN (SELECT * FROM record_pages ORDER BY record_iri) ON page_iri = pages.iri
GROUP BY pages.iri
"""

#: Each use of a code by a project or programme, and each note of a kind.
_CODES = """
SELECT codes.iri, scheme, count(used) FROM codes LEFT JOIN (
  SELECT status_iri AS used FROM projects UNION ALL SELECT coverage_iri FROM projects
  UNION ALL SELECT region_iri FROM projects UNION ALL SELECT type_iri FROM project_types
  UNION ALL SELECT status_iri FROM programmes UNION ALL SELECT coverage_iri FROM programmes
  UNION ALL SELECT measure_iri FROM results UNION ALL SELECT role_iri FROM partners
  UNION ALL SELECT issue_iri FROM notes UNION ALL SELECT severity_iri FROM notes
  UNION ALL SELECT rank_iri FROM sources UNION ALL SELECT reason_iri FROM sources
  UNION ALL SELECT method_iri FROM sources UNION ALL SELECT method_iri FROM decisions
) ON used = codes.iri GROUP BY codes.iri
"""


class ListedPage(NamedTuple):
    """A page: the records that are read from it, its language, and the day of its capture, each
    empty where it is not known.
    """

    records: Sequence[str]
    language: str
    day: str


class CodeUses(NamedTuple):
    """The list that a code stands in, and how often it is used."""

    scheme: str
    number: int


class Listings(NamedTuple):
    """Pages and codes by their compact IRIs."""

    pages: Mapping[str, ListedPage] = MappingProxyType({})
    codes: Mapping[str, CodeUses] = MappingProxyType({})


def read_listings(tables: sqlite3.Connection, compact: Callable[[str], str]) -> Listings:
    """What the tables of a release tell of its pages and codes."""
    pages = {
        compact(page): ListedPage([compact(one) for one in records.split()], language, day)
        for page, language, day, records in tables.execute(_PAGES)
    }
    codes = {
        compact(code): CodeUses(f"code:{scheme}", number)
        for code, scheme, number in tables.execute(_CODES)
    }
    return Listings(pages, codes)
