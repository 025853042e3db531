"""Build docs/profile.md: each class with each property that it has in data.

    python tools/build_profile_page.py > docs/profile.md    from the context, the shapes, the ontology and its words
    python tools/build_profile_page.py --examples           takes the examples anew from three releases

The examples (`ontology/examples.ttl`) are statements of the releases of `data/` and of
`idfgraph demo`; what these have none of is taken from the made-up records of `tests/data/profile/`.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from idfgraph.curation.start import demo
from idfgraph.exports.profile import (
    PICTURE,
    TIPS,
    ProfileClass,
    number_words,
    profile_classes,
    ready_query,
    value_words,
)
from idfgraph.graph.lines import render_turtle
from idfgraph.graph.setting import prepare
from idfgraph.model.layout import QUADS
from idfgraph.model.text import LANGUAGES, gettext
from idfgraph.model.vocab import OWL, RDF_TYPE
from idfgraph.pipeline import publish
from idfgraph.system import resources

ROOT = Path(__file__).parents[1]
MADE_UP = ROOT / "tests" / "data" / "profile"

#: How many characters of an example are shown.
LONGEST = 90

EXAMPLES_HEAD = """# Statements that are examples in the profile, written by `tools/build_profile_page.py --examples`.

"""

HEAD = """# The application profile

Written by `tools/build_profile_page.py` from `ontology/context.jsonld`, `shapes/`, `ontology/idf.ttl`, `ontology/profile.yaml`
and `ontology/examples.ttl`. Change those and run it again; do not edit this page.

Every class with every property that it has in data: how many values there are, what they are, an example, and a query that can be
run as it is (`idfgraph query FILE`, the page `ask`, any SPARQL engine with `data/idf.nq`). A release has the same at `profile`, in three
languages and as RDF (SHACL and the Profiles Vocabulary). What the catalogue and VoID say is told by DCAT-AP and in [metadata](metadata.md).

![{picture}](../ontology/model.svg)

**Before you ask:**

"""


def page() -> str:
    """The whole page."""
    setting = prepare([ROOT / "data"])
    classes = profile_classes(setting.words, setting.mapper, setting.base)
    prefixes = setting.mapper.terms.prefixes
    parts = [HEAD.format(picture=gettext(PICTURE, "en"))]
    parts += [f"- {gettext(tip, 'en')}\n" for tip in TIPS]
    for class_ in classes:
        parts += section(class_, prefixes)
    return "".join(parts)


def section(class_: ProfileClass, prefixes: Mapping[str, str]) -> Iterator[str]:
    """What is said of a class."""
    name = f"`{class_.iri}`" if class_.iri else class_.labels["en"]
    yield f"\n## {name}\n\n{class_.meaning['en']}\n"
    if class_.part:
        yield f"It is a part of something else, which leads to it by `{class_.part}`.\n"
    if class_.graph:
        yield f"It stands in named graphs (`graph/{class_.graph}`...).\n"
    yield "\n| property | how many | values | example | meaning |\n|---|---|---|---|---|\n"
    for row in class_.rows:
        cells = (
            f"`{row.predicate}`",
            number_words(row, "en"),
            value_words(row, {}, "en"),
            f"`{shortened(row.example[1])}`",
            row.meaning["en"],
        )
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"
    yield "\n<details><summary>Queries</summary>\n\n"
    for row in class_.rows:
        yield f"`{row.predicate}`\n\n```sparql\n{ready_query(class_, row, prefixes, 'en')}```\n\n"
    yield "</details>\n"


def shortened(value: str) -> str:
    """A value on one line, and not too long."""
    flat = " ".join(value.split())
    return flat if len(flat) <= LONGEST else f"{flat[:LONGEST]}…"


def examples() -> str:
    """The examples, as Turtle: of each class with each property one statement, of as few things as
    go.
    """
    setting = prepare([ROOT / "data"])
    classes = profile_classes(setting.words, setting.mapper, setting.base)
    stores = list(releases())
    chosen = [quad for one in classes for quad in of_class(one, stores, setting.mapper.iri)]
    lines = sorted({f"{quad.triple} .\n" for quad in chosen})
    return "".join(render_turtle(lines, setting.mapper.terms.prefixes))


def releases() -> Iterator[Store]:
    """Releases of the data, of the demo and of what is made up, in this order."""
    os.environ["SOURCE_DATE_EPOCH"] = "1795000000"
    with tempfile.TemporaryDirectory() as folder:
        demo(Path(folder, "demo"))
        for number, source in enumerate((ROOT / "data", Path(folder, "demo"), MADE_UP)):
            out = Path(folder, f"public-{number}")
            publish([source], out, site="none")
            store = Store()
            store.load(path=str(out / QUADS), format=RdfFormat.N_QUADS)
            yield store


def of_class(
    class_: ProfileClass, stores: Sequence[Store], iri: Callable[[str], str]
) -> Iterator[Quad]:
    """The statements that are examples of a class."""
    wanted = [NamedNode(iri(row.predicate)[1:-1]) for row in class_.rows]
    left = list(wanted)
    for store in stores:
        things = things_of(class_, store, iri)
        while left and things:
            best = max(things, key=lambda thing: (covered(store, thing, left), str(thing)))
            if not covered(store, best, left):
                break
            if class_.iri:
                (kind,) = list(
                    store.quads_for_pattern(
                        best, NamedNode(RDF_TYPE), NamedNode(iri(class_.iri)[1:-1])
                    )
                )[:1]
                yield kind
            for predicate in list(left):
                if found := list(store.quads_for_pattern(best, predicate, None)):
                    yield min(found, key=worth)
                    left.remove(predicate)


def things_of(class_: ProfileClass, store: Store, iri: Callable[[str], str]) -> list[NamedNode]:
    """The things of a class, or those that are gone."""
    if class_.iri:
        kind = NamedNode(iri(class_.iri)[1:-1])
        found = store.quads_for_pattern(None, NamedNode(RDF_TYPE), kind)
    else:
        found = store.quads_for_pattern(None, NamedNode(f"{OWL}deprecated"), None)
    return sorted({quad.subject for quad in found}, key=str)


def covered(store: Store, thing: NamedNode, predicates: Sequence[NamedNode]) -> int:
    """How many of some properties a thing has."""
    return sum(1 for one in predicates if any(store.quads_for_pattern(thing, one, None)))


def worth(quad: Quad) -> tuple[int, int, str]:
    """What is taken first: English, then what is short."""
    value = quad.object
    language = (value.language if isinstance(value, Literal) else "") or ""
    place = LANGUAGES.index(language) if language in LANGUAGES else 0
    return place, len(value.value), value.value


if __name__ == "__main__":
    if "--examples" in sys.argv:
        resources.PROFILE_EXAMPLES.write_text(EXAMPLES_HEAD + examples(), "utf-8")
    else:
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
        sys.stdout.write(page())
