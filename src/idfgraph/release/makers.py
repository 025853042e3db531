"""What several processes make of what is there: documents, and files that are made whole."""

from collections.abc import Iterable, Iterator, Sequence

from ..exports.dumps import DumpTask
from ..exports.file_tasks import MadeFile
from ..exports.render import Renderer, RenderTask
from ..exports.tables import BookTask
from ..model.errors import BadOutput
from ..model.layout import QUADS
from ..model.text import N_
from ..system.folder import Folder
from ..system.workers import SECONDS, Limits, Lost, cores, in_order

#: What one process makes: documents of a resource, or another file.
Work = RenderTask | DumpTask | BookTask

_TOO_MUCH = N_("too long, or too little memory")

#: Bytes of the largest dump that a process makes a file of, or reads, in a second at least.
_SPEED = 1 << 19

#: Of a largest dump with fewer bytes, one process has made all files before others would have
#: started.
_LITTLE = 4 << 20


class Makers:
    """Makes documents, or one other file; it can be sent to another process."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    def __call__(self, works: Sequence[Work]) -> Sequence[MadeFile]:
        """The files that are made."""
        documents = [work for work in works if isinstance(work, RenderTask)]
        others = (work() for work in works if not isinstance(work, RenderTask))
        return [*self._renderer(documents), *others]


def made_files(
    folder: Folder, renderer: Renderer, works: Iterable[Sequence[Work]], jobs: int
) -> Iterator[MadeFile]:
    """The files that are made by so many processes (0: one a core, or only this one where there is
    little to be made); the folder has a place for each, and takes it.
    """
    size = (folder.root / QUADS).stat().st_size
    busy = jobs or (cores() if size > _LITTLE else 1)
    for made in in_order(Makers(renderer), works, busy, Limits(SECONDS + size / _SPEED)):
        if isinstance(made, Lost):
            raise _cannot_make(made.item)
        for one in made:
            if one.sha256:
                folder.adopt(one.path, one.sha256)
            yield one


def _cannot_make(work: Work) -> BadOutput:
    """The error for what could not be made."""
    if isinstance(work, RenderTask):
        said = N_("cannot make the documents of {resource}")
        return BadOutput(said, hint=_TOO_MUCH, resource=work.resource)
    return BadOutput(N_("cannot make {path}"), hint=_TOO_MUCH, path=work.path)
