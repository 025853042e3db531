"""The tables of the store, which is the SQLite file of a release: keys, foreign keys, and a view
for each table.
"""

from ...model.fields import Field
from ...model.text import LANGUAGES
from .columns import OTHERS, TABLES, column_of


def _in_each(form: str) -> str:
    """Columns of one kind, one for each language, which takes the place of {}.

    >>> _in_each("note_{} TEXT")
    'note_en TEXT, note_fr TEXT, note_es TEXT'
    """
    return ", ".join(form.format(language) for language in LANGUAGES)


_WORDS = _in_each("{} TEXT NOT NULL")
_LABELS = f"code TEXT NOT NULL, {_in_each('label_{} TEXT')}"
_TITLES = f"{_in_each('title_{} TEXT')}, title_other TEXT"
_NARRATIVES = f"{_in_each('narrative_{} TEXT')}, narrative_other TEXT"
_MONEY = "budget NUMERIC, currency TEXT, start_year INTEGER, end_year INTEGER"


def _other(field: Field) -> str:
    """The column of a property that is not laid out by hand."""
    forms = {"code": "_iri TEXT REFERENCES codes", "year": " INTEGER"}
    return f", {column_of(field)}{forms.get(field.kind, ' TEXT')}"


_OTHERS = {kind: "".join(map(_other, fields)) for kind, fields in OTHERS.items()}

#: Table -> its columns and keys, a table after those that it refers to. `..._iri` leads to another
#: table.
STORED = {
    "metadata": f"name TEXT PRIMARY KEY, {_WORDS}",
    "dictionary": (
        "table_name TEXT, position INTEGER, column_name TEXT NOT NULL, type TEXT NOT NULL, "
        f"property TEXT, {_WORDS}, made_harmless INTEGER NOT NULL, "
        "PRIMARY KEY (table_name, position)"
    ),
    "properties": f"iri TEXT PRIMARY KEY, {_LABELS}",
    "codes": (
        f"iri TEXT PRIMARY KEY, scheme TEXT NOT NULL, {_LABELS}, provisional INTEGER NOT NULL"
    ),
    "states": f"iri TEXT PRIMARY KEY, iso2 TEXT, m49 TEXT, {_LABELS}",
    "organisations": f"iri TEXT PRIMARY KEY, {_LABELS}",
    "pages": (
        "iri TEXT PRIMARY KEY, url TEXT, captured_on TEXT, media_type TEXT, language TEXT, "
        "sha256 TEXT, encoding TEXT, file TEXT, text_url TEXT, evidence TEXT"
    ),
    "records": "iri TEXT PRIMARY KEY, type TEXT NOT NULL, code TEXT NOT NULL",
    "projects": (
        f"iri TEXT PRIMARY KEY REFERENCES records, project_id TEXT, prima_id TEXT, "
        f"iati_identifier TEXT, {_TITLES}, "
        "status_iri TEXT REFERENCES codes, coverage_iri TEXT REFERENCES codes, region_iri TEXT "
        f"REFERENCES codes, {_MONEY}, allocation_year INTEGER, {_NARRATIVES}, "
        "status_as_of TEXT"
        f"{_OTHERS['Project']}"
    ),
    "programmes": (
        f"iri TEXT PRIMARY KEY REFERENCES records, code TEXT NOT NULL, {_TITLES}, status_iri "
        f"TEXT REFERENCES codes, coverage_iri TEXT REFERENCES codes, {_MONEY}, {_NARRATIVES}, "
        "status_as_of TEXT"
        f"{_OTHERS['Programme']}"
    ),
    "project_types": (
        "project_iri TEXT REFERENCES projects, type_iri TEXT REFERENCES codes, PRIMARY KEY "
        "(project_iri, type_iri)"
    ),
    "project_states": (
        "project_iri TEXT REFERENCES projects, relation_iri TEXT REFERENCES properties, "
        "state_iri TEXT REFERENCES states, PRIMARY KEY (project_iri, relation_iri, state_iri)"
    ),
    "programme_states": (
        "programme_iri TEXT REFERENCES programmes, state_iri TEXT REFERENCES states, PRIMARY "
        "KEY (programme_iri, state_iri)"
    ),
    "mentions": (
        "record_iri TEXT REFERENCES records, state_iri TEXT REFERENCES states, PRIMARY KEY "
        "(record_iri, state_iri)"
    ),
    "phases": "iri TEXT PRIMARY KEY, programme_iri TEXT REFERENCES programmes, number INTEGER",
    "results": (
        "iri TEXT PRIMARY KEY, record_iri TEXT REFERENCES records, measure_iri TEXT REFERENCES "
        "codes, count INTEGER"
    ),
    "record_pages": (
        "record_iri TEXT REFERENCES records, page_iri TEXT REFERENCES pages, PRIMARY KEY "
        "(record_iri, page_iri)"
    ),
    "partners": (
        "iri TEXT PRIMARY KEY, record_iri TEXT REFERENCES records, organisation_iri TEXT "
        "REFERENCES organisations, role_iri TEXT REFERENCES codes"
    ),
    "decisions": (
        "iri TEXT PRIMARY KEY, record_iri TEXT REFERENCES records, about_iri TEXT, property_iri "
        "TEXT REFERENCES properties, value_iri TEXT, value TEXT, method_iri TEXT REFERENCES codes, "
        f"decided_by TEXT, decided_on TEXT, {_in_each('comment_{} TEXT')}, comment_other TEXT, "
        "evidence TEXT"
    ),
    "sources": (
        "iri TEXT, page_iri TEXT REFERENCES pages, record_iri TEXT REFERENCES records, "
        "about_iri TEXT NOT NULL, property_iri TEXT REFERENCES properties, value_iri TEXT, "
        "value TEXT, rank_iri TEXT REFERENCES codes, reason_iri TEXT REFERENCES codes, "
        "ranked_by TEXT, field TEXT, "
        "text TEXT, span_start INTEGER, span_end INTEGER, locator TEXT, certainty NUMERIC, "
        "method_iri TEXT REFERENCES codes, PRIMARY KEY (iri, about_iri)"
    ),
    "notes": (
        "iri TEXT PRIMARY KEY, record_iri TEXT REFERENCES records, page_iri TEXT REFERENCES "
        "pages, issue_iri TEXT REFERENCES "
        "codes, severity_iri TEXT REFERENCES codes, property_iri TEXT REFERENCES properties, "
        f"value_iri TEXT, value TEXT, {_in_each('note_{} TEXT')}, evidence TEXT"
    ),
}

#: Columns that rows are looked up by, besides their keys.
_INDEXED = (
    ("project_states", "state_iri"),
    ("programme_states", "state_iri"),
    ("phases", "programme_iri"),
    ("results", "record_iri"),
    ("partners", "record_iri"),
    ("sources", "record_iri"),
    ("decisions", "record_iri"),
    ("notes", "record_iri"),
)

#: What makes the tables.
CREATE = ";\n".join(
    f"CREATE TABLE {name} ({columns}) WITHOUT ROWID" for name, columns in STORED.items()
)

#: Each project once, by the one state that it benefits; those of several states and of none
#: together.
_TOTALS = """CREATE VIEW project_totals AS
SELECT part, state_iri, currency, count(*) AS projects, count(budget) AS with_budget,
  round(sum(budget), 2) AS budget
FROM (
  SELECT p.budget, p.currency,
    CASE count(DISTINCT s.state_iri) WHEN 0 THEN 'none' WHEN 1 THEN 'one' ELSE 'several' END
      AS part,
    CASE count(DISTINCT s.state_iri) WHEN 1 THEN min(s.state_iri) END AS state_iri
  FROM projects AS p LEFT JOIN project_states AS s ON s.project_iri = p.iri GROUP BY p.iri
)
GROUP BY part, state_iri, currency"""

#: What is made once they are filled.
FINISH = ";\n".join([
    _TOTALS,
    *(f"CREATE INDEX {table}_by_{column} ON {table} ({column})" for table, column in _INDEXED),
    *(f"CREATE VIEW {table.view} AS {table.query}" for table in TABLES),
])  # fmt: skip
