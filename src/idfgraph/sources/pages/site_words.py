"""The words by which sites mark what is not a page's own matter: elements, roles, classes as CMS
and their themes write them, and headings in three languages.
"""

import re
from collections.abc import Mapping, Sequence

from ...model.names import folded
from .rendition import Reason

TAGS: Mapping[str, Reason] = {
    "nav": "navigation",
    "menu": "navigation",
    "aside": "aside",
    "footer": "footer",
    "form": "form",
    "dialog": "banner",
}
ROLES: Mapping[str, Reason] = {
    **dict.fromkeys(("navigation", "menu", "menubar", "toolbar", "banner"), "navigation"),
    **dict.fromkeys(("dialog", "alertdialog"), "banner"),
    "complementary": "aside",
    "contentinfo": "footer",
    "search": "form",
}

#: Words in the names of classes, as CMS and their themes write them.
_IN_CLASSES: Mapping[Reason, str] = {
    "related": "related relatedposts similar recommended recommendations teaser teasers "
    "connexes similaires relacionado relacionados relacionada relacionadas",
    "sharing": "share shares sharing sharethis sharedaddy addtoany addthis a2a partage "
    "partager compartir",
    "navigation": "pager pagination paginator breadcrumb breadcrumbs skiplink toc navbar "
    "backlink navigation ariane migas",
    "banner": "cookie cookies consent gdpr rgpd popup modal lightbox newsletter subscribe",
    "about-page": "comments respond disqus byline submitted",
    "aside": "sidebar carousel",
}
CLASSES: Mapping[str, Reason] = {
    word: reason for reason, words in _IN_CLASSES.items() for word in words.split()
}
PHRASES: Mapping[str, Reason] = {
    "see also": "related",
    "read more": "related",
    "read next": "related",
    "you may": "related",
    "voir aussi": "related",
    "ver tambien": "related",
    "social media": "sharing",
    "social links": "sharing",
    "social icons": "sharing",
    "social share": "sharing",
    "skip link": "navigation",
    "nav links": "navigation",
    "back to": "navigation",
    "prev next": "navigation",
    "language switcher": "navigation",
    "posted on": "about-page",
    "entry meta": "about-page",
    "post meta": "about-page",
    "node meta": "about-page",
    "entry footer": "footer",
    "post footer": "footer",
    "site footer": "footer",
    "views row": "aside",
}
_IN_HEADINGS: Mapping[Reason, Sequence[str]] = {
    "related": (
        *("Related", "Related projects", "Related content", "Related news", "Related stories"),
        *("Related articles", "Related posts", "Related items", "Related links", "See also"),
        *("Similar projects", "Other projects", "More projects", "You may also like"),
        *("You might also like", "Read more", "Read also", "Latest news", "Recent posts"),
        *("Projets connexes", "Projets liés", "Projets similaires", "Autres projets"),
        *("Contenu connexe", "Contenus liés", "Contenus associés", "Articles similaires"),
        *("Articles liés", "Voir aussi", "Voir également", "À lire aussi", "Lire aussi"),
        *("Sur le même sujet", "Dernières actualités", "Liens connexes", "Articles récents"),
        *("Proyectos relacionados", "Proyectos similares", "Otros proyectos", "Ver también"),
        *("Contenido relacionado", "Contenidos relacionados", "Artículos relacionados"),
        *("Noticias relacionadas", "Véase también", "Lea también", "Últimas noticias"),
        *("Enlaces relacionados", "Entradas recientes", "También te puede interesar"),
    ),
    "sharing": (
        *("Share", "Share this", "Share this page", "Share this project", "Follow us"),
        *("Partager", "Partager cette page", "Partagez", "Suivez-nous"),
        *("Compartir", "Comparte", "Compartir esta página", "Síguenos", "Síganos"),
    ),
    "about-page": (
        *("Comments", "Leave a comment", "Leave a reply"),
        *("Commentaires", "Laisser un commentaire", "Comentarios", "Deja un comentario"),
    ),
}
HEADINGS: Mapping[str, Reason] = {
    folded(text): reason for reason, texts in _IN_HEADINGS.items() for text in texts
}

#: Words of headings that say what fields are about, and such as stand with them; folded.
_GROUPS = (
    "date dates calendar timeline schedule duration period year years "
    "calendrier chronologie duree periode annee annees "
    "fecha fechas calendario cronologia cronograma duracion periodo ano anos plazo plazos "
    "budget budgets funding finance finances cost costs amount amounts allocation "
    "financement cout couts montant montants "
    "presupuesto presupuestos financiacion financiamiento finanzas costo costos monto montos "
    "status statut etat estado situation situacion "
    "location locations geography coverage scope country countries region regions "
    "lieu lieux localisation geographie couverture portee pays "
    "ubicacion lugar lugares localizacion geografia cobertura alcance pais paises regiones "
    "beneficiary beneficiaries beneficiaire beneficiaires beneficiario beneficiarios "
    "partner partners partenaire partenaires socio socios "
    "id ids identification identifiers identifiants identificacion identificadores reference "
    "references referencia referencias code codes codigo codigos "
    "detail details detalle detalles data donnees datos fact facts figures chiffres cifras "
    "information informations informacion info infos overview summary apercu resume resumen "
    "sheet fiche ficha type types tipo tipos classification clasificacion category categories "
    "categorie categoria categorias when where who quand ou qui cuando donde quien"
)
_BESIDE = (
    "project projet proyecto programme program programa key main basic general cle cles "
    "principal principaux principales clave claves generales generale about propos acerca "
    "sobre and of the on at a glance et de du des d la le les l en bref y del el "
    "los las un "
    "with by for in per par por para con avec pour sur dans "
    "member members etats membres estados miembros start end debut fin inicio"
)

_GROUP_WORDS = frozenset(_GROUPS.split())
_HEADING_WORDS = _GROUP_WORDS.union(_BESIDE.split())


def is_group(heading: str) -> bool:
    """Whether a heading says what the fields under it are about, and nothing else.

    >>> is_group("Key dates"), is_group("Fechas y presupuesto"), is_group("Another project")
    (True, True, False)
    """
    words = re.findall(r"[^\W_]+", folded(heading))
    return not _GROUP_WORDS.isdisjoint(words) and _HEADING_WORDS.issuperset(words)
