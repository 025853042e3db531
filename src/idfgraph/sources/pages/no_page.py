"""What a site sends in place of a page: a challenge, a log-in, a message that nothing is found, an
error, a cookie wall, an empty shell.

A page with a known label is a page, whatever else it says. Else it is told by its titles, whole, or
by what a short text says; long texts may speak of anything.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ...model.errors import NoPage, Place
from ...model.names import folded
from ...model.text import N_
from .labels import PREAMBLE_END
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
    spoken = "|".join(re.escape(folded(phrase)) for phrase in said.split(";"))
    return _Sign(what, way, found, re.compile(rf"\b(?:{spoken})\b"), words)


_BROWSE = N_("open the address in a browser, and save the page once it is shown")
_ENTER = N_("log in with a browser, and save the page once it is shown")
_LOOK = N_("look whether the address is right, and whether the page has moved")
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
        "additional security check;bot detection;vérifier la sécurité de votre connexion;"
        "la seguridad de su conexión;la seguridad de tu conexión",
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
        "we can t find that page;content not found;contenu introuvable;contenido no encontrado",
        "page not found;requested page could not be found;requested url was not found;"
        "page you requested could not be found;page you are looking for;could not find the page;"
        "page you were looking for;page demandée;page que vous cherchez;page que vous recherchez;"
        "cette page n existe;page introuvable;page non trouvée;página solicitada;página que busca;"
        "página que buscas;página que está buscando;esta página no existe;página no encontrada",
        80,
    ),
    _sign(
        N_("a log-in"),
        _ENTER,
        "log in;login;sign in;sign on;single sign on;sign in to your account;user login;log on;"
        "user account;authentication required;401 unauthorized;unauthorized;connexion;se connecter;"
        "identification;identifiez vous;authentification;connectez vous;iniciar sesión;"
        "inicio de sesión;acceso de usuarios;autenticación;inicia sesión;inicie sesión",
        "forgot your password;forgot password;enter your password;you must log in;please log in;"
        "please sign in;you need to sign in;mot de passe oublié;votre mot de passe;"
        "vous devez vous connecter;veuillez vous connecter;olvidó su contraseña;"
        "olvidaste tu contraseña;su contraseña;tu contraseña;debe iniciar sesión;"
        "por favor inicie sesión;username password;nom d utilisateur mot de passe",
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
        "bad gateway;too many requests;err connection;dns probe",
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
        "loading;chargement;cargando;redirecting;redirection;redirigiendo",
        "enable javascript;javascript is required;javascript is disabled;"
        "javascript to run this app;"
        "requires javascript;turn on javascript;activer javascript;activez javascript;"
        "javascript est désactivé;javascript est nécessaire;active javascript;habilite javascript;"
        "habilitar javascript;active javascript;activar javascript;javascript está desactivado;"
        "necesita javascript;loading;chargement;chargement en cours;cargando;redirecting;"
        "you are being redirected;vous allez être redirigé;será redirigido",
        40,
    ),
)
_LOG_IN, _SHELL = _SIGNS[2], _SIGNS[5]

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
    lines = lines_of(clues.text)
    if any(line.known for line in lines):
        return
    if sign := _of_text(clues, [line.text for line in lines]):
        raise NoPage(sign.what, sign.way, Place(file))


def refuse_empty(clues: Clues, file: str) -> None:
    """Nothing, or NoPage for a page without words that scripts would fill."""
    if clues.has_scripts:
        raise NoPage(_SHELL.what, _SHELL.way, Place(file))


def _of_text(clues: Clues, lines: Sequence[str]) -> _Sign | None:
    """What is sent in place of a page; None for a page."""
    titles = {folded(part) for title in clues.titles for part in (title, *_PARTING.split(title))}
    begins = [
        0,
        *(at + 1 for at, line in enumerate(lines) if folded(line[:_TITLE]) == PREAMBLE_END),
    ]
    heads = {folded(line) for at in begins for line in lines[at : at + 1] if len(line) <= _TITLE}
    spoken = folded(clues.text)
    count = spoken.count(" ") + 1
    for sign in _SIGNS:
        if sign.titles & (titles or heads) or (count <= sign.words and sign.said.search(spoken)):
            return sign
    return _LOG_IN if clues.asks_password and count <= _FORM else None
