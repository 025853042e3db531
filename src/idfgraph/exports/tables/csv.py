"""Rows as CSV (https://www.rfc-editor.org/rfc/rfc4180): UTF-8 with a byte order mark, lines that
end in CR LF.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from .column import Value

#: Characters held before they are given out.
_PIECE = 1 << 16


def render_csv(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """A header and rows as pieces of CSV; without the mark, Excel would read the bytes as another
    encoding.

    >>> "".join(render_csv(["a", "b"], [["é", None], ['"', 2]]))
    '\\ufeffa,b\\r\\né,\\r\\n\"\"\"\",2\\r\\n'
    """
    text = io.StringIO(newline="")
    text.write("\ufeff")
    writer = csv.writer(text)
    for row in chain([head], rows):
        writer.writerow(row)
        if text.tell() > _PIECE:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()
