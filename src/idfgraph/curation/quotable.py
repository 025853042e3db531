"""The fields that words of a page may be quoted for, by the kind of record."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from ..graph.resolve import property_of
from ..graph.setting import Setting
from ..model.datatypes import is_part_name
from ..model.errors import BadInput, Place
from ..model.fields import FIELDS, PART_FIELDS
from ..model.records import Capture, Record, Unidentified
from ..model.text import N_, Texts, texts

#: How the codes of roles begin.
_ROLE = PART_FIELDS["role"].prefix


def refuse_field(file: Path, record: Record, field: str, setting: Setting) -> None:
    """Nothing, or BadInput where records of this kind have no such field with words of its own, or
    nobody has such a part.
    """
    known = sorted(_quotable(record))
    if property_of(Capture(property=field)) not in known:
        raise BadInput(
            N_("{field!r} is no field to quote words for"),
            Place(str(file)),
            hint=_field_hint(field.partition(".")[0], known),
            field=field,
        )
    if not is_part_name(field):
        hint = N_("write it in small letters, digits and hyphens, as result.teachers-trained")
        raise BadInput(
            N_("{field!r} is no name of a part"), Place(str(file)), hint=hint, field=field
        )
    roles = [id_.removeprefix(_ROLE) for id_ in setting.reference.ids() if id_.startswith(_ROLE)]
    name, _, part = field.partition(".")
    if FIELDS[name].kind == "partner" and part not in roles:
        hint = N_("choose one of {names}")
        raise BadInput(
            N_("there is no role {part!r}"),
            Place(str(file)),
            hint=hint,
            part=part,
            names=", ".join(sorted(roles)),
        )


def _field_hint(name: str, known: list[str]) -> Texts:
    """What to write in the place of a field that records of a kind do not have."""
    names = ", ".join(map(_shown, known))
    if name in FIELDS and FIELDS[name].of and not FIELDS[name].read_from:
        kinds = " or ".join(sorted(kind.lower() for kind in FIELDS[name].of))
        return texts(
            "only records of a {kinds} have it; choose one of {names}", kinds=kinds, names=names
        )
    shown = {one.casefold(): _shown(one) for one in known}
    near = get_close_matches(name.casefold(), shown, n=1)
    if near:
        return texts("did you mean {near}?", near=shown[near[0]])
    return texts("choose one of {names}", names=names)


def _quotable(record: Record) -> Iterable[str]:
    """The properties that pages of a kind of record may print."""
    if isinstance(record, Unidentified):
        return ()
    kind = type(record).__name__
    return (field.name for field in FIELDS.values() if kind in field.of and not field.read_from)


def _shown(name: str) -> str:
    """A field as it is named on the command line."""
    parts = {
        "budget": "value, budget.currency",
        "association": "ROLE",
        "result": "MEASURE",
        "hasPart": "phase",
    }
    return f"{name}.{parts[name]}" if name in parts else name
