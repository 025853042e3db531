"""Records in shards: linked, mapped, validated with the reference data that they touch, and each
result placed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from ..graph.lines import Spun, Woven, lines_of, together, touched, weave
from ..graph.resolve import CodeNames, Coined, Linked, coined
from ..graph.setting import Setting, linked
from ..model import iris
from ..model.errors import IdfgraphError, NoPage
from ..model.findings import Finding, Report, Result
from ..model.provisional_codes import is_provisional
from ..model.text import LANGUAGES, N_, texts
from ..model.vocab import SH
from ..sources.origin import Origin, Sourced
from ..sources.unused import Unused
from ..system.depot import RunFolder
from .evidence_seen import evidence, evidence_lines
from .locate import place_of
from .provisional import is_told_apart
from .shacl import Statements, shape_words, validate, validate_apart
from .suspects import QuickLook

#: The shape that no two projects with one Projet ID fit; no shard can tell, for they may be in two.
_UNIQUE = "shapes/project#project-id-unique"

_LOST = N_(
    "The process that checked this record died, or took too much time or memory. Nothing is known "
    "of the record."
)


_UNUSED = N_("Not used")
_MISPLACED = N_("In the wrong folder")
_MISNAMED = N_("Of a name that not all systems have")


class Shard(NamedTuple):
    """Some records checked: lines (None: not asked for), findings, Projet IDs and ids of records,
    how many records, the provisional codes that these have, the lines as files, where these are
    asked for, and all of it packed, where it is to be kept.
    """

    woven: Woven | None
    findings: tuple[Finding, ...]
    owners: tuple[tuple[str, str], ...]
    records: int
    coined: tuple[Coined, ...] = ()
    spun: Spun | None = None
    kept: bytes = b""

    def brought(self, into: RunFolder) -> "Shard":
        """The same once its lines are in a folder."""
        return self._replace(spun=self.spun.brought(into)) if self.spun else self


def check_shard(
    setting: Setting, engine: str, into: RunFolder | None, sourced: Sequence[Sourced]
) -> Shard:
    """The shard of some records, their lines as files in a folder if one is given."""
    items = [linked(setting, one.record) for one in sourced]
    at = {one.record.id: one.origin for one in sourced}
    shard = check_items(setting, engine, into is not None, items, at)
    if into is None or shard.woven is None:
        return shard
    with into.writing() as folder:
        return shard._replace(woven=None, spun=shard.woven.spun(folder))


def check_items(
    setting: Setting, engine: str, weaving: bool, items: Sequence[Linked], at: Mapping[str, Origin]
) -> Shard:
    """The shard of some linked records; `at` is where each record is, by its id."""
    mapper = setting.mapper
    woven = [weave(mapper, [item]) for item in items] if weaving else []
    told = (one.content for one in woven)
    blocks = told if weaving else (mapper.blocks([item.node]) for item in items)
    content = [list(lines_of(some)) for some in blocks]
    shard = together(woven) if weaving else None
    known = shard.touched if shard else touched(mapper, [item.node for item in items])
    new = _coined(setting, items, known)
    beside = Beside(setting, known, engine, _described(setting, new))
    report = _report(beside, items, content)
    findings = (
        Finding(_named(setting, result), place_of(setting, result, at))
        for result in report.results
        if not is_told_apart(result)
    )
    return Shard(shard, tuple(findings), tuple(_owners(items)), len(items), new)


def _coined(setting: Setting, items: Iterable[Linked], known: Iterable[str]) -> tuple[Coined, ...]:
    """The provisional codes among what is known that linked records have."""
    codes = {id_ for id_ in known if is_provisional(id_) and not setting.reference.lists(id_)}
    return tuple(one for item in items for one in coined(item, codes)) if codes else ()


def _described(setting: Setting, new: Iterable[Coined]) -> Iterator[str]:
    """What shapes are to see of provisional codes, as lines."""
    names = CodeNames()
    names.add(new)
    return (line for code in names.entries() for line in setting.mapper.quads(code.node))


def _report(beside: "Beside", items: Sequence[Linked], content: Sequence[Sequence[str]]) -> Report:
    """The report on the content of each record and its evidence; where a value breaks a shape, with
    all that are like it.
    """
    setting = beside.setting
    suspected: list[Iterable[str]] = []
    abridged = evidence(setting.mapper, items)
    for item, own, told in zip(items, content, abridged.told, strict=True):
        if not beside.look.clears(Statements([*own, *told.lines]), told.claims):
            suspected += [own, evidence_lines(setting.mapper, item)]
    report = beside.report([*content, abridged.lines], suspected)
    focuses = {result.focus for result in report.results}
    broken = {id_ for id_ in abridged.standing if setting.mapper.iri(id_)[1:-1] in focuses}
    if broken:
        with_all = evidence(setting.mapper, items, broken)
        report = beside.report([*content, with_all.lines], suspected)
    return report


class Beside:
    """What records are held against the shapes with: reference data, provisional codes (as lines),
    and the day of the data.
    """

    def __init__(
        self, setting: Setting, known: Iterable[str], engine: str, new: Iterable[str] = ()
    ) -> None:
        mapper = setting.mapper
        nodes = [list(mapper.quads(node)) for node in setting.reference.nodes(known)]
        day = mapper.quads({"id": "base:catalog#dataset", "asOf": setting.as_of})
        self.setting, self._engine, self._nodes = setting, engine, nodes
        (self._day,) = day
        self._lines = [self._day, *new, *chain(*nodes)]

    @cached_property
    def look(self) -> QuickLook:
        """What clears records that stand beside this."""
        return QuickLook(self.setting.mapper, self.setting.as_of, Statements(self._lines))

    @cached_property
    def _is_suspected(self) -> bool:
        """Whether queries can find something in the reference data."""
        return not all(map(self.look.clears, map(Statements, self._nodes)))

    def whole_report(self, content: Iterable[str]) -> Report:
        """The report on lines of which nothing is known; those that are not as the mapper writes
        them are held against the shapes as they are.
        """
        statements = Statements(chain(content, self._lines), are_foreign=True)
        asked = self.setting.words.shapes.values(), self.setting.base, self._engine
        if self._engine != "auto" or not statements.are_plain:
            return validate(statements.lines(statements.rests), *asked)
        subject, about = self._day[: self._day.index('"')].split(" ", 1)
        said = statements.lines([subject])
        days = [line for line in said if line.startswith(f"{subject} {about}")]
        as_of = self.setting.as_of if len(days) == 1 else ""
        suspected = list(QuickLook(self.setting.mapper, as_of, statements).suspected(statements))
        return validate_apart(statements, [*suspected, *days] if suspected else (), *asked)

    def report(
        self, content: Iterable[Iterable[str]] = (), suspected: Sequence[Iterable[str]] = ()
    ) -> Report:
        """The report on lines, where queries can find something in what is suspected alone."""
        asked = suspected or self._is_suspected
        return validate_apart(
            Statements(chain(*content, self._lines)),
            chain(*suspected, self._lines) if asked else (),
            self.setting.words.shapes.values(),
            self.setting.base,
            self._engine,
        )


def report_on(
    setting: Setting, content: Iterable[str], known: Iterable[str], engine: str = "auto"
) -> Report:
    """The report on N-Triples lines, with the day of the data and the reference data of the ids
    that they touch, against the shapes.
    """
    return Beside(setting, known, engine).whole_report(content)


def record_of(setting: Setting, result: Result) -> str:
    """The id of the record that a result's focus is, or is a part of."""
    return iris.resource_of(setting.mapper.compact(result.focus)).partition(":")[2]


def unreadable(error: IdfgraphError) -> Finding:
    """An input that cannot be read, as a finding."""
    names = texts("Unreadable input")
    result = _result("", "", error.place.field, names, error.said)
    return Finding(result, error.place, error.also)


def unused(one: Unused) -> Finding:
    """What stands in a source and is not used, or in the wrong place, as a finding."""
    severity = "Warning" if one.meant else "Info"
    said = texts(one.why, belongs=one.belongs)
    if one.kind:
        named = NoPage(one.kind.what, one.kind.way).said
        said = {language: f"{text}: {named[language]}" for language, text in said.items()}
    name = _MISNAMED if one.is_misnamed else _MISPLACED if one.is_read else _UNUSED
    result = _result("", "", "", texts(name), said)._replace(severity=severity)
    return Finding(result, one.place)


def unfinished(sourced: Sourced) -> Finding:
    """A record whose check was not finished, as a finding."""
    return Finding(_result("", "", "", texts(_LOST), texts(_LOST)), sourced.origin.place("id"))


def shared_ids(
    setting: Setting, owners: Mapping[str, Sequence[str]], at: Mapping[str, Origin]
) -> Iterator[Finding]:
    """The findings on projects with one Projet ID, each with the places of the others.

    `owners` are the ids of the records that have each Projet ID. No shard can tell: the projects
    may be in two.
    """
    shape = f"{setting.base}{_UNIQUE}"
    words = shape_words(tuple(setting.words.shapes.values()))[shape]
    for ids in (ids for ids in owners.values() if len(ids) > 1):
        places = {id_: at[id_].place("id", "projectId") for id_ in ids}
        for id_, here in places.items():
            focus = setting.mapper.iri(iris.compact("prj", id_))[1:-1]
            result = _result(shape, focus, "projectId", words.names, words.messages)
            yield Finding(
                result, here, tuple(there for other, there in places.items() if other != id_)
            )


def _named(setting: Setting, result: Result) -> Result:
    """The result on a quality note, by the name of its issue; any other as it is."""
    if not result.issue:
        return result
    issue = f"code:issue-{result.issue}"
    names: dict[str, str] = {
        language: setting.reference.label(issue, language) for language in LANGUAGES
    }
    return result._replace(names=names)


def _owners(items: Iterable[Linked]) -> Iterator[tuple[str, str]]:
    """The Projet ID of each project, and the id of its record."""
    return (
        (str(item.node["projectId"]), item.id.partition(":")[2])
        for item in items
        if "projectId" in item.node
    )


def _result(
    shape: str, focus: str, about: str, names: Mapping[str, str], messages: Mapping[str, str]
) -> Result:
    component = f"{SH}MaxCountConstraintComponent" if shape else ""
    return Result("Violation", shape, focus, "", "", component, about, names, messages)
