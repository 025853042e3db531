"""What the documents of a resource are made of, as hashes: equal ones make equal files."""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from ...graph.setting import Setting
from ...model import iris
from ...model.text import Texts
from ...system.program import program
from ...system.sums_of_parts import sum_of_parts
from ..figures import Listings, Overview, ProjectFacts
from .content import Catalogue, Site
from .neighbours import near
from .selections import projects_of

#: Texts of JSON, any of which could name something: an id, or a code.
_WORD = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"')

#: Prefixes of resources whose pages show how many projects others have.
_COUNTING = ("prj:", "prg:")


class MadeOf(NamedTuple):
    """Hashes of what is said of a resource, which is all that its files for machines are made of;
    of the names that its pages can show; and of the projects that these tell of.
    """

    said: str
    named: str = ""
    counted: str = ""


def shared_by_pages(site: Site) -> Site:
    """What the pages of resources know of a release: nothing that each release has its own of, as
    its version and its downloads.
    """
    overview = Overview(*site.overview[:6], lacking={}, listings=Listings({}, {}))
    return Site(
        site.setting,
        overview=overview,
        scripts=site.scripts,
        documents=site.documents,
        outlines=site.outlines,
    )


class Ingredients:
    """Tells what documents are made of, from the lines that they are made from and what pages know
    of others.
    """

    def __init__(
        self,
        setting: Setting,
        site: Site | None,
        catalogue: Catalogue,
        labels: Mapping[str, Texts],
        gone: Container[str],
        *,
        files: bool = True,
    ) -> None:
        """Without a site there are no pages; `labels` are what markup calls states, `gone` the
        resources that are no more, `files` says whether there are files for machines.
        """
        self.shared = _shared(setting, site)
        self.has_files = files
        self._overview: Overview | None = site.overview if site else None
        self._gone = gone
        self._names = {
            id_: _hash([id_, names, catalogue.others.get(id_), labels.get(id_)])
            for id_, names in (catalogue.names.items() if site else ())
        }
        self._words = self._by_word(_prefixes(site)) if site else {}
        self._facts: dict[str, str] = {}

    def of(self, resource: str, lines: Sequence[str]) -> MadeOf:
        """What the documents of a resource with these spool lines are made of."""
        said = _hash(lines)
        if self._overview is None:
            return MadeOf(said)
        around, own = near(self._overview, resource), projects_of(self._overview, resource)
        words = set(chain.from_iterable(map(_WORD.findall, lines)))
        known = {one for word in words for one in self._named(word)}
        if around:
            known.update((around.before, around.after, *around.states, *around.types))
        counted: list[object] = [around, [self._told(one) for one in own.projects] if own else None]
        if resource.startswith(_COUNTING):
            counted += [(id_, self._number(id_)) for id_ in sorted(known)]
        names = (self._names.get(id_) for id_ in sorted(known))
        return MadeOf(said, _hash([resource in self._gone, *names]), _hash(counted))

    def _by_word(self, prefixes: Iterable[str]) -> Mapping[str, Sequence[str]]:
        """What each word could name: a resource by its id, or by its code alone."""
        found = defaultdict[str, list[str]](list)
        cut = sorted({len(prefix) for prefix in prefixes})
        known = frozenset(prefixes)
        for id_ in self._names:
            for end in (0, *cut):
                if not end or id_[:end] in known:
                    found[id_[end:]].append(id_)
        return found

    def _named(self, word: str) -> Iterator[str]:
        """The resources that a word could name."""
        yield from self._words.get(word, ())
        if ":" in word:
            whole = iris.resource_of(word)
            yield from (one for one in (whole, iris.source_of(whole)) if one in self._names)

    def _number(self, id_: str) -> int:
        found = projects_of(self._overview, id_) if self._overview else None
        return len(found.projects) if found else 0

    def _told(self, project: ProjectFacts) -> str:
        """What lists tell of a project, with all names in it."""
        if project.id not in self._facts:
            doubts = (one.issue for one in project.doubts)
            codes = (project.status, project.region, *project.types, *doubts)
            named = (project.id, *codes, *project.states)
            self._facts[project.id] = _hash([project, *map(self._names.get, named)])
        return self._facts[project.id]


def _shared(setting: Setting, site: Site | None) -> Mapping[str, str]:
    """What documents share, part by part; nothing of a site where there is none."""
    words, dataset = setting.words, setting.dataset
    return {
        "program": program(),
        "words": _hash([words.context_text, words.ontology, setting.base]),
        "dataset": _hash([dataset, setting.as_of]),
        "site": f"{site.scripts} {site.documents}" if site else "",
    }


def _prefixes(site: Site) -> frozenset[str]:
    """What stands before the codes that values are."""
    terms = site.setting.mapper.terms.properties.values()
    return frozenset(term.prefix for term in terms if term.kind == "code" and term.prefix)


def _hash(parts: Iterable[object]) -> str:
    texts = (part if isinstance(part, str) else repr(part) for part in parts)
    return sum_of_parts(map(str.encode, texts)).hex()
