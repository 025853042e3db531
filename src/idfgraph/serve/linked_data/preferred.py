"""Which form of a document a client gets: by what it takes, or by what its address says."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl

from ...model.text import LANGUAGES
from ..preferences import chosen, chosen_word, preferences, takes
from .file_kinds import media_type
from .inventory import Found, HeldDocument
from .profiles import FULL, Profile, named, offered
from .renditions import WantedFile

_PROFILE, _MEDIA_TYPE = "_profile", "_mediatype"

#: The most parameters that are read of an address.
_MOST = 100


class Preferences(NamedTuple):
    """The headers of a request that a form is chosen by; None where one is not there."""

    accept: str | None = None
    accept_encoding: str | None = None
    accept_language: str | None = None
    accept_profile: str | None = None
    range: str | None = None


class Chosen(NamedTuple):
    """What is chosen of a document: its form (empty: the client takes none), its language, its
    profile, whether the address names that, and the headers that it is chosen by.
    """

    form: str
    language: str
    profile: Profile
    is_named: bool
    vary: str


def choice(
    found: Found, document: HeldDocument, told: Preferences, query: bytes, base: str
) -> Chosen:
    """What a client gets of a document: who names a profile wants data rather than a page."""
    asked = _asked(query)
    has = offered(document)
    profile = named(asked[_PROFILE], base) if _PROFILE in asked else _preferred(told, has, base)
    is_named = _PROFILE in asked
    unknown = is_named and profile not in (*has, FULL)
    profile = profile if profile in has else FULL
    forms = profile.forms or document.forms
    if is_named or told.accept_profile is not None:
        forms = tuple(sorted(forms, key="html".__eq__))
    accept = asked.get(_MEDIA_TYPE, told.accept)
    form = _form(found, accept, forms)
    if not form and not is_named and profile is not FULL:
        profile, form = FULL, _form(found, accept, document.forms)
    pages = tuple(document.pages) or LANGUAGES
    language = found.language
    if form == "html" and not language:
        language = chosen_word(told.accept_language, pages, pages[0])
    varies = {
        "Accept": not found.form,
        "Accept-Language": not found.form and "html" in document.forms,
        "Accept-Profile": len(has) > 1,
    }
    vary = ", ".join(name for name, does in varies.items() if does)
    return Chosen("" if unknown else form, language, profile, is_named, vary)


def wanted(path: str, found: Found, own: Chosen | None, told: Preferences) -> WantedFile:
    """What is to be sent for a path: of a document what is chosen, else a file."""
    coding = "gzip" if told.range is None and takes(told.accept_encoding, "gzip") else ""
    vary = ", ".join(filter(None, (own.vary if own else "", "Accept-Encoding")))
    if not own or not found.document:
        return WantedFile(path, found.file, found.form, found.language, "", coding, vary)
    token = "" if own.profile is FULL else own.profile.token
    file = found.file or found.document.path(own.form, own.language)
    language = own.language if own.form == "html" else ""
    return WantedFile(path, file, own.form, language, token, coding, vary)


def _asked(query: bytes) -> Mapping[str, str]:
    """What an address says of what it wants; of one word said twice, the first is taken."""
    if b"_profile" not in query and b"_mediatype" not in query:
        return {}
    try:
        pairs = parse_qsl(query.decode("latin-1"), max_num_fields=_MOST)
    except ValueError:
        return {}
    return {name: value for name, value in reversed(pairs) if name in (_PROFILE, _MEDIA_TYPE)}


def _preferred(told: Preferences, has: tuple[Profile, ...], base: str) -> Profile:
    """The profile that a client names as its first of those that there are, by a header of its own
    or as a parameter of a media type.
    """
    named_ones = [(one.value, one.weight) for one in preferences(told.accept_profile or "")]
    if not named_ones and "profile" in (accept := told.accept or ""):
        named_ones = [
            (address, one.weight)
            for one in preferences(accept)
            for name, value in one.parameters
            for address in value.split()
            if name == "profile"
        ]
    weights: dict[Profile, int] = {}
    for address, weight in named_ones:
        if weight and (profile := named(address, base)) in has:
            weights.setdefault(profile, weight)
    return max(weights, key=weights.__getitem__) if weights else FULL


def _form(found: Found, accept: str | None, forms: tuple[str, ...]) -> str:
    """The form that a client takes of some; empty where it takes none."""
    if found.form:
        return found.form if found.form in forms else ""
    types = tuple(media_type(form) for form in forms)
    best = chosen(accept, types)
    return forms[types.index(best)] if best else ""
