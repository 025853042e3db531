"""What the name of a file says of it: read as a page or as records, meant for people, or part of a
page that a browser saved.
"""

import re
import unicodedata
from pathlib import PurePath

from ..model.visible import visible

RECORD_SUFFIXES = (".yaml", ".yml")
LINE_SUFFIXES = (".jsonl", ".ndjson")

_PAGE_SUFFIXES = (".txt", ".html", ".htm", ".mht", ".mhtml")
_SUFFIXES = (*_PAGE_SUFFIXES, *RECORD_SUFFIXES, *LINE_SUFFIXES)
_PRESSED = tuple(f"{suffix}.gz" for suffix in _PAGE_SUFFIXES)

#: How names end that look as if their file was meant to be read.
ALIKE = (
    *_SUFFIXES,
    *(".json", ".xml", ".csv", ".xlsx", ".xls", ".pdf", ".docx", ".doc", ".odt", ".ods", ".rtf"),
    *(".gz", ".zip", ".tar", ".7z", ".eml", ".webarchive", ".warc", ".xhtml", ".held"),
)

#: Files for people, whatever their ending.
_FOR_PEOPLE = re.compile(
    r"(?:read[ _-]?me|lisez[ _-]?moi|l[ée]ame|licen[sc]e|licencia|copying|changelog|changes|notice"
    r"|authors|contributing|source)(?:[._ -](?:txt|md|html?|rst|fr|en|es|first)|$)",
    re.IGNORECASE,
)

#: Names that Windows has for devices, whatever the ending, and how none ends there.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:[. ]|$)", re.IGNORECASE)
_ENDS = (".", " ")

#: How the folder of what belongs to a saved page is called, after the page's own name.
_BESIDE = re.compile(r"(.+)(?:_files|\.files|_fichiers|_archivos|_ficheros|-files)", re.IGNORECASE)


def page_identifier(stem: str) -> str:
    """What a page is called: the name of its file without ending, what is hidden in it written out.

    >>> page_identifier("caf\\udce9"), page_identifier("175831")
    ('caf<U+DCE9>', '175831')
    """
    return visible(stem)


def is_page_name(name: str) -> bool:
    """Whether what has a name that ends so is read as a page, unless it holds records.

    >>> is_page_name("175831.html"), is_page_name("175831.html.gz"), is_page_name("175831.gz")
    (True, True, False)
    """
    return name.endswith((*_PAGE_SUFFIXES, *_PRESSED))


def is_read(name: str) -> bool:
    """Whether a file of a folder is read, by its name.

    >>> is_read("V47-805.yaml"), is_read("photo.png"), is_read("README.txt")
    (True, False, False)
    """
    is_known = PurePath(name).suffix in _SUFFIXES or name.endswith(_PRESSED)
    return is_known and not is_for_people(name)


def is_for_people(name: str) -> bool:
    """Whether a file is for those who look into the folder, and no page.

    >>> is_for_people("README.txt"), is_for_people("LISEZMOI"), is_for_people("license-plan.txt")
    (True, True, False)
    """
    return bool(_FOR_PEOPLE.match(unicodedata.normalize("NFC", name)))


def is_everywhere(name: str) -> bool:
    """Whether all systems can have a file of a name: Windows has none that is called as a device,
    or ends with a full stop or a space.

    >>> is_everywhere("Nul.yaml"), is_everywhere("aux"), is_everywhere("a."), is_everywhere("con1")
    (False, False, False, True)
    """
    return not _DEVICE.match(name) and not name.endswith(_ENDS)


def pages_beside(folder: str) -> tuple[str, ...]:
    """The names of saved pages that a folder may belong to; none where its own tells of none.

    >>> pages_beside("Projet_files"), pages_beside("pages")
    (('Projet.html', 'Projet.htm'), ())
    """
    found = _BESIDE.fullmatch(folder)
    return (f"{found[1]}.html", f"{found[1]}.htm") if found else ()
