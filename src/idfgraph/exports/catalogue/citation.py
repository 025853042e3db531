"""How to cite a release (https://github.com/citation-file-format/citation-file-format, version
1.2.0).
"""

import yaml

from ...model.text import chosen, named
from ..metadata import RIGHTS
from .release_facts import Facts


def citation(facts: Facts) -> str:
    """The text of `CITATION.cff`: in English where the data set has it, for the format holds one
    language.
    """
    dataset, address = facts.dataset, facts.full(facts.release)
    said = {
        "cff-version": "1.2.0",
        "message": "If you use this data set, please cite the release that you used.",
        "type": "dataset",
        "title": chosen(dataset.title, "en")[0],
        "abstract": chosen(dataset.description, "en")[0],
        "authors": [{"name": named(dataset.publisher, "en")}],
        "version": facts.version,
        "date-released": facts.as_of,
        "url": address,
        "identifiers": [{"type": "url", "value": address, "description": "This release"}],
        "license-url": facts.full(RIGHTS),
    }
    text: str = yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=120)
    return text
