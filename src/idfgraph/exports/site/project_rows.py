"""Projects as rows of a table, and what they come to in a sentence."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from markupsafe import Markup

from ...model.text import N_, decimal
from ..figures import Noted, ProjectFacts, ProjectSum
from .markup import escape, escaped, joined, link, made, text
from .page_voice import PageVoice
from .selections import ROWS, listed_apart
from .timeline import Timeline, timeline

#: How many states are named in a row.
_NAMED = 3

#: What stands in the place of what is not published.
_NONE = "–"

#: The heads of the columns behind that of the project.
_HEADS = (N_("States"), N_("Years"), "USD", N_("Status"))


class SumView(NamedTuple):
    """What projects come to, as the language writes it: US dollars in all, those for several
    states, how many projects these are, how many publish a budget, and all.
    """

    number: int
    known: int
    several: int
    usd: str
    shared: str


class ProjectList(NamedTuple):
    """The projects of a code or a state: what they come to, the first of them, the address of
    all where there are more, and when they ran.
    """

    sum: SumView
    rows: Sequence[Markup]
    more: str
    timeline: Timeline | None


def project_list(voice: PageVoice, resource: str, projects: ProjectSum) -> ProjectList:
    """The projects of a resource as its page shows them."""
    first = projects.projects[:ROWS]
    more = voice.list_address(listed_apart(resource)) if len(projects.projects) > ROWS else ""
    total, rows = sum_view(projects, voice.language), project_rows(voice, first)
    return ProjectList(total, rows, more, timeline(voice, projects.projects))


def sum_view(sum_: ProjectSum, language: str) -> SumView:
    """A sum for people."""
    number = len(sum_.projects)
    usd, shared = (money(one, language) for one in (sum_.usd, sum_.shared))
    return SumView(number, number - sum_.unknown, sum_.several, usd, shared)


def money(usd: Decimal, language: str) -> str:
    """An amount in whole dollars, as a language writes it.

    >>> money(Decimal("49997.00"), "en")
    '49,997'
    """
    return decimal(str(usd.quantize(Decimal(1), ROUND_HALF_UP)), language)


def project_rows(voice: PageVoice, projects: Iterable[ProjectFacts]) -> Sequence[Markup]:
    """Projects as rows of a table, in their order: a project is in several, and told alike in all
    of them.
    """
    known = voice.written
    return [known.get(one.id) or known.keep(one.id, _row(voice, one)) for one in projects]


def _row(voice: PageVoice, project: ProjectFacts) -> Markup:
    """A project with its numbers as the language writes them; what is not published is a dash."""
    years = (str(year) if year else "?" for year in (project.start, project.end))
    cells = (
        f"{voice.resource(project.id)} {_about(voice, project)}{_doubts(voice, project)}",
        _states(voice, project) or _NONE,
        "–".join(years) if project.start or project.end else _NONE,
        _NONE if project.budget is None else money(project.budget, voice.language),
        _named(voice, project.status) if project.status else _NONE,
    )
    heads = [f' data-column="{voice.gettext(head)}"' for head in _HEADS]
    rest = zip(heads, ("", ' class="years"', ' class="number"', ""), cells[1:], strict=True)
    row = "".join(f"<td{head}{class_}>{cell}</td>" for head, class_, cell in rest)
    return made(f"<tr><td>{cells[0]}</td>{row}</tr>\n")  # all cells are markup


def _states(voice: PageVoice, project: ProjectFacts) -> str:
    """The first states of a project; further ones by number, with their names, linked to all."""
    named = joined(*map(voice.resource, project.states[:_NAMED]), by=", ")
    further = [voice.name(one)[0] for one in project.states[_NAMED:]]
    if not further:
        return named
    href, number = voice.address(f"{project.id}#known"), decimal(str(len(further)), voice.language)
    return f'{named} <a href="{escape(href)}" title="{escape(", ".join(further))}">+{number}</a>'


def doubt_name(voice: PageVoice, doubt: Noted) -> str:
    """What a doubt is called: its kind, and the property that it is about."""
    return f"{voice.name(doubt.issue)[0]} ({voice.label(doubt.about)})"


def doubt_fragment(doubt: Noted) -> str:
    """The place of a doubt on its project's page.

    >>> doubt_fragment(Noted("prj:A#note-date-order-endYear", "code:issue-date-order", "", ""))
    'note-date-order-endYear'
    """
    return doubt.id.partition("#")[2]


def _doubts(voice: PageVoice, project: ProjectFacts) -> str:
    """The values of a project that are in doubt, each linked to what is said of it."""
    if not project.doubts:
        return ""
    number = len(project.doubts)
    said = made(escape(voice.ngettext("%(shown)s doubt", "%(shown)s doubts", number)))
    links = (link(voice.address(one.id), doubt_name(voice, one)) for one in project.doubts)
    return f' <span class="doubt">{voice.labelled(said, joined(*links, by=", "))}</span>'


def _about(voice: PageVoice, project: ProjectFacts) -> Markup:
    """What stands below a title: the project's id, its types and its region."""
    id_ = escaped(project.id.partition(":")[2])
    types = joined(*(_named(voice, one) for one in project.types), by=", ")
    region = _named(voice, project.region) if project.region else Markup()
    said = joined(*filter(None, (id_, types, region)), by=" · ")
    return made(f'<span class="small">{said}</span>')  # all parts are markup


def _named(voice: PageVoice, resource: str) -> Markup:
    return text(*voice.name(resource))
