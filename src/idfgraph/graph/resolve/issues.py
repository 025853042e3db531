"""The issues that a quality note can be about: how grave each is, and what it says, in three
languages.
"""

from collections.abc import Mapping
from typing import NamedTuple

from ...model.text import Language


class Issue(NamedTuple):
    """One thing found about a property: its code, the values and evidence it concerns, words for
    its text.

    The severity is that of its kind unless another is given.
    """

    code: str
    property: str
    values: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    severity: str = ""


class IssueKind(NamedTuple):
    """The severity of an issue (a local name of SHACL) and its text; {0}, {1} stand for the words
    of the issue.
    """

    severity: str
    text: Mapping[Language, str]


def _kind(severity: str, en: str, fr: str, es: str) -> IssueKind:
    return IssueKind(severity, {"en": en, "fr": fr, "es": es})


KINDS: Mapping[str, IssueKind] = {
    "missing-value": _kind(
        "Warning",
        "The page does not give this.",
        "La page ne donne pas cette information.",
        "La página no da este dato.",
    ),
    "unreadable-value": _kind(
        "Violation",
        "“{0}” cannot be read as this kind of value.",
        "« {0} » ne peut pas être lu comme une valeur de ce genre.",
        "«{0}» no se puede leer como un valor de este tipo.",
    ),
    "unknown-code": _kind(
        "Violation",
        "“{0}” is none of the known values.",
        "« {0} » n'est aucune des valeurs connues.",
        "«{0}» no es ninguno de los valores conocidos.",
    ),
    "unknown-field": _kind(
        "Warning",
        "The page has a field “{0}” that is not known.",
        "La page a un champ « {0} » qui n'est pas connu.",
        "La página tiene un campo «{0}» que no se conoce.",
    ),
    "unidentified-page": _kind(
        "Warning",
        "The page names no project, so only what it prints is kept.",
        "La page ne nomme aucun projet ; seul ce qu'elle imprime est conservé.",
        "La página no nombra ningún proyecto; solo se conserva lo que imprime.",
    ),
    "unresolved-name": _kind(
        "Violation",
        "“{0}” is no known name; did you mean: {1}?",
        "« {0} » n'est pas un nom connu ; vouliez-vous dire : {1} ?",
        "«{0}» no es un nombre conocido; ¿quiso decir: {1}?",
    ),
    "duplicate-name": _kind(
        "Info",
        "Named more than once: {0}.",
        "Nommé plus d'une fois : {0}.",
        "Nombrado más de una vez: {0}.",
    ),
    "contradiction": _kind(
        "Warning",
        "The captured pages differ: {0}.",
        "Les pages capturées diffèrent : {0}.",
        "Las páginas capturadas difieren: {0}.",
    ),
    "unsupported-value": _kind(
        "Violation",
        "The record says {0}, but its pages and decisions give {1}.",
        "La fiche dit {0}, mais ses pages et décisions donnent {1}.",
        "La ficha dice {0}, pero sus páginas y decisiones dan {1}.",
    ),
    "implausible-date": _kind(
        "Warning",
        "The page prints {0} without a start date; other completed French pages that print the same have earlier "
        "years on their English pages.",
        "La page imprime {0} sans date de début ; d'autres pages françaises achevées qui l'impriment ont des années "
        "antérieures sur leur page anglaise.",
        "La página imprime {0} sin fecha de inicio; otras páginas francesas finalizadas que lo imprimen tienen años "
        "anteriores en su página inglesa.",
    ),
    "date-out-of-range": _kind(
        "Violation",
        "{0} is before the Fund (2001) or too far ahead.",
        "{0} est antérieur au Fonds (2001) ou trop lointain.",
        "{0} es anterior al Fondo (2001) o demasiado lejano.",
    ),
    "date-order": _kind(
        "Warning",
        "The year {0} comes after the start year {1}.",
        "L'année {0} vient après l'année de début {1}.",
        "El año {0} es posterior al año de inicio {1}.",
    ),
    "stale-status": _kind(
        "Warning",
        "The page calls the project active, though its end year {0} is past.",
        "La page dit le projet actif, bien que son année de fin {0} soit passée.",
        "La página dice que el proyecto está activo, aunque su año final {0} ya pasó.",
    ),
    "coverage-mismatch": _kind(
        "Warning",
        "Coverage {0} does not go with {1} beneficiary state(s).",
        "La couverture {0} ne va pas avec {1} État(s) bénéficiaire(s).",
        "La cobertura {0} no concuerda con {1} Estado(s) beneficiario(s).",
    ),
    "outside-region": _kind(
        "Info",
        "Outside the UN area of the project's region: {0}.",
        "Hors de la zone ONU de la région du projet : {0}.",
        "Fuera de la zona de la ONU de la región del proyecto: {0}.",
    ),
    "eu-member": _kind(
        "Info",
        "Member of the European Union today: {0}.",
        "Membre de l'Union européenne aujourd'hui : {0}.",
        "Miembro de la Unión Europea hoy: {0}.",
    ),
    "mentioned-only": _kind(
        "Info",
        "Named in the text, but no beneficiary: {0}.",
        "Nommé dans le texte, mais non bénéficiaire : {0}.",
        "Nombrado en el texto, pero no beneficiario: {0}.",
    ),
    "outside-funding-range": _kind(
        "Info",
        "{0} USD is outside the Fund's published range of {1} USD.",
        "{0} USD est hors de la fourchette publiée par le Fonds, {1} USD.",
        "{0} USD está fuera del margen publicado por el Fondo, {1} USD.",
    ),
    "prima-prefix-mismatch": _kind(
        "Warning",
        "The PRIMA ID begins with {0}, which is no beneficiary's code.",
        "L'identifiant PRIMA commence par {0}, qui n'est le code d'aucun bénéficiaire.",
        "El identificador PRIMA empieza por {0}, que no es el código de ningún beneficiario.",
    ),
    "amount-mismatch": _kind(
        "Info",
        "The text gives a budget of {0} USD, the field {1} USD.",
        "Le texte donne un budget de {0} USD, le champ {1} USD.",
        "El texto da un presupuesto de {0} USD, el campo {1} USD.",
    ),
    "count-mismatch": _kind(
        "Warning",
        "The text counts {0} states, {1} are listed.",
        "Le texte compte {0} États, {1} sont énumérés.",
        "El texto cuenta {0} Estados, se enumeran {1}.",
    ),
    "quoted-narrative": _kind(
        "Info",
        "The page puts its text in quotation marks, which were left out.",
        "La page met son texte entre guillemets, qui ont été omis.",
        "La página pone su texto entre comillas, que se han omitido.",
    ),
    "truncated-title": _kind(
        "Info",
        "The title reaches the site's limit (255 characters) or ends inside a character's code: it may be cut off.",
        "Le titre atteint la limite du site (255 caractères) ou finit dans le code d'un caractère : peut-être tronqué.",
        "El título alcanza el límite del sitio (255 caracteres) o acaba en el código de un carácter: quizá cortado.",
    ),
    "decided-otherwise": _kind(
        "Info",
        "Printed as {0}; {1} decided otherwise on {2}.",
        "Imprimé {0} ; {1} en a décidé autrement le {2}.",
        "Impreso como {0}; {1} decidió otra cosa el {2}.",
    ),
    "decision-not-needed": _kind(
        "Warning",
        "The pages have come to agree with what {0} decided on {1}: the decision is no longer needed.",
        "Les pages concordent désormais avec ce que {0} a décidé le {1} : la décision n'est plus nécessaire.",
        "Las páginas ya concuerdan con lo que {0} decidió el {1}: la decisión ya no es necesaria.",
    ),
    "decision-overtaken": _kind(
        "Warning",
        "Decided against the printed {0}, but now the pages print {1}.",
        "Décidé contre la valeur imprimée {0}, mais les pages impriment à présent {1}.",
        "Decidido frente al valor impreso {0}, pero ahora las páginas imprimen {1}.",
    ),
    "older-version": _kind(
        "Warning",
        "A newer version of this record breaks a rule and is held back; this is its version of {0}.",
        "Une version plus récente de cette fiche enfreint une règle et est retenue ; ceci est sa version du {0}.",
        "Una versión más reciente de esta ficha incumple una regla y se retiene; esta es su versión del {0}.",
    ),
}
