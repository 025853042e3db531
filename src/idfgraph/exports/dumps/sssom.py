"""The links of a release to what others have, each with how it was found and who says so: a mapping
set (https://mapping-commons.github.io/sssom/).
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO

import msgspec

from ...graph.setting import Setting
from ...model.entries import Entry, Match
from ...model.iris import rebase
from ...model.layout import LINKS
from ...model.text import chosen
from ...model.vocab import SEMAPV
from ...system.folder import Folder

#: The source of what is our own reading of a vocabulary.
_OWN = "own"

#: How sure a link is, by how many sources give it: a rule of ours, which nobody has measured.
_CONFIDENCE: Mapping[int, str] = {0: "", 1: "0.8", 2: "0.9"}
_MOST, _OURS = "0.95", "0.8"
_RULE = (
    "confidence: 0.8 where one source gives the link, or it is a reading of our own, 0.9 where two "
    "do, 0.95 where more do; nobody has measured it. see_also: who gives it."
)

_COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "mapping_justification",
    "author_label",
    "reviewer_label",
    "object_source",
    "confidence",
    "see_also",
)


class _NodeHead(msgspec.Struct):
    """What tells which node a line is."""

    id: str


def write_links(folder: Folder, setting: Setting, nodes: Iterable[str]) -> None:
    """Writes the links of the reference entries among nodes, as lines of JSON, to what others
    have.
    """
    decode = msgspec.json.Decoder(_NodeHead).decode
    known = (setting.reference.entry(decode(line).id) for line in nodes)
    rows = sorted(row for entry in known if entry for row in _rows(setting, entry))
    used = {_prefix(cell) for row in rows for cell in (row[0], row[2], row[3])}
    text = StringIO()
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    writer.writerows([_COLUMNS, *rows])
    folder.write(LINKS, [*_head(setting, used - {"http", "https"}), text.getvalue()])


def _head(setting: Setting, used: Iterable[str]) -> Iterator[str]:
    """What the file says of itself, as comments in YAML."""
    prefixes = {**setting.words.prefixes, "semapv": SEMAPV}
    said = {
        "mapping_set_id": f"{setting.base}{LINKS}",
        "mapping_set_title": f"{chosen(setting.dataset.title, 'en')[0]}: links",
        "mapping_tool": "idfgraph",
        "license": f"{setting.base}rights",
        "publication_date": setting.as_of,
        "comment": _RULE,
    }
    yield "#curie_map:\n"
    for name in sorted({*used, "base", "semapv"}):
        yield f"#  {name}: {prefixes[name]}\n"
    for key, value in said.items():
        yield f"#{key}: {msgspec.json.encode(value).decode()}\n"


def _rows(setting: Setting, entry: Entry) -> Iterator[tuple[str, ...]]:
    label = chosen({tag: each.text for tag, each in entry.pref_label.items()}, "en")[0]
    terms = setting.mapper.terms.properties
    for key, matches in entry.links.items():
        predicate = setting.mapper.compact(terms[key].predicate[1:-1])
        for match in matches:
            is_own = _OWN in match.sources
            method = "ManualMappingCuration" if is_own else "BackgroundKnowledgeBasedMatching"
            yield (
                entry.id,
                label,
                predicate,
                match.id,
                f"semapv:{method}",
                "idfgraph" if is_own else "",
                match.reviewer or "",
                _source(match.id),
                _OURS if is_own else _CONFIDENCE.get(len(match.sources), _MOST),
                "|".join(sorted(_pages(setting, match))),
            )


def _pages(setting: Setting, match: Match) -> set[str]:
    """The addresses of the sources of a link; our own are under the base."""
    pages = (setting.reference.page_of(key) for key in match.sources)
    return {rebase(page, setting.base) for page in pages}


def _source(match: str) -> str:
    """The other data set, as the description of figures calls it; empty for a full address."""
    return f"base:void#{_prefix(match)}" if not match.startswith(("http:", "https:")) else ""


def _prefix(compact: str) -> str:
    return compact.partition(":")[0]
