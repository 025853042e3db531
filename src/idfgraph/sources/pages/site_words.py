"""The words by which sites mark what is not a page's own matter: elements, roles, classes as CMS
and their themes write them, and headings in three languages.
"""

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
