"""Build docs/constraints.md from the shapes, the issues and their words.

python tools/build_constraints_page.py > docs/constraints.md
"""

import sys
from collections.abc import Iterator

from idfgraph.checks.rules import Rule, rules
from idfgraph.curation.explain import advice, examples
from idfgraph.model.findings import severity_name

HEAD = """# Constraints

Written by `tools/build_constraints_page.py` from `shapes/`, the issues of the reference data, and
the messages and advice in the code. Change those and run it again; do not edit this page.

These are the rules that `idfgraph validate` reports, by the number of the constraint; those without
a number come last. `idfgraph explain RULE` says all this in English, French or Spanish, with an
example that passes, one that does not, and what `validate` says of that one; `idfgraph explain`
lists the rules. A rule goes by its name, by the IRI of its shape or by the number of its
constraint.

Examples are made up and stand in `shapes/examples/`, each in the folder of its rule: a record
(`.yaml`), an entry of reference data (`.jsonl`), or RDF data (`.ttl`) where no record can break the
rule, because a record's form is checked when it is read. `tests/data/constraints/` holds what
validation says of those that fail, for people and as SARIF.
"""


KINDS = """
## Core and SPARQL

The shapes of a release stand in `shapes/`, a file for each class, and once more in one file,
`shapes/all.ttl`; those that any engine of SHACL Core can run, in `shapes/core.ttl`. {core} rules
are Core. {queries} need SPARQL; their words stand with the others, their queries in
`shapes/sparql.ttl` alone:

| rule | constraint | why Core cannot say it |
|---|---|---|
{rows}
The rules called `note/...` without a shape of their own are told by the quality notes in the data,
which Core shapes report: what they tell is known from the pages alone.
"""


def page() -> str:
    """The whole page."""
    return "".join([HEAD, kinds(), *(line for rule in rules() for line in section(rule))])


def kinds() -> str:
    """Which rules are Core, and which need SPARQL, with the reason."""
    shaped = [rule for rule in rules() if rule.shape]
    queries = [rule for rule in shaped if rule.query]
    rows = (f"| `{rule.name}` | {' '.join(rule.numbers)} | {rule.query} |\n" for rule in queries)
    return KINDS.format(core=len(shaped) - len(queries), queries=len(queries), rows="".join(rows))


def section(rule: Rule) -> Iterator[str]:
    """What is said of a rule."""
    about = ", ".join([*rule.numbers, severity_name(rule.severity, "en")])
    fields = ", ".join(f"`{field}`" for field in rule.fields)
    files = (example.file for outcome in ("passes", "fails") for example in examples(rule, outcome))
    links = (f"[{file.name}](../shapes/examples/{rule.name}/{file.name})" for file in files)
    yield f"\n## `{rule.name}` ({about})\n\n**{rule.titles['en']}.**"
    yield f" {(rule.asks or rule.messages)['en']}\n{rule.why['en']}\n\n"
    yield f"- What to do: {advice(rule)['en']}\n"
    yield f"- Fields: {fields}\n" if fields else ""
    yield f"- Examples: {', '.join(links)}\n"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(page())
