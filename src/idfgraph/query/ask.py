"""The analyst's story: a question by name, file or text, asked of a published release."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ..graph.mapping import compile_context
from ..model.errors import BadQuery, Place
from ..model.iris import BASE, rebase
from ..model.layout import CONTEXT
from ..sources.reference_files import read_reference
from ..system import resources
from .answer import MOST_ROWS, Answerer, load
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
    return (read_question(path) for path in sorted(resources.QUERIES.glob("*.rq")))


def question_file(name: str) -> Path:
    """The file of the question with this name, or the file itself; BadQuery if there is neither."""
    shipped = resources.QUERIES / f"{name}.rq"
    if shipped.is_file():
        return shipped
    if len(name) <= _LONGEST_NAME and Path(name).is_file():
        return Path(name)
    raise BadQuery(
        f"no question and no file is called {name[:80]!r}",
        hint="list the questions with idfgraph query --list",
    )


def open_release(release: Path, most: int = MOST_ROWS) -> OpenRelease:
    """A release to ask questions of, answered in `most` rows at most; BadQuery if it is none."""
    context = release / CONTEXT
    if not context.is_file():
        raise BadQuery(
            "is no published release",
            Place(str(release)),
            hint="run idfgraph publish, or name one with --on",
        )
    text = context.read_text("utf-8")
    try:
        prefixes = compile_context(text).terms.prefixes
    except (json.JSONDecodeError, KeyError) as error:
        raise BadQuery(
            "has no readable context", Place(str(context)), hint="publish it again"
        ) from error
    base = prefixes.get("idf", BASE).removesuffix("def#")
    entries = frozenset(entry.id for entry in read_reference(resources.REFERENCE).entries)
    return OpenRelease(release, load(release, prefixes, most), base, entries)


def query_of(question: Question, release: OpenRelease, values: Mapping[str, str]) -> str:
    """The query of a question under the base of a release.

    Raises BadQuery, also for a parameter that names what neither the release nor the reference data
    has: its answer would read as if pages were silent.
    """
    query = rebase(question.with_values(values), release.base)
    for parameter in question.parameters:
        value = values.get(parameter.name, parameter.default)
        named = parameter.resource and value
        if named and not _is_known(release, f"{parameter.resource}:{value}"):
            raise BadQuery(
                f"knows no {parameter.name} {value!r}",
                Place(str(release.folder)),
                hint=f"give --set {parameter.name}=VALUE: {parameter.description}",
            )
    return query


def _is_known(release: OpenRelease, resource: str) -> bool:
    """Whether a resource (compact) is in a release, or in the reference data."""
    return resource in release.entries or release.answerer.knows(resource)
