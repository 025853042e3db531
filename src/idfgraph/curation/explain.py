"""A rule in plain words: what it asks and why, and an example that passes and one that does not."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from textwrap import wrap
from typing import NamedTuple

from ..checks.check import check
from ..checks.report import render_human
from ..checks.rules import Rule, Texts, find, rules, words
from ..model.errors import Place
from ..model.findings import Finding, severity_name
from ..system import resources

_WIDTH = 100

#: Start of a name -> the advice on rules of that name; the last that fits counts.
_ADVICE = {
    "": "value",
    "note/": "note",
    "note/contradiction": "value",
    "note/date-out-of-range": "value",
    "note/decision-": "decision",
    "note/older-version": "newer",
    "note/unidentified-page": "value",
    "note/unknown-": "value",
    "note/unreadable-value": "value",
    "note/unresolved-name": "name",
    "note/unsupported-value": "value",
    "programme/funder": "absent",
    "programme/implementer": "absent",
    "state/": "reference",
    "input": "input",
}

#: A sound record, to check reference data with.
_SOUND = "programme/funder/passes.yaml"


class RuleExample(NamedTuple):
    """A file that ships with the package, and what it is checked as: a record, an entry of
    reference data, RDF data.
    """

    file: Path
    kind: str

    @property
    def text(self) -> str:
        """What it holds."""
        return self.file.read_text("utf-8")

    def line(self, _: str, number: int) -> str:
        """The line of this number, counted from 1."""
        return self.text.splitlines()[number - 1]


def examples(rule: Rule, outcome: str) -> tuple[RuleExample, ...]:
    """The examples that pass a rule (`passes`), or that do not (`fails`).

    >>> [example.file.name for example in examples(find("C20")[0], "fails")]
    ['fails.yaml', 'fails-regional.yaml']
    """
    found = (resources.EXAMPLES / rule.name).glob(f"{outcome}*")
    files = sorted(found, key=lambda file: (len(file.name), file.name))
    return tuple(
        RuleExample(file, {".yaml": "record", ".jsonl": "entry"}.get(file.suffix, "graph"))
        for file in files
    )


def findings(example: RuleExample) -> tuple[Finding, ...]:
    """What validation finds in an example; nothing in RDF data, which it does not read.

    Places name the file of the example, or that of the reference data that it stands for.
    """
    if example.kind == "graph":
        return ()
    if example.kind == "record":
        return _placed(check([example.file], jobs=1).findings, example.file.name)
    with TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("reference", "records"):
            (folder / part).mkdir()
        copyfile(resources.DATASET, folder / "dataset.yaml")
        copyfile(resources.EXAMPLES / _SOUND, folder / "records" / "sound.yaml")
        copyfile(example.file, folder / "reference" / "states.jsonl")
        return _placed(check([folder], jobs=1).findings, example.file.name)


def explain(name: str, language: str = "en") -> str:
    """The rules of a name in plain words of a language, each with examples.

    `name` is as `find` takes it. Raises BadConfig for one that no rule has.

    >>> explain("project/prima-id-present").splitlines()[0]
    'project/prima-id-present (C15, notice)'
    """
    return "\n".join(text for rule in find(name) for text in _explained(rule, language))


def listed(language: str = "en") -> tuple[Sequence[str], list[list[str]]]:
    """The table of all rules: the names of its columns, and its rows.

    >>> listed()[1][0]
    ['note/unidentified-page', 'C01', 'warning', 'Page without a project ID']
    """
    columns = [_heading(name, language) for name in ("rule", "constraint", "severity", "name")]
    rows = [
        [
            rule.name,
            " ".join(rule.numbers),
            severity_name(rule.severity, language),
            said(rule.titles, language),
        ]
        for rule in rules()
    ]
    return columns, rows


def advice(rule: Rule) -> Texts:
    """What to do about a rule that is broken."""
    failing = examples(rule, "fails")
    if failing and failing[0].kind == "graph" and rule.name not in _ADVICE:
        return words().advice["graph"]
    if rule.name.endswith("-present"):
        return words().advice["absent"]
    return words().advice[
        [kind for start, kind in _ADVICE.items() if rule.name.startswith(start)][-1]
    ]


def said(texts: Texts, language: str) -> str:
    """A text in a language, or else in English."""
    return texts.get(language) or texts.get("en", "")


def differing(text: str, other: str) -> Iterator[str]:
    """The lines of a text that another has not, each with the line before and after; … for what is
    left out.

    >>> list(differing("a\\nb\\nc\\nd\\n", "a\\nb\\nc\\nx\\n"))
    ['…', 'c', 'd']
    """
    lines, others = text.splitlines(), other.splitlines()
    steps = SequenceMatcher(None, lines, others, autojunk=False).get_opcodes()
    spans = [range(max(0, start - 1), end + 1) for kind, start, end, *_ in steps if kind != "equal"]
    shown = sorted({number for span in spans for number in span if number < len(lines)})
    for before, number in zip([-1, *shown], shown, strict=False):
        if number > before + 1:
            yield "…"
        yield lines[number]
    if shown and shown[-1] < len(lines) - 1:
        yield "…"


def _explained(rule: Rule, language: str) -> Iterator[str]:
    about = ", ".join([*rule.numbers, severity_name(rule.severity, language)])
    yield f"{rule.name} ({about})"
    yield from wrap(said(rule.titles, language), _WIDTH)
    for heading, text in (
        ("asks", said(rule.asks, language) or said(rule.messages, language)),
        ("fields", _fields(rule, language)),
        ("why", said(rule.why, language)),
        ("advice", said(advice(rule), language)),
    ):
        yield from (
            "",
            _heading(heading, language),
            *(f"  {line}" for line in wrap(text, _WIDTH - 2)),
        )
    yield from _shown(rule, language)
    yield ""


def _fields(rule: Rule, language: str) -> str:
    graph = any(example.kind == "graph" for example in examples(rule, "fails"))
    return ", ".join(rule.fields) or _heading("none" if graph else "any", language)


def _shown(rule: Rule, language: str) -> Iterator[str]:
    """The examples of a rule, and what is said of those that break it."""
    passing = examples(rule, "passes")[0]
    for number, failing in enumerate(examples(rule, "fails")):
        if not number:
            yield from _part("passes", passing, failing, language)
        yield from _part("fails", failing, passing, language)
        if found := findings(failing):
            report = render_human(found, language, reader=failing.line)
            yield from (
                "",
                _heading("says", language),
                *(f"  {line}".rstrip() for line in report.splitlines()),
            )


def _part(heading: str, one: RuleExample, other: RuleExample, language: str) -> Iterator[str]:
    """An example: of a record what tells it from the other, of RDF data all but its prefixes."""
    text = one.text
    lines = differing(text, other.text) if one.kind == "record" else _bare(text)
    yield from (
        "",
        f"{_heading(heading, language)} ({one.file.name})",
        *(f"  {line}" for line in lines),
    )


def _bare(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line and not re.match("@prefix|#", line))


def _heading(name: str, language: str) -> str:
    return said(words().headings[name], language)


def _placed(found: Sequence[Finding], file: str) -> tuple[Finding, ...]:
    """The findings with places in a file of this name."""

    def named(place: Place) -> Place:
        """The place under the name that is shown."""
        return place._replace(file=file) if place.file else place

    return tuple(
        finding._replace(place=named(finding.place), also=tuple(map(named, finding.also)))
        for finding in found
    )
