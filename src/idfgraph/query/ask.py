"""The analyst's story: a question by name, file or text, asked of a published release."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ..graph.mapping import compile_context
from ..model.errors import BadMapping, BadQuery, Place
from ..model.iris import BASE, rebase
from ..model.layout import CONTEXT
from ..model.text import N_, texts
from ..sources.reference_files import read_reference
from ..system import resources
from ..system.reading import read_text
from .answer import MOST_ROWS, Answerer, load
from .meant_values import unknown
from .question import Question, read_question

#: No file has a longer name.
_LONGEST_NAME = 255


class OpenRelease(NamedTuple):
    """A release that questions are asked of: its folder, what answers them, the base of its names,
    and the entries of the reference data (compact IRIs).
    """

    folder: Path
    answerer: Answerer
    base: str
    entries: frozenset[str]


def questions() -> Iterator[Question]:
    """The questions that ship with the package, by name."""
    return (read_question(path) for path in resources.files_in(resources.QUERIES, ".rq"))


def question_file(name: str) -> Path:
    """The file of the question with this name, or the file itself; BadQuery if there is neither."""
    shipped = resources.QUERIES / f"{name}.rq"
    if shipped.is_file():
        return shipped
    if len(name) <= _LONGEST_NAME and Path(name).is_file():
        return Path(name)
    names = [path.stem for path in resources.files_in(resources.QUERIES, ".rq")]
    near = get_close_matches(name[:80].casefold(), names, 3)
    hint = texts("list the questions with idfgraph query --list")
    if near:
        hint = texts(
            "did you mean {near}? list the questions with idfgraph query --list",
            near=" / ".join(near),
        )
    raise BadQuery(
        N_("no question and no file is called {name!r}"),
        hint=hint,
        name=name[:80],
    )


def open_release(release: Path, most: int = MOST_ROWS) -> OpenRelease:
    """A release to ask questions of, answered in `most` rows at most; BadQuery if it is none."""
    prefixes = _prefixes(release)
    base = _base(prefixes)
    entries = frozenset(entry.id for entry in read_reference(resources.REFERENCE).entries)
    return OpenRelease(release, load(release, prefixes, most), base, entries)


def query_of(question: Question, release: OpenRelease, values: Mapping[str, str]) -> str:
    """The query of a question under the base of a release.

    Raises BadQuery, also for a parameter that names what neither the release nor the reference data
    has: its answer would read as if pages were silent.
    """
    query = rebase(question.with_values(values), release.base)
    for parameter, value in unknown(question, values, partial(is_known, release)):
        raise BadQuery(
            N_("knows no {name} {value!r}"),
            Place(str(release.folder)),
            hint=N_("give --set {name}=VALUE: {description}"),
            name=parameter.name,
            value=value,
            description=parameter.description,
        )
    return query


def base_of(release: Path) -> str:
    """The base of the names of a release; BadQuery if it is none."""
    return _base(_prefixes(release))


def _base(prefixes: Mapping[str, str]) -> str:
    return prefixes.get("idf", BASE).removesuffix("def#")


def _prefixes(release: Path) -> Mapping[str, str]:
    """The prefixes of a release; BadQuery if it is none, or has no context that can be used."""
    context = release / CONTEXT
    if not context.is_file():
        raise BadQuery(
            N_("is no published release"),
            Place(str(release)),
            hint=N_("run idfgraph publish, or name the folder of a release"),
        )
    try:
        return compile_context(read_text(context)).terms.prefixes
    except BadMapping as error:
        raise BadQuery(
            N_("has no readable context: {fault}"),
            Place(str(context)),
            hint=N_("publish it again"),
            fault=error.about.message,
        ) from error


def is_known(release: OpenRelease, resource: str) -> bool:
    """Whether a resource (compact) is in a release, or in the reference data."""
    return resource in release.entries or release.answerer.knows(resource)
