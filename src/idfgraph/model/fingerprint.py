"""What makes two findings the same one, although lines moved and messages were reworded."""

import json
from hashlib import sha256

from .findings import Finding


def fingerprint(finding: Finding) -> str:
    """32 hex digits from rule, focus node, path, value and component; for an input that cannot be
    read, from its file.

    >>> from .errors import Place
    >>> from .findings import Result
    >>> result = Result("Violation", "", "", "", "", "", "", {}, {})
    >>> fingerprint(Finding(result, Place("a", 1))) == fingerprint(Finding(result, Place("a", 2)))
    True
    """
    result = finding.result
    key = [result.rule, result.focus, result.path, result.value, result.component]
    if not result.focus:
        key += [finding.place.file.replace("\\", "/"), finding.place.field or result.about]
    return sha256(json.dumps(key).encode()).hexdigest()[:32]
