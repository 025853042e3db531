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

#: How the codes of roles begin.
_ROLE = PART_FIELDS["role"].prefix


def refuse_field(file: Path, record: Record, field: str, setting: Setting) -> None:
    """Nothing, or BadInput where records of this kind have no such field with words of its own, or
    nobody has such a part.
    """
    known = sorted(_quotable(record))
    if property_of(Capture(property=field)) not in known:
        hint = _field_hint(field.partition(".")[0], known)
        raise BadInput(f"{field!r} is no field to quote words for", Place(str(file)), hint=hint)
    if not is_part_name(field):
        hint = "write it in small letters, digits and hyphens, as result.teachers-trained"
        raise BadInput(f"{field!r} is no name of a part", Place(str(file)), hint=hint)
    roles = [id_.removeprefix(_ROLE) for id_ in setting.reference.ids() if id_.startswith(_ROLE)]
    name, _, part = field.partition(".")
    if FIELDS[name].kind == "partner" and part not in roles:
        hint = f"choose one of {', '.join(sorted(roles))}"
        raise BadInput(f"there is no role {part!r}", Place(str(file)), hint=hint)


def _field_hint(name: str, known: list[str]) -> str:
    """What to write in the place of a field that records of a kind do not have."""
    if name in FIELDS and FIELDS[name].of and not FIELDS[name].read_from:
        kinds = " or ".join(sorted(kind.lower() for kind in FIELDS[name].of))
        return f"only records of a {kinds} have it; choose one of {', '.join(map(_shown, known))}"
    shown = {one.casefold(): _shown(one) for one in known}
    near = get_close_matches(name.casefold(), shown, n=1)
    if near:
        return f"did you mean {shown[near[0]]}?"
    return f"choose one of {', '.join(map(_shown, known))}"


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
