"""What stands beside a state's name and says nothing of which is meant: marks of footnotes, and the
resolution under which Kosovo is named.
"""

import re

_RAISED = "\u00aa\u00b2\u00b3\u00b9\u00ba\u2070-\u2079\u1d43\u1d47\u1d9c"

#: Whether there may be any.
_ANY = re.compile(f"[0-9*\u2020\u2021{_RAISED}]")

#: A mark of a footnote: raised, in brackets, or a number at the end of a word.
_MARK = re.compile(
    rf"""(?<=[\w)*]) (?: [{_RAISED}]+
        | \s?\[ (?: [0-9]{{1,3}} | [a-z] | [*\u2020\u2021]+ ) \]
        | \s?\( (?: [0-9]{{1,2}} | [*\u2020\u2021]+ ) \)
        | (?<=[^\W\d_]{{4}})[0-9]{{1,2}} (?!\w) )
        (?P<open>(?=\s*[,(]))?""",
    re.VERBOSE,
)

_WORDS = """under in the context of as per within meaning defined by line with un united nations onu
    nu unies naciones unidas sc cs unsc unscr unscres scr csnu rcsnu res resolution résolution
    resolución security council conseil sécurité securite consejo seguridad de la du des del d l le
    au sens titre dans contexte en el contexto virtud vertu sous con arreglo a à conformément no n
    nº 1999 99"""
_WORD = rf"\b(?:{'|'.join(_WORDS.split())})\b"
_INSIDE = r"(?:[^()]|\([^()]{0,80}\)){0,300}?"
_RESOLUTION = re.compile(
    rf"""(?<=\bkosovo)\*{{0,2}} (?:
        \s*\( {_INSIDE} (?<!\d)1244(?!\d) {_INSIDE} (?:\)|$)
        | [\s,/:\u2013\u2014-]* (?:{_WORD}[\s.°'\u2019/-]*)* \b(?:UNSCR|UNSC|CSNU|RCSNU)?1244\b
          (?:[\s./'\u2019-]*(?:{_WORD}|\(1999\)))* )""",
    re.VERBOSE | re.IGNORECASE,
)


def unqualified(text: str) -> str:
    """The text, as long as before, with signs in the place of what says nothing.

    >>> unqualified("Kosovo (UNSCR 1244), Albanie [1], Fidji²")
    'Kosovo;;;;;;;;;;;;;, Albanie    , Fidji;'
    """
    if not _ANY.search(text):
        return text
    text = _RESOLUTION.sub(lambda found: ";" * len(found[0]), text)
    return _MARK.sub(lambda found: (";" if found["open"] is None else " ") * len(found[0]), text)
