"""What a data folder should come to in a year, kept beside it without the program: what each page
prints, and what people did since; and what a release says, read back by another reader.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from support.rendering import text

BASE = "https://idf.example.net/"

LANGUAGES = ("en", "fr", "es")

#: Value -> its words on a page, in English, French and Spanish.
STATUS = {
    "completed": ("Completed", "Achevé", "Finalizado"),
    "active": ("Active", "Actif", "Activo"),
}
COVERAGE = ("National", "National", "National")
STATES = {
    "ALB": ("Albania", "Albanie", "Albania"),
    "MEX": ("Mexico", "Mexique", "México"),
    "GHA": ("Ghana", "Ghana", "Ghana"),
}
REGIONS = {
    "ALB": ("europe", "Europe", "Europe", "Europa"),
    "MEX": (
        "latin-america-and-the-caribbean",
        "Latin America and the Caribbean",
        "Amérique latine et Caraïbes",
        "América Latina y el Caribe",
    ),
    "GHA": ("africa", "Africa", "Afrique", "África"),
}
TYPES = {
    "ib": ("Immigration and Borders", "Immigration et frontières", ""),
    "px": (
        "Protection and Assistance to Vulnerable Migrants",
        "Protection et assistance aux migrants vulnérables",
        "Protección y asistencia a migrantes vulnerables",
    ),
}
TITLES = (
    "Training of the officers at the border",
    "Formation des agents de la frontière",
    "Formación de los agentes de la frontera",
)
GUESTS = (
    "Officers of Kenya came.",
    "Des agents du Kenya sont venus.",
    "Agentes de Kenia vinieron.",
)
GUEST = ("Kenya", "Kenya", "Kenia")

#: What a doubt of a page is called, and the field that it is about.
DOUBT = ("date-order", "allocationYear")


@dataclass
class Entry:
    """A project: the language of its page, what that prints, what was decided and why, which doubts
    were seen and why, what people wrote by hand.
    """

    id: str
    language: str
    printed: dict[str, str]
    decided: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    seen: str = ""
    remark: str = ""
    cited: bool = False
    withdrawn: bool = False

    @property
    def values(self) -> Mapping[str, str]:
        """What a release should say of it."""
        return self.printed | self.decided

    @property
    def column(self) -> int:
        """The place of its language among those of words."""
        return LANGUAGES.index(self.language)

    @property
    def address(self) -> str:
        """The address of its page."""
        return f"https://www.iom.int/{self.language}/project/{self.id.casefold()}"

    @property
    def title(self) -> str:
        """The field of its title."""
        return f"title.{self.language}"


def entry(number: int) -> Entry:
    """The project of a number, as its page first prints it."""
    language = LANGUAGES[number % 3]
    column = LANGUAGES.index(language)
    state = sorted(STATES)[number // 3 % 3]
    kind = "px" if not TYPES["ib"][column] or number % 2 else "ib"
    start = 2010 + number % 9
    doubtful = number % 5 == 4
    printed = {
        f"title.{language}": f"{TITLES[column]} {number}, {STATES[state][column]}",
        "startYear": str(start),
        "endYear": str(start + 2),
        "allocationYear": str(start + 1 if doubtful else start),
        "status": "completed",
        "coverage": "national",
        "budget": f"{50_000 + 100 * number}.00",
        "projectType": kind,
        "fundRegion": REGIONS[state][0],
        "beneficiary": state,
    }
    return Entry(f"{kind.upper()}.{number:04}", language, printed, cited=number % 11 == 10)


def page_of(one: Entry) -> str:
    """The page of a project."""
    said, column = one.printed, one.column
    facts = {
        "lang": one.language,
        "layout": "AB"[int(one.id[-1]) % 2],
        "title": said[one.title],
        "start": said["startYear"],
        "end": said["endYear"],
        "status": STATUS[said["status"]][column],
        "type": TYPES[said["projectType"]][column],
        "budget": said["budget"],
        "coverage": COVERAGE[column],
        "year": said["allocationYear"],
        "region": REGIONS[said["beneficiary"]][1 + column],
        "project_id": one.id,
        "members": STATES[said["beneficiary"]][column],
        "quirks": "",
    }
    return f"{text(facts)}\n{GUESTS[column]}\n"


def record_by_hand(one: Entry) -> str:
    """The lines that make a record of a cited document, for the end of what `new` writes."""
    said, column = one.printed, one.column
    words = {
        "projectId": one.id,
        "title": said[one.title],
        **{name: said[name] for name in ("startYear", "endYear", "allocationYear")},
        "status": STATUS[said["status"]][column],
        "coverage": COVERAGE[column],
        "projectType": TYPES[said["projectType"]][column],
        "fundRegion": REGIONS[said["beneficiary"]][1 + column],
        "beneficiary": STATES[said["beneficiary"]][column],
        "budget.value": said["budget"],
        "budget.currency": "USD",
    }
    captures = [
        f"      - {{property: {name}, text: {json.dumps(text)}, locator: p. {page}}}"
        for page, (name, text) in enumerate(words.items(), 1)
    ]
    return "\n".join(
        (
            "values:",
            f"  title: {{{one.language}: {json.dumps(said[one.title])}}}",
            *(f"  {name}: '{said[name]}'" for name in ("startYear", "endYear", "allocationYear")),
            *(f"  {name}: {said[name]}" for name in ("status", "coverage", "fundRegion")),
            f"  projectType: [{said['projectType']}]",
            f"  beneficiary: [{said['beneficiary']}]",
            f"  budget: {{value: '{said['budget']}', currency: USD}}",
            "sources:",
            f"  - document: {{title: Report {one.id}, date: '2024', by: Office, where: File 1}}",
            f"    language: {one.language}",
            "    values:",
            *captures,
            "",
        )
    )


#: Property of a release -> field, for those that stand alone.
_PLAIN = {
    f"{BASE}def#{name}": name
    for name in (
        *("startYear", "endYear", "allocationYear", "status", "coverage", "fundRegion"),
        *("projectType", "beneficiary", "otherBeneficiary"),
    )
}
_TITLE = "http://purl.org/dc/terms/title"
_VALUE = "https://schema.org/value"
_SEVERITY = f"{BASE}def#severity"


class Release:
    """What a release says, as a reader of RDF has it: the values of projects, withdrawn projects,
    the severity of the doubt that pages have, and all texts.
    """

    def __init__(self, out: Path) -> None:
        self.values: dict[str, dict[str, str]] = {}
        self.doubts: dict[str, str] = {}
        tombs = json.loads((out / "tombstones.json").read_text("utf-8"))
        self.withdrawn = {tomb["id"].rpartition("/")[2] for tomb in tombs}
        quads = ox.parse(path=out / "data" / "idf.nq", format=ox.RdfFormat.N_QUADS)
        self.texts = set[str]()
        for quad in quads:
            if isinstance(quad.object, ox.Literal):
                self.texts.add(quad.object.value)
            if isinstance(quad.graph_name, ox.DefaultGraph) and isinstance(
                quad.subject, ox.NamedNode
            ):
                self._take(quad.subject.value, quad.predicate.value, quad.object)

    def _take(self, subject: str, property_: str, value: object) -> None:
        head = f"{BASE}id/project/"
        id_, _, part = subject.removeprefix(head).partition("#")
        if not subject.startswith(head) or not isinstance(value, ox.NamedNode | ox.Literal):
            return
        said = self.values.setdefault(id_, {})
        if not part and property_ == _TITLE and isinstance(value, ox.Literal):
            said[f"title.{value.language}"] = value.value
        elif not part and property_ in _PLAIN:
            name, bare = _PLAIN[property_], _bare(value)
            said[name] = " ".join(sorted({*said.get(name, "").split(), bare}))
        elif part == "budget" and property_ == _VALUE:
            said["budget"] = value.value
        elif part == f"note-{'-'.join(DOUBT)}" and property_ == _SEVERITY:
            self.doubts[id_] = value.value.rpartition("#")[2]


def _bare(value: ox.NamedNode | ox.Literal) -> str:
    """A value without what its kind begins with."""
    if isinstance(value, ox.Literal):
        return value.value
    name = value.value.rpartition("/")[2]
    prefixes = ("status-", "coverage-", "region-", "type-")
    return next((name.removeprefix(one) for one in prefixes if name.startswith(one)), name)
