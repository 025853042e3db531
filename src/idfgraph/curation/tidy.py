"""The steward's broom: records as `extract` would have written them, and what was done to each."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ..model.errors import BadInput
from ..sources.files import records_of
from ..sources.records import Tidying, tidied
from ..system.disk import write_text


class TidyFile(NamedTuple):
    """What became of one record: what was done, or why it was left as it was."""

    path: Path
    changed: bool
    done: tuple[Tidying, ...] = ()
    refused: BadInput | None = None


def tidy(paths: Iterable[Path], *, dry: bool = False) -> Iterator[TidyFile]:
    """Tidies YAML records, and those in folders, each file whole or not at all, and yields what
    became of each; `dry` writes nothing.

    A record that cannot be read, or can be meant in several ways, is told and left as it is. Raises
    BadInput for a folder without records, and BadOutput.

    >>> [file.changed for file in tidy([Path("data/records/V47-805.yaml")], dry=True)]
    [False]
    """
    for path in records_of(paths):
        try:
            made = tidied(path)
        except BadInput as error:
            yield TidyFile(path, False, refused=error)
            continue
        if made.differs and not dry:
            write_text(path, made.text)
        yield TidyFile(path, made.differs, made.done)
