"""What descriptions say to people, in three languages."""

from collections.abc import Mapping

from ...model.text import Language

Texts = Mapping[Language, str]

CATALOGUE: Texts = {"en": "Catalogue: {}", "fr": "Catalogue : {}", "es": "Catálogo: {}"}
RELEASE: Texts = {"en": "{}: release {}", "fr": "{} : version {}", "es": "{}: versión {}"}
NOTES: Texts = {
    "en": "Projects: {}; programmes: {}; accepted statements: {}.",
    "fr": "Projets : {} ; programmes : {} ; énoncés retenus : {}.",
    "es": "Proyectos: {}; programas: {}; enunciados aceptados: {}.",
}
NO_ENDPOINT: Texts = {
    "en": "There is no SPARQL endpoint. Load a dump into an RDF store to ask it questions.",
    "fr": "Il n'y a pas de point d'accès SPARQL. Chargez un export dans une base RDF pour l'interroger.",
    "es": "No hay punto de acceso SPARQL. Cargue un volcado en una base RDF para consultarlo.",
}
ENDPOINT: Texts = {
    "en": "SPARQL endpoint",
    "fr": "Point d'accès SPARQL",
    "es": "Punto de acceso SPARQL",
}

#: What a dump holds: all graphs, or the default graph alone.
WHOLE: Texts = {
    "en": "All statements, and who says so ({})",
    "fr": "Tous les énoncés, et qui le dit ({})",
    "es": "Todos los enunciados, y quién lo dice ({})",
}
ACCEPTED: Texts = {
    "en": "Accepted statements ({})",
    "fr": "Énoncés retenus ({})",
    "es": "Enunciados aceptados ({})",
}
TABLE: Texts = {"en": "Table: {}", "fr": "Tableau : {}", "es": "Tabla: {}"}

VOID: Texts = {
    "en": "What this data set holds, in figures",
    "fr": "Ce que contient ce jeu de données, en chiffres",
    "es": "Lo que contiene este conjunto de datos, en cifras",
}
SHAPES: Texts = {"en": "Shapes: {}", "fr": "Formes : {}", "es": "Formas: {}"}
ONTOLOGY: Texts = {"en": "Ontology", "fr": "Ontologie", "es": "Ontología"}
REPORT: Texts = {
    "en": "Report on this release",
    "fr": "Rapport sur cette version",
    "es": "Informe sobre esta versión",
}
QUERIES: Texts = {
    "en": "Example queries",
    "fr": "Exemples de requêtes",
    "es": "Consultas de ejemplo",
}
RUN: Texts = {
    "en": "The run that made this release",
    "fr": "L'exécution qui a produit cette version",
    "es": "La ejecución que produjo esta versión",
}
RIGHTS: Texts = {"en": "Rights", "fr": "Droits", "es": "Derechos"}
STATEMENTS: Texts = {
    "en": "What this data set states",
    "fr": "Ce que ce jeu de données énonce",
    "es": "Lo que este conjunto de datos enuncia",
}
OURS: Texts = {
    "en": "Identifiers, codes, links, notes and decisions of this data set are under the Apache License 2.0.",
    "fr": "Les identifiants, codes, liens, remarques et décisions de ce jeu de données sont sous licence Apache 2.0.",
    "es": "Los identificadores, códigos, enlaces, notas y decisiones de este conjunto de datos están bajo la licencia "
    "Apache 2.0.",
}
TEXTS: Texts = {"en": "Texts of the pages", "fr": "Textes des pages", "es": "Textos de las páginas"}
THEIRS: Texts = {
    "en": "Page texts, narratives and quoted words are the International Organization for Migration's. We know of no "
    "licence for them: ask the Organization before you use them.",
    "fr": "Les textes des pages, les descriptions et les mots cités sont ceux de l'Organisation internationale pour "
    "les migrations. Nous ne leur connaissons pas de licence : demandez à l'Organisation avant de les utiliser.",
    "es": "Los textos de las páginas, las descripciones y las palabras citadas son de la Organización Internacional "
    "para las Migraciones. No les conocemos licencia: pregunte a la Organización antes de utilizarlos.",
}

#: Prefix of another data set that ours links to -> its name.
TARGETS: Mapping[str, Texts] = {
    "euc": {
        "en": "Countries of the Publications Office of the European Union",
        "fr": "Pays de l'Office des publications de l'Union européenne",
        "es": "Países de la Oficina de Publicaciones de la Unión Europea",
    },
    "gn": {"en": "GeoNames", "fr": "GeoNames", "es": "GeoNames"},
    "unarea": {
        "en": "Areas of the United Nations (M49)",
        "fr": "Zones des Nations Unies (M49)",
        "es": "Zonas de las Naciones Unidas (M49)",
    },
    "wd": {"en": "Wikidata", "fr": "Wikidata", "es": "Wikidata"},
}


def filled(texts: Texts, *values: object) -> dict[Language, str]:
    """The texts with values in their places.

    >>> filled(TABLE, "projects")["fr"]
    'Tableau : projects'
    """
    return {language: text.format(*values) for language, text in texts.items()}


def around(texts: Texts, inner: Texts, *values: object) -> dict[Language, str]:
    """The texts with, first, the inner text of their language; languages without one are left out.

    >>> around(CATALOGUE, {"fr": "Projets"})
    {'fr': 'Catalogue : Projets'}
    """
    return {
        language: text.format(inner[language], *values)
        for language, text in texts.items()
        if language in inner
    }
