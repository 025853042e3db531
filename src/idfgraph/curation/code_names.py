"""What a new code may be named and called."""

import re
from collections.abc import Mapping, Sequence

from ..graph.setting import Setting
from ..model.entries import Label
from ..model.errors import BadConfig
from ..model.provisional_codes import PROVISIONAL
from ..model.text import LANGUAGES, N_, Language

_NEW = re.compile("[a-z0-9][a-z0-9-]{0,79}")


def refuse_taken(setting: Setting, scheme: str, labels: Mapping[Language, str]) -> None:
    """Nothing, or BadConfig where a name that is given is that of another code of the list."""
    for text in labels.values():
        code = setting.reference.code(scheme, text)
        if setting.reference.lists(f"code:{scheme}-{code}"):
            hint = N_("merge into it, or give another name")
            raise BadConfig(
                N_("{text!r} is a name of {scheme}-{code}"),
                hint=hint,
                text=text,
                scheme=scheme,
                code=code,
            )


def free_code(setting: Setting, scheme: str, name: str, old: str = "") -> str:
    """The compact IRI of a new code, named with its scheme or without; BadConfig where it is none,
    is taken, or was published as that of another than `old`.
    """
    code = name.removeprefix("code:").removeprefix(f"{scheme}-")
    if not _NEW.fullmatch(code) or code.startswith(PROVISIONAL):
        hint = N_("give small letters, digits and hyphens, 80 at most")
        raise BadConfig(N_("{code!r} is no name of a code"), hint=hint, code=code)
    if setting.reference.lists(id_ := f"code:{scheme}-{code}"):
        raise BadConfig(
            N_("there is a code {scheme}-{code}"),
            hint=N_("merge into it, or take another"),
            scheme=scheme,
            code=code,
        )
    if (now := setting.reference.moved.get(id_, old)) != old:
        message = N_("{scheme}-{code} is what {now} was called")
        raise BadConfig(
            message,
            hint=N_("take another name"),
            scheme=scheme,
            code=code,
            now=now.partition(":")[2],
        )
    return id_


def called(
    name: str, names: Mapping[str, Sequence[str]], labels: Mapping[Language, str]
) -> dict[Language, Label]:
    """What a word is called by language: as a person says, else as most pages print it; BadConfig
    where it is called nothing that people can read.
    """
    said = {tag: labels.get(tag) or next(iter(names.get(tag, ())), "") for tag in LANGUAGES}
    if not any(said.values()):
        hint = N_("give it one: --label {languages}=Name")
        raise BadConfig(
            N_("{name!r} is printed in none of {names}"),
            hint=hint,
            name=name,
            names=", ".join(LANGUAGES),
            languages=LANGUAGES[0],
        )
    return {tag: _label(text) for tag, text in said.items() if text}


def _label(text: str) -> Label:
    """A name, on one line; BadConfig for one that no page can print."""
    try:
        return Label(text=" ".join(text.split()))
    except ValueError as error:
        raise BadConfig(
            N_("{text!r} {error}"), hint=N_("give one that people can read"), text=text, error=error
        ) from error
