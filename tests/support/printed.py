"""Pages that print some values, as captured sources."""

from collections.abc import Mapping
from hashlib import sha256

import msgspec

from idfgraph.model.records import Source


def page(language: str, printed: Mapping[str, str], *, labelled: bool = True) -> Source:
    """A page that prints these values, a line each."""
    text, captures = "", []
    for name, words in printed.items():
        label = {"label": name} if labelled else {}
        span = [len(text), len(text) + len(words)]
        captures.append({"property": name, "text": words, **label, "span": span})
        text += f"{words}\n"
    digest = sha256(text.encode()).hexdigest()
    form = {"page": digest, "identifier": language, "language": language, "values": captures}
    return msgspec.convert(form, Source)
