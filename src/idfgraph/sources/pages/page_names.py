"""By what a page's descriptions of itself are told from those of other things."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from .html_rows import HtmlRow
from .marked_words import LABEL_LIMIT
from .page_data import PageNames, title_parts
from .page_labels import field_of


def page_names(root: Any, url: str | None, rows: Sequence[HtmlRow]) -> PageNames:
    """The page's address, its titles and the first Projet ID in its lines."""
    titles = ["".join(element.itertext()) for element in root.iter("title", "h1")]
    titles += [meta.get("content", "") for meta in root.iter("meta") if _is_title(meta)]
    pairs = (
        (row.text.partition(":")[0], row.text.partition(":")[2] or after.text)
        for row, after in pairwise([*rows, *rows[-1:]])
    )
    ids = (
        value.strip()
        for label, value in pairs
        if (field := field_of(label[: 2 * LABEL_LIMIT])) and field.property == "projectId"
    )
    parts = (title_parts(" ".join(title.split())) for title in titles)
    return PageNames(url, frozenset().union(*parts) - {""}, next(ids, None))


def _is_title(meta: Any) -> bool:
    return str(meta.get("property", "")) == "og:title"
