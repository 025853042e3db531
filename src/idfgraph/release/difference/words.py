"""The words that differences are told in, in the languages that people read."""

from collections.abc import Mapping

from ...model.text import LANGUAGES

_WORDS: Mapping[str, tuple[str, str, str]] = {
    "heading": ("What changed", "Ce qui a changé", "Qué cambió"),
    "from": (
        "From release {} to {}",
        "De la version {} à la version {}",
        "De la versión {} a la versión {}",
    ),
    "nothing": (
        "Nothing changed: both releases make the same statements.",
        "Rien n'a changé : les deux versions font les mêmes déclarations.",
        "Nada cambió: las dos versiones hacen las mismas declaraciones.",
    ),
    "added": ("Added", "Ajouts", "Añadidos"),
    "changed": ("Changed", "Modifications", "Cambios"),
    "withdrawn": (
        "Withdrawn or no longer there",
        "Retraits et disparitions",
        "Retirados o desaparecidos",
    ),
    "evidence": (
        "Evidence: statements on what pages say and on decisions",
        "Preuves : déclarations sur ce que disent les pages et sur les décisions",
        "Pruebas: declaraciones sobre lo que dicen las páginas y sobre las decisiones",
    ),
    "resource": ("Resource", "Ressource", "Recurso"),
    "kind": ("Kind", "Genre", "Clase"),
    "title": ("Title", "Titre", "Título"),
    "field": ("Field", "Champ", "Campo"),
    "before": ("Before or taken away", "Avant ou retiré", "Antes o retirado"),
    "after": ("After or added", "Après ou ajouté", "Después o añadido"),
    "since": ("Since", "Depuis", "Desde"),
    "reason": ("Reason", "Motif", "Motivo"),
    "instead": ("In its place", "À sa place", "En su lugar"),
    "of": ("About", "À propos de", "Acerca de"),
    "gone": ("Gone", "Disparues", "Desaparecidas"),
    "new": ("New", "Nouvelles", "Nuevas"),
    "characters": ("text of {} characters", "texte de {} caractères", "texto de {} caracteres"),
    "run": (
        "the run and the data set",
        "l'exécution et le jeu de données",
        "la ejecución y el conjunto de datos",
    ),
    "named": ("{}: {}", "{} : {}", "{}: {}"),
}

#: Prefix of a compact IRI -> what it is: English, French, Spanish.
KINDS: Mapping[str, tuple[str, str, str]] = {
    "prj": ("project", "projet", "proyecto"),
    "prg": ("programme", "programme", "programa"),
    "st": ("state", "État", "Estado"),
    "ag": ("organisation", "organisation", "organización"),
    "src": ("page", "page", "página"),
    "code": ("code", "code", "código"),
    "unarea": ("area", "zone", "zona"),
}

#: Words of others (prefixed names) -> what they are called; the ontology's own have their labels in
#: it.
TERMS: Mapping[str, tuple[str, str, str]] = {
    "dct:hasPart": ("has part", "comprend", "comprende"),
    "dct:identifier": ("identifier", "identifiant", "identificador"),
    "dct:isPartOf": ("is part of", "fait partie de", "forma parte de"),
    "dct:isReplacedBy": ("is replaced by", "est remplacé par", "es sustituido por"),
    "dct:references": ("refers to", "renvoie à", "remite a"),
    "dct:title": ("title", "titre", "título"),
    "oa:bodyValue": ("text", "texte", "texto"),
    "org:memberOf": ("member of", "membre de", "miembro de"),
    "org:unitOf": ("unit of", "unité de", "unidad de"),
    "owl:deprecated": ("withdrawn", "retiré", "retirado"),
    "prov:Association": ("partner", "partenaire", "socio"),
    "prov:agent": ("organisation", "organisation", "organización"),
    "prov:hadPrimarySource": ("page", "page", "página"),
    "prov:hadRole": ("role", "rôle", "función"),
    "prov:invalidatedAtTime": ("withdrawn since", "retiré depuis", "retirado desde"),
    "prov:qualifiedAssociation": ("partner", "partenaire", "socio"),
    "rdf:type": ("kind", "genre", "clase"),
    "rdfs:comment": ("comment", "commentaire", "comentario"),
    "schema:MonetaryAmount": ("amount", "montant", "importe"),
    "schema:currency": ("currency", "monnaie", "moneda"),
    "schema:value": ("value", "valeur", "valor"),
    "skos:altLabel": ("other name", "autre nom", "otro nombre"),
    "skos:broader": ("broader", "plus large", "más amplio"),
    "skos:closeMatch": ("nearly the same as", "presque identique à", "casi igual a"),
    "skos:definition": ("definition", "définition", "definición"),
    "skos:exactMatch": ("same as", "identique à", "igual a"),
    "skos:inScheme": ("in the scheme", "dans la liste", "en la lista"),
    "skos:narrowMatch": (
        "narrower match",
        "correspondance plus étroite",
        "correspondencia más estrecha",
    ),
    "skos:broadMatch": ("broader match", "correspondance plus large", "correspondencia más amplia"),
    "skos:notation": ("notation", "notation", "notación"),
    "skos:prefLabel": ("name", "nom", "nombre"),
}


def word(name: str, language: str) -> str:
    """What stands under a name in a language.

    >>> word("heading", "fr")
    'Ce qui a changé'
    """
    return _WORDS[name][LANGUAGES.index(language)]


def kind(id_: str, language: str) -> str:
    """What a resource is, by its compact IRI.

    >>> kind("prj:V47-805", "es")
    'proyecto'
    """
    prefix = id_.partition(":")[0]
    return KINDS[prefix][LANGUAGES.index(language)] if prefix in KINDS else ""
