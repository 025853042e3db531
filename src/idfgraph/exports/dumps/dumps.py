"""The dumps of a release, and the words they are written in: vocabulary, context, shapes,
report.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Quad, RdfFormat, parse

from ...graph.lines import (
    jsonld_parts,
    prefixes_of,
    render_jsonld_dump,
    render_trig,
    render_triples,
    render_turtle,
    render_vocabulary,
    statement,
    subject_of,
)
from ...graph.setting import Vocabulary
from ...model.errors import BadOutput, Place
from ...model.layout import (
    ALL_SHAPES,
    CONTEXT,
    JSON_LD,
    ONTOLOGIES,
    ONTOLOGY,
    PACKED_QUADS,
    QUADS,
    REPORT,
    SHAPES,
    TRIG,
    TRIPLES,
    TURTLE,
)
from ...model.text import N_
from ...model.vocab import DCT, OWL
from ...system.folder import Folder, write_file
from ...system.packing import DAMAGED, packed, unpacked
from ..earlier import Earlier, Nothing, stub_lines, with_stubs
from ..file_tasks import Held, MadeFile

#: Dumps that are checked by parsing them, and whether they hold all graphs or the default graph
#: alone.
_DUMPS: Mapping[str, tuple[RdfFormat, bool]] = {
    QUADS: (RdfFormat.N_QUADS, True),
    TRIG: (RdfFormat.TRIG, True),
    TRIPLES: (RdfFormat.N_TRIPLES, False),
    TURTLE: (RdfFormat.TURTLE, False),
    JSON_LD: (RdfFormat.JSON_LD, False),
}


class DumpTask(NamedTuple):
    """Reads a dump of a folder again, once it is written from another one there, if any is named;
    `prefixes` names IRIs to shorten, `whole` is the SHA-256 of what a packed one holds.
    """

    root: Path
    path: str
    source: str
    prefixes: Mapping[str, str]
    whole: str = ""

    def __call__(self) -> MadeFile:
        """The dump, written (over what a process that died left of it) and read again; BadOutput
        where it is not sound.
        """
        target, form, digest = self.root / self.path, _DUMPS.get(self.path), ""
        if self.source:
            digest = write_file(target, self._pieces(), again=True)
        if form:
            return MadeFile(self.path, digest, _parsed(target, form[0]))
        if _sha256(unpacked(_pieces(target), target.suffix)) != self.whole:
            raise BadOutput(N_("holds other bytes than {quads}"), Place(self.path), quads=QUADS)
        return MadeFile(self.path, digest)

    def _pieces(self) -> Iterator[str | bytes]:
        source = self.root / self.source
        if self.path in PACKED_QUADS:
            yield from packed(_pieces(source), Path(self.path).suffix)
            return
        render = render_trig if self.path == TRIG else render_turtle
        with source.open(encoding="utf-8", newline="\n") as lines:
            yield from render(lines, self.prefixes)


def write_dumps(
    folder: Folder, quads: Iterable[bytes], nodes: Iterable[str], words: Vocabulary
) -> Sequence[DumpTask]:
    """Writes the dumps that are made from blocks of N-Quads in order and from the default graph's
    nodes as lines of JSON; gives what is left to be done, what takes longest first: those made from
    these, and all parsed.
    """
    folder.write(QUADS, quads)
    folder.write(TRIPLES, _default(folder))
    folder.write(JSON_LD, render_jsonld_dump(nodes, words.context))
    from_quads = dict.fromkeys(PACKED_QUADS, QUADS)
    tasks = {QUADS: "", TRIG: QUADS, JSON_LD: "", TURTLE: TRIPLES, **from_quads, TRIPLES: ""}
    for path in (path for path, source in tasks.items() if source):
        folder.place(path)
    whole = folder.sums[QUADS]
    return [DumpTask(folder.root, *task, words.prefixes, whole) for task in tasks.items()]


def write_words(
    folder: Folder, words: Vocabulary, report: Iterable[str], earlier: Earlier = Nothing()
) -> None:
    """Writes the vocabulary, the context, the shapes and the report on this release, each with what
    it told of in an earlier one.
    """
    ontology = with_stubs(earlier, ONTOLOGY, words.ontology)
    folder.write(f"{ONTOLOGY}.ttl", [ontology])
    folder.write(f"{ONTOLOGY}.nt", render_triples(ontology))
    folder.write(
        f"{ONTOLOGY}.jsonld",
        [json.dumps(render_vocabulary(ontology), ensure_ascii=False, indent=2) + "\n"],
    )
    for version in version_of(words.ontology):
        folder.write(f"{ONTOLOGIES}{version}.ttl", [words.ontology])
    folder.write(CONTEXT, [words.context_text])
    _write_shapes(folder, words, earlier)
    lines = list(report)
    found = {subject_of(line)[1:-1] for line in lines}
    folder.write(f"{REPORT}.nt", sorted([*lines, *stub_lines(earlier, REPORT, found)]))
    prefixes = {**words.prefixes, **_shape_prefixes(words)}
    folder.write(f"{REPORT}.ttl", render_turtle(folder.read(f"{REPORT}.nt"), prefixes))


def version_of(ontology: str) -> Iterator[str]:
    """The version of an ontology, as its version IRI ends; none where it has none.

    >>> list(version_of("<x:o> <http://www.w3.org/2002/07/owl#versionIRI> <x:ontology/1.0.0> ."))
    ['1.0.0']
    """
    for quad in parse(ontology.encode(), format=RdfFormat.TURTLE):
        if quad.predicate.value == f"{OWL}versionIRI":
            yield quad.object.value.rpartition("/")[2]


def _write_shapes(folder: Folder, words: Vocabulary, earlier: Earlier) -> None:
    texts = dict(words.shapes) | {n: "".join(some) for n, some in one_file(words.shapes).items()}
    shapes = {name: text + _standard(words, name) for name, text in texts.items()}
    gone = {f"{path.removeprefix(SHAPES)}.ttl": "" for path in earlier.paths(SHAPES)}
    for name, text in sorted({**gone, **shapes}.items()):
        path = f"{SHAPES}{name}"
        folder.write(path, [with_stubs(earlier, path.removesuffix(".ttl"), text)])


def one_file(shapes: Mapping[str, str]) -> Mapping[str, list[str]]:
    """All shapes as one file, and those that need no SPARQL as one.

    >>> list(one_file({}))
    ['all.ttl', 'core.ttl']
    """
    core = [text for name, text in sorted(shapes.items()) if not name.startswith(_QUERIES)]
    queries = [text for name, text in sorted(shapes.items()) if name.startswith(_QUERIES)]
    return {f"{ALL_SHAPES.removeprefix(SHAPES)}.ttl": core + queries, "core.ttl": core}


def check_dumps(made: Iterable[MadeFile]) -> int:
    """The number of statements of all graphs; BadOutput where a dump holds other statements."""
    held = {one.path: one.held for one in made if one.held}
    for path, (_, whole) in _DUMPS.items():
        if path not in held or held[path] != held[QUADS if whole else TRIPLES]:
            raise BadOutput(N_("holds other statements than {quads}"), Place(path), quads=QUADS)
    return held[QUADS].statements


def _standard(words: Vocabulary, name: str) -> str:
    """What a file of shapes says of itself, as Turtle."""
    iri = f"{words.prefixes['base']}{SHAPES}{name.removesuffix('.ttl')}"
    return f"\n<{iri}> a <{DCT}Standard> .\n"


def _shape_prefixes(words: Vocabulary) -> Mapping[str, str]:
    declared = (prefixes_of(text) for text in words.shapes.values())
    return {
        name: iri for prefixes in declared for name, iri in prefixes.items() if f"/{SHAPES}" in iri
    }


#: How files of shapes begin that engines without SPARQL leave out.
_QUERIES = "sparql"


def _parsed(path: Path, form: RdfFormat) -> Held:
    count = hashes = 0
    try:
        for quad in _quads(path, form):
            count, hashes = count + 1, hashes + hash(quad)
    except (SyntaxError, ValueError) as error:
        raise BadOutput(N_("does not parse: {error}"), Place(str(path)), error=error) from error
    return Held(count, hashes)


def _quads(path: Path, form: RdfFormat) -> Iterator[Quad]:
    """The statements of a file; JSON-LD, which a parser reads whole, part by part."""
    if form != RdfFormat.JSON_LD:
        yield from parse(path=str(path), format=form)
        return
    with path.open(encoding="utf-8", newline="\n") as lines:
        for part in jsonld_parts(lines):
            yield from parse(part, format=form)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.read(1 << 20), b"")


def _sha256(pieces: Iterable[bytes]) -> str:
    """The SHA-256 of pieces; empty where they cannot be unpacked."""
    digest = sha256()
    try:
        for piece in pieces:
            digest.update(piece)
    except DAMAGED:
        return ""
    return digest.hexdigest()


def _default(folder: Folder) -> Iterator[str]:
    return (line for line in folder.read(QUADS) if not statement(line).graph)
