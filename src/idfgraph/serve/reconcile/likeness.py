"""How like two names are: 100 for the same name, below that what rapidfuzz makes of them."""

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from ...model.names import fold_word, folded, words_written

#: Words that may stand before a name, or be left out of it, in three languages.
_ARTICLES = frozenset(["the", "la", "le", "les", "l", "el", "los", "las"])

#: What the same name has, and another one at most.
SAME, _MOST = 100.0, 99.0

#: Of so many words the order and the rest may differ.
_MANY = 3

#: Two names that share no word are not like each other at all below this: they have letters in
#: common by chance. One slip is none of these, in a name of so many letters.
_CHANCE, _SLIP = 78.0, 4


def key_of(text: str) -> str:
    """What a name is compared by: its words without case, accents, signs and articles.

    >>> key_of("The Gambia"), key_of("Côte d’Ivoire"), key_of("L'Équateur"), key_of("El")
    ('gambia', 'cote d ivoire', 'equateur', 'el')
    """
    words = folded(text).split()
    return " ".join(word for word in words if word not in _ARTICLES) or " ".join(words)


def code_key(text: str) -> str:
    """What a code or an identifier is compared by: its letters and digits alone.

    >>> code_key("V47-805") == code_key("v47 805")
    True
    """
    return "".join(map(fold_word, words_written(text)))


def likeness(asked: str, name: str) -> float:
    """How like a name is to the one that is asked for, both as keys; 99 at most where they differ.

    It counts letters that differ, words in another order, words beside many that are the same, and
    that a name begins so, or holds all the words that are asked for.

    >>> likeness("guinea", "guinea"), likeness("giunea", "guinea") > 80
    (100.0, True)
    >>> likeness("niger", "nigeria") < 90, likeness("guinea", "papua new guinea") < 90
    (True, True)
    >>> likeness("england", "finland"), likeness("prc", "rca"), likeness("preu", "peru")
    (0.0, 0.0, 75.0)
    """
    if asked == name:
        return SAME
    best = max(fuzz.ratio(asked, name), fuzz.token_sort_ratio(asked, name) - 1)
    said, named = {*asked.split()}, {*name.split()}
    if min(len(said), len(named)) >= _MANY:
        best = max(best, 0.85 * fuzz.token_set_ratio(asked, name))
    if said & named:
        best = min(best, _of_rest(asked, name))
    elif best < _CHANCE and not _is_slip(asked, name):
        best = 0.0
    if said < named or name.startswith(asked):
        best = max(best, 70 + 25 * len(asked) / len(name))
    return min(best, _MOST)


def _of_rest(asked: str, name: str) -> float:
    """What two names of few words that share some have at most, by how like the rest of both is.

    >>> round(_of_rest("republic of china", "republic of chad"))
    83
    """
    said, named = asked.split(), name.split()
    rests = [
        " ".join(word for word in one if word not in other)
        for one, other in (
            (said, named),
            (named, said),
        )
    ]
    if not all(rests) or min(len(said), len(named)) > _MANY:
        return _MOST
    return (SAME + fuzz.ratio(*rests)) / 2


def _is_slip(asked: str, name: str) -> bool:
    """Whether one letter is too many, left out, another, or at the place of the next one."""
    return min(len(asked), len(name)) >= _SLIP and OSA.distance(asked, name) <= 1
