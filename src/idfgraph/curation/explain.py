"""A rule in plain words: what it asks and why, and an example that passes and one that does not."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from shutil import copyfile
from textwrap import wrap
from typing import NamedTuple

from ..checks.check import check
from ..checks.report import render_human
from ..checks.rules import Rule, find, rules
from ..model.errors import Place
from ..model.findings import Finding, severity_name
from ..model.text import LANGUAGES, N_, Texts, chosen, gettext, texts
from ..system import resources
from ..system.temporary import temporary_folder

_WIDTH = 100

#: What to do about a rule that is broken.
_VALUE = N_(
    "Compare the value with its page, under sources. If it was read wrongly, mend it there; if the"
    " page is wrong, write a decision that says why."
)
_ABSENT = N_(
    "If you know the value from another page or a document, add it as a capture or a decision. If "
    "nobody publishes it, leave it absent."
)
_NOTE = N_(
    "Look at the page. If it is right, nothing has to be done; if it is wrong, write a decision "
    "with what shows it."
)
_DECISION = N_(
    "Read the decision again beside what the page prints now, and keep it, change it or take it "
    "out."
)
_NAME = N_(
    "If the name is right, add it to overrides.yaml in data/reference; if it is a slip of the "
    "page, write a decision."
)
_REFERENCE = N_("Mend the entry in the file of reference data that the report points at.")
_NEWER = N_(
    "Mend the newer version; `idfgraph validate` shows what breaks a rule. Publish again, and it "
    "takes the place of the older one."
)
_GRAPH = N_(
    "No record can break this, because a record's form is checked when it is read. It guards data "
    "from elsewhere; mend them where they were made."
)
_INPUT = N_("Mend the place that the report points at, and check again.")

#: All advice.
ADVICE = (_VALUE, _ABSENT, _NOTE, _DECISION, _NAME, _REFERENCE, _NEWER, _GRAPH, _INPUT)

#: Start of a name -> the advice on rules of that name; the last that fits counts.
_ADVISED = {
    "": _VALUE,
    "note/": _NOTE,
    "note/contradiction": _VALUE,
    "note/date-out-of-range": _VALUE,
    "note/decision-": _DECISION,
    "note/older-version": _NEWER,
    "note/unidentified-page": _VALUE,
    "note/unknown-": _VALUE,
    "note/unreadable-value": _VALUE,
    "note/unresolved-name": _NAME,
    "note/unsupported-value": _VALUE,
    "programme/funder": _ABSENT,
    "programme/implementer": _ABSENT,
    "state/": _REFERENCE,
    "input": _INPUT,
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
    ['fails.yaml']
    """
    found = (resources.EXAMPLES / rule.name).glob(f"{outcome}*")
    files = sorted(found, key=lambda file: (len(file.name), file.name))
    return tuple(
        RuleExample(file, {".yaml": "record", ".jsonl": "entry"}.get(file.suffix, "graph"))
        for file in files
    )


def findings(example: RuleExample) -> tuple[Finding, ...]:
    """What validation finds in the values of an example, whose pages were made up; nothing in RDF
    data, which it does not read.

    Places name the file of the example, or that of the reference data that it stands for.
    """
    if example.kind == "graph":
        return ()
    if example.kind == "record":
        return _placed(check([example.file], jobs=1).of_values, example.file.name)
    with temporary_folder() as folder:
        for part in ("reference", "records"):
            (folder / part).mkdir()
        copyfile(resources.DATASET, folder / "dataset.yaml")
        copyfile(resources.EXAMPLES / _SOUND, folder / "records" / "sound.yaml")
        copyfile(example.file, folder / "reference" / "states.jsonl")
        return _placed(check([folder], jobs=1).of_values, example.file.name)


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
    headings = (N_("rule"), N_("constraint"), N_("severity"), N_("name"))
    columns = [gettext(heading, language) for heading in headings]
    rows = [
        [
            rule.name,
            " ".join(rule.numbers),
            severity_name(rule.severity, language),
            chosen(rule.titles, language)[0],
        ]
        for rule in rules()
    ]
    return columns, rows


def advice(rule: Rule) -> Texts:
    """What to do about a rule that is broken."""
    failing = examples(rule, "fails")
    if failing and failing[0].kind == "graph" and rule.name not in _ADVISED:
        return texts(_GRAPH)
    if rule.name.endswith("-present"):
        return texts(_ABSENT)
    return texts(
        [advised for start, advised in _ADVISED.items() if rule.name.startswith(start)][-1]
    )


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
    yield from wrap(chosen(rule.titles, language)[0], _WIDTH)
    for heading, text in (
        (N_("What it is about"), rule.asks or rule.messages),
        (N_("Fields"), _fields(rule)),
        (N_("Why it matters"), rule.why),
        (N_("What to do"), advice(rule)),
    ):
        lines = wrap(chosen(text, language)[0], _WIDTH - 2)
        yield from ("", gettext(heading, language), *(f"  {line}" for line in lines))
    yield from _shown(rule, language)
    yield ""


def _fields(rule: Rule) -> Texts:
    graph = any(example.kind == "graph" for example in examples(rule, "fails"))
    none = texts(N_("none of a record") if graph else N_("any of a record"))
    return dict.fromkeys(LANGUAGES, ", ".join(rule.fields)) if rule.fields else none


def _shown(rule: Rule, language: str) -> Iterator[str]:
    """The examples of a rule, and what is said of those that break it."""
    passing = examples(rule, "passes")[0]
    for number, failing in enumerate(examples(rule, "fails")):
        if not number:
            yield from _part(N_("This passes"), passing, failing, language)
        yield from _part(N_("This does not"), failing, passing, language)
        if found := findings(failing):
            report = render_human(found, language, reader=failing.line)
            yield from ("", gettext("What validate says of it", language))
            yield from (f"  {line}".rstrip() for line in report.splitlines())


def _part(heading: str, one: RuleExample, other: RuleExample, language: str) -> Iterator[str]:
    """An example: of a record what tells it from the other, of RDF data all but its prefixes."""
    text = one.text
    lines = differing(text, other.text) if one.kind == "record" else _bare(text)
    yield from (
        "",
        f"{gettext(heading, language)} ({one.file.name})",
        *(f"  {line}" for line in lines),
    )


def _bare(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line and not re.match("@prefix|#", line))


def _placed(found: Sequence[Finding], file: str) -> tuple[Finding, ...]:
    """The findings with places in a file of this name."""

    def named(place: Place) -> Place:
        """The place under the name that is shown."""
        return place._replace(file=file) if place.file else place

    return tuple(
        finding._replace(place=named(finding.place), also=tuple(map(named, finding.also)))
        for finding in found
    )
