"""A record with what people signed beside it, and how more is signed: each act in a file of its
own, so that the acts of two people join in git.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypeVar

from ..model.judgements import Acceptance, Review, SignedDecision
from ..model.records import Record
from ..sources.records import SignedFile, read_record, signed_beside, signed_text, with_signed
from ..system.disk import remove, write_text

Act = TypeVar("Act", Review, Acceptance, SignedDecision)


class OwnAndSigned(NamedTuple):
    """A record as its own file has it, what is signed beside it, and both together."""

    file: Path
    own: Record
    signed: tuple[SignedFile, ...]
    whole: Record

    def contents(
        self, name: str, new: Mapping[Path, Act], left: Callable[[Act], Act | None]
    ) -> Mapping[Path, str]:
        """What files are to hold so that new acts stand in their lists of a name, and of those
        before what is left of each; nothing where a file goes. Raises BadRecord where one cannot be
        edited so.
        """
        acts: dict[Path, list[Act]] = {}
        for file, said in self.signed:
            known: Sequence[Act] = getattr(said, name)
            stays = [kept for one in known if (kept := left(one))]
            if stays != list(known) or Path(str(file)) in new:
                acts[Path(str(file))] = stays
        for place, one in new.items():
            acts.setdefault(place, []).append(one)
        return {file: signed_text(file, self.own, name, items) for file, items in acts.items()}


def read_beside(file: Path) -> OwnAndSigned:
    """The record in a YAML file, and what is signed beside it."""
    sourced = read_record(file)
    signed = signed_beside(file, sourced.record.id)
    return OwnAndSigned(file, sourced.record, signed, with_signed(sourced, signed).record)


def write_signed(texts: Mapping[Path, str]) -> None:
    """Writes what is signed, and then removes what another took the place of, so that nothing is
    lost between; a folder in which nothing is left goes.
    """
    try:
        for file, text in texts.items():
            if text:
                write_text(file, text)
        for file, text in texts.items():
            if not text:
                remove(file)
    finally:
        for folder in {file.parent for file in texts}:
            with suppress(OSError):
                folder.rmdir()
