"""Build docs/labels.md from the labels that the reader of pages knows.

python tools/build_labels_page.py > docs/labels.md
"""

import sys
from collections.abc import Iterator

from idfgraph.model.text import LANGUAGES
from idfgraph.sources.pages import PRINTED

HEAD = """# Labels that are known

Written by `tools/build_labels_page.py` from `src/idfgraph/sources/pages/page_labels.py`. Change
that and run it again; do not edit this page.

What stands under one of these labels is read as its field, whatever the letter case and the accents
of the label; `status` also under the first of two `Tipo de proyecto` of a Spanish page. A label
that is not here is noted (`unknown-field`), with the known one that is much like it, and what
stands under it is kept as printed. A desk adds labels of its own in `reference/field-labels.jsonl`
([lists of one's own](codes.md#lists-of-ones-own)).

| field | English | French | Spanish |
| --- | --- | --- | --- |
"""


def rows() -> Iterator[str]:
    """A row for each field, with its labels by language."""
    for name in dict.fromkeys(field.property for field in PRINTED.values()):
        cells = (
            "<br>".join(
                label
                for label, field in PRINTED.items()
                if (field.property, field.language) == (name, language)
            )
            for language in LANGUAGES
        )
        yield f"| `{name}` | {' | '.join(cells)} |\n"


sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
sys.stdout.write(HEAD)
sys.stdout.writelines(rows())
