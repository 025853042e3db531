"""Words of the forms of states, in three languages: what a name may be shortened or turned by, and
what makes another thing of a name.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

#: Words that mean the same, by one of them: of the forms of states, as far as names have them.
_FORMS = """
    republic rep republique republica, democratic dem democratique democratica,
    people peoples populaire popular pop, islamic islamique islamica, arab arabe,
    kingdom royaume reino, state states sts etat etats estado estados,
    federal federated federative fed federale federatif federative federativa federes federados,
    united unie unies uni unis unida unidas unido unidos, union, socialist socialiste socialista,
    principality principaute principado, commonwealth, sultanate sultanat sultanato,
    province provincia, region, territory territoire territorio, emirates emirats emiratos
"""

#: Other words of names that are written in more ways than one.
_SPELLINGS = """
    saint st ste sainte san santa, island islands is isl ile iles isla islas,
    and et y e
"""

#: Words that weigh nothing in a name.
PARTICLES = frozenset(
    ["of", "the", "de", "du", "des", "d", "la", "le", "les", "l", "del", "el", "los", "las", "s"]
)

#: Words that make another thing of a name beside which they stand: parts of the world, waters,
#: those who held it; and letters that are short for such words.
_OTHERS = """
    north northern nord norte septentrional south southern sud sur meridional austral
    east eastern est este oriental orientale west western ouest oeste occidental occidentale
    central centrale new nouveau nouvelle nuevo nueva upper haut haute alto alta lower bas basse
    bajo baja inner interieure interior outer exterieure exterior great greater former ex ancienne
    antigua british britannique britannico britanica french francais francaise frances francesa
    spanish espagnol espagnole espanol espanola portuguese portugais portugaise portugues
    portuguesa dutch neerlandais neerlandaise neerlandes neerlandesa german allemand allemande
    aleman alemana american americaine americana belgian belge belga soviet sovietique sovietica
    lake lac lago gulf golfe golfo river fleuve rio sea mer mar delta basin bassin cuenca bay baie
    bahia sar ras rae dr rd drc rdc dpr r n w eq equat
"""

#: Words that take away what is named behind them: all but these.
_EXCLUDING = """
    except excepting exception exceptions excluding excluded excl apart than without not
    sauf hormis excepte exceptes excluant exclus exclu hors sans pas
    salvo excepto excepcion excepciones exceptuando excluyendo excluidos excluido menos sin fuera no
"""


class Loose(NamedTuple):
    """A name by what tells it from others: its words of the forms of states, and the other words in
    order.
    """

    forms: frozenset[str]
    others: tuple[str, ...]


def _canonical(groups: str) -> Mapping[str, str]:
    rows = (group.split() for group in groups.split(","))
    return {word: row[0] for row in rows for word in row}


_FORM = _canonical(_FORMS)
_SPELLED = _canonical(_SPELLINGS)

#: Words of the forms of states.
FORMS = frozenset(_FORM)

EXCLUDING = frozenset(_EXCLUDING.split())

#: All words beside which no name stands alone.
TELLING = FORMS | frozenset(_OTHERS.split())


def loose(words: Iterable[str]) -> Loose:
    """What tells a name, given as folded words, from others.

    >>> loose(["rep", "dem", "du", "congo"]) == loose("democratic republic of the congo".split())
    True
    """
    telling = [word for word in words if word not in PARTICLES]
    others = (_SPELLED.get(word, word) for word in telling if word not in _FORM)
    return Loose(frozenset(_FORM[word] for word in telling if word in _FORM), tuple(others))
