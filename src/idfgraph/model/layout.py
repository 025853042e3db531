"""Where the files of a release stand: paths within it, with forward slashes."""

from collections.abc import Mapping
from typing import Final

#: The dump that all others are made from: every graph, lines sorted, so that its SHA-256 is that of
#: the data set's canonical form (https://www.w3.org/TR/rdf-canon/; there are no blank nodes to
#: name).
QUADS = "data/idf.nq"

#: Language of a page for people -> what its file ends in.
PAGE_SUFFIXES: Final[Mapping[str, str]] = {"en": ".html", "fr": ".fr.html", "es": ".es.html"}
