"""Words for people in en, fr, es: what columns mean where the ontology does not say it, and how a
column says it.
"""

from collections.abc import Mapping

Words = tuple[str, str, str]

#: What the properties of others mean here, by their key in linked records: a label, and what more
#: there is to say.
BORROWED: Mapping[str, tuple[Words, Words]] = {
    "title": (
        ("title", "titre", "título"),
        ("As published.", "Tel que publié.", "Tal como está publicado."),
    ),
    "value": (
        ("amount", "montant", "importe"),
        ("The amount of money.", "La somme d'argent.", "La cantidad de dinero."),
    ),
    "currency": (
        ("currency", "monnaie", "moneda"),
        ("Its ISO 4217 code.", "Son code ISO 4217.", "Su código ISO 4217."),
    ),
    "agent": (
        ("organisation", "organisation", "organización"),
        (
            "The organisation that takes part.",
            "L'organisation qui participe.",
            "La organización que participa.",
        ),
    ),
    "role": (
        ("role", "rôle", "función"),
        ("How it takes part.", "À quel titre elle participe.", "En calidad de qué participa."),
    ),
    "association": (
        ("participation", "participation", "participación"),
        (
            "Who takes part, and how.",
            "Qui participe, et à quel titre.",
            "Quién participa y en calidad de qué.",
        ),
    ),
    "source": (
        ("page", "page", "página"),
        (
            "A captured page that the record stands on.",
            "Une page capturée sur laquelle repose la fiche.",
            "Una página capturada en la que se basa la ficha.",
        ),
    ),
    "hasPart": (
        ("phases", "phases", "fases"),
        (
            "The numbers of the phases of the programme that a page tells of.",
            "Les numéros des phases du programme dont parle une page.",
            "Los números de las fases del programa de las que habla una página.",
        ),
    ),
    "pageUrl": (
        ("address of the page", "adresse de la page", "dirección de la página"),
        (
            "Where the page was captured.",
            "Là où la page a été capturée.",
            "Donde se capturó la página.",
        ),
    ),
    "contentUrl": (
        ("text of the page", "texte de la page", "texto de la página"),
        (
            "The text of the page in this release.",
            "Le texte de la page dans cette édition.",
            "El texto de la página en esta edición.",
        ),
    ),
    "identifier": (
        ("file", "fichier", "archivo"),
        (
            "The name of the captured file, without suffix.",
            "Le nom du fichier capturé, sans suffixe.",
            "El nombre del archivo capturado, sin sufijo.",
        ),
    ),
    "sha256": (
        ("SHA-256", "SHA-256", "SHA-256"),
        (
            "The SHA-256 of the page's bytes.",
            "Le SHA-256 des octets de la page.",
            "El SHA-256 de los bytes de la página.",
        ),
    ),
    "language": (
        ("language", "langue", "idioma"),
        ("The language of the page.", "La langue de la page.", "El idioma de la página."),
    ),
    "body": (
        ("note", "note", "nota"),
        ("What the note says.", "Ce que dit la note.", "Lo que dice la nota."),
    ),
    "references": (
        ("evidence", "preuves", "pruebas"),
        ("What the note rests on.", "Ce sur quoi la note se fonde.", "En qué se basa la nota."),
    ),
    "rights": (
        ("rights", "droits", "derechos"),
        (
            "Whose the texts and the statements are.",
            "À qui sont les textes et les énoncés.",
            "De quién son los textos y los enunciados.",
        ),
    ),
    "issued": (
        ("day of the release", "jour de l'édition", "día de la edición"),
        (
            "The day that counts as today in the data.",
            "Le jour qui compte comme aujourd'hui dans les données.",
            "El día que cuenta como hoy en los datos.",
        ),
    ),
}

#: What the first columns of tables hold, which are the things themselves, not properties of them.
THINGS: Mapping[str, Words] = {
    "project": ("The project.", "Le projet.", "El proyecto."),
    "programme": ("The programme.", "Le programme.", "El programa."),
    "record": (
        "The project or programme.",
        "Le projet ou le programme.",
        "El proyecto o el programa.",
    ),
    "relation": (
        "How the state stands to the project.",
        "Le rapport de l'État au projet.",
        "La relación del Estado con el proyecto.",
    ),
    "state": ("The state.", "L'État.", "El Estado."),
    "partner": ("The participation.", "La participation.", "La participación."),
    "printed": (
        "The place on the page, with its words.",
        "L'endroit de la page, avec ses mots.",
        "El lugar de la página, con sus palabras.",
    ),
    "page": ("The captured page.", "La page capturée.", "La página capturada."),
    "note": ("The note.", "La note.", "La nota."),
    "dataset": ("The data set.", "Le jeu de données.", "El conjunto de datos."),
}

#: How a column says what it means.
ROLES: Mapping[str, Words] = {
    "": ("", "", ""),
    "code": ("Code.", "Code.", "Código."),
    "IRI": ("Address (IRI).", "Adresse (IRI).", "Dirección (IRI)."),
    "en": ("In English.", "En anglais.", "En inglés."),
    "fr": ("In French.", "En français.", "En francés."),
    "es": ("In Spanish.", "En espagnol.", "En español."),
    "amount": ("Amount.", "Montant.", "Importe."),
    "currency": ("Currency (ISO 4217).", "Monnaie (ISO 4217).", "Moneda (ISO 4217)."),
}

#: Said of a column whose cells may hold several values.
SEVERAL: Words = (
    "Several are separated by “; ”.",
    "Plusieurs sont séparés par « ; ».",
    "Varios van separados por «; ».",
)

#: The severities of notes (https://www.w3.org/TR/shacl/#severity).
SEVERITIES: Mapping[str, Words] = {
    "Violation": ("error", "erreur", "error"),
    "Warning": ("warning", "avertissement", "advertencia"),
    "Info": ("notice", "remarque", "observación"),
}

#: What is to be known of every cell.
CELLS: Words = (
    "A text that a spreadsheet would run as a formula has an apostrophe before it; control characters are shown as �. "
    "The dictionary counts such cells for each column. The SQLite file holds the texts unchanged.",
    "Un texte qu'un tableur exécuterait comme une formule est précédé d'une apostrophe ; les caractères de commande "
    "sont montrés par �. Le dictionnaire les compte par colonne. Le fichier SQLite garde les textes tels quels.",
    "Un texto que una hoja de cálculo ejecutaría como fórmula lleva delante un apóstrofo; los caracteres de control "
    "se muestran como �. El diccionario cuenta estas celdas por columna. El archivo SQLite guarda los textos tal cual.",
)

#: What is to be known of the workbook.
CUT: Words = (
    "A spreadsheet cell holds 32,767 characters; longer texts end in “…” here and are whole in the CSV and SQLite "
    "files. Cells cut: ",
    "Une cellule de tableur contient 32 767 caractères ; les textes plus longs finissent ici par « … » et sont entiers "
    "dans les fichiers CSV et SQLite. Cellules coupées : ",
    "Una celda de hoja de cálculo contiene 32 767 caracteres; los textos más largos acaban aquí en «…» y están enteros "
    "en los archivos CSV y SQLite. Celdas cortadas: ",
)
