"""Build docs/engines.md: the W3C SHACL test suite run on every engine, and what we know of them.

    python tools/build_engines_page.py > docs/engines.md

Needs the suite in ../shared/suites/shacl and all engines (`pip install idfgraph[test]`).
"""

import logging
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from idfgraph.checks.shacl.engines import ENGINES

sys.path.append(str(Path(__file__).parents[1] / "tests"))
suite: Any = import_module("support.shacl_suite")

# ruff: noqa: E501 - rows of tables are long
HEAD = """# SHACL engines

Written by `tools/build_engines_page.py`, which runs the W3C SHACL test suite on each engine; run it again rather than edit
this page. Why pyshacl-turbo is the default: [decision 12](decisions/0012-shacl-engine.md).

`validate(triples, shapes, engine="auto")` takes pyshacl-turbo, or pySHACL where that is not installed; the commands first
[prove](#proofs-before-the-engine) what they can. An engine can be named:
`pyshacl-turbo`, `pyshacl` (the reference), `pyshifty`. All give the same results, in the same order, with the same words;
`tests/checks/test_engines.py` compares them on every example of a shape, on the records of `data/`, and on faulty copies of these
(100, or 2,000 with `IDFGRAPH_FULL=1`).

## The W3C test suite

Results are compared as multisets of focus node, path, severity, component and value; where a test wants a failure, the engine
must refuse the shapes. The engines are called as `validate` calls them: N-Triples and Turtle text in, the report's triples out.
"""

TAIL = """## Traps

Constructs that an engine gets wrong, or on which engines differ. Our shapes do without; the test named says so.

| construct | what happens | instead | test |
|---|---|---|---|
| `sh:lessThanOrEquals` on `xsd:gYear` | pySHACL has no order for years, pyshifty reports years that are in order | `sh:sparql` compares years of four digits as texts, once their datatype is looked at: pyshifty tells `1e3` of `xsd:double` as `1000` | `test_engines_differ_where_our_shapes_do_not_go`, `test_our_shapes_stay_clear_of_traps` |
| `sh:lessThan` on what is no number or no day | pySHACL stops at some, the others differ | numbers in one node (`sh:node`), of which there is one result; days as texts by `sh:sparql` | `test_engines_agree_on_what_comes_first` |
| casts to `xsd:integer` in SPARQL | engines differ on space, line ends and digits of other scripts, and on numbers with a point | texts are compared | `test_engines_agree_on_years_however_written` |
| `sh:minInclusive` where a value is no number, is ill-typed, or has 20 digits | pySHACL says nothing of a datatype it does not know; pyshacl-turbo does not read 20 digits; pyshifty reads `"1.5"^^xsd:integer` as a number | digits, length and bound stand in one node (`sh:node`), of which there is one result whatever part fails | the same, and `test_engines_agree_on_numbers_however_written` |
| `sh:datatype xsd:decimal` | pySHACL takes `1e3` for a decimal | only digits and a point (`sh:not` a `sh:pattern`) beside it | the same |
| `sh:uniqueLang "1"` | pySHACL and pyshifty take it for true | `true` | the same |
| `sh:prefixes`, `$shapesGraph` | pySHACL does not follow imports; it has no `$shapesGraph` | IRIs in full | `test_our_shapes_stay_clear_of_traps` |
| `sh:severity` inside `sh:sparql` | is ignored, as the standard has it | the severity stands on the shape | `test_sparql_is_rare_and_severity_stays_on_the_shape` |
| `$` in `sh:pattern` | may stop before a line end | `sh:maxLength` beside it, or a pattern of what must not be there | `test_engines_agree_on_numbers_however_written` |
| patterns that backtrack | Python's `re` can hang | patterns are linear | `test_patterns_are_linear` |
| pySHACL's `focus_nodes`, `use_shapes` | miss results | not used | – |
| rdflib as reader | `"007"^^xsd:integer` becomes `"7"`, `"x"` and `"x"^^xsd:string` differ | pyoxigraph reads, and terms are taken as written | `test_engines_agree_on_numbers_however_written` |
| pyshifty's `graph_mode` | by default the shapes are data too | `graph_mode="data"` | the suite: `and-001` and `nodeKind-001` count double otherwise |

## Two halves

Queries (`shapes/sparql.ttl`) took most of an engine's time. `validate` and `publish` hold all records against Core, and ask the queries only of
those that a quick look (`checks/suspects`) does not clear. The published shapes stay the rules: the look may suspect too much, never too
little, and is held against the queries on all planted faults and on statements changed at random (`tests/checks/test_suspects.py`). Both
halves together find what the whole finds. Statements from elsewhere (`idfgraph.validate`) go the same
way where each line is as the mapper writes it: canonical, without blank nodes and subclasses; queries are asked of what the look suspects, with the claims and states
that they read from there. Others are held against the shapes as they are.

## Proofs before the engine

With `--engine auto`, the Core half of the shapes is compiled to plain functions (`checks/shacl/proof/`), which tell of most nodes that they conform, or which
warnings and remarks an engine would report. The engine is asked of the rest, and not even loaded where there is none. An engine that is named is asked of all. That
both find what the engine alone finds:

- **A function answers yes, no, or not sure**, and whatever a shape asks of a node, one that is not sure leaves the node to the engine. Not sure is: a term, path, parameter or target
  that is not compiled, and a shape that leads back to itself; text with escapes or beyond ASCII where characters count; a value of a datatype in a form that is not plain (`-2020`, `+5`, 20
  digits, a leap day); a pattern of more than letters, digits, sets, counts and choices; a language tag other than those listed; orders of anything but plain numbers.
- **No violation is told without the engine.** What holds a record back was found by it; only warnings and remarks of one clear value or count are told without.
- **The engine sees all that it could look at.** It gets the nodes that are left, and whatever paths can reach from them: forwards by any property, backwards by those of `sh:inversePath` in the shapes.
  A shape of Core looks no further, so it finds the same there as in the whole; what it says of nodes on the way takes the place of what was proven of them. Where the shapes have what is not Core, or the
  data a subclass, it gets everything.
- **What is asked of most nodes was answered before.** Nodes are of a kind where what is said of them has the same predicates in the same order, the same classes, values in the same languages, and values of which
  each check that looks at one value alone says the same: yes, no, or not sure. Checks that see no more than that are asked of the first node of a kind; those that it passes, all others pass. What follows a link, compares two values or looks backwards is asked of
  every node, and so is every check that the first did not pass for sure.
- **The published shapes stay the rules.** Functions are made from them at each start; a shape that changes changes its function, and one that is not understood is the engine's.

`tests/checks/test_proof.py` holds it against the engine, result by result: on real and generated records, every planted fault, every example of a shape, records spoilt from a seed (200, or 20,000 with
`IDFGRAPH_FULL=1`), shapes that are not understood, nodes of one outline with each pair of some values, and the Core tests of the W3C whose data have no blank nodes.

## Repairs

pyshifty proposes repairs, and we do not show them: they make data conform, not true. On our examples (`tests/data/shapes/`) it proposes
to declare `code:coverage-national` a code of the status list where it stands as a status (C04); to make the text `"50000.00"` an amount
of money (C08), which RDF cannot even say, since a literal has no properties; for a missing status, any node of the data, beginning
with Albania (C04); for a malformed Prima ID, that of another project (C02); and nothing for years in the wrong order, since it does not look into SPARQL (C16). What
can be proposed safely, a name that is nearly the one written, comes from the reference list (`resolve/`), with the note that says so.
"""


def page() -> Iterator[str]:
    """The page, part by part."""
    logging.disable(logging.CRITICAL)
    missed = {engine: suite.missed(engine) for engine in ENGINES}
    total = {part: sum(case.part == part for case in suite.cases()) for part in ("core", "sparql")}
    yield HEAD
    yield f"| engine | core ({total['core']}) | SPARQL ({total['sparql']}) | missed |\n|---|---|---|---|"
    for engine, parts in missed.items():
        names = [f"`{part}/{name}`" for part in total for name in parts[part]]
        passed = (str(total[part] - len(parts[part])) for part in total)
        yield f"| {engine} {version(engine)} | {' | '.join(passed)} | {', '.join(names) or '–'} |"
    yield "\nWhat is wrong, and whether it touches us:\n"
    for engine, known in suite.MISSES.items():
        yield from (f"- {engine}, `{name}`: {why}" for name, why in known.items())
    yield f"\n{TAIL}"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write("\n".join(page()))
