"""What does not fit a form: values, in words, with what to write."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec.inspect import BoolType, IntType, LiteralType, StrType, Type

from ...model.errors import Advice, advice
from ...model.fields import FIELDS, PART_FIELDS
from ...model.text import LANGUAGES, N_, texts
from . import misfit_words as say
from .form_words import FORM_WORDS, NUMBER, SWITCH, TEXT, FormWords
from .known_names import named, nearest, words_under
from .meant import language_of, meanings, plain
from .misfit_words import cut, either, folded_key, listed, near_names

#: A step into data: the key of a mapping, the number of an item.
Step = str | int

#: How long a path is told.
_PATH = 300

#: The forms in which a text that has only one meaning loses nothing.
_SURE = frozenset(
    (
        *("state", "code", "id", "entry", "amount", "count", "day", "written", "tag"),
        *("sha256", "digest", "share"),
    )
)

#: What stands for no value at all.
NOTHING = object()

KNOWN_FIELDS = {**FIELDS, **PART_FIELDS}


class Spot(NamedTuple):
    """A place in data: the steps to it, and the field that it is of."""

    steps: tuple[Step, ...] = ()
    field: str = ""

    def step(self, key: Step, holder: Any, *, named: bool = True) -> "Spot":
        """The place one step further, in what holds it; the value of a decision is of its
        property.
        """
        field = key if isinstance(key, str) and named else self.field
        decided = holder.get("property") if key == "value" and isinstance(holder, dict) else None
        return Spot((*self.steps, key), decided if isinstance(decided, str) else field)

    @property
    def path(self) -> str:
        """The steps as records write them.

        >>> Spot(("sources", 0, "values", 3)).path
        'sources[0].values[3]'
        """
        steps = (f"[{one}]" if isinstance(one, int) else f".{one}" for one in self.steps)
        return "".join(steps).lstrip(".")[:_PATH]

    @property
    def prefix(self) -> str:
        """How the words begin that its field has; empty where it has none."""
        if self.field == "issue":
            return "code:issue-"
        known = KNOWN_FIELDS.get(self.field)
        return known.prefix if known else ""


class Misfit(ValueError):
    """Data that does not fit a form: what is wrong and what to do, where, and all further ones.

    Where only one thing can be meant, `key` is the name that it should have, or `value` what it
    should be. `instead` says that it is told instead of all else that is wrong at its place.
    """

    def __init__(
        self,
        told: Advice,
        at: Spot,
        *,
        value: object = NOTHING,
        key: str = "",
        instead: bool = False,
    ) -> None:
        super().__init__(told.said["en"])
        self.told, self.steps, self.path = told, at.steps, at.path
        self.value, self.key, self.instead = value, key, instead
        self.others: tuple[Misfit, ...] = ()


def leaf(at: Spot, data: Any, type_: Type) -> Misfit:
    """A value that has not the form that is asked."""
    if data == "":
        return misfit(at, say.EMPTY, say.REMOVE)
    if not isinstance(data, str) and isinstance(type_, StrType):
        return quoted(at, data)
    return _choosable(at, str(data), type_) or _of_form(at, str(data), words_of(type_))


def _choosable(at: Spot, data: str, type_: Type) -> Misfit | None:
    """A word of which only some are allowed, or a day that is in no calendar."""
    if isinstance(type_, LiteralType):
        return choice(at, data, [str(one) for one in type_.values])
    if isinstance(type_, IntType) and type_.ge is not None and type_.ge == type_.le:
        return choice(at, data, [str(type_.ge)])
    if is_no_day(data, type_):
        return misfit(at, say.CALENDAR, say.MEND_DAY, value=cut(data))
    return None


def _of_form(at: Spot, data: str, words: FormWords) -> Misfit:
    """A text that has not the form of its field."""
    value, what = cut(data), _what(words, at)
    found = [one for one in meanings(words.name, at.prefix, data) if one != data]
    if len(found) == 1:
        told = advice(say.IS_NOT, say.WRITE, value=value, what=what, meant=_meant(at, found[0]))
        return Misfit(told, at, value=found[0] if words.name in _SURE else NOTHING)
    near = found or _near(words.name, at, data)
    known = words_under(at.prefix) if at.prefix else {}
    if near:
        hint, shown = say.DID_YOU_MEAN, either(_named(at, word) for word in near)
    elif known and len(known) <= say.MOST_WORDS:
        hint, shown = say.ONE_OF, listed(list(known))
    elif words.name == "digest":
        hint, shown = say.LET_WRITE, {}
    else:
        hint, shown = say.WRITE_AS, {"en": words.example}
    return misfit(at, say.IS_NOT, hint, value=value, what=what, words=shown)


def misfit(at: Spot, message: str, hint: str, **values: object) -> Misfit:
    """What does not fit, and cannot be mended without a person."""
    return Misfit(advice(message, hint, **values), at)


def mistaken_words(values: Any) -> Iterator[Misfit]:
    """The words among the values of a record that have the form of codes, and are names of others.

    >>> [str(one) for one in mistaken_words({"status": "actif"})]
    ['“actif” is not a code that status can have; write active']
    """
    for name, value in values.items() if isinstance(values, dict) else ():
        at = Spot(("values",)).step(name, values)
        several = isinstance(value, list)
        for number, word in enumerate(value if several else [value]):
            if at.prefix and isinstance(word, str) and word not in words_under(at.prefix):
                found = named(at.prefix, word)
                if len(found) == 1:
                    yield _is_not(at.step(number, value) if several else at, word, *found)


def _is_not(at: Spot, word: str, meant: str) -> Misfit:
    """A word for which another one stands."""
    what = texts(N_("the code of a state") if at.prefix == "st:" else say.A_CODE, field=at.field)
    told = advice(say.IS_NOT, say.WRITE, value=cut(word), what=what, meant=_meant(at, meant))
    return Misfit(told, at, value=meant)


def is_no_day(data: Any, type_: Type) -> bool:
    """Whether a text has the form of a day, and is in no calendar."""
    if not isinstance(type_, StrType) or not isinstance(data, str) or not type_.pattern:
        return False
    words = FORM_WORDS.get(type_.pattern)
    if words is None or words.name != "day" or not re.fullmatch(type_.pattern, data):
        return False
    return not meanings("day", "", data)


def choice(at: Spot, data: str, words: Sequence[str]) -> Misfit:
    """A word that is none of those that are allowed."""
    bare = plain(data)
    same = [one for one in words if folded_key(one) == folded_key(bare)] or _currency(bare, words)
    if same:
        told = advice(say.NOT_ALLOWED, say.WRITE, value=cut(data), meant=same[0])
        return Misfit(told, at, value=same[0])
    if set(words) <= set(LANGUAGES) and language_of(bare) in words:
        code = language_of(bare)
        return Misfit(
            advice(say.NOT_ALLOWED, say.WRITE, value=cut(data), meant=code), at, value=code
        )
    if len(words) == 1:
        return Misfit(advice(say.NOT_ALLOWED, say.ONLY, value=cut(data), word=words[0]), at)
    if near := near_names(bare, words)[:3]:
        return Misfit(
            advice(
                say.NOT_ALLOWED,
                say.NEAR_OR_ALL,
                value=cut(data),
                near=either(near),
                words=listed(words),
            ),
            at,
        )
    return Misfit(advice(say.NOT_ALLOWED, say.ONE_OF, value=cut(data), words=listed(words)), at)


def _currency(text: str, words: Sequence[str]) -> list[str]:
    """The one currency of amounts, where a text is a sign of it."""
    return ["USD"] if list(words) == ["USD"] and meanings("amount", "", f"1 {text}") else []


def quoted(at: Spot, data: Any) -> Misfit:
    """A number, a switch or nothing where a text is asked."""
    shown = msgspec.json.encode(data).decode()
    return Misfit(advice(say.NO_TEXT, say.WRITE, value=cut(shown), meant=cut(f'"{shown}"')), at)


def _near(form: str, at: Spot, data: str) -> Sequence[str]:
    if form == "entry":
        return nearest("", plain(data))
    if form == "state" or (form in {"code", "id"} and at.prefix):
        return nearest(at.prefix or "st:", plain(data))
    return ()


def _named(at: Spot, word: str) -> str:
    """A word with what it stands for."""
    label = words_under(at.prefix).get(word, {}).get("en", "")
    return f"{word} ({label})" if label and folded_key(label) != folded_key(word) else word


def _meant(at: Spot, word: str) -> dict[str, str]:
    """A word with what it stands for, by language."""
    labels = words_under(at.prefix).get(word, {})
    return {
        name: f"{word} ({labels[name]})"
        if labels.get(name) and folded_key(labels[name]) != folded_key(word)
        else word
        for name in LANGUAGES
    }


def _what(words: FormWords, at: Spot) -> dict[str, str]:
    """What is asked, by language."""
    if words.name == "id" and at.field == "agent":
        return texts(N_("the id of an organisation"))
    if words.name == "code" and at.prefix:
        return texts(say.A_CODE, field=at.field)
    return texts(words.what)


def words_of(type_: Type) -> FormWords:
    """What is said of the form that a type asks."""
    if isinstance(type_, StrType):
        return FORM_WORDS.get(type_.pattern or "", TEXT)
    return SWITCH if isinstance(type_, BoolType) else NUMBER
