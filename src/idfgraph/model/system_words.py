"""What a system says of what it does not do, in the languages of people."""

from .text import LANGUAGES, N_, Texts, texts

#: What a system says most often of what it does not do.
_OF_SYSTEM = (
    N_("Connection refused"),
    N_("File name too long"),
    N_("Is a directory"),
    N_("No space left on device"),
    N_("No such file or directory"),
    N_("Not a directory"),
    N_("Permission denied"),
    N_("Read-only file system"),
)

#: What it means, where it is not said in the words of a system: of a store on the web.
_OF_KIND = {
    FileNotFoundError: "No such file or directory",
    IsADirectoryError: "Is a directory",
    NotADirectoryError: "Not a directory",
    PermissionError: "Permission denied",
}


def of_system(error: OSError) -> Texts:
    """Why the system does not do something, in three languages as far as we know its words.

    >>> of_system(OSError(2, "No such file or directory"))["fr"]
    'ce fichier ou dossier n’existe pas'
    >>> of_system(FileNotFoundError("bucket/x"))["en"], of_system(OSError())["en"]
    ('No such file or directory: bucket/x', 'OSError')
    """
    said = error.strerror or _OF_KIND.get(type(error), "")
    more = "" if error.strerror else str(error)
    words = texts(said) if said in _OF_SYSTEM else dict.fromkeys(LANGUAGES, said)
    return {
        name: ": ".join(filter(None, (word, more))) or type(error).__name__
        for name, word in words.items()
    }
