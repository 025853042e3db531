"""What a site sends in place of a page: a challenge, a log-in, a message that nothing is found, an
error, a cookie wall, an empty shell.

A page with a known label is a page, whatever else it says. Else it is told by its titles, whole, or
by what a short text says; long texts may speak of anything.
"""

import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import NamedTuple

from ...model.errors import NoPage, Place
from ...model.mending import mend
from ...model.names import folded
from ...model.text import N_
from .page_labels import PREAMBLE_END
from .page_lines import lines_of


class Clues(NamedTuple):
    """What tells whether a page is one: its text, its titles, whether it asks for a password or
    runs scripts.
    """

    text: str
    titles: Sequence[str] = ()
    asks_password: bool = False
    has_scripts: bool = False


class _Sign(NamedTuple):
    """What a site sends in place of a page, the way out, and how it is known: by a whole title, or
    by words of a text that is no longer than so many words.
    """

    what: str
    way: str
    titles: frozenset[str]
    said: re.Pattern[str]
    words: int


def _sign(what: str, way: str, titles: str, said: str, words: int) -> _Sign:
    found = frozenset(map(folded, titles.split(";")))
    spoken = "|".join(
        re.escape(folded(phrase)) + r"\w*" * (phrase[-1] == "_") for phrase in said.split(";")
    )
    return _Sign(what, way, found, re.compile(rf"\b(?:{spoken})\b"), words)


_BROWSE = N_("open the address in a browser, and save the page once it is shown")
_ENTER = N_("log in with a browser, and save the page once it is shown")
_LOOK = N_("look whether the address is right, and whether the page has moved")
_OPEN = N_("open the page that is meant, and save it")
_LATER = N_("capture the page again later")

#: In their order: what fits first counts.
_SIGNS = (
    _sign(
        N_("a check that asks for a person"),
        _BROWSE,
        "just a moment;un instant;un momento;attention required;checking your browser;"
        "security check;"
        "one more step;human verification;pardon our interruption;are you a robot;ddos guard;"
        "verify you are human;vérification de sécurité;verificación de seguridad;please wait",
        "verifying you are human;verify you are human;verify that you are human;"
        "checking your browser;"
        "review the security of your connection;enable javascript and cookies to continue;"
        "unusual traffic;captcha;recaptcha;hcaptcha;ray id;i m not a robot;not a robot;"
        "ddos protection;"
        "vérifiez que vous êtes humain;vérifier que vous êtes humain;vous êtes un être humain;"
        "vous êtes humain;vérification de votre navigateur;je ne suis pas un robot;"
        "verifique que es humano;verifica que eres un ser humano;que es un ser humano;"
        "que eres humano;no soy un robot;comprobando su navegador;incapsula incident;"
        "no es un robot;n êtes pas un robot;n est pas un robot;"
        "additional security check;bot detection;vérifier la sécurité de votre connexion;"
        "la seguridad de su conexión;la seguridad de tu conexión;you have been blocked;"
        "vous avez été bloqué;ha sido bloqueado;has sido bloqueado;disable any ad blocker;"
        "enable js and",
        150,
    ),
    _sign(
        N_("a message that nothing was found"),
        _LOOK,
        "404;error 404;erreur 404;404 error;page not found;not found;404 not found;"
        "404 page not found;page introuvable;page non trouvée;la page est introuvable;"
        "cette page est introuvable;la page n existe pas;cette page n existe pas;"
        "página no encontrada;no encontrado;no se encontró la página;la página no existe;"
        "no se ha encontrado la página;esta página no existe;410;410 gone;gone;file not found;"
        "object not found;page does not exist;this page does not exist;oops page not found;"
        "oops;oups;ups;"
        "we can t find that page;content not found;contenu introuvable;contenido no encontrado",
        "page not found;requested page could not be found;requested url was not found;"
        "page you requested could not be found;page you are looking for;could not find the page;"
        "page you were looking for;page demandée;page que vous cherchez;page que vous recherchez;"
        "cette page n existe;page introuvable;page non trouvée;página solicitada;página que busca;"
        "página que buscas;página que está buscando;esta página no existe;página no encontrada;"
        "page can t be found;page cannot be found;page could not be found;"
        "page couldn t be found;can t find that page;can t find the page;cannot find the page;"
        "nothing was found at;resource you are looking for;not archived that url;"
        "page est introuvable;page n a pas pu être trouvée;page n a pas été trouvée;"
        "adresse est introuvable;encontrar esa página;encontrar esta página;"
        "encontrar la página;no se encontró la página;no se encontró nada;"
        "domain is for sale;domain may be for sale;buy this domain;domaine est à vendre;"
        "dominio está en venta",
        80,
    ),
    _sign(
        N_("a log-in"),
        _ENTER,
        "log in;login;sign in;sign on;single sign on;sign in to your account;user login;log on;"
        "user account;session expired;session expirée;sesión expirada;sesión caducada;"
        "connectez vous à votre compte;iniciar sesión en la cuenta;iniciar sesión en su cuenta;"
        "authentication required;401 unauthorized;unauthorized;connexion;se connecter;"
        "identification;identifiez vous;authentification;connectez vous;iniciar sesión;"
        "inicio de sesión;acceso de usuarios;autenticación;inicia sesión;inicie sesión",
        "forgot your password;forgot password;enter your password;you must log in;please log in;"
        "please sign in;you need to sign in;mot de passe oublié;votre mot de passe;"
        "vous devez vous connecter;veuillez vous connecter;olvidó su contraseña;"
        "olvidaste tu contraseña;su contraseña;tu contraseña;debe iniciar sesión;"
        "sign in to continue;log in to continue;session has expired;log in again;"
        "connectez vous pour continuer;session a expiré;inicie sesión para continuar;"
        "inicia sesión para continuar;sesión ha expirado;sesión ha caducado;"
        "por favor inicie sesión;username password;nom d utilisateur mot de passe;"
        "already a subscriber;already subscribed;subscribe to read;subscribe to continue;"
        "déjà abonné;réservé aux abonnés;réservé à nos abonnés;ya es suscriptor;"
        "ya eres suscriptor;solo para suscriptores;exclusivo para suscriptores",
        100,
    ),
    _sign(
        N_("a message of an error"),
        _LATER,
        "access denied;403;403 forbidden;forbidden;error 403;accès refusé;accès interdit;"
        "acceso denegado;acceso prohibido;500;500 internal server error;internal server error;"
        "502;502 bad gateway;bad gateway;503;503 service unavailable;service unavailable;"
        "504 gateway time out;gateway timeout;service temporarily unavailable;too many requests;"
        "429 too many requests;service indisponible;site en maintenance;site under maintenance;"
        "sitio en mantenimiento;under maintenance;maintenance mode;erreur interne du serveur;"
        "erreur;error;servicio no disponible;error interno del servidor;400 bad request;"
        "bad request;"
        "this site can t be reached;ce site est inaccessible;no se puede acceder a este sitio web",
        "you don t have permission to access;you do not have permission;access denied;"
        "vous n êtes pas autorisé;vous n avez pas l autorisation;accès refusé;no tiene permiso;"
        "no está autorizado;acceso denegado;service unavailable;temporarily unavailable;"
        "temporairement indisponible;temporalmente no disponible;under maintenance;en maintenance;"
        "en mantenimiento;internal server error;the website encountered an unexpected error;"
        "bad gateway;too many requests;trop de requêtes;demasiadas solicitudes;"
        "site can t be reached;trouble finding that site;unable to connect;"
        "connection is not private;connection was reset;ce site est inaccessible;"
        "connexion n est pas privée;la connexion a échoué;no se puede acceder a este sitio;"
        "conexión no es privada;dns_;err_;nxdomain;fatal error uncaught;parse error syntax;"
        "sqlstate;uncaught exception",
        80,
    ),
    _sign(
        N_("a wall of cookies"),
        _BROWSE,
        "before you continue;avant de continuer;antes de continuar;cookie consent;"
        "we value your privacy;nous respectons votre vie privée;valoramos su privacidad",
        "accept all cookies;accept cookies;accept all;we use cookies;this website uses cookies;"
        "this site uses cookies;uses cookies;manage cookies;cookie settings;accepter les cookies;"
        "tout accepter;accepter tous les cookies;nous utilisons des cookies;"
        "ce site utilise des cookies;"
        "utilise des cookies;aceptar cookies;aceptar las cookies;aceptar todas;aceptar todo;"
        "utilizamos cookies;este sitio utiliza cookies;utiliza cookies;usamos cookies",
        150,
    ),
    _sign(
        N_("an empty shell that scripts would fill"),
        _BROWSE,
        "loading;chargement;cargando",
        "enable javascript;javascript is required;javascript is disabled;"
        "javascript to run this app;"
        "requires javascript;turn on javascript;activer javascript;activez javascript;"
        "javascript est désactivé;javascript est nécessaire;active javascript;habilite javascript;"
        "habilitar javascript;active javascript;activar javascript;javascript está desactivado;"
        "necesita javascript;loading;chargement;chargement en cours;cargando",
        40,
    ),
    _sign(
        N_("a list of what was searched"),
        _OPEN,
        "search results;search result;results of the search;résultats de recherche;"
        "résultats de la recherche;resultados de búsqueda;resultados de la búsqueda",
        "your search yielded no results;no results were found;aucun résultat n a été trouvé;"
        "votre recherche n a donné aucun résultat;no se encontraron resultados;"
        "su búsqueda no produjo resultados",
        60,
    ),
    _sign(
        N_("a redirection"),
        _LOOK,
        "redirecting;redirection;redirigiendo;object moved;document moved;page moved",
        "redirecting;you are being redirected;document has moved;vous allez être redirigé;"
        "serez redirigé;será redirigido;page a été déplacée;página se ha movido",
        40,
    ),
)
_NOT_FOUND, _LOG_IN, _ERROR, _SHELL, _MOVED = (_SIGNS[at] for at in (1, 2, 3, 5, 7))

#: A title that is the code of an answer, with the word for it or with a word that says so.
_CODE = re.compile(r"(http |status )?(error |erreur )?([345][0-9]{2})( error)?(?: (.{1,60}))?")
_BY_CODE = {HTTPStatus.NOT_FOUND: _NOT_FOUND, HTTPStatus.GONE: _NOT_FOUND}
_BY_CODE |= {HTTPStatus.UNAUTHORIZED: _LOG_IN, HTTPStatus.NETWORK_AUTHENTICATION_REQUIRED: _LOG_IN}
_PHRASES = {status: folded(status.phrase) for status in HTTPStatus}

#: What parts the name of a page from that of its site.
_PARTING = re.compile(r"\s[|–—·•-]\s|\s*\|\s*|:\s|\.{3}|…")

#: How long a line of a text may be that is looked at as a title, and how many words a page has that
#: asks for a password and is no more than that.
_TITLE, _FORM = 80, 100


def refuse_no_page(clues: Clues, file: str) -> None:
    """Nothing, or NoPage for what a site sends in place of a page.

    >>> refuse_no_page(Clues("Page introuvable"), "page.txt")
    Traceback (most recent call last):
    idfgraph.model.errors.NoPage: page.txt: is a message that nothing was found, no page of the \
site; look whether the address is right, and whether the page has moved
    """
    clues = clues._replace(text=mend(clues.text).text)
    lines = lines_of(clues.text)
    if any(line.known for line in lines):
        return
    if sign := _of_text(clues, [line.text for line in lines]):
        raise NoPage(sign.what, sign.way, Place(file))


def refuse_empty(clues: Clues, file: str) -> None:
    """Nothing, or NoPage for a page without words whose title tells what it is, that asks for a
    password, or that scripts would fill.
    """
    if sign := _of_text(clues, ()) or (_SHELL if clues.has_scripts else None):
        raise NoPage(sign.what, sign.way, Place(file))


def _of_text(clues: Clues, lines: Sequence[str]) -> _Sign | None:
    """What is sent in place of a page; None for a page."""
    titles = {folded(part) for title in clues.titles for part in (title, *_PARTING.split(title))}
    begins = [
        0,
        *(at + 1 for at, line in enumerate(lines) if folded(line[:_TITLE]) == PREAMBLE_END),
    ]
    heads = {
        folded(part)
        for at in begins
        for line in lines[at : at + 1]
        if len(line) <= _TITLE
        for part in (line, *_PARTING.split(line))
    }
    if answered := next(filter(None, map(_of_code, sorted(titles or heads))), None):
        return answered
    spoken = folded(clues.text)
    count = spoken.count(" ") + 1
    for sign in _SIGNS:
        if sign.titles & (titles or heads) or (count <= sign.words and sign.said.search(spoken)):
            return sign
    return _LOG_IN if clues.asks_password and count <= _FORM else None


def _of_code(title: str) -> _Sign | None:
    """What a title is that tells the code of an answer, as servers give them in place of a page.

    >>> _of_code("503 service unavailable").what, _of_code("500 migrants")
    ('a message of an error', None)
    """
    found = _CODE.fullmatch(title)
    code = int(found[3]) if found else 0
    if not found or code not in _PHRASES:
        return None
    said = found[1] or found[2] or found[4] or found[5] in (None, _PHRASES[HTTPStatus(code)])
    moved = _MOVED if code < HTTPStatus.BAD_REQUEST else _ERROR
    return _BY_CODE.get(HTTPStatus(code), moved) if said else None
