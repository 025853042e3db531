"""Pages made from facts: text in the layouts in which project pages are seen, and HTML that a site
could have sent.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path

Facts = Mapping[str, str | None]
Field = tuple[str, str, str]

RECORDS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "real-records.jsonl")
    .read_text("utf-8")
    .splitlines()
]

#: Fact -> its label in French, English and Spanish, in the order of a page.
LABELS = {
    "start": ("Date de début", "Start Date", "Fecha de inicio"),
    "end": ("Date de fin", "End Date", "Fecha de finalización"),
    "status": ("Statut du projet", "Project Status", "Tipo de proyecto"),
    "type": ("Type de projet", "Project Type", "Tipo de proyecto"),
    "budget": ("Budget Amount (USD)",) * 3,
    "coverage": ("Couverture", "Coverage", "Cobertura geográfica"),
    "year": ("Année", "Year", "Año"),
    "region": ("IDF Region",) * 3,
    "other_countries": ("Other Countries Benefiting at Time of Allocation",) * 3,
    "prima_id": ("Prima ID",) * 3,
    "project_id": ("Projet ID", "Projects ID", "Proyecto ID"),
    "members": (
        "Etat(s) membre(s) beneficiaires remplissant les conditions requises",
        "Benefiting Member States",
        "Estados Miembros Beneficiarios que Reúnen los Requisitos",
    ),
}
LANGUAGES = ("fr", "en", "es")

NAVIGATION = {
    "fr": [
        "-",
        "Qui sommes nous",
        "Structure",
        "- Directrice générale",
        "-",
        "Agir",
        "Agir",
        "- 2030 AGENDA",
    ],
    "en": [
        "-",
        "Who we are",
        "Structure",
        "- Director General",
        "-",
        "Take action",
        "Contact us",
        "- 2030 AGENDA",
    ],
    "es": [
        "-",
        "Quiénes somos",
        "Estructura",
        "- Directora General",
        "-",
        "Actúe",
        "Actúe",
        "- 2030 AGENDA",
    ],
}
NARRATIVES = {
    "fr": [
        "Ce projet aide les autorités à mieux gérer la migration.",
        "- Il forme des agents.",
        "Il dure deux ans.",
    ],
    "en": [
        "The project helps the authorities to manage migration.",
        "- It trains officers.",
        "It takes two years.",
    ],
    "es": [
        "El proyecto ayuda a las autoridades con la migración.",
        "- Forma a agentes.",
        "Dura dos años.",
    ],
}


def fields(facts: Facts) -> list[Field]:
    """The fact, label and value of each field that the page has."""
    column = LANGUAGES.index(str(facts["lang"]))
    rows = ((name, labels[column], facts.get(name)) for name, labels in LABELS.items())
    return [(name, label, value) for name, label, value in rows if value is not None]


def narrative(facts: Facts) -> list[str]:
    """The paragraphs and list items of the narrative, which may be told; a French page can have an
    English one.
    """
    if facts.get("narrative"):
        return [str(facts["narrative"])]
    language = (
        "en"
        if "title-and-narrative-in-english-on-fr-page" in (facts["quirks"] or "")
        else str(facts["lang"])
    )
    lines = NARRATIVES[language]
    opening = any(
        quirk.startswith("narrative-opens-with-straight-quote") for quirk in facts["quirks"] or ""
    )
    return ['"' + lines[0], *lines[1:-1], lines[-1] + '"'] if opening else lines


def text(facts: Facts) -> str:
    """The page as text, in its layout."""
    return "\n".join(_LAYOUTS[str(facts["layout"])](facts))


def _dashed(facts: Facts) -> list[str]:
    lines = [*NAVIGATION[str(facts["lang"])], str(facts["title"])]
    for _, label, value in fields(facts):
        lines += ["-", label, value] if value else ["-", label]
    return lines + narrative(facts)


def _bulleted(facts: Facts) -> list[str]:
    lines = [str(facts["title"]), ""]
    for _, label, value in fields(facts):
        lines += [f"  • {label}", f"    {value}"] if value else [f"  • {label}"]
    gap = [] if "no-blank-line-before-narrative" in (facts["quirks"] or "") else [""]
    return lines + gap + narrative(facts)


def _unlabelled(facts: Facts) -> list[str]:
    order = ("region", "project_id", "prima_id", "budget", "members", "type", "coverage", "status")
    values = [str(facts[name]) for name in order if facts[name]]
    return [
        *NAVIGATION[str(facts["lang"])],
        str(facts["title"]),
        str(facts["title"]),
        *values,
        *narrative(facts),
    ]


def _country_alone(facts: Facts) -> list[str]:
    return [str(facts["title"]), "", f"    {facts['members']}", "", *narrative(facts)]


_LAYOUTS: Mapping[str, Callable[[Facts], list[str]]] = {
    "A": _dashed,
    "B": _bulleted,
    "C": _bulleted,
    "D": _unlabelled,
    "E": _country_alone,
}


def html(facts: Facts, structure: str) -> str:
    """The page as HTML, its fields in one of the STRUCTURES; layout D as values without labels,
    title twice.
    """
    title = (
        escape(str(facts["title"]), quote=False).replace("é", "&eacute;").replace("’", "&#8217;")
    )
    if facts["layout"] == "D":
        values = _unlabelled(facts)[len(NAVIGATION["en"]) + 2 : -len(narrative(facts))]
        body = f"<h2>{title}</h2>" + "".join(
            f"<div><span>{escape(value)}</span></div>\n" for value in values
        )
    else:
        body = STRUCTURES[structure](fields(facts))
    return _PAGE.format(
        lang=facts["lang"],
        url=facts["url"],
        title=title,
        navigation="".join(
            f"<li><a href='/'>{escape(line)}</a></li>" for line in NAVIGATION[str(facts["lang"])]
        ),
        body=body,
        narrative=_paragraphs(narrative(facts)),
    )


_PAGE = """<!DOCTYPE html>
<html lang="{lang}" dir="ltr"><head><meta charset="utf-8"><title>{title} | IOM</title>
<link rel="canonical" href="{url}"><style>.a {{ color: red }}</style></head>
<body class="node"><header><h2>Site</h2><nav><ul>{navigation}</ul></nav></header>
<main><nav class="breadcrumb"><a>Home</a></nav>
<h1>
  <span>{title}</span>
</h1>
{body}
<div class="body"><!-- text -->{narrative}</div></main>
<aside><h2>Related</h2></aside><script>var a = "<p>Year</p>";</script>\
<footer><p>Contact</p></footer></body></html>
"""


def _paragraphs(lines: Sequence[str]) -> str:
    marked = (line.removeprefix("- ") for line in lines)
    return "".join(
        f"<ul>\n<li>{escape(bare)}</li>\n</ul>" if bare != line else f"<p>{escape(line)}</p>\n"
        for line, bare in zip(lines, marked, strict=True)
    )


def _list(rows: Sequence[Field]) -> str:
    items = (
        f"<li><div>{label}</div> <div>{escape(value)}</div></li>\n" for _, label, value in rows
    )
    return f"<ul class='facts'>{''.join(items)}</ul>"


def _drupal(rows: Sequence[Field]) -> str:
    return "".join(
        f'<div class="field field--name-field-{name}"><div class="field__label">{label}</div>\n'
        f'<div class="field__items"><div class="field__item">{escape(value)}</div></div></div>\n'
        for name, label, value in rows
    )


def _definitions(rows: Sequence[Field]) -> str:
    items = (f"<dt>{label}</dt><dd>{escape(value)}</dd>" for _, label, value in rows)
    return f"<dl>{''.join(items)}</dl>"


def _table(rows: Sequence[Field]) -> str:
    cells = (f"<tr><th>{label}</th>\n<td>{escape(value)}</td></tr>" for _, label, value in rows)
    return f"<table><tbody>{''.join(cells)}</tbody></table>"


def _inline(rows: Sequence[Field]) -> str:
    return "".join(f"<p><strong>{label}</strong>: {escape(value)}</p>" for _, label, value in rows)


STRUCTURES: Mapping[str, Callable[[Sequence[Field]], str]] = {
    "list": _list,
    "drupal": _drupal,
    "definitions": _definitions,
    "table": _table,
    "inline": _inline,
}


def real_pages(folder: Path) -> Path:
    """A folder with the pages of all real records as text."""
    folder.mkdir(exist_ok=True)
    for number, facts in enumerate(RECORDS):
        (folder / f"{number:03}.txt").write_text(text(facts), "utf-8")
    return folder
