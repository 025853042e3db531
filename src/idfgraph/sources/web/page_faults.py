"""Why a page is not there: we refuse to fetch it, or fetching failed."""

from ...model.errors import BadInput, Place
from ...model.text import Texts


class Refused(BadInput):
    """An address that we do not fetch, or an answer that we do not take; asking again would not
    help.
    """


class Failed(BadInput):
    """An address that gave no usable answer this time.

    `status` is the answer's (0: none), `again` says that a later try may succeed, `after` how many
    seconds the host asks us to wait first.
    """

    def __init__(
        self,
        message: str | Texts,
        place: Place = Place(),
        *,
        hint: str | Texts = "",
        also: tuple[Place, ...] = (),
        status: int = 0,
        again: bool = False,
        after: int = 0,
        **words: object,
    ) -> None:
        super().__init__(message, place, hint=hint, also=also, **words)
        self.status, self.again, self.after = status, again, after
