"""Build docs/profile.md: each class with each property that it has in data.

    python tools/build_profile_page.py > docs/profile.md    makes the page
    python tools/build_profile_page.py --examples           takes the examples from releases anew

The examples (`ontology/examples.ttl`) are statements of the releases of `data/` and of
`idfgraph demo`; what these have none of is taken from the made-up records of `tests/data/profile/`.
"""

import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from idfgraph.curation.start import demo
from idfgraph.exports.profile import (
    PICTURE,
    TIPS,
    ProfileClass,
    code_lists,
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
from idfgraph.release.redaction.quotes import LEAST
from idfgraph.system import resources

ROOT = Path(__file__).parents[1]
MADE_UP = ROOT / "tests" / "data" / "profile"

#: Texts of pages are not ours: what is longer is no example.
TOO_LONG = 300

#: What is of records, whose words can be those of a page.
OF_RECORDS = re.compile("/(id/(project|programme|source)|doc|graph)/")

#: How many characters of an example are shown.
LONGEST = 90

PROVISIONAL = "A release can have provisional codes beside these: words that no list has."

EXAMPLES_HEAD = """# Examples of the profile, written by `tools/build_profile_page.py --examples`.

"""


HEAD = """# The application profile

Written by `tools/build_profile_page.py` from `ontology/context.jsonld`, `shapes/`,
`ontology/idf.ttl`, `ontology/profile.yaml` and `ontology/examples.ttl`. Change those and run it
again; do not edit this page.

Every class with every property that it can have: how many values there are, what they are, an
example, and a query that can be run as it is (by `idfgraph query`, on the page `ask`, by any
engine that has `data/idf.nq`). A release has the same at `profile`, in three languages, and as RDF
in SHACL and the Profiles Vocabulary. What catalogue and VoID say: [metadata](metadata.md).

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
    parts += ["\n## Lists of codes\n\n", PROVISIONAL, "\n"]
    for one in code_lists(classes, setting.reference):
        parts.append(f"\n**`{one.iri}`** ({one.labels['en']}): ")
        codes = (f"`{code}` ({labels['en']})" for code, labels in one.codes)
        parts.append(f"{', '.join(codes)}.\n")
    return "".join(parts)


def section(class_: ProfileClass, prefixes: Mapping[str, str]) -> Iterator[str]:
    """What is said of a class."""
    name = f"`{class_.iri}`" if class_.iri else class_.labels["en"]
    yield f"\n## {name}\n\n{class_.meaning['en']}\n"
    if class_.part:
        yield f"It is a part of something else, which leads to it by `{class_.part}`.\n"
    if class_.graph:
        yield f"It stands in named graphs whose names begin with `graph/{class_.graph}`.\n"
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
            if source != MADE_UP:
                forget_words(store, (page.read_text("utf-8") for page in out.glob("pages/*.txt")))
            yield store


def forget_words(store: Store, pages: Iterable[str]) -> None:
    """Takes out what records have word for word from pages: a page can be taken out of all
    releases, and these examples stand in each.
    """
    texts = "\n".join(pages)
    for quad in list(store):
        words = quad.object.value if isinstance(quad.object, Literal) else ""
        if len(words) >= LEAST and words in texts and OF_RECORDS.search(str(quad.subject)):
            store.remove(quad)


def of_class(
    class_: ProfileClass, stores: Sequence[Store], iri: Callable[[str], str]
) -> Iterator[Quad]:
    """The statements that are examples of a class: of the thing with most of its properties, then
    of others with what is left.
    """
    left = [NamedNode(iri(row.predicate)[1:-1]) for row in class_.rows]
    kind = NamedNode(iri(class_.iri)[1:-1]) if class_.iri else None
    for store in stores:
        things = things_of(store, kind)
        while best := most(store, things, left):
            yield from kinds(store, best, kind)
            found = {one: held(store, best, one) for one in left}
            yield from (min(some, key=worth) for some in found.values() if some)
            left = [one for one in left if not found[one]]


def things_of(store: Store, kind: NamedNode | None) -> list[NamedNode]:
    """The things of a class, or those that are gone."""
    path = NamedNode(RDF_TYPE if kind else f"{OWL}deprecated")
    found = {quad.subject for quad in store.quads_for_pattern(None, path, kind)}
    return sorted((one for one in found if isinstance(one, NamedNode)), key=str)


def kinds(store: Store, thing: NamedNode, kind: NamedNode | None) -> Iterable[Quad]:
    """The statement that a thing is of a class."""
    found = store.quads_for_pattern(thing, NamedNode(RDF_TYPE), kind)
    return list(found)[:1] if kind else ()


def most(store: Store, things: Iterable[NamedNode], left: Sequence[NamedNode]) -> NamedNode | None:
    """The thing that has most of some properties; None where none has any."""
    rated = ((sum(bool(held(store, thing, one)) for one in left), thing) for thing in things)
    number, thing = max(rated, key=lambda pair: (pair[0], str(pair[1])), default=(0, None))
    return thing if number else None


def held(store: Store, thing: NamedNode, predicate: NamedNode) -> list[Quad]:
    """What a thing has of a property, but for long texts."""
    found = store.quads_for_pattern(thing, predicate, None)
    return [quad for quad in found if len(str(quad.object)) < TOO_LONG]


def worth(quad: Quad) -> tuple[int, int, str]:
    """What is taken first: English, then what is short."""
    value = quad.object
    language = (value.language if isinstance(value, Literal) else "") or ""
    place = LANGUAGES.index(language) if language in LANGUAGES else 0
    return place, len(str(value)), str(value)


if __name__ == "__main__":
    if "--examples" in sys.argv:
        resources.PROFILE_EXAMPLES.write_text(EXAMPLES_HEAD + examples(), "utf-8")
    else:
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
        sys.stdout.write(page())
