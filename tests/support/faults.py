"""Faulty records: copies of published records, with statements taken away, added or changed, from a
seed.
"""

from collections.abc import Iterator, Sequence
from random import Random

from idfgraph.model.iris import BASE
from idfgraph.model.vocab import RDF, SH, SKOS, XSD

_TYPED = {
    "gYear": (
        "2020",
        "1999",
        "0999",
        "20200",
        "-2020",
        "2020Z",
        "20",
        "abc",
        "",
        "2020\\n",
        "٢٠٢٠",
        " 2020",
    ),
    "integer": (
        "2020",
        "007",
        "-1",
        "+5",
        "0",
        "1.5",
        "abc",
        "-0",
        "5\\n",
        " 5",
        "99999999999999999999",
    ),
    "positiveInteger": ("1", "0", "-1", "01", "x"),
    "decimal": (
        "0",
        "0.00",
        "-5.10",
        "+5.10",
        ".5",
        "5.",
        "1e3",
        "abc",
        "-0.0",
        "5.0\\n",
        " 5",
        "00000000000000000000000.1",
    ),
    "double": ("NaN", "INF", "1e3", "abc"),
    "boolean": ("true", "1", "maybe"),
    "date": ("2020-02-30", "2020-02-29", "2020-01-01Z"),
    "anyURI": ("http://example.org/", "http://[", ""),
}
_PLAIN = (
    "",
    "x",
    "USD",
    "usd",
    "2020",
    "TC.0001",
    "TC.0001\\n",
    "V47-805",
    "AL10P0019",
    "ALB",
    "008",
    "é",
    "é",
    "😀😀😀",
)
_TAGGED = (
    '"titre"@fr',
    '"title"@en',
    '"title"@en-GB',
    '"title"@EN',
    '"título"@es',
    '"Titel"@de',
    '""@fr',
    '"titre 2"@fr',
)
_NAMED = (
    *(f"<{SH}{name}>" for name in ("Violation", "Warning", "Info", "None")),
    *(
        f"<{BASE}code/{name}>"
        for name in ("status", "status-active", "type-tc", "region-africa", "coverage-national")
    ),
    *(
        f"<{BASE}code/{name}>"
        for name in ("issue-missing-value", "issue-contradiction", "role-funding", "role-none")
    ),
    *(
        f"<{BASE}def#{name}>"
        for name in ("Project", "Programme", "QualityNote", "State", "statedEndYear", "endYear")
    ),
    *(
        f"<{BASE}id/{name}>"
        for name in ("state/ALB", "state/XXX", "org/iom", "source/0123456789abcdef", "source/1")
    ),
    f"<{SKOS}Concept>",
    "<urn:x:unknown>",
    "<http://example.org/é>",
)

#: Terms that stand where others should.
OBJECTS = (
    *(f'"{text}"^^<{XSD}{name}>' for name, texts in _TYPED.items() for text in texts),
    *(f'"{text}"' for text in _PLAIN),
    *_TAGGED,
    *_NAMED,
    f'"<p>x</p>"^^<{RDF}HTML>',
    '"x"^^<urn:x:datatype>',
)


def faulty(lines: Sequence[str], ids: Sequence[str], seed: int) -> Iterator[str]:
    """A copy of one of these records of N-Triples lines, under an id of its own, with one to three
    faults.
    """
    random = Random(seed)
    old = random.choice(ids)
    own = f"{old.rpartition('/')[0]}/Z{seed:07}"
    copy = [
        line.replace(f"<{old}", f"<{own}")
        for line in lines
        if line.startswith((f"<{old}>", f"<{old}#"))
    ]
    for _ in range(random.randint(1, 3)):
        _spoil(copy, random)
    return iter(copy)


def _spoil(copy: list[str], random: Random) -> None:
    at = random.randrange(len(copy))
    subject, predicate, object_ = copy[at].split(" ", 2)
    _, other, value = random.choice(copy).split(" ", 2)
    strange = f"{random.choice(OBJECTS)} .\n"
    match random.choice(
        ("drop", "change", "change", "change", "add", "add", "move", "take", "twice")
    ):
        case "drop" if len(copy) > 1:
            del copy[at]
        case "add":
            copy.append(f"{subject} {predicate} {strange}")
        case "twice":
            copy.append(f"{subject} {other} {value}")
        case "move":
            copy[at] = f"{subject} {other} {object_}"
        case "take":
            copy[at] = f"{subject} {predicate} {value}"
        case _:
            copy[at] = f"{subject} {predicate} {strange}"
