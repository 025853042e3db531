"""A page that changed: generated histories of edits never lose an edit, an unchanged byte, or a
page's news.
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from idfgraph.curation.extract import Extracted, extract, reviewed_form
from idfgraph.curation.merge.three_way import by_field
from idfgraph.graph.resolve import accepted_values
from idfgraph.graph.setting import prepare
from idfgraph.model.records import Record
from idfgraph.sources.pages import read_page
from idfgraph.sources.records import read_record

EXAMPLES = 200 if os.environ.get("IDFGRAPH_FULL") else 5
SETTING = prepare([])

STATES = ("Albanie", "Fidji", "Tonga", "Vanuatu", "Belize", "Pologne")
SENTENCES = (
    "Le projet aide les autorités à mieux gérer les migrations.",
    "Une équipe a été formée dans les ports, à Vanuatu comme ailleurs : c’est un début.",
    "- Des cours ont été donnés aux agents des frontières pendant deux ans # sans relâche.",
    "Les résultats seront évalués à la fin de la deuxième année du projet.",
)
CHOICES: Mapping[str, Sequence[str]] = {
    "Date de début": ("2019", "2020", "2021"),
    "Date de fin": ("2022", "2023"),
    "Statut du projet": ("Achevé", "Actif"),
    "Type de projet": ("TCMMCB", "Protection et assistance aux migrants vulnérables"),
    "Budget Amount (USD)": ("85000.00", "49997.00", "400000.00"),
    "Couverture": ("National", "Regional"),
    "IDF Region": ("Europe", "Asie et Océanie"),
}
#: Field -> what people may write for it, in several styles; the empty text takes the field away.
EDITS: Mapping[str, Sequence[str]] = {
    "startYear": ("'1999'", '"2021"', ""),
    "status": ("completed", '"active"', ""),
    "coverage": ("national", "'global'"),
    "projectType": ("[tc]", "[px, 'tc']", "\n    - px\n    - tc"),
    "beneficiary": (
        "[FJI]",
        "[\n    FJI,  # Fiji\n    TON,\n  ]",
        "\n    - FJI  # Fiji\n    # and\n    - VUT",
        "\n  - ALB",
    ),
    "budget": (
        "{value: '85000.00', currency: USD}",
        "\n    currency: USD  # dollars\n    value: '1.00'",
    ),
    "title": (
        "{fr: Un autre titre}",
        "\n    # mine\n    fr: >-\n      Un autre\n      titre\n    en: Another",
        "",
    ),
    "narrative": ("\n    fr: |  # mine\n      Un texte.\n\n      # pas un commentaire\n", ""),
    "primaId": ("XY10P0001",),
}
DECISION = """decisions:
  - property: allocationYear
    value: '2018'   # as the report says
    why: {en: The annual report says so.}
    evidence: [https://example.org/report]
    by: A steward
    on: '2026-01-02'
"""

pages = st.fixed_dictionaries(
    {
        "title": st.sampled_from(
            ("Appui à la gestion", "Aide aux migrants: « suite »", "Aide 'et' \"appui\" # 2")
        ),
        "states": st.lists(st.sampled_from(STATES), min_size=1, max_size=4, unique=True),
        "narrative": st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8),
        **{label: st.sampled_from(("", *values)) for label, values in CHOICES.items()},
    }
)


def rendered(page: Mapping[str, Any]) -> str:
    """A page in layout A."""
    fields = [(label, page[label]) for label in CHOICES if page[label]]
    fields += [
        ("Projet ID", "PX.0220"),
        ("Etat(s) membre(s) beneficiaires remplissant les conditions requises", ""),
    ]
    lines = [
        "- 2030 AGENDA",
        page["title"],
        *(part for name, value in fields for part in ("-", name, value)),
    ]
    return "\n".join([*lines[:-1], " ".join(page["states"]), *page["narrative"]]) + "\n"


def blocks(text: str) -> tuple[list[str], list[list[str]], list[str]]:
    """The lines of a record that `extract` wrote: before its values, those of each value, and after
    them.
    """
    lines = text.splitlines()
    start, end = lines.index("values:") + 1, lines.index("sources:")
    values: list[list[str]] = []
    for line in lines[start:end]:
        if re.match(r"  \w", line):
            values.append([])
        values[-1].append(line)
    return lines[:start], values, lines[end:]


def edited(draw: Callable[[Any], Any], text: str) -> str:
    """The text as a person may leave it."""
    head, values, sources = blocks(text)
    changes = draw(st.dictionaries(st.sampled_from(sorted(EDITS)), st.integers(0, 3), max_size=4))
    names = [block[0].strip().partition(":")[0] for block in values]
    kept = [block for name, block in zip(names, values, strict=True) if name not in changes]
    for name, number in changes.items():
        if written := EDITS[name][number % len(EDITS[name])]:
            kept.append(f"  {name}:{'' if written[0] == chr(10) else ' '}{written}".splitlines())
    kept = draw(st.permutations(kept))
    parts = (
        [head, *kept, DECISION.splitlines(), sources]
        if draw(st.booleans())
        else [head, *kept, sources]
    )
    lines = [line for part in parts for line in styled(draw, part)]
    if not kept:
        lines.remove("values:")
    newline: str = draw(st.sampled_from(("\n", "\r\n")))
    return newline.join([*lines, *[""] * draw(st.integers(0, 2))])


def styled(draw: Callable[[Any], Any], lines: Sequence[str]) -> list[str]:
    """Lines with comments, blank lines and other quotes; the lines of a text on several lines are
    left alone.
    """
    if any(re.search(r"[|>]-?( |$)", line) for line in lines[:3]):
        return list(lines)
    result: list[str] = []
    for line in lines:
        style = draw(st.sampled_from(("", "", "", "comment", "line", "blank", "quote")))
        number = draw(st.integers(0, 999)) if style in ("comment", "line") else 0
        result += (
            [f"# line {number}"]
            if style == "line" and line[:1] in " sk"
            else [""]
            if style == "blank"
            else []
        )
        quoted = re.sub(r"^( *\w+: )([a-z]+)$", r'\1"\2"', line) if style == "quote" else line
        result.append(
            f"{line}  # note {number}" if style == "comment" and line[-1] not in "[" else quoted
        )
    return result


def fields(values: Any) -> Mapping[str, Any]:
    """Values as fields."""
    return by_field(msgspec.json.decode(msgspec.json.encode(values)) or {})


def ordered(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value


def of_page(path: Path) -> Mapping[str, Any]:
    """What a page alone gives."""
    return fields(reviewed_form(SETTING, read_page(path).record).values)  # type: ignore[union-attr]


def in_full(record: Record) -> Any:
    """What the captures of a record give."""
    return accepted_values(replace(record, decisions=()), SETTING.reference)


def free_lines(text: str, changed: Iterable[str]) -> list[str]:
    """The lines that no change to these fields, or to the sources, may touch."""
    root: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    nodes = {key.value: (key, value) for key, value in root.value}
    inner = {
        key.value: (key, value)
        for key, value in (nodes["values"][1].value if "values" in nodes else ())
    }
    spans = [
        nodes["sources"],
        *(inner[name] for name in {field.partition(".")[0] for field in changed} & inner.keys()),
    ]
    touched = {
        n for key, value in spans for n in range(key.start_mark.line, value.end_mark.line + 1)
    }
    kept = [
        line for number, line in enumerate(text.splitlines(keepends=True)) if number not in touched
    ]
    return [line for line in kept if line.endswith("\n")]


def comments(text: str) -> list[str]:
    return re.findall(
        r"# (?:note|line) \d+|# Fiji|# and\b|# mine|# dollars|# as the report says", text
    )


def is_within(few: Sequence[str], many: Iterable[str]) -> bool:
    """Whether the lines are among the others, in their order."""
    rest = iter(many)
    return all(line in rest for line in few)


@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),
)
@given(st.data(), pages, pages, st.booleans())
def test_no_edit_no_byte_and_no_news_is_lost(data: Any, one: Any, two: Any, at_hand: bool) -> None:
    with TemporaryDirectory() as folder:
        page, later = (
            Path(folder, "pages", "p.txt"),
            Path(folder, "pages", "p.md" if at_hand else "p.txt"),
        )
        page.parent.mkdir()
        page.write_bytes(rendered(one).encode())
        (done,) = extract([page], Path(folder, "records"))
        assert done.file
        base = of_page(page)
        before = edited(data.draw, done.file.read_text("utf-8"))
        done.file.write_bytes(before.encode())
        edit = fields(read_record(done.file).record.values)  # type: ignore[union-attr]
        later.write_bytes(rendered(two).encode())
        news = of_page(later)
        (merged,) = extract([later], Path(folder, "records"))
        after = done.file.read_bytes().decode()
        check(base, news, edit, merged, untold=not at_hand and one != two)
        if merged.outcome == "unchanged":
            assert after == before
        result = fields(read_record(done.file).record.values)  # type: ignore[union-attr]
        changed = [
            name for name in edit.keys() | result.keys() if edit.get(name) != result.get(name)
        ]
        assert is_within(free_lines(before, changed), after.splitlines(keepends=True))
        assert sorted(comments(after)) >= sorted(comments(before)) and after.count(
            "2018"
        ) >= before.count("2018")
        (again,) = extract([later], Path(folder, "records"))
        assert again.outcome == "unchanged" and done.file.read_bytes().decode() == after


def check(
    base: Mapping[str, Any],
    news: Mapping[str, Any],
    edit: Mapping[str, Any],
    done: Extracted,
    untold: bool,
) -> None:
    """Each field is as three-way merge has it, and what the page says is in the captures."""
    assert done.file
    record = read_record(done.file).record
    result, printed = fields(record.values), fields(in_full(record))  # type: ignore[union-attr]
    clashes = {clash.conflict.field for clash in done.clashes}
    texts = {side.get("narrative.fr") for side in (base, news, edit)}
    untold = untold and len(texts) == 3
    for name in base.keys() | news.keys() | edit.keys():
        old, new, mine = (ordered(side.get(name)) for side in (base, news, edit))
        unknown = untold and name in ("narrative.fr", "mentionsState")
        edits = unknown or old != mine
        assert ordered(result.get(name)) == (mine if edits else new), name
        assert (name in clashes) == (edits and new != mine and (unknown or old != new))
        assert ordered(printed.get(name)) == new, name
