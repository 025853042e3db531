"""The words that reports use besides the messages of shapes, in the languages of messages."""

from collections.abc import Iterable, Mapping

from ...model.findings import Finding, severity_name
from ...model.vocab import SEVERITIES

#: What is said -> how, by language.
_PHRASES: Mapping[str, Mapping[str, str]] = {
    "value": {"en": "value", "fr": "valeur", "es": "valor"},
    "also": {"en": "see also", "fr": "voir aussi", "es": "véase también"},
    "until": {"en": "to line {}", "fr": "jusqu'à la ligne {}", "es": "hasta la línea {}"},
    "by rule": {"en": "by rule:", "fr": "par règle :", "es": "por regla:"},
    "title": {"en": "Validation", "fr": "Validation", "es": "Validación"},
    "severity": {"en": "Severity", "fr": "Gravité", "es": "Gravedad"},
    "count": {"en": "Number", "fr": "Nombre", "es": "Número"},
    "place": {"en": "Place", "fr": "Endroit", "es": "Lugar"},
    "rule": {"en": "Rule", "fr": "Règle", "es": "Regla"},
    "message": {"en": "Message", "fr": "Message", "es": "Mensaje"},
    "more": {"en": "and {} more", "fr": "et {} de plus", "es": "y {} más"},
    "nothing": {
        "en": "Nothing was found.",
        "fr": "Rien n'a été trouvé.",
        "es": "No se encontró nada.",
    },
}


def phrase(name: str, language: str, number: int = 0) -> str:
    """What is said under this name, in a language or else in English, with a number where one
    belongs.

    >>> phrase("more", "fr", 3)
    'et 3 de plus'
    """
    said = _PHRASES[name]
    return said.get(language, said["en"]).format(number)


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings have each severity, gravest first.

    >>> counts([])
    {'Violation': 0, 'Warning': 0, 'Info': 0}
    """
    found = [finding.result.severity for finding in findings]
    return {severity: found.count(severity) for severity in SEVERITIES}


def totals(findings: Iterable[Finding], language: str) -> str:
    """How many findings of each severity, in words.

    >>> totals([], "en")
    '0 errors, 0 warnings, 0 notices'
    """
    numbers = counts(findings).items()
    return ", ".join(
        f"{number} {severity_name(severity, language, number)}" for severity, number in numbers
    )
