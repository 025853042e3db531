"""Findings to render: every severity, with and without a place, in files of all kinds; and the
lines they point at.
"""

from idfgraph.model.errors import Place
from idfgraph.model.findings import Finding, Result
from idfgraph.model.iris import BASE
from idfgraph.model.vocab import SH, XSD

ALBANIA = "data/records/V47-805.yaml"
WINDOWS = "data\\records\\PX.0220.yaml"
BULK = "données/mises à jour #1.jsonl"
PAGE = "data/pages/000_3cd946cab0f19b2c.txt"

LINES = {
    (ALBANIA, 13): "  startYear: '2024'  # as printed",
    (ALBANIA, 21): "  beneficiary:",
    (WINDOWS, 4): "type: tc\x1b[31m",
    (BULK, 2): '{"title":\t{"ja": "日本 e\u0301te\u0301"}, "id": "אבג\u202e"}',
    (PAGE, 40): "x" * 5_000 + "Année 20l4" + "y" * 5_000,
}


def reader(file: str, number: int) -> str | None:
    """The line of a file that the findings point at."""
    return LINES.get((file, number))


def result(
    severity: str, name: str, focus: str, about: str, value: str = "", *, component: str = ""
) -> Result:
    """A result of the shape with this name, with a text in each language."""
    languages = {"en": "English", "fr": "français", "es": "español"}
    return Result(
        severity=severity,
        shape=f"{BASE}shapes/{name.replace('/', '#')}" if name else "",
        focus=f"{BASE}doc/{focus}" if focus else "",
        path=f"{BASE}def#{about}" if component else "",
        value=value,
        component=f"{SH}{component}ConstraintComponent" if component else "",
        about=about,
        names={key: f"Rule of {about}, {text}" for key, text in languages.items()}
        if name
        else {"en": "Readable"},
        messages={
            key: f"About {about} [see](1) {{0}}, 100 %: {text}." for key, text in languages.items()
        },
    )


def findings() -> list[Finding]:
    """The table, gravest first."""
    year = f'"2024"^^<{XSD}gYear>'
    start = result(
        "Violation",
        "project/start-year",
        "project/V47-805",
        "startYear",
        year,
        component="MaxCount",
    )
    return [
        Finding(
            start, Place(ALBANIA, 13, 3, "startYear", 13, 20), (Place(WINDOWS, 9, 1, "startYear"),)
        ),
        Finding(
            start._replace(value=f'"2025"^^<{XSD}gYear>'),
            Place(ALBANIA, 13, 14, "startYear", 13, 20),
        ),
        Finding(
            result("Violation", "project/type", "project/PX.0220", "type"),
            Place(WINDOWS, 4, 0, "type"),
        ),
        Finding(result("Violation", "", "", ""), Place("data/records/broken.yaml", 7, 2)),
        Finding(
            result(
                "Warning",
                "project/beneficiary",
                "project/V47-805",
                "beneficiary",
                "<http://example.org/a_b>",
            ),
            Place(ALBANIA, 21, 3, "beneficiary", 24, 9),
        ),
        Finding(
            result(
                "Warning",
                "project/title",
                "project/\u65e5",
                "title",
                '"日本|\\n\u202e\\"<b>"@ja',
                component="Pattern",
            ),
            Place(BULK, 2, 11, "title.ja", 2, 29),
        ),
        Finding(
            result("Warning", "project/year", "project/RT.1130", "allocationYear", '"20l4"'),
            Place(PAGE, 40, 5_007, "allocationYear", 40, 5_011),
        ),
        Finding(
            result("Info", "note/anomaly-info", "project/V47-805#note-a", "budget"),
            Place(field="budget"),
        ),
        Finding(
            result("Info", "state/label", "state/ALB", "prefLabel"),
            Place("data/reference/states.jsonl"),
        ),
    ]
