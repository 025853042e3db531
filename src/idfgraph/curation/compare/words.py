"""The words that comparisons use, in the languages that people read."""

from collections.abc import Mapping

#: Field of a record -> its name: English, French, Spanish.
FIELDS: Mapping[str, tuple[str, str, str]] = {
    "kind": ("kind", "genre", "clase"),
    "title": ("title", "titre", "título"),
    "narrative": ("narrative", "texte descriptif", "texto descriptivo"),
    "startYear": ("start year", "année de début", "año de inicio"),
    "endYear": ("end year", "année de fin", "año de finalización"),
    "statedEndYear": ("stated end year", "année de fin imprimée", "año de finalización impreso"),
    "allocationYear": ("allocation year", "année d'allocation", "año de asignación"),
    "status": ("status", "statut", "estado de avance"),
    "projectType": ("project type", "type de projet", "tipo de proyecto"),
    "coverage": ("coverage", "couverture", "cobertura"),
    "fundRegion": ("IDF region", "région du Fonds", "región del Fondo"),
    "budget": ("budget", "budget", "presupuesto"),
    "primaId": ("PRIMA ID", "Prima ID", "identificador PRIMA"),
    "projectId": ("project ID", "Projet ID", "identificador de proyecto"),
    "language": ("language of the page", "langue de la page", "idioma de la página"),
    "beneficiary": ("beneficiary", "bénéficiaire", "beneficiario"),
    "otherBeneficiary": ("other beneficiary", "autre bénéficiaire", "otro beneficiario"),
    "targetsGovernmentOf": (
        "targets the government of",
        "a pour cible le gouvernement de",
        "tiene como destinatario el gobierno de",
    ),
    "mentionsState": ("mentions the state", "mentionne l'État", "menciona el Estado"),
    "association": ("partner", "partenaire", "socio"),
    "hasPart": ("phase", "phase", "fase"),
    "result": ("result", "résultat", "resultado"),
    "source": ("page", "page", "página"),
    "reviewed": ("review", "relecture", "revisión"),
}

_WORDS: Mapping[str, tuple[str, str, str]] = {
    **FIELDS,
    "named": ("{}: {}", "{} : {}", "{}: {}"),
    "decision": ("decision", "décision", "decisión"),
    "why": ("why", "motif", "motivo"),
    "by": ("by", "par", "por"),
    "evidence": ("evidence", "preuve", "prueba"),
    "insteadOf": ("instead of", "au lieu de", "en lugar de"),
    "project": ("project", "projet", "proyecto"),
    "programme": ("programme", "programme", "programa"),
    "page": ("page without a project", "page sans projet", "página sin proyecto"),
    "projects": ("projects", "projets", "proyectos"),
    "programmes": ("programmes", "programmes", "programas"),
    "pages": ("pages without a project", "pages sans projet", "páginas sin proyecto"),
    "records": ("records", "fiches", "fichas"),
    "states": ("beneficiary states", "États bénéficiaires", "Estados beneficiarios"),
    "no status": ("no status", "sans statut", "sin estado de avance"),
    "heading": ("Comparison", "Comparaison", "Comparación"),
    "from": ("From {} to {}", "De {} à {}", "De {} a {}"),
    "nothing": (
        "Nothing changed: no record and no result of validation differs.",
        "Rien n'a changé : aucune fiche ni aucun résultat de validation ne diffère.",
        "Nada cambió: ninguna ficha ni ningún resultado de la validación difiere.",
    ),
    "totals": ("Totals", "Totaux", "Totales"),
    "new": ("New records", "Nouvelles fiches", "Fichas nuevas"),
    "gone": ("Gone records", "Fiches disparues", "Fichas desaparecidas"),
    "changed": ("Changed records", "Fiches modifiées", "Fichas modificadas"),
    "new results": (
        "New results of validation",
        "Nouveaux résultats de validation",
        "Resultados nuevos de validación",
    ),
    "solved results": (
        "Solved results of validation",
        "Résultats de validation résolus",
        "Resultados de validación resueltos",
    ),
    "total": ("Total", "Total", "Total"),
    "before": ("Before", "Avant", "Antes"),
    "after": ("After", "Après", "Después"),
    "taken": ("Before or taken away", "Avant ou retiré", "Antes o retirado"),
    "added": ("After or added", "Après ou ajouté", "Después o añadido"),
    "difference": ("Difference", "Différence", "Diferencia"),
    "record": ("Record", "Fiche", "Ficha"),
    "field": ("Field", "Champ", "Campo"),
    "severity": ("Severity", "Gravité", "Gravedad"),
    "place": ("Place", "Endroit", "Lugar"),
    "rule": ("Rule", "Règle", "Regla"),
    "message": ("Message", "Message", "Mensaje"),
    "show": ("show the table", "afficher le tableau", "mostrar la tabla"),
    "characters": ("text of {} characters", "texte de {} caractères", "texto de {} caracteres"),
    "text changed": (
        "text changed, {} characters",
        "texte modifié, {} caractères",
        "texto modificado, {} caracteres",
    ),
    "more": ("and {} more", "et {} de plus", "y {} más"),
}

_INDEX = {"en": 0, "fr": 1, "es": 2}


def word(name: str, language: str) -> str:
    """What stands under a name, in a language or else in English.

    >>> word("gone", "fr")
    'Fiches disparues'
    """
    return _WORDS[name][_INDEX.get(language, 0)]


def named(name: str, what: object, language: str) -> str:
    """A name and what goes under it, as a language writes a colon.

    >>> named("statut", "Actif", "fr")
    'statut : Actif'
    """
    return word("named", language).format(name, what)
