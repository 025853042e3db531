"""What projects are found by: links to their parts, and the data of the script that filters."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from ...model.labels import PROPERTIES
from ...model.text import capitalized, decimal, translations
from ..figures import SEVERAL, UNKNOWN, Overview, ProjectFacts, ProjectSum
from .frame import own_words
from .home import part_name
from .markup import data_block
from .page_voice import PageVoice
from .project_rows import doubt_fragment, doubt_name
from .selections import GAPS, missing
from .things import further_words

#: The columns of the file that the script makes.
_HEAD = (
    *("project_id", "title", "region", "states", "types", "status", "coverage"),
    *("start_year", "end_year", "budget_usd", "doubts", "iri"),
)


class ProjectWays(NamedTuple):
    """What leads to parts of the projects without a script: the name of each part, linked to its
    list, and how many they are.
    """

    regions: Sequence[tuple[Markup, int]]
    types: Sequence[tuple[Markup, int]]
    statuses: Sequence[tuple[Markup, int]]
    years: Sequence[tuple[Markup, int]]


def finding(voice: PageVoice, overview: Overview) -> ProjectWays:
    """The ways to parts of the projects."""
    return ProjectWays(
        _linked(voice, overview.regions, "fundRegion"),
        _linked(voice, overview.types, "projectType"),
        _linked(voice, overview.statuses, "status"),
        _linked(voice, overview.years, "startYear"),
    )


def _linked(
    voice: PageVoice, parts: Mapping[str, ProjectSum], gap: str
) -> Sequence[tuple[Markup, int]]:
    """Parts by name, those that are none last."""
    ordered = sorted(parts, key=lambda name: (name in {UNKNOWN, SEVERAL}, voice.place(name)))
    return [(part_name(voice, name, missing(gap)), len(parts[name].projects)) for name in ordered]


def script_data(voice: PageVoice, overview: Overview, firsts: Sequence[str]) -> str:
    """The projects as the script reads them: one value of JSON, texts that are no markup; `firsts`
    are the first words of the parts that narratives are found by.
    """
    projects = overview.all.projects
    lists = {
        "region": _ordered(voice, (one.region for one in projects)),
        "state": _ordered(voice, overview.states),
        "type": _ordered(voice, (type_ for one in projects for type_ in one.types)),
        "status": _ordered(voice, (one.status for one in projects)),
        "coverage": _ordered(voice, (one.coverage for one in projects)),
    }
    doubts = _doubts(voice, projects)
    head = {
        "lang": voice.language,
        "ends": voice.suffix,
        "gap": decimal("1000", voice.language)[1:-3],
        "iri": voice.iri("prj:"),
        "head": _HEAD,
        "firsts": firsts,
        "words": _words(voice),
        "doubts": list(doubts.items()),
        **{name: [_entry(voice, one) for one in list_] for name, list_ in lists.items()},
        "missing": [[key, _label(voice, key)] for key in GAPS],
    }
    places = [{one: at for at, one in enumerate(list_)} for list_ in lists.values()]
    marks = {name: at for at, name in enumerate(doubts)}
    rows = ",\n".join(_json(_row(voice, one, places, marks)) for one in projects)
    return data_block(f'window.idfProjects={_json(head)[:-1]},"rows":[\n{rows}\n]}};\n')


def _doubts(voice: PageVoice, projects: Sequence[ProjectFacts]) -> Mapping[str, str]:
    """Doubts by their place on the page of a project: what each is called."""
    found = (one for project in projects for one in project.doubts)
    return dict(sorted((doubt_fragment(one), doubt_name(voice, one)) for one in found))


def _ordered(voice: PageVoice, resources: Iterable[str]) -> Sequence[str]:
    return sorted(set(resources) - {""}, key=voice.place)


def _entry(voice: PageVoice, resource: str) -> Sequence[str]:
    """A code or state: its id, name, the language of that if it is another, and further words that
    a state is found by.
    """
    said, other = voice.name(resource)
    entry = [resource.partition(":")[2], said, other]
    return [*entry, further_words(voice, resource)] if resource.startswith("st:") else entry


def _label(voice: PageVoice, key: str) -> str:
    return capitalized(own_words(voice.lexicon.labels(key, PROPERTIES), voice.language))


def _row(
    voice: PageVoice,
    project: ProjectFacts,
    places: Sequence[Mapping[str, int]],
    doubts: Mapping[str, int],
) -> Sequence[object]:
    parts = ([project.region], project.states, project.types, [project.status], [project.coverage])
    lacks = [at for at, name in enumerate(GAPS.values()) if not project.gives(name)]
    found = [[place[one] for one in part if one] for place, part in zip(places, parts, strict=True)]
    budget = "" if project.budget is None else float(project.budget)
    return [
        project.id.partition(":")[2],
        *voice.name(project.id),
        int(budget) if budget and budget == int(budget) else budget,
        project.start or "",
        project.end or "",
        [doubts[doubt_fragment(one)] for one in project.doubts],
        *(part[0] if len(part) == 1 else part for part in (*found, lacks)),
    ]


def _words(voice: PageVoice) -> Mapping[str, Sequence[str]]:
    """What the script says, for one and for several; the templates say the same without it."""
    said = translations(voice.language)
    forms = [
        (
            said.gettext("Projects: %(shown)s of %(all)s."),
            said.ngettext("%(all)s project.", "%(all)s projects.", number),
            said.gettext("USD %(usd)s in all, published for %(known)s of %(all)s."),
            said.gettext("No budget is published."),
            said.ngettext(
                "Of this USD %(shared)s is for %(several)s project of several states, and is not "
                "divided among them.",
                "Of this USD %(shared)s is for %(several)s projects of several states, and is not "
                "divided among them.",
                number,
            ),
            said.ngettext("%(shown)s doubt", "%(shown)s doubts", number) + voice.colon,
            said.gettext("In the narrative"),
            said.ngettext(
                "%(shown)s has the words only in its narrative.",
                "%(shown)s have the words only in their narratives.",
                number,
            ),
        )
        for number in (1, 2)
    ]
    keys = ("of", "all", "usd", "none", "several", "doubts", "within", "inside")
    return dict(zip(keys, zip(*forms, strict=True), strict=True))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
